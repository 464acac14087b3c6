"""Whether a sentence counts over a stretch of time: then its numbers are of many incidents, not of one."""

from __future__ import annotations

import re

from vigie.coding.annotated import AnnotatedReport, mentions_any, within
from vigie.language.grammar import Grammar
from vigie.language.schema import Trigger
from vigie.mentions.dates import is_since
from vigie.mentions.values import DateMention
from vigie.text.segments import Sentence

# As long as this a single act may go on.
_LASTING_DAYS = 4
# How far before "since 2015" the words stand by which an act is set against others.
_COMPARED = 60


def counts_over_time(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> bool:
    """ "since January", "cette année", "over the past month". A bare "depuis" may also tell where something came
    from ("depuis les collines"): it counts only before a date."""
    if mentions_any(report.normal.folded, sentence, grammar.since):
        return True
    dates = _since(report, sentence)
    return bool(dates) and not (_one_act(report, sentence) and all(_lately(report, d) for d in dates))


def told_apart(report: AnnotatedReport, sentence: Sentence, at: int, grammar: Grammar) -> bool:
    """Whether what stands at offset `at` is told of one act although the sentence counts over a stretch of time: the
    act is set against all others ("the deadliest since 2015"), or a clause of its own opens behind the words for the
    stretch ("since July, when rebels …"; "joined the war this month after rebels killed three")."""
    folded = report.normal.folded
    spans = [(d.start, d.end) for d in _since(report, sentence)]
    for phrase in grammar.since:
        found = re.search(rf"\b{re.escape(phrase)}\b", folded[sentence.start : sentence.end])
        if found:
            spans.append((sentence.start + found.start(), sentence.start + found.end()))
    return bool(spans) and all(
        _names(folded[max(sentence.start, start - _COMPARED) : start], grammar.compares)
        or (end <= at and _names(folded[end:at], grammar.opens_clause))
        for start, end in spans
    )


def _since(report: AnnotatedReport, sentence: Sentence) -> list[DateMention]:
    """The days from which a sentence counts."""
    told = within(report.dates, sentence.start, sentence.end)
    return [d for d in told if is_since(report.text, report.pack.language, d)]


def _names(folded: str, words: frozenset[str]) -> bool:
    return re.search(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})(?!\w)", folded) is not None


def _lately(report: AnnotatedReport, mention: DateMention) -> bool:
    """Since a day of the last week."""
    published, date = report.report.published, mention.date
    if date is None or published is None or date.grain not in {"hour", "part_of_day", "day"}:
        return False
    return 0 <= (published.end - date.start).days <= _LASTING_DAYS


def _one_act(report: AnnotatedReport, sentence: Sentence) -> bool:
    """The sentence names one act: "huit morts depuis mardi dans l'attaque du quartier"."""
    nouns = [
        m
        for m in report.matches_in(sentence.start, sentence.end, "triggers")
        if isinstance(m.entry, Trigger) and m.entry.pos == "noun" and m.entry.type is not None
    ]
    return bool(nouns) and not any(m.text.endswith(("s", "x")) for m in nouns)
