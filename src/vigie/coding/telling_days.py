"""Which of the days named in a sentence are those of the acts it tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vigie.coding.acts import Act
from vigie.coding.annotated import AnnotatedReport
from vigie.language.grammar import Grammar
from vigie.mentions.dates import is_since
from vigie.mentions.values import DateMention
from vigie.text.segments import Sentence

_WORDS = re.compile(r"\w+")
_LASTING_DAYS = 4
_OPENING = 24
# As far behind a day stands the act that it names ("the 3 May 2011 attacks").
_TO_ITS_ACT = 3
# So far before a day stands a pronoun for the acts of that day ("those of", "celles du").
_OTHERS = 16


def from_then(
    report: AnnotatedReport, sentence: Sentence, mention: DateMention, acts: Sequence[Act], grammar: Grammar
) -> bool:
    """In the words for the time from which something has been so, behind the acts told: "the first attack since the
    town fell in May", « le premier attentat depuis que la ville est tombée en mai »."""
    folded = report.normal.folded
    opened = [m for m in _WORDS.finditer(folded, sentence.start, mention.start) if m[0] in grammar.lasts_from]
    if not opened or not acts or re.search(r"[,;:.()]", folded[opened[-1].end() : mention.start]):
        return False
    words = _WORDS.findall(folded[opened[-1].end() : mention.start])
    return len(words) > 1 and all(a.end <= opened[-1].start() for a in acts)


def of_others(report: AnnotatedReport, mention: DateMention, grammar: Grammar) -> bool:
    """Behind a pronoun for other acts of the kind ("the deadliest after those of 13 November")."""
    before = _WORDS.findall(report.normal.folded[max(0, mention.start - _OTHERS) : mention.start])
    return any(w in grammar.those for w in before[-3:])


def to_come(report: AnnotatedReport, mention: DateMention) -> bool:
    """After the day of publication (a day's grace for clocks): nothing told as done happened then."""
    published, date = report.report.published, mention.date
    return date is not None and published is not None and (date.start - published.end).days > 1


def lasting(report: AnnotatedReport, mention: DateMention, acts: Sequence[Act], grammar: Grammar) -> DateMention | None:
    """A date as the day of an act. "since" a day of the last week lasts to publication; since longer ago it dates no
    single act, but for the one told with it ("the first attack since March, when gunmen shot a guard")."""
    if not is_since(report.text, report.pack.language, mention):
        return mention
    if any(0 <= a.start - mention.end <= _TO_ITS_ACT and a.strength != "definite" for a in acts):
        return mention  # "the worst since the May 3, 2011, attacks that killed 30"
    behind = report.normal.folded[mention.end : mention.end + _OPENING].lstrip(" ,")
    opened = any(behind.startswith(w) and not behind[len(w) : len(w) + 1].isalpha() for w in grammar.opens_clause)
    if opened and any(a.start > mention.end and _single(a) for a in acts):
        return mention
    published, date = report.report.published, mention.date
    if date is None or published is None or date.grain in {"month", "season", "year"}:
        return None
    if not 0 <= (published.end - date.start).days <= _LASTING_DAYS:
        return None
    return replace(mention, date=replace(date, end=max(date.end, published.end)))


def _single(act: Act) -> bool:
    """Told for itself, and no fighting in general."""
    return act.strength != "definite" and not act.general
