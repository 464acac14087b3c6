"""The number words of a language pack (`quantities.yaml`): their shape and how they are loaded.

Forms are written as in the rest of the pack (braces for endings); case and accents do not matter.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Generic, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vigie.errors import LanguageUnavailable, PackError
from vigie.language.pack import expand
from vigie.language.token_patterns import form_words
from vigie.model.quantities import Hedge

UnitName = Literal[
    "count", "ordinal", "age", "time", "duration", "percent", "money", "distance", "calibre", "year", "other"
]
V = TypeVar("V")


class Plural(BaseModel):
    """A word that gives an order of magnitude: "dizaines" is 20 to 99."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    forms: tuple[str, ...] = Field(min_length=1)
    lower: int
    upper: int


class Bracket(BaseModel):
    """How a range is said: an opening word and the joining one ("entre … et …")."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    open: tuple[str, ...]
    join: tuple[str, ...]


class QuantitiesFile(BaseModel):
    """quantities.yaml as a whole.

    number_words: words text2num reads, alone or in a row. joiners: words allowed inside such a row.
    small_one: words for one that are also articles or pronouns. not_one: words before which these, and
    a determiner for none, are no number.
    multipliers: words that multiply figures. collectives: words for about so many ("vingtaine").
    plurals: orders of magnitude; openers: what may stand before them.
    indefinite: at least two; not_many_after: words after which these ask or compare.
    zero: none; zero_determiners: those of its words that must stand before what is counted.
    pairs: exactly two by the word alone.
    hedges_before, hedges_after: words that bound.
    brackets, joins: ranges; no_range_after: words after which "de 12 à 20" is a change.
    units_after, units_before: what the number counts where it is not a toll or a force.
    years_are_age: a bare "52 ans" is an age; age_after: words that make it one in any case;
    age_told: words before a bare figure that is somebody's age ("he is 15").
    of: words between "un"/"one" and those it is one of.
    lists: words between numbers in a row that share a unit.
    linking: words between an order of magnitude and its unit ("une centaine de kilomètres").
    four_figures_marked: numbers from 1000 are written with a mark, so that 2015 before a noun is a year.
    clock_before, clock_after: words beside an hour of the clock.
    span_before, span_after: words that make an hour or a year a length of time.
    ordinals: words; ordinal_suffixes: what follows figures.
    partitive_before, partitive_after: part of a number already told.
    no_noun: words a number or article does not count.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number_words: tuple[str, ...]
    joiners: tuple[str, ...]
    small_one: tuple[str, ...]
    articles: tuple[str, ...]
    multipliers: dict[int, tuple[str, ...]]
    collectives: dict[int, tuple[str, ...]]
    plurals: tuple[Plural, ...]
    openers: tuple[str, ...]
    indefinite: tuple[str, ...]
    not_many_after: tuple[str, ...]
    zero: tuple[str, ...]
    zero_determiners: tuple[str, ...]
    pairs: tuple[str, ...] = ()
    hedges_before: dict[Hedge, tuple[str, ...]]
    hedges_after: dict[Hedge, tuple[str, ...]]
    brackets: tuple[Bracket, ...]
    joins: tuple[str, ...]
    no_range_after: tuple[str, ...]
    units_after: dict[UnitName, tuple[str, ...]]
    units_before: dict[UnitName, tuple[str, ...]]
    hour_words: tuple[str, ...]
    year_words: tuple[str, ...]
    years_are_age: bool
    age_after: tuple[str, ...]
    age_told: tuple[str, ...]
    of: tuple[str, ...]
    lists: tuple[str, ...]
    linking: tuple[str, ...]
    four_figures_marked: bool
    clock_before: tuple[str, ...]
    clock_after: tuple[str, ...]
    span_before: tuple[str, ...]
    span_after: tuple[str, ...]
    ordinals: dict[int, tuple[str, ...]]
    ordinal_suffixes: tuple[str, ...]
    partitive_before: tuple[str, ...]
    partitive_after: tuple[str, ...]
    no_noun: tuple[str, ...]
    not_one: tuple[str, ...]


class Phrases(Generic[V]):
    """Word sequences with a value each, looked up at a token, forwards or backwards; the longest wins."""

    def __init__(self, items: Iterable[tuple[str, V]]) -> None:
        self._forward: dict[str, list[tuple[tuple[str, ...], V]]] = {}
        self._backward: dict[str, list[tuple[tuple[str, ...], V]]] = {}
        for form, value in items:
            for spelling in expand(form):
                words = tuple(form_words(spelling))
                self._forward.setdefault(words[0], []).append((words, value))
                self._backward.setdefault(words[-1], []).append((words, value))
        for table in (self._forward, self._backward):
            for found in table.values():
                found.sort(key=lambda item: -len(item[0]))

    def __contains__(self, word: str) -> bool:
        return word in self._forward

    @property
    def heads(self) -> frozenset[str]:
        """The first words of all sequences."""
        return frozenset(self._forward)

    def at(self, words: tuple[str, ...], i: int) -> tuple[int, V] | None:
        """The longest sequence that begins at token i: the token after it, and its value."""
        found = self._forward.get(words[i]) if i < len(words) else None
        for form, value in found or ():
            end = i + len(form)
            if words[i:end] == form:
                return end, value
        return None

    def ending(self, words: tuple[str, ...], i: int) -> tuple[int, V] | None:
        """The longest sequence that ends just before token i: its first token, and its value."""
        for form, value in self._backward.get(words[i - 1], ()) if i > 0 else ():
            start = i - len(form)
            if start >= 0 and words[start:i] == form:
                return start, value
        return None


@dataclass(frozen=True)
class Numeric:
    """A language's number words, ready to look up."""

    language: str
    number_words: frozenset[str]
    joiners: frozenset[str]
    small_one: frozenset[str]
    articles: frozenset[str]
    multipliers: Phrases[int]
    collectives: Phrases[int]
    plurals: Phrases[tuple[int, int]]
    openers: Phrases[bool]
    indefinite: Phrases[bool]
    not_many_after: Phrases[bool]
    zero: Phrases[bool]
    zero_determiners: frozenset[str]
    pairs: Phrases[bool]
    hedges_before: Phrases[Hedge]
    hedges_after: Phrases[Hedge]
    brackets: tuple[tuple[Phrases[bool], Phrases[bool]], ...]
    joins: Phrases[bool]
    no_range_after: Phrases[bool]
    units_after: Phrases[UnitName]
    units_before: Phrases[UnitName]
    hour_words: Phrases[bool]
    year_words: Phrases[bool]
    years_are_age: bool
    age_after: Phrases[bool]
    age_told: Phrases[bool]
    of: Phrases[bool]
    lists: Phrases[bool]
    linking: Phrases[bool]
    four_figures_marked: bool
    clock_before: Phrases[bool]
    clock_after: Phrases[bool]
    span_before: Phrases[bool]
    span_after: Phrases[bool]
    ordinals: Phrases[int]
    ordinal_suffixes: frozenset[str]
    partitive_before: Phrases[bool]
    partitive_after: Phrases[bool]
    no_noun: frozenset[str]
    not_one: Phrases[bool]
    starts: frozenset[str]
    named: frozenset[str]


def _all(forms: Iterable[str]) -> Phrases[bool]:
    return Phrases((form, True) for form in forms)


def _valued(table: Mapping[V, Iterable[str]]) -> Phrases[V]:
    return Phrases((form, value) for value, forms in table.items() for form in forms)


def _set(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(form_words(spelling)[0] for form in forms for spelling in expand(form))


def read_quantities(text: str, where: str) -> QuantitiesFile:
    """The contents of a quantities.yaml. Raises PackError where it breaks the schema."""
    try:
        return QuantitiesFile.model_validate(yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except (yaml.YAMLError, ValidationError) as error:
        raise PackError(f"{where}: {error}") from error


@cache
def load_numeric(language: str) -> Numeric:
    """The number words of a language. Raises LanguageUnavailable where there is no quantities.yaml, PackError
    where it breaks the schema."""
    root = importlib.resources.files("vigie.language") / "data"
    path = root / language / "quantities.yaml"
    if not path.is_file():
        have = tuple(sorted(d.name for d in root.iterdir() if (d / "quantities.yaml").is_file()))
        raise LanguageUnavailable(language, have)
    file = read_quantities(path.read_text("utf-8"), f"{language}/quantities.yaml")
    collectives, indefinite, zero = _valued(file.collectives), _all(file.indefinite), _all(file.zero)
    plurals = Phrases((form, (p.lower, p.upper)) for p in file.plurals for form in p.forms)
    ordinals, pairs, number_words = _valued(file.ordinals), _all(file.pairs), _set(file.number_words)
    articles, small_one = _set(file.articles), _set(file.small_one)
    named = indefinite.heads | zero.heads | ordinals.heads | pairs.heads
    starts = number_words | articles | small_one | collectives.heads | plurals.heads | named
    return Numeric(
        language=language,
        number_words=number_words,
        joiners=_set(file.joiners),
        small_one=small_one,
        articles=articles,
        multipliers=_valued(file.multipliers),
        collectives=collectives,
        plurals=plurals,
        openers=_all(file.openers),
        indefinite=indefinite,
        not_many_after=_all(file.not_many_after),
        zero=zero,
        zero_determiners=_set(file.zero_determiners),
        pairs=pairs,
        hedges_before=_valued(file.hedges_before),
        hedges_after=_valued(file.hedges_after),
        brackets=tuple((_all(b.open), _all(b.join)) for b in file.brackets),
        joins=_all(file.joins),
        no_range_after=_all(file.no_range_after),
        units_after=_valued(file.units_after),
        units_before=_valued(file.units_before),
        hour_words=_all(file.hour_words),
        year_words=_all(file.year_words),
        years_are_age=file.years_are_age,
        age_after=_all(file.age_after),
        age_told=_all(file.age_told),
        of=_all(file.of),
        lists=_all(file.lists),
        linking=_all(file.linking),
        four_figures_marked=file.four_figures_marked,
        clock_before=_all(file.clock_before),
        clock_after=_all(file.clock_after),
        span_before=_all(file.span_before),
        span_after=_all(file.span_after),
        ordinals=ordinals,
        ordinal_suffixes=_set(file.ordinal_suffixes),
        partitive_before=_all(file.partitive_before),
        partitive_after=_all(file.partitive_after),
        no_noun=_set(file.no_noun),
        not_one=_all(file.not_one),
        starts=starts,
        named=named,
    )
