"""The sample reports and the scored corpus: whole, coded within the manual, and true to their own words."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from vigie.model.codebooks import codebook

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "src" / "vigie" / "samples"
CORPUS = ROOT / "tests" / "coding" / "corpus"
SCORER = ROOT.parent / "shared" / "bench" / "score.py"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def folded(text: str) -> str:
    return text.replace("’", "'").casefold()


PAIRS = [
    pytest.param(report, gold, id=report["id"])
    for folder in (SAMPLES, CORPUS)
    for report, gold in zip(lines(folder / "reports.jsonl"), lines(folder / "gold.jsonl"), strict=True)
]


@pytest.mark.parametrize(
    ("folder", "words", "french", "english"), [(SAMPLES, (120, 450), 15, 13), (CORPUS, (60, 150), 20, 20)]
)
def test_enough_reports_of_the_right_length(folder: Path, words: tuple[int, int], french: int, english: int) -> None:
    reports = lines(folder / "reports.jsonl")
    assert sum(r["lang"] == "fr" for r in reports) >= french
    assert sum(r["lang"] == "en" for r in reports) >= english
    assert len({r["id"] for r in reports}) == len(reports)
    for r in reports:
        assert words[0] <= len(r["text"].split()) <= words[1], r["id"]


@pytest.mark.parametrize(("report", "gold"), PAIRS)
def test_every_report_says_that_it_is_invented(report: dict[str, Any], gold: dict[str, Any]) -> None:
    assert report["id"] == gold["id"]
    assert report["note"].startswith("Invented")
    assert report["url"] is None
    assert report["id"].startswith(report["lang"] + ":")


@pytest.mark.parametrize(("report", "gold"), PAIRS)
def test_every_name_and_quote_of_the_coding_is_in_the_report(report: dict[str, Any], gold: dict[str, Any]) -> None:
    text = folded(report["text"])
    names = [s[k] for s in gold["sources"] for k in ("name", "quote")] + [t["text"] for t in gold["tallies"]]
    for i in gold["incidents"]:
        names += [*i["actors"], *i["targets"], *([i["place"]["name"]] if i["place"] else [])]
    assert [n for n in names if folded(n) not in text] == []


@pytest.mark.parametrize(("report", "gold"), PAIRS)
def test_the_coding_keeps_to_the_closed_lists_and_bounds(report: dict[str, Any], gold: dict[str, Any]) -> None:
    for s in gold["sources"]:
        assert s["terms"] in codebook("terms").ids
        assert len(s["quote"].split()) <= 12
    for i in gold["incidents"]:
        assert i["type"] in codebook("incident_type").ids
        assert i["period"] in codebook("period").ids
        assert i["responsibility"] in codebook("responsibility").ids
        assert len(i["targets"]) <= 3
        assert {w["kind"] for w in i["weapons"]} <= set(codebook("weapon").ids)
        assert set(i["sources"]) <= set(range(len(gold["sources"])))
        for q in (i["killed"], i["injured"], i["attackers_killed"], *i["weapons"]):
            if q and None not in (q["lower"], q["upper"]):
                assert 0 <= q["lower"] <= q["upper"]


@pytest.mark.parametrize(("report", "gold"), PAIRS)
def test_no_incident_is_coded_after_its_report(report: dict[str, Any], gold: dict[str, Any]) -> None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", report["published"]):
        pytest.skip("published is only a month")
    published = dt.date.fromisoformat(report["published"])
    for i in gold["incidents"]:
        if i["date"]:
            start, end = (dt.date.fromisoformat(i["date"][k]) for k in ("start", "end"))
            assert start <= end <= published


@pytest.mark.parametrize(
    ("file", "id"),
    [
        ("barkoundi-1.fr.txt", "fr:barkoundi-1"),
        ("goma-1.en.txt", "en:goma-1"),
        ("chuhuiv-1.en.html", "en:chuhuiv-1"),
    ],
)
def test_the_files_hold_the_same_reports(file: str, id: str) -> None:
    content = (SAMPLES / "files" / file).read_text(encoding="utf-8")
    report = next(r for r in lines(SAMPLES / "reports.jsonl") if r["id"] == id)
    for paragraph in report["text"].split("\n"):
        assert paragraph in content


@pytest.mark.parametrize("folder", [SAMPLES, CORPUS])
def test_the_scorer_takes_the_coding_and_finds_it_perfect(folder: Path) -> None:
    if not SCORER.exists():
        pytest.skip("the scorer is not beside this checkout")
    gold = str(folder / "gold.jsonl")
    run = subprocess.run(
        [sys.executable, str(SCORER), gold, gold, "--json"], capture_output=True, text=True, check=True
    )
    assert json.loads(run.stdout)["coding"]["f1"] == 1.0
