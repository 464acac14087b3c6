"""How a noun for an act refers: to one told before, to one known by its place or day, to one told for the first
time, to acts in general."""

from __future__ import annotations

import re

from vigie.coding.annotated import AnnotatedReport, spaced, spaced_phrases
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.pack import Match
from vigie.language.schema import Harm, Trigger
from vigie.mentions.values import DateMention
from vigie.text.segments import Sentence

_WORD = re.compile(r"\w+")
_CLAUSE = re.compile(r"[;:.!?]|, (?=et |and |mais |but )")
_RECALL_REACH = 32
_NEXT_WORDS = 24
_JUDGED_REACH = 30
# Words between one by which an act is condemned and the act, and between "comes" and "after".
_CONDEMNED_REACH = 10
_COMES_REACH = 6


def strength(report: AnnotatedReport, sentence: Sentence, match: Match, known: bool, grammar: Grammar) -> str:
    """How plainly the word tells of an act. A noun with "the" points back, unless the place or day by which the act is
    known stands behind it, or somebody not told of before ("the killing of two herders", "l'attaque d'un car"). One by
    which somebody judges what was told points back too ("dénonçant un « massacre »")."""
    entry = match.entry
    if not isinstance(entry, Trigger):
        return "weak"
    if known:
        return "strong"
    named = entry.type is not None or entry.blast
    if entry.strength == "definite" and named and _of_somebody_new(report, match.end, grammar):
        return "weak"
    if entry.pos == "noun" and not plural(match) and _judged(report, sentence, match, grammar):
        return "definite"
    return entry.strength


def _judged(report: AnnotatedReport, sentence: Sentence, match: Match, grammar: Grammar) -> bool:
    """Right behind a word by which somebody judges ("denounced a massacre")."""
    before = _WORD.findall(report.normal.folded[max(sentence.start, match.start - _JUDGED_REACH) : match.start])
    return any(w.startswith(grammar.judges) for w in before[-3:])


def _of_somebody_new(report: AnnotatedReport, end: int, grammar: Grammar) -> bool:
    """ "of" and an indefinite article or a number."""
    words = re.split(r"[\s']+", report.normal.folded[end : end + _NEXT_WORDS].strip())
    if len(words) < 2 or (words[0] not in grammar.of and words[0] + "'" not in grammar.of):
        return False
    if words[1] in grammar.indefinite:
        return True
    first = next((q for q in report.quantities if q.start > end), None)
    return first is not None and first.start - end <= len(words[0]) + 2


def recalled(report: AnnotatedReport, match: Match, grammar: Grammar) -> bool:
    """A word that points back, with the place or the day by which the act is known right behind it. "This attack" is
    the one told of, whatever stands behind it."""
    entry = match.entry
    if not isinstance(entry, Trigger) or entry.strength != "definite" or entry.type is None:
        return False
    if report.normal.folded[match.start : match.end].split(" ", 1)[0] in grammar.demonstrative:
        return False
    end = match.end
    told = [d for d in report.dates if not back_to_event(report, d)]
    starts = [*(p.start for p in report.places), *(d.start for d in told)]
    first = min((s for s in starts if 0 <= s - end <= _RECALL_REACH), default=None)
    if first is None:
        return False
    gap = report.text[end:first]
    return not _CLAUSE.search(gap) and "," not in gap and len(_WORD.findall(gap)) <= 4


def back_to_event(report: AnnotatedReport, mention: DateMention) -> bool:
    """Counted back to an earlier act ("deux jours après l'attentat"): the day of what follows, not of what is told
    before it."""
    return report.normal.folded[mention.start : mention.end].endswith(("apres", "after"))


def aftermath(report: AnnotatedReport, sentence: Sentence, match: Match, grammar: Grammar) -> bool:
    """The noun stands behind words that make it the setting of something else."""
    before = report.normal.folded[max(sentence.start, match.start - 48) : match.start]
    clause = re.split(r"[.;:!?«»]", before)[-1]
    words = spaced(clause)
    return any(phrase in words for phrase in spaced_phrases(grammar.aftermath))


def told_after(report: AnnotatedReport, sentence: Sentence, match: Match, grammar: Grammar) -> bool:
    """What the sentence tells of comes after it ("the announcement comes two days after …")."""
    before = report.normal.folded[sentence.start : match.start]
    if not any(word in before for word in grammar.comes):
        return False
    words = _WORD.findall(before)
    after = next((k for k in range(len(words) - 1, -1, -1) if words[k] in grammar.comes_after), None)
    return after is not None and any(word in grammar.comes for word in words[max(0, after - _COMES_REACH) : after])


def condemned(report: AnnotatedReport, sentence: Sentence, match: Match, grammar: Grammar) -> bool:
    """Behind words by which a statement condemns or mourns it ("condemns in the strongest terms the attack")."""
    before = _WORD.findall(report.normal.folded[sentence.start : match.start])[-_CONDEMNED_REACH:]
    return any(word.startswith(grammar.condemns) for word in before)


def plural(match: Match) -> bool:
    words = match.text.split()
    return words[0].endswith(("s", "x")) or words[-1].endswith("s")


def definite(report: AnnotatedReport, start: int, grammar: Grammar) -> bool:
    """A definite article or a demonstrative before a noun, a number in between allowed ("les deux attaques")."""
    before = report.normal.folded[max(0, start - 24) : start].replace("'", "' ").split()
    if not before:
        return False
    near = before[-2:] if report.number_before(start, 2) else before[-1:]
    return any(w in grammar.definite for w in near)


def points_back(report: AnnotatedReport, match: Match, grammar: Grammar) -> bool:
    """A definite noun for an act, unless it is of something or somebody not told of before ("l'explosion d'une bombe",
    "the killing of two herders"): there it is what is told of that makes the noun definite."""
    if not definite(report, match.start, grammar):
        return False
    noun = _WORD.match(report.normal.folded, match.start, match.end)
    inside = noun is not None and _of_somebody_new(report, noun.end(), grammar)
    return not (inside or _of_somebody_new(report, match.end, grammar))


def general(report: AnnotatedReport, match: Match, grammar: Grammar) -> bool:
    """A campaign word, or a noun in the plural that nothing counts."""
    entry = match.entry
    assert isinstance(entry, Trigger | Harm)
    counted = report.number_before(match.start, 12)
    if fold(match.text) in grammar.campaign and not counted:
        return True
    if entry.pos != "noun" or isinstance(entry, Harm):
        return False
    if not plural(match):
        return False
    return not counted
