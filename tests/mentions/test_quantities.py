"""Numbers in running text: which words belong to which number, and what is left to the dates."""

from __future__ import annotations

import time

import pytest

from vigie.errors import LanguageUnavailable
from vigie.mentions.numbers import figure_value, word_value
from vigie.mentions.quantities import find_quantities


def counted(text: str, language: str = "fr") -> list[tuple[str, int | None, int | None]]:
    return [
        (text[m.start : m.end], m.quantity.lower, m.quantity.upper)
        for m in find_quantities(text, language)
        if m.unit == "count"
    ]


@pytest.mark.parametrize(
    ("figures", "value"),
    [("2500", 2500), ("2 500", 2500), ("2.500", 2500), ("2,500", 2500), ("1,5", 1.5), ("0.500", 0.5), ("7 754,02", 7754.02),
     ("1.234.567", 1234567), ("12.5", 12.5)],
)  # fmt: skip
def test_figures(figures: str, value: float) -> None:
    assert figure_value(figures) == value


def test_words_that_make_no_one_number() -> None:
    assert word_value("deux trois", "fr") is None
    assert word_value("deux mille", "fr") == 2000


def test_a_hedge_reaches_only_the_number_it_stands_before() -> None:
    assert counted("au moins 20 morts et 50 blessés") == [("au moins 20", 20, None), ("50", 50, 50)]
    assert counted("at least 20 dead and 50 wounded", "en") == [("at least 20", 20, None), ("50", 50, 50)]


def test_a_calibre_is_no_part_of_the_number_before_it() -> None:
    assert counted("some 18 107mm rockets and 20 122-mm rockets", "en") == [("some 18", 16, 20), ("20", 20, 20)]
    assert counted("18 107 personnes et dix-huit roquettes de 107 mm") == [
        ("18 107", 18107, 18107),
        ("dix-huit", 18, 18),
    ]


def test_a_number_after_a_dash_is_one_and_one_in_a_name_is_none() -> None:
    assert counted("Niamey - Onze soldats ont été tués") == [("Onze", 11, 11)]
    assert counted("Lagos - Eleven soldiers were killed", "en") == [("Eleven", 11, 11)]
    assert counted("La rue Jean-Onze a été bouclée") == []


def test_a_hedge_after_the_comma_belongs_to_the_next_number() -> None:
    assert counted("30 morts, au moins 60 blessés") == [("30", 30, 30), ("au moins 60", 60, None)]


def test_a_hedge_of_the_next_number_is_none_of_the_noun_before() -> None:
    assert counted("64 morts et plus de 340 blessés") == [("64", 64, 64), ("plus de 340", 341, None)]
    assert counted("64 dead and more than 340 hurt", "en") == [("64", 64, 64), ("more than 340", 341, None)]
    assert counted("64 morts et plus")[0][1:] == (64, None)
    assert counted("64 dead or more", "en")[0][1:] == (64, None)


def test_a_hedge_after_the_noun_is_in_the_words_of_the_quantity() -> None:
    (mention,) = find_quantities("20 morts au moins", "fr")
    assert (mention.start, mention.end) == (0, 2)
    assert mention.quantity.text == "20 morts au moins"
    assert (mention.quantity.lower, mention.quantity.upper) == (20, None)


def test_a_rising_toll_is_two_numbers() -> None:
    assert counted("le bilan est passé de 12 à 20 morts") == [("12", 12, 12), ("20", 20, 20)]
    assert counted("the toll rose from 12 to 20", "en") == [("12", 12, 12), ("20", 20, 20)]


def test_numbers_of_dates_are_no_quantities() -> None:
    assert counted("Le 12 juin 2016, 5 soldats ont été tués dans la nuit du 3 au 4 mars") == [("5", 5, 5)]
    assert counted("On June 12, 2016, five soldiers were killed two days ago", "en") == [("five", 5, 5)]


def test_articles_can_be_left_out() -> None:
    text = "Un soldat a été tué et trois autres blessés par une mine"
    assert [text[m.start : m.end] for m in find_quantities(text, "fr")] == ["Un", "trois", "une"]
    assert [text[m.start : m.end] for m in find_quantities(text, "fr", include_articles=False)] == ["trois"]


def test_part_of_a_toll_is_marked() -> None:
    found = find_quantities("Douze morts, dont au moins trois enfants", "fr")
    assert [m.partitive for m in found] == [False, True]
    found = find_quantities("Twelve dead, including three children", "en")
    assert [m.partitive for m in found] == [False, True]


def test_a_unit_said_once_goes_to_all_numbers_in_the_row() -> None:
    assert [m.unit for m in find_quantities("deux frères de 12 et 15 ans", "fr")] == ["count", "age", "age"]


def test_figures_of_names_are_no_quantities() -> None:
    assert counted("Un F-16 et un Su-24 ont survolé la RN4 où le M-23 attendait le G7") == [("Un", 1, 1), ("un", 1, 1)]


def test_the_words_are_those_of_the_text() -> None:
    text = "Plus de 175 tirs, près de 900 hommes et une vingtaine de blessés"
    for mention in find_quantities(text, "fr"):
        assert mention.quantity.text == text[mention.start : mention.end]


def test_a_language_without_numbers_is_refused() -> None:
    with pytest.raises(LanguageUnavailable):
        find_quantities("x", "xx")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "text",
    ["1" * 4000, "1 000 " * 700, "12 et " * 700, "vingt et " * 500, "twenty and " * 400, "trois ou " * 500, "one or " * 600, "au moins " * 450,
     "plus de " * 500, "at least " * 450, "un " * 1300, "a " * 2000, "des dizaines de " * 250, "10-" * 1300, "1,2," * 1000, "deux " * 800],
    ids=lambda t: t[:12].strip(),
)  # fmt: skip
def test_no_text_takes_long(text: str, language: str) -> None:
    find_quantities("le", language)
    assert min(_seconds(text[: 4000 - n], language) for n in range(3)) < 0.05


def _seconds(text: str, language: str) -> float:
    started = time.process_time()
    find_quantities(text, language)
    return time.process_time() - started
