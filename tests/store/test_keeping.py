"""What is kept: every report and coding once, whatever is sent twice; nothing kept can be changed or taken out."""

from __future__ import annotations

import dataclasses

import pytest
import sqlalchemy as sa

import invented
from vigie.model import CodedReport
from vigie.readers import Rejected
from vigie.store.keeping import Arrival
from vigie.store.store import Store

PRODUCER = "invented/1"
TABLES = ("raw", "reports", "codings", "claims", "tallies")


def arrivals(*coded: CodedReport) -> list[Arrival]:
    return [Arrival(c, f"invented:{n}") for n, c in enumerate(coded)]


def some(count: int) -> list[CodedReport]:
    return [invented.report(invented.event(number)) for number in range(count)]


def with_bytes(coded: CodedReport, data: bytes) -> CodedReport:
    import hashlib

    report = dataclasses.replace(coded.report, raw=data, sha256=hashlib.sha256(data).hexdigest())
    return dataclasses.replace(coded, report=report)


def test_what_is_kept_comes_back_as_it_was(store: Store) -> None:
    coded = some(5)
    outcomes = store.add(arrivals(*coded), PRODUCER)
    assert [o.how for o in outcomes if not isinstance(o, Rejected)] == ["new"] * 5
    assert list(store.reports()) == coded
    back = store.report(coded[3].report.id)
    assert back == coded[3]
    assert back.report.raw == coded[3].report.raw
    assert store.report("nobody") is None


def test_the_same_report_twice_is_one_report(store: Store) -> None:
    coded = some(3)
    store.add(arrivals(*coded, *coded), PRODUCER)
    again = store.add(arrivals(*coded), PRODUCER)
    assert [o.how for o in again if not isinstance(o, Rejected)] == ["known"] * 3
    status = store.status()
    assert (status.reports, status.codings, status.claims) == (3, 3, 3)
    assert store.known([c.report for c in coded], PRODUCER) == {(c.report.id, c.report.sha256) for c in coded}


def test_the_same_id_with_other_bytes_is_refused_with_its_reason_and_stops_nothing(store: Store) -> None:
    first, second = some(2)
    other = with_bytes(first, b"something else entirely")
    outcomes = store.add(arrivals(first, other, second), PRODUCER)
    assert isinstance(outcomes[1], Rejected)
    assert f"another report has the id {first.report.id!r}" in outcomes[1].reason
    assert outcomes[1].way_out
    assert [c.report.id for c in store.reports()] == [first.report.id, second.report.id]
    assert store.rejections() == [outcomes[1]]


def test_bytes_without_their_hash_are_refused(store: Store) -> None:
    (coded,) = some(1)
    wrong = dataclasses.replace(coded, report=dataclasses.replace(coded.report, raw=b"cut sho"))
    (outcome,) = store.add(arrivals(wrong), PRODUCER)
    assert isinstance(outcome, Rejected)
    assert "hash" in outcome.reason
    assert store.status().reports == 0


def test_another_producer_codes_again_and_the_old_coding_stays(store: Store) -> None:
    (coded,) = some(1)
    store.add(arrivals(coded), "rules/1")
    better = dataclasses.replace(coded, incidents=(dataclasses.replace(coded.incidents[0], damage="reported"),))
    (outcome,) = store.add(arrivals(better), "rules/2")
    assert not isinstance(outcome, Rejected)
    assert outcome.how == "recoded"
    assert store.status().codings == 2
    assert store.report(coded.report.id) == better
    (late,) = store.add(arrivals(coded), "rules/1")
    assert not isinstance(late, Rejected)
    assert late.how == "known"
    assert store.report(coded.report.id) == better


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["update", "delete"])
def test_nothing_kept_can_be_changed_or_taken_out(store: Store, table: str, change: str) -> None:
    store.add(arrivals(*[invented.report(invented.event(50))]), PRODUCER)
    column = {"raw": "packing", "reports": "title", "claims": "stance"}.get(table, "json")
    statement = f"UPDATE {table} SET {column} = 'changed'" if change == "update" else f"DELETE FROM {table}"
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), store._database.writing() as connection:
        connection.execute(sa.text(statement))
    with store._database.reading() as connection:
        assert connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) == 1


def test_what_could_not_be_read_is_listed_once_until_it_is_read(store: Store) -> None:
    empty = Rejected("a.txt", "empty: there is no text in it")
    store.reject([empty, Rejected("b.txt", "binary", "save it as text")])
    store.reject([empty])
    assert [r.where for r in store.rejections()] == ["a.txt", "b.txt"]
    store.add([Arrival(some(1)[0], "a.txt")], PRODUCER)
    assert [r.where for r in store.rejections()] == ["b.txt"]
    assert store.status().rejected == 1
