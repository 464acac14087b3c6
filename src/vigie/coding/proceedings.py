"""Days and places of what came of an act: where and when somebody was tried, caught, mourned or remembered for it."""

from __future__ import annotations

from collections.abc import Sequence

from vigie.coding.acts import Act
from vigie.coding.annotated import AnnotatedReport
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.parse import Parse
from vigie.mentions.values import DateMention, PlaceMention
from vigie.text.segments import Sentence

_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN"})


def told_of_proceedings(
    report: AnnotatedReport, sentence: Sentence, acts: Sequence[Act], grammar: Grammar
) -> tuple[tuple[int, int], ...]:
    """Stretches of the days and places of a sentence that hang on a verb of trying, catching or mourning, and not on
    an act ("was sentenced in Lyon on Monday for stabbing a guard", « a comparu mardi à Lyon pour … »)."""
    parse = report.parses.get(sentence.index)
    if parse is None or not acts:
        return ()
    words = parse.words
    if not any(fold(w) in grammar.proceedings_at or fold(w).startswith(grammar.proceedings) for w in words):
        return ()
    heads = {h for a in acts if (h := parse.head_of(a.start, a.end)) is not None}
    mentions: list[DateMention | PlaceMention] = [*report.dates, *report.places]
    return tuple(
        (m.start, m.end)
        for m in mentions
        if sentence.start <= m.start < sentence.end and _hangs_on(parse, m, heads, acts, grammar)
    )


def _hangs_on(
    parse: Parse, mention: DateMention | PlaceMention, heads: set[int], acts: Sequence[Act], grammar: Grammar
) -> bool:
    """The first verb above the mention is one of proceedings, and no act stands between the two."""
    own = parse.head_of(mention.start, mention.end)
    if own is None:
        return False
    for i in parse.path_to_root(own):
        if i in heads:
            return False
        token = parse.tokens[i]
        if token.pos in _VERBAL or token.head == i:
            low, high = sorted((token.start, mention.start))
            if any(low < a.start < high for a in acts):
                return False
            return _of_proceedings(parse, i, grammar)
    return False


def _of_proceedings(parse: Parse, verb: int, grammar: Grammar) -> bool:
    """A verb of proceedings, or one that a noun for them goes with ("appeared in court", "attended a vigil")."""
    below = [parse.tokens[c] for c in parse.children(verb)]
    if fold(parse.tokens[verb].text).startswith(grammar.proceedings):
        return not any(t.dep.startswith("expl") for t in below)  # « la voiture s'est arrêtée à Lens »
    return any(t.pos in _NOMINAL and fold(t.text) in grammar.proceedings_at for t in below)
