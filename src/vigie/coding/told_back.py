"""Places that an earlier act is told to share with the one told before ("the same bar", "there", "y", "la ville")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.joining import Group
from vigie.language.grammar import Grammar
from vigie.mentions.values import FINE


def told_back(report: AnnotatedReport, groups: Sequence[Group], group: Group, grammar: Grammar) -> Group | None:
    """The group whose place an earlier act shares that is told with none of its own: the report's own incident, else
    the one told last before; None where no words point back to it."""
    if group.period == "current" or group.places() or not _points_back(report, group, grammar):
        return None
    start = group.first.start
    before = [
        (t.start, g.period == "current", g)
        for g in groups
        for t in g.tellings
        if g is not group and t.start < start and any(p.place.precision in FINE for p in t.places)
    ]
    if not before:
        return None
    own = next((g for _, current, g in before if current), None)
    return own or max(before, key=lambda b: b[0])[2]


def _points_back(report: AnnotatedReport, group: Group, grammar: Grammar) -> bool:
    """Words of its sentences point to a place told before."""
    folded = report.normal.folded
    for telling in group.tellings:
        sentence = report.sentences[telling.sentence]
        words = folded[sentence.start : sentence.end]
        if re.search(rf"\b(?:{'|'.join(map(re.escape, sorted(grammar.there)))})\b", words):
            return True
        for found in re.finditer(rf"\b(?:{'|'.join(map(re.escape, sorted(grammar.same)))}) (\w+)", words):
            if found.group(1) not in grammar.times:
                return True
    return False
