"""Running totals: which counts are of many incidents, and which are of the one that is told."""

from __future__ import annotations

import pytest

import vigie
from vigie.model import CodedReport

ONE = {
    "fr": "Un obus a tué mardi deux civils à Bakhmout, en Ukraine. ",
    "en": "A shell killed two civilians in Bakhmut, Ukraine, on Tuesday. ",
}
Bounds = tuple[int | None, int | None]


def coded(text: str, language: str) -> CodedReport:
    return vigie.code(ONE[language] + text, language=language, published="2024-07-26")


def tallied(text: str, language: str) -> list[Bounds]:
    return [(t.lower, t.upper) for t in coded(text, language).tallies]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Plus de 240 personnes ont été tuées dans la région depuis le début de l'année.", [(241, None)]),
        ("en", "More than 240 people have been killed in the region since the war began.", [(241, None)]),
        ("fr", "Ces violences ont coûté la vie à plus de 300 civils depuis janvier.", [(301, None)]),
        ("en", "Clashes in the district have killed more than 300 people since January.", [(301, None)]),
        ("en", "Seven clinics in the province have been shelled since May.", [(7, 7)]),
        ("fr", "Sept cliniques de la province ont été bombardées depuis mai.", [(7, 7)]),
        ("fr", "Depuis le lancement de l'opération, 138 terroristes ont été tués.", [(138, 138)]),
        ("en", "Since the launch of the operation, 138 militants have been killed.", [(138, 138)]),
        ("fr", "C'est la quatrième attaque contre un convoi en dix jours.", [(4, 4)]),
        ("en", "It was the fourth attack on a convoy in ten days.", [(4, 4)]),
        ("fr", "C'est le vingt-troisième attentat depuis janvier.", [(23, 23)]),
        ("fr", "L'oléoduc a été attaqué 29 fois depuis 2011.", [(29, 29)]),
        ("en", "The pipeline has been attacked 29 times since 2011.", [(29, 29)]),
        ("en", "There have been 41 attacks since January, up from 19 a year earlier.", [(41, 41), (19, 19)]),
        ("fr", "La guerre a tué plus de 30 000 personnes.", [(30001, None)]),
        ("en", "The war has killed more than 30,000 people.", [(30001, None)]),
    ],
)  # fmt: skip
def test_counts_over_a_stretch_of_time_are_tallies(language: str, text: str, expected: list[Bounds]) -> None:
    report = coded(text, language)
    assert [(t.lower, t.upper) for t in report.tallies] == expected
    assert [i.killed and (i.killed.lower, i.killed.upper) for i in report.incidents] == [(2, 2)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Quatre civils ont été tués lundi à Kramatorsk, tenue par Kiev depuis 2014."),
        ("en", "Four civilians were killed on Monday in Kramatorsk, which Kyiv has held since 2014."),
        ("fr", "C'est l'attaque la plus meurtrière depuis janvier, quand six soldats avaient été tués à Kramatorsk."),
        ("en", "It is the deadliest attack since January, when six soldiers were killed in Kramatorsk."),
        ("en", "In March this year, a mine killed six soldiers in Kramatorsk."),
    ],
)
def test_what_one_act_did_is_no_tally(language: str, text: str) -> None:
    assert tallied(text, language) == []


def test_the_count_of_many_is_not_the_toll_of_the_one() -> None:
    report = vigie.code(
        "A mine killed two farmers near Bakhmut on Tuesday. The war has killed more than 30,000 people.",
        language="en",
        published="2024-07-26",
    )
    assert [(i.killed.lower, i.killed.upper) for i in report.incidents if i.killed] == [(2, 2)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # the time within a year is no stretch that is counted over
        ("en", "Earlier this year, militants stormed a hotel in Djibo, killing nine guests.", []),
        ("fr", "Plus tôt cette année, des jihadistes ont attaqué un hôtel de Djibo et tué neuf clients.", []),
        ("en", "This year, militants have killed nine guests in the town.", [(9, 9)]),
        # the act told is set beside the many
        ("en", "At least 22 people were killed by rebels in Oicha on Monday, the latest in a number of deadly attacks in the "
         "region this month.", []),
        ("fr", "Au moins 22 personnes ont été tuées par des rebelles lundi à Oicha, la dernière d'une série d'attaques dans la "
         "région ce mois-ci.", []),
        # one act, and the many it is added to
        ("en", "Rebels killed at least 11 civilians in an attack in Oicha on Monday, adding to some 1,000 civilians killed "
         "there in similar attacks since 2014.", [(900, 1100)]),
        # people driven out are not killed
        ("en", "Such raids have killed hundreds and displaced millions since 2015.", [(200, 999)]),
    ],
)  # fmt: skip
def test_one_act_beside_the_many(language: str, text: str, expected: list[Bounds]) -> None:
    assert tallied(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "A bomb killed two in Dorvan on Monday. The conflict has claimed more than 30,000 lives.", [(30001, None)]),
        ("fr", "Une bombe a tué deux personnes lundi à Dorvan. Le conflit a coûté plus de 30 000 vies.", [(30001, None)]),
        ("fr", "Une bombe a tué deux personnes lundi à Dorvan. La guerre a fait plus de 13'000 morts depuis 2009.", [(13001, None)]),
        (
            "fr",
            "Un homme a été tué lundi à Dorvan. En 2017, 14 personnes avaient perdu la vie dans des règlements de "
            "comptes, contre 29 en 2016.",
            [(14, 14), (29, 29)],
        ),
        ("en", "A man was shot dead on Monday in Dorvan. In 2017, 14 people died in shootings in the city.", [(14, 14)]),
        (
            "en",
            "Rebels killed two guards on Monday in Dorvan. The region has seen 14 suicide bombings in recent months.",
            [(14, 14)],
        ),
        (
            "en",
            "A man was shot dead on Monday in Dorvan, the 195th shooting of the year. There have been 195 shootings "
            "since January.",
            [(195, 195)],
        ),
        # one act, however many it took or killed, and however it is set in time
        ("en", "Gunmen shot a guard on Monday in Dorvan. Gunmen abducted more than 300 pupils there last year.", []),
        ("en", "A school in Dorvan was threatened on Friday, three weeks since a gunman killed 17 people there.", []),
        (
            "en",
            "A bomb went off on Monday in Dorvan. The station has been targeted in the past, including an attack that "
            "left more than 20 dead.",
            [],
        ),
        ("en", "A guard was shot dead on Monday in Dorvan. The 2005 Kelso bombings killed 52 people.", []),
        ("en", "Air defences shot down 24 of the 29 drones launched in attacks on Dorvan on Monday.", []),
        ("fr", "On estime que depuis hier après-midi, plus de 200 roquettes ont été tirées sur Dorvan.", []),
    ],
)  # fmt: skip
def test_what_is_counted_over_many_acts(
    language: str, text: str, expected: list[tuple[int | None, int | None]]
) -> None:
    report = vigie.code(text, language=language, published="2024-05-16")
    assert [(t.lower, t.upper) for t in report.tallies] == expected
