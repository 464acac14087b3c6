"""How far a score might be off because these reports were drawn and not others: the bootstrap over reports.

A set of as many reports is drawn with replacement, again and again, and the score taken anew (Efron and Tibshirani,
An Introduction to the Bootstrap, 1993, ch. 13: percentile interval). For two codings of the same reports each draw
takes the same reports from both (Koehn, Statistical Significance Tests for Machine Translation Evaluation, EMNLP 2004).
The draws are the same every time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from vigie.evaluation.scores import Score

_DRAWS = 1000
_SEED = 20231017
_TAIL = 0.025


def f1_interval(reports: Sequence[Score]) -> tuple[float, float] | None:
    """The bounds between which the F1 over all reports lies in 95 of 100 draws, from each report's own score; None for
    fewer than two reports."""
    if len(reports) < 2:
        return None
    drawn = sorted(_f1(reports, chosen) for chosen in _draws(len(reports)))
    edge = int(_TAIL * len(drawn))
    return drawn[edge], drawn[-1 - edge]


def share_better(before: Sequence[Score], after: Sequence[Score]) -> float | None:
    """In what share of draws the F1 of `after` is above that of `before`, a draw with equal ones counting half; None
    for fewer than two reports. Both hold the scores of the same reports in the same order."""
    if len(before) < 2:
        return None
    points = 0.0
    for chosen in _draws(len(before)):
        one, other = _f1(before, chosen), _f1(after, chosen)
        points += 1.0 if other > one else 0.5 if other == one else 0.0
    return points / _DRAWS


def _draws(reports: int) -> Iterator[list[int]]:
    drawn = random.Random(_SEED)
    for _ in range(_DRAWS):
        yield drawn.choices(range(reports), k=reports)


def _f1(reports: Sequence[Score], chosen: Sequence[int]) -> float:
    right = sum(reports[i].right for i in chosen)
    filled = sum(reports[i].coded + reports[i].gold for i in chosen)
    return 2 * right / filled if filled else 1.0
