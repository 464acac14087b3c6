"""Counts that are the total of several incidents of one report: no toll of the one that they are told with.

"At least 49 people died in a wave of attacks … 37 were killed in Sarh … twelve died in Ber": where the parts told of
several current incidents add up to a count that was told before, that count is none of theirs.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vigie.coding.joining import Group
    from vigie.coding.tellings import Telling
    from vigie.coding.tolls import TollMention
    from vigie.model import Quantity

# So many other incidents are looked at for those that make up a total.
_MOST_PARTS = 6
# A total told as a round number is met by a sum within these shares of it.
_SHORT, _OVER = 0.9, 1.15
# Fewer than these are the sum of others by chance.
_FEWEST = 3
# So many are not met by a sum of parts by chance, in whatever words they are told.
_PLAIN = 50
_ROUND = frozenset({"about", "nearly", "more_than", "order_of"})


def without_totals(groups: Sequence[Group]) -> None:
    """Takes from each current group the counts that are the total of it and of others."""
    current = [g for g in groups if g.period == "current"]
    if len(current) < 2:
        return
    totals = [_total_sentences(g, [o for o in current if o is not g]) for g in current]
    for group, sentences in zip(current, totals, strict=True):
        if not sentences:
            continue
        group.tellings[:] = [
            replace(t, tolls=tuple(c for c in t.tolls if not _has_own(group, c, sentences)))
            if t.sentence in sentences
            else t
            for t in group.tellings
        ]


def _total_sentences(group: Group, others: Sequence[Group]) -> frozenset[int]:
    """The sentences in which a count, high or told of several acts, is the sum of what is told later of this group and
    of some of the others; also those of what is no less."""
    found: set[int] = set()
    plural = {t.sentence for t in group.tellings if _of_several(t)}
    for harm in ("killed", "injured"):
        counts = [c for c in _counts(group) if c.harm == harm]
        for whole in counts:
            count = whole.quantity.lower or 0
            if count < (_FEWEST if whole.sentence in plural else _PLAIN) or whole.sentence in found:
                continue
            own = _highest(c for c in counts if c.sentence > whole.sentence and _less(c, whole))
            if own is None:
                continue
            parts = [p for o in others if (p := _of_another(o, whole)) is not None][:_MOST_PARTS]
            if any(
                _adds_up([own, *some], whole.quantity)
                for number in range(1, len(parts) + 1)
                for some in itertools.combinations(parts, number)
            ):
                found |= {c.sentence for c in counts if (c.quantity.lower or 0) >= (whole.quantity.lower or 0)}
    return frozenset(found)


def _of_several(telling: Telling) -> bool:
    """Told of several acts, or of several weapons ("two car bombs")."""
    acts = any(a.plural and a.strength != "definite" for a in telling.acts)
    return acts or any((w.quantity.quantity.lower or 0) > 1 for w in telling.weapons if w.quantity is not None)


def _of_another(group: Group, whole: TollMention) -> Quantity | None:
    """What is counted of another group behind a count."""
    return _highest(c for c in _counts(group) if c.harm == whole.harm and c.sentence > whole.sentence)


def _counts(group: Group) -> list[TollMention]:
    return [c for t in group.tellings if not t.past_perfect for c in t.tolls if c.quantity.lower and not c.attackers]


def _less(count: TollMention, whole: TollMention) -> bool:
    return not count.part and (count.quantity.lower or 0) < (whole.quantity.lower or 0)


def _highest(counts: Iterable[TollMention]) -> Quantity | None:
    best = max(counts, key=lambda c: c.quantity.lower or 0, default=None)
    return best.quantity if best is not None else None


def _adds_up(parts: Sequence[Quantity], whole: Quantity) -> bool:
    total, count = sum(p.lower or 0 for p in parts), whole.lower or 0
    if whole.hedge in _ROUND:
        return _SHORT * count <= total <= _OVER * (whole.upper or count)
    return total == count


def _has_own(group: Group, count: TollMention, totals: frozenset[int]) -> bool:
    """Whether a group has another count of the same harm but in the sentences of the totals."""
    return any(c.harm == count.harm and c.sentence not in totals for c in _counts(group))
