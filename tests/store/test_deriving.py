"""The record is a function of reports and decisions: the order and the size of the batches in which they came change
nothing, and what was kept up to date step by step is what a rebuild makes."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

import invented
from crowded import PRODUCER, WHEN, decide, elsewhere, fill, wire_story, world
from plain_rules import PlainRules
from vigie.errors import DecisionConflict, DecisionError, StoreOutdated
from vigie.model import CodedReport, Span
from vigie.model.record import Comparison, Decision, Quoted, RecordIncident, member_key
from vigie.store import schema as s
from vigie.store.candidates import Crowd
from vigie.store.keeping import Arrival
from vigie.store.loading import Loader, Memory
from vigie.store.log import Log
from vigie.store.store import Store


@pytest.mark.parametrize("crowd", [Crowd(), Crowd(quiet=4, anchors=2)], ids=["quiet", "crowded"])
@pytest.mark.parametrize("seed", range(2))
def test_order_and_batches_change_nothing(new_address: Callable[[], str], seed: int, crowd: Crowd) -> None:
    reports = world(seed)
    draw = random.Random(seed)
    prints = []
    for turn in range(3):
        with Store.create(new_address(), rules=PlainRules(crowd=crowd)) as store:
            fill(store, reports, lambda: draw.choice((1, 2, 5, 40)) if turn else 1000)  # noqa: B023
            prints.append(store.fingerprint())
            assert store.status().incidents > 3
            assert store.homes() == clustered_as_a_whole(store)
            store.rebuild()
            assert store.fingerprint() == prints[-1]
        draw.shuffle(reports)
    assert prints[0] == prints[1] == prints[2]


def clustered_as_a_whole(store: Store) -> dict[str, str]:
    """Member → record incident, when all members of a store are clustered in one call."""
    rules = store._rules
    with store._database.reading() as connection:
        loader = Loader(connection, rules, Memory.of())
        members = loader.members(connection.scalars(sa.select(s.members.c.number)))
        families = loader.families(list(connection.scalars(sa.select(s.families.c.id))))
        pairs = [
            Comparison(*sorted((members[a].key, members[b].key)), (), score)  # type: ignore[misc]
            for a, b, score in connection.execute(sa.select(s.pairs))
        ]
    clusters = rules.cluster(list(members.values()), pairs, log_of(store).decided, families)
    return {key: cluster.id for cluster in clusters for key in cluster.members}


def log_of(store: Store) -> Log:
    with store._database.reading() as connection:
        return store._log_now(connection)


@pytest.mark.parametrize("seed", range(2))
def test_decisions_step_by_step_and_a_rebuild_give_the_same(new_address: Callable[[], str], seed: int) -> None:
    crowd = Crowd(quiet=4, anchors=2) if seed % 2 else Crowd()
    reports = world(seed + 50)
    half = len(reports) // 2
    with Store.create(new_address(), rules=PlainRules(crowd=crowd)) as store:
        fill(store, reports[:half], lambda: 9)
        decide(store, random.Random(seed), 12)
        fill(store, reports[half:], lambda: 3)
        decide(store, random.Random(seed + 1), 12)
        assert len(store.decisions()) > 10
        step_by_step = store.fingerprint()
        assert store.homes() == clustered_as_a_whole(store)
        store.rebuild()
        assert store.fingerprint() == step_by_step
        log = store.decisions()
    # Another store that is given all reports first and the same decisions after them.
    with Store.create(new_address(), rules=PlainRules(crowd=crowd)) as other:
        fill(other, reports[::-1], lambda: 100)
        for line in log:
            other.decide(dataclasses.replace(line, number=0, hash=""))
        assert other.decisions() == log
        assert other.fingerprint() == step_by_step


def homes(store: Store) -> dict[str, str]:
    """Member → record incident."""
    return store.homes()


def two_apart(seed: int = 3) -> tuple[CodedReport, CodedReport]:
    """Two reports of one event that the rules join."""
    happened = invented.event(seed)
    return invented.report(happened, 0), invented.report(happened, 1)


def key(coded: CodedReport) -> str:
    return member_key(coded.report.id, "i1")


def test_a_person_parts_what_the_rules_joined_and_takes_it_back(store_of_plain_rules: Store) -> None:
    store = store_of_plain_rules
    a, b = two_apart()
    store.add([Arrival(a, "x"), Arrival(b, "x")], PRODUCER)
    assert homes(store)[key(a)] == homes(store)[key(b)]
    store.decide(Decision(0, "different", "Ada", WHEN, members=(key(a), key(b))), expected="")
    assert homes(store)[key(a)] != homes(store)[key(b)]
    store.decide(Decision(0, "undo", "Ada", WHEN, undoes=1))
    assert homes(store)[key(a)] == homes(store)[key(b)]
    assert [d.kind for d in store.decisions()] == ["different", "undo"]


def test_two_who_decide_at_once_are_not_both_right(store_of_plain_rules: Store) -> None:
    store = store_of_plain_rules
    a, b = two_apart()
    store.add([Arrival(a, "x"), Arrival(b, "x")], PRODUCER)
    seen = store.log_hash()
    store.decide(Decision(0, "unsure", "Ada", WHEN, members=(key(a), key(b))), expected=seen)
    with pytest.raises(DecisionConflict, match="somebody has decided in the meantime"):
        store.decide(Decision(0, "different", "Bob", WHEN, members=(key(a), key(b))), expected=seen)
    assert len(store.decisions()) == 1


def test_a_decision_on_what_is_not_there_is_refused(store_of_plain_rules: Store) -> None:
    store = store_of_plain_rules
    a, b = two_apart()
    store.add([Arrival(a, "x")], PRODUCER)
    with pytest.raises(DecisionError, match=f"no report tells of '{key(b)}'"):
        store.decide(Decision(0, "same", "Ada", WHEN, members=(key(a), key(b))))
    with pytest.raises(DecisionError, match="no claim"):
        store.decide(Decision(0, "reject", "Ada", WHEN, claim="nobody#c1"))
    edit = Decision(0, "edit", "Ada", WHEN, members=(key(a),), field="killed", value=3)
    words = Span(0, 9, a.report.text[1:10])
    with pytest.raises(DecisionError, match="does not stand at 0 to 9"):
        store.decide(dataclasses.replace(edit, evidence=(Quoted(a.report.id, words),)))
    with pytest.raises(DecisionError, match="does not stand at 0 to 9 of report 'nobody'"):
        store.decide(dataclasses.replace(edit, evidence=(Quoted("nobody", words),)))
    assert store.decisions() == ()


def test_a_decision_does_not_slide_to_another_incident_when_a_report_is_coded_anew(store_of_plain_rules: Store) -> None:
    store = store_of_plain_rules
    a, b = two_apart()
    store.add([Arrival(a, "x"), Arrival(b, "x")], PRODUCER)
    store.decide(Decision(0, "different", "Ada", WHEN, members=(key(a), key(b))))
    before = store.fingerprint()
    other = dataclasses.replace(a.incidents[0], id="i1", type="arson")  # what was the first incident is another now
    store.add([Arrival(dataclasses.replace(a, incidents=(other,)), "x")], "invented/2")
    assert store.fingerprint() == before
    assert store.status().codings == 3
    store.rebuild()
    assert store.fingerprint() == before


def test_a_report_coded_anew_leaves_its_old_incident_and_joins_another(new_address: Callable[[], str]) -> None:
    reports = world(90)
    better = [
        dataclasses.replace(c, incidents=tuple(dataclasses.replace(i, type="arson") for i in c.incidents))
        for c in reports[::3]
    ]
    with (
        Store.create(new_address(), rules=PlainRules(crowd=Crowd(4, 2))) as store,
        Store.create(new_address(), rules=PlainRules(crowd=Crowd(4, 2))) as fresh,
    ):
        fill(store, reports, lambda: 10)
        fill(fresh, reports, lambda: 1)
        for start in range(0, len(better), 4):
            store.add([Arrival(c, "x") for c in better[start : start + 4]], "invented/2")
        step_by_step = store.fingerprint()
        store.rebuild()
        assert store.fingerprint() == step_by_step
        fresh.add([Arrival(c, "x") for c in better[::-1]], "invented/2")
        assert fresh.fingerprint() == step_by_step


@pytest.mark.parametrize("original_first", [True, False])
def test_what_copies_tell_is_compared_whatever_its_keys(store_of_plain_rules: Store, original_first: bool) -> None:
    store = store_of_plain_rules
    happened = invented.event(3)
    original = invented.report(happened)
    copy = elsewhere(invented.report(happened, 8, copy_of=0), "FR")  # no key of the one is a key of the other
    vague = dataclasses.replace(copy, incidents=tuple(dataclasses.replace(i, place=None) for i in copy.incidents))
    for coded, printed_again in ((copy, "invented/1"), (vague, "invented/2")):
        for each in (original, coded) if original_first else (coded, original):
            store.add([Arrival(each, "x")], printed_again if each is coded else PRODUCER)
        assert homes(store)[key(original)] == homes(store)[key(copy)]
    step_by_step = store.fingerprint()
    store.rebuild()
    assert store.fingerprint() == step_by_step


def test_a_version_withdrawn_stops_counting_and_stays(store_of_plain_rules: Store) -> None:
    store = store_of_plain_rules
    first, second, notice = wire_story(invented.event(5), "story:1", 3, killed=True)
    store.add([Arrival(second, "x"), Arrival(notice, "x")], PRODUCER)
    store.add([Arrival(first, "x")], PRODUCER)  # the first version comes last
    assert store.standings() == {c.report.id: "withdrawn" for c in (first, second, notice)}
    assert store.status().reports == 3


def test_a_later_version_stands_for_the_story(store_of_plain_rules: Store) -> None:
    store = store_of_plain_rules
    first, second, third = wire_story(invented.event(5), "story:1", 3, killed=False)
    store.add([Arrival(third, "x"), Arrival(first, "x"), Arrival(second, "x")], PRODUCER)
    assert store.standings() == {
        first.report.id: "superseded",
        second.report.id: "superseded",
        third.report.id: "counts",
    }


class Stumbling(PlainRules):
    """Rules that fail once, in the middle of a transaction."""

    def __init__(self) -> None:
        super().__init__()
        self.stumbles = False

    def reconcile(self, *given: Any) -> RecordIncident:
        if self.stumbles:
            self.stumbles = False
            raise ZeroDivisionError
        return super().reconcile(*given)


def test_nothing_is_remembered_of_a_transaction_that_failed(address: str) -> None:
    """A transaction that fails takes its numbers back, and another process may give them to other reports."""
    reports = world(40)
    rules = Stumbling()
    with Store.create(address, rules=rules) as store, Store.open(address, rules=PlainRules()) as other:
        store.add([Arrival(c, "x") for c in reports[:5]], PRODUCER)
        rules.stumbles = True
        with pytest.raises(ZeroDivisionError):
            store.add([Arrival(c, "x") for c in reports[5:9]], PRODUCER)
        other.add([Arrival(c, "x") for c in reports[9:13]], PRODUCER)
        store.add([Arrival(c, "x") for c in reports[13:]], PRODUCER)
        store.add([Arrival(c, "x") for c in reports[5:9]], PRODUCER)
        step_by_step = store.fingerprint()
        other.rebuild()
        assert other.fingerprint() == step_by_step


def test_rules_of_another_version_ask_for_a_rebuild(new_address: Callable[[], str]) -> None:
    address = new_address()
    a, b = two_apart()
    with Store.create(address, rules=PlainRules("plain/1")) as store:
        store.add([Arrival(a, "x")], PRODUCER)
    with Store.open(address, rules=PlainRules("plain/2")) as store:
        with pytest.raises(StoreOutdated, match="vigie migrate"):
            store.add([Arrival(b, "x")], PRODUCER)
        assert store.status().reports == 1
        store.rebuild()
        store.add([Arrival(b, "x")], PRODUCER)
        assert store.status().reports == 2
