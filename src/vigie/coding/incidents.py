"""From a group of tellings to one incident: each field's value, from the words that give it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from vigie.coding.actors import ANYBODY, answers_attack, rule_actors, rule_targets
from vigie.coding.acts import MUNITIONS, WeaponMention
from vigie.coding.annotated import AnnotatedReport, lead_sentences, within
from vigie.coding.attributions import Attributed
from vigie.coding.authors import held_areas
from vigie.coding.dating import Setting, choose_date
from vigie.coding.joining import Group
from vigie.coding.owning import claimants
from vigie.coding.phrases import Phrase
from vigie.coding.placing import choose_place, told_apart
from vigie.coding.responsibility import responsibility
from vigie.coding.tellings import Telling
from vigie.coding.told_back import told_back
from vigie.coding.tolls import TollMention
from vigie.coding.types import OF_WEAPON, vote
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.schema import Body
from vigie.mentions.dates import is_since
from vigie.mentions.values import DAYS
from vigie.model import Actor, Codes, GroupHarm, Incident, Place, Quantity, ReportedDate, Span, Target, WeaponUse
from vigie.model.codebooks import codes_for
from vigie.model.coded import Damage, Outcome

_FIRE = "incendiary"
# A count so many times the first, and told more than so many sentences behind it, is of something else.
_TOO_MANY, _FAR = 3, 5
# Attackers shot without a word for who they are: more dead than this are victims.
_FEW = 3
_NO_KIND = ("arm", "weapon", "engin", "projectile", "munition")
# Weapons of which one act uses one: a bomber's vest, the car that rams or blows up.
_ONE_EACH = frozenset({"suicide_vest", "vehicle", "car_bomb"})
_DEFAULT_WEAPON = {"air_drone_strike": ("aerial_bomb", None), "suicide_bomb": ("suicide_vest", 1)}


def ruled_incident(
    report: AnnotatedReport,
    groups: Sequence[Group],
    number: int,
    setting: Setting,
    attributed: Attributed,
    grammar: Grammar,
) -> Incident:
    """The incident that group `number` (from 1) is about as the rules alone have it, without codes, claims and
    differences."""
    group = groups[number - 1]
    claimed = claimants(report, group, groups, attributed, grammar)
    doers = rule_actors(report, group, groups, claimed, attributed, grammar)
    hit = rule_targets(report, group, doers)
    actors = tuple(Actor(a.name, a.basis, (report.normal.span(a.start, a.end),)) for a in doers)
    return replace(
        without_roles(report, groups, number, setting, grammar),
        actors=actors,
        responsibility=responsibility(report, group, groups, actors, claimed, attributed, grammar),
        targets=tuple(Target(t.name, t.kind, (report.normal.span(t.start, t.end),)) for t in hit),
    )


def without_roles(
    report: AnnotatedReport, groups: Sequence[Group], number: int, setting: Setting, grammar: Grammar
) -> Incident:
    """What `ruled_incident` gives but for who did it, who is responsible and who or what was hit."""
    group = groups[number - 1]
    kind = vote(group.tellings)[0] or _type_of_roles(group)
    weapons = merge_weapons(report, group.tellings, kind, group.period == "current")
    kind = _got_through(group, _disrupted(group, kind, weapons), weapons)
    tolls = tolls_of(group, kind)
    home = told_back(report, groups, group, grammar) or group
    place = choose_place(report, home, setting)
    return Incident(
        id=f"i{number}",
        type=kind,
        period=group.period,
        date=choose_date(report, groups, group, setting, grammar),
        place=place,
        launch_place=_launch(report, group, place, grammar),
        weapons=weapons,
        killed=toll(report, tolls, "killed"),
        injured=toll(report, tolls, "injured"),
        attackers_killed=toll(report, tolls, "killed", attackers=True),
        harm_by_group=harm_by_group(report, tolls),
        damage=_damage(group),
        evidence=tuple(report.normal.span(t.start, t.end) for t in group.tellings),
    )


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
    ]


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
    if toll.victims.kind == _FIGHTERS and first and all(p.kind in _ATTACKING for p in first):
        return any(t.victims is not None and t.victims.kind not in {*_ATTACKING, None} for t in others)
    fought = [p for a in acts for p in a.actors if p.file == "actors"]
    return (
        toll.victims.kind == _FIGHTERS
        and bool(fought)
        and all(p.kind in _ATTACKING for p in fought)
        and not any(p.kind == _FIGHTERS for p in hit if p.file == "actors" and not _tolled(group, p))
        and any(t.victims is not None and t.victims.kind != _FIGHTERS for t in others)
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


_STATE = frozenset({"military", "police", "government"})
_GUARDS = frozenset({"military", "police"})
_FIGHTERS = "armed_group"
_ATTACKING = frozenset({_FIGHTERS, "attacker"})
_NO_STATE = frozenset({"armed_group", "attacker", "civilian", "crowd"})


def codes_of(
    report: AnnotatedReport,
    kind: str,
    weapons: Sequence[WeaponUse],
    actors: Sequence[Actor],
    targets: Sequence[Target],
    killed: Quantity | None,
) -> Codes:
    """An incident of type `kind` in the other codebooks; what the text leaves open stays open (None)."""
    bodies = {m.entry.kind for a in actors for m in report.pack.find(a.name) if isinstance(m.entry, Body)}
    by_state = True if bodies & _STATE else False if bodies & _NO_STATE else None
    hit = {t.kind for t in targets} - {"other"}
    civilian = hit <= {"civilian", "aid", "media"} if hit else None
    on_state = bool(hit & {"military", "government"}) if hit else None
    deadly = (killed.lower or 0) > 0 if killed is not None else None
    return codes_for(kind, [w.kind for w in weapons], civilian, by_state, target_is_state=on_state, deadly=deadly)


def _type_of_roles(group: Group) -> str:
    """No word gives a type: people killed or hurt by people is an attack, anything else other violence."""
    hurt = any((c.quantity.lower or 0) > 0 for t in group.tellings for c in t.tolls)
    harmed = any(a.harm or a.actors for t in group.tellings for a in t.acts)
    return "attack" if hurt or harmed else "other_violence"


def _disrupted(group: Group, kind: str, weapons: Sequence[WeaponUse]) -> str:
    """Everything shot down or defused and nobody hurt: a disrupted attack (ACLED, codebook 1.4)."""
    if kind not in {"air_drone_strike", "shelling_missile", "remote_explosive", "attack"}:
        return kind
    marks = {m for t in group.tellings for a in t.acts for m in a.marks}
    hurt = any((c.quantity.lower or 0) > 0 for t in group.tellings for c in t.tolls)
    hit = any(w.outcome == "hit" for w in weapons)
    return "disrupted" if marks & {"intercepted", "foiled"} and not hurt and not hit else kind


def _got_through(group: Group, kind: str, weapons: Sequence[WeaponUse]) -> str:
    """Somebody was hurt by what was shot down in part: the type is that of the weapon."""
    if kind != "disrupted" or not any((c.quantity.lower or 0) > 0 for t in group.tellings for c in t.tolls):
        return kind
    return next((OF_WEAPON[w.kind] for w in weapons if w.kind in MUNITIONS), kind)


def _launch(report: AnnotatedReport, group: Group, place: Place | None, grammar: Grammar) -> Place | None:
    """The place fired from: a named one, else "areas held by" somebody, which is of the incident's country."""
    mention = next((t.launch for t in group.tellings if t.launch is not None), None)
    if mention is not None:
        return replace(mention.place, evidence=(report.normal.span(mention.start, mention.end),))
    held = next((h for t in group.tellings for h in held_areas(report, t.start, t.end, grammar)), None)
    if held is None:
        return None
    words = report.text[held.start : held.end]
    country = place.country if place is not None else None
    return Place(words, words, country, "region", relation="from", evidence=(report.normal.span(held.start, held.end),))


def merge_weapons(
    report: AnnotatedReport, tellings: Sequence[Telling], kind: str | None, current: bool = False
) -> tuple[WeaponUse, ...]:
    """Weapons over all tellings, one a kind: rival counts give a range, a bare name adds nothing to a count."""
    counts: dict[str, list[tuple[int | None, int | None]]] = {}
    spans: dict[str, list[Span]] = {}
    outcomes: dict[str, list[Outcome]] = {}
    for t in tellings:
        answers = [a for a in t.acts if answers_attack(a, tellings)]
        named = [w for w in t.weapons if not any(a.start <= w.start and w.end <= a.end for a in answers)]
        for w in (*named, *(w for a in t.acts if a not in answers for w in a.weapons)):
            if (
                (w.implied and w in t.weapons)
                or _says_nothing(report, w)
                or (w.implied and w.kind == _FIRE and kind != "arson")
                or (w.implied and w.kind == "mine" and any(n.kind == "bomb" and not n.implied for n in named))
            ):  # "a sauté sur un engin explosif": the charge is named
                continue
            name = "aerial_bomb" if w.kind == "bomb" and kind == "air_drone_strike" else w.kind
            spans.setdefault(name, []).append(report.normal.span(w.start, w.end))
            outcomes.setdefault(name, []).append(w.outcome)
            n = w.count if w.count is not None else (1 if w.implied and w.kind in _ONE_EACH and w.single else None)
            pair = (w.quantity.quantity.lower, w.quantity.quantity.upper) if w.quantity else (n, n)
            if pair != (None, None):
                counts.setdefault(name, []).append(pair)
    sure = any(a.type == kind and a.strength == "strong" for t in tellings for a in t.acts)
    if kind in _DEFAULT_WEAPON and not spans and (sure or current):
        name, n = _DEFAULT_WEAPON[kind]
        first = tellings[0]
        trigger = next((a for a in first.acts), None)
        where = (
            report.normal.span(trigger.start, trigger.end) if trigger else report.normal.span(first.start, first.end)
        )
        return (WeaponUse(name, n, n, "unknown", (where,)),)
    blast = next((a for t in tellings for a in t.acts if a.blast and not a.general), None)
    if kind == "remote_explosive" and not spans and blast is not None:
        return (WeaponUse("bomb", None, None, "unknown", (report.normal.span(blast.start, blast.end),)),)
    if "suicide_vest" in spans:  # the bomber's vest is the bomb; a bomber in a car has only the car
        spans.pop("suicide_vest" if "car_bomb" in spans else "bomb", None)
    out = []
    for name, found in spans.items():
        lower, upper = _range(counts.get(name, []))
        known = [o for o in outcomes[name] if o != "unknown"]
        out.append(WeaponUse(name, lower, upper, known[0] if known else "unknown", tuple(dict.fromkeys(found))))
    return tuple(out)


def _says_nothing(report: AnnotatedReport, weapon: WeaponMention) -> bool:
    """ "des armes", "armed", "engin": no kind of weapon."""
    return weapon.kind == "other" and report.normal.folded[weapon.start : weapon.end].startswith(_NO_KIND)


def _range(pairs: Sequence[tuple[int | None, int | None]]) -> tuple[int | None, int | None]:
    if not pairs:
        return None, None
    lowers = [a for a, _ in pairs if a is not None]
    uppers = [b for _, b in pairs]
    return (min(lowers) if lowers else None), (None if None in uppers else max(u for u in uppers if u is not None))


def _victims_of_strikes(group: Group, kind: str, tolls: Sequence[TollMention]) -> list[TollMention]:
    """Those whom a strike kills are its victims, also where they are called terrorists, unless they attacked."""
    attacked = any(p.attacker for t in group.tellings for a in t.acts for p in a.actors)
    if attacked or kind not in {"air_drone_strike", "shelling_missile"}:
        return list(tolls)
    return [replace(t, attackers=False, agents=()) if t.attackers else t for t in tolls]


def _victims_of_police(group: Group, tolls: Sequence[TollMention]) -> list[TollMention]:
    """Suspects hurt by the police where nobody else is told to have done anything: they are the ones who were hit."""
    acts = [a for t in group.tellings for a in t.acts if not a.harm]
    doers = [p for a in acts for p in a.actors]
    guards = [a for a in acts if any(p.kind in _GUARDS for p in a.actors)]
    if not guards or not all(p.kind in _GUARDS for p in doers):
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
    best = _highest(exact, titles)
    first = _highest((t for t in exact if t.sentence == told_first), titles)
    if best.sentence - told_first > _FAR and (best.quantity.best or 0) > _TOO_MANY * (first.quantity.best or 0) > 0:
        best = first
    return replace(best.quantity, evidence=(report.normal.span(best.start, best.end),))


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
    if not any(p.kind in {"police", "military"} for p in toll.agents) or (toll.quantity.best or 0) > _FEW:
        return False
    if toll.together:
        return False  # of whom it is a sum was told
    return toll.victims is None or toll.victims.attacker or fold(toll.victims.name) in ANYBODY


def harm_by_group(report: AnnotatedReport, tolls: Sequence[TollMention]) -> tuple[GroupHarm, ...]:
    """Tolls of named groups of victims."""
    found: dict[str, dict[str, TollMention]] = {}
    for t in tolls:
        if t.victims is None or t.victims.file != "actors" or t.harm not in {"killed", "injured"}:
            continue
        found.setdefault(t.victims.name, {})[t.harm] = t
    out = []
    for name, by_harm in found.items():
        killed, injured = by_harm.get("killed"), by_harm.get("injured")
        spans = tuple(report.normal.span(t.start, t.end) for t in by_harm.values())
        out.append(
            GroupHarm(name, None, killed.quantity if killed else None, injured.quantity if injured else None, spans)
        )
    return tuple(out)


def _damage(group: Group) -> Damage:
    marks = {m for t in group.tellings for m in t.marks}
    if "damage" in marks:
        return "reported"
    return "none" if "no_damage" in marks else "unknown"


def lead_setting(
    report: AnnotatedReport, groups: Sequence[Group], tellings: Sequence[Telling], attributed: Attributed
) -> Setting:
    """Days and places of headline and lead, less the days that other incidents have for their own."""
    lead = [t for t in tellings if t.lead]
    said = {a.said for a in attributed.attributions if a.said is not None}
    own = [d.date for g in groups for t in g.tellings if not t.lead for d in t.dates if d.date is not None]
    opening = lead_sentences(report)
    told = [d for t in lead for d in t.dates]
    told += [
        d
        for s in report.sentences
        if s.index in opening
        for d in within(report.dates, s.start, s.end)
        if (d.start, d.end) not in said and d not in told and not is_since(report.text, report.pack.language, d)
    ]
    dates = [
        d for d in told if d.date is not None and d.date.grain in DAYS and not any(o.end == d.date.end for o in own)
    ]
    places = [p for t in lead for p in t.places]
    if not places:
        places = [
            p
            for s in report.sentences
            if s.title or s.index in opening
            for p in within(report.places, s.start, s.end)
            if p.place.relation != "from"
        ]
    return Setting(tuple(dates), tuple(places), report.report.published, told_apart(report, tellings, attributed))


def day_of(published: ReportedDate | None) -> dt.date | None:
    """The last possible day of publication."""
    return published.end if published is not None else None
