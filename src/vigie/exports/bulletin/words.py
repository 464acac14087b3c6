"""The words of the context paragraph, one file a language, and how they are put together."""

from __future__ import annotations

import datetime as dt
import importlib.resources
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from vigie.exports.labels import Labels, labels
from vigie.exports.phrasing import day, one_of
from vigie.model import ReportedDate

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words, and whether they are plural; `own` where they are in the language of the sentence, word for word."""

    text: str
    many: bool = False
    own: bool = True


@dataclass(frozen=True)
class Words:
    """One language's sentences and how it lists, counts and dates."""

    labels: Labels
    table: Mapping[str, Any]

    def say(self, *path: str, many: bool | None = None, **values: object) -> str:
        """The words at a path of the file, its braces filled; `many` chooses between the forms for one and several."""
        found: Any = self.table
        for key in path:
            found = found[key]
        if isinstance(found, dict):
            found = found["many" if many else "one"]
        return str(found).format(**values)

    def list(self, phrases: Sequence[str]) -> str:
        """ "A, B and C"."""
        if len(phrases) < 2:
            return "".join(phrases)
        return f"{', '.join(phrases[:-1])} {self.table['and']} {phrases[-1]}"

    def number(self, lower: int | None, upper: int | None) -> str:
        """Bounds of a number: "3", "at least 3", "3 to 5"."""
        if upper is None:
            return self.say("toll", "at_least", low=self.labels.number(lower or 0))
        if lower is None or (lower == 0 and upper > 0):
            return self.say("toll", "at_most", high=self.labels.number(upper))
        if lower == upper:
            return self.labels.number(upper)
        return self.say("toll", "range", low=self.labels.number(lower), high=self.labels.number(upper))

    def counted(self, what: str, lower: int | None, upper: int | None) -> str:
        """So many dead, injured, attackers killed."""
        if lower in (None, 0) and upper == 0:
            return self.say("toll", what, "zero")
        last = lower if upper is None else upper
        many = last is None or last > 1
        return self.say("toll", what, many=many, n=self.number(lower, upper))

    def day(self, date: dt.date) -> str:
        """One day."""
        return day(date, self.labels)

    def when(self, date: ReportedDate | None) -> str:
        """The days of an incident, at the head of a sentence, as fine as they are told."""
        if date is None:
            return self.say("when", "unknown")
        if date.candidates:
            return self.say("when", "one_of", days=one_of(date.candidates, self.labels))
        if date.start == date.end:
            return self.say("when", "assumed" if date.basis == "assumed" else "day", day=self.day(date.start))
        whole = self.whole(date)
        if whole is not None:
            return self.say("when", "whole", month=whole)
        key = "night" if date.grain in ("part_of_day", "hour") and date.days == 2 else "days"
        key = "week" if date.grain == "week" else key
        return self.say("when", key, first=self.first(date), last=self.day(date.end))

    def between(self, first: dt.date, last: dt.date) -> str:
        """From one day to another, within a sentence."""
        if first == last:
            return self.say("on_day", day=self.day(first))
        return self.say("between", first=self.first(ReportedDate(first, last, "day", "stated")), last=self.day(last))

    def inside(self, date: ReportedDate) -> str:
        """The days of an incident within a sentence."""
        whole = self.whole(date) if date.start != date.end else None
        return self.say("in_whole", month=whole) if whole is not None else self.between(date.start, date.end)

    def whole(self, date: ReportedDate) -> str | None:
        """A whole month or year by its name, None for any other days."""
        after = date.end + dt.timedelta(days=1)
        if (date.start.month, date.start.day, after.month, after.day) == (1, 1, 1, 1):
            return str(date.start.year) if after.year == date.start.year + 1 else None
        if (
            date.start.day == 1
            and after.day == 1
            and (date.start.year, date.start.month) == (date.end.year, date.end.month)
        ):
            return f"{self.labels.months[date.start.month - 1]} {date.start.year}"
        return None

    def first(self, date: ReportedDate) -> str:
        """The first of several days, without the month or year that it shares with the last."""
        start, end = date.start, date.end
        words = day(start, self.labels)
        if start.year == end.year:
            words = words.removesuffix(f" {start.year}")
            if start.month == end.month:
                words = words.removesuffix(f" {self.labels.months[start.month - 1]}")
        return words

    def country(self, code: str) -> str:
        """In a country."""
        prepositions: Mapping[str, Any] = self.table["countries"]
        found = next((word for word, codes in prepositions.items() if code in codes and word != "otherwise"), None)
        return f"{found or prepositions['otherwise']} {self.labels.country(code)}"


@cache
def words(language: str) -> Words:
    """The words of a language. Raises KeyError for one without labels."""
    found = labels(language)
    text = (importlib.resources.files("vigie.exports.bulletin") / f"{language}.yaml").read_text("utf-8")
    return Words(found, yaml.load(text, _LOADER))


def capital(sentence: str) -> str:
    """A sentence with a capital at its head."""
    return sentence[:1].upper() + sentence[1:]
