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


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole report gives to incidents that do not say it themselves: the lead's days, its places, and
    the day of publication."""

    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    published: ReportedDate | None


def choose_date(
    report: AnnotatedReport, groups: Sequence[Group], group: Group, setting: Setting, grammar: Grammar
) -> ReportedDate | None:
    """The first day told, a single day before a longer stretch; for a current incident without one the lead's
    free day, else the day of publication, marked as assumed."""
    dated = [d for d in group.dates() if d.date is not None]
    day = next((d for d in dated if d.date is not None and d.date.grain in DAYS), None)
    mention = day or next(iter(dated), None)
    if mention is None and group.period == "current":
        mention = next(iter(setting.dates), None)
    if mention is not None and mention.date is not None:
        told = _with_next_day(report, groups, mention, grammar) or mention
        if told.date is not None:
            return replace(told.date, evidence=(report.normal.span(told.start, told.end),))
    if group.period == "current" and setting.published is not None:
        return replace(setting.published, basis="assumed")
    return None


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
