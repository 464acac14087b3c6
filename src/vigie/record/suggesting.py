"""Pairs of incidents for a person to decide on, the most useful first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from vigie.model.record import (
    Cluster,
    Comparison,
    Decided,
    Family,
    ReportedIncident,
    Suggestion,
    Thresholds,
)
from vigie.record.extent import is_fine, told_date
from vigie.record.words import word

_SELDOM = 0.1  # weight of a pair that a decision on other tellings keeps apart


def suggestions(
    members: Iterable[ReportedIncident],
    comparisons: Iterable[Comparison],
    clusters: Iterable[Cluster],
    decided: Decided = Decided(),  # noqa: B008 — frozen and empty
    thresholds: Thresholds = Thresholds(),  # noqa: B008
    families: Iterable[Family] = (),
) -> tuple[Suggestion, ...]:
    """For each two clusters with a pair that scores from `thresholds.suggest`, its best pair, the most useful first.

    A pair that somebody has already decided on, unsure included, is not suggested again.
    """
    by_key = {m.key: m for m in members}
    home = {key: c for c in clusters for key in c.members}
    of_report = {report: f.id for f in families for report in f.members}
    best: dict[tuple[str, str], Comparison] = {}
    settled = {*decided.same, *decided.different, *decided.unsure}
    for c in sorted(comparisons, key=lambda c: (-c.score, c.a, c.b)):
        x, y = home.get(c.a), home.get(c.b)
        if x is None or y is None or x.id == y.id or c.score < thresholds.suggest or (c.a, c.b) in settled:
            continue
        best.setdefault((min(x.id, y.id), max(x.id, y.id)), c)
    found = [_suggestion(c, home[c.a], home[c.b], by_key, decided, thresholds, of_report) for c in best.values()]
    return tuple(sorted(found, key=lambda s: (-s.usefulness, s.comparison.a, s.comparison.b)))


def _suggestion(
    c: Comparison,
    x: Cluster,
    y: Cluster,
    members: Mapping[str, ReportedIncident],
    decided: Decided,
    thresholds: Thresholds,
    of_report: Mapping[str, str],
) -> Suggestion:
    blocked = _barrier(x, y, members, decided, of_report)
    if blocked is None and c.score >= thresholds.automatic:
        loose = any(d is None or not is_fine(d) for d, _ in (told_date(members[k]) for k in (c.a, c.b)))
        blocked = "open" if loose else "other"
    openness = 1 - abs(2 * c.score - 1) if blocked is None else 0.5
    if blocked == "decision":
        openness *= _SELDOM
    usefulness = round(openness * (0.5 + 0.5 * _stake(x, y, members)), 6)
    percent = round(100 * c.score)
    en, fr = f"{percent}% alike", f"ressemblance de {percent} %"
    if blocked is not None:
        en, fr = f"{en}; {word('barrier', blocked, 'en')}", f"{fr} ; {word('barrier', blocked, 'fr')}"
    return Suggestion(c, usefulness, blocked, en, fr)


def _barrier(
    x: Cluster,
    y: Cluster,
    members: Mapping[str, ReportedIncident],
    decided: Decided,
    of_report: Mapping[str, str],
) -> str | None:
    if any((min(a, b), max(a, b)) in decided.different for a in x.members for b in y.members):
        return "decision"
    families_x, families_y = (
        {of_report.get(members[k].report_id, members[k].report_id) for k in c.members} for c in (x, y)
    )
    return "report" if families_x & families_y else None


def _stake(x: Cluster, y: Cluster, members: Mapping[str, ReportedIncident]) -> float:
    """How much hangs on the answer, 0..1: how many tell of the smaller one, and how many were hurt."""
    tellings = min(len(x.members), len(y.members))
    hurt = 0
    for key in (*x.members, *y.members):
        incident = members[key].incident
        tolls = (q.best or 0 for q in (incident.killed, incident.injured) if q is not None)
        hurt = max(hurt, sum(tolls))
    return 1 - 1 / (1 + math.log1p(tellings) + math.log1p(hurt) / 2)
