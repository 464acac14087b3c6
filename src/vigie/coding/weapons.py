"""The weapons of an incident, from the weapons that its sentences name or imply."""

from __future__ import annotations

from collections.abc import Sequence

from vigie.coding.actors import answers_attack
from vigie.coding.acts import Act
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.phrases import GUARDS, Phrase
from vigie.coding.tellings import Telling
from vigie.coding.weapon_mentions import WeaponMention
from vigie.language.folding import fold
from vigie.language.grammar import load_grammar
from vigie.model import WeaponUse
from vigie.model.coded import Outcome

_FIRE = "incendiary"
_NO_KIND = ("arm", "weapon", "engin", "projectile", "munition")
# Weapons of which one act uses one: a bomber's vest, the car that rams or blows up, the mine that is driven over.
_ONE_EACH = frozenset({"suicide_vest", "vehicle", "car_bomb", "mine"})
_DEFAULT_WEAPON = {"air_drone_strike": ("aerial_bomb", None), "suicide_bomb": ("suicide_vest", 1)}
# What acts of a type are done with. Where one of these is told, another kind told beside it is somebody else's: the
# rockets that an air strike answers, the shots that were heard while shells came down.
_DONE_WITH = {
    "air_drone_strike": frozenset({"aerial_bomb", "missile", "drone", "chemical", "incendiary"}),
    "shelling_missile": frozenset({"rocket", "missile", "mortar", "artillery", "drone", "chemical", "incendiary"}),
    "chemical_weapon": frozenset({"chemical"}),
}
_FLIES = frozenset({"drone", "missile", "rocket"})
# Types of act that are done with arms of every kind.
_BY_ANY_ARM = frozenset({None, "attack", "armed_clash"})
# Types of which the bomb itself is told by where it was hidden: in a car, under the road.
_BOMBINGS = frozenset({"remote_explosive", "suicide_bomb"})


def merge_weapons(
    report: AnnotatedReport, tellings: Sequence[Telling], kind: str | None, current: bool = False
) -> tuple[WeaponUse, ...]:
    """Weapons over all tellings, one a kind: rival counts give a range, a bare name adds nothing to a count."""
    used = _used(report, tellings, kind)
    if not used:
        return _by_default(report, tellings, kind, current)
    kinds = {name for name, _ in used}
    if kind == "suicide_bomb" and "vehicle" in kinds:  # "the bomber rammed his truck into the gate"
        used = [("car_bomb" if name == "vehicle" else name, w) for name, w in used]
    idle = _of_others(used, kind)
    out = []
    for name in dict.fromkeys(name for name, _ in used):
        if name in idle:
            continue
        told = [w for n, w in used if n == name]
        lower, upper = _range([c for c in map(_count, told) if c != (None, None)])
        known: list[Outcome] = [w.outcome for w in told if w.outcome != "unknown"]
        words = tuple(dict.fromkeys(report.normal.span(w.start, w.end) for w in told))
        out.append(WeaponUse(name, lower, upper, known[0] if known else "unknown", words))
    return tuple(out)


def _guards_shot(tellings: Sequence[Telling]) -> bool:
    """What is told is that the police or soldiers shot somebody, and of no stabbing: a blade named with it was in the
    hand of whoever they shot."""
    acts = [a for t in tellings for a in t.acts if a.undone is None and not a.general]
    if any(w.kind == "knife" for a in acts for w in a.weapons):
        return False
    shots = [a for a in acts if _fires([a])]
    return any(p.kind in GUARDS for a in shots for p in a.actors)


def _used(report: AnnotatedReport, tellings: Sequence[Telling], kind: str | None) -> list[tuple[str, WeaponMention]]:
    """The weapons that are told or implied to be used, each with its kind."""
    used: list[tuple[str, WeaponMention]] = []
    shot = _guards_shot(tellings)
    for t in tellings:
        answers = [a for a in t.acts if a.type in _BY_ANY_ARM and answers_attack(a, tellings)]
        others = [a for a in t.acts if a in answers or _in_general(a, kind)]
        acts = [a for a in t.acts if a not in others]
        named = [
            w for w in t.weapons if not w.implied and not any(a.start <= w.start and w.end <= a.end for a in others)
        ]
        heard = kind in _BOMBINGS and not any(a.verb or a.actors for a in acts if _fires([a]))
        if heard:  # "gunfire was heard after the blast"
            acts = [a for a in acts if not _fires([a])]
        if heard or (_fires(answers) and not _fires(acts)):  # "police fired some fifty bullets"
            named = [w for w in named if w.kind != "firearm"]
        for w in (*named, *(w for a in acts for w in a.weapons)):
            if (
                _says_nothing(report, w)
                or (shot and w.kind == "knife")
                or (w.implied and w.kind == _FIRE and kind != "arson")
                or (w.implied and w.kind == "mine" and any(n.kind == "bomb" for n in named))
            ):  # "a sauté sur un engin explosif": the charge is named
                continue
            used.append(("aerial_bomb" if w.kind == "bomb" and kind == "air_drone_strike" else w.kind, w))
    return used


def _in_general(act: Act, kind: str | None) -> bool:
    """Told of acts in general or as the setting, and of another kind: no weapon of this one ("suicide bombings are more
    common in the south")."""
    return act.general and act.type != kind and (kind not in _BY_ANY_ARM or act.aftermath)


def _fires(acts: Sequence[Act]) -> bool:
    return any(w.kind == "firearm" for a in acts for w in a.weapons)


def _by_default(
    report: AnnotatedReport, tellings: Sequence[Telling], kind: str | None, current: bool
) -> tuple[WeaponUse, ...]:
    """What an act of a type is done with where no weapon is told."""
    sure = any(a.type == kind and a.strength == "strong" for t in tellings for a in t.acts)
    if kind in _DEFAULT_WEAPON and (sure or current):
        name, n = _DEFAULT_WEAPON[kind]
        first = tellings[0]
        trigger = next((a for a in first.acts), None)
        where = (
            report.normal.span(trigger.start, trigger.end) if trigger else report.normal.span(first.start, first.end)
        )
        return (WeaponUse(name, n, n, "unknown", (where,)),)
    blast = next((a for t in tellings for a in t.acts if a.blast and not a.general), None)
    if kind == "remote_explosive" and blast is not None:
        return (WeaponUse("bomb", None, None, "unknown", (report.normal.span(blast.start, blast.end),)),)
    gunman = _gunman(report, tellings) if kind == "attack" else None
    if gunman is not None:
        return (WeaponUse("firearm", None, None, "unknown", (report.normal.span(gunman.start, gunman.end),)),)
    return ()


def _gunman(report: AnnotatedReport, tellings: Sequence[Telling]) -> Phrase | None:
    """Whoever is called by the gun he used and is told to have killed or hurt people ("gunmen killed two traders")."""
    shooters = load_grammar(report.pack.language).shooters
    hurt = any((c.quantity.lower or 0) > 0 for t in tellings for c in t.tolls)
    doers = [p for t in tellings for a in t.acts if a.undone is None and not a.general for p in a.actors]
    return next((p for p in doers if hurt and fold(report.text[p.head[0] : p.head[1]]) in shooters), None)


def _of_others(used: Sequence[tuple[str, WeaponMention]], kind: str | None) -> set[str]:
    """Kinds that are told beside the weapon of the act: another's, or the same weapon by a wider word."""
    kinds = {name for name, _ in used}
    idle: set[str] = set()
    if kind in _DONE_WITH and kinds & _DONE_WITH[kind]:
        idle = kinds - _DONE_WITH[kind]
    bombing = kind is None or kind in _BOMBINGS
    if "car_bomb" in kinds and bombing:  # a bomber in a car has only the car, and the bomb is the one in it
        idle |= {"suicide_vest", "bomb", "vehicle"} | (
            {"mine"} if all(w.implied for n, w in used if n == "mine") else set()
        )
    elif kinds & _FLIES and all(w.implied for n, w in used if n == "vehicle"):  # "a drone rammed the gate"
        idle |= {"vehicle"}
    elif "suicide_vest" in kinds:  # the bomber's vest is the bomb
        idle |= {"bomb", "mine"}
    elif kind == "remote_explosive" and {"bomb", "mine"} <= kinds:  # one charge by two names: the first
        idle |= {"bomb", "mine"} - {next(n for n, _ in used if n in {"bomb", "mine"})}
    return idle


def _count(weapon: WeaponMention) -> tuple[int | None, int | None]:
    if weapon.quantity is not None:
        return weapon.quantity.quantity.lower, weapon.quantity.quantity.upper
    one_each = weapon.implied and weapon.kind in _ONE_EACH and weapon.single
    n = weapon.count if weapon.count is not None else (1 if one_each else None)
    return n, n


def _says_nothing(report: AnnotatedReport, weapon: WeaponMention) -> bool:
    """ "des armes", "armed", "engin": no kind of weapon."""
    return weapon.kind == "other" and report.normal.folded[weapon.start : weapon.end].startswith(_NO_KIND)


def _range(pairs: Sequence[tuple[int | None, int | None]]) -> tuple[int | None, int | None]:
    if not pairs:
        return None, None
    lowers = [a for a, _ in pairs if a is not None]
    uppers = [b for _, b in pairs]
    return (min(lowers) if lowers else None), (None if None in uppers else max(u for u in uppers if u is not None))
