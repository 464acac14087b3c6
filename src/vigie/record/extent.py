"""When and where a reported incident may have been, for blocking, comparing and linking."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from vigie.model.dates import ReportedDate
from vigie.model.places import Place
from vigie.model.record import ReportedIncident

FINE_PLACES = frozenset({"site", "settlement", "district"})
FINE_DAYS = 4  # days in an interval up to which it counts as told to the day (a weekend, a night)
_RECENT = dt.timedelta(days=7)

Told = Literal["told", "assumed", "none"]


def told_date(member: ReportedIncident) -> tuple[ReportedDate | None, Told]:
    """The days of an incident, and whether the report tells them. What is current and gives no day is taken to be of
    the week before publication; background without a day is of no day."""
    date = member.incident.date
    if date is not None:
        return date, "assumed" if date.basis == "assumed" else "told"
    published = member.published
    if member.incident.period == "current" and published is not None and published.days <= FINE_DAYS:
        return ReportedDate(published.start - _RECENT, published.end, "week", "assumed"), "assumed"
    return None, "none"


def is_fine(date: ReportedDate) -> bool:
    """Told to the day, or nearly."""
    return date.days <= FINE_DAYS


def gap(a: ReportedDate, b: ReportedDate) -> int:
    """Days between two intervals: 0 where they share a day, 1 where the one begins the day after the other ends."""
    return max(0, (a.start - b.end).days, (b.start - a.end).days)


def is_fine_place(place: Place | None) -> bool:
    """A place small enough to have coordinates that mean something."""
    return place is not None and place.precision in FINE_PLACES
