"""What a report tells of beside its own act: trials and mourning, earlier acts, sums. All texts are invented."""

from __future__ import annotations

import pytest

from told_incidents import incidents

PAIRS = ("fr", "en")


def days(text: str, language: str) -> list[str | None]:
    """First day of each incident."""
    return [i.date.start.isoformat() if i.date else None for i in incidents(text, language)]


def places(text: str, language: str) -> list[str | None]:
    return [i.place.name if i.place else None for i in incidents(text, language)]


def killed(text: str, language: str) -> list[int | None]:
    return [i.killed.lower if i.killed else None for i in incidents(text, language)]


TRIED_ELSEWHERE = {
    "fr": "Un vigile a été poignardé à mort dimanche à Limoges devant une boîte de nuit. "
    "Karim Adda, 28 ans, a comparu lundi à Bordeaux pour avoir poignardé le vigile.",
    "en": "A guard was stabbed to death outside a night club in Leeds on Sunday. "
    "Adam Cole, 28, appeared in court in Manchester on Monday for stabbing the guard.",
}
STRUCK_AGAIN = {
    "fr": "Un vigile a été poignardé à mort dimanche à Limoges devant une boîte de nuit. "
    "Un gendarme a été abattu lundi à Bordeaux devant le tribunal.",
    "en": "A guard was stabbed to death outside a night club in Leeds on Sunday. "
    "A policeman was shot dead outside the court in Manchester on Monday.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_day_and_place_of_a_trial_are_not_those_of_an_act(language: str) -> None:
    assert days(TRIED_ELSEWHERE[language], language) == ["2024-07-21"]


@pytest.mark.parametrize("language", PAIRS)
def test_an_act_outside_a_court_happened_there(language: str) -> None:
    assert (
        places(STRUCK_AGAIN[language], language)
        == {
            "fr": ["Limoges", "Bordeaux"],
            "en": ["Leeds", "Manchester"],
        }[language]
    )


THIS_ATTACK = {
    "fr": "Une bombe a tué sept fidèles dimanche dans une mosquée de Gao, selon la police. "
    "Cet attentat est le second cette semaine à viser un lieu de culte.",
    "en": "A bomb killed seven worshippers at a mosque in Gao on Sunday, police said. "
    "This attack is the second this week to hit a place of worship.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_this_attack_is_the_one_told_of_whatever_day_stands_behind_it(language: str) -> None:
    assert len(incidents(THIS_ATTACK[language], language)) == 1


PART_OF_THE_COMPASS = {
    "fr": "Des hommes armés ont enlevé vingt écoliers dans le nord-ouest du Nigeria, a annoncé la police. "
    "L'enlèvement a eu lieu samedi dans l'État de Zamfara.",
    "en": "Gunmen abducted twenty pupils in northwest Nigeria, police said. "
    "The abduction took place in Zamfara State on Saturday.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_province_may_lie_in_a_part_of_the_compass(language: str) -> None:
    assert len(incidents(PART_OF_THE_COMPASS[language], language)) == 1


TOWN_STRUCK_TWICE = {
    "fr": "Un kamikaze a tué sept personnes dimanche devant un commissariat de Kohat, où des assaillants avaient tué "
    "41 déplacés la veille. L'explosion a blessé 25 passants, a indiqué la police.",
    "en": "A suicide bomber killed seven people on Sunday at a police station in Kohat, where gunmen had killed 41 "
    "refugees on Saturday. The blast wounded 25 passers-by, police said.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_what_follows_goes_on_from_what_a_sentence_tells_first(language: str) -> None:
    found = incidents(TOWN_STRUCK_TWICE[language], language)
    assert [(i.killed.lower, i.injured.lower if i.injured else None) for i in found if i.killed] == [
        (7, 25),
        (41, None),
    ]


ON_THE_HEELS = {
    "fr": "Une bombe a tué six personnes lundi à Kano, au Nigeria. "
    "L'attentat survient au lendemain d'une fusillade qui a tué trois fermiers à Zaria.",
    "en": "A bomb killed six people in Kano, Nigeria, on Monday. "
    "The bombing came on the heels of a shooting that killed three farmers in Zaria.",
}
A_PRONOUN_COMES_AFTER = {
    "fr": "Une bombe a tué six personnes lundi à Kano, au Nigeria.\n\nLa police a ouvert une enquête.\n\n"
    "Cela survient deux jours après que des hommes armés ont tué trois fermiers à Zaria.",
    "en": "A bomb killed six people in Kano, Nigeria, on Monday.\n\nPolice have opened an inquiry.\n\n"
    "It comes two days after gunmen killed three farmers in Zaria.",
}
BESIDE_A_COMMA = {
    "fr": "Une bombe a tué six personnes lundi à Kano, deux jours après une fusillade qui a tué trois fermiers à Zaria.",
    "en": "A bomb killed six people in Kano on Monday, two days after a shooting that killed three farmers in Zaria.",
}
OF_THE_SAME_MAN = {
    "fr": "Un notable a été retrouvé égorgé lundi à Gao, deux jours après qu'il avait été enlevé.",
    "en": "A notable was found beheaded in Gao on Monday, two days after he was abducted.",
}


@pytest.mark.parametrize("text", [ON_THE_HEELS, A_PRONOUN_COMES_AFTER, BESIDE_A_COMMA])
@pytest.mark.parametrize("language", PAIRS)
def test_what_an_act_is_only_set_beside_is_another(text: dict[str, str], language: str) -> None:
    assert killed(text[language], language) == [6, 3]
    assert [i.period for i in incidents(text[language], language)] == ["current", "background"]


@pytest.mark.parametrize("language", PAIRS)
def test_days_counted_back_are_of_the_earlier_act(language: str) -> None:
    assert days(BESIDE_A_COMMA[language], language) == ["2024-07-22", "2024-07-20"]


@pytest.mark.parametrize("language", PAIRS)
def test_what_was_done_to_the_same_person_before_is_no_act_of_its_own(language: str) -> None:
    assert len(incidents(OF_THE_SAME_MAN[language], language)) == 1


TWO_BLASTS_ONE_TOLL = {
    "fr": "Deux attentats à la bombe ont fait 24 morts lundi dans le nord du Pakistan, a indiqué la police.\n\n"
    "Une bombe a explosé dans une gare routière de Peshawar, tuant six voyageurs.\n\n"
    "Un second engin a tué 18 clients d'une boulangerie à Nowshera.",
    "en": "Two bomb attacks killed 24 people in northern Pakistan on Monday, police said.\n\n"
    "A bomb exploded at a bus terminal in Peshawar, killing six travellers.\n\n"
    "A second bomb killed 18 customers of a bakery in Nowshera.",
}
ONE_BLAST_TWO_COUNTS = {
    "fr": "Un attentat à la bombe a fait 24 morts lundi à Peshawar, a indiqué la police.\n\n"
    "La bombe, qui a explosé dans la gare routière, a tué six voyageurs.\n\n18 marchands ont aussi été tués.",
    "en": "A bomb attack killed 24 people in Peshawar on Monday, police said.\n\n"
    "The bomb, which exploded at the bus terminal, killed six travellers.\n\n18 traders were also killed.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_two_acts_that_make_up_the_toll_of_the_lead_are_told_apart(language: str) -> None:
    text = TWO_BLASTS_ONE_TOLL[language]
    assert killed(text, language) == [6, 18]
    assert places(text, language) == ["Peshawar", "Nowshera"]
    assert days(text, language) == ["2024-07-22", "2024-07-22"]


@pytest.mark.parametrize("language", PAIRS)
def test_the_dead_of_one_blast_may_be_counted_in_two_groups(language: str) -> None:
    assert len(incidents(ONE_BLAST_TWO_COUNTS[language], language)) == 1


TWO_CLAUSES = {
    "fr": "Un kamikaze a tué neuf élèves devant un collège de Potiskum le 21 mai, et le 2 avril une bombe avait explosé "
    "dans une gare routière de Damaturu, tuant 14 chauffeurs.",
    "en": "A suicide bomber killed nine pupils outside a college in Potiskum on 21 May, and on 2 April a bomb exploded "
    "in a lorry park in Damaturu, killing 14 drivers.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_clause_keeps_its_own_day_place_and_dead(language: str) -> None:
    text = TWO_CLAUSES[language]
    assert days(text, language) == ["2024-05-21", "2024-04-02"]
    assert killed(text, language) == [9, 14]


BROUGHT_TO = {
    "fr": "Des hommes armés ont blessé six passants dimanche à Gao, a indiqué la police. "
    "Les blessés ont été emmenés à l'hôpital de Bamako après l'attaque.",
    "en": "Gunmen wounded six passers-by in Gao on Sunday, police said. "
    "The wounded were taken to the Bamako General Hospital after the attack.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_where_the_wounded_are_brought_is_no_place_of_an_act(language: str) -> None:
    assert places(BROUGHT_TO[language], language) == ["Gao"]


AT_HIS_TRIAL = {
    "fr": "Un homme qui avait poignardé un gardien à Limoges en mars 2021 a été condamné. Karim Adda, 29 ans, a nié "
    "avoir assassiné le gardien au début de son procès à Bordeaux la semaine dernière.",
    "en": "A man who stabbed a guard in Leeds in March 2021 has been jailed. Adam Cole, 29, denied murdering the guard "
    "at the start of his trial in Manchester last week.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_where_and_when_a_trial_is_held_makes_no_act(language: str) -> None:
    assert days(AT_HIS_TRIAL[language], language) == ["2021-03-01"]


A_SERIES_BEGAN = {
    "fr": "Une bombe a tué sept passants lundi à Gao, a indiqué la police. "
    "Une série d'attentats contre des bâtiments publics a commencé en mai.",
    "en": "A bomb killed seven passers-by in Gao on Monday, police said. "
    "A series of bombings of public buildings began in May.",
}
ONE_OF_A_SERIES = {
    "fr": "Une série de frappes aériennes a tué cinq civils dimanche à Jasim, a indiqué une ONG.",
    "en": "A series of air strikes killed five civilians in Jasim on Sunday, a monitor said.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_series_is_an_act_only_where_it_has_a_toll_and_a_day(language: str) -> None:
    assert killed(A_SERIES_BEGAN[language], language) == [7]
    assert killed(ONE_OF_A_SERIES[language], language) == [5]


A_MARKET_OF_THE_TOWN = {
    "fr": "Deux kamikazes ont tué 27 personnes lundi à Bagdad, en Irak. "
    "Ils ont fait exploser leurs charges sur le marché d'Al-Zoumra, à une heure d'affluence.",
    "en": "Two suicide bombers killed 27 people in Baghdad, Iraq, on Monday. "
    "They blew themselves up at Zumra, a market, at a busy hour.",
}
ANOTHER_VILLAGE = {
    "fr": "Deux kamikazes ont tué 27 personnes lundi à Bagdad, en Irak. "
    "Une autre bombe a explosé à Al-Zoumra, tuant trois vigiles.",
    "en": "Two suicide bombers killed 27 people in Baghdad, Iraq, on Monday. "
    "Another bomb exploded at Zumra, killing three guards.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_name_on_no_map_may_be_in_the_town_told_of(language: str) -> None:
    assert len(incidents(A_MARKET_OF_THE_TOWN[language], language)) == 1
    assert len(incidents(ANOTHER_VILLAGE[language], language)) == 2


@pytest.mark.parametrize("language", ["en"])
def test_a_day_that_names_an_act_since_which_there_was_no_worse_is_that_acts(language: str) -> None:
    text = (
        "Gunmen killed nine people in Jos on Monday, police said. "
        "It was the worst attack in the region since the May 3, 2011 attacks that killed 30."
    )
    assert days(text, language) == ["2024-07-22", "2011-05-03"]
