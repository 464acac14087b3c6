"""Who is on record as a speaker: those that say something of the incidents a report tells of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attribution_relevance import CLOSE, TELLING, says_any
from vigie.coding.attribution_words import load_speech_words
from vigie.coding.attributions import Attributed, Attribution
from vigie.coding.joining import Group
from vigie.model import Claim, Source

# Within so many sentences of where a current incident is told, words are still about it.
_NEAR = 3
# A function stands within so many characters of a name.
_BESIDE = 30


def speakers_on_record(
    report: AnnotatedReport, attributed: Attributed, groups: Sequence[Group], claims: Sequence[Claim]
) -> tuple[Source, ...]:
    """The speakers of a report that tells of an incident; of any other, none is on record.

    Whoever tells of an incident himself, those close to such events, courts and other media stay. Officials and
    outsiders whose words hold no violence stay where they speak near a current incident: further on they speak of other
    matters, and so they mostly do where violence is only remembered ("the 2017 attack"). Measured on hand-coded
    reports: of those left out, one in ten was a speaker by hand.
    """
    if not groups:
        return ()
    told = sorted({t.sentence for g in groups if g.period == "current" for t in g.tellings})
    kept = {c.source for c in claims}
    for source in attributed.sources:
        own = [a for a in attributed.attributions if a.source == source.id]
        close = source.kind in CLOSE or source.kind == "monitor" or source.terms in {"anonymous", "media"}
        if close or _bears(report, own, told) or any(_of_a_court(report, a) for a in own):
            kept.add(source.id)
    kept |= {s.via for s in attributed.sources if s.id in kept}
    return tuple(s for s in attributed.sources if s.id in kept)


def _bears(report: AnnotatedReport, own: Sequence[Attribution], told: Sequence[int]) -> bool:
    """Whether somebody's words hold violence or stand near where a current incident is told."""
    return any(
        _near(a.sentence, told) or any(report.matches_in(start, end, *TELLING) for start, end in a.content) for a in own
    )


def _of_a_court(report: AnnotatedReport, a: Attribution) -> bool:
    """Whether a judge, a prosecutor or a court speaks: of an act that is tried every word counts."""
    start, end = a.source_span
    return says_any(report.text, max(0, start - _BESIDE), end + _BESIDE, load_speech_words(report.pack.language).courts)


def _near(sentence: int, told: Sequence[int]) -> bool:
    at = bisect_left(told, sentence)
    return any(abs(t - sentence) <= _NEAR for t in told[max(0, at - 1) : at + 1])
