"""Numbers as reported: bounds, the hedge and the words.

The bounds a hedge gives are those of the coded-report contract (docs/vocabulary.md, "Quantity").
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from vigie.model.spans import Span

Hedge = Literal["exact", "at_least", "at_most", "more_than", "less_than", "about", "nearly", "order_of"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A reported number. `lower`/`upper` are inclusive, None where the words give no bound."""

    lower: int | None
    upper: int | None
    hedge: Hedge
    text: str
    evidence: tuple[Span, ...] = ()

    @property
    def best(self) -> int | None:
        """One number for sorting and totals: the lower bound, else the upper."""
        return self.lower if self.lower is not None else self.upper

    def overlaps(self, other: Quantity) -> bool:
        """True when some number satisfies both."""
        low = max(self.lower or 0, other.lower or 0)
        high = min(_or_inf(self.upper), _or_inf(other.upper))
        return low <= high


def _or_inf(bound: int | None) -> float:
    return math.inf if bound is None else bound


def bounds(n: int, hedge: Hedge) -> tuple[int | None, int | None]:
    """Inclusive bounds that `hedge` puts round the number `n`.

    "about" is ±10 %, "nearly" 10 % below, "order_of" ±20 % ("une vingtaine"): the contract's own scale.
    """
    if hedge == "exact":
        return n, n
    if hedge == "at_least":
        return n, None
    if hedge == "at_most":
        return 0, n
    if hedge == "more_than":
        return n + 1, None
    if hedge == "less_than":
        return 0, max(0, n - 1)
    if hedge == "about":
        return n * 9 // 10, -(-n * 11 // 10)
    if hedge == "nearly":
        return n * 9 // 10, n
    return n * 8 // 10, -(-n * 12 // 10)


def covering(quantities: Iterable[Quantity]) -> Quantity | None:
    """The smallest range that holds every given quantity: lowest lower, highest upper; None if none is given."""
    found = list(quantities)
    if not found:
        return None
    if len({(q.lower, q.upper) for q in found}) == 1:
        return found[0]
    lowers = [q.lower for q in found if q.lower is not None]
    lower = min(lowers) if lowers else None
    upper = None if any(q.upper is None for q in found) else max(q.upper for q in found if q.upper is not None)
    evidence = tuple(dict.fromkeys(s for q in found for s in q.evidence))
    return Quantity(lower, upper, "order_of", " / ".join(dict.fromkeys(q.text for q in found)), evidence)
