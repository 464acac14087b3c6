"""Which sentences of a report are parsed."""

from __future__ import annotations

import pytest

from vigie.coding.annotate import annotate
from vigie.coding.coder import code_report, code_reports
from vigie.errors import LanguageUnavailable
from vigie.model import Report

FRENCH = (
    "Trois soldats ont été tués par des hommes armés dans le village. "
    "Le maire a parlé à la radio. "
    "Le gouverneur accuse les rebelles de la région. "
    "Deux hommes ont été interpellés dans la soirée. "
    "L'assaillant, un homme de 30 ans, a été interpellé. "
    "Le marché rouvrira demain matin."
)
ENGLISH = (
    "Gunmen killed three soldiers in the village. "
    "The mayor spoke on the radio. "
    "The governor blamed the rebels of the area. "
    "Two men were later detained. "
    "The attacker, a man of 30, was detained. "
    "The market will open again tomorrow."
)


def parsed(text: str, language: str) -> list[str]:
    """The sentences of a report that are parsed."""
    annotated = annotate(Report(id="r", sha256="0" * 64, text=text, language=language, origin="r"))
    return [annotated.text[parse.start : parse.end] for parse in annotated.parses.values()]


@pytest.mark.parametrize(
    ("text", "language", "openings"),
    [
        (FRENCH, "fr", ["Trois soldats", "Le gouverneur", "L'assaillant"]),
        (ENGLISH, "en", ["Gunmen", "The governor", "The attacker"]),
    ],
)
def test_sentences_of_violence_accusation_and_an_attacker_caught_are_parsed_and_no_others(
    text: str, language: str, openings: list[str]
) -> None:
    sentences = parsed(text, language)
    assert len(sentences) == len(openings)
    assert all(s.startswith(o) for s, o in zip(sentences, openings, strict=True))


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ("L'attaque a ému toute la région.", "fr"),
        ("Les attentats ont vidé les hôtels de la côte.", "fr"),
        ("Aucun convoi n'a été attaqué sur la piste.", "fr"),
        ("The attack has shaken the whole region.", "en"),
        ("Bombings have emptied the hotels of the coast.", "en"),
        ("No convoy was attacked on the road.", "en"),
    ],
)
def test_what_only_points_back_speaks_of_many_or_did_not_happen_is_not_parsed(told: str, language: str) -> None:
    first = "Une bombe a tué deux passants au port." if language == "fr" else "A bomb killed two people in the port."
    assert parsed(f"{first} {told}", language) == [first]


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ("L'attaque a été menée par des rebelles.", "fr"),
        ("Les attentats des rebelles ont tué neuf personnes.", "fr"),
        ("The attack was led by rebels.", "en"),
        ("Bombings by rebels have killed nine people.", "en"),
    ],
)
def test_it_is_where_a_fighter_or_the_dead_are_told(told: str, language: str) -> None:
    assert parsed(told, language) == [told]


def test_a_report_without_violence_is_not_parsed() -> None:
    assert parsed("Le conseil accuse le maire de lenteur.", "fr") == []


FLOOD = (
    "Floods killed nine people and left hundreds homeless in the valley on Saturday after two days of torrential rain. "
    "The storm burst a dam above the town, and a landslide cut the only road, the emergency services said. Firefighters "
    "evacuated villagers by boat from the flooded streets while the river rose by another metre. Forecasters had warned "
    "of heavy rain, but the cyclone hit the coast a day earlier than they had expected. The flood also swept away a "
    "bridge, and a second landslide buried a farm where two people were wounded."
)


def test_a_report_whose_words_speak_against_violence_is_not_parsed_and_says_why() -> None:
    assert parsed(FLOOD, "en") == []
    coded = code_report(Report(id="r", sha256="0" * 64, text=FLOOD, language="en", origin="r"))
    assert coded.incidents == ()
    (left_out,) = coded.rejections
    assert "words: " in left_out.reason
    (words,) = left_out.evidence
    assert FLOOD[words.start : words.end] == words.quote


def test_a_short_report_is_never_left_out_by_its_words_alone() -> None:
    assert parsed("Gunmen attacked the team bus after the cup final.", "en") != []


def test_reports_coded_together_come_out_as_one_by_one() -> None:
    texts = [(FRENCH, "fr"), (ENGLISH, "en"), ("Le marché rouvrira demain.", "fr"), (ENGLISH + " " + ENGLISH, "en")] * 3
    reports = [
        Report(id=f"r{k}", sha256="0" * 64, text=text, language=language, origin=f"r{k}")
        for k, (text, language) in enumerate(texts)
    ]
    assert list(code_reports(reports)) == [code_report(r) for r in reports]


def test_reports_before_one_that_cannot_be_coded_are_coded() -> None:
    good = Report(id="good", sha256="0" * 64, text=FRENCH, language="fr", origin="good")
    bad = Report(id="bad", sha256="0" * 64, text="Drei Soldaten wurden getötet.", language="de", origin="bad")
    coded = code_reports([good, bad])
    assert next(coded).report.id == "good"
    with pytest.raises(LanguageUnavailable):
        next(coded)
