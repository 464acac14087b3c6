"""Saved filters in a file of feeds: the fields of `vigie.store.filters.Filter` under their own names, and no others."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import typing
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, create_model, model_validator

from vigie.errors import QueryError
from vigie.model.codebooks import codebook
from vigie.record.sources import Sources
from vigie.store import words
from vigie.store.filters import Box, Filter, Named, inside
from vigie.store.naming import body_named, country_code, place_named

_IDS = ("within", "without")  # lists of ids, which a file has no use for
_STANDINGS = ("counts", "superseded", "withdrawn")


class _FilterBase(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _checked(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        for name, check in _CHECKS.items():
            if value.get(name) is not None:
                check(name, value[name])
        first, last = value.get("first_day"), value.get("last_day")
        if isinstance(first, dt.date) and isinstance(last, dt.date) and first > last:
            raise ValueError(f"first_day: {first} is after last_day: turn the two round")
        return value


def _fields() -> dict[str, Any]:
    """The fields of a filter as a file gives them: names as they are typed, lists where there can be several."""
    hints = typing.get_type_hints(Filter)
    fields: dict[str, Any] = {}
    for each in dataclasses.fields(Filter):
        if each.name in _IDS:
            continue
        hint = hints[each.name]
        plain = str | None if hint == str | Named | None else list[str] if hint == tuple[str, ...] else hint
        default = list(each.default) if isinstance(each.default, tuple) else each.default
        fields[each.name] = (plain, default)
    return fields


def _codes(*known: str) -> Callable[[str, Any], None]:
    def check(name: str, value: Any) -> None:
        for each in value if isinstance(value, list) else ():
            if each not in known:
                close = difflib.get_close_matches(str(each), known, 1)
                meant = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(known)}"
                raise ValueError(f"{name}: {each!r} is none: {meant}")

    return check


def _countries(name: str, value: Any) -> None:
    for each in value if isinstance(value, list) else ():
        if not isinstance(each, str) or country_code(each) is None:
            raise ValueError(f"{name}: {each!r} is no country: give its name, or its code of two letters (ISO 3166)")


def _search(name: str, value: Any) -> None:
    if isinstance(value, str):
        try:
            words.parsed(value)
        except QueryError as error:
            raise ValueError(f"{name}: {error.reason}: {error.way_out}") from error


def _box(name: str, value: Any) -> None:
    sides = ("west", "south", "east", "north")
    if not isinstance(value, dict) or sorted(value) != sorted(sides):
        raise ValueError(
            f"{name}: give {', '.join(sides)} in degrees: {{ west = 38, south = 33, east = 46, north = 38 }}"
        )
    if all(isinstance(side, int | float) for side in value.values()):
        try:
            list(inside(Box(**value)))
        except QueryError as error:
            raise ValueError(f"{name}: {error.reason}: {error.way_out}") from error


_CHECKS: Mapping[str, Callable[[str, Any], None]] = MappingProxyType(
    {
        "types": _codes(*codebook("incident_type").ids),
        "weapons": _codes(*codebook("weapon").ids),
        "target_kinds": _codes(*codebook("target_kind").ids),
        "standing": _codes(*_STANDINGS),
        "countries": _countries,
        "text": _search,
        "box": _box,
    }
)

if typing.TYPE_CHECKING:

    class FilterTable(_FilterBase):
        """The table `wanted` of a saved filter."""
else:
    FilterTable = create_model("FilterTable", __base__=_FilterBase, **_fields())


def wanted(table: BaseModel) -> Filter:
    """The filter that a table asks for, names as they are typed."""
    given: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in dict(table).items()}
    given["countries"] = tuple(country_code(each) or each for each in given["countries"])
    return Filter(**given)


def meant(typed: Filter, sources: Callable[[], Sources]) -> Filter:
    """A filter with its names replaced by what they mean: a place by where it is, a body by all its names. `sources`
    gives the bodies that are known, and is asked only where there is a name to look up: finding them takes a while."""

    place, actor = typed.place, typed.actor
    return dataclasses.replace(
        typed,
        place=place_named(place) if isinstance(place, str) else place,
        actor=body_named(actor, sources()) if isinstance(actor, str) else actor,
    )


def lately(typed: Filter, within: dt.timedelta | None, now: dt.datetime) -> Filter:
    """A filter with its limit to what happened at most so long ago."""
    if within is None:
        return typed
    first = (now - within).date()
    return dataclasses.replace(typed, first_day=max(first, typed.first_day or first))
