"""Model values as plain JSON values, with the contract's keys, and nothing else."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from vigie.model.coded import SCHEMA, CodedReport

_REPORT_KEYS = ("id", "sha256", "outlet", "agency", "language", "title", "url", "published", "dateline", "origin")


def plain(value: Any) -> Any:
    """Any model value (dataclass, date, tuple, mapping, scalar) as JSON-ready dicts, lists and scalars."""
    kind: Any = type(value)
    if kind in _SCALARS:
        return value
    if kind is tuple or kind is list:
        return [plain(v) for v in value]
    names = _names(kind)
    if names is not None:
        return {key: plain(getattr(value, name)) for name, key in names}
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    return value


_SCALARS = frozenset({str, int, float, bool, type(None)})


@cache
def _names(kind: Any) -> tuple[tuple[str, str], ...] | None:
    """The fields of a dataclass and their keys; None for any other type."""
    if not dataclasses.is_dataclass(kind):
        return None
    return tuple((f.name, f.name.rstrip("_")) for f in dataclasses.fields(kind))


def coded_report_json(coded: CodedReport) -> dict[str, Any]:
    """One coded report as the JSON object of the contract: keys in a fixed order, the text itself left out."""
    report = plain(coded.report)
    out: dict[str, Any] = {"schema": SCHEMA, "report": {k: report[k] for k in _REPORT_KEYS}}
    if report["wire"] is not None:
        out["report"]["wire"] = report["wire"]
    for f in dataclasses.fields(coded):
        if f.name != "report":
            out[f.name] = plain(getattr(coded, f.name))
    return out
