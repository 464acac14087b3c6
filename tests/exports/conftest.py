"""A coded report made by hand, with every kind of value in it."""

from __future__ import annotations

import datetime as dt

import pytest

from vigie.model import (
    Actor,
    Claim,
    CodedReport,
    Development,
    Difference,
    DifferenceValue,
    GroupHarm,
    Incident,
    Link,
    Place,
    Quantity,
    Rejection,
    Report,
    ReportedDate,
    Source,
    Span,
    Strength,
    Tally,
    Target,
    WeaponUse,
)

TEXT = (
    "KIDAL, 26 juillet (AFP) - « Deux obus sont tombés près du camp », a indiqué jeudi une source militaire malienne, "
    "qui n’est pas autorisée à parler.\r\n\r\nUn responsable local a fait état de trois obus. Au moins cinq soldats ont "
    "été blessés *selon lui*. Les rebelles du Front sont soupçonnés.\r\n\r\nL’attaque est survenue après l’embuscade de "
    "mardi. Plus de 40 attaques ont visé la région depuis janvier. La France y déploie environ 500 hommes. Des "
    "pourparlers se tiennent à Alger."
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def day(number: int, words: str = "", month: int = 7) -> ReportedDate:
    date = dt.date(2024, month, number)
    return ReportedDate(date, date, "day", "relative", words, (), (span(words),) if words else ())


def shells(n: int, words: str) -> WeaponUse:
    return WeaponUse("mortar", n, n, "fell_near", (span(words),))


@pytest.fixture(scope="session")
def coded() -> CodedReport:
    five = Quantity(5, None, "at_least", "Au moins cinq", (span("Au moins cinq"),))
    report = Report(
        "demo", "0" * 64, TEXT, title="Obus sur le camp de Kidal", language="fr", outlet="Le Fanal", agency="AFP",
        published=ReportedDate(dt.date(2024, 7, 1), dt.date(2024, 7, 31), "month", "stated", "2024-07"),
    )  # fmt: skip
    weekday = ReportedDate(
        dt.date(2024, 7, 18), dt.date(2024, 7, 25), "day", "relative", "jeudi", (dt.date(2024, 7, 18), dt.date(2024, 7, 25)),
        (span("jeudi"),),
    )  # fmt: skip
    current = Incident(
        "i1", "shelling_missile", "current", weekday,
        Place("Kidal", "camp", "ML", "settlement", "Kidal", 18.44, 1.41, "near", None, (span("près du camp"),)),
        (span("Deux obus sont tombés"),),
        actors=(Actor("Front", "suspected", (span("Les rebelles du Front"),), "actors/suspected"),),
        responsibility="attributed",
        targets=(Target("camp", "military", (span("camp"),)),),
        weapons=(WeaponUse("mortar", 2, 3, "fell_near", (span("Deux obus"), span("trois obus"))),),
        killed=Quantity(0, 0, "exact", "aucun", ()),
        injured=five,
        harm_by_group=(GroupHarm("soldats", "ML", None, five, (span("soldats"),)),),
        damage="reported",
        claims=("c1", "c2"),
        differences=(
            Difference(
                "weapons", "conflict",
                (DifferenceValue("c1", (shells(2, "Deux obus"),)), DifferenceValue("c2", [{"kind": "mortar", "lower": 3, "upper": 3}])),
                "two shells against three",
            ),
        ),
        sources=("s1", "s2"),
        producers={"date": "dates/weekday"},
    )  # fmt: skip
    earlier = Incident("i2", "attack", "background", day(23, "mardi"), None, (span("l’embuscade de mardi"),))
    return CodedReport(
        report,
        sources=(
            Source("s1", "source militaire malienne", "anonymous", "military", (span("une source militaire malienne"),),
                   reason="pas autorisée à parler", country="ML"),
            Source("s2", "responsable local", "role", "government", (span("Un responsable local"),)),
        ),
        claims=(
            Claim("c1", "s1", "i1", "asserts", "stated", "direct", {"weapons": (shells(2, "Deux obus"),)},
                  (span("Deux obus sont tombés près du camp"),)),
            Claim("c2", "s2", "i1", "asserts", "hedged", "indirect", {"injured": five, "killed": None},
                  (span("a fait état de trois obus"),)),
        ),
        incidents=(earlier, current),
        tallies=(Tally("attaques", 41, None, "Plus de 40", (span("Plus de 40"),), since="2024-01-01", place=("Kidal",)),),
        strengths=(Strength("France", "FR", 450, 550, "environ 500", (span("environ 500"),)),),
        developments=(Development("CONSULT", None, None, ("Mali", "Algérie"), (span("Des pourparlers"),)),),
        links=(Link("i1", "i2", "follows", (span("est survenue après"),)),),
        rejections=(Rejection("la région", "an area, not a place of an incident", (span("la région"),)),),
    )  # fmt: skip
