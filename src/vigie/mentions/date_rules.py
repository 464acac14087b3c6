"""What a date pattern means: from what was captured and the day of publication to days.

Every rule is a function of what was found (`Found`) and of where the telling stands (`Anchor`). Rules that count
from the day of publication are written for one such day; `swept` runs them over every day the publication may
have been and keeps what the words leave open.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from vigie.language.temporal import DatePattern
from vigie.model.dates import DateBasis, Grain

ONE = dt.timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1500, 2200
MOST_CANDIDATES = 10
# Days a publication clock may be behind the place told of.
CLOCK_SLACK = 1
# How many days back a day told without a year can be, in general and in a sentence that looks ahead.
NO_YEAR_PAST = 300
FORETOLD_PAST = 120

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Days a mention stands for, inclusive; `candidates` are the days left open."""

    start: dt.date
    end: dt.date
    grain: Grain
    basis: DateBasis
    candidates: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One pattern found: the pattern and its captures as values; `foretold` when the sentence looks ahead."""

    pattern: DatePattern
    values: Mapping[str, str]
    foretold: bool = False

    def number(self, name: str) -> int | None:
        """A captured value as a number, None where it was not captured."""
        value = self.values.get(name)
        return None if value is None else int(value)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the telling stands: the days the publication may have been on (None: not known), the day-long date
    named before this one in the text, and the one named nearest in its own sentence."""

    low: dt.date | None = None
    high: dt.date | None = None
    previous: Resolution | None = None
    beside: Resolution | None = None


Resolver = Callable[[Found, Anchor], Resolution | None]


# Days before publication on which a report may go on telling of the day it named last.
_GOES_ON = 7


def day(year: int, month: int, number: int) -> dt.date | None:
    """A calendar day, None where there is no such day or the year is outside 1500–2200."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def month_days(year: int, month: int) -> Days:
    """First and last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def months_on(start: dt.date, months: int) -> dt.date:
    """The first of the month so many months on."""
    total = start.year * 12 + start.month - 1 + months
    return dt.date(total // 12, total % 12 + 1, 1)


def week_days(inside: dt.date) -> Days:
    """Monday to Sunday of the week that holds a day."""
    monday = inside - ONE * inside.weekday()
    return monday, monday + ONE * 6


def weekday_before(published: dt.date, weekday: int) -> dt.date:
    """The nearest such weekday up to and including a day."""
    return published - ONE * ((published.weekday() - weekday) % 7)


def swept(anchor: Anchor, rule: Callable[[dt.date], Days | None], grain: Grain) -> Resolution | None:
    """Run a rule over every day the publication may have been.

    One possible day gives that rule's days. Several give the interval holding all of them, and the single days
    as candidates as long as they are few and leave gaps.
    """
    if anchor.low is None or anchor.high is None:
        return None
    found: list[Days] = []
    published = anchor.low
    while published <= anchor.high:
        days = rule(published)
        if days is not None and (not found or found[-1] != days):
            found.append(days)
        published += ONE
    return _covering(found, grain)


def _covering(found: Iterable[Days], grain: Grain) -> Resolution | None:
    distinct = sorted(set(found))
    if not distinct:
        return None
    start, end = distinct[0][0], max(d[1] for d in distinct)
    singles = tuple(sorted({d for a, b in distinct for d in (a, b)}))
    gaps = (end - start).days + 1 > len(singles)
    short = all((b - a).days <= 1 for a, b in distinct)
    candidates = singles if len(distinct) > 1 and short and gaps and len(singles) <= MOST_CANDIDATES else ()
    return Resolution(start, end, grain, "relative", candidates)


def _day_grain(found: Found) -> Grain:
    return "part_of_day" if found.values.get("part", "day") != "day" or "part2" in found.values else "day"


def _stated(start: dt.date | None, end: dt.date | None, grain: Grain, stated: bool) -> Resolution | None:
    if start is None or end is None or start > end:
        return None
    return Resolution(start, end, grain, "stated" if stated else "relative")


def year_for(found: Found, anchor: Anchor, month: int, number: int) -> int | None:
    """The year of a day told without one: that of the nearest such day up to the publication.

    The coming one is meant where "prochain" or "next" says so, and where the past one is so far back that it would
    have been told with its year: more than `NO_YEAR_PAST` days, fewer in a sentence that looks ahead. (In 719
    days without a year of the Wikinews texts of 2016 to 2020, 40 of the 43 that far back were to come.) None
    without publication date or where no year has that day.
    """
    low, high = anchor.low, anchor.high
    if low is None or high is None:
        return None
    which = found.pattern.which
    past = _first_year(range(high.year + 1, high.year - 9, -1), month, number, lambda d: d <= high + ONE * CLOCK_SLACK)
    ahead = _first_year(range(low.year, low.year + 9), month, number, lambda d: d > high)
    if which == "next":
        return ahead.year if ahead is not None else None
    if which == "last" or past is None or ahead is None:
        return past.year if past is not None else None
    limit = FORETOLD_PAST if found.foretold else NO_YEAR_PAST
    return ahead.year if (high - past).days > limit and (ahead - high).days <= 366 - limit else past.year


def _first_year(years: range, month: int, number: int, fits: Callable[[dt.date], bool]) -> dt.date | None:
    days = (day(year, month, number) for year in years)
    return next((d for d in days if d is not None and fits(d)), None)


def day_month(found: Found, anchor: Anchor) -> Resolution | None:
    """12 juin (2016). The number wins over a weekday that disagrees (coding guidelines, "Fine rules")."""
    month, number, year = found.number("month"), found.number("day"), found.number("year")
    if month is None or number is None:
        return None
    stated = year is not None
    if year is None and found.pattern.unit == "year":  # "5 September of last year"
        return swept(anchor, lambda d: _that_day(d.year + found.pattern.count, month, number), _day_grain(found))
    if year is None:
        year = year_for(found, anchor, month, number)
    told = None if year is None else day(year, month, number)
    return _stated(told, told, _day_grain(found), stated)


def _that_day(year: int, month: int, number: int) -> Days | None:
    told = day(year, month, number)
    return None if told is None else (told, told)


def feast(found: Found, anchor: Anchor) -> Resolution | None:
    """Noël, New Year's Eve (2016), and those that move: "easter" and so many days from it, or a month, a weekday
    (Monday is 0) and which of them in the month ("11-3-4", the fourth Thursday; "--1", the last)."""
    if (found.pattern.date or "").startswith("easter") or (found.pattern.date or "").count("-") > 1:
        return _movable(found, anchor)
    month, number = (int(part) for part in (found.pattern.date or "12-25").split("-"))
    year = found.number("year") or year_for(found, anchor, month, number)
    told = None if year is None else day(year, month, number)
    return _stated(told, told, _day_grain(found), found.number("year") is not None)


def _movable(found: Found, anchor: Anchor) -> Resolution | None:
    said = found.number("year")
    if said is not None:
        told = _feast_of(found.pattern.date or "", said)
        return _stated(told, told, _day_grain(found), True)
    return swept(anchor, lambda published: _feast_before(found.pattern.date or "", published), _day_grain(found))


def _feast_before(name: str, published: dt.date) -> Days | None:
    """The last such day up to the day of publication."""
    told = [d for y in (published.year, published.year - 1) if (d := _feast_of(name, y)) is not None]
    last = next((d for d in told if d <= published + ONE * CLOCK_SLACK), None)
    return None if last is None else (last, last)


def _feast_of(name: str, year: int) -> dt.date | None:
    """The day of a feast that moves, in one year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if name.startswith("easter"):
        return _easter(year) + ONE * int(name.removeprefix("easter") or 0)
    month, weekday, which = (int(part) for part in name.split("-", 2))
    first, last = month_days(year, month)
    if which < 0:
        return last - ONE * ((last.weekday() - weekday) % 7)
    return first + ONE * ((weekday - first.weekday()) % 7 + 7 * (which - 1))


def _easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the "anonymous" algorithm, Meeus, Astronomical Algorithms, ch. 8)."""
    golden, century, rest = year % 19, year // 100, year % 100
    lifted = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - lifted + 15) % 30
    shift = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * shift) // 451
    month, number = divmod(epact + shift - 7 * late + 114, 31)
    return dt.date(year, month, number + 1)


def _range_days(found: Found, anchor: Anchor) -> tuple[Days, bool] | None:
    month, last, year = found.number("month"), found.number("last"), found.number("year")
    if month is None or last is None:
        return None
    first = found.number("day")
    stated = year is not None
    if year is None:
        year = year_for(found, anchor, month, last)
    end = None if year is None else day(year, month, last)
    if end is None or year is None:
        return None
    if first is None:
        return (end - ONE, end), stated
    first_month = found.number("month1") or month
    start = day(found.number("year1") or year, first_month, first)
    if (start is None or start > end) and found.number("year1") is None:
        if found.number("month1") is None:  # "la nuit du 31 au 1er juin"
            before = months_on(end, -1)
            start = day(before.year, before.month, first)
        else:
            start = day(year - 1, first_month, first)
    return None if start is None or start > end else ((start, end), stated)


def day_range(found: Found, anchor: Anchor) -> Resolution | None:
    """du 3 au 5 juin."""
    days = _range_days(found, anchor)
    return None if days is None else _stated(days[0][0], days[0][1], "day", days[1])


def night_range(found: Found, anchor: Anchor) -> Resolution | None:
    """Dans la nuit de samedi à dimanche; du 3 au 4 juin: both days."""
    if found.number("month") is not None:
        days = _range_days(found, anchor)
        return None if days is None else _stated(days[0][0], days[0][1], "part_of_day", days[1])
    second = found.number("second")
    weekday = found.number("weekday")
    last = found.number("last")
    if last is not None:
        found_end = swept(anchor, lambda d: _numbered(d, last, second), "part_of_day")
        return None if found_end is None else _widened(found_end, -1, 0, "part_of_day")
    if second is None:
        second = None if weekday is None else (weekday + 1) % 7
    if second is None:
        return None
    return _of_weekday(anchor, second, lambda d: (d - ONE, d), "part_of_day")


def night_date(found: Found, anchor: Anchor) -> Resolution | None:
    """Dans la nuit du 17 mars: that day and the next; the day before and that day where the night that follows
    was still to come at publication."""
    told = day_month(found, anchor)
    if told is None:
        return None
    if anchor.high is not None and told.start >= anchor.high:
        return Resolution(told.start - ONE, told.end, "part_of_day", told.basis)
    return Resolution(told.start, told.end + ONE, "part_of_day", told.basis)


def _of_weekday(anchor: Anchor, weekday: int, days: Callable[[dt.date], Days], grain: Grain) -> Resolution | None:
    """Press weekdays are the nearest past one, the publication day included. With the publication known to the
    month alone, each such weekday the month still leaves open is a candidate."""
    if anchor.low is None or anchor.high is None:
        return None
    first = weekday_before(anchor.low + ONE * 6, weekday)
    told = []
    while first <= anchor.high:
        told.append(days(first))
        first += ONE * 7
    if not told or anchor.low == anchor.high:
        told = [days(weekday_before(anchor.high, weekday))]
    return _covering(told, grain)


def weekday(found: Found, anchor: Anchor) -> Resolution | None:
    """Jeudi, samedi dernier, vendredi prochain."""
    wanted = found.number("weekday")
    if wanted is None:
        return None
    grain = _day_grain(found)
    which = found.pattern.which
    if which == "next":
        return swept(anchor, lambda d: _single(weekday_before(d + ONE * 7, wanted)), grain)
    if which == "last":
        return swept(anchor, lambda d: _single(weekday_before(d - ONE, wanted)), grain)
    return _of_weekday(anchor, wanted, _single, grain)


def weekday_range(found: Found, anchor: Anchor) -> Resolution | None:
    """De lundi à mercredi; les samedi et dimanche."""
    first, last = found.number("weekday"), found.number("second")
    if first is None or last is None:
        return None
    length = (last - first) % 7
    return _of_weekday(anchor, last, lambda d: (d - ONE * length, d), "day")


def weekday_night(found: Found, anchor: Anchor) -> Resolution | None:
    """Dans la nuit de vendredi: that day and the next, or the day before and that day where it is the day of
    publication (the night that follows has not been yet)."""
    wanted = found.number("weekday")
    if wanted is None:
        return None
    one_day = anchor.high if anchor.low == anchor.high else None
    return _of_weekday(anchor, wanted, lambda d: (d - ONE, d) if d == one_day else (d, d + ONE), "part_of_day")


def weekday_week(found: Found, anchor: Anchor) -> Resolution | None:
    """Mardi de la semaine dernière."""
    wanted = found.number("weekday")
    if wanted is None:
        return None
    return swept(anchor, lambda d: _single(week_days(d + ONE * 7 * found.pattern.count)[0] + ONE * wanted), "day")


def _numbered(published: dt.date, number: int, weekday_: int | None) -> Days | None:
    """The nearest past day with that number in its month, on that weekday where one within half a year has it."""
    fallback: dt.date | None = None
    for back in range(7):
        month = months_on(published, -back)
        told = day(month.year, month.month, number)
        if told is None or told > published + ONE * CLOCK_SLACK:
            continue
        fallback = fallback or told
        if weekday_ is None or told.weekday() == weekday_:
            return told, told
    return None if fallback is None else (fallback, fallback)


def weekday_day(found: Found, anchor: Anchor) -> Resolution | None:
    """Samedi 3, without a month."""
    number = found.number("day")
    if number is None:
        return None
    return swept(anchor, lambda d: _numbered(d, number, found.number("weekday")), _day_grain(found))


def _single(told: dt.date) -> Days:
    return told, told


def _widened(told: Resolution, before: int, after: int, grain: Grain) -> Resolution:
    return Resolution(told.start + ONE * before, told.end + ONE * after, grain, "relative")


def last_night(found: Found, anchor: Anchor) -> Resolution | None:
    """Cette nuit, la nuit dernière, last night: the day before publication and that day."""
    return swept(anchor, lambda d: (d - ONE, d), "part_of_day")


def night_alone(found: Found, anchor: Anchor) -> Resolution | None:
    """Dans la nuit, overnight, told on a day: the day before and that day (coding guidelines, "Fine rules"). The
    day of the telling is the one named in the same sentence, else the day of publication."""
    told = anchor.beside
    if told is None:
        return last_night(found, anchor)
    candidates = tuple(sorted({d for c in told.candidates for d in (c - ONE, c)}))
    return Resolution(told.start - ONE, told.end, "part_of_day", "relative", candidates)


def part(found: Found, anchor: Anchor) -> Resolution | None:
    """À l'aube, dans la soirée: of the day named in the same sentence, else of the last day of the week before
    publication on which something is told to have happened, else of the day of publication (assumed)."""
    told = anchor.beside or just_before(anchor)
    if told is not None:
        return Resolution(told.start, told.end, "part_of_day", "relative", told.candidates)
    told_ = swept(anchor, _single, "part_of_day")
    return None if told_ is None else Resolution(told_.start, told_.end, "part_of_day", "assumed", told_.candidates)


def just_before(anchor: Anchor) -> Resolution | None:
    """The day told before, where it is of the week before publication: a report goes on telling of it."""
    told = anchor.previous
    if told is None or anchor.low is None or told.start != told.end:
        return None
    return told if ONE * 0 <= anchor.low - told.end <= ONE * _GOES_ON else None


def day_offset(found: Found, anchor: Anchor) -> Resolution | None:
    """Hier, aujourd'hui, ce matin, yesterday."""
    return swept(anchor, lambda d: _single(d + ONE * found.pattern.days), _day_grain(found))


def previous(found: Found, anchor: Anchor) -> Resolution | None:
    """La veille, le lendemain, le même jour: counted from the date told before, else (looking back) publication."""
    pattern = found.pattern
    offset = pattern.days
    told = anchor.previous
    grain: Grain = "part_of_day" if pattern.night or "part" in found.values else "day"
    if told is None:
        if offset > 0 or anchor.low is None:
            return None
        told = swept(anchor, _single, "day")
        if told is None:
            return None
    if pattern.night:
        return _widened(told, min(offset, 0), 1 if offset >= 0 and told.start == told.end else 0, grain)
    start = told.end if offset > 0 else told.start
    end = told.start if offset < 0 else told.end
    candidates = tuple(c + ONE * offset for c in told.candidates)
    return Resolution(start + ONE * offset, end + ONE * offset, grain, "relative", candidates)


def previous_weekday(found: Found, anchor: Anchor) -> Resolution | None:
    """Le lundi suivant: the first such weekday after (or before) the date told before."""
    wanted, told = found.number("weekday"), anchor.previous
    if wanted is None:
        return None
    if told is None:
        return weekday(found, anchor) if found.pattern.days < 0 else None
    if found.pattern.days > 0:
        hit = weekday_before(told.end + ONE * 7, wanted)
    else:
        hit = weekday_before(told.start - ONE, wanted)
    return Resolution(hit, hit, _day_grain(found), "relative")
