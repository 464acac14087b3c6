"""When what is due: pure functions of the time, the plan and what happened.

After a success a feed waits its interval, after failures twice as long each time, never longer than `longest`; what a
server asks for (Retry-After) is waited at least. Every wait is lengthened by a share that a seeded generator draws from
the name and the number of the poll, so that the same seed gives the same times.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Mapping

from vigie.runs.watching.plan import Polling
from vigie.store.watch_feeds import HostState

GONE = dt.timedelta(days=7)
"""How long a feed is left alone that says it is gone for good (410)."""
_DOUBLINGS = 20  # more would only be longer than anybody waits
_FIRST_RETRY = dt.timedelta(seconds=30)  # of a delivery


def after_success(name: str, polls: int, interval: dt.timedelta, polling: Polling, seed: int) -> dt.timedelta:
    """How long to wait after a poll that went well."""
    return _lengthened(interval, name, polls, polling, seed)


def after_failure(
    name: str,
    polls: int,
    failures: int,
    interval: dt.timedelta,
    polling: Polling,
    seed: int,
    *,
    status: int | None = None,
    wait: float | None = None,
) -> dt.timedelta:
    """How long to wait after so many failures in a row; `status` of HTTP and `wait` (seconds) are what the server said
    the last time."""
    if status == 410:
        return _lengthened(GONE, name, polls, polling, seed)
    longest = max(polling.longest, interval)
    doubled = _lengthened(doubling(interval, failures, longest), name, polls, polling, seed)
    return max(doubled, dt.timedelta(seconds=wait or 0.0))


def after_refusal(name: str, attempts: int, polling: Polling, seed: int, wait: float | None) -> dt.timedelta:
    """How long to wait after so many attempts to deliver."""
    doubled = doubling(_FIRST_RETRY, attempts, polling.longest)
    return max(_lengthened(doubled, name, attempts, polling, seed), dt.timedelta(seconds=wait or 0.0))


def doubling(first: dt.timedelta, times: int, longest: dt.timedelta) -> dt.timedelta:
    """`first`, twice that, four times that …, `longest` at most."""
    return min(first * (1 << min(max(times, 1) - 1, _DOUBLINGS)), longest)


def host_free(host: str, hosts: Mapping[str, HostState], interval: dt.timedelta) -> dt.datetime:
    """From when on a host may be asked (again)."""
    state = hosts.get(host)
    if state is None:
        return dt.datetime.min.replace(tzinfo=dt.UTC)
    free = state.asked_at + interval
    return free if state.not_before is None else max(free, state.not_before)


def host_after(host: str, asked_at: dt.datetime, status: int | None, wait: float | None) -> HostState:
    """A host after it was asked. One that is asked too often or not in service (429, 503) and says for how long is left
    alone as a whole."""
    asks = wait is not None and status in (429, 503)
    return HostState(host, asked_at, asked_at + dt.timedelta(seconds=wait or 0.0) if asks else None)


def _lengthened(wait: dt.timedelta, name: str, number: int, polling: Polling, seed: int) -> dt.timedelta:
    words = f"{seed}\n{name}\n{number}".encode()
    drawn = random.Random(int.from_bytes(hashlib.sha256(words).digest()[:8])).random()
    return wait * (1 + polling.jitter * drawn)
