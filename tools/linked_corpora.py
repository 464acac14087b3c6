"""Reports with what a careful person would link: the sample stream, and the linking corpus of the tests.

Each is coded by `vigie` itself; an incident that a report tells is found among the coded ones by its words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import hand_coding
from vigie.coding.coder import code_report
from vigie.errors import VigieError
from vigie.language.pack import languages
from vigie.model import CodedReport, Report
from vigie.model.record import Family, ReportCard, ReportedIncident, member_key
from vigie.readers.paths import read_path
from vigie.readers.reports import with_language
from vigie.record import origin
from vigie.record.members import reported_incidents

ROOT = Path(__file__).resolve().parents[1]
STREAM = ROOT / "src/vigie/samples/stream"
SINGLE = ROOT / "src/vigie/samples/reports.jsonl"
CORPUS = ROOT / "tests/record/linking"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Coded reports, the truth about their incidents, and the families of copies that the program tells.

    `truth` maps each member to the key of its incident; one that tells of nothing true has a key of its own.
    `missed` are the links whose words no coded incident holds.
    """

    name: str
    coded: tuple[CodedReport, ...]
    members: tuple[ReportedIncident, ...]
    truth: dict[str, str]
    missed: tuple[dict[str, str], ...]
    families: tuple[Family, ...]
    cards: tuple[ReportCard, ...]


def stream() -> Corpus:
    """The sample stream with the single samples."""
    return _corpus("stream", [*_read(STREAM), *_read(SINGLE)], STREAM / "links.jsonl")


def stream_by_hand() -> Corpus:
    """The same reports as they were coded by hand: how well linking does when the coding is right."""
    reports = {r.id: r for r in [*_read(STREAM), *_read(SINGLE)]}
    rows: dict[str, list[dict[str, str]]] = {}
    for link in _lines(STREAM / "links.jsonl"):
        rows.setdefault(link["report"], []).append(link)
    coded, truth = [], {}
    for gold in [*_lines(STREAM / "gold.jsonl"), *_lines(SINGLE.with_name("gold.jsonl"))]:
        if gold["id"] not in reports:
            continue
        report = with_language(reports[gold["id"]], languages())
        coded.append(hand_coding.coded(gold, report))
        for n, link in enumerate(rows.get(gold["id"], ()), 1):  # in the order of the coding
            truth[member_key(report.id, f"i{n}")] = link["incident"]
    members = tuple(m for c in coded for m in reported_incidents(c))
    cards = tuple(origin.card(c.report) for c in coded)
    return Corpus("stream, coded by hand", tuple(coded), members, truth, (), copies(cards), cards)


def family_rows() -> list[Any]:
    """The stream's true families of copies."""
    return _lines(STREAM / "families.jsonl")


def _lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def cases() -> Corpus:
    """The linking corpus of the tests."""
    return _corpus("hard cases", _read(CORPUS / "reports.jsonl"), CORPUS / "links.jsonl")


def _read(path: Path) -> Iterator[Report]:
    """The reports of a file; of a folder with an `index.jsonl`, under the ids that the index gives them."""
    if path.is_file():
        yield from (r for r in read_path(path) if isinstance(r, Report))
        return
    for row in _lines(path / "index.jsonl"):
        found = [r for r in read_path(path / row["file"]) if isinstance(r, Report)]
        if len(found) != len(row["reports"]):
            print(f"  {row['file']}: {len(found)} of {len(row['reports'])} reports read")
            continue
        yield from (replace(report, id=name) for report, name in zip(found, row["reports"], strict=True))


def _corpus(name: str, reports: Iterable[Report], links: Path) -> Corpus:
    coded = []
    for report in reports:
        try:
            coded.append(code_report(with_language(report, languages())))
        except VigieError as error:
            print(f"  {report.id}: {error}")
    members = tuple(m for c in coded for m in reported_incidents(c))
    truth, missed = _truth(coded, _lines(links))
    cards = tuple(origin.card(c.report) for c in coded)
    return Corpus(name, tuple(coded), members, truth, missed, copies(cards), cards)


def copies(cards: Iterable[ReportCard]) -> tuple[Family, ...]:
    """The copy families of these reports, told as the store tells them: by band keys, then by comparing."""
    by_id = {c.id: c for c in cards}
    holders: dict[str, set[str]] = {}
    for c in by_id.values():
        keys = [*origin.bands(c.signature), *([f"key {c.wire.key}"] if c.wire is not None and c.wire.key else [])]
        for key in keys:
            holders.setdefault(key, set()).add(c.id)
    pairs = {(a, b) for held in holders.values() for a in held for b in held if a < b}
    verdicts = [v for a, b in sorted(pairs) for v in [origin.near_copy(by_id[a], by_id[b])] if v is not None]
    return origin.families(by_id.values(), verdicts)


def _truth(
    coded: Iterable[CodedReport], rows: list[dict[str, str]]
) -> tuple[dict[str, str], tuple[dict[str, str], ...]]:
    """Each coded incident goes with the link whose trigger lies in its words; each link with one incident."""
    truth: dict[str, str] = {}
    missed: list[dict[str, str]] = []
    for c in coded:
        mine = [r for r in rows if r["report"] == c.report.id]
        taken: dict[str, str] = {}
        scored = sorted(
            (
                (
                    -_overlap(i.evidence, c.report.text.find(r["trigger"]), len(r["trigger"])),
                    i.period != r["period"],
                    i.id,
                    n,
                )
                for i in c.incidents
                for n, r in enumerate(mine)
            ),
        )
        used: set[int] = set()
        for minus, _, incident, n in scored:
            if minus < 0 and incident not in taken and n not in used:
                taken[incident] = mine[n]["incident"]
                used.add(n)
        for i in c.incidents:
            key = member_key(c.report.id, i.id)
            truth[key] = taken.get(i.id, f"nothing true {key}")
        missed.extend(r for n, r in enumerate(mine) if n not in used)
    return truth, tuple(missed)


def _overlap(evidence: Iterable[object], start: int, length: int) -> int:
    return sum(
        max(0, min(s.end, start + length) - max(s.start, start))  # type: ignore[attr-defined]
        for s in evidence
        if start >= 0
    )
