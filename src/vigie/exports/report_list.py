"""Reports found by their words, printed with the words where they stand; JSON and CSV for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from rich.console import Console
from rich.text import Text

from vigie.exports.labels import Labels
from vigie.exports.phrasing import iso_day
from vigie.exports.tables import console_on, print_line, print_trimmed, write_csv, write_json
from vigie.exports.terminal import hanging
from vigie.model.contract import plain
from vigie.record.words import word
from vigie.store.searching import Found, FoundPage

SCHEMA = "vigie/reports/1"
NAMES = (
    "id", "published", "outlet", "agency", "language", "standing", "family", "title", "url", "incidents",
    "passage", "passage_start",
)  # fmt: skip


def print_found(page: FoundPage, asked: str, stream: IO[str], labels: Labels) -> None:
    """Print a page of reports, each with the passage that was found and the incidents it tells of."""
    console = console_on(stream)
    print_line(f"{labels.count('reports_found', page.total)} – {asked}", console)
    for found in page.lines:
        stream.write("\n")
        _print(found, console, labels)
    if page.next is not None:
        shown = labels.record("shown", n=len(page.lines))
        stream.write(f"\n{shown}; {labels.record('next_page', cursor=page.next)}\n")


def found_json(page: FoundPage, asked: Mapping[str, Any], stream: IO[str]) -> None:
    """Write a page of reports as one JSON object."""
    rows = [
        {
            **plain(found.report),
            "agency": found.agency,
            "passage": plain(found.passage),
            "in_title": [list(mark) for mark in found.in_title],
        }
        for found in page.lines
    ]
    write_json({"schema": SCHEMA, "asked": asked, "found": page.total, "next": page.next, "reports": rows}, stream)


def found_csv(page: FoundPage, stream: IO[str]) -> None:
    """Write a page of reports as CSV, one a row."""
    write_csv(NAMES, (_row(found) for found in page.lines), stream)


def marked(text: str, marks: Iterable[tuple[int, int]], start: int = 0) -> Text:
    """A text on one line with the words at `marks` in brackets; it begins at `start` of what the marks count in."""
    out = Text()
    at = 0
    for first, last in marks:
        out.append(_line(text[at : first - start]))
        out.append(f"⟦{_line(text[first - start : last - start])}⟧", style="reverse")
        at = last - start
    return out.append(_line(text[at:]))


def _print(found: Found, console: Console, labels: Labels) -> None:
    report = found.report
    who = " / ".join(dict.fromkeys(name for name in (report.outlet, found.agency) if name))
    when = iso_day(report.published, labels) if report.published else ""
    language = labels.language_name(report.language) if report.language else ""
    head = Text(report.id, style="bold").append(
        f"  {', '.join(part for part in (who, when, language) if part)}", "none"
    )
    if report.standing != "counts":
        head.append(f"  [{word('standing', report.standing, labels.language)}]", style="magenta")
    lines = [hanging("", head, indent=0)]
    if report.title:
        lines.append(hanging("", marked(report.title, found.in_title).append("", "italic"), indent=2))
    if found.passage is not None:
        words = marked(found.passage.words, found.passage.marks, found.passage.start)
        lines.append(hanging("", Text("… ").append_text(words).append(f" … [{found.passage.start}]"), indent=2))
    if report.incidents:
        lines.append(hanging("→", Text(", ".join(report.incidents)), indent=2))
    for line in lines:
        print_trimmed(line, console)


def _line(words: str) -> str:
    """Words with every run of white space as one space."""
    lead, tail = " " * words[:1].isspace(), " " * (words[-1:].isspace() and len(words) > 1)
    return f"{lead}{' '.join(words.split())}{tail}" if words.strip() else lead


def _row(found: Found) -> dict[str, Any]:
    row: dict[str, Any] = plain(found.report)
    row["agency"] = found.agency
    row["incidents"] = _joined(found.report.incidents)
    row["passage"] = _line(found.passage.words) if found.passage is not None else None
    row["passage_start"] = found.passage.start if found.passage is not None else None
    return row


def _joined(ids: Sequence[str]) -> str:
    return " ".join(ids)
