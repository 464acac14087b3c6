"""What reports tell, linked into record incidents and kept up to date: only what a change reaches is worked out anew.

Two members can only end in one incident through pairs that score high, pairs of copies that score not too low, and
people's decisions: those are the ways along which a change spreads (`_component`). A pair that scores lower can keep
clusters apart, never bring them together, so that it counts inside a component and leads nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from vigie.model.record import Comparison, Decided, Family, ReportedIncident, record_id
from vigie.record.sources import Sources
from vigie.store import schema as s
from vigie.store.candidates import Index, Pair, number_of
from vigie.store.incident_rows import facet_rows, incident_row
from vigie.store.keeping import MAX_INCIDENTS
from vigie.store.loading import Loader
from vigie.store.rules import Rules


class _Settled(NamedTuple):
    """Rows of the incidents of one component, of their facets, and which incident each member is in."""

    incidents: list[dict[str, Any]]
    facets: list[dict[str, Any]]
    homes: dict[int, str]


class Links:
    """Keeps members, pairs and record incidents in one writing transaction."""

    def __init__(
        self, connection: Connection, rules: Rules, loader: Loader, decided: Decided, sources: Sources
    ) -> None:
        self._connection, self._rules, self._loader = connection, rules, loader
        self._decided, self._sources = decided, sources
        self._index = Index(connection, s.blocks, s.pairs, rules.crowd)
        self._partners_by_decision = _partners(decided)

    def remove(self, reports: Collection[int]) -> set[int]:
        """Take out what reports told that are coded anew; the members that this concerns."""
        gone = self._members_of(reports)
        if not gone:
            return set()
        m = s.members.c
        homes = [h for h in self._connection.scalars(select(m.incident).where(m.number.in_(gone))) if h is not None]
        mates = set(self._connection.scalars(select(m.number).where(m.incident.in_(homes))))
        near = self._index.partners(gone)
        change = self._index.remove(gone)
        self._connection.execute(delete(s.member_sources).where(s.member_sources.c.member.in_(gone)))
        self._clear_incidents(set(homes))
        self._connection.execute(delete(s.members).where(m.number.in_(gone)))
        self._compare(change.due)
        return (mates | near | {n for pair in change.due for n in pair}) - gone

    def add(self, told: Mapping[int, Sequence[ReportedIncident]]) -> set[int]:
        """Put in what reports tell; the members that this concerns."""
        numbered = {
            report * MAX_INCIDENTS + position: member
            for report, members in told.items()
            for position, member in enumerate(members)
        }
        if not numbered:
            return set()
        rows = [
            {"number": n, "key": m.key, "report": n // MAX_INCIDENTS, "id": record_id(m.key), "incident": None}
            for n, m in numbered.items()
        ]
        self._connection.execute(insert(s.members), rows)
        names = [
            {"source": name, "member": n} for n, m in numbered.items() for name in self._rules.source_keys(m)
        ]  # fmt: skip
        if names:
            self._connection.execute(insert(s.member_sources), names)
        change = self._index.add(
            {n: (number_of(m.key), [number_of(key) for key in self._rules.keys(m)]) for n, m in numbered.items()}
        )
        p = s.pairs.c
        for a, b in change.gone:
            self._connection.execute(delete(s.pairs).where(p.a == a, p.b == b))
        self._compare(change.due)
        return {*numbered, *(n for pair in change.gone for n in pair)}

    def rescore(self, members: Collection[int]) -> set[int]:
        """Compare members anew with all they are compared with: their sources are told apart otherwise now."""
        p = s.pairs.c
        query = select(p.a, p.b, p.score).where(or_(p.a.in_(members), p.b.in_(members)))
        before = {(row.a, row.b): row.score for row in self._connection.execute(query)} if members else {}
        for pair, score in self._scores(set(before)).items():
            if score != before[pair]:
                self._connection.execute(s.pairs.update().where(p.a == pair[0], p.b == pair[1]).values(score=score))
        return {n for pair in before for n in pair} | set(members)

    def members_of(self, reports: Collection[int]) -> set[int]:
        """The numbers of what some reports tell."""
        return self._members_of(reports)

    def numbers(self, keys: Collection[str]) -> set[int]:
        """The numbers of members by key; a key that nothing carries (any more) has none."""
        query = select(s.members.c.number).where(s.members.c.key.in_(keys))
        return set(self._connection.scalars(query)) if keys else set()

    def settle(self, concerned: Collection[int]) -> None:
        """Work out anew the record incidents that some members are in, or ought to be."""
        components: list[set[int]] = []
        waiting, done = set(concerned), set[int]()
        while waiting:
            component = self._component({waiting.pop()})
            components.append(component)
            done |= component
            # Those who were in one incident with them and are reached by no way any more have to move too.
            waiting = (waiting | self._mates(component)) - done
        self._write(done, [self._settled(component) for component in components])

    def settle_all(self, together: int = 500) -> None:
        """Work out all record incidents, where there are none yet, so many components at a time."""
        left = set(self._connection.scalars(select(s.members.c.number)))
        batch: list[_Settled] = []
        while left:
            component = self._component({left.pop()})
            left -= component
            batch.append(self._settled(component))
            if len(batch) >= together or not left:
                self._write({n for settled in batch for n in settled.homes}, batch)
                batch = []

    # --- pairs --------------------------------------------------------------------------------------------------------

    def _compare(self, pairs: set[Pair]) -> None:
        rows = [{"a": a, "b": b, "score": score} for (a, b), score in sorted(self._scores(pairs).items())]
        if rows:
            self._connection.execute(insert(s.pairs), rows)

    def _scores(self, pairs: set[Pair]) -> dict[Pair, float]:
        members = self._loader.members({n for pair in pairs for n in pair})
        return {(a, b): self._rules.compare(members[a], members[b], self._sources).score for a, b in pairs}

    # --- components ---------------------------------------------------------------------------------------------------

    def _component(self, members: set[int]) -> set[int]:
        """All members that could stand in one incident with some, directly or by way of others."""
        found, edge = set(members), set(members)
        while edge:
            edge = (self._by_score(edge) | self._by_decision(edge)) - found
            found |= edge
        return found

    def _by_score(self, members: set[int]) -> set[int]:
        p, limits = s.pairs.c, self._rules.thresholds
        found: set[int] = set()
        kin: list[tuple[int, int]] = []
        for one, other in ((p.a, p.b), (p.b, p.a)):
            query = select(one, other, p.score).where(one.in_(members), p.score >= limits.apart)
            for number, partner, score in self._connection.execute(query):
                if score >= limits.automatic:
                    found.add(partner)
                else:
                    kin.append((number, partner))
        families = self._family_of({n // MAX_INCIDENTS for pair in kin for n in pair})
        return found | {y for x, y in kin if families[x // MAX_INCIDENTS] == families[y // MAX_INCIDENTS]}

    def _by_decision(self, members: set[int]) -> set[int]:
        if not self._partners_by_decision:
            return set()
        m = s.members.c
        keys = self._connection.scalars(select(m.key).where(m.number.in_(members)))
        return self.numbers({other for key in keys for other in self._partners_by_decision.get(key, ())})

    def _family_of(self, reports: Collection[int]) -> dict[int, str]:
        c = s.standings.c
        query = select(c.report, c.family).where(c.report.in_(reports))
        return {row.report: row.family for row in self._connection.execute(query)} if reports else {}

    def _members_of(self, reports: Collection[int]) -> set[int]:
        query = select(s.members.c.number).where(s.members.c.report.in_(reports))
        return set(self._connection.scalars(query)) if reports else set()

    # --- record incidents ---------------------------------------------------------------------------------------------

    def _settled(self, component: set[int]) -> _Settled:
        members = self._loader.members(component)
        by_key = {member.key: number for number, member in members.items()}
        families = self._families({n // MAX_INCIDENTS for n in component})
        clusters = self._rules.cluster(
            [members[n] for n in sorted(component)], self._comparisons(members), self._decided, families
        )
        settled = _Settled([], [], {})
        for found in clusters:
            inside = [members[by_key[key]] for key in found.members]
            own = _concerned(families, inside)
            incident = self._rules.reconcile(inside, own, self._decided, self._sources)
            settled.incidents.append(incident_row(incident, inside, own))
            settled.facets.extend(facet_rows(incident, inside))
            settled.homes.update((by_key[key], found.id) for key in found.members)
        return settled

    def _mates(self, members: Collection[int]) -> set[int]:
        m = s.members.c
        homes = select(m.incident).where(m.number.in_(members), m.incident.is_not(None))
        return set(self._connection.scalars(select(m.number).where(m.incident.in_(homes))))

    def _comparisons(self, members: Mapping[int, ReportedIncident]) -> list[Comparison]:
        if len(members) < 2:
            return []
        p = s.pairs.c
        query = select(p.a, p.b, p.score).where(p.a.in_(members), p.b.in_(members))
        found = []
        for a, b, score in self._connection.execute(query):
            low, high = sorted((members[a].key, members[b].key))
            found.append(Comparison(low, high, (), score))
        return found

    def _families(self, reports: Collection[int]) -> tuple[Family, ...]:
        return self._loader.families(set(self._family_of(reports).values()))

    def _write(self, members: set[int], settled: Sequence[_Settled]) -> None:
        """Put the incidents of whole components in the place of those that their members were in; one that is as it was
        stays as it is."""
        m, i = s.members.c, s.incidents.c
        query = select(m.number, m.incident).where(m.number.in_(members))
        before = {row.number: row.incident for row in self._connection.execute(query)}
        old = {home for home in before.values() if home is not None}
        there = {r.id: dict(r._mapping) for r in self._connection.execute(select(s.incidents).where(i.id.in_(old)))}
        rows = [row for each in settled for row in each.incidents]
        same = {row["id"] for row in rows if there.get(row["id"]) == row}
        self._clear_incidents(old - same)
        new = [row for row in rows if row["id"] not in same]
        if new:
            self._connection.execute(insert(s.incidents), new)
        facets = [row for each in settled for row in each.facets if row["incident"] not in same]
        if facets:
            self._connection.execute(insert(s.facets), facets)
        moved = [
            {"which": number, "home": home}
            for each in settled
            for number, home in each.homes.items()
            if before[number] != home
        ]
        if moved:
            self._connection.execute(
                s.members.update().where(m.number == bindparam("which")).values(incident=bindparam("home")), moved
            )

    def _clear_incidents(self, ids: set[str]) -> None:
        if ids:
            self._connection.execute(delete(s.facets).where(s.facets.c.incident.in_(ids)))
            self._connection.execute(delete(s.incidents).where(s.incidents.c.id.in_(ids)))


def _concerned(families: Iterable[Family], members: Iterable[ReportedIncident]) -> tuple[Family, ...]:
    reports = {member.report_id for member in members}
    return tuple(family for family in families if not reports.isdisjoint(family.members))


def _partners(decided: Decided) -> dict[str, set[str]]:
    """For each member that people tied to others: those others."""
    found: dict[str, set[str]] = {}
    for a, b in decided.same:
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return found
