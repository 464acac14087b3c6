"""The sample stream as the readers read it: every file, every report, the words that its links point at."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from vigie.language.identify import identify
from vigie.model import Report
from vigie.readers.paths import read_path

STREAM = Path(__file__).resolve().parents[2] / "src" / "vigie" / "samples" / "stream"


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (STREAM / name).read_text(encoding="utf-8").splitlines()]


INDEX = lines("index.jsonl")


@cache
def read(file: str) -> tuple[Report, ...]:
    found = tuple(read_path(STREAM / file))
    assert all(isinstance(report, Report) for report in found), found
    return tuple(report for report in found if isinstance(report, Report))


@cache
def reports() -> dict[str, Report]:
    """Each report of the stream under the id that the index gives it."""
    return {id: report for entry in INDEX for id, report in zip(entry["reports"], read(entry["file"]), strict=True)}


@pytest.mark.parametrize("entry", [pytest.param(e, id=e["file"]) for e in INDEX])
def test_a_file_gives_the_reports_that_the_index_names(entry: dict[str, Any]) -> None:
    found = read(entry["file"])
    assert len(found) == len(entry["reports"])
    for id, report in zip(entry["reports"], found, strict=True):
        language = report.language or identify(report.text, ("en", "fr"))[0]
        assert language == id[:2], id


def test_the_words_of_the_links_stand_in_the_text_that_is_read() -> None:
    for link in lines("links.jsonl"):
        if link["report"] in reports():
            assert link["trigger"] in reports()[link["report"]].text, link


def test_the_versions_of_a_wire_story_are_read_in_order_under_one_key() -> None:
    stories = [
        ([f"fr:telafar-{n}" for n in range(1, 7)], [None, None, "update", "update", "correction", "update"]),
        (["en:telafar-2", "en:telafar-3"], [None, "update"]),
        (["fr:zaporijjia-1", "fr:zaporijjia-2"], [None, "update"]),
        (["fr:bassora-1", "fr:bassora-2"], [None, "kill"]),
    ]
    keys = set()
    for ids, marks in stories:
        wires = [reports()[id].wire for id in ids]
        assert [w and w.revision for w in wires] == list(range(1, len(ids) + 1))
        assert len({w and w.key for w in wires}) == 1
        assert [bool(w and w.mark) for w in wires] == [mark is not None for mark in marks]
        keys.add(wires[0] and wires[0].key)
    assert len(keys - {None}) == len(stories)


def test_what_the_agency_took_back_is_withdrawn_and_nothing_else_is() -> None:
    withdrawn = [id for id, report in reports().items() if report.wire and report.wire.withdrawn]
    assert withdrawn == ["fr:bassora-2"]


def test_published_is_the_day_of_the_format_and_not_before_what_is_told() -> None:
    begun = {i["incident"]: dt.date.fromisoformat(i["start"]) for i in lines("incidents.jsonl")}
    current = [link for link in lines("links.jsonl") if link["period"] == "current" and link["report"] in reports()]
    for link in current:
        published = reports()[link["report"]].published
        if published is None:  # plain text has no field for it; its dateline is read when it is coded
            assert link["report"] in ("fr:gorom-1", "fr:kherson-1")
        else:
            assert dt.timedelta(0) <= published.start - begun[link["incident"]] <= dt.timedelta(days=7), link
