"""The reports at the desk: the list, one report with its words and values, values given by words. Texts are invented."""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Callable
from typing import Any

import pytest

import invented
from vigie.model import CodedReport, Rejection, Span, WireIdentity
from vigie.store.keeping import Arrival
from vigie.store.store import Store

Clients = Callable[[], Any]


def told(number: int = 1, telling: int = 0, **more: Any) -> CodedReport:
    return invented.report(invented.event(number), telling, **more)


@pytest.fixture
def kept(store: Store) -> CodedReport:
    """One report, with something seen and left out."""
    coded = told(1)
    lead = coded.incidents[0].evidence[0]
    out = Rejection("the second sentence", "no word of violence", (Span(lead.end + 1, lead.end + 4, "The"),))
    coded = dataclasses.replace(coded, rejections=(out,))
    store.add([Arrival(coded, "wire/today.txt")], "invented/1")
    return coded


def words_shown(page: str) -> str:
    """The text of a report page as a browser shows it."""
    body = re.search(r'<div class="reading-text.*?>(.*?)</div>', page, re.DOTALL)[1]
    return html.unescape(re.sub(r"<[^>]+>", "", body))


def test_the_text_is_shown_as_received_whatever_marks_overlap(client, kept: CodedReport) -> None:
    page = client.get(f"/reports/{kept.report.id}").text
    assert words_shown(page) == kept.report.text
    toll = kept.incidents[0].killed.evidence[0]
    assert f'id="e{toll.start}-{toll.end}"' in page
    assert re.search(rf'class="mark k-toll"[^>]*>{re.escape(toll.quote)}</a>', page)


def test_a_text_of_line_ends_and_markup_keeps_its_characters(client, store: Store) -> None:
    coded = told(1)
    text = "A\r\nB <b>bold</b> &amp; \u200bC\r" + coded.report.text
    shifted = dataclasses.replace(
        coded, report=dataclasses.replace(coded.report, text=text), incidents=(), claims=(), sources=()
    )
    store.add([Arrival(shifted, "x")], "invented/1")
    page = client.get(f"/reports/{coded.report.id}").text
    assert "A&#13;\nB &lt;b&gt;bold&lt;/b&gt; &amp;amp; " in page
    assert words_shown(page) == text


def test_every_value_leads_to_its_words_and_back(client, kept: CodedReport) -> None:
    page = client.get(f"/reports/{kept.report.id}").text
    values = re.findall(r'<li class="value[^"]*" id="(v\d+)".*?</li>', page, re.DOTALL)
    assert len(values) >= 7
    for anchor in re.findall(r'class="value-go" href="#(e\d+-\d+)"', page):
        assert f'id="{anchor}"' in page
    for value in re.findall(r'<a class="mark[^"]*" href="#([vd]\d+)"', page):
        assert f'id="{value}"' in page


def test_words_asked_for_are_marked_even_where_no_value_rests_on_them(client, kept: CodedReport) -> None:
    page = client.get(f"/reports/{kept.report.id}?from=2&to=9").text
    assert 'id="e2-9"' in page
    assert "k-asked" in page or "also-asked" in page


def test_what_was_left_out_is_there_on_demand_with_its_reason(client, kept: CodedReport) -> None:
    page = client.get(f"/reports/{kept.report.id}").text
    assert "no word of violence" in page
    assert "show-out" not in re.search(r'<div class="reading-text[^>]*>', page)[0]
    assert (
        "show-out"
        in re.search(r'<div class="reading-text[^>]*>', client.get(f"/reports/{kept.report.id}?rejected=true").text)[0]
    )


def test_the_file_is_given_back_byte_for_byte_and_never_shown(client, kept: CodedReport) -> None:
    answer = client.get(f"/raw/{kept.report.id}")
    assert answer.content == kept.report.raw
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith('attachment; filename="r000001.0.txt"')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert client.get("/raw/nothing").status_code == 404


def test_an_id_with_slashes_and_signs_is_found(client, store: Store) -> None:
    coded = told(3, id='urn:x/2024 "é"#1')
    store.add([Arrival(coded, "x")], "invented/1")
    listed = client.get("/reports").text
    link = re.search(r'href="(/reports/urn[^"]+)"', listed)[1]
    page = client.get(link)
    assert page.status_code == 200
    assert client.get(re.search(r'href="(/raw/[^"]+)"', page.text)[1]).content == coded.report.raw


def test_the_list_is_searched_and_filtered(client, store: Store) -> None:
    reports = [told(n) for n in range(1, 6)]
    quiet = dataclasses.replace(told(9), incidents=(), claims=(), sources=())
    store.add([Arrival(c, "x") for c in (*reports, quiet)], "invented/1")
    name = reports[0].incidents[0].place.name.split()[0]
    assert "6 reports" in client.get("/reports").text
    found = client.get(f"/reports?q={name}").text
    assert "1 report<" in found
    assert f"<mark>{name}</mark>" in found
    assert "1 report<" in client.get("/reports?telling=no").text
    assert "No report fits." in client.get("/reports?first=2030-01-01").text
    assert "0 reports" in client.get("/reports?standing=withdrawn").text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("q=-", "Give words"),
        ("first=yesterday", "Give a day as year-month-day"),
        ("first=2024-02-02&last=2024-02-01", "The last day is before the first."),
        ("after=nonsense", "start again from the first page"),
    ],
)
def test_a_filter_that_means_nothing_says_so_beside_it(client, query: str, says: str) -> None:
    answer = client.get(f"/reports?{query}")
    assert answer.status_code == 422
    assert says in answer.text


def test_a_long_list_goes_on(client, store: Store) -> None:
    store.add([Arrival(told(n), "x") for n in range(60)], "invented/1")
    first = client.get("/reports").text
    following = html.unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])
    second = client.get(following).text
    titles = [set(re.findall(r'href="/reports/([^"]+)" data-row', page)) for page in (first, second)]
    assert [len(t) for t in titles] == [40, 20]
    assert not titles[0] & titles[1]
    assert "First page" in second


def test_versions_of_a_story_are_compared_word_by_word(client, store: Store) -> None:
    key = "agency/2024/77"
    one = told(5, 1, id="story@1", wire=WireIdentity(key=key, revision=1))
    other = told(5, 1, id="story@2", wire=WireIdentity(key=key, revision=2))
    changed = other.report.text.replace("the ", "this ", 1) + " Another line was added."
    later = dataclasses.replace(other, report=dataclasses.replace(other.report, text=changed))
    later = dataclasses.replace(later, incidents=(), claims=(), sources=())
    store.add([Arrival(one, "x"), Arrival(later, "y")], "invented/1")
    page = client.get("/reports/story@2").text
    assert "Copies and versions" in page
    assert "superseded" in client.get("/reports/story@1").text
    compared = client.get("/reports/story@2?against=story@1").text
    assert re.search(r"<ins[^>]*>.*?Another line was added\.", compared, re.DOTALL)
    assert re.search(r"<del[^>]*>.*?the", compared, re.DOTALL)
    assert "5 words added" in compared
    assert client.get("/reports/story@1?against=story@2").text.count("<ins") == compared.count("<ins")


# --- a value by its words ---------------------------------------------------------------------------------------------


def form_of(page: str) -> dict[str, str]:
    """What the form for a value holds, as it would be sent."""
    body = page[page.index('action="/values/new" class="stack') :]
    given = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', body))
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        given[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', options)[1]
    kept = [html.unescape(v) for v in re.findall(r'name="keep" value="([^"]*)" checked', body)]
    return {k: html.unescape(v) for k, v in given.items() if k not in ("csrf_token", "keep")} | (
        {"keep": kept} if kept else {}
    )


def asked(client, coded: CodedReport, words: str, field: str = "") -> str:
    start = coded.report.text.index(words)
    query = {"report": coded.report.id, "start": start, "end": start + len(words), "field": field}
    answer = client.get("/values/new", params=query)
    assert answer.status_code == 200
    return answer.text


def test_chosen_words_fill_the_form_and_become_a_decision_with_its_words(
    client, store: Store, kept: CodedReport
) -> None:
    words = kept.incidents[0].injured.evidence[0].quote
    form = form_of(asked(client, kept, words, "killed"))
    number = re.search(r"\d+", words)[0]
    assert (form["lower"], form["upper"], form["field"]) == (number, number, "killed")
    answer = client.post_form("/values/new", {**form, "why": "the figure is of the dead"}, follow=True)
    assert answer.status_code == 200
    assert "Recorded as decision 1: killed" in answer.text
    (line,) = store.decisions()
    assert (line.kind, line.field, line.who, line.why) == ("edit", "killed", "local", "the figure is of the dead")
    assert line.value == {"lower": int(number), "upper": int(number), "text": words}
    (quoted,) = line.evidence
    assert (quoted.report_id, quoted.span.quote) == (kept.report.id, words)
    incident = store.incident(store.homes()[line.members[0]]).incident
    assert incident.value("killed").lower == int(number)
    assert incident.fields["killed"].evidence == (quoted,)
    assert f'id="d{line.number}"' in answer.text  # shown among the values, with a way back


def test_an_edit_is_undone_from_the_report(client, store: Store, kept: CodedReport) -> None:
    before = store.fingerprint()
    client.post_form("/values/new", form_of(asked(client, kept, "wounded", "damage")) | {"choice": "reported"})
    assert store.fingerprint() != before
    page = client.get(f"/reports/{kept.report.id}").text
    assert 'action="/decisions/1/undo"' in page
    answer = client.post_form("/decisions/1/undo", {"back": f"/reports/{kept.report.id}"}, follow=True)
    assert "Decision 1 is undone." in answer.text
    assert store.fingerprint()["incidents"] == before["incidents"]
    again = client.post_form("/decisions/1/undo", {"back": "/reports"}, follow=True)
    assert "has been undone already" in again.text
    assert client.post_form("/decisions/9/undo").status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("date", {"first_day": "2024-03-07", "last_day": "", "grain": "day"}, ("2024-03-07", "2024-03-07")),
        ("place", {"name": "Balabad", "country": "IQ", "lat": "33,5", "lon": "42"}, ("Balabad", 33.5)),
        ("type", {"choice": "arson"}, "arson"),
        ("responsibility", {"choice": "denied"}, "denied"),
        ("actors", {"name": "Brigade of the Plain", "basis": "claimed"}, ["Brigade of the Plain"]),
        ("targets", {"name": "a mill", "kind": "civilian"}, ["a mill"]),
        ("weapons", {"kind": "drone", "lower": "2", "upper": "3", "outcome": "hit"}, ["drone"]),
        ("attackers_killed", {"lower": "", "upper": "4"}, (None, 4)),
    ],
)
def test_every_field_has_its_form(
    client, store: Store, kept: CodedReport, field: str, typed: dict[str, str], value: Any
) -> None:
    form = form_of(asked(client, kept, "residents" if "residents" in kept.report.text else "people", field))
    form.pop("keep", None)
    answer = client.post_form("/values/new", {**form, **typed})
    assert answer.status_code == 303, answer.text
    made = store.decisions()[-1].value
    shown = {
        "date": lambda: (made["start"], made["end"]),
        "place": lambda: (made["name"], made["lat"]),
        "actors": lambda: [row["name"] for row in made],
        "targets": lambda: [row["name"] for row in made],
        "weapons": lambda: [row["kind"] for row in made],
        "attackers_killed": lambda: (made["lower"], made["upper"]),
    }.get(field, lambda: made)()
    assert shown == value


def test_of_a_list_what_is_kept_stays(client, store: Store, kept: CodedReport) -> None:
    form = form_of(asked(client, kept, "people", "targets"))
    there = kept.incidents[0].targets[0].name
    assert there in form["keep"][0]
    client.post_form("/values/new", {**form, "name": "a mill", "kind": "civilian"})
    assert [row["name"] for row in store.decisions()[-1].value] == [there, "a mill"]


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("killed", {"lower": "", "upper": ""}, "Give one of the two numbers at least."),
        ("killed", {"lower": "many", "upper": ""}, "Give a whole number"),
        ("killed", {"lower": "5", "upper": "3"}, "The most is less than the least."),
        ("date", {"first_day": "2024-13-40"}, "Give a day as year-month-day"),
        ("date", {"first_day": "2024-03-07", "last_day": "2024-03-01"}, "The last day is before the first."),
        ("place", {"name": " "}, "Give the name of the place."),
        ("place", {"name": "X", "lat": "95", "lon": "1"}, "Give degrees"),
        ("place", {"name": "X", "lat": "", "lon": "1"}, "Latitude and longitude go together"),
        ("type", {"choice": "quarrel"}, "This makes no value of that field."),
        ("actors", {"name": "", "keep": []}, "Give one, or keep one of those there."),
        ("weapons", {"kind": "drone", "keep": "nonsense"}, "This makes no value of that field."),
    ],
)
def test_what_makes_no_value_is_said_where_it_was_typed(
    client, store: Store, kept: CodedReport, field: str, typed: dict[str, Any], says: str
) -> None:
    form = form_of(asked(client, kept, "people", field))
    form.pop("keep", None)
    if field == "place":
        form |= {"lat": "", "lon": ""}
    answer = client.post_form("/values/new", {**form, **typed, "why": "a reason half typed"})
    assert answer.status_code == 422
    assert says in answer.text
    assert "a reason half typed" in answer.text  # nothing typed is lost
    assert store.decisions() == ()


def test_without_a_script_words_are_typed_and_chosen_among_their_places(client, kept: CodedReport) -> None:
    name = kept.incidents[0].place.name
    page = client.get("/values/new", params={"report": kept.report.id}).text
    assert "Words of the report that it rests on" in page
    form = {"report": kept.report.id, "field": "killed", "member": "", "lower": "2", "upper": "2", "seen": ""}
    missing = client.post_form("/values/new", {**form, "words": "not in it"})
    assert missing.status_code == 422
    assert "does not have these words" in missing.text
    several = client.post_form("/values/new", {**form, "words": name})
    assert several.status_code == 422
    assert several.text.count(f"<mark>{name}</mark>") == kept.report.text.count(name)
    link = html.unescape(re.search(r'href="(/values/new\?[^"]+)" dir="auto"', several.text)[1])
    assert form_of(client.get(link).text)["start"] == str(kept.report.text.index(name))
    assert (
        client.post_form("/values/new", {**form, "words": kept.incidents[0].killed.evidence[0].quote}).status_code
        == 303
    )


def test_two_who_set_one_value_do_not_overwrite_each_other(
    client, another: Clients, store: Store, kept: CodedReport
) -> None:
    first, second = (
        form_of(asked(client, kept, "people", "killed")),
        form_of(asked(another(), kept, "people", "killed")),
    )
    assert client.post_form("/values/new", {**first, "lower": "3", "upper": "3", "why": "hospital"}).status_code == 303
    late = another().post_form("/values/new", {**second, "lower": "4", "upper": "4"})
    assert late.status_code == 409
    assert "Somebody else was quicker" in late.text
    assert "hospital" in late.text
    assert len(store.decisions()) == 1
    again = another().post_form("/values/new", form_of(late.text))
    assert again.status_code == 303  # having seen it, they decide
    assert store.decisions()[-1].value["lower"] == 4


def test_decisions_on_something_else_are_no_obstacle(client, another: Clients, store: Store, kept: CodedReport) -> None:
    first, second = (
        form_of(asked(client, kept, "people", "killed")),
        form_of(asked(another(), kept, "people", "injured")),
    )
    client.post_form("/values/new", {**first, "lower": "3", "upper": "3"})
    assert another().post_form("/values/new", {**second, "lower": "4", "upper": "4"}).status_code == 303
    assert [line.field for line in store.decisions()] == ["killed", "injured"]


def test_what_is_asked_of_a_report_or_field_that_is_not_there(client, kept: CodedReport) -> None:
    assert client.get("/reports/nothing").status_code == 404
    assert client.get("/values/new", params={"report": "nothing"}).status_code == 404
    assert client.get("/values/new", params={"report": kept.report.id, "member": "nothing#i1"}).status_code == 404
    assert client.get("/values/new", params={"report": kept.report.id, "field": "mood"}).status_code == 400
    beyond = client.get("/values/new", params={"report": kept.report.id, "start": 5, "end": 10**9})
    assert beyond.status_code == 200  # as if no words had been pointed at


def test_who_may_do_what(team, kept: CodedReport, store: Store) -> None:
    reader, coder, editor = team("reader"), team("coder"), team("editor")
    page = reader.get(f"/reports/{kept.report.id}").text
    assert "/values/new" not in page
    assert reader.get("/values/new", params={"report": kept.report.id}).status_code == 403
    assert reader.get(f"/raw/{kept.report.id}").status_code == 200
    form = form_of(asked(editor, kept, "people", "killed")) | {"lower": "3", "upper": "3"}
    assert editor.post_form("/values/new", form).status_code == 303
    refused = coder.post_form("/decisions/1/undo", {"back": "/reports"}, follow=True)
    assert "is not yours" in refused.text
    assert "/decisions/1/undo" not in coder.get(f"/reports/{kept.report.id}").text
    assert len(store.decisions()) == 1
    assert "is undone" in editor.post_form("/decisions/1/undo", {"back": "/reports"}, follow=True).text


def test_a_report_without_an_incident_says_so(client, store: Store) -> None:
    quiet = dataclasses.replace(told(9), incidents=(), claims=(), sources=())
    store.add([Arrival(quiet, "x")], "invented/1")
    assert "No incident of armed violence was found in it." in client.get(f"/reports/{quiet.report.id}").text
    form = client.get("/values/new", params={"report": quiet.report.id})
    assert "No incident was found in this report that a value could be of." in form.text


def test_the_pages_are_in_the_readers_language(client, kept: CodedReport) -> None:
    french = {"Accept-Language": "fr"}
    page = client.get(f"/reports/{kept.report.id}", headers=french).text
    assert "Texte tel que reçu" in page
    assert "tués" in page
    assert (
        "Qui ou quoi a été touché"
        in client.get("/values/new", params={"report": kept.report.id, "field": "targets"}, headers=french).text
    )
