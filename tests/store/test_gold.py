"""Hand codings in the store: kept for good, blind or not, in backups, and what is still to be coded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

import invented
from vigie.errors import QueryError
from vigie.store.backups import backup, restore
from vigie.store.keeping import Arrival
from vigie.store.store import Store

LINE = {"id": "r000000.0", "incidents": [{"type": "attack"}]}


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = Store.create(address)
    opened.add([Arrival(coded, "invented") for coded in invented.reports(6)], "invented/1")
    yield opened
    opened.close()


def test_the_first_coding_of_a_coder_is_blind_and_every_one_stays(store: Store) -> None:
    first = store.gold.save("r000000.0", "anna", LINE)
    again = store.gold.save("r000000.0", "anna", {**LINE, "incidents": []})
    other = store.gold.save("r000000.0", "bela", LINE)
    assert [first.blind, again.blind, other.blind] == [True, False, True]
    assert store.gold.of_report("r000000.0") == (first, again, other)
    assert store.gold.latest() == (again, other)
    assert [each.number for each in store.gold.latest("anna", blind=True)] == [first.number]
    assert store.gold.coders() == {"anna": 1, "bela": 1}


def test_what_was_saved_cannot_be_changed(store: Store) -> None:
    store.gold.save("r000000.0", "anna", LINE)
    for statement in ("UPDATE gold SET json = '{}'", "DELETE FROM gold"):
        with pytest.raises(DBAPIError, match="append-only"), store._database.writing() as connection:
            connection.execute(text(statement))


def test_a_draft_stays_until_it_is_saved_or_dropped(store: Store) -> None:
    assert store.gold.draft("r000000.0", "anna") is None
    store.gold.keep_draft("r000000.0", "anna", {"incidents.0.type": "attack"})
    store.gold.keep_draft("r000000.0", "anna", {"incidents.0.type": "arson"})
    store.gold.keep_draft("r000001.0", "anna", {})
    assert store.gold.draft("r000000.0", "anna") == {"incidents.0.type": "arson"}
    assert store.gold.draft("r000000.0", "bela") is None
    store.gold.save("r000000.0", "anna", LINE)
    assert store.gold.draft("r000000.0", "anna") is None
    assert [report for report, _ in store.gold.drafts("anna")] == ["r000001.0"]
    store.gold.drop_draft("r000001.0", "anna")
    assert store.gold.drafts("anna") == ()


def test_what_others_coded_comes_first_then_a_random_order(store: Store) -> None:
    order = [task.report for task in store.gold.open("anna", 100)]
    assert len(order) == store.status().reports
    assert order != sorted(order), "the order of arrival is no fair sample"
    last = order[-1]
    store.gold.save(last, "bela", {"id": last})
    first, *others = store.gold.open("anna", 100)
    assert (first.report, first.others) == (last, 1)
    assert [each.report for each in others] == order[:-1]
    assert all(each.others == 0 for each in others)
    store.gold.save(last, "anna", {"id": last})
    assert [each.report for each in store.gold.open("anna", 2, skipped=order[:1])] == order[1:3]


def test_no_report_no_coding(store: Store) -> None:
    for wrong in (
        lambda: store.gold.save("nowhere", "anna", LINE),
        lambda: store.gold.keep_draft("nowhere", "anna", {}),
        lambda: store.gold.drop_draft("nowhere", "anna"),
    ):
        with pytest.raises(QueryError, match="nowhere"):
            wrong()


def test_a_portable_backup_carries_what_was_saved(
    store: Store, address: str, new_address: Callable[[], str], tmp_path: Path
) -> None:
    store.gold.save("r000000.0", "anna", LINE)
    backup(address, tmp_path / "one.zip")
    elsewhere = new_address()
    restore(tmp_path / "one.zip", elsewhere)
    with Store.open(elsewhere) as other:
        assert other.gold.of_report("r000000.0") == store.gold.of_report("r000000.0")
