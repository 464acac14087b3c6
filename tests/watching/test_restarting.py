"""Killed at any point and started again: nothing is missed, and what is told again has the same key."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

import feed_server
from feed_server import Reply, Server, entry, rss
from invented_watch import Watched, WatchRules, nursery
from vigie.errors import StoreBusy
from vigie.runs.watching.plan import Plan
from vigie.runs.watching.watcher import Watcher
from vigie.store.store import Store
from vigie.store.watch_feeds import FeedStates
from vigie.store.watch_notices import Notices

PlanOf = Callable[..., Plan]
ROOT = Path(__file__).parents[2]
PLACES = ("Rutba", "Qaim", "Tikrit")
TEXTS = [f"{place} IQ 2024-07-28 attack: {n} killed, says army spokesman." for n, place in enumerate(PLACES, 1)]


class Killed(BaseException):
    """In the place of SIGKILL: nothing that comes after is done."""


def entries(count: int) -> str:
    return rss(*(entry(str(n), text) for n, text in enumerate(TEXTS[:count], 1)))


def killed_at(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> None:
    """Have the next call of a method end the process before it does anything."""
    method = getattr(owner, name)

    def kill(*args: Any, **named: Any) -> None:
        monkeypatch.setattr(owner, name, method)
        raise Killed

    monkeypatch.setattr(owner, name, kill)


def test_killed_after_the_reports_are_in_and_before_the_feed_is_noted(
    server: Server, watched: Watched, plan_of: PlanOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def feed(asked: feed_server.Asked) -> Reply:
        return Reply(304) if "if-none-match" in asked.headers else Reply(200, entries(2).encode(), {"ETag": '"1"'})

    server.on["/feed"] = feed
    killed_at(monkeypatch, FeedStates, "keep")
    with pytest.raises(Killed):
        watched.once(plan_of())
    assert watched.told() == []
    watched.once(plan_of())
    assert sorted(watched.told()) == [("new", "Qaim"), ("new", "Rutba")]
    assert len(watched.coded) == 2  # not coded again
    watched.clock.forward(minutes=12)
    watched.once(plan_of())
    assert watched.told() == []


def test_killed_before_the_reports_are_in(
    server: Server, watched: Watched, plan_of: PlanOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.gives("/feed", entries(2), ETag='"1"')
    killed_at(monkeypatch, Store, "add")
    with pytest.raises(Killed):
        watched.once(plan_of())
    watched.once(plan_of())
    assert sorted(watched.told()) == [("new", "Qaim"), ("new", "Rutba")]
    assert "if-none-match" not in server.asked[-1].headers


def test_killed_between_putting_down_and_telling(
    server: Server, watched: Watched, plan_of: PlanOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.gives("/feed", entries(2))
    killed_at(monkeypatch, Notices, "waiting")
    with pytest.raises(Killed):
        watched.once(plan_of())
    # The first call comes before anything is told; let it pass, and kill at the next.
    watched.once(plan_of())
    assert sorted(watched.told()) == [("new", "Qaim"), ("new", "Rutba")]


def test_killed_between_telling_and_noting_it_tells_again_under_the_same_key(
    server: Server, watched: Watched, plan_of: PlanOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.gives("/feed", entries(2))
    killed_at(monkeypatch, Notices, "delivered")
    with pytest.raises(Killed):
        watched.once(plan_of())
    watched.once(plan_of())
    keys = [notice.key for notice in watched.shown]
    assert len(keys) == 4
    assert keys[:2] == keys[2:]
    watched.shown.clear()
    watched.once(plan_of())
    assert watched.told() == []


def test_a_webhook_that_was_posted_and_not_noted_is_posted_again_under_the_same_key(
    server: Server, watched: Watched, plan_of: PlanOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.gives("/feed", entries(1))
    server.gives("/hook", b"ok")
    plan = plan_of(
        f'[[filters]]\nname = "all"\n[[channels]]\nkind = "webhook"\nname = "hook"\nurl = "{server.url("/hook")}"'
    )
    killed_at(monkeypatch, Notices, "delivered")
    with pytest.raises(Killed):
        watched.once(plan)
    watched.once(plan)
    first, second = (asked for asked in server.asked if asked.path == "/hook")
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    assert first.body == second.body


def test_what_is_stopped_in_the_middle_of_a_feed_goes_on_there(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    server.gives("/feed", entries(3), ETag='"1"')
    means = watched.means(plan_of())
    take_in = means.take_in

    def stopping(inputs: Any) -> Any:
        def drawn() -> Any:
            for number, each in enumerate(inputs):
                watched.workers.stopped = number >= 1
                yield each

        return take_in(drawn())

    Watcher(dataclasses.replace(means, take_in=stopping)).run(once=True)
    assert watched.store.feeds.feeds() == {}
    assert 1 <= len(watched.coded) < 3
    watched.once(plan_of())
    assert sorted(watched.told()) == [("new", place) for place in sorted(PLACES)]
    assert len(watched.coded) == 3


def test_another_writer_is_waited_for(
    server: Server, watched: Watched, plan_of: PlanOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.gives("/feed", entries(1))
    keep, busy = FeedStates.keep, [True]

    def once_busy(*args: Any, **named: Any) -> None:
        if busy.pop() if busy else False:
            raise StoreBusy("store", "another process is writing to it")
        keep(*args, **named)

    monkeypatch.setattr(FeedStates, "keep", once_busy)
    assert watched.once(plan_of()).feeds_failed == ()
    assert watched.told() == [("new", "Rutba")]
    assert "another process is writing" in watched.said[0]


def test_one_watcher_at_a_time(store: Store) -> None:
    with store.watched_alone(), pytest.raises(StoreBusy, match="another `vigie watch`"), store.watched_alone():
        pass
    with store.watched_alone():
        pass


# --- real processes ---


def file_of(folder: Path, port: int, interval: str = "30s") -> Path:
    path = folder / "feeds.toml"
    path.write_text(
        f"""
        contact = "watch@courier.example"
        seed = 1
        [polling]
        host_interval = "0s"
        [[allowed]]
        host = "127.0.0.1"
        private = true
        ports = [{port}]
        [[feeds]]
        name = "courier"
        url = "http://127.0.0.1:{port}/feed"
        interval = "{interval}"
        language = "en"
        [[filters]]
        name = "everything"
        """,
        "utf-8",
    )
    return path


def test_sigterm_ends_it_cleanly(server: Server, tmp_path: Path) -> None:
    Store.create(f"sqlite:///{tmp_path}/v.db", rules=WatchRules()).close()
    server.gives("/feed", entries(1))
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tools'}"}
    command = [sys.executable, str(ROOT / "tools" / "invented_watch.py"), f"sqlite:///{tmp_path}/v.db"]
    feeds = str(file_of(tmp_path, server.port))
    pipes: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": environment}
    process = subprocess.Popen([*command, feeds], **pipes)
    try:
        told = json.loads(process.stdout.readline())
        assert told["incident"]["place"]["name"] == "Rutba"
        process.send_signal(signal.SIGTERM)
        rest, complaints = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, rest, complaints) == (0, "", "")
    with Store.open(f"sqlite:///{tmp_path}/v.db", rules=WatchRules()) as store:
        assert store.notices.channels()["terminal"].delivered == 1
        with store.watched_alone():  # the lock is free again
            pass


SECONDS = 45.0
"""Of the soak."""


class GrowingFeed:
    """A feed to which attacks come and whose tolls rise, on a server that fails, breaks off and hangs up."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.tolls: dict[str, int] = {}
        self.faults = True
        self._lock = threading.Lock()

    def grow(self) -> None:
        """Three attacks more, or three tolls that have risen."""
        with self._lock:
            for _ in range(3):
                name = f"Town{chr(97 + self.draw.randrange(20))}"
                self.tolls[name] = self.tolls.get(name, 0) + 5

    def __call__(self, asked: feed_server.Asked) -> Reply:
        with self._lock:
            body = rss(*(self._entry(place, killed) for place, killed in sorted(self.tolls.items()))).encode()
            fault = self.draw.random() if self.faults else 1.0
        if fault < 0.1:
            return Reply(503)
        if fault < 0.2:
            return Reply(200, body[: len(body) // 2])
        if fault < 0.25:
            return Reply(send=lambda answering: answering.connection.close())
        return Reply(200, body)

    def _entry(self, place: str, killed: int) -> str:
        text = f"{place} IQ 2024-07-28 attack: {killed} killed, says army spokesman. Toll number {killed}."
        return entry(f"{place}.{killed}", text, day=str(dt.date(2024, 7, 28) + dt.timedelta(days=killed // 5)))


@pytest.mark.slow
def test_soak_killed_at_random_again_and_again(tmp_path: Path) -> None:
    """A watcher that is killed with SIGKILL within moments of its first request, again and again. In the end every
    incident was told of with its last toll, and whoever drops keys that he has had was told everything once."""
    address, out = f"sqlite:///{tmp_path}/v.db", tmp_path / "told.jsonl"
    Store.create(address, rules=WatchRules()).close()
    feed, runs = GrowingFeed(1), 0
    with feed_server.serving() as server, nurse(address, file_of(tmp_path, server.port), out) as commands:
        server.on["/feed"] = feed
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            feed.grow()
            asked = len(server.asked)
            commands.send(False)
            child = commands.recv()
            while len(server.asked) == asked and time.monotonic() < end + 10:
                time.sleep(0.005)  # until it has begun
            time.sleep(feed.draw.uniform(0.0, 1.0))
            os.kill(child, signal.SIGKILL)
            assert commands.recv() == -signal.SIGKILL
            runs += 1
            due_at_once(address)
        feed.faults = False
        commands.send(True)
        commands.recv()
        assert commands.poll(60)
        assert commands.recv() == 0
    # A line that a kill has cut is no notice; the next process begins behind it.
    lines = [line for line in out.read_text("utf-8").splitlines() if line.endswith("}") and line.startswith("{")]
    once = {notice["key"]: notice for notice in map(json.loads, lines)}
    by_place: dict[str, list[dict[str, Any]]] = {}
    for notice in sorted(once.values(), key=lambda n: (n["made_at"], n["revision"])):
        by_place.setdefault(notice["incident"]["place"]["name"], []).append(notice)
    print(f"{runs} kills, {len(feed.tolls)} incidents, {len(lines)} notices, {len(lines) - len(once)} told twice")
    assert runs >= 5
    assert set(by_place) == set(feed.tolls)
    for place, told in by_place.items():
        assert [n["kind"] for n in told] == ["new"] + ["changed"] * (len(told) - 1), place
        assert [n["revision"] for n in told] == list(range(1, len(told) + 1)), place
        assert told[-1]["incident"]["killed"]["upper"] == feed.tolls[place], place
    with Store.open(address, rules=WatchRules()) as store:
        assert store.notices.channels()["terminal"].waiting == 0
        before = store.fingerprint()
        store.rebuild()
        assert store.fingerprint() == before


@contextlib.contextmanager
def nurse(address: str, feeds: Path, out: Path) -> Iterator[Connection]:
    """See `invented_watch.nursery`."""
    processes = multiprocessing.get_context("spawn")
    ours, theirs = processes.Pipe()
    process = processes.Process(target=nursery, args=(theirs, address, str(feeds), str(out)))
    process.start()
    try:
        yield ours
        ours.send(None)
        process.join(10)
    finally:
        process.kill()
        process.join()


def due_at_once(address: str) -> None:
    """Have all feeds come due, as if time had gone by."""
    with Store.open(address, rules=WatchRules()) as store:
        for state in store.feeds.feeds().values():
            store.feeds.keep(dataclasses.replace(state, due=dt.datetime(2024, 1, 1, tzinfo=dt.UTC)))
