"""Counts of the dead and hurt that no word of harm beside a number gives: what a side says it lost, one more person
hurt, "victims" set beside the wounded, the dead and wounded counted in one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vigie.coding.annotated import mentions_any, within
from vigie.coding.phrases import FIGHTERS
from vigie.coding.toll_counts import BREAK, WORD
from vigie.coding.toll_denied import harm_of
from vigie.language.folding import fold
from vigie.language.schema import Body, Harm
from vigie.language.verb_groups import group_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigie.coding.annotated import AnnotatedReport
    from vigie.coding.tolls import TollMention
    from vigie.language.grammar import Grammar
    from vigie.language.pack import Match
    from vigie.language.parse import Parse
    from vigie.mentions.values import QuantityMention
    from vigie.text.segments import Sentence

# So many words may stand between the dead and the wounded beside them ("neuf victimes et au moins dix blessés").
_MOST_BETWEEN = 4
# So far before a verb of losing its subject may stand (characters).
_SUBJECT_REACH = 60
# How far apart (characters) two counts of the same stand, and how long the words are that say by whose account.
_MOST_TOLD, _TOLD_BY_REACH = 90, 20
_ENDS = re.compile(r"[.;!?]")


def without_parts(matches: Sequence[Match], grammar: Grammar) -> list[Match]:
    """Words of harm without those that are only half of one for both ("37 people were killed and wounded")."""
    both = [m for m in matches if harm_of(m) == "casualties" and not grammar.joint.isdisjoint(fold(m.text).split())]
    return [m for m in matches if not any(b is not m and b.start <= m.start and m.end <= b.end for b in both)]


def dead_beside_hurt(
    report: AnnotatedReport, toll: TollMention, tolls: Sequence[TollMention], grammar: Grammar
) -> bool:
    """Victims counted beside the wounded are the dead: « neuf victimes et de nombreux blessés »."""
    if toll.harm != "casualties" or not toll.quantity.lower:
        return False
    for t in tolls:
        if t.harm != "injured" or t.start < toll.end or not t.quantity.lower:
            continue
        words = WORD.findall(report.normal.folded[toll.end : t.start])
        if words and words[0] in grammar.joint and len(words) <= _MOST_BETWEEN:
            return not BREAK.search(report.text[toll.end : t.start])
    return False


def one_more(
    report: AnnotatedReport, sentence: Sentence, match: Match, counts: Sequence[QuantityMention], grammar: Grammar
) -> int | None:
    """Where the word for one person more ends, right behind a verb of harm ("killing a guard and wounding another")."""
    if not isinstance(match.entry, Harm) or match.entry.pos != "verb":
        return None
    words = list(WORD.finditer(report.normal.folded, match.end, sentence.end))[:2]
    if len(words) == 2 and words[0][0] in grammar.of:  # "the wounding of another"
        words = words[1:]
    word = words[0] if words and words[0][0] in grammar.another else None
    if word is None or BREAK.search(report.text[match.end : word.start()]):
        return None
    return None if any(0 <= q.start - word.end() <= 1 for q in counts) else word.end()


def one_of_them(report: AnnotatedReport, parse: Parse, match: Match, grammar: Grammar) -> int | None:
    """Where the words for one person more begin, right before a word of harm ("a third was wounded", « un autre
    grièvement blessé »)."""
    at = group_start(parse, parse.at(match.start) or 0)
    if at == 0:
        return None
    end = parse.tokens[at - 1].end
    before = report.normal.folded[max(0, end - _TOLD_BY_REACH) : end]
    words = max((w for w in grammar.one_of_them if f" {before}".endswith(f" {w}")), key=len, default=None)
    return end - len(words) if words is not None else None


def him_and(
    report: AnnotatedReport, match: Match, counts: Sequence[QuantityMention], grammar: Grammar
) -> QuantityMention | None:
    """One told of before and a number beside him: "killing him and four of his guards" counts five."""
    for q in counts:
        if q.start < match.end:
            continue
        words = WORD.findall(report.normal.folded[match.end : q.start])
        if len(words) != 2 or words[0] not in grammar.object_pronouns or words[1] not in grammar.joint:
            return None
        lower, upper = q.quantity.lower, q.quantity.upper
        if lower is None or BREAK.search(report.text[match.end : q.start]):
            return None
        words_all = report.text[match.end : q.end].strip()
        more = replace(q.quantity, lower=lower + 1, upper=None if upper is None else upper + 1, text=words_all)
        return replace(q, quantity=more)
    return None


def second_counts(
    report: AnnotatedReport, tolls: Sequence[TollMention], counts: Sequence[QuantityMention], grammar: Grammar
) -> Iterator[tuple[TollMention, QuantityMention]]:
    """Bare numbers by which somebody else counts what was counted just before, each with that count: "nine dead
    according to police, seven said the hospital", « neuf morts selon la police, sept d'après les secours »."""
    folded = report.normal.folded
    for q in counts:
        if not _told_by(folded[q.end : q.end + _TOLD_BY_REACH], grammar):
            continue
        before = [t for t in tolls if t.end <= q.start and t.quantity.lower and not t.together]
        toll = max(before, key=lambda t: t.end, default=None)
        if toll is None or any(m.end > toll.end for m in report.matches_in(toll.end, q.start, "harm")):
            continue
        gap = folded[toll.end : q.start]
        if (
            len(gap) <= _MOST_TOLD
            and not _ENDS.search(gap)
            and any(_told_by(gap[k:], grammar) for k in range(len(gap)) if gap[k] in " ,")
        ):
            yield toll, q


def _told_by(folded: str, grammar: Grammar) -> bool:
    """Opens with words that say by whose account."""
    words = folded.lstrip(" ,")
    return any(words.startswith(w) and not words[len(w) : len(w) + 1].isalpha() for w in grammar.told_by)


def then_died(report: AnnotatedReport, sentence: Sentence, toll: TollMention, grammar: Grammar) -> bool:
    """The wounded who are told to have died: "two injured victims have died", « deux blessés ont succombé »."""
    if toll.harm != "injured" or not toll.quantity.lower:
        return False
    for m in report.matches_in(toll.end, sentence.end, "harm"):
        gap = report.normal.folded[toll.end : m.start]
        words = WORD.findall(gap)
        if len(words) > _MOST_BETWEEN or BREAK.search(gap) or not grammar.joint.isdisjoint(words):
            return False
        if any(toll.end <= q.start < m.start for q in report.quantities):
            return False
        entry = m.entry
        if isinstance(entry, Harm) and entry.harm == "killed" and entry.subject == "victim" and entry.pos == "verb":
            return True
    return False


def is_attacker(report: AnnotatedReport, sentence: Sentence, at: int, grammar: Grammar) -> bool:
    """Whether a pronoun for one person can only stand for the attacker: no other single person is told of in its
    sentence and the one before."""
    low = report.sentences[max(0, sentence.index - 1)].start
    single = [m for m in report.matches_in(low, at, "actors", "speakers") if _one_person(m, grammar)]
    kinds = {getattr(m.entry, "kind", None) for m in single}
    return "attacker" in kinds <= FIGHTERS


def _one_person(match: Match, grammar: Grammar) -> bool:
    word = fold(match.text).split()[-1]
    return word.endswith(grammar.person_endings) or (
        isinstance(match.entry, Body) and match.entry.kind == "attacker" and not word.endswith(("s", "x", "men"))
    )


def loses_men(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> bool:
    """Whether a sentence says how many a side lost."""
    if not mentions_any(report.normal.folded, sentence, grammar.loses):
        return False
    counts = [q for q in within(report.quantities, sentence.start, sentence.end) if q.unit == "count"]
    return any(own_losses(report, sentence, counts, grammar))


def own_losses(
    report: AnnotatedReport, sentence: Sentence, counts: Sequence[QuantityMention], grammar: Grammar
) -> Iterator[tuple[int, int, QuantityMention, bool]]:
    """What a side says it lost ("we lost six men", « l'armée a perdu onze hommes »): where the words begin and end, the
    number, and whether fighters lost it who are called by such a word."""
    folded = report.normal.folded
    for q in counts:
        before = list(WORD.finditer(folded, max(sentence.start, q.start - 24), q.start))[-1:]
        if not before or before[0][0] not in grammar.loses or BREAK.search(folded[before[0].end() : q.start]):
            continue
        people = report.matches_in(q.end, sentence.end, "actors", "speakers")
        noun = WORD.search(folded, q.end, sentence.end)
        if noun is None or BREAK.search(folded[q.end : noun.start()]):
            if _tells_dead(report, sentence, before[0].start()):  # "had killed 15 of the attackers and lost three"
                yield before[0].start(), q.end, q, False
            continue
        named = next((m for m in people if m.start == noun.start()), None)
        if named is None and noun[0] not in grammar.people:
            continue
        low = max(sentence.start, before[0].start() - _SUBJECT_REACH)
        side = report.matches_in(low, before[0].start(), "actors")[-1:]
        fighters = any(isinstance(m.entry, Body) and m.entry.kind in FIGHTERS for m in side)
        yield before[0].start(), named.end if named is not None else noun.end(), q, fighters


def _tells_dead(report: AnnotatedReport, sentence: Sentence, end: int) -> bool:
    """Whether the dead of another side are told of before, in the same sentence."""
    return any(harm_of(m) == "killed" for m in report.matches_in(sentence.start, end, "harm"))
