"""Reports that tell of several acts one after the other, and what is no act among them. All texts are invented."""

from __future__ import annotations

import pytest

import vigie
from told_incidents import incidents

PAIRS = ("fr", "en")


def killed(text: str, language: str) -> list[int | None]:
    return [i.killed.lower if i.killed else None for i in incidents(text, language)]


# Where a town lies is told by another, which is no place of the act.
LIES_NEAR = {
    "fr": "Une bombe a tué quatre policiers lundi à Bagdad, a indiqué la police. "
    "À Mossoul, à 350 km au nord de Bagdad, des hommes armés ont abattu deux instituteurs.",
    "en": "A bomb killed four policemen in Baghdad on Monday, the police said. "
    "In Mosul, 350 km north of Baghdad, gunmen shot dead two teachers.",
}
NEAR_ALONE = {
    "fr": "Une bombe a tué quatre policiers lundi à Mossoul, a indiqué la police. "
    "L'engin avait été posé près de Mossoul au bord d'une route, selon l'armée.",
    "en": "A bomb killed four policemen in Mosul on Monday, the police said. "
    "The device had been planted near Mosul beside a road, the army said.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_town_that_only_says_where_another_lies_is_no_common_place(language: str) -> None:
    assert killed(LIES_NEAR[language], language) == [4, 2]


@pytest.mark.parametrize("language", PAIRS)
def test_a_town_near_by_told_alone_is_the_place(language: str) -> None:
    assert killed(NEAR_ALONE[language], language) == [4]


SUMMED_UP = {
    "fr": "Neuf personnes sont mortes lundi dans plusieurs attaques en Irak, a indiqué la police. "
    "À Mossoul, une bombe a tué cinq passants. "
    "À Kirkouk, des hommes armés ont abattu trois gardes.",
    "en": "Nine people died on Monday in several attacks in Iraq, the police said. "
    "In Mosul, a bomb killed five passers-by. "
    "In Kirkuk, gunmen shot dead three guards.",
}
NOT_SUMMED_UP = {
    "fr": "Neuf personnes sont mortes lundi dans une attaque à Mossoul, a indiqué la police. "
    "À Kirkouk, des hommes armés ont abattu trois gardes.",
    "en": "Nine people died on Monday in an attack in Mosul, the police said. "
    "In Kirkuk, gunmen shot dead three guards.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_lead_whose_dead_are_those_of_acts_in_several_towns_is_none_of_them(language: str) -> None:
    assert killed(SUMMED_UP[language], language) == [5, 3]


@pytest.mark.parametrize("language", PAIRS)
def test_a_lead_that_tells_of_one_attack_is_one(language: str) -> None:
    assert killed(NOT_SUMMED_UP[language], language) == [9, 3]


SAME_DISTRICT = {
    "fr": "Des hommes armés ont tué quatre paysans lundi dans le district de Korma, a indiqué la police. "
    "Dans le même district, une bombe a tué deux gardes.",
    "en": "Gunmen killed four farmers in Korma district on Monday, the police said. "
    "In the same district, a bomb killed two guards.",
}
TOLD_AGAIN = {
    "fr": "Des hommes armés ont tué quatre paysans lundi dans le district de Korma, a indiqué la police. "
    "Dans le même district, les habitants ont enterré les quatre paysans.",
    "en": "Gunmen killed four farmers in Korma district on Monday, the police said. "
    "In the same district, people buried the four farmers.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_what_happened_in_the_same_district_is_another_act(language: str) -> None:
    assert killed(SAME_DISTRICT[language], language) == [4, 2]


@pytest.mark.parametrize("language", PAIRS)
def test_a_burial_in_the_same_district_is_none(language: str) -> None:
    assert killed(TOLD_AGAIN[language], language) == [4]


LEFT_DEAD = {
    "fr": "Une attaque a fait cinq morts lundi à Mossoul, a indiqué la police. "
    "Une autre attaque a fait trois blessés parmi des bergers.",
    "en": "An attack left five people dead in Mosul on Monday, the police said. "
    "Another attack left three shepherds wounded.",
}
EXPLOSION_OF_A_BOMB = {
    "fr": "Une bombe a tué cinq soldats lundi à Mossoul, a indiqué la police. "
    "Par ailleurs, trois bergers ont été blessés dans l'explosion d'une mine.",
    "en": "A bomb killed five soldiers in Mosul on Monday, the police said. "
    "Separately, three shepherds were wounded in the explosion of a roadside bomb.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_another_attack_with_people_hurt_is_one_however_weak_the_word(language: str) -> None:
    assert killed(LEFT_DEAD[language], language) == [5, None]


@pytest.mark.parametrize("language", PAIRS)
def test_the_explosion_of_a_bomb_points_to_none_told_before(language: str) -> None:
    assert killed(EXPLOSION_OF_A_BOMB[language], language) == [5, None]


def kept(text: str, language: str) -> int:
    return len(vigie.code(text, language=language, published="2024-07-26").incidents)


OPENED_IN = {
    "fr": "Des hommes armés ont tué quatre gendarmes lundi à Mossoul, a indiqué la police. "
    "Le pays connaît l'instabilité depuis l'invasion de la région par les rebelles en mars 2015. "
    "Les rebelles se sont emparés de Kirkouk en 2014.",
    "en": "Gunmen killed four policemen in Mosul on Monday, the police said. "
    "The country has seen unrest since the rebels' invasion of the region in March 2015. "
    "The rebels seized Kirkuk in 2014.",
}
FIGURES = {
    "fr": "Des hommes armés ont tué quatre gendarmes lundi à Mossoul, a indiqué la police. "
    "En 2015, les rebelles avaient tué 18 soldats et blessé 36 autres.",
    "en": "Gunmen killed four policemen in Mosul on Monday, the police said. "
    "In 2015, the rebels had killed 18 soldiers and wounded 36 others.",
}
ONE_ACT = {
    "fr": "Des hommes armés ont tué quatre gendarmes lundi à Mossoul, a indiqué la police. "
    "En mars 2015, un kamikaze avait tué 18 soldats dans une caserne à Kirkouk.",
    "en": "Gunmen killed four policemen in Mosul on Monday, the police said. "
    "In March 2015, a suicide bomber killed 18 soldiers at a barracks in Kirkuk.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_an_invasion_and_a_town_taken_in_some_year_are_no_act(language: str) -> None:
    assert kept(OPENED_IN[language], language) == 1


@pytest.mark.parametrize("language", PAIRS)
def test_the_dead_of_a_year_are_no_act(language: str) -> None:
    assert kept(FIGURES[language], language) == 1


@pytest.mark.parametrize("language", PAIRS)
def test_an_act_of_a_month_in_a_town_is_one(language: str) -> None:
    assert kept(ONE_ACT[language], language) == 2


# Words of a hospital, a ministry and an aid group weigh against an act; air raids that kill are one all the same.
RAIDS = {
    "fr": "Treize personnes ont été tuées et 40 blessées vendredi dans des frappes aériennes sur un hôpital, a indiqué le "
    "ministère de la Santé. "
    + "L'organisation a demandé des lits, des médicaments et du personnel pour les malades. "
    * 8,
    "en": "Thirteen people were killed and 40 wounded in air strikes on a hospital on Friday, the health ministry said. "
    + "The organisation asked for beds, medicine and staff for the sick. " * 8,
}
RAIDS_OF_POLICE = {
    "fr": "Treize personnes ont été arrêtées vendredi dans des descentes de police dans un hôpital, a indiqué le "
    "ministère de la Santé. "
    + "L'organisation a demandé des lits, des médicaments et du personnel pour les malades. "
    * 8,
    "en": "Thirteen people were arrested in police raids on a hospital on Friday, the health ministry said. "
    + "The organisation asked for beds, medicine and staff for the sick. " * 8,
}


@pytest.mark.parametrize("language", PAIRS)
def test_air_strikes_with_dead_in_the_lead_are_an_act_whatever_the_other_words(language: str) -> None:
    assert kept(RAIDS[language], language) == 1


@pytest.mark.parametrize("language", PAIRS)
def test_police_raids_are_none(language: str) -> None:
    assert kept(RAIDS_OF_POLICE[language], language) == 0


IN_A_SEPARATE_INCIDENT = {
    "fr": "Des hommes armés ont tué dix-huit paysans mercredi à Korma, a indiqué la police. "
    "Selon l'armée, mardi soir, dans un incident distinct, un groupe de bandits avait attaqué Sirwa, tuant deux chefs.",
    "en": "Gunmen killed eighteen farmers in Korma on Wednesday, the police said. "
    "The army said late Tuesday, in a separate incident, a gang of bandits had attacked Sirwa, killing two chiefs.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_separate_incident_is_another_wherever_the_sentence_says_so(language: str) -> None:
    assert killed(IN_A_SEPARATE_INCIDENT[language], language) == [18, 2]


CROWD = {
    "fr": "Des milliers de personnes ont participé à une manifestation samedi à Lyon. "
    "Des jeunes masqués ont lancé des projectiles sur la police, qui a tiré des gaz lacrymogènes.",
    "en": "Thousands of people joined a demonstration in Leeds on Saturday. "
    "Masked youths threw projectiles at the police, who fired tear gas.",
}
CROWD_SHOT_AT = {
    "fr": "Des milliers de personnes ont participé à une manifestation samedi à Lyon. "
    "Des hommes masqués ont ouvert le feu sur la foule et tué trois manifestants.",
    "en": "Thousands of people joined a demonstration in Leeds on Saturday. "
    "Masked men opened fire on the crowd and killed three demonstrators.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_stones_and_tear_gas_at_a_demonstration_are_no_act(language: str) -> None:
    assert kept(CROWD[language], language) == 0


@pytest.mark.parametrize("language", PAIRS)
def test_a_demonstration_shot_at_is_one(language: str) -> None:
    assert killed(CROWD_SHOT_AT[language], language) == [3]


HABIT = {
    "fr": "Des hommes armés ont tué dix-huit paysans mercredi à Korma, a indiqué la police. "
    "Les bandits attaquent régulièrement les villages du nord-ouest, enlevant et dépouillant les habitants.",
    "en": "Gunmen killed eighteen farmers in Korma on Wednesday, the police said. "
    "Bandits regularly raid villages in the northwest, kidnapping and robbing people.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_what_goes_with_a_habit_is_one(language: str) -> None:
    assert killed(HABIT[language], language) == [18]


OFTEN = {
    "fr": "Un homme a été poignardé à plusieurs reprises mardi devant un bar de Limoges, a indiqué la police.",
    "en": "A man was stabbed several times outside a bar in Leeds on Tuesday, the police said.",
}
OFTEN_ATTACKED = {
    "fr": "Le maire de Limoges a parlé mardi des écoles. Le village a été attaqué à plusieurs reprises.",
    "en": "The mayor of Leeds spoke of schools on Tuesday. The village has been attacked several times.",
}
ON_THE_SCENE = {
    "fr": "Un garde a été abattu mardi à Limoges, a indiqué la police. "
    "Toujours à Limoges, des hommes armés ont blessé deux passants lors d'une autre fusillade.",
    "en": "A guard was shot dead in Leeds on Tuesday, the police said. "
    "Police were called to the scene of another shooting on Wednesday, in which gunmen wounded two passers-by.",
}
NEXT_DONE = {
    "fr": "Un homme masqué est entré mardi dans un bar de Limoges avant d'ouvrir le feu, a indiqué la police. "
    "Deux clients ont été blessés.",
    "en": "A masked man walked into a bar in Leeds on Tuesday and opened fire without warning, the police said. "
    "Two customers were wounded.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_blows_that_fall_often_are_one_act(language: str) -> None:
    assert kept(OFTEN[language], language) == 1


@pytest.mark.parametrize("language", PAIRS)
def test_a_village_often_attacked_is_no_act(language: str) -> None:
    assert kept(OFTEN_ATTACKED[language], language) == 0


@pytest.mark.parametrize("language", PAIRS)
def test_the_scene_of_another_shooting_is_another_act(language: str) -> None:
    assert kept(ON_THE_SCENE[language], language) == 2


@pytest.mark.parametrize("language", PAIRS)
def test_what_was_done_next_or_without_warning_was_done(language: str) -> None:
    found = incidents(NEXT_DONE[language], language)
    assert [(i.type, i.injured.lower if i.injured else None) for i in found] == [("attack", 2)]
