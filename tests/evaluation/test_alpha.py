"""Krippendorff's alpha against his own worked examples (Computing Krippendorff's Alpha-Reliability, 2011)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.evaluation.alpha import interval_alpha, nominal_alpha, ratio_alpha

# Example A: two observers, ten units, two values.
BINARY = [*zip("0100000010", "1110010000", strict=True)]
# Example B: two observers, twelve units, five names.
NAMES = [*zip("aabbdcccedda", "babbbccceddd", strict=True)]
# Example C: four observers, twelve units, values 1 to 5; each unit holds the values it was given.
UNITS = [
    [1, 1, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4], [4, 4, 4, 4], [1, 1, 2, 1],
    [2, 2, 2, 2], [5, 5, 5], [1, 1], [3],
]  # fmt: skip


@pytest.mark.parametrize(
    ("alpha", "units", "published"),
    [
        (nominal_alpha, BINARY, 0.095),
        (nominal_alpha, NAMES, 0.692),
        (nominal_alpha, UNITS, 0.743),
        (interval_alpha, UNITS, 0.849),
        (ratio_alpha, UNITS, 0.797),
    ],
)
def test_the_published_examples_come_out(
    alpha: Callable[[Any], float | None], units: Sequence[Sequence[Hashable]], published: float
) -> None:
    value = alpha(units)
    assert value is not None
    assert round(value, 3) == published


def test_coders_who_agree_have_one_and_coders_who_always_differ_less_than_nothing() -> None:
    assert nominal_alpha([("a", "a"), ("b", "b"), ("a", "a")]) == 1.0
    value = nominal_alpha([("a", "b"), ("b", "a"), ("a", "b")])
    assert value is not None
    assert value < 0


def test_alpha_is_not_defined_where_there_is_nothing_to_agree_about() -> None:
    assert nominal_alpha([]) is None
    assert nominal_alpha([("a",), ("b",)]) is None
    assert nominal_alpha([("a", "a"), ("a", "a")]) is None
    assert ratio_alpha([(0, 0), (0, 0)]) is None


def test_a_difference_counts_by_its_size_and_for_counts_by_its_proportion() -> None:
    near, far = [(1.0, 2.0), (5.0, 5.0), (9.0, 9.0)], [(1.0, 8.0), (5.0, 5.0), (9.0, 9.0)]
    assert (interval_alpha(near) or 0) > (interval_alpha(far) or 0)
    few, many = [(1.0, 3.0), (50.0, 50.0), (100.0, 100.0)], [(1.0, 1.0), (50.0, 50.0), (98.0, 100.0)]
    assert (ratio_alpha(many) or 0) > (ratio_alpha(few) or 0)


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), max_size=12), st.randoms())
def test_the_order_of_units_and_of_coders_makes_no_difference(units: list[list[str]], draw: Any) -> None:
    mixed = [draw.sample(unit, len(unit)) for unit in units]
    draw.shuffle(mixed)
    one, other = nominal_alpha(units), nominal_alpha(mixed)
    assert (one is None) == (other is None)
    assert one is None or other is None or abs(one - other) < 1e-9


def test_units_may_be_any_iterable() -> None:
    def drawn() -> Iterable[tuple[str, str]]:
        yield from NAMES

    assert nominal_alpha(drawn()) == nominal_alpha(NAMES)
