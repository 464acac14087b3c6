"""Asking the record: incidents page by page, one incident with all its accounts, what its reports say."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from vigie.errors import QueryError
from vigie.model.decoding import decoded
from vigie.model.record import RecordIncident
from vigie.store import schema as s
from vigie.store.filters import Filter, Order, conditions, reports_with
from vigie.store.incident_rows import UNKNOWN

MOST = 1000
"""Rows of one page at most."""


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One incident in a list: the columns that are asked by. Days are ISO, None where unknown; `killed` and `injured`
    are lower and upper bound."""

    id: str
    type: str
    period: str
    standing: str
    day: str | None
    last_day: str | None
    country: str | None
    admin1: str | None
    place: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    killed: tuple[int | None, int | None]
    injured: tuple[int | None, int | None]
    independent: int
    reports: int
    disputed: bool
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: `next` fetches the one after it, None at the end; `total` counts all that was asked for."""

    lines: tuple[IncidentLine, ...]
    next: str | None
    total: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident with what it rests on: what became of each of its reports, by report id."""

    incident: RecordIncident
    standings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report in a list."""

    id: str
    title: str | None
    outlet: str | None
    language: str | None
    url: str | None
    published: str | None
    standing: str
    family: str
    incidents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How many incidents there are of one value; `label` is one way it is written."""

    value: str
    label: str
    incidents: int


# What a list is sorted by, falling or rising, each told apart by the id in the end.
_ORDERS: dict[str, tuple[str, bool]] = {
    "newest": ("day", True),
    "oldest": ("day", False),
    "deadliest": ("killed", True),
    "most_told": ("independent", True),
}


_INDEXED = ("newest", "oldest")
_OFTEN = 1000
"""So many incidents wanted, and the first ones in an order that an index has are found by looking at each in turn
sooner than by first looking for all."""


def incidents(
    connection: Connection, wanted: Filter, order: Order, size: int, after: str | None, total: int | None = None
) -> Page:
    """A page of incidents. `after` is the `next` of the page before; `total` how many there are where that is known
    already, else they are counted. Raises QueryError where one of these means nothing."""
    if not 1 <= size <= MOST:
        raise QueryError("page", f"a page of {size} rows", f"ask for 1 to {MOST}")
    query = listed(connection, wanted, order, few=total is not None and total >= _OFTEN and order in _INDEXED)
    name, falling = _ORDERS[order]
    if after is not None:
        query = query.where(_beyond(s.incidents.c[name], place_in_list(after, order), falling=falling))
    rows = connection.execute(query.limit(size + 1)).all()
    if total is None:
        limits = conditions(wanted, connection.dialect.name)
        total = connection.scalar(select(func.count()).select_from(s.incidents).where(*limits)) or 0
    more = len(rows) > size
    shown = rows[:size]
    return Page(
        lines=tuple(line_of(row) for row in shown),
        next=cursor(order, getattr(shown[-1], name), shown[-1].id) if more else None,
        total=total,
    )


def listed(
    connection: Connection, wanted: Filter, order: Order, *, whole: bool = False, few: bool = False
) -> Select[Any]:
    """The rows of all incidents wanted, in an order; `whole` with their JSON, `few` where only the first of many are
    asked for. Raises QueryError as `incidents`."""
    if order not in _ORDERS:
        raise QueryError("order", f"no order is called {order!r}", f"there are: {', '.join(_ORDERS)}")
    name, falling = _ORDERS[order]
    column = s.incidents.c[name]
    columns = [c for c in s.incidents.c if whole or c.name != "json"]
    query = select(*columns).where(*conditions(wanted, connection.dialect.name, few=few))
    return query.order_by(column.desc() if falling else column.asc(), s.incidents.c.id)


def count_by(connection: Connection, wanted: Filter, column: str) -> list[Count]:
    """How many of the incidents wanted there are of each type, country, month ("2024-07") or of a facet's values, the
    most frequent first. Raises QueryError for a column that cannot be counted by."""
    limits = conditions(wanted, connection.dialect.name)
    i, f = s.incidents.c, s.facets.c
    number = func.count().label("incidents")
    by = {"type": i.type, "country": i.country, "month": func.substr(i.day, 1, 7), "period": i.period}.get(column)
    if by is not None:
        query = select(by.label("value"), by.label("label"), number).where(*limits, by.is_not(None), by != "")
        rows = connection.execute(query.group_by(by).order_by(number.desc(), by)).all()
    elif column in ("actor", "target", "target_kind", "weapon", "place", "source", "outlet", "agency", "language"):
        facet = (
            select(f.value, func.min(f.label).label("label"), number)
            .join(s.incidents, i.id == f.incident)
            .where(*limits, f.kind == column)
            .group_by(f.value)
            .order_by(number.desc(), f.value)
            .limit(MOST)
        )
        rows = connection.execute(facet).all()
    else:
        raise QueryError("count", f"incidents cannot be counted by {column!r}", "give type, country, month or a facet")
    return [Count(row.value, row.label, row.incidents) for row in rows]


def incident(connection: Connection, incident_id: str) -> Entry | None:
    """The incident that an id finds: its own, or one that it had, or that a part of it had, at any time before."""
    i, m = s.incidents.c, s.members.c
    found = connection.scalar(select(i.json).where(i.id == incident_id))
    if found is None:
        home = select(m.incident).where(m.id == incident_id)
        found = connection.scalar(select(i.json).where(i.id.in_(home)).limit(1))
    if found is None:
        return None
    record = decoded(RecordIncident, json.loads(found))
    query = select(s.reports.c.id, s.standings.c.standing).join(s.reports).where(s.reports.c.id.in_(record.reports))
    return Entry(record, {row.id: row.standing for row in connection.execute(query)})


def records(connection: Connection, ids: Collection[str]) -> dict[str, RecordIncident]:
    """Some incidents as they are now, by id."""
    i = s.incidents.c
    rows = connection.execute(select(i.id, i.json).where(i.id.in_(ids)))
    return {row.id: decoded(RecordIncident, json.loads(row.json)) for row in rows}


def reports(
    connection: Connection, typed: str | None, size: int, after: str | None, only: Sequence[str] = ()
) -> tuple[tuple[ReportLine, ...], str | None]:
    """A page of reports, the last published first: those found by what was typed (all without it), or some by id."""
    if not 1 <= size <= MOST:
        raise QueryError("page", f"a page of {size} rows", f"ask for 1 to {MOST}")
    r, st = s.reports.c, s.standings.c
    day = func.coalesce(st.published, "")
    query = select(
        r.seq, r.id, r.title, r.outlet, r.language, r.url, st.published, st.standing, st.family, day.label("day")
    ).join(s.standings)
    if typed is not None:
        query = query.where(r.seq.in_(reports_with(typed, connection.dialect.name)))
    if only:
        query = query.where(r.id.in_(only))
    if after is not None:
        at = place_in_list(after, "reports")
        query = query.where(or_(day < at[0], and_(day == at[0], r.id > at[1])))
    rows = connection.execute(query.order_by(day.desc(), r.id).limit(size + 1)).all()
    homes = homes_of(connection, [row.seq for row in rows[:size]])
    lines = tuple(report_line(row, homes.get(row.seq, ())) for row in rows[:size])
    more = cursor("reports", rows[size - 1].day, rows[size - 1].id) if len(rows) > size else None
    return lines, more


def homes_of(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The record incidents that each of some reports, by number, tells of."""
    m = s.members.c
    found: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(select(m.report, m.incident).where(m.report.in_(numbers)).order_by(m.number)):
        found[row.report] = tuple(dict.fromkeys((*found.get(row.report, ()), row.incident)))
    return found


def report_line(row: Any, homes: tuple[str, ...]) -> ReportLine:
    """A report of a list, from its row and the incidents it tells of."""
    return ReportLine(
        id=row.id,
        title=row.title,
        outlet=row.outlet,
        language=row.language,
        url=row.url,
        published=row.published,
        standing=row.standing,
        family=row.family,
        incidents=homes,
    )


def line_of(row: Any) -> IncidentLine:
    """An incident of a list, from its row."""
    return IncidentLine(
        id=row.id,
        type=row.type,
        period=row.period,
        standing=row.standing,
        day=row.day or None,
        last_day=row.last_day or None,
        country=row.country,
        admin1=row.admin1,
        place=row.place,
        lat=row.lat,
        lon=row.lon,
        precision=row.precision,
        killed=(None if row.killed == UNKNOWN else row.killed, row.killed_upper),
        injured=(None if row.injured == UNKNOWN else row.injured, row.injured_upper),
        independent=row.independent,
        reports=row.reports,
        disputed=bool(row.disputed),
        reviewed=bool(row.reviewed),
    )


def _beyond(column: ColumnElement[Any], at: tuple[Any, str], *, falling: bool) -> ColumnElement[bool]:
    """Rows that come after a row in the order."""
    value, last = at
    further = column < value if falling else column > value
    return or_(further, and_(column == value, s.incidents.c.id > last))


def cursor(order: str, value: Any, last: str) -> str:
    """What fetches the rows after one, in a list sorted by a value and an id."""
    return base64.urlsafe_b64encode(json.dumps([order, value, last]).encode()).decode().rstrip("=")


def place_in_list(cursor: str, order: str) -> tuple[Any, str]:
    """Where a page begins. Raises QueryError for a cursor of another list."""
    try:
        found, value, last = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if isinstance(last, str):
            last.encode()  # what is no text is no place either
    except (ValueError, TypeError, RecursionError) as error:
        raise QueryError("page", "the place in the list cannot be read", "start again from the first page") from error
    if order in _BY_NUMBER:
        fits = isinstance(value, int) and -_LARGEST <= value <= _LARGEST
    else:
        fits = isinstance(value, str)
    if found != order or not fits or not isinstance(last, str):
        raise QueryError("page", "this is a place in another list", "start again from the first page")
    return value, last


_SPEAKERS = {f"voices most_{by}" for by in ("told", "alone", "contradicted", "updated")}
_BY_NUMBER = frozenset({"deadliest", "most_told", "decisions", *_SPEAKERS})
_LARGEST = 2**53
