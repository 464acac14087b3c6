"""Places as reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vigie.model.spans import Span

PlacePrecision = Literal["site", "settlement", "district", "region", "country"]
PlaceRelation = Literal["at", "near", "inside", "outside", "towards", "from"]


@dataclass(frozen=True, slots=True)
class Place:
    """A named place. `country` is ISO 3166-1 alpha-2; `lat`/`lon` decimal degrees (WGS 84) or None."""

    name: str
    text: str
    country: str | None
    precision: PlacePrecision
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    relation: PlaceRelation = "at"
    gazetteer: str | None = None
    evidence: tuple[Span, ...] = ()
