"""What is taken for what: tables of the gold value against the coded one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from vigie.evaluation.matching import IncidentMatch, ReportMatch
from vigie.evaluation.sheets import SheetIncident

Field = Literal["type", "responsibility", "period", "weapon", "terms"]
FIELDS: tuple[Field, ...] = ("type", "responsibility", "period", "weapon", "terms")
NOTHING = "–"
"""Stands for the value that one side does not have: missed, or invented."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each gold value (first of a key) was coded as each value (second)."""

    field: Field
    counts: Mapping[tuple[str, str], int]

    @property
    def values(self) -> tuple[str, ...]:
        """All values, sorted; NOTHING last where it occurs."""
        found = {value for pair in self.counts for value in pair}
        return tuple(sorted(found, key=lambda value: (value == NOTHING, value)))

    @property
    def mistaken(self) -> tuple[tuple[str, str, int], ...]:
        """The gold value, the coded value and how often, for all that differ; the most frequent first."""
        wrong = [(gold, coded, n) for (gold, coded), n in self.counts.items() if gold != coded]
        return tuple(sorted(wrong, key=lambda row: (-row[2], row[0], row[1])))


def confusion(matches: Iterable[ReportMatch], field: Field) -> Confusion:
    """The table of one field: of incidents (`type`, `responsibility`, `period`, `weapon`: its kinds) or of speakers
    (`terms`). One missed or invented stands against NOTHING. Of weapon kinds, those of an incident that agree are
    taken away first; one left on either side were taken for one another, any other stand against NOTHING."""
    pairs = (pair for match in matches for pair in _pairs(match, field))
    return Confusion(field, dict(sorted(Counter(pairs).items())))


def _pairs(match: ReportMatch, field: Field) -> Iterator[tuple[str, str]]:
    if field == "terms":
        yield from _terms(match)
        return
    for incident in match.incidents:
        if field == "weapon":
            yield from _kinds(incident)
        else:
            yield _value(incident.gold, field), _value(incident.coded, field)


def _value(incident: SheetIncident | None, field: Literal["type", "responsibility", "period"]) -> str:
    if incident is None:
        return NOTHING
    values = {"type": incident.type, "responsibility": incident.responsibility or "unknown", "period": incident.period}
    return values[field] or NOTHING


def _kinds(incident: IncidentMatch) -> Iterator[tuple[str, str]]:
    right, extra, missed = incident.slots["weapon"]
    yield from ((gold.shown, coded.shown) for coded, gold in right)
    if len(extra) == len(missed) == 1:
        yield missed[0].shown, extra[0].shown
    else:
        yield from ((gold.shown, NOTHING) for gold in missed)
        yield from ((NOTHING, coded.shown) for coded in extra)


def _terms(match: ReportMatch) -> Iterator[tuple[str, str]]:
    ours, theirs = match.coded.speakers, match.gold.speakers
    found, known = {i for i, _ in match.speakers}, {j for _, j in match.speakers}
    yield from ((theirs[j].terms or NOTHING, ours[i].terms or NOTHING) for i, j in match.speakers)
    yield from ((s.terms or NOTHING, NOTHING) for j, s in enumerate(theirs) if j not in known)
    yield from ((NOTHING, s.terms or NOTHING) for i, s in enumerate(ours) if i not in found)
