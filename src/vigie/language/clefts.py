"""A repair of clefts ("That's when two officers fired at him"): the clause behind "when" has a subject of its own."""

from __future__ import annotations

from vigie.language.parse import Parse
from vigie.language.syntax import Syntax
from vigie.language.verb_groups import below, low

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_PASSIVE = frozenset({"be", "been", "was", "were", "being", "got"})


def cleft(parse: Parse, syntax: Syntax) -> Parse:
    """Of two subjects of one verb, the one behind a cleft's "when" is the verb's; the pronoun and the "is" before it
    are no part of the clause."""
    if parse.words.isdisjoint(syntax.cleft):
        return parse
    for i in range(2, len(parse.tokens)):
        if low(parse.tokens[i]) not in syntax.cleft or parse.tokens[i - 1].pos != "AUX":
            continue
        pointing, copula = parse.tokens[i - 2], parse.tokens[i - 1]
        if pointing.pos != "PRON" or pointing.dep not in _SUBJECTS:
            continue
        verb = pointing.head
        own = [t for t in below(parse, verb) if t.dep in _SUBJECTS and i < t.index < verb]
        if copula.head != verb or not own:
            continue
        passive = any(low(t) in _PASSIVE for t in parse.tokens[own[-1].index + 1 : verb])
        parse = parse.changed(
            {
                pointing.index: pointing._replace(dep="dislocated"),
                copula.index: copula._replace(head=pointing.index, dep="dep"),
                own[-1].index: own[-1]._replace(dep="nsubj:pass" if passive else "nsubj"),
            }
        )
    return parse
