"""An incident's toll among all the counts that its sentences give: whose dead they are, and which count stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vigie.coding.actors import ANYBODY, answers_attack
from vigie.coding.phrases import FIGHTERS, GUARDS
from vigie.language.folding import fold

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from vigie.coding.annotated import AnnotatedReport
    from vigie.coding.joining import Group
    from vigie.coding.phrases import Phrase
    from vigie.coding.tolls import TollMention
    from vigie.model import Quantity

# A count so many times the first, and told more than so many sentences behind it, is of something else.
_TOO_MANY, _FAR = 3, 5
# Hundreds of dead, so many times those told of first, are of more than one act wherever they are told.
_HUNDREDS, _FAR_TOO_MANY = 200, 10
# Attackers shot without a word for who they are: more dead than this are victims.
_FEW = 3
# Several wounded that are counted for themselves; a single one may be named beside others.
_SOME = 2
_ARMED_GROUP = "armed_group"


def tolls_of(group: Group, kind: str) -> list[TollMention]:
    """All tolls that the group's sentences give, attackers told apart from victims."""
    found = [t for g in group.tellings for t in g.tolls]
    sided = _with_others([replace(t, attackers=True) if _of_side(group, t) else t for t in found])
    found = _victims_of_police(group, _victims_of_strikes(group, kind, sided))
    sides = {(t.sentence, t.harm) for t in found if t.attackers and not t.together}
    dead = {_surname(t) for t in found if t.harm == "killed" and _one_named(t)}
    return [
        t
        for t in found
        if not (t.together and (t.sentence, t.harm) in sides)
        and not (t.harm == "injured" and _one_named(t) and _surname(t) in dead)
        and not (t.by_means and _outcome_told(t, found))
        and not _none_of_others(t, found)
        and not _of_both_sides(t, found)
    ]


def _outcome_told(toll: TollMention, tolls: Sequence[TollMention]) -> bool:
    """Of those counted only as stabbed or shot the report also tells what became of them: as many or more died, or the
    wounded are counted for themselves ("stabbed five people … two died, three are in hospital")."""
    mine = [t for t in tolls if t.attackers == toll.attackers and not t.by_means]
    shot = toll.quantity.best or 0
    dead = max((t.quantity.best or 0 for t in mine if t.harm == "killed"), default=0)
    counted = {t.quantity.best or 0 for t in mine if t.harm == "injured"}
    hurt = max((t.quantity.best or 0 for t in mine if t.harm == "injured" and not t.part), default=0)
    return dead >= shot > 0 or hurt >= min(shot, _SOME) > 0 or (dead > 0 and shot - dead in counted - {0})


def _of_both_sides(toll: TollMention, tolls: Sequence[TollMention]) -> bool:
    """The total of those whom another sentence counts side by side: "19 men died … nine rebels and ten soldiers"."""
    if toll.attackers or not toll.quantity.lower:
        return False
    mine = [t for t in tolls if t.harm == toll.harm and t.sentence != toll.sentence and not t.together]
    return any(
        (a.quantity.lower or 0) + (v.quantity.lower or 0) == toll.quantity.lower
        for a in mine
        for v in mine
        if a.attackers and not v.attackers and a.sentence == v.sentence and a.quantity.lower and v.quantity.lower
    )


def _none_of_others(toll: TollMention, tolls: Sequence[TollMention]) -> bool:
    """None of one sort of people was hurt, where others were ("no officers were injured", « aucun civil n'a été tué »):
    that says nothing of how many were."""
    if toll.quantity.upper != 0 or toll.victims is None or toll.victims.file != "actors":
        return False
    kind = toll.victims.kind
    if fold(toll.victims.name) in ANYBODY or kind is None:
        return False
    hit = [t for t in tolls if (t.quantity.lower or 0) > 0 and not t.attackers]
    return any(t.victims is None or t.victims.kind != kind for t in hit)


def _one_named(toll: TollMention) -> bool:
    """One person told by name."""
    return toll.quantity.lower == toll.quantity.upper == 1 and toll.victims is not None and toll.victims.proper


def _surname(toll: TollMention) -> str:
    """The last word of a victim's name ("Mr Burke")."""
    return toll.victims.name.split()[-1] if toll.victims is not None and toll.victims.name.strip() else ""


def _with_others(tolls: Sequence[TollMention]) -> list[TollMention]:
    """ "Seven insurgents were killed and five others wounded": the others are of those told of just before."""
    out: list[TollMention] = []
    for t in tolls:
        before = out[-1] if out else None
        same = before is not None and before.sentence == t.sentence and not before.together
        out.append(replace(t, attackers=before.attackers) if t.others and before is not None and same else t)
    return out


def _of_side(group: Group, toll: TollMention) -> bool:
    """The dead are called by the word for those who did it ("militants stormed a post … 12 militants were killed"), or
    by a word for fighters where only fighters did it and none were hit ("the Taliban attacked … seven insurgents were
    killed"), and others are counted beside them."""
    if toll.victims is None or toll.attackers or toll.victims.file != "actors":
        return False
    acts = [a for t in group.tellings for a in t.acts if not a.harm]
    did = {_head(p) for a in acts for p in a.actors if p.file == "actors"}
    hit = [p for t in group.tellings for a in t.acts for p in (*a.targets, *a.victims) if not _counts(p, toll)]
    others = [t for u in group.tellings for t in u.tolls if t is not toll and t.harm == toll.harm and not t.together]
    if not others:
        return False
    if _head(toll.victims) in did - {_head(p) for p in hit}:
        return True
    first = next((a.actors for a in acts if a.actors), ())
    if toll.victims.kind == _ARMED_GROUP and first and all(p.kind in FIGHTERS for p in first):
        return any(t.victims is not None and t.victims.kind not in {*FIGHTERS, None} for t in others)
    fought = [p for a in acts for p in a.actors if p.file == "actors"]
    return (
        toll.victims.kind == _ARMED_GROUP
        and bool(fought)
        and all(p.kind in FIGHTERS for p in fought)
        and not any(p.kind == _ARMED_GROUP for p in hit if p.file == "actors" and not _tolled(group, p))
        and any(t.victims is not None and t.victims.kind != _ARMED_GROUP for t in others)
    )


def _tolled(group: Group, p: Phrase) -> bool:
    """Whether a phrase is of fighters whose dead or hurt are counted."""
    return any(t.victims is not None and t.victims.start == p.start for u in group.tellings for t in u.tolls)


def _counts(p: Phrase, toll: TollMention) -> bool:
    return toll.victims is not None and p.start == toll.victims.start


def _head(p: Phrase) -> str:
    """The folded head word of a phrase."""
    at = p.head[0] - p.start
    return fold(p.name[at : at + p.head[1] - p.head[0]]) or fold(p.name)


def _victims_of_strikes(group: Group, kind: str, tolls: Sequence[TollMention]) -> list[TollMention]:
    """Those whom a strike kills are its victims, also where they are called terrorists, unless they attacked."""
    attacked = any(p.attacker for t in group.tellings for a in t.acts for p in a.actors)
    if attacked or kind not in {"air_drone_strike", "shelling_missile"}:
        return list(tolls)
    return [replace(t, attackers=False, agents=()) for t in tolls]


def _victims_of_police(group: Group, tolls: Sequence[TollMention]) -> list[TollMention]:
    """Suspects hurt by the police where nobody else is told to have done anything: they are the ones who were hit."""
    acts = [a for t in group.tellings for a in t.acts if not a.harm]
    doers = [p for a in acts for p in a.actors]
    guards = [a for a in acts if any(p.kind in GUARDS for p in a.actors)]
    if not guards or not all(p.kind in GUARDS for p in doers):
        return list(tolls)
    if any(answers_attack(a, group.tellings) for a in guards):
        return list(tolls)
    return [replace(t, attackers=False) if t.victims and fold(t.victims.name) in ANYBODY else t for t in tolls]


def toll(report: AnnotatedReport, tolls: Iterable[TollMention], harm: str, attackers: bool = False) -> Quantity | None:
    """The overall toll: the highest count told, since partial counts are lower and updates rise; but not one many
    times the first and told far from it, which is of something else. Attackers' dead are those told as such, and those
    killed by the police or the guards after an attack by others."""
    found = list(tolls)
    shot = [t for t in found if t.attackers or (t.harm == "killed" and _shot_attacker(t, found))]
    mine = shot if attackers else [t for t in found if t not in shot]
    exact = [t for t in mine if t.harm == harm] or _nobody(mine)
    if not exact:
        return None
    told_first = min(t.sentence for t in exact)
    titles = {s.index for s in report.sentences if s.title}
    first = _highest((t for t in exact if t.sentence == told_first), titles)
    likely = [t for t in exact if t.sentence == told_first or not _of_many_acts(t, first)]
    best = _highest(likely, titles)
    return replace(best.quantity, evidence=(report.normal.span(best.start, best.end),))


def _of_many_acts(toll: TollMention, first: TollMention) -> bool:
    """A count many times the first and told far from it, or hundreds and more, which are of a whole conflict."""
    count, start = toll.quantity.best or 0, first.quantity.best or 0
    if toll.sentence - first.sentence > _FAR:
        return count > _TOO_MANY * start > 0
    return (toll.quantity.lower or 0) >= _HUNDREDS and count > _FAR_TOO_MANY * start > 0


def _highest(tolls: Iterable[TollMention], titles: Container[int]) -> TollMention:
    """The highest count; of equal ones what is counted as one number before a sum, one with "at least" before the bare
    number that takes it up again ("at least six died … the six dead"; in a headline it is often for want of room), the
    last told before the first."""

    def rank(t: TollMention) -> tuple[int, bool, bool, int]:
        hedged = t.quantity.hedge == "at_least" and t.sentence not in titles
        return t.quantity.best or 0, not t.together, hedged, t.start

    return max(tolls, key=rank)


def _nobody(tolls: Sequence[TollMention]) -> list[TollMention]:
    """No victims at all: nobody killed and nobody injured. Nobody injured alone does not say that nobody died."""
    return [t for t in tolls if t.harm == "casualties" and t.quantity.upper == 0]


def _shot_attacker(toll: TollMention, tolls: Sequence[TollMention]) -> bool:
    """Killed by the police or soldiers, a person not named as anything else."""
    if not any(p.kind in GUARDS for p in toll.agents) or (toll.quantity.best or 0) > _FEW:
        return False
    if toll.together:
        return False  # of whom it is a sum was told
    return toll.victims is None or toll.victims.attacker or fold(toll.victims.name) in ANYBODY
