"""The fields of a record incident, and their values as JSON gives them (in decisions)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from vigie.errors import DecisionError
from vigie.model.codebooks import codebook
from vigie.model.coded import Actor, ActorBasis, Damage, Outcome, Responsibility, Target, TargetKind, WeaponUse
from vigie.model.dates import DateBasis, Grain, ReportedDate
from vigie.model.places import Place, PlacePrecision, PlaceRelation
from vigie.model.quantities import Hedge, Quantity

FIELDS = (
    "type", "date", "place", "launch_place", "actors", "responsibility", "targets", "weapons", "killed", "injured",
    "attackers_killed", "damage",
)  # fmt: skip
TOLL_FIELDS = ("killed", "injured", "attackers_killed")

T = TypeVar("T", bound=str)


def value_from_json(field: str, value: Any) -> Any:
    """The model value that a JSON value stands for in a field. Raises DecisionError where it stands for none.

    A quantity may be a whole number, a day an ISO date, actors and targets lists of names.
    """
    reader = _READERS.get(field)
    if reader is None:
        raise DecisionError(f"no field is called {field!r}; there are: {', '.join(FIELDS)}")
    try:
        return reader(value)
    except (KeyError, TypeError, ValueError) as error:
        raise DecisionError(f"{value!r} is no value for {field!r}: {error}") from error


def _choice(value: Any, allowed: tuple[T, ...]) -> T:
    for known in allowed:
        if value == known:
            return known
    raise ValueError(f"one of {', '.join(allowed)} is wanted")


def _bound(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("bounds are whole numbers from 0, or null")
    return value


def _quantity(value: Any) -> Quantity:
    if isinstance(value, int) and not isinstance(value, bool):
        value = {"lower": value, "upper": value}
    lower, upper = _bound(value["lower"]), _bound(value["upper"])
    if lower is None and upper is None:
        raise ValueError("one bound at least is wanted")
    if lower is not None and upper is not None and lower > upper:
        raise ValueError("the lower bound is above the upper")
    usual: Hedge = "exact" if lower == upper else "at_least" if upper is None else "order_of"
    hedge = _choice(value.get("hedge", usual), get_args(Hedge))
    return Quantity(lower, upper, hedge, str(value.get("text", "")))


def _date(value: Any) -> ReportedDate:
    if isinstance(value, str):
        value = {"start": value, "end": value}
    start, end = dt.date.fromisoformat(value["start"]), dt.date.fromisoformat(value.get("end") or value["start"])
    if end < start:
        raise ValueError("the last day is before the first")
    return ReportedDate(
        start=start,
        end=end,
        grain=_choice(value.get("grain", "day"), get_args(Grain)),
        basis=_choice(value.get("basis", "stated"), get_args(DateBasis)),
        text=str(value.get("text", "")),
    )


def _degrees(value: Any, most: float) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
        raise ValueError(f"degrees from -{most:g} to {most:g} are wanted")
    return float(value)


def _place(value: Any) -> Place:
    if isinstance(value, str):
        value = {"name": value}
    name = str(value["name"]).strip()
    if not name:
        raise ValueError("a place has a name")
    lat, lon = _degrees(value.get("lat"), 90), _degrees(value.get("lon"), 180)
    if (lat is None) != (lon is None):
        raise ValueError("latitude and longitude go together")
    return Place(
        name=name,
        text=str(value.get("text") or name),
        country=value.get("country"),
        precision=_choice(value.get("precision", "settlement"), get_args(PlacePrecision)),
        admin1=value.get("admin1"),
        lat=lat,
        lon=lon,
        relation=_choice(value.get("relation", "at"), get_args(PlaceRelation)),
        gazetteer=value.get("gazetteer"),
    )


def _rows(value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list):
        raise TypeError("a list is wanted")
    return [{"name": row} if isinstance(row, str) else row for row in value]


def _actors(value: Any) -> tuple[Actor, ...]:
    return tuple(
        Actor(str(row["name"]), _choice(row.get("basis", "stated"), get_args(ActorBasis)), ()) for row in _rows(value)
    )


def _targets(value: Any) -> tuple[Target, ...]:
    return tuple(
        Target(str(row["name"]), _choice(row.get("kind", "other"), get_args(TargetKind)), ()) for row in _rows(value)
    )


def _weapons(value: Any) -> tuple[WeaponUse, ...]:
    kinds = codebook("weapon").ids
    return tuple(
        WeaponUse(
            kind=_choice(row.get("kind", row.get("name")), kinds),
            lower=_bound(row.get("lower")),
            upper=_bound(row.get("upper")),
            outcome=_choice(row.get("outcome", "unknown"), get_args(Outcome)),
            evidence=(),
        )
        for row in _rows(value)
    )


_READERS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "type": lambda value: _choice(value, codebook("incident_type").ids),
        "date": _date,
        "place": _place,
        "launch_place": _place,
        "actors": _actors,
        "responsibility": lambda value: _choice(value, get_args(Responsibility)),
        "targets": _targets,
        "weapons": _weapons,
        "killed": _quantity,
        "injured": _quantity,
        "attackers_killed": _quantity,
        "damage": lambda value: _choice(value, get_args(Damage)),
    }
)
