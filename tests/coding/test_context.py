"""What a report tells beside its incidents: tallies, strengths, developments, links."""

from __future__ import annotations

import pytest

import vigie
from vigie.model import CodedReport

ONE = {
    "fr": "Un obus a tué mardi deux civils à Bakhmout, en Ukraine. ",
    "en": "A shell killed two civilians in Bakhmut, Ukraine, on Tuesday. ",
}


def coded(text: str, language: str) -> CodedReport:
    return vigie.code(text, language=language, published="2024-07-26")


@pytest.mark.parametrize(
    ("language", "text", "bounds", "since"),
    [
        ("fr", "Plus de 200 attaques ont été recensées depuis janvier dans la région.", (201, None), "2024-01-01"),
        ("en", "More than 200 attacks have been recorded in the region since January.", (201, None), "2024-01-01"),
        ("fr", "Depuis le 17 octobre, plus de 175 tirs de roquettes ont été comptés.", (176, None), "2023-10-17"),
        ("en", "Since October 17, at least 30 rocket attacks have been counted.", (30, None), "2023-10-17"),
        ("en", "Since October 17, more than 175 rocket and drone attacks have targeted American bases.", (176, None), "2023-10-17"),
    ],
)  # fmt: skip
def test_a_count_over_many_incidents_is_a_tally(
    language: str, text: str, bounds: tuple[int, int | None], since: str
) -> None:
    report = coded(ONE[language] + text, language)
    assert [(t.lower, t.upper, t.since) for t in report.tallies] == [(*bounds, since)]
    assert len(report.incidents) == 1
    assert all(w.kind == "artillery" for w in report.incidents[0].weapons)


def test_a_tally_says_what_is_counted_and_what_was_hit() -> None:
    text = "Depuis le 17 octobre, plus de 175 tirs de roquettes et frappes de drones ont visé les bases américaines."
    tally = coded(ONE["fr"] + text, "fr").tallies[0]
    assert (tally.what, tally.target) == ("tirs de roquettes et frappes de drones", "bases américaines")


def test_what_a_tally_counts_is_left_out_with_the_reason() -> None:
    report = coded(ONE["fr"] + "Plus de 200 attaques ont été recensées depuis janvier dans la région.", "fr")
    assert ("attaques", "counted in a tally") in [(r.what, r.reason) for r in report.rejections]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Le contingent compte environ 900 soldats en Syrie.", [("SY", 810, 990)]),
        ("en", "The contingent has about 900 soldiers in Syria.", [("SY", 810, 990)]),
        ("en", "About 2,500 soldiers are stationed in Iraq and nearly 900 in Syria.", [("IQ", 2250, 2750), ("SY", 810, 900)]),
        ("fr", "Quelque 2500 soldats américains sont stationnés en Irak et près de 900 en Syrie.", [("IQ", 2250, 2750), ("SY", 810, 900)]),
        ("fr", "La force régionale, forte de 1 900 hommes, doit partir en Syrie.", [("SY", 1900, 1900)]),
        ("en", "A force of 1,900 men is to leave for Syria.", [("SY", 1900, 1900)]),
        ("fr", "La police a saisi 48 véhicules de police en Syrie.", []),
        ("fr", "Quatorze groupes armés ont signé en Syrie.", []),
        ("en", "Fourteen armed groups signed in Syria.", []),
        ("en", "Some 900 men and women came to the fair in Syria.", []),
        ("fr", "Trois cents soldats ont été tués en Syrie.", []),
        ("en", "Three hundred soldiers were killed in Syria.", []),
    ],
)  # fmt: skip
def test_the_size_of_a_force_is_a_strength_and_no_toll(
    language: str, text: str, expected: list[tuple[str, int, int]]
) -> None:
    report = coded(ONE[language] + text, language)
    assert [(s.country, s.lower, s.upper) for s in report.strengths] == expected


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("fr", "Les deux pays ont signé mercredi un accord de cessez-le-feu à Genève.", "AGREE"),
        ("en", "The two countries signed a ceasefire agreement in Geneva on Wednesday.", "AGREE"),
        ("fr", "Le mouvement a menacé mardi d'attaquer les bases américaines en Irak.", "THREATEN"),
        ("en", "The movement threatened on Tuesday to attack American bases in Iraq.", "THREATEN"),
    ],
)
def test_politics_without_violence_are_developments(language: str, text: str, kind: str) -> None:
    report = coded(ONE[language] + text, language)
    assert kind in [d.type for d in report.developments]
    assert len(report.incidents) == 1


REPRISAL = {
    "fr": "Trois soldats américains ont été tués dimanche par un drone dans le nord de la Jordanie. Les États-Unis ont mené "
    "jeudi des frappes de représailles contre des milices pro-iraniennes en Syrie.",
    "en": "Three American soldiers were killed by a drone on Sunday in northern Jordan. The United States carried out "
    "retaliatory strikes on Thursday against pro-Iranian militias in Syria.",
}


@pytest.mark.parametrize("language", REPRISAL)
def test_a_reprisal_stands_apart_and_is_linked_to_what_it_answers(language: str) -> None:
    report = coded(REPRISAL[language], language)
    first, answer = report.incidents
    assert [(x.from_, x.to, x.kind) for x in report.links] == [(answer.id, first.id, "retaliation")]
    assert first.killed is not None
    assert answer.killed is None
    assert [a.name for a in answer.actors] == [{"fr": "États-Unis", "en": "United States"}[language]]


def test_incidents_told_side_by_side_are_not_linked() -> None:
    text = (
        "Un drone a frappé mardi la base de Harir, en Irak. Une roquette est tombée mercredi près de Hassaké, en Syrie."
    )
    assert coded(text, "fr").links == ()
