"""The options by which incidents are asked for, the same for every command that lists or counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigie.cli.stores import refuse

if TYPE_CHECKING:  # the database library is loaded when there is a store to open: --help stays quick
    import datetime as dt

    from vigie.store.filters import Box, Filter
    from vigie.store.inquiry import Inquiry


class Period(StrEnum):
    """Which incidents of a report: what it is about, what it tells as background, or both."""

    current = "current"
    background = "background"
    all = "all"


PlaceOption = Annotated[
    str | None, typer.Option("--place", metavar="NAME", help="Where, under any of its names; a country or region too.")
]
CountryOption = Annotated[
    list[str] | None,
    typer.Option("--country", metavar="COUNTRY", help="There, by code or name. Several: any."),
]
FromOption = Annotated[str | None, typer.Option("--from", metavar="DATE", help="From that day, month or year on.")]
ToOption = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Until the end of that day, month or year.")]
ActorOption = Annotated[
    str | None, typer.Option("--actor", metavar="NAME", help="By whom, under any name the body is known by.")
]
TargetOption = Annotated[str | None, typer.Option("--target", metavar="WORDS", help="What or who was hit.")]
WeaponOption = Annotated[
    list[str] | None, typer.Option("--weapon", metavar="KIND", help="With a weapon of that kind. Several: any.")
]
TypeOption = Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="Of that type. Several: any.")]
TextOption = Annotated[
    str | None, typer.Option("--text", metavar="WORDS", help="Told in reports with these words (see `vigie search`).")
]
DisputedOption = Annotated[bool, typer.Option("--disputed", help="Only where accounts conflict.")]
SingleOption = Annotated[bool, typer.Option("--single-source", help="Only what rests on a single account.")]
UnreviewedOption = Annotated[bool, typer.Option("--unreviewed", help="Only what nobody has decided anything about.")]
BoxOption = Annotated[
    str | None, typer.Option("--bbox", metavar="W,S,E,N", help="Within these degrees of longitude and latitude.")
]
PeriodOption = Annotated[Period, typer.Option("--period", help="What reports are about, their background, or both.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed after a command that lists or counts incidents."""

    place: str | None = None
    country: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    actor: str | None = None
    target: str | None = None
    weapon: Sequence[str] = ()
    type: Sequence[str] = ()
    text: str | None = None
    disputed: bool = False
    single_source: bool = False
    unreviewed: bool = False
    bbox: str | None = None
    period: str = "all"

    def json(self) -> dict[str, Any]:
        """What was asked for, by the names of the options; what was left out stays out."""
        names = {"since": "from", "until": "to", "single_source": "single-source"}
        given = {
            names.get(name, name): value for name, value in asdict(self).items() if value not in (None, (), [], False)
        }
        return {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}


def filter_of(asked: Asked, inquiry: Inquiry) -> Filter:
    """The filter for what was typed; names are looked up in the record's own sources. Ends the command where something
    means nothing."""
    from vigie.store.filters import Filter
    from vigie.store.naming import body_named, place_named

    since, until = days(asked.since, asked.until)
    sources = inquiry.sources
    return Filter(
        text=asked.text,
        first_day=since,
        last_day=until,
        countries=tuple(_country(country) for country in asked.country),
        place=place_named(asked.place) if asked.place is not None else None,
        box=_box(asked.bbox) if asked.bbox is not None else None,
        types=tuple(code_of("type", each) for each in asked.type),
        weapons=tuple(code_of("weapon", each) for each in asked.weapon),
        actor=body_named(asked.actor, sources) if asked.actor is not None else None,
        target=asked.target,
        disputed=True if asked.disputed else None,
        single_source=True if asked.single_source else None,
        period=None if asked.period == "all" else asked.period,  # type: ignore[arg-type]
        reviewed=False if asked.unreviewed else None,
    )


def days(since: str | None, until: str | None) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day of what was typed. Ends the command where it is no date."""
    from vigie.errors import DateError
    from vigie.readers import read_published

    try:
        return (
            read_published(since).start if since is not None else None,
            read_published(until).end if until is not None else None,
        )
    except DateError as error:
        raise refuse(str(error)) from error


def code_of(kind: str, typed: str) -> str:
    """The value of a closed list (`type` or `weapon`) by its code or by its word in either language. Ends the command
    where it is none."""
    from vigie.exports.labels import labels

    code = _codes(kind).get(_folded(typed))
    if code is None:
        raise refuse(f"no {kind} is called {typed!r}; there are: {', '.join(labels('en').table['values'][kind])}")
    return code


def weapon_meant(typed: str) -> str | None:
    """A kind of weapon by its code or word, None where there is none of that name."""
    return _codes("weapon").get(_folded(typed))


def _codes(kind: str) -> dict[str, str]:
    """The codes of a closed list by every word for them, folded."""
    from vigie.exports.labels import LANGUAGES, labels

    words: dict[str, str] = {}
    for language in LANGUAGES:
        table = labels(language).table
        for code, word in table["values"][kind].items():
            forms = word.values() if isinstance(word, dict) else (word, table["short_types"][code])
            words |= {_folded(form): code for form in (code, *forms)}
    return words


def _folded(word: str) -> str:
    from vigie.language.folding import fold

    return fold(word).strip().replace("-", "_")


def _country(typed: str) -> str:
    from vigie.store.naming import country_code

    code = country_code(typed)
    if code is None:
        raise refuse(f"{typed!r} is no country: give its name, or its code of two letters (ISO 3166)")
    return code


def _box(typed: str) -> Box:
    from vigie.store.filters import Box

    try:
        west, south, east, north = (float(side) for side in typed.split(","))
    except ValueError as error:
        raise refuse(f"{typed!r} is no box: give west,south,east,north in degrees, as in 38,33,46,38") from error
    return Box(west, south, east, north)
