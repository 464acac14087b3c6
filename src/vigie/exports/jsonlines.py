"""The record as JSON, for programs: the contract's keys in a fixed order, UTF-8, the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from vigie.model import CodedReport
from vigie.model.contract import coded_report_json


def json_line(coded: CodedReport) -> str:
    """One coded report as one line of JSON, without the line end."""
    return json.dumps(coded_report_json(coded), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def json_array(reports: Iterable[CodedReport]) -> Iterator[str]:
    """Coded reports as one JSON array, in pieces to be written one after the other: one report a line."""
    yield "["
    first = True
    for coded in reports:
        yield ("\n" if first else ",\n") + json_line(coded)
        first = False
    yield "]\n" if first else "\n]\n"
