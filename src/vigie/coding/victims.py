"""Victims named apart from what was done to them: "the victim was identified as X", « la victime, X, 34 ans »."""

from __future__ import annotations

import re

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.authors import Author, is_of_victim
from vigie.coding.person_names import PERSON
from vigie.coding.phrases import Phrase
from vigie.language.folding import fold
from vigie.language.grammar import Grammar

# Words for one person by sex or age only.
_ANYONE = frozenset(
    "man woman boy girl teenager person individual victim homme femme garcon fille adolescent adolescente jeune "
    "personne individu victime motorist passenger".split()
)
_WORD = re.compile(r"\w+")
_INTRODUCED = re.compile(rf"(?: étant)?,?:? (?:(?:a )?\d\d[- ]year[- ]old |(?:Mrs?|Ms|Dr)\.? )?({PERSON})")
# "The victim, 34-year-old X, …".
_SET_BESIDE = re.compile(rf", (?:\d\d[- ]year[- ]old )?({PERSON})(?=[,.;)]| \()")


def named_victims(report: AnnotatedReport, told: set[int], grammar: Grammar) -> list[Author]:
    """The names by which victims are introduced in the sentences that speak of an incident, in text order."""
    found: dict[str, Author] = {}
    folded = report.normal.folded
    here = [phrase for phrase in grammar.identified if phrase.endswith(grammar.identified_as) and phrase in folded]
    for s in report.sentences:
        if s.index not in told or s.title:
            continue
        names = []
        for phrase in here:
            at = folded.find(phrase, s.start, s.end)
            if at >= 0 and is_of_victim(report, at + len(phrase), s.start, grammar):
                names.append(_INTRODUCED.match(report.text, at + len(phrase), s.end))
        for word in _WORD.finditer(folded, s.start, s.end):
            if word[0] in grammar.victim_nouns:
                names.append(_SET_BESIDE.match(report.text, word.end(), s.end))
        for name in names:
            if name is not None and not report.matches_in(name.start(1), name.end(1), "actors"):
                found.setdefault(name[1], Author(name.start(1), name.end(1), name[1]))
    return sorted(found.values(), key=lambda a: a.start)


def is_anyone(report: AnnotatedReport, p: Phrase) -> bool:
    """One person told of by sex and age only ("a 25-year-old man"): a name says more."""
    return p.singular and not p.proper and fold(report.text[p.head[0] : p.head[1]]) in _ANYONE
