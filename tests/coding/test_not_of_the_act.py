"""What stands beside an act in a report and is not of it: where the hurt lie, where a speaker stands, somebody's age, what
is only announced, counted or named. All texts are invented."""

from __future__ import annotations

import pytest

from told_incidents import incidents

PAIRS = ("fr", "en")


def places(text: str, language: str) -> list[str | None]:
    return [i.place.name if i.place else None for i in incidents(text, language)]


CARED_FOR = {
    "fr": "Une bombe a tué deux gardes mardi à Sarh, selon la police. Trois blessés {where}.",
    "en": "A bomb killed two guards in Sarh on Tuesday, police said. Three of the wounded {where}.",
}
WARDS = {
    "fr": (
        "sont soignés à Moundou",
        "ont été transférés à Moundou",
        "étaient dans un état critique à l'hôpital de Moundou",
    ),
    "en": ("were treated at a hospital in Moundou", "were in critical condition in hospital in Moundou"),
}
HIT = {
    "fr": "Une bombe a tué deux gardes mardi à Sarh, selon la police. Un obus a touché mercredi l'hôpital de Moundou.",
    "en": "A bomb killed two guards in Sarh on Tuesday, police said. A shell hit the hospital in Moundou on Wednesday.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_where_the_hurt_lie_nothing_happened(language: str) -> None:
    for where in WARDS[language]:
        assert places(CARED_FOR[language].format(where=where), language) == ["Sarh"], where


@pytest.mark.parametrize("language", PAIRS)
def test_a_hospital_that_was_hit_is_where_it_happened(language: str) -> None:
    assert places(HIT[language], language) == ["Sarh", "Moundou"]


def test_a_speaker_stands_where_the_verb_of_his_saying_puts_him() -> None:
    text = (
        "Trois gardes sont morts mardi dans l'attaque d'un poste à Sarh. "
        "« Sept ont été blessés », a déclaré à Moundou le porte-parole de l'armée, Ali Dago."
    )
    assert places(text, "fr") == ["Sarh"]


AGED = {
    "fr": "Un garde a été poignardé mardi à Lens. La police a arrêté un homme de 52 ans après l'attaque.",
    "en": "A guard was stabbed in Leeds on Tuesday. Police held a man of 52 years after the attack.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_the_age_of_somebody_dates_nothing(language: str) -> None:
    found = incidents(AGED[language], language)
    assert [i.date.start.year for i in found if i.date] == [2024]


ANNOUNCED = {
    "fr": ("Des frappes seront menées mardi contre Sarh, a averti l'armée.", "Une frappe a tué dix gardes mardi à Sarh."),
    "en": ("Air strikes will be carried out on Sarh on Tuesday, the army warned.", "An air strike killed ten guards in Sarh on Tuesday."),
}  # fmt: skip


@pytest.mark.parametrize("language", PAIRS)
def test_what_is_announced_has_not_happened(language: str) -> None:
    announced, done = ANNOUNCED[language]
    assert incidents(announced, language) == []
    assert len(incidents(done, language)) == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("L'attaque d'un poste à Sarh aura fait dix morts mardi, selon la police.", "fr"),
        ("By nightfall on Tuesday the bombing of a market in Sarh will have killed ten, police said.", "en"),
    ],
)
def test_what_will_have_happened_has(text: str, language: str) -> None:
    assert len(incidents(text, language)) == 1


def test_an_adverb_of_an_aside_makes_no_habit_of_the_act() -> None:
    sometimes = "La police a tiré mardi à balles réelles{} contre la foule à Sarh, faisant quatre morts."
    assert len(incidents(sometimes.format(", parfois sans sommation,"), "fr")) == 1


DOGS = {
    "fr": "Deux gardes ont été tués mardi dans une fusillade à Lens. {} L'un des {} a été blessé.",
    "en": "Two guards were killed in a shootout in Leeds on Tuesday. {} One of the {} was hurt.",
}
AT_WORK = {
    "fr": ("Des chiens policiers ont suivi les tireurs.", "chiens policiers"),
    "en": ("Police dogs went after the gunmen.", "police dogs"),
}


@pytest.mark.parametrize("language", PAIRS)
def test_animals_at_work_make_no_report_about_animals(language: str) -> None:
    assert len(incidents(DOGS[language].format(*AT_WORK[language]), language)) == 1


PETS = {
    "fr": "Des inconnus ont massacré vingt lapins et des cochons d'Inde mardi dans un refuge animalier de Lens.",
    "en": "Intruders slaughtered twenty rabbits and guinea pigs at an animal shelter in Leeds on Tuesday.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_animals_killed_are_no_incident(language: str) -> None:
    assert incidents(PETS[language], language) == []


OLD_BOMBS = {
    "fr": "Une bombe américaine de 250 kg, découverte lors de travaux le 6 juillet à Lens, a été désamorcée mardi.",
    "en": "A 250-kilo bomb dating from the war was found by builders in Leeds and was defused by the army on Tuesday.",
}
NEW_BOMBS = {
    "fr": "Une bombe de 25 kg, découverte devant une banque mardi à Lens, a été désamorcée.",
    "en": "A 25-kilo bomb was found outside a bank in Leeds and was defused by the army on Tuesday.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_bomb_of_an_old_war_is_no_attack(language: str) -> None:
    assert incidents(OLD_BOMBS[language], language) == []
    assert [i.type for i in incidents(NEW_BOMBS[language], language)] == ["disrupted"]


FOILED_SO_FAR = {
    "fr": "Un homme soupçonné de préparer un attentat a été arrêté mardi à Lens, selon le parquet. Il reste en garde à vue. "
    "Ses voisins le disent discret. En 2023, vingt attentats ont été déjoués en France, selon le ministre.",
    "en": "A man suspected of preparing an attack was held in Leeds on Tuesday, prosecutors said. He is still in custody. "
    "Neighbours call him quiet. In 2023, twenty attacks were foiled in Britain, the minister said.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_what_is_counted_far_behind_the_lead_is_no_incident(language: str) -> None:
    assert incidents(FOILED_SO_FAR[language], language) == []
