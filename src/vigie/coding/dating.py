"""When an incident was: which of the days told with it is its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.joining import Group
from vigie.language.grammar import Grammar
from vigie.mentions.values import DAYS, DateMention, PlaceMention
from vigie.model import ReportedDate

# Stretches so long that no news of the day is dated by them.
_LONG = frozenset({"season", "year"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole report gives to incidents that do not say it themselves: the lead's days, its places, and
    the day of publication. apart: fine places of the sentences that tell of no act, each with its sentence."""

    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    published: ReportedDate | None
    apart: tuple[tuple[int, PlaceMention], ...] = ()


def choose_date(
    report: AnnotatedReport, groups: Sequence[Group], group: Group, setting: Setting, grammar: Grammar
) -> ReportedDate | None:
    """The first day told, a single day before a longer stretch; for a current incident without one the lead's
    free day, else the day of publication, marked as assumed."""
    dated = [d for d in group.dates() if d.date is not None and not _lasts(report, d, grammar)]
    if group.period == "current" and setting.published is not None:
        # No news of the day is dated by "recently" or "this year".
        dated = [d for d in dated if d.date is not None and d.date.basis != "assumed" and d.date.grain not in _LONG]
    day = next((d for d in dated if d.date is not None and d.date.grain in DAYS), None)
    mention = day or next(iter(dated), None)
    if mention is None and group.period == "current":
        mention = next((d for d in setting.dates if d.date is not None and d.date.basis != "assumed"), None)
    if mention is not None and mention.date is not None:
        told = _with_next_day(report, groups, mention, grammar) or mention
        if told.date is not None:
            date = _by_publication(told.date, setting.published)
            return replace(date, evidence=(report.normal.span(told.start, told.end),))
    if group.period == "current" and setting.published is not None:
        return replace(setting.published, basis="assumed")
    return None


def _lasts(report: AnnotatedReport, mention: DateMention, grammar: Grammar) -> bool:
    """Words for all the time since a month or a year began (« depuis le début de l'année »): no act's day."""
    first = report.normal.folded[mention.start : mention.end].split(" ")[0]
    return mention.date is not None and mention.date.grain not in DAYS and first in grammar.lasts_from


def _by_publication(date: ReportedDate, published: ReportedDate | None) -> ReportedDate:
    """A stretch of time that runs on behind the day of publication ends with it: "earlier this month"."""
    if published is None or published.start != published.end or not date.start <= published.end < date.end:
        return date
    return replace(date, end=published.end)


def _with_next_day(
    report: AnnotatedReport, groups: Sequence[Group], first: DateMention, grammar: Grammar
) -> DateMention | None:
    """Two days on end that are named together and of which neither is told of apart ("tués vendredi et samedi"). Where
    the lead names them and the report tells of several acts, each may be of one of the days."""
    own = any(not t.lead and first in t.dates for g in groups for t in g.tellings)
    if not own and sum(g.period == "current" for g in groups) > 1:
        return None
    second = next((d for d in report.dates if d.start > first.start), None)
    if second is None or report.normal.folded[first.end : second.start].strip() not in grammar.together:
        return None
    a, b = first.date, second.date
    if a is None or b is None or first.night or second.night or not {a.grain, b.grain} <= DAYS:
        return None
    if a.start != a.end or b.start != b.end or b.start - a.end != dt.timedelta(days=1) or a.candidates or b.candidates:
        return None
    apart = [d.date for g in groups for d in g.dates() if d not in (first, second) and d.date is not None]
    if any(d.start == d.end and a.start <= d.start <= b.end for d in apart):
        return None
    text = report.text[first.start : second.end]
    return replace(first, end=second.end, date=replace(a, end=b.end, grain="day", text=text))
