"""The shape of a language pack: one folder a language, the same files in each.

Every entry lists `forms`: words or phrases exactly as they occur, with all inflections. Braces save writing:
"tu{er,é,ée,és,ées}" is five forms (an empty alternative is allowed: "mort{,s}"). Matching ignores case and
accents and asks for whole words, unless an entry says `accents: true` or `case: true`.
`examples` are short sentences in which the entry must match, `never` sentences in which it must not;
both are run as tests (tests/language/test_packs.py).
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from vigie.model.coded import SourceKind, Stance, TargetKind

IncidentType = Literal[
    "armed_clash", "attack", "air_drone_strike", "shelling_missile", "suicide_bomb", "remote_explosive", "grenade",
    "chemical_weapon", "abduction", "sexual_violence", "disrupted", "mob_violence", "arson", "other_violence",
]  # fmt: skip
WeaponKind = Literal[
    "rocket", "missile", "drone", "mortar", "artillery", "aerial_bomb", "bomb", "car_bomb", "suicide_vest", "grenade",
    "mine", "firearm", "knife", "vehicle", "chemical", "incendiary", "other",
]  # fmt: skip
Slot = Literal["actor", "victim", "target", "weapon", "place", "source", "none"]


class Entry(BaseModel):
    """What every entry of a pack has."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    forms: tuple[str, ...] = Field(min_length=1)
    accents: bool = False
    case: bool = False
    examples: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class Trigger(Entry):
    """triggers.yaml — a noun or verb that tells of an act of violence (or, `type: null`, only of a blast, a
    death or the like, whose type the surroundings must give).

    strength: "strong" tells of violence by itself (attentat, fusillade, stabbing); "weak" needs a weapon, an
    actor, a toll or another trigger nearby (attaque, explosion, frappe, tir, operation); "definite" only points
    back to an act already told ("cette agression", "the incident").
    subject/object: what a verb's subject and object are, in the active voice (passive swaps them). For a noun,
    `of` says what its complement ("de X", "of X") usually is when the class of X leaves it open. blast: something went
    off, where no other word says what. weapon_count: how many weapons one such act uses; 0: several, none knows how
    many. ground: the word leaves open whether it came down from the air or was fired from the ground ("bombardment").
    fight: of soldiers or fighters it tells that they were fought with, not only fired at ("stormed", "returned fire").
    """

    pos: Literal["noun", "verb", "adjective"]
    type: IncidentType | None = None
    strength: Literal["strong", "weak", "definite"] = "weak"
    weapon: WeaponKind | None = None
    weapon_count: int | None = None
    killed: bool = False
    injured: bool = False
    subject: Slot = "actor"
    object: Slot = "target"
    of: Slot = "target"
    blast: bool = False
    ground: bool = False
    fight: bool = False


class Harm(Entry):
    """harm.yaml — words of death and injury: what is counted in a toll ("morts", "blessés", "were killed")."""

    pos: Literal["noun", "verb", "adjective"]
    harm: Literal["killed", "injured", "casualties", "missing", "unharmed"]
    subject: Slot = "actor"
    object: Slot = "victim"
    violent: bool = True


class Weapon(Entry):
    """weapons.yaml — a weapon or munition by kind. `countable` false for "tirs", "fire", mass words.
    `implies` false where the word alone does not show use (a belt, a seized rifle)."""

    kind: WeaponKind
    countable: bool = True
    fired: bool = True


class Body(Entry):
    """actors.yaml — people and bodies that act, speak or are hit: "soldats", "police", "Boko Haram", "civils".

    named: a proper name of one body. name: the canonical name for an alias. attacker: a word that means a
    perpetrator by itself ("assaillant", "gunman", "kamikaze"). country: ISO alpha-2 where the body has one.
    """

    kind: Literal[
        "military", "police", "government", "armed_group", "attacker", "civilian", "aid", "media", "medical",
        "religious", "political", "crowd", "international", "other",
    ]  # fmt: skip
    named: bool = False
    name: str | None = None
    country: str | None = None
    can_act: bool = True
    can_be_hit: bool = True


class Thing(Entry):
    """targets.yaml — things that are hit: a base, a hospital, a market, a convoy, an embassy.
    `place`: true where the thing with its name is itself a place in the sense of the coding guidelines
    (base, camp, airport, crossing, oil field), false where it is a venue inside a town (hotel, church, school)."""

    kind: TargetKind
    place: bool = False


class Cue(Entry):
    """cues.yaml — a verb of speech or a marker of attribution.

    kind: verb ("a indiqué"), according ("selon", "according to"), noun ("dans un communiqué", "statement"),
    report ("reportedly", "aurait").
    clause: true for a verb that speaks only beside a quotation or before a clause ("a lancé que" speaks,
    "a lancé une offensive" does not).
    passive: false for a verb of which the doer in the passive does something else ("drones lancés par l'armée"), unless
    a clause or a quotation stands beside it.
    seen: true for a verb of seeing or hearing, by which only those speak who were there ("a resident saw two bodies",
    not "the judge saw no reason").
    """

    kind: Literal["verb", "according", "noun", "report"]
    stance: Stance = "asserts"
    clause: bool = False
    passive: bool = True
    seen: bool = False


class Speaker(Entry):
    """speakers.yaml — nouns that name a speaker by function: "porte-parole", "responsable", "source", "witness".
    terms: what the bare noun amounts to ("source" → anonymous, "médias" → media, else role).
    body: true for an institution, which its country, town or field names ("armée" → "armée syrienne"), false for
    a person's function, which nothing but the person's name does ("porte-parole")."""

    kind: SourceKind
    terms: Literal["role", "anonymous", "media"] = "role"
    body: bool = False


class Term(Entry):
    """anonymity.yaml, modality.yaml, frames.yaml, wire.yaml — phrases that change how the rest is read.

    mark names what the phrase does:
      anonymity.yaml: anonymity | not_authorised | sensitivity | safety | collective
      modality.yaml:  negation | conditional | hedge | threat | plan | hypothetical | foiled | intercepted | failed |
                      habitual | background | current | definite | another | unclaimed | claim | deny | accuse |
                      retaliation | no_harm | no_damage | damage | exercise | series | suspected | near | outside |
                      inside | towards | from | plain (of no mark, though a word in it is)
      frames.yaml:    sport | film | cyber | accident | disaster | verbal | business | medical | animal | trial |
                      tribute | history | exercise | sting | no_attack | protest | metaphor | plain (of no frame,
                      though a word in it is)
      wire.yaml:      agency | update | correction | withdrawal | furniture
      developments.yaml: PLOVER categories in upper case: CONSULT | AGREE | REQUEST | REJECT | THREATEN | ACCUSE |
                      SANCTION | MOBILIZE | RETREAT | COERCE | SUPPORT | CONCEDE | COOPERATE | AID | PROTEST
    """

    mark: str
    name: str | None = None


FILES: dict[str, type[Entry]] = {
    "triggers": Trigger,
    "harm": Harm,
    "weapons": Weapon,
    "actors": Body,
    "targets": Thing,
    "cues": Cue,
    "speakers": Speaker,
    "anonymity": Term,
    "modality": Term,
    "frames": Term,
    "wire": Term,
    "developments": Term,
}
