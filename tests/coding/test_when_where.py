"""When and where an incident was, where its own sentence does not say it all. All texts are invented."""

from __future__ import annotations

import pytest

import vigie
from vigie.mentions.places import find_places
from vigie.model import Incident

PAIRS = ("fr", "en")


def incidents(text: str, language: str) -> list[Incident]:
    return list(vigie.code(text, language=language, published="2024-07-26").incidents)


TOLD_BACK = {
    "fr": "Une bombe a explosé jeudi devant un café de Bakouba, en Irak, et tué six clients, selon la police. "
    "En mai, un attentat avait fait quatre morts {where}.",
    "en": "A bomb exploded outside a cafe in Baquba, Iraq, on Thursday and killed six customers, police said. "
    "In May, gunmen killed four policemen {where}.",
}
THERE = {"fr": ("dans la même rue", "dans la ville"), "en": ("in the same street", "there")}
# Nothing points back: the earlier act may have been anywhere.
NOWHERE = {"fr": ("pendant la fête", "au cours du même mois"), "en": ("during the feast", "in the same month")}


@pytest.mark.parametrize("language", PAIRS)
def test_an_earlier_act_told_to_be_there_is_at_the_place_told_before(language: str) -> None:
    for where in THERE[language]:
        found = incidents(TOLD_BACK[language].format(where=where), language)
        first, earlier = found
        assert first.place is not None
        assert earlier.period == "background"
        assert earlier.place is not None, where
        assert (earlier.place.name, earlier.place.country) == (first.place.name, "IQ"), where


@pytest.mark.parametrize("language", PAIRS)
def test_an_earlier_act_without_such_words_has_no_place(language: str) -> None:
    for where in NOWHERE[language]:
        found = incidents(TOLD_BACK[language].format(where=where), language)
        assert [i.place is None for i in found] == [False, True], where


TWO_DAYS = {
    "fr": "Onze civils ont été tués mercredi et jeudi dans le bombardement de Maarat, dans le nord de la Syrie, "
    "ont indiqué des secouristes.",
    "en": "Eleven civilians were killed on Wednesday and Thursday in the shelling of Maarat, in northern Syria, "
    "rescuers said.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_two_days_named_together_are_one_stretch(language: str) -> None:
    (incident,) = incidents(TWO_DAYS[language], language)
    assert incident.date is not None
    assert (str(incident.date.start), str(incident.date.end)) == ("2024-07-24", "2024-07-25")
    assert incident.date.evidence[0].quote.split()[1] in ("et", "and")


@pytest.mark.parametrize("language", PAIRS)
def test_days_that_are_not_on_end_are_not_joined(language: str) -> None:
    text = TWO_DAYS[language].replace("mercredi et", "lundi et").replace("Wednesday and", "Monday and")
    dates = [i.date for i in incidents(text, language)]
    assert all(d is not None and d.start == d.end for d in dates)


TRIAL = {
    "fr": "Lundi, la justice a ouvert le procès de six hommes impliqués dans l'assassinat du général Karim Sabri en "
    "janvier à Tripoli.",
    "en": "On Monday, a judge opened the trial of six men involved in the assassination of general Karim Sabri in "
    "Tripoli in January.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_the_day_of_a_trial_is_not_that_of_the_act(language: str) -> None:
    (incident,) = incidents(TRIAL[language], language)
    assert incident.date is not None
    assert str(incident.date.start) == "2024-01-01"


VILLAGE = {
    "fr": "L'armée nigérienne a perdu quatre soldats mardi, a annoncé Niamey. Le Niger accuse des hommes venus du Mali. "
    "Au Niger, les attaques se multiplient. L'embuscade a eu lieu près du village de Tondikoura-Bas.",
    "en": "Niger's army lost four soldiers on Tuesday, Niamey said. Niger accuses men who came from Mali. In Niger, "
    "attacks are on the rise. The soldiers were ambushed near the village of Tondikoura-Bas.",
}


def country_of(name: str, text: str, language: str) -> str | None:
    return next(p.place.country for p in find_places(text, language) if p.place.name == name)


@pytest.mark.parametrize("language", PAIRS)
def test_a_village_no_list_knows_is_of_the_country_the_report_is_about(language: str) -> None:
    text = VILLAGE[language]
    assert country_of("Tondikoura-Bas", text, language) == "NE"
    text = text.replace("du village de", "du village malien de").replace("the village", "the Malian village")
    assert country_of("Tondikoura-Bas", text, language) == "ML"


NAMESAKE = {
    "fr": "Au Mexique, la police mexicaine a retrouvé sept corps. Au Mexique, une fusillade a éclaté à Chilapa.",
    "en": "In Mexico, the Mexican police found seven bodies. In Mexico, shots were fired in Chilapa.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_likeness_in_sound_to_a_far_town_gives_no_country(language: str) -> None:
    assert country_of("Chilapa", NAMESAKE[language], language) == "MX"


@pytest.mark.parametrize("language", PAIRS)
def test_the_day_of_an_act_told_for_itself_stays(language: str) -> None:
    text = {
        "fr": "Lundi, des hommes armés ont tué à Tripoli six personnes impliquées dans l'assassinat du général Sabri.",
        "en": "On Monday, gunmen in Tripoli killed six people involved in the assassination of general Karim Sabri.",
    }[language]
    found = incidents(text, language)
    assert "2024-07-22" in [str(i.date.start) for i in found if i.date is not None]
