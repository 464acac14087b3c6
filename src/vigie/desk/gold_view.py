"""A report coded by hand beside another coding of it, value by value; and how far two coders agree over all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from vigie.evaluation.agreement import Agreement, agreement
from vigie.evaluation.door import CodedLine, GoldLine
from vigie.evaluation.matching import IncidentMatch, ReportMatch, match
from vigie.evaluation.measures import CODING, report_f1, report_scores
from vigie.evaluation.sheets import RunningTotal, Sheet, Speaker
from vigie.evaluation.slots import SLOTS, Fill
from vigie.store.gold import GoldCoding
from vigie.store.store import Store

MACHINE = "@machine"
"""Stands for the machine's coding where a coder is named: no account can have this name."""
ALPHA_FIRM, ALPHA_TENTATIVE = 0.8, 0.667
"""What Krippendorff asks for, and from where on he draws tentative conclusions (see evaluation/alpha.py)."""

Tone = Literal["agrees", "differs", "mine", "theirs"]


@dataclass(frozen=True, slots=True)
class Beside:
    """One value of one slot in both codings; None where one of them has none. `slot` may also be `sources` or
    `tallies`, whose values are a speaker or a running total."""

    slot: str
    mine: Fill | Speaker | RunningTotal | None
    theirs: Fill | Speaker | RunningTotal | None
    tone: Tone


@dataclass(frozen=True, slots=True)
class IncidentBeside:
    """An incident of either coding, or of both. `mine`, `theirs` are how it is found again there ("1", "i2")."""

    mine: str | None
    theirs: str | None
    type: str
    rows: tuple[Beside, ...]

    @property
    def differing(self) -> int:
        """How many values differ or are in one coding only."""
        return sum(row.tone != "agrees" for row in self.rows)


@dataclass(frozen=True, slots=True)
class Beheld:
    """A report in two codings: the incidents, what is outside them, and the F1 of all slots."""

    incidents: tuple[IncidentBeside, ...]
    outside: tuple[Beside, ...]
    f1: float

    @property
    def differing(self) -> int:
        """How many values of incidents differ or are in one coding only."""
        return sum(each.differing for each in self.incidents)


def sheet(coding: GoldCoding) -> Sheet:
    """A hand coding as it is compared."""
    return GoldLine.model_validate(coding.line).sheet()


def sheets_of(store: Store, coder: str, reports: Mapping[str, object]) -> list[Sheet]:
    """The codings of some reports by a coder, as they were made blind, or by the machine."""
    if coder == MACHINE:
        return [CodedLine.model_validate(line).sheet() for line in store.gold.machine(reports).values()]
    return [sheet(each) for each in store.gold.latest(coder, blind=True) if each.report in reports]


def agreed(store: Store, first: str, second: str) -> Agreement:
    """How far two coders agree over the reports that both coded, each as they did blind."""
    one = {each.report for each in store.gold.latest(first if first != MACHINE else None, blind=True)}
    other = {each.report for each in store.gold.latest(second if second != MACHINE else None, blind=True)}
    both = dict.fromkeys(sorted(one & other))
    return agreement(sheets_of(store, first, both), sheets_of(store, second, both))


def beside(mine: Sheet, theirs: Sheet) -> Beheld:
    """Two codings of a report side by side."""
    matched = match(mine, theirs)
    return Beheld(
        incidents=tuple(_incident(each) for each in matched.incidents),
        outside=(*_speakers(matched), *_totals(matched)),
        f1=report_f1(report_scores(matched)[CODING]),
    )


def _incident(found: IncidentMatch) -> IncidentBeside:
    return IncidentBeside(
        mine=found.gold.label if found.gold else None,
        theirs=found.coded.label if found.coded else None,
        type=found.type,
        rows=tuple(_rows(found)),
    )


def _rows(found: IncidentMatch) -> Iterator[Beside]:
    for slot in SLOTS:
        right, extra, missed = found.slots[slot]
        yield from (Beside(slot, gold, coded, "agrees") for coded, gold in right)
        both = min(len(extra), len(missed))
        yield from (Beside(slot, gold, coded, "differs") for gold, coded in zip(missed, extra, strict=False))
        yield from (Beside(slot, gold, None, "mine") for gold in missed[both:])
        yield from (Beside(slot, None, coded, "theirs") for coded in extra[both:])


def _speakers(matched: ReportMatch) -> Iterator[Beside]:
    ours, theirs = matched.gold.speakers, matched.coded.speakers
    pairs = {j: i for i, j in matched.speakers}
    for j, mine in enumerate(ours):
        other = theirs[pairs[j]] if j in pairs else None
        same = other is not None and other.terms == mine.terms
        yield Beside("sources", mine, other, "agrees" if same else "differs" if other else "mine")
    taken = set(pairs.values())
    yield from (Beside("sources", None, each, "theirs") for i, each in enumerate(theirs) if i not in taken)


def _totals(matched: ReportMatch) -> Iterator[Beside]:
    pairs = {j: i for i, j in matched.totals}
    for j, mine in enumerate(matched.gold.totals):
        other = matched.coded.totals[pairs[j]] if j in pairs else None
        yield Beside("tallies", mine, other, "agrees" if other else "mine")
    taken = set(pairs.values())
    rest = (each for i, each in enumerate(matched.coded.totals) if i not in taken)
    yield from (Beside("tallies", None, each, "theirs") for each in rest)
