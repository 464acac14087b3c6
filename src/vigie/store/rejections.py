"""What could not be taken in: a list to work through, each place and reason once, taken off when the place is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from vigie.readers import Rejected
from vigie.store import schema as s
from vigie.store.keeping import digest


def note(connection: Connection, rejected: Sequence[Rejected], now: str) -> None:
    """List rejections; those listed before are counted once more."""
    rows = {digest(f"{r.where}\n{r.reason}"): r for r in rejected}
    if not rows:
        return
    c = s.rejected.c
    there = set(connection.scalars(select(c.digest).where(c.digest.in_(list(rows)))))
    if there:
        connection.execute(update(s.rejected).where(c.digest.in_(there)).values(last_at=now, times=c.times + 1))
    new = [
        {"found_at": r.where, "reason": r.reason, "way_out": r.way_out, "digest": key, "first_at": now, "last_at": now}
        for key, r in rows.items()
        if key not in there
    ]
    if new:
        connection.execute(insert(s.rejected), [{**row, "times": 1} for row in new])


def clear(connection: Connection, places: Iterable[str]) -> None:
    """Take off the list what was at places that could be read now."""
    connection.execute(delete(s.rejected).where(s.rejected.c.found_at.in_(list(places))))


def listed(connection: Connection) -> list[Rejected]:
    """The list, by place."""
    c = s.rejected.c
    rows = connection.execute(select(c.found_at, c.reason, c.way_out).order_by(c.found_at, c.digest))
    return [Rejected(row.found_at, row.reason, row.way_out) for row in rows]
