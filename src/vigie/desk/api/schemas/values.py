"""Values of a coded report: words, numbers, days, places (docs/vocabulary.md)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from vigie.language.schema import IncidentType, WeaponKind
from vigie.model.coded import (
    ActorBasis,
    Damage,
    Modality,
    Mode,
    Outcome,
    Period,
    Responsibility,
    SourceKind,
    Stance,
    TargetKind,
    Terms,
    Verdict,
)
from vigie.model.dates import DateBasis, Grain
from vigie.model.places import PlacePrecision, PlaceRelation
from vigie.model.quantities import Hedge

__all__ = [
    "Actor", "ActorBasis", "Country", "Damage", "Date", "Day", "Given", "Gives", "IncidentType", "Known",
    "Modality", "Mode", "Offset", "Ordinal", "Outcome", "Period", "Place", "Quantity", "Responsibility",
    "SourceKind", "Span", "Stance", "Target", "TargetKind", "Terms", "Verdict", "Weapon", "WeaponKind",
]  # fmt: skip


class Gives(BaseModel):
    """What the API gives: more keys may be added later."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Given(BaseModel):
    """What the API is given: a key that nobody knows is refused, so that a slip does not pass in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _iso_day(value: Any) -> Any:
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return value
    raise ValueError("a day is wanted: YYYY-MM-DD")


Day = Annotated[dt.date, BeforeValidator(_iso_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A day as ISO 8601 has it, and nothing else that a program might take for one."""


def _whole(value: Any) -> Any:
    """A whole number as JSON has it: 3 or 3.0, and neither true nor "3"."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("a whole number is wanted")
    return value


_LARGEST = 2**31 - 1
Offset = Annotated[int, Field(ge=0, le=_LARGEST), BeforeValidator(_whole)]
"""A whole number from 0 that is given."""
Ordinal = Annotated[int, Field(ge=1, le=_LARGEST), BeforeValidator(_whole)]
"""A whole number from 1 that is given."""

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2.", examples=["IQ"])]
Known = Annotated[int, Field(ge=0)]


class Span(Gives):
    """Words of the report: `text[start:end] == quote`, offsets in characters of the text as received."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    quote: str

    model_config = ConfigDict(
        extra="allow", frozen=True, json_schema_extra={"examples": [{"start": 41, "end": 53, "quote": "trois drones"}]}
    )


class Quantity(Gives):
    """A number as told: inclusive bounds (null: none is told), the hedge, the words."""

    lower: Known | None
    upper: Known | None
    hedge: Hedge
    text: str
    evidence: list[Span] = []

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
        json_schema_extra={
            "examples": [
                {"lower": 176, "upper": None, "hedge": "more_than", "text": "plus de 175", "evidence": []},
            ]
        },
    )


class Date(Gives):
    """Inclusive days, how fine the words are, how they were got; `candidates` where the words leave several open."""

    start: dt.date
    end: dt.date
    grain: Grain
    basis: DateBasis
    candidates: list[dt.date] = []
    text: str = ""
    evidence: list[Span] = []


class Place(Gives):
    """A place as told, with where it is as far as that is known (WGS 84) and how exactly."""

    name: str
    text: str
    country: str | None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision
    relation: PlaceRelation
    gazetteer: str | None = None
    evidence: list[Span] = []


class Actor(Gives):
    """Who is said to have done it, and on what basis."""

    name: str
    basis: ActorBasis
    evidence: list[Span] = []
    producer: str = "rules"


class Target(Gives):
    """Who or what was hit."""

    name: str
    kind: TargetKind
    evidence: list[Span] = []
    producer: str = "rules"


class Weapon(Gives):
    """A kind of weapon, how many, and what became of them."""

    kind: str
    lower: Known | None
    upper: Known | None
    outcome: Outcome
    evidence: list[Span] = []
    producer: str = "rules"
