"""The store: one database that keeps reports, codings and decisions, and the record derived from them."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select

from vigie.errors import StoreCorrupt, StoreOutdated
from vigie.model import CodedReport, Report
from vigie.model.record import Decision, RecordIncident
from vigie.readers import Rejected
from vigie.store import asking, checks, deciding, fingerprint, keeping, log, provenance, rejections, settings, versions
from vigie.store import schema as s
from vigie.store.accounts import Accounts
from vigie.store.address import Address
from vigie.store.asking import Count, Entry, Page, ReportLine
from vigie.store.checks import Checked
from vigie.store.database import PATIENCE, Database
from vigie.store.deriving import Derivation
from vigie.store.filters import Filter, Order
from vigie.store.gold import GoldCodings
from vigie.store.inquiry import Inquiry
from vigie.store.keeping import Arrival, Taken
from vigie.store.loading import Memory
from vigie.store.log import Log
from vigie.store.provenance import Provenance
from vigie.store.rules import Rules
from vigie.store.watch_feeds import FeedStates
from vigie.store.watch_lock import watched_alone
from vigie.store.watch_notices import Notices

Clock = Callable[[], dt.datetime]
_ALL = Filter()


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
    incidents: int
    decisions: int
    rejected: int
    last_received: str | None


class Store:
    """An open store. Made by `Store.create` or `Store.open`; closed by `close`, or at the end of a `with`."""

    def __init__(self, database: Database, rules: Rules | None = None, clock: Clock = now) -> None:
        self._database, self._given, self._clock = database, rules, clock
        self._memory = Memory.of()
        self._log: Log | None = None  # as last read

    @classmethod
    def create(
        cls, address: str, *, rules: Rules | None = None, clock: Clock = now, patience: float = PATIENCE
    ) -> Store:
        """Make a store, with the newest tables, where there is none; open the one that is there.

        `rules` are those by which the record is derived, by default those of `vigie.record`. Raises StoreUnavailable,
        StoreCorrupt, StoreFull, StoreOutdated or StoreNewer.
        """
        database = Database(Address(address), create=True, patience=patience)
        try:
            with database.reading() as connection:
                fresh = versions.version_of(connection) is None
            if fresh:
                database.prepare()
                versions.upgrade(database)
        finally:
            database.close()
        return cls.open(address, rules=rules, clock=clock, patience=patience)

    @classmethod
    def open(cls, address: str, *, rules: Rules | None = None, clock: Clock = now, patience: float = PATIENCE) -> Store:
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
        return cls(database, rules, clock)

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

    @property
    def accounts(self) -> Accounts:
        """The people who work at the desk."""
        return Accounts(self._database, self._clock)

    @property
    def gold(self) -> GoldCodings:
        """What people coded by hand."""
        return GoldCodings(self._database, self._stamp)

    @property
    def feeds(self) -> FeedStates:
        """What is known of the feeds that are watched."""
        return FeedStates(self._database)

    @property
    def notices(self) -> Notices:
        """What saved filters have told, and what is still to be told."""
        return Notices(self._database)

    def watched_alone(self) -> contextlib.AbstractContextManager[None]:
        """Be the only one that watches into this store, for as long as the context lasts. Raises StoreBusy where
        another does."""
        return watched_alone(self._database)

    # --- taking in ----------------------------------------------------------------------------------------------------

    def add(self, arrivals: Sequence[Arrival], producer: str) -> list[Taken | Rejected]:
        """Take in coded reports and link what they tell with what is there: one transaction, all or nothing. What
        became of each, in order. `producer` names the coder and its version.

        Raises StoreOutdated where the record was derived by other rules than these.
        """
        with self._writing() as connection:
            self._require_own_rules(connection)
            outcomes = keeping.take_in(connection, arrivals, producer, self._stamp())
            self._derive(connection, [o for o in outcomes if isinstance(o, Taken)])
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

    def rebuild(self) -> None:
        """Derive the whole record anew from reports and decisions, by this store's rules."""
        with self._writing() as connection:
            self._derivation(connection).rebuild(self._log_now(connection).pins)
            settings.note_rules(connection, self._rules)

    def check(self, *, full: bool = False) -> Checked:
        """Whether the store is sound (`vigie.store.checks`). With `full` everything is looked at and the whole record
        is derived again, which keeps others from writing meanwhile; nothing is changed either way."""
        with self._database.reading() as connection:
            found = checks.kept(connection, self.address, full=full)
            if any(fault.what == "decisions" for fault in found.faults):
                return found  # what is derived rests on the log
            sample = checks.derived(
                self._derivation(connection), connection, self.address, described=settings.described(self._rules)
            )
        found = Checked({**found.counted, **sample.counted}, (*found.faults, *sample.faults))
        if not full or sample.faults:
            return found
        with self._database.trying() as connection:
            whole = checks.rebuilt(self._derivation(connection), connection, self._log_now(connection))
        return Checked({**found.counted, **whole.counted}, (*found.faults, *whole.faults))

    # --- deciding -----------------------------------------------------------------------------------------------------

    def decide(self, decision: Decision, expected: str | None = None) -> Decision:
        """Add a decision to the log and derive anew what it changes; the decision with its number and hash.

        `expected` is the hash of the last decision that whoever decides has seen (`log_hash`). Raises DecisionConflict
        where another has been made since, DecisionError where the decision makes no sense or speaks of what is not in
        the record, StoreOutdated as `add` does.
        """
        with self._writing() as connection:
            self._require_own_rules(connection)
            before = self._log_now(connection)
            deciding.require_known(connection, decision)
            after = log.append(connection, before, decision, expected, self.address)
            keys, speakers = deciding.reach(connection, before, after)
            Derivation(connection, self._rules, self._memory, after.decided, after.sources).decided_anew(keys, speakers)
        self._log = after
        return after.lines[-1]

    def foreseen(self, decision: Decision) -> tuple[RecordIncident, ...]:
        """The incidents that would hold the members which a decision speaks of, if it were made now, the one of most
        reports first. Nothing is kept. Raises as `decide`."""
        with self._database.writing() as connection:
            self._require_own_rules(connection)
            before = self._log_now(connection)
            deciding.require_known(connection, decision)
            after = log.append(connection, before, decision, None, self.address)
            keys, speakers = deciding.reach(connection, before, after)
            # A memory of its own: nothing that is only tried may be remembered.
            trial = Derivation(connection, self._rules, Memory.of(), after.decided, after.sources)
            trial.decided_anew(keys, speakers)
            found = Inquiry(connection, lambda: self._rules, Memory.of(), after).holding(keys)
            connection.rollback()
        return found

    def decisions(self) -> tuple[Decision, ...]:
        """The log of decisions, the first one first."""
        with self._database.reading() as connection:
            return self._log_now(connection).lines

    def log_hash(self) -> str:
        """The hash of the last decision, "" where there is none."""
        with self._database.reading() as connection:
            return self._log_now(connection).hash

    # --- asking -------------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def inquiry(self) -> Iterator[Inquiry]:
        """Questions to the store, all of them answered as it stands now."""
        with self._database.reading() as connection:
            yield Inquiry(connection, lambda: self._rules, self._memory, self._log_now(connection), self.address)

    # --- notes beside the record --------------------------------------------------------------------------------------

    def note(self, name: str, value: Any) -> None:
        """Note a JSON value under a name: how the store is used, no part of the record."""
        with self._database.writing() as connection:
            settings.note(connection, name, value)

    def noted(self, name: str) -> Any:
        """What was noted under a name, None where nothing was."""
        with self._database.reading() as connection:
            return settings.noted(connection, name)

    # --- what is kept -------------------------------------------------------------------------------------------------

    def report(self, report_id: str) -> CodedReport | None:
        """A report with the coding that counts, None where there is none of that id. Raises StoreCorrupt where what is
        kept cannot be read."""
        with self._database.reading() as connection:
            row = connection.execute(keeping.coded_reports().where(s.reports.c.id == report_id)).first()
            return self._coded(row) if row is not None else None

    def provenance(self, report_id: str) -> Provenance | None:
        """How a report came in and was coded, None where there is none of that id."""
        with self._database.reading() as connection:
            return provenance.provenance(connection, report_id)

    def raw(self, report_id: str) -> bytes | None:
        """The bytes of a report as received, None where there is none of that id. Raises StoreCorrupt."""
        with self._database.reading() as connection:
            try:
                return provenance.raw(connection, report_id)
            except ValueError as error:
                raise StoreCorrupt(self.address, f"a report cannot be read: {error}", "run `vigie check`") from error

    def reports(self) -> Iterator[CodedReport]:
        """All reports with the coding that counts, in the order of their ids."""
        with self._database.reading() as connection:
            for row in connection.execute(keeping.coded_reports().order_by(s.reports.c.id)).yield_per(100):
                yield self._coded(row)

    def uncoded(self, producer: str) -> Iterator[tuple[str, Report]]:
        """The reports that a producer has not coded, as they were read, each with where that was, in the order of their
        ids. Reports may be coded while they are drawn."""
        last: str | None = ""
        while last is not None:
            with self._database.reading() as connection:
                some = keeping.uncoded(connection, producer, last)
            yield from some
            last = some[-1][1].id if some else None

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
                incidents=count(s.incidents),
                decisions=count(s.decisions),
                rejected=count(s.rejected),
                last_received=connection.scalar(select(func.max(s.reports.c.received_at))),
            )

    def homes(self) -> dict[str, str]:
        """Which record incident each reported incident is in, by key and id."""
        with self._database.reading() as connection:
            rows = connection.execute(select(s.members.c.key, s.members.c.incident).order_by(s.members.c.key))
            return {row.key: row.incident for row in rows}

    def standings(self) -> dict[str, str]:
        """What has become of each report, by id: `counts`, `superseded` or `withdrawn`."""
        with self._database.reading() as connection:
            query = select(s.reports.c.id, s.standings.c.standing).join(s.reports).order_by(s.reports.c.id)
            return {row.id: row.standing for row in connection.execute(query)}

    # --- asking -------------------------------------------------------------------------------------------------------

    def incidents(
        self, wanted: Filter = _ALL, *, order: Order = "newest", size: int = 50, after: str | None = None
    ) -> Page:
        """A page of incidents; `after` is the `next` of the page before. Raises QueryError."""
        with self._database.reading() as connection:
            return asking.incidents(connection, wanted, order, size, after)

    def count_by(self, column: str, wanted: Filter = _ALL) -> list[Count]:
        """How many of the incidents wanted there are of each type, country, month, period or value of a facet, the most
        frequent first. Raises QueryError."""
        with self._database.reading() as connection:
            return asking.count_by(connection, wanted, column)

    def incident(self, incident_id: str) -> Entry | None:
        """The incident that an id finds, whether it has it now or had it before some merge or split; None for none."""
        with self._database.reading() as connection:
            return asking.incident(connection, incident_id)

    def report_lines(
        self, typed: str | None = None, *, size: int = 50, after: str | None = None, only: Sequence[str] = ()
    ) -> tuple[tuple[ReportLine, ...], str | None]:
        """A page of reports, the last published first, and where the next one begins: those found by what was typed,
        some by id, or all. Raises QueryError."""
        with self._database.reading() as connection:
            return asking.reports(connection, typed, size, after, only)

    def fingerprint(self) -> dict[str, str]:
        """A hash of each derived table that is the same for the same reports and decisions, in whatever order they came
        and in whatever database they are."""
        with self._database.reading() as connection:
            return fingerprint.fingerprint(connection)

    # --- inside -------------------------------------------------------------------------------------------------------

    def _derive(self, connection: Connection, taken: Iterable[Taken]) -> None:
        pins = self._log_now(connection).pins
        new = [t for t in taken if t.how == "new"]
        recoded = [t for t in taken if t.how == "recoded" and t.coding <= pins.get(t.coded.report.id, t.coding)]
        codings = {t.report: (t.coding, t.coded) for t in (*new, *recoded)}
        if codings:
            self._derivation(connection).take_in(codings, anew=[t.report for t in recoded])

    def _derivation(self, connection: Connection) -> Derivation:
        now = self._log_now(connection)
        return Derivation(connection, self._rules, self._memory, now.decided, now.sources)

    def _log_now(self, connection: Connection) -> Log:
        """The log as the transaction sees it; what was read of it before is not read again."""
        found = log.read(connection, self._log)
        self._log = found
        return found

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A writing transaction. One that fails takes its numbers back, which another may then give to another report:
        so nothing that it remembered may be believed."""
        try:
            with self._database.writing() as connection:
                yield connection
        except BaseException:
            self._memory = Memory.of()
            raise

    def _require_own_rules(self, connection: Connection) -> None:
        noted = settings.rules(connection)
        if noted is None and connection.scalar(select(s.reports.c.seq).limit(1)) is None:  # nothing to derive from yet
            settings.note_rules(connection, self._rules)
        elif noted != settings.described(self._rules):
            raise StoreOutdated(
                self.address,
                "the record was derived by rules of another version",
                "derive it anew with `vigie migrate`: reports and decisions stay as they are",
            )

    def _coded(self, row: Row[Any]) -> CodedReport:
        try:
            return keeping.coded_of(row.json, row.text, keeping.unpacked(row.packing, row.bytes))
        except (ValueError, KeyError) as error:
            raise StoreCorrupt(self.address, f"a report cannot be read: {error}", "run `vigie check`") from error

    @property
    def _rules(self) -> Rules:
        if self._given is None:
            from vigie.store.usual_rules import UsualRules  # here: who only asks a store need not load what links

            self._given = UsualRules()
        return self._given

    def _stamp(self) -> str:
        return self._clock().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
