"""What undoes an act: words that govern it, and the grammar of what is only meant, announced or ordered."""

from __future__ import annotations

import re
from collections.abc import Collection

from vigie.coding.annotated import AnnotatedReport
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.pack import Match
from vigie.language.parse import Parse
from vigie.language.schema import Harm, Term, Trigger
from vigie.text.segments import Sentence

_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[;:.!?]")
# Name of the entries of the modality pack that set apart all that is told behind them in their sentence ("in a separate
# incident").
SETTING = "setting"
# Of those that say how often: of blows or shots as well as of acts; and of what opens a sentence that goes on with a
# place or a day.
BLOWS, OPENER = "blows", "opener"
# Mark of phrases that mean nothing of what a word in them marks ("without warning").
PLAIN = "plain"
_CLAUSE = re.compile(r"[;:.!?]|, (?=et |and |mais |but )")
# Marks that undo an act when they govern it, and why it is then left out.
UNDONE = {
    "threat": "threatened, not done",
    "plan": "planned, not done",
    "hypothetical": "hypothetical",
    "exercise": "an exercise or a test",
    "negation": "said not to have happened",
    "habitual": "told as a habit, no single act",
}
_AND = re.compile(r"\b(?:et|and)\b")
_FOILING = frozenset({"foiled", "intercepted"})
_LOCAL = frozenset(
    {"negation", "threat", "plan", "hypothetical", "exercise", "habitual", "failed", "foiled", "intercepted"}
)


def undone_by(marks: Collection[str]) -> str | None:
    """Why an act with such marks is left out, None where nothing undoes it."""
    return next((UNDONE[m] for m in UNDONE if m in marks), None)


def marks_at(
    report: AnnotatedReport, sentence: Sentence, start: int, end: int, *, blows: bool = False
) -> frozenset[str]:
    """Marks of the modality pack that bear on a trigger. Marks that undo or foil an act must stand close before
    it in its own clause, or right after it; the others count for the whole sentence. blows: of a word for shots or
    stabs, of which one person may get several."""
    marks = set()
    found = report.matches_in(sentence.start, sentence.end, "modality")
    plain = [m for m in found if isinstance(m.entry, Term) and m.entry.mark == PLAIN]
    for m in found:
        if not isinstance(m.entry, Term) or any(p.start <= m.start and m.end <= p.end for p in plain):
            continue
        mark = m.entry.mark
        if m.entry.name == OPENER and m.start - sentence.start <= 2:
            marks.add("another")  # « Toujours à Gao, … » goes on to the next act of the place
            continue
        if m.entry.name == BLOWS and (blows or _of_blows(report, m, end)):
            continue
        if mark == "another":
            gap = report.text[m.end : start] if m.end <= start else "far from it"
            set_apart = m.entry.name == SETTING and m.end <= start and not _STOP.search(gap)
            if set_apart or len(_WORD.findall(gap)) <= 2 or m.start - sentence.start <= 2:
                marks.add(mark)
            continue
        if mark not in _LOCAL:
            marks.add(mark)
            continue
        if m.end <= start:
            gap = report.text[m.end : start]
            if mark in _FOILING and _AND.search(gap):
                continue  # "stopped a bus and abducted the driver"
            if len(_WORD.findall(gap)) <= 5 and not _CLAUSE.search(gap):
                marks.add(mark)
        elif m.start >= end:
            gap = report.text[end : m.start]
            if mark == "habitual" and "," in gap:
                continue  # "fired live rounds, sometimes without warning"
            if mark != "negation" and len(_WORD.findall(gap)) <= 4 and not _CLAUSE.search(gap):
                marks.add(mark)
        else:
            marks.add(mark)
    return frozenset(marks)


def _of_blows(report: AnnotatedReport, mark: Match, end: int) -> bool:
    """Whether another word for a deed stands between one and what says how often ("stormed the camp and shot
    sporadically")."""
    return end <= mark.start and bool(report.matches_in(end, mark.start, "triggers"))


def not_done(parse: Parse, head: int, entry: Trigger | Harm, grammar: Grammar) -> str | None:
    """Why the grammar tells of no act that happened: an infinitive of purpose, a future, an imperative; a noun for one
    that is to take place ("strikes will be carried out"). None where it may well have happened."""
    token = parse.tokens[head]
    if token.pos not in {"VERB", "AUX"} or entry.pos == "noun":
        return "told as to come" if isinstance(entry, Trigger) and _announced(parse, head, grammar) else None
    below = [parse.tokens[c] for c in parse.children(head)]
    if token.has("VerbForm=Inf"):
        if any(t.dep == "aux" for t in below):  # a past infinitive: "après avoir tiré"
            return None
        governor = parse.tokens[token.head]
        if token.dep == "xcomp" and governor.pos in {"VERB", "AUX"} and fold(governor.lemma) not in grammar.intends:
            return None  # "a commencé à poignarder", "began to stab", "tried to ram"
        if token.dep == "acl" and fold(governor.lemma) in grammar.attempt:
            return None
        if _done_next(parse, head, grammar):
            return None
        return "told as an aim, not as done"
    if token.has("Mood=Imp") or _future(parse, head):
        return "told as to come"
    if any(t.dep == "aux" and t.lemma in {"may", "might"} for t in below):
        return "told as to come"
    if token.dep == "xcomp" and _future(parse, token.head):  # "will go on firing"
        return "told as to come"
    return None


def _done_next(parse: Parse, head: int, grammar: Grammar) -> bool:
    """What somebody went on to do behind what he had done before it (« il est entré dans le bar avant de tirer »). In
    front, « avant de tirer, il … » may tell of what never came to be."""
    governor = parse.tokens[parse.tokens[head].head]
    if governor.index >= head or governor.pos not in {"VERB", "AUX"} or _future(parse, governor.index):
        return False
    if governor.has("VerbForm=Inf") or governor.has("Mood=Imp") or governor.has("Mood=Cnd"):
        return False
    opens = [parse.tokens[c] for c in parse.children(head) if governor.index < c < head]
    return any(fold(t.text) in grammar.before_doing for t in opens)


def _future(parse: Parse, head: int) -> bool:
    """Told in the future. What "will have killed" ten, « aura fait dix morts », has done so."""
    below = [parse.tokens[c] for c in parse.children(head)]
    if any(t.dep == "aux" and t.lemma == "have" for t in below):
        return False
    return (
        parse.tokens[head].has("Tense=Fut")
        or any(t.dep == "aux:pass" and t.has("Tense=Fut") for t in below)
        or any(t.dep == "aux" and t.lemma in {"will", "shall"} for t in below)
    )


def _announced(parse: Parse, head: int, grammar: Grammar) -> bool:
    """A noun for an act that is to take place or be carried out: subject or object of a future verb."""
    token = parse.tokens[head]
    over = [token.head] if token.dep in {"nsubj", "nsubj:pass", "obj"} else []
    for i in (*over, *(c for c in parse.children(head) if parse.tokens[c].dep == "acl:relcl")):
        lemma = fold(parse.tokens[i].lemma)
        told = lemma in grammar.occurs or lemma.startswith(grammar.performs)
        if parse.tokens[i].pos in {"VERB", "AUX"} and told and _future(parse, i):
            return True
    return False


def past_perfect(parse: Parse, head: int) -> bool:
    """Pluperfect of the trigger itself or of the verb that carries it."""
    for i in (head, parse.tokens[head].head):
        aux = [parse.tokens[c] for c in parse.children(i) if parse.tokens[c].dep in {"aux", "aux:pass"}]
        if any(t.text.lower() in {"had", "avait", "avaient", "s'était"} for t in aux):
            return True
        if any(t.lemma in {"être", "avoir"} and t.has("Tense=Imp") for t in aux) and parse.tokens[i].has(
            "VerbForm=Part"
        ):
            return True
    return False
