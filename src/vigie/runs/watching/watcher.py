"""The watcher: polls, takes in, tells and delivers until it is stopped, or once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vigie.errors import StoreBusy
from vigie.runs.watching.delivering import Delivering
from vigie.runs.watching.means import Means
from vigie.runs.watching.polling import Poller

_LOOK = dt.timedelta(seconds=30)
"""How long others may write to the store (the desk, another run) before what they changed is told."""
_AFTER_BUSY = 10.0  # seconds to let another writer finish
_GRACE = 20.0  # seconds that what is on its way to a channel is waited for at the end


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run did: reports that were new, notices put down, the feeds and channels that failed the last time."""

    taken: int
    told: int
    feeds_failed: tuple[str, ...]
    channels_failed: tuple[str, ...]


class Watcher:
    """Watches the feeds of a plan (`means.plan`) into a store. Only one may work with a store at a time
    (`Store.watched_alone`)."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._poller = Poller(means)
        self._delivering = Delivering(means)

    def run(self, *, once: bool = False) -> Ran:
        """Watch until it is time to finish; with `once`, poll what is due, tell, deliver, and end.

        Raises StoreError where the store fails, but waits for another writer.
        """
        horizon = self._means.now() if once else None
        while not self._means.workers.stopped:
            try:
                if not once or not self._poller.busy:  # first of all, so that what comes now is new to the filters
                    self._delivering.tell()
                    self._delivering.deliver()
                if self._poller.start_due():
                    continue
                wait = self._wait(horizon)
                if wait is None:
                    break
                self._take(wait)
            except StoreBusy as busy:
                self._means.say(str(busy))
                self._means.workers.wait(_AFTER_BUSY)
        self._finish()
        return Ran(
            self._poller.taken,
            self._delivering.told,
            tuple(sorted(self._poller.failed)),
            tuple(sorted(self._delivering.failed)),
        )

    def _wait(self, horizon: dt.datetime | None) -> float | None:
        """Seconds until there is something to do; None where there will be nothing more in this run."""
        now = self._means.now()
        if horizon is not None:
            due = self._poller.next_due(horizon)
            if due is None and not self._poller.busy and not self._delivering.busy:
                return None
            return max(0.0, ((due or now + _LOOK) - now).total_seconds())
        times = (self._poller.next_due(), self._delivering.next_due(), now + _LOOK)
        return max(0.0, (min(t for t in times if t is not None) - now).total_seconds())

    def _take(self, seconds: float) -> None:
        """Wait for what is being done, and take all that is done by then."""
        done = self._means.workers.wait(seconds)
        while done is not None:
            done()
            done = None if self._means.workers.stopped else self._means.workers.wait(0.0)

    def _finish(self) -> None:
        """Wait for notices that are on their way, so that none is delivered without being noted."""
        until = self._means.now() + dt.timedelta(seconds=_GRACE)
        while self._delivering.busy and (left := (until - self._means.now()).total_seconds()) > 0:
            done = self._means.workers.wait(left)
            if done is not None:
                done()
