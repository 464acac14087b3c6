"""How long it takes to add a report to a small and to a large record, and to ask a large one.

Fills two stores with invented coded reports, linked by the record's own rules, then adds the same reports to both, one
by one and in turns, each in a transaction of its own: so both are timed in the same minutes, whatever else the machine
does. In the larger an addition may take at most twice as long (medians). Then times every filter of
`vigie.store.filters` on the large record: each has to answer within 300 ms. With `--postgres` the same on a PostgreSQL
server started for it.

Filling stops after `--minutes`, and what is then there is the large record: the line that is printed says how large.
What is added is compared with what happened thereabouts in those days, so that what counts is the number of incidents a
day, more than that of all. `--days` is over how many those of the large record are spread; those of the small one
always over ten years.

    python tools/bench_store.py                        1,000 and 100,000 incidents (18 minutes on an idle machine)
    python tools/bench_store.py --large 20000 --days 720   as many a day as the 100,000, in a fifth of the time
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
DAYS = 3600
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
    parser.add_argument("--large", type=int, default=100_000, help="incidents in the large record")
    parser.add_argument("--days", type=int, default=DAYS, help="over which the large record is spread")
    parser.add_argument("--minutes", type=float, default=40.0, help="for filling the large record, at most")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL, not SQLite")
    options = parser.parse_args()
    with ExitStack() as stack:
        small, large = (stack.enter_context(Store.create(a)) for a in _addresses(stack, postgres=options.postgres))
        _fill(small, options.small, options.minutes, DAYS)
        coming = _fill(large, options.large, options.minutes, options.days)
        return _bench(small, large, coming)


def _addresses(stack: ExitStack, *, postgres: bool) -> tuple[str, str]:
    if postgres:
        server = stack.enter_context(postgres_server.running())
        return server.database(), server.database()
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    return str(folder / "small.db"), str(folder / "large.db")


def _bench(small: Store, large: Store, coming: Iterator[CodedReport]) -> int:
    sizes = [store.status().incidents for store in (small, large)]
    taken: tuple[list[float], list[float]] = ([], [])
    for number, coded in enumerate(itertools.islice(coming, ONE_BY_ONE)):
        # The first of the two pays for what is worked out once for a name or a text: each is the first in turn.
        for n in (0, 1) if number % 2 else (1, 0):
            begun = time.perf_counter()
            (small, large)[n].add([Arrival(coded, "invented")], PRODUCER)
            taken[n].append(1000 * (time.perf_counter() - begun))
    at_small, at_large = (statistics.median(each) for each in taken)
    ok = at_large / at_small <= RATIO
    print(
        f"adding one report: {at_small:.1f} ms at {sizes[0]:,} incidents, {at_large:.1f} ms at {sizes[1]:,}: "
        f"{at_large / at_small:.2f}× (median of {ONE_BY_ONE}; "
        f"nine in ten within {_ninth(taken[0]):.1f} and {_ninth(taken[1]):.1f} ms)",
        flush=True,
    )
    for name, wanted in FILTERS.items():
        took, found = _ask(large, wanted)
        ok = ok and took <= QUERY_MS
        print(f"{name:20} {found:8,} incidents  {took:6.1f} ms{'' if took <= QUERY_MS else '  too slow'}", flush=True)
    return 0 if ok else 1


def _ninth(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=10)[-1]


def _fill(store: Store, incidents: int, minutes: float, days: int) -> Iterator[CodedReport]:
    """Add reports until there are so many incidents, or time is up; what comes after them, for timing."""
    coming = (report for number in itertools.count() for report in invented.reports(1, start=number, days=days))
    begun, count, there = time.monotonic(), 0, 0
    while there < incidents and time.monotonic() - begun < 60 * minutes:
        some = list(itertools.islice(coming, TOGETHER))
        store.add([Arrival(c, "invented") for c in some], PRODUCER)
        count += len(some)
        if count % (10 * TOGETHER) == 0 or incidents - there < 10 * TOGETHER:  # counting takes a while too
            there = store.status().incidents
    took = time.monotonic() - begun
    print(f"{there:,} incidents of {count:,} reports in {took:.0f} s: {count / took:.0f} reports a second", flush=True)
    return coming


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
