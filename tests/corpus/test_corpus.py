"""The corpus of hand-coded reports: every file is right, nothing stands twice, and the test part is apart."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from corpus import CORPUS, CodedByHand, CorpusFault, card, read_corpus, read_second, read_standoff, second_agreement

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


def test_the_data_card_shows_the_figures_of_the_tool() -> None:
    shown = (CORPUS / "README.md").read_text("utf-8")
    assert "| reports |" in shown
    assert "| killed |" in shown
    assert card(shown) == shown, "run tools/corpus.py card"
    assert card(shown.replace("| killed |", "| killed | 1 |")) == shown, "a figure by hand does not stay"


def test_one_report_in_seven_is_coded_twice_and_both_codings_are_there_as_they_were(coded: list[CodedByHand]) -> None:
    twice = list(read_second())
    assert len(twice) * 7 > len(coded)
    assert all(first.id == second.id for first, second in twice)
    assert sum(first != second for first, second in twice) > 50, "no coder copied the other"


def test_two_codings_agree_as_far_as_a_careful_coder_can_be_asked_to() -> None:
    found = {row.slot: row for row in second_agreement().slots}
    assert 0.85 < (found["coding"].f1 or 0) < 1
    alpha = found["detection"].alpha
    assert alpha is not None
    assert (alpha.alpha or 0) > 0.9


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "fr:99-001"}, "no report has this id"),
        ({"sources": [{"name": "nobody said this", "terms": "named", "quote": None}]}, "is not in the text"),
        ({"incidents": [{"type": "quarrel", "period": "current", "triggers": []}]}, "type"),
    ],
)
def test_a_second_coding_that_is_none_of_a_report_is_named(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    for folder in ("reports", "second"):
        (tmp_path / folder).mkdir()
    shutil.copy(CORPUS / "splits.yaml", tmp_path)
    shutil.copy(FILES[0], tmp_path / "reports")
    id = json.loads(FILES[0].read_text("utf-8").splitlines()[0])["id"]
    line = {"id": id, "sources": [], "incidents": [], "tallies": []} | change
    (tmp_path / "second" / "one.jsonl").write_text(json.dumps(line), "utf-8")
    with pytest.raises(CorpusFault, match=said) as fault:
        list(read_second(tmp_path))
    assert "one.jsonl:1" in str(fault.value)
