"""Which incidents are wanted, as a question of the API asks for them: the words of `vigie.store.filters`."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from vigie.desk.api.paging import Paged
from vigie.desk.api.schemas.values import Country, Day, IncidentType, Period, TargetKind, WeaponKind
from vigie.errors import QueryError
from vigie.model.record import Standing
from vigie.record.sources import Sources
from vigie.store.filters import Box, Filter, Order
from vigie.store.naming import body_named, place_named

_NUMBER = r"-?[0-9]{1,3}(?:\.[0-9]{1,10})?"
Name = Annotated[str, Field(min_length=1, max_length=200)]


class IncidentFilter(BaseModel):
    """What limits a selection of incidents. A parameter left out sets no limit; one given several times means any of
    its values."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Annotated[
        Name | None,
        Field(
            description='Words in the reports, all of them wanted: `"in a row"`, `begin*`, `-not`, `one OR other`.',
            examples=["drone* -exercice"],
        ),
    ] = None
    first_day: Annotated[Day | None, Field(description="Nothing that happened wholly before.")] = None
    last_day: Annotated[Day | None, Field(description="Nothing that happened wholly after.")] = None
    country: Annotated[tuple[Country, ...], Field(max_length=50)] = ()
    admin1: Annotated[Name | None, Field(description="First-order unit, as the record writes it.")] = None
    place: Annotated[Name | None, Field(description="A place, under any of its names.", examples=["Harir"])] = None
    box: Annotated[
        str | None,
        Field(
            pattern=rf"^{_NUMBER}(?:,{_NUMBER}){{3}}$",
            description="west,south,east,north in degrees; west greater than east crosses the 180th meridian.",
            examples=["42.1,33.2,46.0,37.4"],
        ),
    ] = None
    type: Annotated[tuple[IncidentType, ...], Field(max_length=20)] = ()
    weapon: Annotated[tuple[WeaponKind, ...], Field(max_length=20)] = ()
    actor: Annotated[Name | None, Field(description="A body or person, under any of its names.")] = None
    target: Annotated[Name | None, Field(description="A body, person or thing, under any of its names.")] = None
    target_kind: Annotated[tuple[TargetKind, ...], Field(max_length=20)] = ()
    source: Annotated[Name | None, Field(description="Words of the name of a source.")] = None
    outlet: Annotated[Name | None, Field(description="Words of the name of the outlet or agency.")] = None
    language: Annotated[tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...], Field(max_length=20)] = ()
    killed_at_least: Annotated[int | None, Field(ge=0, le=1_000_000)] = None
    disputed: Annotated[bool | None, Field(description="Whether accounts conflict.")] = None
    single_source: Annotated[bool | None, Field(description="Whether no more than one account is a witness.")] = None
    reviewed: Annotated[bool | None, Field(description="Whether a decision that stands bears on it.")] = None
    on_map: Annotated[bool | None, Field(description="Whether the coordinates of its place are known.")] = None
    period: Annotated[Period | None, Field(description="`current`: reports are about it.")] = None
    standing: Annotated[
        tuple[Standing, ...],
        Field(max_length=5, description="`counts` alone unless withdrawn or superseded tellings are asked for too."),
    ] = ("counts",)

    def filter(self, sources: Sources) -> Filter:
        """The filter that the store is asked with. Raises QueryError where a part of it means nothing."""
        return Filter(
            text=self.text,
            first_day=self.first_day,
            last_day=self.last_day,
            countries=self.country,
            admin1=self.admin1,
            place=place_named(self.place) if self.place is not None else None,
            box=_box(self.box) if self.box is not None else None,
            types=self.type,
            weapons=self.weapon,
            actor=body_named(self.actor, sources) if self.actor is not None else None,
            target=body_named(self.target, sources) if self.target is not None else None,
            target_kinds=self.target_kind,
            source=self.source,
            outlet=self.outlet,
            languages=self.language,
            killed_at_least=self.killed_at_least,
            disputed=self.disputed,
            single_source=self.single_source,
            reviewed=self.reviewed,
            on_map=self.on_map,
            period=self.period,
            standing=self.standing,
        )


class IncidentQuestion(IncidentFilter, Paged):
    """A page of the incidents wanted, in an order."""

    order: Order = "newest"


class ExportQuestion(IncidentFilter):
    """The incidents wanted for a file, in an order."""

    order: Order = "newest"


def _box(text: str) -> Box:
    found = [float(part) for part in text.split(",")]
    west, south, east, north = found
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise QueryError("box", f"{text} is no part of the map", "give west,south,east,north in degrees")
    return Box(west, south, east, north)
