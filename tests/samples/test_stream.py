"""The sample stream: what is said of it is true of it, word for word."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from vigie.model.codebooks import codebook
from vigie.runs.samples import copy_samples, sample_files

SAMPLES = Path(__file__).resolve().parents[2] / "src" / "vigie" / "samples"
STREAM = SAMPLES / "stream"
NOTE = "Invented: outlet, agency, people and incidents are made up for the Vigie project; only the geography is real."
NOTE_IN_TEXT = "Texte inventé pour le projet Vigie"


@cache
def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLES / name).read_text(encoding="utf-8").splitlines()]


@cache
def texts() -> dict[str, str]:
    """The text of each report that comes as JSON Lines, the whole file for one in another format."""
    found = {r["id"]: r["text"] for name in ("reports.jsonl", "stream/reports.jsonl") for r in lines(name)}
    for entry in lines("stream/index.jsonl"):
        if entry["format"] != "JSON Lines":
            found |= dict.fromkeys(entry["reports"], readable(STREAM / entry["file"]))
    return found


def readable(path: Path) -> str:
    """The words of a file without its markup and its transfer encoding."""
    data = path.read_bytes()
    if path.suffix == ".eml":
        return str(email.message_from_bytes(data, policy=email.policy.default).get_content()).replace("\r\n", "\n")
    if path.suffix == ".json":
        return json.dumps(json.loads(data), ensure_ascii=False).replace("\\n", "\n")
    encoding = re.search(rb'encoding="([\w-]+)"', data[:60])
    text = data.decode(encoding[1].decode() if encoding else "utf-8")
    return re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), text)


STREAM_IDS = [id for entry in lines("stream/index.jsonl") for id in entry["reports"]]


def folded(text: str) -> str:
    return text.replace("’", "'").casefold()


def test_the_stream_is_large_enough_and_its_ids_are_unique() -> None:
    single = [r["id"] for r in lines("reports.jsonl")]
    assert [id for id, n in Counter(STREAM_IDS + single).items() if n > 1] == []
    assert len(STREAM_IDS) >= 70
    assert min(Counter(id[:2] for id in STREAM_IDS).values()) >= 25
    for report in lines("stream/reports.jsonl"):
        assert 60 <= len(report["text"].split()) <= 350, report["id"]
        assert report["id"].startswith(report["lang"] + ":")


def test_the_index_names_every_file_of_reports_once() -> None:
    shipped = [path.name for path in sample_files() if path.parent == STREAM]
    assert sorted(entry["file"] for entry in lines("stream/index.jsonl")) == sorted(shipped)
    jsonl = next(e for e in lines("stream/index.jsonl") if e["format"] == "JSON Lines")
    assert jsonl["reports"] == [r["id"] for r in lines("stream/reports.jsonl")]


def test_every_record_says_that_it_is_invented() -> None:
    assert {r["note"] for r in lines("stream/reports.jsonl")} == {NOTE}
    for entry in lines("stream/index.jsonl"):
        path = STREAM / entry["file"]
        words = re.sub(r"\s+", " ", path.read_bytes().decode("utf-8", "replace"))
        assert (NOTE_IN_TEXT if path.suffix == ".txt" else NOTE) in words, path.name


def test_french_apostrophes_are_typographic() -> None:
    assert [r["id"] for r in lines("stream/reports.jsonl") if r["lang"] == "fr" and "'" in r["text"]] == []


def test_links_speak_of_reports_and_incidents_that_exist_in_words_of_the_report() -> None:
    incidents = {i["incident"] for i in lines("stream/incidents.jsonl")}
    told = lines("stream/links.jsonl")
    for link in told:
        assert link["trigger"] in texts()[link["report"]], link
        assert len(link["trigger"].split(" ")) <= 12, link
        assert link["incident"] in incidents, link
        assert link["period"] in codebook("period").ids
    assert {link["incident"] for link in told} == incidents
    pairs = Counter((link["report"], link["incident"]) for link in told)
    assert [pair for pair, n in pairs.items() if n > 1] == []


def test_as_many_incidents_are_linked_in_a_report_as_are_coded_in_it() -> None:
    told = Counter(link["report"] for link in lines("stream/links.jsonl"))
    for gold in (*lines("gold.jsonl"), *lines("stream/gold.jsonl")):
        assert told[gold["id"]] == len(gold["incidents"]), gold["id"]


def test_true_incidents_are_of_the_codebook_and_happened_before_they_were_told() -> None:
    published = {r["id"]: r["published"][:10] for r in lines("stream/reports.jsonl")}
    days = {i["incident"]: i for i in lines("stream/incidents.jsonl")}
    for incident in days.values():
        assert incident["type"] in codebook("incident_type").ids
        assert dt.date.fromisoformat(incident["start"]) <= dt.date.fromisoformat(incident["end"])
    for link in lines("stream/links.jsonl"):
        if link["report"] in published:
            assert days[link["incident"]]["start"] <= published[link["report"]], link


def test_families_are_made_of_reports_each_copied_from_an_earlier_member() -> None:
    members = [m["report"] for f in lines("stream/families.jsonl") for m in f["members"]]
    assert [id for id, n in Counter(members).items() if n > 1] == []
    for family in lines("stream/families.jsonl"):
        seen: list[str] = []
        for member in family["members"]:
            assert member["report"] in STREAM_IDS
            assert (member["from"] is None) == (not seen), member
            assert member["from"] in (None, *seen), member
            assert member["how"] in (None, "revision", "near_copy", "translation")
            seen.append(member["report"])
        assert len(seen) > 1


def test_members_of_a_family_tell_the_same_incidents_or_fewer() -> None:
    told: dict[str, set[str]] = {id: set() for id in STREAM_IDS}
    for link in lines("stream/links.jsonl"):
        if link["report"] in told:
            told[link["report"]].add(link["incident"])
    for family in lines("stream/families.jsonl"):
        for member in family["members"]:
            if member["how"] in ("near_copy", "translation"):
                assert told[member["report"]] <= told[member["from"]], member


@pytest.mark.parametrize("gold", [pytest.param(g, id=g["id"]) for g in lines("stream/gold.jsonl")])
def test_the_hand_coding_keeps_to_the_manual(gold: dict[str, Any]) -> None:
    text = folded(texts()[gold["id"]])
    names = [s[k] for s in gold["sources"] for k in ("name", "quote")] + [t["text"] for t in gold["tallies"]]
    for i in gold["incidents"]:
        names += [*i["actors"], *i["targets"], *([i["place"]["name"]] if i["place"] else [])]
        assert i["type"] in codebook("incident_type").ids
        assert i["responsibility"] in codebook("responsibility").ids
        assert len(i["targets"]) <= 3
        assert {w["kind"] for w in i["weapons"]} <= set(codebook("weapon").ids)
        assert set(i["sources"]) <= set(range(len(gold["sources"])))
        for q in (i["killed"], i["injured"], i["attackers_killed"], *i["weapons"], *gold["tallies"]):
            if q and None not in (q["lower"], q["upper"]):
                assert 0 <= q["lower"] <= q["upper"]
    assert [n for n in names if folded(n) not in text] == []
    for source in gold["sources"]:
        assert source["terms"] in codebook("terms").ids
        assert len(source["quote"].split()) <= 12


def test_enough_of_the_stream_is_coded_by_hand() -> None:
    ids = [g["id"] for g in lines("stream/gold.jsonl")]
    assert len(ids) == len(set(ids)) >= 40
    assert set(ids) <= set(STREAM_IDS)


def test_the_tables_of_the_readme_are_true() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w.-]+)` \| ([\w .-]+ \| .+) \|$", readme.split("## The stream")[1], re.MULTILINE))
    for entry in lines("stream/index.jsonl"):
        reports = entry["reports"]
        told = ", ".join(reports) if len(reports) < 9 else str(len(reports))
        assert rows[entry["file"]] == f"{entry['format']} | {told}"
    french = sum(id.startswith("fr:") for id in STREAM_IDS)
    words = re.sub(r"\s+", " ", readme)
    assert f"seventy-four reports ({french} French, {len(STREAM_IDS) - french} English)" in words
    assert len(STREAM_IDS) == 74
    for id in re.findall(r"`((?:fr|en):[\w-]+)`", readme):
        assert id in texts(), id


def test_the_package_stays_small_and_keeps_its_truth_out_of_the_copies(tmp_path: Path) -> None:
    assert sum(path.stat().st_size for path in STREAM.iterdir()) < 600_000
    copied = {path.relative_to(tmp_path).as_posix() for path in copy_samples(tmp_path)}
    assert {"reports.jsonl", "goma-1.en.txt", "stream/reports.jsonl", "stream/telafar-1.fr.xml"} <= copied
    assert not {path.name for path in tmp_path.rglob("*")} & {"gold.jsonl", "links.jsonl", "index.jsonl"}
