"""Which pairs are due: the same whatever the order of arrival, found through the index alone, never too many."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
import sqlalchemy as sa

from vigie.store.candidates import Change, Crowd, Index, Pair, number_of
from vigie.store.store import Store

QUIET, ANCHORS = 5, 2
metadata = sa.MetaData()
keys = sa.Table(
    "test_keys", metadata, *(sa.Column(name, sa.BigInteger, primary_key=True) for name in ("key", "rank", "item"))
)
pairs = sa.Table("test_pairs", metadata, *(sa.Column(name, sa.BigInteger, primary_key=True) for name in ("a", "b")))


def due_by_definition(items: dict[int, set[int]]) -> set[Pair]:
    """Every pair under a key of few; under a key of many, the pairs with those of the smallest rank."""
    found: set[Pair] = set()
    for key in set().union(*items.values(), set()):
        block = sorted((number_of(str(item)), item) for item, its in items.items() if key in its)
        some = block if len(block) <= QUIET else block[:ANCHORS]
        found |= {(min(a, b), max(a, b)) for _, a in some for _, b in block if a != b}
    return found


class Compared:
    """What a caller of the index does: it compares what is due and forgets what is gone."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._index = Index(connection, keys, pairs, Crowd(QUIET, ANCHORS))
        self.comparisons = 0

    def add(self, items: dict[int, set[int]]) -> None:
        self._apply(self._index.add({item: (number_of(str(item)), its) for item, its in items.items()}))

    def remove(self, items: Iterable[int]) -> None:
        self._apply(self._index.remove(list(items)))

    def _apply(self, change: Change) -> None:
        assert not change.due & change.gone
        there = self.pairs()
        new = change.due - there
        self.comparisons += len(new)
        if new:
            self._connection.execute(sa.insert(pairs), [{"a": a, "b": b} for a, b in new])
        for a, b in change.gone:
            self._connection.execute(sa.delete(pairs).where(pairs.c.a == a, pairs.c.b == b))

    def pairs(self) -> set[Pair]:
        return {(row.a, row.b) for row in self._connection.execute(sa.select(pairs))}


@pytest.fixture
def compared(store: Store) -> Iterable[Compared]:
    with store._database.writing() as connection:
        metadata.create_all(connection)
        yield Compared(connection)


@pytest.mark.parametrize("seed", range(6))
def test_the_pairs_are_those_of_the_definition_after_every_change(compared: Compared, seed: int) -> None:
    draw = random.Random(seed)
    items: dict[int, set[int]] = {}
    unused = list(range(1, 60))
    draw.shuffle(unused)
    for _ in range(14):
        if items and draw.random() < 0.3:
            gone = draw.sample(sorted(items), min(len(items), draw.randrange(1, 5)))
            compared.remove(gone)
            for item in gone:
                del items[item]
        new = {unused.pop(): set(draw.sample(range(8), draw.randrange(4))) for _ in range(draw.randrange(5)) if unused}
        compared.add(new)
        items |= new
        assert compared.pairs() == due_by_definition(items)


def test_a_key_that_everybody_carries_costs_no_more_per_item(compared: Compared) -> None:
    for item in range(1, 201):
        compared.add({item: {7}})
    before = compared.comparisons
    for item in range(201, 301):
        compared.add({item: {7}})
    # With two anchors, two comparisons an item, and all of them anew where a smaller rank comes: seldom.
    assert compared.comparisons - before < 100 * ANCHORS + 2 * 300
    assert compared.pairs() == due_by_definition({item: {7} for item in range(1, 301)})


def test_nothing_to_do(compared: Compared) -> None:
    compared.add({})
    compared.add({1: set()})
    compared.remove([])
    compared.remove([1, 2])
    assert compared.pairs() == set()
