"""How long the desk's pages take over a record of 50,000 incidents, beside the same pages over an empty one.

Fills a store with invented reports spread as news is: a few theatres of war tell of most, surges of weeks and quiet
months, towns that are named again and again, copies, later tellings with other tolls, published tallies. Then asks the
app for each page as a browser does and prints the time that the server takes and the ratio to an empty store: the least
of several, after one that is not counted, since what others do on the machine can only add. Beside it stands how much
of that was computing; where nothing else runs that is all of it. The first page of /incidents may take 200 ms,
everything else 300 ms.

    python tools/bench_desk.py                        50,000 incidents; half an hour where little else runs
    python tools/bench_desk.py --store bench.db       the same, and keeps the store: the next time only asks
    python tools/bench_desk.py --explain              also prints how SQLite answers each question
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import event as engine_event

import invented
from desk_client import ORIGIN, DeskClient
from vigie.desk.app import create_app
from vigie.desk.config import DeskConfig
from vigie.model import CodedReport, Place
from vigie.store.filters import Filter
from vigie.store.keeping import Arrival
from vigie.store.store import Store

FIRST_PAGE_MS = 200.0
PAGE_MS = 300.0
TOGETHER = 250  # reports a transaction while the store is filled
PRODUCER = "invented/1"
TIMES = 7
DAYS = 5 * 365
FIRST_DAY = dt.date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Theatre:
    """A part of the world with much of the news: its country, the box its towns lie in, its share of the events."""

    country: str
    west: float
    south: float
    east: float
    north: float
    weight: int
    towns: int


THEATRES = (
    Theatre("UA", 33.0, 46.5, 39.0, 50.0, 30, 400),
    Theatre("SY", 36.0, 33.0, 41.0, 36.8, 18, 260),
    Theatre("SD", 24.0, 11.0, 35.0, 17.0, 10, 160),
    Theatre("IQ", 42.0, 31.0, 46.0, 36.5, 8, 160),
    Theatre("YE", 43.0, 13.0, 48.0, 17.0, 7, 120),
    Theatre("ML", -8.0, 13.0, 2.0, 19.0, 6, 90),
    Theatre("BF", -4.0, 11.0, 1.5, 15.0, 5, 90),
    Theatre("NG", 7.0, 9.0, 14.0, 13.5, 5, 110),
    Theatre("CD", 27.0, -3.0, 30.5, 2.5, 5, 90),
    Theatre("SO", 42.0, -1.0, 49.0, 10.0, 3, 60),
    Theatre("LB", 35.1, 33.1, 36.4, 34.6, 2, 50),
    Theatre("LY", 11.0, 26.0, 24.0, 32.5, 1, 40),
)
_SURGE = 90  # days from one surge of a theatre to the next


def reports(events: Iterator[int]) -> Iterator[CodedReport]:
    """The reports of events: six in ten are told once, the others up to four times, every eighth printed as a copy."""
    for number in events:
        happened = event(number)
        draw = random.Random(f"told {number}")
        for telling in range(1 if draw.random() < 0.6 else draw.randrange(2, 5)):
            yield invented.report(happened, telling)
        if draw.random() < 0.125:
            yield invented.report(happened, 9, copy_of=0)


def event(number: int) -> invented.Event:
    """The event of a number: in a theatre by its share, in its much-named towns more often, in its surges more often.
    One in twelve is told of a place that is known to the region only."""
    draw = random.Random(f"news {number}")
    theatre = draw.choices(THEATRES, [each.weight for each in THEATRES])[0]
    town = int(theatre.towns * draw.random() ** 2.5)
    day = draw.randrange(DAYS)
    if draw.random() < 0.5:  # in a surge, which each theatre has at its own time
        day = day // _SURGE * _SURGE + (7 * THEATRES.index(theatre) + int(draw.gauss(0, 6))) % _SURGE
    return replace(
        invented.event(number),
        day=FIRST_DAY + dt.timedelta(days=day),
        place=place(theatre, town, draw.random() < 1 / 12),
    )


def place(theatre: Theatre, town: int, rough: bool) -> Place:
    """A town of a theatre, or the region that it lies in."""
    draw = random.Random(f"town {theatre.country} {town}")
    lon, lat = draw.uniform(theatre.west, theatre.east), draw.uniform(theatre.south, theatre.north)
    region = f"{theatre.country} {int(3 * (lon - theatre.west) / (theatre.east - theatre.west)) + 1}"
    if rough:
        return Place(
            name=region, text=region, country=theatre.country, precision="region", admin1=region,
            lat=round((theatre.south + theatre.north) / 2, 2), lon=round((theatre.west + theatre.east) / 2, 2),
            gazetteer=f"invented:{region}",
        )  # fmt: skip
    name = invented.town_name(draw)
    return Place(
        name=name, text=name, country=theatre.country, precision="settlement", admin1=region,
        lat=round(lat, 4), lon=round(lon, 4), gazetteer=f"invented:{theatre.country}{town}",
    )  # fmt: skip


def fill(store: Store, incidents: int) -> None:
    """Take reports in until there are so many incidents; goes on where an earlier run was stopped."""
    begun, count, there = time.monotonic(), 0, store.status().incidents
    if there >= incidents:
        return
    given = store.status().reports
    coming = itertools.islice(reports(itertools.count()), given, None)
    while there < incidents:
        some = list(itertools.islice(coming, TOGETHER))
        store.add([Arrival(coded, "invented") for coded in some], PRODUCER)
        count += len(some)
        if count % (10 * TOGETHER) == 0 or incidents - there < 10 * TOGETHER:  # counting takes a while too
            there = store.status().incidents
    took = time.monotonic() - begun
    print(f"{count:,} reports added in {took:.0f} s: {count / took:.0f} a second", flush=True)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the desk: its name, the address, and the milliseconds it may take."""

    name: str
    path: str
    bound: float = PAGE_MS


SELECTIONS = {
    "a country": "country=UA",
    "a place": "place=balama",
    "a period": "from=2022-03&to=2022-04",
    "a type": "type=shelling_missile",
    "an actor": "actor=gunmen",
    "a target": "target=market",
    "a kind of target": "hit=aid",
    "a weapon": "weapon=rocket",
    "a source": "source=levant+monitor",
    "an outlet": "outlet=gulf",
    "disputed": "disputed=yes",
    "single source": "single=yes",
    "unreviewed": "reviewed=no",
    "at least ten killed": "killed=10",
    "not on the map": "drawn=no",
    "a word of every report": "q=killed",
    "two words": "q=market+curfew",
    "a phrase": "q=%22police+station%22",
    "a bounding box": "box=30,10,48,36",
    "country, period, weapon": "country=SY&from=2021&to=2022&weapon=rocket",
    "word, type, disputed": "q=market&type=shelling_missile&disputed=yes",
    "box, actor, single source": "box=-10,10,15,20&actor=gunmen&single=yes",
    "target, unreviewed, deadliest": "target=convoy&reviewed=no&order=deadliest",
    "word, box, period": "q=residents&box=22,44,41,53&from=2023&to=2024",
    "everything at once": "q=market&country=UA&country=SY&weapon=rocket&weapon=bomb&target=market&single=yes"
    "&reviewed=no&from=2020&to=2024&box=22,30,48,53",
}
EUROPE_AND_AFRICA = "view=-20,-10,60,55&zoom=4"
THE_WORLD = "view=-180,-80,180,80&zoom=2"


def questions(store: Store) -> Iterator[Question]:
    """All that is asked. What stands in the store only is asked of the incident told most and of a page far down."""
    yield Question("first page of incidents", "/incidents", FIRST_PAGE_MS)
    for name, query in SELECTIONS.items():
        yield Question(name, f"/incidents?{query}")
    for order in ("oldest", "deadliest", "most_told"):
        yield Question(f"order: {order}", f"/incidents?order={order}")
    page = store.incidents(Filter(), size=1000)
    if page.next is not None:
        yield Question("a page further on", f"/incidents?after={page.next}")
    yield Question("map: the world", f"/incidents/map?{THE_WORLD}")
    yield Question("map: two continents", f"/incidents/map?{EUROPE_AND_AFRICA}")
    yield Question("map: one theatre", "/incidents/map?view=32,46,40,51&zoom=7")
    yield Question("map: a word", f"/incidents/map?q=market&{EUROPE_AND_AFRICA}")
    yield Question("map: type and country", f"/incidents/map?type=attack&country=SY&{EUROPE_AND_AFRICA}")
    for step in ("week", "month", "year"):
        yield Question(f"timeline by the {step}", f"/incidents?by={step}")
    told = store.incidents(Filter(), order="most_told", size=1).lines
    if told:
        yield Question("the incident told most", f"/incidents/{told[0].id}")
    yield Question("review queue", "/review")
    yield Question("review queue: pairs", "/review?kind=pair")
    yield Question("gold mode", "/gold")
    yield Question("reports", "/reports")
    yield Question("reports: a word", "/reports?q=market")
    yield Question("sources", "/sources")
    yield Question("tallies", "/tallies")


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds to answer, those of them in which the server computed, and the status: the least of several, after
    one that is not counted."""

    whole: float
    computing: float
    status: int


def took(client: DeskClient, path: str) -> Took:
    """What an answer takes."""
    status = client.get(path).status_code
    taken = []
    for _ in range(TIMES):
        begun, before = time.perf_counter(), time.process_time()
        client.get(path)
        taken.append((time.perf_counter() - begun, time.process_time() - before))
    return Took(1000 * min(whole for whole, _ in taken), 1000 * min(computing for _, computing in taken), status)


def bench(store: Store, explain: bool) -> int:
    """Print what each page takes; how many are over their bound."""
    slow = 0
    with tempfile.TemporaryDirectory() as folder, Store.create(str(Path(folder) / "empty.db")) as empty:
        filled_desk = DeskClient(create_app(store, DeskConfig()), base_url=ORIGIN)
        empty_desk = DeskClient(create_app(empty, DeskConfig()), base_url=ORIGIN)
        print(f"{'':34}{'empty':>9}{'filled':>11}{'ratio':>8}{'computing':>12}{'bound':>9}")
        for asked in questions(store):
            before, now = took(empty_desk, asked.path), took(filled_desk, asked.path)
            slow += now.computing > asked.bound
            note = _note(now, asked.bound)
            times = f"{before.whole:6.1f} ms{now.whole:8.1f} ms{now.whole / before.whole:7.1f}×{now.computing:9.1f} ms"
            print(f"{asked.name:34}{times}{asked.bound:6.0f} ms{note}", flush=True)
            if explain:
                for line in plans(store, lambda path=asked.path: filled_desk.get(path)):
                    print(f"      {line}")
    return slow


def _note(now: Took, bound: float) -> str:
    if now.status != 200:
        return f"  answers {now.status}"
    if now.computing > bound:
        return "  too slow"
    return "  over it by waiting for a processor" if now.whole > bound else ""


def plans(store: Store, ask: Callable[[], object]) -> list[str]:
    """How SQLite answers the queries that a page puts, with what each takes."""
    engine = store._database.engine  # a bench looks inside; no page does
    lines: list[str] = []

    def before(connection, cursor, statement, parameters, context, many) -> None:  # type: ignore[no-untyped-def]
        context.begun = time.perf_counter()

    def after(connection, cursor, statement, parameters, context, many) -> None:  # type: ignore[no-untyped-def]
        spent = 1000 * (time.perf_counter() - context.begun)
        if not statement.lstrip().upper().startswith(("SELECT", "WITH")) or many or spent < 5:
            return
        raw = connection.connection.driver_connection
        steps = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
        lines.append(f"{spent:.0f} ms {' '.join(statement.split())[:160]}: {'; '.join(steps)}")

    engine_event.listen(engine, "before_cursor_execute", before)
    engine_event.listen(engine, "after_cursor_execute", after)
    try:
        ask()
    finally:
        engine_event.remove(engine, "before_cursor_execute", before)
        engine_event.remove(engine, "after_cursor_execute", after)
    return lines


def main() -> int:
    """Fill, ask, print; 1 where a page takes longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=50_000, help="in the filled store")
    parser.add_argument("--store", type=Path, help="file of the filled store, which is kept; made where there is none")
    parser.add_argument("--explain", action="store_true", help="also print the query plans of queries of 5 ms and more")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = str(given.store or Path(folder) / "filled.db")
        with Store.create(file) as store:
            fill(store, given.incidents)
            status = store.status()
            print(f"{status.incidents:,} incidents, {status.reports:,} reports", flush=True)
            slow = bench(store, given.explain)
    print("every page within its bound" if not slow else f"{slow} pages over their bound")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
