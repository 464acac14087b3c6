"""Feasts that name a day, also those that move from year to year, and a weekend that only describes an act."""

from __future__ import annotations

import pytest

import vigie


@pytest.mark.parametrize(
    ("language", "text", "published", "day"),
    [
        ("en", "Two people were stabbed in Dorvan on Halloween night, police said.", "2020-11-02", "2020-10-31"),
        ("en", "A man was shot in Dorvan on Boxing Day.", "2023-12-28", "2023-12-26"),
        ("en", "A man was shot in Dorvan on Thanksgiving.", "2023-11-25", "2023-11-23"),
        ("en", "Gunmen killed six people in Dorvan on Memorial Day.", "2022-06-01", "2022-05-30"),
        ("en", "A bomb killed two people in Dorvan on Easter Sunday.", "2019-04-22", "2019-04-21"),
        ("en", "A bomb killed two people in Dorvan on Good Friday.", "2024-04-01", "2024-03-29"),
        ("fr", "Une bombe a tué deux personnes à Dorvan le dimanche de Pâques.", "2019-04-22", "2019-04-21"),
        ("fr", "Une bombe a tué deux personnes à Dorvan le lundi de Pentecôte.", "2024-05-22", "2024-05-20"),
        ("fr", "Un homme a été poignardé à Dorvan le soir d'Halloween.", "2020-11-02", "2020-10-31"),
    ],
)
def test_feasts_are_days(language: str, text: str, published: str, day: str) -> None:
    date = vigie.code(text, language=language, published=published).incidents[0].date
    assert date is not None
    assert (date.start.isoformat(), date.end.isoformat()) == (day, day)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Two people have died from a weekend shooting in Dorvan, officials said."),
        ("fr", "La fusillade du week-end à Dorvan a fait deux morts."),
    ],
)
def test_the_weekend_of_an_act_is_its_time(language: str, text: str) -> None:
    first = vigie.code(text, language=language, published="2024-05-14").incidents[0]
    assert first.date is not None
    assert (first.date.start.isoformat(), first.date.end.isoformat()) == ("2024-05-11", "2024-05-12")
    assert first.killed is not None
    assert first.killed.lower == 2


def test_the_block_of_a_street_is_no_year() -> None:
    report = vigie.code(
        "A man was shot in the 1700 block of Main Street in Dorvan.", language="en", published="2024-05-14"
    )
    date = report.incidents[0].date
    assert date is not None
    assert date.start.year == 2024


def test_a_swiss_number_is_read_whole() -> None:
    text = "Une bombe a tué deux personnes lundi à Dorvan. La guerre a fait plus de 13'000 morts depuis 2009."
    tallies = vigie.code(text, language="fr", published="2024-05-14").tallies
    assert [t.lower for t in tallies] == [13001]
