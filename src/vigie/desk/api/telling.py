"""Values of the record as the plain JSON that the API gives: the names of the contract."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from vigie.model.contract import plain
from vigie.model.record import Decision
from vigie.store.asking import IncidentLine, ReportLine


def incident_line(line: IncidentLine) -> dict[str, Any]:
    """An incident of a list."""
    where = ("country", "admin1", "lat", "lon", "precision")
    known = line.place is not None or any(getattr(line, name) is not None for name in where)
    return {
        "id": line.id,
        "type": line.type,
        "period": line.period,
        "standing": line.standing,
        "date": {"start": line.day, "end": line.last_day} if line.day is not None else None,
        "place": {"name": line.place, **{name: getattr(line, name) for name in where}} if known else None,
        "killed": bounds(*line.killed),
        "injured": bounds(*line.injured),
        "independent": line.independent,
        "reports": line.reports,
        "disputed": line.disputed,
        "reviewed": line.reviewed,
    }


def bounds(lower: int | None, upper: int | None) -> dict[str, int | None] | None:
    """Two bounds; None where neither is told."""
    return None if lower is None and upper is None else {"lower": lower, "upper": upper}


def decision(line: Decision, undone: Collection[int]) -> dict[str, Any]:
    """A line of the log, with whether it stands (`undone`: the numbers of those that do not)."""
    found: dict[str, Any] = {**plain(line), "stands": line.number not in undone}
    return found


def report_line(line: ReportLine, agency: str | None = None) -> dict[str, Any]:
    """A report of a list."""
    return {**plain(line), "agency": agency}
