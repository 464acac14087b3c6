"""Texts that come in at the desk: read, coded, and taken into the record where that is wanted."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vigie.errors import ReadError
from vigie.language.pack import languages
from vigie.model import CodedReport, Report
from vigie.readers import Rejected, read_bytes
from vigie.readers.jsonl import read_record
from vigie.runs.batch import BatchCoder, Input, Outcome, code_all
from vigie.runs.by_rules import producer, rules_coder
from vigie.runs.ingest import ingest
from vigie.store.keeping import Arrival, Arrived, Taken
from vigie.store.store import Store


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A report that is in the record now: its id there, and whether it is new."""

    report: str
    how: Arrived


class Intake:
    """Codes the texts of a desk, one request's at a time: the machine has few cores, and pages are to stay quick.

    `coder` codes reports, by default with the rules of the package, which are loaded with the first text.
    """

    def __init__(self, coder: BatchCoder | None = None) -> None:
        self._coder, self._lock = coder or rules_coder, threading.Lock()

    def code(self, report: Report, where: str) -> CodedReport | Rejected:
        """The coding of a report, or why it cannot be coded. Nothing is kept."""
        return self.code_each([Input(where, report)])[0]

    def code_each(self, inputs: Sequence[Input]) -> list[Outcome]:
        """The coding of each of some reports, or why there is none, in their order. Nothing is kept."""
        with self._lock:
            return list(code_all(inputs, self._coder, languages()))

    def take_in(self, store: Store, found: Iterable[Report | Rejected], where: str) -> list[TakenIn | Rejected]:
        """Take what was read into the record, each report with its coding; what became of each. One that cannot be
        taken in stops none of the others. Raises StoreError where the store itself fails."""
        watched = _Watched(store)
        with self._lock:
            inputs = (Input(each.where if isinstance(each, Rejected) else where, each) for each in found)
            ingest(watched, inputs, self._coder, languages(), producer())
        return watched.outcomes


class _Watched:
    """A store that takes in, and what became of everything it was given."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.outcomes: list[TakenIn | Rejected] = []

    def add(self, arrivals: Sequence[Arrival], producer: str) -> list[Taken | Rejected]:
        outcomes = self._store.add(arrivals, producer)
        for outcome in outcomes:
            self.outcomes.append(
                TakenIn(outcome.coded.report.id, outcome.how) if isinstance(outcome, Taken) else outcome
            )
        return outcomes

    def known(self, reports: Sequence[Report], producer: str) -> set[tuple[str, str]]:
        known = self._store.known(reports, producer)
        self.outcomes += [TakenIn(report.id, "known") for report in reports if (report.id, report.sha256) in known]
        return known

    def reject(self, rejected: Iterable[Rejected]) -> None:
        listed = list(rejected)
        self._store.reject(listed)
        self.outcomes += [each for each in listed if each not in self.outcomes]


def read_typed(fields: Mapping[str, Any], where: str) -> Report:
    """The report that somebody typed or sent as an object of the form that JSON Lines have (`readers.jsonl`). Raises
    ReadError."""
    known = {name: value for name, value in fields.items() if value is not None}
    try:
        line = json.dumps(known, ensure_ascii=False, sort_keys=True).encode()
    except UnicodeEncodeError as error:
        raise ReadError(where, "half a character (a lone surrogate) in the text", "send the text as UTF-8") from error
    return read_record(line, where)


def read_file(data: bytes, name: str) -> Iterator[Report | Rejected]:
    """The reports of a file of any format that is read."""
    try:
        yield from read_bytes(data, name, name=name)
    except ReadError as error:
        yield Rejected.from_error(name, error)
