"""The linking corpus is whole, true to its own words, and holds the hard cases that its README names."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from vigie.model.codebooks import codebook

CORPUS = Path(__file__).parent / "linking"
SAMPLES = Path(__file__).resolve().parents[2] / "src" / "vigie" / "samples"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


REPORTS = {r["id"]: r for r in lines(CORPUS / "reports.jsonl")}
LINKS = lines(CORPUS / "links.jsonl")
CASES = lines(CORPUS / "cases.jsonl")


def test_every_report_belongs_to_one_case_of_two_or_three() -> None:
    assert Counter(id for case in CASES for id in case["reports"]) == Counter(list(REPORTS))
    assert len(REPORTS) == len(lines(CORPUS / "reports.jsonl"))
    assert len({case["case"] for case in CASES}) == len(CASES) >= 60
    assert {len(case["reports"]) for case in CASES} == {2, 3}


def test_every_report_says_that_it_is_invented() -> None:
    for id, report in REPORTS.items():
        assert report["note"].startswith("Invented"), id
        assert id.startswith(report["lang"] + ":")
        assert report["lang"] == "en" or "'" not in report["text"] + report["title"], id


def test_triggers_stand_once_in_their_report() -> None:
    for link in LINKS:
        assert REPORTS[link["report"]]["text"].count(link["trigger"]) == 1, link
        assert len(link["trigger"].split(" ")) <= 12, link
        assert link["period"] in codebook("period").ids
    told = Counter((link["report"], link["incident"]) for link in LINKS)
    assert [pair for pair, n in told.items() if n > 1] == []
    assert {link["report"] for link in LINKS} == set(REPORTS)


def test_an_incident_is_told_within_its_case_only() -> None:
    case_of = {id: case["case"] for case in CASES for id in case["reports"]}
    for link in LINKS:
        assert link["incident"].split("/")[0] == case_of[link["report"]]


def test_there_is_as_much_to_keep_apart_as_to_join() -> None:
    within: dict[str, set[str]] = defaultdict(set)
    for link in LINKS:
        within[link["incident"].split("/")[0]].add(link["incident"])
    told = Counter(link["incident"] for link in LINKS)
    assert sum(n > 1 for n in told.values()) >= 40
    assert sum(len(incidents) > 1 for incidents in within.values()) >= 30
    languages = defaultdict(set)
    for link in LINKS:
        languages[link["incident"]].add(link["report"][:2])
    assert sum(len(spoken) == 2 for spoken in languages.values()) >= 30


def test_no_sentence_is_shared_with_the_sample_stream() -> None:
    def sentences(texts: list[str]) -> set[str]:
        return {s for text in texts for s in re.split(r"(?<=[.!?»”])\s+", text) if len(s.split()) > 6}

    stream = sentences([r["text"] for r in lines(SAMPLES / "stream" / "reports.jsonl")])
    assert sentences([r["text"] for r in REPORTS.values()]) & stream == set()


def test_the_readme_counts_and_names_the_cases() -> None:
    readme = re.sub(r"\s+", " ", (CORPUS / "README.md").read_text(encoding="utf-8"))
    french = sum(id.startswith("fr:") for id in REPORTS)
    assert len(CASES) == 61
    assert f"({len(REPORTS)} in all, {french} French and {len(REPORTS) - french} English)" in readme
    named = tuple(re.findall(r"`([a-z-]+)`", readme.split("begins with")[1]))
    assert [case["case"] for case in CASES if not case["case"].startswith(named)] == []
    assert [name for name in named if not any(case["case"].startswith(name) for case in CASES)] == []
