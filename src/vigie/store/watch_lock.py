"""One watcher at a time: two would poll every feed twice and tell everything twice.

The lock is the operating system's, or the database server's: it goes away with the process that holds it, however that
ends, and nothing has to be cleared up.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from vigie.errors import StoreBusy, StoreFull
from vigie.store.database import Database
from vigie.store.faults import translated

_NUMBER = 0x7669676966  # of the advisory lock; the writer's is one less


@contextlib.contextmanager
def watched_alone(database: Database) -> Iterator[None]:
    """Hold the lock of the watcher of a store. Raises StoreBusy where another process holds it."""
    if database.address.file is not None:
        with _locked_file(database, database.address.file):
            yield
        return
    with translated(database.address.shown), database.engine.connect() as connection:
        if not connection.scalar(text(f"SELECT pg_try_advisory_lock({_NUMBER})")):
            raise _taken(database)
        connection.commit()  # the lock belongs to the session: no transaction need stay open
        try:
            yield
        finally:
            with contextlib.suppress(Exception):  # a connection that is lost has lost its lock
                connection.execute(text(f"SELECT pg_advisory_unlock({_NUMBER})"))
                connection.commit()


@contextlib.contextmanager
def _locked_file(database: Database, store: Path) -> Iterator[None]:
    """A lock on a file beside the store: on the store's own, it would meet those of SQLite."""
    path = store.with_name(store.name + "-watch")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        reason = f"the lock of the watcher cannot be made: {error.strerror}"
        raise StoreFull(database.address.shown, reason, f"look at the permissions of {path}") from error
    try:
        try:
            _lock(handle)
        except OSError as error:
            raise _taken(database) from error
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    """Raises OSError where another process holds the lock."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _taken(database: Database) -> StoreBusy:
    way_out = "stop the other one first, or wait until it has finished"
    return StoreBusy(database.address.shown, "another `vigie watch` works with this store", way_out)
