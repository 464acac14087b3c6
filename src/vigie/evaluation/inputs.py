"""What an evaluation is made of, from the paths a caller names."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vigie.errors import SheetError
from vigie.evaluation.sheet_files import sheet_of
from vigie.evaluation.sheets import Sheet
from vigie.model import Report
from vigie.readers import Rejected
from vigie.runs.batch import BatchCoder, Input, code_all
from vigie.runs.inputs import Overrides, inputs


@dataclass(frozen=True, slots=True)
class ReportTexts:
    """The reports under some paths by their id, and those that could not be read or coded."""

    reports: dict[str, Report]
    rejected: tuple[Rejected, ...] = ()


def read_reports(paths: Iterable[str]) -> ReportTexts:
    """The reports under some paths. Raises SheetError where two have the same id: errors could not be told apart."""
    read = list(_read(paths))
    reports: dict[str, Report] = {}
    for each in read:
        if not isinstance(each.read, Report):
            continue
        if each.read.id in reports:
            raise SheetError([f"{each.where}: there are two reports with the id {each.read.id!r}; give each its own"])
        reports[each.read.id] = each.read
    return ReportTexts(reports, tuple(each.read for each in read if isinstance(each.read, Rejected)))


def code_sheets(
    texts: ReportTexts, coder: BatchCoder, allowed: tuple[str, ...], jobs: int
) -> tuple[tuple[Sheet, ...], tuple[Rejected, ...]]:
    """The sheets of reports coded now, and those that were not coded."""
    outcomes = list(code_all((Input(id, report) for id, report in texts.reports.items()), coder, allowed, jobs=jobs))
    sheets = tuple(sheet_of(outcome) for outcome in outcomes if not isinstance(outcome, Rejected))
    return sheets, tuple(outcome for outcome in outcomes if isinstance(outcome, Rejected))


def _read(paths: Iterable[str]) -> Iterator[Input]:
    yield from inputs(paths, io.BytesIO(), Overrides())
