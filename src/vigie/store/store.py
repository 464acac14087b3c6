"""The store: one database that keeps reports, codings and decisions, and the record derived from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from sqlalchemy import Row, Table, func, select

from vigie.errors import StoreCorrupt
from vigie.model import CodedReport, Report
from vigie.readers import Rejected
from vigie.store import keeping, rejections, versions
from vigie.store import schema as s
from vigie.store.address import Address
from vigie.store.database import PATIENCE, Database
from vigie.store.keeping import Arrival, Taken

Clock = Callable[[], dt.datetime]


def now() -> dt.datetime:
    """The time of day, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Status:
    """What is in a store, in numbers."""

    address: str
    version: str
    reports: int
    codings: int
    claims: int
    decisions: int
    rejected: int
    last_received: str | None


class Store:
    """An open store. Made by `Store.create` or `Store.open`; closed by `close`, or at the end of a `with`."""

    def __init__(self, database: Database, clock: Clock = now) -> None:
        self._database, self._clock = database, clock

    @classmethod
    def create(cls, address: str, *, clock: Clock = now, patience: float = PATIENCE) -> Store:
        """Make a store, with the newest tables, where there is none; open the one that is there.

        Raises StoreUnavailable, StoreCorrupt, StoreFull, StoreOutdated or StoreNewer.
        """
        where = Address(address)
        database = Database(where, create=True, patience=patience)
        try:
            with database.reading() as connection:
                fresh = versions.version_of(connection) is None
            if fresh:
                database.prepare()
                versions.upgrade(database)
        except BaseException:
            database.close()
            raise
        database.close()
        return cls.open(address, clock=clock, patience=patience)

    @classmethod
    def open(cls, address: str, *, clock: Clock = now, patience: float = PATIENCE) -> Store:
        """Open the store at an address (`sqlite:///vigie.db`, a path, `postgresql://…`).

        Raises StoreMissing, StoreUnavailable, StoreCorrupt, StoreOutdated or StoreNewer.
        """
        where = Address(address)
        database = Database(where, patience=patience)
        try:
            with database.reading() as connection:
                versions.require_newest(connection, where.shown)
        except BaseException:
            database.close()
            raise
        return cls(database, clock)

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def address(self) -> str:
        """The address without the password."""
        return self._database.address.shown

    # --- taking in ----------------------------------------------------------------------------------------------------

    def add(self, arrivals: Sequence[Arrival], producer: str) -> list[Taken | Rejected]:
        """Take in coded reports and link what they tell with what is there: one transaction, all or nothing. What
        became of each, in order. `producer` names the coder and its version."""
        with self._database.writing() as connection:
            outcomes = keeping.take_in(connection, arrivals, producer, self._stamp())
            accepted = [a.found_at for a, o in zip(arrivals, outcomes, strict=True) if isinstance(o, Taken)]
            rejections.clear(connection, accepted)
            rejections.note(connection, [o for o in outcomes if isinstance(o, Rejected)], self._stamp())
            return outcomes

    def known(self, reports: Sequence[Report], producer: str) -> set[tuple[str, str]]:
        """Of some reports, the (id, hash of the bytes) of those that are kept and coded by this producer."""
        with self._database.reading() as connection:
            return keeping.known_ids(connection, reports, producer)

    def reject(self, rejected: Iterable[Rejected]) -> None:
        """Keep what could not be taken in, with its reason. The same place with the same reason is kept once."""
        with self._database.writing() as connection:
            rejections.note(connection, list(rejected), self._stamp())

    def rejections(self) -> list[Rejected]:
        """What could not be taken in and has not been since, by place."""
        with self._database.reading() as connection:
            return rejections.listed(connection)

    # --- what is kept -------------------------------------------------------------------------------------------------

    def report(self, report_id: str) -> CodedReport | None:
        """A report with its newest coding, None where there is none of that id. Raises StoreCorrupt where what is kept
        cannot be read."""
        with self._database.reading() as connection:
            row = connection.execute(keeping.newest_codings().where(s.reports.c.id == report_id)).first()
            return self._coded(row) if row is not None else None

    def reports(self) -> Iterator[CodedReport]:
        """All reports with their newest coding, in the order of their ids."""
        with self._database.reading() as connection:
            for row in connection.execute(keeping.newest_codings().order_by(s.reports.c.id)).yield_per(100):
                yield self._coded(row)

    def status(self) -> Status:
        """What is in the store, in numbers."""
        with self._database.reading() as connection:

            def count(table: Table) -> int:
                return connection.scalar(select(func.count()).select_from(table)) or 0

            return Status(
                address=self.address,
                version=versions.version_of(connection) or "",
                reports=count(s.reports),
                codings=count(s.codings),
                claims=count(s.claims),
                decisions=count(s.decisions),
                rejected=count(s.rejected),
                last_received=connection.scalar(select(func.max(s.reports.c.received_at))),
            )

    def _coded(self, row: Row[Any]) -> CodedReport:
        try:
            return keeping.coded_of(row.json, row.text, keeping.unpacked(row.packing, row.bytes))
        except (ValueError, KeyError) as error:
            raise StoreCorrupt(self.address, f"a report cannot be read: {error}", "run `vigie check`") from error

    def _stamp(self) -> str:
        return self._clock().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
