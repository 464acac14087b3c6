"""Which sentences of a report are parsed: those whose syntax can matter for what is coded. Parsing takes nearly half of
the time of coding; attributions are read without it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from vigie.coding.acts import can_be_delivered
from vigie.coding.annotated import TELLING_FILES, AnnotatedReport
from vigie.coding.reference import general, recalled, strength
from vigie.coding.taken import may_take
from vigie.coding.undone import marks_at, undone_by
from vigie.language.grammar import Grammar
from vigie.language.pack import Match
from vigie.language.schema import Body, Term
from vigie.text.segments import Sentence

_MARKS = frozenset({"accuse", "no_harm"})
# Kinds of bodies that fight: syntax may make one of them the author of what a word only points back to.
_FIGHTERS = frozenset({"armed_group", "attacker", "military", "police", "government"})


def needs_parse(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> bool:
    """Whether the syntax of a sentence can matter.

    It does where a word of violence or of harm stands in it, unless the sentence says of every act that it did not
    happen, or names no fighter and only points back at acts or speaks of them in general; where a munition stands
    beside a verb that may deliver it; where fighters may take
    somebody away; where it says that nobody came to harm, or accuses somebody; and where it tells
    of the arrest of an attacker, whom it may describe. Without the syntax of all others 1,214 hand-coded reports were
    coded as well (coding F1 within 0.003 on each of twelve sets).
    """
    start, end = sentence.start, sentence.end
    told = report.matches_in(start, end, *TELLING_FILES)
    if told and not _says_little(report, sentence, told, grammar):
        return True
    munition = any(can_be_delivered(m) for m in report.matches_in(start, end, "weapons"))
    if munition and _word_begins(grammar.delivers).search(report.normal.folded, start, end) is not None:
        return True
    if may_take(report, sentence, grammar):
        return True
    if any(isinstance(m.entry, Term) and m.entry.mark in _MARKS for m in report.matches_in(start, end, "modality")):
        return True
    attacker = any(_kind(m) == "attacker" for m in report.matches_in(start, end, "actors"))
    return attacker and _word_begins(grammar.arrest).search(report.normal.folded, start, end) is not None


def _says_little(report: AnnotatedReport, sentence: Sentence, told: Sequence[Match], grammar: Grammar) -> bool:
    """Every act in it is said not to have happened, or it names no fighter and its words for acts are nouns that point
    back ("the attack") or speak of many ("attacks")."""
    if any(m.file == "harm" for m in told):
        return False
    if all(undone_by(marks_at(report, sentence, m.start, m.end)) for m in told):
        return True
    if any(_kind(m) in _FIGHTERS for m in report.matches_in(sentence.start, sentence.end, "actors")):
        return False
    return all(_points_or_sums_up(report, sentence, m, grammar) for m in told)


def _points_or_sums_up(report: AnnotatedReport, sentence: Sentence, match: Match, grammar: Grammar) -> bool:
    if getattr(match.entry, "pos", None) == "verb":
        return False
    if general(report, match, grammar):
        return True
    return strength(report, sentence, match, recalled(report, match, grammar), grammar) == "definite"


def _kind(match: Match) -> str | None:
    return match.entry.kind if isinstance(match.entry, Body) else None


@cache
def _word_begins(openings: tuple[str, ...]) -> re.Pattern[str]:
    """Finds words that begin with one of some first letters."""
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, openings)) or '(?!)'})")
