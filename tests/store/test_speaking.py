"""Who speaks in the record: counted as the incidents themselves say, joined and parted by decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

import invented
from vigie.model.record import Decision
from vigie.record.accounts import asserts
from vigie.store.filters import Filter
from vigie.store.keeping import Arrival
from vigie.store.speaking import VoiceFilter
from vigie.store.store import Store

MONITOR, OTHER = "Levant Monitor", "Brigade of the Plain"


@pytest.fixture
def store(address: str, clock: Callable[[], dt.datetime]) -> Iterator[Store]:
    """A record by the usual rules: what is counted is what they reconcile."""
    with Store.create(address, clock=clock, patience=20) as opened:
        arrivals = [Arrival(coded, f"invented:{n}") for n, coded in enumerate(invented.reports(30))]
        opened.add(arrivals, "invented/1")
        yield opened


def contradict(store: Store) -> None:
    """Put a toll that nobody else tells into a claim of an incident that several sources tell of."""
    with store.inquiry() as inquiry:
        record = next(r for r in inquiry.records(Filter()) if sum("injured" in a.values for a in r.accounts) > 1)
    claim = next(a for a in record.accounts if "injured" in a.values).statements[0].claim
    value = {"lower": 900, "upper": 900}
    store.decide(Decision(0, "edit", "a", "2024-08-01T00:00:00Z", claim=claim, field="injured", value=value))


def test_each_source_is_counted_as_the_incidents_say(store: Store) -> None:
    contradict(store)
    with store.inquiry() as inquiry:
        page = inquiry.voices(VoiceFilter(), size=500)
        records = list(inquiry.records(Filter()))
    assert page.total == len(page.lines) == len({a.id for r in records for a in r.accounts})
    for line in page.lines:
        own = [(r, a) for r in records for a in r.accounts if a.id == line.source]
        assert line.incidents == len(own)
        assert line.statements == sum(len(a.statements) for _, a in own)
        witness = [(r, a) for r, a in own if a.rests_on is None and any(map(asserts, a.statements))]
        assert line.alone == sum(r.independent == 1 for r, _ in witness)
        disputed = [r for r, _ in own for d in r.differences if d.verdict == "conflict"
                    and any(line.source in side.accounts for side in d.sides)]  # fmt: skip
        assert line.contradicted == len({r.id for r in disputed})
        assert line.updated == len({r.id for r, _ in own if any(u.account == line.source for u in r.updates)})
        assert set(line.names) == {name for _, a in own for name in a.names}
    assert any(line.contradicted for line in page.lines)
    assert any(line.alone for line in page.lines)


@pytest.mark.parametrize("order", ["most_told", "most_alone", "most_contradicted", "latest", "name"])
def test_pages_of_sources_have_each_once(store: Store, order: str) -> None:
    with store.inquiry() as inquiry:
        whole = inquiry.voices(VoiceFilter(), order, 500).lines
        found, after = [], None
        while True:
            page = inquiry.voices(VoiceFilter(), order, 7, after)
            found += page.lines
            if (after := page.next) is None:
                break
    assert tuple(found) == whole


def test_a_filter_by_kind_keeps_whole_sources(store: Store) -> None:
    with store.inquiry() as inquiry:
        everybody = {line.source: line for line in inquiry.voices(VoiceFilter(), size=500).lines}
        monitors = inquiry.voices(VoiceFilter(kinds=("monitor",)), size=500).lines
        unnamed = inquiry.voices(VoiceFilter(voices=("unnamed",)), size=500).lines
        role = inquiry.voices(VoiceFilter(terms=("role",)), size=500).lines
    assert monitors
    assert all(line == everybody[line.source] for line in (*monitors, *unnamed, *role))
    assert all(" | " in line.source for line in unnamed)
    assert all("role" in line.terms for line in role)


def test_names_that_are_joined_are_one_source_until_that_is_undone(store: Store) -> None:
    before = store.fingerprint()
    with store.inquiry() as inquiry:
        one, other = (inquiry.voices(VoiceFilter(text=name)).lines[0] for name in (MONITOR, OTHER))
    store.decide(Decision(0, "alias", "a", "2024-08-01T00:00:00Z", names=(MONITOR, OTHER)))
    with store.inquiry() as inquiry:
        (joined,) = inquiry.voices(VoiceFilter(text=OTHER)).lines
        assert joined.source == one.source
        assert {MONITOR, OTHER} <= set(joined.names)
        assert max(one.incidents, other.incidents) < joined.incidents <= one.incidents + other.incidents
        told = inquiry.told_by(joined.source, size=200)
        assert told.total == joined.incidents == len(told.lines)
        assert inquiry.told_by(joined.source, "alone").total == joined.alone
        assert inquiry.voice(other.source) is None
    store.decide(Decision(0, "undo", "a", "2024-08-01T00:00:00Z", undoes=1))
    assert store.fingerprint() == before


def test_what_counts_no_more_is_not_counted(store: Store) -> None:
    with store.inquiry() as inquiry:
        line = next(each for each in inquiry.voices(VoiceFilter(), size=500).lines if each.incidents == 1)
        assert inquiry.told_by(line.source).total == 1
        days = [each.day for each in inquiry.told_by(inquiry.voices(VoiceFilter()).lines[0].source, size=50).lines]
    assert days == sorted(days, reverse=True)
