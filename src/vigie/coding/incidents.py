"""From a group of tellings to one incident: each field's value, from the words that give it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from vigie.coding.actors import rule_actors, rule_targets
from vigie.coding.annotated import AnnotatedReport, lead_sentences, within
from vigie.coding.attributions import Attributed
from vigie.coding.authors import held_areas
from vigie.coding.dating import Setting, choose_date
from vigie.coding.joining import Group
from vigie.coding.owning import claimants
from vigie.coding.placing import choose_place, told_apart
from vigie.coding.responsibility import responsibility
from vigie.coding.tellings import Telling
from vigie.coding.told_back import told_back
from vigie.coding.toll_choice import toll, tolls_of
from vigie.coding.tolls import TollMention
from vigie.coding.types import OF_WEAPON, STOPPED, fought, told_by_weapons, vote
from vigie.coding.weapon_mentions import MUNITIONS
from vigie.coding.weapons import merge_weapons
from vigie.language.grammar import Grammar
from vigie.language.schema import Body
from vigie.mentions.dates import is_since
from vigie.mentions.values import DAYS
from vigie.model import Actor, Codes, GroupHarm, Incident, Place, Quantity, ReportedDate, Target, WeaponUse
from vigie.model.codebooks import codes_for
from vigie.model.coded import Damage


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
    if kind == "attack":
        kind = "armed_clash" if fought(group.tellings, tolls) else told_by_weapons(weapons) or kind
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


_STATE = frozenset({"military", "police", "government"})
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
    return "disrupted" if marks & STOPPED and not hurt and not hit else kind


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
    of_acts = {t.sentence for t in tellings if t.acts}
    told += [
        d
        for s in report.sentences
        if s.index in opening and s.index not in of_acts  # what a telling leaves out is of something else
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
