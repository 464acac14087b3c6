"""A page of incidents, printed: a table for people, JSON and CSV for programs. The number found is always said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from vigie.exports.labels import Labels
from vigie.exports.record_phrasing import NOTHING, place_name, short_bounds, short_days
from vigie.exports.tables import Column, console_on, print_line, print_table, write_csv, write_json
from vigie.model.contract import plain
from vigie.store.asking import IncidentLine, Page

SCHEMA = "vigie/incidents/1"
NAMES = (
    "id", "type", "period", "standing", "day", "last_day", "country", "admin1", "place", "lat", "lon", "precision",
    "killed_lower", "killed_upper", "injured_lower", "injured_upper", "independent", "reports", "disputed", "reviewed",
)  # fmt: skip


def print_page(page: Page, asked: str, stream: IO[str], labels: Labels) -> None:
    """Print a page of incidents as a table, with what was asked for and how many there are."""
    console = console_on(stream)
    print_line(f"{labels.count('incidents_found', page.total)} – {asked}", console)
    if not page.lines:
        return
    word = labels.record
    columns = (
        Column(word("id"), kept=True), Column(word("day"), kept=True), Column(word("place")), Column(word("what")),
        Column(word("killed"), number=True), Column(word("injured"), number=True),
        Column(word("accounts"), number=True), Column(word("reports"), number=True), Column("", kept=True),
    )  # fmt: skip
    stream.write("\n")
    print_table(columns, (_cells(line, labels) for line in page.lines), console)
    stream.write("\n")
    print_line(_key(page, labels), console)
    if page.next is not None:
        stream.write(f"{word('shown', n=len(page.lines))}; {word('next_page', cursor=page.next)}\n")


def page_json(page: Page, asked: Mapping[str, Any], stream: IO[str]) -> None:
    """Write a page of incidents as one JSON object."""
    rows = [{**plain(line), "killed": _bounds(line.killed), "injured": _bounds(line.injured)} for line in page.lines]
    write_json({"schema": SCHEMA, "asked": asked, "found": page.total, "next": page.next, "incidents": rows}, stream)


def page_csv(page: Page, stream: IO[str]) -> None:
    """Write a page of incidents as CSV, one a row."""
    write_csv(NAMES, (_row(line) for line in page.lines), stream)


def place_and_country(line: IncidentLine, labels: Labels) -> str:
    """Where an incident was, in a few words."""
    country = labels.country(line.country) if line.country else ""
    names = dict.fromkeys(name for name in (place_name(line.place or ""), country) if name)
    return ", ".join(names) or NOTHING


def _cells(line: IncidentLine, labels: Labels) -> tuple[str, ...]:
    marks = [mark for mark, on in (("≠", line.disputed), ("°", line.period == "background")) if on]
    return (
        line.id,
        short_days(line.day, line.last_day, labels),
        place_and_country(line, labels),
        labels.value_of("short_types", line.type),
        short_bounds(*line.killed, labels),
        short_bounds(*line.injured, labels),
        labels.number(line.independent),
        labels.number(line.reports),
        " ".join([*marks, *(["×"] if line.standing != "counts" else [])]),
    )


def _key(page: Page, labels: Labels) -> str:
    """What the marks in the table mean, as far as they are there."""
    word = labels.record
    found = [word("accounts_key")]
    if any(line.disputed for line in page.lines):
        found.append(word("disputed_mark"))
    if any(line.period == "background" for line in page.lines):
        found.append(word("background_mark"))
    if any(line.standing != "counts" for line in page.lines):
        found.append(word("withdrawn_mark"))
    return "; ".join(found)


def _bounds(toll: tuple[int | None, int | None]) -> dict[str, int | None] | None:
    return None if toll == (None, None) else {"lower": toll[0], "upper": toll[1]}


def _row(line: IncidentLine) -> dict[str, Any]:
    row: dict[str, Any] = plain(line)
    for name in ("killed", "injured"):
        row[f"{name}_lower"], row[f"{name}_upper"] = getattr(line, name)
    return row
