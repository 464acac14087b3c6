"""What saved filters have told of which incident, and the notices that are still to be delivered.

A notice comes into being in one transaction with the note that its incident has been told of, and it is done with only
when its channel has taken it. So a process that is killed tells nothing less; what it had handed over without being
able to note it is handed over again, under the same key.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sqlalchemy import Connection, Row, case, delete, func, insert, select, update

from vigie.model.decoding import decoded
from vigie.model.record import RecordIncident
from vigie.store import schema as s
from vigie.store.asking import ReportLine, reports
from vigie.store.database import Database
from vigie.store.filters import Filter, conditions
from vigie.store.keeping import dumped
from vigie.store.watch_times import moment, stamp

TOGETHER = 500
"""Changes of incidents that are looked at in one transaction."""
_KEPT = dt.timedelta(days=90)  # how long a notice that is done with can be looked up

NoticeKind = Literal["new", "changed", "withdrawn", "left"]
Existing = Literal["skip", "tell"]


@dataclass(frozen=True, slots=True)
class Seen:
    """An incident that has changed: as it is now, what stands of it, its reports, and whether the filter wants it
    (`wanted`) and would begin to tell of it (`fresh`: the filter with its limit to what has happened lately)."""

    incident: RecordIncident
    standing: str
    disputed: bool
    reports: tuple[ReportLine, ...]
    wanted: bool
    fresh: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a filter has told of an incident: how many times, what kind of notice last, and the incident as it was then
    (JSON)."""

    revision: int
    kind: NoticeKind
    snapshot: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to be told. `key` is the same however often it is delivered; `body` is JSON."""

    key: str
    filter: str
    incident: str
    kind: NoticeKind
    made_at: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """What comes of looking at changes: notices, and what is to be noted as told, by incident (None: nothing any
    more)."""

    notices: tuple[Notice, ...]
    told: Mapping[str, Told | None]


class Teller(Protocol):
    """Decides what is told. Pure functions."""

    def snapshot(self, seen: Seen) -> Mapping[str, Any]:
        """An incident as it is to be remembered, as JSON."""
        ...

    def judge(
        self, told: Mapping[str, Told], seen: Mapping[str, Seen], moved: Mapping[str, str | None], change: int
    ) -> Judged:
        """What comes of what was told, what the incidents are now, and where those went that are gone (None: nowhere).
        `change` is the number of the last change that is looked at: no two judgements have the same."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """A saved filter as it is asked. `digest` changes with what is wanted; `fresh` is `wanted` with its limit to what
    has happened lately, for incidents that have not been told of."""

    name: str
    digest: str
    wanted: Filter
    fresh: Filter
    existing: Existing
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice on its way to a channel."""

    number: int
    notice: Notice
    attempts: int
    batch: str | None


@dataclass(frozen=True, slots=True)
class ChannelState:
    """A channel in numbers, with the last thing that went wrong."""

    waiting: int
    delivered: int
    given_up: int
    last_delivered: str | None
    problem: str | None


class Notices:
    """Filters, what they told, and notices, in a store's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- telling ------------------------------------------------------------------------------------------------------

    def idle(self, name: str, digest: str) -> bool:
        """Whether a filter has begun, wants what it did, and nothing has changed since it last looked."""
        with self._database.reading() as connection:
            row = _filter_row(connection, name)
            if row is None or row.digest != digest or row.position is not None:
                return False
            return not _changes(connection, row.seen, 1)

    def begin(self, question: Question, teller: Teller) -> bool:
        """Let a filter begin that is new, or that wants something else than before, a step at a time; whether it has
        begun. What is in the record when it begins counts as known, unless `existing` is "tell"."""
        with self._database.reading() as connection:
            row = _filter_row(connection, question.name)
            if row is not None and row.digest == question.digest and row.position is None:
                return True
        with self._database.writing() as connection:
            row = _filter_row(connection, question.name)
            if row is None or row.digest != question.digest:
                return _anew(connection, question)
            return _know(connection, question, teller, row.position) if row.position is not None else True

    def tell(self, question: Question, teller: Teller, now: dt.datetime) -> tuple[Notice, ...] | None:
        """Look at the next changes since the filter last did and put down what is to be told of them; None where there
        are none. The filter must have begun."""
        with self._database.reading() as connection:
            if not _changes(connection, _seen(connection, question.name), 1):
                return None
        with self._database.writing() as connection:
            changes = _changes(connection, _seen(connection, question.name), TOGETHER)
            if not changes:
                return None
            last = max(changes.values())
            judged = self._judged(connection, question, teller, set(changes), last)
            _note_told(connection, question.name, judged.told)
            _put_down(connection, judged.notices, question.channels, now)
            f = s.watch_filters.c
            connection.execute(update(s.watch_filters).where(f.name == question.name).values(seen=last))
            return judged.notices

    def _judged(
        self, connection: Connection, question: Question, teller: Teller, changed: set[str], change: int
    ) -> Judged:
        i = s.incidents.c
        there = set(connection.scalars(select(i.id).where(i.id.in_(changed))))
        told = _told(connection, question.name, changed)
        moved = _moved(connection, set(told) - there)
        homes = {home for home in moved.values() if home is not None}
        told |= _told(connection, question.name, homes)
        return teller.judge(told, _all_seen(connection, question, there | homes), moved, change)

    # --- delivering ---------------------------------------------------------------------------------------------------

    def waiting(self, channel: str, now: dt.datetime, most: int) -> list[Waiting]:
        """The notices that a channel is to be given now, in the order in which they came into being: none before the
        first one is due. Those that were sent together before come by themselves, all of them."""
        n = s.watch_notices.c
        own = select(s.watch_notices).where(n.channel == channel, n.state == "waiting").order_by(n.number)
        with self._database.reading() as connection:
            first = connection.execute(own.limit(1)).first()
            if first is None or first.due > stamp(now):
                return []
            some = own.where(n.batch == first.batch) if first.batch is not None else own.where(n.batch.is_(None))
            return [_waiting(row) for row in connection.execute(some.limit(most))]

    def bind(self, notices: Sequence[Waiting]) -> str:
        """Note that notices are sent together, before they are; what they are known by."""
        batch = notices[0].batch or notices[0].notice.key
        if any(each.batch is None for each in notices):
            with self._database.writing() as connection:
                _update(connection, notices, {"batch": batch})
        return batch

    def delivered(self, notices: Sequence[Waiting], now: dt.datetime) -> None:
        """Note that a channel has taken notices."""
        with self._database.writing() as connection:
            values = {"state": "delivered", "done_at": stamp(now), "problem": None}
            _update(connection, notices, {**values, "attempts": s.watch_notices.c.attempts + 1})

    def failed(self, notices: Sequence[Waiting], problem: str, due: dt.datetime | None, now: dt.datetime) -> None:
        """Note that a channel has not taken notices, why, and when they are due again; without `due` they are given
        up."""
        values: dict[str, Any] = {"problem": problem, "attempts": s.watch_notices.c.attempts + 1}
        if due is None:
            values |= {"state": "given_up", "done_at": stamp(now)}
        else:
            values["due"] = stamp(due)
        with self._database.writing() as connection:
            _update(connection, notices, values)

    def next_due(self, channel: str) -> dt.datetime | None:
        """When the first notice that waits for a channel is due."""
        n = s.watch_notices.c
        own = select(n.due).where(n.channel == channel, n.state == "waiting").order_by(n.number).limit(1)
        with self._database.reading() as connection:
            due: str | None = connection.scalar(own)
        return moment(due)

    def channels(self) -> dict[str, ChannelState]:
        """Every channel that ever had a notice, in numbers."""
        n = s.watch_notices.c
        state = {name: func.sum(case((n.state == name, 1), else_=0)) for name in ("waiting", "delivered", "given_up")}
        last = func.max(case((n.state == "delivered", n.done_at)))
        with self._database.reading() as connection:
            problems = connection.execute(
                select(n.channel, n.problem).where(n.problem.is_not(None), n.state != "delivered").order_by(n.number)
            )
            problem = {row.channel: row.problem for row in problems}
            query = select(n.channel, *(c.label(k) for k, c in state.items()), last.label("last")).group_by(n.channel)
            return {
                r.channel: ChannelState(
                    int(r.waiting), int(r.delivered), int(r.given_up), r.last, problem.get(r.channel)
                )
                for r in connection.execute(query)
            }

    def filters(self) -> dict[str, int]:
        """How many incidents each filter has told of, for every filter that has begun."""
        t = s.watch_told.c
        with self._database.reading() as connection:
            begun = dict.fromkeys(connection.scalars(select(s.watch_filters.c.name)), 0)
            query = select(t.filter, func.count().label("n")).where(t.revision > 0).group_by(t.filter)
            return begun | {row.filter: row.n for row in connection.execute(query)}

    def clear(self, now: dt.datetime) -> None:
        """Throw away notices that have long been done with."""
        n = s.watch_notices.c
        with self._database.writing() as connection:
            connection.execute(delete(s.watch_notices).where(n.state != "waiting", n.done_at < stamp(now - _KEPT)))


# --- filters that begin -----------------------------------------------------------------------------------------------


def _filter_row(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(select(s.watch_filters).where(s.watch_filters.c.name == name)).first()


def _anew(connection: Connection, question: Question) -> bool:
    connection.execute(delete(s.watch_told).where(s.watch_told.c.filter == question.name))
    connection.execute(delete(s.watch_filters).where(s.watch_filters.c.name == question.name))
    last = connection.scalar(select(func.max(s.incident_changes.c.number))) or 0
    tells = question.existing == "tell"
    connection.execute(
        insert(s.watch_filters).values(
            name=question.name,
            digest=question.digest,
            seen=0 if tells else last,
            position=None if tells or not last else "",
        )
    )
    return tells or not last


def _know(connection: Connection, question: Question, teller: Teller, position: str) -> bool:
    """Take the next incidents that the filter wants as known; whether these were the last."""
    i, f = s.incidents.c, s.watch_filters.c
    limits = conditions(question.wanted, connection.dialect.name)
    ids = list(connection.scalars(select(i.id).where(*limits, i.id > position).order_by(i.id).limit(TOGETHER)))
    there = set(_told(connection, question.name, ids))
    rows = [
        {"filter": question.name, "incident": id, "revision": 0, "kind": "new", "json": dumped(teller.snapshot(seen))}
        for id, seen in _all_seen(connection, question, set(ids) - there).items()
    ]
    if rows:
        connection.execute(insert(s.watch_told), rows)
    done = len(ids) < TOGETHER
    connection.execute(
        update(s.watch_filters).where(f.name == question.name).values(position=None if done else ids[-1])
    )
    return done


# --- incidents that have changed --------------------------------------------------------------------------------------


def _seen(connection: Connection, name: str) -> int:
    seen: int | None = connection.scalar(select(s.watch_filters.c.seen).where(s.watch_filters.c.name == name))
    return seen or 0


def _changes(connection: Connection, after: int, most: int) -> dict[str, int]:
    """The next incidents that changed, and the number of each one's last change."""
    c = s.incident_changes.c
    query = select(c.incident, c.number).where(c.number > after).order_by(c.number).limit(most)
    return {row.incident: row.number for row in connection.execute(query)}


def _told(connection: Connection, name: str, incidents: Collection[str]) -> dict[str, Told]:
    t = s.watch_told.c
    query = select(s.watch_told).where(t.filter == name, t.incident.in_(list(incidents)))
    rows = connection.execute(query) if incidents else ()
    return {row.incident: Told(row.revision, row.kind, json.loads(row.json)) for row in rows}


def _moved(connection: Connection, gone: Collection[str]) -> dict[str, str | None]:
    """Where incidents are now that are not there under their id any more."""
    m = s.members.c
    found: dict[str, str | None] = dict.fromkeys(gone)
    if gone:
        query = select(m.id, m.incident).where(m.id.in_(list(gone))).order_by(m.number)
        found |= {row.id: row.incident for row in connection.execute(query)}
    return found


def _all_seen(connection: Connection, question: Question, ids: Collection[str]) -> dict[str, Seen]:
    if not ids:
        return {}
    i = s.incidents.c
    dialect = connection.dialect.name

    def among(wanted: Filter) -> set[str]:
        return set(connection.scalars(select(i.id).where(i.id.in_(list(ids)), *conditions(wanted, dialect))))

    wanted, fresh = among(question.wanted), among(question.fresh)
    found: dict[str, Seen] = {}
    for row in connection.execute(select(i.id, i.json, i.standing, i.disputed).where(i.id.in_(list(ids)))):
        incident = decoded(RecordIncident, json.loads(row.json))
        found[row.id] = Seen(
            incident=incident,
            standing=row.standing,
            disputed=bool(row.disputed),
            reports=_reports(connection, incident.reports) if row.id in wanted else (),
            wanted=row.id in wanted,
            fresh=row.id in fresh,
        )
    return found


def _reports(connection: Connection, ids: Sequence[str]) -> tuple[ReportLine, ...]:
    return reports(connection, None, _REPORTS, None, ids[:_REPORTS])[0]


_REPORTS = 1000  # of one incident, at most


# --- notices ----------------------------------------------------------------------------------------------------------


def _note_told(connection: Connection, name: str, told: Mapping[str, Told | None]) -> None:
    t = s.watch_told.c
    if told:
        connection.execute(delete(s.watch_told).where(t.filter == name, t.incident.in_(list(told))))
    rows = [
        {"filter": name, "incident": id, "revision": t.revision, "kind": t.kind, "json": dumped(t.snapshot)}
        for id, t in told.items()
        if t is not None
    ]
    if rows:
        connection.execute(insert(s.watch_told), rows)


def _put_down(connection: Connection, notices: Sequence[Notice], channels: Sequence[str], now: dt.datetime) -> None:
    n = s.watch_notices.c
    last: int = connection.scalar(select(func.max(n.number))) or 0
    keys = [notice.key for notice in notices]
    query = select(n.key, n.channel).where(n.key.in_(keys))
    there = {(row.key, row.channel) for row in connection.execute(query)} if keys else set()
    rows = [
        {
            "key": notice.key,
            "channel": channel,
            "filter": notice.filter,
            "incident": notice.incident,
            "kind": notice.kind,
            "made_at": notice.made_at,
            "state": "waiting",
            "attempts": 0,
            "due": stamp(now),
            "json": dumped(notice.body),
        }
        for notice in notices
        for channel in channels
        if (notice.key, channel) not in there
    ]
    if rows:
        connection.execute(insert(s.watch_notices), [{"number": last + k, **row} for k, row in enumerate(rows, 1)])


def _update(connection: Connection, notices: Sequence[Waiting], values: Mapping[str, Any]) -> None:
    numbers = [each.number for each in notices]
    connection.execute(update(s.watch_notices).where(s.watch_notices.c.number.in_(numbers)).values(**values))


def _waiting(row: Row[Any]) -> Waiting:
    notice = Notice(row.key, row.filter, row.incident, row.kind, row.made_at, json.loads(row.json))
    return Waiting(row.number, notice, row.attempts, row.batch)
