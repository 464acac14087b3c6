"""The type of an incident from the words and weapons that tell of it."""

from __future__ import annotations

import pytest

import vigie
from vigie.coding.types import OF_WEAPON, family, vote
from vigie.model.codebooks import codebook

TYPES = codebook("incident_type").ids


def test_every_type_has_a_family_and_every_weapon_gives_a_type() -> None:
    assert all(family(t) for t in TYPES)
    assert set(OF_WEAPON.values()) <= set(TYPES)
    assert set(codebook("weapon").ids) - set(OF_WEAPON) == {"other"}


def test_no_telling_no_type() -> None:
    assert vote([]) == (None, {})


def only_type(text: str, language: str) -> str:
    incidents = vigie.code(text, language=language, published="2024-07-26").incidents
    assert len(incidents) == 1, text
    return incidents[0].type


FRENCH = {
    "armed_clash": "Des affrontements entre l'armée et des rebelles ont fait neuf morts mardi à Bria, en Centrafrique.",
    "attack": "Des hommes armés ont ouvert le feu mardi sur un café de Goma, tuant deux clients.",
    "air_drone_strike": "Une frappe aérienne a tué mardi quatre habitants d'un village près d'Alep, en Syrie.",
    "shelling_missile": "Des tirs d'artillerie ont tué mardi deux civils à Bakhmout, en Ukraine.",
    "suicide_bomb": "Un kamikaze s'est fait exploser mardi dans un marché de Maiduguri, au Nigeria, tuant sept personnes.",
    "remote_explosive": "Une bombe artisanale a explosé mardi au passage d'un convoi près de Gao, au Mali, tuant un soldat.",
    "grenade": "Un inconnu a lancé mardi une grenade dans un bar de Bujumbura, blessant neuf clients.",
    "chemical_weapon": "Une attaque au chlore a tué mardi onze personnes à Saraqeb, en Syrie.",
    "abduction": "Des hommes armés ont enlevé mardi douze élèves dans une école de Kaduna, au Nigeria.",
    "disrupted": "Les démineurs ont désamorcé mardi une bombe devant une église de Lyon.",
    "mob_violence": "Une foule en colère a lynché mardi un homme accusé de vol à Port-au-Prince.",
    "sexual_violence": "Des miliciens ont violé mardi trois femmes dans un village près de Goma, en RDC.",
    "arson": "Des assaillants ont incendié mardi une école à Buea, au Cameroun.",
}
ENGLISH = {
    "armed_clash": "Clashes between the army and rebels left nine dead in Bria, Central African Republic, on Tuesday.",
    "attack": "Gunmen opened fire on a cafe in Goma on Tuesday, killing two customers.",
    "air_drone_strike": "An air strike killed four residents of a village near Aleppo, Syria, on Tuesday.",
    "shelling_missile": "Artillery fire killed two civilians in Bakhmut, Ukraine, on Tuesday.",
    "suicide_bomb": "A suicide bomber blew himself up in a market in Maiduguri, Nigeria, on Tuesday, killing seven people.",
    "remote_explosive": "A roadside bomb exploded as a convoy passed near Gao, Mali, on Tuesday, killing a soldier.",
    "grenade": "A man threw a grenade into a bar in Bujumbura on Tuesday, injuring nine customers.",
    "chemical_weapon": "A chlorine attack killed eleven people in Saraqeb, Syria, on Tuesday.",
    "abduction": "Gunmen kidnapped twelve pupils from a school in Kaduna, Nigeria, on Tuesday.",
    "disrupted": "Bomb disposal experts defused a bomb outside a church in Leeds on Tuesday.",
    "mob_violence": "An angry mob lynched a man accused of theft in Port-au-Prince on Tuesday.",
    "sexual_violence": "Militiamen raped three women on Tuesday in a village near Goma, DR Congo.",
    "arson": "Attackers torched a school in Buea, Cameroon, on Tuesday.",
}


@pytest.mark.parametrize("kind", FRENCH)
def test_types_in_french(kind: str) -> None:
    assert only_type(FRENCH[kind], "fr") == kind


@pytest.mark.parametrize("kind", ENGLISH)
def test_types_in_english(kind: str) -> None:
    assert only_type(ENGLISH[kind], "en") == kind


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Un obus a touché mardi une école à Kharkiv, en Ukraine : deux morts."),
        ("en", "A shell hit a school in Kharkiv, Ukraine, on Tuesday: two dead."),
        ("fr", "Cinq roquettes Katioucha sont tombées mardi près de la base de Harir, en Irak, blessant un soldat."),
        ("en", "Five Katyusha rockets came down on Tuesday near the Harir base in Iraq, wounding a soldier."),
    ],
)
def test_a_munition_is_enough_without_a_word_of_attack(language: str, text: str) -> None:
    assert only_type(text, language) == "shelling_missile"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "L'armée a abattu mardi trois drones au-dessus de la base de Harir, en Irak."),
        ("en", "The army shot down three drones over the Harir base in Iraq on Tuesday."),
    ],
)
def test_what_is_shot_down_in_full_is_disrupted(language: str, text: str) -> None:
    assert only_type(text, language) == "disrupted"


def test_what_comes_down_is_not_shot_down() -> None:
    text = "Un drone s'est abattu mardi sur la base de Harir, en Irak."
    assert only_type(text, "fr") == "air_drone_strike"


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("fr", "Un homme a tué son voisin à coups de marteau mardi à Lyon, selon la police.", {"other"}),
        (
            "en",
            "A man attacked his neighbour with a hammer in Leeds on Tuesday and killed him, police said.",
            {"other"},
        ),
        (
            "en",
            "Soldiers opened fire on a suburb of Goma with multiple rocket launchers on Tuesday, killing six people.",
            {"rocket"},
        ),
        ("en", "A man stabbed his neighbour in Leeds on Tuesday. Police found a hammer in his car.", {"knife"}),
    ],
)
def test_a_tool_that_is_told_to_be_used_is_a_weapon(language: str, text: str, kinds: set[str]) -> None:
    (incident,) = vigie.code(text, language=language, published="2024-05-15").incidents
    assert {w.kind for w in incident.weapons} == kinds


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "Une explosion a fait six morts mardi dans un bus à Kaboul. L'attentat visait des gardes.",
            "remote_explosive",
        ),
        (
            "en",
            "Two explosions ripped through a bus station in Kabul on Tuesday, killing six. No group claimed the attack.",
            "remote_explosive",
        ),
        (
            "en",
            "Gunmen opened fire in a bus station in Kabul on Tuesday, killing six. Explosions were heard.",
            "attack",
        ),
        (
            "fr",
            "Des hommes ont ouvert le feu mardi dans une gare à Kaboul, tuant six clients. Des explosions ont retenti.",
            "attack",
        ),
    ],
)
def test_a_blast_and_no_other_arm_is_a_bombing(language: str, text: str, expected: str) -> None:
    assert only_type(text, language) == expected


def test_a_blast_with_no_other_arm_is_a_bomb() -> None:
    text = "An explosion on a bus in Kabul on Tuesday killed six people in what police called a terrorist attack."
    incident = vigie.code(text, language="en", published="2024-07-26").incidents[0]
    assert [w.kind for w in incident.weapons] == ["bomb"]


# What is called an attack, an ambush or a raid, and what is told of the fight that came of it.
FIGHTS = [
    ("en", "Gunmen attacked an army post near Dorvana, Mali, on Tuesday, killing two soldiers. Nine of the attackers were killed.", "armed_clash"),
    ("en", "Rebels ambushed a convoy near Dorvana, Mali, on Tuesday, killing four people, and fighting went on until noon.", "armed_clash"),
    ("en", "Militants stormed an army camp near Dorvana, Mali, on Tuesday, killing six soldiers.", "armed_clash"),
    ("fr", "Des hommes armés ont pris d'assaut mardi un camp de l'armée à Dorvana, au Mali, tuant six soldats.", "armed_clash"),
    ("fr", "Des rebelles ont tendu mardi une embuscade à une patrouille près de Dorvana, au Mali, et tué deux soldats. L'accrochage a duré une heure.", "armed_clash"),
    ("en", "Gunmen ambushed a patrol near Dorvana, Mali, on Tuesday, killing two soldiers.", "attack"),
    ("en", "A man stabbed two soldiers at a station in Leeds on Tuesday. The man was shot dead by police, who returned fire.", "attack"),
    ("en", "Gunmen stormed a hotel in Dorvana, Mali, on Tuesday, killing six guests.", "attack"),
    ("fr", "Des hommes armés ont attaqué mardi un village près de Dorvana, au Mali, tuant six habitants.", "attack"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), FIGHTS)
def test_an_attack_on_soldiers_that_became_a_fight_is_a_clash(language: str, text: str, expected: str) -> None:
    assert only_type(text, language) == expected


BY_WEAPON = [
    ("en", "The group said it attacked a lorry near Dorvana, Mali, on Tuesday with a bomb.", "remote_explosive", "bomb"),
    ("en", "A mine destroyed an army lorry near Dorvana, Mali, on Tuesday.", "remote_explosive", "mine"),
    ("en", "Two bridges near Dorvana, Mali, were dynamited on Tuesday.", "remote_explosive", "bomb"),
    ("en", "A second device was found in Leeds on Tuesday and defused by army experts.", "disrupted", "bomb"),
    ("fr", "Une charge posée au bord de la route a détruit mardi un camion de l'armée à Dorvana, au Mali.", "remote_explosive", "bomb"),
    ("fr", "Une perception de Bastia a été plastiquée mardi.", "remote_explosive", "bomb"),
    ("en", "Gunmen killed two traders in Dorvana, Mali, on Tuesday.", "attack", "firearm"),
    ("fr", "Un drone a percuté mardi un hangar de la base de Dorvana, au Mali, tuant un employé.", "air_drone_strike", "drone"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected", "weapon"), BY_WEAPON)
def test_what_it_was_done_with_tells_what_it_was(language: str, text: str, expected: str, weapon: str) -> None:
    (incident,) = vigie.code(text, language=language, published="2024-07-26").incidents
    assert (incident.type, [w.kind for w in incident.weapons]) == (expected, [weapon])
