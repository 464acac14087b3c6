"""What a database says when something is wrong, as the errors of this package."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from vigie.errors import (
    StoreBusy,
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreMissing,
    StoreUnavailable,
)

_RESTORE = "run `vigie check`; what is kept in a backup can be had again with `vigie restore`"
# Primary result codes of SQLite (the low byte of the extended code), https://sqlite.org/rescode.html
SQLITE: dict[int, tuple[type[StoreError], str, str]] = {
    3: (StoreUnavailable, "access to the file is not permitted", "look at its permissions"),
    5: (StoreBusy, "another process is writing to it", "wait until it has finished and try again"),
    6: (StoreBusy, "another process is writing to it", "wait until it has finished and try again"),
    8: (StoreFull, "the file, or the folder it is in, may only be read", "give write permission to both"),
    10: (StoreFull, "the disk cannot be read or written", "look whether it is full or failing"),
    11: (StoreCorrupt, "the file is damaged", _RESTORE),
    13: (StoreFull, "no room is left on the disk", "make room and run the command again: nothing is lost"),
    14: (StoreUnavailable, "the file cannot be opened", "look at the path and its permissions"),
    26: (StoreCorrupt, "the file is no SQLite database", "give another address, or restore a backup"),
}
# Classes and codes of PostgreSQL, https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRES: dict[str, tuple[type[StoreError], str, str]] = {
    "55P03": (StoreBusy, "another process is writing to it", "wait until it has finished and try again"),
    "57014": (StoreBusy, "the database stopped the statement", "try again"),
    "40001": (StoreBusy, "another process was writing to it", "try again"),
    "40P01": (StoreBusy, "another process was writing to it", "try again"),
    "53100": (StoreFull, "no room is left on the server's disk", "make room and run the command again"),
    "53": (StoreUnavailable, "the server is short of resources", "try again later"),
    "25006": (StoreFull, "the database may only be read", "give another address, or another user"),
    "3D000": (StoreMissing, "there is no such database", "create it (`createdb`), then run `vigie init`"),
    "28": (StoreUnavailable, "the server lets this user not in", "look at user and password"),
    "42501": (StoreUnavailable, "this user may not do that", "give the user rights on the schema"),
    "08": (StoreUnavailable, "the connection broke off", "look whether the server runs, then try again"),
    "57P": (StoreUnavailable, "the server is stopping or starting", "try again"),
    "XX": (StoreCorrupt, "the database is damaged", _RESTORE),
}


@contextlib.contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn what the database library raises about the store `where` into a StoreError; what is a fault of ours (a
    statement that makes no sense, a broken constraint) goes through as it is."""
    try:
        yield
    except NoSuchModuleError as error:
        raise StoreUnavailable(where, str(error)) from error
    except DBAPIError as error:
        known = _known(where, error.orig)
        if known is None:
            raise
        raise known from error
    except sqlite3.Error as error:
        known = _known(where, error)
        if known is None:
            raise
        raise known from error


def _known(where: str, error: BaseException | None) -> StoreError | None:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        found = SQLITE.get(code & 0xFF) if isinstance(code, int) else None
    else:
        state = getattr(error, "sqlstate", None)
        if state is None:
            return _not_connected(where, str(error)) if type(error).__name__ == "OperationalError" else None
        found = next((_POSTGRES[state[:n]] for n in (5, 3, 2) if state[:n] in _POSTGRES), None)
    if found is None:
        return None
    kind, reason, way_out = found
    return kind(where, reason, way_out)


def _not_connected(where: str, words: str) -> StoreError:
    """Why a connection to PostgreSQL did not come about: its code is lost on the way, so that the words are read."""
    for words_of_server, state in (("does not exist", "3D000"), ("authentication failed", "28")):
        if words_of_server in words:
            kind, reason, way_out = _POSTGRES[state]
            return kind(where, reason, way_out)
    reason = words.strip().splitlines()[0] if words.strip() else "no answer"
    return StoreUnavailable(where, f"the server cannot be reached: {reason}", "look whether it runs")
