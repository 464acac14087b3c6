"""The protocol of an extractor, and the check that any extractor's result must pass."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Protocol

from vigie.coding.annotated import AnnotatedReport
from vigie.errors import CodingError
from vigie.model import CodedReport, Place, Quantity, ReportedDate, Span, Strength, Tally, WeaponUse

_BOUNDED = (Quantity, WeaponUse, Tally, Strength)
_QUOTED = (Quantity, WeaponUse, ReportedDate, Place)
_PLAIN = frozenset({str, int, float, bool, dt.date, type(None)})


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
    for part in _parts(coded):
        if isinstance(part, Span):
            start, end = part.start, part.end
            if text[start:end] != part.quote or not 0 <= start < end:
                yield (
                    f"{part.quote!r} is not at {start}–{end} but {text[max(start, 0) : end]!r} is; "
                    "an extractor must quote the report as received"
                )
        elif isinstance(part, _BOUNDED):
            if part.lower is not None and part.upper is not None and part.lower > part.upper:
                yield f"the bounds of {part} are the wrong way round"
        elif isinstance(part, ReportedDate) and part.start > part.end:
            yield f"{part} ends before it starts"
    yield from _without_words(coded)
    yield from _unknown_ids(coded)


def _without_words(coded: CodedReport) -> Iterator[str]:
    everything: tuple[Any, ...] = (
        *coded.sources, *coded.claims, *coded.incidents, *coded.tallies, *coded.strengths, *coded.developments,
        *coded.links, *coded.rejections, *(a for i in coded.incidents for a in (*i.actors, *i.targets, *i.weapons)),
    )  # fmt: skip
    for told in everything:
        if not told.evidence:
            yield f"{told} has no evidence"
    for claim in coded.claims:
        for value in _parts(claim.values):
            if isinstance(value, _QUOTED) and not value.evidence:
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


def _parts(value: Any) -> list[Any]:
    """Every model value inside a value, itself included."""
    found: list[Any] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        kind: type = type(one)
        if kind in _PLAIN:
            continue
        if kind is Span:
            found.append(one)
        elif isinstance(one, tuple | list):
            waiting.extend(one)
        elif isinstance(one, Mapping):
            waiting.extend(one.values())
        else:
            found.append(one)
            waiting.extend([getattr(one, name) for name in _field_names(kind)])
    return found


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()
