"""Gold mode: coding blind, saving, comparing, taking the lines out. The reports are invented."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import invented
import invented_story as story
from desk_client import DeskClient
from vigie.desk.gold_sheet import form_of, form_of_line, line_of
from vigie.evaluation.sheet_files import read_gold
from vigie.store.keeping import Arrival
from vigie.store.store import Store

WIRE = "wire"


@pytest.fixture(autouse=True)
def ids(store: Store) -> dict[str, str]:
    return story.fill(store)


def at(words: str) -> str:
    start = story.WIRE.index(words)
    return f"{start}-{start + len(words)}"


def filled() -> dict[str, str]:
    """The form of somebody who read the wire's report: a drone attack, claimed, and a strike before it."""
    return {
        "s0.name": "security official", "s0.terms": "anonymous", "s0.words": at("a security official"),
        "s1.name": "Plain Brigade", "s1.terms": "named",
        "i0.type.value": "air_drone_strike", "i0.period.value": "current",
        "i0.date.start": "2024-03-14", "i0.place.name": "Tal Hamra base", "i0.place.country": "IQ",
        "i0.weapons.0.kind": "drone", "i0.weapons.0.lower": "2", "i0.weapons.0.upper": "2",
        "i0.killed.lower": "2", "i0.killed.upper": "2", "i0.killed.words": at("Two soldiers were killed"),
        "i0.injured.lower": "7", "i0.injured.upper": "7",
        "i0.actors.0.name": "Plain Brigade", "i0.responsibility.value": "claimed",
        "i0.targets.0.name": "soldiers", "i0.speakers.numbers": "1, 2",
    }  # fmt: skip


def save(client: DeskClient, form: dict[str, str], report: str = WIRE):
    return client.post_form(f"/gold/code/{report}", {**form, "do": "save"})


def test_the_page_shows_the_bare_text_and_nothing_of_the_machine(client: DeskClient) -> None:
    page = client.get(f"/gold/code/{WIRE}").text
    assert story.WIRE[:60] in page
    assert "data-marks" not in page
    assert f'href="/reports/{WIRE}' not in page
    assert 'value="air_drone_strike" selected' not in page
    assert client.get(f"/gold/compare/{WIRE}").status_code == 403, "nobody compares before having saved"


def test_what_is_saved_is_a_line_that_the_evaluation_reads(client: DeskClient, store: Store, tmp_path: Path) -> None:
    assert save(client, filled()).headers["location"] == f"/gold/compare/{WIRE}"
    file = tmp_path / "gold.jsonl"
    file.write_text(client.get("/gold/export.jsonl").text, "utf-8")
    (sheet,) = read_gold(file)
    (incident,) = sheet.incidents
    assert (sheet.id, incident.type, incident.place.name, incident.speakers) == (
        WIRE,
        "air_drone_strike",
        "Tal Hamra base",
        (0, 1),
    )
    assert (incident.killed.lower, incident.killed.upper, incident.attackers_killed) == (2, 2, None)
    evidence = json.loads(file.read_text("utf-8"))["evidence"]
    assert evidence["incidents[0].killed"] == [
        {"start": story.WIRE.index("Two"), "end": story.WIRE.index("Two") + 24, "quote": "Two soldiers were killed"}
    ]
    assert evidence["sources[1]"][0]["quote"] == "Plain Brigade", (
        "a name that stands once in the text is its own evidence"
    )
    for spans in evidence.values():
        for span in spans:
            assert story.WIRE[span["start"] : span["end"]] == span["quote"]


def test_the_machine_is_seen_beside_it_afterwards(client: DeskClient) -> None:
    save(client, {**filled(), "i0.killed.lower": "3", "i0.killed.upper": "3"})
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(f"/gold/compare/{WIRE}").text))
    assert re.search(r"killed 3 2 ≠ differ injured 7 7 = agree", page)
    assert "only in the other coding" in page, "the strike before it was not coded by hand"
    assert re.search(r"F1 of all slots: \d+%", page)


def test_what_is_changed_after_comparing_is_no_longer_blind(client: DeskClient, store: Store) -> None:
    save(client, filled())
    page = client.get(f"/gold/code/{WIRE}").text
    assert "no longer blind" in page
    assert 'value="Tal Hamra base"' in page, "it goes on from what was saved"
    save(client, {**filled(), "i0.killed.lower": "5", "i0.killed.upper": "5"})
    assert [each.blind for each in store.gold.of_report(WIRE)] == [True, False]
    (line,) = [json.loads(line) for line in client.get("/gold/export.jsonl").text.splitlines()]
    assert (line["incidents"][0]["killed"], line["note"]) == ({"lower": 5, "upper": 5}, "not blind")


def test_a_report_without_an_incident_is_saved_empty(client: DeskClient, store: Store) -> None:
    assert save(client, {"i0.period.value": "current", "i0.responsibility.value": "unknown"}).status_code == 303
    assert store.gold.of_report(WIRE)[0].line == {"id": WIRE, "sources": [], "incidents": [], "tallies": []}


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"i0.type.value": ""}, "i0.type.value", "type of the incident"),
        ({"i0.killed.lower": "many"}, "i0.killed.lower", "whole number"),
        ({"i0.killed.lower": "5", "i0.killed.upper": "4"}, "i0.killed.upper", "less than the least"),
        ({"i0.date.start": "2024-02-31"}, "i0.date.start", "year-month-day"),
        ({"i0.date.end": "2024-03-13"}, "i0.date.end", "before the first"),
        ({"s0.terms": ""}, "s0.terms", "on what terms"),
        ({"i0.speakers.numbers": "1 9"}, "i0.speakers.numbers", "no source of that number"),
        ({"i0.weapons.0.kind": ""}, "i0.weapons.0.kind", "kind of weapon"),
        ({f"i0.targets.{n}.name": f"target {n}" for n in range(4)}, "i0.targets.3.name", "three main ones"),
        ({"t0.what": "attacks"}, "t0.lower", "one of the two numbers"),
        ({"i0.type.value": "fireworks"}, "note", "look at every field"),
    ],
)
def test_what_makes_no_line_is_told_at_its_field_and_kept(
    client: DeskClient, store: Store, change: dict[str, str], field: str, words: str
) -> None:
    answer = save(client, {**filled(), **change})
    assert answer.status_code == 422
    error = re.search(rf'id="(?:e-{re.escape(field)}|f-{field}-error)">([^<]*)<', answer.text)
    assert error is not None
    assert words in error[1]
    assert store.gold.of_report(WIRE) == ()
    assert 'value="Tal Hamra base"' in client.get(f"/gold/code/{WIRE}").text, "nothing typed is lost"


def test_a_draft_outlives_a_reload_and_is_nobody_elses(team: Callable[[str], DeskClient]) -> None:
    coder, editor = team("coder"), team("editor")
    assert coder.post_form(f"/gold/draft/{WIRE}", filled()).json() == {"kept": True}
    assert 'value="Tal Hamra base"' in coder.get(f"/gold/code/{WIRE}").text
    assert 'value="Tal Hamra base"' not in editor.get(f"/gold/code/{WIRE}").text
    assert "Begun, not saved" in coder.get("/gold").text
    coder.post_form(f"/gold/code/{WIRE}", {"do": "discard"})
    assert "Begun, not saved" not in coder.get("/gold").text


def test_two_people_are_held_against_each_other(team: Callable[[str], DeskClient], store: Store) -> None:
    coder, editor = team("coder"), team("editor")
    save(coder, filled())
    assert editor.get(f"/gold/compare/{WIRE}?with=coder").status_code == 403, "not before one's own is saved"
    assert coder.get(f"/gold/compare/{WIRE}?with=editor").status_code == 404
    assert "coded by 1 other" in editor.get("/gold").text
    save(editor, {**filled(), "i0.injured.lower": "", "i0.injured.upper": ""})
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", editor.get(f"/gold/compare/{WIRE}?with=coder").text))
    assert "injured – 7 → only coder" in page
    table = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", editor.get("/gold?first=editor&second=coder").text))
    assert "Over 1 report that both have coded" in table
    assert re.search(r"killed 100%", table)
    assert re.search(r"injured 0%", table)


def test_others_codings_are_taken_out_by_who_may(team: Callable[[str], DeskClient]) -> None:
    coder, editor, reader = team("coder"), team("editor"), team("reader")
    save(coder, filled())
    assert reader.get("/gold").status_code == 403
    assert coder.get("/gold/export.jsonl?coder=editor").status_code == 403
    assert json.loads(editor.get("/gold/export.jsonl?coder=coder").text)["id"] == WIRE
    assert editor.get("/gold/export.jsonl").text == ""


def test_without_scripts_rows_are_added_by_the_server(client: DeskClient, store: Store) -> None:
    answer = client.post_form(f"/gold/code/{WIRE}", {**filled(), "do": "more:incident"})
    page = client.get(answer.headers["location"].partition("#")[0]).text
    assert 'name="i1.type.value"' in page
    assert 'name="i0.actors.1.name"' in page
    assert 'name="s2.name"' in page


def test_what_words_say_fills_the_fields(client: DeskClient) -> None:
    def said(field: str, words: str) -> list[dict[str, str]]:
        start = story.WIRE.index(words)
        answer = client.get(f"/gold/words/{WIRE}?field={field}&start={start}&end={start + len(words)}")
        found: list[dict[str, str]] = answer.json()
        return found

    assert said("killed", "Two soldiers were killed") == [{"lower": "2", "upper": "2"}]
    assert said("weapons", "two drones") == [{"kind": "drone", "lower": "2", "upper": "2"}]
    assert said("date", "on Thursday") == [{"start": "2024-03-14", "end": "2024-03-14"}]
    assert said("actors", "Plain Brigade") == [{"name": "Plain Brigade"}]
    assert said("speakers", "security official") == [{"name": "security official"}]
    assert said("totals", "seven") == [{"lower": "7", "upper": "7", "text": "seven"}]
    assert said("weapons", "The base houses") == []
    assert client.get(f"/gold/words/{WIRE}?field=colour&start=0&end=5").status_code == 400
    assert client.get(f"/gold/words/{WIRE}?field=date&start=5&end=99999").status_code == 400


def test_a_line_and_its_form_are_the_same(store: Store) -> None:
    made = line_of(form_of(filled().items()), WIRE, story.WIRE)
    assert made.errors == {}
    again = line_of(form_of_line(made.line), WIRE, story.WIRE)
    assert again.line == made.line


def test_empty_rows_go_and_the_numbers_of_sources_follow() -> None:
    form = form_of(
        {
            "s0.name": "",
            "s1.name": "army",
            "s1.terms": "role",
            "s3.name": "mayor",
            "i2.type.value": "attack",
            "i2.speakers.numbers": "4, 1 2",
        }.items()
    )
    assert [row["name"] for row in form.speakers] == ["army", "mayor"]
    assert form.incidents[0].single["speakers"]["numbers"].split() == ["2,", "1"]


def test_the_next_report_is_one_not_begun(client: DeskClient, store: Store) -> None:
    seen = set()
    for _ in range(store.status().reports):
        page = client.get("/gold/next", follow_redirects=False).headers["location"]
        seen.add(page)
        client.post_form(page.replace("/code/", "/draft/"), {"note": "begun"})
    assert len(seen) == store.status().reports
    assert client.get("/gold/next", follow_redirects=False).headers["location"] == "/gold"


def test_no_such_report(client: DeskClient) -> None:
    for path in ("/gold/code/nowhere", "/gold/compare/nowhere", "/gold/words/nowhere?field=date&start=0&end=1"):
        assert client.get(path).status_code == 404
    assert client.post_form("/gold/draft/nowhere", {}).status_code == 404


def test_totals_are_compared_too(client: DeskClient, store: Store) -> None:
    store.add([Arrival(invented.report(invented.event(50)), "invented")], "invented/1")
    lower = store.report("r000050.0").tallies[0].lower
    save(client, {"t0.what": "attacks", "t0.lower": str(lower), "t1.what": "raids", "t1.lower": "900"}, "r000050.0")
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get("/gold/compare/r000050.0").text))
    assert re.search(rf"running totals at least {lower} attacks at least {lower} attacks = agree", page)
    assert "at least 900 raids – ← only you" in page
