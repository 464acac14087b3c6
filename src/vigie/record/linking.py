"""From comparisons and decisions to clusters: which reported incidents are one incident.

Agglomerative and deterministic: what people decided comes first, the newest decision first; then the copies of a report
are laid side by side; then pairs from the highest score down, each joined unless something keeps the two clusters
apart. Nothing depends on the order in which reports came in: the clusters are a function of members, comparisons,
families and decisions.

What keeps two clusters apart: a decision; a report (or a family of copies) that tells of them as two; days or places
that cannot be of one incident, of any member of the one and any member of the other; a pair between them that scores
below `Thresholds.apart`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vigie.model.places import Place
from vigie.model.record import (
    Cluster,
    Comparison,
    Decided,
    Decision,
    Family,
    ReportedIncident,
    Thresholds,
    record_id,
)
from vigie.record.compare import compare_places
from vigie.record.extent import is_fine, is_fine_place, told_date
from vigie.record.groups import Groups
from vigie.record.levels import HARD
from vigie.record.suggesting import suggestions

__all__ = ["cluster", "settle", "suggestions"]

_NOTHING = Decided()
_USUAL = Thresholds()
_APART_PLACES = frozenset(name for field, name in HARD if field == "place") | {"far", "other_site"}
_GAP = 1  # days that the days of one incident's tellings may be apart


@dataclass
class _Body:
    """A cluster while it grows: its members, the families of their reports, the latest first day and earliest last
    day told, the places told, and the members of other clusters that it cannot stand with."""

    members: set[str]
    families: set[str]
    latest_start: int
    earliest_end: int
    places: list[Place]
    enemies: set[str]


def cluster(
    members: Iterable[ReportedIncident],
    comparisons: Iterable[Comparison],
    decided: Decided = _NOTHING,
    thresholds: Thresholds = _USUAL,
    families: Iterable[Family] = (),
) -> tuple[Cluster, ...]:
    """The clusters of these members, each member in exactly one, sorted by id.

    `comparisons` are all comparisons made between candidates among them, low scores too. `families` says which
    reports print one copy; one that is in none is a family of its own.
    """
    by_key = {m.key: m for m in members}
    pairs = sorted(
        {(c.a, c.b): c for c in comparisons if c.a in by_key and c.b in by_key}.values(),
        key=lambda c: (-c.score, c.a, c.b),
    )
    of_report = {report: f.id for f in families for report in f.members}
    joining = _Joining(by_key, pairs, decided, thresholds, of_report)
    joining.take_decisions()
    joining.align_copies(pairs, thresholds)
    joining.join_scored(pairs, decided, thresholds)
    return joining.clusters()


def settle(decided: Decided, keys: Iterable[str]) -> tuple[Groups, frozenset[tuple[str, str]], tuple[Decision, ...]]:
    """Decisions on pairs, as far as they bear on these members, taken together, the newest first: the groups they make,
    the pairs they part, and the decisions that newer ones have left without effect.

    A decision may hold two members together through a third that is not among the keys.
    """
    reached = _reached(decided, keys)
    groups = Groups()
    parted: set[tuple[str, str]] = set()
    overruled: list[Decision] = []
    lines = [(d, p, True) for p, d in decided.same.items() if p[0] in reached or p[1] in reached]
    lines += [(d, p, False) for p, d in decided.different.items() if p[0] in reached or p[1] in reached]
    for decision, (a, b), same in sorted(lines, key=lambda line: (-line[0].number, line[1])):
        ends = {groups.root(a), groups.root(b)}
        parted_already = any({groups.root(x), groups.root(y)} == ends for x, y in parted)
        if len(ends) == 1 if not same else len(ends) == 2 and parted_already:
            overruled.append(decision)
        elif same:
            groups.join(a, b)
        else:
            parted.add((a, b))
    return groups, frozenset(parted), tuple(dict.fromkeys(overruled))


def _reached(decided: Decided, keys: Iterable[str]) -> set[str]:
    """These keys and all that decisions tie to them."""
    tied: dict[str, list[str]] = {}
    for a, b in decided.same:
        tied.setdefault(a, []).append(b)
        tied.setdefault(b, []).append(a)
    reached = set(keys)
    waiting = [k for k in reached if k in tied]
    while waiting:
        for other in tied[waiting.pop()]:
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


class _Joining:
    """The clusters as they are joined."""

    def __init__(
        self,
        members: Mapping[str, ReportedIncident],
        pairs: Sequence[Comparison],
        decided: Decided,
        thresholds: Thresholds,
        family_of: Mapping[str, str],
    ) -> None:
        self._members = members
        self._groups = Groups(members)
        self._family = {k: family_of.get(m.report_id, m.report_id) for k, m in members.items()}
        self._bodies = {k: _body(m, self._family[k]) for k, m in members.items()}
        self._decided, parted, _ = settle(decided, members)
        for a, b in parted:
            self._part(a, b)
        for c in pairs:
            if c.score < thresholds.apart:
                self._part(c.a, c.b)

    def _part(self, a: str, b: str) -> None:
        for x, y in ((a, b), (b, a)):
            if x in self._bodies:
                self._bodies[x].enemies.add(y)

    def take_decisions(self) -> None:
        """Join what people decided to be the same, whatever else speaks against it."""
        for keys in self._decided.members().values():
            known = [k for k in keys if k in self._members]
            for key in known[1:]:
                self._merge(known[0], key)

    def align_copies(self, pairs: Sequence[Comparison], thresholds: Thresholds) -> None:
        """Join each incident of a report with its counterpart in the copies of that report: the same words ask for
        less likeness. Where two copies leave one incident each without counterpart, those are each other's."""
        kin = [c for c in pairs if c.score >= thresholds.apart and self._are_kin(c)]
        for c in kin:
            if c.score >= thresholds.suggest:
                self._align(c.a, c.b)
        alone = {k: 0 for c in kin for k in (c.a, c.b)}
        for c in kin:
            if not self._aligned(c):
                alone[c.a] += 1
                alone[c.b] += 1
        for c in kin:
            if alone[c.a] == alone[c.b] == 1:
                self._align(c.a, c.b)

    def _are_kin(self, c: Comparison) -> bool:
        a, b = self._members[c.a], self._members[c.b]
        return a.report_id != b.report_id and self._family[c.a] == self._family[c.b]

    def _aligned(self, c: Comparison) -> bool:
        """One of the two already has its counterpart in the report of the other."""
        if self._groups.root(c.a) == self._groups.root(c.b):
            return True
        return self._meets(c.a, c.b) or self._meets(c.b, c.a)

    def _meets(self, key: str, other: str) -> bool:
        report = self._members[other].report_id
        return any(self._members[m].report_id == report for m in self._body(key).members)

    def _align(self, a: str, b: str) -> None:
        x, y = self._body(a), self._body(b)
        reports = {self._members[m].report_id for m in x.members} & {self._members[m].report_id for m in y.members}
        if x is not y and not reports and not self._hostile(x, y) and _fit(x, y):
            self._merge(a, b)

    def join_scored(self, pairs: Sequence[Comparison], decided: Decided, thresholds: Thresholds) -> None:
        """Join by score, from the highest down to the automatic threshold."""
        ambiguous = self._ambiguous(pairs, thresholds)
        for c in pairs:
            if c.score < thresholds.automatic:
                break
            if (c.a, c.b) in decided.unsure or (c.a, c.b) in ambiguous:
                continue
            x, y = self._body(c.a), self._body(c.b)
            if x is not y and self.barrier(c.a, c.b) is None:
                self._merge(c.a, c.b)

    def _ambiguous(self, pairs: Sequence[Comparison], thresholds: Thresholds) -> frozenset[tuple[str, str]]:
        """Pairs of a telling without a day, or without more of a place than its region, that fits several incidents
        about as well: a person has to choose."""
        partners: dict[str, list[tuple[float, str]]] = {}
        for c in pairs:
            if c.score >= thresholds.automatic:
                partners.setdefault(c.a, []).append((c.score, c.b))
                partners.setdefault(c.b, []).append((c.score, c.a))
        found: set[tuple[str, str]] = set()
        for key, scored in partners.items():
            if _is_pinned(self._members[key]):
                continue
            best = max(s for s, _ in scored)
            near = [p for s, p in scored if s >= best - thresholds.margin]
            found.update((min(key, p), max(key, p)) for p in self._rivals(near))
        return frozenset(found)

    def _rivals(self, keys: Sequence[str]) -> set[str]:
        """Those of these members that cannot all be of one incident with the rest. A telling of a widely reported
        incident has hundreds of partners that are all alike: days and places are compared once for each."""
        homes = {key: self._groups.root(key) for key in keys}
        held = {m: root for root in set(homes.values()) for m in self._bodies[root].members}
        told_by: dict[str, set[str]] = {}
        alike: dict[tuple[object, ...], list[str]] = {}
        rivals: set[str] = set()
        for key, root in homes.items():
            body = self._bodies[root]
            for family in body.families:
                told_by.setdefault(family, set()).add(root)
            if any(held.get(enemy, root) != root for enemy in body.enemies):
                rivals.add(key)
            spots = tuple((p.name, p.country, p.lat, p.lon) for p in body.places)
            alike.setdefault((body.latest_start, body.earliest_end, spots), []).append(key)
        twice = {root for roots in told_by.values() if len(roots) > 1 for root in roots}
        rivals.update(key for key, root in homes.items() if root in twice)
        groups = list(alike.values())
        for n, group in enumerate(groups):
            for other in groups[:n]:
                if not _fit(self._body(group[0]), self._body(other[0])):
                    rivals.update(group, other)
        return rivals

    def barrier(self, a: str, b: str) -> str | None:
        """What keeps the clusters of two members apart: "report" (one report or its copies tell them as two),
        "unlike" (a decision, or a pair that does not fit at all), "extent" (days or places), or None."""
        x, y = self._body(a), self._body(b)
        if x.families & y.families:
            return "report"
        if self._hostile(x, y):
            return "unlike"
        return None if _fit(x, y) else "extent"

    def _hostile(self, x: _Body, y: _Body) -> bool:
        small, large = sorted((x, y), key=lambda body: len(body.members))
        return not large.enemies.isdisjoint(small.members) or not small.enemies.isdisjoint(large.members)

    def _body(self, key: str) -> _Body:
        return self._bodies[self._groups.root(key)]

    def _merge(self, a: str, b: str) -> None:
        x, y = self._body(a), self._body(b)
        if x is y:
            return
        roots = (self._groups.root(a), self._groups.root(b))
        root = self._groups.join(a, b)
        merged = _Body(
            members=x.members | y.members,
            families=x.families | y.families,
            latest_start=max(x.latest_start, y.latest_start),
            earliest_end=min(x.earliest_end, y.earliest_end),
            places=[*x.places, *(p for p in y.places if not any(_same_spot(p, q) for q in x.places))],
            enemies=x.enemies | y.enemies,
        )
        for old in roots:
            del self._bodies[old]
        self._bodies[root] = merged

    def clusters(self) -> tuple[Cluster, ...]:
        """What stands at the end."""
        return tuple(sorted((self._cluster(keys) for keys in self._groups.members().values()), key=lambda c: c.id))

    def _cluster(self, keys: Sequence[str]) -> Cluster:
        lead = min(keys, key=lambda k: self._members[k].order)
        return Cluster(record_id(lead), lead, tuple(keys), tuple(sorted({record_id(k) for k in keys})))


def _is_pinned(member: ReportedIncident) -> bool:
    """Told to the day and to the place."""
    date, told = told_date(member)
    return date is not None and told == "told" and is_fine(date) and is_fine_place(member.incident.place)


_NEVER, _EVER = -(10**7), 10**7  # ordinals before and after every day


def _body(member: ReportedIncident, family: str) -> _Body:
    date, told = told_date(member)
    place = member.incident.place
    known = date is not None and told == "told"
    return _Body(
        members={member.key},
        families={family},
        latest_start=date.start.toordinal() if known and date is not None else _NEVER,
        earliest_end=date.end.toordinal() if known and date is not None else _EVER,
        places=[place] if place is not None else [],
        enemies=set(),
    )


def _fit(x: _Body, y: _Body) -> bool:
    """No day or place told by one cluster rules out one told by the other."""
    latest, earliest = max(x.latest_start, y.latest_start), min(x.earliest_end, y.earliest_end)
    own = max(_spread(x), _spread(y))  # a cluster that people made may itself be wider
    if latest - earliest > max(_GAP, own):
        return False
    return not any(compare_places(p, q).name in _APART_PLACES for p in x.places for q in y.places)


def _spread(body: _Body) -> int:
    return body.latest_start - body.earliest_end


def _same_spot(p: Place, q: Place) -> bool:
    return (p.name, p.country, p.precision, p.lat, p.lon) == (q.name, q.country, q.precision, q.lat, q.lon)
