"""Whether a sentence counts over a stretch of time: then its numbers are of many incidents, not of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from vigie.coding.annotated import AnnotatedReport, mentions_any, within
from vigie.language.grammar import Grammar
from vigie.language.pack import Match
from vigie.language.schema import Trigger
from vigie.mentions.dates import is_since
from vigie.mentions.values import DAYS, DateMention
from vigie.text.segments import Sentence

# As long as this a single act may go on.
_LASTING_DAYS = 4
# How far before "since 2015" the words stand by which an act is set against others.
_COMPARED = 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words for a stretch of time, by their offsets: counted from a day or an event ("since"), told by its length
    ("in ten days") or named ("last year", which a single act may as well have had its day in)."""

    start: int
    end: int
    kind: Literal["since", "length", "period"]


def stretches_of(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> list[Stretch]:
    """All stretches of time that a sentence names, in text order."""
    folded = report.normal.folded
    low, high = sentence.start, sentence.end
    since = _since(report, sentence)
    lately = [d for d in since if _lately(report, d)]
    found = [Stretch(d.start, d.end, "since") for d in since if d not in lately]
    found += [Stretch(a, b, "since") for a, b in _named(report, sentence, grammar)]
    opened = _opening(grammar.since_opens, grammar.since_events, grammar.not_since)
    events = [(m.start(), m.end()) for m in opened.finditer(folded, low, high)]
    found += [Stretch(a, b, "since") for a, b in events if not any(d.start < b + 1 and a < d.end for d in lately)]
    for q in within(report.quantities, low, high):
        if q.unit != "duration":
            continue
        before = _any_of(grammar.within, r"\W+$").search(folded, max(low, q.start - 24), q.start)
        after = _any_of(grammar.stretches).match(folded, min(high, q.end + 1), high)
        if before and after and before.end() == q.start:
            found.append(Stretch(before.start(), after.end(), "length"))
    found += [Stretch(m.start(), m.end(), "period") for m in _any_of(grammar.periods).finditer(folded, low, high)]
    long = [d for d in within(report.dates, low, high) if d.date is not None and d.date.grain in {"month", "year"}]
    found += [Stretch(d.start, d.end, "period") for d in long if not any(s.start <= d.start < s.end for s in found)]
    return sorted(found, key=lambda s: (s.start, s.end))


def is_apart(report: AnnotatedReport, sentence: Sentence, stretch: Stretch, at: int, grammar: Grammar) -> bool:
    """Whether what stands at offset `at` is told of one act although words for a stretch of time stand beside it: the
    act is set against all others ("the deadliest since 2015"), or a clause of its own opens behind the stretch."""
    return _apart(report, sentence, (stretch.start, stretch.end), at, grammar)


def _apart(report: AnnotatedReport, sentence: Sentence, stretch: tuple[int, int], at: int, grammar: Grammar) -> bool:
    folded, (start, end) = report.normal.folded, stretch
    return names_any(folded[max(sentence.start, start - _COMPARED) : start], grammar.compares) or (
        end <= at and names_any(folded[end:at], grammar.opens_clause)
    )


@cache
def _any_of(phrases: frozenset[str], end: str = "") -> re.Pattern[str]:
    """Finds one of some folded phrases as whole words; straight or curled, an apostrophe is one."""
    words = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words or '(?!)'})(?!\w){end}")


@cache
def _opening(opens: frozenset[str], events: tuple[str, ...], never: frozenset[str]) -> re.Pattern[str]:
    """Finds what opens a stretch of time, with the event behind it where the language asks for one ("depuis" may also
    tell where from), or nothing behind it at all ("Depuis, …")."""
    words = "|".join(map(re.escape, sorted(opens)))
    not_after = "|".join(map(re.escape, sorted(never))) or "(?!)"
    event = rf"(?:\W+\w+){{0,3}}?\W+(?:{'|'.join(map(re.escape, events))})\w*" if events else ""
    tail = rf"(?:{event}|(?=,))" if events else rf"(?!\W+(?:{not_after})\b|\s*[.,;:)])"
    return re.compile(rf"(?<!\w)(?:{words}){tail}")


def counts_over_time(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> bool:
    """ "since January", "cette année", "over the past month". A bare "depuis" may also tell where something came
    from ("depuis les collines"): it counts only before a date."""
    if _named(report, sentence, grammar):
        return True
    dates = _since(report, sentence)
    return bool(dates) and not (_one_act(report, sentence) and all(_lately(report, d) for d in dates))


def told_apart(report: AnnotatedReport, sentence: Sentence, at: int, grammar: Grammar) -> bool:
    """Whether what stands at offset `at` is told of one act although the sentence counts over a stretch of time: the
    act is set against all others ("the deadliest since 2015"), or a clause of its own opens behind the words for the
    stretch ("since July, when rebels …"; "joined the war this month after rebels killed three")."""
    spans = [(d.start, d.end) for d in _since(report, sentence)]
    spans += _named(report, sentence, grammar)
    return bool(spans) and all(_apart(report, sentence, span, at, grammar) for span in spans)


def _named(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> list[tuple[int, int]]:
    """Words for a stretch of time ("this year"), but not where they only complete a day or a month ("in March this
    year")."""
    if not mentions_any(report.normal.folded, sentence, grammar.since):
        return []
    told = within(report.dates, sentence.start, sentence.end)
    days = [d for d in told if d.date is None or d.date.grain != "year"]
    return [
        (m.start(), m.end())
        for m in _any_of(grammar.since).finditer(report.normal.folded, sentence.start, sentence.end)
        if not any((d.start < m.start() and m.end() <= d.end) or 0 <= m.start() - d.end <= 1 for d in days)
        and not any(d.start < m.start() and m.end() <= d.end for d in told)  # "earlier this year": a time in it
    ]


def _since(report: AnnotatedReport, sentence: Sentence) -> list[DateMention]:
    """The days from which a sentence counts."""
    told = within(report.dates, sentence.start, sentence.end)
    return [d for d in told if is_since(report.text, report.pack.language, d)]


def names_any(folded: str, words: frozenset[str]) -> bool:
    """Whether any of some folded words stands in a folded text."""
    return bool(words) and re.search(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})(?!\w)", folded) is not None


def _lately(report: AnnotatedReport, mention: DateMention) -> bool:
    """Since a day of the last week."""
    published, date = report.report.published, mention.date
    if date is None or published is None or date.grain not in DAYS:
        return False
    return 0 <= (published.end - date.start).days <= _LASTING_DAYS


def act_nouns(report: AnnotatedReport, sentence: Sentence) -> list[Match]:
    """The nouns of a sentence that name acts of one type."""
    return [
        m
        for m in report.matches_in(sentence.start, sentence.end, "triggers")
        if isinstance(m.entry, Trigger) and m.entry.pos == "noun" and m.entry.type is not None
    ]


def _one_act(report: AnnotatedReport, sentence: Sentence) -> bool:
    """The sentence names one act: "huit morts depuis mardi dans l'attaque du quartier"."""
    nouns = act_nouns(report, sentence)
    return bool(nouns) and not any(m.text.endswith(("s", "x")) for m in nouns)
