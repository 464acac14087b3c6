"""Where accounts of one incident differ, and how the difference is typed."""

from __future__ import annotations

from typing import Any

import pytest

from vigie.coding.claims import differences
from vigie.model import Claim, Quantity, Span, WeaponUse

WORDS = (Span(0, 1, "x"),)


def claim(k: int, source: str | None, **values: Any) -> Claim:
    return Claim(f"c{k}", source, "i1", "asserts", "stated", "indirect", values, WORDS)


def number(lower: int | None, upper: int | None) -> Quantity:
    return Quantity(lower, upper, "exact", "", WORDS)


def weapons(**counts: int) -> tuple[WeaponUse, ...]:
    return tuple(WeaponUse(kind, n, n, "unknown", WORDS) for kind, n in counts.items())


def told(*claims: Claim) -> list[tuple[str, str]]:
    return [(d.field, d.verdict) for d in differences(claims)]


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ((2, 2), (9, 9), "conflict"),
        ((2, 2), (2, None), "compatible"),
        ((9, 11), (10, 12), "compatible"),
        ((3, None), (0, 2), "conflict"),
        ((0, 0), (1, 1), "conflict"),
    ],
)
def test_tolls_of_two_sources(first: tuple[int, int], second: tuple[int, int], verdict: str) -> None:
    assert told(claim(1, "s1", killed=number(*first)), claim(2, "s2", killed=number(*second))) == [("killed", verdict)]


def test_a_later_toll_of_one_source_is_an_update() -> None:
    assert told(claim(1, "s1", killed=number(2, 2)), claim(2, "s1", killed=number(5, 5))) == [("killed", "update")]


def test_the_outlet_may_differ_from_its_source() -> None:
    assert told(claim(1, None, injured=number(2, 2)), claim(2, "s1", injured=number(5, 5))) == [("injured", "conflict")]


def test_equal_tolls_are_no_difference() -> None:
    assert told(claim(1, "s1", killed=number(2, 2)), claim(2, "s2", killed=number(2, 2))) == []


def test_killed_and_injured_are_never_compared_with_one_another() -> None:
    assert told(claim(1, "s1", killed=number(2, 2)), claim(2, "s2", injured=number(9, 9))) == []


def test_same_number_of_weapons_of_other_kinds() -> None:
    found = differences(
        [claim(1, "s1", weapons=weapons(rocket=1, drone=2)), claim(2, "s2", weapons=weapons(rocket=2, drone=1))]
    )
    assert [(d.field, d.verdict, d.note) for d in found] == [("weapons", "conflict", "same total, different make-up")]
    assert [v.claim for v in found[0].values] == ["c1", "c2"]


def test_other_numbers_of_weapons() -> None:
    found = differences([claim(1, "s1", weapons=weapons(drone=2)), claim(2, "s2", weapons=weapons(drone=3))])
    assert [(d.verdict, d.note) for d in found] == [("conflict", "different numbers of weapons")]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("near", "outside", [("place", "compatible")]),
        ("inside", "outside", [("place", "conflict")]),
        ("near", "near", []),
    ],
)
def test_near_inside_and_outside(first: str, second: str, expected: list[tuple[str, str]]) -> None:
    assert told(claim(1, "s1", where=first), claim(2, "s2", where=second)) == expected
