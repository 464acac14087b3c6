"""Where an incident was: which of the places told with it is its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attributions import Attributed
from vigie.coding.dating import Setting
from vigie.coding.joining import Group
from vigie.coding.telling_places import own_places
from vigie.coding.tellings import Telling
from vigie.language.grammar import load_grammar
from vigie.mentions.place_keys import name_key
from vigie.mentions.place_words import load_place_words
from vigie.mentions.values import FINE, PlaceMention
from vigie.model import Place

_PRECISION_WEIGHT = {"site": 3.0, "settlement": 3.0, "district": 3.1, "region": 1.6, "country": 0.6}
# How far before a place stands the one that lies in it, and what may lie in what.
_HELD_REACH = 32
_WITHIN = {
    "country": frozenset({"region", "settlement", "site", "district"}),
    "region": frozenset({"region", "settlement", "site", "district"}),
    "settlement": frozenset({"settlement", "site"}),
    "district": frozenset({"settlement"}),
    "site": frozenset[str](),
}
# How many sentences behind the first that tells of an incident its place may still be told in one that does not.
_APART_REACH = 3
_TOLD_APART = frozenset({*FINE, "region"})


def told_apart(
    report: AnnotatedReport, tellings: Sequence[Telling], attributed: Attributed
) -> tuple[tuple[int, PlaceMention], ...]:
    """Places, but no countries, of the sentences of the body that tell of no act themselves, each with its sentence:
    "The attackers came to the camps of X in three boats"."""
    grammar = load_grammar(report.pack.language)
    telling = {t.sentence for t in tellings}
    rest = [s for s in report.sentences if not s.title and s.end > report.body and s.index not in telling]
    return tuple(
        (s.index, p)
        for s in rest
        for p in own_places(report, s, attributed, (), grammar)
        if p.place.precision in _TOLD_APART and p.place.relation not in {"from", "towards"}
    )


def choose_place(report: AnnotatedReport, group: Group, setting: Setting) -> Place | None:
    """The most specific place told, a place of the lead and one told often before others."""
    best = _best_place([(p, t.lead and not t.title, k) for k, t in enumerate(group.tellings) for p in t.places], report)
    if best is None or (best.place.precision == "country" and group.period == "current"):
        fallback = _best_place([(p, True, 0) for p in setting.places], report) if group.period == "current" else None
        if fallback is not None and (best is None or fallback.place.country == best.place.country):
            best = fallback
    if group.period == "current" and (best is None or _vague(report, best)):
        best = _close_by(report, group, best, setting) or best
    if group.period == "current" and best is not None and _whole_land(report, best):
        best = _of_speaker(report, group, best) or best
    if best is None or (best.place.precision == "country" and _several_countries(group, best)):
        return None
    return replace(best.place, evidence=(report.normal.span(best.start, best.end),))


def _vague(report: AnnotatedReport, p: PlaceMention) -> bool:
    """Whether a place is a country or region, or only a side of something."""
    return p.place.precision in {"country", "region"} or _side(p, report.pack.language)


def _close_by(
    report: AnnotatedReport, group: Group, best: PlaceMention | None, setting: Setting
) -> PlaceMention | None:
    """The first place finer than the one told, in a sentence close to the one that tells of the incident first, and in
    the same country."""
    opening = next((t.sentence for t in group.tellings if not t.title), None)
    if opening is None or group.first.head is not None:
        return None
    finer = FINE if best is not None and not _whole_land(report, best) else _TOLD_APART
    for sentence, p in setting.apart:
        close = opening - 1 <= sentence <= opening + _APART_REACH and p.place.name[:1].isupper()
        there = best is None or p.place.country in {best.place.country, None}
        if close and there and p.place.precision in finer:
            return p
    return None


def _whole_land(report: AnnotatedReport, p: PlaceMention) -> bool:
    """A country or only a side of one ("eastern Afghanistan")."""
    side = p.place.precision == "region" and _side(p, report.pack.language)
    return p.place.precision == "country" or side


def _of_speaker(report: AnnotatedReport, group: Group, best: PlaceMention) -> PlaceMention | None:
    """The province of whoever tells of it, where no finer place than a country is told: its governor or its police
    speak of what happened there ("a suicide bomber hit a checkpoint, said X, a governor in the eastern Y province")."""
    for t in group.tellings:
        for p in report.places:
            inside = t.start <= p.start and p.end <= t.end and p not in t.places
            finer = p.place.precision == "region" and p.place.name.split()[-1:] != best.place.name.split()[-1:]
            if inside and finer and p.place.country == best.place.country and p.place.relation != "from":
                return p
    return None


def _several_countries(group: Group, place: PlaceMention) -> bool:
    """The act is told of two countries at once and of no finer place: neither is where it happened."""
    told = next((t for t in group.tellings if place in t.places), None)
    return told is not None and len({p.place.country for p in told.places if p.place.relation == "at"}) > 1


def _best_place(candidates: Sequence[tuple[PlaceMention, bool, int]], report: AnnotatedReport) -> PlaceMention | None:
    language = report.pack.language
    best, best_score = None, float("-inf")
    names: dict[str, int] = {}
    for p, _, _ in candidates:
        names[p.place.name] = names.get(p.place.name, 0) + 1
    # A quarter has a name of its own; "central Baghdad" is no other one beside it.
    districts = {p.place.name for p, _, _ in candidates if p.place.precision == "district" and not _side(p, language)}
    for p, lead, order in candidates:
        score = _PRECISION_WEIGHT[p.place.precision] + 0.4 * lead - 0.1 * order + 0.2 * names[p.place.name]
        score += 0.3 * (p.place.relation in {"at", "inside"}) - 1.5 * (p.place.relation in {"from", "towards"})
        # One quarter named is where it happened; several mean the town that holds them.
        score += 0.8 * (p.place.precision == "district" and len(districts) == 1 and not _side(p, language))
        # "north London", "est de l'Ukraine": a part of a place, vaguer than a name of its own.
        if p.place.precision != "site" and not p.place.name[:1].isupper():
            score -= 0.1 if p.place.precision == "district" and _side(p, language) else 0.5
            score -= 0.5 * (p.place.precision == "region" and _side(p, language))
        if score > best_score:
            best, best_score = p, score
    return _finest(report, best, candidates) if best is not None else None


def _finest(
    report: AnnotatedReport, best: PlaceMention, candidates: Sequence[tuple[PlaceMention, bool, int]]
) -> PlaceMention:
    """The place that is told as lying in the one chosen, or close to it, right before it: "in the village of X, near
    Y", « à X, dans le territoire de Y »."""
    words = load_place_words(report.pack.language)
    told = [p for p, _, _ in candidates]
    for p in told:
        if p.place.relation in {"from", "towards"} or not p.place.name[:1].isupper() or p.place.name == best.place.name:
            continue
        if p.known == (best.place.precision == "district") and (p.known or p.place.precision == "site"):
            continue  # a quarter lies in a town, a district of the country holds villages that no list knows
        holder = next((q for q in told if 0 < q.start - p.end <= _HELD_REACH and q.place.name == best.place.name), None)
        if holder is None or p.place.precision not in _WITHIN[best.place.precision]:
            continue
        gap = report.text[p.end : holder.start]
        keys = name_key(gap).split()
        before = [k for k in name_key(report.text[max(0, p.start - 16) : p.start]).split() if k not in words.articles]
        if not before or not (before[-1] in words.preposition_ends or before[-1] in words.genitive | words.of):
            continue  # "a club called X, in Y"
        linked = any(k in words.prepositions or k in words.genitive for k in keys)
        if linked and not any(k in words.conjunctions for k in keys) and not re.search(r"[.;:!?()]", gap):
            return p
    return best


def _side(p: PlaceMention, language: str) -> bool:
    """Whether a place is only a side of another ("central Baghdad", « sud de Kaboul »)."""
    words = name_key(p.place.name).split()
    return not p.place.name[:1].isupper() and bool(words) and words[0] in load_place_words(language).directions
