"""Sources as the desk shows them: found by key or name, what each has said, and what people decided about them."""

from __future__ import annotations

from dataclasses import dataclass

from vigie.model.record import Account, AccountDifference, Decision, RecordIncident, SourceProfile, Statement
from vigie.record.decisions import undone
from vigie.record.names import fold_name
from vigie.record.sources import Sources
from vigie.store.asking import IncidentLine
from vigie.store.inquiry import Inquiry
from vigie.store.speaking import VoiceLine

SHOWN = ("killed", "injured", "attackers_killed", "weapons", "actors", "targets", "date", "place")
"""The values of an account that are shown, in this order."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source of a list with its profile. `can_join`: it is found again by its name, so that decisions can speak of
    it; somebody unnamed within one copy is not."""

    line: VoiceLine
    profile: SourceProfile
    can_join: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What a source says of one incident: its account, and the differences in which it takes part."""

    line: IncidentLine
    incident: RecordIncident
    account: Account
    differences: tuple[AccountDifference, ...]

    @property
    def values(self) -> list[tuple[str, object]]:
        """The fields and values that the account holds."""
        return [(name, self.account.values[name]) for name in SHOWN if self.account.values.get(name)]

    @property
    def words(self) -> list[tuple[Statement, int]]:
        """What it said, the same words once with in how many reports they stand."""
        found: dict[tuple[str, str, str], tuple[Statement, int]] = {}
        for statement in self.account.statements:
            quote = statement.evidence[0].span.quote if statement.evidence else statement.claim
            key = (statement.stance, quote, statement.standing)
            first, times = found.get(key, (statement, 0))
            found[key] = (first, times + 1)
        return list(found.values())

    def verdict(self, field: str) -> str | None:
        """How the account's value of a field stands to those of others: `conflict` before `update` before
        `compatible`."""
        found = {d.verdict for d in self.differences if d.field == field}
        return next((v for v in ("conflict", "update", "compatible") if v in found), None)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A decision about a source, with whether it stands."""

    line: Decision
    stands: bool


def row_of(line: VoiceLine, sources: Sources) -> SourceRow:
    """A source of a list with its profile."""
    name = line.names[0] if line.names else line.source
    return SourceRow(line, sources.profile(name), (sources.family(name) or fold_name(name)) == line.source)


def key_of(inquiry: Inquiry, name: str) -> str | None:
    """The key of the source that a key or a name means; None where it tells of nothing."""
    wanted = dict.fromkeys((name, inquiry.sources.family(name) or "", fold_name(name)))
    return next((key for key in wanted if key and inquiry.speaks(key)), None)


def found_source(inquiry: Inquiry, key: str) -> VoiceLine | None:
    """The source of a key, else the one that the key is a name of; None where neither tells of anything."""
    found = key_of(inquiry, key)
    return inquiry.voice(found) if found is not None else None


def said_of(source: str, lines: tuple[IncidentLine, ...], inquiry: Inquiry) -> list[Said]:
    """What a source says of some incidents."""
    records = inquiry.held([line.id for line in lines])
    return [
        Said(
            line=line,
            incident=records[line.id],
            account=next(a for a in records[line.id].accounts if a.id == source),
            differences=tuple(
                d for d in records[line.id].differences if any(source in side.accounts for side in d.sides)
            ),
        )
        for line in lines
    ]


def decisions_about(source: str, inquiry: Inquiry) -> list[Decision]:
    """The lines of the log that join, part or describe names of a source, and the undos of those; the newest first.
    `source` is its key."""
    log = inquiry.log.lines
    about = {line.number for line in log if line.names and _concerns(line, source, inquiry.sources)}
    for line in log:
        if line.kind == "undo" and line.undoes in about:
            about.add(line.number)
    return [line for line in reversed(log) if line.number in about]


def log_about(source: str, inquiry: Inquiry) -> list[LogEntry]:
    """The same, each with whether it stands."""
    gone = undone(inquiry.log.lines)
    return [LogEntry(line, line.number not in gone) for line in decisions_about(source, inquiry)]


def _concerns(line: Decision, source: str, sources: Sources) -> bool:
    return any(source in (fold_name(name), sources.family(name)) for name in line.names)
