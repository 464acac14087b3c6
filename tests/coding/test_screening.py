"""What is no incident, and the reason that is given for it."""

from __future__ import annotations

import pytest

import vigie


def outcome(text: str, language: str) -> tuple[int, list[str]]:
    """(number of incidents, reasons for what was left out)."""
    coded = vigie.code(text, language=language, published="2024-07-26")
    return len(coded.incidents), [r.reason for r in coded.rejections]


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("fr", "Quatre ouvriers ont été tués mardi dans l'explosion accidentelle d'une chaudière à Lyon.", "the report is about an accident"),
        ("en", "Four workers died on Tuesday in an accidental boiler explosion in Leeds.", "the report is about an accident"),
        ("en", "The striker's shot beat the keeper in Mosul on Tuesday. The attack was sharp and the team won the match.", "the report is about sport, no violence"),
        ("fr", "Le mouvement a menacé mardi d'attaquer les bases américaines en Irak.", "threatened, not done"),
        ("en", "The movement threatened on Tuesday to attack American bases in Iraq.", "threatened, not done"),
    ],
)  # fmt: skip
def test_no_incident_and_why(language: str, text: str, reason: str) -> None:
    incidents, reasons = outcome(text, language)
    assert incidents == 0
    assert reason in reasons


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "L'équipe a écrasé mardi ses adversaires au stade de Mossoul. L'attaque a été tranchante et la défense a tenu le match."),
        ("fr", "Des pirates informatiques ont attaqué mardi les serveurs du ministère à Kiev."),
        ("en", "Hackers attacked the ministry's servers in Kyiv on Tuesday."),
        ("fr", "Le film raconte l'attentat d'un commando contre une banque de Lyon."),
        ("en", "The film tells of a commando's attack on a bank in Leeds."),
        ("fr", "Un séisme a tué mardi douze personnes à Ranau, en Malaisie."),
        ("en", "An earthquake killed twelve people in Ranau, Malaysia, on Tuesday."),
        ("fr", "La ville a inauguré mardi une école. Les élèves ont chanté."),
        ("en", "The town opened a school on Tuesday. The pupils sang."),
    ],
)  # fmt: skip
def test_nothing_violent_is_coded(language: str, text: str) -> None:
    assert outcome(text, language)[0] == 0


def test_a_report_without_an_incident_has_no_sources_on_record() -> None:
    coded = vigie.code("Une école a ouvert mardi à Lyon, a annoncé le maire.", language="fr", published="2024-07-26")
    assert (coded.sources, coded.claims, coded.incidents) == ((), (), ())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nobody was killed in Tuesday's shooting in Leeds."),
        ("fr", "Personne n'a été tué dans la fusillade de mardi à Nantes."),
        ("en", "Tuesday's attack in Gao, Mali, which killed four soldiers, was claimed by the Black Banner group."),
        ("fr", "L'attaque de mardi à Gao, au Mali, qui a tué quatre soldats, a été revendiquée par le groupe Étendard noir."),
        ("fr", "Israël a démenti avoir frappé mardi un hôpital de Gaza, où dix personnes ont été tuées, selon des médecins."),
        ("en", "Israel denied striking a hospital in Gaza on Tuesday, where ten people were killed, according to medics."),
        ("fr", "Le bilan de l'attaque de mardi à Gao, au Mali, est passé à 12 morts, selon l'armée."),
        ("en", "The death toll from Tuesday's attack in Gao, Mali, has risen to 12, the army said."),
    ],
)  # fmt: skip
def test_one_sentence_about_an_attack_is_enough(language: str, text: str) -> None:
    assert outcome(text, language)[0] == 1
