"""Undoing at the desk, and one's own decisions; two people at once do not overwrite each other (`store.meanwhile`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from vigie.desk.permissions import Permission, allows
from vigie.desk.visitors import User
from vigie.model.record import Decision
from vigie.store.meanwhile import DecidedMeanwhile, Subject, decide, now
from vigie.store.store import Store

__all__ = ["DecidedMeanwhile", "NotYours", "Subject", "decide", "now", "own_lately", "undo"]


class NotYours(Exception):
    """Only an editor undoes what somebody else decided."""


def undo(store: Store, user: User, number: int, why: str = "") -> Decision:
    """Undo a decision. Raises NotYours, and DecisionError where there is none that stands."""
    log = store.decisions()
    undone = next((line for line in log if line.number == number), None)
    if undone is not None and undone.who != user.name and not allows(user.role, Permission.DECIDE):
        raise NotYours(undone.who)
    line = Decision(0, "undo", user.name, now(), why, undoes=number)
    return decide(store, line, None, Subject(frozenset()))


def own_lately(log: Sequence[Decision], standing: Collection[int], user: User, most: int = 8) -> list[Decision]:
    """The decisions of somebody that stand, the newest first."""
    kept = frozenset(standing)
    return [line for line in reversed(log) if line.who == user.name and line.number in kept][:most]
