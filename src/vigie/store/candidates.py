"""Which pairs are compared: those that share a key, found through an index alone, and never too many.

Under a key that few items carry every pair is due. Under one that many carry (a story that everybody tells, a line that
a paper prints under each article) each item is due with a few anchors only: those smallest by a hash of their id. So
adding an item costs about the same however many are there, and which pairs are due is a function of what is there and
not of the order in which it came. When an item is added, some pairs can therefore cease to be due: those are named too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import BigInteger, Connection, Table, bindparam, delete, insert, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from vigie.store.components import Pair
from vigie.store.many import apply, chosen


@dataclass(frozen=True, slots=True)
class Crowd:
    """`quiet`: items under one key up to which every pair is due. `anchors`: items of a more common key that all others
    are compared with."""

    quiet: int = 64
    anchors: int = 8


def number_of(key: str) -> int:
    """A key of any length as a number of 63 bits."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") >> 1


@dataclass(slots=True)
class Change:
    """What a change of the index makes of pairs: `due` are to be compared, `gone` no longer are. Low number first."""

    due: set[Pair] = field(default_factory=set)
    gone: set[Pair] = field(default_factory=set)


class Index:
    """The keys of items (`keys`: key, rank, item) and the pairs compared (`pairs`: a, b)."""

    def __init__(self, connection: Connection, keys: Table, pairs: Table, crowd: Crowd) -> None:
        self._connection, self._keys, self._pairs = connection, keys, pairs
        self._quiet, self._anchors = crowd.quiet, crowd.anchors

    def add(self, items: Mapping[int, tuple[int, Iterable[int]]]) -> Change:
        """Put new items in, each with its rank and its keys; what pairs that makes due and what it ends."""
        by_key: dict[int, set[int]] = {}
        rows = []
        for item, (rank, keys) in items.items():
            for key in set(keys):
                by_key.setdefault(key, set()).add(item)
                rows.append({"key": key, "rank": rank, "item": item})
        if not rows:
            return Change()
        self._connection.execute(insert(self._keys), rows)
        change, doubtful = Change(), set[Pair]()
        most = max(len(new) for new in by_key.values())
        for key, head in self._heads(by_key, self._quiet + 1 + most).items():
            new = by_key[key]
            old = [item for item in head if item not in new]
            if len(head) <= self._quiet:
                change.due |= _all_pairs(new, head)
                continue
            anchors = head[: self._anchors]
            rising = [item for item in anchors if item in new]
            everybody = self._block(key) if rising else []
            change.due |= _all_pairs(rising, everybody) | _all_pairs(new, anchors)
            if len(old) <= self._quiet:  # the key has just become common
                doubtful |= self._compared(old, old)
            elif rising:
                falling = [item for item in old[: self._anchors] if item not in anchors]
                doubtful |= self._compared(falling, everybody)
        change.gone = self.undue(doubtful - change.due)
        return change

    def remove(self, items: Collection[int]) -> Change:
        """Take items out with their pairs; the pairs that this makes due among those that stay."""
        if not items:
            return Change()
        c, p = self._keys.c, self._pairs.c
        keys = {row.key for row in chosen(self._connection, select(c.key).distinct(), c.item, items)}
        common = [key for key, head in self._heads(keys, self._quiet + 1).items() if len(head) > self._quiet]
        for table, column in ((self._pairs, p.a), (self._pairs, p.b), (self._keys, c.item)):
            apply(self._connection, delete(table), column, items)
        change = Change()
        for key, head in self._heads(common, self._quiet + 1).items():
            few = len(head) <= self._quiet
            some, others = (head, head) if few else (head[: self._anchors], self._block(key))
            change.due |= _all_pairs(some, others) - self._compared(some, others)
        return change

    def compared(self, pairs: set[Pair]) -> set[Pair]:
        """Of some pairs, those that are kept as compared."""
        return pairs & self._compared({a for a, _ in pairs}, None)

    def partners(self, items: Collection[int]) -> set[int]:
        """The items that some items are compared with."""
        return {other for pair in self._compared(items, None) for other in pair} - set(items)

    def undue(self, pairs: set[Pair]) -> set[Pair]:
        """Of some pairs, those that no key makes due (any more)."""
        if not pairs:
            return set()
        keys = self.keys_of({item for pair in pairs for item in pair})
        shared = {pair: keys[pair[0]] & keys[pair[1]] for pair in pairs}
        heads = self._heads(set().union(*shared.values()), self._quiet + 1)
        return {
            (a, b)
            for (a, b), common in shared.items()
            if not any(len(heads[k]) <= self._quiet or {a, b} & set(heads[k][: self._anchors]) for k in common)
        }

    def keys_of(self, items: Collection[int]) -> dict[int, set[int]]:
        """The keys that each of some items carries."""
        c = self._keys.c
        found: dict[int, set[int]] = {item: set() for item in items}
        for row in chosen(self._connection, select(c.item, c.key), c.item, items):
            found[row.item].add(row.key)
        return found

    def _compared(self, some: Collection[int], others: Collection[int] | None) -> set[Pair]:
        """The pairs kept between some items and others (None: any)."""
        p = self._pairs.c
        rows = [row for end in (p.a, p.b) for row in chosen(self._connection, select(p.a, p.b), end, some)]
        if others is None:
            return {(row.a, row.b) for row in rows}
        one, other = set(some), set(others)
        return {(r.a, r.b) for r in rows if (r.a in one and r.b in other) or (r.b in one and r.a in other)}

    def _block(self, key: int) -> list[int]:
        c = self._keys.c
        return list(self._connection.scalars(select(c.item).where(c.key == key)))

    def _heads(self, keys: Collection[int], most: int) -> dict[int, list[int]]:
        """The first items by rank, at most so many, of each key; an empty list for a key that nothing carries."""
        found: dict[int, list[int]] = {key: [] for key in keys}
        if not found:
            return found
        name = self._keys.name
        if self._connection.dialect.name == "postgresql":
            query = text(
                "SELECT k.key, head.item FROM unnest(:keys) AS k (key) "
                f"CROSS JOIN LATERAL (SELECT item, rank FROM {name} "
                "WHERE key = k.key ORDER BY rank, item LIMIT :most) AS head ORDER BY k.key, head.rank, head.item"
            ).bindparams(bindparam("keys", list(found), type_=ARRAY(BigInteger)), most=most)
            for row in self._connection.execute(query):
                found[row.key].append(row.item)
            return found
        # SQLite has no lateral join; a statement a key is as quick, there being no way to a server.
        cursor = self._connection.connection.cursor()
        try:
            statement = f"SELECT item FROM {name} WHERE key = ? ORDER BY rank, item LIMIT ?"
            for key in found:
                found[key] = [row[0] for row in cursor.execute(statement, (key, most))]
        finally:
            cursor.close()
        return found


def _all_pairs(some: Iterable[int], others: Sequence[int] | Collection[int]) -> set[Pair]:
    return {(a, b) if a < b else (b, a) for a in some for b in others if a != b}
