"""Deciding so that two people at once do not overwrite each other.

Whoever decides says which line of the log they have seen last (its hash). Where others have decided since, what they
decided is looked at: if it is about something else it is no obstacle, if it is about the same thing nothing is written
and whoever decides is told who decided what.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from vigie.errors import DecisionConflict
from vigie.model.record import Decision
from vigie.record.names import fold_name
from vigie.store.store import Store

_ATTEMPTS = 20  # others can be quicker only so many times in a row


@dataclass(frozen=True, slots=True)
class Subject:
    """What a decision is about: all members of the incidents concerned, and the field where it is about one value; or
    names of sources, folded."""

    members: frozenset[str] = frozenset()
    field: str | None = None
    names: frozenset[str] = frozenset()


@dataclass
class DecidedMeanwhile(Exception):
    """Others have decided on the same thing since it was looked at. `lines` are their decisions, the first one first;
    of an undo, the line itself."""

    lines: tuple[Decision, ...] = field(default=())

    def __str__(self) -> str:
        return f"{len(self.lines)} decision(s) in the meantime"


def now() -> str:
    """The moment as decisions give it: ISO 8601, in UTC, to the second."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def decide(store: Store, decision: Decision, seen: str | None, subject: Subject) -> Decision:
    """Add a decision to the log; the decision as it is kept. `seen` is the hash of the last line that was seen, "" for
    an empty log, None where nothing was looked at.

    Raises DecidedMeanwhile where others have decided on the same thing since, and what `Store.decide` raises.
    """
    for _ in range(_ATTEMPTS):
        log = store.decisions()
        clash = tuple(line for line in since(log, seen) if concerns(log, line, subject)) if seen is not None else ()
        if clash:
            raise DecidedMeanwhile(clash)
        try:
            return store.decide(decision, expected=log[-1].hash if log else "")
        except DecisionConflict:  # somebody was quicker by a moment: look at what they decided
            seen = seen if seen is not None else (log[-1].hash if log else "")
    raise DecisionConflict(store.address, "others decide without a break", "try again in a moment")


def since(log: Sequence[Decision], seen: str) -> Sequence[Decision]:
    """The lines after the one with a hash: all of them where there is none of that hash."""
    for place in range(len(log) - 1, -1, -1):
        if log[place].hash == seen:
            return log[place + 1 :]
    return log


def concerns(log: Sequence[Decision], line: Decision, subject: Subject) -> bool:
    """Whether a line of the log is about a subject."""
    meant = line
    while meant.kind == "undo" and meant.undoes is not None:
        meant = log[meant.undoes - 1]
    if meant.names:
        return not subject.names.isdisjoint(map(fold_name, meant.names))
    if meant.field is not None and subject.field is not None and meant.field != subject.field:
        return False
    if meant.claim is not None:
        return meant.claim.rpartition("#")[0] in {key.rpartition("#")[0] for key in subject.members}
    return not subject.members.isdisjoint((*meant.members, *meant.apart))
