"""Unnamed speakers who turn out to be somebody named: "officials said" in a lead, then each of them by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attribution_speakers import Speaker
from vigie.language.folding import fold
from vigie.model.coded import SourceKind

# Functions that a lead names in the plural for speakers quoted one by one.
_MANY = frozenset({"official", "responsable", "source", "officer", "officier"})
# Nouns that say no more than that somebody holds an office, and the kinds of those who can be meant by "official".
_GENERIC = frozenset({"official", "responsable", "officer", "officier", "elu", "officiel", "fonctionnaire"})
_OFFICES: frozenset[SourceKind] = frozenset({"government", "police", "military", "other", "international"})
# Kinds of which a lead rarely sums up one and the report then quotes another.
_FEW: frozenset[SourceKind] = frozenset({"police", "medical", "military", "monitor", "armed_group"})
# Whoever an unnamed speaker turns out to be speaks within so many sentences.
_SOON = 3


def stand_ins(
    report: AnnotatedReport, speakers: Sequence[Speaker], spoken: Mapping[int, Sequence[int]]
) -> dict[int, int]:
    """Which speakers give way to which others, by index: those that the lead sums up ("ont indiqué des responsables et
    une ONG") to those who then speak one by one, and an official to the person named right after ("an official said.
    Paul Roux, the governor's spokesman, said"). spoken: the sentences each speaks in, in text order, the speakers by
    their first words."""
    opening = next((s.index for s in report.sentences if not s.title and s.end > report.body), 0)
    first = min((sentences[0] for sentences in spoken.values()), default=0)
    found: dict[int, int] = {}
    for index, sentences in spoken.items():
        summary, own = speakers[index], sentences[0]
        if summary.person or summary.terms == "named" or sentences[-1] > own:
            continue
        lead = own == first and own <= opening + 1
        for other, later in spoken.items():
            detail = speakers[other]
            if later[0] <= own or other in found.values():
                continue
            near = later[0] - own <= _SOON
            fits = sums_up(summary, detail) if lead else near and turns_out(summary, detail)
            if fits or (near and _introduced(report, summary, detail, own)):
                found[index] = other
                break
    return found


def _introduced(report: AnnotatedReport, summary: Speaker, detail: Speaker, sentence: int) -> bool:
    """Whether somebody named without a word of who he is can only be the one whose function spoke right before (« a
    annoncé le chef de la police. (…) a déclaré Paul Roux »)."""
    if not _holds_office(summary) or not detail.person or detail.function:
        return False
    first = report.normal.folded.find(fold(detail.name), report.sentences[sentence].start)
    return detail.span[0] <= max(first, 0) and fold(detail.name) not in report.normal.folded[: detail.span[0]]


def sums_up(summary: Speaker, detail: Speaker) -> bool:
    """Whether the unnamed speaker of a lead ("an aid group said") is the one that speaks later under a fuller name.

    One of several ("two security sources", then "one source"); a function and the person who holds it; an
    indefinite body or person and the only kind of speaker it can mean."""
    if summary.plural:
        few = summary.terms == "anonymous" or summary.head in _MANY
        return few and summary.indefinite and not detail.plural and summary.head == detail.head and not detail.person
    if detail.plural or summary.kind == "media":
        return False
    mine, theirs = set(summary.words), set(detail.function or detail.words)
    if detail.person and detail.function:
        head = bool(summary.head) and summary.head in theirs
        return (head and (mine <= theirs or theirs <= mine)) or turns_out(summary, detail)
    if not summary.indefinite or summary.terms != "role" or detail.terms == "anonymous":
        return False
    fuller = detail.person or detail.terms == "named" or mine < set(detail.words) or summary.kind == "monitor"
    alike = summary.kind == detail.kind or (summary.kind, detail.kind) == ("armed_group", "military")
    return fuller and alike and summary.kind in _FEW


def turns_out(summary: Speaker, detail: Speaker) -> bool:
    """Whether "an official" can be the person with a function who is named next: of the same kind, or of any office
    where only "official" is said."""
    if not (summary.indefinite and summary.terms == "role" and detail.person and detail.function):
        return False
    if summary.plural or summary.head not in _GENERIC:
        return False
    return summary.kind == detail.kind or (summary.kind == "government" and detail.kind in _OFFICES)


def _holds_office(speaker: Speaker) -> bool:
    """Whether a speaker is told by an office that one person holds."""
    one = speaker.office and not speaker.plural and speaker.terms == "role"
    return one and speaker.kind not in {"witness", "media", "armed_group", "monitor"}
