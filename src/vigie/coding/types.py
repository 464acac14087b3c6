"""The type of an incident from the words and weapons that tell of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from vigie.coding.phrases import GUARDS
from vigie.language.schema import IncidentType

if TYPE_CHECKING:
    from vigie.coding.acts import Act
    from vigie.coding.tellings import Telling
    from vigie.coding.tolls import TollMention
    from vigie.model import WeaponUse

# Marks of acts that were stopped: whoever stopped them did not commit them.
STOPPED = frozenset({"intercepted", "foiled"})
# What the use of a weapon makes of an act whose own word leaves it open.
OF_WEAPON: dict[str, IncidentType] = {
    "rocket": "shelling_missile",
    "missile": "shelling_missile",
    "mortar": "shelling_missile",
    "artillery": "shelling_missile",
    "drone": "air_drone_strike",
    "aerial_bomb": "air_drone_strike",
    "bomb": "remote_explosive",
    "car_bomb": "remote_explosive",
    "mine": "remote_explosive",
    "suicide_vest": "suicide_bomb",
    "grenade": "grenade",
    "firearm": "attack",
    "knife": "attack",
    "vehicle": "attack",
    "chemical": "chemical_weapon",
    "incendiary": "arson",
}
_FAMILY = {
    "shelling_missile": "remote",
    "air_drone_strike": "remote",
    "disrupted": "remote",
    "chemical_weapon": "remote",
    "suicide_bomb": "bomb",
    "remote_explosive": "bomb",
    "grenade": "bomb",
    "attack": "direct",
    "armed_clash": "direct",
    "mob_violence": "direct",
    "sexual_violence": "direct",
    "other_violence": "direct",
    "arson": "direct",
    "abduction": "abduction",
}
_FROM_THE_GROUND = frozenset({"rocket", "mortar", "artillery"})
# Arms that a crowd as such has none of.
_ARMS = frozenset({"firearm", "knife", "vehicle"})
# Types that weapons alone may tell of.
_BY_WEAPON: frozenset[str | None] = frozenset({"remote_explosive", "shelling_missile", "air_drone_strike"})
# Arms that leave no blast: what was done with them is no bombing, whatever else went off.
_NO_BLAST = frozenset({"firearm", "knife", "vehicle", "other"})
# So much weight of an attack on people outweighs the fire that was set beside it.
_ATTACKED = 1.5
# The more telling type wins a tie (ACLED's rank order, CODEBOOKS 1.2, with the generic ones last).
_RANK = (
    "chemical_weapon", "suicide_bomb", "air_drone_strike", "shelling_missile", "remote_explosive", "grenade",
    "sexual_violence", "abduction", "disrupted", "arson", "armed_clash", "mob_violence", "attack", "other_violence",
)  # fmt: skip


def family(kind: str) -> str:
    """The family of an incident type: tellings of different families are rarely of one incident."""
    return _FAMILY[kind]


def _lands(act: Act) -> bool:
    """An act by which a munition or a blow comes down, not one stopped in time."""
    if act.marks & STOPPED or act.general or act.strength == "definite":
        return False
    if act.type is None:
        return act.verb and not act.harm
    return act.type in {"shelling_missile", "air_drone_strike", "remote_explosive", "suicide_bomb"}


def _only_a_blast(tellings: Sequence[Telling], weights: Mapping[str, float]) -> bool:
    """Something went off, and no word and no weapon says more of it than that it was an attack."""
    if weights.keys() - {"attack", "other_violence"} or not any(a.blast for t in tellings for a in t.acts):
        return False
    used = {w.kind for t in tellings for w in (*t.weapons, *(w for a in t.acts for w in a.weapons))}
    return not used & _NO_BLAST


def _told_type(act: Act) -> str | None:
    """The type of an act by its own word; what a crowd does to people without a gun or a blade is mob violence."""
    crowd = act.type == "attack" and bool(act.actors) and all(p.kind == "crowd" for p in act.actors)
    return "mob_violence" if crowd and not any(w.kind in _ARMS for w in act.weapons) else act.type


def _shelled(tellings: Sequence[Telling]) -> bool:
    """What came down is told to be shells or rockets, and nothing that it came from the air: a "bombardment" is one
    from the ground."""
    named = {w.kind for t in tellings for w in t.weapons if not w.implied}
    flown = any(
        a.type == "air_drone_strike" and a.strength == "strong" and not a.ground and not a.general
        for t in tellings
        for a in t.acts
    )
    return bool(named & _FROM_THE_GROUND) and not flown and "aerial_bomb" not in named


def _killed(tellings: Sequence[Telling]) -> bool:
    """Somebody is told to have killed or hurt people by no word of how, and not by the fire told before ("rebels killed
    four and torched ten huts"; "they torched a hut, killing four")."""
    for t in tellings:
        fires = [a.start for a in t.acts if a.type == "arson"]
        for a in t.acts:
            if (
                a.type is None
                and a.verb
                and not a.blast
                and a.actors
                and a.victims
                and not any(f < a.start for f in fires)
            ):
                return True
    return False


def vote(tellings: Sequence[Telling]) -> tuple[str | None, dict[str, float]]:
    """The type most of the words speak for, and every type's weight. A strong trigger weighs more than a weak
    one, the headline and lead more than the rest; a weapon in use speaks for its type."""
    weights: dict[str, float] = defaultdict(float)
    shelled = _shelled(tellings)
    for telling in tellings:
        factor = 1.5 if telling.lead else 1.0
        for act in telling.acts:
            told = "shelling_missile" if shelled and act.ground else _told_type(act)
            if told is not None:
                share = 0.3 if act.general else 1.0
                weights[told] += share * factor * {"strong": 3.0, "weak": 1.2, "definite": 0.3}[act.strength]
            for w in () if act.general else act.weapons:
                if w.kind in OF_WEAPON and told in {None, OF_WEAPON[w.kind]}:
                    weights[OF_WEAPON[w.kind]] += factor * 1.5
        for w in telling.weapons:
            if w.kind in OF_WEAPON and not w.implied and not w.handheld:
                weights[OF_WEAPON[w.kind]] += factor * 1.5
    if "disrupted" in weights and any(_lands(a) for t in tellings for a in t.acts):
        del weights["disrupted"]  # not everything was shot down: the type is that of what came down
    if _only_a_blast(tellings, weights):
        weights["remote_explosive"] = max(1.0, sum(weights.values()))
    if not weights:
        return None, {}
    killed = any((c.quantity.lower or 0) > 0 for t in tellings for c in t.tolls)
    generic = {"attack", "other_violence"} | ({"arson"} if killed and "attack" in weights else set())
    dead = any(
        (c.quantity.lower or 0) > 0 and c.harm == "killed" and not c.attackers for t in tellings for c in t.tolls
    )
    if dead and (weights.get("attack", 0) >= _ATTACKED or _killed(tellings)):
        weights.pop("arson", None)  # people shot or hacked to death, and houses set on fire
        if not weights:
            return "attack", {"attack": 1.0}
    specific = {k: v for k, v in weights.items() if k not in generic}
    if specific and max(specific.values()) >= 0.6 * max(weights.values()):
        pool = specific
    else:
        pool = dict(weights)
    if weights.get("suicide_bomb", 0) >= 3.0 and pool is specific:
        return "suicide_bomb", dict(weights)
    return max(pool, key=lambda k: (pool[k], -_RANK.index(k))), dict(weights)


def told_by_weapons(weapons: Sequence[WeaponUse]) -> str | None:
    """The type that the weapons of what is only called an attack tell of, where all of them blast or come down: "the
    same unit attacked a lorry with a remote-controlled bomb". Rockets may well be fired from the shoulder."""
    kinds = {OF_WEAPON.get(w.kind) if w.kind != "rocket" else None for w in weapons}
    return next(iter(kinds & _BY_WEAPON)) if len(kinds) == 1 and kinds <= _BY_WEAPON else None


def fought(tellings: Sequence[Telling], tolls: Sequence[TollMention]) -> bool:
    """Whether what its words call an attack was a fight of two armed sides: a word for fighting is told of an armed
    group, or of guards whom somebody attacked; those attacked answered; or soldiers were hit and several of those who
    attacked them died ("gunmen raided a post, killing two soldiers; nine of the raiders were killed")."""
    acts = [a for t in tellings for a in t.acts if a.undone is None]
    doers = [p for a in acts for p in a.actors]
    struck = [p for a in acts for p in (*a.victims, *a.targets)]
    hit = {p.kind for p in (*struck, *(t.victims for t in tolls if t.victims is not None and not t.attackers))}
    if any(a.reprisal for a in acts) and GUARDS & hit:
        return True
    if any(a.type == "armed_clash" for a in acts) and "armed_group" in hit | {p.kind for p in doers}:
        return True
    if "military" not in hit or (doers and all(p.singular for p in doers)):
        return False  # one man against the guards at a gate
    lost = any(t.attackers and t.harm == "killed" and (t.quantity.lower or 0) > 1 for t in tolls)
    return lost or any(a.fight and not a.general for a in acts)
