"""Publication dates as given."""

from __future__ import annotations

import datetime as dt

import pytest

from vigie.errors import DateError
from vigie.readers import read_published


@pytest.mark.parametrize(
    ("text", "start", "end", "grain"),
    [
        ("2024-07-26", "2024-07-26", "2024-07-26", "day"),
        (" 2024-2-29 ", "2024-02-29", "2024-02-29", "day"),
        (" 2024-07 ", "2024-07-01", "2024-07-31", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2024", "2024-01-01", "2024-12-31", "year"),
        ("2024-07-26T23:30", "2024-07-26", "2024-07-26", "hour"),
        ("2024-07-26T23:30:05.25Z", "2024-07-26", "2024-07-26", "hour"),
        ("2024-07-26 23:30:00+02:00", "2024-07-26", "2024-07-26", "hour"),
    ],
)
def test_dates_that_mean_something(text: str, start: str, end: str, grain: str) -> None:
    day = read_published(text)
    assert (day.start, day.end) == (dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    assert (day.grain, day.basis) == (grain, "stated")


@pytest.mark.parametrize(
    "text",
    ["", "2024-02-30", "2023-02-29", "2024-13", "2024-00", "0024", "9999", "26/07/2024", "yesterday", "2024-07-26T25:00",
     "2024-07-26T12:61", "2024-07-26x", "1499", "2201-01-01", "2024-07-26-01", "juillet", "20240726", "2024-07-", "-2024"],
)  # fmt: skip
def test_dates_that_mean_nothing_are_refused(text: str) -> None:
    with pytest.raises(DateError, match="is no date"):
        read_published(text)
