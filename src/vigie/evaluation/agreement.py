"""How far two coders agree: F1 in both directions and Krippendorff's alpha, slot by slot.

What two people coded is no list of given units: first it has to be said which incident of one is which of the other.
They are paired as for scoring, and alpha is taken over the pairs; that one of them has an incident at all is told by
the F1 of `incidents` and by the alpha of `detection`. Within a pair a slot that one coder left empty is a value of its
own ("none"), so that leaving out counts as disagreement. Of slots with several values each value is a unit: a name
both have, or one that the other has not.

For counts and days there is a second alpha over the pairs where both gave one: ratio for counts (their lower bound,
else their upper one), interval for days (how long the first day lies before the latest one that either coder gave in
the report: calendar days of many years would agree whatever the coders did).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from vigie.evaluation.alpha import interval_alpha, nominal_alpha, ratio_alpha
from vigie.evaluation.matching import IncidentMatch, ReportMatch, match
from vigie.evaluation.measures import NAMES, report_scores
from vigie.evaluation.names import canonical, name_words
from vigie.evaluation.scores import Score, total
from vigie.evaluation.sheet_files import by_id
from vigie.evaluation.sheets import Bounds, Days, Sheet
from vigie.evaluation.slots import NAMED, SLOTS, Fill, Slot, Value, WeaponNumber

Level = Literal["nominal", "interval", "ratio"]
Unit = tuple[Hashable, Hashable]
NONE = "none"
"""The value of a slot left empty."""

DETECTION, PERIOD, TERMS = "detection", "period", "terms"
_SINGLE: frozenset[Slot] = frozenset({"type", "date", "country", "place", "killed", "injured", "responsibility"})
_MEASURED: tuple[tuple[Slot, Level], ...] = (
    ("date", "interval"),
    ("weapon_count", "ratio"),
    ("killed", "ratio"),
    ("injured", "ratio"),
)


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha at one level of measurement over a number of units; None where it is not defined: no unit
    with two values, or no two values that differ."""

    level: Level
    units: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class SlotAgreement:
    """Agreement on one slot. `first_as_gold`, `second_as_gold`: the score of the other coder; they differ where the
    pairing or a rounded number is read from the gold side. None for what is no slot of its own."""

    slot: str
    first_as_gold: Score | None
    second_as_gold: Score | None
    alpha: Alpha | None
    measured: Alpha | None = None

    @property
    def f1(self) -> float | None:
        """The mean F1 of both directions."""
        if self.first_as_gold is None or self.second_as_gold is None:
            return None
        return (self.first_as_gold.f1 + self.second_as_gold.f1) / 2


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two coders over the reports that both coded; the ids of those that only one did."""

    reports: int
    slots: tuple[SlotAgreement, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


def agreement(first: Sequence[Sheet], second: Sequence[Sheet]) -> Agreement:
    """The agreement of two coders."""
    one, other = by_id(first), by_id(second)
    shared = [id for id in one if id in other]
    matches = [match(one[id], other[id]) for id in shared]
    back = [match(other[id], one[id]) for id in shared]
    there, and_back = [report_scores(m) for m in matches], [report_scores(m) for m in back]
    scores = {name: (_score(there, name), _score(and_back, name)) for name in NAMES}
    alphas = {name: _nominal(units) for name, units in _nominal_units(matches).items()}
    measured: dict[str, Alpha] = {slot: _measured(matches, slot, level) for slot, level in _MEASURED}
    rows = [SlotAgreement(name, *scores[name], alphas.get(name), measured.get(name)) for name in NAMES]
    rows += [SlotAgreement(name, None, None, alphas[name]) for name in (PERIOD, TERMS)]
    return Agreement(
        len(shared), tuple(rows), tuple(id for id in one if id not in other), tuple(id for id in other if id not in one)
    )


def _score(reports: Iterable[Mapping[str, Score]], name: str) -> Score:
    return total(scores[name] for scores in reports)


def _nominal(units: Sequence[Unit]) -> Alpha:
    return Alpha("nominal", len(units), nominal_alpha(units))


def _nominal_units(matches: Sequence[ReportMatch]) -> dict[str, list[Unit]]:
    """The units of every alpha of names."""
    pairs = [pair for m in matches for pair in m.pairs]
    units: dict[str, list[Unit]] = {slot: [u for p in pairs for u in _units(p, slot)] for slot in SLOTS}
    units[DETECTION] = [(bool(m.gold.current), bool(m.coded.current)) for m in matches]
    units[PERIOD] = [(p.gold.period, p.coded.period) for p in pairs if p.gold and p.coded]
    units[TERMS] = [
        (m.gold.speakers[j].terms or NONE, m.coded.speakers[i].terms or NONE) for m in matches for i, j in m.speakers
    ]
    return units


def _units(pair: IncidentMatch, slot: Slot) -> Iterator[Unit]:
    right, extra, missed = pair.slots[slot]
    for _, gold in right:
        yield (value := _category(gold)), value
    if slot in _SINGLE and extra and missed:
        yield _category(missed[0]), _category(extra[0])
        return
    yield from ((_category(gold), NONE) for gold in missed)
    yield from ((NONE, _category(coded)) for coded in extra)
    if slot in _SINGLE and not (right or extra or missed):
        yield NONE, NONE


def _category(fill: Fill) -> Hashable:
    """A value as one of a set of names; of a name its telling words, the same for all names of one body."""
    if fill.slot in NAMED:
        return canonical(frozenset(name_words(fill.shown)))
    return fill.value


def _measured(matches: Iterable[ReportMatch], slot: Slot, level: Level) -> Alpha:
    """Alpha of the values that both coders gave, as numbers."""
    both = [unit for m in matches for unit in _number_pairs(m, slot)]
    alpha: Callable[[Iterable[Sequence[float]]], float | None] = ratio_alpha if level == "ratio" else interval_alpha
    return Alpha(level, len(both), alpha(both))


def _number_pairs(match: ReportMatch, slot: Slot) -> Iterator[tuple[float, float]]:
    given = [i.days.last for sheet in (match.gold, match.coded) for i in sheet.incidents if i.days]
    latest = max(given, default=dt.date.min)
    for pair in match.pairs:
        right, extra, missed = pair.slots[slot]
        apart = [(coded, gold) for gold in missed for coded in extra if _comparable(gold.value, coded.value)]
        for coded, gold in (*right, *apart):
            yield _number(gold.value, latest), _number(coded.value, latest)


def _comparable(one: Value, other: Value) -> bool:
    if isinstance(one, WeaponNumber) and isinstance(other, WeaponNumber):
        return one.kind == other.kind
    return True


def _number(value: Value, latest: dt.date) -> float:
    """A value as a number; of days, how many lie between the first and the latest day. Raises TypeError for a name."""
    if isinstance(value, Days):
        return (latest - value.first).days
    if isinstance(value, Bounds | WeaponNumber):
        return float(value.lower if value.lower is not None else value.upper or 0)
    raise TypeError(f"{value!r} is no number")
