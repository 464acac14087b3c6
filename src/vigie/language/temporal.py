"""The date words of a language pack (`dates.yaml`): their shape and how they are loaded.

`classes` are words with values (weekdays, months, parts of the day); `macros` are stretches of pattern used
again and again (`@name`); `patterns` pair forms with the rule that turns what was captured into days
(mentions/date_rules.py). How forms are written is told in vigie.language.token_patterns.
"""

from __future__ import annotations

import importlib.resources
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vigie.errors import LanguageUnavailable, PackError
from vigie.language.folding import fold
from vigie.language.token_patterns import TokenGrammar, WordClass

Rule = Literal[
    "day_month", "day_range", "month", "month_range", "year", "year_range", "decade", "season", "iso", "numeric",
    "slash", "fixed", "weekday", "weekday_range", "weekday_night", "weekday_day", "weekday_week", "night_range",
    "night_date", "night_alone", "last_night", "part", "day_offset", "unit_offset", "ago", "since_span", "weekend",
    "previous", "previous_weekday", "vague", "feast", "none",
]  # fmt: skip
Which = Literal["nearest", "last", "next", "this", "event"]


class ClassFile(BaseModel):
    """One class of words: `case` is how the first letter must be; `values` maps a value to its forms."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: Literal["any", "capital", "lower"] = "any"
    values: dict[str, tuple[str, ...]] = Field(min_length=1)


class DatePattern(BaseModel):
    """Forms that name days, and the rule that says which.

    which: for weekdays, months, seasons and weekends, which one is meant; "event"
    for a time counted back from what is being told to an earlier event ("deux jours après l'attentat"). days: how many
    days from the day the rule starts at. unit, count: for whole weeks, months and years from now. date: the day of a
    fixed name, of a feast that of every year (12-25).
    night: the words speak of a night. vague: they give no more than a rough time. guard "uncounted": not when
    a noun follows ("vendredi 3 soldats", "in 2500 villages").
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: Rule
    forms: tuple[str, ...] = Field(min_length=1)
    which: Which = "nearest"
    days: int = 0
    unit: Literal["day", "week", "month", "year", "hour"] | None = None
    count: int = 0
    date: str | None = None
    night: bool = False
    vague: bool = False
    guard: Literal["uncounted"] | None = None


class DatesFile(BaseModel):
    """dates.yaml as a whole. numeric_order: orders in which 12/06/2016 is read, the usual one first.
    future_endings, future_words: what shows that a sentence tells of what is to come. not_counted: words that
    may follow a figure without being counted by it. not_dateline_after: words after which a date at the head of a
    report belongs to its first sentence. attributive: words that alone are a date only before a noun ("a weekend
    shooting"), so that nothing goes on since then."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    classes: dict[str, ClassFile]
    macros: dict[str, str] = {}
    numeric_order: tuple[Literal["dmy", "mdy"], ...]
    future_words: tuple[str, ...]
    future_endings: tuple[str, ...] = ()
    future_never: tuple[str, ...] = ()
    not_counted: tuple[str, ...]
    since_words: tuple[str, ...]
    attributive: tuple[str, ...] = ()
    not_dateline_after: tuple[str, ...]
    patterns: tuple[DatePattern, ...]


@dataclass(frozen=True)
class Temporal:
    """A language's date words, ready to use: the file and the grammar compiled from it (pattern numbers of the
    grammar are positions in `file.patterns`)."""

    language: str
    file: DatesFile
    grammar: TokenGrammar
    not_counted: frozenset[str]
    not_dateline_after: frozenset[str]
    future: re.Pattern[str]
    since: re.Pattern[str]


_MACRO = re.compile(r"@([a-z_]+)")


def read_dates(text: str, where: str) -> DatesFile:
    """The contents of a dates.yaml. Raises PackError where it breaks the schema."""
    try:
        return DatesFile.model_validate(yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except (yaml.YAMLError, ValidationError) as error:
        raise PackError(f"{where}: {error}") from error


def _expanded(form: str, macros: dict[str, str], where: str) -> str:
    for _ in range(5):
        if "@" not in form:
            return form
        try:
            form = _MACRO.sub(lambda m: macros[m.group(1)], form)
        except KeyError as error:
            raise PackError(f"{where}: no macro {error} for {form!r}") from error
    raise PackError(f"{where}: macros nest too deep in {form!r}")


def _future_pattern(file: DatesFile) -> re.Pattern[str]:
    words = "|".join(re.escape(fold(w)).replace(r"\ ", r"\s+") for w in file.future_words)
    endings = "|".join(re.escape(fold(e)) for e in file.future_endings)
    if not endings:
        return re.compile(rf"\b(?:{words})\b")
    never = "|".join(re.escape(fold(w)) for w in file.future_never) or r"\b\B"
    return re.compile(rf"\b(?:{words}|(?!(?:{never})\b)[^\W\d_]{{0,20}}?(?:{endings}))\b")


@cache
def load_temporal(language: str) -> Temporal:
    """The date words of a language. Raises LanguageUnavailable where there is no dates.yaml, PackError where it
    breaks the schema."""
    root = importlib.resources.files("vigie.language") / "data"
    path = root / language / "dates.yaml"
    if not path.is_file():
        have = tuple(sorted(d.name for d in root.iterdir() if (d / "dates.yaml").is_file()))
        raise LanguageUnavailable(language, have)
    where = f"{language}/dates.yaml"
    file = read_dates(path.read_text("utf-8"), where)
    classes = {name: WordClass(c.values, c.case) for name, c in file.classes.items()}
    forms = [[_expanded(f, file.macros, where) for f in p.forms] for p in file.patterns]
    since = "|".join(re.escape(fold(w)).replace(r"\ ", r"\s+") for w in file.since_words)
    return Temporal(
        language,
        file,
        TokenGrammar(classes, forms, where),
        frozenset(fold(w) for w in file.not_counted),
        frozenset(fold(w) for w in file.not_dateline_after),
        _future_pattern(file),
        re.compile(rf"\b(?:{since})\b"),
    )
