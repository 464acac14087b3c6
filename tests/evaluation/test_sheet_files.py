"""Files of codings: every fault is named with line, report and field, and what is right is read."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from vigie.errors import SheetError
from vigie.evaluation.sheet_files import read_coded, read_gold, sheet_of
from vigie.model import CodedReport, Incident, Report, Span
from vigie.runs.samples import sample_files

INCIDENT: dict[str, Any] = {"type": "attack", "date": {"start": "2024-05-02", "end": "2024-05-02"}}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join((x if isinstance(x, str) else json.dumps(x)) + "\n" for x in lines), "utf-8")
    return path


def problems(path: Path) -> tuple[str, ...]:
    with pytest.raises(SheetError) as caught:
        read_gold(path)
    assert all(p.startswith(f"{path}:") for p in caught.value.problems)
    return tuple(p.removeprefix(f"{path}:") for p in caught.value.problems)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"type": "explosion"}, 'incidents[0].type: "explosion": it is none of: armed_clash, attack, '),
        ({"kiled": None}, "incidents[0].kiled: there is no such field (is it 'killed'?)"),
        ({"date": {"start": "2024-13-01"}}, 'incidents[0].date.start: "2024-13-01" is no day: write YYYY-MM-DD'),
        ({"date": {"start": "2024-05"}}, 'incidents[0].date.start: "2024-05" is no day: write YYYY-MM-DD'),
        ({"date": {"start": "2024-05-02", "end": "2024-05-01"}}, "incidents[0].date: start (2024-05-02) is after end"),
        ({"place": {"name": "X", "country": "Mali"}}, 'incidents[0].place.country: "Mali" is no country'),
        ({"killed": {"lower": 5, "upper": 2}}, "incidents[0].killed: lower (5) is more than upper (2)"),
        ({"killed": {"lower": -1}}, "incidents[0].killed.lower: -1 is less than nothing"),
        ({"killed": 5}, "incidents[0].killed: 5 is no object"),
        ({"injured": {"lower": "five"}}, 'incidents[0].injured.lower: "five" is no whole number'),
        ({"weapons": [{"kind": "gun"}]}, 'incidents[0].weapons[0].kind: "gun": it is none of: rocket, '),
        ({"weapons": [{"lower": 1}]}, "incidents[0].weapons[0].kind: is missing"),
        ({"actors": [""]}, 'incidents[0].actors[0]: "" is empty'),
        ({"targets": ["a", "b", "c", "d"]}, "incidents[0].targets: more than 3 are given"),
        ({"responsibility": "maybe"}, 'incidents[0].responsibility: "maybe": it is none of: claimed, '),
        ({"sources": [1]}, "incidents[0].sources names speaker 1; there are 0"),
    ],
)
def test_a_fault_is_named_with_line_report_and_field(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    path = written(tmp_path, {"id": "fr:1"}, {"id": "fr:2", "incidents": [{**INCIDENT, **change}]})
    (problem,) = problems(path)
    assert problem.startswith(f"2 (fr:2): {told}")


def test_all_faults_of_a_file_come_together(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {"id": "a", "incidents": [{"type": "raid"}], "sources": [{"name": "x", "terms": "secret"}]},
        "{",
        "[]",
        "",
        {"incidents": []},
        {"id": "b"},
        {"id": "b"},
    )
    found = problems(path)
    assert [p.split(":")[0] for p in found] == ["1 (a)", "1 (a)", "2", "3", "5", "7 (b)"]
    assert "not JSON" in found[2]
    assert found[-1].endswith("this report is coded twice; keep one line of each")


def test_the_message_shows_the_first_faults_and_counts_the_rest(tmp_path: Path) -> None:
    path = written(tmp_path, *({"id": str(n), "incidents": [{"type": "raid"}]} for n in range(30)))
    with pytest.raises(SheetError, match="and 10 more") as caught:
        read_gold(path)
    assert "docs/evaluation.md" in str(caught.value)


def test_a_file_without_a_coding_or_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="there is no coding in it"):
        read_gold(written(tmp_path))
    assert read_coded(written(tmp_path)) == ()  # a machine may have coded nothing
    path = tmp_path / "latin.jsonl"
    path.write_bytes('{"id": "é"}'.encode("latin-1"))
    with pytest.raises(SheetError, match="not UTF-8"):
        read_gold(path)


def test_the_hand_codings_of_the_project_are_read() -> None:
    gold = sample_files()[0].parents[1] / "gold.jsonl"
    sheets = read_gold(gold)
    assert len(sheets) == 32
    assert {s.language for s in sheets} == {"fr", "en"}
    assert next(s for s in sheets if s.id == "fr:harir-1").incidents[0].weapons[0].number.upper == 3


def test_a_machines_coding_is_read_for_what_is_compared_and_keeps_its_words(tmp_path: Path) -> None:
    span = {"start": 0, "end": 4, "quote": "Deux"}
    line = {
        "schema": "vigie/coded-report/1",
        "report": {"id": "x1", "language": "fr", "more": 1},
        "incidents": [
            {
                "id": "i1",
                "type": "no_known_type",
                "date": {"start": "2024-05-02", "end": None, "basis": "assumed", "grain": "day"},
                "killed": {"lower": 2, "upper": 2, "hedge": "exact", "evidence": [span]},
                "actors": [{"name": "police", "basis": "stated", "evidence": [span]}, {"name": None}],
                "evidence": [span],
            }
        ],
        "rejections": [{"what": "tir", "reason": "planned, not done", "evidence": [span]}],
        "claims": [],
    }
    path = written(tmp_path, line)
    for sheets in (read_coded(path), read_gold(path)):  # a coded report put right by a person may serve as gold
        (sheet,) = sheets
        (incident,) = sheet.incidents
        assert sheet.language == "fr"
        assert incident.type == "no_known_type"
        assert incident.days is not None
        assert (incident.days.first, incident.days.last) == (dt.date(2024, 5, 2), dt.date(2024, 5, 2))
        assert incident.days.assumed
        assert incident.killed is not None
        assert incident.killed.words == (Span(0, 4, "Deux"),)
        assert [a.text for a in incident.actors] == ["police"]
        assert sheet.left_out[0].reason == "planned, not done"


def test_a_coding_without_an_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=r"no id: a coded report has it in report\.id"):
        read_coded(written(tmp_path, {"incidents": []}))


def test_a_report_just_coded_is_a_sheet() -> None:
    report = Report(id="r", sha256="0" * 64, text="Deux morts", language="fr")
    incident = Incident("i1", "attack", "current", None, None, (Span(0, 4, "Deux"),))
    sheet = sheet_of(CodedReport(report, incidents=(incident,)))
    assert (sheet.id, sheet.language, sheet.incidents[0].type) == ("r", "fr", "attack")
