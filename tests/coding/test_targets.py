"""Who or what was hit: one behaviour a test, in both languages, each with a case in which it must not apply."""

from __future__ import annotations

import pytest

from told_incidents import incident, targets

CASES = [
    # somebody described and named: his name
    ("fr", "Un commerçant, Adam Idrissa, a été tué jeudi à Kidal par des hommes armés.", ["Adam Idrissa"]),
    ("en", "Gunmen killed a shopkeeper, Adam Cole, in Jos on Thursday.", ["Adam Cole"]),
    ("en", "Gunmen killed the shopkeeper, Adam Cole said on Friday, in a raid on Jos on Thursday.", ["shopkeeper"]),
    ("fr", "Des hommes armés ont tué un commerçant, Kidal étant alors aux mains des rebelles.", ["commerçant"]),
    # … whatever stands between the two: an age, a word that names him, a sentence that tells who he was
    (
        "fr",
        "La mort jeudi à Gao de la chanteuse de 22 ans Nora Diarra, abattue par un inconnu, a ému.",
        ["Nora Diarra"],
    ),
    ("en", "Gunmen killed a mining executive, Adam Cole of Braemar Gold, in Jos on Thursday.", ["Adam Cole"]),
    ("en", "A nurse was shot dead in Jos on Thursday. Police identified the nurse as Nora Cole.", ["Nora Cole"]),
    (
        "fr",
        "Un boulanger a été tué jeudi à Gao. La police a identifié le boulanger comme Adam Diarra.",
        ["Adam Diarra"],
    ),
    ("en", "A nurse was shot dead in Jos on Thursday. Police identified the gunman as Adam Cole.", ["nurse"]),
    ("en", "Adam Cole was stabbed in Jos on Thursday. Mr Cole died in hospital.", ["Adam Cole"]),
    # those killed by what they are, in words that no pack knows
    ("fr", "Des hommes armés ont tué jeudi trois notables à Zobel.", ["notables"]),
    ("en", "Gunmen killed two bricklayers in Jos on Thursday.", ["bricklayers"]),
    ("fr", "Des hommes armés ont tué jeudi plusieurs autres à Zobel.", []),
    ("en", "Gunmen killed several others in Jos on Thursday.", []),
    # people known by their nation
    ("fr", "Un Français a été enlevé jeudi au Tchad par des hommes armés.", ["Français"]),
    ("en", "Two Italians were kidnapped by gunmen in Niger on Thursday.", ["Italians"]),
    # whose killing it is, with a day and a place between
    ("fr", "L'assassinat jeudi à Gao de Moussa Diarra a choqué le pays.", ["Moussa Diarra"]),
    ("en", "The murder on Thursday in Jos of Adam Cole was condemned.", ["Adam Cole"]),
    # an owner told before what was done to him
    ("en", "The bishop's murder on Thursday in Jos shocked the country.", ["bishop"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_targets(language: str, text: str, expected: list[str]) -> None:
    assert targets(language, text) == expected


KILLERS = [
    ("The police shooting of Adam Cole in Jos on Thursday led to protests.", "Adam Cole"),
    ("The police killing of Adam Cole in Jos on Thursday led to protests.", "Adam Cole"),
    ("The army's killing of two herders in Jos on Thursday was condemned.", "herders"),
]


@pytest.mark.parametrize(("text", "victim"), KILLERS)
def test_whoever_kills_somebody_is_not_the_one_killed(text: str, victim: str) -> None:
    assert targets("en", text) == [victim]


def test_a_police_killing_alone_leaves_it_open_who_was_killed() -> None:
    found = incident(
        "en", "Two police killings in Jos on Thursday led to protests. Two officers were shot dead at home."
    )
    assert [a.name for a in found.actors] == []


def test_a_description_and_the_name_beside_it_are_one_target() -> None:
    found = incident("fr", "Des tireurs ont tué un journaliste, Adam Idrissa, jeudi à Kidal. Le journaliste sortait.")
    assert [t.name for t in found.targets] == ["Adam Idrissa"]


def test_the_nation_of_hostages_is_not_that_of_their_captors() -> None:
    text = "Un Français a été enlevé jeudi au Tchad. Il n'y avait plus qu'un otage français dans le monde."
    assert targets("fr", text) == ["Français"]
    text = "An Italian was kidnapped by gunmen in Niger on Thursday. One other Italian hostage had been held since May."
    assert targets("en", text) == ["Italian"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # told by the one and by the many: once
        (
            "fr",
            "Un policier a été poignardé jeudi à Nantes. Un homme s'en est pris à deux policiers, leur portant des coups.",
            ["policier"],
        ),
        # where it was is not what was hit
        ("fr", "Des hommes armés ont tué deux gendarmes jeudi dans la commune de Zobel.", ["gendarmes"]),
        (
            "en",
            "Rockets hit a residential building in Kharkiv, in a residential neighbourhood, on Thursday.",
            ["residential building"],
        ),
    ],
)
def test_nothing_is_hit_twice_and_no_place_is_hit(language: str, text: str, expected: list[str]) -> None:
    assert targets(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "hit", "not_hit"),
    [
        # part of those counted
        (
            "en",
            "A bomb hit a bus near Jos on Thursday, killing ten people, including three children.",
            "bus",
            "children",
        ),
        ("fr", "Une bombe a visé un bus jeudi à Zobel, tuant dix personnes, dont trois enfants.", "bus", "enfants"),
        # those of whom nobody was hurt
        (
            "en",
            "A drone strike on a depot near Jos on Thursday killed two rebels. No civilians were hurt.",
            "depot",
            "civilians",
        ),
        # the car of a car bomb
        (
            "en",
            "A car bomb exploded outside a police station in Jos on Thursday, killing two clerks.",
            "police station",
            "car",
        ),
        ("fr", "Une bombe a explosé jeudi devant un tribunal à Zobel, tuant deux passants.", "tribunal", "bombe"),
        # the gate of what was hit
        ("fr", "Des rebelles ont attaqué jeudi le portail d'une caserne à Zobel.", "caserne", "portail"),
    ],
)
def test_what_was_meant_and_not_what_is_told_beside_it(language: str, text: str, hit: str, not_hit: str) -> None:
    found = targets(language, text)
    assert any(hit in name for name in found)
    assert not any(name.startswith(not_hit) for name in found)


def test_children_who_are_all_that_is_told_to_be_hit_are_the_target() -> None:
    assert targets("en", "Gunmen killed three children near Jos on Thursday.") == ["children"]
