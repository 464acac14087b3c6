"""What the record is asked for, as conditions on the derived rows; every one of them is met through an index or in one
pass over columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, or_, select, text

from vigie.errors import QueryError
from vigie.language.folding import fold
from vigie.store import schema as s
from vigie.store import words

Order = Literal["newest", "oldest", "deadliest", "most_told"]


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees. `west` greater than `east` is a box across the 180th meridian."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Filter:
    """Which incidents are wanted; what is left out sets no limit, and several values of one field mean any of them.

    Names (`place`, `actor`, `target`, `source`, `outlet`) are found anywhere in the names that a report gives, whatever
    their case and accents. `first_day` and `last_day` take in every incident that may have happened between them.
    `text` is searched in the reports (see `vigie.store.words`). `standing` is `counts` unless withdrawn or superseded
    tellings are asked for too.
    """

    text: str | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    countries: tuple[str, ...] = ()
    admin1: str | None = None
    place: str | None = None
    box: Box | None = None
    types: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    actor: str | None = None
    target: str | None = None
    target_kinds: tuple[str, ...] = ()
    source: str | None = None
    outlet: str | None = None
    languages: tuple[str, ...] = ()
    killed_at_least: int | None = None
    disputed: bool | None = None
    single_source: bool | None = None
    period: Literal["current", "background"] | None = None
    standing: tuple[str, ...] = ("counts",)


def conditions(wanted: Filter, dialect: str) -> list[ColumnElement[bool]]:
    """The conditions on rows of `incidents`. Raises QueryError for a filter that means nothing."""
    return [*_columns(wanted), *_facets(wanted), *_words(wanted, dialect)]


def _columns(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    i = s.incidents.c
    if wanted.first_day is not None and wanted.last_day is not None and wanted.first_day > wanted.last_day:
        raise QueryError("period", f"{wanted.first_day} is after {wanted.last_day}", "turn the two round")
    if wanted.standing:
        yield i.standing.in_(wanted.standing)
    if wanted.first_day is not None:
        yield i.last_day >= wanted.first_day.isoformat()
    if wanted.last_day is not None:
        yield and_(i.day <= wanted.last_day.isoformat(), i.day != "")
    if wanted.countries:
        yield i.country.in_([country.upper() for country in wanted.countries])
    if wanted.admin1 is not None:
        yield i.admin1 == wanted.admin1
    if wanted.types:
        yield i.type.in_(wanted.types)
    if wanted.killed_at_least is not None:
        yield i.killed >= wanted.killed_at_least
    if wanted.disputed is not None:
        yield i.disputed.is_(wanted.disputed)
    if wanted.single_source is not None:
        yield i.independent <= 1 if wanted.single_source else i.independent > 1
    if wanted.period is not None:
        yield i.period == wanted.period
    if wanted.box is not None:
        yield from _inside(wanted.box)


def _inside(box: Box) -> Iterator[ColumnElement[bool]]:
    i = s.incidents.c
    if not (-90 <= box.south <= box.north <= 90 and all(-180 <= x <= 180 for x in (box.west, box.east))):
        raise QueryError("box", f"{box} is no part of the map", "give west, south, east, north in degrees")
    yield and_(i.lat >= box.south, i.lat <= box.north)
    if box.west <= box.east:
        yield and_(i.lon >= box.west, i.lon <= box.east)
    else:
        yield or_(i.lon >= box.west, i.lon <= box.east)


def _facets(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    for kind, values in (
        ("weapon", wanted.weapons), ("target_kind", wanted.target_kinds), ("language", wanted.languages)
    ):  # fmt: skip
        if values:
            f = s.facets.c
            yield s.incidents.c.id.in_(select(f.incident).where(f.kind == kind, f.value.in_([fold(v) for v in values])))
    for kind, name in (
        ("place", wanted.place), ("actor", wanted.actor), ("target", wanted.target), ("source", wanted.source),
        ("outlet", wanted.outlet),
    ):  # fmt: skip
        if name is not None:
            yield s.incidents.c.id.in_(named(kind, name))


def named(kind: str, name: str) -> Select[tuple[str]]:
    """The ids of incidents that have a facet of a kind with these words in it."""
    f = s.facets.c
    folded = fold(name).strip()
    if not folded:
        return select(f.incident).where(false())
    return select(f.incident).where(f.kind == kind, f.value.contains(folded, autoescape=True))


def _words(wanted: Filter, dialect: str) -> Iterator[ColumnElement[bool]]:
    if wanted.text is None:
        return
    m = s.members.c
    found = select(m.incident).where(m.report.in_(reports_with(wanted.text, dialect)))
    yield s.incidents.c.id.in_(found)


def reports_with(typed: str, dialect: str) -> Select[tuple[int]]:
    """The numbers of the reports in whose title or text something is found. Raises QueryError as `words.parsed`."""
    search = words.parsed(typed)
    if dialect == "sqlite":
        condition = text("report_words MATCH :search").bindparams(
            bindparam("search", words.for_sqlite(search), unique=True)
        )
        return select(text("rowid")).select_from(text("report_words")).where(condition)
    condition = text("words @@ to_tsquery('simple', :search)").bindparams(
        bindparam("search", words.for_postgres(search), unique=True)
    )
    return select(text("report")).select_from(text("report_words")).where(condition)
