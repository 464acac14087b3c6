"""Counting incidents by month, place, type, actor or weapon, with what they cost: sums that keep both bounds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import JSON, ColumnElement, Connection, cast, func, select

from vigie.errors import QueryError
from vigie.language.folding import fold
from vigie.record.names import meaning
from vigie.record.sources import Sources, institution_of
from vigie.store import schema as s
from vigie.store.filters import Filter, conditions
from vigie.store.incident_rows import UNKNOWN

By = Literal["month", "place", "country", "type", "actor", "weapon"]


OF_COUNTRY = "country"
"""Begins the value of an actor that is only named by its country ("Russian"), before the country's code."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A toll over several incidents: `lower`..`upper` over those that tell one (`told` of them); `upper` None where one
    of those gives no upper bound."""

    lower: int = 0
    upper: int | None = 0
    told: int = 0

    def plus(self, lower: int | None, upper: int | None) -> Sum:
        """This and the toll of one incident more, which tells none where both bounds are None."""
        if lower is None and upper is None:
            return self
        top = None if self.upper is None or upper is None else self.upper + upper
        return Sum(self.lower + (lower or 0), top, self.told + 1)


@dataclass(frozen=True, slots=True)
class Total:
    """The incidents of one value. `label` is the value as a report writes it; both are "" for the incidents whose value
    is not known. `country` is where the place is, or whose a body is that is only named by what it is ("army")."""

    value: str
    label: str
    country: str | None
    incidents: int
    disputed: int
    killed: Sum
    injured: Sum


@dataclass(frozen=True, slots=True)
class Totals:
    """Incidents counted by something. An incident with two actors or weapons stands in two rows, and once in `all`."""

    by: By
    rows: tuple[Total, ...]
    all: Total


@dataclass(slots=True)
class _Sheet:
    """One row while it is counted."""

    incidents: int = 0
    disputed: int = 0
    killed: Sum = Sum()
    injured: Sum = Sum()
    labels: Counter[str] = field(default_factory=Counter)
    country: str | None = None

    def add(self, row: Any, label: str, country: str | None = None) -> None:
        self.incidents += 1
        self.disputed += bool(row.disputed)
        self.killed = self.killed.plus(_known(row.killed), row.killed_upper)
        self.injured = self.injured.plus(_known(row.injured), row.injured_upper)
        self.labels[label] += 1
        self.country = country

    def total(self, value: str) -> Total:
        label = min(self.labels, key=lambda name: (-self.labels[name], name), default="")
        return Total(value, label, self.country, self.incidents, self.disputed, self.killed, self.injured)


def totals(connection: Connection, wanted: Filter, by: By, sources: Sources) -> Totals:
    """Counts of the incidents wanted: months in their order, everything else from the most incidents down, what is not
    known last. By actor, names of one body are one row (`sources`, and what the names mean).

    Raises QueryError where it cannot be counted by that.
    """
    if by not in get_args(By):
        raise QueryError("tally", f"incidents cannot be counted by {by!r}", f"there are: {', '.join(get_args(By))}")
    i = s.incidents.c
    columns = [i.day, i.last_day, i.country, i.place, i.type, i.killed, i.killed_upper, i.injured, i.injured_upper]
    dialect = connection.dialect.name
    told = [_of_json(_PATHS[by], dialect).label("told")] if by in _PATHS else []
    query = select(*columns, i.disputed, *told).where(*conditions(wanted, dialect)).order_by(i.id)
    sheets: dict[str, _Sheet] = {}
    every = _Sheet()
    values = _VALUES[by](sources)
    for row in connection.execute(query):
        every.add(row, "")
        for value, (label, country) in _each(row, values).items():
            sheets.setdefault(value, _Sheet()).add(row, label, country)
    rows = [sheet.total(value) for value, sheet in sheets.items()]
    if by == "month":
        rows.sort(key=lambda total: (total.value == "", total.value))
    else:
        rows.sort(key=lambda total: (total.value == "", -total.incidents, fold(total.label), total.value))
    return Totals(by, tuple(rows), every.total(""))


class _Value(NamedTuple):
    """One value of an incident: what it is counted under, how it is written, and its country where that tells it."""

    key: str
    label: str
    country: str | None = None


_Values = Callable[[Any], Iterable[_Value]]


def _each(row: Any, values: _Values) -> dict[str, tuple[str, str | None]]:
    """The values of an incident, each once; "" where it has none."""
    return {value.key: (value.label, value.country) for value in values(row)} or {"": ("", None)}


def _month(_: Sources) -> _Values:
    def values(row: Any) -> Iterator[_Value]:
        if row.day and row.day[:7] == row.last_day[:7]:
            yield _Value(row.day[:7], row.day[:7])

    return values


def _place(_: Sources) -> _Values:
    def values(row: Any) -> Iterator[_Value]:
        if row.place:
            yield _Value(row.told or f"{row.country or ''} {fold(row.place)}", row.place, row.country)

    return values


def _column(name: str) -> Callable[[Sources], _Values]:
    def of(_: Sources) -> _Values:
        return lambda row: [_Value(getattr(row, name), getattr(row, name))] if getattr(row, name) else []

    return of


def _weapon(_: Sources) -> _Values:
    return lambda row: [_Value(use["kind"], use["kind"]) for use in json.loads(row.told or "[]")]


def _actor(sources: Sources) -> _Values:
    return lambda row: [_body(actor["name"], row.country, sources) for actor in json.loads(row.told or "[]")]


_VALUES: dict[By, Callable[[Sources], _Values]] = {
    "month": _month,
    "place": _place,
    "country": _column("country"),
    "type": _column("type"),
    "weapon": _weapon,
    "actor": _actor,
}


def _body(name: str, country: str | None, sources: Sources) -> _Value:
    """A body under what is the same for all its names: its family; else, for an institution, that and the country of
    the incident; else what the name means in any language ("gunmen", "inconnus"; "Russian", "russe")."""
    family = sources.family(name)
    if family is not None:
        return _Value(family, name)
    institution = institution_of(name)
    told = meaning(name)
    if institution is not None and not told.countries and country is not None:
        return _Value(f"{institution} {country}", name, country)
    if told.words or not (told.nouns or told.countries):
        return _Value(told.key, name)
    if len(told.countries) == 1 and not told.nouns:  # "Russian", "russe": named by their country alone
        (code,) = told.countries
        return _Value(f"{OF_COUNTRY} {code}", name, code)
    return _Value(" ".join(("~", *sorted(told.nouns), *sorted(told.countries))), name)


def _known(bound: int) -> int | None:
    return None if bound == UNKNOWN else bound


_PATHS: dict[By, tuple[str, ...]] = {
    "place": ("fields", "place", "value", "gazetteer"),  # one place under all its names
    "actor": ("fields", "actors", "value"),
    "weapon": ("fields", "weapons", "value"),
}


def _of_json(path: Sequence[str], dialect: str) -> ColumnElement[str]:
    """What stands at a path in the record incident, as text."""
    if dialect == "sqlite":
        return func.json_extract(s.incidents.c.json, "$." + ".".join(path))
    return func.json_extract_path_text(cast(s.incidents.c.json, JSON), *path)
