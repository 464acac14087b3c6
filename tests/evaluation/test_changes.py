"""Two runs against one another: every answer that changed, and in which direction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vigie.evaluation.changes import Comparison, compare_runs
from vigie.evaluation.matching import match
from vigie.evaluation.resampling import f1_interval, share_better
from vigie.evaluation.scores import Score
from vigie.evaluation.sheets import Sheet

RAID: dict[str, Any] = {
    "type": "attack",
    "date": {"start": "2024-05-02"},
    "place": {"name": "Valmarc", "country": "ML"},
    "killed": {"lower": 3, "upper": 3},
    "targets": ["marché"],
}
BOMB: dict[str, Any] = {"type": "remote_explosive", "place": {"name": "Selwick", "country": "GB"}}


@pytest.fixture
def compared(by_hand: Callable[..., Sheet], by_machine: Callable[..., Sheet]) -> Callable[..., Comparison]:
    """compared([incident before, …], [incident after, …]): one report with RAID and BOMB, and one without an incident."""

    def make(before: list[Any], after: list[Any], **rest: Any) -> Comparison:
        gold = by_hand("fr:1", RAID, BOMB, sources=[{"name": "maire", "terms": "role"}])
        empty = by_hand("fr:2")
        runs = []
        for incidents in (before, after):
            sheet = by_machine("fr:1", "", *incidents, **rest)
            runs.append([match(gold, sheet), match(empty, by_machine("fr:2", ""))])
        return compare_runs(*runs)

    return make


def told(comparison: Comparison) -> set[tuple[str, str, str]]:
    return {(c.turn, c.slot, c.value) for c in comparison.changes}


def test_the_same_coding_twice_changes_nothing(compared: Callable[..., Comparison]) -> None:
    comparison = compared([RAID], [RAID])
    assert comparison.reports == ()
    assert comparison.share_better == 0.5


def test_a_value_put_right_a_value_lost_and_wrong_values_that_come_and_go(compared: Callable[..., Comparison]) -> None:
    before = {**RAID, "killed": {"lower": 5, "upper": 5}, "actors": ["police"]}
    after = {**RAID, "type": "arson", "actors": ["passants"]}
    comparison = compared([before], [after])
    assert told(comparison) == {
        ("found", "killed", "3"),
        ("gone", "killed", "5"),
        ("gone", "actor", "police"),
        ("lost", "type", "attack"),
        ("new", "type", "arson"),
        ("new", "actor", "passants"),
    }
    (report,) = comparison.reports
    assert (report.report, report.gained) == ("fr:1", 0)
    lost = next(c for c in report.changes if c.turn == "lost")
    assert (lost.instead, lost.better, lost.incident) == ("arson", False, "1")


def test_an_incident_found_brings_all_its_slots_and_one_reordered_none(compared: Callable[..., Comparison]) -> None:
    comparison = compared([RAID], [BOMB, RAID])
    assert told(comparison) == {
        ("found", "type", "remote_explosive"),
        ("found", "country", "GB"),
        ("found", "place", "Selwick"),
    }
    assert comparison.reports[0].gained == 3
    assert comparison.after.scores["incidents"].right == 2


def test_speakers_that_come_and_go_are_told(by_hand: Callable[..., Sheet], by_machine: Callable[..., Sheet]) -> None:
    gold = by_hand("fr:1", RAID, sources=[{"name": "maire", "terms": "role"}], tallies=[{"lower": 4, "upper": 4}])
    before = by_machine("fr:1", "", RAID, sources=[{"name": "police"}], tallies=[{"lower": 9, "upper": 9}])
    after = by_machine("fr:1", "", RAID, sources=[{"name": "maire"}], tallies=[{"lower": 4, "upper": 4}])
    assert told(compare_runs([match(gold, before)], [match(gold, after)])) == {
        ("found", "source", "maire"),
        ("gone", "source", "police"),
        ("found", "tally", "4"),
        ("gone", "tally", "9"),
    }


def test_draws_of_reports_say_how_far_a_score_may_be_off() -> None:
    alike = [Score(8, 10, 10)] * 50
    assert f1_interval(alike) == (0.8, 0.8)
    mixed = [Score(10, 10, 10), Score(2, 10, 10)] * 25
    low, high = f1_interval(mixed) or (0, 0)
    assert 0.4 < low < 0.6 < high < 0.8
    assert f1_interval(mixed) == (low, high)  # the same every time
    few = f1_interval(mixed[:6]) or (0, 0)
    assert few[1] - few[0] > high - low
    assert f1_interval(mixed[:1]) is None


def test_draws_of_reports_say_how_sure_a_change_is() -> None:
    before = [Score(5, 10, 10)] * 40
    assert share_better(before, [Score(6, 10, 10)] * 40) == 1.0
    assert share_better(before, before) == 0.5
    unsure = [Score(6, 10, 10) if n % 2 else Score(4, 10, 10) for n in range(40)]
    assert 0.2 < (share_better(before, unsure) or 0) < 0.8
