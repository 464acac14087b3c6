"""What hangs together: the groups that pairs of numbers make."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

Pair = tuple[int, int]


def reached(start: Collection[int], pairs_of: Callable[[set[int]], Iterable[Pair]]) -> list[set[int]]:
    """The groups in which some numbers are, when pairs lead from one to another. `pairs_of` gives all pairs that one of
    some numbers is in; it is asked once for each step further away, not once for each number."""
    pairs: set[Pair] = set()
    found, edge = set(start), set(start)
    while edge:
        new = set(pairs_of(edge))
        pairs |= new
        edge = {number for pair in new for number in pair} - found
        found |= edge
    return groups(found, pairs)


def groups(numbers: Iterable[int], pairs: Iterable[Pair]) -> list[set[int]]:
    """The groups of some numbers that pairs join, sorted by their smallest number."""
    home = {number: number for number in numbers}

    def root(number: int) -> int:
        while home[number] != number:
            home[number] = home[home[number]]
            number = home[number]
        return number

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        home[high] = low
    found: dict[int, set[int]] = {}
    for number in home:
        found.setdefault(root(number), set()).add(number)
    return [found[first] for first in sorted(found)]
