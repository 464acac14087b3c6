"""Deeds told as one's own: whether what somebody says opens with an act of violence of himself or his own people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attributions import Attribution
from vigie.coding.selves import in_saying
from vigie.language.grammar import Grammar
from vigie.language.schema import Trigger

TELLS = frozenset({"asserts", "confirms"})
# How far into what is said the speaker names himself, and how much of it tells what he did.
_OPENING_WORDS = 14
DEED = 70
OPENING = 160
# How soon the act is named that somebody who is no fighter says he was behind ("behind the counter when …").
_AT_ONCE = 30
# Words between a possessive and the verb of those it names ("its elite fighters in the town attacked").
_OWN_PEOPLE = 3
WORD = re.compile(r"[\w-]+|[.;:]")
# What ends the stretch in which a verb has its object.
CLAUSE_END = re.compile(r"[.;:«»\"“”]|, ")


def tells_own_deed(report: AnnotatedReport, a: Attribution, grammar: Grammar) -> bool:
    """Whether what is said opens with a deed of violence of the speaker's own people, whoever he is ("its forces had
    destroyed", « avoir détruit »); "they had destroyed" may well be of others."""
    if a.stance not in TELLS:
        return False
    ours = grammar.own | grammar.first_person | grammar.thing_pronouns
    for start, end in a.content:
        opening = [m[0] for m in WORD.finditer(report.normal.folded, start, min(end, start + OPENING))]
        himself = next((w for w in opening[:_OPENING_WORDS] if w in grammar.self_pronouns | grammar.own), None)
        deed = opens_with_deed(report, start, min(end, start + OPENING), grammar, fights=True, serves=True)
        if deed and (himself is None or himself in ours):
            return True
    return False


def opens_with_deed(
    report: AnnotatedReport, start: int, end: int, grammar: Grammar, *, fights: bool, serves: bool
) -> bool:
    known, place = report.deeds, (start, end, fights, serves)
    if place not in known:
        known[place] = _reads_deed(report, start, end, grammar, fights=fights, serves=serves)
    return known[place]


def _reads_deed(report: AnnotatedReport, start: int, end: int, grammar: Grammar, *, fights: bool, serves: bool) -> bool:
    words = [(m[0], m.start()) for m in WORD.finditer(report.normal.folded, start, end)]
    folded, its_work, perfects = report.normal.folded, any_of(grammar.its_work), any_of(grammar.perfects)
    for k, (word, at) in enumerate(words[:_OPENING_WORDS]):
        if word in ".;:" or word in grammar.opens_clause:
            return False
        if its_work.match(folded, at, end):
            return True
        perfect = perfects.match(folded, at, end)
        for j in _verbs_of_speaker(words, k, perfect, in_saying(report, at) is not None, grammar):
            own = fights or (serves and perfect is not None)
            if _tells_deed(report, [w for _, w in words[j:]], at, end, grammar, fights=own):
                return True
    return False


def _verbs_of_speaker(
    words: Sequence[tuple[str, int]], k: int, perfect: re.Match[str] | None, direct: bool, grammar: Grammar
) -> Iterator[int]:
    """Where the verb may stand whose subject is the speaker or his own people, if they are named at word k, or meant
    by the infinitive that opens there (`perfect`); in his own words (`direct`) he is "we"."""
    word = words[k][0]
    if perfect is not None:
        yield k + len(perfect[0].split())
    if direct and word not in grammar.first_person:
        return
    if word in grammar.self_pronouns:
        yield k + 1
    if word in grammar.own:
        for j in range(k + 2, min(k + 2 + _OWN_PEOPLE, len(words))):
            if words[j - 1][0] in grammar.unlike_doing:
                return
            yield j


def _tells_deed(
    report: AnnotatedReport, ahead: Sequence[int], subject: int, end: int, grammar: Grammar, *, fights: bool
) -> bool:
    """Whether the words from `ahead` on are a verb by which somebody does violence, behind auxiliaries at most."""
    folded, behind = report.normal.folded, any_of(grammar.behind)
    for at in (subject, *ahead):
        word = WORD.match(folded, at)
        if word is None:
            return False
        phrase = behind.match(folded, at, end)
        if phrase is not None:
            return fights or _names_act(report, at, phrase.end(), min(end, phrase.end() + _AT_ONCE))
        if at == subject:
            continue
        if word[0] in grammar.perfect:
            continue
        return fights and _does_violence(report, at, word.end(), end, grammar)
    return False


def _does_violence(report: AnnotatedReport, start: int, stop: int, end: int, grammar: Grammar) -> bool:
    """A verb of violence at `start`, or one that carries out what an act, a weapon or a harm behind it names."""
    acts = [m.entry for m in report.matches_in(start, end, "triggers") if m.start == start]
    if any(isinstance(e, Trigger) and e.pos == "noun" for e in acts):
        return False  # "our mutual fight"
    if any(isinstance(e, Trigger) and e.type != "disrupted" for e in acts):
        return True
    folded = report.normal.folded
    if not folded.startswith(grammar.performs, start) or folded.startswith(
        tuple(v[:5] for v in grammar.undergo), start
    ):
        return False
    return _names_act(report, stop, stop, end)


def _names_act(report: AnnotatedReport, start: int, stop: int, end: int) -> bool:
    """Whether the rest of the clause behind `stop` names an act, a weapon or a harm; a word of it may open before."""
    limit = min(end, stop + DEED)
    clause = CLAUSE_END.search(report.normal.folded, stop, limit)
    return bool(report.matches_in(start, clause.start() if clause else limit, "triggers", "harm", "weapons"))


@lru_cache(maxsize=64)  # as many as there are lists in the grammars
def any_of(phrases: frozenset[str]) -> re.Pattern[str]:
    """Matches one of some phrases as whole words, the longest that fits."""
    longest_first = sorted(phrases, key=lambda p: (-len(p), p))
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?![^\W_])")
