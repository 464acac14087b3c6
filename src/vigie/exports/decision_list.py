"""The log of decisions, printed: a line each for people, JSON and CSV for programs."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import IO, Any

from rich.text import Text

from vigie.exports.labels import Labels
from vigie.exports.record_view import decision_line
from vigie.exports.tables import console_on, print_trimmed, write_csv, write_json
from vigie.exports.terminal import hanging
from vigie.model.record import Decision
from vigie.record.decisions import to_json

SCHEMA = "vigie/decisions/1"
NAMES = (
    "number", "kind", "who", "when", "why", "members", "apart", "claim", "field", "value", "names", "undoes", "stands",
    "hash",
)  # fmt: skip


def print_log(
    lines: Sequence[Decision], total: int, standing: Collection[int], stream: IO[str], labels: Labels
) -> None:
    """Print decisions of the log, one a line, and that the chain of their hashes holds."""
    console = console_on(stream)
    stream.write(f"{labels.count('decisions_made', total)}; {labels.record('chain_holds')}\n")
    if lines:
        stream.write("\n")
    for line in lines:
        stands = line.number in standing or line.kind == "undo"
        print_trimmed(hanging("", Text(decision_line(line, labels, stands=stands)), indent=0), console)


def log_json(lines: Iterable[Decision], total: int, standing: Collection[int], stream: IO[str]) -> None:
    """Write decisions as one JSON object."""
    rows = [{**to_json(line), "stands": line.number in standing} for line in lines]
    write_json({"schema": SCHEMA, "found": total, "chain": "holds", "decisions": rows}, stream)


def log_csv(lines: Iterable[Decision], standing: Collection[int], stream: IO[str]) -> None:
    """Write decisions as CSV, one a row."""
    write_csv(NAMES, (_row(line, line.number in standing) for line in lines), stream)


def _row(line: Decision, stands: bool) -> dict[str, Any]:
    row: dict[str, Any] = {**to_json(line), "stands": stands}
    for name in ("members", "apart", "names"):
        row[name] = "; ".join(row[name])
    if line.value is not None:
        row["value"] = json.dumps(line.value, ensure_ascii=False)
    return row
