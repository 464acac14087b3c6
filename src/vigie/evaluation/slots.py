"""The filled slots of an incident, and which of one coding are right by another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from vigie.evaluation.names import same_name
from vigie.evaluation.sheets import Bounds, Days, SheetIncident, Spans

Slot = Literal[
    "type", "date", "country", "place", "weapon", "weapon_count", "killed", "injured", "actor", "responsibility",
    "target",
]  # fmt: skip
SLOTS: tuple[Slot, ...] = (
    "type", "date", "country", "place", "weapon", "weapon_count", "killed", "injured", "actor", "responsibility",
    "target",
)  # fmt: skip
NAMED: frozenset[Slot] = frozenset({"place", "actor", "target"})
TOLLS: frozenset[Slot] = frozenset({"killed", "injured"})
# A rounded number in the gold coding ("a score") is met by bounds within this share of its own, or within one.
_TOLERANCE = 0.15


class WeaponNumber(NamedTuple):
    """How many of one kind of weapon."""

    kind: str
    lower: int | None
    upper: int | None


Value = str | Days | Bounds | WeaponNumber


@dataclass(frozen=True, slots=True)
class Fill:
    """One filled slot: an incident has one type, and as many actors as it names."""

    slot: Slot
    value: Value
    words: Spans = field(default=(), compare=False, repr=False)

    @property
    def shown(self) -> str:
        """The value as a person reads it: days as an interval, numbers as bounds."""
        if isinstance(self.value, Days):
            return shown_days(self.value)
        if isinstance(self.value, Bounds):
            return shown_bounds(self.value.lower, self.value.upper)
        if isinstance(self.value, WeaponNumber):
            return f"{self.value.kind} {shown_bounds(self.value.lower, self.value.upper)}"
        return self.value


class Aligned(NamedTuple):
    """The fills of one slot of two codings: pairs that agree (coded, gold), what only one of them has."""

    right: tuple[tuple[Fill, Fill], ...]
    extra: tuple[Fill, ...]
    missed: tuple[Fill, ...]


def fills(incident: SheetIncident) -> tuple[Fill, ...]:
    """The filled slots of an incident, in the order of SLOTS. A weapon kind counts once, with the first number given
    for it; the responsibility "unknown" fills nothing."""
    return tuple(_fills(incident))


def _fills(incident: SheetIncident) -> Iterable[Fill]:
    place = incident.place
    if incident.type:
        yield Fill("type", incident.type, incident.words)
    if incident.days:
        yield Fill("date", incident.days, incident.days.words)
    if place and place.country:
        yield Fill("country", place.country, place.words)
    if place and place.name:
        yield Fill("place", place.name, place.words)
    firsts = {w.kind: w for w in reversed(incident.weapons)}
    for kind in sorted(firsts):
        number = firsts[kind].number
        yield Fill("weapon", kind, number.words)
        if number.stated:
            yield Fill("weapon_count", WeaponNumber(kind, number.lower, number.upper), number.words)
    if incident.killed and incident.killed.stated:
        yield Fill("killed", incident.killed, incident.killed.words)
    if incident.injured and incident.injured.stated:
        yield Fill("injured", incident.injured, incident.injured.words)
    for actor in incident.actors:
        yield Fill("actor", actor.text, actor.words)
    if incident.responsibility and incident.responsibility != "unknown":
        yield Fill("responsibility", incident.responsibility, incident.words)
    for target in incident.targets:
        yield Fill("target", target.text, target.words)


def of_slot(some: Iterable[Fill], slot: Slot) -> tuple[Fill, ...]:
    """Those of some fills that are of one slot."""
    return tuple(f for f in some if f.slot == slot)


def align(coded: Sequence[Fill], gold: Sequence[Fill]) -> Aligned:
    """The fills of one slot held against one another: each coded fill takes the first gold fill it agrees with that is
    still free."""
    free = list(gold)
    right: list[tuple[Fill, Fill]] = []
    extra: list[Fill] = []
    for fill in coded:
        match = next((other for other in free if agrees(fill, other)), None)
        if match is None:
            extra.append(fill)
        else:
            free.remove(match)
            right.append((fill, match))
    return Aligned(tuple(right), tuple(extra), tuple(free))


def agrees(coded: Fill, gold: Fill) -> bool:
    """Whether a coded fill is right by a gold one of the same slot: names that mean the same, numbers with the same
    bounds or near those of a rounded one, anything else when equal."""
    if isinstance(coded.value, Bounds) and isinstance(gold.value, Bounds):
        return same_number(coded.value, gold.value)
    if coded.slot in NAMED and isinstance(coded.value, str) and isinstance(gold.value, str):
        return same_name(coded.value, gold.value)
    return coded.value == gold.value


def same_number(coded: Bounds | None, gold: Bounds | None) -> bool:
    """Whether a number is right: the same bounds; or, where both are ranges, bounds near those of the gold one."""
    if coded is None or gold is None:
        return False
    if coded == gold:
        return True
    ours, theirs = (coded.lower, coded.upper), (gold.lower, gold.upper)
    if ours[0] is None or ours[1] is None or theirs[0] is None or theirs[1] is None:
        return False
    if ours[0] == ours[1] or theirs[0] == theirs[1]:
        return False
    return _near(ours[0], theirs[0]) and _near(ours[1], theirs[1])


def _near(coded: int, gold: int) -> bool:
    return abs(coded - gold) <= max(1, _TOLERANCE * gold)


def shown_bounds(lower: int | None, upper: int | None) -> str:
    """Bounds as a person reads them: "5", "5–9", "≥ 5", "≤ 9"."""
    if lower == upper:
        return str(lower) if lower is not None else "?"
    if upper is None:
        return f"≥ {lower}"
    return f"≤ {upper}" if lower is None else f"{lower}–{upper}"


def shown_days(days: Days) -> str:
    """Days as a person reads them: one day, or the first and the last."""
    return f"{days.first}" if days.first == days.last else f"{days.first}/{days.last}"
