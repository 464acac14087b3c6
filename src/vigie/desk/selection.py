"""Which incidents a visitor asks to see, as the address of the page says it: read, checked, and written again.

The address is the whole state of the page: whoever opens it sees the same selection, and an export is of exactly it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from vigie.desk.languages import N_
from vigie.errors import QueryError
from vigie.model.codebooks import codebook
from vigie.model.coded import Period, TargetKind
from vigie.record.sources import Sources
from vigie.store import words
from vigie.store.charts import Step
from vigie.store.filters import Box, Filter, Order
from vigie.store.naming import body_named, place_named

T = TypeVar("T")

DAY = N_("Give a day as year-month-day, as in 2024-07-25; a month (2024-07) or a year will do.")
TURNED = N_("The last day is before the first.")
NO_SUCH = N_("There is no such value.")
NO_BOX = N_("Give west, south, east and north in degrees.")
NO_NUMBER = N_("Give a whole number.")
NO_WORD = N_("Give a word to look for, and not more than forty.")
_LONGEST = 300  # characters of a typed value that are looked at
_ANSWERS = {"yes": True, "no": False}
_PERIODS: Mapping[str, Period] = {"current": "current", "background": "background"}


class _Wrong(Exception):
    """A value that means nothing; the message says what is wanted."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection of incidents and how it is shown.

    `wanted` is the filter, where nothing is `wrong`: what is wrong with some parameters, by their name. `given` holds
    what the address gave, in the order of `PARAMETERS`, without what says nothing.
    """

    given: tuple[tuple[str, str], ...] = ()
    wanted: Filter = field(default_factory=Filter)
    order: Order = "newest"
    step: Step | None = None
    after: str | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)

    def values(self, name: str) -> tuple[str, ...]:
        """What the address gives for a parameter."""
        return tuple(value for key, value in self.given if key == name)

    def value(self, name: str) -> str:
        """The same for a parameter that has one value; empty where it has none."""
        return next(iter(self.values(name)), "")

    @property
    def limits(self) -> tuple[tuple[str, str], ...]:
        """The parameters that leave incidents out."""
        return tuple((name, value) for name, value in self.given if name not in SHOWING)

    def query(self, without: Iterable[tuple[str, str] | str] = (), **changes: str | Iterable[str] | None) -> str:
        """The query of an address: this selection from its first page on, without some parameters (or one value of
        one), and with others put in their place; None takes a parameter out."""
        leave = set(without)
        kept = [
            (name, value)
            for name, value in self.given
            if name != "after" and name not in changes and name not in leave and (name, value) not in leave
        ]
        for name, change in changes.items():
            if change is not None:
                kept += [(name, value) for value in ((change,) if isinstance(change, str) else change) if value]
        kept.sort(key=lambda pair: PARAMETERS.index(pair[0]))
        return urlencode(kept)


def selection(query: QueryParams | Mapping[str, Any], sources: Sources) -> Selection:
    """The selection that an address asks for; parameters that are not known are left out. `sources` tell by which other
    names a body is found."""
    given = tuple(_given(query))
    wrong: dict[str, str] = {}

    def one(name: str, read: Callable[[str], T]) -> T | None:
        typed = next((value for key, value in given if key == name), None)
        if typed is None:
            return None
        try:
            return read(typed)
        except _Wrong as error:
            wrong[name] = str(error)
            return None

    def several(name: str, allowed: Iterable[str]) -> tuple[str, ...]:
        values = tuple(value for key, value in given if key == name)
        if not set(values) <= set(allowed):
            wrong[name] = NO_SUCH
        return values

    first, last = one("from", lambda typed: _days(typed)[0]), one("to", lambda typed: _days(typed)[1])
    if first is not None and last is not None and first > last:
        wrong["to"] = TURNED
    answers = {name: one(name, lambda typed: _choice(typed, _ANSWERS)) for name in _YES_OR_NO}
    period = one("period", lambda typed: _choice(typed, _PERIODS))
    wanted = Filter(
        text=one("q", _words),
        first_day=first,
        last_day=last,
        countries=tuple(
            code.upper() for code in several("country", (v for k, v in given if k == "country" and len(v) == 2))
        ),
        place=one("place", place_named),
        box=one("box", _box),
        types=several("type", codebook("incident_type").ids),
        weapons=several("weapon", codebook("weapon").ids),
        actor=one("actor", lambda typed: body_named(typed, sources)),
        target=one("target", str),
        target_kinds=several("hit", get_args(TargetKind)),
        source=one("source", str),
        outlet=one("outlet", str),
        killed_at_least=one("killed", _number),
        disputed=answers["disputed"],
        single_source=answers["single"],
        reviewed=answers["reviewed"],
        on_map=answers["drawn"],
        period=period,
    )
    order = one("order", lambda typed: _choice(typed, {each: each for each in get_args(Order)}))
    step = one("by", lambda typed: _choice(typed, {each: each for each in get_args(Step)}))
    after = next((value for key, value in given if key == "after"), None)
    return Selection(given, wanted, order or "newest", step, after, wrong)


_YES_OR_NO = ("disputed", "single", "reviewed", "drawn")
_MANY = ("country", "type", "weapon", "hit")
PARAMETERS = (
    "q", "from", "to", "country", "place", "box", "type", "weapon", "actor", "target", "hit", "source", "outlet",
    "killed", *_YES_OR_NO, "period", "order", "by", "after",
)  # fmt: skip
"""The parameters of the address, in the order in which it is written."""
SHOWING = ("order", "by", "after")
"""Those that say how a selection is shown, not what is in it."""


def _given(query: QueryParams | Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    found = query.multi_items() if isinstance(query, QueryParams) else list(query.items())
    for name in PARAMETERS:
        values = dict.fromkeys(value.strip()[:_LONGEST] for key, value in found if key == name)
        values.pop("", None)
        for value in list(values)[: None if name in _MANY else 1]:
            yield name, value


def _words(typed: str) -> str:
    try:
        words.parsed(typed)
    except QueryError:
        raise _Wrong(NO_WORD) from None
    return typed


def _days(typed: str) -> tuple[dt.date, dt.date]:
    """The first and last day of a day, a month or a year. Raises _Wrong."""
    parts = typed.split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) > 3 or not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError
        first = dt.date(*(*numbers, 1, 1)[:3])
        if len(numbers) == 3:
            return first, first
        after = dt.date(first.year + 1, 1, 1) if len(numbers) == 1 else (first + dt.timedelta(31)).replace(day=1)
    except (ValueError, OverflowError):
        raise _Wrong(DAY) from None
    return first, after - dt.timedelta(days=1)


def _choice(typed: str, allowed: Mapping[str, T]) -> T:
    if typed not in allowed:
        raise _Wrong(NO_SUCH)
    return allowed[typed]


def _box(typed: str) -> Box:
    try:
        west, south, east, north = (float(side) for side in typed.split(","))
    except ValueError:
        raise _Wrong(NO_BOX) from None
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise _Wrong(NO_BOX)
    return Box(west, south, east, north)


def _number(typed: str) -> int:
    if not typed.isascii() or not typed.isdigit() or len(typed) > 9:
        raise _Wrong(NO_NUMBER)
    return int(typed)
