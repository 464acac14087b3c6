"""Acts: each mention of a deliberate act of violence in a sentence, with its roles and how it is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.phrases import Phrase, phrase_of_match
from vigie.coding.reference import (
    aftermath,
    condemned,
    definite,
    general,
    plural,
    points_back,
    recalled,
    strength,
    told_after,
)
from vigie.coding.roles import Roles, nearest_roles, noun_roles, verb_roles
from vigie.coding.taken import taken
from vigie.coding.types import OF_WEAPON
from vigie.coding.undone import marks_at, not_done, past_perfect, undone_by
from vigie.coding.weapon_mentions import (
    HAND_TOOLS,
    HANDHELD,
    MUNITIONS,
    STRIKES_OFTEN,
    WeaponMention,
    by_means,
    fired_with,
    munition_named,
)
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.pack import Match
from vigie.language.parse import Parse, Token
from vigie.language.schema import Harm, Term, Trigger, Weapon
from vigie.text.segments import Sentence

_WORD = re.compile(r"\w+")
# The mark of an act that something else is told to come some time after.
FOLLOWED = "followed"


@dataclass(frozen=True, slots=True)
class Act:
    """One mention of an act: the trigger's offsets, its type (None where only the surroundings can tell), its
    phrases by role and the marks that govern it.

    `undone` gives the reason why it did not happen, or None. general: fighting or attacks in general ("the war",
    "bombings"), no single act. pronoun: whoever did it is only a pronoun here.
    plural, definite: of a noun. reprisal: the word itself says that the act answers another. aftermath: what is
    told came after the act or is about it. recalled: known by its place or day ("l'attentat de Nice"). resumed:
    done by those told of before ("les trois assaillants ont ensuite …", "they then …"). condemned: a statement condemns
    or mourns it. blast: something went off. ground: the word leaves open whether from the air or the ground. fight: of
    armed people it tells that they were fought with."""

    sentence: int
    start: int
    end: int
    text: str
    type: str | None
    strength: str
    verb: bool
    actors: tuple[Phrase, ...] = ()
    victims: tuple[Phrase, ...] = ()
    targets: tuple[Phrase, ...] = ()
    venues: tuple[Phrase, ...] = ()
    weapons: tuple[WeaponMention, ...] = ()
    marks: frozenset[str] = frozenset()
    undone: str | None = None
    past_perfect: bool = False
    harm: bool = False
    general: bool = False
    pronoun: bool = False
    plural: bool = False
    definite: bool = False
    reprisal: bool = False
    aftermath: bool = False
    recalled: bool = False
    resumed: bool = False
    condemned: bool = False
    blast: bool = False
    ground: bool = False
    fight: bool = False


def find_acts(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> list[Act]:
    """All acts mentioned in a sentence, in text order, undone ones included."""
    parse = report.parses.get(sentence.index)
    found: list[Act] = []
    triggers = _triggers(report, sentence, parse)
    modality = report.matches_in(sentence.start, sentence.end, "modality") if triggers else []
    answers = [m for m in modality if _answers(m)]
    for match in triggers:
        entry = match.entry
        assert isinstance(entry, Trigger | Harm)
        head = parse.head_of(match.start, match.end) if parse is not None else None
        roles = _roles(report, sentence, parse, head, match, grammar).outside(match.start, match.end)
        if isinstance(entry, Trigger) and entry.pos == "verb":
            inside = report.matches_in(match.start, match.end, "actors", "targets")
            for m in inside:
                by = report.normal.folded[match.start : m.start].split()[-1:]
                if m.start > match.start:  # "shot by police", "attacked police"
                    roles.put("actor" if grammar.agent.intersection(by) else "target", [phrase_of_match(report, m)])
        flown = (
            isinstance(entry, Trigger) and entry.type is None and entry.pos == "verb" and _by_aircraft(report, roles)
        )
        munition = any(p.kind in MUNITIONS for p in roles.weapons)
        downed = isinstance(entry, Trigger) and entry.killed and munition and not roles.victims
        known = recalled(report, match, grammar)
        reprisal = any(m.start < match.end and match.start < m.end for m in answers)
        blows = isinstance(entry, Trigger) and entry.weapon in STRIKES_OFTEN
        marks = marks_at(report, sentence, match.start, match.end, blows=blows)
        marks |= frozenset({"intercepted"}) if downed else frozenset()
        followed = told_after(report, sentence, match, grammar)
        marks |= frozenset({FOLLOWED}) if followed else frozenset()
        undone = undone_by(marks)
        if undone is None and parse is not None and head is not None:
            undone = not_done(parse, head, entry, grammar)
        found.append(
            Act(
                sentence.index,
                match.start,
                match.end,
                match.text,
                _type_in(report, sentence, match, roles, grammar)
                or ("air_drone_strike" if flown else _type_of(entry, downed, reprisal, match, roles)),
                strength(report, sentence, match, known, grammar),
                entry.pos == "verb",
                tuple(roles.actors),
                tuple(roles.victims),
                tuple(roles.targets),
                tuple(roles.venues),
                () if reprisal else _act_weapons(report, sentence, match, roles, grammar, flown),
                marks,
                undone,
                parse is not None and head is not None and past_perfect(parse, head),
                isinstance(entry, Harm),
                general(report, match, grammar),
                roles.pronoun,
                entry.pos == "noun" and plural(match),
                points_back(report, match, grammar),
                reprisal,
                followed or (entry.pos == "noun" and aftermath(report, sentence, match, grammar)),
                known,
                roles.pronoun or any(p.attacker and definite(report, p.start, grammar) for p in roles.actors),
                entry.pos == "noun" and condemned(report, sentence, match, grammar),
                isinstance(entry, Trigger) and entry.blast,
                isinstance(entry, Trigger) and entry.ground and not _by_aircraft(report, roles),
                isinstance(entry, Trigger) and entry.fight,
            )
        )
    if any(a.type == "abduction" for a in found):  # "was kidnapped, then freed on Monday": the end of it, no fight
        found = [a for a in found if not (a.verb and fold(a.text).startswith(grammar.frees))]
    found.extend(_weapon_acts(report, sentence, parse, found, grammar))
    people = _taken_acts(report, sentence, parse, found, grammar)
    found = [a for a in found if not any(b.start < a.end and a.start < b.end for b in people)] + people
    return sorted(found, key=lambda a: (a.start, a.end)) if found else found


def _answers(match: Match) -> bool:
    return isinstance(match.entry, Term) and match.entry.mark == "retaliation"


def can_be_delivered(match: Match) -> bool:
    """Whether a weapon's word, as what a verb delivers ("rockets landed"), tells of an act without a word for one."""
    entry = match.entry
    if not isinstance(entry, Weapon):
        return False
    return (entry.kind in MUNITIONS and entry.fired) or fold(match.text).startswith("projectile")


def _weapon_acts(
    report: AnnotatedReport, sentence: Sentence, parse: Parse | None, found: Sequence[Act], grammar: Grammar
) -> list[Act]:
    """Munitions that a verb launches, drops or brings down: an act without a trigger word of its own
    ("des drones ont été lancés contre la base", "rockets landed near the camp")."""
    if parse is None:
        return []
    acts: list[Act] = []
    for m in report.matches_in(sentence.start, sentence.end, "weapons"):
        if not isinstance(m.entry, Weapon) or not can_be_delivered(m):
            continue
        head = parse.head_of(m.start, m.end)
        if head is None or parse.tokens[head].dep not in {"nsubj", "nsubj:pass", "obj"}:
            continue
        verb = parse.tokens[parse.tokens[head].head]
        if verb.pos not in {"VERB", "AUX"} or not fold(verb.text).startswith(grammar.delivers):
            continue
        if any(a.start < verb.end and verb.start < a.end and a.type for a in (*found, *acts)):
            continue
        entry = Trigger(
            id="weapon_used",
            forms=("-",),
            pos="verb",
            type=OF_WEAPON.get(m.entry.kind),
            strength="strong",
            object="weapon",
        )
        roles = verb_roles(report, parse, verb.index, entry, grammar).outside(m.start, m.end)
        acts.append(_told_by_verb(report, sentence, parse, verb, entry, roles, grammar))
    return acts


def _taken_acts(
    report: AnnotatedReport, sentence: Sentence, parse: Parse | None, found: Sequence[Act], grammar: Grammar
) -> list[Act]:
    """People taken by fighters or attackers, told by no word that means an abduction."""
    if parse is None:
        return []
    acts: list[Act] = []
    told = [(a.start, a.end) for a in found if a.strength != "weak" or a.type == "abduction"]
    for head, entry, roles in taken(report, sentence, parse, grammar, told):
        acts.append(_told_by_verb(report, sentence, parse, parse.tokens[head], entry, roles, grammar))
    return acts


def _told_by_verb(
    report: AnnotatedReport,
    sentence: Sentence,
    parse: Parse,
    verb: Token,
    entry: Trigger,
    roles: Roles,
    grammar: Grammar,
) -> Act:
    """The act that a verb tells which is no word of an act by itself, with the roles it has there."""
    marks = marks_at(report, sentence, verb.start, verb.end)
    return Act(
        sentence.index,
        verb.start,
        verb.end,
        verb.text,
        entry.type,
        entry.strength,
        True,
        tuple(roles.actors),
        tuple(roles.victims),
        tuple(roles.targets),
        tuple(roles.venues),
        (),
        marks,
        undone_by(marks) or not_done(parse, verb.index, entry, grammar),
        past_perfect(parse, verb.index),
    )


def _triggers(report: AnnotatedReport, sentence: Sentence, parse: Parse | None) -> list[Match]:
    """Trigger and violent harm matches, one a place: where noun and verb are spelt alike the parse chooses."""
    at: dict[tuple[int, int], list[Match]] = {}
    for m in report.matches_in(sentence.start, sentence.end, "triggers", "harm"):
        if m.file == "harm" and not (
            isinstance(m.entry, Harm) and m.entry.violent and m.entry.harm in {"killed", "injured"}
        ):
            continue
        at.setdefault((m.start, m.end), []).append(m)
    chosen: list[Match] = []
    for (start, end), matches in sorted(at.items()):
        if any(
            o.start <= start and end <= o.end and (o.start, o.end) != (start, end) and o.file == "triggers"
            for o in chosen
        ):
            continue
        triggers = [m for m in matches if m.file == "triggers"] or matches
        match = _by_pos(triggers, parse, start, end)
        if not _people_word(report, match, parse) and not _place_name(report, match) and not _masked(report, match):
            chosen.append(match)
    return chosen


def _masked(report: AnnotatedReport, match: Match) -> bool:
    """Part of a phrase that is no violence ("heart attack", "attaque en justice"); a "cattle raid" is one."""
    near = report.matches_in(max(0, match.start - 30), match.end + 30, "frames")
    return any(
        m.start <= match.start and match.end <= m.end and len(m.text) > len(match.text) and not _plain(m) for m in near
    )


def _plain(match: Match) -> bool:
    return isinstance(match.entry, Term) and match.entry.mark == "plain"


def _place_name(report: AnnotatedReport, match: Match) -> bool:
    """A place's name that is spelt like the word ("the town of Hit")."""
    return match.text[:1].isupper() and any(p.start <= match.start and match.end <= p.end for p in report.places)


def _people_word(report: AnnotatedReport, match: Match, parse: Parse | None) -> bool:
    """A form of a verb that stands here as a noun for people ("un combattant", "the wounded")."""
    entry = match.entry
    if not isinstance(entry, Trigger) or entry.pos != "verb" or parse is None:
        return False
    head = parse.head_of(match.start, match.end)
    if head is None or parse.tokens[head].pos not in {"NOUN", "PROPN"}:
        return False
    return any(
        m.start <= match.start and match.end <= m.end for m in report.matches_in(match.start, match.end, "actors")
    )


def _by_pos(matches: Sequence[Match], parse: Parse | None, start: int, end: int) -> Match:
    if len(matches) == 1 or parse is None:
        return matches[0]
    head = parse.head_of(start, end)
    verbal = head is not None and parse.tokens[head].pos in {"VERB", "AUX"}

    def fits(m: Match) -> int:
        entry = m.entry
        assert isinstance(entry, Trigger | Harm)
        return 0 if (entry.pos == "verb") == verbal else 1

    return min(matches, key=fits)


def _roles(
    report: AnnotatedReport,
    sentence: Sentence,
    parse: Parse | None,
    head: int | None,
    match: Match,
    grammar: Grammar,
) -> Roles:
    entry = match.entry
    assert isinstance(entry, Trigger | Harm)
    if parse is None or head is None:
        return nearest_roles(report, match, sentence.start, sentence.end, grammar)
    verbal = parse.tokens[head].pos in {"VERB", "AUX"} or (entry.pos != "noun" and parse.tokens[head].pos == "ADJ")
    if verbal and entry.pos != "noun":
        return verb_roles(report, parse, head, entry, grammar)
    return noun_roles(report, parse, head, entry, grammar)


def _type_of(entry: Trigger | Harm, downed: bool, reprisal: bool, match: Match, roles: Roles) -> str | None:
    """The trigger's own type; of a verb of firing with a munition for its object, the munition's; of "abattre",
    a munition shot down or come down; a reprisal that is not said to be anything else is other violence."""
    if not isinstance(entry, Trigger):
        return None
    if reprisal and not roles.weapons:
        return "other_violence"
    if roles.weapons and entry.weapon == "firearm" and not downed:
        fired = roles.weapons[0].match
        if fired is not None and fired.entry.id in HANDHELD:
            return entry.type
        return OF_WEAPON.get(roles.weapons[0].kind or "", entry.type)
    if not downed:
        return entry.type
    kind = roles.weapons[0].kind
    return (
        "disrupted"
        if kind in {"drone", "missile", "rocket"} and match.text.endswith(("u", "us", "ue", "ues", "down"))
        else None
    )


def _type_in(report: AnnotatedReport, sentence: Sentence, match: Match, roles: Roles, grammar: Grammar) -> str | None:
    """What the rest of the sentence makes of a word that may be of something else: missiles that a drone or an aircraft
    fires are a strike from the air, whoever is struck with a rifle butt is beaten."""
    entry = match.entry
    if not isinstance(entry, Trigger) or entry.pos != "verb":
        return None
    near = [m for m in report.matches_in(sentence.start, sentence.end, "weapons") if isinstance(m.entry, Weapon)]
    if entry.object == "weapon" and entry.type in {"shelling_missile", "attack"}:
        doers = [*roles.actors, *(p for p in roles.weapons if p.start < match.start)]
        fired = [
            m for m in near if m.start >= match.start and isinstance(m.entry, Weapon) and m.entry.kind == "missile"
        ]
        flies = any(
            isinstance(m.entry, Weapon) and m.entry.kind in {"drone", "aerial_bomb"} and p.start <= m.start < p.end
            for p in doers
            for m in near
        )
        return "air_drone_strike" if fired and flies else None
    if entry.type == "air_drone_strike" and entry.strength == "weak":
        tools = [m for m in near if isinstance(m.entry, Weapon) and m.entry.id in HAND_TOOLS]
        beaten = any(m.start > match.end and by_means(report, sentence, m, grammar) for m in tools)
        return "attack" if beaten or any(m.start > match.end and _is_blow(m) for m in tools) else None
    return None


def _is_blow(match: Match) -> bool:
    """A word for blows with a tool ("coups de crosse"), which tells its use."""
    return isinstance(match.entry, Weapon) and not match.entry.countable and match.entry.fired


def _by_aircraft(report: AnnotatedReport, roles: Roles) -> bool:
    """Done by military aircraft ("warplanes hit a depot")."""
    for p in (*roles.actors, *roles.weapons):
        for m in report.matches_in(p.start, p.end, "weapons"):
            if isinstance(m.entry, Weapon) and m.entry.kind == "aerial_bomb" and not m.entry.fired:
                return True
    return False


def _act_weapons(
    report: AnnotatedReport, sentence: Sentence, match: Match, roles: Roles, grammar: Grammar, flown: bool
) -> tuple[WeaponMention, ...]:
    """Weapons in the trigger itself ("attaque au couteau"); named ones are found by sentence."""
    entry = match.entry
    if flown:
        return (WeaponMention(match.start, match.end, "aerial_bomb", implied=True, single=False),)
    if isinstance(entry, Trigger) and entry.weapon is not None:
        if entry.weapon == "firearm" and (
            any(p.kind != "firearm" for p in roles.weapons)
            or munition_named(report, match)
            or fired_with(report, sentence, match, grammar)
        ):
            return ()  # "des roquettes ont été tirées": the munition is named
        count = entry.weapon_count or None
        single = entry.weapon_count != 0 and (entry.pos == "verb" or not plural(match))
        return (WeaponMention(match.start, match.end, entry.weapon, None, count, implied=True, single=single),)
    return ()
