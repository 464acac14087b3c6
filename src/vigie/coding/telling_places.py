"""Places of a sentence that say where what it tells of happened."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vigie.coding.acts import Act
from vigie.coding.annotated import AnnotatedReport, within
from vigie.coding.attribution_words import load_speech_words
from vigie.coding.attributions import Attributed, Attribution
from vigie.coding.roles import is_initials
from vigie.language.grammar import Grammar
from vigie.language.schema import Body, Trigger
from vigie.mentions.places import is_metonym
from vigie.mentions.values import PlaceMention
from vigie.model import Place
from vigie.text.segments import Sentence

# How far before a place its preposition and "based" stand, and the one who is based there.
_SEAT_REACH, _SPEAKER_REACH = 32, 60
_CARRIED_REACH = 48
_SAID_REACH = 60  # as far before what is said in a place stands who says so
_WARD_REACH = 24  # as far behind a place stands the hospital that is named after it
_BETWEEN = re.compile(r"[\s']+")
_WORD = re.compile(r"\w+")
_NOUN_REACH = 40  # longer than any noun of the pack
# What follows a place that stands before the report.
_HEADING = re.compile(r"[^.:;|\n]{0,40}[:|]\s")
_BRACKETED = re.compile(r"[)\]]\s")
_AIMED = frozenset({"air_drone_strike", "shelling_missile", "armed_clash"})


def own_places(
    report: AnnotatedReport, sentence: Sentence, attributed: Attributed, acts: Sequence[Act], grammar: Grammar
) -> list[PlaceMention]:
    """Places of a sentence that say where something happened: not those in a speaker's or an organisation's
    name, not capitals and countries that stand for governments."""
    here = within(report.places, sentence.start, sentence.end)
    if not here:
        return []
    speakers = [a.source_span for a in attributed.attributions]
    names = [
        m
        for m in report.matches_in(sentence.start, sentence.end, "actors")
        if isinstance(m.entry, Body) and m.entry.named
    ]
    said_here = [a for a in attributed.attributions if a.sentence == sentence.index]
    found = []
    for p in here:
        if any(a <= p.start and p.end <= b for a, b in speakers) or _heads(report, p):
            continue
        if any(_describes_speaker(report, p, a, grammar) or _said_there(report, p, a) for a in said_here):
            continue
        if any(m.start <= p.start and p.end <= m.end and (m.start, m.end) != (p.start, p.end) for m in names):
            continue
        if _agent(report, p, grammar) or _seat(report, sentence, p, grammar):
            continue
        if _carried_to(report, sentence, p, grammar) or is_metonym(report.text, p, report.pack.language):
            continue
        if _cared_for(report, sentence, p, grammar):
            continue
        if is_initials(report, p) and _before_noun(report, p):
            continue
        if p.place.precision == "country" and any(
            ph.start <= p.start and p.end <= ph.end for a in acts for ph in (*a.actors,)
        ):
            continue
        found.append(p)
    return found


def _heads(report: AnnotatedReport, p: PlaceMention) -> bool:
    """Whether a place stands before the report as that where it was written: "Lagos: Police said", « (Ottawa) Deux »,
    and another is told of the same country."""
    if not report.body <= p.start <= report.body + 1:
        return False
    opened = p.start > 0 and report.text[p.start - 1] in "(["
    if not (_BRACKETED if opened else _HEADING).match(report.text, p.end):
        return False
    rest = (q.place for q in report.places if q.place.name != p.place.name)
    return any(q.country == p.place.country and q.precision != "country" for q in rest)


def _before_noun(report: AnnotatedReport, p: PlaceMention) -> bool:
    """A country's initials as an adjective: a noun of the pack follows ("a U.S. airstrike", "US troops")."""
    return any(
        m.start == p.end + 1 and not (isinstance(m.entry, Trigger) and m.entry.pos == "verb")
        for m in report.matches_in(p.end, p.end + _NOUN_REACH, "triggers", "weapons", "actors", "speakers", "targets")
    )


def _agent(report: AnnotatedReport, p: PlaceMention, grammar: Grammar) -> bool:
    """Told as whoever did something: "launched by Russia", "menée par le Kenya". The police of a town act there."""
    if p.place.precision not in {"country", "settlement"}:
        return False
    if p.place.precision == "settlement" and any(
        m.start == p.end + 1 and isinstance(m.entry, Body) and m.entry.kind == "police"
        for m in report.matches_in(p.end, p.end + _NOUN_REACH, "actors")
    ):
        return False
    before = _BETWEEN.split(report.normal.folded[max(0, p.start - 16) : p.start].rstrip(" '"))
    return next((w in grammar.agent for w in reversed(before) if w not in grammar.articles), False)


def _carried_to(report: AnnotatedReport, sentence: Sentence, p: PlaceMention, grammar: Grammar) -> bool:
    """Where the wounded were brought, not where they were hit: "évacués vers l'hôpital de X", "flown to X"."""
    low = max(sentence.start, p.start - _CARRIED_REACH)
    folded = report.normal.folded
    stretch = folded[low : p.start]
    if not any(stem in stretch for stem in (*grammar.carried, *grammar.brought)):
        return False
    words = list(_WORD.finditer(folded, low, p.start))
    carried = next((w for w in reversed(words) if w[0].startswith(grammar.carried)), None)
    behind = set() if carried is None else {w[0] for w in words if w.start() > carried.start()}
    if carried is None:
        carried = next((w for w in reversed(words) if w[0].startswith(grammar.brought)), None)
        if carried is None:
            return False
        behind = {w[0] for w in words if w.start() > carried.start()}
        if not grammar.hospitals & (behind | {w[0] for w in _WORD.finditer(folded, p.start, p.end + _WARD_REACH)}):
            return False
    if report.matches_in(carried.start(), p.start, "triggers"):
        return False
    return p.place.relation == "towards" or bool(behind & grammar.carried_to)


def _cared_for(report: AnnotatedReport, sentence: Sentence, p: PlaceMention, grammar: Grammar) -> bool:
    """Where the hurt lie, not where they were hurt: beside a hospital, behind a word for how they are ("in critical
    condition at a Leeds hospital", « sous surveillance à l'hôpital de Lyon »). A hospital that was hit stands behind
    the word for the act."""
    folded = report.normal.folded
    low = max(sentence.start, p.start - _CARRIED_REACH)
    cared = next((w for w in _WORD.finditer(folded, low, p.start) if w[0].startswith(grammar.cared)), None)
    if cared is None:
        return False
    beside = {w[0] for w in _WORD.finditer(folded, max(low, p.start - _WARD_REACH), p.end + _WARD_REACH)}
    return bool(grammar.hospitals & beside) and not report.matches_in(cared.start(), p.start, "triggers")


def _seat(report: AnnotatedReport, sentence: Sentence, p: PlaceMention, grammar: Grammar) -> bool:
    """Where those who speak or count are at home, not where anything happened: "une ONG basée à X", "the X-based
    monitor". Troops based somewhere may well have been hit there."""
    folded = report.normal.folded
    if folded.startswith("-", p.end) and any(folded.startswith(w, p.end + 1) for w in grammar.based):
        return True
    before = re.split(r"\W+", folded[max(sentence.start, p.start - _SEAT_REACH) : p.start].rstrip())[-3:]
    if not any(w in grammar.based for w in before):
        return False
    near = report.matches_in(max(sentence.start, p.start - _SPEAKER_REACH), p.start, "speakers", "actors")
    return bool(near) and getattr(near[-1].entry, "kind", None) in {"monitor", "media", "international", "aid"}


def hit_places(report: AnnotatedReport, acts: Sequence[Act], places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Proper names that strikes and shelling are aimed at and no list knows: villages ("une frappe sur Koutouma").
    Their country is that of the places beside them."""
    country = next((p.place.country for p in (*places, *report.places) if p.place.country), None)
    found: dict[int, PlaceMention] = {}
    for act in acts:
        if act.type not in _AIMED:
            continue
        for p in act.targets:
            words = p.name.split()
            known = any(q.start < p.end and p.start < q.end for q in report.places)
            nation = any(a <= p.start < b for a, b, _ in report.demonyms)
            name = p.file is None and p.proper and len(words) <= 2 and all(w[:1].isupper() for w in words)
            if name and not known and not nation:
                place = Place(p.name, p.name, country, "settlement")
                found[p.start] = PlaceMention(p.start, p.end, place, known=False)
    return [found[k] for k in sorted(found)]


def _describes_speaker(report: AnnotatedReport, p: PlaceMention, a: Attribution, grammar: Grammar) -> bool:
    """The place tells who or where the speaker is: between his name and the cue, right behind the cue ("said in Tampa
    that"), or after his name at the end of the sentence, and outside what he says. Not where an act or a clause of its
    own stands between him and the place ("the army, which had killed four in X, said", « qui selon Y a tué à X »)."""
    if any(start <= p.start and p.end <= end for start, end in a.content):
        return False
    name, cue = a.source_span, a.cue_span
    if name[0] < cue[0]:
        return name[0] <= p.start < cue[0] and not report.matches_in(name[1], p.start, "triggers", "harm")
    if cue[1] <= p.start and p.end <= name[0]:
        return True  # « a déclaré à Gao le porte-parole »
    behind = bool(a.content) and p.start >= name[0] and all(p.start >= end for _, end in a.content)
    return behind and not _clause_between(report, a, p, grammar)


def _clause_between(report: AnnotatedReport, a: Attribution, p: PlaceMention, grammar: Grammar) -> bool:
    """Whether a verb with its auxiliary stands between a speaker told behind his cue and a place, not of a clause about
    him."""
    parse = report.parses.get(a.sentence)
    then = _WORD.search(report.normal.folded, a.source_span[1], p.start)
    if parse is None or (then is not None and then[0] in grammar.relative):
        return False
    return any(t.pos == "AUX" and a.source_span[1] <= t.start < p.start for t in parse.tokens)


def _said_there(report: AnnotatedReport, p: PlaceMention, a: Attribution) -> bool:
    """Where somebody spoke, right before what he said: "told reporters in Lagos that", « a annoncé à Rome que »."""
    end = a.cue_span[1]
    if not end <= p.start <= end + _SAID_REACH:
        return False
    that = {w.rstrip("'") for w in load_speech_words(report.pack.language).that}
    folded = report.normal.folded
    then = _WORD.search(folded, p.end, p.end + _NOUN_REACH)
    between = any(w[0] in that for w in _WORD.finditer(folded, end, p.start))
    return then is not None and then[0] in that and not between
