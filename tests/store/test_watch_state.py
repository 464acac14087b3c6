"""What watching keeps in the store, on either database."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

import invented
from vigie.errors import StoreBusy
from vigie.model import Report
from vigie.model.record import Decision
from vigie.store import watch_notices
from vigie.store.filters import Filter
from vigie.store.keeping import Arrival
from vigie.store.store import Store
from vigie.store.watch_feeds import FeedState, HostState, PageState
from vigie.store.watch_notices import Judged, Notice, Question, Seen, Told
from vigie.store.watch_times import moment, stamp

NOW = dt.datetime(2024, 8, 1, 12, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)
FEED = FeedState("courier", "https://courier.example/rss", NOW)
PRODUCER = "invented/1"


def page(number: int, feed: str = "courier") -> PageState:
    entry = Report(f"e{number}", "0" * 64, f"Entry {number}", title="é\x00".replace("\x00", ""), raw=bytes(range(256)))
    return PageState(feed, f"https://courier.example/{number}", entry, NOW + dt.timedelta(minutes=number))


def question(name: str = "all", **more: Any) -> Question:
    wanted = more.pop("wanted", Filter())
    return Question(name, repr(wanted), wanted, wanted, more.pop("existing", "skip"), more.pop("channels", ("here",)))


class Everything:
    """Tells of every change, as it is."""

    def __init__(self) -> None:
        self.judged: list[tuple[set[str], set[str], dict[str, str | None]]] = []

    def snapshot(self, seen: Seen) -> Mapping[str, Any]:
        return {"id": seen.incident.id}

    def judge(
        self, told: Mapping[str, Told], seen: Mapping[str, Seen], moved: Mapping[str, str | None], change: int
    ) -> Judged:
        self.judged.append((set(told), set(seen), dict(moved)))
        notices = tuple(
            Notice(f"{id} {change}", "all", id, "new", stamp(NOW), {"id": id, "é": "ü"}) for id in sorted(seen)
        )
        return Judged(notices, {id: Told(1, "new", {"id": id}) for id in seen})


def add(store: Store, *numbers: int) -> None:
    store.add([Arrival(invented.report(invented.event(n)), "invented") for n in numbers], PRODUCER)


def ids(store: Store) -> set[str]:
    return set(store.homes().values())


def test_times_sort_as_they_follow_each_other() -> None:
    times = [NOW, NOW + dt.timedelta(milliseconds=1), NOW + dt.timedelta(seconds=1), LATER]
    kept = [stamp(t.astimezone(dt.timezone(dt.timedelta(hours=5)))) for t in times]
    assert kept == sorted(kept)
    assert [moment(k) for k in kept] == times


def test_a_feed_comes_back_as_it_was_kept(store: Store) -> None:
    assert store.feeds.feeds() == {}
    state = dataclasses.replace(FEED, etag='W/"ä"', failures=3, failing_since=NOW, status=503, problem="no", polls=7)
    store.feeds.keep(FEED)
    store.feeds.keep(state, HostState("courier.example", NOW, LATER))
    assert store.feeds.feeds() == {"courier": state}
    store.feeds.keep_host(HostState("courier.example", LATER))
    assert store.feeds.hosts() == {"courier.example": HostState("courier.example", LATER)}


def test_pages_wait_until_they_are_done_with_and_are_remembered_for_half_a_year(store: Store) -> None:
    polled = dataclasses.replace(FEED, polled_at=NOW)
    store.feeds.keep(polled, pages=[page(2), page(1), page(1)])
    store.feeds.keep(polled, pages=[page(1)])
    assert store.feeds.pages(10) == [page(1), page(2)]
    assert store.feeds.pages(1) == [page(1)]
    store.feeds.keep(dataclasses.replace(polled, name="another"), pages=[page(9, "another")])
    assert store.feeds.pages(1) == [page(1), page(9, "another")]  # one feed does not hide another
    store.feeds.page_done(page(9, "another"))
    assert store.feeds.pages_waiting() == {"courier": 2}
    put_off = dataclasses.replace(page(1), due=LATER, failures=1, problem="HTTP 500")
    store.feeds.page_failed(put_off, HostState("courier.example", NOW))
    assert store.feeds.pages(10) == [page(2), put_off]
    store.feeds.page_done(page(2))
    assert store.feeds.pages(10) == [put_off]
    assert store.feeds.pages_known("courier", ["e1", "e2", "e3"]) == {"e1", "e2"}
    assert store.feeds.pages_known("another", ["e1", "e9"]) == {"e9"}
    store.feeds.keep(dataclasses.replace(polled, polled_at=NOW + dt.timedelta(days=200)))
    assert store.feeds.pages_known("courier", ["e1", "e2"]) == {"e1"}  # what still waits is not forgotten


def test_a_filter_looks_at_what_has_changed_since_it_last_did(store: Store) -> None:
    add(store, 1, 2)
    before, teller = ids(store), Everything()
    while not store.notices.begin(question(), teller):
        pass
    assert store.notices.tell(question(), teller, NOW) is None
    assert store.notices.idle("all", question().digest)
    add(store, 3)
    assert not store.notices.idle("all", question().digest)
    (notice,) = store.notices.tell(question(), teller, NOW) or ()
    assert {notice.incident} == ids(store) - before
    assert store.notices.tell(question(), teller, NOW) is None
    assert store.notices.filters() == {"all": 1}


def test_what_decisions_join_is_seen_to_have_moved(store: Store) -> None:
    add(store, 1, 2)
    teller = Everything()
    store.notices.begin(question(existing="tell"), teller)
    assert len(store.notices.tell(question(), teller, NOW) or ()) == 2
    keys = tuple(sorted(store.homes()))
    store.decide(Decision(0, "same", "an analyst", "2024-08-01T12:00:00Z", members=keys))  # type: ignore[arg-type]
    store.notices.tell(question(), teller, NOW)
    told, seen, moved = teller.judged[-1]
    (left,) = ids(store)
    assert seen == {left}
    assert len(told) == 2
    assert set(moved.values()) == {left}


def test_a_rebuild_counts_as_a_change_of_everything_and_a_second_look_as_none(store: Store) -> None:
    add(store, *range(1, 8))
    teller = Everything()
    store.notices.begin(question(), teller)
    while not store.notices.begin(question(), teller):
        pass
    store.rebuild()
    found = store.notices.tell(question(), teller, NOW) or ()
    assert {notice.incident for notice in found} == ids(store)
    assert store.notices.tell(question(), teller, NOW) is None


def test_only_wanted_incidents_are_known_to_a_filter_that_begins(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_notices, "TOGETHER", 2)
    add(store, *range(1, 9))
    asked = question(wanted=Filter(types=("attack",)))
    steps = 1
    while not store.notices.begin(asked, Everything()):
        steps += 1
    with store.inquiry() as inquiry:
        wanted = {line.id for line in inquiry.incidents(Filter(types=("attack",))).lines}
    assert steps >= 2
    store.rebuild()
    teller = Everything()
    while store.notices.tell(asked, teller, NOW) is not None:
        pass
    assert {id for told, _, _ in teller.judged for id in told} == wanted


def test_notices_wait_for_each_channel_in_order(store: Store) -> None:
    add(store, 1, 2, 3)
    asked, teller = question(existing="tell", channels=("here", "there")), Everything()
    store.notices.begin(asked, teller)
    told = store.notices.tell(asked, teller, NOW) or ()
    waiting = store.notices.waiting("here", NOW, 10)
    assert [w.notice for w in waiting] == list(told)
    assert store.notices.waiting("here", NOW, 2) == waiting[:2]
    store.notices.delivered(waiting[:1], NOW)
    store.notices.failed(waiting[1:2], "HTTP 500", LATER, NOW)
    assert store.notices.waiting("here", NOW, 10) == []  # the third stays behind the second
    assert store.notices.next_due("here") == LATER
    assert [w.attempts for w in store.notices.waiting("here", LATER, 10)] == [1, 0]
    store.notices.failed(waiting[1:2], "HTTP 500", None, LATER)
    assert [w.number for w in store.notices.waiting("here", LATER, 10)] == [waiting[2].number]
    states = store.notices.channels()
    assert (states["here"].waiting, states["here"].delivered, states["here"].given_up) == (1, 1, 1)
    assert (states["there"].waiting, states["there"].problem) == (3, None)
    assert states["here"].problem == "HTTP 500"
    assert store.notices.next_due("nowhere") is None


def test_what_is_sent_together_is_sent_again_together(store: Store) -> None:
    add(store, 1, 2)
    asked, teller = question(existing="tell"), Everything()
    store.notices.begin(asked, teller)
    store.notices.tell(asked, teller, NOW)
    first = store.notices.waiting("here", NOW, 10)
    batch = store.notices.bind(first)
    add(store, 3)
    store.notices.tell(asked, teller, NOW)
    again = store.notices.waiting("here", NOW, 10)
    assert [w.number for w in again] == [w.number for w in first]
    assert store.notices.bind(again) == batch
    store.notices.delivered(again, NOW)
    (last,) = store.notices.waiting("here", NOW, 10)
    assert last.batch is None


def test_notices_that_are_done_with_are_thrown_away_in_time(store: Store) -> None:
    add(store, 1, 2)
    asked, teller = question(existing="tell"), Everything()
    store.notices.begin(asked, teller)
    store.notices.tell(asked, teller, NOW)
    first, _ = store.notices.waiting("here", NOW, 10)
    store.notices.delivered([first], NOW)
    store.notices.clear(NOW + dt.timedelta(days=89))
    assert store.notices.channels()["here"].delivered == 1
    store.notices.clear(NOW + dt.timedelta(days=91))
    assert (store.notices.channels()["here"].delivered, store.notices.channels()["here"].waiting) == (0, 1)


def test_one_watcher_at_a_time(store: Store, address: str) -> None:
    with (
        store.watched_alone(),
        Store.open(address) as second,
        pytest.raises(StoreBusy, match="another `vigie watch` works with this store"),
        second.watched_alone(),
    ):
        pass
    with Store.open(address) as second, second.watched_alone():
        add(store, 1)  # who watches keeps nobody from writing
