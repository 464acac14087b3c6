"""Counts that several words make up together: victims told one by one, totals of several incidents, one person more."""

from __future__ import annotations

import pytest

import vigie
from vigie.model import Incident, ReportedDate

Bounds = tuple[int | None, int | None]


def incidents(language: str, body: str, title: str = "") -> list[Incident]:
    title = title or {"en": "Violence in Dorvan", "fr": "Violences à Dorvan"}[language]
    return list(vigie.code(f"{title}\n\n{body}", title=title, language=language, published="2012-05-09").incidents)


def harm(language: str, body: str, title: str = "") -> list[tuple[Bounds | None, Bounds | None]]:
    """(killed, injured) of each incident."""
    return [
        (
            None if i.killed is None else (i.killed.lower, i.killed.upper),
            None if i.injured is None else (i.injured.lower, i.injured.upper),
        )
        for i in incidents(language, body, title)
    ]


@pytest.mark.parametrize(
    ("language", "body", "killed"),
    [
        ("en", "A bomb exploded at a bus depot in Dorvan on Monday. A dispatcher and a mechanic perished.", 2),
        ("en", "A bomb exploded in Dorvan on Monday, killing the mayor, his wife and their son.", 3),
        ("en", "Gunmen shot dead a Norwegian engineer and his driver in Dorvan on Monday.", 2),
        ("en", "The mayor of Dorvan was killed with two bodyguards when a bomb exploded on Monday.", 3),
        ("en", "A bomb exploded in Dorvan on Monday, killing the mayor along with three aides.", 4),
        ("en", "Gunmen attacked a post in Dorvan on Monday. Corporal Jan Weld and Private Amos Tarr were killed.", 2),
        ("fr", "Une infirmière et un chauffeur ont été tués lundi dans l'explosion d'une bombe à Dorvan.", 2),
        ("fr", "Une bombe a explosé lundi à Dorvan. Un gendarme, un passant et le chauffeur du bus ont péri.", 3),
        ("fr", "Le maire de Dorvan a été tué lundi avec deux gardes du corps dans l'explosion d'une bombe.", 3),
    ],
)
def test_victims_told_one_by_one_are_counted_together(language: str, body: str, killed: int) -> None:
    assert [k for k, _ in harm(language, body)] == [(killed, killed)]


@pytest.mark.parametrize(
    ("language", "body", "killed"),
    [
        ("en", "The mayor, a former soldier, was killed in Dorvan on Monday when a bomb exploded.", 1),
        ("en", "A bomb exploded in Dorvan on Monday, killing a guard and destroying a lorry.", 1),
        ("fr", "Le maire, un ancien soldat, a été tué lundi à Dorvan dans l'explosion d'une bombe.", 1),
    ],
)
def test_who_somebody_is_makes_no_second_victim(language: str, body: str, killed: int) -> None:
    assert [k for k, _ in harm(language, body)] == [(killed, killed)]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Islamist fighters clashed with soldiers near Dorvan on Monday. Nine rebels and ten soldiers died."),
        (
            "en",
            "Rebels clashed with soldiers near Dorvan on Monday and 19 died. Nine rebels and ten soldiers were killed.",
        ),
        ("fr", "Des rebelles ont affronté l'armée lundi près de Dorvan. Neuf rebelles et dix soldats ont péri."),
    ],
)
def test_each_side_of_a_fight_has_its_own_dead(language: str, body: str) -> None:
    (incident,) = incidents(language, body)
    assert incident.killed is not None
    assert incident.attackers_killed is not None
    assert (incident.killed.lower, incident.attackers_killed.lower) == (10, 9)


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("en", "A shooting in Dorvan on Monday left one person dead and another critically injured.", ((1, 1), (1, 1))),
        ("en", "Two Dutch soldiers died and a third was wounded by a mine near Dorvan on Monday.", ((2, 2), (1, 1))),
        ("en", "Police shot and killed a 23-year-old man in Dorvan on Monday.", ((1, 1), None)),
        ("fr", "Un homme de 23 ans a été mortellement blessé par balle lundi à Dorvan.", ((1, 1), None)),
        ("fr", "Cinq attaques distinctes ont causé la mort de neuf personnes lundi à Dorvan.", ((9, 9), None)),
        (
            "fr",
            "Deux attentats-suicides ont tué 20 personnes, et blessé plus d'une trentaine d'autres, lundi à Dorvan.",
            ((20, 20), (31, None)),
        ),
        (
            "en",
            "A grenade attack on a bar in Dorvan on Monday left three dead, and the number of wounded has risen to 11.",
            ((3, 3), (11, 11)),
        ),
    ],
)
def test_one_person_more_and_numbers_of_acts(
    language: str, body: str, expected: tuple[Bounds | None, Bounds | None]
) -> None:
    assert harm(language, body) == [expected]


def test_a_side_tells_its_own_losses_by_a_bare_number() -> None:
    body = "Rebels attacked an army post near Dorvan on Monday. The army said it had killed 15 of the attackers and lost three."
    (incident,) = incidents("en", body)
    assert incident.killed is not None
    assert (incident.killed.lower, incident.killed.upper) == (3, 3)


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        (
            "en",
            "Iraqi car bombs kill dozens",
            "At least four car bombs exploded in Iraq, killing about 40 people and wounding over 200.\n\n"
            "Two car bombs went off in the village of Taza near Mosul, killing 23 people and wounding 120.\n\n"
            "Meanwhile, two car bombs exploded near a market in Baghdad, killing 16 people and wounding 85.",
        ),
        (
            "fr",
            "Des attentats font une quarantaine de morts",
            "Au moins 39 personnes sont mortes lundi dans une vague d'attaques dans le nord. Des voitures piégées ont "
            "explosé à Dorvan et un kamikaze s'est fait exploser à Sarlen.\n\n"
            "À Dorvan, 23 personnes ont trouvé la mort.\n\n"
            "Seize personnes ont été tuées à Sarlen quand le kamikaze s'est fait exploser devant une banque.",
        ),
    ],
)
def test_the_total_of_several_incidents_is_no_toll_of_one(language: str, title: str, body: str) -> None:
    assert sorted(k for k, _ in harm(language, body, title) if k is not None) == [(16, 16), (23, 23)]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "en",
            "A suicide bomber killed 18 people in Dorvan on Monday. The attack was the deadliest since that of "
            "January 27, when 31 people were killed in an attack on a hospital in Sarlen.",
        ),
        (
            "fr",
            "Un attentat-suicide a fait 18 morts lundi à Dorvan. Cette attaque est la plus meurtrière depuis celle du "
            "27 janvier, où 31 personnes avaient été tuées dans une attaque contre un hôpital de Sarlen.",
        ),
    ],
)
def test_an_earlier_act_that_one_is_set_against_has_its_own_day_and_toll(language: str, body: str) -> None:
    def told(incident: Incident) -> tuple[str, int | None, ReportedDate | None]:
        return incident.period, incident.killed.lower if incident.killed else None, incident.date

    now, then = (told(i) for i in incidents(language, body))
    assert (now[0], now[1], str(now[2].start) if now[2] else None) == ("current", 18, "2012-05-07")
    assert (then[0], then[1], str(then[2].start) if then[2] else None) == ("background", 31, "2012-01-27")


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "A candidate who was shot on Monday in Dorvan died of his wounds on Tuesday."),
        ("en", "A third officer died on Tuesday of wounds suffered in Monday's attack on a checkpoint at Dorvan."),
        ("fr", "Un candidat blessé par balle lundi à Dorvan a succombé mardi à ses blessures."),
    ],
)
def test_the_day_of_a_later_death_is_not_that_of_the_act(language: str, body: str) -> None:
    (incident,) = incidents(language, body)
    assert incident.date is not None
    assert str(incident.date.start) == str(incident.date.end) == "2012-05-07"


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Gunmen killed a guard in Dorvan on Monday. They have attacked several churches this year."),
        ("fr", "Des hommes armés ont tué un garde lundi à Dorvan. Ils ont attaqué plusieurs églises cette année."),
        ("fr", "Une bombe a tué un garde lundi à Dorvan. Les réfugiés pourraient atteindre 700.000 personnes."),
    ],
)
def test_several_and_a_number_only_reached_are_no_running_total(language: str, body: str) -> None:
    title = {"en": "Violence in Dorvan", "fr": "Violences à Dorvan"}[language]
    report = vigie.code(f"{title}\n\n{body}", title=title, language=language, published="2012-05-09")
    assert report.tallies == ()
