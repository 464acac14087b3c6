"""Values of the record that a person had better look at, the most useful first.

What speaks against a value is weighed by hand: how often values of that kind turned out wrong, or worth a look, in
coding practice. Several grounds add up as independent ones do. A value that somebody has decided on is left alone.
Among values that are put before a person, those that the coder is less sure of come first (docs/reliability.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vigie.model.coded import Incident
from vigie.model.dates import ReportedDate
from vigie.model.places import Place
from vigie.model.quantities import Quantity
from vigie.model.record import FieldValue, RecordIncident, ReportedIncident
from vigie.record.words import word

LEAST = 0.4
"""The doubt from which a value is put before a person: one account alone is no ground for that."""
GROUNDS = {
    "contradicted": 0.7, "assumed_day": 0.45, "open_day": 0.5, "coarse_day": 0.3, "unknown_place": 0.4,
    "coarse_place": 0.3, "wide_toll": 0.35, "generic_type": 0.35, "one_account": 0.2, "unlikely": 0.0,
    "unsure": 0.0,
}  # fmt: skip
"""How much each ground weighs, 0..1; `unlikely` and `unsure` weigh what the coder's own confidence lacks."""
_UNSURE = 0.75  # confidence that it is an incident at all, below which it is a ground
_UNSURE_VALUE = 0.35  # confidence that a value is right, below which it is a ground
_COARSE_GRAINS = frozenset({"week", "month", "season", "year"})
_COARSE_PLACES = frozenset({"region", "country"})
_GENERIC = frozenset({"other_violence", "attack"})
_WIDE = 2.0  # the most is more than so many times the least


@dataclass(frozen=True, slots=True)
class Doubt:
    """One value worth a look: the field, the grounds (keys of GROUNDS), how much they weigh together and how useful a
    look is, both 0..1."""

    field: str
    grounds: tuple[str, ...]
    weight: float
    usefulness: float

    def why(self, language: str) -> str:
        """The grounds in a sentence, in English or French."""
        return "; ".join(word("doubt", ground, language) for ground in self.grounds)


def doubts(incident: RecordIncident, members: Iterable[ReportedIncident]) -> tuple[Doubt, ...]:
    """The values of a record incident that a person had better look at, by their members' own likelihood too."""
    tellings = [m.incident for m in members]
    likely = max((i.confidence for i in tellings if i.confidence is not None), default=None)
    stake = _stake(incident)
    found = []
    for name, value in incident.fields.items():
        if value.decision is not None:
            continue
        sure = confidence_in(name, tellings)
        grounds = tuple(_grounds(incident, name, value, likely, sure))
        left = 1.0
        for ground in grounds:
            own = {"unlikely": likely, "unsure": sure}.get(ground)
            left *= 1 - GROUNDS[ground] if own is None else own
        weight = round(1 - left, 6)
        if weight >= LEAST:
            doubtful = weight if sure is None or "unsure" in grounds else 1 - left * sure
            found.append(Doubt(name, grounds, weight, round(doubtful * (0.5 + 0.5 * stake), 6)))
    return tuple(sorted(found, key=lambda d: (-d.usefulness, d.field)))


def confidence_in(field: str, tellings: Iterable[Incident]) -> float | None:
    """How sure the coder is of what was told of a field: of several values of one report the least sure counts, of
    several reports the surest one. None where it is not known."""
    each = [
        min(found)
        for incident in tellings
        if (found := [c for path, c in incident.confidences.items() if path.split("[", 1)[0] == field])
    ]
    return max(each, default=None)


def _grounds(
    incident: RecordIncident, name: str, value: FieldValue, likely: float | None, sure: float | None
) -> Iterator[str]:
    if value.basis == "disputed" or any(d.field == name and d.verdict == "conflict" for d in incident.differences):
        yield "contradicted"
    told = value.value
    if isinstance(told, ReportedDate):
        yield from _of_date(told)
    elif isinstance(told, Place) and name == "place":
        if told.precision in _COARSE_PLACES:
            yield "coarse_place"
        elif told.lat is None:
            yield "unknown_place"
    elif isinstance(told, Quantity) and told.lower is not None and told.upper is not None:
        if told.upper > max(1, told.lower) * _WIDE:
            yield "wide_toll"
    elif name == "type" and told in _GENERIC:
        yield "generic_type"
    if name == "type" and likely is not None and likely < _UNSURE:
        yield "unlikely"
    if sure is not None and sure < _UNSURE_VALUE:
        yield "unsure"
    if value.independent <= 1 and value.basis != "disputed":
        yield "one_account"


def _of_date(date: ReportedDate) -> Iterator[str]:
    if date.basis == "assumed":
        yield "assumed_day"
    if len(date.candidates) > 1:
        yield "open_day"
    elif date.grain in _COARSE_GRAINS:
        yield "coarse_day"


def _stake(incident: RecordIncident) -> float:
    """How much hangs on it, 0..1: how many reports tell of it and how many were hurt, as for pairs."""
    tolls: Sequence[Quantity] = [
        q for q in (incident.value("killed"), incident.value("injured")) if isinstance(q, Quantity)
    ]
    hurt = sum(q.best or 0 for q in tolls)
    return 1 - 1 / (1 + math.log1p(len(incident.reports)) / 2 + math.log1p(hurt) / 2)
