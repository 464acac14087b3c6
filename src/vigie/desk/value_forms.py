"""The value of a field as a form: filled in from a value, and made a value for a decision from what was typed.

Lists (who did it, what was hit, with what) are edited as a whole: what is there can be kept or left out, and one can be
added, for that is what a decision on such a field says.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, get_args

from vigie.desk.languages import N_
from vigie.errors import DecisionError
from vigie.exports import phrasing
from vigie.exports.labels import Labels
from vigie.mentions.gazetteer import country_names
from vigie.model import Actor, Place, Quantity, ReportedDate, Target, WeaponUse
from vigie.model.codebooks import codebook
from vigie.model.coded import ActorBasis, Damage, Outcome, Responsibility, TargetKind
from vigie.model.contract import plain
from vigie.model.dates import Grain
from vigie.model.places import PlacePrecision, PlaceRelation
from vigie.record.field_values import value_from_json

Shape = Literal["number", "days", "place", "choice", "actor", "target", "weapon"]
SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "type": "choice", "date": "days", "place": "place", "launch_place": "place", "actors": "actor",
        "responsibility": "choice", "targets": "target", "weapons": "weapon", "killed": "number",
        "injured": "number", "attackers_killed": "number", "damage": "choice",
    }
)  # fmt: skip
INPUTS = (
    "lower", "upper", "first_day", "last_day", "grain", "name", "country", "admin1", "precision", "relation", "lat",
    "lon", "gazetteer", "basis", "kind", "outcome", "choice",
)  # fmt: skip
"""The names of all inputs of all fields."""
LISTS = ("actors", "targets", "weapons")

Option = tuple[str, str]


class WrongValue(Exception):
    """What was typed makes no value. `field` is the name of the input, `message` one of the catalogues."""

    def __init__(self, field: str, message: str) -> None:
        self.field, self.message = field, message
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Row:
    """One of the values of a list: as JSON, as a decision gives it, and in words."""

    json: str
    words: str


def inputs_of(field: str, value: Any) -> dict[str, str]:
    """What the inputs of a field hold for a value of it; of a list, for the first of its values."""
    if isinstance(value, tuple | list):
        value = value[0] if value else None
    if value is None:
        return {}
    given: dict[str, Any]
    if isinstance(value, Quantity):
        given = {"lower": value.lower, "upper": value.upper}
    elif isinstance(value, ReportedDate):
        given = {"first_day": value.start, "last_day": value.end, "grain": value.grain}
    elif isinstance(value, Place):
        names = ("name", "country", "admin1", "precision", "relation", "lat", "lon", "gazetteer")
        given = {name: getattr(value, name) for name in names}
    elif isinstance(value, Actor):
        given = {"name": value.name, "basis": value.basis}
    elif isinstance(value, Target):
        given = {"name": value.name, "kind": value.kind}
    elif isinstance(value, WeaponUse):
        given = {"kind": value.kind, "lower": value.lower, "upper": value.upper, "outcome": value.outcome}
    else:
        given = {"choice": value}
    return {name: str(each) for name, each in given.items() if each is not None}


def rows_of(field: str, value: Any, labels: Labels) -> tuple[Row, ...]:
    """The values of a list, each to be kept or left out."""
    if field not in LISTS or not isinstance(value, tuple | list):
        return ()
    return tuple(Row(json.dumps(_row(each), ensure_ascii=False), _words(each, labels)) for each in value)


def json_of(value: Any) -> Any:
    """A value of the record as a decision gives it: as JSON, without the words it rests on."""
    if isinstance(value, tuple | list):
        return [_row(each) for each in value]
    if isinstance(value, Quantity | ReportedDate | Place):
        return {k: v for k, v in plain(value).items() if k not in ("evidence", "candidates")}
    return value


def options(field: str, labels: Labels) -> dict[str, list[Option]]:
    """The choices of a field's inputs, by the name of the input, in the reader's language."""
    countries = sorted(((code, labels.country(code)) for code in country_names(labels.language)), key=lambda c: c[1])
    weapons = sorted(((kind, labels.weapon(kind, many=False)) for kind in codebook("weapon").ids), key=lambda w: w[1])
    shape = SHAPES[field]
    if shape == "days":
        return {"grain": _labelled("grain", get_args(Grain)[1:], labels)}
    if shape == "place":
        return {
            "country": [("", "–"), *countries],
            "precision": _labelled("precision", get_args(PlacePrecision), labels),
            "relation": [("at", "–"), *_labelled("relation", get_args(PlaceRelation)[1:], labels)],
        }
    if shape == "actor":
        return {"basis": _labelled("basis", get_args(ActorBasis), labels)}
    if shape == "target":
        return {"kind": _labelled("target", get_args(TargetKind), labels)}
    if shape == "weapon":
        outcomes = [outcome for outcome in get_args(Outcome) if outcome != "unknown"]
        return {"kind": [("", "–"), *weapons], "outcome": [("unknown", "–"), *_labelled("outcome", outcomes, labels)]}
    if shape == "choice":
        lists: Mapping[str, Sequence[str]] = {
            "type": codebook("incident_type").ids,
            "responsibility": [r for r in get_args(Responsibility) if r != "unknown"],
            "damage": [d for d in get_args(Damage) if d != "unknown"],
        }
        return {"choice": _labelled(field, lists[field], labels)}
    return {}


def value_from_form(field: str, typed: Mapping[str, str], kept: Sequence[str], words: str) -> Any:
    """The JSON value of a decision from the inputs of a field; `kept` are the rows of a list that stay, `words` those
    of the report. Raises WrongValue."""
    read = _READERS[SHAPES[field]]
    value = read({name: each.strip() for name, each in typed.items()}, words)
    if field in LISTS:
        rows = [_kept(row) for row in kept]
        if value is not None and value not in rows:
            rows.append(value)
        if not rows:
            raise WrongValue("name" if field != "weapons" else "kind", N_("Give one, or keep one of those there."))
        value = rows
    try:
        value_from_json(field, value)
    except DecisionError as error:
        raise WrongValue("value", N_("This makes no value of that field.")) from error
    return value


def _number(typed: Mapping[str, str], words: str) -> Any:
    lower, upper = _bound(typed, "lower"), _bound(typed, "upper")
    if lower is None and upper is None:
        raise WrongValue("lower", N_("Give one of the two numbers at least."))
    if lower is not None and upper is not None and lower > upper:
        raise WrongValue("upper", N_("The most is less than the least."))
    return {"lower": lower, "upper": upper, "text": words}


def _bound(typed: Mapping[str, str], name: str) -> int | None:
    given = "".join(typed.get(name, "").split())
    if not given:
        return None
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        raise WrongValue(name, N_("Give a whole number, or leave it empty where it is not known."))
    return int(given)


def _days(typed: Mapping[str, str], words: str) -> Any:
    first, last = typed.get("first_day", ""), typed.get("last_day", "") or typed.get("first_day", "")
    for name, day in (("first_day", first), ("last_day", last)):
        try:
            value_from_json("date", day)
        except DecisionError as error:
            raise WrongValue(name, N_("Give a day as year-month-day: 2024-03-08.")) from error
    if last < first:
        raise WrongValue("last_day", N_("The last day is before the first."))
    return {"start": first, "end": last, "grain": typed.get("grain") or "day", "basis": "stated", "text": words}


def _place(typed: Mapping[str, str], words: str) -> Any:
    if not typed.get("name"):
        raise WrongValue("name", N_("Give the name of the place."))
    place: dict[str, Any] = {
        name: typed.get(name) or None for name in ("name", "country", "admin1", "precision", "relation", "gazetteer")
    }
    for name, most in (("lat", 90), ("lon", 180)):
        place[name] = _degrees(typed.get(name, ""), name, most)
    if (place["lat"] is None) != (place["lon"] is None):
        raise WrongValue("lon", N_("Latitude and longitude go together: give both or neither."))
    place["precision"], place["relation"] = place["precision"] or "settlement", place["relation"] or "at"
    return {**place, "text": words or place["name"]}


def _degrees(given: str, name: str, most: int) -> float | None:
    if not given:
        return None
    try:
        degrees = float(given.replace(",", "."))
    except ValueError:
        degrees = float("inf")
    if not -most <= degrees <= most:
        raise WrongValue(name, N_("Give degrees, such as 46.63, or leave it empty."))
    return degrees


def _choice(typed: Mapping[str, str], words: str) -> Any:
    return typed.get("choice", "")


def _actor(typed: Mapping[str, str], words: str) -> Any:
    return {"name": typed["name"], "basis": typed.get("basis") or "stated"} if typed.get("name") else None


def _target(typed: Mapping[str, str], words: str) -> Any:
    return {"name": typed["name"], "kind": typed.get("kind") or "other"} if typed.get("name") else None


def _weapon(typed: Mapping[str, str], words: str) -> Any:
    if not typed.get("kind"):
        return None
    lower, upper = _bound(typed, "lower"), _bound(typed, "upper")
    if lower is not None and upper is not None and lower > upper:
        raise WrongValue("upper", N_("The most is less than the least."))
    return {"kind": typed["kind"], "lower": lower, "upper": upper, "outcome": typed.get("outcome") or "unknown"}


_READERS: Mapping[Shape, Callable[[Mapping[str, str], str], Any]] = MappingProxyType(
    {
        "number": _number, "days": _days, "place": _place, "choice": _choice, "actor": _actor, "target": _target,
        "weapon": _weapon,
    }
)  # fmt: skip


def _row(value: Any) -> dict[str, Any]:
    """One value of a list as a decision gives it: without its words, which stand in the report."""
    if isinstance(value, Actor):
        return {"name": value.name, "basis": value.basis}
    if isinstance(value, Target):
        return {"name": value.name, "kind": value.kind}
    return {"kind": value.kind, "lower": value.lower, "upper": value.upper, "outcome": value.outcome}


def _words(value: Any, labels: Labels) -> str:
    if isinstance(value, Actor):
        return f"{value.name} ({labels.value('basis', value.basis)})"
    if isinstance(value, Target):
        return f"{value.name} ({labels.value('target', value.kind)})"
    return phrasing.weapon(value, labels)


def _kept(row: str) -> Any:
    try:
        found = json.loads(row)
    except ValueError as error:
        raise WrongValue("value", N_("This makes no value of that field.")) from error
    if not isinstance(found, dict):
        raise WrongValue("value", N_("This makes no value of that field."))
    return found


def _labelled(kind: str, values: Sequence[str], labels: Labels) -> list[Option]:
    return [(value, labels.value(kind, value)) for value in values]
