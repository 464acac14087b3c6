"""The log of decisions as the store keeps it: only added to, chained by hashes, and never by two at once.

A person decides on what a coding tells, and names it by its number in that coding ("the second incident of report r").
So the coding that a report had when somebody first decided on it goes on counting, even when a newer version of the
coder codes the report anew: the decision must not slide to another incident. `pins` holds those codings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy import Connection, func, insert, select

from vigie.errors import DecisionConflict, StoreCorrupt
from vigie.model.record import Decided, Decision
from vigie.record import decisions as rules
from vigie.record.sources import Sources, seeded
from vigie.store import schema as s
from vigie.store.keeping import dumped

_NOTHING = Decided()


@dataclass(frozen=True, slots=True)
class Log:
    """The log at one moment: its lines, what stands of them, the sources as people told them apart, and for each report
    that somebody decided on the last coding that was there then."""

    lines: tuple[Decision, ...] = ()
    decided: Decided = _NOTHING
    sources: Sources = field(default_factory=seeded)
    pins: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def hash(self) -> str:
        """The hash of the last line, "" for an empty log: what a decision says it has seen."""
        return self.lines[-1].hash if self.lines else ""


def read(connection: Connection, known: Log | None = None) -> Log:
    """The log as it stands; `known` is one read earlier from the same store, of which only the rest is read."""
    d = s.decisions.c
    known = known or Log()
    last = connection.execute(select(d.number, d.hash).order_by(d.number.desc()).limit(1)).first()
    if (last.hash if last else "") == known.hash:
        return known
    start = len(known.lines)
    rows = list(connection.execute(select(d.json, d.after_coding).where(d.number > start).order_by(d.number)))
    lines = [rules.from_json(json.loads(row.json)) for row in rows]
    pins = dict(known.pins)
    for line, row in zip(lines, rows, strict=True):
        for report in reports_of(line):
            pins.setdefault(report, row.after_coding)
    return _log((*known.lines, *lines), pins)


def append(connection: Connection, log: Log, decision: Decision, expected: str | None, where: str) -> Log:
    """The log with one more line, which is written. `expected` is the hash of the last line that whoever decides has
    seen, None where that does not matter.

    Raises DecisionConflict where the log has gone on since, DecisionError where the decision makes no sense.
    """
    if expected is not None and expected != log.hash:
        raise DecisionConflict(
            where,
            f"somebody has decided in the meantime: the log stands at decision {len(log.lines)}",
            "look at what was decided and decide again",
        )
    line = rules.append(log.lines, decision)
    after = connection.scalar(select(func.max(s.codings.c.seq))) or 0
    connection.execute(
        insert(s.decisions).values(
            number=line.number,
            kind=line.kind,
            who=line.who,
            at=line.when,
            json=dumped(rules.to_json(line)),
            hash=line.hash,
            after_coding=after,
        )
    )
    return _log((*log.lines, line), {**dict.fromkeys(reports_of(line), after), **log.pins})


def reports_of(decision: Decision) -> set[str]:
    """Ids of the reports whose incidents or claims a decision speaks of."""
    return {key.rsplit("#", 1)[0] for key in keys_of(decision)}


def keys_of(decision: Decision) -> Iterable[str]:
    """The keys of members and claims that a decision speaks of."""
    return (*decision.members, *decision.apart, *((decision.claim,) if decision.claim is not None else ()))


def meant(log: Log, decision: Decision) -> Decision:
    """What a decision is about: itself, or of an undo the decision undone, however many undos lie between."""
    while decision.kind == "undo" and decision.undoes is not None:
        decision = log.lines[decision.undoes - 1]
    return decision


def verify(connection: Connection, where: str) -> None:
    """Raises StoreCorrupt naming the first line of the log that does not follow from the one before."""
    d = s.decisions.c
    lines = []
    for row in connection.execute(select(d.number, d.json, d.hash).order_by(d.number)):
        try:
            line = rules.from_json(json.loads(row.json))
        except (ValueError, TypeError) as error:
            raise StoreCorrupt(where, f"decision {row.number} cannot be read: {error}") from error
        if line.hash != row.hash or line.number != row.number:
            raise StoreCorrupt(where, f"decision {row.number} and its row do not carry the same number and hash")
        lines.append(line)
    fault = rules.verify(lines)
    if fault is not None:
        raise StoreCorrupt(where, f"the log of decisions is broken at {fault.number}: {fault.reason}")


def _log(lines: tuple[Decision, ...], pins: Mapping[str, int]) -> Log:
    decided = rules.state(lines)
    return Log(lines, decided, seeded().with_decisions(decided), MappingProxyType(dict(pins)))
