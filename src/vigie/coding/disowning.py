"""Who says in so many words that an act was not his ("it had nothing to do with the blast", « n'y être pour rien »),
or that it is not as others tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from vigie.coding.annotated import AnnotatedReport, holds_any, spaced
from vigie.language.grammar import Grammar
from vigie.model.coded import SourceKind, Stance

_WORD = re.compile(r"[\w-]+")
# Within so many words of what is said the speaker speaks of himself, and says that it was not he.
_SELF_WITHIN, _NOT_WITHIN = 4, 12
# Within so many words a party names itself first, and its first verb is negated.
_PARTY_WITHIN, _NEGATED_WITHIN = 3, 7
# Within so many words the account is named, and what it is called.
_ACCOUNT_WITHIN, _UNTRUE_WITHIN = 5, 12
# Those who answer for what their own people did.
_PARTIES: frozenset[SourceKind] = frozenset({"armed_group", "military", "police", "government"})
# How far behind a verb of accusation (characters) the charge is told.
_CHARGE = 110


def stance_of(
    report: AnnotatedReport,
    stance: Stance,
    cue: int,
    content: Sequence[tuple[int, int]],
    kind: SourceKind,
    grammar: Grammar,
) -> Stance:
    """The stance of words whose verb alone (it ends at `cue`) gives it as `stance`: a denial where they refuse a part
    in an act, call what is told of it untrue, or accuse somebody of telling it."""
    if stance == "accuses":
        return "denies" if of_untruth(report, cue, grammar) else stance
    if stance != "asserts":
        return stance
    for start, end in content:
        party = kind in _PARTIES and denies_part(report, start, end, grammar)
        if party or says_not_mine(report, start, end, grammar) or calls_untrue(report, start, end, grammar):
            return "denies"
    return stance


def denies_part(report: AnnotatedReport, start: int, end: int, grammar: Grammar) -> bool:
    """Whether a party says of its own people that they did or were not what the words go on with: "none of its units
    were in the area", « nos avions n'ont effectué aucune sortie ». Not what it does not know or say."""
    folded = report.normal.folded
    words = list(islice(_WORD.finditer(folded, start, end), _NOT_WITHIN))
    opening = [w[0] for w in words[:_NEGATED_WITHIN]]
    if not any(w in grammar.own | grammar.first_person | grammar.self_pronouns for w in opening[:_PARTY_WITHIN]):
        return False
    if not any(w in grammar.negates for w in opening) or any(w[0].startswith(grammar.unaware) for w in words):
        return False
    stop = words[-1].end()
    return holds_any(folded[start:stop], grammar.forces) and (
        bool(report.matches_in(start, stop, "triggers", "harm", "weapons", "targets"))
        or holds_any(folded[start:stop], grammar.presence)
    )


def calls_untrue(report: AnnotatedReport, start: int, end: int, grammar: Grammar) -> bool:
    """Whether the words call an account untrue: "these reports are fabricated", « c'est absurde »."""
    folded = report.normal.folded
    words = list(islice(_WORD.finditer(folded, start, end), _UNTRUE_WITHIN))
    if not words:
        return False
    if not holds_any(folded[start : words[:_ACCOUNT_WITHIN][-1].end()], grammar.accounts):
        return False
    said = spaced(folded[start : words[-1].end()])
    return any(f" {word}" in said for word in grammar.untrue)


def says_not_mine(report: AnnotatedReport, start: int, end: int, grammar: Grammar) -> bool:
    """Whether the words from `start` on (offsets in the normalised text) open with the speaker or his own people, or
    with an infinitive, and go on with words by which a part in an act is refused."""
    folded = report.normal.folded
    words = list(islice(_WORD.finditer(folded, start, end), _NOT_WITHIN))
    if not words:
        return False
    own = grammar.own | grammar.self_pronouns
    himself = words[0][0] in grammar.refuses_in_infinitive or any(w[0] in own for w in words[:_SELF_WITHIN])
    if not himself:
        return False
    return holds_any(folded[start : words[-1].end()], grammar.refuses)


def of_untruth(report: AnnotatedReport, end: int, grammar: Grammar) -> bool:
    """Whether the accusation whose verb ends there is of telling what is not so ("of fabricating the incident")."""
    charge = report.normal.folded[end : end + _CHARGE].split(".")[0]
    return any(p in charge for p in grammar.untruths)


def of_support(report: AnnotatedReport, end: int, grammar: Grammar) -> bool:
    """Whether the accusation whose verb ends there is of a part short of the deed: of backing those who did it, or of
    letting it happen ("of arming the rebels", « d'être arrivée trop tard »)."""
    charge = report.normal.folded[end : end + _CHARGE].split(".")[0]
    return any(p in charge for p in grammar.short_of_deed)
