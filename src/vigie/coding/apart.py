"""Signs that what is told is another act than the one being told of: its place, its day, its dead, its side, its kind.

Each compares one telling with the group of tellings it might belong to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vigie.coding.acts import Act
from vigie.coding.areas import compare_areas, distance_km, situated
from vigie.coding.tellings import Telling
from vigie.coding.types import family
from vigie.coding.weapon_mentions import MUNITIONS
from vigie.mentions.values import FINE, PlaceMention

if TYPE_CHECKING:
    from vigie.coding.joining import Group

_FROM_THE_AIR = "air_drone_strike"
# Places so far from each other are two, whatever their kind.
_FAR_KM = 15


def answers(telling: Telling) -> bool:
    """Nothing but a reprisal by one side on another, or one in which somebody is hurt: an act of its own."""
    if not all(a.reprisal for a in telling.acts):
        return False
    return any(hurt_or_told_by_whom(a, telling) and (a.targets or a.victims) for a in telling.acts)


def hurt_or_told_by_whom(act: Act, telling: Telling) -> bool:
    """Told with who did it, or by a verb with people hurt."""
    return bool(act.actors) or (act.verb and hurt([telling]))


def strikes_back(telling: Telling) -> bool:
    """An act told as the answer to another, by somebody or in a place that is named ("in retaliation the army shelled
    the hills"). In the lead it may be the motive of what the report is about."""
    if "retaliation" not in telling.marks or telling.lead or telling.definite:
        return False
    return any(
        "retaliation" in a.marks
        and (a.type or a.strength == "strong")
        and (a.actors or telling.places)
        and not a.pronoun
        for a in new_acts(telling)
    )


def new_acts(telling: Telling) -> list[Act]:
    """Single acts told in words of their own: none that points back, no toll, no fighting in general."""
    return [a for a in telling.acts if a.strength != "definite" and not a.harm and not a.general]


def opens_another(telling: Telling, focus: Group) -> bool:
    """Set apart from what is being told of by a word ("two hours later", "elsewhere", "another"), in plain words, with
    somebody or something hit, a toll or a place: an act of its own, even without a day or a place that differ."""
    if telling.title or telling.points_back or any(a.resumed or a.pronoun for a in telling.acts):
        return False
    if not any((t.strong or t.tolls) and not t.title for t in focus.tellings):
        return False
    elsewhere = "elsewhere" in telling.marks
    apart = [a for a in new_acts(telling) if (elsewhere or "another" in a.marks) and not a.definite and not a.aftermath]
    if not _tells_plainly(telling, apart):
        return False
    return bool(telling.places or telling.tolls) or any(a.victims or a.targets or a.venues for a in apart)


def _tells_plainly(telling: Telling, apart: Sequence[Act]) -> bool:
    """In a strong word; or in any word for an attack or a blast, or with who or what killed, with people hurt ("another
    attack left three dead", "gunmen killed a guard"); or with a munition that went off."""
    if any(a.strength == "strong" for a in apart) and any(a.type for a in apart):
        return True
    armed = any(w.kind in MUNITIONS and not w.implied for w in telling.weapons)
    if armed and any(a.blast for a in apart):
        return True
    return hurt([telling]) and (any(a.type or a.blast or _by_attackers(a) for a in apart) or (armed and bool(apart)))


def _by_attackers(act: Act) -> bool:
    return any(p.attacker for p in act.actors)


def hurt_then(telling: Telling, groups: Sequence[Group]) -> bool:
    """People hurt on a day that no group has, and in numbers that none has: told of before the noun for the act that
    did it ("six travellers had died on 5 October in the attack on a coach")."""
    if not telling.dates or telling.lead or not all(own_toll(telling, g) and own_day(telling, g) for g in groups):
        return False
    first = min((a.start for a in telling.acts if not a.harm), default=telling.start)
    return any((t.quantity.lower or 0) > 0 and t.start < first for t in telling.tolls)


def tells_more(telling: Telling) -> bool:
    """Opens with a noun that points to what is being told of, however strong the word, and tells more of it."""
    told = [a for a in telling.acts if not a.harm]
    if telling.title or not told or not told[0].definite or "another" in told[0].marks:
        return False
    return not any((t.quantity.lower or 0) > 0 and t.end <= told[0].start for t in telling.tolls)


def happens_elsewhere(telling: Telling, group: Group) -> bool:
    """A telling with a quarter, town or site of its own beside those of the group, and a toll of its own or a word
    for another act: two quarters of one city are two places ("a car bomb in Hurriya killed eight")."""
    if telling.definite or telling.points_back or telling.title:
        return False
    other = "elsewhere" in telling.marks or any("another" in a.marks for a in telling.acts)
    if not _sibling(telling, group):
        return other and (_far_off(telling, group) or ("elsewhere" in telling.marks and _own_place(telling, group)))
    if any(a.resumed for a in telling.acts):
        return False  # "the three attackers then went to the market"
    if not any(a.strength != "definite" for a in telling.acts):
        return False
    return own_toll(telling, group) or other


def _towns(group: Group) -> list[PlaceMention]:
    """The towns, quarters and sites where what a group tells of happened."""
    return [q for t in group.tellings for q in situated(t.places) if q.place.precision in FINE]


def _sibling(telling: Telling, group: Group) -> bool:
    """The finest place told is none of the group's and neither holds one of them nor lies in one."""
    mine = telling.place
    theirs = _towns(group)
    if mine is None or mine.place.precision not in FINE or not theirs:
        return False
    for p in situated(telling.places):
        if any(compare_areas(p.place, q.place) == "same" for q in theirs if p.place.precision in FINE):
            return False
    levels = {q.place.precision for q in theirs}
    return mine.place.precision in levels or (not mine.known and "district" in levels)


def _own_place(telling: Telling, group: Group) -> bool:
    """It tells a town, a quarter or a site that is none of the group's, and some act in words of its own."""
    mine = [p for p in situated(telling.places) if p.place.precision in FINE]
    theirs = _towns(group)
    told = any(a.strength != "definite" for a in telling.acts)
    return told and bool(mine) and not any(compare_areas(p.place, q.place) == "same" for p in mine for q in theirs)


def _far_off(telling: Telling, group: Group) -> bool:
    """The place told is known to lie well away from all of the group's, though one of them be a whole district."""
    mine = telling.place
    theirs = _towns(group)
    if mine is None or mine.place.precision not in FINE or not theirs:
        return False
    away = [distance_km(mine.place, q.place) for q in theirs]
    return all(km is not None and km > _FAR_KM for km in away)


def own_toll(telling: Telling, group: Group) -> bool:
    """It counts people hurt, and the group nobody or others."""
    mine = {(t.harm, t.quantity.lower) for t in telling.tolls if (t.quantity.lower or 0) > 0}
    theirs = {(t.harm, t.quantity.lower) for u in group.tellings for t in u.tolls if (t.quantity.lower or 0) > 0}
    return bool(mine) and not mine & theirs


def counts_others_throughout(telling: Telling, group: Group) -> bool:
    """It tells of an act in plain words and counts dead and hurt, as the group does in one sentence, and neither number
    is the same: two acts of one day and one town ("at a hall in the east a bomber killed nine and wounded 30" … "at a
    mosque a boy blew himself up; 12 were killed and 26 wounded")."""
    if telling.title or telling.lead or telling.definite or telling.points_back:
        return False
    mine = _dead_and_hurt(telling)
    if mine is None or not any(a.strength == "strong" or _by_attackers(a) for a in new_acts(telling)):
        return False
    theirs = [n for t in group.tellings if not t.title and (n := _dead_and_hurt(t)) is not None]
    return bool(theirs) and all(mine[0] != n[0] and mine[1] != n[1] for n in theirs)


def _dead_and_hurt(telling: Telling) -> tuple[int, int] | None:
    """How many killed and how many injured, where it counts both."""
    dead, injured = (
        next((t.quantity.lower for t in telling.tolls if t.harm == harm and t.quantity.lower), None)
        for harm in ("killed", "injured")
    )
    return (dead, injured) if dead and injured else None


def own_day(telling: Telling, group: Group) -> bool:
    """The telling gives a day, and not just the one the group has."""
    core = group.core_date()
    if not telling.dates or core is None or core.date is None or telling.dates[0].date is None:
        return bool(telling.dates)
    date = telling.dates[0].date
    return (date.start, date.end) != (core.date.start, core.date.end)


def another_kind(telling: Telling, group: Group, mine: str | None, theirs: str | None) -> bool:
    """A kidnapping is not a bombing: both told in strong words, the second with a toll or an opening of its own."""
    if mine is None or theirs is None or not telling.strong or family(mine) == family(theirs):
        return False
    if "direct" in (family(mine), family(theirs)):
        return False
    opens = any("another" in a.marks for a in telling.acts) or bool(telling.tolls)
    return opens and any(t.strong for t in group.tellings)


def of_its_own_kind(telling: Telling, group: Group, mine: str | None, theirs: str | None) -> bool:
    """Both told in strong words for acts of different families: a rocket in the morning, an assault in the night."""
    if mine is None or theirs is None or family(mine) == family(theirs) or not telling.dates:
        return False
    sure = [a for a in new_acts(telling) if a.strength == "strong" and not a.aftermath and a.type == mine]
    return bool(sure) and any(t.strong and not t.title for t in group.tellings) and not telling.title


def strikes_from_the_air(telling: Telling, group: Group) -> bool:
    """Aircraft of one side strike after fighters of the other did: an act of its own, that answers theirs."""
    strikes = [a for a in new_acts(telling) if a.type == _FROM_THE_AIR and (a.verb or a.strength == "strong")]
    if telling.title or not strikes or any(_by_fighters(a) for a in strikes):
        return False
    told = [a for t in group.tellings for a in t.acts if not t.title]
    weapons = {w.kind for t in group.tellings for w in t.weapons}
    if any(a.type == _FROM_THE_AIR for a in told) or weapons & {"drone", "aerial_bomb"}:
        return False
    return any(a.strength == "strong" and a.type and _by_fighters(a) for a in told)


def _by_fighters(act: Act) -> bool:
    return any(p.attacker or p.kind in {"armed_group", "attacker"} for p in act.actors)


def hurt(tellings: Sequence[Telling]) -> bool:
    return any((c.quantity.lower or 0) > 0 for t in tellings for c in t.tolls)
