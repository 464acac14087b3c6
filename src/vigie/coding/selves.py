"""Whether the pronoun by which an act is told ("they had killed", « nos forces ont frappé ») means who speaks."""

from __future__ import annotations

import re

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attributions import Attributed, Attribution
from vigie.language.grammar import Grammar
from vigie.text.segments import Quotation

# How far before a verb (characters) its pronoun, or the possessive of its subject, stands.
_BEFORE = 60
# A quotation of fewer words is a turn of phrase inside somebody else's sentence.
_SAYING = 4
_WORD = re.compile(r"[^\W\d_]+'?")


def in_saying(report: AnnotatedReport, offset: int) -> Quotation | None:
    """The quotation an offset stands in, where it is somebody's saying and no turn of phrase."""
    quoted = next((q for q in report.quotations if q.start <= offset < q.end), None)
    return quoted if quoted is not None and len(report.text[quoted.start : quoted.end].split()) >= _SAYING else None


def means_speaker(report: AnnotatedReport, act: int, a: Attribution, attributed: Attributed, grammar: Grammar) -> bool:
    """Whether the pronoun or possessive before an act (offset) can mean the one to whom the words are attributed.

    In his own words, between quotation marks, a speaker is "we": whoever is "they" there is somebody else. In reported
    speech a plural pronoun does not mean a body told in the singular (« l'armée affirme qu'ils ont tué »), where the
    language tells them apart (`plural_pronouns`); a pronoun for a thing that opens the sentence points further back
    than to the speaker told at its end ("It destroyed the wall, Khan said").
    """
    folded = report.normal.folded
    sentence = report.sentence_at(act)
    opening = sentence.start if sentence is not None else 0
    low = max(opening, act - _BEFORE)
    quoted = in_saying(report, act)
    if quoted is not None:
        low = max(low, quoted.start)
        return any(w in grammar.first_person for w in _WORD.findall(folded, low, act))
    selves = [m for m in _WORD.finditer(folded, low, act) if m[0] in grammar.self_pronouns | grammar.own]
    if not selves:
        return True
    if selves[-1].start() == opening and selves[-1][0] in grammar.thing_pronouns and a.cue_span[0] > act:
        return False
    return selves[-1][0] not in grammar.plural_pronouns or not _told_in_singular(report, a, attributed, grammar)


def _told_in_singular(report: AnnotatedReport, a: Attribution, attributed: Attributed, grammar: Grammar) -> bool:
    """Whether the speaker is told with the article of one body anywhere ("l'armée")."""
    folded = report.normal.folded
    for each in attributed.attributions:
        start, end = each.source_span
        own = each.source == a.source and start != each.cue_span[0]
        near = [*_WORD.findall(folded, max(0, start - 6), start)[-1:], *_WORD.findall(folded, start, end)[:1]]
        if own and not grammar.one_body.isdisjoint(near):
            return True
    return False
