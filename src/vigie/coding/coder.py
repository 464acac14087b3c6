"""Coding a report: annotate it, hand it to an extractor, check what comes back."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from vigie.coding.annotate import annotate, annotate_all
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.extractor import Extractor, check_evidence
from vigie.coding.rules import RULES
from vigie.model import CodedReport, Report

_TOGETHER = 32  # reports annotated together, so that rules and pipelines take turns less often; more gain no time


def code_report(report: Report, extractor: Extractor = RULES) -> CodedReport:
    """The coding of one report; report.language must be set.

    Raises LanguageUnavailable where the language cannot be coded, CodingError where the extractor breaks the
    contract.
    """
    return check_evidence(extractor.extract(annotate(report)))


def code_reports(reports: Iterable[Report], extractor: Extractor = RULES) -> Iterator[CodedReport]:
    """The codings of several reports, in their order, each the same as `code_report` gives; reports are drawn a few
    at a time. Raises as `code_report` does, at the report that is at fault."""
    source = iter(reports)
    while batch := list(itertools.islice(source, _TOGETHER)):
        for annotated in _annotated(batch):
            yield check_evidence(extractor.extract(annotated))


def _annotated(batch: Sequence[Report]) -> Iterable[AnnotatedReport]:
    try:
        return annotate_all(batch)
    except Exception:  # one by one, so that those before the report at fault are coded
        return map(annotate, batch)
