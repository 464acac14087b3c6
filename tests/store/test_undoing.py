"""Undoing decisions gives back the record as it was before them, exactly: whichever decisions, in whatever order."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import pytest

import invented
from crowded import WHEN, decision, fill, world
from plain_rules import PlainRules
from vigie.errors import DecisionError
from vigie.model.record import Decision
from vigie.store.candidates import Crowd
from vigie.store.rules import Rules
from vigie.store.store import Store
from vigie.store.usual_rules import UsualRules

CHANGES = 5
RULES: dict[str, Callable[[], Rules]] = {
    "quiet": PlainRules,
    "crowded": lambda: PlainRules(crowd=Crowd(quiet=4, anchors=2)),
    "real": UsualRules,
}
SLOW = [pytest.param(name, seed, marks=pytest.mark.slow) for name in RULES for seed in range(1, 3)]


def undo(number: int) -> Decision:
    return Decision(0, "undo", "Bob", WHEN, undoes=number)


def decided(store: Store, draw: random.Random, changes: int) -> list[dict[str, str]]:
    """Decide at random, undoing among it, until the record changed so often; the record before the first decision and
    after each."""
    keys = sorted(store.homes())
    prints = [store.fingerprint()]
    while sum(a != b for a, b in itertools.pairwise(prints)) < changes:
        try:
            store.decide(decision(draw, keys))
        except DecisionError:
            continue
        prints.append(store.fingerprint())
    return prints


@pytest.mark.parametrize(("rules", "seed"), [("crowded", 0), *SLOW])
def test_undoing_from_the_last_gives_back_every_earlier_record(
    new_address: Callable[[], str], rules: str, seed: int
) -> None:
    with Store.create(new_address(), rules=RULES[rules]()) as store:
        fill(store, world(seed + 70), lambda: 50)
        prints = decided(store, random.Random(seed), CHANGES)
        count = len(prints) - 1
        for number in range(count, 0, -1):
            store.decide(undo(number))  # of an undo: what it undid stands again
            assert store.fingerprint() == prints[number - 1], f"after undoing {number}"
        assert len(store.decisions()) == 2 * count  # nothing was taken out
        store.rebuild()
        assert store.fingerprint() == prints[0]


@pytest.mark.parametrize(("rules", "seed"), [("real", 0), *SLOW])
def test_undoing_in_any_order_and_with_reports_in_between(
    new_address: Callable[[], str], rules: str, seed: int
) -> None:
    reports = world(seed + 80)
    later = list(invented.reports(4, start=seed * 1000))
    draw = random.Random(seed)
    with (
        Store.create(new_address(), rules=RULES[rules]()) as store,
        Store.create(new_address(), rules=RULES[rules]()) as untouched,
    ):
        fill(store, reports, lambda: 50)
        keys = sorted(store.homes())
        taken: list[int] = []
        while len(taken) < 2 * CHANGES:
            drawn = decision(draw, keys)
            if drawn.kind == "undo":
                continue
            try:
                taken.append(store.decide(drawn).number)
            except DecisionError:
                continue
        fill(store, later, lambda: 3)
        draw.shuffle(taken)
        for number in taken:
            store.decide(undo(number))
        fill(untouched, [*later, *reports], lambda: 7)
        assert store.homes() == untouched.homes()
        assert store.fingerprint() == untouched.fingerprint()
