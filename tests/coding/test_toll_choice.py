"""What counts as a toll and what does not: nobody hurt, others not hurt, means and outcome, several acts summed up."""

from __future__ import annotations

import pytest

import vigie
from vigie.model import Quantity

Bounds = tuple[int | None, int | None] | None


def bounds(q: Quantity | None) -> Bounds:
    return None if q is None else (q.lower, q.upper)


def told(text: str, language: str) -> tuple[Bounds, Bounds]:
    """Killed and injured of the first incident."""
    report = vigie.code(text, language=language, published="2024-05-16")
    first = report.incidents[0]
    return bounds(first.killed), bounds(first.injured)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # none beside those counted, none of another sort, nothing known: no count of none
        ("en", "A bomb killed six people on Monday in Dorvan. No other injuries were reported.", ((6, 6), None)),
        ("en", "A gunman wounded two clerks on Monday in Dorvan. Police did not identify the injured.", (None, (2, 2))),
        (
            "en",
            "Police shot and killed a man on Monday in Dorvan who they say had a knife. No officers were injured.",
            ((1, 1), None),
        ),
        (
            "en",
            "An air strike on Monday near Dorvan killed three militants. No civilians were injured.",
            ((3, 3), None),
        ),
        (
            "fr",
            "Des hommes armés ont attaqué lundi Dorvan, tuant dix personnes. Aucun autre blessé n'a été signalé.",
            ((10, 10), None),
        ),
        ("fr", "L'embuscade de lundi près de Dorvan a fait deux morts. L'armée n'a pas donné de bilan.", ((2, 2), None)),
        (
            "en",
            "Rebels ambushed a convoy on Monday near Dorvan. The army said three soldiers and not four were killed.",
            ((3, 3), None),
        ),
        # nobody at all is a count of none
        ("en", "A rocket hit a barracks on Monday in Dorvan. No soldiers were injured.", (None, (0, 0))),
        ("fr", "Une roquette a touché lundi une caserne à Dorvan. Aucun soldat n'a été blessé.", (None, (0, 0))),
    ],
)  # fmt: skip
def test_none_of_others_and_nothing_known_are_no_count_of_none(
    language: str, text: str, expected: tuple[Bounds, Bounds]
) -> None:
    assert told(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Gunmen attacked the village of Dorvan on Monday, slashing 19 people to death.", ((19, 19), None)),
        ("en", "Gunmen attacked the village of Dorvan on Monday, slashing 19 people.", (None, (19, 19))),
        ("fr", "La foule a roué de coups à mort trois hommes lundi à Dorvan.", ((3, 3), None)),
        (
            "en",
            "A youth stabbed five people on Monday in Dorvan. Two of the victims have died. "
            "Three other injured are being treated.",
            ((2, 2), (3, 3)),
        ),
        ("fr", "Un policier est mort lundi à Dorvan après avoir été poignardé par un individu.", ((1, 1), None)),
        ("fr", "Un policier a été poignardé lundi à Dorvan par un individu.", (None, (1, 1))),
    ],
)  # fmt: skip
def test_who_was_stabbed_or_shot_is_counted_by_what_came_of_it(
    language: str, text: str, expected: tuple[Bounds, Bounds]
) -> None:
    assert told(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "A bomb in Dorvan killed a guard on Monday, wounding another.", ((1, 1), (1, 1))),
        ("en", "A person is dead and two others are in the hospital after a shooting on Monday in Dorvan.", ((1, 1), (2, 2))),
        ("en", "A 40-year-old man is dead and a woman is critically injured after a stabbing in Dorvan.", ((1, 1), (1, 1))),
        ("en", "A cook was shot and wounded on Monday in Dorvan. He is 15 and was still in hospital.", (None, (1, 1))),
        ("fr", "Un attentat lundi à Dorvan a fait au moins neuf victimes et douze blessés.", ((9, None), (12, 12))),
        ("fr", "Lundi à Dorvan, un homme est mort tandis que deux autres sont en urgence absolue après une fusillade.", ((1, 1), (2, 2))),
        ("fr", "Une embuscade a visé lundi une patrouille près de Dorvan. « Nous avons perdu six hommes », dit un officier.", ((6, 6), None)),
        ("en", "Rebels ambushed a patrol on Monday near Dorvan. The army lost six men.", ((6, 6), None)),
        ("en", "Rebels ambushed a patrol on Monday near Dorvan. The army lost six vehicles.", (None, None)),
        ("fr", "Une embuscade a visé lundi une patrouille près de Dorvan. L'armée a perdu six véhicules.", (None, None)),
        ("en", "Shells hit the village of Dorvan on Monday, killing one man. The army fired them, officials said.", ((1, 1), None)),
        ("en", "Thirty people were killed and wounded on Monday when a bomb went off in Dorvan.", (None, None)),
        ("fr", "Trente personnes ont été tuées et blessées lundi par une bombe à Dorvan.", ((30, 30), None)),
    ],
)  # fmt: skip
def test_counts_told_without_a_word_of_harm_beside_them(
    language: str, text: str, expected: tuple[Bounds, Bounds]
) -> None:
    assert told(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Three attacks killed nine people on Monday, officials said.\n\nA bomb killed five shoppers in Dorvan.\n\n"
            "A mine killed three farmers in Kelso.\n\nGunmen killed a guard in Palmar.",
        ),
        (
            "fr",
            "Trois attaques ont fait neuf morts lundi, selon les autorités.\n\nUne bombe a tué cinq clients à Dorvan.\n\n"
            "Une mine a tué trois paysans à Kelso.\n\nDes hommes armés ont tué un garde à Palmar.",
        ),
    ],
)  # fmt: skip
def test_the_toll_of_a_lead_that_sums_up_is_that_of_none_of_them(language: str, text: str) -> None:
    report = vigie.code(text, language=language, published="2024-05-16")
    assert [bounds(i.killed) for i in report.incidents] == [(5, 5), (3, 3), (1, 1)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Une bombe a explosé lundi à Dorvan, faisant neuf morts selon la police, sept d'après les secours.", (7, 9)),
        ("en", "A bomb exploded on Monday in Dorvan. Nine people were killed according to police, seven said the hospital.", (7, 9)),
        ("en", "Gunmen hit a post on Monday in Dorvan, killing three police, officials said. A doctor said 11 police were killed.", (3, 11)),
        # a part of the dead, and what is not said by whom, are no second count
        ("en", "Gunmen hit a post on Monday in Dorvan, killing 11 people, officials said. A doctor said two police were killed.", (11, 11)),
        ("fr", "Une bombe a explosé lundi à Dorvan, faisant neuf morts selon la police, sept dans un café.", (9, 9)),
        # a whole conflict's dead
        ("en", "Gunmen killed 12 people on Monday in Dorvan. A long insurgency there has seen hundreds killed.", (12, 12)),
        ("fr", "Des hommes armés ont tué 12 personnes lundi à Dorvan. La rébellion a causé la mort de centaines de civils.", (12, 12)),
        # so many killings are so many acts
        ("fr", "Un homme a été tué lundi à Dorvan. Deux autres homicides y ont été commis.", (1, 1)),
        ("en", "A man was killed on Monday in Dorvan. Two other murders were committed there.", (1, 1)),
        ("en", "A bomb on Monday in Dorvan killed the mayor, killing him and four of his guards.", (5, 5)),
        ("en", "A gunman shot at people on Monday in Dorvan. The two wounded men died in hospital.", (2, 2)),
    ],
)  # fmt: skip
def test_rival_counts_and_counts_of_other_acts(language: str, text: str, expected: Bounds) -> None:
    assert told(text, language)[0] == expected


@pytest.mark.parametrize(
    ("language", "text", "killed", "attackers"),
    [
        ("en", "A gunman opened fire in a shop in Dorvan on Monday. The gunman fled to a house. He died in hospital.", None, (1, 1)),
        ("en", "A clerk was shot in a shop in Dorvan on Monday. He died in hospital.", (1, 1), None),
        ("fr", "Un assaillant a ouvert le feu lundi dans un magasin à Dorvan. Il a été abattu.", None, (1, 1)),
        ("fr", "Un policier a été poignardé lundi à Dorvan. Il a succombé à ses blessures.", (1, 1), None),
    ],
)  # fmt: skip
def test_he_who_died_is_the_attacker_where_nobody_else_is_told_of(
    language: str, text: str, killed: Bounds, attackers: Bounds
) -> None:
    first = vigie.code(text, language=language, published="2024-05-16").incidents[0]
    assert (bounds(first.killed), bounds(first.attackers_killed)) == (killed, attackers)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Rockets hit Dorvan on Monday. There were no immediate reports of injuries or damage.", ((0, 0), (0, 0))),
        ("en", "Rockets hit Dorvan on Monday. There were reports of injuries and damage.", (None, None)),
        ("fr", "Des roquettes sont tombées lundi sur Dorvan sans faire de pertes humaines.", ((0, 0), (0, 0))),
        ("en", "There was a shooting in Dorvan on Monday. Officers found three victims with gunshot wounds.", (None, (3, 3))),
        ("fr", "Une rixe a éclaté lundi à Dorvan, où un homme a été poignardé. Deux hommes présentant des plaies ont été secourus.", (None, (2, 2))),
    ],
)  # fmt: skip
def test_no_reports_of_harm_and_wounds_that_people_have(
    language: str, text: str, expected: tuple[Bounds, Bounds]
) -> None:
    assert told(text, language) == expected
