"""Who is said to be behind an incident beyond the grammar of its acts: who claims it, who is accused of it,
who tells it of himself, who is named or arrested as the suspect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vigie.coding.annotated import AnnotatedReport, mentions_any
from vigie.coding.attributions import Attributed, Attribution
from vigie.coding.joining import Group
from vigie.coding.phrases import Phrase, phrase_at, phrase_of_match
from vigie.coding.roles import subject_of
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.schema import Body, Term
from vigie.model import Source

_SIDES = frozenset({"military", "armed_group", "police"})
_ACCUSABLE = frozenset(
    {"armed_group", "military", "police", "government", "attacker", "political", "religious", "crowd"}
)
_REACH = 110
_NAME = re.compile(
    r"(?: étant| être)?(?: comme)?,?:? (?:« ?|\"|“)?"
    r"((?:[A-ZÀ-Þ][\w'’-]+|[A-Z]\.)(?: (?:[A-ZÀ-Þ][\w'’-]+|[A-Z]\.|al|ben|bin|de|van|von|el|Al)(?![\w])){1,4})"
)


@dataclass(frozen=True, slots=True)
class Author:
    """A name for whoever is behind an incident: offsets in the normalised text, and the name."""

    start: int
    end: int
    name: str


def sentences_of(group: Group, groups: Sequence[Group], report: AnnotatedReport) -> set[int]:
    """Sentences that speak of a group: its tellings, and what follows each up to the next telling of another."""
    owner: dict[int, Group] = {}
    for g in groups:
        for t in g.tellings:
            owner[t.sentence] = g
    told: set[int] = set()
    last: Group | None = None
    for s in report.sentences:
        last = owner.get(s.index, last)
        if last is group:
            told.add(s.index)
    return told


def claimants(report: AnnotatedReport, told: set[int], attributed: Attributed, grammar: Grammar) -> list[Author]:
    """Speakers who claim the act, in the sentences that speak of it; not those who claim most of many acts."""
    names = {s.id: s for s in attributed.sources}
    found = {}
    for a in attributed.attributions:
        if a.stance != "claims_responsibility" or a.sentence not in told or a.source not in names:
            continue
        if not mentions_any(report.normal.folded, report.sentences[a.sentence], grammar.most):
            found[a.source] = Author(*a.source_span, names[a.source].name)
    return list(found.values())


def tellers(report: AnnotatedReport, group: Group, attributed: Attributed, grammar: Grammar) -> list[Author]:
    """Speakers who tell the act as their own: "the rebels said they had killed", "nos forces ont frappé"."""
    names = {s.id: s for s in attributed.sources}
    found: dict[str, Author] = {}
    for t in group.tellings:
        for act in t.acts:
            own = act.pronoun or any(_possessed(report, p, grammar) for p in act.actors)
            if not own:
                continue
            for a in attributed.attributions:
                source = names.get(a.source)
                if source is not None and _speaks_for_a_side(source) and _covers(a, act.start):
                    found[a.source] = Author(*a.source_span, source.name)
    return list(found.values())


def _speaks_for_a_side(source: Source) -> bool:
    return source.kind in _SIDES


def _covers(a: Attribution, offset: int) -> bool:
    return any(start <= offset < end for start, end in a.content)


def _possessed(report: AnnotatedReport, p: Phrase, grammar: Grammar) -> bool:
    """ "its men", "nos forces": the phrase stands behind a possessive."""
    before = report.normal.folded[max(0, p.start - 8) : p.start].split()
    return bool(before) and before[-1] in grammar.own


def accused(report: AnnotatedReport, told: set[int], grammar: Grammar) -> list[Author]:
    """Bodies that somebody accuses: what follows "accuse", "imputé à", "blamed on", or the subject of "est accusé
    de", "is suspected of"."""
    found: list[Author] = []
    for s in report.sentences:
        if s.index not in told or s.title:
            continue
        for m in report.matches_in(s.start, s.end, "modality"):
            if isinstance(m.entry, Term) and m.entry.mark == "accuse":
                phrase = _accused_by(report, m.start, m.end, s.start, s.end, grammar)
                if phrase is not None:
                    found.append(Author(phrase.start, phrase.end, phrase.name))
    return found


def _accused_by(report: AnnotatedReport, start: int, end: int, low: int, high: int, grammar: Grammar) -> Phrase | None:
    words = report.normal.folded[start : min(high, end + 4)]
    if words.startswith(grammar.accused_of):
        bodies = list(_bodies(report, max(low, start - _REACH), start, grammar))
        return bodies[-1] if bodies else None
    return next(_bodies(report, end, min(high, end + _REACH), grammar), None)


def _bodies(report: AnnotatedReport, start: int, end: int, grammar: Grammar) -> Iterator[Phrase]:
    """Bodies that can be accused, in a stretch, as full phrases where the sentence is parsed."""
    for m in report.matches_in(start, end, "actors"):
        if not isinstance(m.entry, Body) or m.entry.kind not in _ACCUSABLE or not m.entry.can_act:
            continue
        sentence = report.sentence_at(m.start)
        parse = report.parses.get(sentence.index) if sentence else None
        head = parse.head_of(m.start, m.end) if parse is not None else None
        phrase = phrase_at(report, parse, head, grammar) if parse is not None and head is not None else None
        yield (
            phrase
            if phrase is not None and phrase.start <= m.start and m.end <= phrase.end
            else phrase_of_match(report, m)
        )


@dataclass(frozen=True, slots=True)
class HeldArea:
    """ "the areas controlled by X" that something was fired from: its offsets, and X."""

    start: int
    end: int
    holder: Author


def held_areas(report: AnnotatedReport, start: int, end: int, grammar: Grammar) -> list[HeldArea]:
    """Areas held by an armed body, after a word for "from", in a stretch of text: their holder is suspected."""
    out = []
    for m in report.matches_in(start, end, "modality"):
        if not isinstance(m.entry, Term) or m.entry.mark != "from":
            continue
        for body in _bodies(report, m.end, min(end, m.end + _REACH), grammar):
            between = report.normal.folded[m.end : body.start]
            if any(w in between for w in grammar.held):
                head = re.match(r"\s*(?:les |des |the |d'|de )?", report.normal.folded[m.end : body.start])
                first = m.end + (head.end() if head else 0)
                out.append(HeldArea(first, body.end, Author(body.start, body.end, body.name)))
            break
    return out


def named_suspects(report: AnnotatedReport, told: set[int], grammar: Grammar) -> list[Author]:
    """Names that words of identification introduce ("identifié comme X", "the gunman, X")."""
    found = []
    folded = report.normal.folded
    for s in report.sentences:
        if s.index not in told or s.title:
            continue
        for phrase in sorted(grammar.identified):
            at = folded.find(phrase, s.start, s.end)
            if at < 0 or (at and folded[at - 1].isalnum()):
                continue
            name = _NAME.match(report.text, at + len(phrase), s.end)
            if name and not report.matches_in(name.start(1), name.end(1), "actors"):
                found.append(Author(name.start(1), name.end(1), name[1]))
    return sorted(set(found), key=lambda a: a.start)


def arrested(report: AnnotatedReport, told: set[int], grammar: Grammar) -> list[Author]:
    """The one person said to be arrested or held after the act."""
    found = []
    for s in report.sentences:
        parse = report.parses.get(s.index)
        if s.index not in told or parse is None or s.title:
            continue
        for token in parse.tokens:
            if token.pos not in {"VERB", "ADJ"} or not fold(token.text).startswith(grammar.arrest):
                continue
            subject, passive = subject_of(parse, token.index, grammar)
            if subject is None or not passive:
                continue
            phrase = phrase_at(report, parse, subject, grammar)
            described = _apposed(report, phrase, grammar) if phrase is not None else None
            phrase = described or phrase
            if phrase is not None and phrase.singular and phrase.file != "targets":
                found.append(Author(phrase.start, phrase.end, phrase.name))
    return found


def _apposed(report: AnnotatedReport, phrase: Phrase, grammar: Grammar) -> Phrase | None:
    """What a word for the perpetrator is explained by: "Le conducteur, un homme de 27 ans, …"."""
    sentence = report.sentence_at(phrase.start)
    parse = report.parses.get(sentence.index) if sentence else None
    if parse is None or report.text[phrase.end : phrase.end + 2] != ", ":
        return None
    head = parse.at(phrase.head[0])
    if head is None:
        return None
    for child in parse.children(head):
        if parse.tokens[child].dep in {"appos", "nmod", "conj"} and parse.tokens[child].start > phrase.end:
            return phrase_at(report, parse, child, grammar)
    return None
