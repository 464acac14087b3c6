"""Which language a report is in."""

from __future__ import annotations

import pytest

from vigie.errors import LanguageUnavailable
from vigie.language.identify import identify

PACKS = ("en", "fr")
LONG = {
    "fr": "Au moins douze soldats ont été tués mardi dans une attaque contre une base de l’armée, a indiqué le ministère de la "
    "Défense. Les assaillants, qui ont fui à moto vers la frontière, n’ont pas été retrouvés et l’attaque n’a pas été revendiquée.",
    "en": "At least twelve soldiers were killed on Tuesday in an attack on an army base, the ministry of defence said. The "
    "attackers, who fled on motorbikes towards the border, have not been found and no group has claimed the attack.",
}
OTHERS = {
    "de": "Bei einem Angriff auf einen Stützpunkt der Armee sind am Dienstag mindestens zwölf Soldaten getötet worden. Des "
    "Weiteren wurden zwanzig Menschen verletzt; die Täter konnten fliehen, wie das Ministerium mitteilte.",
    "es": "Al menos doce soldados murieron el martes en un ataque contra una base del ejército, según informó el ministerio. "
    "Los atacantes huyeron en motocicletas hacia la frontera, y no hubo reivindicación.",
    "nl": "Bij een aanval op een legerbasis zijn dinsdag zeker twaalf militairen gedood, zegt het ministerie van Defensie.",
    "ar": "قتل ثلاثة جنود في غارة جوية على قاعدة عسكرية شمال البلاد بحسب وزارة الدفاع",
    "ru": "Не менее двенадцати военных погибли во вторник при нападении на базу армии на севере страны.",
}


@pytest.mark.parametrize("language", LONG)
def test_a_report_is_known_by_its_little_words(language: str) -> None:
    assert identify(LONG[language], PACKS) == (language, 1.0)


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_without_a_pack_is_refused_by_its_own_name(language: str) -> None:
    with pytest.raises(LanguageUnavailable) as caught:
        identify(OTHERS[language], PACKS)
    assert caught.value.language == language
    assert "en, fr" in str(caught.value)


@pytest.mark.parametrize(("text", "language"), [("Deux morts à Gao", "fr"), ("Blast in Kabul kills two", "en")])
def test_headlines_are_long_enough(text: str, language: str) -> None:
    assert identify(text, PACKS)[0] == language


def test_a_single_name_is_given_to_a_pack_with_low_confidence() -> None:
    language, confidence = identify("Bagdad", PACKS)
    assert language in PACKS
    assert confidence < 0.5


@pytest.mark.parametrize("text", ["12 34 56", "– – –", "!?"])
def test_no_word_no_language(text: str) -> None:
    with pytest.raises(LanguageUnavailable, match="und"):
        identify(text, PACKS)


def test_with_one_pack_the_other_language_is_refused() -> None:
    with pytest.raises(LanguageUnavailable, match="'en'"):
        identify(LONG["en"], ("fr",))
