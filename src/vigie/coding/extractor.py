"""The protocol of an extractor, and the check that any extractor's result must pass."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, Protocol

from vigie.coding.annotated import AnnotatedReport
from vigie.errors import CodingError
from vigie.model import CodedReport, Span


class Extractor(Protocol):
    """Turns an annotated report into a coded one. `name` and `version` end up as producer."""

    name: str
    version: str

    def extract(self, report: AnnotatedReport) -> CodedReport:
        """Sources, claims, incidents and the rest of one report, with evidence for every value."""
        ...


def check_evidence(coded: CodedReport) -> CodedReport:
    """The coded report itself, once every quote in it is found at its offsets and every id named exists.

    Raises CodingError naming the first value that breaks the contract.
    """
    text = coded.report.text
    for span in spans_of(coded):
        if text[span.start : span.end] != span.quote:
            raise CodingError(
                f"report {coded.report.id}: {span.quote!r} is not at {span.start}–{span.end} but "
                f"{text[span.start : span.end]!r} is; an extractor must quote the report as received"
            )
    sources, incidents = {s.id for s in coded.sources}, {i.id for i in coded.incidents}
    claims = {c.id for c in coded.claims}
    for c in coded.claims:
        if c.incident not in incidents or (c.source is not None and c.source not in sources):
            raise CodingError(f"report {coded.report.id}: claim {c.id} names a source or an incident that is not there")
    for i in coded.incidents:
        if not set(i.claims) <= claims or not set(i.sources) <= sources:
            raise CodingError(f"report {coded.report.id}: incident {i.id} names a claim or a source that is not there")
        if not i.evidence:
            raise CodingError(f"report {coded.report.id}: incident {i.id} has no evidence")
    return coded


def spans_of(value: Any) -> Iterator[Span]:
    """Every Span anywhere inside a model value."""
    if isinstance(value, Span):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for f in dataclasses.fields(value):
            yield from spans_of(getattr(value, f.name))
    elif isinstance(value, tuple | list):
        for v in value:
            yield from spans_of(v)
    elif isinstance(value, dict):
        for v in value.values():
            yield from spans_of(v)
