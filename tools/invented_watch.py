"""What tests of the watcher put in the place of the world: a clock that is set by hand, work that is done at once, and
a coder for sentences of one form.

    Rutba IQ 2024-07-28 attack: 3 killed, 5 injured, by Brigade of the Plain, says army spokesman.

A report may have several such sentences, each an incident; whatever else it says is passed over.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import signal
import ssl
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from plain_rules import PlainRules
from vigie.exports.notices import Words, json_line
from vigie.model import (
    Actor,
    Claim,
    CodedReport,
    Incident,
    Place,
    Quantity,
    Report,
    ReportedDate,
    Source,
    Span,
)
from vigie.model.record import (
    Decided,
    Family,
    RecordIncident,
    ReportedIncident,
)
from vigie.record.reconcile import reconcile
from vigie.record.sources import Sources, seeded
from vigie.runs.batch import Input
from vigie.runs.ingest import Summary, ingest
from vigie.runs.watching.addresses import Guard, Resolver
from vigie.runs.watching.config import load
from vigie.runs.watching.fetching import Fetcher
from vigie.runs.watching.means import Means
from vigie.runs.watching.plan import Plan
from vigie.runs.watching.watcher import Ran, Watcher
from vigie.runs.watching.workers import Done, Threads
from vigie.store.store import Store, now
from vigie.store.watch_notices import Notice

T = TypeVar("T")
PRODUCER = "one form of sentence/1"
START = dt.datetime(2024, 8, 1, 12, 0, tzinfo=dt.UTC)
_SENTENCE = re.compile(
    r"(?P<place>[A-Z]\w+) (?P<country>[A-Z]{2}) (?P<day>\d{4}-\d\d-\d\d) (?P<type>[a-z_]+)"
    r"(?:: (?P<killed>\d+) killed)?(?:, (?P<injured>\d+) injured)?(?:, by (?P<actor>[\w ]{1,60}))?"
    r"(?:, says (?P<source>[\w ]{1,60}))?\."
)


class WatchRules(PlainRules):
    """The plain rules, with the record's own reconciling: notices show what it finds."""

    def reconcile(
        self, members: Sequence[ReportedIncident], families: Sequence[Family], decided: Decided, sources: Sources
    ) -> RecordIncident:
        """`record.reconcile.reconcile`."""
        return reconcile(members, families, decided, sources)


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self, now: dt.datetime = START) -> None:
        self.time = now

    def __call__(self) -> dt.datetime:
        return self.time

    def forward(self, **by: float) -> None:
        """Let time pass (`minutes=5`)."""
        self.time += dt.timedelta(**by)


class AtOnce:
    """Workers that do a job when it is given; waiting for more lets the clock go on."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._done: list[Done] = []
        self.stopped = False
        self.waited: list[float] = []

    def start(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        outcome = job()
        self._done.append(lambda: then(outcome))

    def wait(self, seconds: float) -> Done | None:
        if self._done:
            return self._done.pop(0)
        if seconds:
            self.waited.append(seconds)
        self._clock.forward(seconds=seconds)
        return None


def coder(reports: Iterable[Report]) -> Iterator[CodedReport]:
    """Codes the sentences of the form."""
    for report in reports:
        if "BREAK" in report.text:
            raise ZeroDivisionError("by a bad report")
        incidents, claims, sources = [], [], []
        for number, found in enumerate(_SENTENCE.finditer(report.text), 1):
            span = (Span(found.start(), found.end(), found.group()),)
            day = dt.date.fromisoformat(found["day"])
            toll = {
                k: Quantity(int(found[k]), int(found[k]), "exact", found[k]) for k in ("killed", "injured") if found[k]
            }
            name = found["source"] or report.outlet or "an outlet"
            sources.append(Source(f"s{number}", name, "named", "other", span))
            claims.append(
                Claim(f"c{number}", f"s{number}", f"i{number}", "asserts", "stated", "indirect", dict(toll), span)
            )
            incidents.append(
                Incident(
                    id=f"i{number}",
                    type=found["type"],  # type: ignore[arg-type]
                    period="current",
                    date=ReportedDate(day, day, "day", "stated", found["day"]),
                    place=_place(found["place"], found["country"]),
                    evidence=span,
                    actors=(Actor(found["actor"], "stated", span),) if found["actor"] else (),
                    killed=toll.get("killed"),
                    injured=toll.get("injured"),
                    claims=(f"c{number}",),
                    sources=(f"s{number}",),
                )
            )
        yield CodedReport(report, sources=tuple(sources), claims=tuple(claims), incidents=tuple(incidents))


def watch(address: str, file: str, out: str | None = None, *, once: bool = False) -> None:
    """Watch as the command does, with this coder and these rules, until SIGTERM; a line of JSON for each notice goes to
    the end of a file, or to standard output. Quick to start, for tests that start it often."""
    plan, workers = load(Path(file), os.environ), Threads()
    signal.signal(signal.SIGTERM, workers.stop)

    def show(notices: Sequence[Notice], language: str) -> None:
        with open(out, "a", encoding="utf-8") if out else contextlib.nullcontext(sys.stdout) as stream:
            for notice in notices:
                stream.write(json_line(notice) + "\n")
                stream.flush()

    with Store.open(address, rules=WatchRules()) as store, store.watched_alone():
        guard = Guard(plan.allowed)
        means = Means(
            plan=plan,
            store=store,
            take_in=lambda inputs: ingest(store, inputs, coder, ("en", "fr"), PRODUCER),
            fetcher=Fetcher(guard, plan.limits, "vigie/test", now),
            guard=guard,
            workers=workers,
            wording=Words(),
            show=show,
            say=lambda words: print(words, file=sys.stderr, flush=True),
            now=now,
            seed=plan.seed or 0,
        )
        Watcher(means).run(once=once)


def nursery(commands: Connection, address: str, file: str, out: str) -> None:
    """Start watchers that need no time to start, by copying this process, which has loaded what they need: for each
    True or False (`once`) that comes in, the number of a new process goes out, and its exit code when it has ended.
    None ends this one."""
    import feedparser  # noqa: F401
    import lxml.etree  # noqa: F401

    seeded()
    while (once := commands.recv()) is not None:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                watch(address, file, out, once=once)
                code = 0
            finally:
                os._exit(code)
        commands.send(child)
        commands.send(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _place(name: str, country: str) -> Place:
    return Place(name, name, country, "settlement")


class Watched:
    """Everything that a watcher works with, over a store, and what it showed and said."""

    def __init__(self, store: Store, clock: Clock | None = None, resolve: Resolver | None = None) -> None:
        self.store, self.clock, self._resolve = store, clock or Clock(), resolve
        self.shown: list[Notice] = []
        self.said: list[str] = []
        self.workers = AtOnce(self.clock)
        self.coded: list[str] = []
        self.tls: ssl.SSLContext | None = None

    def means(self, plan: Plan) -> Means:
        """The means for a plan."""
        guard = Guard(plan.allowed, self._resolve)
        self.workers = AtOnce(self.clock)
        return Means(
            plan=plan,
            store=self.store,
            take_in=self._take_in,
            fetcher=Fetcher(guard, plan.limits, "vigie/test (+watch@courier.example)", self.clock),
            guard=guard,
            workers=self.workers,
            wording=Words(),
            show=lambda notices, language: self.shown.extend(notices),
            say=self.said.append,
            now=self.clock,
            seed=plan.seed or 0,
            tls=self.tls,
        )

    def once(self, plan: Plan) -> Ran:
        """Watch once, as a process that is started anew."""
        return Watcher(self.means(plan)).run(once=True)

    def told(self) -> list[tuple[str, str]]:
        """Kind and incident of what was shown since the last time this was asked."""
        found = [(notice.kind, notice.body["incident"]["place"]["name"]) for notice in self.shown]
        self.shown.clear()
        return found

    def _take_in(self, inputs: Iterable[Input]) -> Summary:
        return ingest(self.store, inputs, self._coder, ("en", "fr"), PRODUCER)

    def _coder(self, reports: Iterable[Report]) -> Iterator[CodedReport]:
        for coded in coder(reports):
            self.coded.append(coded.report.id)
            yield coded


if __name__ == "__main__":
    watch(*sys.argv[1:3])
