"""Opening a store: what is wrong with it is named, with the way out; and the tables are those the package works with."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import invented
from plain_rules import PlainRules
from vigie.errors import (
    StoreBusy,
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreMissing,
    StoreNewer,
    StoreOutdated,
    StoreUnavailable,
)
from vigie.store import schema, versions
from vigie.store.address import Address
from vigie.store.database import Database
from vigie.store.keeping import Arrival
from vigie.store.store import Store

PRODUCER = "invented/1"


@pytest.fixture
def address(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """An address where there is nothing at all."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path}/nothing.db"
    else:
        server = request.getfixturevalue("server")
        yield (given := server.database())
        server.drop(given)


def arrival(number: int = 0) -> Arrival:
    return Arrival(invented.report(invented.event(number)), "invented")


def test_the_migrations_make_the_tables_that_the_package_works_with(store: Store) -> None:
    with store._database.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": lambda _, name, *__: not str(name).startswith(("report_words", "ix_report_words"))}
        )  # fmt: skip
        assert compare_metadata(context, schema.metadata) == []


def test_the_steps_are_those_that_alembic_goes() -> None:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(Path(versions.__file__).with_name("migrations")))
    gone = [(s.revision, (s.doc or "").splitlines()[0]) for s in scripts.walk_revisions()]
    assert [(m.version, m.what) for m in versions.migrations()] == gone[::-1]


def test_no_store(address: str, tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="vigie init"):
        Store.open(address, rules=PlainRules())
    assert list(tmp_path.iterdir()) == []  # asking for a file does not make it


def test_making_a_store_where_there_is_one_opens_it(address: str) -> None:
    with Store.create(address, rules=PlainRules()) as store:
        store.add([arrival()], PRODUCER)
    with Store.create(address, rules=PlainRules()) as store:
        assert store.status().reports == 1


def test_a_database_of_somebody_else_is_no_store(address: str) -> None:
    database = Database(Address(address), create=True)
    with database.writing() as connection:
        connection.execute(sa.text("CREATE TABLE recipes (name text)"))
    database.close()
    with pytest.raises(StoreMissing, match="there is a database, and no store in it"):
        Store.open(address, rules=PlainRules())


def test_an_older_store_says_how_to_bring_it_up_to_date(address: str) -> None:
    database = Database(Address(address), create=True)
    versions.upgrade(database, to=versions.migrations()[0].version)
    database.close()
    with pytest.raises(StoreOutdated, match=r"migrations? behind.*vigie migrate"):
        Store.open(address, rules=PlainRules())
    with pytest.raises(StoreOutdated):
        Store.create(address, rules=PlainRules())


def test_a_newer_store_says_so(address: str) -> None:
    with Store.create(address, rules=PlainRules()) as store, store._database.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreNewer, match="newer version of vigie"):
        Store.open(address, rules=PlainRules())


def test_a_migration_that_fails_leaves_the_store_as_it_was(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(Address(address), create=True)
    first = versions.migrations()[0].version
    versions.upgrade(database, to=first)
    with database.writing() as connection:  # in the way of the last table of the next migration
        connection.execute(sa.text("CREATE TABLE facets (note text)"))
    with pytest.raises(sa.exc.DBAPIError, match="facets"):
        versions.upgrade(database)
    with database.reading() as connection:
        assert versions.version_of(connection) == first
        assert "signatures" not in sa.inspect(connection).get_table_names()
    database.close()


def test_two_that_migrate_at_once_do_it_once(address: str) -> None:
    Database(Address(address), create=True).close()
    gone: list[int] = []

    def migrate() -> None:
        database = Database(Address(address), create=True)
        gone.append(len(versions.upgrade(database)))
        database.close()

    threads = [threading.Thread(target=migrate) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(gone) == len(versions.migrations())
    Store.open(address, rules=PlainRules()).close()


def test_a_second_writer_that_waits_too_long_is_told_so(address: str) -> None:
    with (
        Store.create(address, rules=PlainRules()) as store,
        Store.open(address, rules=PlainRules(), patience=0.2) as other,
    ):
        with store._database.writing() as connection:
            connection.execute(sa.text("SELECT 1"))
            with pytest.raises(StoreBusy, match="another process is writing"):
                other.add([arrival()], PRODUCER)
            assert other.status().reports == 0  # reading goes on meanwhile
        other.add([arrival()], PRODUCER)


@pytest.mark.parametrize("text", ["mysql://host/db", "http://example.org/", "://", "sqlite://", "sqlite:///:memory:"])
def test_addresses_that_name_no_store(text: str) -> None:
    with pytest.raises(StoreUnavailable, match=r"vigie\.db|postgresql://"):
        Store.open(text)


def test_a_password_is_never_shown() -> None:
    assert "secret" not in Address("postgresql://me:secret@host/db").shown
    with pytest.raises(StoreUnavailable) as caught:
        Store.open("postgresql://me:secret@127.0.0.1:1/db")
    assert "secret" not in str(caught.value)
    assert "cannot be reached" in str(caught.value)


def test_without_the_driver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(StoreUnavailable, match=r"pip install 'vigie\[postgres\]'"):
        Store.open("postgresql://host/db")


@pytest.mark.postgres
def test_a_database_that_is_not_there(server: object) -> None:
    address = server.address("nowhere")  # type: ignore[attr-defined]
    with pytest.raises(StoreMissing, match=r"no such database.*createdb"):
        Store.open(address, rules=PlainRules())


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("Minutes of the meeting. " * 500)
    with pytest.raises(StoreCorrupt, match="no SQLite database"):
        Store.open(str(file), rules=PlainRules())
    with pytest.raises(StoreCorrupt, match="no SQLite database"):
        Store.create(str(file), rules=PlainRules())
    assert file.read_text().startswith("Minutes")


def test_a_damaged_file(tmp_path: Path) -> None:
    file = tmp_path / "vigie.db"
    with Store.create(str(file), rules=PlainRules()) as store:
        store.add([arrival(n) for n in range(60)], PRODUCER)
    size = file.stat().st_size
    with file.open("r+b") as stream:
        stream.seek(8192)
        stream.write(os.urandom(size - 8192))
    with pytest.raises(StoreCorrupt, match="vigie restore"), Store.open(str(file), rules=PlainRules()) as store:
        list(store.reports())


def test_no_room_left(tmp_path: Path) -> None:
    with Store.create(str(tmp_path / "vigie.db"), rules=PlainRules()) as store:
        with store._database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 80")
        with pytest.raises(StoreFull, match="no room is left"):
            store.add([arrival(n) for n in range(200)], PRODUCER)
        assert store.status().reports == 0


def _as_nobody() -> list[str]:
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root may write everywhere, and there is no `setpriv` to be somebody else")
    return [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"]


@pytest.mark.parametrize(
    ("of_folder", "error", "words"),
    [
        (0o555, "StoreFull", "may only be read"),
        (0o600, "StoreUnavailable", "cannot be looked at: Permission denied"),
    ],
)
def test_a_file_that_may_only_be_read_or_not_be_reached(tmp_path: Path, of_folder: int, error: str, words: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    file = folder / "vigie.db"
    Store.create(str(file), rules=PlainRules()).close()
    for path in (folder, *folder.parents):
        if path == Path("/tmp") or path.stat().st_uid != os.geteuid():
            break
        path.chmod(0o755)
    file.chmod(0o444)
    folder.chmod(of_folder)
    program = (
        "import sys\nfrom vigie.store.store import Store\nfrom vigie.errors import StoreError\n"
        "from vigie.readers import Rejected\n"
        "try:\n    Store.open(sys.argv[1]).reject([Rejected('a', 'b')])\n"
        "except StoreError as error:\n    print(type(error).__name__, error)\n"
    )
    run = subprocess.run(
        [*_as_nobody(), sys.executable, "-c", program, str(file)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    folder.chmod(0o755)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(error)
    assert words in run.stdout


def test_every_store_error_survives_the_way_between_processes() -> None:
    import pickle

    error = StoreBusy("vigie.db", "busy", "wait")
    back = pickle.loads(pickle.dumps(error))
    assert isinstance(back, StoreError)
    assert str(back) == str(error)


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    Store.create(str(tmp_path / "vigie.db"), rules=PlainRules()).close()
    with sqlite3.connect(tmp_path / "vigie.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA application_id").fetchone() == (0x76696769,)
