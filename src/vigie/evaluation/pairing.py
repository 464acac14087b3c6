"""Which incident of one coding is which of another: how alike two are, and the best set of pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from vigie.evaluation.names import same_name
from vigie.evaluation.rules import matching_rules
from vigie.evaluation.sheets import Days, SheetIncident
from vigie.evaluation.slots import same_number

T = TypeVar("T")
Pair = tuple[int, int]
"""Index of the coded one, index of the gold one."""

# Totals closer than this are equal: sums of the same weights in another order differ by rounding.
_EQUAL = 1e-9


def likeness(coded: SheetIncident, gold: SheetIncident) -> float:
    """How alike a coded and a gold incident are, from 0 to 1, over what the gold one states: the weighted mean of the
    agreement of each field, with the weights of matching.yaml."""
    got = total = 0.0
    for weight, value in _fields(coded, gold):
        got, total = got + weight * value, total + weight
    return got / total


def _fields(coded: SheetIncident, gold: SheetIncident) -> Iterator[tuple[float, float]]:
    """The weight of each field that the gold incident states, and how far the coded one agrees."""
    rules = matching_rules()
    weights = rules.weights
    ours, theirs = coded.place, gold.place
    if gold.days:
        yield weights.days, closeness(coded.days, gold.days)
    if theirs and theirs.name:
        yield weights.place, same_name(ours.name if ours else None, theirs.name)
    if theirs and theirs.country:
        yield weights.country, ours is not None and ours.country == theirs.country
    same_family = rules.family(coded.type) == rules.family(gold.type)
    yield weights.type, 1.0 if coded.type == gold.type else 0.5 if same_family else 0.0
    if gold.killed and gold.killed.stated:
        yield weights.killed, same_number(coded.killed, gold.killed)
    kinds = {w.kind for w in gold.weapons}
    if kinds:
        yield weights.weapon, bool(kinds & {w.kind for w in coded.weapons})
    if not gold.days and not theirs:
        yield weights.lone_actor, any(same_name(a.text, b.text) for a in coded.actors for b in gold.actors)


def closeness(coded: Days | None, gold: Days | None) -> float:
    """1 for the same days, 0.5 for days that overlap or lie side by side, else 0."""
    if coded is None or gold is None:
        return 0.0
    if coded == gold:
        return 1.0
    gap = max((coded.first - gold.last).days, (gold.first - coded.last).days)
    return 0.5 if gap <= 1 else 0.0


def pair_incidents(coded: Sequence[SheetIncident], gold: Sequence[SheetIncident]) -> list[Pair]:
    """The pairs of incidents that are taken for the same."""
    return best_pairs(coded, gold, likeness, matching_rules().floor)


def best_pairs(coded: Sequence[T], gold: Sequence[T], alike: Callable[[T, T], float], floor: float) -> list[Pair]:
    """One-to-one pairs with the greatest total likeness; a pair below the floor never counts. Of equal totals the one
    that leaves earlier coded ones alone, then takes earlier gold ones, wins. Where there are too many for a full
    search (`exact_up_to` of matching.yaml) the likest pair is taken first, then the next."""
    table = [[value if (value := alike(c, g)) >= floor else 0.0 for g in gold] for c in coded]
    limits = matching_rules().exact_up_to
    if len(gold) > limits.gold or len(coded) > limits.coded:
        return _likest_first(table)
    return _search(table)


def _likest_first(table: Sequence[Sequence[float]]) -> list[Pair]:
    candidates = [(value, (i, j)) for i, row in enumerate(table) for j, value in enumerate(row) if value]
    candidates.sort(key=lambda candidate: (-candidate[0], candidate[1]))
    chosen: list[Pair] = []
    for _, (i, j) in candidates:
        if all(i != a and j != b for a, b in chosen):
            chosen.append((i, j))
    return chosen


def _search(table: Sequence[Sequence[float]]) -> list[Pair]:
    """The best pairs by going through every set of gold rows still free, each once."""
    known: dict[tuple[int, frozenset[int]], tuple[float, tuple[Pair, ...]]] = {}

    def best_from(i: int, taken: frozenset[int]) -> tuple[float, tuple[Pair, ...]]:
        if i == len(table):
            return 0.0, ()
        if (i, taken) in known:
            return known[i, taken]
        total, pairs = best_from(i + 1, taken)
        for j, value in enumerate(table[i]):
            if not value or j in taken:
                continue
            rest, others = best_from(i + 1, taken | {j})
            if value + rest > total + _EQUAL:
                total, pairs = value + rest, ((i, j), *others)
        known[i, taken] = total, pairs
        return total, pairs

    return list(best_from(0, frozenset())[1])
