"""A coded report written as JSON and read back is the same coded report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import invented
from vigie.model import Claim, CodedReport, Quantity, Span
from vigie.model.contract import coded_report_json, plain
from vigie.model.decoding import coded_report, decoded, loose

GOLDEN = Path(__file__).parents[1] / "coding" / "golden"


@pytest.mark.parametrize("number", range(0, 120, 10))
def test_written_and_read_back(number: int) -> None:
    coded = invented.report(invented.event(number))
    back = coded_report(json.loads(json.dumps(coded_report_json(coded))), coded.report.text, coded.report.raw)
    assert back == coded
    assert back.report.raw == coded.report.raw


def test_every_golden_coding_survives_the_way_there_and_back() -> None:
    rows = [json.loads(line) for path in sorted(GOLDEN.glob("*.json*")) for line in _documents(path)]
    assert rows
    for row in rows:
        back = coded_report(row, "the text")
        again = json.loads(json.dumps(coded_report_json(back)))
        assert {**again, "schema": None} == {**row, "schema": None}


def _documents(path: Path) -> list[str]:
    text = path.read_text("utf-8")
    return text.splitlines() if path.suffix == ".jsonl" else [json.dumps(d) for d in _listed(json.loads(text))]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def test_values_of_any_type_are_told_by_their_shape() -> None:
    toll = Quantity(2, None, "at_least", "at least two", (Span(0, 12, "at least two"),))
    assert loose(plain(toll)) == toll
    assert loose(plain({"killed": toll, "where": "near", "names": ("a", "b")})) == {
        "killed": toll, "where": "near", "names": ("a", "b"),
    }  # fmt: skip


@pytest.mark.parametrize("row", [{}, {"report": {}}, {"report": {"id": "a"}}, {"report": None}])
def test_json_of_another_shape_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="in the JSON"):
        coded_report(row, "text")
    with pytest.raises(ValueError, match="no Claim in the JSON"):
        decoded(Claim, {"id": "c1"})
    with pytest.raises(ValueError, match="no CodedReport"):
        decoded(CodedReport, [])
