"""What the words that a person points at say. The texts are invented."""

from __future__ import annotations

import datetime as dt

import pytest

from vigie.coding.pointed import likely_field, value_of_words
from vigie.model import Report, ReportedDate

FR = (
    "KHERSON, 8 mars (Agence Ponant) – Au moins sept personnes ont été tuées jeudi soir à Nikopol par trois roquettes "
    "tirées sur un marché, selon l’armée de l’air."
)
EN = "At least seven people were killed late on Thursday in Nikopol when three rockets hit a market, the army said."


def report(text: str, language: str) -> Report:
    friday = dt.date(2024, 3, 8)
    return Report("r", "", text, language=language, published=ReportedDate(friday, friday, "day", "stated"))


def pointed(text: str, language: str, words: str, field: str):
    start = text.index(words)
    return value_of_words(report(text, language), start, start + len(words), field)


@pytest.mark.parametrize(
    ("text", "language", "words", "bounds", "hedge"),
    [
        (FR, "fr", "Au moins sept personnes", (7, None), "at_least"),
        (FR, "fr", "sept", (7, None), "at_least"),  # the hedge before the words pointed at is theirs too
        (EN, "en", "At least seven people were killed", (7, None), "at_least"),
        (EN, "en", "three rockets", (3, 3), "exact"),
    ],
)
def test_a_number_comes_with_the_bounds_of_its_hedge(text, language, words, bounds, hedge):
    found = pointed(text, language, words, "killed")
    assert ((found.lower, found.upper), found.hedge) == (bounds, hedge)
    assert [span.quote for span in found.evidence] == [words]


@pytest.mark.parametrize(("text", "language", "words"), [(FR, "fr", "jeudi soir"), (EN, "en", "Thursday")])
def test_a_weekday_is_the_one_before_publication(text, language, words):
    found = pointed(text, language, words, "date")
    assert (found.start, found.end) == (dt.date(2024, 3, 7), dt.date(2024, 3, 7))


@pytest.mark.parametrize(("text", "language"), [(FR, "fr"), (EN, "en")])
def test_a_place_is_looked_up(text, language):
    found = pointed(text, language, "Nikopol", "place")
    assert (found.name, found.country, found.precision) == ("Nikopol", "UA", "settlement")
    assert found.lat is not None


def test_a_place_that_no_list_knows_keeps_its_name():
    text = "Deux hommes ont été tués près du puits de Tarkhalout."
    found = pointed(text, "fr", "Tarkhalout", "place")
    assert (found.name, found.lat) == ("Tarkhalout", None)


@pytest.mark.parametrize(
    ("text", "language", "words", "kinds"),
    [
        (FR, "fr", "trois roquettes", [("rocket", 3, 3)]),
        (EN, "en", "three rockets hit a market", [("rocket", 3, 3)]),
        (EN, "en", "the army", []),
    ],
)
def test_weapons_come_with_their_number(text, language, words, kinds):
    assert [(w.kind, w.lower, w.upper) for w in pointed(text, language, words, "weapons")] == kinds


def test_who_and_what_was_hit_are_the_words_themselves():
    assert [(t.name, t.kind) for t in pointed(FR, "fr", "marché", "targets")] == [("marché", "civilian")]
    assert [(a.name, a.basis) for a in pointed(FR, "fr", "armée de l’air", "actors")] == [("armée de l’air", "stated")]


def test_a_kind_of_violence_is_told_by_its_word():
    text = "Une frappe aérienne a fait deux morts."
    assert pointed(text, "fr", "frappe aérienne", "type") == "air_drone_strike"
    assert pointed(text, "fr", "deux morts", "type") is None


def test_offsets_are_those_of_the_text_as_received():
    text = "\u200bLe bilan est de\u00ad 12\u00a0morts,\r\ndit le maire."
    found = pointed(text, "fr", "12\u00a0morts", "killed")
    assert (found.lower, found.evidence[0].quote) == (12, "12\u00a0morts")


def test_words_that_say_nothing_of_the_field_give_none():
    assert pointed(EN, "en", "the army", "killed") is None
    assert pointed(EN, "en", "the army", "date") is None
    assert pointed(EN, "en", "the army", "responsibility") is None


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("Au moins sept personnes", "killed"),
        ("jeudi soir", "date"),
        ("Nikopol", "place"),
        ("trois roquettes", "weapons"),
        ("un marché", "targets"),
    ],
)
def test_the_field_that_words_most_likely_speak_of(words, field):
    start = FR.index(words)
    assert likely_field(report(FR, "fr"), start, start + len(words)) == field
