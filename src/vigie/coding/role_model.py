"""Who did it and who or what was hit, weighed over all candidates of an incident.

The rules of actors.py go first: what they chose is a feature of its candidate. Two light models (weights/actor.tsv,
weights/target.tsv) then give every candidate the probability that it fills the role; the likeliest are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vigie.coding.actors import ANYBODY, NOBODY, ChosenActor, ChosenTarget, actor_name, as_target, basis_of
from vigie.coding.candidates import SURE, Candidate, find_candidates
from vigie.coding.linear import load_model
from vigie.coding.own_names import is_more_of, is_surname_of, own_name
from vigie.coding.phrases import FIGHTERS
from vigie.coding.scene import Scene
from vigie.coding.told_once import actors_once, targets_once
from vigie.language.folding import fold
from vigie.model import Actor, Target
from vigie.model.coded import ActorBasis

PRODUCER = "rules+role model"
_MOST = 3
_SHORTEST_PLURAL = 3
# Marks that may stand by the words of a name, and those that join its words.
_MARKS: dict[int, str] = str.maketrans(dict.fromkeys('«»"“”,;:()', " "))
_JOINTS: dict[int, str] = {**_MARKS, ord("'"): " ", ord("-"): " "}
# From this probability on, other words for fighters say more than a bare word for those who did it.
_OTHERWISE = 0.15
# Features of those who speak of what others did.
_ONLOOKERS = ("speaks=monitor.", "speaks=media.", "speaks=medical.")


@dataclass(frozen=True, slots=True)
class Role:
    """One role and the probabilities that decide it: below `doubt` even the rules' choice is dropped; from `first` on
    a candidate fills a role that is empty, from `further` on it stands beside another. Set on reports the model was not
    trained on (docs/models.md)."""

    name: str
    doubt: float
    first: float
    further: float


ACTOR = Role("actor", 0.1, 0.22, 0.5)
TARGET = Role("target", 0.35, 0.3, 0.4)


def choose_roles(
    scene: Scene, actors: Sequence[ChosenActor], targets: Sequence[ChosenTarget]
) -> tuple[tuple[Actor, ...], tuple[Target, ...]]:
    """The actors and targets of an incident, likeliest first, at most three of each; one name fills one role."""
    candidates = find_candidates(scene, actors, targets)
    doing = _described(scene, [c for c in candidates if can_act(c)])
    taken = {id(c) for c in doing}
    hit = [c for c in candidates if id(c) not in taken and can_be_hit(c)]
    hit = _likeliest(scene, hit, TARGET)
    ruled = {fold(a.name): a for a in actors}
    aimed = {fold(t.name): t for t in targets}
    return (
        tuple(_actor(scene, c, ruled.get(fold(c.phrase.name))) for c in doing),
        _once(_target(scene, c, aimed.get(fold(c.phrase.name))) for c in hit),
    )


def _once(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Targets without a second of one name, a description and the name beside it being one person, and without a
    surname alone ("Mr Cole") or more words ("Adam Cole of Jos") beside the whole name."""
    found = tuple({fold(t.name): t for t in reversed(list(targets))}.values())[::-1]
    return tuple(
        t for t in found if not any(is_surname_of(t.name, u.name) or is_more_of(t.name, u.name) for u in found)
    )


def can_act(candidate: Candidate) -> bool:
    """Not a body that the pack says never acts, nor one that only stopped what others did, nor one that speaks as a
    monitor, a medium or a hospital or for the body it belongs to, nor one that only denies something else; nor a bare
    word for a force that does not say which."""
    if ACTOR.name not in candidate.ruled and (
        fold(candidate.phrase.name) in NOBODY or _has(candidate.features, "spokesman")
    ):
        return False
    if _has(candidate.features, "speaks") and any(name.startswith(_ONLOOKERS) for name in candidate.features):
        return False
    if (
        all(_has(candidate.features, name) for name in ("denies_other", "neither"))
        and ACTOR.name not in candidate.ruled
    ):
        return False
    stopped = _has(candidate.features, "act.actor.stopped")
    return not _has(candidate.features, "cannot_act") and not (stopped and not _has(candidate.features, "only_acts"))


def can_be_hit(candidate: Candidate) -> bool:
    """Not one named only in sentences that speak of other things, nor a nationality, nor a body that the pack says is
    never hit, nor a bare word for a site ("base", "camp"): the rules know when one of these is meant all the same."""
    features = candidate.features
    if "target" in candidate.ruled:
        return True
    if _has(features, "only_suffers") and not _has(features, "cannot_be_hit"):
        return True
    bare = _has(features, "place_thing") and _has(features, "words=1")
    never = _has(features, "outside") or _has(features, "cannot_be_hit")
    place = _has(features, "is_place") or _has(features, "nowhere")
    return not (never or _has(features, "is_demonym") or bare or place)


def _likeliest(scene: Scene, candidates: Sequence[Candidate], role: Role) -> list[Candidate]:
    """The candidates that fill a role: those the rules chose, unless the model finds them most unlikely, and others
    that it finds likely, likeliest first; each body once."""
    model = load_model(role.name)
    scored = [(model.probability(weighed(c, role)), c) for c in candidates]
    chosen = [c for p, c in scored if role.name in c.ruled and (p >= role.doubt or SURE in c.ruled)]
    ranked = sorted(scored, key=lambda s: (-s[0], s[1].phrase.start))
    for probability, candidate in ranked:
        if len(chosen) >= _MOST or probability < (role.further if chosen else role.first):
            break
        if chosen and fold(candidate.phrase.name) in ANYBODY:
            continue  # "people" says nothing beside a better name
        if not any(_one_within(candidate, other, role) for other in chosen):
            chosen.append(candidate)
    best = sorted((c for _, c in ranked if any(c is d for d in chosen)), key=lambda c: role.name not in c.ruled)
    phrases = [c.phrase for c in best]
    once = actors_once(scene.report, phrases) if role is ACTOR else targets_once(scene.report, phrases, scene.grammar)
    kept = {id(p) for p in once}
    return [c for c in chosen if id(c.phrase) in kept]


def weighed(candidate: Candidate, role: Role) -> Mapping[str, float]:
    """The features of a candidate that count for a role: who else is hit says something of the targets only."""
    return candidate.features | candidate.beside if role is TARGET else candidate.features


def _described(scene: Scene, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The likeliest actors, but for bare labels where somebody is told in any other words."""
    chosen = _likeliest(scene, candidates, ACTOR)
    described = [c for c in chosen if not _label(c)]
    if chosen and not described:
        described = [c for c in candidates if ACTOR.name in c.ruled and not _label(c)]
    if chosen and all(_bare_plural(scene, c) for c in chosen):
        described = _other_words(scene, candidates)
    return described or chosen


def _bare_plural(scene: Scene, candidate: Candidate) -> bool:
    """Several known by the deed alone ("the attackers", « les malfaiteurs »)."""
    return candidate.phrase.attacker and fold(candidate.phrase.name) in scene.grammar.bare_doers


def _other_words(scene: Scene, candidates: Sequence[Candidate]) -> list[Candidate]:
    """What else those known by the deed alone are called: "an armed group", « trois hommes à moto »."""
    model = load_model(ACTOR.name)
    fighting = (c for c in candidates if c.phrase.kind in FIGHTERS and not _has(c.features, "outside"))
    told = [(model.probability(c.features), c) for c in fighting if not _has(c.features, "only_suffers")]
    likely = [(p, c) for p, c in told if p >= _OTHERWISE and not _label(c) and not _bare_plural(scene, c)]
    return [c for _, c in sorted(likely, key=lambda t: -t[0])[:1]]


def _label(candidate: Candidate) -> bool:
    """A bare word for whoever did it ("the attacker", « l'assaillant »): it yields to any other description."""
    return candidate.phrase.attacker and candidate.phrase.singular and len(candidate.phrase.name.split()) == 1


def _one_within(a: Candidate, b: Candidate, role: Role) -> bool:
    """One name holds all the words of the other: the same body, told longer. Of bodies the parts of a word count too
    ("Brigade du Nord", "Brigade du Nord-Détachement de Kidal")."""
    marks = _JOINTS if role is ACTOR else _MARKS
    x, y = _stems(a, marks), _stems(b, marks)
    return x <= y or y <= x


def _stems(candidate: Candidate, marks: dict[int, str]) -> set[str]:
    """The words of a name without the mark of the plural: a policeman and the policemen are told of once."""
    words = [w for w in fold(candidate.phrase.name).replace("’", "'").translate(marks).split() if w]
    return {w[:-1] if len(w) > _SHORTEST_PLURAL and w[-1] in "sx" else w for w in words}


def _actor(scene: Scene, candidate: Candidate, ruled: ChosenActor | None) -> Actor:
    p = candidate.phrase
    name = own_name(scene.report, p, scene.told, scene.grammar)
    if name is not None:
        span = scene.report.normal.span(name.start, name.end)
        return Actor(name.name, ruled.basis if ruled is not None else _basis(scene, candidate), (span,), PRODUCER)
    if ruled is not None:
        return Actor(ruled.name, ruled.basis, (scene.report.normal.span(ruled.start, ruled.end),))
    span = scene.report.normal.span(p.start, p.end)
    return Actor(actor_name(scene.report, p), _basis(scene, candidate), (span,), PRODUCER)


def _basis(scene: Scene, candidate: Candidate) -> ActorBasis:
    """A speaker who owns up claims; else what the marks of the telling say."""
    return (
        "claimed"
        if _has(candidate.features, "speaks=claims_responsibility")
        else basis_of(scene.group, candidate.phrase)
    )


def _has(features: Mapping[str, float], name: str) -> bool:
    return features.get(name, 0.0) > 0


def _target(scene: Scene, candidate: Candidate, ruled: ChosenTarget | None) -> Target:
    chosen = ruled or as_target(scene.report, candidate.phrase)
    name = own_name(scene.report, candidate.phrase, scene.told, scene.grammar)
    if name is not None:
        chosen = ChosenTarget(name.start, name.end, name.name, chosen.kind)
    span = scene.report.normal.span(chosen.start, chosen.end)
    return Target(chosen.name, chosen.kind, (span,), "rules" if ruled is not None else PRODUCER)
