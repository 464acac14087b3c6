"""Incidents counted by something, printed: a table for people, JSON and CSV for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import IO, Any

from vigie.exports.labels import Labels
from vigie.exports.phrasing import days
from vigie.exports.record_phrasing import place_name, short_sum
from vigie.exports.tables import Column, console_on, print_line, print_table, write_csv, write_json
from vigie.model.contract import plain
from vigie.store.totals import OF_COUNTRY, Sum, Total, Totals

SCHEMA = "vigie/tally/1"
NAMES = (
    "value", "label", "country", "incidents", "disputed",
    "killed_lower", "killed_upper", "killed_told", "injured_lower", "injured_upper", "injured_told",
)  # fmt: skip


def print_totals(totals: Totals, asked: str, stream: IO[str], labels: Labels) -> None:
    """Print the counts as a table, with what was asked for, and all incidents in the last row."""
    word = labels.record
    console = console_on(stream)
    print_line(f"{labels.count('incidents_found', totals.all.incidents)} – {asked}", console)
    if not totals.rows:
        return
    columns = (
        Column(word(f"by_{totals.by}")),
        *(Column(word(key), number=True) for key in ("incidents", "disputed", "killed", "injured")),
    )
    rows = [_cells(name(total, totals.by, labels), total, labels) for total in totals.rows]
    rows.append(_cells(word("all_rows"), totals.all, labels))
    stream.write("\n")
    print_table(columns, rows, console)
    stream.write("\n")
    for note in (word("toll_note"), *([word("several_note")] if totals.by in ("actor", "weapon") else [])):
        print_line(note, console)


def totals_json(totals: Totals, asked: Mapping[str, Any], stream: IO[str], labels: Labels) -> None:
    """Write the counts as one JSON object, each with its name in the labels' language."""
    rows = [{**plain(total), "name": name(total, totals.by, labels)} for total in totals.rows]
    every = {k: v for k, v in plain(totals.all).items() if k not in ("value", "label", "country")}
    write_json({"schema": SCHEMA, "asked": asked, "by": totals.by, "all": every, "rows": rows}, stream)


def totals_csv(totals: Totals, stream: IO[str], labels: Labels) -> None:
    """Write the counts as CSV, one value a row."""
    write_csv(NAMES, (_row(total, name(total, totals.by, labels)) for total in totals.rows), stream)


def name(total: Total, by: str, labels: Labels) -> str:
    """What a row is of, in the labels' language."""
    if not total.value:
        return labels.record("unknown")
    if by == "month":
        first = dt.date.fromisoformat(f"{total.value}-01")
        last = (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
        return days(first, last, labels)
    if by == "type":
        return labels.value("type", total.value)
    if by == "weapon":
        return labels.weapon(total.value, many=True)
    if by == "country":
        return labels.country(total.value)
    country = labels.country(total.country) if total.country else ""
    if by == "actor" and total.value == f"{OF_COUNTRY} {total.country}":
        return country
    shown = place_name(total.label) if by == "place" else total.label
    return f"{shown} ({country})" if country and country != shown else shown


def _cells(label: str, total: Total, labels: Labels) -> tuple[str, ...]:
    return (
        label,
        labels.number(total.incidents),
        labels.number(total.disputed),
        short_sum(total.killed, total.incidents, labels),
        short_sum(total.injured, total.incidents, labels),
    )


def _row(total: Total, label: str) -> dict[str, Any]:
    row: dict[str, Any] = {**plain(total), "label": label}
    for field, toll in (("killed", total.killed), ("injured", total.injured)):
        row |= _sums(field, toll)
    return row


def _sums(field: str, toll: Sum) -> dict[str, int | None]:
    """Both bounds, and how many incidents tell a toll; no bounds where none does."""
    lower, upper = (toll.lower, toll.upper) if toll.told else (None, None)
    return {f"{field}_lower": lower, f"{field}_upper": upper, f"{field}_told": toll.told}
