"""Coding sheets: what one coder, a person or a machine, gave for one report, cut down to what is compared.

A hand coding has values without words; in a machine's coding every value keeps the spans it came from, so that an
error can be shown with its sentence. Spans take no part in comparing two values.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from vigie.model import Span

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """Inclusive days; `assumed` where no day is told and that of publication was taken."""

    first: dt.date
    last: dt.date
    assumed: bool = field(default=False, compare=False)
    words: Spans = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Inclusive bounds of a number; None where the words set none."""

    lower: int | None
    upper: int | None
    words: Spans = field(default=(), compare=False, repr=False)

    @property
    def stated(self) -> bool:
        """Whether any bound is set."""
        return self.lower is not None or self.upper is not None


@dataclass(frozen=True, slots=True)
class Name:
    """A name as worded: of an actor or a target."""

    text: str
    words: Spans = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """The name of a place, its country (ISO 3166-1 alpha-2) and, in a machine's coding, how fine it is."""

    name: str | None
    country: str | None
    precision: str | None = field(default=None, compare=False)
    words: Spans = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class UsedWeapon:
    """A weapon kind and how many were used."""

    kind: str
    number: Bounds


@dataclass(frozen=True, slots=True)
class SheetIncident:
    """One incident of a sheet. `label` is how a reader finds it again: its place in a hand coding ("1" is the first),
    its id in a machine's. `speakers` are indices into the sheet's speakers. `words`: the spans it was made from."""

    label: str
    type: str | None
    period: str
    days: Days | None
    place: NamedPlace | None
    weapons: tuple[UsedWeapon, ...]
    killed: Bounds | None
    injured: Bounds | None
    attackers_killed: Bounds | None
    actors: tuple[Name, ...]
    responsibility: str | None
    targets: tuple[Name, ...]
    speakers: tuple[int, ...] = ()
    words: Spans = field(default=(), compare=False, repr=False)

    @property
    def current(self) -> bool:
        """Whether the report is about it."""
        return self.period == "current"


@dataclass(frozen=True, slots=True)
class Speaker:
    """To whom words are attributed, and on what terms; `quote` is a stretch of those words in a hand coding."""

    name: str
    terms: str | None
    quote: str | None = None
    words: Spans = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RunningTotal:
    """A count over many incidents."""

    number: Bounds
    what: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a machine saw and left out, with its reason."""

    what: str
    reason: str
    words: Spans


@dataclass(frozen=True, slots=True)
class Sheet:
    """One coder's coding of one report; `language` where the coder tells it."""

    id: str
    speakers: tuple[Speaker, ...] = ()
    incidents: tuple[SheetIncident, ...] = ()
    totals: tuple[RunningTotal, ...] = ()
    language: str | None = None
    left_out: tuple[LeftOut, ...] = ()

    @property
    def current(self) -> tuple[SheetIncident, ...]:
        """The incidents the report is about."""
        return tuple(i for i in self.incidents if i.current)
