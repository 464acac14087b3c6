"""Connections to the database of a store: how they are set up, reading and writing transactions.

One transaction writes at a time: on SQLite by `BEGIN IMMEDIATE`, on PostgreSQL by an advisory lock. So the record that
is derived inside a writing transaction is derived from everything that is there.
"""

from __future__ import annotations

import contextlib
import importlib.util
import sqlite3
from collections.abc import Iterator
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import QueuePool

from vigie.errors import StoreMissing, StoreUnavailable
from vigie.store.address import Address
from vigie.store.faults import translated

PATIENCE = 60.0
"""Seconds to wait for another writer."""
_APPLICATION = 0x76696769  # "vigi"
WRITER_LOCK = 0x7669676965  # "vigie": the number of the advisory lock


_PERMISSION = "ask for the permission to enter its folder, or name another store"


class _TakenBack(Exception):
    """Ends a transaction of which nothing is to be kept."""


class Database:
    """The database at an address. Nothing is opened before the first transaction.

    `create` lets a missing SQLite file come into being. Raises StoreUnavailable where the driver for PostgreSQL is not
    installed, StoreMissing where there is no file.
    """

    def __init__(self, address: Address, *, create: bool = False, patience: float = PATIENCE) -> None:
        self.address, self.patience = address, patience
        self.engine = _sqlite(address, create, patience) if address.kind == "sqlite" else _postgres(address)

    @property
    def is_sqlite(self) -> bool:
        return self.address.kind == "sqlite"

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees the store as it stands at its beginning, whatever others write meanwhile."""
        options = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with (
            translated(self.address.shown),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is the only one to write; all of it is kept, or nothing. Raises StoreBusy where another
        writer does not finish within `patience` seconds."""
        with (
            translated(self.address.shown),
            self.engine.connect().execution_options(vigie_writes=True) as connection,
            connection.begin(),
        ):
            if not self.is_sqlite:
                connection.execute(text(f"SET LOCAL lock_timeout = {int(self.patience * 1000)}"))
                connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})"))
            yield connection

    @contextlib.contextmanager
    def trying(self) -> Iterator[Connection]:
        """A transaction as `writing` gives, of which nothing is kept."""
        with contextlib.suppress(_TakenBack), self.writing() as connection:
            yield connection
            raise _TakenBack

    def prepare(self) -> None:
        """Set up a new SQLite file: many can read while one writes (a write-ahead log), and its header says what it is
        (`file vigie.db`). Nothing to do in PostgreSQL."""
        if self.is_sqlite:
            with translated(self.address.shown), self.engine.connect() as connection:
                # Outside a transaction: the journal cannot be changed in one.
                raw = connection.connection.dbapi_connection
                assert raw is not None
                raw.execute("PRAGMA journal_mode = WAL")
                raw.execute(f"PRAGMA application_id = {_APPLICATION}")

    def close(self) -> None:
        """Close the connections that are kept open."""
        self.engine.dispose()


def _sqlite(address: Address, create: bool, patience: float) -> Engine:
    file = address.file
    assert file is not None
    try:
        there = file.exists()
    except OSError as error:  # a folder on the way that may not be entered
        raise StoreUnavailable(address.shown, f"the file cannot be looked at: {error.strerror}", _PERMISSION) from error
    if not create and not there:
        raise StoreMissing(address.shown, "there is no such file", "make a store there with `vigie init`")
    # As a URI, so that a file that goes away is not silently made anew, empty.
    uri = f"file:{quote(str(file))}?mode={'rwc' if create else 'rw'}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")  # what is committed survives a power cut
            connection.execute("PRAGMA cache_size = -65536")
            connection.execute("PRAGMA temp_store = MEMORY")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=16)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("vigie_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(address: Address) -> Engine:
    if importlib.util.find_spec("psycopg") is None:
        raise StoreUnavailable(
            address.shown,
            "the driver for PostgreSQL is not installed",
            "install it with the extra: pip install 'vigie[postgres]'",
        )
    return create_engine(
        address.url, poolclass=QueuePool, pool_size=4, max_overflow=16, connect_args={"connect_timeout": 10}
    )
