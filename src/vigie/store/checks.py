"""Whether a store is sound: the database itself, the bytes, the words behind every value, the log, the derived record.

Every check names what is wrong, where, and the way out. What is kept is looked at as a whole or, in a large store, in a
sample spread evenly over it; the record is derived again for a sample, or with `full` as a whole in a transaction that
is then taken back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from vigie.errors import StoreCorrupt
from vigie.store import fingerprint, keeping, log, settings
from vigie.store import schema as s
from vigie.store.deriving import Derivation
from vigie.store.keeping import claim_rows, coded_of, tally_rows, unpacked
from vigie.store.log import Log
from vigie.store.many import chosen

SAMPLE = 2000
"""Rows of each kind looked at in a large store, unless the check is a full one."""
_RESTORE = "restore a backup (`vigie restore`)"
_DERIVE = "derive the record anew: `vigie migrate --derive`"
_MOST = 20  # faults of one kind that are listed


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be: `what` kind of check found it, where, why, and the way out."""

    what: str
    where: str
    reason: str
    way_out: str

    def line(self) -> str:
        """One line for a person."""
        return f"{self.what}: {self.where}: {self.reason} ({self.way_out})"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, in numbers, and the faults found."""

    counted: Mapping[str, int]
    faults: tuple[Fault, ...]


def kept(connection: Connection, where: str, *, full: bool) -> Checked:
    """Check the database and what is kept, in a reading transaction."""
    counted: dict[str, int] = {}
    faults: list[Fault] = []
    for what, found in (
        ("database", _database(connection, where, full=full)),
        ("guards", _guards(connection)),
        ("raw", _raw(connection, full=full, counted=counted)),
        ("codings", _codings(connection, full=full, counted=counted)),
        ("words", _words(connection)),
        ("decisions", _log(connection, where, counted)),
    ):
        some = []
        for fault in found:
            some.append(fault)
            if len(some) >= _MOST:
                some.append(Fault(what, where, f"more than {_MOST} faults of this kind", "see the first ones"))
                break
        faults += some
    return Checked(counted, tuple(faults))


def derived(derivation: Derivation, connection: Connection, where: str, *, described: Any) -> Checked:
    """Derive a sample of the record again and compare; nothing is written."""
    if settings.rules(connection) != described and connection.scalar(select(s.reports.c.seq).limit(1)) is not None:
        fault = Fault("record", where, "it was derived by rules of another version", "run `vigie migrate`")
        return Checked({}, (fault,))
    sample = _every(connection, s.members, s.members.c.number, full=False)
    faults = tuple(Fault("record", w, reason, _DERIVE) for w, reason in derivation.differences(sample))
    orphans = tuple(_orphans(connection))
    return Checked({"reported incidents derived again": len(sample)}, (*faults[:_MOST], *orphans))


def rebuilt(derivation: Derivation, connection: Connection, log_now: Log) -> Checked:
    """Derive the whole record again and compare, in a writing transaction that the caller takes back."""
    words = (
        () if keeping.words_fit(connection) else (Fault("words", "report_words", "not the reports' words", _DERIVE),)
    )
    before = fingerprint.fingerprint(connection)
    derivation.rebuild(log_now.pins)
    after = fingerprint.fingerprint(connection)
    count = connection.scalar(select(func.count()).select_from(s.incidents)) or 0
    faults = tuple(
        Fault("record", table, "its rows are not what the reports and decisions give", _DERIVE)
        for table in before
        if before[table] != after[table]
    )
    return Checked({"record incidents derived again": count}, (*words, *faults))


def _database(connection: Connection, where: str, *, full: bool) -> Iterator[Fault]:
    if connection.dialect.name != "sqlite":
        return  # PostgreSQL holds its own foreign keys, and its pages are the server's affair
    pragma = "integrity_check" if full else "quick_check"
    for row in connection.execute(text(f"PRAGMA {pragma}")):
        if row[0] != "ok":
            yield Fault("database", where, str(row[0]), _RESTORE)
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield Fault("database", f"{row[0]} row {row[1]}", f"points at a row of {row[2]} that is not there", _RESTORE)


def _guards(connection: Connection) -> Iterator[Fault]:
    """The triggers that refuse changes of what is kept."""
    if connection.dialect.name == "sqlite":
        there = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))
        wanted = {f"{t.name}_no_{what}": t.name for t in s.KEPT for what in ("update", "delete")}
    else:
        there = set(connection.scalars(text("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'")))
        wanted = {f"{t.name}_{what}": t.name for t in s.KEPT for what in ("append_only", "no_truncate")}
    for trigger, table in wanted.items():
        if trigger not in there:
            reason = f"the trigger {trigger}, which keeps it from being changed, is gone"
            yield Fault("guards", table, reason, "look at who may change the tables; " + _RESTORE)


def _raw(connection: Connection, *, full: bool, counted: dict[str, int]) -> Iterator[Fault]:
    r = s.raw.c
    sample = _every(connection, s.raw, r.sha256, full=full)
    counted["bytes of reports"] = len(sample)
    for row in chosen(connection, select(r.sha256, r.size, r.packing, r.bytes), r.sha256, sample, together=50):
        try:
            data = unpacked(row.packing, row.bytes)
        except ValueError as error:
            yield Fault("raw", row.sha256, str(error), _RESTORE)
            continue
        if hashlib.sha256(data).hexdigest() != row.sha256 or len(data) != row.size:
            yield Fault("raw", row.sha256, "the bytes do not have the hash or the size they came with", _RESTORE)


def _codings(connection: Connection, *, full: bool, counted: dict[str, int]) -> Iterator[Fault]:
    c, r = s.codings.c, s.reports.c
    sample = _every(connection, s.codings, c.seq, full=full)
    counted["codings"] = len(sample)
    counted["quotes"] = 0
    query = select(c.seq, c.sha256, c.json, c.producer, r.id, r.text).join(s.reports)
    claims, tallies = _by_coding(connection, s.claims, sample), _by_coding(connection, s.tallies, sample)
    for row in chosen(connection, query, c.seq, sample, together=500):
        place = f"report {row.id}, coded by {row.producer}"
        if keeping.digest(row.json) != row.sha256:
            yield Fault("codings", place, "the coding does not have the hash it was kept with", _RESTORE)
            continue
        try:
            value = json.loads(row.json)
            coded = coded_of(row.json, row.text)
        except (ValueError, KeyError) as error:
            yield Fault("codings", place, f"cannot be read: {error}", _RESTORE)
            continue
        for start, end, quote in _quotes(value):
            counted["quotes"] += 1
            if row.text[start:end] != quote:
                reason = f"{quote!r} is not what stands at {start}–{end} but {row.text[start:end]!r}"
                yield Fault("quotes", place, reason, _RESTORE)
        for table, wanted, there in (
            ("claims", claim_rows(row.seq, coded), claims), ("tallies", tally_rows(row.seq, coded), tallies),
        ):  # fmt: skip
            if sorted(map(_as_words, wanted)) != sorted(map(_as_words, there.get(row.seq, []))):
                yield Fault("codings", place, f"the rows of {table} are not those of the coding", _RESTORE)


def _words(connection: Connection) -> Iterator[Fault]:
    table = "report_words_docsize" if connection.dialect.name == "sqlite" else "report_words"
    indexed = connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0
    reports = connection.scalar(select(func.count()).select_from(s.reports)) or 0
    if indexed != reports:
        reason = f"{indexed:,} reports can be searched, {reports:,} are there"
        yield Fault("words", "report_words", reason, _DERIVE)


def _log(connection: Connection, where: str, counted: dict[str, int]) -> Iterator[Fault]:
    counted["decisions"] = connection.scalar(select(func.count()).select_from(s.decisions)) or 0
    try:
        log.verify(connection, where)
    except StoreCorrupt as error:
        yield Fault("decisions", where, error.reason, _RESTORE)


def _orphans(connection: Connection) -> Iterator[Fault]:
    """Every report counts for something, every member is in an incident that is there, every incident has members."""
    for what, query in (
        ("reports that nothing was derived from", select(s.reports.c.id).where(
            s.reports.c.seq.not_in(select(s.cards.c.report)))),
        ("reported incidents in no record incident", select(s.members.c.key).where(
            s.members.c.incident.is_(None) | s.members.c.incident.not_in(select(s.incidents.c.id)))),
        ("record incidents that nobody tells of", select(s.incidents.c.id).where(
            s.incidents.c.id.not_in(select(s.members.c.incident).where(s.members.c.incident.is_not(None))))),
    ):  # fmt: skip
        found = list(connection.scalars(query.limit(3)))
        if found:
            yield Fault("record", ", ".join(found), what, _DERIVE)


def _every(connection: Connection, table: Table, column: Any, *, full: bool) -> Sequence[Any]:
    """All values of a key, or so many spread evenly."""
    every = list(connection.scalars(select(column).order_by(column)))
    if full or len(every) <= SAMPLE:
        return every
    return [every[position * len(every) // SAMPLE] for position in range(SAMPLE)]


def _by_coding(connection: Connection, table: Table, codings: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in chosen(connection, select(table), table.c.coding, codings):
        found.setdefault(row.coding, []).append(dict(row._mapping))
    return found


def _as_words(row: Mapping[str, Any]) -> str:
    return json.dumps(row, sort_keys=True)


def _quotes(value: Any) -> Iterator[tuple[int, int, str]]:
    """Every span in a JSON value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            if one.keys() == {"start", "end", "quote"}:
                yield one["start"], one["end"], one["quote"]
            else:
                waiting.extend(one.values())
