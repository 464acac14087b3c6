"""Which sentences of a report are parsed."""

from __future__ import annotations

import pytest

from vigie.coding.annotate import annotate
from vigie.model import Report

FRENCH = (
    "Trois soldats ont été tués par des hommes armés dans le village. "
    "Le maire a parlé à la radio. "
    "Le gouverneur accuse les rebelles de la région. "
    "Deux hommes ont été interpellés dans la soirée. "
    "Le marché rouvrira demain matin."
)
ENGLISH = (
    "Gunmen killed three soldiers in the village. "
    "The mayor spoke on the radio. "
    "The governor blamed the rebels of the area. "
    "Two men were later detained. "
    "The market will open again tomorrow."
)


def parsed(text: str, language: str) -> list[str]:
    """The sentences of a report that are parsed."""
    annotated = annotate(Report(id="r", sha256="0" * 64, text=text, language=language, origin="r"))
    return [annotated.text[parse.start : parse.end] for parse in annotated.parses.values()]


@pytest.mark.parametrize(
    ("text", "language", "openings"),
    [
        (FRENCH, "fr", ["Trois soldats", "Le gouverneur", "Deux hommes"]),
        (ENGLISH, "en", ["Gunmen", "The governor", "Two men"]),
    ],
)
def test_sentences_of_violence_accusation_and_arrest_are_parsed_and_no_others(
    text: str, language: str, openings: list[str]
) -> None:
    sentences = parsed(text, language)
    assert len(sentences) == len(openings)
    assert all(s.startswith(o) for s, o in zip(sentences, openings, strict=True))


def test_a_report_without_violence_is_not_parsed() -> None:
    assert parsed("Le conseil accuse le maire de lenteur.", "fr") == []
