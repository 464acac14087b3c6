"""Changing the record through the API: coding, taking in, deciding, undoing; who may, and what stands in the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from httpx import Response

from desk_client import DeskClient
from vigie.store.store import Store

API = "/api/v1"
TEXT = (
    "ORMELLE, 26 juillet – Deux roquettes sont tombées jeudi soir près du poste de police de Tell Sanad, en Irak, "
    "blessant trois gendarmes, a indiqué une source policière sous couvert d'anonymat. Personne n'a revendiqué l'attaque."
)  # invented
PROGRAM = {"Content-Type": "application/json"}


def decide(client: DeskClient, expected: str, **fields: Any) -> Response:
    return client.post(f"{API}/decisions", json={"expected": expected, **fields})


def members(client: DeskClient, n: int) -> list[str]:
    """A member key of each of some incidents that are told once."""
    found = client.get(f"{API}/incidents", params={"single_source": "true", "size": n}).json()["incidents"]
    return [client.get(f"{API}/incidents/{each['id']}").json()["members"][0] for each in found]


def test_a_text_is_coded_and_not_kept(program: Callable[[str], DeskClient], store: Store) -> None:
    before = store.status()
    answer = program("coder").post(f"{API}/code", json={"text": TEXT, "published": "2024-07-26", "lang": "fr"})
    assert answer.status_code == 200
    coded = answer.json()
    assert coded["schema"] == "vigie/coded-report/1"
    (incident,) = coded["incidents"]
    assert (incident["type"], incident["date"]["start"]) == ("shelling_missile", "2024-07-25")
    for span in incident["evidence"]:
        assert TEXT[span["start"] : span["end"]] == span["quote"]
    assert store.status() == before


def test_a_report_is_taken_in_once(program: Callable[[str], DeskClient]) -> None:
    coder = program("coder")
    sent = {"id": "fr:tell-sanad/1", "text": TEXT, "published": "2024-07-26", "outlet": "La Gazette d'Ormelle"}
    first = coder.post(f"{API}/reports", json=sent)
    assert first.status_code == 201
    assert first.json()["outcome"] == "new"
    where = first.headers["location"]
    assert coder.get(where).json()["text"] == TEXT
    (incident,) = first.json()["report"]["incidents"]
    assert coder.get(f"{API}/incidents/{incident}").json()["reports"][0]["id"] == "fr:tell-sanad/1"
    again = coder.post(f"{API}/reports", json=sent)
    assert (again.status_code, again.json()["outcome"]) == (200, "known")
    other = coder.post(f"{API}/reports", json={**sent, "text": TEXT + " Fin."})
    assert other.status_code == 409
    assert "another report has the id" in other.json()["detail"]


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        ({"text": " \n "}, 400, ""),
        ({"text": TEXT, "published": "yesterday"}, 400, "is no date"),
        ({"text": "Dos cohetes cayeron ayer.", "lang": "es"}, 400, "no language pack"),
        ({"text": TEXT, "titel": "x"}, 422, "/body/titel"),
        ({"text": 3}, 422, "/body/text"),
        ({}, 422, "/body/text"),
    ],
)
def test_a_report_that_cannot_be_read_is_told_why(
    program: Callable[[str], DeskClient], sent: dict[str, Any], status: int, told: str
) -> None:
    for path in ("/reports", "/code"):
        answer = program("coder").post(API + path, json=sent)
        assert answer.status_code == status, answer.text
        assert told in answer.json()["detail"]


def test_of_a_file_each_report_is_told_what_became_of_it(program: Callable[[str], DeskClient], store: Store) -> None:
    lines = [json.dumps({"id": "up:1", "text": TEXT}), '{"id": "up:2"}', json.dumps({"id": "up:3", "text": TEXT + "."})]
    answer = program("coder").post(
        f"{API}/reports/files?name=wire.jsonl",
        content="\n".join(lines).encode(),
        headers={"Content-Type": "application/octet-stream"},
    )
    assert answer.status_code == 200
    outcomes = {(each["outcome"], (each["report"] or {}).get("id"), each["where"]) for each in answer.json()["reports"]}
    assert outcomes == {("new", "up:1", None), ("new", "up:3", None), ("rejected", None, "wire.jsonl:2")}
    assert store.report("up:3") is not None


def test_a_decision_is_in_the_log_and_changes_the_record(program: Callable[[str], DeskClient], store: Store) -> None:
    editor = program("editor")
    a, b = members(editor, 2)
    made = decide(editor, "", kind="same", members=[a, b], why="one and the same night")
    assert made.status_code == 201
    line = made.json()
    assert (line["who"], line["why"], line["stands"]) == ("editor-1", "one and the same night", True)
    assert made.headers["etag"] == f'"{line["hash"]}"'
    assert editor.get(made.headers["location"]).json() == line
    assert store.homes()[a] == store.homes()[b]
    joined = editor.get(f"{API}/incidents/{store.homes()[a]}").json()
    assert {a, b} <= set(joined["members"])
    assert [each["number"] for each in joined["decisions"]] == [1]
    for old in joined["ids"]:
        assert editor.get(f"{API}/incidents/{old}").json()["id"] == joined["id"]

    undone = editor.post(f"{API}/decisions/1/undo", json={"expected": line["hash"], "why": "another base"})
    assert undone.status_code == 201
    assert store.homes()[a] != store.homes()[b]
    log = editor.get(f"{API}/decisions").json()
    assert [(each["number"], each["stands"]) for each in log["decisions"]] == [(2, True), (1, False)]
    assert log["last"] == undone.json()["hash"]
    assert [d["number"] for d in editor.get(f"{API}/decisions", params={"stands": "false"}).json()["decisions"]] == [1]


def test_who_decides_on_an_old_state_is_told_what_was_decided(program: Callable[[str], DeskClient]) -> None:
    editor, coder = program("editor"), program("coder")
    a, b, c = members(editor, 3)
    first = decide(coder, "", kind="different", members=[a, b], why="two bases").json()
    late = decide(editor, "", kind="same", members=[a, b])
    assert late.status_code == 409
    problem = late.json()
    assert problem["type"] == "/api/problems#decided-meanwhile"
    assert problem["last"]["who"] == "coder-1"
    assert problem["last"]["why"] == "two bases"
    assert problem["way_out"]
    assert len(editor.get(f"{API}/decisions").json()["decisions"]) == 1
    assert decide(editor, problem["last"]["hash"], kind="unsure", members=[a, c]).status_code == 201

    body = {"kind": "unsure", "members": [b, c], "expected": first["hash"]}
    answer = editor.post(f"{API}/decisions", json=body, headers={"If-Match": f'"{first["hash"]}"'})
    assert answer.status_code == 412


def test_each_role_decides_on_what_is_its_own(program: Callable[[str], DeskClient]) -> None:
    reader, coder, editor = program("reader"), program("coder"), program("editor")
    a, b, c = members(editor, 3)

    def last() -> str:
        return str(editor.get(f"{API}/decisions").json()["last"])

    assert decide(reader, "", kind="same", members=[a, b]).status_code == 403
    for kind, fields in (
        ("merge", {"members": [a, b]}),
        ("alias", {"names": ["Levant Monitor", "Monitor of the Levant"]}),
        ("profile", {"names": ["Levant Monitor"], "value": {"reliability": "B"}}),
    ):
        refused = decide(coder, last(), kind=kind, **fields)
        assert refused.status_code == 403, kind
        assert refused.json()["type"] == "/api/problems#not-allowed"
    mine = decide(coder, last(), kind="unsure", members=[a, b]).json()
    theirs = decide(editor, last(), kind="merge", members=[b, c]).json()
    undo = {"expected": last()}
    assert coder.post(f"{API}/decisions/{theirs['number']}/undo", json=undo).status_code == 403
    assert coder.post(f"{API}/decisions/{mine['number']}/undo", json=undo).status_code == 201
    assert editor.post(f"{API}/decisions/{mine['number']}/undo", json={"expected": last()}).status_code == 400
    assert editor.post(f"{API}/decisions/{theirs['number']}/undo", json={"expected": last()}).status_code == 201


def test_a_decision_that_makes_no_sense_changes_nothing(program: Callable[[str], DeskClient]) -> None:
    editor = program("editor")
    (a,) = members(editor, 1)
    for fields in (
        {"kind": "same", "members": [a]},
        {"kind": "same", "members": [a, "nobody#i1"]},
        {"kind": "edit", "members": [a], "field": "killed", "value": {"lower": 5, "upper": 1}},
        {"kind": "undo", "undoes": 9},
        {"kind": "edit", "members": [a], "field": "killed", "value": 2,
         "evidence": [{"report_id": a.split("#")[0], "span": {"start": 0, "end": 4, "quote": "nope"}}]},
    ):  # fmt: skip
        answer = decide(editor, "", **fields)
        assert answer.status_code == 400, fields
        assert answer.json()["detail"]
    assert editor.get(f"{API}/decisions").json()["total"] == 0


def test_a_correction_rests_on_words_of_a_report(program: Callable[[str], DeskClient], store: Store) -> None:
    coder = program("coder")
    (a,) = members(coder, 1)
    report = a.split("#")[0]
    text = store.report(report).report.text
    words = {"report_id": report, "span": {"start": 0, "end": 12, "quote": text[:12]}}
    made = decide(
        coder, "", kind="edit", members=[a], field="killed", value={"lower": 77, "upper": 77}, evidence=[words]
    )
    assert made.status_code == 201, made.text
    whole = coder.get(f"{API}/incidents/{store.homes()[a]}").json()
    assert whole["fields"]["killed"]["value"]["lower"] == 77
    assert whole["fields"]["killed"]["decision"] == 1


def test_a_program_on_the_machine_of_a_desk_without_accounts_needs_no_token(client: DeskClient) -> None:
    a, b = members(client, 2)
    client.cookies.clear()
    sent = {"kind": "unsure", "members": [a, b], "expected": ""}
    for strange in (
        {"Origin": "http://127.0.0.1:8000"},  # a page, which has a token to send
        {"Sec-Fetch-Site": "same-origin"},
        {"Referer": "http://127.0.0.1:8000/"},
        {"Origin": "https://elsewhere.example"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
    ):
        answer = client.post(f"{API}/decisions", content=json.dumps(sent), headers={**PROGRAM, **strange})
        assert answer.status_code == 403, strange
    assert client.post(f"{API}/decisions", json=sent).status_code == 201


def test_what_is_not_there_to_be_changed_names_what_is(client: DeskClient) -> None:
    answer = client.send_json("DELETE", f"{API}/decisions")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, POST"
    assert answer.json()["type"] == "/api/problems#method"
