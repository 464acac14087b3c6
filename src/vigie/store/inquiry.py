"""Questions to a store: lists, single incidents with all they rest on, totals, tallies, suggestions, reports.

All questions put through one `Inquiry` are answered from the store as it stood at one moment, whatever others write
meanwhile. Made by `Store.inquiry`.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from vigie.model import CodedReport
from vigie.model.decoding import decoded
from vigie.model.record import (
    Comparison,
    Decision,
    Family,
    PublishedTally,
    RecordIncident,
    ReportedIncident,
    TallyDefinition,
)
from vigie.record.sources import Sources
from vigie.record.tallies import published_tallies
from vigie.store import (
    asking,
    charts,
    claiming,
    keeping,
    log,
    review_queue,
    searching,
    settings,
    speaking,
    surroundings,
    totals,
)
from vigie.store import schema as s
from vigie.store.asking import Count, Entry, IncidentLine, Page, ReportLine
from vigie.store.filters import Box, Filter, Order, conditions
from vigie.store.loading import Loader, Memory, Remembered
from vigie.store.log import Log
from vigie.store.review_queue import ItemKind, Left, OpenItem, OpenPair, OpenValue, Place
from vigie.store.rules import Rules

T = TypeVar("T")
_TOGETHER = 500  # values of one query


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """A report as it is needed to show words of it: who printed it and when, its text, what became of it."""

    id: str
    title: str | None
    outlet: str | None
    agency: str | None
    language: str | None
    url: str | None
    published: str | None
    standing: str
    family: str
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Dossier:
    """An incident with everything that is needed to tell of it: its reports, what each of them tells, the families of
    copies with their verdicts, and the decisions that bear on it."""

    incident: RecordIncident
    standing: str
    reports: Mapping[str, Kept]
    tellings: Mapping[str, ReportedIncident]
    families: tuple[Family, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class ToldTally:
    """A published tally, and the report that gives it."""

    published: PublishedTally
    report: Kept


class Inquiry:
    """Questions to one store as it stands at one moment."""

    def __init__(
        self, connection: Connection, rules: Callable[[], Rules], memory: Memory, log: Log, where: str = ""
    ) -> None:
        self._connection, self._rules, self._memory, self._where = connection, rules, memory, where
        self.log = log
        self._gone_through: Remembered[str, RecordIncident] = Remembered(_TOGETHER * 10)

    @property
    def sources(self) -> Sources:
        """The bodies that speak, as people's decisions join and part them."""
        return self.log.sources

    @property
    def state(self) -> str:
        """A hash of all that the record is a function of: reports with their codings, decisions, and the rules that it
        was derived by. As long as it is the same, so is every answer."""
        last = self._connection.scalar(select(func.max(s.codings.c.seq))) or 0
        kept = f"{last} {self.log.hash} {settings.rules(self._connection)}"
        return keeping.digest(kept)

    # --- incidents ----------------------------------------------------------------------------------------------------

    def incidents(
        self,
        wanted: Filter,
        order: Order = "newest",
        size: int = 20,
        after: str | None = None,
        total: int | None = None,
    ) -> Page:
        """A page of incidents (see `asking.incidents`)."""
        return asking.incidents(self._connection, wanted, order, size, after, total)

    def totals(self, wanted: Filter, by: totals.By) -> totals.Totals:
        """The incidents wanted, counted by something (see `totals.totals`)."""
        return totals.totals(self._connection, wanted, by, self.sources)

    def entry(self, incident_id: str) -> Entry | None:
        """The incident that an id finds: its own, or one that it or a part of it ever had."""
        return asking.incident(self._connection, incident_id)

    def records(self, wanted: Filter) -> Iterator[RecordIncident]:
        """The record incidents wanted, by day and id."""
        i = s.incidents.c
        query = select(i.json).where(*conditions(wanted, self._connection.dialect.name)).order_by(i.day, i.id)
        for row in self._connection.execute(query).yield_per(200):
            yield decoded(RecordIncident, json.loads(row.json))

    def all(self, wanted: Filter, order: Order = "newest") -> Iterator[tuple[IncidentLine, RecordIncident]]:
        """All incidents wanted in the order of their list, each with its line there, drawn one by one."""
        for row in self._connection.execute(asking.listed(self._connection, wanted, order, whole=True)).yield_per(200):
            yield asking.line_of(row), decoded(RecordIncident, json.loads(row.json))

    def count_by(self, column: str, wanted: Filter) -> list[Count]:
        """How many of the incidents wanted there are of each value of a column or facet (see `asking.count_by`)."""
        return asking.count_by(self._connection, wanted, column)

    def dossier(self, incident: RecordIncident) -> Dossier:
        """An incident with everything that is needed to tell of it."""
        return self.dossiers([incident])[0]

    def dossiers(self, incidents: Sequence[RecordIncident]) -> list[Dossier]:
        """Several incidents, each with everything that is needed to tell of it."""
        reports = self.reports({report for incident in incidents for report in incident.reports})
        tellings = self.tellings({key for incident in incidents for key in incident.members})
        families = self.families({family for incident in incidents for family in incident.families})
        standings = self._standings([incident.id for incident in incidents])
        lines = {line.number: line for line in self.log.lines}
        return [
            Dossier(
                incident=incident,
                standing=standings[incident.id],
                reports={report: reports[report] for report in incident.reports},
                tellings={key: tellings[key] for key in incident.members},
                families=tuple(families[f] for f in incident.families if f in families),
                decisions=tuple(lines[number] for number in incident.decisions),
            )
            for incident in incidents
        ]

    def homes(self, keys: Collection[str]) -> dict[str, str]:
        """The record incident that each of some reported incidents, by key, is in."""
        m = s.members.c
        found: dict[str, str] = {}
        for some in _parts(keys):
            rows = self._connection.execute(select(m.key, m.incident).where(m.key.in_(some)))
            found |= {row.key: row.incident for row in rows}
        return found

    def reviewed(self) -> tuple[str, ...]:
        """The ids of the incidents that a decision which stands bears on."""
        decided = self.log.decided
        keys = {key for pairs in (decided.same, decided.different, decided.unsure) for pair in pairs for key in pair}
        keys |= {member for member, _ in decided.values}
        keys |= self._members_of_claims({claim for claim, _ in decided.claims})
        return tuple(sorted(set(self.homes(keys).values())))

    def member_of_claim(self, claim: str) -> str | None:
        """The key of the reported incident that a claim, by its key, is about; None where there is no such claim."""
        return next(iter(self._members_of_claims({claim})), None)

    def verify_log(self) -> None:
        """Raises StoreCorrupt naming the first line of the log that does not follow from the one before."""
        log.verify(self._connection, self._where)

    def holding(self, keys: Collection[str]) -> tuple[RecordIncident, ...]:
        """The incidents that hold some reported incidents, by key; the one of most reports first."""
        found = asking.records(self._connection, set(self.homes(keys).values()))
        return tuple(sorted(found.values(), key=lambda i: (-len(i.reports), i.id)))

    def lines(self, ids: Collection[str]) -> dict[str, IncidentLine]:
        """Some incidents as lines of a list, by id."""
        return surroundings.lines(self._connection, ids)

    def values(self, ids: Collection[str], names: Collection[str]) -> dict[str, dict[str, Any]]:
        """The record's values in some fields of some incidents, by id and field; what is not known is left out."""
        return surroundings.values(self._connection, ids, names)

    def links(self, incident: RecordIncident) -> tuple[surroundings.Related, ...]:
        """What reports link an incident with."""
        return surroundings.links(self._connection, incident)

    def alike(self, incident: RecordIncident) -> tuple[tuple[str, float], ...]:
        """Other incidents that may be the same one (see `surroundings.alike`)."""
        return surroundings.alike(self._connection, incident)

    def same_place(self, line: IncidentLine) -> tuple[IncidentLine, ...]:
        """What else happened at the place of an incident, before and after (see `surroundings.same_place`)."""
        return surroundings.same_place(self._connection, line)

    # --- from afar ----------------------------------------------------------------------------------------------------

    def overview(self, wanted: Filter, step: charts.Step | None = None) -> charts.Overview:
        """How many incidents are wanted, over which time and where (see `charts.overview`)."""
        return charts.overview(self._connection, wanted, step)

    def spots(self, wanted: Filter, view: Box, cell: float) -> charts.Spots:
        """The incidents wanted in one part of the map (see `charts.spots`)."""
        return charts.spots(self._connection, wanted, view, cell)

    # --- what they rest on --------------------------------------------------------------------------------------------

    def reports(self, ids: Collection[str]) -> dict[str, Kept]:
        """Reports by id."""
        r, st = s.reports.c, s.standings.c
        columns = (r.id, r.title, r.outlet, r.agency, r.language, r.url, st.published, st.standing, st.family, r.text)
        found: dict[str, Kept] = {}
        for some in _parts(ids):
            query = select(*columns).join(s.standings).where(r.id.in_(some))
            found |= {row.id: Kept(**row._mapping) for row in self._connection.execute(query)}
        return found

    def coded(self, report_id: str) -> CodedReport | None:
        """A report with the coding that counts and its bytes, None where there is none of that id."""
        row = self._connection.execute(keeping.coded_reports().where(s.reports.c.id == report_id)).first()
        return keeping.coded_of(row.json, row.text, keeping.unpacked(row.packing, row.bytes)) if row else None

    def all_coded(self) -> Iterator[CodedReport]:
        """All reports with the coding that counts, in the order of their ids."""
        for row in self._connection.execute(keeping.coded_reports().order_by(s.reports.c.id)).yield_per(100):
            yield keeping.coded_of(row.json, row.text, keeping.unpacked(row.packing, row.bytes))

    def report_lines(self, ids: Collection[str]) -> dict[str, ReportLine]:
        """Reports as lines of a list, by id."""
        found: dict[str, ReportLine] = {}
        for some in _parts(ids):
            lines, _ = asking.reports(self._connection, None, asking.MOST, None, some)
            found |= {line.id: line for line in lines}
        return found

    def tellings(self, keys: Collection[str]) -> dict[str, ReportedIncident]:
        """What reports tell, by the keys of members."""
        m = s.members.c
        numbers: list[int] = []
        for some in _parts(keys):
            numbers += self._connection.scalars(select(m.number).where(m.key.in_(some)))
        return {member.key: member for member in self._loader().members(numbers).values()}

    def families(self, ids: Collection[str]) -> dict[str, Family]:
        """Families of copies by id, with their verdicts; a report that nobody copied has none."""
        found: dict[str, Family] = {}
        for some in _parts(ids):
            found |= {family.id: family for family in self._loader().families(some)}
        return found

    # --- tallies, suggestions, reports --------------------------------------------------------------------------------

    def tallies(self) -> list[ToldTally]:
        """The tallies that reports give, by the day of publication and the report."""
        c, t, r, kept = s.cards.c, s.tallies.c, s.reports.c, s.codings.c
        # From the codings with tallies, which are few, to the reports for which they count.
        given = select(c.coding, r.id).select_from(s.codings).join(s.reports, r.seq == kept.report)
        given = given.join(s.cards, and_(c.report == kept.report, c.coding == kept.seq))
        given = given.where(kept.seq.in_(select(t.coding)))
        reports = {row.coding: row.id for row in self._connection.execute(given)}
        of = self.reports(reports.values())
        found = [
            ToldTally(tally, of[reports[coding]])
            for coding, tallies in self._published(reports).items()
            for tally in tallies
        ]
        return sorted(found, key=lambda told: (told.report.published or "", told.report.id))

    def under(self, definition: TallyDefinition) -> Iterator[RecordIncident]:
        """The record incidents that may fall under the definition of a tally, as far as days and countries tell."""
        i = s.incidents.c
        query = select(i.id, i.json).where(*_under(definition)).order_by(i.day, i.id)
        for row in self._connection.execute(query).yield_per(200):
            found = self._gone_through.get(row.id) or decoded(RecordIncident, json.loads(row.json))
            self._gone_through.put(row.id, found)
            yield found

    def ids_under(self, definition: TallyDefinition, most: int) -> frozenset[str]:
        """The ids of those without reading more of them, or of `most` of them where there are more."""
        query = select(s.incidents.c.id).where(*_under(definition)).limit(most)
        return frozenset(self._connection.scalars(query))

    def claims(self, wanted: claiming.ClaimFilter, size: int = 20, after: str | None = None) -> claiming.ClaimPage:
        """A page of claims (see `claiming.claims`)."""
        return claiming.claims(self._connection, wanted, size, after)

    def voices(
        self,
        wanted: speaking.VoiceFilter,
        order: speaking.VoiceOrder = "most_told",
        size: int = 50,
        after: str | None = None,
    ) -> speaking.VoicePage:
        """A page of those who speak in the record (see `speaking.voices`)."""
        return speaking.voices(self._connection, wanted, order, size, after, self.sources)

    def voice(self, source: str) -> speaking.VoiceLine | None:
        """One of those who speak in the record, by key."""
        return speaking.voice(self._connection, source)

    def speaks(self, source: str) -> bool:
        """Whether one of those, by key, tells of anything that counts."""
        return speaking.speaks(self._connection, source)

    def told_by(
        self, source: str, only: speaking.Told | None = None, size: int = 20, after: str | None = None
    ) -> speaking.ToldPage:
        """A page of the incidents that a source tells of (see `speaking.told`)."""
        return speaking.told(self._connection, source, only, size, after)

    def held(self, ids: Collection[str]) -> dict[str, RecordIncident]:
        """Some incidents with all that the record holds of them, by id."""
        return asking.records(self._connection, ids)

    def compare(self, a: str, b: str) -> Comparison | None:
        """Two reported incidents compared anew, level by level; None where one of the keys is not in the record."""
        told = self.tellings([a, b])
        return self._rules().compare(told[a], told[b], self.sources) if len(told) == 2 else None

    def queue(
        self,
        kinds: tuple[ItemKind, ...] = ("pair", "value"),
        size: int = 20,
        after: Place | None = None,
        about: str | None = None,
    ) -> list[OpenItem]:
        """What a person is asked to decide next (see `review_queue.queue`)."""
        return review_queue.queue(self._connection, kinds, size, after, about)

    def left(self) -> Left:
        """How much there is to decide."""
        return review_queue.left(self._connection)

    def open_pair(self, a: str, b: str) -> OpenPair | None:
        """A pair that is open, by the keys of its members."""
        return review_queue.pair(self._connection, a, b)

    def open_value(self, incident: str, field: str) -> OpenValue | None:
        """A value that is open, by incident and field."""
        return review_queue.value(self._connection, incident, field)

    def search(self, wanted: searching.ReportFilter, size: int = 20, after: str | None = None) -> searching.FoundPage:
        """A page of reports found (see `searching.search`)."""
        return searching.search(self._connection, wanted, size, after)

    # --- inside -------------------------------------------------------------------------------------------------------

    def _loader(self) -> Loader:
        # Rules are loaded when they are needed: to list incidents, nothing of what links them is.
        return Loader(self._connection, self._rules(), self._memory)

    def _published(self, codings: Collection[int]) -> dict[int, tuple[PublishedTally, ...]]:
        """The tallies of codings."""
        found = {n: told for n in codings if (told := self._memory.tallies.get(n)) is not None}
        c = s.codings.c
        for some in _parts(n for n in codings if n not in found):
            query = select(c.seq, c.json, s.reports.c.text).join(s.reports, s.reports.c.seq == c.report)
            for row in self._connection.execute(query.where(c.seq.in_(some))):
                found[row.seq] = published_tallies(keeping.coded_of(row.json, row.text))
                self._memory.tallies.put(row.seq, found[row.seq])
        return found

    def _standings(self, ids: Sequence[str]) -> dict[str, str]:
        i = s.incidents.c
        found: dict[str, str] = {}
        for some in _parts(ids):
            rows = self._connection.execute(select(i.id, i.standing).where(i.id.in_(some)))
            found |= {row.id: row.standing for row in rows}
        return found

    def _members_of_claims(self, claims: Collection[str]) -> set[str]:
        """The members that claims, by key, are about."""
        reports = {claim.rpartition("#")[0] for claim in claims}
        m, r = s.members.c, s.reports.c
        keys: list[str] = []
        for some in _parts(reports):
            keys += self._connection.scalars(select(m.key).join(s.reports).where(r.id.in_(some)))
        found = set()
        for key, member in self.tellings(keys).items():
            if any(f"{member.report_id}#{claim.id}" in claims for claim in member.claims):
                found.add(key)
        return found


def _under(definition: TallyDefinition) -> list[ColumnElement[bool]]:
    """Conditions on incidents that may fall under the definition of a tally."""
    i = s.incidents.c
    limits: list[ColumnElement[bool]] = [i.standing == "counts"]
    if definition.since is not None:
        limits.append(or_(i.day == "", i.last_day >= definition.since.isoformat()))
    if definition.until is not None:
        limits.append(i.day <= definition.until.isoformat())  # "" where no day is known
    countries = {*definition.countries, *(place.country for place in definition.places)}
    if countries and None not in countries:
        limits.append(or_(i.country.is_(None), i.country.in_(countries)))
    return limits


def _parts(values: Iterable[T]) -> Iterator[list[T]]:
    """Values in lists that one query can take."""
    every = list(values)
    for start in range(0, len(every), _TOGETHER):
        yield every[start : start + _TOGETHER]
