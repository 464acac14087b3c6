"""A publication date as a caller or a file gives it: an ISO day, month or year, or a date and time."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from vigie.errors import DateError
from vigie.model import ReportedDate

_SHAPE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2})"
    r"(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?:\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)?)?)?"
)
# Before the first newspapers and well after any report: outside it a year is a slip of the keyboard.
_YEARS = range(1600, 2200)


def read_published(text: str) -> ReportedDate:
    """The days a publication date stands for: 2024-07-26, 2024-07, 2024 or 2024-07-26T14:05 (with or without
    seconds and offset). A date and time keeps the day as the place of publication counted it (grain "hour").

    Raises DateError for anything else, and for dates that no calendar holds (2024-02-30, 2024-13).
    """
    words = text.strip()
    found = _SHAPE.fullmatch(words)
    if found is None:
        raise DateError(text)
    year = int(found["year"])
    if year not in _YEARS:
        raise DateError(text)
    try:
        if found["month"] is None:
            return ReportedDate(dt.date(year, 1, 1), dt.date(year, 12, 31), "year", "stated", words)
        month = int(found["month"])
        if found["day"] is None:
            last = calendar.monthrange(year, month)[1]
            return ReportedDate(dt.date(year, month, 1), dt.date(year, month, last), "month", "stated", words)
        day = dt.date(year, month, int(found["day"]))
        if found["hour"] is None:
            return ReportedDate(day, day, "day", "stated", words)
        dt.time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    except ValueError as error:  # calendar.IllegalMonthError is one too
        raise DateError(text) from error
    return ReportedDate(day, day, "hour", "stated", words)
