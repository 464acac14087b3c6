"""Texts that somebody has had coded and has not yet kept: for a while, in memory, each for whoever brought it."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from vigie.model import CodedReport
from vigie.readers import Rejected
from vigie.store.keeping import Arrival


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read from one text or file and how it was coded, in its order: what could not be read or coded stands
    in its place. `remarks` say how it was read; `more` counts the reports beyond those that were coded."""

    id: str
    who: str
    name: str
    outcomes: tuple[Arrival | Rejected, ...]
    remarks: tuple[str, ...] = ()
    more: int = 0

    @property
    def arrivals(self) -> tuple[Arrival, ...]:
        """What was coded."""
        return tuple(each for each in self.outcomes if isinstance(each, Arrival))

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """What was not."""
        return tuple(each for each in self.outcomes if isinstance(each, Rejected))

    @property
    def coded(self) -> tuple[CodedReport, ...]:
        """The codings."""
        return tuple(each.coded for each in self.arrivals)

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return sum(len(each.coded.report.raw) + 4 * len(each.coded.report.text) for each in self.arrivals)


class Drafts:
    """The drafts of a desk: at most `most` of them and `room` bytes, each for `lasts` seconds."""

    def __init__(
        self,
        most: int = 40,
        room: int = 60_000_000,
        lasts: float = 4 * 3600,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._room, self._lasts, self._clock = most, room, lasts, clock
        self._drafts: OrderedDict[str, tuple[float, Draft]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, draft: Draft) -> None:
        """Remember a draft; the oldest ones go where there is no room."""
        with self._lock:
            self._drafts[draft.id] = (self._clock(), draft)
            self._drop()

    def find(self, draft_id: str, who: str) -> Draft | None:
        """A draft of somebody, None where it is gone or somebody else's."""
        with self._lock:
            self._drop()
            found = self._drafts.get(draft_id)
        return found[1] if found is not None and found[1].who == who else None

    def drop(self, draft_id: str) -> None:
        """Forget a draft."""
        with self._lock:
            self._drafts.pop(draft_id, None)

    def _drop(self) -> None:
        oldest = self._clock() - self._lasts
        while self._drafts:
            first = next(iter(self._drafts))
            since, _ = self._drafts[first]
            full = len(self._drafts) > self._most or sum(d.size for _, d in self._drafts.values()) > self._room
            if since >= oldest and (not full or len(self._drafts) == 1):
                return
            del self._drafts[first]


def new_id() -> str:
    """An id that nobody guesses."""
    return secrets.token_urlsafe(12)
