"""What reports tell, linked into record incidents and kept up to date: only what a change reaches is worked out anew.

Two members can only end in one incident through pairs that score high, pairs of copies that score not too low, and
people's decisions: those are the ways along which a change spreads (`_ways`). A pair that scores lower can keep
clusters apart, never bring them together, so that it counts inside a component and leads nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select

from vigie.model.record import Cluster, Comparison, Decided, Family, ReportedIncident, record_id
from vigie.record.sources import Sources
from vigie.store import schema as s
from vigie.store.candidates import Index, number_of
from vigie.store.components import Pair, reached
from vigie.store.incident_rows import doubt_rows, facet_rows, incident_row, voice_rows
from vigie.store.keeping import MAX_INCIDENTS
from vigie.store.loading import Loader
from vigie.store.many import apply, chosen
from vigie.store.rules import Rules


class _Settled(NamedTuple):
    """Rows of the incidents of some components, of their facets, voices and doubts, and which incident each member is
    in."""

    incidents: list[dict[str, Any]]
    facets: list[dict[str, Any]]
    voices: list[dict[str, Any]]
    doubts: list[dict[str, Any]]
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
        gone = self.members_of(reports)
        if not gone:
            return set()
        mates = self._mates(gone)
        homes = set(self._homes(gone).values())
        near = self._index.partners(gone)
        change = self._index.remove(gone)
        self._clear_suggestions(gone)
        apply(self._connection, delete(s.member_sources), s.member_sources.c.member, gone)
        self._clear_incidents(homes)
        apply(self._connection, delete(s.members), s.members.c.number, gone)
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
        gone = change.gone - self._of_copies(change.gone)
        self._forget(gone)
        self._compare(change.due)
        return {*numbered, *(n for pair in gone for n in pair)}

    def follow(self, new: set[Pair], gone: set[Pair]) -> set[int]:
        """Compare what reports tell that are copies of one another (`new`), whatever their keys; forget the comparisons
        of those that no longer are (`gone`), but for those that a key makes due. The members that this concerns."""
        due = self._across(new)
        self._compare(due)
        undue = self._index.undue(self._index.compared(self._across(gone)))
        self._forget(undue)
        return {n for pair in (*due, *undue) for n in pair}

    def rescore(self, members: Collection[int]) -> set[int]:
        """Compare members anew with all they are compared with: their sources are told apart otherwise now."""
        p = s.pairs.c
        query = select(p.a, p.b, p.score)
        rows = (row for end in (p.a, p.b) for row in chosen(self._connection, query, end, members))
        before = {(row.a, row.b): row.score for row in rows}
        for pair, score in self._scores(set(before)).items():
            if score != before[pair]:
                self._connection.execute(s.pairs.update().where(p.a == pair[0], p.b == pair[1]).values(score=score))
        return {n for pair in before for n in pair} | set(members)

    def members_of(self, reports: Collection[int]) -> set[int]:
        """The numbers of what some reports tell."""
        m = s.members.c
        return {row.number for row in chosen(self._connection, select(m.number), m.report, reports)}

    def numbers(self, keys: Collection[str]) -> set[int]:
        """The numbers of members by key; a key that nothing carries (any more) has none."""
        m = s.members.c
        return {row.number for row in chosen(self._connection, select(m.number), m.key, keys)}

    def settle(self, concerned: Collection[int]) -> None:
        """Work out anew the record incidents that some members are in, or ought to be."""
        start = set(concerned)
        while True:
            components = reached(start, self._ways)
            everybody = set[int]().union(*components)
            # Those who were in one incident with them and are reached by no way any more have to move too.
            left_behind = self._mates(everybody) - everybody
            if not left_behind:
                break
            start |= left_behind
        self._write(everybody, self._settled(components))
        self._suggest(everybody)

    def settle_all(self, together: int = 1000) -> None:
        """Work out all record incidents, where there are none yet, so many members at a time."""
        everybody = sorted(self._connection.scalars(select(s.members.c.number)))
        done: set[int] = set()
        for start in range(0, len(everybody), together):
            components = reached(set(everybody[start : start + together]) - done, self._ways)
            some = set[int]().union(*components)
            self._write(some, self._settled(components))
            done |= some
        for start in range(0, len(everybody), together):
            self._suggest(set(everybody[start : start + together]))

    def differences(self, members: Collection[int]) -> Iterator[tuple[str, str]]:
        """Where what is kept of some members, and of those they hang together with, would not be derived so."""
        told = self._loader.members(members)
        m = s.members.c
        for row in chosen(self._connection, select(m.number, m.key, m.id), m.number, members):
            if (row.key, row.id) != (told[row.number].key, record_id(told[row.number].key)):
                yield row.key, "the coding does not tell of it"
        keys = self._index.keys_of(members)
        for number, member in told.items():
            if keys[number] != {number_of(key) for key in self._rules.keys(member)}:
                yield member.key, "its keys are not those it is found by"
        p = s.pairs.c
        query = select(p.a, p.b, p.score)
        kept = {(r.a, r.b): r.score for end in (p.a, p.b) for r in chosen(self._connection, query, end, members)}
        for (a, b), score in self._scores(set(kept)).items():
            if score != kept[a, b]:
                yield f"pair {a}, {b}", f"the score is {kept[a, b]}, not {score}"
        components = reached(members, self._ways)
        settled = self._settled(components)
        homes = self._homes(set[int]().union(*components))
        wrong = [home for number, home in settled.homes.items() if homes.get(number) != home]
        yield from ((home, "its members are not those it should have") for home in sorted(set(wrong)))
        i = s.incidents.c
        there = {
            row.id: dict(row._mapping)
            for row in chosen(self._connection, select(s.incidents), i.id, [row["id"] for row in settled.incidents])
        }
        for row in settled.incidents:
            if there.get(row["id"]) not in (None, row):
                yield row["id"], "it is not what its reports and decisions give"

    # --- pairs --------------------------------------------------------------------------------------------------------

    def _compare(self, pairs: set[Pair]) -> None:
        """Compare pairs that have not been compared yet."""
        new = pairs - self._index.compared(pairs)
        rows = [{"a": a, "b": b, "score": score} for (a, b), score in sorted(self._scores(new).items())]
        if rows:
            self._connection.execute(insert(s.pairs), rows)

    def _forget(self, pairs: set[Pair]) -> None:
        p = s.pairs.c
        for a, b in pairs:
            self._connection.execute(delete(s.pairs).where(p.a == a, p.b == b))

    def _across(self, reports: set[Pair]) -> set[Pair]:
        """Every pair of something that the one report of a pair tells and something that the other does."""
        told: dict[int, list[int]] = {}
        for number in self.members_of({report for pair in reports for report in pair}):
            told.setdefault(number // MAX_INCIDENTS, []).append(number)
        return {(min(x, y), max(x, y)) for a, b in reports for x in told.get(a, ()) for y in told.get(b, ())}

    def _of_copies(self, pairs: set[Pair]) -> set[Pair]:
        """Of some pairs of members, those that stand in reports which are copies of one another."""
        c = s.copies.c
        reports = {n // MAX_INCIDENTS for pair in pairs for n in pair}
        copies = {(row.a, row.b) for row in chosen(self._connection, select(c.a, c.b), c.a, reports)}
        ends = {(a, b): (a // MAX_INCIDENTS, b // MAX_INCIDENTS) for a, b in pairs}
        return {pair for pair, (x, y) in ends.items() if (min(x, y), max(x, y)) in copies}

    def _scores(self, pairs: set[Pair]) -> dict[Pair, float]:
        members = self._loader.members({n for pair in pairs for n in pair})
        return {(a, b): self._rules.compare(members[a], members[b], self._sources).score for a, b in pairs}

    # --- components ---------------------------------------------------------------------------------------------------

    def _ways(self, members: set[int]) -> set[Pair]:
        """The pairs with some members by which two could come to stand in one incident."""
        return self._by_score(members) | self._by_decision(members)

    def _by_score(self, members: set[int]) -> set[Pair]:
        p, limits = s.pairs.c, self._rules.thresholds
        found: set[Pair] = set()
        low: list[Pair] = []
        query = select(p.a, p.b, p.score).where(p.score >= limits.apart)
        for end in (p.a, p.b):
            for a, b, score in chosen(self._connection, query, end, members):
                if score >= limits.automatic:
                    found.add((a, b))
                else:
                    low.append((a, b))
        families = self._family_of({n // MAX_INCIDENTS for pair in low for n in pair})
        return found | {(a, b) for a, b in low if families[a // MAX_INCIDENTS] == families[b // MAX_INCIDENTS]}

    def _by_decision(self, members: set[int]) -> set[Pair]:
        if not self._partners_by_decision:
            return set()
        m = s.members.c
        keys = {row.key: row.number for row in chosen(self._connection, select(m.key, m.number), m.number, members)}
        tied = {key: self._partners_by_decision[key] for key in keys if key in self._partners_by_decision}
        others = set[str]().union(*tied.values())
        numbers = {row.key: row.number for row in chosen(self._connection, select(m.key, m.number), m.key, others)}
        return {
            (min(n, numbers[other]), max(n, numbers[other]))
            for key, partners in tied.items()
            for n in [keys[key]]
            for other in partners
            if other in numbers
        }

    def _family_of(self, reports: Collection[int]) -> dict[int, str]:
        c = s.standings.c
        return {r.report: r.family for r in chosen(self._connection, select(c.report, c.family), c.report, reports)}

    def _homes(self, members: Collection[int]) -> dict[int, str]:
        """The record incident of each member that is in one."""
        m = s.members.c
        query = select(m.number, m.incident).where(m.incident.is_not(None))
        return {row.number: row.incident for row in chosen(self._connection, query, m.number, members)}

    def _mates(self, members: Collection[int]) -> set[int]:
        """All that are in one record incident with some members."""
        m = s.members.c
        homes = set(self._homes(members).values())
        return {row.number for row in chosen(self._connection, select(m.number), m.incident, homes)}

    # --- record incidents ---------------------------------------------------------------------------------------------

    def _settled(self, components: Sequence[set[int]]) -> _Settled:
        everybody = set[int]().union(*components)
        members = self._loader.members(everybody)
        family_of = self._family_of({n // MAX_INCIDENTS for n in everybody})
        families = {family.id: family for family in self._loader.families(set(family_of.values()))}
        comparisons = self._comparisons(members, components)
        settled = _Settled([], [], [], [], {})
        for position, component in enumerate(components):
            own = {family_of[n // MAX_INCIDENTS] for n in component}
            self._settle_one(
                {members[n].key: (n, members[n]) for n in sorted(component)},
                comparisons.get(position, []),
                [families[f] for f in sorted(own) if f in families],
                settled,
            )
        return settled

    def _settle_one(
        self,
        members: Mapping[str, tuple[int, ReportedIncident]],
        comparisons: Sequence[Comparison],
        families: Sequence[Family],
        settled: _Settled,
    ) -> None:
        told = [member for _, member in members.values()]
        for found in self._rules.cluster(told, comparisons, self._decided, families):
            inside = [members[key][1] for key in found.members]
            own = _concerned(families, inside)
            incident = self._rules.reconcile(inside, own, self._decided, self._sources)
            row = incident_row(incident, inside, own)
            settled.incidents.append(row)
            settled.facets.extend(facet_rows(incident, inside))
            settled.voices.extend(voice_rows(incident))
            if row["standing"] == "counts":
                settled.doubts.extend(doubt_rows(incident, inside))
            settled.homes.update((members[key][0], found.id) for key in found.members)

    def _comparisons(
        self, members: Mapping[int, ReportedIncident], components: Sequence[set[int]]
    ) -> dict[int, list[Comparison]]:
        """The comparisons made inside each component, by its position."""
        home = {n: position for position, component in enumerate(components) if len(component) > 1 for n in component}
        p = s.pairs.c
        found: dict[int, list[Comparison]] = {}
        for a, b, score in chosen(self._connection, select(p.a, p.b, p.score), p.a, home):
            if home.get(b) == home[a]:
                found.setdefault(home[a], []).append(_comparison(members[a], members[b], score))
        return found

    def _write(self, members: set[int], settled: _Settled) -> None:
        """Put the incidents of whole components in the place of those that their members were in; one that is as it was
        stays as it is."""
        i, m = s.incidents.c, s.members.c
        before = self._homes(members)
        old = set(before.values())
        there = {row.id: dict(row._mapping) for row in chosen(self._connection, select(s.incidents), i.id, old)}
        same = {row["id"] for row in settled.incidents if there.get(row["id"]) == row}
        self._clear_incidents(old - same)
        new = [row for row in settled.incidents if row["id"] not in same]
        if new:
            self._connection.execute(insert(s.incidents), new)
        facets = [row for row in settled.facets if row["incident"] not in same]
        if facets:
            self._connection.execute(insert(s.facets), facets)
        doubts = [row for row in settled.doubts if row["incident"] not in same]
        if doubts:
            self._connection.execute(insert(s.doubts), doubts)
        voices = [row for row in settled.voices if row["incident"] not in same]
        if voices:
            self._connection.execute(insert(s.voices), voices)
        moved = [{"which": n, "home": home} for n, home in settled.homes.items() if before.get(n) != home]
        if moved:
            self._connection.execute(
                s.members.update().where(m.number == bindparam("which")).values(incident=bindparam("home")), moved
            )

    # --- suggestions --------------------------------------------------------------------------------------------------

    def _suggest(self, members: set[int]) -> None:
        """Work out anew which pairs a person is asked about, between the incidents of some members and any other."""
        self._clear_suggestions(members)
        p, least = s.pairs.c, self._rules.thresholds.suggest
        query = select(p.a, p.b, p.score).where(p.score >= least)
        rows = (row for end in (p.a, p.b) for row in chosen(self._connection, query, end, members))
        scores = {(row.a, row.b): row.score for row in rows}
        home = self._homes({n for pair in scores for n in pair})
        across = {(a, b): score for (a, b), score in scores.items() if home[a] != home[b]}
        if not across:
            return
        inside = self._homes(self._mates({n for pair in across for n in pair}))
        told = self._loader.members(inside)
        clusters: dict[str, list[str]] = {}
        for n, incident in inside.items():
            clusters.setdefault(incident, []).append(told[n].key)
        found = self._rules.suggest(
            list(told.values()),
            [_comparison(told[a], told[b], score) for (a, b), score in across.items()],
            [Cluster(incident, min(keys), tuple(sorted(keys)), (incident,)) for incident, keys in clusters.items()],
            self._decided,
            self._loader.families(set(self._family_of({n // MAX_INCIDENTS for n in inside}).values())),
        )
        numbers = {member.key: n for n, member in told.items()}
        new = []
        for each in found:
            low, high = sorted((numbers[each.comparison.a], numbers[each.comparison.b]))
            row = {"a": low, "b": high, "score": each.comparison.score, "usefulness": each.usefulness}
            new.append({**row, "blocked": each.blocked})
        if new:
            self._connection.execute(insert(s.suggestions), new)

    def _clear_suggestions(self, members: Collection[int]) -> None:
        for end in (s.suggestions.c.a, s.suggestions.c.b):
            apply(self._connection, delete(s.suggestions), end, members)

    def _clear_incidents(self, ids: Collection[str]) -> None:
        apply(self._connection, delete(s.facets), s.facets.c.incident, ids)
        apply(self._connection, delete(s.voices), s.voices.c.incident, ids)
        apply(self._connection, delete(s.doubts), s.doubts.c.incident, ids)
        apply(self._connection, delete(s.incidents), s.incidents.c.id, ids)


def _comparison(a: ReportedIncident, b: ReportedIncident, score: float) -> Comparison:
    """A comparison as it is kept: the score, without the levels, which can be worked out again."""
    low, high = sorted((a.key, b.key))
    return Comparison(low, high, (), score)


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
