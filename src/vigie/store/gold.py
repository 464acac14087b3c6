"""Reports coded by hand: what was saved, which is only ever added to, and what somebody is at.

A coding is *blind* where its coder had saved none of the report before: after saving, the desk shows the machine's
coding and those of others, so that what is saved later may have been put right by what was seen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, literal, select

from vigie.errors import QueryError
from vigie.store import schema as s
from vigie.store.database import Database
from vigie.store.keeping import dumped

_TOGETHER = 500  # ids of one query
_OPENING = 200  # characters that do for a title


@dataclass(frozen=True, slots=True)
class GoldCoding:
    """A report as somebody coded it by hand: `line` is a line of a hand coding (docs/evaluation.md)."""

    number: int
    report: str
    coder: str
    at: str
    blind: bool
    line: dict[str, Any]


@dataclass(frozen=True, slots=True)
class GoldTask:
    """A report to be coded: how many others have coded it by hand."""

    report: str
    title: str | None
    opening: str
    outlet: str | None
    language: str | None
    published: str | None
    others: int = 0


class GoldCodings:
    """The hand codings in a store's database. `stamp` gives the time as it is kept."""

    def __init__(self, database: Database, stamp: Callable[[], str]) -> None:
        self._database, self._stamp = database, stamp

    # --- saved --------------------------------------------------------------------------------------------------------

    def save(self, report_id: str, coder: str, line: dict[str, Any]) -> GoldCoding:
        """Keep a coding and forget its draft. Raises QueryError where there is no such report."""
        with self._database.writing() as connection:
            report = _number(connection, report_id)
            g = s.gold.c
            before = select(g.number).where(g.report == report, g.coder == coder).limit(1)
            blind = connection.scalar(before) is None
            number = (connection.scalar(select(func.max(g.number))) or 0) + 1
            at = self._stamp()
            row = {"number": number, "report": report, "coder": coder, "at": at, "blind": blind, "json": dumped(line)}
            connection.execute(insert(s.gold).values(**row))
            _forget(connection, report, coder)
        return GoldCoding(number, report_id, coder, at, blind, line)

    def of_report(self, report_id: str) -> tuple[GoldCoding, ...]:
        """All that was saved of a report, in the order in which it was."""
        with self._database.reading() as connection:
            return tuple(_codings(connection, s.reports.c.id == report_id))

    def latest(self, coder: str | None = None, *, blind: bool = False) -> tuple[GoldCoding, ...]:
        """The last coding of each report by each coder (or by one), by the id of the report; with `blind` the last one
        that was coded blind."""
        limits = [] if coder is None else [s.gold.c.coder == coder]
        if blind:
            limits.append(s.gold.c.blind)
        found: dict[tuple[str, str], GoldCoding] = {}
        with self._database.reading() as connection:
            for each in _codings(connection, *limits):
                found[each.report, each.coder] = each
        return tuple(found[key] for key in sorted(found))

    def machine(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The machine's codings that count of some reports, by id, as they are kept (docs/vocabulary.md): to be
        compared with those by hand, for which nothing else of a report is needed."""
        every, found = list(ids), {}
        r, c = s.reports.c, s.codings.c
        with self._database.reading() as connection:
            for start in range(0, len(every), _TOGETHER):
                query = select(r.id, c.json).join(s.cards, s.cards.c.report == r.seq)
                query = query.join(s.codings, c.seq == s.cards.c.coding)
                some = connection.execute(query.where(r.id.in_(every[start : start + _TOGETHER])))
                found.update({row.id: json.loads(row.json) for row in some})
        return found

    def coders(self) -> dict[str, int]:
        """Who has coded by hand, and how many reports."""
        g = s.gold.c
        with self._database.reading() as connection:
            rows = connection.execute(
                select(g.coder, func.count(g.report.distinct()).label("reports")).group_by(g.coder).order_by(g.coder)
            )
            return {row.coder: row.reports for row in rows}

    # --- to be coded --------------------------------------------------------------------------------------------------

    def open(self, coder: str, size: int, skipped: Sequence[str] = ()) -> tuple[GoldTask, ...]:
        """What a coder may code next: first what others coded and the coder has not, so that agreement can be measured,
        then all others in the order of the hash of their bytes. That is a random order which does not know what a
        report tells, so that what is coded is a fair sample of what was taken in."""
        g, r = s.gold.c, s.reports.c
        mine = select(g.report).where(g.coder == coder)
        with self._database.reading() as connection:
            others = select(g.report, func.count(g.coder.distinct()).label("others")).group_by(g.report).subquery()
            shared = _tasks(others.c.others).join(others, others.c.report == r.seq)
            shared = shared.where(r.seq.not_in(mine), r.id.not_in(skipped)).order_by(r.sha256, r.seq).limit(size)
            found = [_task(row) for row in connection.execute(shared)]
            if len(found) < size:
                anybody = select(g.report)
                fresh = _tasks().where(r.seq.not_in(anybody), r.id.not_in(skipped))
                fresh = fresh.order_by(r.sha256, r.seq).limit(size - len(found))
                found += [_task(row) for row in connection.execute(fresh)]
        return tuple(found)

    def tasks(self, ids: Iterable[str]) -> dict[str, GoldTask]:
        """Reports as tasks, by id, whatever was coded of them."""
        every, found = list(ids), {}
        with self._database.reading() as connection:
            for start in range(0, len(every), _TOGETHER):
                query = _tasks().where(s.reports.c.id.in_(every[start : start + _TOGETHER]))
                found.update({row.id: _task(row) for row in connection.execute(query)})
        return found

    # --- not saved yet ------------------------------------------------------------------------------------------------

    def keep_draft(self, report_id: str, coder: str, form: dict[str, Any]) -> None:
        """Keep what somebody is at, in the place of what was there. Raises QueryError where there is no such report."""
        with self._database.writing() as connection:
            report = _number(connection, report_id)
            _forget(connection, report, coder)
            row = {"report": report, "coder": coder, "at": self._stamp(), "json": dumped(form)}
            connection.execute(insert(s.gold_drafts).values(**row))

    def draft(self, report_id: str, coder: str) -> dict[str, Any] | None:
        """What somebody is at, None where nothing is."""
        d, r = s.gold_drafts.c, s.reports.c
        with self._database.reading() as connection:
            query = select(d.json).join(s.reports, r.seq == d.report).where(r.id == report_id, d.coder == coder)
            found = connection.scalar(query)
        form: dict[str, Any] | None = json.loads(found) if found is not None else None
        return form

    def drafts(self, coder: str) -> tuple[tuple[str, str], ...]:
        """The reports that somebody is at, and since when each was left, the last one first."""
        d, r = s.gold_drafts.c, s.reports.c
        with self._database.reading() as connection:
            query = select(r.id, d.at).join(s.reports, r.seq == d.report).where(d.coder == coder)
            return tuple((row.id, row.at) for row in connection.execute(query.order_by(d.at.desc(), r.id)))

    def drop_draft(self, report_id: str, coder: str) -> None:
        """Forget what somebody is at; nothing happens where nothing is. Raises QueryError for no such report."""
        with self._database.writing() as connection:
            _forget(connection, _number(connection, report_id), coder)


def _number(connection: Connection, report_id: str) -> int:
    found = connection.scalar(select(s.reports.c.seq).where(s.reports.c.id == report_id))
    if found is None:
        raise QueryError("report", f"no report has the id {report_id!r}", "look it up among the reports")
    return int(found)


def _forget(connection: Connection, report: int, coder: str) -> None:
    d = s.gold_drafts.c
    connection.execute(delete(s.gold_drafts).where(and_(d.report == report, d.coder == coder)))


def _codings(connection: Connection, *limits: Any) -> Iterable[GoldCoding]:
    g = s.gold.c
    columns = (g.number, s.reports.c.id, g.coder, g.at, g.blind, g.json)
    query = select(*columns).join(s.reports, s.reports.c.seq == g.report).where(*limits).order_by(g.number)
    for row in connection.execute(query):
        yield GoldCoding(row.number, row.id, row.coder, row.at, bool(row.blind), json.loads(row.json))


def _tasks(others: Any = None) -> Any:
    r = s.reports.c
    opening = func.substr(r.text, 1, _OPENING).label("opening")
    columns = (r.id, r.title, opening, r.outlet, r.language, s.standings.c.published)
    number = others if others is not None else literal(0)
    return select(*columns, number.label("others")).select_from(s.reports).join(s.standings)


def _task(row: Any) -> GoldTask:
    return GoldTask(row.id, row.title, row.opening, row.outlet, row.language, row.published, row.others)
