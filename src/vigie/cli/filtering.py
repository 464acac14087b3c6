"""The options by which incidents are asked for, the same for every command that lists or counts them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from vigie.cli import options
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


FromOption = Annotated[str | None, typer.Option("--from", metavar="DATE", help="From that day, month or year on.")]
ToOption = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Until the end of that day, month or year.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed after a command that lists or counts incidents."""

    place: str | None
    country: Sequence[str] | None
    since: str | None
    until: str | None
    actor: str | None
    target: str | None
    weapon: Sequence[str] | None
    type: Sequence[str] | None
    text: str | None
    disputed: bool
    single_source: bool
    unreviewed: bool
    bbox: str | None
    period: Period

    def json(self) -> dict[str, Any]:
        """What was asked for, by the names of the options; what was left out stays out."""
        names = {"since": "from", "until": "to", "single_source": "single-source"}
        given = {
            names.get(name, name): value for name, value in asdict(self).items() if value not in (None, (), [], False)
        }
        return {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}


def _options(
    place: Annotated[
        str | None,
        typer.Option("--place", metavar="NAME", help="Where, under any of its names; a country or region too."),
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option("--country", metavar="COUNTRY", help="In a country: its code or its name. Several: any."),
    ] = None,
    since: FromOption = None,
    until: ToOption = None,
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="NAME", help="By whom, under any name the body is known by.")
    ] = None,
    target: Annotated[str | None, typer.Option("--target", metavar="WORDS", help="What or who was hit.")] = None,
    weapon: Annotated[
        list[str] | None, typer.Option("--weapon", metavar="KIND", help="With a weapon of that kind. Several: any.")
    ] = None,
    type: Annotated[
        list[str] | None, typer.Option("--type", metavar="TYPE", help="Of that type. Several: any.")
    ] = None,
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="WORDS", help="Told in reports with these words (see `vigie search`)."),
    ] = None,
    disputed: Annotated[bool, typer.Option("--disputed", help="Only where accounts conflict.")] = False,
    single_source: Annotated[
        bool, typer.Option("--single-source", help="Only what rests on a single account.")
    ] = False,
    unreviewed: Annotated[
        bool, typer.Option("--unreviewed", help="Only what nobody has decided anything about.")
    ] = False,
    bbox: Annotated[
        str | None,
        typer.Option("--bbox", metavar="W,S,E,N", help="Within these degrees of longitude and latitude."),
    ] = None,
    period: Annotated[
        Period, typer.Option("--period", help="What reports are about, their background, or both.")
    ] = Period.all,
) -> None:
    """The options by which incidents are asked for, by the names of the fields of `Asked`."""


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose parameter `asked` is what the options for asking for incidents say: these, and then its own, are
    those of the command."""

    def run(**given: Any) -> None:
        asked = Asked(**{field.name: given.pop(field.name) for field in fields(Asked)})
        command(asked, **given)

    return options.command(run, command, _options, command, without="asked")


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
        countries=tuple(_country(country) for country in asked.country or ()),
        place=place_named(asked.place) if asked.place is not None else None,
        box=_box(asked.bbox) if asked.bbox is not None else None,
        types=tuple(code_of("type", each) for each in asked.type or ()),
        weapons=tuple(code_of("weapon", each) for each in asked.weapon or ()),
        actor=body_named(asked.actor, sources) if asked.actor is not None else None,
        target=asked.target,
        disputed=True if asked.disputed else None,
        single_source=True if asked.single_source else None,
        period=_PERIODS.get(asked.period),
        reviewed=False if asked.unreviewed else None,
    )


_PERIODS: Mapping[Period, Literal["current", "background"]] = MappingProxyType(
    {Period.current: "current", Period.background: "background"}
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
