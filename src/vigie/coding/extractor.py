"""The protocol of an extractor, and the check that any extractor's result must pass."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from vigie.coding.annotated import AnnotatedReport
from vigie.errors import CodingError
from vigie.model import CodedReport, Place, Quantity, ReportedDate, Span, Strength, Tally, WeaponUse


class Extractor(Protocol):
    """Turns an annotated report into a coded one. `name` and `version` end up as producer."""

    name: str
    version: str

    def extract(self, report: AnnotatedReport) -> CodedReport:
        """Sources, claims, incidents and the rest of one report, with evidence for every value."""
        ...


def check_evidence(coded: CodedReport) -> CodedReport:
    """The coded report itself, once every quote in it is found at its offsets, everything it tells has words, every
    id named exists, and no bounds or days are the wrong way round.

    Raises CodingError naming the report and the first value that breaks the contract.
    """
    fault = next(_faults(coded), None)
    if fault is not None:
        raise CodingError(f"report {coded.report.id}: {fault}")
    return coded


def _faults(coded: CodedReport) -> Iterator[str]:
    text = coded.report.text
    for span in spans_of(coded):
        if text[span.start : span.end] != span.quote or not 0 <= span.start < span.end:
            yield (
                f"{span.quote!r} is not at {span.start}–{span.end} but {text[max(span.start, 0) : span.end]!r} is; "
                "an extractor must quote the report as received"
            )
    yield from _without_words(coded)
    yield from _unknown_ids(coded)
    for part in _parts(coded, Quantity, WeaponUse, Tally, Strength):
        if part.lower is not None and part.upper is not None and part.lower > part.upper:
            yield f"the bounds of {part} are the wrong way round"
    for date in _parts(coded, ReportedDate):
        if date.start > date.end:
            yield f"{date} ends before it starts"


def _without_words(coded: CodedReport) -> Iterator[str]:
    everything: tuple[Any, ...] = (
        *coded.sources, *coded.claims, *coded.incidents, *coded.tallies, *coded.strengths, *coded.developments,
        *coded.links, *coded.rejections, *(a for i in coded.incidents for a in (*i.actors, *i.targets, *i.weapons)),
    )  # fmt: skip
    for told in everything:
        if not told.evidence:
            yield f"{told} has no evidence"
    for claim in coded.claims:
        for value in _parts(claim.values, Quantity, WeaponUse, ReportedDate, Place):
            if not value.evidence:
                yield f"{value} of claim {claim.id} has no evidence"


def _unknown_ids(coded: CodedReport) -> Iterator[str]:
    for kind, told in (("source", coded.sources), ("claim", coded.claims), ("incident", coded.incidents)):
        if len({t.id for t in told}) < len(told):
            yield f"two {kind}s have one id"
    sources, incidents = {s.id for s in coded.sources}, {i.id for i in coded.incidents}
    about = {c.id: c.incident for c in coded.claims}
    for s in coded.sources:
        if s.via is not None and s.via not in sources:
            yield f"source {s.id} comes by way of {s.via}, which is not there"
    for c in coded.claims:
        if c.incident not in incidents or (c.source is not None and c.source not in sources):
            yield f"claim {c.id} names a source or an incident that is not there"
    for i in coded.incidents:
        named = {*i.claims, *(v.claim for d in i.differences for v in d.values)}
        if any(about.get(c) != i.id for c in named) or not set(i.sources) <= sources:
            yield f"incident {i.id} names a source that is not there, or a claim that is not about it"
    for link in coded.links:
        if not {link.from_, link.to} <= incidents:
            yield f"the link from {link.from_} to {link.to} names an incident that is not there"


def spans_of(value: Any) -> Iterator[Span]:
    """Every Span anywhere inside a model value."""
    return _parts(value, Span)


def _parts(value: Any, *kinds: type) -> Iterator[Any]:
    """Everything of some kinds anywhere inside a model value, itself included."""
    if isinstance(value, kinds):
        yield value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for f in dataclasses.fields(value):
            yield from _parts(getattr(value, f.name), *kinds)
    elif isinstance(value, tuple | list):
        for v in value:
            yield from _parts(v, *kinds)
    elif isinstance(value, Mapping):
        for v in value.values():
            yield from _parts(v, *kinds)
