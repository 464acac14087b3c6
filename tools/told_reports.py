"""A few coded reports made by hand, for tests of what is asked of a record: rival tolls, a copy, a claim and a denial,
updates, a withdrawn story, a tally. Every text, outlet, body and incident is invented; the places are real.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from vigie.model import (
    Actor,
    Claim,
    CodedReport,
    Incident,
    Place,
    Quantity,
    Report,
    ReportedDate,
    Source,
    Span,
    Tally,
    Target,
    WeaponUse,
    WireIdentity,
)

HARIR = Place(
    "base de Harir", "base de Harir", "IQ", "site", "Erbil", 36.5, 44.4, gazetteer="vigie:sites_middle_east:4"
)
GAO = Place("Gao", "Gao", "ML", "settlement", None, 16.27, -0.04, gazetteer="geonames:2457161")
FAO = Place("Fao", "Fao", "IQ", "settlement", "Basra", 29.97, 48.47, gazetteer="geonames:98463")


class Words:
    """A report's text, in which words are pointed at."""

    def __init__(self, text: str) -> None:
        self.text = text

    def span(self, words: str) -> tuple[Span, ...]:
        """Where some words stand first."""
        start = self.text.index(words)
        return (Span(start, start + len(words), words),)

    def toll(self, words: str, lower: int | None, upper: int | None) -> Quantity:
        """A number that some words give."""
        exact = lower == upper
        return Quantity(
            lower, upper, "exact" if exact else "at_least" if upper is None else "about", words, self.span(words)
        )

    def date(self, words: str, day: str, last: str | None = None, **more: Any) -> ReportedDate:
        """A day that some words give."""
        first = dt.date.fromisoformat(day)
        grain = more.get("grain", "day")
        return ReportedDate(first, dt.date.fromisoformat(last or day), grain, "relative", words, (), self.span(words))

    def place(self, words: str, place: Place, **more: Any) -> Place:
        """A place that some words name."""
        return dataclasses.replace(place, text=words, evidence=self.span(words), **more)

    def weapon(self, words: str, kind: str, number: int | None = None) -> WeaponUse:
        """A weapon that some words name."""
        return WeaponUse(kind, number, number, "unknown", self.span(words))

    def source(self, id: str, name: str, **more: Any) -> Source:
        """A speaker; its name stands in the text."""
        return Source(
            id, name, more.get("terms", "role"), more.get("kind", "other"), self.span(name),
            country=more.get("country"),
        )  # fmt: skip

    def claim(self, id: str, source: str | None, words: str, incident: str = "i1", **more: Any) -> Claim:
        """What a source says in some words; `values` by field."""
        return Claim(
            id, source, incident, more.get("stance", "asserts"), more.get("modality", "stated"),
            "indirect" if source else "own_voice", more.get("values", {}), self.span(words),
        )  # fmt: skip


def coded(
    id: str,
    words: Words,
    incidents: Sequence[Incident],
    *,
    published: str,
    sources: Sequence[Source] = (),
    claims: Sequence[Claim] = (),
    tallies: Sequence[Tally] = (),
    language: str = "fr",
    outlet: str = "Le Fanal",
    agency: str | None = None,
    title: str | None = None,
    wire: WireIdentity | None = None,
) -> CodedReport:
    """A coded report; its incidents get the claims and sources that speak of them."""
    day = dt.date.fromisoformat(published)
    own = [
        dataclasses.replace(
            incident,
            claims=tuple(c.id for c in claims if c.incident == incident.id),
            sources=tuple(dict.fromkeys(c.source for c in claims if c.incident == incident.id and c.source)),
        )
        for incident in incidents
    ]
    data = words.text.encode()
    report = Report(
        id=id,
        sha256=hashlib.sha256(data).hexdigest(),
        text=words.text,
        title=title,
        language=language,
        outlet=outlet,
        agency=agency,
        published=ReportedDate(day, day, "day", "stated"),
        wire=wire,
        raw=data,
    )
    return CodedReport(report, tuple(sources), tuple(claims), tuple(own), tuple(tallies))


def world() -> list[CodedReport]:
    """The reports: three of drones at Harir (one a copy), three of Gao on two days, a story that was withdrawn, and a
    bulletin with a tally."""
    return [*_harir(), *_gao(), *_withdrawn(), _bulletin()]


def _harir() -> list[CodedReport]:
    lead = (
        "Deux drones ont frappé jeudi la base de Harir, dans le nord de l’Irak, faisant trois blessés, a indiqué une "
        "source de sécurité. L’attaque n’a pas été revendiquée. Un hangar de la base a pris feu, et les secours ont "
        "mis plus d’une heure à en venir à bout tandis que les soldats gardaient la route. Les Faucons de la Plaine "
        "démentent toute participation."
    )
    found = []
    for id, outlet, text in (
        ("fr:harir", "Le Fanal", lead),
        ("fr:harir-copie", "L’Écho de Brévenne", f"{lead} (avec Agence Ponant)"),
    ):
        w = Words(text)
        place, day = w.place("base de Harir", HARIR), w.date("jeudi", "2024-03-14")
        weapons = (w.weapon("Deux drones", "drone", 2),)
        hurt = w.toll("trois", 3, 3)
        incident = Incident(
            "i1", "air_drone_strike", "current", day, place, w.span("Deux drones ont frappé jeudi la base de Harir"),
            responsibility="unclaimed", targets=(Target("hangar de la base", "military", w.span("hangar de la base")),),
            weapons=weapons, injured=hurt, damage="reported",
        )  # fmt: skip
        sources = (
            w.source("s1", "source de sécurité", terms="anonymous", kind="military"),
            w.source("s2", "Faucons de la Plaine", terms="named", kind="armed_group"),
        )
        claims = (
            w.claim("c1", "s1", lead[: lead.index(", a indiqué")],
                    values={"injured": hurt, "weapons": weapons, "place": place, "date": day}),
            w.claim("c2", "s2", "démentent toute participation", stance="denies"),
        )  # fmt: skip
        found.append(
            coded(id, w, [incident], published="2024-03-15", sources=sources, claims=claims, outlet=outlet,
                  agency="Agence Ponant", title="Drones sur la base de Harir")
        )  # fmt: skip
    w = Words(
        "Three drones hit Harir base late on Thursday, killing one contractor and wounding at least five people, a "
        "U.S. official said. The Brigade of the Zab said it had carried out the attack."
    )
    place, day = w.place("Harir base", HARIR, name="Harir base"), w.date("Thursday", "2024-03-14", grain="part_of_day")
    weapons = (w.weapon("Three drones", "drone", 3),)
    dead, hurt = w.toll("one contractor", 1, 1), w.toll("at least five", 5, None)
    incident = Incident(
        "i1", "air_drone_strike", "current", day, place, w.span("Three drones hit Harir base"),
        actors=(Actor("Brigade of the Zab", "claimed", w.span("Brigade of the Zab")),), responsibility="claimed",
        targets=(Target("contractor", "civilian", w.span("contractor")),), weapons=weapons, killed=dead, injured=hurt,
    )  # fmt: skip
    sources = (
        w.source("s1", "U.S. official", terms="anonymous", kind="government", country="US"),
        w.source("s2", "Brigade of the Zab", terms="named", kind="armed_group"),
    )
    claims = (
        w.claim("c1", "s1", w.text[: w.text.index(" people")],
                values={"killed": dead, "injured": hurt, "weapons": weapons, "place": place, "date": day}),
        w.claim("c2", "s2", "said it had carried out the attack", stance="claims_responsibility"),
    )  # fmt: skip
    found.append(
        coded("en:harir", w, [incident], published="2024-03-16", sources=sources, claims=claims, language="en",
              outlet="The Harl Ledger", agency="Hallam Wire", title="Drones hit base in northern Iraq")
    )  # fmt: skip
    return found


def _gao() -> list[CodedReport]:
    found = []
    for id, published, number, text in (
        ("fr:gao-1", "2024-03-06", 4, "Des obus sont tombés mercredi sur Gao, faisant quatre morts, selon la mairie."),
        ("fr:gao-2", "2024-03-08", 6, "Le bilan des tirs de mercredi sur Gao est monté à six morts, selon la mairie."),
    ):
        w = Words(text)
        place, day = w.place("Gao", GAO), w.date("mercredi", "2024-03-06")
        dead = w.toll("quatre" if number == 4 else "six", number, number)
        weapons = (w.weapon("obus", "mortar"),) if number == 4 else ()
        incident = Incident(
            "i1", "shelling_missile", "current", day, place, w.span("mercredi sur Gao"), weapons=weapons, killed=dead,
            actors=(Actor("GSIM", "accused", w.span("Gao")),) if number == 4 else (),
        )  # fmt: skip
        claims = (
            w.claim("c1", "s1", text[:-1], values={"killed": dead, "place": place, "date": day}),
        )  # fmt: skip
        source = w.source("s1", "mairie", kind="government", country="ML")
        found.append(
            coded(id, w, [incident], published=published, sources=(source,), claims=claims, outlet="Radio Tamaris")
        )
    w = Words("Une fusillade a éclaté vendredi à Gao.")
    later = Incident(
        "i1", "armed_clash", "current", w.date("vendredi", "2024-03-22"), w.place("Gao", GAO), w.span("Une fusillade")
    )
    found.append(coded("fr:gao-3", w, [later], published="2024-03-23", outlet="Radio Tamaris"))
    return found


def next_day() -> CodedReport:
    """A report, not of the world, that dates the shelling of Gao a day later: one incident or two is for a person."""
    w = Words("Shells killed six people in Gao on Thursday, a nurse said.")
    place, day, dead = w.place("Gao", GAO), w.date("Thursday", "2024-03-07"), w.toll("six", 6, 6)
    shelled = Incident("i1", "shelling_missile", "current", day, place, w.span("Shells killed six"), killed=dead)
    nurse = w.source("s1", "nurse", kind="medical")
    claim = w.claim("c1", "s1", w.text[:-1], values={"killed": dead, "place": place, "date": day})
    return coded("en:gao", w, [shelled], published="2024-03-08", sources=(nurse,), claims=(claim,), language="en")


def _withdrawn() -> list[CodedReport]:
    found = []
    for number, status in ((1, "usable"), (2, "canceled")):
        w = Words(f"Des roquettes ont visé lundi le terminal de Fao, selon l’agence (version {number}).")
        day, place = w.date("lundi", "2024-03-04"), w.place("Fao", FAO)
        rockets = Incident("i1", "shelling_missile", "current", day, place, w.span("Des roquettes"))
        incidents = [rockets] if status == "usable" else []
        wire = WireIdentity(key="urn:ponant:fao", revision=number, status=status)  # type: ignore[arg-type]
        found.append(coded(f"fr:fao@{number}", w, incidents, published="2024-03-04", agency="Agence Ponant", wire=wire))
    return found


def _bulletin() -> CodedReport:
    w = Words("Le Réseau du Nord compte cinq attaques au Mali depuis le 1er mars.")
    tally = Tally(
        "attaques",
        5,
        5,
        "cinq attaques",
        w.span("cinq attaques"),
        since="2024-03-01",
        until="2024-03-31",
        place=("Mali",),
    )
    source = w.source("s1", "Réseau du Nord", terms="named", kind="monitor")
    return coded("fr:bulletin", w, [], published="2024-03-31", sources=(source,), tallies=(tally,), outlet="Le Fanal")
