"""Reports that tell of several acts: where one ends and the next begins. All texts are invented."""

from __future__ import annotations

import pytest

from told_incidents import incidents

PAIRS = ("fr", "en")


def told(text: str, language: str) -> list[tuple[str | None, int | None]]:
    """Place and lowest number killed of each incident."""
    return [
        (i.place.name if i.place else None, i.killed.lower if i.killed else None) for i in incidents(text, language)
    ]


FIRST_SINCE = {
    "fr": "Un homme a poignardé deux passants lundi devant la gare de Limoges, a indiqué la police. "
    "C'est la première attaque de ce genre dans la ville depuis mars 2019, quand deux frères avaient abattu un vigile.",
    "en": "A man stabbed two passers-by outside the railway station in Leeds on Monday, police said. "
    "It was the first such attack in the city since March 2019, when two brothers shot dead a guard.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_an_earlier_act_told_with_the_day_since_which_there_was_none_is_of_that_day(language: str) -> None:
    found = incidents(FIRST_SINCE[language], language)
    assert [i.date.start.isoformat() for i in found if i.date] == ["2024-07-22", "2019-03-01"]


SINCE_THE_WAR = {
    "fr": "Des hommes armés ont tué quatre gendarmes lundi à Sarh, a indiqué la police. "
    "La province est en proie aux violences depuis mars 2019, quand des combats y ont éclaté.",
    "en": "Gunmen killed four policemen in Leeds on Monday, the police said. "
    "The province has been unstable since March 2019, when fighting broke out there.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_fighting_in_general_since_a_day_is_no_act_of_that_day(language: str) -> None:
    assert len(incidents(SINCE_THE_WAR[language], language)) == 1


THE_ATTACK_ON_A = {
    "fr": "Dix soldats ont été tués mardi dans une embuscade près de Gao. "
    "Le 5 mai, six voyageurs avaient déjà péri dans l'attaque d'un autocar à Ansongo.",
    "en": "Ten soldiers were killed in an ambush near Gao on Tuesday. "
    "On 5 May, six travellers had already died in the bombing of a coach at Ansongo.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_the_attack_on_somebody_not_told_of_before_is_another(language: str) -> None:
    assert [killed for _, killed in told(THE_ATTACK_ON_A[language], language)] == [10, 6]


THE_ATTACK_LEFT = {
    "fr": "Dix soldats ont été tués mardi dans une embuscade à Gao. L'attaque a aussi fait six blessés. "
    "Jeudi, deux blessés étaient morts, selon l'hôpital.",
    "en": "Ten soldiers were killed in an ambush in Gao on Tuesday. The attack also left six wounded. "
    "By Thursday two of the wounded had died, the hospital said.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_more_of_the_attack_just_told_is_no_other(language: str) -> None:
    assert len(incidents(THE_ATTACK_LEFT[language], language)) == 1


NEXT_VILLAGE = {
    "fr": "Des hommes armés ont tué trois bergers mercredi à Koumra, ont rapporté des habitants. "
    "Dans le village voisin, un instituteur a été abattu devant sa maison.",
    "en": "Gunmen killed three herders in Koumra on Wednesday, residents said. "
    "In a neighbouring village, a teacher was shot dead outside his home.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_an_act_in_the_next_village_is_another(language: str) -> None:
    assert [killed for _, killed in told(NEXT_VILLAGE[language], language)] == [3, 1]


NEIGHBOURS = {
    "fr": "Des hommes armés ont tué trois bergers mercredi à Koumra, ont rapporté des habitants. "
    "Les assaillants ont ensuite fui vers un village voisin.",
    "en": "Gunmen killed three herders in Koumra on Wednesday, residents said. "
    "The attackers then fled to a nearby village.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_flight_to_the_next_village_is_no_act_there(language: str) -> None:
    assert len(incidents(NEIGHBOURS[language], language)) == 1


TWO_DAYS = {
    "fr": "Un kamikaze a tué sept personnes samedi dans une gare routière de Maroua, et le 3 juillet une bombe a tué "
    "onze clients d'un marché à Kousseri.",
    "en": "A bomber killed seven people at a bus station in Maroua on Saturday, and on July 3 a mine killed eleven "
    "traders near Kousseri.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_two_clauses_with_a_day_each_tell_of_two_acts(language: str) -> None:
    assert {killed for _, killed in told(TWO_DAYS[language], language)} == {7, 11}


AIRCRAFT = {
    "fr": "Des jihadistes ont attaqué une caserne à Gao mardi et tué cinq soldats, a dit l'armée. "
    "Mardi soir, des avions de chasse ont bombardé un campement au nord de Gao.",
    "en": "Jihadists stormed a barracks in Gao on Tuesday and killed five soldiers, the army said. "
    "On Tuesday evening warplanes bombed a camp north of Gao.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_aircraft_that_strike_after_fighters_did_are_told_apart(language: str) -> None:
    assert "air_drone_strike" in {i.type for i in incidents(AIRCRAFT[language], language)}
    assert len(incidents(AIRCRAFT[language], language)) == 2


LIST = {
    "fr": "GAO – Des hommes armés ont tué deux gendarmes mardi.\n\n"
    "BANGUI – Une grenade a explosé mardi dans un bar. Trois clients ont été tués.\n\n"
    "KABOUL – Un juge a été abattu mardi devant chez lui.",
    "en": "GAO – Gunmen killed two policemen on Tuesday.\n\n"
    "BANGUI – A grenade exploded in a bar on Tuesday. Three customers were killed.\n\n"
    "KABUL – A judge was shot dead outside his home on Tuesday.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_what_follows_the_name_of_a_place_in_a_list_happened_there(language: str) -> None:
    found = incidents(LIST[language], language)
    assert [(i.place.name if i.place else "").casefold() for i in found][1:] == (
        ["bangui", "kaboul"] if language == "fr" else ["bangui", "kabul"]
    )
    assert [i.killed.lower if i.killed else None for i in found] == [2, 3, 1]


SPEAKERS = {
    "fr": "Trois bergers ont été tués mardi à Gao.\n\nMaire : « Les hommes ont tiré sur eux. »\n\n"
    "Voisin : « Ils ont abattu les bergers. »",
    "en": "Three herders were killed in Gao on Tuesday.\n\nMayor: “The men fired on them.”\n\n"
    "Neighbour: “They shot the herders.”",
}


@pytest.mark.parametrize("language", PAIRS)
def test_names_of_speakers_before_a_colon_head_no_list(language: str) -> None:
    assert len(incidents(SPEAKERS[language], language)) == 1


MORNING_AFTER = {
    "fr": "Dans la nuit de lundi à mardi, des rebelles ont attaqué trois postes de police à Kunduz. "
    "Neuf policiers sont morts. Mercredi matin, une roquette est tombée dans la cour d'un lycée et a blessé deux élèves.",
    "en": "Rebels attacked three police posts in Kunduz overnight on Monday. Nine policemen died. "
    "On Wednesday morning gunners shelled the yard of a school and wounded two pupils.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_an_act_of_another_kind_on_a_day_of_its_own_is_another(language: str) -> None:
    assert {i.type for i in incidents(MORNING_AFTER[language], language)} >= {"shelling_missile"}
    assert len(incidents(MORNING_AFTER[language], language)) == 2


SAME_DAY = {
    "fr": "Des rebelles ont attaqué mardi un poste de police à Kunduz. Neuf policiers sont morts. "
    "Les assaillants ont tiré mardi des roquettes sur le bâtiment.",
    "en": "Rebels attacked a police post in Kunduz on Tuesday. Nine policemen died. "
    "The attackers fired rockets at the building on Tuesday.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_another_weapon_on_the_same_day_is_no_other_act(language: str) -> None:
    assert len(incidents(SAME_DAY[language], language)) == 1


ONE_TOWN = {
    "fr": "Des kamikazes ont frappé deux écoles de Gao jeudi, a dit la police.\n\nDans une école du nord, un kamikaze a tué "
    "neuf élèves et blessé 30 passants.\n\nDans un lycée, un garçon s'est fait exploser : 12 personnes ont été tuées et 26 "
    "blessées.",
    "en": "Suicide bombers struck two schools in Leeds on Thursday, police said.\n\nAt a school in the north a suicide bomber "
    "killed nine pupils and wounded 30 people.\n\nAt a college a boy blew himself up; 12 people were killed and 26 wounded.",
}
RECOUNTED = {
    "fr": "Un kamikaze s'est fait exploser jeudi dans une école de Gao. L'attentat a tué neuf élèves et blessé 30 passants.\n\n"
    "Un autre bilan fait état de 12 morts et 26 blessés.",
    "en": "A suicide bomber blew himself up in a school in Leeds on Thursday. The bombing killed nine pupils and wounded 30 "
    "people.\n\nAnother count had 12 killed and 26 wounded.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_acts_of_one_town_whose_dead_and_hurt_all_differ_are_two(language: str) -> None:
    assert [n for _, n in told(ONE_TOWN[language], language)] == [9, 12]
    assert len(told(RECOUNTED[language], language)) == 1


SIDE_BY_SIDE = {
    "fr": "L'aviation a bombardé mardi Kidal et Gao, a indiqué l'armée. L'opération a duré deux heures.\n\n"
    "Des obus sont tombés lundi à Tombouctou et à Mopti, a dit un maire.",
    "en": "Gunmen attacked posts in Kidal and Gao on Tuesday, the army said. The raids went on for two hours.\n\n"
    "Shells fell on Monday in Timbuktu and in Mopti, a mayor said.",
}
ON_THE_ROAD = {
    "fr": "Des hommes armés ont attaqué mardi un car entre Kidal et Gao, tuant neuf voyageurs.",
    "en": "Gunmen attacked a coach on Tuesday between Kidal and Gao, killing nine travellers.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_what_is_told_of_two_towns_side_by_side_happened_in_each(language: str) -> None:
    assert {place for place, _ in told(SIDE_BY_SIDE[language], language)} >= {"Kidal", "Gao", "Mopti"}
    assert len(told(ON_THE_ROAD[language], language)) == 1
