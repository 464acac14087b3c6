"""The pure functions by which the record is derived, as the store calls them: those of `vigie.record` by default.

They are handed in as one value so that the store's own promises (the same record whatever the order of arrival and
whenever a run was killed) can be put to the test with others that are quick and plain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from vigie.model import CodedReport, Report
from vigie.model.record import (
    Cluster,
    Comparison,
    CopyVerdict,
    Decided,
    Family,
    RecordIncident,
    ReportCard,
    ReportedIncident,
    Signature,
    Suggestion,
    Thresholds,
)
from vigie.record.sources import Sources
from vigie.store.candidates import Crowd


class Rules(Protocol):
    """From reports and decisions to the record. Every function is pure; `version` changes whenever one of them gives
    another result, so that a store knows when to derive anew."""

    version: str
    thresholds: Thresholds
    crowd: Crowd

    def card(self, report: Report) -> ReportCard: ...

    def bands(self, signature: Signature) -> tuple[str, ...]: ...

    def may_copy(self, x: frozenset[int], y: frozenset[int]) -> bool:
        """Whether the shingles of two reports leave it open that one copies the other by its words: quick, and never
        False where `near_copy` says so for their words."""
        ...

    def near_copy(self, a: ReportCard, b: ReportCard) -> CopyVerdict | None: ...

    def families(self, cards: Iterable[ReportCard], verdicts: Iterable[CopyVerdict]) -> tuple[Family, ...]: ...

    def members(self, coded: CodedReport) -> tuple[ReportedIncident, ...]: ...

    def keys(self, member: ReportedIncident) -> tuple[str, ...]: ...

    def source_keys(self, member: ReportedIncident) -> tuple[str, ...]:
        """By what the sources of a member are found when a decision on their names is made, each once."""
        ...

    def compare(self, a: ReportedIncident, b: ReportedIncident, sources: Sources) -> Comparison: ...

    def cluster(
        self,
        members: Sequence[ReportedIncident],
        comparisons: Sequence[Comparison],
        decided: Decided,
        families: Sequence[Family],
    ) -> tuple[Cluster, ...]: ...

    def suggest(
        self,
        members: Sequence[ReportedIncident],
        comparisons: Sequence[Comparison],
        clusters: Sequence[Cluster],
        decided: Decided,
        families: Sequence[Family],
    ) -> tuple[Suggestion, ...]: ...

    def reconcile(
        self, members: Sequence[ReportedIncident], families: Sequence[Family], decided: Decided, sources: Sources
    ) -> RecordIncident: ...
