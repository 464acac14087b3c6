"""Whether a sentence counts over a stretch of time: then its numbers are of many incidents, not of one."""

from __future__ import annotations

from vigie.coding.annotated import AnnotatedReport, mentions_any, within
from vigie.language.grammar import Grammar
from vigie.mentions.dates import is_since
from vigie.text.segments import Sentence


def counts_over_time(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> bool:
    """ "since January", "cette année", "over the past month". A bare "depuis" may also tell where something came
    from ("depuis les collines"): it counts only before a date."""
    if mentions_any(report.normal.folded, sentence, grammar.since):
        return True
    dates = within(report.dates, sentence.start, sentence.end)
    return any(is_since(report.text, report.pack.language, d) for d in dates)
