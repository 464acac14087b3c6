"""Days and places of what came of an act: where and when somebody was tried, caught, mourned or remembered for it, or
died of it later on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vigie.coding.acts import Act
from vigie.coding.annotated import AnnotatedReport, within
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.parse import Parse
from vigie.mentions.values import DateMention, PlaceMention
from vigie.text.segments import Sentence

_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
# A word, at most one more and the mention; and what may stand between two mentions of one hearing.
_HEARING_REACH = 24
_GAP_WORDS = re.compile(r"(\w+)(?: [\w']{1,4})? \Z")
_SHORT_GAP = re.compile(r" (?:\w{1,3} )?")


def told_of_proceedings(
    report: AnnotatedReport, sentence: Sentence, acts: Sequence[Act], grammar: Grammar
) -> tuple[tuple[int, int], ...]:
    """Stretches of the days and places of a sentence that hang on a verb of trying, catching or mourning, and not on
    an act ("was sentenced in Lyon on Monday for stabbing a guard", « a comparu mardi à Lyon pour … »)."""
    parse = report.parses.get(sentence.index)
    if parse is None or not acts:
        return ()
    told = report.normal.folded[sentence.start : sentence.end]
    if not any(w in told for w in (*grammar.proceedings, *grammar.proceedings_at, *grammar.frees, *grammar.dies_later)):
        return ()
    later = any(w in told for w in grammar.dies_later)
    heads = {h for a in acts if (h := parse.head_of(a.start, a.end)) is not None}
    mentions: list[DateMention | PlaceMention] = [
        *within(report.dates, sentence.start, sentence.end),
        *within(report.places, sentence.start, sentence.end),
    ]
    found: list[tuple[int, int]] = []
    for m in sorted(mentions, key=lambda m: m.start):
        if _behind_hearing(report, m, found, grammar) or _hangs_on(parse, m, heads, acts, later, grammar):
            found.append((m.start, m.end))
    return tuple(found)


def _behind_hearing(
    report: AnnotatedReport,
    mention: DateMention | PlaceMention,
    found: Sequence[tuple[int, int]],
    grammar: Grammar,
) -> bool:
    """Right behind a word for a hearing, or behind what stands there ("at his trial in Leeds last week")."""
    folded = report.normal.folded
    if found and _SHORT_GAP.fullmatch(folded, found[-1][1], mention.start):
        return _behind_hearing_word(folded, found[-1][0], grammar)
    return _behind_hearing_word(folded, mention.start, grammar)


def _behind_hearing_word(folded: str, start: int, grammar: Grammar) -> bool:
    words = _GAP_WORDS.search(folded, max(0, start - _HEARING_REACH), start)
    return words is not None and words[1] in grammar.hearings


def _hangs_on(
    parse: Parse,
    mention: DateMention | PlaceMention,
    heads: set[int],
    acts: Sequence[Act],
    later: bool,
    grammar: Grammar,
) -> bool:
    """The first verb above the mention is one of proceedings, or one of dying where somebody is told to have died
    `later` than he was hurt, and no act stands between the two."""
    own = parse.head_of(mention.start, mention.end)
    if own is None:
        return False
    for i in parse.path_to_root(own):
        token = parse.tokens[i]
        if later and fold(token.text).startswith(grammar.dies):
            return isinstance(mention, DateMention)
        if i in heads:
            return False
        if fold(token.text) in grammar.hearings:
            return True
        if token.pos in _VERBAL or token.head == i:
            low, high = sorted((token.start, mention.start))
            if any(low < a.start < high for a in acts):
                return False
            if fold(token.text).startswith(grammar.frees) and any(a.type == "abduction" for a in acts):
                return True  # "kidnapped by rebels and freed on Monday"
            return _of_proceedings(parse, i, grammar)
    return False


def _of_proceedings(parse: Parse, verb: int, grammar: Grammar) -> bool:
    """A verb of proceedings, or one that a noun for them goes with ("appeared in court", "attended a vigil")."""
    below = [parse.tokens[c] for c in parse.children(verb)]
    if fold(parse.tokens[verb].text).startswith(grammar.proceedings):
        return not any(t.dep.startswith("expl") for t in below)  # « la voiture s'est arrêtée à Lens »
    if parse.tokens[verb].dep == "acl:relcl":  # "the trial, which was held on Monday"
        below.append(parse.tokens[parse.tokens[verb].head])
    return any(t.pos in _NOMINAL and fold(t.text) in grammar.proceedings_at for t in below)
