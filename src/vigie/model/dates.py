"""Days as reported: an inclusive interval, how fine it is and how it was got."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from vigie.model.spans import Span

Grain = Literal["hour", "part_of_day", "day", "week", "month", "season", "year"]
DateBasis = Literal["stated", "relative", "assumed"]


@dataclass(frozen=True, slots=True)
class ReportedDate:
    """Inclusive days `start`..`end`. `candidates` holds the single days where the words leave several open."""

    start: dt.date
    end: dt.date
    grain: Grain
    basis: DateBasis
    text: str = ""
    candidates: tuple[dt.date, ...] = ()
    evidence: tuple[Span, ...] = ()

    def overlaps(self, other: ReportedDate, slack: int = 0) -> bool:
        """True when the intervals share a day, each widened by `slack` days."""
        gap = dt.timedelta(days=slack)
        return self.start <= other.end + gap and other.start <= self.end + gap

    def within(self, other: ReportedDate) -> bool:
        """True when this interval lies inside the other."""
        return other.start <= self.start and self.end <= other.end

    @property
    def days(self) -> int:
        """Number of days in the interval, at least 1."""
        return (self.end - self.start).days + 1
