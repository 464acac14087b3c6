"""What stands round an incident: what reports link it with, and what else happened there."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from vigie.model.coded import Link
from vigie.model.decoding import decoded, loose
from vigie.model.record import RecordIncident, member_key
from vigie.store import schema as s
from vigie.store.asking import IncidentLine, line_of

_NEAR = 0.02  # degrees, some two kilometres: spellings of one place carry coordinates that differ by as much
_TOGETHER = 500  # values of one query


@dataclass(frozen=True, slots=True)
class Related:
    """An incident that a report links with another: `kind` as the link says, `from_here` whether it leads from the one
    asked about. `report_id` and `link` say where it stands."""

    incident: str
    kind: str
    from_here: bool
    report_id: str
    link: Link


def links(connection: Connection, incident: RecordIncident) -> tuple[Related, ...]:
    """The record incidents that reports link with one, in the order of the reports."""
    found: list[tuple[str, bool, str, Link]] = []
    for report_id, drawn in _drawn(connection, incident.reports):
        for link in drawn:
            ends = member_key(report_id, link.from_), member_key(report_id, link.to)
            inside = [end in incident.members for end in ends]
            if inside[0] != inside[1]:
                found.append((ends[1] if inside[0] else ends[0], inside[0], report_id, link))
    m = s.members.c
    query = select(m.key, m.incident).where(m.key.in_([key for key, *_ in found]), m.incident.is_not(None))
    homes = {row.key: row.incident for row in connection.execute(query)} if found else {}
    return tuple(
        Related(homes[key], link.kind, from_here, report_id, link)
        for key, from_here, report_id, link in found
        if key in homes
    )


def lines(connection: Connection, ids: Collection[str]) -> dict[str, IncidentLine]:
    """Some incidents as lines of a list, by id."""
    columns = [c for c in s.incidents.c if c.name != "json"]
    rows = connection.execute(select(*columns).where(s.incidents.c.id.in_(ids)))
    return {row.id: line_of(row) for row in rows}


def values(connection: Connection, ids: Collection[str], names: Collection[str]) -> dict[str, dict[str, Any]]:
    """The record's values in some fields of some incidents, by id and name; what is not known is left out."""
    i = s.incidents.c
    found: dict[str, dict[str, Any]] = {}
    for row in connection.execute(select(i.id, i.json).where(i.id.in_(ids))):
        fields = json.loads(row.json)["fields"]
        found[row.id] = {name: loose(fields[name]["value"]) for name in names if name in fields}
    return found


def alike(connection: Connection, incident: RecordIncident) -> tuple[tuple[str, float], ...]:
    """The incidents with a telling that is open to be the same as one of this incident (a suggestion), by id, with the
    highest score; the most alike first."""
    c, m = s.suggestions.c, s.members.c
    found: dict[str, float] = {}
    for start in range(0, len(incident.members), _TOGETHER):
        keys = incident.members[start : start + _TOGETHER]
        numbers = list(connection.scalars(select(m.number).where(m.key.in_(keys))))
        for own, other in ((c.a, c.b), (c.b, c.a)):
            query = select(m.incident, c.score).join(s.suggestions, m.number == other).where(own.in_(numbers))
            for row in connection.execute(query):
                if row.incident is not None and row.incident != incident.id:
                    found[row.incident] = max(row.score, found.get(row.incident, 0.0))
    return tuple(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def same_place(connection: Connection, line: IncidentLine, most: int = 4) -> tuple[IncidentLine, ...]:
    """Other incidents at the place of one, in the order of their days: at most so many before it and after it."""
    i = s.incidents.c
    if line.lat is not None and line.lon is not None:
        there = and_(
            i.lat.between(line.lat - _NEAR, line.lat + _NEAR),
            i.lon.between(line.lon - _NEAR, line.lon + _NEAR),
            i.precision == line.precision,  # a town is not the region that is drawn at the same point
        )
    elif line.place is not None and line.precision in ("site", "settlement"):
        there = and_(i.place == line.place, i.country == line.country)
    else:
        return ()
    columns = [c for c in s.incidents.c if c.name != "json"]
    query = select(*columns).where(there, i.id != line.id, i.standing == "counts", i.day != "")
    day = line.day or ""
    before = query.where(or_(i.day < day, and_(i.day == day, i.id < line.id))).order_by(i.day.desc(), i.id.desc())
    after = query.where(or_(i.day > day, and_(i.day == day, i.id > line.id))).order_by(i.day, i.id)
    earlier: Sequence[Any] = connection.execute(before.limit(most)).all()
    return tuple(line_of(row) for row in (*reversed(earlier), *connection.execute(after.limit(most))))


def _drawn(connection: Connection, report_ids: Sequence[str]) -> list[tuple[str, tuple[Link, ...]]]:
    """The links that reports draw between the incidents they tell of, by report."""
    r = s.reports.c
    found: list[tuple[str, tuple[Link, ...]]] = []
    for start in range(0, len(report_ids), _TOGETHER):
        query = (
            select(r.id, s.codings.c.json)
            .join(s.cards, s.cards.c.report == r.seq)
            .join(s.codings, s.codings.c.seq == s.cards.c.coding)
            .where(r.id.in_(report_ids[start : start + _TOGETHER]), s.codings.c.json.not_like('%"links":[]%'))
            .order_by(r.id)
        )
        for row in connection.execute(query):
            found.append((row.id, tuple(decoded(Link, link) for link in json.loads(row.json).get("links", ()))))
    return found
