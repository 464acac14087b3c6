"""docs/store.md tells of the store as it is: every table, the limits of a common key, the messages and their way out."""

from __future__ import annotations

import re
from pathlib import Path

from vigie.store import database, faults, keeping, schema
from vigie.store.candidates import Crowd
from vigie.store.checks import SAMPLE

PAGE = (Path(__file__).parents[2] / "docs" / "store.md").read_text("utf-8")


def told_tables(heading: str) -> set[str]:
    section = PAGE.split(f"\n{heading}", 1)[1].split("\n\n", 2)[1]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}


def test_every_table_is_told() -> None:
    assert told_tables("Kept, and only added to:") == {table.name for table in schema.KEPT}
    assert told_tables("Derived:") == {table.name for table in schema.DERIVED}
    others = {t.name for t in schema.metadata.sorted_tables} - {t.name for t in (*schema.KEPT, *schema.DERIVED)}
    untold = {name for name in others if name not in ("accounts", "sessions", "incident_changes")}
    assert all(name.startswith("watch_") or f"`{name}`" in PAGE for name in untold)


def test_the_numbers_are_the_real_ones() -> None:
    numbers = {"two": 2, "eight": 8}
    found = re.search(r"A key that more than (\d+) carry.*?is compared with (\w+) only", PAGE, re.DOTALL)
    assert found is not None
    assert (int(found[1]), numbers[found[2]]) == (Crowd().quiet, Crowd().anchors)
    assert f"in a sample of {SAMPLE:,} of each" in PAGE
    assert f"the first {keeping.INDEXED:,} characters" in PAGE
    assert f"(number {database.WRITER_LOCK})" in PAGE
    assert database.PATIENCE == 60.0
    assert "it is waited for a minute" in PAGE


def test_the_messages_are_the_real_ones() -> None:
    reasons = {reason for _, reason, _ in faults.SQLITE.values()}
    for reason in ("another process is writing to it", "no room is left on the disk", "the file is damaged"):
        assert reason in reasons
        assert reason in PAGE
