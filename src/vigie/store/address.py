"""Where a store is: its address as given by a person, as the database library wants it, and as it may be shown."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from vigie.errors import StoreUnavailable

DEFAULT = "sqlite:///vigie.db"
VARIABLE = "VIGIE_STORE"
_KINDS = "give a file (vigie.db or sqlite:///vigie.db) or postgresql://user@host/database"


class Address:
    """A store's address: `url` for the database library, `shown` without a password, `file` where it is SQLite."""

    __slots__ = ("file", "shown", "url")

    def __init__(self, given: str) -> None:
        """Raises StoreUnavailable where `given` is no address of a kind of database that can hold a store."""
        self.url = _url(given)
        self.shown = self.url.set(drivername=self.kind).render_as_string(hide_password=True)
        self.file = Path(self.url.database) if self.kind == "sqlite" and self.url.database else None
        if self.kind == "sqlite" and (self.file is None or str(self.file) == ":memory:" or self.url.query):
            raise StoreUnavailable(self.shown, "a store in SQLite is a plain file", _KINDS)

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.url.get_backend_name()


def from_environment() -> str:
    """The address that the environment names, else the file vigie.db here."""
    return os.environ.get(VARIABLE) or DEFAULT


def _url(given: str) -> URL:
    if "://" not in given:
        return URL.create("sqlite", database=given)
    try:
        url = make_url(given)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise StoreUnavailable("store", "the address cannot be read", _KINDS) from error
    if backend in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreUnavailable(f"{backend}://…", f"a store cannot be kept in {backend!r}", _KINDS)
    return url.set(drivername="sqlite")
