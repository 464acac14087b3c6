"""What is known of watched feeds between two polls: validators, failures, when each is due; the hosts they are on, and
the pages that their entries lead to."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from vigie.model import Report
from vigie.model.contract import plain
from vigie.model.decoding import report_from
from vigie.store import schema as s
from vigie.store.database import Database
from vigie.store.keeping import dumped
from vigie.store.watch_times import moment, stamp

_TIMES = ("due", "polled_at", "fresh_at", "failing_since")
_KEPT = dt.timedelta(days=180)  # how long a page that is done with is remembered


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed after its last poll. `etag` and `modified` are the server's own words; `digest` is the hash of what was
    read last. `failures` counts those in a row, since `failing_since`; `problem` says what was wrong last, also where
    that was no failure. `moved_to` is the address that a permanent redirection gave."""

    name: str
    url: str
    due: dt.datetime
    polls: int = 0
    taken: int = 0
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    polled_at: dt.datetime | None = None
    fresh_at: dt.datetime | None = None
    failures: int = 0
    failing_since: dt.datetime | None = None
    status: int | None = None
    problem: str | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class HostState:
    """A host: when it was asked last, and before when it does not want to be asked again."""

    host: str
    asked_at: dt.datetime
    not_before: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class PageState:
    """A page that an entry of a feed leads to and that is still to be fetched. `entry` is the entry as a report: it is
    taken in itself where the page cannot be had."""

    feed: str
    url: str
    entry: Report
    due: dt.datetime
    failures: int = 0
    problem: str | None = None


class FeedStates:
    """The states in a store's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def feeds(self) -> dict[str, FeedState]:
        """All feeds that were ever polled, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(s.watch_feeds).order_by(s.watch_feeds.c.name))
            return {row.name: _feed(row) for row in rows}

    def hosts(self) -> dict[str, HostState]:
        """All hosts that were ever asked, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(s.watch_hosts))
            return {r.host: HostState(r.host, moment(r.asked_at), moment(r.not_before)) for r in rows}

    def keep(self, feed: FeedState, host: HostState | None = None, pages: Iterable[PageState] = ()) -> None:
        """Keep how a feed is after a poll, with its host and the pages to be fetched: all of it or nothing."""
        with self._database.writing() as connection:
            row = dataclasses.asdict(feed)
            _put(connection, s.watch_feeds, {**row, **{name: stamp(row[name]) for name in _TIMES}})
            if host is not None:
                _put_host(connection, host)
            if feed.polled_at is not None:
                _note_pages(connection, list(pages), feed.polled_at)

    def keep_host(self, host: HostState) -> None:
        """Keep when a host was asked."""
        with self._database.writing() as connection:
            _put_host(connection, host)

    # --- pages --------------------------------------------------------------------------------------------------------

    def pages(self, most: int) -> list[PageState]:
        """The pages to be fetched, the first due first: so many of each feed at most, that one with many does not hide
        the others."""
        p = s.watch_pages.c
        place = func.row_number().over(partition_by=p.feed, order_by=(p.due, p.report)).label("place")
        waiting = select(s.watch_pages, place).where(p.due.is_not(None)).subquery()
        query = select(waiting).where(waiting.c.place <= most)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(waiting.c.due, waiting.c.feed, waiting.c.report))
            return [_page(row) for row in rows]

    def pages_waiting(self) -> dict[str, int]:
        """How many pages of each feed are still to be fetched."""
        with self._database.reading() as connection:
            found: dict[str, int] = {}
            for name in connection.scalars(select(s.watch_pages.c.feed).where(s.watch_pages.c.due.is_not(None))):
                found[name] = found.get(name, 0) + 1
            return found

    def pages_known(self, feed: str, entries: Collection[str]) -> set[str]:
        """Of some entries of a feed, by the id of their report, those whose page is noted or done with."""
        p = s.watch_pages.c
        with self._database.reading() as connection:
            return set(connection.scalars(select(p.report).where(p.feed == feed, p.report.in_(list(entries)))))

    def page_done(self, page: PageState, host: HostState | None = None) -> None:
        """A page, or its entry, has been taken in."""
        self._page(page, {"due": None, "entry": None}, host)

    def page_failed(self, page: PageState, host: HostState | None = None) -> None:
        """A page could not be had; `page` says when it is due again, and why."""
        values = {"due": stamp(page.due), "failures": page.failures, "problem": page.problem}
        self._page(page, values, host)

    def _page(self, page: PageState, values: Mapping[str, Any], host: HostState | None) -> None:
        p = s.watch_pages.c
        with self._database.writing() as connection:
            connection.execute(
                update(s.watch_pages).where(p.feed == page.feed, p.report == page.entry.id).values(**values)
            )
            if host is not None:
                _put_host(connection, host)


def _put(connection: Connection, table: Any, row: Mapping[str, Any]) -> None:
    """Put a row in the place of the one with its key."""
    (key,) = table.primary_key.columns
    if connection.execute(update(table).where(key == row[key.name]).values(**row)).rowcount == 0:
        connection.execute(insert(table).values(**row))


def _put_host(connection: Connection, host: HostState) -> None:
    row = {"host": host.host, "asked_at": stamp(host.asked_at), "not_before": stamp(host.not_before)}
    _put(connection, s.watch_hosts, row)


def _note_pages(connection: Connection, pages: list[PageState], now: dt.datetime) -> None:
    p = s.watch_pages.c
    connection.execute(delete(s.watch_pages).where(p.due.is_(None), p.noted_at < stamp(now - _KEPT)))
    if not pages:
        return
    feed = pages[0].feed
    there = set(connection.scalars(select(p.report).where(p.feed == feed, p.report.in_([q.entry.id for q in pages]))))
    rows = [
        {
            "feed": page.feed,
            "report": page.entry.id,
            "url": page.url,
            "entry": _entry_json(page.entry),
            "due": stamp(page.due),
            "failures": page.failures,
            "problem": page.problem,
            "noted_at": stamp(now),
        }
        for page in {q.entry.id: q for q in pages}.values()
        if page.entry.id not in there
    ]
    if rows:
        connection.execute(insert(s.watch_pages), rows)


def _entry_json(entry: Report) -> str:
    # Latin-1 gives every byte a character of its own and takes it back.
    return dumped({**plain(dataclasses.replace(entry, raw=b"")), "raw": entry.raw.decode("latin-1")})


def _page(row: Row[Any]) -> PageState:
    told = json.loads(row.entry)
    entry = report_from(told, told["text"], told["raw"].encode("latin-1"))
    return PageState(row.feed, row.url, entry, moment(row.due), row.failures, row.problem)


def _feed(row: Row[Any]) -> FeedState:
    values = dict(row._mapping)
    return FeedState(**{**values, **{name: moment(values[name]) for name in _TIMES}})
