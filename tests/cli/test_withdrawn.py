"""What a provider has withdrawn is not coded and does not get lost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from vigie.cli.code import Format, run_code
from vigie.cli.exits import ALL_CODED
from vigie.model import CodedReport, Report
from vigie.readers import read_path
from vigie.runs.by_rules import rules_coder

FIXTURES = Path(__file__).parents[1] / "readers" / "fixtures"


def coder(reports: Iterable[Report]) -> Iterator[CodedReport]:
    for report in reports:
        assert report.wire is None or not report.wire.withdrawn
        yield CodedReport(report)


@pytest.mark.parametrize("name", ["g2-canceled.xml", "newsml12-canceled.xml"])
def test_a_withdrawal_comes_through_without_an_incident(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_code([str(FIXTURES / name)], coder=coder, allowed=("fr",), format=Format.jsonl) == ALL_CODED
    out, err = capsys.readouterr()
    row = json.loads(out)
    assert row["incidents"] == []
    (rejection,) = row["rejections"]
    assert rejection["reason"] == "canceled by its provider"
    (span,) = rejection["evidence"]
    assert span["quote"]
    assert "canceled by its provider" in err


def test_the_others_of_a_batch_are_coded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"id": "a", "text": "Deux soldats ont été tués.", "lang": "fr"},
        {"id": "b", "title": "KILL", "status": "canceled", "lang": "de"},
        {"id": "c", "text": "Zwei Soldaten.", "lang": "de"},
        {"id": "d", "text": "Un soldat a été tué.", "lang": "fr"},
    ]
    (tmp_path / "r.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    run_code([str(tmp_path / "r.jsonl")], coder=coder, allowed=("fr",), format=Format.jsonl, quiet=True)
    out, err = capsys.readouterr()
    assert [json.loads(line)["report"]["id"] for line in out.splitlines()] == ["a", "b", "d"]
    assert "no language pack for 'de'" in err


def test_the_words_of_a_coding_stand_in_the_text_of_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    run_code([str(FIXTURES)], coder=rules_coder, allowed=("en", "fr"), format=Format.jsonl, quiet=True)
    texts = {report.id: report.text for report in read_path(FIXTURES) if isinstance(report, Report)}
    quotes = [
        (texts[row["report"]["id"]][span["start"] : span["end"]], span["quote"])
        for row in map(json.loads, capsys.readouterr().out.splitlines())
        for incident in row["incidents"]
        for span in incident["evidence"]
    ]
    assert len(quotes) > 5
    assert all(words == quote for words, quote in quotes)
