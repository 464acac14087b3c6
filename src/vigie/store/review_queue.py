"""What is left for a person to decide: pairs of tellings and values worth a look, the most useful first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from vigie.errors import QueryError
from vigie.store import schema as s

ItemKind = Literal["pair", "value"]
_KINDS = ("pair", "value")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue: right after an item. `first` and `second` tell items of one kind and use apart."""

    usefulness: float
    kind: ItemKind
    first: int | str
    second: int | str

    def text(self) -> str:
        """The place as `place_from` reads it."""
        return json.dumps([self.usefulness, self.kind, self.first, self.second], separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class OpenPair:
    """Two tellings (`a` < `b`, by key) of which it is open whether they are of one incident. `blocked` names what keeps
    apart two that score high."""

    a: str
    b: str
    score: float
    blocked: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class OpenValue:
    """A value of a record incident that nobody has decided on and that is worth a look."""

    incident: str
    field: str
    place: Place


@dataclass(frozen=True, slots=True)
class Left:
    """How much is left."""

    pairs: int
    values: int

    @property
    def all(self) -> int:
        return self.pairs + self.values


OpenItem = OpenPair | OpenValue


def place_from(text: str) -> Place:
    """A place in the queue. Raises QueryError for a text that is none."""
    try:
        usefulness, kind, first, second = json.loads(text)
        number = int if kind == "pair" else str
        if kind in _KINDS and isinstance(first, number) and isinstance(second, number):
            return Place(float(usefulness), kind, first, second)
    except (ValueError, TypeError):
        pass
    raise QueryError("page", "the place in the queue cannot be read", "start again from the beginning")


def queue(
    connection: Connection,
    kinds: tuple[ItemKind, ...],
    size: int,
    after: Place | None = None,
    about: str | None = None,
) -> list[OpenItem]:
    """The next items, at most `size`, of the kinds wanted: by use, pairs before values of the same; all, or those about
    one incident."""
    found: list[OpenItem] = []
    if "pair" in kinds:
        found += _pairs(connection, size, after, about=about)
    if "value" in kinds:
        found += _values(connection, size, after, s.doubts.c.incident == about if about is not None else None)
    return sorted(found, key=lambda item: (-item.place.usefulness, item.place.kind))[:size]


def left(connection: Connection) -> Left:
    """How much is left in the whole queue."""
    return Left(
        pairs=connection.scalar(select(func.count()).select_from(s.suggestions)) or 0,
        values=connection.scalar(select(func.count()).select_from(s.doubts)) or 0,
    )


def pair(connection: Connection, a: str, b: str) -> OpenPair | None:
    """A pair by the keys of its members, None where it is not open (any more)."""
    m = s.members.c
    numbers = sorted(connection.scalars(select(m.number).where(m.key.in_([a, b]))))
    if len(numbers) != 2:
        return None
    c = s.suggestions.c
    found = _pairs(connection, 1, None, and_(c.a == numbers[0], c.b == numbers[1]))
    return found[0] if found else None


def value(connection: Connection, incident: str, field: str) -> OpenValue | None:
    """A value of an incident, None where it is not open (any more)."""
    c = s.doubts.c
    found = _values(connection, 1, None, and_(c.incident == incident, c.field == field))
    return found[0] if found else None


def _pairs(
    connection: Connection,
    size: int,
    after: Place | None,
    only: ColumnElement[bool] | None = None,
    about: str | None = None,
) -> list[OpenPair]:
    c, one, other = s.suggestions.c, s.members.alias(), s.members.alias()
    query = (
        select(c.a, c.b, c.score, c.usefulness, c.blocked, one.c.key.label("one"), other.c.key.label("other"))
        .join(one, one.c.number == c.a)
        .join(other, other.c.number == c.b)
        .order_by(c.usefulness.desc(), c.a, c.b)
        .limit(size)
    )
    if only is not None:
        query = query.where(only)
    if about is not None:
        query = query.where(or_(one.c.incident == about, other.c.incident == about))
    if after is not None:
        limit = c.usefulness < after.usefulness
        if after.kind == "pair":
            further = or_(c.a > after.first, and_(c.a == after.first, c.b > after.second))
            limit = or_(limit, and_(c.usefulness == after.usefulness, further))
        query = query.where(limit)
    return [
        OpenPair(
            a=min(row.one, row.other),
            b=max(row.one, row.other),
            score=row.score,
            blocked=row.blocked,
            place=Place(row.usefulness, "pair", row.a, row.b),
        )
        for row in connection.execute(query)
    ]


def _values(
    connection: Connection, size: int, after: Place | None, only: ColumnElement[bool] | None = None
) -> list[OpenValue]:
    c = s.doubts.c
    query = select(s.doubts).order_by(c.usefulness.desc(), c.incident, c.field).limit(size)
    if only is not None:
        query = query.where(only)
    if after is not None:
        further = or_(c.incident > after.first, and_(c.incident == after.first, c.field > after.second))
        if after.kind == "pair":
            query = query.where(c.usefulness <= after.usefulness)
        else:
            query = query.where(or_(c.usefulness < after.usefulness, and_(c.usefulness == after.usefulness, further)))
    return [
        OpenValue(row.incident, row.field, Place(row.usefulness, "value", row.incident, row.field))
        for row in connection.execute(query)
    ]
