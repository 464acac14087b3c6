"""When and where a reported incident may have been, for blocking, comparing and linking."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Literal

from vigie.model.dates import ReportedDate
from vigie.model.places import Place
from vigie.model.record import ReportedIncident

FINE_PLACES = frozenset({"site", "settlement", "district"})
FINE_DAYS = 4  # days in an interval up to which it counts as told to the day (a weekend, a night, a few days)
_RECENT = dt.timedelta(days=7)
_LATELY = dt.timedelta(days=60)
_BEFORE = dt.timedelta(days=3)

Told = Literal["told", "assumed", "none"]


def told_date(member: ReportedIncident) -> tuple[ReportedDate | None, Told]:
    """The days of an incident, and whether the report tells them. A day that is only assumed, from publication, may as
    well be one of the days before; what is current and gives no day is taken to be of the week before publication,
    background of the two months before."""
    date = member.incident.date
    if date is not None and date.basis == "assumed":
        return (replace(date, start=date.start - _BEFORE) if is_fine(date) else date), "assumed"
    if date is not None:
        return date, "told"
    published = member.published
    if published is None or published.days > FINE_DAYS:
        return None, "none"
    if member.incident.period == "current":
        return ReportedDate(published.start - _RECENT, published.end, "week", "assumed"), "assumed"
    return ReportedDate(published.start - _LATELY, published.end, "month", "assumed"), "assumed"


def is_fine(date: ReportedDate) -> bool:
    """Told to the day, or nearly."""
    return date.days <= FINE_DAYS


def is_night(date: ReportedDate) -> bool:
    """A night told by its two days: the evening of the first, the small hours of the second."""
    return date.days == 2 and date.grain in ("part_of_day", "hour")


def gap(a: ReportedDate, b: ReportedDate) -> int:
    """Days between two intervals: 0 where they share a day, 1 where the one begins the day after the other ends."""
    return max(0, (a.start - b.end).days, (b.start - a.end).days)


def is_fine_place(place: Place | None) -> bool:
    """A place small enough to have coordinates that mean something."""
    return place is not None and place.precision in FINE_PLACES
