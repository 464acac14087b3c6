"""Backups: from any database into any other, the same record on the other side; a damaged one is refused as a whole."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

import invented
from plain_rules import PlainRules
from vigie.errors import BackupError, StoreNewer, StoreNotEmpty, StoreOutdated
from vigie.model.record import Decision, member_key
from vigie.readers import Rejected
from vigie.store.address import Address
from vigie.store.backups import backup, restore
from vigie.store.database import Database
from vigie.store.keeping import Arrival
from vigie.store.store import Store
from vigie.store.versions import migrations, upgrade

WHEN = "2024-08-01T10:00:00Z"
RULES = PlainRules()
PAIR = (member_key("r000000.0", "i1"), member_key("r000000.1", "i1"))


def fill(address: str) -> None:
    """A store with reports, a report coded twice, decisions, something rejected, an account."""
    with Store.create(address, rules=RULES) as store:
        store.add([Arrival(c, f"invented:{c.report.id}") for c in invented.reports(11)], "invented/1")
        store.decide(Decision(0, "different", "Ada", WHEN, members=PAIR))
        better = invented.report(invented.event(7))
        store.add([Arrival(dataclasses.replace(better, tallies=()), "again")], "invented/2")
        store.reject([Rejected("noise.bin", "binary", "save it as text")])
        store.accounts.add("ada", "admin", "a hash of a password")


def contents(address: str) -> dict[str, object]:
    with Store.open(address, rules=RULES) as store:
        status = store.status()
        return {
            "reports": list(store.reports()),
            "raw": [c.report.raw for c in store.reports()],
            "decisions": store.decisions(),
            "rejections": store.rejections(),
            "codings": status.codings,
            "last": status.last_received,
            "record": store.fingerprint(),
            "found": sorted(line.id for line in store.report_lines("market")[0]),
            "faults": store.check().faults,
        }


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def other_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where there is nothing yet, in either kind of database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/other.db"
        return
    server = request.getfixturevalue("server")
    address = server.database()
    yield address
    server.drop(address)


def test_a_portable_backup_goes_from_any_database_into_any_other(
    address: str, other_address: str, tmp_path: Path
) -> None:
    fill(address)
    made = backup(address, tmp_path / "record.zip")
    assert (made.kind, made.reports) == ("portable", 17)
    restored = restore(tmp_path / "record.zip", other_address, RULES)
    assert restored.reports == 17
    there, back = contents(address), contents(other_address)
    assert back == there
    assert back["faults"] == ()
    with Store.open(other_address, rules=RULES) as store:
        assert store.accounts.all() == ()
        store.decide(Decision(0, "undo", "Bob", WHEN, undoes=1), expected=store.log_hash())
        store.add([Arrival(invented.report(invented.event(500)), "x")], "invented/1")


def test_a_copy_of_the_file_is_itself_a_store(tmp_path: Path, other_address: str) -> None:
    address = str(tmp_path / "vigie.db")
    fill(address)
    made = backup(address, tmp_path / "copy.db")
    assert made.kind == "sqlite"
    assert [p.name for p in tmp_path.iterdir() if "copy" in p.name] == ["copy.db"]
    assert b"a hash of a password" not in (tmp_path / "copy.db").read_bytes()
    assert contents(str(tmp_path / "copy.db")) == contents(address)
    restore(tmp_path / "copy.db", other_address, RULES)
    assert contents(other_address) == contents(address)


def test_a_backup_is_taken_while_others_write(tmp_path: Path) -> None:
    address = str(tmp_path / "vigie.db")
    fill(address)
    stop = threading.Event()
    written: list[int] = []

    def write() -> None:
        with Store.open(address, rules=RULES) as store:
            while not stop.is_set():
                number = 1000 + len(written)
                store.add([Arrival(invented.report(invented.event(number)), "x")], "invented/1")
                written.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    for name in ("one.db", "two.zip"):
        backup(address, tmp_path / name)
    stop.set()
    writer.join()
    assert written
    for name in ("one.db", "two.zip"):
        restore(tmp_path / name, str(tmp_path / f"from-{name}.db"), RULES)
        with Store.open(str(tmp_path / f"from-{name}.db"), rules=RULES) as store:
            assert 17 <= store.status().reports <= 17 + len(written)
            assert store.check(full=True).faults == ()


def test_an_empty_store_that_is_there_takes_a_backup_and_keeps_its_accounts(
    address: str, other_address: str, tmp_path: Path
) -> None:
    fill(address)
    backup(address, tmp_path / "record.zip")
    with Store.create(other_address, rules=RULES) as store:
        store.accounts.add("bob", "admin", "another hash")
    restore(tmp_path / "record.zip", other_address, RULES)
    assert contents(other_address) == contents(address)
    with Store.open(other_address, rules=RULES) as store:
        assert [a.name for a in store.accounts.all()] == ["bob"]


def test_a_store_that_holds_something_takes_none(address: str, tmp_path: Path) -> None:
    fill(address)
    backup(address, tmp_path / "record.zip")
    before = contents(address)
    with pytest.raises(StoreNotEmpty, match="restore into a new store"):
        restore(tmp_path / "record.zip", address, RULES)
    assert contents(address) == before


def changed(archive: Path, to: Path, name: str, change: Callable[[bytes], bytes | None]) -> Path:
    """An archive with one of its files changed, or left out."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(to, "w") as new:
        for entry in old.namelist():
            data: bytes | None = old.read(entry)
            data = change(data or b"") if entry == name else data
            if data is not None:
                new.writestr(entry, data)
    return to


def manifest_of(version: str) -> Callable[[bytes], bytes]:
    return lambda data: json.dumps({**json.loads(data), "version": version}).encode()


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portable backup that is sound."""
    folder = tmp_path_factory.mktemp("good")
    fill(str(folder / "vigie.db"))
    backup(str(folder / "vigie.db"), folder / "good.zip")
    return folder / "good.zip"


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("reports.jsonl", lambda d: d.replace(b"market", b"museum", 1), "is not as it was written"),
        ("raw.jsonl", lambda d: d.split(b"\n", 1)[1], "is not as it was written"),
        ("decisions.jsonl", lambda d: b"", "is not as it was written"),
        ("codings.jsonl", lambda d: None, "cannot be read"),
        ("claims.jsonl", lambda d: d[:-40], "cannot be read"),
        ("manifest.json", lambda d: None, "not complete"),
        ("manifest.json", lambda d: b"{}", "not complete"),
        ("manifest.json", lambda d: d.replace(b"vigie/backup/1", b"vigie/backup/9"), "vigie/backup/9"),
    ],
)
def test_a_damaged_backup_is_refused_as_a_whole(
    tmp_path: Path, other_address: str, good: Path, name: str, change: Callable[[bytes], bytes | None], words: str
) -> None:
    with pytest.raises(BackupError, match=words):
        restore(changed(good, tmp_path / "bad.zip", name, change), other_address, RULES)
    if name == "raw.jsonl":  # what is there now is empty, and takes the good one
        restore(good, other_address, RULES)
        assert contents(other_address) == contents(str(good.parent / "vigie.db"))


def test_a_backup_of_an_older_version_is_brought_up_to_date(tmp_path: Path, other_address: str, good: Path) -> None:
    old = changed(good, tmp_path / "old.zip", "manifest.json", manifest_of(migrations()[0].version))
    restore(old, other_address, RULES)
    assert contents(other_address) == contents(str(good.parent / "vigie.db"))


def test_a_backup_of_a_newer_version_says_so(tmp_path: Path, good: Path) -> None:
    newer = changed(good, tmp_path / "newer.zip", "manifest.json", manifest_of("9999"))
    with pytest.raises(StoreNewer):
        restore(newer, str(tmp_path / "other.db"), RULES)
    assert not (tmp_path / "other.db").exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not really", b"notes", b"SQLite format 3\x00 not really"])
def test_what_is_no_backup_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(Exception, match=r"vigie|backup|SQLite") as caught:
        restore(tmp_path / "file", str(tmp_path / "other.db"), RULES)
    assert str(tmp_path / "file") in str(caught.value)
    assert not (tmp_path / "other.db").exists()


def test_a_database_of_somebody_else_is_no_backup(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "recipes.db") as connection:
        connection.execute("CREATE TABLE recipes (name text)")
    with pytest.raises(BackupError, match="no store in it"):
        restore(tmp_path / "recipes.db", str(tmp_path / "other.db"), RULES)
    with pytest.raises(BackupError, match="cannot be read"):
        restore(tmp_path / "nowhere.zip", str(tmp_path / "other.db"), RULES)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    fill(str(tmp_path / "vigie.db"))
    (tmp_path / "notes.zip").write_text("mine")
    with pytest.raises(BackupError, match="there is a file of that name"):
        backup(str(tmp_path / "vigie.db"), tmp_path / "notes.zip")
    assert (tmp_path / "notes.zip").read_text() == "mine"
    with pytest.raises(BackupError, match="cannot be written"):
        backup(str(tmp_path / "vigie.db"), tmp_path / "no such folder" / "a.zip")


@pytest.mark.postgres
def test_a_store_in_postgresql_asks_for_a_portable_backup(server: object, tmp_path: Path) -> None:
    address = server.database()  # type: ignore[attr-defined]
    with pytest.raises(BackupError, match=r"give a name in \.zip"):
        backup(address, tmp_path / "copy.db")
    server.drop(address)  # type: ignore[attr-defined]


def test_a_restore_that_was_broken_off_before_the_record_was_derived_is_finished_by_migrate(
    other_address: str, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vigie.store import upgrading

    with monkeypatch.context() as broken:
        broken.setattr(Store, "rebuild", lambda self: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            restore(good, other_address, RULES)
    with Store.open(other_address, rules=RULES) as store, pytest.raises(StoreOutdated, match="vigie migrate"):
        store.add([Arrival(invented.report(invented.event(900)), "x")], "invented/1")
    assert upgrading.upgrade(other_address, RULES).derive
    assert contents(other_address) == contents(str(good.parent / "vigie.db"))


def test_a_store_of_an_older_version_is_not_backed_up_by_halves(tmp_path: Path) -> None:
    database = Database(Address(str(tmp_path / "old.db")), create=True)
    upgrade(database, to=migrations()[0].version)
    with database.reading() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM reports")) == 0
    database.close()
    with pytest.raises(StoreOutdated):
        backup(str(tmp_path / "old.db"), tmp_path / "old.zip")
