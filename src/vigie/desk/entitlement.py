"""Who may make which decision: a matter of its kind, and for an undo of what is undone and whose it was."""

from __future__ import annotations

from collections.abc import Sequence

from vigie.desk.permissions import Forbidden, Permission, allows
from vigie.desk.visitors import User
from vigie.model.record import Decision

EDITORS_OWN: frozenset[str] = frozenset({"merge", "split", "alias", "unalias", "profile"})
"""Kinds of decisions that change more than a pair or a value: an editor makes and undoes them."""


def require(user: User, decision: Decision, log: Sequence[Decision]) -> None:
    """Raises Forbidden where a user's role is not enough for a decision on top of a log."""
    permission = needed(user, decision, log)
    if not allows(user.role, permission):
        raise Forbidden(permission)


def may_undo(user: User, line: Decision, log: Sequence[Decision]) -> bool:
    """Whether a user's role is enough to undo a line of the log (which may be undone already)."""
    return allows(user.role, _for_undoing(user, line, log))


def needed(user: User, decision: Decision, log: Sequence[Decision]) -> Permission:
    """The permission that a decision needs of a user."""
    if decision.kind != "undo":
        return Permission.DECIDE if decision.kind in EDITORS_OWN else Permission.CODE
    undone = _line(log, decision.undoes)
    return Permission.CODE if undone is None else _for_undoing(user, undone, log)


def _for_undoing(user: User, line: Decision, log: Sequence[Decision]) -> Permission:
    own = line.who == user.name
    meant: Decision | None = line
    while meant is not None and meant.kind == "undo":
        meant = _line(log, meant.undoes)
    return Permission.CODE if own and (meant is None or meant.kind not in EDITORS_OWN) else Permission.DECIDE


def _line(log: Sequence[Decision], number: int | None) -> Decision | None:
    return log[number - 1] if number is not None and 0 < number <= len(log) else None
