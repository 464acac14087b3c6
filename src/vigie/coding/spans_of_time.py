"""Whether a sentence counts over a stretch of time: then its numbers are of many incidents, not of one."""

from __future__ import annotations

from vigie.coding.annotated import AnnotatedReport, mentions_any, within
from vigie.language.grammar import Grammar
from vigie.language.schema import Trigger
from vigie.mentions.dates import is_since
from vigie.mentions.values import DateMention
from vigie.text.segments import Sentence

# As long as this a single act may go on.
_LASTING_DAYS = 4


def counts_over_time(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> bool:
    """ "since January", "cette année", "over the past month". A bare "depuis" may also tell where something came
    from ("depuis les collines"): it counts only before a date."""
    if mentions_any(report.normal.folded, sentence, grammar.since):
        return True
    dates = [
        d for d in within(report.dates, sentence.start, sentence.end) if is_since(report.text, report.pack.language, d)
    ]
    return bool(dates) and not (_one_act(report, sentence) and all(_lately(report, d) for d in dates))


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
