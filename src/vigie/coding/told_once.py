"""One body under several names: "the rebels" and the band they are of, "soldiers" and "troops", a nationality beside
the army of that nation. Of those chosen for a role, the one that says most stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from vigie.coding.actors import ANYBODY
from vigie.coding.phrases import FIGHTERS
from vigie.coding.roles import is_nation
from vigie.language.folding import fold
from vigie.language.schema import Body

if TYPE_CHECKING:
    from vigie.coding.annotated import AnnotatedReport
    from vigie.coding.phrases import Phrase
    from vigie.language.grammar import Grammar

_SHORTEST_PLURAL = 3
# How many words before people may say that they are a part of those counted ("including two young children").
_PART_REACH = 3
_LONGEST_WEAPON = 24
_WORD = re.compile(r"[\w.]+")


def actors_once(report: AnnotatedReport, chosen: Sequence[Phrase]) -> list[Phrase]:
    """The authors, likeliest first, without bare words for fighters beside another name for fighters and without a
    nationality beside a body of that nation."""
    named = [p for p in chosen if p.kind in FIGHTERS and not _bare(report, p)]
    kept: list[Phrase] = []
    for p in chosen:
        if named and p.kind in FIGHTERS and _bare(report, p):
            continue
        if is_nation(p) and any(q is not p and _countries(report, p) & _countries(report, q) for q in chosen):
            continue
        kept.append(p)
    return kept


def targets_once(report: AnnotatedReport, chosen: Sequence[Phrase], grammar: Grammar) -> list[Phrase]:
    """The targets, likeliest first, without a second word for the same people or things, those of whom none was hurt,
    those only counted as a part of others, and what is part of a weapon's name ("a car bomb")."""
    hit = [p for p in chosen if not _words_before(report, p, 1) & grammar.none_of and not _of_weapon(report, p)]
    kept: list[Phrase] = []
    for p in hit:
        if any(_same_people(report, p, q) or _within(p, q) for q in kept):
            continue
        people = p.kind in {"civilian", "police"} and not p.proper and not p.singular
        part = people and _words_before(report, p, _PART_REACH) & grammar.part_words
        if part and any(q is not p and fold(q.name) not in ANYBODY for q in hit):
            continue
        kept.append(p)
    return kept


def _words_before(report: AnnotatedReport, p: Phrase, number: int) -> frozenset[str]:
    """The last words before a phrase."""
    low = max(0, p.start - 24 * number)
    return frozenset(_WORD.findall(report.normal.folded, low, p.start)[-number:])


def _of_weapon(report: AnnotatedReport, p: Phrase) -> bool:
    """A word that only with the next names what it is: no car is hit by "a car bomb"."""
    longer = report.matches_in(p.start, p.end + _LONGEST_WEAPON, "weapons")
    return any(m.start <= p.start and p.end < m.end for m in longer)


def _within(p: Phrase, q: Phrase) -> bool:
    """One phrase stands inside the other."""
    return (p.start, p.end) != (q.start, q.end) and q.start <= p.start and p.end <= q.end


def _bare(report: AnnotatedReport, p: Phrase) -> bool:
    """A word for fighters that does not say which: no name, no nation."""
    entry = p.match.entry if p.match else None
    named = p.proper or (isinstance(entry, Body) and entry.named)
    return not named and not _countries(report, p) and p.name.islower()


def _countries(report: AnnotatedReport, p: Phrase) -> set[str]:
    """The countries whose name or adjective stands in a phrase."""
    found = {c for a, b, c in report.demonyms if p.start <= a and b <= p.end}
    return found | {q.place.country for q in report.places if q.place.country and p.start <= q.start and q.end <= p.end}


def _same_people(report: AnnotatedReport, p: Phrase, q: Phrase) -> bool:
    """Unnamed people told of by the same word."""
    if p.proper or q.proper or p.file != "actors" or q.file != "actors":
        return False
    return _stem(report, p) == _stem(report, q)


def _stem(report: AnnotatedReport, p: Phrase) -> str:
    word = fold(report.text[p.head[0] : p.head[1]])
    return word[:-1] if len(word) > _SHORTEST_PLURAL and word[-1] in "sx" else word
