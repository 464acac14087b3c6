"""Invented coded reports by the thousand, for timings and for tests of the store that need no coder.

Every name, place and toll is made up from syllables and numbers; the same number always gives the same report. An event
is told by one or several reports, in words of their own or printed as a copy; tolls and sources differ as they do in
the press.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import random
from collections.abc import Iterator

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

COUNTRIES = ("IQ", "SY", "ML", "NG", "SD", "CD", "YE", "AF", "SO", "BF", "LY", "LB")
_OPENINGS = "Bal Kor Tes Mir Dan Zul Har Vel Nor Qas Fey Jar Lom Pes Rud Sab".split()
_MIDDLES = "a e i o u ama ere ilo ora unu".split()
_ENDINGS = "bad kan dur rah zor met lis van gar dun wen tal mok fis".split()
_ACTS = {
    "shelling_missile": ("rocket", "rockets hit"),
    "air_drone_strike": ("drone", "a drone struck"),
    "remote_explosive": ("bomb", "a roadside bomb went off at"),
    "attack": ("firearm", "gunmen attacked"),
    "suicide_bomb": ("suicide_vest", "a suicide bomber struck"),
}
_TARGETS = (("army post", "military"), ("market", "civilian"), ("police station", "government"), ("convoy", "aid"))
_SOURCES = (
    ("army spokesman", "role", "military"),
    ("police officer", "anonymous", "police"),
    ("hospital director", "role", "medical"),
    ("Levant Monitor", "named", "monitor"),
    ("Brigade of the Plain", "named", "armed_group"),
)
_OUTLETS = tuple(f"{a} {b}" for a in ("Daily", "Evening", "Gulf", "Northern") for b in ("Herald", "Courier", "Ledger"))
_WORDS = (
    "residents convoy checkpoint road district ministry morning statement inquiry hospital bridge river valley school "
    "shelter witness patrol engineer harvest market border governor column ambulance generator radio curfew supply "
    "crossing depot quarter suburb farmer teacher council tribe truce envoy mission winter summer dust storm power"
).split()
FIRST_DAY = dt.date(2015, 1, 1)


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """What happened, as nobody reports it exactly."""

    number: int
    day: dt.date
    place: Place
    type: str
    target: tuple[str, str]
    killed: int
    injured: int


def event(number: int, *, places: int = 4000, days: int = 3600) -> Event:
    """The event of a number."""
    draw = random.Random(f"event {number}")
    act = draw.choice(tuple(_ACTS))
    return Event(
        number=number,
        day=FIRST_DAY + dt.timedelta(days=draw.randrange(days)),
        place=_place(draw.randrange(places)),
        type=act,
        target=draw.choice(_TARGETS),
        killed=min(60, int(draw.expovariate(0.25))),
        injured=min(90, int(draw.expovariate(0.12))),
    )


def report(
    happened: Event,
    telling: int = 0,
    *,
    copy_of: int | None = None,
    id: str | None = None,
    wire: WireIdentity | None = None,
) -> CodedReport:
    """What one report tells of an event. Tellings of one event have their own words, sources and tolls; one that is a
    `copy_of` another prints its words under another outlet and adds a line."""
    draw = random.Random(f"telling {happened.number} {telling if copy_of is None else copy_of}")
    weapon, act = _ACTS[happened.type]
    name, terms, kind = draw.choice(_SOURCES)
    killed = max(0, happened.killed + draw.choice((0, 0, 0, 0, 1, -1)))
    day, place = happened.day, happened.place
    published = day + dt.timedelta(days=draw.choice((0, 0, 1)))
    lead = (
        f"{place.name}, {published.day} {published:%B} {published.year} - At least {killed} people were killed and "
        f"{happened.injured} wounded when {act} a {happened.target[0]} in {place.name} on {day:%A}, the {name} said."
    )
    rest = [
        f"The {' '.join(draw.choice(_WORDS) for _ in range(draw.randrange(6, 14)))} near {place.name} {number}."
        for number in range(draw.randrange(4, 9))
    ]
    if copy_of is not None:
        rest.append(f"Printed again by a second paper as telling {telling} of it.")
    body = " ".join([lead, *rest])
    title = f"{happened.target[0].title()} attacked in {place.name}"
    outlet = _OUTLETS[(happened.number * 7 + telling) % len(_OUTLETS)]
    own_id = id or f"r{happened.number:06d}.{telling}"
    data = f"{own_id}\n{outlet}\n{body}".encode()

    def span(words: str) -> tuple[Span, ...]:
        start = body.index(words)
        return (Span(start, start + len(words), words),)

    date = ReportedDate(day, day, "day", "relative", f"{day:%A}", evidence=span(f"{day:%A}"))
    where = dataclasses.replace(place, evidence=span(place.name))
    toll = Quantity(killed, None, "at_least", f"At least {killed}", span(f"At least {killed} people were killed"))
    hurt = Quantity(
        happened.injured, happened.injured, "exact", str(happened.injured), span(f"{happened.injured} wounded")
    )
    source = Source("s1", name, terms, kind, span(name), country=place.country)  # type: ignore[arg-type]
    claim = Claim(
        "c1", "s1", "i1", "asserts", "stated", "indirect",
        {"killed": toll, "injured": hurt, "place": where, "date": date}, span(lead),
    )  # fmt: skip
    incident = Incident(
        id="i1",
        type=happened.type,
        period="current",
        date=date,
        place=where,
        evidence=span(lead),
        actors=(Actor("gunmen", "stated", span("gunmen")),) if happened.type == "attack" else (),
        targets=(Target(happened.target[0], happened.target[1], span(happened.target[0])),),  # type: ignore[arg-type]
        weapons=(WeaponUse(weapon, 1, None, "hit", span(act)),),
        killed=toll,
        injured=hurt,
        claims=("c1",),
        sources=("s1",),
    )
    tallies = (
        (Tally("attacks", killed, None, f"At least {killed}", span(f"At least {killed}"), since="2015-01-01"),)
        if happened.number % 50 == 0
        else ()
    )
    received = Report(
        id=own_id,
        sha256=hashlib.sha256(data).hexdigest(),
        text=body,
        title=title,
        language="en",
        outlet=outlet,
        published=ReportedDate(published, published, "day", "stated", published.isoformat()),
        origin=own_id,
        wire=wire,
        raw=data,
    )
    return CodedReport(received, sources=(source,), claims=(claim,), incidents=(incident,), tallies=tallies)


def reports(events: int, *, start: int = 0, days: int = 3600) -> Iterator[CodedReport]:
    """The reports of so many events, spread over so many days: each is told once, every third twice, every tenth
    printed again as a copy."""
    for number in range(start, start + events):
        happened = event(number, days=days)
        yield report(happened)
        if number % 3 == 0:
            yield report(happened, 1)
        if number % 10 == 0:
            yield report(happened, 2, copy_of=0)


def town_name(draw: random.Random) -> str:
    """A name that no town has, put together from syllables."""
    return (
        draw.choice(_OPENINGS) + draw.choice(_MIDDLES) + draw.choice(_ENDINGS) + draw.choice(("", " Qadim", " Jadid"))
    )


def _place(number: int) -> Place:
    draw = random.Random(f"place {number}")
    name = town_name(draw)
    country = draw.choice(COUNTRIES)
    return Place(
        name=name,
        text=name,
        country=country,
        precision="settlement",
        admin1=f"{country} {draw.randrange(8)}",
        lat=round(draw.uniform(-5, 36), 4),
        lon=round(draw.uniform(-10, 48), 4),
        gazetteer=f"invented:{number}",
    )
