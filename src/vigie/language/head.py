"""The words by which a report's head and its language are known: months, weekdays, bylines, little words."""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from vigie.errors import LanguageUnavailable, PackError
from vigie.language.folding import fold

_FIELDS = (
    "weekdays",
    "before_date",
    "byline",
    "byline_place",
    "agency_words",
    "published",
    "updated",
    "function_words",
)


@dataclass(frozen=True, slots=True)
class HeadWords:
    """One language's words, folded (lower case, no accents) but for `byline_place`. `months` maps a name or an
    abbreviation to 1..12."""

    language: str
    months: Mapping[str, int]
    weekdays: tuple[str, ...]
    before_date: tuple[str, ...]
    byline: tuple[str, ...]
    byline_place: tuple[str, ...]
    agency_words: tuple[str, ...]
    published: tuple[str, ...]
    updated: tuple[str, ...]
    function_words: frozenset[str]


@cache
def head_words(language: str) -> HeadWords:
    """The words of a language. Raises LanguageUnavailable where there is no file, PackError where it is wrong."""
    path = importlib.resources.files("vigie.language") / "data" / language / "head.yaml"
    if not path.is_file():
        raise LanguageUnavailable(language, ())
    row = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    wrong = {*_FIELDS, "months"} ^ set(row)
    if wrong or sorted(row["months"]) != list(range(1, 13)):
        raise PackError(
            f"{language}/head.yaml: months 1 to 12 and {', '.join(_FIELDS)} are wanted; see {sorted(wrong)}"
        )
    loose = [word for field in _FIELDS for word in row[field] if not isinstance(word, str)]
    if loose:
        raise PackError(f"{language}/head.yaml: {loose} must be quoted: YAML reads a truth value or a number there")
    months = {fold(name): number for number, names in row["months"].items() for name in names}
    lists = {field: tuple(fold(word) for word in row[field]) for field in _FIELDS}
    return HeadWords(
        language=language,
        months=months,
        weekdays=lists["weekdays"],
        before_date=lists["before_date"],
        byline=lists["byline"],
        byline_place=tuple(row["byline_place"]),
        agency_words=lists["agency_words"],
        published=lists["published"],
        updated=lists["updated"],
        function_words=frozenset(lists["function_words"]),
    )
