"""From the paths a caller names to the stream of inputs to code."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from vigie.model import Report, ReportedDate
from vigie.readers import Rejected, files_under, read_bytes, read_path
from vigie.readers.reports import Note, silent
from vigie.runs.batch import Input

STDIN = "-"


@dataclasses.dataclass(frozen=True, slots=True)
class Overrides:
    """What the caller says of every report, over what the report says of itself; None leaves that as it is."""

    published: ReportedDate | None = None
    outlet: str | None = None
    language: str | None = None

    def applied(self, report: Report) -> Report:
        """The report with what is overridden."""
        return dataclasses.replace(
            report,
            published=self.published or report.published,
            outlet=self.outlet or report.outlet,
            language=self.language or report.language,
        )


def inputs(paths: Iterable[str], stdin: BinaryIO, overrides: Overrides, note: Note = silent) -> Iterator[Input]:
    """The reports under `paths` in order ("-" reads `stdin`), each named by its file, or file and id where the file
    holds several; what could not be read comes in its place."""
    for path in paths:
        if path == STDIN:
            yield from named(read_bytes(stdin.read(), "standard input", note), "standard input", overrides)
        elif Path(path).is_dir():
            found = False
            for file in files_under(path):
                found = True
                yield from named(read_path(file, note), str(file), overrides)
            if not found:
                yield from named(read_path(path, note), path, overrides)
        else:
            yield from named(read_path(path, note), path, overrides)


def named(read: Iterable[Report | Rejected], where: str, overrides: Overrides) -> Iterator[Input]:
    """What was read at one place as inputs, each named after it, with what is overridden."""
    for each in read:
        if isinstance(each, Rejected):
            yield Input(each.where, each)
        else:
            yield Input(_name(each, where), overrides.applied(each))


def _name(report: Report, where: str) -> str:
    """Where a report came from: the file, and the key of its story or its own id where it has one."""
    key = report.wire.key if report.wire else None
    if key or not report.sha256.startswith(report.id):
        return f"{where}: {key or report.id}"
    return where
