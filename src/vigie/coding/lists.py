"""Reports that are lists: paragraphs that each open with the name of the place they are about ("Lorna: two shells",
"LORNA – Gunmen …")."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vigie.coding.annotated import AnnotatedReport
from vigie.mentions.values import PlaceMention
from vigie.model import Place

_FINE = frozenset({"site", "settlement", "district", "region"})
# An hour, a number or a bullet may stand before the name; a colon or a dash behind it.
_HEAD = re.compile(
    r"(?:\d{1,2}(?:[).]|\s?[hH:.]\s?\d{0,2})[\s|.–—-]{0,4}|[-•*–—]\s{0,2})?(?P<name>[^\s:;.!?«»\"–—-][^:;.!?«»\"\n]{1,48}?)"
    r"\s?(?::|\s[–—-])\s"
)
_PARTICLES = frozenset("de du des la le les el al of the d l".split())
_MOST_WORDS = 3
_LEAST_ITEMS = 2


def list_heads(report: AnnotatedReport) -> Mapping[int, PlaceMention]:
    """By number of paragraph the place that heads it, where at least two paragraphs are headed by different places and
    at least half of what stands at such heads are places that are known. Else empty."""
    first: dict[int, int] = {}
    for s in report.sentences:
        if not s.title and s.start >= report.body:
            first.setdefault(s.paragraph, s.start)
    heads: dict[int, PlaceMention] = {}
    labels = 0
    country = next((p.place.country for p in report.places if p.place.country), None)
    for paragraph, start in first.items():
        found = _HEAD.match(report.text, start)
        if found is None:
            continue
        name = found.group("name")
        a, b = found.span("name")
        known = next((p for p in report.places if a <= p.start and p.end <= b and p.place.precision in _FINE), None)
        if known is None and not _could_be_place(name):
            continue
        labels += 1
        heads[paragraph] = known or PlaceMention(a, b, Place(name, name, country, "settlement"), known=False)
    sure = [p for p in heads.values() if p.known]
    if len({p.place.name for p in heads.values()}) < _LEAST_ITEMS or 2 * len(sure) < labels:
        return {}
    return heads


def _could_be_place(name: str) -> bool:
    """One to three words with a capital, small words in between aside."""
    words = [w for w in re.split(r"[\s'’]+", name) if w.lower() not in _PARTICLES]
    return 0 < len(words) <= _MOST_WORDS and all(w[:1].isupper() for w in words)
