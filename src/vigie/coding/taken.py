"""People taken by fighters or attackers, told by a verb that means no abduction by itself ("gunmen took two traders
from a bus", « des rebelles se sont emparés de trois soigneurs »)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.phrases import FIGHTERS, Phrase, phrase_at
from vigie.coding.roles import Roles, verb_roles
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.parse import Parse
from vigie.language.schema import Body, Trigger
from vigie.text.segments import Sentence

_TAKES = Trigger(id="taken_by_force", forms=("-",), pos="verb", type="abduction", strength="weak", object="victim")
_AWAY = frozenset({"advmod", "compound:prt"})


def may_take(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> bool:
    """Whether fighters or attackers stand in a sentence beside a verb of taking: only there can the syntax tell."""
    if _begins(grammar.takes).search(report.normal.folded, sentence.start, sentence.end) is None:
        return False
    found = report.matches_in(sentence.start, sentence.end, "actors")
    return any(isinstance(m.entry, Body) and m.entry.kind in FIGHTERS for m in found)


def taken(
    report: AnnotatedReport, sentence: Sentence, parse: Parse, grammar: Grammar, told: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, Trigger, Roles]]:
    """Each verb by which somebody is taken away, with its roles. told: where words for acts stand that tell of more
    than that something was taken.

    The one who takes is a fighter or an attacker ("rescuers pulled a man from the rubble"), whom he takes are people
    ("took the town"), and they are taken from somewhere or away, where the verb needs it ("took part")."""
    if not may_take(report, sentence, grammar):
        return
    for token in parse.tokens:
        if token.pos != "VERB" or not fold(token.text).startswith(grammar.takes):
            continue
        if any(start < token.end and token.start < end for start, end in told):
            continue
        roles = verb_roles(report, parse, token.index, _TAKES, grammar)
        if not any(p.kind in FIGHTERS for p in roles.actors):
            continue
        alone = fold(token.text).startswith(grammar.takes_away)
        if alone and not roles.victims:
            roles.victims = _behind_of(report, parse, token.index, grammar)
        people = any(_person(report, p, grammar) for p in roles.victims)
        if people and (alone or _away(parse, token.index, grammar)):
            yield token.index, _TAKES, roles


def _behind_of(report: AnnotatedReport, parse: Parse, verb: int, grammar: Grammar) -> list[Phrase]:
    """Whom a verb takes that needs "de" for its object (« se sont emparés de trois soigneurs »)."""
    found = [c for c in parse.children(verb) if parse.tokens[c].dep.startswith("obl") and _case(parse, c) in grammar.of]
    return [p for c in found if (p := phrase_at(report, parse, c, grammar)) is not None]


def _away(parse: Parse, verb: int, grammar: Grammar) -> bool:
    """Away, or from, out of or into somewhere; the parser may hang his own house on the one who is taken from it."""
    for child in parse.children(verb):
        token = parse.tokens[child]
        if token.dep in _AWAY and fold(token.text) in grammar.away:
            return True
        if token.dep.startswith("obl") and _case(parse, child) in grammar.away:
            return True
        if token.dep == "obj":
            behind = [c for c in parse.children(child) if parse.tokens[c].dep == "nmod" and c > child]
            if any(_case(parse, c) in grammar.away and _owned(parse, c) for c in behind):
                return True
    return False


def _case(parse: Parse, noun: int) -> str | None:
    """The preposition before a noun, None where it has none."""
    return next((fold(parse.tokens[c].text) for c in parse.children(noun) if parse.tokens[c].dep == "case"), None)


def _owned(parse: Parse, noun: int) -> bool:
    return any(parse.tokens[c].has("Poss=Yes") for c in parse.children(noun))


def _person(report: AnnotatedReport, phrase: Phrase, grammar: Grammar) -> bool:
    """Somebody: a word for people of the pack, a name, or a noun that ends like those for people."""
    if phrase.match is not None:
        return phrase.file in {"actors", "speakers"}
    if any(phrase.start <= p.start < phrase.end for p in report.places):
        return False  # "seized Kirkuk"
    words = fold(phrase.name).split()
    if phrase.proper or any(w in grammar.people for w in words):
        return True
    if len(words) == 1 and not words[0].endswith("s") and not _has_article(report, phrase.start, grammar):
        return False  # "seized power"
    return any(w.removesuffix("s").endswith(grammar.person_endings) for w in words[:3])


def _has_article(report: AnnotatedReport, start: int, grammar: Grammar) -> bool:
    """A determiner or a number stands right before."""
    before = re.findall(r"\w+", report.normal.folded[max(0, start - 16) : start])[-1:]
    articles = grammar.definite | grammar.indefinite | grammar.own | grammar.one
    return bool(before) and (before[0] in articles or report.number_before(start, 1))


@cache
def _begins(openings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, openings))})")
