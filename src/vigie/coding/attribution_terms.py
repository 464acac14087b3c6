"""On what terms speakers speak: anonymity said of them, its reason, and how far it reaches."""

from __future__ import annotations

from collections.abc import Sequence

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attribution_speakers import Speaker
from vigie.language.pack import Match
from vigie.language.schema import Term

_REASONS = frozenset({"not_authorised", "sensitivity", "safety"})
# A sentence on "all the sources" speaks of those of its own section, at most this many paragraphs back.
_REACH = 6


def apply_terms(report: AnnotatedReport, speakers: Sequence[Speaker]) -> None:
    """Put speakers on the terms that the report's sentences state.

    "sous couvert d'anonymat" beside a speaker reaches that one; in a sentence about all the sources it reaches
    every unnamed person who has spoken so far in the section. A named person or body never becomes anonymous.
    """
    for sentence in report.sentences:
        marks = report.matches_in(sentence.start, sentence.end, "anonymity")
        stated = [m for m in marks if _mark(m) != "collective"]
        if not any(_mark(m) in {"anonymity", "not_authorised"} for m in stated):
            continue
        reasons = [m for m in stated if _mark(m) in _REASONS]
        reason = (reasons[0].start, reasons[-1].end) if reasons else None
        if any(_mark(m) == "collective" for m in marks):
            reached = [s for s in speakers if _before(report, s, sentence.paragraph, sentence.end)]
        else:
            near = _nearest(report, speakers, sentence.start, sentence.end, stated[0].start)
            reached = [near] if near is not None else []
        for speaker in reached:
            speaker.terms = "anonymous"
            speaker.reason = reason


def _mark(match: Match) -> str:
    return match.entry.mark if isinstance(match.entry, Term) else ""


def _open(speaker: Speaker) -> bool:
    """Whether anonymity can be said of a speaker: no name, and a person or persons."""
    return speaker.terms in {"role", "anonymous"} and not speaker.person


def _before(report: AnnotatedReport, speaker: Speaker, paragraph: int, end: int) -> bool:
    if not _open(speaker) or speaker.span[0] >= end or speaker.kind == "monitor":
        return False
    own = report.sentence_at(speaker.span[0])
    return own is not None and paragraph - own.paragraph <= _REACH


def _nearest(report: AnnotatedReport, speakers: Sequence[Speaker], start: int, end: int, at: int) -> Speaker | None:
    """The unnamed speaker of the sentence nearest before the words, else after them, else the latest before."""
    spans = [(f, s) for s in speakers if _open(s) for f in _mentions(s) if start <= f < end]
    before = [(f, s) for f, s in spans if f <= at]
    if before:
        return max(before, key=lambda pair: pair[0])[1]
    if spans:
        return min(spans, key=lambda pair: pair[0])[1]
    earlier = [(f, s) for s in speakers for f in _mentions(s) if f < start]
    if not earlier:
        return None
    speaker = max(earlier, key=lambda pair: pair[0])[1]
    return speaker if _open(speaker) else None


def _mentions(speaker: Speaker) -> list[int]:
    return [speaker.span[0], *(f.segment[0] for f in speaker.cited)]
