"""docs/record.md tells the levels, thresholds and words that the code has.

To write the lists anew after a change: VIGIE_WRITE_DOCS=1 pytest tests/record/test_record_doc.py
"""

from __future__ import annotations

import os
import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from vigie.model import record
from vigie.model.record import Thresholds
from vigie.record import origin
from vigie.record.doubts import GROUNDS
from vigie.record.levels import HARD, PRIOR, levels
from vigie.record.words import words

DOC = Path(__file__).resolve().parents[2] / "docs" / "record.md"
MEANINGS = {
    "suggest": "from here a pair is suggested to a person",
    "automatic": "from here it is joined without one",
    "apart": "two that score below this never stand in one cluster",
    "margin": "a vague report is joined to the best of several only if it fits better by this much",
}


def levels_listed() -> str:
    rows = []
    for field, entries in levels().items():
        for entry in entries.values():
            points = "never" if (field, entry.name) in HARD else f"{entry.points:+.1f}" if entry.points else "0"
            rows.append(f"| `{field}` | `{entry.name}` | {points} | {entry.en} | {entry.fr} |")
    head = ["| field | level | points | English | French |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows, f"| | prior | {PRIOR:+.1f} | all else unknown | sans rien savoir d'autre |"])


def thresholds_listed() -> str:
    usual = Thresholds()
    rows = [f"| *{f.name}* | {getattr(usual, f.name)} | {MEANINGS[f.name]} |" for f in fields(Thresholds)]
    return "\n".join(["| threshold | score | meaning |", "|---|---|---|", *rows])


def copies_listed() -> str:
    rows = [
        ("words in a row in common, of both, for a copy", origin.LIKE, origin.LIKE_OF_ONE_AGENCY),
        ("of the shorter, for an excerpt", origin.CONTAINED, origin.CONTAINED_OF_ONE_AGENCY),
        ("names and numbers of the shorter that stand in the longer", origin.COMMON_MARKS, origin.COMMON_MARKS),
        ("the same, where they came out on different days", origin.COMMON_MARKS_LATER, origin.COMMON_MARKS_LATER),
        ("length of the shorter under which it is an excerpt", origin.EXCERPT_SIZE, origin.EXCERPT_SIZE),
    ]
    listed = [f"| {what} | {share:.0%} | {agency:.0%} |" for what, share, agency in rows]
    return "\n".join(["| asked at least | share | where both name one agency |", "|---|---|---|", *listed])


def words_listed(kind: str) -> str:
    rows = [f"| `{value}` | {told['en']} | {told['fr']} |" for value, told in words()[kind].items()]
    return "\n".join(["| value | English | French |", "|---|---|---|", *rows])


def doubts_listed() -> str:
    rows = [
        f"| `{ground}` | {weight or 'what it lacks'} | {words()['doubt'][ground]['en']} | {words()['doubt'][ground]['fr']} |"
        for ground, weight in GROUNDS.items()
    ]
    return "\n".join(["| ground | weight | English | French |", "|---|---|---|---|", *rows])


SHOWN = ("barrier", "standing", "value_basis", "difference_kind", "decision_kind", "reliability")
LISTS = {
    "levels": levels_listed,
    "thresholds": thresholds_listed,
    "copy_thresholds": copies_listed,
    "doubts": doubts_listed,
}


@pytest.mark.parametrize("name", [*LISTS, *SHOWN])
def test_the_lists_in_the_documentation_are_those_of_the_code(name: str) -> None:
    want = LISTS[name]() if name in LISTS else words_listed(name)
    text = DOC.read_text(encoding="utf-8")
    block = re.compile(rf"(<!-- list: {name} -->\n)(.*?)(<!-- end -->)", re.DOTALL)
    found = block.search(text)
    assert found is not None, f"docs/record.md has no list of {name}"
    if os.environ.get("VIGIE_WRITE_DOCS"):
        DOC.write_text(block.sub(lambda m: m[1] + want + "\n" + m[3], text), encoding="utf-8")
        return
    assert found[2] == want + "\n"


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("copy_kind", record.CopyKind), ("standing", record.Standing), ("difference_kind", record.DifferenceKind),
        ("value_basis", record.ValueBasis), ("decision_kind", record.DecisionKind), ("reliability", record.Reliability),
    ],
)  # fmt: skip
def test_every_value_has_words_in_both_languages(kind: str, type_: object) -> None:
    assert tuple(words()[kind]) == get_args(type_)
    for told in words()[kind].values():
        assert set(told) == {"en", "fr"}
        assert all(told.values())


def test_every_ground_of_doubt_has_words_in_both_languages() -> None:
    assert list(words()["doubt"]) == list(GROUNDS)
    assert all(told["en"] and told["fr"] for told in words()["doubt"].values())


def test_levels_go_from_most_alike_to_most_unlike_and_not_told_weighs_nothing() -> None:
    for field, entries in levels().items():
        points = [e.points for e in entries.values()]
        assert points == sorted(points, reverse=True), field
        assert "not_told" not in entries or entries["not_told"].points == 0
        assert all(e.en and e.fr for e in entries.values())


def test_hard_levels_outweigh_all_that_can_speak_for_a_pair() -> None:
    best = sum(max(e.points for e in entries.values()) for field, entries in levels().items())
    for field, name in HARD:
        rest = best - max(e.points for e in levels()[field].values())
        assert PRIOR + rest + levels()[field][name].points < -1
