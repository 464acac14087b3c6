"""Which tellings are one incident and which are two. All texts are invented."""

from __future__ import annotations

import pytest

import vigie
from vigie.model import Incident

PAIRS = ("fr", "en")


def incidents(text: str, language: str) -> list[Incident]:
    return list(vigie.code(text, language=language, published="2024-07-26").incidents)


QUARTERS = {
    "fr": "Une voiture piégée a tué huit personnes mardi à Karrada, un quartier de Bagdad, selon la police. "
    "Le même jour, dans le quartier de Doura, une bombe a explosé devant un café et tué cinq clients.",
    "en": "A car bomb killed eight people on Tuesday in Karrada, a district of Baghdad, police said. "
    "Elsewhere, in the district of Dora, a bomb exploded outside a cafe and killed five customers.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_two_quarters_of_one_city_with_their_own_dead_are_two(language: str) -> None:
    found = incidents(QUARTERS[language], language)
    assert [i.killed.lower if i.killed else None for i in found] == [8, 5]


SAME_MEN = {
    "fr": "Trois hommes armés ont ouvert le feu jeudi soir dans le quartier de Hodan, à Mogadiscio, et tué deux policiers. "
    "Les trois assaillants ont ensuite abandonné leur voiture et poignardé quatre passants dans le quartier de Waberi.",
    "en": "Three gunmen opened fire on Thursday evening in the Hodan district of Mogadishu and killed two policemen. "
    "The three attackers then left their car and stabbed four passers-by in the Waberi district.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_attackers_who_go_on_in_the_next_quarter_are_one_series(language: str) -> None:
    (incident,) = incidents(SAME_MEN[language], language)
    assert {w.kind for w in incident.weapons} == {"firearm", "knife"}


TWO_VILLAGES = {
    "fr": "Vingt villageois ont péri samedi dans les attaques de Bankilaré et de Gothèye, dans l'ouest du Niger.\n\n"
    "À Bankilaré, des hommes à moto ont ouvert le feu sur des fidèles.\n\nÀ Gothèye, des hommes ont kidnappé douze jeunes gens.",
    "en": "Twenty villagers died on Saturday in attacks on Bankilaré and Gothèye in western Niger.\n\n"
    "In Bankilaré, men on motorcycles opened fire on worshippers.\n\nIn Gothèye, gunmen abducted twelve young men.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_lead_that_sums_up_two_places_gives_its_day_to_both(language: str) -> None:
    found = incidents(TWO_VILLAGES[language], language)
    assert [(i.place.name if i.place else None, i.type) for i in found] == [
        ("Bankilaré", "attack"),
        ("Gothèye", "abduction"),
    ]
    assert {i.date.start.isoformat() for i in found if i.date} == {"2024-07-20"}


def test_the_dead_of_a_bombing_are_told_with_it() -> None:
    text = (
        "MOSUL, Iraq, July 22, 2024 (Agence Corvel) – Eleven people were killed and 26 others wounded on Monday in a car "
        "bombing at the vegetable market of Tal Afar, officials said."
    )
    (incident,) = incidents(text, "en")
    assert incident.place is not None
    assert incident.place.name == "Tal Afar"
    assert incident.killed is not None
    assert incident.killed.lower == 11


def test_a_second_participle_shares_the_perfect_of_the_first() -> None:
    text = "Deux hommes ont abandonné leur voiture et poignardé trois passants mardi à Lyon."
    (incident,) = incidents(text, "fr")
    assert [t.name for t in incident.targets] == ["passants"]
    assert [a.name for a in incident.actors] == ["hommes"]
