"""Values in the reader's language: numbers and dates by Babel, and the record's own values by the words of the exports.

Each method is a filter of the templates under its own name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from babel.dates import format_date, format_datetime, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from vigie.desk.languages import Catalogue
from vigie.errors import DecisionError
from vigie.exports import phrasing
from vigie.exports.labels import LANGUAGES, labels
from vigie.exports.record_view import one_word
from vigie.model import Place, Quantity, ReportedDate, WeaponUse
from vigie.record.field_values import value_from_json
from vigie.record.words import word
from vigie.store.searching import opening


class Wording:
    """The filters for one language."""

    FILTERS = (
        "number", "percent", "day", "moment", "ago", "bounds", "days", "stretch", "place_name", "country", "label",
        "weapon", "arm", "enumerated", "value", "decided_value", "field_value", "opening", "record_word",
    )  # fmt: skip

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._locale = catalogue.locale
        self._labels = labels(catalogue.language if catalogue.language in LANGUAGES else LANGUAGES[0])

    def number(self, n: float) -> str:
        """A number with the language's separators."""
        return format_decimal(n, locale=self._locale)

    def percent(self, share: float) -> str:
        """A share 0..1 as whole per cent."""
        return format_percent(share, locale=self._locale)

    def day(self, day: dt.date | str, form: str = "long") -> str:
        """A day ("25 July 2024"); `form` is one of Babel's: short, medium, long, full. An ISO string will do."""
        return format_date(_as_date(day), format=form, locale=self._locale)

    def moment(self, time: dt.datetime | str) -> str:
        """A moment, in UTC, to the minute."""
        time = _as_moment(time)
        return f"{format_datetime(time, 'd MMM y, HH:mm', tzinfo=dt.UTC, locale=self._locale)} UTC"

    def ago(self, time: dt.datetime | str, now: dt.datetime) -> str:
        """How long ago a moment was ("3 days ago")."""
        return format_timedelta(_as_moment(time) - now, add_direction=True, locale=self._locale)

    def bounds(self, lower: int | None, upper: int | None) -> str:
        """Two bounds in words: "3", "at least 3", "3 to 5"; empty where neither is known."""
        return phrasing.bounds(lower, upper, self._labels)

    def days(self, date: ReportedDate) -> str:
        """The days of a reported date, or those of which one is meant."""
        if date.candidates:
            return phrasing.one_of(date.candidates, self._labels)
        return phrasing.days(date.start, date.end, self._labels)

    def stretch(self, first: dt.date | str, last: dt.date | str) -> str:
        """The days from a first to a last one: "25 July 2024", "25–26 July 2024", "July 2024"."""
        return phrasing.days(_as_date(first), _as_date(last), self._labels)

    def place_name(self, place: Place) -> str:
        """A place with its first-order unit and country."""
        return phrasing.place_names(place, self._labels)

    def country(self, code: str) -> str:
        """The name of a country (ISO 3166-1 alpha-2)."""
        return self._labels.country(code)

    def label(self, key: str | None, kind: str) -> str:
        """The word for a value of a closed list: `{{ "arson" | label("type") }}`; empty for None."""
        return self._labels.value(kind, key) if key else ""

    def weapon(self, kind: str, many: bool = False) -> str:
        """A weapon kind as a noun."""
        return self._labels.weapon(kind, many=many)

    def arm(self, use: WeaponUse) -> str:
        """A weapon as it was used: number and kind."""
        return phrasing.weapon(use, self._labels)

    def enumerated(self, names: Sequence[str], most: int = 3) -> str:
        """Names in a row: "A, B and C"; of more than `most`, the first ones and how many more there are."""
        shown = list(names) if len(names) <= most + 1 else [*names[:most], f"+ {len(names) - most}"]
        return format_list(shown, style="unit" if len(shown) < len(names) else "standard", locale=self._locale)

    def value(self, value: Any) -> str:
        """A value of whatever kind in words."""
        return phrasing.any_value(value, self._labels)

    def opening(self, text: str) -> str:
        """The first words of a text, which do for a title."""
        return opening(text)

    def record_word(self, key: str, kind: str) -> str:
        """The word for a value of one of the record's own lists: `{{ "count" | record_word("difference_kind") }}`."""
        return word(kind, key, self._labels.language)

    def decided_value(self, value: Any, field: str) -> str:
        """The value that a decision gives, in words."""
        try:
            told = value_from_json(field, value)
        except DecisionError:  # the log outlives the lists that its values are of
            return phrasing.any_value(value, self._labels)
        return self.field_value(told, field)

    def field_value(self, value: Any, field: str) -> str:
        """A value of a record's field in words."""
        if isinstance(value, str):
            return one_word(field, value, self._labels)
        if isinstance(value, Quantity):
            return phrasing.bounds(value.lower, value.upper, self._labels) or phrasing.any_value(value, self._labels)
        if isinstance(value, ReportedDate):
            return self.days(value)
        if isinstance(value, Place):
            return phrasing.located(value, self._labels)
        return phrasing.any_value(value, self._labels)


def _as_date(day: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(day[:10]) if isinstance(day, str) else day


def _as_moment(time: dt.datetime | str) -> dt.datetime:
    return dt.datetime.fromisoformat(time) if isinstance(time, str) else time
