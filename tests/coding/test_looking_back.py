"""Earlier acts told in reports about something else, answers to an act, and days that are not an act's. All texts are
invented."""

from __future__ import annotations

import pytest

import vigie
from told_incidents import incidents

PAIRS = ("fr", "en")


def days(text: str, language: str) -> list[str | None]:
    """First day of each incident."""
    return [i.date.start.isoformat() if i.date else None for i in incidents(text, language)]


FILM = {
    "fr": "Un film sur un rescapé du marché de Sarh sera tourné cet hiver, a dit le producteur. Le réalisateur cherche "
    "encore ses acteurs, le scénario est prêt et le film sortira en salles dans un an. {}",
    "en": "A film about a survivor of the market of Sarh will be shot this winter, the producer said. The film director is "
    "still casting, the script is ready and the film will be in cinemas in a year. {}",
}
HAPPENED = {
    "fr": "L'attaque du marché, le 13 mars 2015, avait fait 90 morts.",
    "en": "The attack on the market on 13 March 2015 had killed 90 people.",
}
PLOT = {
    "fr": "Dans la dernière scène, une attaque sur le marché tue tout le monde.",
    "en": "In the last scene an attack on the market kills everybody.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_what_a_film_is_about_happened_where_its_day_and_its_dead_are_told(language: str) -> None:
    found = incidents(FILM[language].format(HAPPENED[language]), language)
    assert [(i.period, i.killed.lower) for i in found if i.killed] == [("background", 90)]
    assert incidents(FILM[language].format(PLOT[language]), language) == []


TRIAL = {
    "fr": "Le procès de l'attentat de Sarh s'est ouvert lundi à Lens, cinq ans après l'attaque du 13 mars 2019. "
    "Douze personnes avaient été tuées dans cette attaque, la pire après celles du 2 mai 2011 au Tchad.",
    "en": "The trial over the Sarh bombing of 13 March 2019 opened in Leeds on Monday. "
    "Twelve people were killed in that attack, the worst after those of 2 May 2011 in Chad.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_what_is_tried_is_one_act_of_its_own_day(language: str) -> None:
    assert days(TRIAL[language], language) == ["2019-03-13"]


SENTENCED = {
    "fr": "Un homme de Lens a écopé de vingt ans ferme pour avoir poignardé un voisin. Il s'était enfui après les faits.",
    "en": "A man from Leeds was given life for stabbing a neighbour. He had fled after the attack.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_what_somebody_is_sentenced_for_lies_back(language: str) -> None:
    title = {"fr": "Vingt ans ferme pour un coup de couteau", "en": "Knifeman given life"}[language]
    coded = vigie.code(SENTENCED[language], language=language, title=title, published="2024-07-26")
    assert {i.period for i in coded.incidents} <= {"background"}


ANSWERED = {
    "fr": "Des rebelles ont tiré des obus de mortier sur une base de l'armée à Sarh lundi et les soldats ont répliqué par des "
    "tirs d'artillerie qui ont tué huit civils, selon des habitants.",
    "en": "Rebels fired mortar bombs at an army base in Sarh on Monday and the soldiers replied with artillery that landed in "
    "a market and killed eight civilians, residents said.",
}
WITHOUT_ANSWER = {
    "fr": "Des rebelles ont tiré des obus de mortier sur une base de l'armée à Sarh lundi et les soldats ont répliqué, "
    "selon des habitants.",
    "en": "Rebels fired mortar bombs at an army base in Sarh on Monday and the soldiers replied with insults, residents said.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_an_answer_that_hurts_somebody_is_an_act_of_its_own(language: str) -> None:
    assert len(incidents(ANSWERED[language], language)) == 2
    assert len(incidents(WITHOUT_ANSWER[language], language)) == 1


EARLIER_THIS_WEEK = {
    "fr": "Une voiture piégée a tué dix gardes à un barrage à Sarh, selon la police. "
    "Plus tôt cette semaine, une bombe avait tué onze clients d'un restaurant de Sarh.",
    "en": "A car bomb killed ten guards at a roadblock in Sarh, police said. "
    "Earlier this week, a bomb killed eleven diners at a restaurant in Sarh.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_an_earlier_act_in_the_same_town_has_its_own_dead(language: str) -> None:
    found = incidents(EARLIER_THIS_WEEK[language], language)
    assert [i.killed.lower for i in found if i.killed] == [10, 11]


NEXT_SENTENCE = {
    "fr": "Trois gardes ont été tués à Moundou le 3 mars, a dit la police, l'armée ayant confirmé.\n\n"
    "Lundi, une bombe a tué un juge à Sarh.",
    "en": "Three guards were killed in Moundou on 3 March, police said.\n\nMonday, a bomb killed a judge in Sarh.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_a_day_that_opens_a_sentence_is_not_that_of_the_speaking_before_it(language: str) -> None:
    assert "2024-07-22" in days(NEXT_SENTENCE[language], language)


FREED = {
    "fr": "Un médecin enlevé par des hommes armés le 3 mars 2024 près de Sarh a été relâché lundi à Moundou, selon sa famille.",
    "en": "A doctor kidnapped by gunmen on 3 March 2024 near Sarh was freed in Moundou on Monday, his family said.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_the_day_somebody_is_let_go_is_not_that_of_his_taking(language: str) -> None:
    assert days(FREED[language], language) == ["2024-03-03"]


def test_weeks_since_an_act_it_lies_back() -> None:
    text = "Police checked threats against schools in Leeds on Friday -- just over three weeks since a gunman killed 17 people at a school in Hull."
    assert [(i.period, i.killed.lower) for i in incidents(text, "en") if i.killed] == [("background", 17)]


FIGURES = {
    "fr": "Les homicides ont reculé de 8 % à Lens et à Lille en 2023, selon le ministère. Les fusillades y sont plus rares.",
    "en": "Murders fell by 8 percent in Leeds and Hull in 2023, the ministry said. Shootings have become rarer there.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_figures_of_a_year_are_no_incident(language: str) -> None:
    assert incidents(FIGURES[language], language) == []


DISTRICTS = {
    "fr": "La police a été attaquée mardi dans le district de Nirkh, dans la province de Wardak. Un agent a été tué. "
    "Un avion a bombardé un camp mardi dans le district de {}, dans la province de {}.",
    "en": "Police were ambushed in Nirkh district, Wardak province, on Tuesday. One policeman was killed. An aircraft bombed a "
    "camp in {} district, {} province, on Tuesday.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_districts_of_two_provinces_are_two_places(language: str) -> None:
    assert len(incidents(DISTRICTS[language].format("Watapur", "Kunar"), language)) == 2
    assert len(incidents(DISTRICTS[language].format("Nirkh", "Wardak"), language)) == 1


FAR_FROM_THERE = {
    "fr": "Une centaine d'hommes ont attaqué une base mercredi à Barwaqo et tué deux soldats. Le même jour, à 300 kilomètres de "
    "là, une bombe a explosé au passage d'un camion près du carrefour de Leego.",
    "en": "A hundred men attacked a base in Barwaqo on Wednesday and killed two soldiers. The same day, 300 kilometres from "
    "there, a bomb exploded as a lorry drove through the town of Leego.",
}


@pytest.mark.parametrize("language", PAIRS)
def test_what_happened_far_from_there_is_another_act(language: str) -> None:
    assert len(incidents(FAR_FROM_THERE[language], language)) == 2


def test_the_first_word_of_a_number_is_no_town() -> None:
    found = incidents("Trente-deux civils ont été tués mardi à Kabasewa par des hommes armés.", "fr")
    assert [i.place.name for i in found if i.place] == ["Kabasewa"]
    found = incidents("Deux policiers ont été tués mardi à Trente par des hommes armés.", "fr")
    assert [i.place.name for i in found if i.place] == ["Trente"]


def test_a_sentence_without_parole_undoes_nothing() -> None:
    text = (
        "A judge in Leeds sentenced Adam Cole, 28, to life in prison {} for driving his car into a crowd in Hull "
        "on 3 March 2024. The court heard that one woman was killed."
    )
    for term in ("without the possibility of parole", "without parole", "on Monday"):
        found = incidents(text.format(term), "en")
        assert [(i.period, i.place.name) for i in found if i.place] == [("background", "Hull")], term


def test_a_law_is_broken_without_violence() -> None:
    assert incidents("La firme a été reconnue coupable lundi à Lens d'avoir violé les droits de mineurs.", "fr") == []


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "A gunman shot three people dead at a school in Leeds on Tuesday. In November 2006 a man wounded eleven people at a school in Hull.", "Hull"),
        ("fr", "Des rebelles ont tué mardi six soldats à Kidal. Le 2 juin, neuf gendarmes étaient morts dans l'assaut d'un poste à Gao.", "Gao"),
        ("fr", "Un homme a poignardé mardi deux passants à Lyon. Le 19 avril 2015, Paul Morvan avait tué une automobiliste à Nantes, où une camionnette avait été retrouvée après l'accident.", "Nantes"),
    ],
)  # fmt: skip
def test_an_earlier_act_told_with_its_day_its_place_and_its_dead_is_one(language: str, text: str, place: str) -> None:
    coded = vigie.code(text, language=language, published="2024-07-26").incidents
    assert [i.place.name for i in coded if i.place is not None][1:] == [place]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "La cérémonie des Molières du théâtre a eu lieu dimanche à Lyon. La comédie musicale « Le Quai » a reçu le prix du meilleur spectacle et celui du meilleur acteur. La soirée a été dédiée aux victimes de la fusillade de Nantes du 14 juillet. Le film tiré du spectacle sortira en salles à Noël, a dit le metteur en scène."),
        ("en", "Fifty people died in a stampede at a funeral in Leeds on Tuesday, an accident that the police are looking into. The crush was an accident, officials said. The general was killed last week by an air strike in Iraq."),
    ],
)  # fmt: skip
def test_what_is_known_by_its_place_and_day_happened_whatever_the_report_is_about(language: str, text: str) -> None:
    coded = vigie.code(text, language=language, published="2024-07-26").incidents
    assert [i.period for i in coded] == ["background"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "L'armée malienne a libéré 85 villageois que des rebelles avaient enlevés dans leur village près de Kidal. Une trentaine de personnes manquent encore. Tous avaient été kidnappés le 10 juillet."),
        ("en", "The army freed 85 villagers on Monday whom rebels had kidnapped in Gao. Thirty people are still missing. All of them had been abducted on 10 July."),
    ],
)  # fmt: skip
def test_the_day_of_those_who_had_been_taken_may_be_told_later(language: str, text: str) -> None:
    coded = vigie.code(text, language=language, published="2024-07-22").incidents
    assert [str(i.date.start) for i in coded if i.date is not None] == ["2024-07-10"]


@pytest.mark.parametrize(
    ("language", "text", "killed"),
    [
        ("fr", "Un attentat a fait neuf morts jeudi à Gao. C'est l'attentat le plus meurtrier dans la ville depuis celui du 19 mai contre une caserne, qui avait fait 22 morts.", [9, 22]),
        ("en", "A bombing killed nine people in Leeds on Thursday. It is the deadliest bombing in the north since the one in Hull on 19 May that killed 22.", [9, 22]),
    ],
)  # fmt: skip
def test_a_pronoun_stands_for_an_earlier_act_of_the_kind(language: str, text: str, killed: list[int]) -> None:
    coded = vigie.code(text, language=language, published="2024-07-26").incidents
    assert [(i.period, i.killed.lower) for i in coded if i.killed is not None] == list(
        zip(("current", "background"), killed, strict=True)
    )
