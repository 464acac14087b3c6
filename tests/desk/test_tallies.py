"""The page of tallies: each published count beside the record's own. Everything told here is invented."""

from __future__ import annotations

import dataclasses
import html
import re
from typing import Any

import pytest

from told_sources import MONITOR, OBSERVATORY, page_of, told, words
from vigie.desk.pages import tallies as tallies_page
from vigie.model import CodedReport, Span, Tally
from vigie.store.keeping import Arrival
from vigie.store.store import Store


def counting(number: int, lower: int, since: str | None = "2015-01-01") -> CodedReport:
    """A report of the monitor that counts so many attacks, at the words of its own toll."""
    coded = told(number, MONITOR, 4)
    found = coded.incidents[0].killed.evidence[0]
    tally = Tally("attacks", lower, None, found.quote, (Span(found.start, found.end, found.quote),), since=since)
    return dataclasses.replace(coded, tallies=(tally,))


@pytest.fixture
def record(store: Store) -> Store:
    """Events of two monitors; one of the two counts more attacks than there are."""
    reports = [told(1, MONITOR, 3), told(2, MONITOR, 3), told(3, OBSERVATORY, 2), counting(7, 9)]
    store.add([Arrival(coded, "x") for coded in reports], "invented/1")
    return store


def side(page: str, heading: str) -> list[str]:
    """The incidents under a heading, by id."""
    found = re.search(rf"<h3>{heading}</h3>.*?</section>", page, re.DOTALL)
    return re.findall(r'href="/incidents/(I\w+)"', found[0]) if found else []


def home(store: Store, key: str) -> str:
    return store.homes()[key]


def test_a_tally_stands_beside_the_records_own_count(client, record: Store) -> None:
    page = page_of(client, "/tallies")
    said = words(page)
    assert "1 tally" in said
    assert "The tally at least 9" in said
    assert "Counts incidents, from 1 January 2015" in said
    assert "no start date told" not in said
    assert page.count('<svg class="bar') == 2
    assert re.search(r'class="evidence"[^>]*href="/reports/e7\.0\?from=\d+', page)
    assert re.search(r"\d+ are not in the record", said)
    assert f"Counted by {MONITOR}" in said
    assert client.get(re.search(rf'href="(/sources/[^"]+)" dir="auto">{MONITOR}<', page)[1]).status_code == 200


def test_what_only_the_record_has_is_told_apart_and_opens_its_words(client, record: Store) -> None:
    page = page_of(client, "/tallies")
    assert side(page, "Only in the record") == [home(record, "e3.0#i1")]
    assert set(side(page, "Told by them too")) == {home(record, f"e{n}.0#i1") for n in (1, 2, 7)}
    for report in ("e1.0", "e2.0", "e3.0", "e7.0"):
        assert re.search(rf'class="tally-printings".*?href="/reports/{report}\?from=\d+', page, re.DOTALL)


def test_who_counts_and_says_nothing_else_leads_nowhere(client, store: Store) -> None:
    coded = counting(1, 5)
    coded = dataclasses.replace(coded, claims=(), incidents=())
    store.add([Arrival(coded, "x")], "invented/1")
    page = page_of(client, "/tallies")
    assert f"Counted by {MONITOR}" in words(page)
    assert "/sources/" not in page


def test_what_the_counter_added_and_the_record_lacks_is_said_with_its_days(client, store: Store) -> None:
    store.add([Arrival(counting(n, lower), "x") for n, lower in ((1, 5), (40, 60))], "invented/1")
    page = page_of(client, "/tallies")
    assert "the counter added 55" in words(page)
    assert re.search(r"\d+ are missing here\.", words(page))
    link = html.unescape(re.search(r'href="(/reports\?first=[^"]+)"', page)[1])
    assert client.get(link).status_code == 200


def test_a_tally_without_a_start_says_so(client, store: Store) -> None:
    store.add([Arrival(counting(1, 5, since=None), "x")], "invented/1")
    assert "no start date told" in page_of(client, "/tallies")


def test_tallies_are_filtered(client, record: Store) -> None:
    assert "No tally fits." in page_of(client, "/tallies?counter=nobody")
    assert "No tally fits." in page_of(client, "/tallies?last=2001-01-01")
    assert "The tally at least 9" in words(page_of(client, "/tallies?counter=levant"))
    wrong = client.get("/tallies?first=yesterday")
    assert wrong.status_code == 422
    assert "Give a day as year-month-day" in wrong.text


def test_the_tallies_of_one_report(client, record: Store) -> None:
    assert "The tally at least 9" in words(page_of(client, "/tallies/e7.0"))
    assert client.get("/tallies/e1.0").status_code == 404
    assert client.get("/tallies/none").status_code == 404


def test_pages_follow_each_other(client, store: Store, monkeypatch) -> None:
    monkeypatch.setattr(tallies_page, "SIZE", 2)
    store.add([Arrival(counting(n, 10 + n), "x") for n in range(1, 6)], "invented/1")
    found, path = [], "/tallies"
    while path:
        page = page_of(client, path)
        found += re.findall(r"The tally at least (\d+)", words(page))
        following = re.search(r'<a rel="next" href="(.*?)"', page)
        path = html.unescape(following[1]) if following else ""
    assert sorted(found) == ["11", "12", "13", "14", "15"]
    assert "here is its beginning" in page_of(client, "/tallies?after=nonsense")


def test_more_incidents_than_a_list_holds_are_on_a_page_of_their_own(client, record: Store, monkeypatch) -> None:
    monkeypatch.setattr(tallies_page, "_LISTED", 1)
    page = page_of(client, "/tallies")
    assert "2 more" in words(page)
    assert 'href="/tallies/e7.0"' in page
    assert len(side(page_of(client, "/tallies/e7.0"), "Told by them too")) == 3


def test_a_tally_over_much_of_the_record_is_compared_when_asked_for(client: Any, record: Store, monkeypatch) -> None:
    monkeypatch.setattr(tallies_page, "LIMIT", 2)
    page = page_of(client, "/tallies")
    assert "Compare with the record" in page
    assert '<svg class="bar' not in page
    assert '<svg class="bar' in page_of(client, "/tallies/e7.0")


def test_no_tallies_yet(client) -> None:
    assert "No report gives a tally yet." in page_of(client, "/tallies")


def test_the_page_is_in_the_readers_language(client, record: Store) -> None:
    french = words(client.get("/tallies", headers={"Accept-Language": "fr"}).text)
    assert "Le total au moins 9" in french
    assert "Seulement dans le registre" in french
