"""Which tellings are one incident and which are two. All texts are invented."""

from __future__ import annotations

import pytest

from told_incidents import incidents

PAIRS = ("fr", "en")


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


LATER = {
    "fr": "Des hommes armés ont ouvert le feu sur un bar de Karrada dimanche soir et tué deux clients.\n\n"
    "Deux heures plus tard, des inconnus ont poignardé un gardien dans une station-service.",
    "en": "Gunmen opened fire on a bar in Karrada on Sunday evening and killed two customers.\n\n"
    "Two hours later, unknown men stabbed a guard at a petrol station.",
}
LATER_THE_SAME_MEN = {
    "fr": "Des hommes armés ont ouvert le feu sur un bar de Karrada dimanche soir et tué deux clients.\n\n"
    "Deux heures plus tard, ils ont été arrêtés dans une station-service.",
    "en": "Gunmen opened fire on a bar in Karrada on Sunday evening and killed two customers.\n\n"
    "Two hours later, they were arrested at a petrol station.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_what_is_told_as_later_and_in_strong_words_is_an_act_of_its_own(language: str) -> None:
    assert [i.targets[0].name for i in incidents(LATER[language], language)][1] in {"gardien", "guard"}
    assert len(incidents(LATER_THE_SAME_MEN[language], language)) == 1


BESIDE = {
    "fr": "Une bombe a tué quatre personnes sur un marché de Karrada dimanche, a dit la police.\n\n"
    "L'attentat survient deux jours après que des hommes armés ont tué huit fermiers à Tikrit.",
    "en": "A bomb killed four people at a market in Karrada on Sunday, police said.\n\n"
    "Sunday's bombing came two days after gunmen killed eight farmers in Tikrit.",
}
BESIDE_THE_SAME = {
    "fr": "Une bombe a tué quatre personnes sur un marché de Karrada dimanche, a dit la police.\n\n"
    "L'explosion est survenue peu après l'arrivée d'un kamikaze.",
    "en": "A bomb killed four people at a market in Karrada on Sunday, police said.\n\n"
    "The explosion came moments after a bomber entered.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_an_act_that_another_comes_days_after_is_earlier(language: str) -> None:
    now, before = incidents(BESIDE[language], language)
    assert now.killed is not None
    assert before.killed is not None
    assert (now.killed.lower, now.period, before.killed.lower, before.period) == (4, "current", 8, "background")
    assert before.place is not None
    assert before.place.name == "Tikrit"
    assert len(incidents(BESIDE_THE_SAME[language], language)) == 1


ANSWERED = {
    "fr": "Deux roquettes ont touché une école de Sderot lundi matin, blessant un gardien. Le maire a fermé les écoles. "
    "Les cours reprendront jeudi.\n\n"
    "En représailles, l'armée a bombardé un dépôt du mouvement, tuant deux gardes.",
    "en": "Two rockets hit a school in Sderot on Monday morning, wounding a guard. The mayor closed the schools. "
    "Lessons start again on Thursday.\n\n"
    "In retaliation, the army shelled a depot of the movement, killing two guards.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_an_act_told_as_the_answer_to_another_is_one_of_its_own(language: str) -> None:
    assert len(incidents(ANSWERED[language], language)) == 2


NEAR_BY = {
    "fr": "Treize mineurs ont été tués samedi par des hommes armés près de Bambari, selon le préfet.\n\n"
    "L'assaut s'est produit à Koubi-Mines, à 40 kilomètres de la ville.",
    "en": "Thirteen miners were killed by gunmen on Saturday near Bambari, the prefect said.\n\n"
    "The assault took place at Koubi-Mines, 40 kilometres from the town.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_the_assault_at_a_place_nobody_knows_is_the_one_just_told(language: str) -> None:
    assert len(incidents(NEAR_BY[language], language)) == 1


LED_AWAY = {
    "fr": "Bambari : trois frères emmenés par des hommes armés\n\n"
    "Des hommes armés ont emmené trois frères vendredi à Bambari, selon le préfet.",
    "en": "Gunmen took away at least three brothers on Friday in Bambari, the prefect said.",
}
TAKEN_TO_HOSPITAL = {
    "fr": "Les pompiers ont emmené trois frères vendredi à l'hôpital de Bambari, selon le préfet.",
    "en": "Firemen took three brothers to the hospital of Bambari on Friday, the prefect said.",
}
DEMOLISHED = {
    "fr": "Un engin explosif a pulvérisé dimanche une voiture de la gendarmerie à Bambari.",
    "en": "A glide bomb demolished a house in Bambari on Sunday.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_men_led_away_are_abducted_and_a_bomb_that_demolishes_has_gone_off(language: str) -> None:
    assert [i.type for i in incidents(LED_AWAY[language], language)] == ["abduction"]
    assert incidents(TAKEN_TO_HOSPITAL[language], language) == []
    assert len(incidents(DEMOLISHED[language], language)) == 1
