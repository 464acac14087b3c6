"""What a watcher works with, handed in."""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from vigie.runs.batch import Input
from vigie.runs.ingest import Summary
from vigie.runs.watching.addresses import Guard
from vigie.runs.watching.channels import Wording
from vigie.runs.watching.fetching import Fetcher
from vigie.runs.watching.plan import Language, Plan
from vigie.runs.watching.workers import Workers
from vigie.store.store import Store
from vigie.store.watch_notices import Notice

TakeIn = Callable[[Iterable[Input]], Summary]
"""Takes inputs into the store (`runs.ingest.ingest`)."""


@dataclass(frozen=True, slots=True)
class Means:
    """`now` is the time of day in UTC, `say` writes a line for whoever runs the watcher, `show` puts notices on
    standard output. `seed` is what waits are drawn from, `tls` the certificates that are trusted (None: those of the
    system)."""

    plan: Plan
    store: Store
    take_in: TakeIn
    fetcher: Fetcher
    guard: Guard
    workers: Workers
    wording: Wording
    show: Callable[[Sequence[Notice], Language], None]
    say: Callable[[str], None]
    now: Callable[[], dt.datetime]
    seed: int
    tls: ssl.SSLContext | None = None
