"""The desk speaks French and English completely, and writes values as the reader's language does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

import catalogues
from vigie.desk.assets import Assets
from vigie.desk.languages import catalogues as loaded
from vigie.desk.languages import po_file
from vigie.desk.rendering import Templates
from vigie.desk.wording import Wording
from vigie.model import Place, Quantity, ReportedDate
from vigie.model.spans import Span


@pytest.fixture(scope="module")
def words() -> Catalog:
    return catalogues.extracted()


@pytest.mark.parametrize("file", catalogues.files(), ids=lambda file: file.parents[1].name)
def test_every_message_is_translated_and_none_is_left_over(file: Path, words: Catalog) -> None:
    assert len(words) > 100
    assert catalogues.faults(file, words) == []


@pytest.mark.parametrize("file", catalogues.files(), ids=lambda file: file.parents[1].name)
def test_a_catalogue_is_as_the_tool_writes_it(file: Path, words: Catalog) -> None:
    assert file.read_text("utf-8") == catalogues.brought_up_to_date(file, words)


def test_a_gap_in_a_catalogue_is_found(tmp_path: Path, words: Catalog) -> None:
    file = po_file("fr", tmp_path)
    file.parent.mkdir(parents=True)
    text = po_file("fr").read_text("utf-8")
    file.write_text(
        text.replace('msgstr "Comptes"', 'msgstr ""', 1).replace('msgid "Close"', 'msgid "Closed"'), "utf-8"
    )
    found = catalogues.faults(file, words)
    assert any(fault.startswith("not translated") for fault in found)
    assert "missing: 'Close'" in found
    assert "no longer used: 'Closed'" in found


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-BE,fr;q=0.8", "fr"),
        ("ar,fr;q=0.8,en;q=0.5", "fr"),
        ("en;q=0.2,fr;q=0.7", "fr"),
        ("fr;q=0,en", "en"),
        ("de", "en"),
        ("*;q=x, ,;", "en"),
        ("fr" * 5000, "en"),
    ],
)
def test_the_language_is_the_best_that_the_browser_asks_for(client, accepted: str, language: str) -> None:
    assert client.get("/", headers={"Accept-Language": accepted}).headers["content-language"] == language


def test_numbers_and_dates_are_the_readers() -> None:
    english, french = (Wording(loaded()[code]) for code in ("en", "fr"))
    assert (english.number(12345), french.number(12345)) == ("12,345", "12\u202f345")
    day = dt.date(2024, 7, 25)
    assert (english.day(day), french.day(day)) == ("25 July 2024", "25 juillet 2024")
    assert english.day("2024-07-25T10:00:00Z", "medium") == "25 Jul 2024"
    assert french.moment("2024-07-25T21:05:00Z") == "25 juil. 2024, 21:05 UTC"
    assert (english.percent(0.42), french.percent(0.42)) == ("42%", "42\xa0%")
    assert french.ago("2024-07-22T21:05:00+00:00", dt.datetime(2024, 7, 25, 21, 5, tzinfo=dt.UTC)) == "il y a 3 jours"
    assert (english.country("SY"), french.country("SY")) == ("Syria", "Syrie")


def shown(language: str, template: str, **values: object) -> str:
    """What a call of a macro gives, in a language."""
    environment = Templates(loaded(), Assets())._environments[language]
    page = '{% import "macros.html" as m %}' + template
    return " ".join(environment.from_string(page).render(**values).split())


def test_a_quantity_shows_its_bounds_and_keeps_its_words() -> None:
    some = Quantity(6, None, "more_than", "plus de cinq <i>")
    assert ">at least 6<" in shown("en", "{{ m.quantity(q) }}", q=some)
    french = shown("fr", "{{ m.quantity(q) }}", q=some)
    assert ">au moins 6<" in french
    assert "plus de cinq &lt;i&gt;" in french
    assert ">inconnu<" in shown("fr", "{{ m.quantity(q) }}", q=None)


def test_a_date_and_a_place_show_how_exactly_they_are_known() -> None:
    month = ReportedDate(dt.date(2024, 7, 1), dt.date(2024, 7, 31), "month", "stated", "in July")
    said = shown("en", "{{ m.date(d) }}", d=month)
    assert '<time datetime="2024-07-01/2024-07-31">July 2024</time>' in said
    assert ">month<" in said
    day = ReportedDate(dt.date(2024, 7, 25), dt.date(2024, 7, 25), "day", "stated")
    assert "precision" not in shown("en", "{{ m.date(d) }}", d=day)
    place = Place("Mosul", "près de Mossoul", "IQ", "settlement", admin1="Nineveh", relation="near")
    assert "near Mosul, Nineveh, Iraq <small" in shown("en", "{{ m.place(p) }}", p=place)
    assert "date inconnue" in shown("fr", "{{ m.date(none) }}")


def test_evidence_leads_to_its_words() -> None:
    link = shown("en", "{{ m.evidence(id, s) }}", id="a/b c", s=Span(3, 9, 'four "dead"'))
    assert 'href="/reports/a/b%20c?from=3&amp;to=9#e3-9"' in link
    assert "four &#34;dead&#34;" in link


def test_a_field_ties_its_error_to_its_control() -> None:
    field = shown("en", "{{ m.field('name', 'Name', error='Too long.', hint='Short.') }}")
    assert 'aria-invalid="true" aria-describedby="f-name-hint f-name-error"' in field
    assert '<p class="error" id="f-name-error">Too long.</p>' in field


def test_who_says_it_is_told_without_colour() -> None:
    assert "anonymous" in shown("en", "{{ m.terms('anonymous') }}")
    assert "aucune source nommée" in shown("fr", "{{ m.terms(none) }}")
    assert "source unique" in shown("fr", "{{ m.independence(1) }}")
    assert "3 independent accounts" in shown("en", "{{ m.independence(3) }}")


@pytest.mark.parametrize(
    ("language", "happened", "denied", "claimed"),
    [("en", "it happened", "denies it", "claimed"), ("fr", "c'est arrivé", "le dément", "revendiquée")],
)
def test_the_sides_of_a_denial_have_their_words(language: str, happened: str, denied: str, claimed: str) -> None:
    wording = Wording(loaded()[language])
    assert wording.field_value("happened", "incident") == happened
    assert wording.field_value("denied", "incident") == denied
    assert wording.field_value("claimed", "responsibility") == claimed
    assert wording.field_value("Selm Brigade", "actors") == "Selm Brigade"
