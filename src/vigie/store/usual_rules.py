"""The rules of `vigie.record`, as the store calls them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
from vigie.record import blocking, compare, linking, members, origin, reconcile, suggesting
from vigie.record.families import families
from vigie.record.sources import Sources, found_by
from vigie.store.candidates import Crowd

VERSION = "record/6"
"""Raised whenever a change to `vigie.record` can change what is derived: stores then derive anew (`vigie migrate`)."""


class UsualRules:
    """See `vigie.store.rules.Rules`."""

    def __init__(self, thresholds: Thresholds | None = None) -> None:
        self.version = VERSION
        self.thresholds = thresholds or Thresholds()
        self.crowd = Crowd()

    def card(self, report: Report) -> ReportCard:
        """`record.origin.card`."""
        return origin.card(report)

    def bands(self, signature: Signature) -> tuple[str, ...]:
        """`record.origin.bands`."""
        return origin.bands(signature)

    def may_copy(self, x: frozenset[int], y: frozenset[int]) -> bool:
        """`record.origin.may_copy`."""
        return origin.may_copy(x, y)

    def near_copy(self, a: ReportCard, b: ReportCard) -> CopyVerdict | None:
        """`record.origin.near_copy`."""
        return origin.near_copy(a, b)

    def families(self, cards: Iterable[ReportCard], verdicts: Iterable[CopyVerdict]) -> tuple[Family, ...]:
        """`record.families.families`."""
        return families(cards, verdicts)

    def members(self, coded: CodedReport) -> tuple[ReportedIncident, ...]:
        """`record.members.reported_incidents`."""
        return members.reported_incidents(coded)

    def keys(self, member: ReportedIncident) -> tuple[str, ...]:
        """`record.blocking.keys`."""
        return blocking.keys(member)

    def source_keys(self, member: ReportedIncident) -> tuple[str, ...]:
        """`record.sources.found_by` of everybody whose words the member may be: its sources, its agency, its outlet."""
        where = member.incident.place.country if member.incident.place is not None else None
        found: dict[str, None] = {}
        for source in member.sources:
            found |= dict.fromkeys(found_by(source.name, (source.country, where)))
        for name in (member.agency, member.outlet):
            found |= dict.fromkeys(found_by(name)) if name else {}
        return tuple(found)

    def compare(self, a: ReportedIncident, b: ReportedIncident, sources: Sources) -> Comparison:
        """`record.compare.compare`."""
        return compare.compare(a, b, sources)

    def cluster(
        self,
        members: Sequence[ReportedIncident],
        comparisons: Sequence[Comparison],
        decided: Decided,
        families: Sequence[Family],
    ) -> tuple[Cluster, ...]:
        """`record.linking.cluster`."""
        return linking.cluster(members, comparisons, decided, self.thresholds, families)

    def suggest(
        self,
        members: Sequence[ReportedIncident],
        comparisons: Sequence[Comparison],
        clusters: Sequence[Cluster],
        decided: Decided,
        families: Sequence[Family],
    ) -> tuple[Suggestion, ...]:
        """`record.suggesting.suggestions`."""
        return suggesting.suggestions(members, comparisons, clusters, decided, self.thresholds, families)

    def reconcile(
        self, members: Sequence[ReportedIncident], families: Sequence[Family], decided: Decided, sources: Sources
    ) -> RecordIncident:
        """`record.reconcile.reconcile`."""
        return reconcile.reconcile(members, families, decided, sources)
