"""What date patterns longer than a day mean: weeks, months, seasons, years, and counts of them from now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from vigie.language.temporal import Rule
from vigie.mentions import date_rules as days
from vigie.mentions.date_rules import ONE, Anchor, Days, Found, Resolution, Resolver, day, month_days, months_on, swept
from vigie.model.dates import Grain

# Meteorological seasons (World Meteorological Organization): three whole months; the winter of a year is the one
# that begins in the December before it.
_SEASON_MONTHS = {"winter": -1, "spring": 2, "summer": 5, "autumn": 8}
# Parts of a year as the press uses them: three months at each end, the four in the middle.
_YEAR_STRETCH = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}
_VAGUE_DAYS = {"hour": 1, "day": 7, "week": 30, "month": 180, "year": 5 * 365}
_UNIT_DAYS = {"hour": 0, "day": 1, "week": 7}


def month(found: Found, anchor: Anchor) -> Resolution | None:
    """Mars 2016, fin janvier (21–31), last July, March last year; without a year the nearest past one, this month
    included."""
    number, year = found.number("month"), found.number("year")
    if number is None:
        return None
    stretch = found.values.get("stretch")
    if year is not None:
        return _resolution(_stretched(year, number, stretch), "month", True)
    if found.pattern.unit == "year":  # "March last year"
        return swept(anchor, lambda d: _stretched(d.year + found.pattern.count, number, stretch), "month")
    which = found.pattern.which
    back = 0 if anchor.high is None else (anchor.high.month - number) % 12
    if found.foretold and which == "nearest" and back > days.FORETOLD_PAST // 30:
        which = "next"
    return swept(anchor, lambda d: _month_from(d, number, which, stretch), "month")


def _month_from(published: dt.date, number: int, which: str, stretch: str | None) -> Days | None:
    year = published.year
    if which == "next":
        year += number < published.month or (number == published.month and not stretch)
    else:
        year -= number > published.month or (which == "last" and number == published.month)
    return _stretched(year, number, stretch)


def _stretched(year: int, number: int, stretch: str | None) -> Days | None:
    """Début, mi-, fin: days 1–10, 11–20 and the rest of the month."""
    if day(year, number, 1) is None:
        return None
    start, end = month_days(year, number)
    if stretch == "early":
        return start, start + ONE * 9
    if stretch == "mid":
        return start + ONE * 10, start + ONE * 19
    if stretch == "late":
        return start + ONE * 20, end
    return start, end


def _resolution(told: Days | None, grain: Grain, stated: bool) -> Resolution | None:
    return None if told is None else Resolution(told[0], told[1], grain, "stated" if stated else "relative")


def month_range(found: Found, anchor: Anchor) -> Resolution | None:
    """Entre mars et juin (2016)."""
    first, year = found.number("first"), found.number("year")
    end = month(Found(found.pattern, {k: v for k, v in found.values.items() if k in ("month", "year")}), anchor)
    if first is None or end is None:
        return None
    start_year = found.number("year1") or (end.end.year - (first > end.end.month))
    start = day(start_year, first, 1)
    if start is None or start > end.end:
        return None
    return _resolution((start, end.end), "month", year is not None)


def year(found: Found, anchor: Anchor) -> Resolution | None:
    """En 2011, fin 2016."""
    number = found.number("year")
    if number is None:
        return None
    stretch = found.values.get("stretch_year")
    if stretch is None:
        return _resolution((dt.date(number, 1, 1), dt.date(number, 12, 31)), "year", True)
    low, high = _YEAR_STRETCH[stretch]
    return _resolution((dt.date(number, low, 1), month_days(number, high)[1]), "season", True)


def year_range(found: Found, anchor: Anchor) -> Resolution | None:
    """Entre 2010 et 2012, 2014-2015."""
    first, last, short = found.number("first"), found.number("year"), found.values.get("short")
    if first is not None and short is not None:  # 2014-15
        last = first - first % 100 + int(short) if len(short) == 2 else None
    if first is None or last is None or first > last:
        return None
    return _resolution((dt.date(first, 1, 1), dt.date(last, 12, 31)), "year", True)


def decade(found: Found, anchor: Anchor) -> Resolution | None:
    """Les années 1990, the 1990s."""
    number = found.number("year")
    if number is None or day(number + 9, 1, 1) is None:
        return None
    return _resolution((dt.date(number, 1, 1), dt.date(number + 9, 12, 31)), "year", True)


def season(found: Found, anchor: Anchor) -> Resolution | None:
    """À l'été 2015, l'hiver dernier, this spring."""
    name, number = found.values["season"], found.number("year")
    if number is not None:
        return _resolution(_season_days(number, name), "season", True)
    return swept(anchor, lambda d: _season_from(d, name, found.pattern.which), "season")


def _season_days(number: int, name: str) -> Days:
    first = months_on(dt.date(number, 1, 1), _SEASON_MONTHS[name])
    return first, months_on(first, 3) - ONE


def _season_from(published: dt.date, name: str, which: str) -> Days:
    options = [_season_days(published.year + i, name) for i in (-1, 0, 1)]
    if which == "next":
        return next(o for o in options if o[0] > published)
    if which == "last":
        return next(o for o in reversed(options) if o[1] < published)
    if which == "this":
        return _season_days(published.year, name)
    return next(o for o in reversed(options) if o[0] <= published)


def unit_offset(found: Found, anchor: Anchor) -> Resolution | None:
    """Le mois dernier, next year: whole calendar weeks (Monday to Sunday), months and years.

    "Cette semaine" of what has happened is Monday to the day of the telling: the day named in the same sentence
    where it is of that week, else the day of publication.
    """
    pattern = found.pattern
    unit = pattern.unit or "week"
    grain: Grain = "week" if unit == "week" else "month" if unit == "month" else "year"
    stretch = found.values.get("stretch")
    if unit == "week" and pattern.count == 0 and not found.foretold:
        return swept(anchor, lambda d: _week_so_far(d, anchor.beside), grain)
    if unit == "month" and stretch is not None:
        return swept(anchor, lambda d: _month_stretch(d, pattern.count, stretch), grain)
    return swept(anchor, lambda d: _calendar(d, unit, pattern.count), grain)


def _week_so_far(published: dt.date, beside: Resolution | None) -> Days:
    monday = days.week_days(published)[0]
    if beside is not None and beside.start == beside.end and monday <= beside.end <= published:
        return monday, beside.end
    return monday, published


def _month_stretch(published: dt.date, count: int, stretch: str) -> Days | None:
    first = months_on(published, count)
    return _stretched(first.year, first.month, stretch)


def _calendar(published: dt.date, unit: str, count: int) -> Days | None:
    """The whole calendar unit so many units from the one that holds a day; None outside the years known."""
    if unit == "week":
        return days.week_days(published + ONE * 7 * count)
    if unit == "month":
        first = months_on(published, count)
        return month_days(first.year, first.month)
    if unit == "year":
        start, end = day(published.year + count, 1, 1), day(published.year + count, 12, 31)
        return None if start is None or end is None else (start, end)
    told = published + ONE * count
    return told, told


def weekend(found: Found, anchor: Anchor) -> Resolution | None:
    """Ce week-end: the one under way or just past; on a Thursday or Friday the coming one unless "dernier" is said."""
    which = found.pattern.which

    def rule(published: dt.date) -> Days:
        weekday = published.weekday()
        saturday = published - ONE * ((weekday - 5) % 7)
        if which == "next" or (which == "nearest" and weekday in (3, 4)):
            saturday += ONE * 7
        elif which == "last" and weekday >= 5:
            saturday -= ONE * 7
        return saturday, saturday + ONE

    return swept(anchor, rule, "week")


def _moved(told: dt.date, unit: str, count: int) -> Days | None:
    """The days `count` units from a day: that day for days, the calendar unit for longer ones."""
    try:
        if unit in _UNIT_DAYS and unit != "week":
            moved = told + ONE * _UNIT_DAYS[unit] * count
            return moved, moved
        return _calendar(told, unit, count)
    except (OverflowError, ValueError):
        return None


_GRAINS: Mapping[str, Grain] = {"hour": "hour", "day": "day", "week": "week", "month": "month", "year": "year"}


def ago(found: Found, anchor: Anchor) -> Resolution | None:
    """Il y a deux jours (from publication); deux jours plus tôt, plus tard (from the date told before; hours earlier
    or later are of that day); deux jours après l'attentat (back from the day named beside it, else from
    the last one told of in the week before publication, else from publication)."""
    unit = found.values.get("unit", "day")
    which = found.pattern.which
    told = anchor.previous
    if unit == "hour" and which in ("last", "next") and told is not None and told.start == told.end:
        return Resolution(told.start, told.end, "hour", "relative", told.candidates)
    if found.pattern.vague or "some" in found.values:
        return None if which == "next" else _look_back(anchor, unit)
    number = int(found.values.get("count") or found.values.get("num") or "1")
    if which in ("last", "next"):
        if told is not None:
            sign = 1 if which == "next" else -1
            if unit == "week":  # counted from a day that is known, it is that day
                unit, number = "day", number * 7
            moved = _moved(told.end if sign > 0 else told.start, unit, sign * number)
            return _resolution(moved, _GRAINS[unit], False)
        if which == "next":
            return None
    if which == "event" and unit == "hour":
        return None  # of the same day, which something else tells
    since = (anchor.beside or days.just_before(anchor)) if which == "event" else None
    if since is not None:
        return _resolution(_moved(since.start, unit, -number), _GRAINS[unit], False)
    if unit == "hour":
        return swept(anchor, lambda d: (d - ONE * -(-number // 24), d), "hour")
    return swept(anchor, lambda d: _moved(d, unit, -number), _GRAINS[unit])


def since_span(found: Found, anchor: Anchor) -> Resolution | None:
    """Au cours des trois derniers mois, in the past 24 hours: from then until publication."""
    unit = found.values.get("unit", found.pattern.unit or "hour")
    number = int(found.values.get("count") or found.values.get("num") or "1")

    def rule(published: dt.date) -> Days | None:
        try:
            if unit == "hour":
                return published - ONE * -(-number // 24), published
            if unit in _UNIT_DAYS:
                return published - ONE * _UNIT_DAYS[unit] * number, published
            first = months_on(published, -number * (12 if unit == "year" else 1))
        except (OverflowError, ValueError):
            return None
        last = month_days(first.year, first.month)[1]
        return min(first.replace(day=published.day) if published.day <= last.day else last, published), published

    return swept(anchor, rule, _GRAINS[unit])


def _look_back(anchor: Anchor, unit: str) -> Resolution | None:
    """A rough time before publication; the width is this project's own choice and said as assumed."""
    if anchor.low is None or anchor.high is None:
        return None
    start = anchor.low - ONE * _VAGUE_DAYS[unit]
    return Resolution(start, anchor.high, _GRAINS[unit], "assumed")


def vague(found: Found, anchor: Anchor) -> Resolution | None:
    """Ces derniers jours, récemment."""
    return _look_back(anchor, found.pattern.unit or "week")


def nothing(found: Found, anchor: Anchor) -> Resolution | None:
    """A pattern that only keeps others off."""
    return None


RESOLVERS: Mapping[Rule, Resolver] = {
    "day_month": days.day_month,
    "day_range": days.day_range,
    "feast": days.feast,
    "month": month,
    "month_range": month_range,
    "year": year,
    "year_range": year_range,
    "decade": decade,
    "season": season,
    "weekday": days.weekday,
    "weekday_range": days.weekday_range,
    "weekday_night": days.weekday_night,
    "weekday_day": days.weekday_day,
    "weekday_week": days.weekday_week,
    "night_range": days.night_range,
    "night_date": days.night_date,
    "night_alone": days.night_alone,
    "last_night": days.last_night,
    "part": days.part,
    "day_offset": days.day_offset,
    "unit_offset": unit_offset,
    "ago": ago,
    "since_span": since_span,
    "weekend": weekend,
    "previous": days.previous,
    "previous_weekday": days.previous_weekday,
    "vague": vague,
    "none": nothing,
}
