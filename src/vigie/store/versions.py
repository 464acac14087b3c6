"""Versions of the tables: which one a store has, and the way from an older one to the newest.

Each migration runs in a transaction of its own that holds the writer's lock, so that it is done wholly or not at all,
and two processes that migrate at once do it once.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from vigie.errors import StoreMissing, StoreNewer, StoreOutdated
from vigie.store.database import Database

_SCRIPTS = Path(__file__).with_name("migrations")
_VERSIONS = _SCRIPTS / "versions"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: the version it leads to, what it does, and whether the record has to be derived anew after it."""

    version: str
    what: str
    derive: bool


@cache
def migrations() -> tuple[Migration, ...]:
    """All steps, the oldest first: one file each, named by its version (`m0001_kept.py`)."""
    files = sorted(_VERSIONS.glob("m[0-9]*.py"))
    return tuple(map(_migration, files))


def _migration(file: Path) -> Migration:
    tree = ast.parse(file.read_text("utf-8"))
    what = (ast.get_docstring(tree) or "").splitlines()[0]
    derive = any(isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "DERIVE_ANEW" for n in tree.body)
    return Migration(file.name[1:].split("_")[0], what, derive)


def newest() -> str:
    """The version that this package works with."""
    return migrations()[-1].version


def version_of(connection: Connection) -> str | None:
    """The version of the store's tables; None where there is no store."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def pending(connection: Connection, where: str) -> tuple[Migration, ...]:
    """The steps that a store has not gone yet. Raises StoreNewer where it has gone one that is not known here."""
    version, steps = version_of(connection), migrations()
    if version is None:
        return steps
    known = [step.version for step in steps]
    if version not in known:
        raise StoreNewer(
            where,
            f"made by a newer version of vigie (tables {version}, known up to {known[-1]})",
            "install that version",
        )
    return steps[known.index(version) + 1 :]


def require_newest(connection: Connection, where: str) -> None:
    """Raises StoreMissing, StoreOutdated or StoreNewer where the store is not one this package can work with."""
    if version_of(connection) is None:
        others = inspect(connection).get_table_names()
        reason = "there is a database, and no store in it" if others else "there is no store yet"
        raise StoreMissing(where, reason, "make one with `vigie init`")
    behind = pending(connection, where)
    if behind:
        raise StoreOutdated(
            where,
            f"made by an older version of vigie: {len(behind)} migration{'s' * (len(behind) > 1)} behind",
            "bring it up to date with `vigie migrate` (make a backup first)",
        )


def upgrade(database: Database, to: str | None = None) -> tuple[Migration, ...]:
    """Bring the tables to a version (the newest by default), making them where there are none; the steps gone.

    Raises StoreNewer where the store is ahead of this package.
    """
    gone: list[Migration] = []
    while True:
        with database.writing() as connection:
            steps = pending(connection, database.address.shown)
            version = version_of(connection)
            if not steps or (to is not None and version == to):
                return tuple(gone)
            _step(connection, steps[0].version)
            gone.append(steps[0])


@cache
def _scripts() -> Any:
    """Alembic's view of all steps; it reads every file, which a way of many steps should not do at each."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(_SCRIPTS))


def _step(connection: Connection, version: str) -> None:
    # Here: Alembic takes a while to load, and most of the time there is nothing to migrate.
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    scripts = _scripts()

    def steps(_: Any, context: MigrationContext) -> list[Any]:
        return list(scripts._upgrade_revs(version, context.get_current_heads()))

    context = MigrationContext.configure(connection, opts={"fn": steps})
    with Operations.context(context):
        context.run_migrations()
