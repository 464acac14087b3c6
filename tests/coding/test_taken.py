"""People taken by fighters, told by verbs that mean no abduction by themselves. All texts are invented."""

from __future__ import annotations

import pytest

import vigie

BEFORE = {
    "en": "A bomb killed nine people in Mosul on 3 May. ",
    "fr": "Une bombe a tué neuf personnes à Mossoul le 3 mai. ",
}


def kinds(text: str, language: str) -> list[tuple[str, str | None]]:
    """Type and place of what is told in Gao."""
    coded = vigie.code(BEFORE[language] + text, language=language, published="2024-07-26").incidents
    return [(i.type, i.place.name) for i in coded if i.place is not None and i.place.name == "Gao"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Masked men took two traders from a bus near Gao on Tuesday."),
        ("en", "Two barbers were taken from a van near Gao on Tuesday by armed men."),
        ("en", "Gunmen dragged a teacher from his house in Gao on Tuesday night."),
        ("en", "Gunmen seized three aid workers in Gao on Tuesday."),
        ("fr", "Des hommes armés se sont emparés de trois humanitaires mardi à Gao."),
        ("fr", "Des rebelles ont tiré un instituteur de sa maison mardi à Gao."),
        ("fr", "Un instituteur a été arraché à son domicile mardi à Gao par des hommes armés."),
    ],
)
def test_people_whom_fighters_take_away_are_abducted(language: str, text: str) -> None:
    assert kinds(text, language) == [("abduction", "Gao")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Rebels took part in talks in Gao on Tuesday."),
        ("en", "Rebels took weapons from a depot in Gao on Tuesday."),
        ("en", "Rebels seized power in Gao on Tuesday."),
        ("en", "Soldiers pulled a man from the rubble in Gao on Tuesday."),
        ("en", "Nurses took the mayor from his house to a hospital in Gao on Tuesday after the rebels had left."),
        ("fr", "Les rebelles ont pris part mardi à des pourparlers à Gao."),
        ("fr", "Les pompiers ont tiré un homme de sa maison mardi à Gao, loin des rebelles."),
    ],
)
def test_nobody_is_abducted_where_things_are_taken_or_others_take_them(language: str, text: str) -> None:
    assert ("abduction", "Gao") not in kinds(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The army retook the village of Gao on Tuesday."),
        ("en", "Dozens of attackers swamped a garrison at Gao on Tuesday."),
        ("fr", "Des rebelles se sont emparés mardi de la ville de Gao."),
        ("fr", "Des dizaines d'assaillants ont submergé une garnison mardi à Gao."),
    ],
)
def test_a_place_taken_on_a_day_by_somebody_named_is_a_fight(language: str, text: str) -> None:
    assert kinds(text, language) == [("armed_clash", "Gao")]
