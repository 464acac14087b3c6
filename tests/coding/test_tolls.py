"""Killed and injured as counted in a sentence: how many, which harm, and whose it is."""

from __future__ import annotations

import pytest

import vigie
from vigie.coding.annotate import annotate
from vigie.coding.tolls import find_tolls
from vigie.language.grammar import load_grammar
from vigie.model import Incident, Quantity, Report

Bounds = tuple[int | None, int | None]


def counted(text: str, language: str) -> list[tuple[str, Bounds]]:
    """(harm, bounds) of each toll of a text, in text order."""
    report = annotate(Report("x", "", text, language=language))
    grammar = load_grammar(language)
    tolls = [t for s in report.sentences for t in find_tolls(report, s, grammar)]
    return [(t.harm, (t.quantity.lower, t.quantity.upper)) for t in tolls]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Trois personnes ont été tuées dans l'attaque.", [("killed", (3, 3))]),
        ("en", "Three people were killed in the attack.", [("killed", (3, 3))]),
        (
            "fr",
            "L'attentat a fait au moins huit morts et une vingtaine de blessés.",
            [("killed", (8, None)), ("injured", (16, 24))],
        ),
        (
            "en",
            "The bombing left at least eight dead and dozens injured.",
            [("killed", (8, None)), ("injured", (20, 99))],
        ),
        ("fr", "Cinq soldats ont été tués et douze blessés.", [("killed", (5, 5)), ("injured", (12, 12))]),
        ("en", "Five soldiers were killed and twelve wounded.", [("killed", (5, 5)), ("injured", (12, 12))]),
        ("fr", "L'explosion a tué deux gardes.", [("killed", (2, 2))]),
        ("en", "The blast killed two guards.", [("killed", (2, 2))]),
        ("fr", "Entre 20 et 30 villageois ont été tués.", [("killed", (20, 30))]),
        ("en", "Between 20 and 30 villagers were killed.", [("killed", (20, 30))]),
        ("fr", "Plus de 40 personnes sont mortes dans l'attentat.", [("killed", (41, None))]),
        ("en", "More than 40 people died in the bombing.", [("killed", (41, None))]),
        ("fr", "La mort de trois soldats dans l'attaque a été confirmée.", [("killed", (3, 3))]),
        ("en", "The death of three soldiers in the attack was confirmed.", [("killed", (3, 3))]),
        ("fr", "Un homme a été poignardé à mort.", [("killed", (1, 1))]),
        ("en", "A man was stabbed to death.", [("killed", (1, 1))]),
        ("fr", "L'attaque a fait 32 autres civils morts.", [("killed", (32, 32))]),
    ],
)
def test_tolls_and_their_bounds(language: str, text: str, expected: list[tuple[str, Bounds]]) -> None:
    assert counted(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Aucun soldat n'a été blessé.", [("injured", (0, 0))]),
        ("en", "No soldier was injured.", [("injured", (0, 0))]),
        ("fr", "La roquette est tombée sans faire de victimes.", [("injured", (0, 0)), ("killed", (0, 0))]),
        ("en", "The rocket fell, causing no casualties.", [("injured", (0, 0)), ("killed", (0, 0))]),
        ("fr", "L'attaque n'a fait aucun blessé.", [("injured", (0, 0))]),
        ("en", "There were no injuries.", [("injured", (0, 0))]),
        ("fr", "L'attaque n'a fait ni mort ni blessé.", [("injured", (0, 0)), ("killed", (0, 0))]),
        ("en", "Nobody was killed.", [("killed", (0, 0))]),
    ],
)
def test_nobody_hurt_is_a_toll_of_nought(language: str, text: str, expected: list[tuple[str, Bounds]]) -> None:
    assert sorted(counted(text, language)) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Trois drones ont été abattus au-dessus de la base."),
        ("en", "Three drones were shot down over the base."),
        ("fr", "Trois maisons ont été détruites."),
        ("en", "Three houses were destroyed."),
        ("fr", "Trois personnes ont été arrêtées."),
        ("en", "Three people were arrested."),
    ],
)
def test_things_and_arrests_are_no_toll(language: str, text: str) -> None:
    assert counted(text, language) == []


def the_incident(text: str, language: str) -> Incident:
    incidents = vigie.code(text, language=language, published="2024-07-26").incidents
    assert len(incidents) == 1
    return incidents[0]


def bounds(quantity: Quantity | None) -> Bounds | None:
    return None if quantity is None else (quantity.lower, quantity.upper)


ATTACK = {
    "fr": "Des hommes armés ont attaqué mardi un poste de police à Gao, au Mali. ",
    "en": "Gunmen attacked a police post in Gao, Mali, on Tuesday. ",
}


@pytest.mark.parametrize(
    ("language", "text", "killed", "attackers"),
    [
        ("fr", "Trois policiers ont été tués. Six assaillants ont été abattus.", (3, 3), (6, 6)),
        ("en", "Three policemen were killed. Six attackers were shot dead.", (3, 3), (6, 6)),
        ("fr", "Les policiers ont tué quatre assaillants.", None, (4, 4)),
        ("en", "The police killed four attackers.", None, (4, 4)),
        ("fr", "Trois policiers et six assaillants ont été tués.", (3, 3), (6, 6)),
        ("en", "Three policemen and six attackers were killed.", (3, 3), (6, 6)),
    ],
)  # fmt: skip
def test_dead_attackers_are_counted_apart(language: str, text: str, killed: Bounds | None, attackers: Bounds) -> None:
    incident = the_incident(ATTACK[language] + text, language)
    assert (bounds(incident.killed), bounds(incident.attackers_killed)) == (killed, attackers)


@pytest.mark.parametrize(
    ("language", "text", "groups"),
    [
        ("fr", "Deux soldats ont été tués mardi par une mine près de Gao, au Mali.", {"soldats": (2, 2)}),
        ("en", "Two soldiers were killed by a landmine near Gao, Mali, on Tuesday.", {"soldiers": (2, 2)}),
        ("fr", "Une bombe a explosé mardi à Mossoul, en Irak. Trois civils ont été tués. Deux policiers sont morts.", {"civils": (3, 3), "policiers": (2, 2)}),
        ("en", "A bomb exploded in Mosul, Iraq, on Tuesday. Three civilians were killed. Two policemen died.", {"civilians": (3, 3), "policemen": (2, 2)}),
        ("en", "At least two soldiers were killed by a landmine near Gao, Mali, on Tuesday.", {"soldiers": (2, None)}),
    ],
)  # fmt: skip
def test_dead_by_group(language: str, text: str, groups: dict[str, Bounds]) -> None:
    assert {g.group: bounds(g.killed) for g in the_incident(text, language).harm_by_group} == groups


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Trois civils et deux policiers ont été tués mardi dans l'explosion d'une bombe à Mossoul, en Irak."),
        ("en", "Three civilians and two policemen were killed in a bomb blast in Mosul, Iraq, on Tuesday."),
        ("fr", "Une bombe a fait cinq morts, trois civils et deux policiers, mardi à Mossoul, en Irak."),
        ("en", "A bomb killed five people, three civilians and two policemen, in Mosul, Iraq, on Tuesday."),
    ],
)  # fmt: skip
def test_dead_of_two_groups_add_up(language: str, text: str) -> None:
    assert bounds(the_incident(text, language).killed) == (5, 5)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Un obus a tué mardi deux civils à Bakhmout, en Ukraine. Les combats ont fait plus de 3.000 morts depuis janvier."),
        ("en", "A shell killed two civilians in Bakhmut, Ukraine, on Tuesday. The fighting has killed more than 3,000 people since January."),
    ],
)  # fmt: skip
def test_the_dead_of_a_war_are_not_those_of_an_incident(language: str, text: str) -> None:
    assert bounds(the_incident(text, language).killed) == (2, 2)


def test_the_words_of_a_toll_are_its_evidence() -> None:
    killed = the_incident(
        "Au moins cinq soldats ont été tués mardi dans une attaque près de Gao, au Mali.", "fr"
    ).killed
    assert killed is not None
    assert killed.hedge == "at_least"
    assert killed.evidence[0].quote.startswith("Au moins cinq")


@pytest.mark.parametrize(
    ("language", "text", "dead"),
    [
        ("en", "The death toll from Tuesday's attack on a market in Gao has risen to 12.", 12),
        ("en", "The number of people killed in the bombing in Gao has climbed to 31.", 31),
        ("fr", "Le nombre de morts dans l'attentat de lundi à Gao est passé à 31.", 31),
    ],
)
def test_the_number_a_verb_brings_the_dead_to_is_the_toll(language: str, text: str, dead: int) -> None:
    assert counted(text, language) == [("killed", (dead, dead))]


@pytest.mark.parametrize(
    ("language", "text", "dead"),
    [
        ("en", "He opened fire, killing his estranged wife and two of her teammates before fleeing.", (3, 3)),
        ("en", "Seven Palestinians and one soldier were killed.", (8, 8)),
        ("en", "A bomb killed a moderate member of parliament and at least four other people in Vavuniya.", (5, None)),
        ("fr", "Ils ont tué son fils et treize voisins à coups de feu.", (14, 14)),
        ("fr", "Un commandant de compagnie et son radio avaient péri dans l'explosion d'un engin artisanal.", (2, 2)),
    ],
)  # fmt: skip
def test_victims_told_side_by_side_are_counted_together(language: str, text: str, dead: Bounds) -> None:
    assert ("killed", dead) in counted(text, language)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The blast killed two policemen and three were wounded.", [("killed", (2, 2)), ("injured", (3, 3))]),
        ("en", "A bomb killed five people, three civilians and two policemen.", None),
    ],
)
def test_and_does_not_always_join_the_dead(language: str, text: str, expected: list[tuple[str, Bounds]] | None) -> None:
    found = counted(text, language)
    assert found == expected if expected else ("killed", (10, 10)) not in found


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It was the deadliest since 2006, when a baker in Enid killed five colleagues.", [("killed", (5, 5))]),
        ("en", "The kingdom joined the war this month after rebels killed three of its border guards.",
         [("killed", (3, 3))]),
        ("fr", "C'est l'attaque la plus meurtrière depuis 2019, quand des tireurs avaient tué douze pêcheurs.",
         [("killed", (12, 12))]),
        ("en", "Six people have been killed since January.", []),
        ("fr", "Six personnes ont été tuées depuis janvier.", []),
    ],
)  # fmt: skip
def test_what_is_set_beside_a_stretch_of_time_is_one_act(
    language: str, text: str, expected: list[tuple[str, Bounds]]
) -> None:
    assert counted(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Two bombs in cinemas left five dead.", [("killed", (5, 5))]),
        ("en", "A worker was found on Friday, taking the number of dead in the attack to five.", [("killed", (5, 5))]),
        ("en", "Gunmen shot dead six members of one family.", [("killed", (6, 6))]),
        ("en", "A tourist from Gujarat lost an arm.", [("injured", (1, 1))]),
        ("fr", "Son neveu a perdu un pied.", [("injured", (1, 1))]),
        ("en", "Two soldiers embraced martyrdom.", [("killed", (2, 2))]),
    ],
)
def test_who_is_counted_by_what_words(language: str, text: str, expected: list[tuple[str, Bounds]]) -> None:
    assert counted(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Au moins dix civils, dont cinq enfants et trois femmes, ont péri dans trois raids.", (10, None)),
        ("en", "Ten civilians, including five children and three women, died in three raids.", (10, 10)),
        ("fr", "Sur les 44 personnes à bord, dont 38 ont été tuées, douze étaient mineures.", (38, 38)),
    ],
)
def test_the_whole_counts_where_the_part_is_set_apart(language: str, text: str, expected: Bounds) -> None:
    assert counted(text, language)[0] == ("killed", expected)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Au moins douze personnes, pour la plupart des civils, ont été tuées lundi dans l'attaque.", (12, None)),
        ("en", "At least 12 people, most of them civilians, were killed on Monday in the attack.", (12, None)),
        ("en", "On May 4 an Azeri conscript, Elshan Rahimli, 19, was shot dead at his post.", (1, 1)),
    ],
)  # fmt: skip
def test_those_counted_may_stand_far_before_the_verb(language: str, text: str, expected: Bounds) -> None:
    assert ("killed", expected) in counted(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "None of the dead had a record."),
        ("fr", "Après l'attaque, le ministère n'a pas modifié son bilan."),
    ],
)
def test_a_negation_that_is_of_the_dead_themselves_counts_nobody(language: str, text: str) -> None:
    assert counted(text, language) == []


def test_two_told_side_by_side_where_the_second_is_told_by_an_age_or_a_compound() -> None:
    assert ("killed", (2, 2)) in counted("A policeman and a 14-year-old girl were killed in the attack.", "en")
    assert ("killed", (2, 2)) in counted("Raiders attacked a camp, killing a geologist and a helicopter pilot.", "en")


@pytest.mark.parametrize(
    ("language", "text", "injured"),
    [
        ("fr", "Deux passants ont été touchés à la jambe dans la fusillade.", True),
        ("en", "Two seamen are being treated for burns after the attack.", True),
        ("en", "Two bystanders were hit in the leg in the shooting.", True),
        ("en", "Two of the shots hit the wall.", False),
    ],
)
def test_words_for_a_wound_and_its_place_tell_of_the_injured(language: str, text: str, injured: bool) -> None:
    assert (("injured", (2, 2)) in counted(text, language)) is injured


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "A shell fell on a barn, hurting nobody."), ("fr", "Un obus est tombé sur une grange sans toucher personne.")],
)  # fmt: skip
def test_where_nobody_was_hurt_nobody_was_killed(language: str, text: str) -> None:
    assert set(counted(text, language)) == {("killed", (0, 0)), ("injured", (0, 0))}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Police said one person was killed and 11 others wounded in the blast.", [("killed", (1, 1))]),
        ("fr", "La police enquête sur une agression.", []),
        ("fr", "La police enquête sur trois agressions.", []),
        ("en", "The mayor read a statement condemning the killings.", []),
        ("en", "One man was shot in the attack and is in a critical condition.", []),
    ],
)
def test_an_article_that_is_of_no_victim_counts_nobody(
    language: str, text: str, expected: list[tuple[str, Bounds]]
) -> None:
    assert [t for t in counted(text, language) if t[0] == "killed" or t[1] == (1, 1)] == expected
    assert ("killed", (11, 11)) not in counted(text, language)


def killed(text: str, language: str) -> tuple[Bounds | None, Bounds | None]:
    """Victims and attackers killed in the one incident of a text."""
    (incident,) = vigie.code(text, language=language, published="2024-05-14").incidents
    mine, others = incident.killed, incident.attackers_killed
    return (mine.lower, mine.upper) if mine else None, (others.lower, others.upper) if others else None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # The bare number takes the count up again; it does not do away with "at least".
        (
            "fr",
            "Au moins six personnes ont été tuées lundi dans un attentat à Kaboul, selon la police. Les tireurs ont tué "
            "six civils devant une école, a dit un responsable.",
            (6, None),
        ),
        (
            "en",
            "At least six people were killed on Monday in a shooting in Kabul, police said. The gunmen killed six "
            "civilians outside a school, an official said.",
            (6, None),
        ),
        # A higher number is another one.
        (
            "en",
            "At least six people were killed on Monday in a shooting in Kabul, police said. The number of dead has risen "
            "to nine, police said.",
            (9, 9),
        ),
    ],
)
def test_a_bare_number_that_is_told_again_keeps_its_hedge(language: str, text: str, expected: Bounds) -> None:
    assert killed(text, language)[0] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Taliban insurgents attacked a police post in Kamdesh on Sunday, killing four police officers, a spokesman "
            "said. The firefight left 13 militants dead.",
        ),
        (
            "fr",
            "Des insurgés talibans ont attaqué dimanche un poste de police à Kamdesh, tuant quatre policiers, selon un "
            "porte-parole. Treize rebelles ont été tués dans les combats.",
        ),
    ],
)
def test_the_dead_of_those_who_attacked_are_not_the_victims(language: str, text: str) -> None:
    assert killed(text, language) == ((4, 4), (13, 13))


def test_a_part_of_the_dead_is_no_rival_count() -> None:
    text = (
        "Gunmen shot dead at least 17 people at a market in Baquba on Friday, police said. Eleven of the dead were women, "
        "the hospital said."
    )
    assert killed(text, "en")[0] == (17, None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Des hommes armés ont tiré sur le convoi. Le maire est indemne."),
        ("fr", "Les ravisseurs ont relâché l'otage, sain et sauf."),
        ("en", "Gunmen fired at the convoy. The mayor was unhurt."),
    ],
)
def test_one_who_got_away_does_not_say_that_nobody_was_hurt(language: str, text: str) -> None:
    assert counted(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "A rocket hit a convoy, killing an unknown number of people.", []),
        ("en", "A rocket hit a convoy, killing an officer.", [("killed", (1, 1))]),
        ("fr", "Une roquette a touché un convoi, tuant un nombre inconnu de personnes.", []),
        ("en", "He could only offer a list of 14 names of those dead.", []),
        ("en", "There was no immediate confirmation of any deaths in the attack.", []),
        ("en", "There was no word of casualties after the shelling.", []),
        ("en", "There were no casualties after the shelling.", [("injured", (0, 0)), ("killed", (0, 0))]),
        ("en", "Doctors treated multiple gunshot wounds.", []),
        ("en", "Six others, four of them guards, were wounded in the attack.", [("injured", (6, 6))]),
    ],
)
def test_what_only_looks_like_a_toll_is_none(language: str, text: str, expected: list[tuple[str, Bounds]]) -> None:
    assert counted(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Four teenagers are accused of murdering Adam Cole, 25, outside a bar in Tessira on Monday."),
        ("fr", "Quatre jeunes sont accusés d'avoir tué un boulanger lundi à Tessira."),
    ],
)
def test_the_accused_are_not_the_dead(language: str, text: str) -> None:
    report = vigie.code(text, language=language, published="2024-03-08")
    assert bounds(report.incidents[0].killed) == (1, 1)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Fifteen villagers were killed on Monday in Tessira by raiders, the mayor said. "
            "Eleven other villagers were killed near the river, a doctor said.",
        ),
        (
            "en",
            "Fifteen villagers were killed on Monday in Tessira by raiders, the mayor said. "
            "Twelve bodies were found in the river, a doctor said.",
        ),
        (
            "fr",
            "Quinze villageois ont été tués lundi à Tessira par des pillards, selon le maire. "
            "Onze autres villageois ont été tués près du fleuve, selon un médecin.",
        ),
    ],
)
def test_more_dead_and_bodies_found_so_far_are_no_rival_toll(language: str, text: str) -> None:
    report = vigie.code(text, language=language, published="2024-03-08")
    assert bounds(report.incidents[0].killed) == (15, 15)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Adam Cole stabbed Peter Dodo in a shop in Tessira on Monday. Mr Dodo was killed, police said."),
        ("fr", "Adam Cole a poignardé Pierre Dodo lundi dans un magasin à Tessira. Pierre Dodo a été tué, selon la police."),
    ],
)  # fmt: skip
def test_who_died_is_not_among_the_hurt(language: str, text: str) -> None:
    report = vigie.code(text, language=language, published="2024-03-08")
    assert bounds(report.incidents[0].killed) == (1, 1)
    assert report.incidents[0].injured is None
