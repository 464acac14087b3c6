"""Leads that sum up several incidents, each of which is then told of for itself."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from vigie.coding.areas import compare_areas, situated
from vigie.coding.tellings import Telling
from vigie.mentions.values import FINE, PlaceMention

if TYPE_CHECKING:
    from vigie.coding.joining import Group


# So many later tolls are looked at for two that make up the lead's.
_MOST_TOLLS = 8


def sums_up(telling: Telling, tellings: Sequence[Telling]) -> bool:
    """A lead that only sums up what is then told of one by one: by its places, or by its toll."""
    return telling.lead and (_sums_up_places(telling, tellings) or bool(parts_of(telling, tellings)))


def parts_of(telling: Telling, tellings: Sequence[Telling]) -> tuple[Telling, ...]:
    """The acts told of later whose dead or wounded make up the toll of a lead that tells of several acts at once: those
    that add up to it, the fewest, the first told of ("two blasts killed 24" … "the first left six dead", "the second
    killed 18"); else all that are told in places of their own ("nine died in attacks" … "in X a bomb killed two")."""
    if not telling.lead:
        return ()
    acts = [a for a in telling.acts if a.strength != "definite" and (a.plural or a.general)]
    if any(a.plural and not a.general for a in acts) and (parts := _addends_of(telling, tellings)):
        return parts
    return _shares_of(telling, tellings) if acts else ()


def _addends_of(telling: Telling, tellings: Sequence[Telling]) -> tuple[Telling, ...]:
    for harm in ("killed", "injured"):
        whole = {t.quantity.lower for t in telling.tolls if t.harm == harm and (t.quantity.lower or 0) > 2}
        if not whole:
            continue
        told = [t for t in tellings if t.sentence > telling.sentence and _tells_act(t)]
        later = [(t, n) for t in told if (n := _count(t, harm))][:_MOST_TOLLS]
        for number in range(2, len(later) + 1):
            for parts in itertools.combinations(later, number):
                apart = len({t.sentence for t, _ in parts}) == number
                if apart and sum(n for _, n in parts) in whole:
                    return tuple(t for t, _ in parts)
    return ()


def _shares_of(telling: Telling, tellings: Sequence[Telling]) -> tuple[Telling, ...]:
    """Later tellings, each of a place of its own and of fewer dead or wounded than the lead counts, all together of no
    more; none but one is none."""
    for harm in ("killed", "injured"):
        whole = max((t.quantity.lower or 0 for t in telling.tolls if t.harm == harm), default=0)
        found: list[Telling] = []
        left = whole
        for other in tellings:
            n = _count(other, harm)
            if other.sentence <= telling.sentence or not 0 < n < whole or not _tells_act(other) or _before(other):
                continue
            if n <= left and all(_in_places_apart(other, one) for one in found) and situated(other.places):
                found.append(other)
                left -= n
        if len(found) > 1:
            return tuple(found)
    return ()


def _before(telling: Telling) -> bool:
    """Told as what happened before."""
    return telling.earlier or telling.past_perfect or any("background" in a.marks for a in telling.acts)


def _in_places_apart(one: Telling, other: Telling) -> bool:
    """Each in a place of its own: two towns, two quarters of one, two provinces."""
    mine, theirs = situated(one.places), situated(other.places)
    if not mine or not theirs:
        return False
    fine = mine[0].place.precision in FINE and theirs[0].place.precision in FINE
    if any(compare_areas(p.place, q.place) == "same" for p in mine[:1] for q in theirs[:1]):
        return False
    return fine or compare_areas(mine[0].place, theirs[0].place) == "apart"


def _count(telling: Telling, harm: str) -> int:
    """How many it counts, where it counts them once, or sums up those it counts apart; else 0."""
    tolls = [t for t in telling.tolls if t.harm == harm and t.quantity.lower]
    counts = {t.quantity.lower or 0 for t in [t for t in tolls if t.together] or tolls}
    return counts.pop() if len(counts) == 1 else 0


def share(lead: Telling, parts: Sequence[Telling], groups: Sequence[Group]) -> None:
    """What a lead tells but its toll is told of each of the acts whose tolls it sums up; its day and its place of
    those that give none. What it calls attacks of many kinds says nothing of the kind of each."""
    acts = lead.acts if any(a.plural and not a.general for a in lead.acts) else ()
    for group in groups:
        if any(t in parts for t in group.tellings):
            dates = () if group.dates() else lead.dates
            places = () if group.places() else lead.places
            group.tellings.insert(0, replace(lead, acts=acts, tolls=(), dates=dates, places=places))


def _sums_up_places(telling: Telling, tellings: Sequence[Telling]) -> bool:
    """A lead that names several places, of which at least two are then told of one by one ("raids on X and Y" …
    "In X they shot three farmers")."""
    places = [p for p in situated(telling.places) if p.place.precision in FINE]
    if not telling.lead or len(places) < 2:
        return False
    told: list[PlaceMention] = []
    for other in tellings:
        if other.sentence <= telling.sentence or not _tells_act(other):
            continue
        fine = [p for p in situated(other.places) if p.place.precision in FINE]
        here = [p for p in places if any(compare_areas(p.place, q.place) == "same" for q in fine)]
        if len(here) == 1:
            told.append(here[0])
    return any(compare_areas(p.place, q.place) == "apart" for p in told for q in told)


def give_day(lead: Telling, groups: Sequence[Group]) -> None:
    """The day of a lead that sums up several places is that of each, where it is told without one."""
    for group in groups:
        here = any(compare_areas(p.place, q.place) == "same" for p in lead.places for q in group.places())
        if here and not group.dates():
            group.tellings[0] = replace(group.first, dates=lead.dates)


def _tells_act(telling: Telling) -> bool:
    """Tells of a single act in words of its own."""
    return any(a.strength != "definite" and not a.general and not a.aftermath for a in telling.acts)
