"""The pages of sources: who says how much, how often alone and contradicted; names joined and separated, profiles.
Everything told here is invented."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from told_sources import MONITOR, OBSERVATORY, page_of, told, words
from vigie.store.keeping import Arrival
from vigie.store.store import Store

Clients = Callable[[], Any]


@pytest.fixture
def record(store: Store) -> Store:
    """Two monitors that contradict each other on the second of three events, and a doctor without a name."""
    reports = [
        told(1, MONITOR, 3),
        told(2, MONITOR, 3),
        told(2, OBSERVATORY, 9, telling=3),
        told(3, OBSERVATORY, 2),
        told(4, "a doctor", 2, terms="anonymous"),
    ]
    store.add([Arrival(coded, "x") for coded in reports], "invented/1")
    return store


def row(page: str, name: str) -> dict[str, str]:
    """The cells of a source in the list by their labels, in words."""
    found = next(r for r in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if f">{name}</a>" in r)
    return {label: words(cell) for label, cell in re.findall(r'data-label="(.*?)">(.*?)</td>', found, re.DOTALL)}


def seen(page: str) -> str:
    return re.search(r'name="seen" value="(\w*)"', page)[1]


def note(answer: Any, client: Any) -> str:
    """Where a form leads, and what is said there."""
    assert answer.status_code == 303, answer.text
    return words(page_of(client, answer.headers["location"]))


def test_each_source_stands_with_its_numbers(client, record: Store) -> None:
    page = page_of(client, "/sources")
    cells = row(page, MONITOR)
    assert (cells["Incidents"], cells["Alone"], cells["Contradicted"], cells["Updated"]) == ("2", "1 50%", "1 50%", "0")
    assert "a doctor" in page


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("who=named", MONITOR, "a doctor"),
        ("who=unnamed", "a doctor", OBSERVATORY),
        ("q=levant", MONITOR, OBSERVATORY),
        ("q=LEVANT+monitor", MONITOR, OBSERVATORY),
    ],
)
def test_the_list_is_filtered(client, record: Store, query: str, there: str, gone: str) -> None:
    page = page_of(client, f"/sources?{query}")
    assert there in page
    assert gone not in page


def test_nothing_that_fits_is_said(client, record: Store) -> None:
    assert "No source fits." in page_of(client, "/sources?q=nobody+at+all")
    assert "No source fits." in page_of(client, "/sources?kind=police")


def test_the_list_goes_on_page_by_page(client, record: Store, monkeypatch) -> None:
    monkeypatch.setattr("vigie.desk.pages.sources.SIZE", 2)
    found, path = [], "/sources?order=name"
    while path:
        page = page_of(client, path)
        found += re.findall(r"data-row dir=\"auto\">(.*?)</a>", page)
        following = re.search(r'<a rel="next" href="(.*?)"', page)
        path = html.unescape(following[1]) if following else ""
    assert len(found) == len(set(found))
    assert {MONITOR, OBSERVATORY, "a doctor"} <= set(found)


def test_a_place_in_the_list_that_means_nothing_leads_to_its_beginning(client, record: Store) -> None:
    page = page_of(client, "/sources?after=nonsense")
    assert "here is its beginning" in page
    assert MONITOR in page


def test_a_source_shows_what_it_said_with_the_words(client, record: Store) -> None:
    page = page_of(client, "/sources/levant%20monitor")
    assert "told by it alone" in page
    for report in ("e1.0", "e2.0"):
        assert re.search(rf'class="evidence"[^>]*href="/reports/{report}\?from=\d+', page)
    contradicted = words(page_of(client, "/sources/levant%20monitor?only=contradicted"))
    assert f"{OBSERVATORY} : 9" in contradicted
    assert page_of(client, "/sources/levant%20monitor?only=alone").count("<article") == 1


def test_names_lead_to_the_source_too(client, record: Store) -> None:
    assert f"<h1 dir=\"auto\">{MONITOR}</h1>" in page_of(client, "/sources/Levant%20Monitor")  # fmt: skip
    assert client.get("/sources/nobody").status_code == 404


def test_the_accounts_of_an_incident_lead_to_their_sources(client, record: Store) -> None:
    page = page_of(client, f"/incidents/{record.homes()['e2.0#i1']}")
    links = re.findall(r'href="(/sources/[^"]+)"', page)
    assert len(links) >= 2
    for link in links:
        assert client.get(html.unescape(link)).status_code == 200


def test_two_names_are_joined_and_separated_again(client, record: Store) -> None:
    form = {"names": [MONITOR, OBSERVATORY], "why": "one body", "seen": seen(page_of(client, "/sources"))}
    answer = client.post_form("/sources/join", form)
    assert "The names are one source now." in note(answer, client)
    joined = page_of(client, "/sources/levant%20monitor")
    assert "one body" in joined
    assert row(page_of(client, "/sources"), MONITOR)["Incidents"] == "3"
    form = {"home": MONITOR, "name": OBSERVATORY, "seen": seen(joined)}
    assert "is a source of its own now" in note(client.post_form("/sources/part", form), client)
    assert [line.kind for line in record.decisions()] == ["alias", "unalias"]
    assert row(page_of(client, "/sources"), OBSERVATORY)["Incidents"] == "2"


def test_an_undo_brings_the_names_apart(client, record: Store) -> None:
    client.post_form("/sources/join", {"names": [MONITOR, OBSERVATORY]})
    page = page_of(client, "/sources/levant%20monitor")
    assert 'action="/decisions/1/undo"' in page
    client.post_form("/decisions/1/undo", {"back": "/sources"})
    assert row(page_of(client, "/sources"), OBSERVATORY)["Incidents"] == "2"
    log = page_of(client, "/sources/levant%20monitor")
    assert 'class="log-gone"' in log
    assert 'action="/decisions/1/undo"' not in log


@pytest.mark.parametrize("names", [[], [MONITOR], [MONITOR, "LEVANT monitor"], [MONITOR, ""]])
def test_one_name_cannot_be_joined_with_itself(client, record: Store, names: list[str]) -> None:
    answer = client.post_form("/sources/join", {"names": names})
    assert "Choose two sources or more" in note(answer, client)
    assert record.decisions() == ()


def test_a_source_is_described_by_a_person_alone(client, record: Store) -> None:
    page = page_of(client, "/sources/levant%20monitor")
    assert "not judged" in words(page)
    form = {
        "name": MONITOR, "kind": "monitor", "country": "Syrie", "side": "", "reliability": "B",
        "note": "counts by name", "why": "ten years of lists", "seen": seen(page),
    }  # fmt: skip
    assert "The profile has been changed." in note(client.post_form("/sources/profile", form), client)
    page = words(page_of(client, "/sources/levant%20monitor"))
    for told_of in ("usually reliable", "Syria", "counts by name", "ten years of lists"):
        assert told_of in page
    account = next(a for a in record.incident(record.homes()["e1.0#i1"]).incident.accounts if a.id == "levant monitor")
    assert account.reliability == "B"
    again = client.post_form("/sources/profile", {**form, "seen": record.log_hash()})
    assert "Nothing was changed." in note(again, client)
    assert len(record.decisions()) == 1


@pytest.mark.parametrize("wrong", [{"reliability": "Z"}, {"kind": "mood"}, {"country": "Nowhere at all"}])
def test_a_profile_that_makes_no_sense_changes_nothing(client, record: Store, wrong: dict[str, str]) -> None:
    form = {"name": MONITOR, "kind": "monitor", "reliability": "B", **wrong}
    said = note(client.post_form("/sources/profile", form), client)
    assert "Nothing was changed" in said or "There is no country" in said
    assert record.decisions() == ()


def test_two_who_describe_one_source_do_not_overwrite_each_other(client, another: Clients, record: Store) -> None:
    form = {"name": MONITOR, "kind": "monitor", "seen": seen(page_of(client, "/sources/levant%20monitor"))}
    client.post_form("/sources/profile", {**form, "reliability": "B", "why": "lists"})
    other = another()
    late = other.post_form("/sources/profile", {**form, "reliability": "D"})
    assert "local has decided on these names meanwhile (decision 1)" in note(late, other)
    assert len(record.decisions()) == 1
    elsewhere = other.post_form("/sources/profile", {**form, "name": OBSERVATORY, "reliability": "C"})
    assert "The profile has been changed." in note(elsewhere, other)


def test_a_name_that_tells_nobody_from_others_is_not_decided_on(client, record: Store) -> None:
    page = page_of(client, "/sources?who=unnamed")
    assert 'type="checkbox"' not in page
    link = html.unescape(re.search(r'href="(/sources/[^"]+)" data-row', page)[1])
    page = page_of(client, link)
    assert "Nobody tries to find out who an unnamed source is" in page
    assert "Edit the profile" not in page


def test_readers_see_sources_and_editors_decide(team, record: Store) -> None:
    reader, coder, editor = team("reader"), team("coder"), team("editor")
    page = page_of(reader, "/sources")
    assert 'type="checkbox"' not in page
    assert "Join the chosen" not in page
    names = {"names": [MONITOR, OBSERVATORY]}
    assert coder.post_form("/sources/join", names).status_code == 403
    assert coder.post_form("/sources/profile", {"name": MONITOR, "reliability": "A"}).status_code == 403
    assert "Edit the profile" not in page_of(coder, "/sources/levant%20monitor")
    assert editor.post_form("/sources/join", names).status_code == 303
    assert [line.who for line in record.decisions()] == ["editor"]


def test_an_empty_record_says_where_sources_come_from(client) -> None:
    assert "Nothing has been taken in yet." in page_of(client, "/sources")


def test_the_pages_are_in_the_readers_language(client, record: Store) -> None:
    french = {"Accept-Language": "fr"}
    assert "Contredite" in client.get("/sources", headers=french).text
    assert "ne peut être jugée" in client.get("/sources/levant%20monitor", headers=french).text
