"""Rows of cells for people, and rows of values for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading; numbers stand to the right; one that is `kept` is never broken or cut."""

    heading: str
    number: bool = False
    kept: bool = False


def console_on(stream: IO[str]) -> Console:
    """A console that prints words as they are. A stream that is no terminal is 80 columns wide, or as wide as the
    environment variable COLUMNS says."""
    return Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False)


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[str]], console: Console) -> None:
    """Print rows under their headings; long cells go on in the next line of their row."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for column in columns:
        table.add_column(
            column.heading,
            justify="right" if column.number else "left",
            no_wrap=column.kept or column.number,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    print_trimmed(table, console)


def print_line(words: str, console: Console) -> None:
    """Print a sentence, on as many lines as it needs."""
    print_trimmed(Text(words), console)


def print_trimmed(printed: Any, console: Console) -> None:
    """Print something without the spaces that fill the lines up."""
    with console.capture() as captured:
        console.print(printed)
    console.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def write_csv(names: Sequence[str], rows: Iterable[Mapping[str, Any]], stream: IO[str]) -> None:
    """Write rows as RFC 4180 CSV with a heading line: ISO days, plain numbers, nothing where a value is not known.

    A cell that a spreadsheet would take for a formula is led by an apostrophe
    (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    writer = csv.DictWriter(stream, names, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(row.get(name)) for name in names})


def write_json(value: Any, stream: IO[str]) -> None:
    """Write one JSON value, indented, with a line's end."""
    stream.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value
