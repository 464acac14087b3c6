"""Backups of a store and the way back from them.

A store in SQLite can be copied whole, while others write to it, into one file that is itself a store. Any store can be
written out as a portable backup (`vigie.store.portable`), and any backup be restored into any database. A backup
appears under its name only when it is complete; it is restored only where there is nothing yet.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select, text

from vigie.errors import BackupError, StoreNotEmpty
from vigie.store import keeping, portable, versions
from vigie.store import schema as s
from vigie.store.address import Address
from vigie.store.database import PATIENCE, Database
from vigie.store.faults import translated
from vigie.store.rules import Rules
from vigie.store.store import Store, now

_SQLITE_HEAD = b"SQLite format 3\x00"
_TOGETHER = 500  # rows written with one statement
_APART = ("sessions", "accounts")  # of the desk, no part of the record


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: the file, its kind (`sqlite`: a store of its own, `portable`: a ZIP archive), the reports in it and its
    size in bytes."""

    file: str
    kind: str
    reports: int
    size: int


def backup(address: str, file: Path, clock: Callable[[], dt.datetime] = now) -> Backup:
    """Write a backup of a store: portable where the file ends in `.zip`, else a copy of the SQLite file.

    Raises BackupError where the file is there already or cannot be written, or a copy is asked of a store that is not
    in SQLite; StoreMissing and the like where the store cannot be opened.
    """
    zipped = file.suffix.lower() == ".zip"
    where = Address(address)
    if file.exists():
        raise BackupError(str(file), "there is a file of that name", "give another name")
    if not zipped and where.file is None:
        raise BackupError(str(file), "a store in PostgreSQL is written out as a ZIP archive", "give a name in .zip")
    unfinished = file.with_name(f".{file.name}.unfinished")
    with Store.open(address) as store:
        try:
            if zipped:
                with store._database.reading() as connection:
                    rows = portable.write(connection, unfinished, clock().strftime("%Y-%m-%dT%H:%M:%SZ")).rows
                    reports = rows["reports"]
            else:
                reports = _copy(where, unfinished)
            _sync(unfinished)
            os.replace(unfinished, file)
        except OSError as error:
            reason = f"cannot be written: {error.strerror or error}"
            raise BackupError(str(file), reason, "look at the folder and the disk") from error
        finally:
            unfinished.unlink(missing_ok=True)
    return Backup(str(file), "portable" if zipped else "sqlite", reports, file.stat().st_size)


def restore(file: Path, address: str, rules: Rules | None = None, patience: float = PATIENCE) -> Backup:
    """Restore a backup into a store that is not there yet, or holds no report and no decision.

    Raises BackupError where the file is no backup or is damaged, StoreNotEmpty, StoreNewer, and the like where the
    store cannot be made. Where it is broken off the store is still empty, or says that its record has to be derived.
    """
    try:
        with file.open("rb") as stream:
            head = stream.read(len(_SQLITE_HEAD))
    except OSError as error:
        raise BackupError(str(file), f"cannot be read: {error.strerror or error}", "look at the path") from error
    where = Address(address)
    _require_empty(where, patience)
    if head == _SQLITE_HEAD:
        reports = _restore_copy(file, where, rules, patience)
    else:
        with portable.Archive(file) as archive:
            manifest = archive.manifest()
            reports = _fill(where, manifest.version, lambda table: archive.rows(manifest, table), rules, patience)
    return Backup(str(file), "sqlite" if head == _SQLITE_HEAD else "portable", reports, file.stat().st_size)


# --- copies of a SQLite file --------------------------------------------------------------------------------------


def _copy(where: Address, to: Path) -> int:
    """A copy of the store as it stands, without the accounts of the desk; the reports in it."""
    with (
        translated(where.shown),
        contextlib.closing(_read_only(where.file or Path())) as source,
        contextlib.closing(sqlite3.connect(to, isolation_level=None)) as copy,
    ):
        source.backup(copy, pages=2000)
        there = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        copy.execute("PRAGMA secure_delete = ON")
        for table in _APART:
            if table in there:
                copy.execute(f"DELETE FROM {table}")
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        reports: int = copy.execute("SELECT count(*) FROM reports").fetchone()[0]
        return reports


def _restore_copy(file: Path, where: Address, rules: Rules | None, patience: float) -> int:
    source = Database(Address(str(file)), patience=patience)
    try:
        with source.reading() as connection:
            version = versions.version_of(connection)
            if version is None:
                raise BackupError(str(file), "a SQLite database, and no store in it", "give a backup of vigie")
            versions.pending(connection, str(file))  # raises where it is newer than this package
            if where.file is not None and not where.file.exists():
                _copy_to_new(file, where)
                _bring_up(where, rules, patience)
                return connection.scalar(select(func.count()).select_from(s.reports)) or 0
            return _fill(where, version, lambda table: _rows_of(connection, table), rules, patience)
    finally:
        source.close()


def _copy_to_new(file: Path, where: Address) -> None:
    target = Database(where, create=True)
    target.prepare()
    with translated(where.shown), contextlib.closing(_read_only(file)) as source:
        raw = target.engine.raw_connection()
        try:
            driver = raw.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            source.backup(driver, pages=2000)
            driver.execute("PRAGMA journal_mode = WAL")
        finally:
            raw.close()
            target.close()


def _rows_of(connection: Connection, table: str) -> Iterator[dict[str, Any]]:
    if not inspect(connection).has_table(table):
        return
    reflected = Table(table, MetaData(), autoload_with=connection)
    for row in connection.execute(select(reflected)).yield_per(_TOGETHER):
        yield dict(row._mapping)


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)


# --- rows into any database ---------------------------------------------------------------------------------------


def _fill(
    where: Address,
    version: str,
    rows_of: Callable[[str], Iterator[dict[str, Any]]],
    rules: Rules | None,
    patience: float,
) -> int:
    """Make the tables as they were when the backup was made, fill them in one transaction, then bring the store up to
    date and derive the record; the number of reports."""
    database = Database(where, create=True, patience=patience)
    try:
        with database.reading() as connection:
            fresh = versions.version_of(connection) is None
        if fresh:
            database.prepare()
            versions.upgrade(database, to=version)
        with database.writing() as connection:
            _require_nothing_in(connection, where)
            reports = 0
            there = set(inspect(connection).get_table_names())
            for table in portable.CARRIED:
                if table.name not in there:
                    continue  # the backup is older than the table
                written = _insert(connection, table.name, rows_of(table.name))
                reports = written if table is s.reports else reports
    finally:
        database.close()
    _bring_up(where, rules, patience)
    return reports


def _insert(connection: Connection, name: str, rows: Iterator[dict[str, Any]]) -> int:
    """Write rows into a table as it is now, whatever version of it that is."""
    table = Table(name, MetaData(), autoload_with=connection)
    columns = {column.name: column for column in table.columns}
    batch: list[dict[str, Any]] = []
    written = 0

    def flush() -> None:
        if batch:
            connection.execute(insert(table), batch)
            if name == "reports":
                keeping.index_words(connection, batch)
            batch.clear()

    for row in rows:
        batch.append(portable.with_bytes(row, columns))
        written += 1
        if len(batch) >= _TOGETHER:
            flush()
    flush()
    return written


def _bring_up(where: Address, rules: Rules | None, patience: float) -> None:
    from vigie.store.upgrading import upgrade

    if rules is None:
        from vigie.store.usual_rules import UsualRules  # here: it takes a while to load

        rules = UsualRules()
    upgrade(where.url.render_as_string(hide_password=False), rules, patience)


def _require_empty(where: Address, patience: float) -> None:
    if where.file is not None and not where.file.exists():
        return
    database = Database(where, patience=patience)
    try:
        with database.reading() as connection:
            if versions.version_of(connection) is not None:
                versions.require_newest(connection, where.shown)
                _require_nothing_in(connection, where)
            elif where.file is not None and inspect(connection).get_table_names():
                raise StoreNotEmpty(where.shown, "there is another database in the file", "give another file")
    finally:
        database.close()


def _require_nothing_in(connection: Connection, where: Address) -> None:
    for table in (s.reports, s.decisions):
        if connection.scalar(select(text("1")).select_from(table).limit(1)) is not None:
            raise StoreNotEmpty(
                where.shown, f"there are {table.name} in it already", "restore into a new store (`--store`)"
            )


def _sync(file: Path) -> None:
    with file.open("rb") as stream:
        os.fsync(stream.fileno())
