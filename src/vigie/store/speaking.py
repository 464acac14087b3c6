"""Asking who speaks in the record: each source with how much it tells, how often alone, contradicted, updated."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, cast, func, or_, select

from vigie.errors import QueryError
from vigie.language.folding import fold
from vigie.record.names import fold_name
from vigie.record.sources import Sources
from vigie.store import schema as s
from vigie.store.asking import MOST, IncidentLine, cursor, line_of, place_in_list

Voice = Literal["named", "unnamed", "media"]
VoiceOrder = Literal["most_told", "most_alone", "most_contradicted", "most_updated", "latest", "name"]
Told = Literal["alone", "contradicted", "updated"]


@dataclass(frozen=True, slots=True)
class VoiceFilter:
    """Which sources are wanted; what is left out sets no limit, several values of one field mean any of them. `text`
    are words of one of its names. `voices`: a body or person that is named, somebody unnamed within one outlet's or
    agency's copy, or an outlet or agency itself."""

    text: str | None = None
    voices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """One source in a list. `source` is its key; `names` as printed, the most frequent first; the numbers are of
    incidents that count: all it tells of, those of which no other account is a witness of its own, those where another
    account contradicts it, those on which it has updated itself. Days are ISO, None where none is known."""

    source: str
    names: tuple[str, ...]
    voice: Voice
    kind: str
    country: str | None
    terms: tuple[str, ...]
    statements: int
    incidents: int
    alone: int
    contradicted: int
    updated: int
    first_day: str | None
    last_day: str | None


@dataclass(frozen=True, slots=True)
class VoicePage:
    """A page of sources: `next` fetches the one after it, None at the end; `total` counts all that was asked for."""

    lines: tuple[VoiceLine, ...]
    next: str | None
    total: int


@dataclass(frozen=True, slots=True)
class ToldPage:
    """A page of the incidents that a source tells of, the latest first."""

    lines: tuple[IncidentLine, ...]
    next: str | None
    total: int


_SUMS = ("statements", "alone", "contradicted", "updated")
_BY = {
    "most_told": "incidents",
    "most_alone": "alone",
    "most_contradicted": "contradicted",
    "most_updated": "updated",
    "latest": "last_day",
    "name": "source",
}


def voices(
    connection: Connection, wanted: VoiceFilter, order: VoiceOrder, size: int, after: str | None, sources: Sources
) -> VoicePage:
    """A page of sources. Raises QueryError where the order or the place in the list means nothing."""
    if order not in get_args(VoiceOrder):
        raise QueryError("order", f"no order is called {order!r}", f"there are: {', '.join(get_args(VoiceOrder))}")
    if not 1 <= size <= MOST:
        raise QueryError("page", f"a page of {size} rows", f"ask for 1 to {MOST}")
    counted = _grouped(_conditions(wanted, sources)).subquery()
    grouped = select(counted, func.count().over().label("total")).subquery()
    column = grouped.c[_BY[order]]
    query = select(grouped)
    if after is not None:
        query = query.where(_beyond(column, grouped.c.source, place_in_list(after, f"voices {order}"), order))
    direction = column.asc() if order == "name" else column.desc()
    rows = connection.execute(query.order_by(direction, grouped.c.source).limit(size + 1)).all()
    shown = rows[:size]
    at = shown[-1]._mapping[_BY[order]] if shown else None
    return VoicePage(
        lines=_lines(connection, shown),
        next=cursor(f"voices {order}", at, shown[-1].source) if len(rows) > size else None,
        total=shown[0].total if shown else connection.scalar(select(func.count()).select_from(counted)) or 0,
    )


def voice(connection: Connection, source: str) -> VoiceLine | None:
    """One source by its key, None where it tells of nothing that counts."""
    rows = connection.execute(_grouped([s.voices.c.source == source])).all()
    return _lines(connection, rows)[0] if rows else None


def speaks(connection: Connection, source: str) -> bool:
    """Whether a source, by its key, tells of anything that counts."""
    v = s.voices.c
    query = select(v.source).where(v.source == source, v.incident.not_in(_aside())).limit(1)
    return connection.scalar(query) is not None


def told(connection: Connection, source: str, only: Told | None, size: int, after: str | None) -> ToldPage:
    """A page of the incidents that a source tells of, or of those `only` that it tells alone, in which it is
    contradicted, or on which it has updated itself."""
    if not 1 <= size <= MOST:
        raise QueryError("page", f"a page of {size} rows", f"ask for 1 to {MOST}")
    i, v = s.incidents.c, s.voices.c
    limits = [v.source == source, i.standing == "counts", *([v[only].is_(True)] if only is not None else [])]
    query = select(*(c for c in i if c.name != "json")).join(s.voices, v.incident == i.id).where(*limits)
    if after is not None:
        day, last = place_in_list(after, "told")
        query = query.where(or_(i.day < day, and_(i.day == day, i.id > last)))
    rows = connection.execute(query.order_by(i.day.desc(), i.id).limit(size + 1)).all()
    counted = select(func.count()).select_from(s.voices.join(s.incidents)).where(*limits)
    return ToldPage(
        lines=tuple(line_of(row) for row in rows[:size]),
        next=cursor("told", rows[size - 1].day, rows[size - 1].id) if len(rows) > size else None,
        total=connection.scalar(counted) or 0,
    )


def _grouped(limits: Iterable[ColumnElement[bool]]) -> Select[Any]:
    """A row for each source that has an account within some limits, counted over all its accounts."""
    v = s.voices.c
    sums = [func.sum(cast(v[name], Integer)).label(name) for name in _SUMS]
    voice, counted = func.min(v.voice).label("voice"), func.count().label("incidents")
    first = func.min(v.first_day).filter(v.first_day != "").label("first_day")
    latest = func.max(v.last_day).label("last_day")
    query = select(v.source, voice, counted, *sums, first, latest)
    wanted = list(limits)
    if wanted:
        query = query.where(v.source.in_(select(v.source).where(*wanted)))
    return query.where(v.incident.not_in(_aside())).group_by(v.source)


def _aside() -> Select[Any]:
    """The incidents that do not count: they are few, and quicker to leave out than the rest to look at."""
    return select(s.incidents.c.id).where(s.incidents.c.standing != "counts")


def _conditions(wanted: VoiceFilter, sources: Sources) -> Iterator[ColumnElement[bool]]:
    v = s.voices.c
    if wanted.text is not None:
        folded, words = fold(wanted.text).strip(), fold_name(wanted.text)
        known = {key for key, p in sources.profiles.items() if any(folded in fold(name) for name in p.names)}
        known |= {family for family in (sources.family(wanted.text),) if family is not None}
        yield or_(v.source.contains(words or folded, autoescape=True), v.source.in_(sorted(known)))
    for column, values in ((v.voice, wanted.voices), (v.kind, wanted.kinds), (v.country, wanted.countries)):
        if values:
            yield column.in_(values)
    if wanted.terms:
        yield or_(*((" " + v.terms + " ").contains(f" {term} ", autoescape=True) for term in wanted.terms))


def _beyond(
    column: ColumnElement[Any], source: ColumnElement[str], at: tuple[Any, str], order: str
) -> ColumnElement[bool]:
    value, last = at
    further = column > value if order == "name" else column < value
    return or_(further, and_(column == value, source > last))


def _lines(connection: Connection, rows: Collection[Any]) -> tuple[VoiceLine, ...]:
    v = s.voices.c
    wanted = [row.source for row in rows]
    printed: dict[str, dict[str, Counter[str]]] = {}
    query = select(v.source, v.names, v.kind, v.country, v.terms, func.count().label("times"))
    query = query.where(v.source.in_(wanted)).group_by(v.source, v.names, v.kind, v.country, v.terms)
    for row in connection.execute(query) if wanted else ():
        found = printed.setdefault(row.source, {name: Counter() for name in ("names", "kind", "country", "terms")})
        found["names"].update(dict.fromkeys(json.loads(row.names), row.times))
        found["kind"][row.kind] += row.times if row.kind != "other" else 0
        found["country"][row.country or ""] += row.times if row.country else 0
        found["terms"].update(dict.fromkeys(row.terms.split(), row.times))
    return tuple(
        VoiceLine(
            source=row.source,
            names=tuple(_ranked(printed[row.source]["names"])),
            voice=row.voice,
            kind=_ranked(printed[row.source]["kind"])[0],
            country=_ranked(printed[row.source]["country"])[0] or None,
            terms=tuple(_ranked(printed[row.source]["terms"])),
            statements=row.statements,
            incidents=row.incidents,
            alone=row.alone,
            contradicted=row.contradicted,
            updated=row.updated,
            first_day=row.first_day,
            last_day=row.last_day or None,
        )
        for row in rows
    )


def _ranked(counted: Counter[str]) -> list[str]:
    return sorted(counted, key=lambda name: (-counted[name], name))
