"""`vigie check`: each thing that can go wrong in a store is found and named, with the way out; a sound one is sound."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

import invented
from plain_rules import PlainRules
from vigie.model.record import Decision, member_key
from vigie.store import checks
from vigie.store.keeping import Arrival
from vigie.store.store import Store

WHEN = "2024-08-01T10:00:00Z"


@pytest.fixture
def filled(address: str) -> Iterator[Store]:
    with Store.create(address, rules=PlainRules()) as store:
        store.add(
            [Arrival(c, "invented") for c in (*invented.reports(24), *invented.reports(1, start=50))], "invented/1"
        )
        keys = [member_key(f"r{number:06d}.0", "i1") for number in (0, 3)]
        store.decide(Decision(0, "different", "Ada", WHEN, members=(keys[0], member_key("r000000.1", "i1"))))
        store.decide(Decision(0, "unsure", "Bob", WHEN, members=tuple(keys)))
        yield store


def tamper(store: Store, table: str, statement: str) -> None:
    """Change what may not be changed, as somebody would who may do everything in the database."""
    with store._database.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            connection.execute(sa.text(statement))
            connection.execute(sa.text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
            return
        guards = f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"
        triggers = connection.execute(sa.text(guards)).all()
        for trigger in triggers:
            connection.execute(sa.text(f"DROP TRIGGER {trigger.name}"))
        connection.execute(sa.text(statement))
        for trigger in triggers:
            connection.exec_driver_sql(trigger.sql)


def faults(store: Store, *, full: bool = False) -> list[tuple[str, str]]:
    return [(fault.what, fault.line()) for fault in store.check(full=full).faults]


def test_a_sound_store_is_sound(filled: Store) -> None:
    before = filled.fingerprint()
    for full in (False, True):
        found = filled.check(full=full)
        assert found.faults == ()
        assert found.counted["bytes of reports"] == found.counted["codings"] == 37
        assert found.counted["quotes"] > 300
        assert found.counted["decisions"] == 2
        assert found.counted["reported incidents derived again"] == 37
    assert found.counted["record incidents derived again"] == filled.status().incidents
    assert filled.fingerprint() == before


def test_an_empty_store_is_sound(address: str) -> None:
    with Store.create(address, rules=PlainRules()) as store:
        assert store.check(full=True).faults == ()


@pytest.mark.parametrize(
    ("table", "statement", "what", "words"),
    [
        ("raw", "UPDATE raw SET bytes = '' WHERE sha256 = (SELECT min(sha256) FROM raw)", "raw", "unpacked"),
        ("raw", "UPDATE raw SET size = size + 1 WHERE sha256 = (SELECT min(sha256) FROM raw)", "raw", "the size"),
        ("reports", "UPDATE reports SET text = 'x' || text WHERE seq = 5", "quotes", "is not what stands at"),
        ("codings", "UPDATE codings SET json = replace(json, 'killed', 'hurt') WHERE seq = 5", "codings", "the hash"),
        ("claims", "DELETE FROM claims WHERE coding = 5", "codings", "the rows of claims"),
        ("tallies", "UPDATE tallies SET lower = 999", "codings", "the rows of tallies"),
        ("decisions", "UPDATE decisions SET json = replace(json, 'Ada', 'Eve') WHERE number = 1", "decisions", "the hash of decision 1"),
        ("decisions", "DELETE FROM decisions WHERE number = 1", "decisions", "a line was taken out"),
        ("decisions", "UPDATE decisions SET hash = 'x' WHERE number = 2", "decisions", "same number and hash"),
    ],
)  # fmt: skip
def test_what_was_changed_behind_the_stores_back_is_found(
    filled: Store, table: str, statement: str, what: str, words: str
) -> None:
    tamper(filled, table, statement)
    found = faults(filled)
    assert found, "nothing was noticed"
    assert all(kind in (what, "record") for kind, _ in found), found
    assert any(words in line and "vigie restore" in line for _, line in found), found


def test_a_guard_that_is_gone_is_missed(filled: Store) -> None:
    with filled._database.writing() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(sa.text("DROP TRIGGER claims_no_update"))
        else:
            connection.execute(sa.text("ALTER TABLE claims DISABLE TRIGGER claims_append_only"))
    (fault,) = faults(filled)
    assert fault[0] == "guards"
    assert "claims" in fault[1]


DERIVED = [
    ("UPDATE incidents SET killed = killed + 1 WHERE id = (SELECT min(id) FROM incidents)", "not what its reports"),
    ("UPDATE pairs SET score = 0.99 WHERE score < 0.99", "the score is 0.99"),
    ("DELETE FROM blocks WHERE item = (SELECT min(item) FROM blocks)", "keys are not those"),
    ("DELETE FROM bands WHERE item = (SELECT min(item) FROM bands)", "bands are not those"),
    ("UPDATE cards SET json = replace(json, 'Daily', 'Weekly')", "card by which its copies are told"),
    ("UPDATE members SET incident = (SELECT max(id) FROM incidents) WHERE number = (SELECT min(number) FROM members)",
     "its members are not those"),
    ("UPDATE members SET incident = NULL WHERE number = (SELECT max(number) FROM members)", "in no record incident"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "words"), DERIVED)
def test_a_record_that_is_not_what_it_should_be_is_found_and_derived_anew(
    filled: Store, statement: str, words: str
) -> None:
    before = filled.fingerprint()
    with filled._database.writing() as connection:
        connection.execute(sa.text(statement))
    found = faults(filled)
    assert any(kind == "record" and words in line and "vigie migrate --derive" in line for kind, line in found), found
    filled.rebuild()
    assert filled.fingerprint() == before
    assert faults(filled, full=True) == []


def test_a_full_check_finds_what_a_sample_does_not_look_at(filled: Store) -> None:
    with filled._database.writing() as connection:
        connection.execute(sa.text("UPDATE facets SET label = 'somebody else'"))
    assert faults(filled) == []
    ((what, line),) = faults(filled, full=True)
    assert what == "record"
    assert "facets" in line
    # The full check has taken back what it derived.
    ((what, _),) = faults(filled, full=True)
    assert what == "record"


def test_a_large_store_is_looked_at_in_an_even_sample(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "SAMPLE", 10)
    assert filled.check().counted["bytes of reports"] == 10
    assert filled.check(full=True).counted["bytes of reports"] == 37


def test_rules_of_another_version_are_no_fault_of_the_rows(filled: Store, address: str) -> None:
    with Store.open(address, rules=PlainRules("plain/2")) as store:
        ((what, line),) = faults(store, full=True)
        assert what == "record"
        assert "vigie migrate" in line


def test_a_report_that_cannot_be_searched_is_missed(filled: Store) -> None:
    with filled._database.writing() as connection:
        if connection.dialect.name == "sqlite":
            row = "INSERT INTO report_words (report_words, rowid, title, text) SELECT 'delete', seq, title, text FROM reports"
            connection.execute(sa.text(f"{row} WHERE seq = 4"))
        else:
            connection.execute(sa.text("DELETE FROM report_words WHERE report = 4"))
    ((what, line),) = faults(filled)
    assert what == "words"
    assert "36 reports can be searched, 37 are there" in line


def test_words_that_are_not_those_of_the_report_are_found_by_a_full_check(filled: Store) -> None:
    with filled._database.writing() as connection:
        if connection.dialect.name == "sqlite":
            row = "INSERT INTO report_words (report_words, rowid, title, text) SELECT 'delete', seq, title, text FROM reports"
            connection.execute(sa.text(f"{row} WHERE seq = 4"))
            connection.execute(sa.text("INSERT INTO report_words (rowid, title, text) VALUES (4, 'other', 'words')"))
        else:
            connection.execute(
                sa.text("UPDATE report_words SET words = to_tsvector('simple', 'other') WHERE report = 4")
            )
    assert faults(filled) == []
    ((what, line),) = faults(filled, full=True)
    assert what == "words"
    assert "vigie migrate --derive" in line
    filled.rebuild()
    assert faults(filled, full=True) == []


def test_many_faults_of_one_kind_are_cut_short(filled: Store) -> None:
    tamper(filled, "reports", "UPDATE reports SET text = upper(text)")
    found = [line for kind, line in faults(filled) if kind == "quotes" or "more than" in line]
    assert len(found) == 21
    assert "more than 20" in found[-1]
