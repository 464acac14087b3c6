"""Days named in a text, resolved against the day of publication."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from vigie.language.folding import fold
from vigie.language.temporal import Temporal, load_temporal
from vigie.mentions.date_periods import RESOLVERS
from vigie.mentions.date_rules import ONE, Anchor, Found, Resolution, day, month_days
from vigie.mentions.date_scan import Named, Scan, looks_ahead, scan_dates, sentence_bounds
from vigie.mentions.values import DateMention
from vigie.model import ReportedDate

_HEAD = 200
# So near behind a word for speaking a day is that of the speaking ("said on Friday").
_SPOKEN = 4
# At most two words between "depuis" and the date it governs.
_POSSESSIVE = re.compile(r"['’]s\b")
_NEAR = re.compile(r"(?: ?[\w']{1,12}){0,2} ?")
# Rules whose days are given by a number of the calendar, so that they bound the publication from below.
_NUMBERED = frozenset({"day_month", "day_range", "night_date", "iso", "numeric", "month"})
_DAY_LONG = frozenset({"day", "part_of_day", "hour"})
_DATELINE_RULES = frozenset({"day_month", "iso", "numeric", "month"})


@dataclass(frozen=True, slots=True)
class _Told:
    """A named day with its resolution, while the text is being read."""

    named: Named
    found: Found
    resolution: Resolution | None


def find_dates(
    text: str, language: str, published: ReportedDate | None, spoken: Collection[int] = ()
) -> tuple[DateMention, ...]:
    """All days named in `text` (normalised), in text order, resolved against `published`.

    Weekdays are the nearest past ones, the publication day included. With the publication known to the month or
    year alone, numbered days the text tells of in that time bound it from below, and what stays open is kept as
    an interval with candidates. A mention whose days the anchor does not let be known has `date` None. `spoken` are
    offsets at which words for speaking end: a day named right behind one is that of the speaking, and "the same day"
    after it means the day told before that.
    Raises LanguageUnavailable for a language without dates.yaml.
    """
    temporal = load_temporal(language)
    scan = scan_dates(text, language)
    if not scan.named:
        return ()
    low, high = (None, None) if published is None else (published.start, published.end)
    founds = [Found(n.pattern, n.values, _foretold(scan, n, temporal, low)) for n in scan.named]
    if low is not None and high is not None and low != high:
        low = _bounded(scan, founds, temporal, low, high)
    plain = Anchor(low, high)
    first = [_Told(n, f, _resolve(f, plain, temporal)) for n, f in zip(scan.named, founds, strict=True)]
    told = _in_context(scan, first, plain, temporal, frozenset(spoken))
    return tuple(_mention(text, t) for t in told)


def _foretold(scan: Scan, named: Named, temporal: Temporal, low: dt.date | None) -> bool:
    """Only days without a year and "cette semaine" depend on it, so only for them the sentence is looked at."""
    rule, unit = named.pattern.rule, named.pattern.unit
    if low is None or "year" in named.values or not (rule in _NUMBERED or (rule == "unit_offset" and unit == "week")):
        return False
    return looks_ahead(scan, named, temporal)


def _bounded(scan: Scan, founds: Sequence[Found], temporal: Temporal, low: dt.date, high: dt.date) -> dt.date:
    """The earliest day the publication can have been on: a report that tells of a day as past is not older."""
    bound = low
    for named, found in zip(scan.named, founds, strict=True):
        if named.pattern.rule not in _NUMBERED or found.foretold or named.pattern.which == "next":
            continue
        resolution = _resolve(found, Anchor(low, high), temporal)
        if resolution is not None and low <= resolution.start <= high and resolution.end <= high:
            if looks_ahead(scan, named, temporal):
                continue
            bound = max(bound, resolution.end if resolution.grain in _DAY_LONG else resolution.start)
    return bound


def _in_context(
    scan: Scan, first: Sequence[_Told], plain: Anchor, temporal: Temporal, spoken: frozenset[int]
) -> list[_Told]:
    """Second reading: what counts from the date told before, or from another day of its own sentence."""
    out: list[_Told] = []
    previous: Resolution | None = None
    acted: Resolution | None = None  # the last one that is not the day of somebody's speaking
    for i, told in enumerate(first):
        rule = told.named.pattern.rule
        which = told.named.pattern.which
        if rule in ("previous", "previous_weekday") or (rule == "ago" and which in ("last", "next")):
            onward = told.named.pattern.days >= 0 if rule == "previous" else told.found.values.get("unit") == "hour"
            anchor = Anchor(plain.low, plain.high, acted if onward and acted is not None else previous)
            told = _Told(told.named, told.found, _resolve(told.found, anchor, temporal))
        elif (
            rule in ("part", "night_alone")
            or (rule == "unit_offset" and told.named.pattern.unit == "week")
            or (rule == "ago" and which == "event")
        ):
            before = acted if rule == "part" else previous
            anchor = Anchor(plain.low, plain.high, before, _beside(scan, first, i, rule))
            told = _Told(told.named, told.found, _resolve(told.found, anchor, temporal))
        aside = rule == "ago" and which == "event"  # "two days after the raid": nothing goes on from the raid's day
        day_long = told.resolution is not None and told.resolution.grain in _DAY_LONG
        if day_long and not told.named.pattern.vague and not aside:
            previous = told.resolution
            if not spoken & set(range(told.named.start - _SPOKEN, told.named.start + 1)):
                acted = previous
        out.append(told)
    return out


def _beside(scan: Scan, first: Sequence[_Told], i: int, rule: str) -> Resolution | None:
    """The day named in the same sentence: for a night the first one after it (the day of the telling), else the
    last before it; for a part of the day the nearest."""
    named = first[i].named
    start, end = sentence_bounds(scan.tokens, named.first, named.last)
    after = _first_day(first[i + 1 :], lambda n: n.last <= end)
    before = _first_day(first[:i][::-1], lambda n: n.first >= start)
    if after is None or before is None:
        chosen = after or before
    elif rule == "night_alone":
        chosen = after
    else:
        nearer = after.named.first - named.last < named.first - before.named.last
        chosen = after if nearer else before
    return None if chosen is None else chosen.resolution


def _first_day(told: Sequence[_Told], inside: Callable[[Named], bool]) -> _Told | None:
    """The first of `told` that is one day, as long as what is passed over is inside the sentence."""
    for t in told:
        if not inside(t.named):
            return None
        if t.resolution is None or t.named.pattern.rule in ("part", "night_alone", "previous"):
            continue
        one_day = t.resolution.start == t.resolution.end and t.resolution.grain in _DAY_LONG
        if one_day or t.resolution.candidates:
            return t
    return None


def _resolve(found: Found, anchor: Anchor, temporal: Temporal) -> Resolution | None:
    rule = found.pattern.rule
    if rule in ("iso", "numeric", "slash", "fixed"):
        return _written(found, anchor, temporal)
    return RESOLVERS[rule](found, anchor)


def _written(found: Found, anchor: Anchor, temporal: Temporal) -> Resolution | None:
    """Dates all in figures, and days known by their name (9/11)."""
    rule = found.pattern.rule
    if rule == "fixed":
        told = dt.date.fromisoformat(found.pattern.date or "")
        return Resolution(told, told, "day", "stated")
    if rule == "iso":
        if "iso_month" in found.values:
            iso_year, iso_month = (int(p) for p in found.values["iso_month"].split("-"))
            return Resolution(*month_days(iso_year, iso_month), "month", "stated")
        year, month, number = (int(p) for p in found.values["iso"].split("-"))
        iso = day(year, month, number)
        return None if iso is None else Resolution(iso, iso, "day", "stated")
    a, b, c = (int(p) for p in re.split(r"[/.]", found.values["numeric"]))
    readings = [day(c, b, a) if order == "dmy" else day(c, a, b) for order in temporal.file.numeric_order]
    days = [d for d in readings if d is not None]
    if anchor.high is not None and len(days) > 1:
        days = [d for d in days if d <= anchor.high + ONE] or days
    if not days:
        other = day(c, a, b) if "mdy" not in temporal.file.numeric_order else None
        days = [other] if other is not None else []
    if not days:
        return None
    distinct = tuple(sorted(set(days)))
    return Resolution(distinct[0], distinct[-1], "day", "stated", distinct if len(distinct) > 1 else ())


def _mention(text: str, told: _Told) -> DateMention:
    named, resolution = told.named, told.resolution
    pattern = named.pattern
    night = pattern.night or told.found.values.get("part") == "night"
    vague = pattern.vague or "some" in told.found.values
    if vague and resolution is not None and resolution.basis == "relative":
        vague = False  # "a few hours later" is of the day told before
    if resolution is None:
        return DateMention(named.start, named.end, None, night, vague)
    reported = ReportedDate(
        resolution.start,
        resolution.end,
        resolution.grain,
        resolution.basis,
        text[named.start : named.end],
        resolution.candidates,
    )
    return DateMention(named.start, named.end, reported, night, vague)


def is_since(text: str, language: str, mention: DateMention) -> bool:
    """True when the words say that something goes on since the mention's days ("depuis 2014", "since March").
    A day in the possessive ("the toll from Tuesday's attack") belongs to a noun and opens no span."""
    if _POSSESSIVE.match(text, mention.end):
        return False
    temporal = load_temporal(language)
    if text[mention.start : mention.end].lower() in temporal.file.attributive:
        return False
    window = fold(text[max(0, mention.start - 24) : mention.start])
    words = text[max(0, mention.start - 24) : mention.start].lower()
    # Folded, "dès" reads like the article "des": the accent decides.
    matches = [m for m in temporal.since.finditer(window) if m[0] != "des" or words[m.start() : m.end()] == "dès"]
    return bool(matches) and _NEAR.fullmatch(window, matches[-1].end()) is not None


def dateline_date(text: str, language: str) -> DateMention | None:
    """The date that stands at the very head of a report, before its first sentence is told: within the first 200
    characters, on a line of its own, at the beginning of a line, or after the words that open a dateline.

    Only days and months with a year are taken: the head is what the rest is counted from.
    """
    head = text[: _HEAD + 80]
    scan = scan_dates(head, language)
    temporal = load_temporal(language)
    for named in scan.named:
        if named.start > _HEAD or named.pattern.rule not in _DATELINE_RULES:
            continue
        if not _heads_line(head, named, temporal):
            continue
        found = Found(named.pattern, named.values)
        resolution = _resolve(found, Anchor(), temporal)
        if resolution is not None and resolution.basis == "stated":
            return _mention(text, _Told(named, found, resolution))
    return None


_OPENING = re.compile(r"[\W_]*(?:[^\W\d_]{1,12}[ ,:()/–—-]{1,4}){0,4}", re.UNICODE)
# A comma and a small letter after it ("In February 2017, the …") would be a sentence going on.
_CLOSING = re.compile(r"[ ]*(?:[.;:–—)(|-]|,(?! ?[^\W\dA-ZÀ-Þ])|\n|$)")


def _heads_line(head: str, named: Named, temporal: Temporal) -> bool:
    """True when few words and no sentence stand before the date in its line, and a mark or line end follows it."""
    line = head.rfind("\n", 0, named.start) + 1
    before = head[line : named.start]
    words = fold(before).split()
    if words and words[-1] in temporal.not_dateline_after:
        return False
    return _OPENING.fullmatch(before) is not None and _CLOSING.match(head, named.end) is not None
