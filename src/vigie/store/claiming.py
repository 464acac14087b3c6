"""Asking for claims: what sources assert of incidents, in the codings that count."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from vigie.errors import QueryError
from vigie.language.folding import fold
from vigie.store import schema as s
from vigie.store.asking import MOST, cursor, place_in_list

_LIST = "claims"


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; what is left out sets no limit, several values of one field mean any of them. `incident`
    is the id of a record incident as it is now, `source` words of the source's name; `own_voice` says whether the
    outlet itself is the one who claims."""

    report: str | None = None
    incident: str | None = None
    source: str | None = None
    own_voice: bool | None = None
    stances: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    standing: tuple[str, ...] = ("counts",)


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim with where it is: `incident` is that of the record, `member` the key of the incident of the report.
    `source` and `claim` are the contract's JSON; the source is None where it is the outlet's own voice."""

    key: str
    report: str
    incident: str | None
    member: str
    standing: str
    source: Mapping[str, Any] | None
    claim: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """A page of claims: `next` fetches the one after it, None at the end; `total` counts all that was asked for."""

    lines: tuple[ClaimLine, ...]
    next: str | None
    total: int


def claims(connection: Connection, wanted: ClaimFilter, size: int, after: str | None) -> ClaimPage:
    """A page of claims, by the ids of report and claim. Raises QueryError for a place in another list."""
    if not 1 <= size <= MOST:
        raise QueryError("page", f"a page of {size} rows", f"ask for 1 to {MOST}")
    c, r, m = s.claims.c, s.reports.c, s.members.c
    told = (
        s.claims.join(s.cards, s.cards.c.coding == c.coding)
        .join(s.reports, s.reports.c.seq == s.cards.c.report)
        .join(s.standings, s.standings.c.report == s.reports.c.seq)
        .outerjoin(s.members, and_(m.report == r.seq, m.key == r.id + "#" + c.incident))
    )
    limits = list(_conditions(wanted))
    query = select(c.coding, c.id, r.id.label("report"), m.incident, m.key, c.incident.label("told"))
    query = query.add_columns(s.standings.c.standing).select_from(told).where(*limits)
    if after is not None:
        report, last = place_in_list(after, _LIST)
        query = query.where(or_(r.id > report, and_(r.id == report, c.id > last)))
    rows = connection.execute(query.order_by(r.id, c.id).limit(size + 1)).all()
    shown = rows[:size]
    codings = _codings(connection, {row.coding for row in shown})
    return ClaimPage(
        lines=tuple(_line(row, codings[row.coding]) for row in shown),
        next=cursor(_LIST, shown[-1].report, shown[-1].id) if len(rows) > size else None,
        total=connection.scalar(select(func.count()).select_from(told).where(*limits)) or 0,
    )


def _conditions(wanted: ClaimFilter) -> Iterator[ColumnElement[bool]]:
    c = s.claims.c
    if wanted.report is not None:
        yield s.reports.c.id == wanted.report
    if wanted.incident is not None:
        yield s.members.c.incident == wanted.incident
    if wanted.source is not None:
        yield c.source_folded.contains(fold(wanted.source).strip(), autoescape=True)
    if wanted.own_voice is not None:
        yield c.source.is_(None) if wanted.own_voice else c.source.is_not(None)
    for column, values in (
        (c.stance, wanted.stances),
        (c.modality, wanted.modalities),
        (c.terms, wanted.terms),
        (c.kind, wanted.kinds),
        (c.country, wanted.countries),
        (s.standings.c.standing, wanted.standing),
    ):
        if values:
            yield column.in_(values)


def _codings(connection: Connection, numbers: set[int]) -> dict[int, dict[str, Any]]:
    """Some codings, with their claims and sources by id."""
    rows = connection.execute(select(s.codings.c.seq, s.codings.c.json).where(s.codings.c.seq.in_(numbers)))
    found = {}
    for row in rows:
        coding = json.loads(row.json)
        found[row.seq] = {name: {each["id"]: each for each in coding[name]} for name in ("claims", "sources")}
    return found


def _line(row: Any, coding: Mapping[str, Any]) -> ClaimLine:
    claim = coding["claims"][row.id]
    return ClaimLine(
        key=f"{row.report}#{row.id}",
        report=row.report,
        incident=row.incident,
        member=row.key or f"{row.report}#{row.told}",
        standing=row.standing,
        source=coding["sources"][claim["source"]] if claim["source"] is not None else None,
        claim=claim,
    )
