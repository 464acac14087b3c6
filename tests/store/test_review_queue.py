"""What is left to decide comes by its use, page after page, and leaves the queue once it is decided."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

import invented
from vigie.errors import QueryError
from vigie.model.record import Decision
from vigie.store.keeping import Arrival
from vigie.store.review_queue import OpenPair, OpenValue, place_from
from vigie.store.store import Store

PRODUCER = "invented/1"
WHEN = "2024-08-01T10:00:00Z"


@pytest.fixture
def store(address: str) -> Store:
    """By the record's own rules: pairs of tellings a day apart, each with a toll of its own."""
    with Store.create(address) as opened:
        for number in range(12):
            happened = invented.event(number)
            later = dataclasses.replace(
                happened,
                day=happened.day + dt.timedelta(days=1),
                killed=happened.killed + 7,
                injured=happened.injured + 7,
            )
            told = [invented.report(happened), invented.report(later, 1, id=f"later{number}")]
            opened.add([Arrival(coded, "x") for coded in told], PRODUCER)
        yield opened


def everything(store: Store, size: int, kinds=("pair", "value")) -> list:
    found, after = [], None
    with store.inquiry() as asked:
        while some := asked.queue(kinds, size, after):
            found += some
            after = some[-1].place
    return found


def test_the_queue_is_the_same_in_pages_of_any_size(store: Store) -> None:
    whole = everything(store, 1000)
    uses = [item.place.usefulness for item in whole]
    assert uses == sorted(uses, reverse=True)
    assert {type(item) for item in whole} == {OpenPair, OpenValue}
    for size in (1, 3, 7):
        assert everything(store, size) == whole
    with store.inquiry() as asked:
        left = asked.left()
    assert (left.pairs, left.values) == tuple(len(everything(store, 5, (kind,))) for kind in ("pair", "value"))
    assert left.all == len(whole)


def test_a_place_in_the_queue_can_be_written_down(store: Store) -> None:
    for item in everything(store, 100)[:5]:
        assert place_from(item.place.text()) == item.place


@pytest.mark.parametrize(
    "text", ["", "7", "[1]", '[1,"pair","x","y"]', '[1,"value",1,2]', '["x","pair",1,2]', '[1,"mood",1,2]']
)
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="start again from the beginning"):
        place_from(text)


def test_what_is_decided_leaves_the_queue_and_an_undo_brings_it_back(store: Store) -> None:
    pair = everything(store, 100, ("pair",))[0]
    value = everything(store, 100, ("value",))[0]
    before = everything(store, 100)
    store.decide(Decision(0, "unsure", "Ada", WHEN, members=(pair.a, pair.b)))
    with store.inquiry() as asked:
        assert asked.open_pair(pair.a, pair.b) is None
        lead = asked.entry(value.incident).incident.lead
        assert asked.open_value(value.incident, value.field) == value
    store.decide(Decision(0, "accept", "Ada", WHEN, members=(lead,), field=value.field))
    with store.inquiry() as asked:
        assert asked.open_value(value.incident, value.field) is None
        assert asked.left().all == len(before) - 2
    store.decide(Decision(0, "undo", "Ada", WHEN, undoes=1))
    store.decide(Decision(0, "undo", "Ada", WHEN, undoes=2))
    assert everything(store, 100) == before


def test_the_queue_is_what_a_rebuild_makes(store: Store) -> None:
    before = everything(store, 100)
    store.rebuild()
    assert everything(store, 100) == before


def test_a_pair_of_unknown_keys_is_not_open(store: Store) -> None:
    with store.inquiry() as asked:
        assert asked.open_pair("nothing#i1", "nobody#i1") is None
        assert asked.open_value("I0000000000", "killed") is None
