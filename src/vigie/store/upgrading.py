"""Bringing a store up to date: its tables, then its record where that was derived by other rules."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from vigie.errors import StoreMissing
from vigie.store import schema as s
from vigie.store import settings, versions
from vigie.store.address import Address
from vigie.store.database import PATIENCE, Database
from vigie.store.rules import Rules
from vigie.store.store import Store
from vigie.store.versions import Migration


@dataclass(frozen=True, slots=True)
class Plan:
    """What bringing a store up to date takes: the migrations not gone yet, and whether its record (of so many reports)
    has to be derived anew."""

    address: str
    version: str
    newest: str
    steps: tuple[Migration, ...]
    derive: bool
    reports: int

    @property
    def nothing(self) -> bool:
        """The store is up to date."""
        return not self.steps and not self.derive


def plan(address: str, rules: Rules, patience: float = PATIENCE) -> Plan:
    """What it takes to bring a store up to date; nothing is changed. Raises StoreMissing, StoreUnavailable,
    StoreCorrupt or StoreNewer."""
    where = Address(address)
    database = Database(where, patience=patience)
    try:
        with database.reading() as connection:
            version = versions.version_of(connection)
            if version is None:
                raise StoreMissing(where.shown, "there is no store yet", "make one with `vigie init`")
            steps = versions.pending(connection, where.shown)
            reports = connection.scalar(select(func.count()).select_from(s.reports)) or 0
            derive = any(step.derive for step in steps) or not _derived_by(connection, rules)
            return Plan(where.shown, version, versions.newest(), steps, derive and reports > 0, reports)
    finally:
        database.close()


def upgrade(address: str, rules: Rules, patience: float = PATIENCE, *, derive: bool = False) -> Plan:
    """Bring a store up to date; what that took. With `derive` the record is derived anew in any case.

    Each migration is done wholly or not at all, and so is deriving: run it again where it was broken off. Raises as
    `plan` does.
    """
    needed = plan(address, rules, patience)
    needed = dataclasses.replace(needed, derive=needed.derive or derive)
    if needed.steps:
        database = Database(Address(address), patience=patience)
        try:
            versions.upgrade(database)
        finally:
            database.close()
    if needed.derive:
        with Store.open(address, rules=rules, patience=patience) as store:
            store.rebuild()
    return needed


def _derived_by(connection: Connection, rules: Rules) -> bool:
    return bool(settings.rules(connection) == settings.described(rules))
