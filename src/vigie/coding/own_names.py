"""The own name of a person whom an act or a toll tells of only by what he is: "a bus driver, Adam Cole, was shot",
« un policier de 34 ans, Karim Adda », "the officer was later identified as Nora Vance"."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.authors import Author
from vigie.coding.person_names import PERSON
from vigie.coding.phrases import Phrase, phrase_at
from vigie.language.grammar import Grammar
from vigie.language.schema import Body, Speaker

_NAME = f"({PERSON})"
_AGE = r"(?:,? \(?(?:de |aged |âgée? de )?\d\d(?: ans)?\)?)"
# "Officer Cole", « la chanteuse de 22 ans Nora Vance ».
_BEHIND = re.compile(rf"{_AGE}? {_NAME}")
_BEHIND_AGE = re.compile(rf"{_AGE} {_NAME}")
# "a shopkeeper, Adam Idrissa, was shot", "the driver, 34-year-old Adam Cole,".
_APPOSED = re.compile(rf"{_AGE}?, (?:\d\d[- ]year[- ]old )?{_NAME}")
_SET_OFF = re.compile(r"[,.;)]| \(| (?:of|from|de|du|des) | d['’]|$", re.MULTILINE)
_ANY_NAME = re.compile(rf"(?: étant| être)?,? {_NAME}")
_AGED = re.compile(rf"{_AGE}?")
_WHOLE_NAME = re.compile(_NAME)
_WORD = re.compile(r"\w+")
_COURTESY = frozenset("mr mr. mrs mrs. ms ms. dr dr. m. mme mme. mlle sir lady".split())
# A given name and a surname.
_WHOLE = 2
# Characters between what somebody is and the words that name him.
_INTRODUCES = 40
_SHORTEST_HEAD = 4


def own_name(report: AnnotatedReport, p: Phrase, told: Container[int], grammar: Grammar) -> Author | None:
    """The name of the one person that a phrase describes, as the words around it or the sentences that speak of the
    act (`told`) give it; None for several people, for a name, and where none is given."""
    if not _one_person(report, p, grammar):
        return None
    for name in (*_beside(report, p, grammar), *_introduced(report, p, told, grammar)):
        placed = any(q.start < name.end and name.start < q.end for q in report.places)
        if not placed and not report.matches_in(name.start, name.end, "actors", "speakers"):
            return name
    return None


def is_surname_of(name: str, other: str) -> bool:
    """Whether a name is the last word of the other, alone or behind a word of courtesy ("Mr Cole", "Adam Cole")."""
    words, whole = name.split(), other.split()
    if len(whole) < _WHOLE or whole[0].lower() in _COURTESY or not words or words[-1] != whole[-1]:
        return False
    return words[-1][:1].isupper() and all(w.lower() in _COURTESY for w in words[:-1])


def is_more_of(name: str, other: str) -> bool:
    """Whether a name goes on after a whole name of a person ("Adam Cole of Jos", "Adam Cole")."""
    return name.startswith(f"{other} ") and _WHOLE_NAME.fullmatch(other) is not None


def _one_person(report: AnnotatedReport, p: Phrase, grammar: Grammar) -> bool:
    """A word for one person that is no name, as far as grammar or the word before it tells."""
    entry = p.match.entry if p.match else None
    if p.proper or not (entry is None or isinstance(entry, Speaker) or (isinstance(entry, Body) and not entry.named)):
        return False
    before = _WORD.findall(report.normal.folded, max(0, p.start - 12), p.start)[-1:]
    return p.singular or (bool(before) and before[0] in grammar.one)


def _author(m: re.Match[str]) -> Author:
    return Author(m.start(1), m.end(1), m[1])


def _beside(report: AnnotatedReport, p: Phrase, grammar: Grammar) -> Iterator[Author]:
    """Names right behind the phrase, set beside it, or that it is set beside."""
    known = p.match is not None and _AGED.fullmatch(report.text, p.head[1], p.end) is not None
    if name := (_BEHIND if known else _BEHIND_AGE).match(report.text, p.end):
        yield _author(name)
    sentence = report.sentence_at(p.start)
    if sentence is None:
        return
    parse = report.parses.get(sentence.index)
    if name := _APPOSED.match(report.text, p.end, sentence.end):
        head = parse.head_of(name.start(1), name.end(1)) if parse is not None else None
        apposed = parse is not None and head is not None and parse.tokens[head].dep == "appos"
        if apposed or _SET_OFF.match(report.text, name.end()):
            yield _author(name)
    rest = report.normal.folded[p.end : p.end + 40].lstrip(" ,")
    for phrase in grammar.identified:
        if rest.startswith(phrase):
            at = report.normal.folded.index(phrase, p.end) + len(phrase)
            if name := _ANY_NAME.match(report.text, at, sentence.end):
                yield _author(name)
    head = parse.head_of(*p.head) if parse is not None else None
    if parse is not None and head is not None and parse.tokens[head].dep == "appos":
        whole = phrase_at(report, parse, parse.tokens[head].head, grammar)
        if whole is not None and whole.proper and (name := _WHOLE_NAME.fullmatch(whole.name)):
            yield Author(whole.start, whole.end, whole.name)


def _introduced(report: AnnotatedReport, p: Phrase, told: Container[int], grammar: Grammar) -> Iterator[Author]:
    """Names that a sentence on the act gives to whoever it calls by the same word ("identified the officer as X",
    « le boulanger a été identifié comme X »)."""
    folded = report.normal.folded
    head = folded[p.head[0] : p.head[1]]
    if len(head) < _SHORTEST_HEAD:
        return
    for s in report.sentences:
        at = folded.find(head, s.start, s.end) if s.index in told and not s.title else -1
        if at < 0:
            continue
        for ending in grammar.identified_as:
            end = folded.find(ending, at + len(head), min(s.end, at + len(head) + _INTRODUCES))
            around = _WORD.findall(folded, max(s.start, at - _INTRODUCES), max(end, 0))
            named = end >= 0 and any(w.startswith(grammar.identifies) for w in around)
            if named and (name := _ANY_NAME.match(report.text, end + len(ending), s.end)):
                yield _author(name)
