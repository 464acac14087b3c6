"""The incidents page as the server gives it: the list, the number, the address, the map's marks, the files."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from fastapi.testclient import TestClient
from starlette.datastructures import QueryParams

import invented_story as story
from vigie.desk.pages.incidents import file_kinds
from vigie.desk.selection import PARAMETERS, selection
from vigie.exports.countries import country_codes
from vigie.record.sources import seeded
from vigie.store.store import Store


def listed(page: str) -> list[str]:
    """The ids of the incidents on a page, in their order."""
    return re.findall(r'<li class="line" data-id="(\w+)"', page)


def found(client: TestClient, query: str = "") -> list[str]:
    answer = client.get(f"/incidents?{query}")
    assert answer.status_code == 200, answer.text
    number = int(re.search(r'id="found"[^>]*>\s*<strong>([\d,]+)</strong>', answer.text)[1])
    assert number == len(listed(answer.text))
    return listed(answer.text)


def test_the_newest_stand_first_and_the_number_is_said(client: TestClient, ids: dict[str, str]) -> None:
    assert found(client) == [
        ids[name] for name in ("attack", *sorted(("strike", "clash"), key=ids.get), "bomb", "rockets")
    ]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("from=2024-03-11&to=2024-03-13", {"strike", "clash"}),
        ("to=2024-03-07", {"rockets"}),
        ("from=2024-03&to=2024-03", {"attack", "strike", "clash", "bomb", "rockets"}),
        ("country=IQ", {"attack", "rockets"}),
        ("country=IQ&country=ML", {"attack", "rockets", "clash"}),
        ("place=tal+hamra", {"attack", "rockets"}),
        ("place=Mali", {"clash"}),
        ("type=armed_clash&type=remote_explosive", {"clash", "bomb"}),
        ("weapon=drone", {"attack"}),
        ("actor=plain+brigade", {"attack"}),
        ("target=tal+hamra", {"attack"}),
        ("hit=military", {"attack"}),
        ("source=samir", {"attack"}),
        ("outlet=valley", {"rockets", "bomb", "clash"}),
        ("killed=2", {"attack"}),
        ("disputed=yes", {"attack"}),
        ("single=no", {"attack"}),
        ("reviewed=yes", set()),
        ("drawn=no", {"clash"}),
        ("period=background", {"strike"}),
        ("q=torches", {"attack"}),
        ("q=%22roadside+bomb%22", {"bomb"}),
        ("q=base+-drones", {"rockets", "attack"}),
        ("box=39,34,42,36", {"attack", "strike", "rockets", "bomb"}),
        ("country=IQ&disputed=no", {"rockets"}),
        ("country=&type=&from=", {"attack", "strike", "clash", "bomb", "rockets"}),
    ],
)
def test_each_limit_leaves_what_it_says(client: TestClient, ids: dict[str, str], query: str, names: set[str]) -> None:
    assert set(found(client, query)) == {ids[name] for name in names}


def test_the_order_can_be_chosen(client: TestClient, ids: dict[str, str]) -> None:
    assert found(client, "order=oldest")[0] == ids["rockets"]
    assert found(client, "order=deadliest")[0] == ids["attack"]
    assert found(client, "order=most_told")[0] == ids["attack"]


def test_what_is_reviewed_is_told_from_what_is_not(client: TestClient, store: Store, ids: dict[str, str]) -> None:
    from vigie.model.record import Decision

    key = story.keys(store, ids["bomb"])[0]
    store.decide(Decision(0, "accept", "ana", "2024-04-01T10:00:00Z", members=(key,), field="killed"))
    assert found(client, "reviewed=yes") == [ids["bomb"]]
    assert ids["bomb"] not in found(client, "reviewed=no")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=2024-02-30", "from"),
        ("to=yesterday", "to"),
        ("from=2024-03-02&to=2024-03-01", "to"),
        ("type=boxing", "type"),
        ("q=-nothing", "q"),
        ("killed=-3", "killed"),
        ("killed=%C2%B2", "killed"),
        ("from=%C2%B2024", "from"),
    ],
)
def test_what_means_nothing_is_marked_and_nothing_is_shown_for_it(
    client: TestClient, ids: dict[str, str], query: str, field: str
) -> None:
    answer = client.get(f"/incidents?{query}")
    assert answer.status_code == 422
    assert f'id="w-{field}"' in answer.text
    assert listed(answer.text) == []
    assert client.get(f"/incidents/export/incidents.csv?{query}").status_code == 400
    assert client.get(f"/incidents/map?view=-180,-90,180,90&zoom=2&{query}").status_code == 400


def test_an_empty_record_says_what_to_do(client: TestClient) -> None:
    page = client.get("/incidents").text
    assert "No incident is like that." in page
    assert 'class="bars"' not in page


def test_every_address_on_the_page_leads_to_a_selection_that_can_be_read(
    client: TestClient, ids: dict[str, str]
) -> None:
    page = client.get("/incidents?from=2024-03-01&to=2024-03-31&country=IQ&type=air_drone_strike&disputed=yes").text
    addresses = {html.unescape(a) for a in re.findall(r'href="(/incidents\?[^"]*)"', page)}
    assert len(addresses) > 5
    for address in sorted(addresses):
        names = [name for name, _ in parse_qsl(urlsplit(address).query)]
        assert set(names) <= set(PARAMETERS)
        assert client.get(address).status_code == 200, address


def test_a_bar_leads_to_as_many_incidents_as_it_says(client: TestClient, ids: dict[str, str]) -> None:
    page = client.get("/incidents?from=2024-03&to=2024-03").text
    bars = re.findall(r'<a href="(/incidents\?[^"]*)" aria-label="([^:]*): (\d+) incident', page)
    assert [(label, int(number)) for _, label, number in bars] == [
        ("7 March 2024", 1),
        ("10 March 2024", 1),
        ("12 March 2024", 2),
        ("14 March 2024", 1),
    ]
    for address, _, number in bars:
        assert len(found(client, urlsplit(html.unescape(address)).query)) == int(number)


def test_pages_follow_one_another_without_a_gap(
    client: TestClient, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigie.desk.pages.incidents.SIZE", 2)
    address, seen = "/incidents?order=oldest", []
    while address:
        page = client.get(address).text
        seen += listed(page)
        following = re.search(r'<a rel="next" href="([^"]*)"', page)
        address = html.unescape(following[1]) if following else ""
    assert len(seen) == len(set(seen)) == 5
    assert seen == found_all(client, "order=oldest")


def found_all(client: TestClient, query: str) -> list[str]:
    return [
        json.loads(line)["id"] for line in client.get(f"/incidents/export/incidents.jsonl?{query}").text.splitlines()
    ]


def test_words_from_the_address_and_the_news_are_text_on_the_page(client: TestClient, ids: dict[str, str]) -> None:
    page = client.get("/incidents?q=" + quote('"><script>alert(1)</script>')).text
    assert "<script>alert" not in page


# --- the map ----------------------------------------------------------------------------------------------------------


def marks(client: TestClient, query: str = "", view: str = "-180,-90,180,90", zoom: float = 6) -> dict[str, Any]:
    answer = client.get(f"/incidents/map?view={view}&zoom={zoom}&{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


def test_marks_say_where_how_exactly_and_lead_on(client: TestClient, ids: dict[str, str]) -> None:
    answer = marks(client, "country=IQ")
    (base,) = answer["marks"]
    assert (base["incidents"], base["radius"], base["rough"], base["id"]) == (2, 1000, False, None)
    assert base["title"] == "Tal Hamra base, Iraq (exact site)"
    assert set(found(client, base["query"])) == {ids["attack"], ids["rockets"]}
    (bomb,) = marks(client, "type=remote_explosive")["marks"]
    assert (bomb["radius"], bomb["rough"], bomb["id"]) == (100_000, True, ids["bomb"])
    assert bomb["what"] == "Bomb, mine or other device, 10 March 2024"


def test_what_cannot_be_drawn_is_counted_and_never_put_anywhere(client: TestClient, ids: dict[str, str]) -> None:
    answer = marks(client)
    assert answer["elsewhere"] == 1
    assert sum(mark["incidents"] for mark in answer["marks"]) == 4
    assert marks(client, "country=ML")["marks"] == []


def test_far_away_marks_are_put_together_and_close_by_they_part(client: TestClient, ids: dict[str, str]) -> None:
    far = [mark["incidents"] for mark in marks(client, "type=air_drone_strike&type=shelling_missile", zoom=2)["marks"]]
    near = marks(client, "type=air_drone_strike&type=shelling_missile", "38,33,43,37", 8)["marks"]
    assert far == [3]
    assert sorted(mark["incidents"] for mark in near) == [1, 2]


@pytest.mark.parametrize("view", ["-500,-90,400,90", "-220,-10,-170,10", "170,-10,190,10"])
def test_the_map_may_be_turned_round_and_round(client: TestClient, ids: dict[str, str], view: str) -> None:
    marks(client, view=view, zoom=1)


@pytest.mark.parametrize("view", ["", "1,2,3", "a,b,c,d", "nan,0,1,1", "0,10,1,5", "inf,0,1,1"])
def test_a_view_that_means_nothing_is_refused(client: TestClient, view: str) -> None:
    assert client.get(f"/incidents/map?view={view}&zoom=3").status_code == 400


def test_countries_have_names_in_the_readers_language_and_files_that_are_there(client: TestClient) -> None:
    names = client.get("/incidents/countries", headers={"Accept-Language": "fr"}).json()
    assert names["368"]["name"] == "Irak"
    if units := names["368"]["units"]:
        assert client.get(units).status_code == 200


def test_country_codes_are_those_of_the_standard() -> None:
    pycountry = pytest.importorskip("pycountry")
    own = {(c.alpha2, c.alpha3, c.numeric) for c in country_codes().values() if c.alpha2 != "XK"}
    assert own == {(c.alpha_2, c.alpha_3, c.numeric) for c in pycountry.countries}


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "country=IQ", "from=2024-03-11&to=2024-03-13&order=oldest", "reviewed=yes"])
def test_a_file_holds_exactly_the_selection_in_its_order(client: TestClient, ids: dict[str, str], query: str) -> None:
    expected = found(client, query)
    table = list(csv.DictReader(io.StringIO(client.get(f"/incidents/export/incidents.csv?{query}").text)))
    assert [row["id"] for row in table] == expected
    assert found_all(client, query) == expected
    drawn = client.get(f"/incidents/export/incidents.geojson?{query}")
    assert drawn.headers["content-type"] == "application/geo+json"
    assert [feature["id"] for feature in drawn.json()["features"]] == expected
    tagged = client.get(f"/incidents/export/incidents.hxl.csv?{query}").text.splitlines()
    assert len(tagged) == len(expected) + 2
    assert tagged[1].startswith("#event+code,")


def test_every_file_is_named_as_one(client: TestClient, ids: dict[str, str]) -> None:
    for name, kind in file_kinds().items():
        answer = client.get(f"/incidents/export/{name}")
        assert answer.headers["content-disposition"] == f'attachment; filename="vigie-incidents.{kind.ending}"'
        assert answer.text
    assert client.get("/incidents/export/incidents.xls").status_code == 404


def test_a_row_says_what_is_known_and_how(client: TestClient, ids: dict[str, str]) -> None:
    rows = csv.DictReader(io.StringIO(client.get("/incidents/export/incidents.csv").text))
    by_id = {row["id"]: row for row in rows}
    attack, clash, rockets = (by_id[ids[name]] for name in ("attack", "clash", "rockets"))
    assert (attack["killed_lower"], attack["killed_upper"], attack["disputed_fields"]) == ("4", "5", "killed")
    assert (attack["latitude"], attack["place_precision"], attack["radius_km"], attack["iso3"]) == (
        "34.1",
        "site",
        "1",
        "IRQ",
    )
    assert (attack["weapons"], attack["acled_sub_event_type"]) == ("drone 2 (hit)", "Air/drone strike")
    assert (attack["disputed"], attack["reviewed"]) == ("yes", "no")
    assert (clash["latitude"], clash["longitude"], clash["radius_km"], clash["killed_lower"]) == ("", "", "", "")
    assert (rockets["killed_lower"], rockets["killed_upper"]) == ("0", "0")


def test_a_point_is_drawn_only_where_a_place_is_known(client: TestClient, ids: dict[str, str]) -> None:
    features = {f["id"]: f for f in client.get("/incidents/export/incidents.geojson").json()["features"]}
    assert features[ids["attack"]]["geometry"] == {"type": "Point", "coordinates": [41.2, 34.1]}
    assert features[ids["clash"]]["geometry"] is None
    assert features[ids["bomb"]]["properties"]["radius_km"] == 100


def test_a_name_that_begins_like_a_formula_is_text_for_a_spreadsheet() -> None:
    from vigie.exports.incident_csv import _line

    assert _line(["=HYPERLINK(1)", -3.5, "@x", None, True, "a,b"]) == "'=HYPERLINK(1),-3.5,'@x,,yes,\"a,b\"\r\n"


def test_whoever_may_read_may_see_and_take_with_them(team: Callable[[str], TestClient], ids: dict[str, str]) -> None:
    reader = team("reader")
    assert len(found(reader)) == 5
    assert reader.get("/incidents/export/incidents.csv").status_code == 200


# --- the address ------------------------------------------------------------------------------------------------------


def test_a_selection_is_written_as_it_is_read() -> None:
    typed = "to=2024-03&q=two+words&country=iq&type=arson&type=attack&order=oldest&after=abc&unknown=1&from=+&q=again"
    selected = selection(QueryParams(typed), seeded())
    assert selected.query() == "q=two+words&to=2024-03&country=iq&type=arson&type=attack&order=oldest"
    assert selected.query(without=[("type", "arson"), "order"]) == "q=two+words&to=2024-03&country=iq&type=attack"
    assert selected.query(order=None, place="Mosul").endswith("country=iq&place=Mosul&type=arson&type=attack")
    again = selection(QueryParams(selected.query()), seeded())
    assert again.wanted == selected.wanted
    assert selected.after == "abc"
