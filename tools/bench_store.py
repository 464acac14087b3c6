"""How long it takes to add a report to a small and to a large record, and to ask a large one.

Fills a store with invented coded reports, linked by the record's own rules, and times at two sizes the adding of
reports one by one, each in a transaction of its own: the larger may take at most twice as long. Then times every filter
of `vigie.store.filters` on the large record: each has to answer within 300 ms. With `--postgres` the same on a
PostgreSQL server started for it.

    python tools/bench_store.py                        1,000 and 20,000 incidents
    python tools/bench_store.py --large 100000         a quarter of an hour
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import invented
import postgres_server
from vigie.model import CodedReport
from vigie.store.filters import Box, Filter
from vigie.store.keeping import Arrival
from vigie.store.store import Store

RATIO = 2.0
QUERY_MS = 300.0
ONE_BY_ONE = 150  # reports timed at each size
TOGETHER = 200  # reports a transaction while the store is filled
PRODUCER = "invented/1"

FILTERS = {
    "everything": Filter(),
    "country and period": Filter(countries=("IQ",), first_day=dt.date(2019, 1, 1), last_day=dt.date(2019, 3, 31)),
    "type": Filter(types=("shelling_missile", "air_drone_strike")),
    "weapon": Filter(weapons=("rocket",)),
    "actor": Filter(actor="gunmen"),
    "target": Filter(target="market"),
    "target kind": Filter(target_kinds=("aid",)),
    "place": Filter(place="balama"),
    "source": Filter(source="levant monitor"),
    "outlet": Filter(outlet="gulf"),
    "box": Filter(box=Box(30.0, 10.0, 48.0, 36.0)),
    "a frequent word": Filter(text="killed"),
    "two words": Filter(text="market curfew"),
    "a phrase": Filter(text='"police station"'),
    "disputed": Filter(disputed=True),
    "single source": Filter(single_source=True),
    "killed": Filter(killed_at_least=10),
    "several at once": Filter(text="market", countries=("IQ", "SY"), weapons=("rocket", "bomb"), disputed=False),
}


def main() -> int:
    """Print the timings; 1 where a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=1_000, help="incidents in the small record")
    parser.add_argument("--large", type=int, default=20_000, help="incidents in the large record")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL, not SQLite")
    parser.add_argument("--store", help="fill and keep this store, which must be new")
    options = parser.parse_args()
    with ExitStack() as stack:
        address = options.store or _somewhere(stack, postgres=options.postgres)
        store = stack.enter_context(Store.create(address))
        return _bench(store, options.small, options.large)


def _somewhere(stack: ExitStack, *, postgres: bool) -> str:
    if postgres:
        return stack.enter_context(postgres_server.running()).database()
    return str(Path(stack.enter_context(tempfile.TemporaryDirectory())) / "bench.db")


def _bench(store: Store, small: int, large: int) -> int:
    events = itertools.count()
    at_small = _add_one_by_one(store, _fill(store, events, small))
    at_large = _add_one_by_one(store, _fill(store, events, large))
    ratio = at_large / at_small
    ok = ratio <= RATIO
    print(f"adding one report: {at_small:.1f} ms at {small:,} incidents, {at_large:.1f} ms at {large:,}: {ratio:.2f}×")
    for name, wanted in FILTERS.items():
        took, found = _ask(store, wanted)
        ok = ok and took <= QUERY_MS
        print(f"{name:20} {found:8,} incidents  {took:6.1f} ms{'' if took <= QUERY_MS else '  too slow'}")
    return 0 if ok else 1


def _fill(store: Store, events: Iterator[int], incidents: int) -> Iterator[CodedReport]:
    """Reports until there are so many incidents; what comes after them, for timing."""
    coming = (report for number in events for report in invented.reports(1, start=number))
    begun, count = time.monotonic(), 0
    there = store.status().incidents
    while there < incidents:
        some = list(itertools.islice(coming, TOGETHER))
        store.add([Arrival(c, "invented") for c in some], PRODUCER)
        count += len(some)
        if count % (10 * TOGETHER) == 0 or incidents - there < 10 * TOGETHER:  # counting takes a while too
            there = store.status().incidents
    took = time.monotonic() - begun
    if count:
        print(f"{count:,} reports added in {took:.0f} s: {count / took:.0f} a second", flush=True)
    return coming


def _add_one_by_one(store: Store, coming: Iterator[CodedReport]) -> float:
    """Milliseconds to add one report, the median of several."""
    taken = []
    for coded in itertools.islice(coming, ONE_BY_ONE):
        begun = time.perf_counter()
        store.add([Arrival(coded, "invented")], PRODUCER)
        taken.append(1000 * (time.perf_counter() - begun))
    return statistics.median(taken)


def _ask(store: Store, wanted: Filter) -> tuple[float, int]:
    """Milliseconds for a page and its count, the median of three; and the count."""
    taken, found = [], 0
    for _ in range(3):
        begun = time.perf_counter()
        found = store.incidents(wanted, size=50).total
        taken.append(1000 * (time.perf_counter() - begun))
    return statistics.median(taken), found


if __name__ == "__main__":
    sys.exit(main())
