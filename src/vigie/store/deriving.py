"""Keeping the record up to date with what is kept: a change derives anew what it reaches, `rebuild` everything.

Both end in the same rows, because every step is a function of what is there: which pairs are compared, which reports
are copies, which members are one incident, what the incident then says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection, delete, select

from vigie.model import CodedReport
from vigie.model.record import Decided
from vigie.record.sources import Sources
from vigie.store import schema as s
from vigie.store.copying import Copies
from vigie.store.keeping import MAX_INCIDENTS, coded_of, index_words_anew
from vigie.store.linking import Links
from vigie.store.loading import Loader, Memory
from vigie.store.many import chosen
from vigie.store.rules import Rules

_TOGETHER = 200  # reports that a rebuild takes together


class Derivation:
    """What is derived, in one writing transaction."""

    def __init__(
        self, connection: Connection, rules: Rules, memory: Memory, decided: Decided, sources: Sources
    ) -> None:
        loader = Loader(connection, rules, memory)
        self._connection, self._rules, self._memory = connection, rules, memory
        self._copies = Copies(connection, rules, loader, memory)
        self._links = Links(connection, rules, loader, decided, sources)

    def take_in(self, codings: Mapping[int, tuple[int, CodedReport]], anew: Collection[int] = ()) -> None:
        """Derive what reports tell: number of the report → number of its coding and the coding. Those among `anew` had
        another coding before."""
        members = self._links.remove(anew)
        left = self._copies.remove(anew)
        members |= self._links.follow(left.new, left.gone)
        self._links.settle(members | self._add(codings, left.reports))

    def decided_anew(self, keys: Collection[str], speakers: Collection[str] = ()) -> None:
        """Derive anew what decisions on some members and sources change."""
        members = self._links.numbers(keys)
        if speakers:
            m = s.member_sources.c
            spoken = {row.member for row in chosen(self._connection, select(m.member), m.source, speakers)}
            members |= self._links.rescore(spoken)
        self._links.settle(members)

    def rebuild(self, pins: Mapping[str, int]) -> None:
        """Throw away everything that is derived and derive it anew from what is kept. `pins` gives for some reports the
        last coding that may count (`vigie.store.log`)."""
        for table in reversed(s.DERIVED):
            self._connection.execute(delete(table))
        index_words_anew(self._connection)
        reports: set[int] = set()
        for batch in self._codings(pins):
            told = {n: self._rules.members(coded) for n, (_, coded) in batch.items()}
            for n, (coding, _) in batch.items():
                self._memory.members.put(coding, told[n])
            copied = self._copies.add(batch)
            self._links.add(told)
            self._links.follow(copied.new, copied.gone)
            reports |= copied.reports
        self._copies.regroup(reports)
        self._links.settle_all()

    def differences(self, members: Collection[int]) -> Iterator[tuple[str, str]]:
        """Derive again what some members and their reports lead to, and compare it with what is there: where, and what
        is not the same. Nothing is written."""
        yield from self._copies.differences({number // MAX_INCIDENTS for number in members})
        yield from self._links.differences(members)

    def _add(self, codings: Mapping[int, tuple[int, CodedReport]], reports: set[int]) -> set[int]:
        told = {number: self._rules.members(coded) for number, (_, coded) in codings.items()}
        for number, (coding, _) in codings.items():
            self._memory.members.put(coding, told[number])
        copied = self._copies.add(codings)
        # Members come before families: a family that changes reaches the new members too.
        members = self._links.add(told) | self._links.follow(copied.new, copied.gone)
        return members | self._links.members_of(self._copies.regroup(reports | copied.reports))

    def _codings(self, pins: Mapping[str, int]) -> Iterator[dict[int, tuple[int, CodedReport]]]:
        """All reports with the coding that counts, in the order of their ids, some at a time."""
        c, r = s.codings.c, s.reports.c
        counting: dict[int, int] = {}
        for row in self._connection.execute(select(c.seq, c.report, r.id).join(s.reports).order_by(r.id, c.seq)):
            if row.seq <= pins.get(row.id, row.seq):
                counting[row.report] = row.seq
        numbers = list(counting.values())
        for start in range(0, len(numbers), _TOGETHER):
            some = numbers[start : start + _TOGETHER]
            query = select(c.report, c.seq, c.json, r.text).join(s.reports).where(c.seq.in_(some)).order_by(r.id)
            yield {row.report: (row.seq, coded_of(row.json, row.text)) for row in self._connection.execute(query)}
