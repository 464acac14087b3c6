"""What the record's incidents look like from afar: how many there are in each stretch of time and part of the map."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, case, func, select

from vigie.errors import QueryError
from vigie.store import schema as s
from vigie.store.filters import Box, Filter, conditions, inside

Step = Literal["day", "week", "month", "year"]

# The longest stretch, in days, that is still shown by a step; years have no limit.
_LONGEST: tuple[tuple[Step, int], ...] = (("day", 62), ("week", 400), ("month", 366 * 16))
_MOST_BARS = 400
_MOST_CELLS = 20_000
_TOO_NEAR = 0.75  # of a cell: marks nearer than this are one
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
class Overview:
    """Incidents from afar: how many, over which time, and the part of the map that holds those that can be drawn (None
    where none can)."""

    total: int
    timeline: Timeline
    extent: Box | None


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


def overview(connection: Connection, wanted: Filter, step: Step | None = None) -> Overview:
    """The incidents wanted from afar. Bars are of the finest step that is readable for the stretch of time that the
    incidents or the filter take up; of `step` where that is given and not too fine. Raises QueryError as `conditions`.
    """
    i = s.incidents.c
    number = func.count().label("incidents")
    query = select(
        i.day, i.last_day, number,
        func.min(i.lon).label("west"), func.min(i.lat).label("south"),
        func.max(i.lon).label("east"), func.max(i.lat).label("north"),
    )  # fmt: skip
    # Grouped as the index is ordered; a group for each pair of days is little beside the incidents.
    query = query.where(*conditions(wanted, connection.dialect.name)).group_by(i.day, i.last_day)
    rows = connection.execute(query).all()
    drawn = [row for row in rows if row.west is not None]
    extent = None
    if drawn:
        extent = Box(
            min(row.west for row in drawn),
            min(row.south for row in drawn),
            max(row.east for row in drawn),
            max(row.north for row in drawn),
        )
    stretches = Counter({(row.day, row.last_day): row.incidents for row in rows})
    return Overview(sum(stretches.values()), _timeline(stretches, wanted, step), extent)


def _timeline(stretches: Counter[tuple[str, str]], wanted: Filter, step: Step | None) -> Timeline:
    """The bars of incidents, counted by their first and last day."""
    undated = sum(number for (day, _), number in stretches.items() if not day)
    dated = [
        (dt.date.fromisoformat(day), dt.date.fromisoformat(last), number)
        for (day, last), number in stretches.items()
        if day
    ]
    if not dated:
        return Timeline(step or "month", (), 0, undated)
    earliest, latest = min(day for day, _, _ in dated), max(last for _, last, _ in dated)
    first, last = _shown(wanted, earliest, latest)
    step = _readable(first, last, step)
    if first != wanted.first_day:
        first = _bar_of(first, step)
    if last != wanted.last_day:
        last = _end(_bar_of(last, step), step)
    starts = [_bar_of(first, step)]
    while starts[-1] < (following := _next(starts[-1], step)) <= last:
        starts.append(following)
    del starts[:-_MOST_BARS]
    inside_one: Counter[dt.date] = Counter()
    between = 0
    for day, until, number in dated:
        start = _bar_of(day, step)
        if start == _bar_of(until, step) and starts[0] <= start <= starts[-1]:
            inside_one[start] += number
        else:
            between += number
    bars = tuple(Bar(max(start, first), min(_end(start, step), last), inside_one[start]) for start in starts)
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
    # By place first, as the index is ordered: there are far fewer places than incidents.
    places = (
        select(
            i.lat, i.lon, i.precision,
            func.min(i.place).label("place"), func.min(i.country).label("country"), func.min(i.id).label("id"),
            func.count().label("incidents"), func.sum(case((i.disputed, 1), else_=0)).label("disputed"),
        )
        .where(*limits, i.lat.is_not(None), *inside(view))
        .group_by(i.lat, i.lon, i.precision)
    )  # fmt: skip
    # Grouped as that index goes on, for a database that would take another for the countries alone.
    missing = (
        select(i.country, func.count().label("incidents"))
        .where(*limits, i.lat.is_(None))
        .group_by(i.lat, i.lon, i.precision, i.place, i.country)
    )
    cells: dict[tuple[int, int, bool], list[Row[Any]]] = {}
    for row in connection.execute(places):
        place = (int((row.lat + 90) // cell), int((row.lon + 180) // cell), row.precision in _ROUGH)
        cells.setdefault(place, []).append(row)
    _join_neighbours(cells, cell)
    found = sorted((_spot(rows) for rows in cells.values()), key=lambda spot: (-spot.incidents, spot.lat, spot.lon))
    elsewhere: Counter[str | None] = Counter()
    for row in connection.execute(missing):
        elsewhere[row.country] += row.incidents
    return Spots(tuple(found), tuple(sorted(elsewhere.items(), key=lambda each: (-each[1], each[0] or ""))))


# --- the map ----------------------------------------------------------------------------------------------------------

_PRECISIONS = ("site", "settlement", "district", "region", "country")


def _join_neighbours(cells: dict[tuple[int, int, bool], list[Row[Any]]], cell: float) -> None:
    """Put together what lies on either side of a cell's edge: its marks would lie on one another."""
    middles = {place: _middle(rows) for place, rows in cells.items()}
    for place in sorted(cells, key=lambda p: (-sum(row.incidents for row in cells[p]), p)):
        if place not in cells:
            continue  # it has gone into another
        row, column, rough = place
        lat, lon = middles[place]
        for down in (-1, 0, 1):
            for right in (-1, 0, 1):
                other = (row + down, column + right, rough)
                if other == place or other not in cells:
                    continue
                if max(abs(middles[other][0] - lat), abs(middles[other][1] - lon)) < _TOO_NEAR * cell:
                    cells[place].extend(cells.pop(other))


def _middle(rows: Sequence[Row[Any]]) -> tuple[float, float]:
    incidents = sum(row.incidents for row in rows)
    return sum(row.lat * row.incidents for row in rows) / incidents, sum(
        row.lon * row.incidents for row in rows
    ) / incidents


def _spot(rows: Sequence[Row[Any]]) -> Spot:
    """The mark for the places of one cell."""
    incidents = sum(row.incidents for row in rows)
    box = Box(
        min(row.lon for row in rows), min(row.lat for row in rows),
        max(row.lon for row in rows), max(row.lat for row in rows),
    )  # fmt: skip
    one = box.west == box.east and box.south == box.north
    lat, lon = _middle(rows)
    coarsest = max(rows, key=lambda row: _PRECISIONS.index(row.precision or "country"))
    return Spot(
        lat=box.south if one else lat,
        lon=box.west if one else lon,
        box=box,
        incidents=incidents,
        disputed=sum(row.disputed for row in rows),
        rough=coarsest.precision in _ROUGH,
        place=coarsest.place if one else None,
        precision=(coarsest.precision or "country") if one else None,
        country=coarsest.country if one else None,
        id=rows[0].id if incidents == 1 else None,
    )


# --- time -------------------------------------------------------------------------------------------------------------


def _bar_of(day: dt.date, step: Step) -> dt.date:
    """The first day of the bar that a day is in; weeks begin on Monday (ISO 8601)."""
    if step == "week":
        return day - dt.timedelta(days=day.weekday())
    return day if step == "day" else day.replace(day=1) if step == "month" else day.replace(month=1, day=1)


def _next(start: dt.date, step: Step) -> dt.date:
    """The first day of the bar after one; the last day of all calendars where there is none."""
    try:
        if step == "month":
            return (start + dt.timedelta(days=32)).replace(day=1)
        if step == "year":
            return start.replace(year=start.year + 1)
        return start + dt.timedelta(days=7 if step == "week" else 1)
    except (ValueError, OverflowError):
        return dt.date.max


def _end(start: dt.date, step: Step) -> dt.date:
    following = _next(start, step)
    return following if following == dt.date.max else following - dt.timedelta(days=1)
