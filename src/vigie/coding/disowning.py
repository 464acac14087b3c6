"""Who says in so many words that an act was not his: "it had nothing to do with the blast", « n'y être pour rien »."""

from __future__ import annotations

import re

from vigie.coding.annotated import AnnotatedReport, holds_any
from vigie.language.grammar import Grammar

_WORD = re.compile(r"[\w-]+")
# Within so many words of what is said the speaker speaks of himself, and says that it was not he.
_SELF_WITHIN, _NOT_WITHIN = 4, 12


def says_not_mine(report: AnnotatedReport, start: int, end: int, grammar: Grammar) -> bool:
    """Whether the words from `start` on (offsets in the normalised text) open with the speaker or his own people, or
    with an infinitive, and go on with words by which a part in an act is refused."""
    folded = report.normal.folded
    words = list(_WORD.finditer(folded, start, end))[:_NOT_WITHIN]
    if not words:
        return False
    own = grammar.own | grammar.self_pronouns
    himself = words[0][0] in grammar.refuses_in_infinitive or any(w[0] in own for w in words[:_SELF_WITHIN])
    if not himself:
        return False
    return holds_any(folded[start : words[-1].end()], grammar.refuses)
