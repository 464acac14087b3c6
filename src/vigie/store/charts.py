"""What the record's incidents look like from afar: how many there are in each stretch of time and part of the map."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Integer, Row, case, cast, func, select

from vigie.errors import QueryError
from vigie.store import schema as s
from vigie.store.filters import Box, Filter, conditions, inside

Step = Literal["day", "week", "month", "year"]

# The longest stretch, in days, that is still shown by a step; years have no limit.
_LONGEST: tuple[tuple[Step, int], ...] = (("day", 62), ("week", 400), ("month", 366 * 16))
_LETTERS = {"day": 10, "week": 10, "month": 7, "year": 4}  # of an ISO day
_MOST_BARS = 400
_MOST_CELLS = 20_000
_ROUGH = ("region", "country")


@dataclass(frozen=True, slots=True)
class Bar:
    """How many incidents surely happened between two days (inclusive)."""

    first: dt.date
    last: dt.date
    incidents: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Incidents over time. `bars` follow one another without a gap. `between` counts those whose day is not known
    finely enough to stand in one bar, `undated` those without any day."""

    step: Step
    bars: tuple[Bar, ...]
    between: int
    undated: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Incidents that are drawn as one mark. `lat`, `lon` is the middle of their places, `box` what holds them all.

    `rough`: their places are known to the region only. Where all are at one place, `place` names it, `precision` says
    how exactly it is known (the coarsest) and `country` where it is; `id` is the incident where there is only one.
    """

    lat: float
    lon: float
    box: Box
    incidents: int
    disputed: int
    rough: bool
    place: str | None
    precision: str | None
    country: str | None
    id: str | None


@dataclass(frozen=True, slots=True)
class Spots:
    """The marks in one part of the map. `elsewhere` counts, by country (None where that is not known either), the
    incidents that cannot be drawn anywhere."""

    spots: tuple[Spot, ...]
    elsewhere: tuple[tuple[str | None, int], ...]


def timeline(connection: Connection, wanted: Filter, step: Step | None = None) -> Timeline:
    """The incidents over time, by the finest step that is readable for the stretch that they or the filter take up; by
    `step` where that is given and not too fine. Raises QueryError as `conditions`."""
    by_month = _stretches(connection, wanted, "month")
    undated = sum(row.incidents for row in by_month if row.first == "")
    dated = [row for row in by_month if row.first != ""]
    if not dated:
        return Timeline(step or "month", (), 0, undated)
    first, last = _shown(wanted, _first_of(min(row.first for row in dated)), _last_of(max(row.last for row in dated)))
    step = _readable(first, last, step)
    rows = dated if step == "month" else [r for r in _stretches(connection, wanted, step) if r.first != ""]
    starts = [_bar_of(first, step)]
    while (following := _next(starts[-1], step)) <= last:
        starts.append(following)
    del starts[:-_MOST_BARS]
    inside_one: Counter[dt.date] = Counter()
    between = 0
    for row in rows:
        start = _bar_of(_first_of(row.first), step)
        if start == _bar_of(_first_of(row.last), step) and starts[0] <= start <= starts[-1]:
            inside_one[start] += row.incidents
        else:
            between += row.incidents
    bars = tuple(
        Bar(max(start, first), min(_next(start, step) - dt.timedelta(days=1), last), inside_one[start])
        for start in starts
    )
    return Timeline(step, bars, between, undated)


def _shown(wanted: Filter, earliest: dt.date, latest: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day that are shown: those of the filter where it gives them, so that an incident told by the
    year does not stretch a filter of a week to that year, and empty bars are seen. No further than the incidents where
    the filter is very wide."""
    first, last = wanted.first_day or earliest, wanted.last_day or latest
    if last < first or (last - first).days > _LONGEST[-1][1]:
        first, last = max(first, earliest), min(last, latest)
    return (first, last) if first <= last else (earliest, latest)


def _readable(first: dt.date, last: dt.date, step: Step | None) -> Step:
    days = (last - first).days
    fine: Step = next((name for name, most in _LONGEST if days < most), "year")
    if step is None:
        return fine
    steps = (*(name for name, _ in _LONGEST), "year")
    most = {"day": _MOST_BARS, "week": _MOST_BARS * 7, "month": _MOST_BARS * 30, "year": days + 1}
    return step if days < most[step] else max(step, fine, key=steps.index)


def spots(connection: Connection, wanted: Filter, view: Box, cell: float) -> Spots:
    """The incidents wanted that lie in `view`, put together by the cells of a grid of so many degrees.

    Raises QueryError as `conditions`, and where the cells are too small for the view.
    """
    width = view.east - view.west + (360 if view.west > view.east else 0)
    if not 0 < cell <= 90 or (view.north - view.south) / cell * (width / cell) > _MOST_CELLS:
        raise QueryError("cell", f"cells of {cell} degrees", "give larger cells or a smaller part of the map")
    i = s.incidents.c
    limits = conditions(wanted, connection.dialect.name)
    rough = case((i.precision.in_(_ROUGH), 1), else_=0)
    row, column = (_cell(x, low, cell, connection.dialect.name) for x, low in ((i.lat, -90), (i.lon, -180)))
    query = (
        select(
            rough.label("rough"),
            func.avg(i.lat).label("lat"),
            func.avg(i.lon).label("lon"),
            func.min(i.lon).label("west"),
            func.min(i.lat).label("south"),
            func.max(i.lon).label("east"),
            func.max(i.lat).label("north"),
            func.count().label("incidents"),
            func.sum(case((i.disputed, 1), else_=0)).label("disputed"),
            func.min(i.place).label("place"),
            # By the alphabet `site` comes after `settlement`, `region` and `district`: told apart by rank.
            func.max(_rank(i.precision)).label("rank"),
            func.min(i.country).label("country"),
            func.min(i.id).label("id"),
        )
        .where(*limits, i.lat.is_not(None), *inside(view))
        .group_by(row, column, rough)
        .order_by(func.count().desc(), func.min(i.id))
    )
    missing = (
        select(i.country, func.count().label("incidents"))
        .where(*limits, i.lat.is_(None))
        .group_by(i.country)
        .order_by(func.count().desc(), i.country)
    )
    return Spots(
        tuple(_spot(r) for r in connection.execute(query)),
        tuple((r.country, r.incidents) for r in connection.execute(missing)),
    )


def extent(connection: Connection, wanted: Filter) -> Box | None:
    """The part of the map that holds all incidents wanted, None where none can be drawn."""
    i = s.incidents.c
    query = select(func.min(i.lon), func.min(i.lat), func.max(i.lon), func.max(i.lat))
    west, south, east, north = connection.execute(
        query.where(*conditions(wanted, connection.dialect.name), i.lat.is_not(None))
    ).one()
    return None if west is None else Box(west, south, east, north)


# --- the map ----------------------------------------------------------------------------------------------------------

_PRECISIONS = ("site", "settlement", "district", "region", "country")


def _rank(precision: ColumnElement[str]) -> ColumnElement[int]:
    return case(*((precision == name, n) for n, name in enumerate(_PRECISIONS)), else_=len(_PRECISIONS) - 1)


def _cell(degrees: ColumnElement[float], low: int, cell: float, dialect: str) -> ColumnElement[int]:
    """The number of the row or column; both databases cut off what is after the point, each in its own way."""
    place = (degrees - low) / cell
    return cast(place, Integer) if dialect == "sqlite" else cast(func.trunc(place), Integer)


def _spot(row: Row[tuple[object, ...]]) -> Spot:
    one_place = row.west == row.east and row.south == row.north
    return Spot(
        lat=row.lat,
        lon=row.lon,
        box=Box(row.west, row.south, row.east, row.north),
        incidents=row.incidents,
        disputed=row.disputed,
        rough=bool(row.rough),
        place=row.place if one_place else None,
        precision=_PRECISIONS[row.rank] if one_place else None,
        country=row.country if one_place else None,
        id=row.id if row.incidents == 1 else None,
    )


# --- time -------------------------------------------------------------------------------------------------------------


def _stretches(connection: Connection, wanted: Filter, step: Step) -> list[Row[tuple[str, str, int]]]:
    """How many incidents there are for each pair of first and last day, both cut to the step."""
    i, letters = s.incidents.c, _LETTERS[step]
    first, last = func.substr(i.day, 1, letters), func.substr(i.last_day, 1, letters)
    query = (
        select(first.label("first"), last.label("last"), func.count().label("incidents"))
        .where(*conditions(wanted, connection.dialect.name))
        .group_by(first, last)
    )
    return list(connection.execute(query))


def _first_of(cut: str) -> dt.date:
    """The first day of a day, month or year as ISO 8601 writes it."""
    return dt.date.fromisoformat(f"{cut}-01-01"[:10] if len(cut) < 7 else f"{cut}-01"[:10])


def _last_of(cut: str) -> dt.date:
    step: Step = "day" if len(cut) == 10 else "month" if len(cut) == 7 else "year"
    return _next(_first_of(cut), step) - dt.timedelta(days=1)


def _bar_of(day: dt.date, step: Step) -> dt.date:
    """The first day of the bar that a day is in; weeks begin on Monday (ISO 8601)."""
    if step == "week":
        return day - dt.timedelta(days=day.weekday())
    return day if step == "day" else day.replace(day=1) if step == "month" else day.replace(month=1, day=1)


def _next(start: dt.date, step: Step) -> dt.date:
    if step == "month":
        return (start + dt.timedelta(days=32)).replace(day=1)
    if step == "year":
        return start.replace(year=start.year + 1)
    return start + dt.timedelta(days=7 if step == "week" else 1)
