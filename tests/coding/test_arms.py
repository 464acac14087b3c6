"""What an act was done with, how many, and what that makes of its type."""

from __future__ import annotations

import pytest

import vigie
from vigie.model import Incident


def only(text: str, language: str) -> Incident:
    incidents = vigie.code(text, language=language, published="2024-07-26").incidents
    assert len(incidents) == 1, text
    return incidents[0]


def arms(text: str, language: str) -> dict[str, tuple[int | None, int | None]]:
    return {w.kind: (w.lower, w.upper) for w in only(text, language).weapons}


NONE = (None, None)
ONE = (1, 1)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Une attaque à la grenade a fait mardi huit blessés dans un bar de Gitega.", {"grenade": NONE}),
        ("fr", "Un homme a lancé mardi deux grenades dans un bar de Gitega : huit blessés.", {"grenade": (2, 2)}),
        ("fr", "Il a porté mardi trois coups de couteau à un passant à Lens, le blessant.", {"knife": NONE}),
        ("fr", "Un homme a blessé mardi un passant avec un couteau à Lens.", {"knife": ONE}),
        ("fr", "Un camion a sauté sur une mine mardi près de Boni, au Mali, tuant trois soldats.", {"mine": ONE}),
        ("fr", "Un attentat à la voiture piégée a tué mardi un juge à Bassora.", {"car_bomb": ONE}),
        ("en", "Seven people were hurt and the bomb wrecked two cars in Basra on Tuesday.", {"bomb": NONE}),
        ("en", "Two bombs wrecked a bridge in Basra on Tuesday, killing one man.", {"bomb": (2, 2)}),
        ("en", "A salvo of mortars hit the market in Baidoa on Tuesday, killing one.", {"mortar": NONE}),
        ("en", "Dozens of rockets hit the town of Sderot on Tuesday, killing one.", {"rocket": (20, 99)}),
        ("en", "A truck hit a landmine near Siirt on Tuesday, killing three.", {"mine": ONE}),
        ("en", "A car bomb attack killed a judge in Basra on Tuesday.", {"car_bomb": ONE}),
    ],
)
def test_a_number_counts_the_weapon_beside_it(
    language: str, text: str, expected: dict[str, tuple[int | None, int | None]]
) -> None:
    assert arms(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("fr", "Un homme s'est fait exploser mardi dans un marché de Damboa, tuant six clients.", ONE),
        ("fr", "Deux femmes se sont fait exploser mardi dans un marché de Damboa, tuant six clients.", NONE),
        ("fr", "Un double attentat-suicide a tué mardi six clients dans un marché de Damboa.", NONE),
        ("en", "A man blew himself up in a market in Damboa on Tuesday, killing six shoppers.", ONE),
        ("en", "Women blew themselves up in a market in Damboa on Tuesday, killing six shoppers.", NONE),
        ("en", "A twin suicide bombing killed six shoppers in a market in Damboa on Tuesday.", NONE),
    ],
)
def test_one_bomber_has_one_vest_and_several_have_no_one_knows_how_many(
    language: str, text: str, count: tuple[int | None, int | None]
) -> None:
    assert arms(text, language)["suicide_vest"] == count


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        (
            "fr",
            "Un kamikaze a lancé sa voiture contre un poste de police à Kohat mardi. L'attentat suicide a tué six agents.",
            {"car_bomb"},
        ),
        (
            "fr",
            "Un kamikaze s'est fait exploser mardi devant un poste de police à Kohat : six morts.",
            {"suicide_vest"},
        ),
        (
            "en",
            "A suicide bomber rammed his truck into a police post in Kohat on Tuesday, killing six officers.",
            {"car_bomb"},
        ),
        ("en", "A suicide car bomber hit a police post in Kohat on Tuesday, killing six officers.", {"car_bomb"}),
        ("en", "A suicide bomber hit a police post in Kohat on Tuesday, killing six officers.", {"suicide_vest"}),
        (
            "en",
            "A car bomb killed two men in Basra on Tuesday. Nobody has claimed the bombing, police said.",
            {"car_bomb"},
        ),
    ],
)
def test_a_bomber_in_a_car_has_a_car_bomb_and_nothing_else(language: str, text: str, kinds: set[str]) -> None:
    assert set(arms(text, language)) == kinds


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("fr", "La police a tué mardi à Lens un homme armé d'un couteau. L'agent a tiré deux fois.", {"firearm"}),
        ("fr", "Un homme a poignardé mardi un passant à Lens avec un couteau.", {"knife"}),
        ("en", "A man armed with a machete was shot dead by police in Reno on Tuesday.", {"firearm"}),
        ("en", "A man armed with a machete stabbed a clerk in Reno on Tuesday.", {"knife"}),
    ],
)
def test_the_blade_of_a_man_whom_the_police_shoot_was_not_used(language: str, text: str, kinds: set[str]) -> None:
    assert set(arms(text, language)) == kinds


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("fr", "Des frappes aériennes ont visé mardi un dépôt de missiles près de Homs : deux morts.", {"aerial_bomb"}),
        ("fr", "Un missile a visé mardi un dépôt près de Homs : deux morts.", {"missile"}),
        ("en", "Air strikes hit a missile storage site near Homs on Tuesday, killing two.", {"aerial_bomb"}),
        ("en", "A missile hit a storage site near Homs on Tuesday, killing two.", {"missile"}),
    ],
)
def test_a_weapon_that_is_only_kept_was_not_used(language: str, text: str, kinds: set[str]) -> None:
    assert set(arms(text, language)) == kinds


@pytest.mark.parametrize(
    ("language", "text", "kind", "kinds"),
    [
        ("fr", "Cinq soldats ont été tués mardi dans une embuscade près de Boni, au Mali.", "attack", set()),
        ("fr", "Un échange de tirs avec des rebelles a fait mardi deux morts à Bria.", "armed_clash", {"firearm"}),
        ("fr", "La foule a roué de coups un voleur mardi à Douala. Il est mort.", "mob_violence", set()),
        ("fr", "Il a été roué de coups mardi par deux hommes à Douala. Il est mort.", "attack", set()),
        ("fr", "Les rebelles ont tué mardi quatre paysans à Oicha et incendié des maisons.", "attack", set()),
        ("fr", "Des inconnus ont incendié mardi des maisons à Oicha.", "arson", {"incendiary"}),
        ("fr", "Des avions de guerre ont visé mardi un marché à Idleb, tuant six civils.", "air_drone_strike", None),
        ("fr", "Un bombardement a tué mardi deux civils à Kherson : des roquettes ont touché la gare.", "shelling_missile", {"rocket"}),
        ("fr", "Un bombardement a tué mardi deux civils à Alep.", "air_drone_strike", {"aerial_bomb"}),
        ("en", "Five soldiers were killed in an ambush near Gao, Mali, on Tuesday.", "attack", set()),
        ("en", "A firefight with rebels left two dead in Bria on Tuesday.", "armed_clash", {"firearm"}),
        ("en", "Two rebels died in an encounter with security forces in Kulgam on Tuesday.", "armed_clash", set()),
        ("en", "A thief was beaten to death by a mob in Douala on Tuesday.", "mob_violence", set()),
        ("en", "A clerk was beaten to death by two men in Douala on Tuesday.", "attack", set()),
        ("en", "Rebels killed four farmers in Oicha on Tuesday and burned down houses.", "attack", set()),
        ("en", "Attackers burned down houses in Oicha on Tuesday.", "arson", {"incendiary"}),
        ("en", "Warplanes targeted a market in Idlib on Tuesday, killing six civilians.", "air_drone_strike", None),
        ("en", "A bombardment killed two civilians in Kherson on Tuesday: rockets hit the station.", "shelling_missile", {"rocket"}),
        ("en", "A bombardment killed two civilians in Aleppo on Tuesday.", "air_drone_strike", {"aerial_bomb"}),
    ],
)  # fmt: skip
def test_what_a_word_for_violence_says_of_type_and_weapon(
    language: str, text: str, kind: str, kinds: set[str] | None
) -> None:
    incident = only(text, language)
    assert incident.type == kind
    assert kinds is None or {w.kind for w in incident.weapons} == kinds


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        (
            "fr",
            "Des frappes aériennes ont tué deux hommes mardi à Rafah. L'armée répondait à des roquettes.",
            {"aerial_bomb"},
        ),
        (
            "en",
            "Air strikes killed two men in Rafah on Tuesday. The army was answering rockets, it said.",
            {"aerial_bomb"},
        ),
        ("en", "Rockets killed two men in Sderot on Tuesday. Shots were heard in the town.", {"rocket"}),
        (
            "fr",
            "Un homme a poignardé deux passants mardi à Lens avant d'être abattu par la police. Les policiers ont tiré "
            "dix balles.",
            {"knife"},
        ),
        (
            "en",
            "A suicide bomber killed six people in Damboa on Tuesday. Drone strikes are more common in the area.",
            {"suicide_vest"},
        ),
    ],
)
def test_what_another_side_fired_is_no_weapon_of_the_act(language: str, text: str, kinds: set[str]) -> None:
    incident = vigie.code(text, language=language, published="2024-07-26").incidents[0]
    assert {w.kind for w in incident.weapons} == kinds


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("fr", "Un homme a été blessé mardi par un projectile d'arme à feu à Lens.", {"firearm"}),
        ("fr", "Un pilonnage ukrainien a tué mardi deux civils à Belgorod.", {"artillery"}),
        ("en", "Ukrainian shelling killed two civilians in Belgorod on Tuesday.", {"artillery"}),
        ("en", "Rebels attacked an army patrol with homemade explosives near Cucuta on Tuesday, killing ten.", {"bomb"}),
        ("en", "Rebels killed three officers near Farah on Tuesday and escaped with ammunition.", set()),
    ],
)  # fmt: skip
def test_a_weapon_told_by_its_effect_or_as_the_means(language: str, text: str, kinds: set[str]) -> None:
    assert set(arms(text, language)) == kinds


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("fr", "Le groupe a lancé mardi des drones sur le port d'Eilat, tuant un docker.", "air_drone_strike"),
        ("fr", "Le groupe a lancé mardi des roquettes sur le port d'Eilat, tuant un docker.", "shelling_missile"),
        ("en", "The group launched drones at the port of Eilat on Tuesday, killing a docker.", "air_drone_strike"),
        ("en", "The group launched rockets at the port of Eilat on Tuesday, killing a docker.", "shelling_missile"),
    ],
)
def test_what_was_launched_gives_the_type(language: str, text: str, kind: str) -> None:
    assert only(text, language).type == kind


@pytest.mark.parametrize(
    ("language", "text", "kind", "kinds"),
    [
        ("fr", "Un drone a tiré deux missiles sur une maison à Marib mardi, tuant deux hommes.", "air_drone_strike", None),
        ("fr", "Les rebelles ont tiré deux missiles sur une maison à Marib mardi, tuant deux hommes.", "shelling_missile", None),
        ("fr", "Un braqueur a frappé un bijoutier à coups de crosse à Lens mardi, le blessant.", "attack", {"other"}),
        ("fr", "Il a été tué à coups de pierres à Lens mardi.", "attack", {"other"}),
        ("fr", "Des rebelles ont attaqué un bus au lance-roquettes à Bria mardi, tuant deux passagers.", "attack", {"rocket"}),
        ("fr", "Il a reçu une balle dans la tête à Lens mardi et il est mort.", "attack", {"firearm"}),
        ("fr", "Un tireur embusqué a tué un soldat à Lens mardi.", "attack", {"firearm"}),
        ("fr", "Il a volontairement percuté deux agents à Lens mardi, les blessant.", "attack", {"vehicle"}),
        ("fr", "Un kamikaze a tué mardi six clients à Damboa. Des coups de feu ont été entendus.", "suicide_bomb", {"suicide_vest"}),
        ("fr", "Une bombe a tué mardi un garde à Damboa, puis des hommes ont ouvert le feu sur ses collègues.", None, {"bomb", "firearm"}),
        ("en", "A drone fired two missiles at a house in Marib on Tuesday, killing two men.", "air_drone_strike", None),
        ("en", "Rebels fired two missiles at a house in Marib on Tuesday, killing two men.", "shelling_missile", None),
        ("en", "Rebels fired rocket-propelled grenades at a bus in Bria on Tuesday, killing two.", None, {"rocket"}),
        ("en", "A man deliberately ran over two officers in Reno on Tuesday, killing one.", "attack", {"vehicle"}),
        ("en", "A suicide bomber killed six in Damboa on Tuesday. Gunfire was heard after the blast.", "suicide_bomb", {"suicide_vest"}),
        ("en", "A remotely detonated mine killed two officers in Nad Ali on Tuesday.", "remote_explosive", {"mine"}),
    ],
)  # fmt: skip
def test_how_it_was_done(language: str, text: str, kind: str | None, kinds: set[str] | None) -> None:
    incident = only(text, language)
    assert kind is None or incident.type == kind
    assert kinds is None or {w.kind for w in incident.weapons} == kinds
