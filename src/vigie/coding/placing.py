"""Where an incident was: which of the places told with it is its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.areas import distance_km
from vigie.coding.attributions import Attributed
from vigie.coding.dating import Setting
from vigie.coding.joining import Group
from vigie.coding.telling_places import own_places
from vigie.coding.tellings import Telling
from vigie.language.grammar import load_grammar
from vigie.mentions.gazetteer import load_gazetteer
from vigie.mentions.place_keys import name_key
from vigie.mentions.place_words import load_place_words
from vigie.mentions.values import FINE, PlaceMention
from vigie.model import Place

_PRECISION_WEIGHT = {"site": 3.0, "settlement": 3.0, "district": 3.1, "region": 1.6, "country": 0.6}
# How far before a place stands the one that lies in it, and what may lie in what.
_HELD_REACH = 32
_BESIDE = 1.8  # what is only near weighs less than a region that holds it
_WITHIN = {
    "country": frozenset({"region", "settlement", "site", "district"}),
    "region": frozenset({"region", "settlement", "site", "district"}),
    "settlement": frozenset({"settlement", "site"}),
    "district": frozenset({"settlement"}),
    "site": frozenset[str](),
}
# How many sentences behind the first that tells of an incident its place may still be told in one that does not.
_APART_REACH = 3
_UNIT_WEIGHT = 2.3
_CAPITALS = re.compile(r"(?: [A-Z]\w+){1,2}")  # behind a name, what makes it a street's ("Dorbella High Road")
# So far from the middle of a town lie its parts, which have so many times fewer people.
_PART_KM, _SMALLER = 25.0, 3
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
    if best is not None:
        best = _within(report, group, best)
    if group.period == "current" and (best is None or _vague(report, best)):
        best = _close_by(report, group, best, setting) or best
    if group.period == "current" and best is not None and _whole_land(report, best):
        best = _of_speaker(report, group, best) or best
    if best is None or (best.place.precision == "country" and _several_countries(group, best)):
        return None
    return replace(best.place, evidence=(report.normal.span(best.start, best.end),))


def _vague(report: AnnotatedReport, p: PlaceMention) -> bool:
    """Whether a place is a country, a region or a unit of one, or only a side of something."""
    return p.place.precision in {"country", "region"} or _side(p, report.pack.language) or _unit(report, p)


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
        close = opening - 1 <= sentence <= opening + _APART_REACH and _named_apart(report, p)
        there = best is None or p.place.country in {best.place.country, None}
        if close and there and p.place.precision in finer:
            return p
    return None


def _within(report: AnnotatedReport, group: Group, best: PlaceMention) -> PlaceMention:
    """A place that another sentence about the incident names, where it lies in the one chosen: a quarter of the town,
    or a village that no list knows."""
    if best.place.precision not in {"settlement", "district"} or not best.known:
        return best
    told = [t for t in group.tellings if not t.title]
    for t in told:
        if t.sentence > told[0].sentence + _APART_REACH:
            break
        fine = [p for p in t.places if p.place.precision in FINE and p.place.relation in {"at", "inside", "near"}]
        others = [p for p in fine if p.place.name != best.place.name]
        inner = next((p for p in others if _named_apart(report, p) and _inside(p, best)), None)
        if inner is not None and not _listed(report, inner, t.places, best):
            return inner
    return best


def _named_apart(report: AnnotatedReport, p: PlaceMention) -> bool:
    """Whether a place has a name of its own that is no street's or building's, and one that no list knows stands behind
    a word for where or beside a noun for a place."""
    words = load_place_words(report.pack.language)
    goes_on = _CAPITALS.match(report.text, p.end)
    keys = name_key(p.place.name + (goes_on[0] if goes_on else "")).split()
    if p.place.precision == "site":
        return True
    if not p.place.name[:1].isupper() or any(k in words.venues or k in words.streets for k in keys):
        return False
    before = name_key(report.text[max(0, p.start - 40) : p.start]).split()
    behind = name_key(report.text[p.end : p.end + 24]).split()
    while before and before[-1] in words.genitive | words.articles:
        before.pop()
    noun = bool(before) and before[-1] in words.before_ends | words.apposed
    return (
        p.known
        or noun
        or bool(before and before[-1] in words.locative)
        or bool(behind and behind[0] in words.after_starts)
    )


def _listed(report: AnnotatedReport, p: PlaceMention, places: Sequence[PlaceMention], best: PlaceMention) -> bool:
    """Whether the place stands beside the one chosen as one of two ("in X and Y")."""
    words = load_place_words(report.pack.language)
    for q in (q for q in places if q.place.name == best.place.name):
        low, high = sorted((q, p), key=lambda m: m.start)
        gap = name_key(report.text[low.end : high.start]).split()
        if len(gap) < 4 and any(k in words.conjunctions for k in gap):
            return True
    return False


def _inside(p: PlaceMention, holder: PlaceMention) -> bool:
    """Whether a place can be a part of another."""
    if p.place.country != holder.place.country:
        return False
    if not p.known or p.place.lat is None:
        return not p.known
    km = distance_km(p.place, holder.place)
    return km is not None and km <= _PART_KM and _people(p) * _SMALLER <= _people(holder)


def _people(p: PlaceMention) -> int:
    """Inhabitants of a place that a list knows, 0 of any other."""
    found = load_gazetteer().find(name_key(p.place.name))
    return next((r.weight for r in found if r.origin == p.place.gazetteer), 0)


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
    quarters = [
        p
        for p, _, _ in candidates
        if p.place.precision == "district" and not _side(p, language) and not _unit(report, p)
    ]
    alone = len({p.place.name for p in quarters}) == 1
    held = [(order, p) for p, _, order in candidates if _holds(p, language)]
    for p, lead, order in candidates:
        score = _weight(report, p) + 0.4 * lead - 0.1 * order + 0.2 * names[p.place.name]
        score += 0.3 * (p.place.relation in {"at", "inside"}) - 1.5 * (p.place.relation in {"from", "towards"})
        score -= _BESIDE * (
            p.place.relation in {"near", "outside"} and _only_near(p, [q for k, q in held if k == order])
        )
        # One quarter named is where it happened; several mean the town that holds them.
        score += 0.8 * (alone and p in quarters)
        # "north London", "est de l'Ukraine": a part of a place, vaguer than a name of its own.
        if p.place.precision != "site" and not p.place.name[:1].isupper():
            score -= 0.1 if p.place.precision == "district" and _side(p, language) else 0.5
            score -= 0.5 * (p.place.precision == "region" and _side(p, language))
        if score > best_score:
            best, best_score = p, score
    return _finest(report, best, candidates) if best is not None else None


def _weight(report: AnnotatedReport, p: PlaceMention) -> float:
    return _UNIT_WEIGHT if _unit(report, p) else _PRECISION_WEIGHT[p.place.precision]


def _unit(report: AnnotatedReport, p: PlaceMention) -> bool:
    """Whether a place is a unit that holds towns and villages ("Sukma district", « district de Hakkari »)."""
    if p.place.precision in {"country", "region", "site"} or p.place.name[:1].isdigit():
        return False
    words = load_place_words(report.pack.language)
    if words.direction_before:
        behind = name_key(report.text[p.end : p.end + 24]).split()
        if report.text[p.end : p.end + 1] == " " and any(" ".join(behind[:n]) in words.units for n in (1, 2, 3)):
            return True
    before = name_key(report.text[max(0, p.start - 24) : p.start]).split()
    while before and before[-1] in words.genitive | words.articles | words.of:
        before.pop()
    return bool(before) and before[-1] in words.units


def _only_near(p: PlaceMention, others: Sequence[PlaceMention]) -> bool:
    """Whether what is near a place is told to be in another: in one as fine, or in a region named before it ("in Y
    province, north of X"; not "near X in Y province")."""
    return any(
        q.place.country == p.place.country and (q.place.precision in FINE or q.start < p.start) and q.end != p.end
        for q in others
    )


def _holds(p: PlaceMention, language: str) -> bool:
    """Whether something may be told to have happened in a place, no country or side of one: what is near another is
    not there."""
    own = p.place.name[:1].isupper() and p.place.precision != "country"
    return own and p.place.relation in {"at", "inside"} and not _side(p, language)


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
