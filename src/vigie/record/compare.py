"""Comparing two reported incidents, field by field: which level each reaches, and a sentence that says why.

The levels and their points are in `record.levels`. Comparing is symmetric, and knows nothing of other pairs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from vigie.coding.areas import compare_areas, distance_km
from vigie.model.coded import WeaponUse
from vigie.model.dates import ReportedDate
from vigie.model.places import Place
from vigie.model.quantities import Quantity
from vigie.model.record import Comparison, Level, ReportedIncident
from vigie.record.compare_names import compare_actors, compare_sources, compare_targets
from vigie.record.extent import FINE_PLACES, Told, gap, is_fine, is_night, told_date
from vigie.record.incident_family import FAMILY, WEAPON_CLASS, families_of, is_open
from vigie.record.levels import HARD, PRIOR, level
from vigie.record.names import likeness, meaning, spelt_nearly
from vigie.record.sources import Sources
from vigie.record.wording import days, number

_SITE_KM, _NEAR_KM, _CLOSE_KM, _FAR_KM, _BORDER_KM = 2.0, 10.0, 25.0, 60.0, 30.0
_FEW = 2  # dead or hurt up to which the same number is often chance
_MANY = 5  # dead or hurt from which the same number is rarely chance
_CLOSE_NUMBER = 2  # counts this far apart, or a quarter, are rival counts of one thing
_AFTER = 3  # days after an incident within which a report that gives no day is likely of it
_WEEK, _MONTH = 16, 70


def compare(a: ReportedIncident, b: ReportedIncident, sources: Sources) -> Comparison:
    """The comparison of two reported incidents; the same whichever comes first."""
    if b.key < a.key:
        a, b = b, a
    levels = tuple(_levels(a, b, sources))
    return Comparison(a.key, b.key, levels, score(levels))


def score(levels: Iterable[Level]) -> float:
    """How likely the levels make it that two tellings are of one incident, 0..1."""
    total = PRIOR + math.fsum(x.points for x in levels)
    return round(1 / (1 + math.exp(-total)), 6)


def _levels(a: ReportedIncident, b: ReportedIncident, sources: Sources) -> Iterable[Level]:
    date = compare_dates(a, b)
    yield date
    place = _place(a, b)
    yield place
    if {(date.field, date.name), (place.field, place.name)} & HARD:
        return  # nothing else can outweigh it
    yield _type(a, b)
    yield _weapons(a.incident.weapons, b.incident.weapons)
    yield _toll("killed", a, b)
    yield _toll("injured", a, b)
    yield compare_actors(a, b)
    yield compare_targets(a, b)
    yield _launch(a.incident.launch_place, b.incident.launch_place)
    yield compare_sources(a, b, sources)


# --- date -------------------------------------------------------------------------------------------------------------


def compare_dates(a: ReportedIncident, b: ReportedIncident) -> Level:
    """The level of two reported incidents' days."""
    (x, told_x), (y, told_y) = told_date(a), told_date(b)
    if x is None or y is None:
        return level("date", "not_told", "one gives no day", "l'un ne donne pas de jour")
    name = _date_level(x, told_x, y, told_y)
    return level(
        "date", name, f"{days(x, 'en')} and {days(y, 'en')}", f"{days(x, 'fr')} et {days(y, 'fr')}"
    )  # fmt: skip


def _date_level(x: ReportedDate, told_x: Told, y: ReportedDate, told_y: Told) -> str:
    apart = gap(x, y)
    if "assumed" in (told_x, told_y):
        if apart == 0:
            return "about_publication" if max(x.days, y.days) <= _WEEK else "within_month"
        return "assumed_apart" if apart <= 7 else "apart"
    if apart > 1:
        coarse = not (is_fine(x) and is_fine(y))
        return "two_days" if apart == 2 or (coarse and apart <= 4) else "apart"
    if is_fine(x) and is_fine(y):
        if apart == 1:
            return "next_day"
        if is_night(x) and is_night(y):
            return "same_day" if x.start == y.start else "other_night"
        return "same_day" if x.days == y.days == 1 else "overlapping"
    if apart == 1:
        return "two_days"
    longest = max(x.days, y.days)
    return "within_week" if longest <= _WEEK else "within_month" if longest <= _MONTH else "within_year"


# --- place ------------------------------------------------------------------------------------------------------------


def compare_places(x: Place | None, y: Place | None) -> Level:
    """The level of two places."""
    if x is None or y is None:
        return level("place", "not_told", "one gives no place", "l'un ne donne pas de lieu")
    name, km = _place_level(x, y)
    told = f" ({km:.0f} km)" if km is not None and km >= 1 else ""
    return level("place", name, f"{x.name} and {y.name}{told}", f"{x.name} et {y.name}{told}")


def _place(a: ReportedIncident, b: ReportedIncident) -> Level:
    """The level of two incidents' places. Where they differ and one names the other's place in what was hit ("the
    market of X", told from another town), it is that place."""
    found = compare_places(a.incident.place, b.incident.place)
    if found.points >= 0:
        return found
    for one, other in ((a, b), (b, a)):
        place = other.incident.place
        if place is not None and place.precision in FINE_PLACES:
            own = meaning(place.name).sound
            if own and any(own <= meaning(t.name).sound for t in one.incident.targets):
                return level("place", "named", f"one names {place.name}", f"l'un nomme {place.name}")
    return found


def _place_level(x: Place, y: Place) -> tuple[str, float | None]:
    km = distance_km(x, y)
    fine = x.precision in FINE_PLACES and y.precision in FINE_PLACES
    if x.country and y.country and x.country != y.country:
        close = fine and km is not None and km <= _BORDER_KM
        return ("border" if close else "other_country"), km
    if "country" in (x.precision, y.precision):
        return ("same_country" if x.country and x.country == y.country else "not_told"), km
    areas = compare_areas(x, y)
    if km is None and fine:
        spelt = likeness(x.name, y.name)  # a place the gazetteer does not know has nothing but its name
        areas = "same" if spelt in ("same", "alike") else areas
    if not fine:
        if areas == "same":
            return "same_area", km
        return ("other_area" if areas == "apart" else "within"), km
    if areas == "same" and (km is None or km <= _NEAR_KM):
        one = {"site": "same_site", "settlement": "same_settlement"}
        return (one.get(x.precision, "same_area") if x.precision == y.precision else "near"), km
    if km is None:
        if areas != "apart":
            return "close", km
        return ("spelt_nearly" if spelt_nearly(x.name, y.name) else "other_name"), km
    if "district" in (x.precision, y.precision) and areas == "within" and km > _CLOSE_KM:
        return "within", km
    if x.precision == y.precision == "site" and km > _SITE_KM and km <= _CLOSE_KM:
        return "other_site", km
    if km <= _SITE_KM:
        return ("same_site" if x.precision == y.precision == "site" else "near"), km
    if km <= _NEAR_KM:
        return "near", km
    if km <= _CLOSE_KM:
        return "close", km
    return ("far" if km <= _FAR_KM else "apart"), km


def _launch(x: Place | None, y: Place | None) -> Level:
    if x is None or y is None:
        return level("launch_place", "not_told", "one gives no launch place", "l'un ne dit pas d'où venait le tir")
    areas = compare_areas(x, y)
    name = "same" if areas == "same" else "near" if areas == "within" else "other"
    return level("launch_place", name, f"fired from {x.name} and {y.name}", f"tiré de {x.name} et de {y.name}")


# --- type and weapons -------------------------------------------------------------------------------------------------


def _type(a: ReportedIncident, b: ReportedIncident) -> Level:
    x, y = sorted((a.incident.type, b.incident.type))
    return level("type", _type_level(a, b), f"{x} and {y}", f"{x} et {y}")


def _type_level(a: ReportedIncident, b: ReportedIncident) -> str:
    x, y = a.incident, b.incident
    if x.type == y.type:
        return "same"
    if "disrupted" in (x.type, y.type) and FAMILY[x.type] == FAMILY[y.type]:
        return "stopped"
    if (is_open(x) or is_open(y)) and set(families_of(x)) & set(families_of(y)):
        return "open"
    if FAMILY[x.type] == FAMILY[y.type]:
        return "same_family"
    if {FAMILY[x.type], FAMILY[y.type]} == {"bomb", "remote"}:
        return "blast"
    return "related" if set(families_of(x)) & set(families_of(y)) else "other"


def _weapons(x: tuple[WeaponUse, ...], y: tuple[WeaponUse, ...]) -> Level:
    if not x or not y:
        return level("weapons", "not_told", "one names no weapon", "l'un ne nomme pas d'arme")
    en, fr = f"{_told_weapons(x)} and {_told_weapons(y)}", f"{_told_weapons(x)} et {_told_weapons(y)}"
    return level("weapons", _weapon_level(x, y), en, fr)


def _told_weapons(weapons: tuple[WeaponUse, ...]) -> str:
    return " + ".join(sorted(f"{w.lower} {w.kind}" if w.lower is not None else w.kind for w in weapons))


def _weapon_level(x: tuple[WeaponUse, ...], y: tuple[WeaponUse, ...]) -> str:
    kinds_x, kinds_y = {w.kind for w in x}, {w.kind for w in y}
    counts_x, counts_y = _counts(x), _counts(y)
    if kinds_x == kinds_y:
        if counts_x and counts_y and not _agree(counts_x, counts_y):
            return "other_counts"
        telling = counts_x and counts_y and max(_total(counts_x), _total(counts_y)) > 1
        return "same_counts" if telling else "same_kinds"
    both_counted = set(counts_x) == kinds_x and set(counts_y) == kinds_y
    if both_counted and _total(counts_x) == _total(counts_y) and _total(counts_x) > 1:
        return "same_total"
    if kinds_x & kinds_y:
        return "shared_kinds"
    classes = {WEAPON_CLASS[k] for k in kinds_x} & {WEAPON_CLASS[k] for k in kinds_y}
    return "same_class" if classes else "other_class"


Counts = dict[str, tuple[int, int | None]]


def _counts(weapons: tuple[WeaponUse, ...]) -> Counts:
    """Bounds on the number of each kind that is counted."""
    found: Counts = {}
    for w in weapons:
        if w.lower is not None or w.upper is not None:
            low, high = found.get(w.kind, (0, 0))
            found[w.kind] = (low + (w.lower or 0), None if w.upper is None or high is None else high + w.upper)
    return found


def _agree(x: Counts, y: Counts) -> bool:
    return all(
        max(x[k][0], y[k][0]) <= min(math.inf if top is None else top for top in (x[k][1], y[k][1]))
        for k in set(x) & set(y)
    )


def _total(counts: Counts) -> int:
    return sum(low for low, _ in counts.values())


# --- tolls ------------------------------------------------------------------------------------------------------------


def _toll(field: str, a: ReportedIncident, b: ReportedIncident) -> Level:
    x, y = _toll_of(a, field), _toll_of(b, field)
    if x is None or y is None:
        return level(field, "not_told", "one gives no number", "l'un ne donne pas de nombre")
    en, fr = f"{number(x, 'en')} and {number(y, 'en')}", f"{number(x, 'fr')} et {number(y, 'fr')}"
    return level(field, _toll_level(x, y, _later_is_higher(a, b, x, y)), en, fr)


def _toll_of(member: ReportedIncident, field: str) -> Quantity | None:
    """The toll of this incident alone: one told of several together says little of each."""
    toll: Quantity | None = getattr(member.incident, field)
    return None if any(name == field for name, _ in member.joint) else toll


def _toll_level(x: Quantity, y: Quantity, later_is_higher: bool) -> str:
    if x.upper == 0 or y.upper == 0:
        return "nobody" if x.upper == y.upper == 0 else "some_or_none" if (x.lower or y.lower) else "close"
    exact = x.lower is not None and x.lower == x.upper and (x.lower, x.upper) == (y.lower, y.upper)
    if exact:
        return "same_many" if (x.lower or 0) >= _MANY else "same_few" if (x.lower or 0) <= _FEW else "same"
    if x.overlaps(y):
        return "overlapping"
    low, high = sorted(((x.best or 0), (y.best or 0)))
    if high - low <= max(_CLOSE_NUMBER, high // 4):
        return "close"
    return "risen" if later_is_higher else "differ"


def _later_is_higher(a: ReportedIncident, b: ReportedIncident, x: Quantity, y: Quantity) -> bool:
    """The report that came out later gives the higher number: tolls rise."""
    if a.published is None or b.published is None or a.published.overlaps(b.published):
        return False
    later, earlier = (x, y) if a.published.start > b.published.start else (y, x)
    return (later.best or 0) > (earlier.best or 0)
