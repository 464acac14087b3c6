"""Two codings of the same reports: what got better and what got worse, report by report and slot by slot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from vigie.evaluation.matching import IncidentMatch, ReportMatch
from vigie.evaluation.measures import CODING, Measures, measure, report_scores
from vigie.evaluation.resampling import share_better
from vigie.evaluation.scores import Score
from vigie.evaluation.slots import SLOTS, Fill, shown_bounds

Turn = Literal["found", "gone", "lost", "new"]
BETTER: frozenset[Turn] = frozenset({"found", "gone"})


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that changed. `turn`: a gold value is right now ("found") or no longer ("lost"); a wrong value is no
    longer coded ("gone") or is coded now ("new"). `incident`: label of the gold incident, or id of the coded one.
    `instead`: what the coding that does not have the gold value has in its place."""

    report: str
    incident: str
    slot: str
    turn: Turn
    value: str
    instead: str | None = None

    @property
    def better(self) -> bool:
        """Whether the change is one for the better."""
        return self.turn in BETTER


@dataclass(frozen=True, slots=True)
class ReportChange:
    """A report whose coding changed: its scores over slots, and every change."""

    report: str
    before: Score
    after: Score
    changes: tuple[Change, ...]

    @property
    def gained(self) -> int:
        """How many answers fewer are lost; negative where more are."""
        return self.before.lost - self.after.lost


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two codings of the same reports. `share_better`: in what share of draws of reports (resampling.py) the later one
    has the higher F1 over slots. `reports`: those that changed, the most improved first."""

    before: Measures
    after: Measures
    share_better: float | None
    reports: tuple[ReportChange, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change of every report."""
        return tuple(change for report in self.reports for change in report.changes)


def compare_runs(before: Sequence[ReportMatch], after: Sequence[ReportMatch]) -> Comparison:
    """The matches of one coding against those of an earlier one, both with the same gold sheets in the same order."""
    earlier = [report_scores(m)[CODING] for m in before]
    later = [report_scores(m)[CODING] for m in after]
    rows = (
        ReportChange(b.id, one, other, tuple(_changes(b, a)))
        for b, a, one, other in zip(before, after, earlier, later, strict=True)
    )
    changed = sorted((row for row in rows if row.changes), key=lambda row: (-row.gained, row.report))
    return Comparison(measure(before), measure(after), share_better(earlier, later), tuple(changed))


def _changes(before: ReportMatch, after: ReportMatch) -> Iterator[Change]:
    was = {m.gold.label: m for m in before.incidents if m.gold}
    now = {m.gold.label: m for m in after.incidents if m.gold}
    for label in was:
        yield from _of_incident(before.id, label, was[label], now[label])
    gone, new = _apart(_wrong(before), _wrong(after))
    yield from (Change(before.id, label, fill.slot, "gone", fill.shown) for label, fill in gone)
    yield from (Change(before.id, label, fill.slot, "new", fill.shown) for label, fill in new)
    yield from _of_names("source", before.id, _speakers(before), _speakers(after))
    yield from _of_names("tally", before.id, _totals(before), _totals(after))


def _of_incident(report: str, label: str, before: IncidentMatch, after: IncidentMatch) -> Iterator[Change]:
    was, now = Counter(before.right), Counter(after.right)
    for fill in (now - was).elements():
        yield Change(report, label, fill.slot, "found", fill.shown, _instead(before, fill))
    for fill in (was - now).elements():
        yield Change(report, label, fill.slot, "lost", fill.shown, _instead(after, fill))


def _instead(match: IncidentMatch, fill: Fill) -> str | None:
    return ", ".join(f.shown for f in match.slots[fill.slot].extra) or None


def _wrong(match: ReportMatch) -> list[tuple[str, Fill]]:
    """Every wrong value with the label of its incident: the gold one's, where there is one."""
    named = ((m.gold or m.coded, m) for m in match.incidents)
    return [(incident.label, f) for incident, m in named if incident for slot in SLOTS for f in m.slots[slot].extra]


def _apart(
    before: Sequence[tuple[str, Fill]], after: Sequence[tuple[str, Fill]]
) -> tuple[list[tuple[str, Fill]], list[tuple[str, Fill]]]:
    """The wrong values that only the earlier and only the later coding has. The incident a value is given for makes no
    difference: ids of invented incidents move when another incident comes or goes."""
    return _beyond(before, after), _beyond(after, before)


def _beyond(some: Sequence[tuple[str, Fill]], others: Sequence[tuple[str, Fill]]) -> list[tuple[str, Fill]]:
    known = Counter(fill for _, fill in others)
    beyond = []
    for label, fill in some:
        if known[fill] > 0:
            known[fill] -= 1
        else:
            beyond.append((label, fill))
    return beyond


def _of_names(
    slot: str, report: str, before: tuple[Counter[str], Counter[str]], after: tuple[Counter[str], Counter[str]]
) -> Iterator[Change]:
    """Changes among the speakers or the totals: those found by hand, and those too many."""
    turns: tuple[tuple[Turn, Counter[str]], ...] = (
        ("found", after[0] - before[0]),
        ("lost", before[0] - after[0]),
        ("gone", before[1] - after[1]),
        ("new", after[1] - before[1]),
    )
    for turn, names in turns:
        yield from (Change(report, "", slot, turn, name) for name in names.elements())


def _speakers(match: ReportMatch) -> tuple[Counter[str], Counter[str]]:
    paired = {i for i, _ in match.speakers}
    found = Counter(match.gold.speakers[j].name for _, j in match.speakers)
    return found, Counter(s.name for i, s in enumerate(match.coded.speakers) if i not in paired)


def _totals(match: ReportMatch) -> tuple[Counter[str], Counter[str]]:
    paired = {i for i, _ in match.totals}

    def shown(number: int, *, by_hand: bool) -> str:
        bounds = (match.gold if by_hand else match.coded).totals[number].number
        return shown_bounds(bounds.lower, bounds.upper)

    found = Counter(shown(j, by_hand=True) for _, j in match.totals)
    return found, Counter(shown(i, by_hand=False) for i in range(len(match.coded.totals)) if i not in paired)
