"""Who did it, who was hit and who only answered, from one or two sentences. All texts are invented."""

from __future__ import annotations

import pytest

import vigie
from vigie.language.parse import load_parser
from vigie.model import Incident

PAIRS = ("fr", "en")


def only(text: str, language: str) -> Incident:
    (incident,) = vigie.code(text, language=language, published="2024-07-26").incidents
    return incident


POLICE = {
    "fr": "Un policier a été poignardé mardi à Nice. L'assaillant a été abattu par la police.",
    "en": "A policeman was stabbed in Nice on Tuesday. The attacker was shot dead by police.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_police_who_shoot_the_attacker_did_not_attack(language: str) -> None:
    incident = only(POLICE[language], language)
    assert "police" not in [a.name for a in incident.actors]
    assert [w.kind for w in incident.weapons] == ["knife"]
    assert incident.attackers_killed is not None
    assert incident.attackers_killed.lower == 1


def test_attackers_dead_are_told_by_the_word_for_the_attackers() -> None:
    incident = only(
        "Militants stormed an army post in Lake Chad on Monday. Seven soldiers and 12 militants were killed.", "en"
    )
    assert incident.killed is not None
    assert incident.attackers_killed is not None
    assert (incident.killed.lower, incident.attackers_killed.lower) == (7, 12)


FIGHTERS_DEAD = {
    "fr": "Les talibans ont attaqué mardi un poste de police à Ghazni. Neuf policiers ont été tués. Sept insurgés ont été "
    "tués et cinq autres blessés dans les combats, selon le gouverneur.",
    "en": "The Taliban attacked a police post in Ghazni on Tuesday. Nine policemen were killed. Seven insurgents were killed "
    "and five others wounded in the battle, the governor said.",
}
FIGHTERS_HIT = {
    "fr": "Des soldats ont attaqué mardi un camp des insurgés à Ghazni. Sept insurgés ont été tués. Un soldat a été tué.",
    "en": "Soldiers attacked a camp of the insurgents in Ghazni on Tuesday. Seven insurgents were killed. A soldier was "
    "killed.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_dead_fighters_are_the_attackers_where_fighters_attacked(language: str) -> None:
    incident = only(FIGHTERS_DEAD[language], language)
    assert incident.killed is not None
    assert incident.attackers_killed is not None
    assert (incident.killed.lower, incident.killed.upper, incident.attackers_killed.lower) == (9, 9, 7)
    assert incident.injured is None
    hit = only(FIGHTERS_HIT[language], language)
    assert hit.killed is not None
    assert hit.killed.lower == 7


def test_what_comes_under_attack_is_hit_and_who_attacks_follows() -> None:
    incident = only("A checkpoint in Ghazni came under attack by insurgents on Tuesday. Two policemen died.", "en")
    assert [a.name for a in incident.actors] == ["insurgents"]
    assert "checkpoint" in [t.name for t in incident.targets]


def test_the_initials_of_a_country_before_a_noun_are_an_author_and_no_place() -> None:
    incident = only("A U.S. airstrike killed nine militants near Kismayo on Tuesday, residents said.", "en")
    assert [a.name for a in incident.actors] == ["U.S."]
    assert incident.place is not None
    assert incident.place.name == "Kismayo"
    at_home = only("Gunmen killed nine people in a church in the U.S. on Tuesday.", "en")
    assert at_home.place is not None
    assert at_home.place.country == "US"


def test_a_name_with_an_age_did_it() -> None:
    incident = only("Omar Tarkan, 29, shot dead nine people at a nightclub in Orlando on Sunday.", "en")
    assert [a.name for a in incident.actors] == ["Omar Tarkan"]


def test_the_age_repair_gives_the_verb_its_subject() -> None:
    text = "Omar Tarkan, 29, shot nine people."
    (parse,) = load_parser("en").parse(text, [(0, len(text))])
    subject = next(t for t in parse.tokens if t.dep == "nsubj")
    assert (subject.text, parse.tokens[subject.head].text) == ("Omar", "shot")


NOBODY = {
    "fr": "Une roquette est tombée mercredi sur Kharkiv, en Ukraine. Personne n'a été blessé.",
    "en": "A rocket hit Kharkiv, Ukraine, on Wednesday. No one was hurt.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_no_one_is_no_target(language: str) -> None:
    incident = only(NOBODY[language], language)
    assert incident.targets == ()
    assert incident.injured is not None
    assert (incident.injured.lower, incident.injured.upper) == (0, 0)


BOTH = {
    "fr": "Des hommes armés ont attaqué deux enseignants mercredi à Zamfara, au Nigeria. Tous deux ont été tués.",
    "en": "Gunmen attacked two teachers in Zamfara, Nigeria, on Wednesday. Both were killed.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_both_killed_are_two(language: str) -> None:
    incident = only(BOTH[language], language)
    assert incident.killed is not None
    assert (incident.killed.lower, incident.killed.upper) == (2, 2)


def test_a_toll_is_what_it_has_risen_to() -> None:
    incident = only(
        "The death toll from Monday's bombing in Mogadishu has risen from 10 to 14, police said on Tuesday.", "en"
    )
    assert incident.killed is not None
    assert incident.killed.lower == 14


IN_PART = {
    "fr": "L'Ukraine a abattu 38 des 44 drones lancés par la Russie dans la nuit. Une personne a été tuée à Odessa.",
    "en": "Ukraine shot down 38 of 44 drones launched by Russia overnight. One person was killed in Odesa.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_what_was_shot_down_in_part_is_told_by_what_got_through(language: str) -> None:
    incident = only(IN_PART[language], language)
    assert incident.type == "air_drone_strike"
    assert incident.place is not None
    assert incident.place.name in {"Odessa", "Odesa"}


DENIED = {
    "fr": "La Russie a nié que ses forces aient frappé mardi un hôpital à Odessa, où cinq patients sont morts.",
    "en": "Russia denied its forces had hit the hospital in Odesa on Tuesday, in which five patients died.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_an_act_that_a_speaker_says_was_not_his_is_denied(language: str) -> None:
    assert only(DENIED[language], language).responsibility == "denied"


DENOUNCED = {
    "fr": "Le gouverneur a dénoncé vendredi l'attaque de mardi à Djibo, au Burkina Faso, qui a fait trois morts.",
    "en": "The governor on Friday denounced Tuesday's attack in Djibo, Burkina Faso, which killed three people.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_the_town_of_an_attack_is_not_its_author(language: str) -> None:
    incident = only(DENOUNCED[language], language)
    assert incident.actors == ()
    assert incident.date is not None
    assert incident.date.start.isoformat() == "2024-07-23"


def test_where_the_wounded_were_brought_is_not_where_they_were_hit() -> None:
    incident = only(
        "Vingt-deux blessés ont été évacués vers l'hôpital de Kaya après l'attaque mardi d'un convoi à Djibo, au Burkina Faso.",
        "fr",
    )
    assert incident.place is not None
    assert incident.place.name == "Djibo"


PACKED = {
    "fr": "Une moto bourrée d'explosifs a sauté mardi devant un poste de police à Quetta, au Pakistan, tuant deux agents.",
    "en": "A motorcycle packed with explosives blew up outside a police station in Quetta, Pakistan, on Tuesday, killing two "
    "officers.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_carrier_of_explosives_is_a_car_bomb(language: str) -> None:
    incident = only(PACKED[language], language)
    assert (incident.type, [w.kind for w in incident.weapons]) == ("remote_explosive", ["car_bomb"])
