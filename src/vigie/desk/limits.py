"""How often what may be asked: a bucket of requests for each asker, which fills again evenly (the token bucket)."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

from vigie.desk.config import Rate

_REMEMBERED = 10_000  # askers; the one not seen for longest is forgotten first


class TooMany(Exception):
    """Asked too often. `wait` is the number of seconds after which it may be tried again."""

    def __init__(self, wait: float) -> None:
        self.wait = max(1, int(wait + 0.999))
        super().__init__(f"again in {self.wait} s")


class Limiter:
    """The buckets of a desk. `rates` names them; `clock` gives seconds that only go forward."""

    def __init__(self, rates: Mapping[str, Rate], clock: Callable[[], float] = time.monotonic) -> None:
        self._rates, self._clock, self._lock = rates, clock, threading.Lock()
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()  # requests left, and when

    def take(self, name: str, asker: str) -> None:
        """Count one request. Raises TooMany where none is left, KeyError for a rate without that name."""
        rate, now = self._rates[name], self._clock()
        with self._lock:
            left, then = self._left.pop((name, asker), (float(rate.requests), now))
            left = min(rate.requests, left + (now - then) * rate.requests / rate.seconds)
            enough = left >= 1
            self._left[name, asker] = (left - 1 if enough else left, now)
            if len(self._left) > _REMEMBERED:
                self._left.popitem(last=False)
        if not enough:
            raise TooMany((1 - left) * rate.seconds / rate.requests)

    def forget(self, name: str, asker: str) -> None:
        """Give an asker all requests back (who signs in has shown who they are)."""
        with self._lock:
            self._left.pop((name, asker), None)
