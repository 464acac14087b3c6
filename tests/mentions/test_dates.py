"""Days in running text: what counts from what, what bounds an unknown publication day, the head of a report."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from vigie.errors import LanguageUnavailable
from vigie.mentions.dates import dateline_date, find_dates, is_since
from vigie.readers import read_published

DAY = read_published("2024-07-26")
MONTH = read_published("2024-07")


def told(text: str, language: str, published: str | None) -> dict[str, tuple[str, str] | None]:
    """Words of each mention → its first and last day."""
    anchor = None if published is None else read_published(published)
    return {
        text[m.start : m.end]: None if m.date is None else (str(m.date.start), str(m.date.end))
        for m in find_dates(text, language, anchor)
    }


def test_a_language_without_dates_is_refused() -> None:
    with pytest.raises(LanguageUnavailable):
        find_dates("x", "xx", None)


def test_days_told_in_the_past_bound_an_unknown_publication_day() -> None:
    text = "Des obus ont été tirés mardi. Le 17 avril, un poste avait été visé. Une réunion a eu lieu cette semaine."
    found = find_dates(text, "fr", read_published("2023-04"))
    assert (found[0].date.start, found[0].date.end) == (dt.date(2023, 4, 18), dt.date(2023, 4, 25))
    assert found[0].date.candidates == (dt.date(2023, 4, 18), dt.date(2023, 4, 25))


def test_days_still_to_come_bound_nothing() -> None:
    text = "Des obus ont été tirés mardi. Le vote aura lieu le 29 avril."
    found = find_dates(text, "fr", read_published("2023-04"))
    assert len(found[0].date.candidates) == 4


def test_in_the_night_is_that_before_the_day_of_the_telling() -> None:
    text = "Le camp a été touché dans la nuit, a déclaré jeudi un porte-parole."
    assert told(text, "fr", "2024-07-26")["dans la nuit"] == ("2024-07-24", "2024-07-25")
    assert told("Le camp a été touché dans la nuit.", "fr", "2024-07-26")["dans la nuit"] == (
        "2024-07-25",
        "2024-07-26",
    )
    text = "The camp was hit overnight, a spokesman said on Thursday."
    assert told(text, "en", "2024-07-26")["overnight"] == ("2024-07-24", "2024-07-25")


def test_in_the_night_with_candidate_days_of_telling() -> None:
    text = "Le camp a été touché dans la nuit, a déclaré jeudi un porte-parole. Le 16 juillet, un drone était tombé."
    night, thursday, _ = find_dates(text, "fr", MONTH)
    assert thursday.date.candidates == (dt.date(2024, 7, 18), dt.date(2024, 7, 25))
    assert (night.date.start, night.date.end) == (dt.date(2024, 7, 17), dt.date(2024, 7, 25))
    assert night.night


def test_a_part_of_the_day_is_of_the_day_beside_it() -> None:
    text = "Mercredi, deux hommes sont entrés dans le village à l'aube."
    assert told(text, "fr", "2024-07-26")["à l'aube"] == ("2024-07-24", "2024-07-24")


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Le juge a été abattu lundi. {}, un engin a explosé.", "Dans la soirée"),
        ("fr", "Le juge a été abattu lundi. {}, un engin a explosé.", "Quelques heures plus tard"),
        ("fr", "Le juge a été abattu lundi. {}, un engin avait explosé.", "Deux heures plus tôt"),
        ("en", "The judge was shot on Monday. {}, a bomb went off.", "At dusk"),
        ("en", "The judge was shot on Monday. {}, a bomb went off.", "Hours later"),
        ("en", "The judge was shot on Monday. {}, a bomb had gone off.", "A few hours earlier"),
    ],
)
def test_a_report_goes_on_telling_of_the_day_it_named(language: str, text: str, words: str) -> None:
    assert told(text.format(words), language, "2024-07-26")[words] == ("2024-07-22", "2024-07-22")


def test_a_part_of_the_day_is_not_of_a_day_long_before() -> None:
    text = "A bomb killed nine on March 3. At dusk, shells fell."
    assert told(text, "en", "2024-07-26")["At dusk"] == ("2024-07-26", "2024-07-26")
    text = "Une bombe a tué neuf personnes le 3 mars. Dans la soirée, des obus sont tombés."
    assert told(text, "fr", "2024-07-26")["Dans la soirée"] == ("2024-07-26", "2024-07-26")


def test_two_figures_with_a_stroke_are_days_only_before_a_month() -> None:
    found = told("Rockets fell on the night of 8/9 July. The attack of 7/7 was in London.", "en", "2024-07-26")
    assert found == {"on the night of 8/9 July": ("2024-07-08", "2024-07-09")}
    found = told("Des roquettes sont tombées dans la nuit du 8/9 juillet.", "fr", "2024-07-26")
    assert found == {"dans la nuit du 8/9 juillet": ("2024-07-08", "2024-07-09")}
    assert told("after the 9/11 attacks", "en", "2024-07-26")["9/11"] == ("2001-09-11", "2001-09-11")


def test_the_day_before_and_after_count_from_the_day_told_before() -> None:
    text = "Le 3 mars, une bombe a explosé. La veille, un convoi avait été visé. Deux jours plus tard, la ville est tombée."
    found = told(text, "fr", "2024-07-26")
    assert found["La veille"] == ("2024-03-02", "2024-03-02")
    assert found["Deux jours plus tard"] == ("2024-03-04", "2024-03-04")
    text = "On March 3 a bomb went off. The next day the town fell. A week later the mayor came back."
    found = told(text, "en", "2024-07-26")
    assert found["The next day"] == ("2024-03-04", "2024-03-04")
    assert found["A week later"] == ("2024-03-11", "2024-03-11")


@pytest.mark.parametrize(
    ("language", "text", "words", "first", "last"),
    [
        ("en", "A bomb in Sarh in March last year killed nine.", "March last year", "2023-03-01", "2023-03-31"),
        ("en", "A bomb went off on March 3 of last year.", "March 3 of last year", "2023-03-03", "2023-03-03"),
        ("en", "A bomb went off last March.", "last March", "2024-03-01", "2024-03-31"),
        ("fr", "Une bombe a tué neuf civils en mars de l'an dernier.", "mars de l'an dernier", "2023-03-01", "2023-03-31"),
        ("fr", "Le 3 mars de l'année dernière, une bombe.", "Le 3 mars de l'année dernière", "2023-03-03", "2023-03-03"),
        ("fr", "Une bombe a explosé en mars dernier.", "mars dernier", "2024-03-01", "2024-03-31"),
        ("en", "On Christmas Day gunmen attacked the post.", "Christmas Day", "2023-12-25", "2023-12-25"),
        ("en", "Gunmen attacked the post on New Year's Eve.", "New Year's Eve", "2023-12-31", "2023-12-31"),
        ("fr", "Le jour de Noël, le poste a été attaqué.", "Le jour de Noël", "2023-12-25", "2023-12-25"),
        ("fr", "Le jour de l'An, le poste a été attaqué.", "Le jour de l'An", "2024-01-01", "2024-01-01"),
    ],
)  # fmt: skip
def test_months_of_last_year_and_feasts(language: str, text: str, words: str, first: str, last: str) -> None:
    assert told(text, language, "2024-07-26")[words] == (first, last)


@pytest.mark.parametrize(("language", "text"), [("en", "The Christmas market was hit."), ("fr", "Le marché de Noël.")])
def test_a_feast_that_only_names_something_is_no_day(language: str, text: str) -> None:
    assert told(text, language, "2024-07-26") == {}


def test_the_weekday_that_follows_counts_from_the_day_told_before() -> None:
    text = "Le 3 mars 2024, une bombe a explosé ; le mardi suivant, une autre."
    assert told(text, "fr", "2024-07-26")["le mardi suivant"] == ("2024-03-05", "2024-03-05")


def test_a_numbered_date_wins_over_a_weekday_that_disagrees() -> None:
    assert told("Le mardi 12 juin 2024", "fr", "2024-07-26") == {"Le mardi 12 juin 2024": ("2024-06-12", "2024-06-12")}


def test_two_days_are_two_mentions() -> None:
    assert told("Des tirs jeudi et vendredi ont fait deux morts", "fr", "2024-07-26") == {
        "jeudi": ("2024-07-25", "2024-07-25"),
        "vendredi": ("2024-07-26", "2024-07-26"),
    }


def test_a_date_without_year_is_past_unless_that_lies_a_year_back() -> None:
    assert told("le 30 novembre", "fr", "2024-07-26") == {"le 30 novembre": ("2023-11-30", "2023-11-30")}
    assert told("le 15 août", "fr", "2024-07-26") == {"le 15 août": ("2024-08-15", "2024-08-15")}
    assert told("le 15 août dernier", "fr", "2024-07-26") == {"le 15 août dernier": ("2023-08-15", "2023-08-15")}
    assert told("le 29 février", "fr", "2023-03-10") == {"le 29 février": ("2020-02-29", "2020-02-29")}


def test_impossible_days_stay_unknown() -> None:
    assert told("le 31 juin 2024", "fr", "2024-07-26") == {"le 31 juin 2024": None}
    assert told("February 30, 2024", "en", "2024-07-26") == {"February 30, 2024": None}


def test_this_week_ends_with_the_telling() -> None:
    assert told("Ils se sont vus cette semaine.", "fr", "2024-07-25") == {"cette semaine": ("2024-07-22", "2024-07-25")}
    found = told("The town fell this week, the army said on Wednesday.", "en", "2024-07-26")
    assert found["this week"] == ("2024-07-22", "2024-07-24")
    assert told("Ils se verront cette semaine.", "fr", "2024-07-25") == {"cette semaine": ("2024-07-22", "2024-07-28")}


def test_inferred_years_say_so() -> None:
    (mention,) = find_dates("le 12 juin", "fr", DAY)
    assert mention.date.basis == "relative"
    (mention,) = find_dates("le 12 juin 2024", "fr", DAY)
    assert mention.date.basis == "stated"
    (mention,) = find_dates("à l'aube", "fr", DAY)
    assert mention.date.basis == "assumed"


def test_since_is_told_apart() -> None:
    text = "Ils combattent depuis 2014. En 2016, la ville est tombée."
    since, in_ = find_dates(text, "fr", DAY)
    assert is_since(text, "fr", since)
    assert not is_since(text, "fr", in_)
    text = "They have fought since March."
    assert is_since(text, "en", find_dates(text, "en", DAY)[0])


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("12 juin 2016. –\nUn homme a été tué.", "fr", ("2016-06-12", "2016-06-12")),
        ("Mali : un convoi attaqué\n\n3 mars 2017. – Un convoi a été attaqué jeudi.", "fr", ("2017-03-03", "2017-03-03")),
        ("Saturday, October 5, 2019 \n\nOn Thursday a man", "en", ("2019-10-05", "2019-10-05")),
        ("date 2023-04 (Tombouctou) Des obus ont été tirés", "fr", ("2023-04-01", "2023-04-30")),
        ("GAO (Mali), 3 mars 2017 (Agence) - Un convoi", "fr", ("2017-03-03", "2017-03-03")),
        ("BAMAKO, March 3, 2017 (Agency) -- A convoy", "en", ("2017-03-03", "2017-03-03")),
        ("Un convoi a été attaqué le 3 mars 2017 près de la ville", "fr", None),
        ("Un convoi a été attaqué jeudi", "fr", None),
        ("In March 2017, the army took the town.", "en", None),
        ("On March 3, 2017, President Jones spoke.", "en", None),
        ("Le 3 mars 2017, le village a été pris.", "fr", None),
        ("", "fr", None),
        ("Un homme est mort. " * 20 + "\n\n3 mars 2017. –", "fr", None),
    ],
)  # fmt: skip
def test_the_date_at_the_head(text: str, language: str, wanted: tuple[str, str] | None) -> None:
    mention = dateline_date(text, language)
    assert (None if mention is None else (str(mention.date.start), str(mention.date.end))) == wanted


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "text",
    ["1" * 4000, "1 " * 2000, "12 et " * 1000, "le " * 2000, "dans la nuit de " * 400, "lundi " * 1000, "12/" * 2000, "1.234." * 900,
     "entre 3 et " * 500, "Monday night " * 500, "the night of " * 500, "2016-" * 1000, "\n \n" * 1500, "de la nuit du 3 au " * 300],
    ids=lambda t: t[:14].strip() or "blank",
)  # fmt: skip
def test_no_text_takes_long(text: str, language: str) -> None:
    find_dates("le", language, DAY)
    assert min(_seconds(text[: 4000 - n], language) for n in range(3)) < 0.05


def _seconds(text: str, language: str) -> float:
    started = time.process_time()
    find_dates(text, language, DAY)
    return time.process_time() - started
