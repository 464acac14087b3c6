"""What a sentence says of those who were not killed or injured: nobody, or nothing that is known.

"No one was hurt" is a count of none; "did not identify the injured", "no other injuries" and « n'a pas donné de bilan »
are no count at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from vigie.coding.annotated import within
from vigie.coding.toll_counts import BREAK, WORD
from vigie.language.folding import fold
from vigie.language.schema import Harm, Term, Trigger

if TYPE_CHECKING:
    from vigie.coding.annotated import AnnotatedReport
    from vigie.language.grammar import Grammar
    from vigie.language.pack import Match
    from vigie.mentions.values import QuantityMention
    from vigie.text.segments import Sentence

HarmKind = Literal["killed", "injured", "casualties"]
_EITHER: tuple[HarmKind, HarmKind] = ("injured", "killed")
# In "no casualties", "ni dommages ni blessés": nobody killed either.
_ANY_HARM = ("victim", "dommage", "degat", "casualt", "harm", "perte", "damage", "hurt", "touche", "hit", "mal")
# So many words may stand between a negation and what it denies.
_REACH = 4
# So many words behind a verb its outcome may stand ("beat two of the men to death").
_TO_DEATH = 8


def harm_of(match: Match) -> HarmKind | None:
    """The harm that a word of the pack tells of; None for the missing and the unharmed."""
    entry = match.entry
    if isinstance(entry, Harm):
        return None if entry.harm == "missing" or entry.harm == "unharmed" else entry.harm
    if isinstance(entry, Trigger):
        return "killed" if entry.killed else "injured" if entry.injured else None
    return None


def deadly(report: AnnotatedReport, sentence: Sentence, match: Match, grammar: Grammar) -> Match:
    """A verb for how somebody was hurt, with its outcome behind its object: "slashing 19 people to death", « roué de
    coups jusqu'à la mort » tell of the dead. Any other match as it is."""
    entry = match.entry
    if not isinstance(entry, Trigger) or not entry.injured or entry.pos == "noun":
        return match
    folded = report.normal.folded
    stop = BREAK.search(folded, match.end, sentence.end)
    end = stop.start() if stop else sentence.end
    words = list(WORD.finditer(folded, match.end, end))[:_TO_DEATH]
    clause = folded[match.end : words[-1].end()] if words else ""
    at = min((clause.find(f" {w}") for w in grammar.to_death if f" {w}" in clause), default=-1)
    if at < 0 or report.matches_in(match.end, match.end + at, "harm", "triggers"):
        return match
    return match._replace(entry=entry.model_copy(update={"killed": True, "injured": False}))


def denial(
    report: AnnotatedReport, sentence: Sentence, match: Match, grammar: Grammar
) -> Literal["nobody", "untold"] | None:
    """What a negation close before a word of harm says ("n'a pas été blessé", "nobody was hurt"): that there was
    nobody, or nothing of how many (of more than those counted, of what is known of a toll)."""
    for m in report.matches_in(sentence.start, match.end, "modality"):
        if not isinstance(m.entry, Term) or m.entry.mark != "negation" or m.end > match.start:
            continue
        words = WORD.findall(report.normal.folded[m.end : match.start])
        if len(words) > _REACH or BREAK.search(report.text[m.end : match.start]):
            continue
        told = WORD.findall(fold(match.text))
        if (words[-1:] or [""])[0] in grammar.own | grammar.definite or told[0] in grammar.definite:
            continue  # "none of the dead had a record", "did not identify the injured"
        if any(w in grammar.unconfirmed for w in words):
            continue  # "no word of casualties"
        if any((q.quantity.lower or 0) > 1 for q in within(report.quantities, m.end, match.start)):
            continue  # "three soldiers and not four were killed"
        if not grammar.further.isdisjoint(words) or not grammar.toll_words.isdisjoint(told):
            return "untold"
        return "nobody"
    return None


def nobody_hurt(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> list[tuple[Match, HarmKind]]:
    """The words by which nobody was killed or injured ("sans faire de victimes", "no casualties"), once for each harm
    that they deny."""
    found: list[tuple[Match, HarmKind]] = []
    for m in report.matches_in(sentence.start, sentence.end, "modality"):
        if not isinstance(m.entry, Term) or m.entry.mark != "no_harm":
            continue
        words = WORD.findall(fold(m.text))
        if not grammar.further.isdisjoint(words) or not grammar.toll_words.isdisjoint(words):
            continue  # "no other injuries were reported"
        named = {harm_of(h) for h in report.matches_in(m.start, m.end, "harm")}
        both = any(w in fold(m.text) for w in _ANY_HARM) or named.isdisjoint({"injured", "killed"})
        found.extend((m, harm) for harm in _EITHER if both or harm in named)
    return found


def untrue_count(report: AnnotatedReport, count: QuantityMention, grammar: Grammar) -> bool:
    """A number that is named only to be called wrong ("three soldiers and not four were killed")."""
    if (count.quantity.lower or 0) < 2:
        return False
    before = WORD.findall(report.normal.folded[max(0, count.start - 16) : count.start])[-2:]
    return bool(before) and (before[-1] in grammar.not_so or " ".join(before) in grammar.not_so)
