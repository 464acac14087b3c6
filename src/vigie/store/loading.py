"""What is kept, as the values that the rules work on; codings read lately are remembered, for they never change."""

from __future__ import annotations

import array
import dataclasses
import json
import sys
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, select

from vigie.model.contract import plain
from vigie.model.decoding import decoded
from vigie.model.record import CopyVerdict, Family, PublishedTally, ReportCard, ReportedIncident, Signature
from vigie.store import schema as s
from vigie.store.keeping import MAX_INCIDENTS, coded_of, dumped
from vigie.store.many import chosen
from vigie.store.rules import Rules

K = TypeVar("K")
V = TypeVar("V")
_NO_SIGNATURE = Signature(())
_ELSEWHERE = ("text", "signature", "shingles")


class Remembered(Generic[K, V]):
    """Values used lately, at most so many. Several threads may use it at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        """The value of a key, None where it is not remembered."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def put(self, key: K, value: V) -> None:
        """Remember a value; the one that was not used for longest goes."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)


@dataclasses.dataclass(slots=True)
class Memory:
    """What one open store remembers between transactions, all by coding: reported incidents, cards, tallies."""

    members: Remembered[int, tuple[ReportedIncident, ...]]
    cards: Remembered[int, ReportCard]
    tallies: Remembered[int, tuple[PublishedTally, ...]]

    @classmethod
    def of(cls, most: int = 4000) -> Memory:
        """An empty one, for at most so many reports."""
        return cls(Remembered(most), Remembered(most), Remembered(most))


class Loader:
    """Reads reports, cards, members and families from the store in one transaction."""

    def __init__(self, connection: Connection, rules: Rules, memory: Memory) -> None:
        self._connection, self._rules, self._memory = connection, rules, memory

    def codings(self, reports: Collection[int]) -> dict[int, int]:
        """The coding that counts of each report that has been derived from."""
        query = select(s.cards.c.report, s.cards.c.coding)
        return {row.report: row.coding for row in chosen(self._connection, query, s.cards.c.report, reports)}

    def members(self, numbers: Iterable[int]) -> dict[int, ReportedIncident]:
        """Reported incidents by number."""
        by_report: dict[int, list[int]] = {}
        for number in numbers:
            by_report.setdefault(number // MAX_INCIDENTS, []).append(number)
        found: dict[int, ReportedIncident] = {}
        for report, told in self.members_of(by_report).items():
            for number in by_report[report]:
                found[number] = told[number % MAX_INCIDENTS]
        return found

    def members_of(self, reports: Collection[int]) -> dict[int, tuple[ReportedIncident, ...]]:
        """What each report tells, in the order of its coding that counts."""
        codings = self.codings(reports)
        found = {r: m for r, coding in codings.items() if (m := self._memory.members.get(coding)) is not None}
        missing = {codings[report]: report for report in codings if report not in found}
        c = s.codings.c
        for row in chosen(self._connection, select(c.seq, c.json), c.seq, missing):
            told = self._rules.members(coded_of(row.json, ""))  # what it tells needs no text
            self._memory.members.put(row.seq, told)
            found[missing[row.seq]] = told
        return found

    def cards(self, reports: Collection[int]) -> dict[int, ReportCard]:
        """The card of each report, without its signature (which only the index needs)."""
        codings = self.codings(reports)
        found = {r: card for r, coding in codings.items() if (card := self._memory.cards.get(coding)) is not None}
        missing = [report for report in codings if report not in found]
        c = s.cards.c
        query = select(c.report, c.coding, c.json, c.shingles, s.reports.c.text).join(s.reports)
        for row in chosen(self._connection, query, c.report, missing):
            value = {**json.loads(row.json), "text": row.text, "signature": {"minhash": [], "heads": []}}
            card = dataclasses.replace(decoded(ReportCard, value), shingles=unpacked_shingles(row.shingles))
            self._memory.cards.put(row.coding, card)
            found[row.report] = card
        return found

    def shingles(self, reports: Collection[int]) -> dict[int, frozenset[int] | None]:
        """The shingles of each report, without reading the rest of its card."""
        c = s.cards.c
        return {
            row.report: unpacked_shingles(row.shingles)
            for row in chosen(self._connection, select(c.report, c.shingles), c.report, reports)
        }

    def families(self, ids: Collection[str]) -> tuple[Family, ...]:
        """The families of several reports among some family ids; a report alone is its own family and has no row."""
        c = s.families.c
        rows = chosen(self._connection, select(c.id, c.json), c.id, ids)
        return tuple(sorted((decoded(Family, json.loads(row.json)) for row in rows), key=lambda f: f.id))

    def verdicts(self, reports: Collection[int]) -> list[CopyVerdict]:
        """The verdicts on copies among some reports."""
        c = s.copies.c
        rows = chosen(self._connection, select(c.a, c.b, c.json), c.a, reports)
        return [decoded(CopyVerdict, json.loads(row.json)) for row in rows if row.b in reports]


def card_json(card: ReportCard) -> str:
    """A card as it is kept: without the text, which the report has, the signature, which the index has, and the
    shingles, which are kept beside it."""
    value: Mapping[str, Any] = plain(dataclasses.replace(card, text="", signature=_NO_SIGNATURE, shingles=None))
    return dumped({k: v for k, v in value.items() if k not in _ELSEWHERE})


def packed_shingles(shingles: frozenset[int] | None) -> bytes | None:
    """Shingles as they are kept: sorted, eight bytes each, the lowest first."""
    if shingles is None:
        return None
    numbers = array.array("q", sorted(shingles))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def unpacked_shingles(packed: bytes | None) -> frozenset[int] | None:
    """Shingles from what is kept of them."""
    if packed is None:
        return None
    numbers = array.array("q", packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    return frozenset(numbers)
