"""From coded reports to what the record is made of: one `ReportedIncident` for each incident a report tells."""

from __future__ import annotations

from collections.abc import Sequence

from vigie.model.coded import Claim, CodedReport, Incident, Source
from vigie.model.quantities import Quantity
from vigie.model.record import ReportedIncident, member_key

TOLLS = ("killed", "injured", "attackers_killed")


def reported_incidents(coded: CodedReport) -> tuple[ReportedIncident, ...]:
    """What one coded report tells, incident by incident, in the order of its coding."""
    report = coded.report
    return tuple(
        ReportedIncident(
            key=member_key(report.id, incident.id),
            report_id=report.id,
            incident=incident,
            claims=claims,
            sources=_sources(coded, incident, claims),
            published=report.published,
            language=report.language,
            outlet=report.outlet,
            agency=report.agency,
            title=report.title,
            wire=report.wire,
            joint=_joint(report.id, incident, coded.incidents),
        )
        for incident in coded.incidents
        for claims in [tuple(c for c in coded.claims if c.incident == incident.id)]
    )


def _sources(coded: CodedReport, incident: Incident, claims: Sequence[Claim]) -> tuple[Source, ...]:
    """The sources of the incident and its claims, and those through which they came."""
    by_id = {s.id: s for s in coded.sources}
    wanted = list(dict.fromkeys([*incident.sources, *(c.source for c in claims if c.source is not None)]))
    for source_id in wanted:  # grows while it is gone through: a source may come through one that came through one
        source = by_id.get(source_id)
        if source is not None and source.via is not None and source.via not in wanted:
            wanted.append(source.via)
    return tuple(by_id[w] for w in wanted if w in by_id)


def _joint(
    report_id: str, incident: Incident, incidents: Sequence[Incident]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Tolls that the same words give to this and to other incidents of the report."""
    found = []
    for name in TOLLS:
        words = _words(incident, name)
        others = tuple(
            member_key(report_id, other.id)
            for other in incidents
            if other is not incident and words & _words(other, name)
        )
        if others:
            found.append((name, others))
    return tuple(found)


def _words(incident: Incident, name: str) -> frozenset[tuple[int, int]]:
    """Where the words of a toll stand; nothing for a toll of nobody, which may well hold of several incidents."""
    toll = getattr(incident, name)
    if not isinstance(toll, Quantity) or toll.upper == 0:
        return frozenset()
    return frozenset((s.start, s.end) for s in toll.evidence)
