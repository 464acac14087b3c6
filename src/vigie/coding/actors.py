"""Who did it and who or what was hit: choosing among the phrases that fill those roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vigie.coding.acts import Act
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attributions import Attributed
from vigie.coding.authors import (
    Author,
    accused,
    arrested,
    confesses,
    described,
    held_areas,
    member_of,
    named_suspects,
    people_of,
    sentences_of,
    side_by_side,
    tried,
    unnamed,
)
from vigie.coding.joining import Group
from vigie.coding.owning import deniers, tellers
from vigie.coding.phrases import GUARDS, Phrase
from vigie.coding.tellings import Telling
from vigie.coding.types import STOPPED
from vigie.coding.victims import is_anyone
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.schema import Body, Cue, Thing
from vigie.mentions.places import is_metonym
from vigie.model import Place, Target
from vigie.model.coded import ActorBasis, TargetKind

_ACTOR_KINDS = frozenset(
    {
        "attacker",
        "armed_group",
        "military",
        "police",
        "government",
        "crowd",
        "international",
        "civilian",
        "political",
        "religious",
    }
)
_MOST_TARGETS = 3
# So many of those charged or tried together are named.
_MOST_TRIED = 2
_TARGET_STEP = 0.5
# Where a bomb goes off is what it is meant for, as much as those whom it hits.
_BOMBED = 2.5
_BOMBS = frozenset({"remote_explosive", "suicide_bomb", "grenade"})
# No pronoun and no article is longer.
_SHORTEST_NOUN = 4
# Words for places that are no target unless named further.
_NOWHERE = frozenset(
    "ville village city town route road quartier region zone area place rue street secteur endroit lieu "
    "district commune municipalite municipality arrondissement neighborhood neighbourhood suburb banlieue county "
    "avenue boulevard lane intersection carrefour highway motorway autoroute outskirts sector proximite "
    "province departement department localite locality direction".split()
)
# Words for anybody at all: a target only where nothing better is named.
ANYBODY = frozenset(
    "personnes personne people person hommes homme man men others suspect individu autres celui ceux those whom "
    "lesquels plusieurs several victime victimes victim victims somebody someone anyone cible cibles target "
    "targets".split()
)
# Kinds of phrases for one person who may turn out to be an attacker.
_ONE_KINDS = frozenset({None, "civilian", "military", "police", "government", "religious", "medical", "other"})
# Words for a body that say nothing of which.
NOBODY = frozenset({"groupe", "group", "forces", "force", "hommes", "men", "groupes", "groups", "committee"})
_MEN = frozenset({"hommes", "men"})
_TARGET_KIND: dict[str, TargetKind] = {
    "military": "military",
    "police": "government",
    "government": "government",
    "political": "government",
    "armed_group": "military",
    "attacker": "other",
    "civilian": "civilian",
    "crowd": "civilian",
    "religious": "civilian",
    "medical": "aid",
    "aid": "aid",
    "media": "media",
    "international": "other",
    "other": "other",
}


@dataclass(frozen=True, slots=True)
class ChosenActor:
    """Somebody said to have done it: offsets in the normalised text, name, and on what basis."""

    start: int
    end: int
    name: str
    basis: ActorBasis


@dataclass(frozen=True, slots=True)
class ChosenTarget:
    """Who or what was hit: offsets in the normalised text, name and kind. sure: named as the victim."""

    start: int
    end: int
    name: str
    kind: TargetKind
    sure: bool = False


def rule_actors(
    report: AnnotatedReport,
    group: Group,
    groups: Sequence[Group],
    claimed: Sequence[Author],
    attributed: Attributed,
    grammar: Grammar,
) -> list[ChosenActor]:
    """Those said to have carried the act out. A named suspect comes first, then who claims it (`claimed`, see
    owning.py) or tells it of himself, a body named as doing it, one accused of it, the words for unnamed perpetrators,
    who was arrested."""
    told = sentences_of(group, groups, report)
    current = group.period == "current"
    suspects = named_suspects(report, told, grammar) if current else []
    if suspects:
        several = len(suspects) > 1 and side_by_side(report, suspects[0], suspects[1])
        return _as(suspects[: 1 + several], "claimed" if claimed else "suspected")
    if claimed:
        return _as([_body_of(report, c, grammar) for c in claimed[:2]], "claimed")
    beside = {t.sentence + step for t in group.tellings for step in (-1, 1)}
    charged = tried(report, told | beside, grammar)
    if charged:
        owns_up = any(confesses(report, c, grammar) for c in charged)
        return _as(charged[:_MOST_TRIED], "claimed" if owns_up else "suspected")
    doers = _doers(report, group, attributed, grammar)
    if doers and any(p.proper for p in doers):
        return [ChosenActor(p.start, p.end, actor_name(report, p), basis_of(group, p)) for p in doers]
    own = tellers(report, group, attributed, grammar)
    if own and not any(p.singular and not p.attacker for p in doers):  # "a boy shot two people …, he fled, police said"
        return _as(own[:1], "claimed")
    blamed = accused(report, told, grammar)
    if blamed:
        return _as(blamed[:2] if _joined(report, blamed) else blamed[:1], "accused")
    denied = deniers(report, told, attributed, grammar)
    if denied:
        return _as(denied[:1], "accused")
    held = [h.holder for t in group.tellings for h in held_areas(report, t.start, t.end, grammar)]
    if held and not doers:
        return _as(held[:1], "suspected")
    body = member_of(report, doers[0], grammar) or people_of(report, doers[0], grammar) if doers else None
    if body is not None:
        return _as([body], "suspected")
    one = described(report, told, grammar) if not doers or (len(doers) == 1 and _role_word(doers[0])) else None
    if one is not None:
        return _as([one], "stated")
    person = _one_told(report, group, grammar) if doers and all(_role_word(p) for p in doers) else None
    if person is not None:
        return [ChosenActor(person.start, person.end, person.name, basis_of(group, person))]
    if doers:
        return [ChosenActor(p.start, p.end, actor_name(report, p), basis_of(group, p)) for p in doers]
    caught = arrested(report, told, grammar) if current else []
    if caught:
        return _as(caught[:1], "suspected")
    word = unnamed(report, group, grammar)
    return _as([word] if word is not None else [], "stated")


def _body_of(report: AnnotatedReport, claimant: Author, grammar: Grammar) -> Author:
    """Who claims, by the body he belongs to ("a brigade of X") where he is none that is known by its own name ("the
    Shabab, affiliated to X")."""
    known = any(
        isinstance(m.entry, Body) and m.entry.named for m in report.matches_in(claimant.start, claimant.end, "actors")
    )
    return claimant if known else member_of(report, claimant, grammar) or claimant


def _as(authors: Sequence[Author], basis: ActorBasis) -> list[ChosenActor]:
    return [ChosenActor(a.start, a.end, a.name, basis) for a in authors]


def _joined(report: AnnotatedReport, authors: Sequence[Author]) -> bool:
    """Two accused named side by side ("X et Y")."""
    if len(authors) < 2:
        return False
    return 0 < authors[1].start - authors[0].end < 20


def _role_word(p: Phrase) -> bool:
    """One person known only by the deed ("l'assaillant", "the suspect"): any description says more."""
    return p.attacker and p.singular


def _one_told(report: AnnotatedReport, group: Group, grammar: Grammar) -> Phrase | None:
    """The one person whom a telling opens with as the author ("A local official opened fire on …"), where later
    sentences know him by the deed alone ("the assailant")."""
    for p in (p for t in group.tellings for a in t.acts if a.verb and not a.general for p in a.actors):
        before = report.normal.folded[max(0, p.start - 6) : p.start].split()
        new = bool(before) and before[-1] in grammar.indefinite and p.singular and not p.proper and not p.attacker
        if new and p.file in {None, "speakers", "actors"} and p.kind in _ONE_KINDS and fold(p.name) not in ANYBODY:
            head = report.normal.folded[p.head[0] : p.head[1]]
            if not report.matches_in(*p.head, "triggers", "harm", "weapons", "targets") and head.isalpha():
                return p
    return None


def _doers(report: AnnotatedReport, group: Group, attributed: Attributed, grammar: Grammar) -> list[Phrase]:
    """Phrases that grammar makes the author of an act, best first; a second only where both stand together."""
    scored: list[tuple[float, int, Phrase]] = []
    others = any(p.attacker for t in group.tellings for a in t.acts for p in a.actors)
    single = any(not a.general for t in group.tellings for a in t.acts)
    for k, t in enumerate(group.tellings):
        hit = _hit_by_others(t)
        for a in t.acts:
            if (single and a.general and not t.lead) or a.type == "disrupted" or a.marks & STOPPED:
                continue
            if answers_attack(a, group.tellings):
                continue
            for p in a.actors:
                if others and p.kind in GUARDS and not p.proper:
                    continue  # they answered an attack by others
                if a.strength != "strong" and (p.start, p.end) in hit:
                    continue  # "opened fire on soldiers at a post, killing two of them"
                if _only_a_place(report, p, a.verb and p.start < a.start):
                    continue
                if p.start > a.end and _speaks(report, p, attributed, grammar):
                    continue
                if (s := _actor_score(report, p)) is not None:
                    s += 0.3 * t.lead + 0.3 * (a.strength == "strong") - 0.05 * k
                    scored.append((s, -p.start, p))
    best: dict[str, tuple[float, int, Phrase]] = {}
    for item in scored:
        key = _key(item[2])
        if key not in best or item[:2] > best[key][:2]:
            best[key] = item
    ranked = sorted(best.values(), key=lambda c: (-c[0], -c[1]))
    if not ranked:
        return []
    top = ranked[0][2]
    chosen = [top]
    for _, _, p in ranked[1:]:
        together = any(top in a.actors and p in a.actors for t in group.tellings for a in t.acts)
        if together and len(chosen) < 2:
            chosen.append(p)
    return sorted(chosen, key=lambda p: p.start)


def _hit_by_others(telling: Telling) -> set[tuple[int, int]]:
    """Where those stand whom somebody else's act hits: a participle behind them tells what was done to them."""
    acts = [a for a in telling.acts if a.strength == "strong" and a.actors]
    return {(p.start, p.end) for a in acts for p in (*a.victims, *a.targets) if p not in a.actors}


def answers_attack(act: Act, tellings: Sequence[Telling]) -> bool:
    """The police or soldiers shooting the one who attacked: neither they nor their weapon are
    the attack's. Where nobody is called an attacker and no other's attack is told, the act is theirs."""
    hit = (*act.victims, *act.targets)
    if not any(_guards(p) for p in act.actors) or not all(p.attacker or fold(p.name) in ANYBODY for p in hit):
        return False
    others = [a for t in tellings for a in t.acts if a is not act and a.strength == "strong" and not a.general]
    others = [a for a in others if not any(_guards(p) for p in a.actors) and (hit or not a.aftermath)]
    opening = any(t.lead and act in t.acts for t in tellings)
    if not opening or any(_attacker_told(t) for t in tellings):
        return bool(others)
    return any(_of_others(a) for a in others)


def _attacker_told(telling: Telling) -> bool:
    """Somebody called an attacker, not just a suspect, has a part in what is told."""
    told = [p for a in telling.acts for p in (*a.actors, *a.victims, *a.targets)]
    told += [c.victims for c in telling.tolls if c.victims is not None]
    return any(p.attacker and fold(p.name) not in ANYBODY for p in told)


def _of_others(act: Act) -> bool:
    """An act that is told as somebody's, or as none that the police commit, or that hit others than whoever was shot
    by them."""
    if act.actors or act.type not in {None, "attack", "armed_clash"}:
        return True
    return any(not (p.attacker or fold(p.name) in ANYBODY) for p in (*act.victims, *act.targets))


def _guards(p: Phrase) -> bool:
    return p.kind in GUARDS


def _only_a_place(report: AnnotatedReport, p: Phrase, subject: bool) -> bool:
    """The name of a town or site is no author; that of a country may be, and of a capital as the subject of a verb."""
    if p.match is not None:
        return False
    at = [q for q in report.places if q.start < p.end and p.start < q.end]
    return bool(at) and not any(
        q.place.precision == "country" or (subject and is_metonym(report.text, q, report.pack.language)) for q in at
    )


def _speaks(report: AnnotatedReport, p: Phrase, attributed: Attributed, grammar: Grammar) -> bool:
    """Told as a speaker after the act, not as its author ("…, an official said")."""
    if report.normal.folded[max(0, p.start - 12) : p.start].split()[-2:-1] in ([x] for x in grammar.agent):
        return False
    return any(s < p.end and p.start < e for s, e in (a.source_span for a in attributed.attributions))


def _actor_score(report: AnnotatedReport, p: Phrase) -> float | None:
    if p.file in {"weapons", "targets"}:
        return None
    if p.file == "speakers" and not p.proper:
        return None
    if p.file == "actors":
        entry = p.match.entry if p.match else None
        if not isinstance(entry, Body) or not entry.can_act:
            return None
        if fold(p.name) in NOBODY:
            return 1.0 if fold(p.name) in _MEN else None
        base = {"attacker": 2.0, "armed_group": 2.6, "military": 2.4, "police": 2.2}.get(entry.kind, 1.6)
        return base + (0.8 if entry.named else 0.0)
    if p.proper:
        return 2.3
    return 2.2 if p.file is None and _holds_fighters(report, p) else None


def _holds_fighters(report: AnnotatedReport, p: Phrase) -> bool:
    """Named by the armed body they are of ("membres d'une coalition de gangs", "allies of the militia")."""
    return any(
        isinstance(m.entry, Body) and m.entry.kind in {"armed_group", "attacker"}
        for m in report.matches_in(p.start, p.end, "actors")
    )


def actor_name(report: AnnotatedReport, p: Phrase) -> str:
    """Shortest good name: the phrase without a trailing bracket; a short form by the longest the report gives."""
    entry = p.match.entry if p.match else None
    name = p.name.split(" (")[0].strip(" ,;:«»\"“”'")
    if isinstance(entry, Body) and entry.named and name.isupper() and " " not in name:
        return max((m.text for m in report.matches if m.entry is entry), key=len, default=name)
    return name


def basis_of(group: Group, p: Phrase) -> ActorBasis:
    """On what basis a phrase is told as the author, from the marks of the telling it stands in."""
    marks = {m for t in group.tellings if t.start <= p.start < t.end for m in t.marks}
    if "suspected" in marks:
        return "suspected"
    return "accused" if "accuse" in marks else "stated"


def _key(p: Phrase) -> str:
    entry = p.match.entry if p.match else None
    if isinstance(entry, Body) and entry.named:
        return entry.name or entry.id
    return fold(p.name)


def rule_targets(
    report: AnnotatedReport, group: Group, actors: Sequence[ChosenActor], named: Sequence[Author] = ()
) -> list[ChosenTarget]:
    """Who or what was hit, at most three: victims who are `named` apart from the act, what acts are aimed at, then
    other victims, then the venue."""
    doers = {fold(a.name) for a in actors}
    acting = (p for t in group.tellings for a in t.acts for p in a.actors)
    doers |= {fold(p.name) for p in acting if p.kind in {"attacker", "armed_group"} and not p.proper}
    kinds = {w.kind for t in group.tellings for w in (*t.weapons, *(w for a in t.acts for w in a.weapons))}
    rammed = bool(kinds & {"vehicle", "car_bomb"})
    scored: dict[str, tuple[float, int, Phrase]] = {}

    def add(phrases: Iterable[Phrase], weight: float, order: int, *, hurt: bool = False) -> None:
        for p in phrases:
            if fold(p.name) in doers or p.attacker or not (_can_be_hit(report, p) or (hurt and _somebody(report, p))):
                continue
            if fold(p.name) in ANYBODY or is_nowhere(report, p) or (rammed and _is_vehicle(p)):
                continue
            if _beside_cue(report, p):
                continue
            key = _key(p)
            score = weight - 0.02 * order
            if key not in scored or score > scored[key][0]:
                scored[key] = (score, p.start, p)

    for k, t in enumerate(group.tellings):
        for a in t.acts:
            add(a.targets, 3.0, k)
            add(a.victims, 2.6, k, hurt=True)
            add(a.venues, _BOMBED if a.blast or a.type in _BOMBS else 1.8, k)
        add((c.victims for c in t.tolls if c.victims is not None and not c.attackers), 2.2, k, hurt=True)
    ranked = sorted(scored.values(), key=lambda c: (-c[0], c[1]))
    chosen: list[Phrase] = []
    for score, _, p in ranked:
        if len(chosen) >= _MOST_TARGETS or (chosen and score < ranked[0][0] - _TARGET_STEP):
            break
        if any(_overlap(p, q) for q in chosen):
            continue
        chosen.append(p)
    first = [ChosenTarget(a.start, a.end, a.name, "civilian", sure=True) for a in named if fold(a.name) not in doers]
    rest = [p for p in chosen if not (first and is_anyone(report, p))]
    return [*first, *(as_target(report, p) for p in rest)][:_MOST_TARGETS]


def site_target(report: AnnotatedReport, place: Place | None) -> tuple[Target, ...]:
    """The place itself where it is named by a thing that can be hit and no other target is told."""
    if place is None or not place.evidence or (thing := _thing_in(report, place)) is None:
        return ()
    return (Target(place.name, thing.kind, place.evidence),)


def as_target(report: AnnotatedReport, p: Phrase) -> ChosenTarget:
    """A phrase as a target."""
    return ChosenTarget(p.start, p.end, actor_name(report, p), target_kind(p))


def _thing_in(report: AnnotatedReport, place: Place) -> Thing | None:
    """The thing a place is named by ("base d'Aïn al-Assad"): where no other target is told, it is the target."""
    for m in report.matches:
        if m.file == "targets" and isinstance(m.entry, Thing) and m.entry.place and m.text in place.name:
            return m.entry
    return None


def _can_be_hit(report: AnnotatedReport, p: Phrase) -> bool:
    """A body, a person, a thing; not a weapon, not a place as such, not a word for nothing in particular."""
    if p.file == "weapons" or "://" in p.name:
        return False
    entry = p.match.entry if p.match else None
    if isinstance(entry, Body):
        return entry.can_be_hit
    inside = [q for q in report.places if q.start <= p.head[0] and p.head[1] <= q.end]
    if isinstance(entry, Thing):
        return all(q.place.precision == "site" for q in inside)
    if any(q.start <= p.head[0] and p.head[1] <= q.end for q in report.places):
        return False
    return p.proper or p.file == "speakers"


def _somebody(report: AnnotatedReport, p: Phrase) -> bool:
    """A common noun that no pack knows, for those whom an act kills or hurts ("trois notables", "a bricklayer")."""
    head = report.normal.folded[p.head[0] : p.head[1]]
    return (
        p.file is None
        and len(head) > _SHORTEST_NOUN
        and head.isalpha()
        and head not in ANYBODY
        and not any(q.start <= p.head[0] and p.head[1] <= q.end for q in report.places)
        and not any(q.start <= p.head[0] and p.head[1] <= q.end for q in report.quantities)
        and not report.matches_in(*p.head, "triggers", "harm", "weapons", "cues")
    )


def is_nowhere(report: AnnotatedReport, p: Phrase) -> bool:
    """A bare word for a place, or one headed by it ("ville de Palmyre", "same town"); a village is hit as such."""
    words = fold(report.text[p.head[0] : p.head[1]])
    return words in _NOWHERE and (" " not in p.name or words != "village")


def _beside_cue(report: AnnotatedReport, p: Phrase) -> bool:
    """The phrase names who is speaking: a verb of speech right after it ("doctors and activists said"), or right
    before it ("annonce le maire")."""
    low, high = max(0, p.start - 40), min(len(report.text), p.end + 60)
    for m in report.matches_in(low, high, "cues"):
        if not isinstance(m.entry, Cue) or m.entry.kind != "verb" or m.entry.stance == "accuses":
            continue
        if m.start >= p.end:
            between = report.normal.folded[p.end : m.start]
            if between == " " or (between.startswith((" and ", " et ")) and not set(between) & set(",.;:")):
                return True
        elif m.end <= p.start and len(report.text[m.end : p.start].strip()) <= 3:
            before = report.text[max(0, m.start - 2) : m.start].rstrip()
            if before.endswith((",", "»", "”", '"')):
                return True
    return False


def _is_vehicle(p: Phrase) -> bool:
    """The car that rams or blows up is the weapon, not the target."""
    return (
        isinstance(p.match.entry if p.match else None, Thing)
        and p.match is not None
        and "vehicle" in p.match.entry.id
        and " " not in p.name.replace(" piégée", "")
    )


def _overlap(p: Phrase, q: Phrase) -> bool:
    a, b = set(fold(p.name).split()), set(fold(q.name).split())
    return bool(a) and bool(b) and (a <= b or b <= a)


def target_kind(p: Phrase) -> TargetKind:
    entry = p.match.entry if p.match else None
    if isinstance(entry, Thing):
        return entry.kind
    if isinstance(entry, Body):
        return _TARGET_KIND.get(entry.kind, "other")
    return "civilian" if p.proper else "other"
