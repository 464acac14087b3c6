"""A capital told of without its name: "in the capital", « dans la capitale irakienne »."""

from __future__ import annotations

import re
from dataclasses import replace

from vigie.coding.annotated import AnnotatedReport, within
from vigie.language.grammar import Grammar
from vigie.mentions.gazetteer import load_gazetteer
from vigie.mentions.place_keys import name_key
from vigie.mentions.values import PlaceMention
from vigie.text.segments import Sentence

_NEXT = re.compile(r"\W{0,3}(\w*)")


def capital_meant(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> list[PlaceMention]:
    """The capital that a sentence speaks of without its name, where the report names one capital and no other: its
    place, at the words for it. None where the words are those of a province's or of another country's capital."""
    folded = report.normal.folded
    words = next((w for w in grammar.capital if folded.find(w, sentence.start, sentence.end) >= 0), None)
    if words is None:
        return []
    known = [p for p in report.places if _is_capital(p)]
    if len({p.place.name for p in known}) != 1 or within(known, sentence.start, sentence.end):
        return []
    start = folded.find(words, sentence.start, sentence.end)
    end = start + len(words)
    following = _NEXT.match(folded, end)
    nation = next((c for a, _, c in report.demonyms if following and a == following.start(1)), None)
    if nation is not None and nation != known[0].place.country:
        return []
    if following and not report.text[end:].startswith((",", ".")) and following[1] in grammar.capital_of:
        return []
    return [PlaceMention(start, end, replace(known[0].place, relation="at"))]


def _is_capital(mention: PlaceMention) -> bool:
    gazetteer, place = load_gazetteer(), mention.place
    name = name_key(gazetteer.capitals.get(place.country or "", ""))
    return place.gazetteer is not None and any(r.origin == place.gazetteer for r in gazetteer.find(name))
