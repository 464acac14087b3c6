"""The agreement of two people who coded the same reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vigie.evaluation.agreement import Agreement, SlotAgreement, agreement
from vigie.evaluation.sheets import Sheet

RAID: dict[str, Any] = {
    "type": "attack",
    "date": {"start": "2024-05-02"},
    "place": {"name": "Valmarc", "country": "ML"},
    "killed": {"lower": 3, "upper": 3},
    "actors": ["Daech"],
    "weapons": [{"kind": "firearm"}],
}
BOMB: dict[str, Any] = {
    "type": "remote_explosive",
    "date": {"start": "2024-06-11"},
    "place": {"name": "Selwick", "country": "GB"},
    "killed": {"lower": 9, "upper": 9},
    "weapons": [{"kind": "bomb", "lower": 1, "upper": 1}],
    "targets": ["train"],
}


def row(found: Agreement, slot: str) -> SlotAgreement:
    return next(s for s in found.slots if s.slot == slot)


def alpha(found: Agreement, slot: str) -> float | None:
    told = row(found, slot).alpha
    assert told is not None
    return told.alpha


def test_a_coder_agrees_with_himself(by_hand: Callable[..., Sheet]) -> None:
    sheets = [by_hand("fr:1", RAID), by_hand("fr:2", BOMB), by_hand("fr:3")]
    found = agreement(sheets, sheets)
    assert found.reports == 3
    assert all(s.f1 in (None, 1.0) or not (s.first_as_gold and s.first_as_gold.gold) for s in found.slots)
    for slot in ("detection", "type", "date", "place", "killed", "weapon"):
        assert alpha(found, slot) == 1.0
    assert alpha(found, "period") is None  # both are current: there is nothing to tell apart


def test_other_words_for_one_body_agree_and_what_one_left_out_does_not(by_hand: Callable[..., Sheet]) -> None:
    first = [by_hand("fr:1", RAID), by_hand("fr:2", {**BOMB, "actors": ["police"]})]
    second = [by_hand("fr:1", {**RAID, "actors": ["État islamique"]}), by_hand("fr:2", BOMB)]
    found = agreement(first, second)
    actors = row(found, "actor")
    assert actors.alpha is not None
    assert actors.alpha.units == 2
    assert actors.alpha.alpha is not None
    assert actors.alpha.alpha < 1.0
    assert actors.first_as_gold is not None
    assert (actors.first_as_gold.right, actors.first_as_gold.coded, actors.first_as_gold.gold) == (1, 1, 2)


def test_a_toll_that_is_off_disagrees_as_a_name_and_less_as_a_count(by_hand: Callable[..., Sheet]) -> None:
    first = [by_hand("fr:1", RAID), by_hand("fr:2", BOMB)]
    second = [by_hand("fr:1", RAID), by_hand("fr:2", {**BOMB, "killed": {"lower": 10, "upper": 10}})]
    killed = row(agreement(first, second), "killed")
    assert killed.alpha is not None
    assert killed.measured is not None
    assert killed.alpha.alpha is not None
    assert killed.measured.alpha is not None
    assert killed.alpha.alpha < killed.measured.alpha < 1.0
    assert (killed.measured.level, killed.measured.units) == ("ratio", 2)


def test_days_are_measured_within_their_report_not_over_the_years(by_hand: Callable[..., Sheet]) -> None:
    """Two coders a day apart in reports of different years do not agree because the years do."""

    def at(day: str) -> dict[str, Any]:
        return {**RAID, "date": {"start": day}}

    first = [by_hand(str(y), at(f"20{y}-05-02")) for y in range(10, 16)]
    second = [by_hand(str(y), at(f"20{y}-05-03")) for y in range(10, 16)]
    date = row(agreement(first, second), "date")
    assert date.measured is not None
    assert date.measured.alpha is not None
    assert date.measured.alpha < 0


def test_an_incident_only_one_has_is_told_by_the_score_and_by_detection(by_hand: Callable[..., Sheet]) -> None:
    first = [by_hand("fr:1", RAID), by_hand("fr:2", BOMB), by_hand("fr:3")]
    second = [by_hand("fr:1", RAID), by_hand("fr:2"), by_hand("fr:3")]
    found = agreement(first, second)
    assert row(found, "incidents").f1 == pytest.approx(2 / 3)
    detection = alpha(found, "detection")
    assert detection is not None
    assert 0 < detection < 1


def test_reports_that_only_one_coded_are_named_and_left_out(by_hand: Callable[..., Sheet]) -> None:
    found = agreement([by_hand("fr:1", RAID), by_hand("fr:2")], [by_hand("fr:1", RAID), by_hand("fr:9", BOMB)])
    assert (found.reports, found.only_first, found.only_second) == (1, ("fr:2",), ("fr:9",))


def test_terms_and_period_have_an_alpha_and_no_score_of_their_own(by_hand: Callable[..., Sheet]) -> None:
    speakers = [{"name": "maire", "terms": "role"}, {"name": "Ansar Allah", "terms": "named"}]
    other = [{"name": "le maire", "terms": "anonymous"}, {"name": "Houthis", "terms": "named"}]
    first = [by_hand("fr:1", RAID, {**BOMB, "period": "background"}, sources=speakers)]
    second = [by_hand("fr:1", RAID, BOMB, sources=other)]
    found = agreement(first, second)
    for slot in ("terms", "period"):
        assert row(found, slot).f1 is None
        value = alpha(found, slot)
        assert value is not None
        assert value < 1
