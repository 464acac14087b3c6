"""Asking the API: lists with filters and cursors, single things, ETags, exports."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import BaseModel

from desk_client import DeskClient
from vigie.desk.api.claims import ClaimPage
from vigie.desk.api.documentation import Problem, described
from vigie.desk.api.incidents import IncidentPage
from vigie.desk.api.reports import KeptReport, ReportPage
from vigie.desk.api.schemas.record import RecordIncident
from vigie.desk.api.sources import SourcePage
from vigie.desk.api.status import Status
from vigie.desk.api.suggestions import SuggestionPage
from vigie.desk.api.tallies import TallyPage
from vigie.desk.pages.incidents import file_kinds
from vigie.model.contract import coded_report_json
from vigie.store.filters import Filter
from vigie.store.store import Store

API = "/api/v1"


def undocumented(model: type[BaseModel], value: Any, where: str = "") -> list[str]:
    """Keys of an answer that its model does not name."""
    found = []
    read = model.model_validate(value)
    for name in read.model_extra or ():
        found.append(f"{where}{model.__name__}.{name}")
    for name in model.model_fields:
        for each in part if isinstance(part := getattr(read, name), list | tuple) else [part]:
            if isinstance(each, BaseModel):
                dumped = each.model_dump(mode="json", by_alias=True)
                found += undocumented(type(each), dumped, f"{where}{model.__name__}.")
    return found


def pages(client: DeskClient, path: str, name: str, **query: Any) -> list[dict[str, Any]]:
    """All rows of a list, page by page, by the links of the header."""
    found: list[dict[str, Any]] = []
    answer = client.get(path, params=query)
    while True:
        assert answer.status_code == 200, answer.text
        found += answer.json()[name]
        following = re.search(r'<([^>]+)>; rel="next"', answer.headers["link"])
        if following is None:
            assert answer.json()["next"] is None
            return found
        answer = client.get(following[1])


@pytest.mark.parametrize("order", ["newest", "oldest", "deadliest", "most_told"])
def test_a_list_walked_by_its_links_has_every_incident_once(client: DeskClient, store: Store, order: str) -> None:
    found = [row["id"] for row in pages(client, f"{API}/incidents", "incidents", order=order, size=7)]
    with store.inquiry() as inquiry:
        wanted = [line.id for line in inquiry.incidents(Filter(), order, 200).lines]
    assert len(wanted) > 14
    assert found == wanted


def test_a_filter_of_the_api_is_that_of_the_store(client: DeskClient, store: Store) -> None:
    query = {"country": ["IQ", "SY"], "type": "air_drone_strike", "killed_at_least": 1, "first_day": "2016-01-01"}
    answer = client.get(f"{API}/incidents", params=query).json()
    import datetime as dt

    wanted = Filter(
        countries=("IQ", "SY"), types=("air_drone_strike",), killed_at_least=1, first_day=dt.date(2016, 1, 1)
    )
    with store.inquiry() as inquiry:
        page = inquiry.incidents(wanted)
        everything = inquiry.incidents(Filter())
    assert 0 < page.total < everything.total
    assert [row["id"] for row in answer["incidents"]] == [line.id for line in page.lines]
    assert answer["total"] == page.total
    for row in answer["incidents"]:
        assert row["place"]["country"] in ("IQ", "SY")
        assert row["killed"]["lower"] >= 1
        assert row["date"]["end"] >= "2016-01-01"


def test_words_are_looked_for_in_the_reports(client: DeskClient) -> None:
    told = client.get(f"{API}/incidents", params={"text": "drone* -rockets"}).json()
    assert 0 < told["total"] < client.get(f"{API}/incidents").json()["total"]
    reports = client.get(f"{API}/reports", params={"text": "drone"}).json()
    passage = reports["reports"][0]["passage"]
    start, end = passage["marks"][0]
    assert passage["words"][start - passage["start"] : end - passage["start"]].lower() == "drone"


def test_a_slip_in_a_filter_does_not_pass_for_no_filter(client: DeskClient) -> None:
    answer = client.get(f"{API}/incidents", params={"contry": "IQ"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["pointer"] == "/query/contry"
    for query in ({"country": "Iraq"}, {"first_day": "July"}, {"size": "0"}, {"type": "war"}, {"box": "1,2,3"}):
        assert client.get(f"{API}/incidents", params=query).status_code == 422, query


@pytest.mark.parametrize(
    "query",
    [
        {"first_day": "2024-02-01", "last_day": "2024-01-01"},
        {"text": "-only -unwanted"},
        {"box": "10,50,20,40"},
        {"after": "bm9uc2Vuc2U"},
        {"after": "WyJvbGRlc3QiLCIyMDI0LTAxLTAxIiwiSTEiXQ", "order": "newest"},  # a place in another list
        {"after": "W" * 2000},
        {"after": "WyJkZWFkbGllc3QiLDEwMDAwMDAwMDAwMDAwMDAwMDAwMDAsIkkxIl0", "order": "deadliest"},
    ],
)
def test_what_makes_no_sense_is_said_with_the_way_out(client: DeskClient, query: dict[str, str]) -> None:
    problem = client.get(f"{API}/incidents", params=query)
    assert problem.status_code == 400
    told = Problem.model_validate(problem.json())
    assert told.type == "/api/problems#makes-no-sense"
    assert told.detail
    assert told.way_out


def test_an_incident_comes_with_all_it_rests_on(client: DeskClient, store: Store) -> None:
    first = client.get(f"{API}/incidents", params={"order": "most_told", "size": 1}).json()["incidents"][0]
    answer = client.get(f"{API}/incidents/{first['id']}")
    whole = answer.json()
    assert answer.headers["content-location"] == f"{API}/incidents/{first['id']}"
    assert whole["independent"] == first["independent"]
    assert {report["id"] for report in whole["reports"]} == {key.split("#")[0] for key in whole["members"]}
    for account in whole["accounts"]:
        for statement in account["statements"]:
            for quoted in statement["evidence"]:
                text = client.get(f"{API}/reports/{quoted['report_id']}").json()["text"]
                assert text[quoted["span"]["start"] : quoted["span"]["end"]] == quoted["span"]["quote"]


def test_a_report_has_its_text_its_coding_and_its_bytes(client: DeskClient, store: Store) -> None:
    for line in client.get(f"{API}/reports", params={"size": 5}).json()["reports"]:
        kept = client.get(f"{API}/reports/{line['id']}").json()
        coded = store.report(line["id"])
        assert kept["coding"] == coded_report_json(coded)
        assert kept["text"] == coded.report.text
        raw = client.get(f"{API}/raw/{line['id']}")
        assert hashlib.sha256(raw.content).hexdigest() == kept["coding"]["report"]["sha256"]
        assert raw.headers["content-disposition"].startswith("attachment")
        assert "sandbox" in raw.headers["content-security-policy"]


def test_claims_can_be_asked_for_by_incident_and_by_who_says_so(client: DeskClient) -> None:
    incident = client.get(f"{API}/incidents", params={"order": "most_told", "size": 1}).json()["incidents"][0]
    found = client.get(f"{API}/claims", params={"incident": incident["id"]}).json()
    assert found["total"] >= 2
    assert {claim["incident"] for claim in found["claims"]} == {incident["id"]}
    walked = pages(client, f"{API}/claims", "claims", size=9)
    assert len({claim["key"] for claim in walked}) == len(walked) == client.get(f"{API}/claims").json()["total"]
    named = client.get(f"{API}/claims", params={"source": "levant MONITOR", "size": 200}).json()["claims"]
    assert named
    assert {claim["source"]["name"] for claim in named} == {"Levant Monitor"}
    own = client.get(f"{API}/claims", params={"own_voice": "true"}).json()["total"]
    others = client.get(f"{API}/claims", params={"own_voice": "false"}).json()["total"]
    assert own + others == len(walked)


@pytest.mark.parametrize("path", ["/incidents/I0000000000", "/reports/nobody", "/raw/nobody", "/decisions/7"])
def test_what_is_not_there_is_a_problem_of_its_own(client: DeskClient, path: str) -> None:
    answer = client.get(API + path)
    assert answer.status_code == 404
    assert answer.json()["type"] == "/api/problems#not-found"


def test_an_etag_holds_until_something_changes(client: DeskClient, store: Store) -> None:
    path = f"{API}/incidents?size=3"
    first = client.get(path)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(f"{API}/incidents?size=4").headers["etag"] != tag
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert plain.headers["etag"] != tag  # other bytes
    assert plain.json() == first.json()

    a, b = first.json()["incidents"][:2]
    members = [client.get(f"{API}/incidents/{each['id']}").json()["members"][0] for each in (a, b)]
    sent = {"kind": "unsure", "members": members, "expected": ""}
    assert client.send_json("POST", f"{API}/decisions", sent).status_code == 201
    changed = client.get(path, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


def test_an_export_is_exactly_the_selection(client: DeskClient) -> None:
    query = {"country": "IQ", "killed_at_least": 1}
    listed = {row["id"] for row in pages(client, f"{API}/incidents", "incidents", **query)}
    exported = client.get(f"{API}/exports/incidents.jsonl", params=query)
    lines = [json.loads(line) for line in exported.text.splitlines()]
    assert {line["id"] for line in lines} == listed
    assert len(lines) == len(listed) > 0
    whole = client.get(f"{API}/incidents/{lines[0]['id']}").json()
    assert {name: lines[0][name] for name in ("fields", "accounts", "differences")} == {
        name: whole[name] for name in ("fields", "accounts", "differences")
    }
    points = client.get(f"{API}/exports/incidents.geojson", params=query).json()
    assert {feature["id"] for feature in points["features"]} == listed
    rows = client.get(f"{API}/exports/incidents.csv", params=query).text.splitlines()
    assert {row.split(",")[0] for row in rows[1:]} == listed
    reports = client.get(f"{API}/exports/reports.jsonl").text.splitlines()
    assert len(reports) == client.get(f"{API}/status").json()["reports"]
    held = client.get(
        f"{API}/exports/incidents.jsonl", params=query, headers={"If-None-Match": exported.headers["etag"]}
    )
    assert held.status_code == 304
    assert client.get(f"{API}/exports/incidents.jsonl", params={"text": "-nothing"}).status_code == 400


@pytest.mark.parametrize("name", list(file_kinds()))
@pytest.mark.parametrize("query", [{"text": "-nothing"}, {"first_day": "2024-03-02", "last_day": "2024-03-01"}])
def test_a_file_that_cannot_be_asked_for_is_refused_before_it_begins(
    client: DeskClient, name: str, query: dict[str, str]
) -> None:
    refused = client.get(f"{API}/exports/{name}", params=query)
    assert refused.status_code == 400
    assert refused.headers["content-type"] == "application/problem+json"


def test_sources_are_told_with_how_often_they_stand_alone(client: DeskClient) -> None:
    everybody = pages(client, f"{API}/sources", "sources", size=11)
    assert len({each["source"] for each in everybody}) == len(everybody)
    assert [each["incidents"] for each in everybody] == sorted((e["incidents"] for e in everybody), reverse=True)
    (monitor,) = client.get(f"{API}/sources", params={"text": "levant monitor"}).json()["sources"]
    assert monitor["profile"]["reliability"] == "F"
    one = client.get(f"{API}/sources/{monitor['source']}", params={"size": 100}).json()
    assert one["total"] == monitor["incidents"] == len(one["incidents"]) > 1
    alone = contradicted = 0
    for told in one["incidents"]:
        whole = client.get(f"{API}/incidents/{told['incident']['id']}").json()
        assert told["account"] in whole["accounts"]
        alone += whole["independent"] == 1 and told["account"]["rests_on"] is None
        sides = [s for d in whole["differences"] if d["verdict"] == "conflict" for s in d["sides"]]
        contradicted += any(monitor["source"] in side["accounts"] for side in sides)
    assert (monitor["alone"], monitor["contradicted"]) == (alone, contradicted)
    only = client.get(f"{API}/sources/{monitor['source']}", params={"only": "alone"}).json()
    assert only["total"] == alone
    assert client.get(f"{API}/sources/Levant Monitor").json()["source"] == monitor
    assert client.get(f"{API}/sources/nobody at all").status_code == 404


def test_what_is_to_be_decided_comes_with_the_hash_to_decide_on(client: DeskClient) -> None:
    page = client.get(f"{API}/suggestions", params={"size": 3}).json()
    walked = pages(client, f"{API}/suggestions", "suggestions", size=3)
    assert len(walked) == page["pairs"] + page["values"] > 3
    assert page["last"] == ""
    pair = next((each for each in walked if each["kind"] == "pair"), None)
    value = next(each for each in walked if each["kind"] == "value")
    decided = {"kind": "accept", "members": [], "field": value["field"], "expected": page["last"]}
    whole = client.get(f"{API}/incidents/{value['incident']}").json()
    decided |= {"members": [whole["lead"]], "value": whole["fields"][value["field"]]["value"]}
    assert client.send_json("POST", f"{API}/decisions", decided).status_code == 201
    left = pages(client, f"{API}/suggestions", "suggestions", incident=value["incident"])
    assert value["field"] not in {each["field"] for each in left if each["kind"] == "value"}
    assert pair is None or pair["levels"]


def test_tallies_stand_beside_the_records_own_count(client: DeskClient) -> None:
    walked = pages(client, f"{API}/tallies", "tallies", size=2)
    assert walked
    days = [each["reports"][0]["published"] or "" for each in walked]
    assert days == sorted(days, reverse=True)
    for each in walked:
        assert each["lower"] == len(each["sure"]) or each["definition"]["counts"] != "incidents"
        assert each["why_en"] != each["why_fr"]
    counter = next((each["published"]["counter"] for each in walked if each["published"]["counter"]), None)
    if counter is not None:
        found = client.get(f"{API}/tallies", params={"counter": counter}).json()
        assert {each["published"]["counter"] for each in found["tallies"]} == {counter}


def test_every_key_of_an_answer_is_documented(client: DeskClient) -> None:
    incidents = client.get(f"{API}/incidents").json()
    assert undocumented(IncidentPage, incidents) == []
    for line in incidents["incidents"][:10]:
        assert undocumented(RecordIncident, client.get(f"{API}/incidents/{line['id']}").json()) == []
    reports = client.get(f"{API}/reports").json()
    assert undocumented(ReportPage, reports) == []
    for line in reports["reports"][:10]:
        assert undocumented(KeptReport, client.get(f"{API}/reports/{line['id']}").json()) == []
    assert undocumented(ClaimPage, client.get(f"{API}/claims").json()) == []
    assert undocumented(SourcePage, client.get(f"{API}/sources").json()) == []
    assert undocumented(TallyPage, client.get(f"{API}/tallies").json()) == []
    assert undocumented(SuggestionPage, client.get(f"{API}/suggestions").json()) == []
    assert undocumented(Status, client.get(f"{API}/status").json()) == []


def test_nobody_reads_without_a_token_where_there_are_accounts(
    client: DeskClient, program: Callable[[str], DeskClient], app: FastAPI
) -> None:
    reader = program("reader")
    open_to_all = {"/api/v1/health", "/api/v1/openapi.json"}
    for path, operations in described(app)["paths"].items():
        for method, operation in operations.items():
            address = re.sub(r"\{[^}]*\}", "1", path)
            answer = client.request(method, address, json={})
            assert (answer.status_code == 401) == (path not in open_to_all), (method, path)
            assert ("security" in operation) == (path not in open_to_all)
    assert reader.get(f"{API}/incidents").status_code == 200
    answer = client.get(f"{API}/incidents", headers={"Authorization": "Bearer nonsense"})
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["type"] == "/api/problems#sign-in"


def test_the_pages_of_the_documentation_come_without_a_script_inside(client: DeskClient) -> None:
    page = client.get("/api/docs").text
    assert re.findall(r"<script[^>]*>\s*[^<\s]", page) == []
    assert "https://" not in re.sub(r'content="[^"]*"', "", page)
    problems = client.get("/api/problems", headers={"Accept-Language": "fr"}).text
    assert 'lang="fr"' in problems
    kind = client.get(f"{API}/incidents/nothing").json()["type"]
    assert f'id="{kind.partition("#")[2]}"' in problems


def test_problems_speak_the_language_asked_for(client: DeskClient) -> None:
    told = client.get(f"{API}/incidents/nothing", headers={"Accept-Language": "fr"}).json()
    assert told["title"] == "Rien ici"
    assert "identifiant" in told["way_out"]


def test_models_of_the_record_are_those_of_the_model(client: DeskClient) -> None:
    from vigie.model import record

    for name in ("Account", "FieldValue", "AccountDifference", "Update", "Statement", "Side", "Decision"):
        inside = {field.name for field in dataclasses.fields(getattr(record, name))}
        import vigie.desk.api.schemas.record as door

        assert inside == set(getattr(door, name).model_fields), name
