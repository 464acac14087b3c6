"""The corpus of hand-coded reports: every file is right, nothing stands twice, and the test part is apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus import CORPUS, CodedByHand, read_corpus, read_standoff

SHARED = Path(__file__).parents[2] / ".." / "shared"
FILES = sorted((CORPUS / "reports").glob("*.jsonl"))


@pytest.fixture(scope="module")
def coded() -> list[CodedByHand]:
    return list(read_corpus())


def test_every_report_is_read_and_stands_once(coded: list[CodedByHand]) -> None:
    ids = [c.report.id for c in coded]
    assert len(ids) == len(set(ids)) > 150
    texts = [c.report.text for c in coded]
    assert len(texts) == len(set(texts))
    openings = [" ".join(t.split()[:6]).lower() for t in texts]
    assert len(openings) == len(set(openings)), "no two reports open alike"


def test_a_quarter_tells_of_no_incident(coded: list[CodedByHand]) -> None:
    assert sum(not c.sheet.incidents for c in coded) >= len(coded) // 4


def test_the_test_part_has_theatres_and_styles_of_its_own(coded: list[CodedByHand]) -> None:
    train = [c for c in coded if c.part == "train"]
    test = [c for c in coded if c.part == "test"]
    assert len(test) * 6 > len(coded)
    alone = {c.theatre for c in test} - {c.theatre for c in train}
    styles = {c.style for c in test} - {c.style for c in train}
    assert all(c.theatre in alone or c.style in styles for c in test)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_names_and_words_stand_in_the_text(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        whole = f"{row['title']}\n{row['text']}"
        words = [s["name"] for s in row["sources"]]
        for incident in row["incidents"]:
            words += [*incident["triggers"], *incident.get("actors", []), *incident.get("targets", [])]
            place = incident.get("place")
            words += [place["name"]] if place and place.get("name") else []
        assert [w for w in words if w not in whole] == [], row["id"]


def test_standoff_codings_find_their_words_again() -> None:
    raw = SHARED / "raw"
    if not raw.is_dir():
        pytest.skip("the raw texts are not here (../shared/raw)")
    texts = {}
    for path in sorted(raw.glob("*.jsonl")):
        texts |= {r["id"]: r for r in map(json.loads, path.read_text("utf-8").splitlines())}
    coded = list(read_standoff(CORPUS / "standoff" / "wikinews.jsonl", texts))
    assert len(coded) >= 150
    for each in coded:
        whole = f"{each.report.title}\n{each.report.text}"
        names = [a.text for i in each.sheet.incidents for a in (*i.actors, *i.targets)]
        assert all(name in whole and name == name.strip() for name in names)


def test_standoff_files_hold_no_word_of_the_text() -> None:
    for line in (CORPUS / "standoff" / "wikinews.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        assert set(row) == {"id", "sha256", "part", "coding"}
        assert "quote" not in row["coding"] or isinstance(row["coding"]["quote"], list)
