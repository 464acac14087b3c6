"""Comparing who did it, what was hit and who says so, across languages."""

from __future__ import annotations

from collections.abc import Sequence

from vigie.model.record import Level, ReportedIncident
from vigie.record.levels import level
from vigie.record.names import Likeness, likeness
from vigie.record.sources import Sources, source_family
from vigie.record.wording import listed

_ORDER: tuple[Likeness, ...] = ("same", "alike", "compatible", "other")


def best_likeness(a: Sequence[str], b: Sequence[str]) -> Likeness:
    """The likeness of the two most alike of two lists of names, neither empty."""
    return min((likeness(x, y) for x in a for y in b), key=_ORDER.index)


def compare_actors(a: ReportedIncident, b: ReportedIncident) -> Level:
    """The level of two reported incidents' actors."""
    x, y = [n.name for n in a.incident.actors], [n.name for n in b.incident.actors]
    if not x or not y:
        return level("actors", "not_told", "one names no author", "l'un ne nomme pas d'auteur")
    name: str = best_likeness(x, y)
    claimed = [any(n.basis == "claimed" for n in m.incident.actors) for m in (a, b)]
    if name == "other" and all(claimed):
        name = "other_claimed"
    return level("actors", name, _both(x, y, "en"), _both(x, y, "fr"))


def compare_targets(a: ReportedIncident, b: ReportedIncident) -> Level:
    """The level of what two reported incidents hit. A target that is the place itself says no more than the place."""
    x, y = [t.name for t in a.incident.targets], [t.name for t in b.incident.targets]
    if not x or not y:
        return level("targets", "not_told", "one names no target", "l'un ne nomme pas de cible")
    name: str = best_likeness(x, y)
    if name == "other":
        kinds_a = {t.kind for t in a.incident.targets} - {"other"}
        kinds_b = {t.kind for t in b.incident.targets} - {"other"}
        name = "other_kind" if kinds_a and kinds_b and not kinds_a & kinds_b else "other"
    return level("targets", name, _both(x, y, "en"), _both(x, y, "fr"))


def compare_sources(a: ReportedIncident, b: ReportedIncident, sources: Sources) -> Level:
    """Whether the same body speaks in both; that others speak in the other is no disagreement."""
    families = [
        {f: s.name for s in m.sources for f in [source_family(s, sources)] if f is not None and s.terms != "media"}
        for m in (a, b)
    ]
    shared = sorted(set(families[0]) & set(families[1]))
    if not shared:
        return level("sources", "not_told", "no named source in both", "aucune source nommée dans les deux")
    names = [families[0][f] for f in shared]
    return level("sources", "shared", f"{listed(names, 'en')} in both", f"{listed(names, 'fr')} dans les deux")


def _both(a: Sequence[str], b: Sequence[str], language: str) -> str:
    joint = "et" if language == "fr" else "and"
    return f"{', '.join(a)} {joint} {', '.join(b)}"
