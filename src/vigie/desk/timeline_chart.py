"""The bars of a timeline as they are drawn: how far from the left in per cent, how high in pixels, where they lead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vigie.desk.selection import Selection
from vigie.store.charts import Bar, Step, Timeline

HEIGHT = 96
_GAP = 0.16  # of a bar's place
_MOST_TICKS = 8
_LEAST_APART = 8.0  # per cent between two ticks
_FORMS: dict[Step, str] = {"day": "d MMM", "week": "MMM y", "month": "y", "year": "y"}


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar: `x` and `width` in per cent, `y` and `height` in pixels of `HEIGHT`; `query` leads to its days."""

    x: float
    width: float
    y: float
    height: float
    first: dt.date
    last: dt.date
    incidents: int
    query: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A day written under the bars; `minor` where a small screen has no room for it."""

    x: float
    day: dt.date
    minor: bool


@dataclass(frozen=True, slots=True)
class Wider:
    """A longer stretch of time that holds the one shown; None, None for all of it."""

    first: dt.date | None
    last: dt.date | None
    query: str


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """A timeline as it is drawn. `form` is how its ticks are written (a pattern of the Unicode locale data)."""

    step: Step
    form: str
    most: int
    bars: tuple[DrawnBar, ...]
    ticks: tuple[Tick, ...]
    between: int
    undated: int
    wider: tuple[Wider, ...]
    earlier: Wider | None
    later: Wider | None


def chart(timeline: Timeline, selected: Selection) -> TimelineChart:
    """The timeline of a selection, each bar leading to its own days."""
    most = max((bar.incidents for bar in timeline.bars), default=0)
    share = 100 / max(1, len(timeline.bars))
    bars = tuple(_bar(bar, place, share, most, selected) for place, bar in enumerate(timeline.bars))
    first, last = selected.wanted.first_day, selected.wanted.last_day
    shifted = _shifted(first, last) if first is not None and last is not None else ()
    around = tuple(Wider(a, b, _days(selected, a, b)) for a, b in shifted)
    return TimelineChart(
        step=timeline.step,
        form=_FORMS[timeline.step],
        most=most,
        bars=bars,
        ticks=_ticks(timeline.bars, timeline.step, share),
        between=timeline.between,
        undated=timeline.undated,
        wider=_wider(selected),
        earlier=around[0] if around else None,
        later=around[1] if around else None,
    )


def _bar(bar: Bar, place: int, share: float, most: int, selected: Selection) -> DrawnBar:
    # A bar of one incident beside one of thousands is still to be seen.
    height = max(2.0, round(bar.incidents / most * HEIGHT, 1)) if bar.incidents else 0.0
    return DrawnBar(
        x=round(place * share + share * _GAP / 2, 3),
        width=round(share * (1 - _GAP), 3),
        y=round(HEIGHT - height, 1),
        height=height,
        first=bar.first,
        last=bar.last,
        incidents=bar.incidents,
        query=_days(selected, bar.first, bar.last),
    )


def _days(selected: Selection, first: dt.date, last: dt.date) -> str:
    return selected.query(("by",), **{"from": first.isoformat(), "to": last.isoformat()})


def _ticks(bars: Sequence[Bar], step: Step, share: float) -> tuple[Tick, ...]:
    """The first bar and those that begin something: a week of days, a month of weeks, a year of months; not more than
    have room."""
    places = [n for n, bar in enumerate(bars) if n == 0 or _begins(bars[n - 1].first, bar.first, step)]
    if len(places) > 1 and (places[1] - places[0]) * share < _LEAST_APART:
        del places[0]
    every = -(-len(places) // _MOST_TICKS) or 1
    return tuple(
        Tick(round(place * share, 3), bars[place].first, minor=number % 2 == 1)
        for number, place in enumerate(places[::every])
        if place * share < 96  # the last one would be cut off
    )


def _begins(before: dt.date, day: dt.date, step: Step) -> bool:
    if step == "day":
        return day.weekday() == 0
    return step == "year" or (day.month != before.month if step == "week" else day.year != before.year)


def _wider(selected: Selection) -> tuple[Wider, ...]:
    """The ways back: all of the time, the year, the month."""
    first, last = selected.wanted.first_day, selected.wanted.last_day
    if first is None and last is None:
        return ()
    found = [Wider(None, None, selected.query(without=("from", "to", "by")))]
    if first is not None and last is not None:
        year = (dt.date(first.year, 1, 1), dt.date(first.year, 12, 31))
        month = (first.replace(day=1), _month_end(first))
        for a, b in (year, month):
            if a <= first and last <= b and (a, b) != (first, last):
                found.append(Wider(a, b, _days(selected, a, b)))
    return tuple(found)


def _shifted(first: dt.date, last: dt.date) -> tuple[tuple[dt.date, dt.date], ...]:
    """The stretch before and the one after, of whole years or months where it is such, else of as many days."""
    one = dt.timedelta(days=1)
    try:
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            years = last.year - first.year + 1
            before = (first.replace(year=first.year - years), first - one)
            return before, (last + one, last.replace(year=last.year + years))
        if first.day == 1 and last == _month_end(first):
            return ((first - one).replace(day=1), first - one), (last + one, _month_end(last + one))
        length = last - first + one
        return (first - length, first - one), (last + one, last + length)
    except (ValueError, OverflowError):  # the end of all calendars
        return ()


def _month_end(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
