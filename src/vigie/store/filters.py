"""What the record is asked for, as conditions on the derived rows; every one of them is met through an index or in one
pass over columns."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    and_,
    bindparam,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    text,
    true,
)

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
class Named:
    """A name as somebody typed it, and by what else that which it means is found: its other names, and of a place where
    it is. `spot` are the coordinates of a known site or town, `gazetteer` its id; `admin1` goes with `country`."""

    typed: str
    names: tuple[str, ...] = ()
    country: str | None = None
    admin1: str | None = None
    spot: tuple[float, float] | None = None
    gazetteer: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which incidents are wanted; what is left out sets no limit, and several values of one field mean any of them.

    Names (`place`, `actor`, `target`, `source`, `outlet`) are found anywhere in the names that a report gives, whatever
    their case and accents; a `Named` also by what it means (`vigie.store.naming`). `first_day` and `last_day` take in
    every incident that may have happened between them. `text` is searched in the reports (see `vigie.store.words`).
    An incident is `reviewed` where a decision that stands bears on it, `on_map` where its place has coordinates.
    `within` are the ids that may be found, `without` those that may not. `standing` is `counts` unless withdrawn or
    superseded tellings are asked for too.
    """

    text: str | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    countries: tuple[str, ...] = ()
    admin1: str | None = None
    place: str | Named | None = None
    box: Box | None = None
    types: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    actor: str | Named | None = None
    target: str | Named | None = None
    target_kinds: tuple[str, ...] = ()
    source: str | None = None
    outlet: str | None = None
    languages: tuple[str, ...] = ()
    killed_at_least: int | None = None
    disputed: bool | None = None
    single_source: bool | None = None
    reviewed: bool | None = None
    on_map: bool | None = None
    period: Literal["current", "background"] | None = None
    within: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    standing: tuple[str, ...] = ("counts",)


def conditions(wanted: Filter, dialect: str, *, few: bool = False) -> list[ColumnElement[bool]]:
    """The conditions on rows of `incidents`. With `few` they are such that a database which needs few of many rows
    finds these soon, and all of them late. Raises QueryError for a filter that means nothing."""
    return [*_columns(wanted), *_facets(wanted), *_words(wanted, dialect, few), *_ids(wanted, dialect)]


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
    if wanted.reviewed is not None:
        yield i.reviewed.is_(wanted.reviewed)
    if wanted.on_map is not None:
        yield i.lat.is_not(None) if wanted.on_map else i.lat.is_(None)
    if wanted.period is not None:
        yield i.period == wanted.period
    if wanted.box is not None:
        yield from inside(wanted.box)


def inside(box: Box) -> Iterator[ColumnElement[bool]]:
    """The conditions on incidents whose place lies in a box. Raises QueryError for one that is no part of the map."""
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
            yield or_(s.incidents.c.id.in_(named(kind, name)), *_there(name))


_SHORT = 4  # letters up to which another name of the same ("EI") is only found as a word of its own


def named(kind: str, name: str | Named) -> Select[tuple[str]]:
    """The ids of incidents that have a facet of a kind with these words in it, or with another name of the same."""
    f = s.facets.c
    typed, others = (name.typed, name.names) if isinstance(name, Named) else (name, ())
    folded = fold(typed).strip()
    found = [f.value.contains(folded, autoescape=True)] if folded else []
    for other in dict.fromkeys(fold(o).strip() for o in others):
        if len(other) > _SHORT:
            found.append(f.value.contains(other, autoescape=True))
        elif other:
            found.append((literal(" ") + f.value + " ").contains(f" {other} ", autoescape=True))
    return select(f.incident).where(f.kind == kind, or_(false(), *found))


def _there(name: str | Named) -> Iterator[ColumnElement[bool]]:
    """Conditions by which an incident is at a place that a name means, whatever its reports call it."""
    i = s.incidents.c
    if not isinstance(name, Named):
        return
    if name.spot is not None and name.gazetteer is not None:
        told = i.json.contains(f'"gazetteer":{json.dumps(name.gazetteer)}', autoescape=True)
        yield and_(i.lat == name.spot[0], i.lon == name.spot[1], told)
    elif name.country is not None and name.spot is None:
        yield and_(i.country == name.country, i.admin1 == name.admin1 if name.admin1 is not None else true())


def _ids(wanted: Filter, dialect: str) -> Iterator[ColumnElement[bool]]:
    if wanted.within is not None:
        yield s.incidents.c.id.in_(_listed(wanted.within, dialect))
    if wanted.without:
        yield s.incidents.c.id.not_in(_listed(wanted.without, dialect))


def _listed(ids: tuple[str, ...], dialect: str) -> Select[tuple[str]]:
    """Ids as the rows of a query: one parameter, however many they are."""
    given = literal(json.dumps(ids))
    each = func.json_each(given) if dialect == "sqlite" else func.json_array_elements_text(cast(given, JSON))
    return select(each.table_valued("value").c.value)


_ONE_BY_ONE = """EXISTS (SELECT 1 FROM members JOIN report_words ON report_words.rowid = members.report
WHERE members.incident = incidents.id AND report_words MATCH :search)"""


def _words(wanted: Filter, dialect: str, few: bool) -> Iterator[ColumnElement[bool]]:
    if wanted.text is None:
        return
    if few and dialect == "sqlite":
        search = words.for_sqlite(words.parsed(wanted.text))
        yield text(_ONE_BY_ONE).bindparams(bindparam("search", search, unique=True))  # type: ignore[misc]
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
