"""When and where an incident was, where its own sentence does not say it all. All texts are invented."""

from __future__ import annotations

import pytest

import vigie
from told_incidents import incidents
from vigie.mentions.dates import find_dates
from vigie.mentions.places import find_places
from vigie.readers.published import read_published

PAIRS = ("fr", "en")


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


SAME_DAY = {
    "fr": "Une bombe a explosé mercredi à Bagdad, {said}. Le même jour, un obus est tombé à Mossoul.",
    "en": "A bomb went off in Baghdad on Wednesday, {said}. The same day, a shell fell in Mosul.",
}
SAID = {"fr": "a indiqué jeudi la police", "en": "police said on Thursday"}
# Not a day of speaking: what happened then is what "the same day" points to.
HELD = {"fr": "et un homme a été arrêté jeudi", "en": "and a man was held on Thursday"}


@pytest.mark.parametrize("language", PAIRS)
def test_the_same_day_is_that_of_the_act_and_not_of_the_speaking(language: str) -> None:
    def same(text: str) -> str:
        offsets = [text.index(w) + len(w) for w in ("a indiqué", "said") if w in text]
        return [str(d.date.start) for d in find_dates(text, language, read_published("2024-07-26"), offsets) if d.date][
            -1
        ]

    assert same(SAME_DAY[language].format(said=SAID[language])) == "2024-07-24"
    assert same(SAME_DAY[language].format(said=HELD[language])) == "2024-07-25"


def test_the_day_after_next_is_two_days_on() -> None:
    text = "Une bombe a explosé le 3 mars 2024. Le surlendemain, un obus est tombé."
    assert [str(d.date.start) for d in find_dates(text, "fr", None) if d.date] == ["2024-03-03", "2024-03-05"]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("Deux obus sont tombés mardi sur le marché de Tamrouk, tuant un vendeur.", "fr", "Tamrouk"),
        ("Des hommes armés ont attaqué le poste de police de Tamrouk.", "fr", "Tamrouk"),
        ("Des combats ont repris autour de Tamrouk.", "fr", "Tamrouk"),
        ("Gunmen struck the camps of Tamrouk at dawn.", "en", "Tamrouk"),
        ("Soldiers fought rebels around Tamrouk on Monday.", "en", "Tamrouk"),
    ],
)
def test_a_name_behind_a_word_for_a_local_thing_is_a_place(text: str, language: str, name: str) -> None:
    assert name in [p.place.name for p in find_places(text, language)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Il a visé le marché de la Paix et le commandant Jean Tamrouk.", "fr"),
        ("Supporters gathered around John Tamrouk on Monday.", "en"),
    ],
)
def test_a_person_is_no_place(text: str, language: str) -> None:
    assert not [p for p in find_places(text, language) if "Tamrouk" in p.place.name]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        (
            "Gunmen killed nine fishermen in northern Mozambique on Monday, police said. About 40 men in three boats "
            "landed at Tamborou before dawn.",
            "en",
            "Tamborou",
        ),
        (
            "Neuf pêcheurs ont été tués lundi par des hommes armés dans le nord du Mozambique, selon la police. Une "
            "quarantaine d'hommes ont débarqué avant l'aube dans le village de Tamborou.",
            "fr",
            "Tamborou",
        ),
        # A finer place is told with the act itself.
        (
            "Gunmen killed nine fishermen in Pemba on Monday, police said. Their boats had left the village of Tamborou "
            "before dawn.",
            "en",
            "Pemba",
        ),
    ],
)
def test_a_vague_place_gives_way_to_a_finer_one_told_close_by(text: str, language: str, name: str) -> None:
    (incident,) = incidents(text, language)
    assert incident.place is not None
    assert incident.place.name == name


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        (
            "Gunmen killed six people near Qatif on Wednesday, police said. The attack took place in the village of "
            "Tamborou, near Qatif.",
            "en",
            "Tamborou",
        ),
        (
            "Des hommes armés ont tué six personnes mercredi près de Bambari, selon la police. L'attaque a eu lieu dans "
            "le village de Tamborou, près de Bambari.",
            "fr",
            "Tamborou",
        ),
        ("Gunmen killed six people in a bar called Tamborou, in Qatif, police said.", "en", "Qatif"),
        ("A car bomb killed six in central Baghdad. It went off in the Selkawi neighborhood.", "en", "Selkawi"),
    ],
)
def test_the_place_that_lies_in_the_one_told_is_the_finer_one(text: str, language: str, name: str) -> None:
    (incident,) = incidents(text, language)
    assert incident.place is not None
    assert incident.place.name == name


@pytest.mark.parametrize(
    ("text", "language", "start", "end"),
    [
        (
            "Gunmen killed six people in Qatif, recently retaken by the army, police said.",
            "en",
            "2024-05-14",
            "2024-05-14",
        ),
        (
            "Des hommes armés ont tué six personnes à Bambari, où dix attaques ont eu lieu depuis le début de l'année, "
            "selon la police.",
            "fr",
            "2024-05-14",
            "2024-05-14",
        ),
        (
            "Gunmen killed six people in Qatif earlier this month, police said.",
            "en",
            "2024-05-01",
            "2024-05-14",
        ),
    ],
)
def test_a_long_or_vague_time_is_no_day_of_the_news(text: str, language: str, start: str, end: str) -> None:
    day = vigie.code(text, language=language, published="2024-05-14").incidents[0].date
    assert day is not None
    assert (str(day.start), str(day.end)) == (start, end)


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        (
            "en",
            "A bomb killed four soldiers in western Afghanistan on Thursday, officials said. "
            "They were on patrol in the province of Farah.",
            "Farah",
        ),
        (
            "en",
            "A bomb hit an army post in eastern Afghanistan on Thursday, killing two soldiers. Halim Zarin, a district "
            "governor in the eastern Khost province, said the blast damaged houses.",
            "Khost",
        ),
        (
            "en",
            "A bomb killed four soldiers in western Afghanistan on Thursday, officials said.",
            "western Afghanistan",
        ),
        (
            "fr",
            "Une bombe a tué quatre soldats jeudi dans l'est de l'Afghanistan. Un chef de la "
            "province de Khost a dit que l'explosion avait détruit un pont.",
            "Khost",
        ),
    ],
)
def test_a_named_province_says_more_than_a_side_of_the_country(language: str, text: str, place: str) -> None:
    (told,) = incidents(text, language)
    assert told.place is not None
    assert place in told.place.name
