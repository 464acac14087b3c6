"""An earlier act that the one told of is only set beside in time ("the blast came two days after rebels shelled X")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from vigie.coding.acts import Act
from vigie.coding.annotated import AnnotatedReport
from vigie.language.grammar import Grammar
from vigie.text.segments import Sentence

# How many words may tell how long before, between the verb and "after" ("came a little less than two weeks after").
_MOST_BETWEEN = 7


def comes_after(
    report: AnnotatedReport, sentence: Sentence, acts: Sequence[Act], grammar: Grammar
) -> tuple[int, int] | None:
    """The words by which the act told of comes so many days "after" an earlier one, whose words begin where they end;
    None where the sentence has none, or tells of no other act behind them."""
    folded = report.normal.folded
    for found in _comes_after(grammar.comes, grammar.comes_after, grammar.apart_by).finditer(
        folded, sentence.start, sentence.end
    ):
        if any(a.end > found.start() and a.start < found.end() for a in acts):
            continue
        if not any(a.end <= found.start() for a in acts):
            continue  # "the visit comes a week after …": the report may well be about what it comes after
        if any(a.start >= found.end() and _told(a) for a in acts):
            return found.span()
    return None


def _told(act: Act) -> bool:
    """Told by a verb, or as an act not known yet: "after the attack in X" only points to one."""
    return act.strength != "definite" and not act.general and (act.verb or not act.definite)


@cache
def _comes_after(comes: frozenset[str], after: frozenset[str], apart_by: frozenset[str]) -> re.Pattern[str]:
    """Finds a verb of coming, a length of time and "after"."""
    verb, behind, time = (_either(words) for words in (comes, after, apart_by))
    few = rf"(?:\W+[\w-]+){{0,{_MOST_BETWEEN}}}?"
    return re.compile(rf"(?<!\w){verb}{few}\W+{time}{few}\W+{behind}(?!\w)")


def _either(words: frozenset[str]) -> str:
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + ")"
