"""Killed with SIGKILL two hundred times at random points, a store is sound each time and ends as if nothing had happened.

A child process takes reports in, a few a transaction, then decides and derives the record anew; it is killed, and another
goes on. The reports come coded, so that what is killed is the keeping and linking.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from collections.abc import Callable, Iterable, Iterator

import pytest

import invented
from plain_rules import PlainRules
from vigie.model import CodedReport, Report
from vigie.model.record import Decision, member_key
from vigie.runs.batch import Input
from vigie.runs.ingest import ingest
from vigie.store.store import Store

KILLS = 200
SECONDS = 420.0  # on a busy machine: fewer kills, rather than more time
CODED = {c.report.id: c for c in (*invented.reports(26), *invented.reports(1, start=50))}
RULES = PlainRules()
PAIRS = [tuple(member_key(f"r{number:06d}.{telling}", "i1") for telling in (0, 1)) for number in (0, 3)]

pytestmark = pytest.mark.slow


def coder(reports: Iterable[Report]) -> Iterator[CodedReport]:
    for report in reports:
        yield CODED[report.id]


def work(store: Store) -> None:
    """Everything that is to be in the store at the end; what is there already is left as it is."""
    inputs = [Input(f"invented:{c.report.id}", c.report) for c in CODED.values()]
    ingest(store, inputs, coder, ("en",), "invented/1", batch=3)
    for pair in PAIRS[len(store.decisions()) :]:
        store.decide(Decision(0, "different", "Ada", "2024-08-01T10:00:00Z", members=pair))
    store.rebuild()


@contextlib.contextmanager
def child(address: str) -> Iterator[int]:
    """A forked process that does the work; inside, it has opened the store and begun. Its exit status is 0 only when
    it has done all of it."""
    told, tell = os.pipe()
    number = os.fork()
    if number == 0:
        status = 1
        try:
            with Store.open(address, rules=RULES) as store:
                os.write(tell, b"x")
                work(store)
            status = 0
        finally:
            os._exit(status)
    os.close(tell)
    try:
        os.read(told, 1)
        yield number
    finally:
        os.close(told)


def killed_after(address: str, seconds: float) -> bool:
    """Start the work, kill it after some time; False where it was done before."""
    with child(address) as number:
        time.sleep(seconds)
        os.kill(number, signal.SIGKILL)
        _, status = os.waitpid(number, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0, "the child failed by itself"
    return False


def contents(address: str) -> tuple[object, ...]:
    with Store.open(address, rules=RULES) as store:
        status = store.status()
        return (
            status.reports,
            status.codings,
            status.claims,
            store.decisions(),
            store.rejections(),
            store.fingerprint(),
        )


def test_two_hundred_kills(new_address: Callable[[], str]) -> None:
    draw = random.Random(20240801)
    whole = new_address()
    Store.create(whole, rules=RULES).close()
    begun = time.monotonic()
    with child(whole) as number:
        _, status = os.waitpid(number, 0)
    assert status == 0
    longest = time.monotonic() - begun
    wanted = contents(whole)
    kills, rounds, cut_short = 0, 0, 0
    while kills < KILLS and time.monotonic() - begun < SECONDS:
        address = new_address()
        Store.create(address, rules=RULES).close()
        rounds += 1
        done = False
        while not done:
            done = not killed_after(address, draw.uniform(0, longest / 5))
            kills += not done
            if not done and draw.random() < 0.2:
                with Store.open(address, rules=RULES) as store:
                    reports = store.status().reports
                    cut_short += 0 < reports < len(CODED)
                    assert store.check().faults == ()
            if kills >= KILLS or time.monotonic() - begun > SECONDS:
                with child(address) as number:
                    os.waitpid(number, 0)
                done = True
        with Store.open(address, rules=RULES) as store:
            assert store.check(full=True).faults == ()
        assert contents(address) == wanted
    print(f"{kills} kills in {rounds} rounds, {time.monotonic() - begun:.0f} s")
    assert kills >= KILLS / 4, "the machine is too busy to kill often enough"
    assert cut_short > 0, "no kill fell into the work"
