"""The review queue at the desk: pairs and values decided one by one, by one person or two at once. Texts are invented."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import re
from collections.abc import Callable
from typing import Any

import pytest

import invented
from vigie.model import CodedReport
from vigie.store.keeping import Arrival
from vigie.store.store import Store

Clients = Callable[[], Any]


def two_days_apart(number: int) -> list[CodedReport]:
    """Two tellings of something in one town, a day apart and with other tolls: is it one incident?"""
    happened = invented.event(number)
    later = dataclasses.replace(
        happened,
        day=happened.day + dt.timedelta(days=1),
        killed=happened.killed + 7,
        injured=happened.injured + 7,
    )
    return [invented.report(happened), invented.report(later, 1, id=f"later{number}")]


def rivals(number: int) -> list[CodedReport]:
    """Two reports of one incident whose sources count otherwise."""
    happened = invented.event(number)
    first, second = invented.report(happened), invented.report(happened, 3, id=f"rival{number}")
    return [exactly(first, 3, "army spokesman"), exactly(second, 9, "hospital director")]


def exactly(coded: CodedReport, killed: int, source: str) -> CodedReport:
    toll = dataclasses.replace(coded.incidents[0].killed, lower=killed, upper=killed, hedge="exact")
    claim = dataclasses.replace(coded.claims[0], values={**coded.claims[0].values, "killed": toll})
    return dataclasses.replace(
        coded,
        incidents=(dataclasses.replace(coded.incidents[0], killed=toll),),
        claims=(claim,),
        sources=(dataclasses.replace(coded.sources[0], name=source, terms="role"),),
    )


@pytest.fixture
def queue(store: Store) -> Store:
    """Three open pairs, and two incidents with rival tolls."""
    told = [c for n in (0, 1, 2) for c in two_days_apart(n)] + [c for n in (20, 21) for c in rivals(n)]
    store.add([Arrival(coded, "x") for coded in told], "invented/1")
    return store


def form_of(page: str) -> dict[str, str]:
    """What the answers of the item shown would be sent with."""
    body = page[page.index('action="/review"') :]
    body = body[: body.index("</form>")]
    found = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"', body))
    return {k: html.unescape(v) for k, v in found.items() if k != "csrf_token"}


def left(page: str) -> int:
    return int(re.search(r"(\d+) left", page)[1])


def pairs_left(page: str) -> int:
    return int(re.search(r"(\d+) pairs?\b", page)[1])


def page_of(client: Any, path: str = "/review") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.text


def send(client: Any, page: str, answer: str, **more: Any) -> Any:
    return client.post_form("/review", {**form_of(page), "answer": answer, **more})


def test_a_pair_is_shown_with_both_texts_and_a_reason_for_each_field(client, queue: Store) -> None:
    page = page_of(client, "/review?kind=pair")
    assert "Are these one incident?" in page
    form = form_of(page)
    for key in (form["a"], form["b"]):
        coded = queue.report(key.split("#")[0])
        assert html.escape(coded.incidents[0].killed.evidence[0].quote) in page
        assert f"/reports/{coded.report.id}" in page
    rows = re.findall(r'<tr class="speaks-(\w+)">\s*<th scope="row">(.*?)</th>', page)
    assert {"date", "place", "type", "killed"} <= {name for _, name in rows}
    assert ("against", "date") in rows
    assert "days that follow one another" in page
    assert "the same town or village" in page
    assert re.search(r"\d+% alike", page)


def test_a_value_is_shown_with_who_says_what_and_why_it_is_asked(client, queue: Store) -> None:
    page = page_of(client, "/review?kind=value")
    assert "Killed: is this right?" in page
    assert "accounts contradict each other" in page
    for name in ("army spokesman", "hospital director"):
        assert name in page
    said = re.findall(r'<p class="said-value">(.*?)</p>', page)
    assert {"3", "9"} <= set(said)


@pytest.mark.parametrize("said", ["same", "different", "unsure"])
def test_an_answer_on_a_pair_is_recorded_and_the_next_is_shown(client, queue: Store, said: str) -> None:
    page = page_of(client, "/review?kind=pair")
    form = form_of(page)
    answer = send(client, page, said, why="one night")
    assert answer.status_code == 303
    (line,) = queue.decisions()
    assert (line.kind, line.members, line.why, line.who) == (said, (form["a"], form["b"]), "one night", "local")
    following = page_of(client, answer.headers["location"])
    assert "Recorded:" in following
    assert (form_of(following)["a"], form_of(following)["b"]) != (form["a"], form["b"])
    assert pairs_left(following) == pairs_left(page) - 1  # what was joined may raise a doubt of its own
    homes = queue.homes()
    assert (homes[form["a"]] == homes[form["b"]]) is (said == "same")


@pytest.mark.parametrize(("said", "expected"), [("accept", (3, 9)), ("reject", None)])
def test_a_value_is_accepted_or_rejected(client, queue: Store, said: str, expected: tuple[int, int] | None) -> None:
    page = page_of(client, "/review?kind=value")
    form = form_of(page)
    assert send(client, page, said).status_code == 303
    (line,) = queue.decisions()
    assert (line.kind, line.field) == (said, "killed")
    value = queue.incident(form["incident"]).incident.value("killed")
    assert (value and (value.lower, value.upper)) == expected
    with queue.inquiry() as asked:
        assert asked.open_value(form["incident"], "killed") is None


def test_another_value_is_put_with_the_words_it_rests_on(client, queue: Store) -> None:
    page = page_of(client, "/review?kind=value")
    form = form_of(page)
    words = re.findall(r'name="rests_on" value="(\d)"', page)
    answer = send(client, page, "edit", lower="9", upper="9", rests_on=words[1], why="the later count")
    assert answer.status_code == 303
    (line,) = queue.decisions()
    assert (line.kind, line.value["lower"], line.why) == ("edit", 9, "the later count")
    (quoted,) = line.evidence
    assert quoted in queue.incident(form["incident"]).incident.fields["killed"].evidence


def test_what_makes_no_value_is_said_and_nothing_typed_is_lost(client, queue: Store) -> None:
    page = page_of(client, "/review?kind=value")
    answer = send(client, page, "edit", lower="9", upper="2", why="half a reason")
    assert answer.status_code == 422
    assert "The most is less than the least." in answer.text
    assert 'value="9"' in answer.text
    assert "half a reason" in answer.text
    assert queue.decisions() == ()


def test_next_leaves_an_item_for_later_and_the_end_says_so(client, queue: Store) -> None:
    seen = []
    page = page_of(client, "/review?kind=pair")
    while "Are these one incident?" in page:
        seen.append((form_of(page)["a"], form_of(page)["b"]))
        page = page_of(client, html.unescape(re.search(r'href="([^"]*)" data-key="n"', page)[1]))
    assert len(seen) == len(set(seen)) == 3
    assert "You are through." in page
    assert 'href="/review?kind=pair" data-key="n"' in page


def test_a_reload_shows_the_same_item(client, queue: Store) -> None:
    answer = send(client, page_of(client), "unsure" if "Are these" in page_of(client) else "accept")
    where = answer.headers["location"]
    first, again = page_of(client, where), page_of(client, where)
    assert {k: v for k, v in form_of(first).items() if k != "csrf_token"} == form_of(again)


def test_the_last_decision_is_undone_and_its_item_is_there_again(client, queue: Store) -> None:
    page = page_of(client, "/review?kind=pair")
    form, before = form_of(page), left(page)
    following = page_of(client, send(client, page, "same").headers["location"])
    undo, back = re.search(
        r'action="(/decisions/\d+/undo)".*?name="back" value="([^"]*)".*?data-key="z"', following, re.DOTALL
    ).groups()
    answer = client.post_form(undo, {"back": html.unescape(back)})
    again = page_of(client, answer.headers["location"])
    assert (form_of(again)["a"], form_of(again)["b"]) == (form["a"], form["b"])
    assert left(again) == before
    assert "is undone" in again


def test_two_who_decide_on_one_pair_do_not_overwrite_each_other(team, queue: Store) -> None:
    coder, editor = team("coder"), team("editor")
    mine, theirs = page_of(coder, "/review?kind=pair"), page_of(editor, "/review?kind=pair")
    assert form_of(mine)["a"] == form_of(theirs)["a"]
    assert send(coder, mine, "different", why="two days").status_code == 303
    late = send(editor, theirs, "same", why="one night")
    assert late.status_code == 409
    assert "Somebody else was quicker" in late.text
    assert "coder" in late.text
    assert "Said to be different" in late.text
    assert "two days" in late.text
    assert "one night" in late.text  # the reason typed is still there
    assert [line.kind for line in queue.decisions()] == ["different"]
    assert send(editor, late.text, "same", why="one night").status_code == 303
    assert [(line.who, line.kind) for line in queue.decisions()] == [("coder", "different"), ("editor", "same")]


def test_two_who_decide_on_different_things_do_not_disturb_each_other(team, queue: Store) -> None:
    coder, editor = team("coder"), team("editor")
    pair, value = page_of(coder, "/review?kind=pair"), page_of(editor, "/review?kind=value")
    assert send(coder, pair, "unsure").status_code == 303
    assert send(editor, value, "accept").status_code == 303
    assert len(queue.decisions()) == 2


def test_an_undo_by_another_is_a_decision_on_the_same_thing(team, queue: Store) -> None:
    coder, editor = team("coder"), team("editor")
    page = page_of(coder, "/review?kind=pair")
    form = form_of(page)
    send(coder, page, "same")
    item = f"/review?a={form['a'].replace('#', '%23')}&b={form['b'].replace('#', '%23')}"
    stale = page_of(coder, item)
    assert "Already decided:" in stale
    editor.post_form("/decisions/1/undo", {"back": "/review"})
    late = send(coder, stale, "different")
    assert late.status_code == 409
    assert "Undone" in late.text


def test_an_empty_queue_says_so(client) -> None:
    page = page_of(client)
    assert "Nothing is left to decide." in page
    assert left(page) == 0


@pytest.mark.parametrize(
    "path",
    [
        "/review?a=x%23i1&b=y%23i1",
        "/review?incident=I0000000000&field=killed",
        "/review?incident=I0000000000&field=mood",
    ],
)
def test_what_is_not_there_is_not_found(client, queue: Store, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_answer_that_does_not_fit_is_refused(client, queue: Store) -> None:
    pair, value = page_of(client, "/review?kind=pair"), page_of(client, "/review?kind=value")
    assert send(client, pair, "accept").status_code == 400
    assert send(client, value, "same").status_code == 400
    assert send(client, value, "").status_code == 400
    assert client.post_form("/review", {"answer": "same"}).status_code == 404
    assert queue.decisions() == ()
    assert page_of(client, "/review?after=nonsense")  # a broken address begins at the top


def test_only_coders_review(team, queue: Store) -> None:
    reader = team("reader")
    assert reader.get("/review").status_code == 403
    assert "/review" not in reader.get("/").text


def test_the_queue_is_in_the_readers_language(client, queue: Store) -> None:
    page = client.get("/review?kind=pair", headers={"Accept-Language": "fr"}).text
    assert "Est-ce un seul et même incident" in page
    assert "des jours qui se suivent" in page
    page = client.get("/review?kind=value", headers={"Accept-Language": "fr"}).text
    assert "des récits se contredisent" in page
