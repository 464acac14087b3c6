"""Work that waits for others' servers, beside the one thread that works with the store.

A job runs in a thread of its own; what comes of it is handed to its continuation in the main thread, one at a time. So
nothing but the main thread ever touches the store, and a server that does not answer holds up nobody else.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
Done = Callable[[], None]
"""Hands the outcome of a job to its continuation; to be called in the main thread."""


class Workers(Protocol):
    """Runs jobs beside the main thread."""

    @property
    def stopped(self) -> bool:
        """Whether it is time to finish."""
        ...

    def start(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        """Run a job, which must not raise; `then` is given what it returns."""
        ...

    def wait(self, seconds: float) -> Done | None:
        """The next job that is done; None where there is none after so long, or it is time to finish."""
        ...


class Threads:
    """See `Workers`. Threads end with the process: what they had not handed over by then is done anew next time."""

    def __init__(self) -> None:
        # A SimpleQueue can be put into from a handler of signals, whatever the main thread is doing with it.
        self._done: queue.SimpleQueue[Done | None] = queue.SimpleQueue()
        self._stopped = False

    @property
    def stopped(self) -> bool:
        return self._stopped

    def start(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        def run() -> None:
            outcome = job()
            self._done.put(lambda: then(outcome))

        threading.Thread(target=run, name="vigie-watch", daemon=True).start()

    def wait(self, seconds: float) -> Done | None:
        try:
            return self._done.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None

    def stop(self, *_: Any) -> None:
        """Have the main thread finish; may be called from a handler of signals."""
        self._stopped = True
        self._done.put(None)
