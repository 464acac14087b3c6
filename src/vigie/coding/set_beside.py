"""An earlier act that the one told of is only set beside in time ("the blast came two days after rebels shelled X")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from vigie.coding.acts import Act
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.spans_of_time import names_any
from vigie.language.grammar import Grammar
from vigie.text.segments import Sentence

# How many words may tell how long before, between the verb and "after" ("came a little less than two weeks after").
_MOST_BETWEEN = 7
_WORD = re.compile(r"\w+")
# So far before "since" stand the words by which an act is set against others, so far behind it the day (characters).
_COMPARED, _TO_DAY = 90, 24


def comes_after(
    report: AnnotatedReport, sentence: Sentence, acts: Sequence[Act], grammar: Grammar
) -> tuple[int, int] | None:
    """The words by which the act told of comes so many days "after" an earlier one, whose words begin where they end;
    None where the sentence has none, or tells of no other act behind them."""
    folded = report.normal.folded
    for found in _comes_after(
        grammar.comes, grammar.comes_after, grammar.apart_by, grammar.comes_upon, grammar.answers_to
    ).finditer(folded, sentence.start, sentence.end):
        if any(a.end > found.start() and a.start < found.end() for a in acts):
            continue
        since = found["behind"] in grammar.lasts_from
        first = not any(a.end <= found.start() and not (a.aftermath and a.recalled) for a in acts)
        if first and not since and not _pointing(report, sentence, found.start(), grammar):
            continue  # "the visit comes a week after …": the report may well be about what it comes after
        counted = found["time"] is not None
        if any(a.start >= found.end() and _told(a, counted) for a in acts) and not _of_the_same(
            folded, found.end(), grammar
        ):
            return found.span()
    return None


def compared_with(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> tuple[int, int] | None:
    """The words by which an act is set against the last as grave ("the deadliest since 27 January, when 31 people
    died", « la plus meurtrière depuis celle du 27 janvier, où 31 personnes avaient péri »), up to those that tell of
    that one; None where the sentence has none."""
    folded = report.normal.folded
    for since in _since(grammar.lasts_from).finditer(folded, sentence.start, sentence.end):
        if not names_any(folded[max(sentence.start, since.start() - _COMPARED) : since.start()], grammar.compares):
            continue
        day = next((d for d in report.dates if since.end() <= d.start <= since.end() + _TO_DAY), None)
        if day is None or day.date is None or day.end >= sentence.end:
            continue
        opened = _clause(grammar.opens_clause).match(folded, day.end, sentence.end)
        if opened is not None and report.matches_in(opened.end(), sentence.end, "harm", "triggers"):
            return since.start(), opened.end()
    return None


@cache
def _since(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_either(words)}(?!\w)")


@cache
def _clause(opens: frozenset[str]) -> re.Pattern[str]:
    """Finds what opens a clause right behind a day; « où » asks for its comma."""
    return re.compile(rf"(?: \w+)?(?:,? {_either(opens)}(?!\w)|, ou(?!\w))")


def _told(act: Act, counted: bool) -> bool:
    """Told by a verb, as an act not known yet, or as one known by its place or day: "after the attack" only points to
    one. Acts in the plural are told of as one only where the time that lies between is counted."""
    if act.strength == "definite" or (act.general and not (act.plural and counted)):
        return False
    return act.verb or not act.definite or act.recalled


def _pointing(report: AnnotatedReport, sentence: Sentence, verb: int, grammar: Grammar) -> bool:
    """Nothing but a pronoun for the act told of before the verb ("It comes a day after …"), behind the lead's first
    sentence."""
    first = sentence.title or not any(s.paragraph < sentence.paragraph and not s.title for s in report.sentences[:8])
    words = _WORD.findall(report.normal.folded[sentence.start : verb])
    return not first and 0 < len(words) <= 2 and words[0] in grammar.pointing | grammar.subject_pronouns


def _of_the_same(folded: str, start: int, grammar: Grammar) -> bool:
    """What follows is told of somebody named before ("two days after he was taken"): no act of its own."""
    word = _WORD.search(folded, start)
    return word is not None and word[0] in grammar.subject_pronouns


@cache
def _comes_after(
    comes: frozenset[str],
    after: frozenset[str],
    apart_by: frozenset[str],
    upon: frozenset[str],
    answers_to: frozenset[str],
) -> re.Pattern[str]:
    """Finds a verb of coming or a comma, a length of time and "after"; or the verb and "on the heels of"; or what
    stands before the act that another answers ("in response to")."""
    verb, behind, time, soon, answered = (_either(words) for words in (comes, after, apart_by, upon, answers_to))
    few = rf"(?:\W+[\w-]+){{0,{_MOST_BETWEEN}}}?"
    return re.compile(
        rf"(?:(?<!\w){verb}|,|-{{2,3}}|[—–]){few}\W+(?P<time>{time}){few}\W+(?P<behind>{behind})(?!\w)|(?<!\w){verb}\W+{soon}(?!\w)"
        rf"|(?<!\w){answered}(?!\w)"
    )


def counterpart(
    report: AnnotatedReport, sentence: Sentence, acts: Sequence[Act], grammar: Grammar
) -> tuple[Act, tuple[int, int]] | None:
    """The earlier act of the same kind that a pronoun stands for ("the deadliest bombing since that of 3 May in Ber,
    which killed nine"), and the words by which the one told of is set beside it; None where the sentence has none. A
    pronoun that nothing tells more of, a day, a place or people hurt, stands for no act of its own."""
    if not acts:
        return None
    found = _set_against(grammar.set_against, grammar.counterparts, grammar.counterpart_of).search(
        report.normal.folded, acts[0].end, sentence.end
    )
    if found is None:
        return None
    before = [a for a in acts if a.end <= found.start() and not a.harm and a.type is not None]
    if not before or any(found.start() <= a.start < found.end() for a in acts):
        return None
    kind = before[-1]
    act = Act(sentence.index, found.start("it"), found.end("it"), found["it"], kind.type, "weak", False)
    return act, (found.start(), found.start("it"))


@cache
def _set_against(against: frozenset[str], pronouns: frozenset[str], behind: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_either(against)}\W+(?P<it>{_either(pronouns)})(?=\W+{_either(behind)}(?!\w))")


def with_answer(report: AnnotatedReport, sentence: Sentence, acts: Sequence[Act], grammar: Grammar) -> list[Act]:
    """The acts of a sentence, those behind a verb by which the other side answers marked as its reprisal ("rebels
    shelled the base and the troops replied with artillery that killed eight")."""
    if len(acts) < 2:
        return list(acts)
    found = _answering(grammar.replies).search(report.normal.folded, acts[0].end, sentence.end)
    if found is None:
        return list(acts)
    before = [a for a in acts if a.end <= found.start()]
    behind = [a for a in acts if a.start >= found.start() and a.strength != "definite"]
    done = any(not a.harm and not a.general and not a.aftermath for a in before)
    if not done or not any(a.verb and (a.targets or a.victims) for a in behind):
        return list(acts)
    return [replace(a, reprisal=True) if a in behind else a for a in acts]


@cache
def _answering(replies: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_either(replies)}(?!\w)")


def _either(words: frozenset[str]) -> str:
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + ")"
