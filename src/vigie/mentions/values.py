"""What the finders of this package give: a value and where in the normalised text it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vigie.model import Place, Quantity, ReportedDate

Unit = Literal[
    "count", "ordinal", "age", "time", "duration", "percent", "money", "distance", "calibre", "year", "other"
]
# Grains of a date that is of one day or of less.
DAYS = frozenset({"hour", "part_of_day", "day"})
# Grains of a date that is of a month or of more.
LONG = frozenset({"month", "season", "year"})
# Precisions of a place within which an act happened, no region or country around it.
FINE = frozenset({"site", "settlement", "district"})


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A number with its hedge: `text[start:end]` holds both ("plus de 175"); `unit` is "count" unless the words
    beside it say that it counts years of age, kilometres, euros, per cent…; `partitive`: "dont 9", "including 3"."""

    start: int
    end: int
    quantity: Quantity
    unit: Unit = "count"
    partitive: bool = False


@dataclass(frozen=True, slots=True)
class DateMention:
    """A stretch of days named in the text. `date` is None where the words are a date but the anchor does not
    let it be known. `night`: the words speak of a night. `vague`: "récemment", "ces dernières semaines"."""

    start: int
    end: int
    date: ReportedDate | None
    night: bool = False
    vague: bool = False


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in the text, the best reading first; `alternatives` are its namesakes, best first.
    `known` is False for a name that only its surroundings make a place ("dans le village de X")."""

    start: int
    end: int
    place: Place
    alternatives: tuple[Place, ...] = ()
    known: bool = True
