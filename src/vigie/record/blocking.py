"""Which reported incidents are worth comparing: they share a key of day, place and family of type.

A day key is given for the day and the day after, so that tellings one day apart share one. A place gives the corners
of its half-degree cell, so that places in neighbouring cells share one: whatever the side of a line two names of a
place fall on. What is told only to the month or year, or only by country, would be alike to too much: such a key asks
for something more that both tell, a named site, a toll, a name.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator

from vigie.mentions.place_keys import name_key, sound_key
from vigie.model.dates import ReportedDate
from vigie.model.places import Place
from vigie.model.record import ReportedIncident
from vigie.record.extent import is_fine, is_fine_place, told_date
from vigie.record.incident_family import families_of
from vigie.record.names import meaning

CELL = 0.5  # degrees
_WEEK_DAYS = 16  # an interval up to this long has week keys
_MONTH_DAYS = 70  # up to this long, month keys
_TOLLS = 3  # values of a toll that get keys of their own: beyond, a range tells too little
_MANY = 5  # dead from which a toll tells an incident among those of a year
_ACTORS = 2
_NAMES = 4
_SPELT = 5  # of "n:" and a name's sound: of places that the gazetteer does not know, the first letters are enough
_RATIO = 1.6  # tolls that many times apart may still be of one incident


def keys(member: ReportedIncident) -> tuple[str, ...]:
    """The blocking keys of a reported incident, sorted; two are compared where they share one. None for what gives
    neither day nor place to go by."""
    date, _ = told_date(member)
    if date is None:
        return ()
    return tuple(sorted(set(_keys(member, date))))


def _keys(member: ReportedIncident, date: ReportedDate) -> Iterator[str]:
    place = member.incident.place
    families = families_of(member.incident)
    telling = list(_telling(member))
    names = [f"{name}.{f}" for name in _names(member) for f in families]
    many = [t for t in telling if t[0] == "s" or (t[0] == "k" and int(t[1:]) >= _MANY)]
    if is_fine(date):
        days = [date.start.toordinal() + n for n in range(date.days + 1)]
        for day in days:
            if place is not None and is_fine_place(place):
                yield from (f"d{day}.{corner}.{f}" for corner in _corners(place) for f in families)
            yield from (f"d{day}.{region}.{f}" for region in _regions(place) for f in families)
            if place is not None and is_fine_place(place):
                spelt = f"d{day}.{place.country or '?'}.{_named(place)[:_SPELT]}"
                yield from (f"{spelt}.{f}" for f in families)  # one report may give a spelling that no list knows
                yield from (spelt,) if place.lat is None else ()
            if place is not None and place.country:
                yield from (f"d{day}.{place.country}.{t}" for t in (*telling, *names))
            yield from (f"d{day}.{t}" for t in many)  # whatever place is told, or none
    if place is None or not is_fine_place(place):
        return
    where = _cell(place)
    more = [*telling, *(families if place.precision == "site" else ())]
    if date.days <= _WEEK_DAYS:
        yield from (f"w{week}.{where}.{m}" for week in _weeks(date) for m in {*more, *families})
    if date.days <= _MONTH_DAYS:
        yield from (f"m{month}.{where}.{m}" for month in _months(date) for m in more)
    yield from (f"y{year}.{where}.{m}" for year in range(date.start.year, date.end.year + 1) for m in many)


def _telling(member: ReportedIncident) -> Iterator[str]:
    """What tells one incident from others of its days: the number killed, and who is named as having done it."""
    killed = member.incident.killed
    if killed is not None and killed.lower is not None and killed.lower > 0:
        top = killed.lower + _TOLLS - 1 if killed.upper is None else min(killed.upper, killed.lower + _TOLLS - 1)
        yield from (f"k{n}" for n in range(killed.lower, top + 1))
        if killed.lower >= _MANY:
            size = round(math.log(killed.lower, _RATIO))
            yield from (f"s{size + n}" for n in (0, 1))
    named = sorted({body for a in member.incident.actors for body in meaning(a.name).named})
    yield from (f"a{body}" for body in named[:_ACTORS])


def _weeks(date: ReportedDate) -> Iterable[int]:
    """Numbers of the seven-day stretches that the interval touches."""
    return range(date.start.toordinal() // 7, date.end.toordinal() // 7 + 1)


def _months(date: ReportedDate) -> Iterator[str]:
    month = dt.date(date.start.year, date.start.month, 1)
    while month <= date.end:
        yield f"{month.year}-{month.month:02}"
        month = dt.date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _corners(place: Place) -> Iterator[str]:
    """The four corners of the cell a place lies in; of a place without coordinates, its name."""
    if place.lat is None or place.lon is None:
        yield _named(place)
        return
    row, column = math.floor(place.lat / CELL), math.floor(place.lon / CELL)
    around = round(360 / CELL)  # the cell east of the last one is the first
    for r in (row, row + 1):
        for c in (column, column + 1):
            yield f"{r}_{c % around}"


def _cell(place: Place) -> str:
    """One key for a place that every report gives with the same coordinates: those of the gazetteer, to a tenth of a
    degree."""
    if place.lat is None or place.lon is None:
        return _named(place)
    return f"{place.lat:.1f}_{place.lon:.1f}"


def _named(place: Place) -> str:
    key = name_key(place.name)
    return f"n:{sound_key(key) or key}"


def _names(member: ReportedIncident) -> Iterator[str]:
    """The proper words of the place and of what was hit: a report may give the next town as the place and name the
    village in "the market of X"."""
    place = member.incident.place
    names = [place.name] if place is not None and is_fine_place(place) else []
    words = {w for name in [*names, *(t.name for t in member.incident.targets)] for w in meaning(name).sound}
    yield from (f"n{word}" for word in sorted(words)[:_NAMES])


def _regions(place: Place | None) -> Iterator[str]:
    """The region a place lies in, or is."""
    if place is None:
        return
    name = place.admin1 or (place.name if place.precision == "region" else None)
    if name:
        key = name_key(name)
        yield f"{place.country or '?'}/{sound_key(key) or key}"
