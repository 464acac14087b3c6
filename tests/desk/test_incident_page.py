"""The page of one incident: accounts side by side, every value with its words, decisions that can be undone, merging
and splitting after a look."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from fastapi.testclient import TestClient
from httpx import Response

import invented_story as story
from desk_client import DeskClient
from vigie.desk.incident_view import IncidentView, incident_view
from vigie.desk.toll_chart import HEIGHT, toll_charts
from vigie.model.record import Decision, RecordIncident
from vigie.store.store import Store

WHEN = "2024-04-01T10:00:00Z"


def record_of(store: Store, incident: str) -> RecordIncident:
    with store.inquiry() as inquiry:
        found = inquiry.entry(incident)
        assert found is not None
        return found.incident


def view_of(store: Store, incident: str) -> IncidentView:
    with store.inquiry() as inquiry:
        found = inquiry.entry(incident)
        assert found is not None
        return incident_view(inquiry.dossier(found.incident))


def plain(markup: str) -> str:
    """The words of a piece of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def section(page: str, id: str) -> str:
    return page[page.index(f'<section id="{id}"') :].split("</section>")[0]


def note(client: DeskClient, answer: Response) -> str:
    """What the next page says at its head."""
    page = client.get(answer.headers["location"]).text
    found = re.search(r'<p class="message">(.*?)</p>', page, re.S)
    assert found is not None
    return plain(found[1])


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_each_source_is_one_column_whatever_papers_print_it(store: Store, ids: dict[str, str]) -> None:
    columns = {column.name: column for column in view_of(store, ids["attack"]).columns}
    assert set(columns) == {"security official", "Samir Adel", "Plain Brigade"}
    official = columns["security official"]
    assert official.outlets == ("Northern Courier", "Hallam Wire")
    assert (len(official.reports), official.families, official.copies) == (3, 2, 1)
    assert official.reasons == ("not authorised to talk to the press",)
    assert official.account.terms == ("anonymous",)
    assert all(column.witness for column in columns.values())
    assert columns["Plain Brigade"].stances == ("claims_responsibility",)


def test_agreement_and_difference_are_marked_and_typed(store: Store, ids: dict[str, str]) -> None:
    view = view_of(store, ids["attack"])
    lines = {line.field: line for line in view.lines}
    names = [column.name for column in view.columns]

    def cell(field: str, name: str):  # type: ignore[no-untyped-def]
        return lines[field].cells[names.index(name)]

    assert (cell("killed", "Samir Adel").tone, cell("killed", "Samir Adel").kind) == ("conflict", "count")
    assert cell("killed", "security official").tone == "conflict"
    assert cell("date", "Samir Adel").tone == cell("date", "security official").tone == "agrees"
    assert cell("injured", "security official").tone is None  # nobody else speaks of it
    assert cell("killed", "Plain Brigade") is None
    assert cell("responsibility", "Plain Brigade").value == "claimed"
    assert lines["targets"].told  # told by the reports, by no source


def test_every_value_leads_to_its_very_words(client: TestClient, store: Store, ids: dict[str, str]) -> None:
    page = client.get(f"/incidents/{ids['attack']}").text
    texts = {report.report.id: report.report.text for report in store.reports()}
    found = set(re.findall(r'href="(/reports/[^"?]*\?from=\d+&amp;to=\d+#e\d+-\d+)"', page))
    assert len(found) > 10
    for address in found:
        parts = urlsplit(html.unescape(address))
        report = parts.path.removeprefix("/reports/")
        query = parse_qs(parts.query)
        start, end = int(query["from"][0]), int(query["to"][0])
        assert parts.fragment == f"e{start}-{end}"
        assert texts[report][start:end].strip()
        assert client.get(f"{parts.path}?{parts.query}").status_code == 200
    assert texts["matin"][slice(*_span(page, "matin", "Quatre soldats"))] == "Quatre soldats"


def _span(page: str, report: str, words: str) -> tuple[int, int]:
    for start, end in re.findall(rf"/reports/{report}\?from=(\d+)&amp;to=(\d+)#", page):
        if story.FRENCH[int(start) : int(end)] == words:
            return int(start), int(end)
    raise AssertionError(words)


def test_the_record_says_how_it_came_to_each_value(client: TestClient, ids: dict[str, str]) -> None:
    page = client.get(f"/incidents/{ids['attack']}").text
    held = plain(section(page, "record"))
    assert "4 to 5 accounts differ" in held
    assert "2 independent accounts differ: lowest 4 by Samir Adel, highest 5 by security official" in held
    accounts = plain(section(page, "accounts"))
    assert "not named because: not authorised to talk to the press" in accounts
    assert "1 copy, counted once" in accounts
    assert "≠ differs: number" in accounts


@pytest.mark.parametrize(
    ("language", "words", "other"), [("en", "security official", "In French"), ("fr", "ont visé", "En anglais")]
)
def test_the_incident_is_told_in_a_paragraph_with_its_reports(
    client: TestClient, ids: dict[str, str], language: str, words: str, other: str
) -> None:
    page = client.get(f"/incidents/{ids['attack']}", headers={"Accept-Language": language}).text
    paragraph = page[page.index(f'<p id="bulletin-{language}"') :].split("</p>")[0]
    assert words in plain(paragraph)
    assert plain(paragraph).count(".") >= 2
    numbers = re.findall(r'href="#(r\d+)"', paragraph)
    assert numbers, "no sentence says what it rests on"
    assert all(f'<tr id="{number}">' in page for number in numbers)
    assert other in page, "the paragraph in the other language is one click away"


def test_the_page_speaks_french(client: TestClient, ids: dict[str, str]) -> None:
    page = client.get(f"/incidents/{ids['attack']}", headers={"Accept-Language": "fr"}).text
    assert "2 récits indépendants divergent" in plain(section(page, "record"))
    assert "14 mars 2024" in page


def test_copies_are_told_beside_their_original(store: Store, ids: dict[str, str]) -> None:
    printings = {printing.id: printing for printing in view_of(store, ids["attack"]).printings}
    assert (printings["courier"].of, printings["courier"].kind) == ("wire", "copy")
    assert printings["courier"].why_en
    assert printings["matin"].of is None


def test_figures_over_time_with_what_replaced_them(store: Store, ids: dict[str, str]) -> None:
    view = view_of(store, ids["attack"])
    killed = [(s.as_of.day, s.name, s.value.lower, s.latest) for s in view.steps if s.field == "killed"]
    assert killed == [
        (14, "security official", 2, False),
        (15, "Samir Adel", 4, True),
        (15, "security official", 5, True),
    ]
    (chart,) = toll_charts(view.steps)
    assert (chart.field, chart.most) == ("killed", 5)
    assert len(chart.strokes) == 1  # from the official's first figure to his second
    assert {dot.bottom for dot in chart.dots if dot.step.value.lower == 5} == {0.0}
    assert all(0 <= dot.top <= dot.bottom <= HEIGHT for dot in chart.dots)


def test_linked_incidents_and_those_at_the_same_place(client: TestClient, ids: dict[str, str]) -> None:
    linked = section(client.get(f"/incidents/{ids['attack']}").text, "linked")
    assert f'href="/incidents/{ids["strike"]}"' in linked
    assert "in retaliation for" in linked
    assert f'href="/incidents/{ids["rockets"]}"' in linked
    back = section(client.get(f"/incidents/{ids['strike']}").text, "linked")
    assert "answered by" in back
    assert f'href="/incidents/{ids["attack"]}"' in back


def test_no_point_is_drawn_where_only_a_country_is_known(client: TestClient, ids: dict[str, str]) -> None:
    page = client.get(f"/incidents/{ids['clash']}").text
    assert "the country is marked, and no point in it" in page
    assert "&#34;country&#34;: &#34;466&#34;" in page or '"country": "466"' in page
    assert "circle of 100 kilometres" in client.get(f"/incidents/{ids['bomb']}").text


def test_an_id_of_before_leads_to_the_incident_of_now(client: DeskClient, store: Store, ids: dict[str, str]) -> None:
    record = record_of(store, ids["attack"])
    other = next(each for each in record.ids if each != record.id)
    answer = client.get(f"/incidents/{other}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, f"/incidents/{record.id}")
    assert client.get("/incidents/Inothing").status_code == 404


def test_a_withdrawn_incident_says_that_it_does_not_count(
    client: DeskClient, store: Store, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from vigie.store import inquiry

    told = inquiry.Inquiry._standings
    monkeypatch.setattr(inquiry.Inquiry, "_standings", lambda self, of: dict.fromkeys(told(self, of), "withdrawn"))
    assert "does not count" in client.get(f"/incidents/{ids['bomb']}").text


# --- deciding ---------------------------------------------------------------------------------------------------------


def test_a_value_is_accepted_as_it_was_seen_and_undone(client: DeskClient, store: Store, ids: dict[str, str]) -> None:
    path = f"/incidents/{ids['attack']}"
    answer = client.post_form(f"{path}/values/injured", {"answer": "accept", "seen": ""})
    assert answer.headers["location"] == f"{path}#f-injured"
    assert "Accepted as decision 1: injured" in note(client, answer)
    (decision,) = store.decisions()
    assert (decision.kind, decision.field, decision.who, decision.value["lower"]) == ("accept", "injured", "local", 7)
    assert record_of(store, ids["attack"]).fields["injured"].basis == "decided"
    page = client.get(path).text
    assert "reviewed" in page
    undo = client.post_form("/decisions/1/undo", {"back": f"{path}#decisions"})
    assert undo.headers["location"] == f"{path}#decisions"
    assert record_of(store, ids["attack"]).fields["injured"].basis == "single"
    log = plain(section(client.get(path).text, "decisions"))
    assert "undone by decision 2" in log


def test_a_value_is_set_with_its_words_and_its_reason(client: DeskClient, store: Store, ids: dict[str, str]) -> None:
    path = f"/incidents/{ids['attack']}/values/killed"
    form = client.get(path).text
    number = re.search(r'name="rests_on" value="(\d+)"[^>]*> <span><q dir="auto">Quatre soldats</q>', form)
    assert number is not None
    answer = client.post_form(
        path,
        {"answer": "edit", "lower": "4", "upper": "4", "rests_on": number[1], "why": "the army names them", "seen": ""},
    )
    assert answer.status_code == 303
    (decision,) = store.decisions()
    assert (decision.value["lower"], decision.value["upper"], decision.why) == (4, 4, "the army names them")
    assert [(q.report_id, q.span.quote) for q in decision.evidence] == [("matin", "Quatre soldats")]
    held = record_of(store, ids["attack"]).fields["killed"]
    assert (held.value.lower, held.value.upper, held.basis) == (4, 4, "decided")
    page = client.get(f"/incidents/{ids['attack']}").text
    assert "the army names them" in section(page, "decisions")


def test_a_value_that_was_not_told_can_be_added(client: DeskClient, store: Store, ids: dict[str, str]) -> None:
    answer = client.post_form(
        f"/incidents/{ids['bomb']}/values/actors", {"answer": "edit", "name": "Plain Brigade", "basis": "suspected"}
    )
    assert answer.status_code == 303
    assert [actor.name for actor in record_of(store, ids["bomb"]).value("actors")] == ["Plain Brigade"]


def test_what_makes_no_value_is_told_beside_its_field(client: DeskClient, store: Store, ids: dict[str, str]) -> None:
    answer = client.post_form(
        f"/incidents/{ids['attack']}/values/killed", {"answer": "edit", "lower": "9", "upper": "3", "why": "kept"}
    )
    assert answer.status_code == 422
    assert "The most is less than the least." in answer.text
    assert 'value="kept"' in answer.text
    assert store.decisions() == ()


def test_rejecting_a_value_takes_the_next_or_leaves_the_field_empty(
    client: DeskClient, store: Store, ids: dict[str, str]
) -> None:
    path = f"/incidents/{ids['attack']}/values/injured"
    client.post_form(path, {"answer": "reject", "reach": "any", "seen": ""})
    assert "injured" not in record_of(store, ids["attack"]).fields
    assert store.decisions()[-1].value is None
    client.post_form("/decisions/1/undo", {"back": "/"})
    client.post_form(path, {"answer": "reject", "reach": "this"})
    assert store.decisions()[-1].value["lower"] == 7


def test_what_one_report_does_not_say_is_taken_from_its_account(
    client: DeskClient, store: Store, ids: dict[str, str]
) -> None:
    path = f"/incidents/{ids['attack']}"
    answer = client.post_form(f"{path}/claims", {"claim": "matin#c1", "field": "killed", "seen": ""})
    assert answer.status_code == 303
    held = record_of(store, ids["attack"]).fields["killed"]
    assert (held.value.lower, held.value.upper, held.basis) == (5, 5, "single")
    assert client.post_form(f"{path}/claims", {"claim": "bomb#c1", "field": "killed"}).status_code == 404


def test_nobody_overwrites_what_somebody_else_decided_meanwhile(
    client: DeskClient, store: Store, ids: dict[str, str]
) -> None:
    path = f"/incidents/{ids['attack']}/values/killed"
    seen = re.search(r'name="seen" value="(\w*)"', client.get(path).text)[1]  # type: ignore[index]
    lead = record_of(store, ids["attack"]).lead
    store.decide(Decision(0, "edit", "ana", WHEN, "counted again", members=(lead,), field="killed", value=6))
    clash = client.post_form(path, {"answer": "edit", "lower": "4", "upper": "4", "seen": seen, "why": "mine"})
    assert clash.status_code == 409
    assert "ana" in clash.text
    assert "counted again" in clash.text
    assert 'value="mine"' in clash.text
    assert len(store.decisions()) == 1
    # Another field of the same incident is nobody's obstacle.
    assert client.post_form(path.replace("killed", "injured"), {"answer": "accept", "seen": seen}).status_code == 303
    # Having looked, one may decide after the other.
    again = re.search(r'name="seen" value="(\w+)"', clash.text)[1]  # type: ignore[index]
    assert client.post_form(path, {"answer": "edit", "lower": "4", "upper": "4", "seen": again}).status_code == 303


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("values/killed", {"answer": "burn"}, 400),
        ("values/damage", {"answer": "accept"}, 400),  # there is nothing to accept
        ("values/colour", {"answer": "accept"}, 404),
        ("claims", {"claim": "x", "field": "colour"}, 404),
    ],
)
def test_an_answer_to_nothing_is_refused(
    client: DeskClient, ids: dict[str, str], path: str, fields: dict[str, str], status: int
) -> None:
    assert client.post_form(f"/incidents/{ids['attack']}/{path}", fields).status_code == status


# --- merging and splitting --------------------------------------------------------------------------------------------


def test_a_split_is_seen_before_it_is_made_and_can_be_undone(
    client: DeskClient, store: Store, ids: dict[str, str]
) -> None:
    path = f"/incidents/{ids['attack']}/split"
    before = store.fingerprint()
    page = client.get(f"{path}?apart={quote('matin#i1')}").text
    outcomes = re.findall(r'<article class="outcome( outcome-new)?">(.*?)</article>', page, re.S)
    assert [bool(new) for new, _ in outcomes] == [False, False, True]
    assert "killed 5 changes" in plain(outcomes[1][1])
    assert "Le Matin du Golfe" in outcomes[2][1]
    assert store.fingerprint() == before
    answer = client.post_form(path, {"apart": "matin#i1", "why": "another base", "seen": ""})
    homes = store.homes()
    assert homes["matin#i1"] != homes["wire#i1"] == homes["later#i1"] == homes["courier#i1"]
    assert answer.headers["location"] == f"/incidents/{homes['wire#i1']}#decisions"
    assert homes["matin#i1"] in note(client, answer)
    for incident in (homes["matin#i1"], homes["wire#i1"]):
        assert "another base" in section(client.get(f"/incidents/{incident}").text, "decisions")
    client.post_form("/decisions/1/undo", {"back": "/"})
    assert store.fingerprint() == before


@pytest.mark.parametrize("apart", [[], ["wire#i1", "courier#i1", "later#i1", "matin#i1"], ["nothing#i1"]])
def test_a_split_leaves_something_on_either_side(
    client: DeskClient, store: Store, ids: dict[str, str], apart: list[str]
) -> None:
    answer = client.post_form(f"/incidents/{ids['attack']}/split", {"apart": apart, "seen": ""})
    assert answer.status_code == 422
    assert store.decisions() == ()


def test_a_merge_is_seen_before_it_is_made_and_can_be_undone(
    client: DeskClient, store: Store, ids: dict[str, str]
) -> None:
    path = f"/incidents/{ids['attack']}/merge"
    before = store.fingerprint()
    page = client.get(path).text
    assert f'value="{ids["rockets"]}"' in page  # the same place: it may be meant
    looked = client.get(f"{path}?other={ids['rockets']}").text
    outcomes = re.findall(r'<article class="outcome( outcome-new)?">(.*?)</article>', looked, re.S)
    assert len(outcomes) == 3
    assert "5 reports" in plain(outcomes[2][1])
    assert store.fingerprint() == before
    answer = client.post_form(path, {"other": ids["rockets"], "why": "one night", "seen": ""})
    homes = store.homes()
    assert homes["older#i1"] == homes["wire#i1"]
    assert answer.headers["location"] == f"/incidents/{homes['wire#i1']}#decisions"
    assert "Merged as decision 1" in note(client, answer)
    for old in (ids["attack"], ids["rockets"]):
        assert client.get(f"/incidents/{old}").url.path == f"/incidents/{homes['wire#i1']}"
    client.post_form("/decisions/1/undo", {"back": "/"})
    assert store.fingerprint() == before


@pytest.mark.parametrize("other", ["", "Inothing", "itself"])
def test_a_merge_needs_another_incident(client: DeskClient, store: Store, ids: dict[str, str], other: str) -> None:
    typed = ids["attack"] if other == "itself" else other
    answer = client.post_form(f"/incidents/{ids['attack']}/merge", {"other": typed})
    assert answer.status_code in (422, 400)
    assert store.decisions() == ()


def test_the_other_may_be_given_by_its_address(client: TestClient, ids: dict[str, str]) -> None:
    typed = quote(f"http://127.0.0.1:8000/incidents/{ids['bomb']}#record")
    assert "What would come of it" in client.get(f"/incidents/{ids['attack']}/merge?other={typed}").text


def test_a_split_looked_at_before_somebody_decided_is_looked_at_again(
    client: DeskClient, store: Store, ids: dict[str, str]
) -> None:
    path = f"/incidents/{ids['attack']}/split"
    members = record_of(store, ids["attack"]).members
    store.decide(Decision(0, "split", "ana", WHEN, members=members, apart=("later#i1",)))
    answer = client.post_form(path, {"apart": "matin#i1", "seen": ""})
    assert answer.status_code == 409
    assert len(store.decisions()) == 1


def test_what_a_role_may_do_is_offered_and_nothing_else(
    team: Callable[[str], DeskClient], store: Store, ids: dict[str, str]
) -> None:
    path = f"/incidents/{ids['attack']}"
    reader, coder, editor = team("reader"), team("coder"), team("editor")
    assert "/values/killed" not in reader.get(path).text
    assert reader.post_form(f"{path}/values/killed", {"answer": "accept"}).status_code == 403
    page = coder.get(path).text
    assert "/values/killed" in page
    assert f"{path}/merge" not in page
    assert coder.get(f"{path}/merge").status_code == 403
    assert coder.post_form(f"{path}/split", {"apart": "matin#i1"}).status_code == 403
    assert coder.post_form(f"{path}/values/killed", {"answer": "accept", "seen": ""}).status_code == 303
    assert store.decisions()[0].who == "coder"
    # An editor undoes what a coder decided; the coder cannot undo what the editor decided.
    assert 'action="/decisions/1/undo"' in editor.get(path).text
    editor.post_form(f"{path}/values/injured", {"answer": "accept"})
    assert 'action="/decisions/2/undo"' not in coder.get(path).text
    assert 'action="/decisions/1/undo"' in coder.get(path).text
