"""Incidents of short invented reports, for tests of the coder."""

from __future__ import annotations

from datetime import date

import vigie
from vigie.coding.coder import code_report
from vigie.model import Incident, Report, ReportedDate


def incidents(text: str, language: str) -> list[Incident]:
    """All incidents of a report of 26 July 2024, a Friday."""
    return list(vigie.code(text, language=language, published="2024-07-26").incidents)


def incident(language: str, text: str) -> Incident:
    """The first incident of a report of 15 March 2024, a Friday; there has to be one."""
    day = date(2024, 3, 15)
    published = ReportedDate(day, day, "day", "stated", "")
    coded = code_report(Report(id="t", sha256="", text=text, language=language, published=published))
    assert coded.incidents, text
    return coded.incidents[0]


def targets(language: str, text: str) -> list[str]:
    """Who or what was hit in that first incident."""
    return [t.name for t in incident(language, text).targets]
