"""Coding a report: annotate it, hand it to an extractor, check what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vigie.coding.annotate import annotate
from vigie.coding.extractor import Extractor, check_evidence
from vigie.coding.rules import RULES
from vigie.model import CodedReport, Report


def code_report(report: Report, extractor: Extractor = RULES) -> CodedReport:
    """The coding of one report; report.language must be set.

    Raises LanguageUnavailable where the language cannot be coded, CodingError where the extractor breaks the
    contract.
    """
    return check_evidence(extractor.extract(annotate(report)))


def code_reports(reports: Iterable[Report], extractor: Extractor = RULES) -> Iterator[CodedReport]:
    """The codings of several reports, in their order. Raises as `code_report` does."""
    for report in reports:
        yield code_report(report, extractor)
