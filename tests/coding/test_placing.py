"""Which of the places told with an incident is its own. All texts are invented."""

from __future__ import annotations

import pytest

from told_incidents import incidents

PAIRS = ("fr", "en")


def place_of(text: str, language: str) -> str | None:
    found = incidents(text, language)
    assert found, text
    return found[0].place.name if found[0].place is not None else None


INNER = {
    "fr": "Un homme a été tué par balles jeudi à Marseille, selon la police. Les tirs ont éclaté vers 22 heures "
    "{where}, où les secours ont trouvé la victime.",
    "en": "A man was shot dead in Baltimore on Thursday, police said. The shots were fired around 10 pm {where}, "
    "where medics found the victim.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_quarter_told_in_the_next_sentence_is_where_it_happened(language: str) -> None:
    where, name = {
        "fr": ("dans la cité Dourbella", "Dourbella"),
        "en": ("in the Dorbella neighborhood", "Dorbella"),
    }[language]
    assert place_of(INNER[language].format(where=where), language) == name


@pytest.mark.parametrize("language", PAIRS)
def test_streets_and_towns_elsewhere_are_no_part_of_the_town(language: str) -> None:
    town = {"fr": "Marseille", "en": "Baltimore"}[language]
    for where in {"fr": ("sur Dourbella Square",), "en": ("on Dorbella Square",)}[language]:
        assert place_of(INNER[language].format(where=where), language) == town


BESIDE = {
    "fr": "Deux soldats ont été tués mardi {where}, a annoncé l'armée ougandaise.",
    "en": "Two soldiers were killed on Tuesday {where}, the Ugandan army said.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_what_is_only_near_counts_less_than_what_holds(language: str) -> None:
    where = {
        "fr": "dans la région de Dourbella, au nord de Kampala,",
        "en": "in the Dorbella region, north of Kampala",
    }[language]
    assert place_of(BESIDE[language].format(where=where), language) in {"Dourbella", "Dorbella"}


@pytest.mark.parametrize("language", PAIRS)
def test_what_is_near_is_the_place_where_nothing_holds_it(language: str) -> None:
    where = {"fr": "au nord de Kampala", "en": "north of Kampala"}[language]
    assert place_of(BESIDE[language].format(where=where), language) == "Kampala"


UNIT = {
    "fr": "Des inconnus ont attaqué mardi {where}, tuant six habitants, selon la police pakistanaise.",
    "en": "Unknown men attacked {where} on Tuesday, killing six residents, Pakistani police said.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_village_lies_in_a_district(language: str) -> None:
    where = {
        "fr": "le village de Dourbella, dans le district de Mastung",
        "en": "the village of Dorbella in Mastung district",
    }[language]
    assert place_of(UNIT[language].format(where=where), language) in {"Dourbella", "Dorbella"}
    alone = {"fr": "une ferme du district de Mastung", "en": "a farm in Mastung district"}[language]
    assert place_of(UNIT[language].format(where=alone), language) == "Mastung"


WRITTEN = {
    "fr": "{head}Des hommes armés ont tué neuf paysans mardi. L'attaque a eu lieu {where}, ont dit des habitants.",
    "en": "{head}Gunmen killed nine farmers on Tuesday. The attack took place {where}, residents said.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_where_a_report_was_written_is_not_where_it_happened(language: str) -> None:
    where = {"fr": "à Katsina", "en": "in Katsina"}[language]
    for head in ("Lagos: ", "(Lagos) ", "Lagos (Nigeria) | "):
        assert place_of(WRITTEN[language].format(head=head, where=where), language) == "Katsina", head
    nowhere = {"fr": "à l'aube", "en": "at dawn"}[language]
    assert place_of(WRITTEN[language].format(head="Lagos: ", where=nowhere), language) == "Lagos"


SAID = {
    "fr": "Le ministre Karim Sabri a annoncé mercredi {where} que deux villageois avaient été tués mardi dans une "
    "attaque au Mali.",
    "en": "Minister Karim Sabri told reporters {where} on Wednesday that two villagers had been killed in an attack in "
    "Mali on Tuesday.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_where_somebody_spoke_is_not_where_it_happened(language: str) -> None:
    where = {"fr": "à Abidjan", "en": "in Abidjan"}[language]
    text = SAID[language].format(where=where).replace(" on Wednesday that", " that")
    assert place_of(text, language) == "Mali"


OF_SPEAKER = [
    ("en", "Gunmen shot six farmers dead on Tuesday, police said. The rebels, who killed the farmers in Mopti, said they "
           "wanted talks.", "Mopti"),
    ("fr", "Des hommes armés ont abattu six paysans mardi, selon la police. Les rebelles, qui ont tué les paysans à "
           "Mopti, ont dit vouloir des pourparlers.", "Mopti"),
    ("en", "The fatal shooting of a man by a Leeds police officer on Tuesday is under investigation in England.", "Leeds"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "name"), OF_SPEAKER)
def test_a_place_behind_a_verb_of_its_own_does_not_describe_the_speaker(language: str, text: str, name: str) -> None:
    assert place_of(text, language) == name


def test_a_number_in_a_headline_is_no_place() -> None:
    text = "Suicide Bombing in Mali Kills At Least 20\n\nA man blew himself up in Gao on Tuesday, killing at least 20 people."
    assert [i.place.name for i in incidents(text, "en") if i.place is not None] == ["Gao"]


def test_a_name_goes_on_behind_its_apostrophe() -> None:
    text = "A mayor was killed by gunmen on Tuesday in the village of Ra'idan, in Yemen, police said."
    assert place_of(text, "en") == "Ra'idan"
