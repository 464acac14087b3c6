"""A small record for the pages: invented reports of invented places, coded by hand, linked by the record's own rules.

An attack on a base is told by an agency (and a paper that prints its copy), by another paper with another toll, and by
the agency again the next day with a higher one. The agency says that it answered a strike; a week before, rockets hit
the same base. Elsewhere: a bomb known to its region only, a clash known to its country only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from vigie.model import (
    Actor,
    Claim,
    CodedReport,
    Incident,
    Link,
    Place,
    Quantity,
    Report,
    ReportedDate,
    Source,
    Span,
    Target,
    WeaponUse,
)
from vigie.store.keeping import Arrival
from vigie.store.store import Store

WIRE = (
    "TAL HAMRA, Iraq, March 14 (Hallam Wire) - Two soldiers were killed and seven wounded on Thursday when two drones "
    "hit the Tal Hamra base, a security official said, speaking on condition of anonymity as he was not authorised "
    "to talk to the press. The Plain Brigade claimed the attack, which it called an answer to an air strike on Wadi "
    "Sahar on Tuesday. The base houses a battalion of engineers and a field hospital that serves the valley."
)
LATER = (
    "TAL HAMRA, Iraq, March 15 (Hallam Wire) - Five soldiers are now known to have died in Thursday's drone attack on "
    "the Tal Hamra base, the security official said on Friday. Three of the wounded died in the night at the field "
    "hospital, whose surgeons had worked by the light of torches."
)
FRENCH = (
    "Quatre soldats ont été tués jeudi par des drones tombés sur la base de Tal Hamra, a dit le général Samir Adel, "
    "porte-parole de l’armée. Il n’a pas dit combien d’hommes étaient blessés, ni d’où les appareils avaient décollé."
)
OLDER = "Rockets fell on the Tal Hamra base on Thursday without hurting anybody, the army said on March 7."
BOMB = "A roadside bomb killed a driver in the Upper Sahar region on March 10, police said."
CLASH = "Gunmen and soldiers exchanged fire somewhere in Mali on March 12, residents said."


def fill(store: Store) -> dict[str, str]:
    """Put the story into a store; the ids of its incidents by what they are."""
    store.add([Arrival(each, each.report.id, None) for each in reports()], "by hand/1")
    homes = store.homes()
    return {
        "attack": homes["wire#i1"],
        "strike": homes["wire#i2"],
        "rockets": homes["older#i1"],
        "bomb": homes["bomb#i1"],
        "clash": homes["clash#i1"],
    }


def reports() -> tuple[CodedReport, ...]:
    """The coded reports, six of them and a copy."""
    return (
        _wire("wire", WIRE, "Hallam Wire"),
        _wire("courier", WIRE + " (Northern Courier)", "Northern Courier"),
        _later(),
        _french(),
        _short("older", OLDER, "2024-03-07", "shelling_missile", _base(OLDER), "rocket", "Rockets", "army", killed=0),
        _short("bomb", BOMB, "2024-03-10", "remote_explosive", _region(), "bomb", "roadside bomb", "police", killed=1),
        _short("clash", CLASH, "2024-03-12", "armed_clash", _country(), "firearm", "exchanged fire", "residents"),
    )


def span(text: str, words: str) -> tuple[Span, ...]:
    """The first place of some words."""
    start = text.index(words)
    return (Span(start, start + len(words), words),)


def _wire(id: str, text: str, outlet: str) -> CodedReport:
    killed, injured = _number(text, 2, "Two soldiers were killed"), _number(text, 7, "seven wounded")
    date, base = _day(text, "2024-03-14", "Thursday"), _base(text)
    official = Source(
        "s1", "security official", "anonymous", "military", span(text, "a security official"),
        reason="not authorised to talk to the press", country="IQ",
    )  # fmt: skip
    brigade = Source("s2", "Plain Brigade", "named", "armed_group", span(text, "The Plain Brigade"))
    drones = (WeaponUse("drone", 2, 2, "hit", span(text, "two drones")),)
    values = {"killed": killed, "injured": injured, "date": date, "place": base, "weapons": drones}
    lead = text[: text.index("The Plain Brigade")].strip()
    claims = (
        Claim("c1", "s1", "i1", "asserts", "stated", "indirect", values, span(text, lead)),
        Claim("c2", "s2", "i1", "claims_responsibility", "stated", "indirect", {}, span(text, "claimed the attack")),
    )
    attack = Incident(
        "i1", "air_drone_strike", "current", date, base, span(text, lead),
        actors=(Actor("Plain Brigade", "claimed", span(text, "The Plain Brigade")),), responsibility="claimed",
        targets=(Target("Tal Hamra base", "military", span(text, "the Tal Hamra base")),),
        weapons=drones,
        killed=killed, injured=injured, claims=("c1", "c2"), sources=("s1", "s2"),
    )  # fmt: skip
    wadi = Place("Wadi Sahar", "Wadi Sahar", "SY", "settlement", "Upper Sahar", 34.9, 40.6, evidence=span(text, "Wadi"))
    strike = Incident(
        "i2", "air_drone_strike", "background", _day(text, "2024-03-12", "Tuesday"), wadi, span(text, "an air strike"),
        weapons=(WeaponUse("aerial_bomb", None, None, "hit", span(text, "an air strike")),),
    )  # fmt: skip
    link = Link("i1", "i2", "retaliation", span(text, "an answer to an air strike on Wadi Sahar"))
    return CodedReport(
        _report(id, text, outlet, "2024-03-14", "en", "Drones hit base in Iraq", agency="Hallam Wire"),
        sources=(official, brigade), claims=claims, incidents=(attack, strike), links=(link,),
    )  # fmt: skip


def _later() -> CodedReport:
    text = LATER
    killed, date, base = _number(text, 5, "Five soldiers"), _day(text, "2024-03-14", "Thursday"), _base(text)
    official = Source(
        "s1", "security official", "anonymous", "military", span(text, "the security official"), country="IQ"
    )
    said = _day(text, "2024-03-15", "Friday")
    values = {"killed": killed, "date": date, "place": base}
    claim = Claim("c1", "s1", "i1", "asserts", "stated", "indirect", values, span(text, "Five soldiers"), said=said)
    incident = Incident(
        "i1", "air_drone_strike", "current", date, base, span(text, "drone attack"),
        targets=(Target("Tal Hamra base", "military", span(text, "the Tal Hamra base")),),
        weapons=(WeaponUse("drone", None, None, "hit", span(text, "drone attack")),),
        killed=killed, claims=("c1",), sources=("s1",),
    )  # fmt: skip
    return CodedReport(
        _report("later", text, "Hallam Wire", "2024-03-15", "en", "Toll of base attack rises", agency="Hallam Wire"),
        sources=(official,), claims=(claim,), incidents=(incident,),
    )  # fmt: skip


def _french() -> CodedReport:
    text = FRENCH
    killed, date, base = _number(text, 4, "Quatre soldats"), _day(text, "2024-03-14", "jeudi"), _base(text)
    general = Source("s1", "Samir Adel", "named", "military", span(text, "le général Samir Adel"), country="IQ")
    values = {"killed": killed, "date": date, "place": base}
    claim = Claim("c1", "s1", "i1", "asserts", "stated", "indirect", values, span(text, "Quatre soldats ont été tués"))
    incident = Incident(
        "i1", "air_drone_strike", "current", date, base, span(text, "Quatre soldats ont été tués"),
        targets=(Target("base de Tal Hamra", "military", span(text, "la base de Tal Hamra")),),
        weapons=(WeaponUse("drone", None, None, "hit", span(text, "des drones")),),
        killed=killed, claims=("c1",), sources=("s1",),
    )  # fmt: skip
    return CodedReport(
        _report("matin", text, "Le Matin du Golfe", "2024-03-15", "fr", "Quatre soldats tués en Irak"),
        sources=(general,), claims=(claim,), incidents=(incident,),
    )  # fmt: skip


def _short(
    id: str,
    text: str,
    day: str,
    type: str,
    place: Place,
    weapon: str,
    words: str,
    source: str,
    *,
    killed: int | None = None,
) -> CodedReport:
    toll = None
    if killed is not None:
        toll = _number(text, killed, "without hurting anybody" if not killed else "killed a driver")
    date = _day(text, day, "Thursday" if id == "older" else f"March {int(day[-2:])}")
    values: dict[str, Any] = {"date": date, "place": place}
    if toll is not None:
        values["killed"] = toll
    speaker = Source("s1", source, "role", "military" if source == "army" else "witness", span(text, source))
    incident = Incident(
        "i1", type, "current", date, place, span(text, words),
        weapons=(WeaponUse(weapon, None, None, "unknown", span(text, words)),),
        killed=toll, claims=("c1",), sources=("s1",),
    )  # fmt: skip
    claim = Claim("c1", "s1", "i1", "asserts", "stated", "indirect", values, span(text, text))
    return CodedReport(
        _report(id, text, "Valley Ledger", day, "en", text[:30]),
        sources=(speaker,),
        claims=(claim,),
        incidents=(incident,),
    )


def _report(
    id: str, text: str, outlet: str, day: str, language: str, title: str, *, agency: str | None = None
) -> Report:
    raw = text.encode()
    date = dt.date.fromisoformat(day)
    return Report(
        id=id, sha256=hashlib.sha256(raw).hexdigest(), text=text, title=title, language=language, outlet=outlet,
        agency=agency, published=ReportedDate(date, date, "day", "stated", day), origin=id, raw=raw,
    )  # fmt: skip


def _number(text: str, number: int, words: str) -> Quantity:
    return Quantity(number, number, "exact", words, span(text, words))


def _day(text: str, day: str, words: str) -> ReportedDate:
    date = dt.date.fromisoformat(day)
    return ReportedDate(date, date, "day", "relative", words, evidence=span(text, words))


def _base(text: str) -> Place:
    return Place(
        "Tal Hamra base", "Tal Hamra", "IQ", "site", "Al-Anbar", 34.1, 41.2, gazetteer="invented:1",
        evidence=span(text, "Tal Hamra"),
    )  # fmt: skip


def _region() -> Place:
    words = span(BOMB, "Upper Sahar region")
    return Place("Upper Sahar", "Upper Sahar", "SY", "region", "Upper Sahar", 35.0, 40.0, evidence=words)


def _country() -> Place:
    return Place("Mali", "Mali", "ML", "country", evidence=span(CLASH, "Mali"))


def keys(store: Store, incident: str) -> Sequence[str]:
    """The keys of the members of an incident."""
    return sorted(key for key, home in store.homes().items() if home == incident)
