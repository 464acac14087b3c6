"""Krippendorff's alpha: how far coders agree beyond chance, for any number of coders and with values missing.

    α = 1 − D_o / D_e,  with coincidences  o_ck = Σ_u (pairs c, k of different coders in unit u) / (m_u − 1)
    D_o = Σ_ck o_ck · δ²_ck / n,   D_e = Σ_ck n_c · n_k · δ²_ck / (n · (n − 1))

m_u is the number of values given to unit u (a unit with fewer than two says nothing and is left out), n_c how often
value c occurs in the units that are left, n their sum. The difference δ² of two values depends on the level of
measurement: nominal 0 or 1; interval (c − k)²; ratio ((c − k) / (c + k))².

Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability, University of Pennsylvania, 2011
(repository.upenn.edu/asc_papers/43); Content Analysis, 3rd ed., 2013, ch. 12. A value of 1 is perfect agreement, 0 that
of chance; the same author asks for 0.800, and draws tentative conclusions from 0.667 on.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def nominal_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Alpha of names. A unit is the values given to it, one for each coder who gave one. None where no unit has two
    values, or where all values are the same: there is nothing to agree about then."""
    return _alpha(units, lambda c, k: float(c != k))


def interval_alpha(units: Iterable[Sequence[float]]) -> float | None:
    """Alpha of numbers on a scale without a natural zero, as days are; else as `nominal_alpha`."""
    return _alpha(units, lambda c, k: (c - k) ** 2)


def ratio_alpha(units: Iterable[Sequence[float]]) -> float | None:
    """Alpha of counts (none below 0): what counts is the difference in proportion; else as `nominal_alpha`."""
    return _alpha(units, lambda c, k: ((c - k) / (c + k)) ** 2 if c + k else 0.0)


def _alpha(units: Iterable[Sequence[T]], difference: Callable[[T, T], float]) -> float | None:
    coincidences: dict[tuple[T, T], float] = {}
    for unit in units:
        if len(unit) < 2:
            continue
        for i, c in enumerate(unit):
            for j, k in enumerate(unit):
                if i != j:
                    coincidences[c, k] = coincidences.get((c, k), 0.0) + 1 / (len(unit) - 1)
    totals: dict[T, float] = {}
    for (c, _), weight in coincidences.items():
        totals[c] = totals.get(c, 0.0) + weight
    n = sum(totals.values())
    observed = sum(weight * difference(c, k) for (c, k), weight in coincidences.items())
    expected = sum(totals[c] * totals[k] * difference(c, k) for c in totals for k in totals)
    return None if not expected else 1 - (n - 1) * observed / expected
