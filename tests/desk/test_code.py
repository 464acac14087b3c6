"""Coding a text of one's own at the desk, and the sample stream. The texts are invented."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from vigie.desk.drafts import Draft, Drafts
from vigie.desk.sample_run import SampleRun
from vigie.model import CodedReport, Report
from vigie.store.store import Store

TEXT = (
    "NIKOPOL, March 7 (Hallam Wire) - Three rockets killed seven people and wounded twelve at a market in Nikopol on "
    "Thursday, the regional governor said."
)
FRENCH = "Trois roquettes ont tué sept personnes sur un marché de Nikopol jeudi, a indiqué le gouverneur."


def coded(client: Any, **form: Any) -> Any:
    """What comes of pasting or dropping something; a file as (name, bytes)."""
    file = form.pop("file", None)
    fields = {"csrf_token": client.token(), **form}
    files = {"file": file} if file is not None else {"file": ("", b"")}
    origin = {"Origin": str(client.base_url).rstrip("/")}
    return client.post("/code", data=fields, files=files, follow_redirects=True, headers=origin)


def test_a_pasted_report_is_shown_as_a_report_is_and_not_kept(client, store: Store) -> None:
    page = coded(client, pasted=TEXT, published="2024-03-08")
    assert page.status_code == 200
    assert re.search(r'class="mark k-toll"[^>]*>killed seven people', page.text) or "seven" in page.text
    assert "Nikopol, " in page.text
    assert "7 March 2024" in page.text  # the Thursday before the day given
    assert "not kept" in page.text
    assert store.status().reports == 0
    assert client.get(str(page.url)).status_code == 200  # it is there on a reload


def test_a_text_is_kept_as_it_was_pasted_with_what_was_said_of_it(client, store: Store) -> None:
    page = coded(client, pasted=TEXT.replace(" - ", " -\r\n"), outlet="The Ashmoor Post", published="2024-03-08")
    answer = client.post_form(f"{page.url.path}/keep", {"which": "1"}, follow=True)
    assert "Kept. It is linked with the record." in answer.text
    (kept,) = store.reports()
    assert kept.report.text == TEXT.replace(" - ", " -\n")  # a browser's line ends are nobody's words
    assert (kept.report.outlet, kept.report.published.start.isoformat()) == ("The Ashmoor Post", "2024-03-08")
    assert store.raw(kept.report.id) == kept.report.text.encode()
    assert "local" in store.provenance(kept.report.id).found_at
    assert client.get(page.url.path).status_code == 404
    again = coded(client, pasted=kept.report.text, outlet="The Ashmoor Post", published="2024-03-08")
    assert "in the store already" in again.text
    assert "It was there already." in client.post_form(f"{again.url.path}/keep", follow=True).text


def test_what_is_discarded_is_gone(client, store: Store) -> None:
    page = coded(client, pasted=FRENCH)
    answer = client.post_form(f"{page.url.path}/discard", follow=True)
    assert "nothing of it was kept" in answer.text
    assert client.get(page.url.path).status_code == 404
    assert store.status().reports == 0


def test_any_format_that_the_readers_know(client) -> None:
    html = f"<html><head><title>Rockets hit market</title></head><body><article><p>{TEXT}</p></article></body></html>"
    assert "Rockets hit market" in coded(client, file=("page.html", html.encode())).text
    ninjs = {
        "uri": "urn:x:1",
        "headline": "Market hit",
        "language": "en",
        "body_text": TEXT,
        "versioncreated": "2024-03-08T09:00:00Z",
    }
    assert "Market hit" in coded(client, pasted=json.dumps(ninjs)).text


def test_a_file_of_several_reports_shows_each_and_keeps_all(client, store: Store) -> None:
    lines = [
        {"id": f"r{n}", "text": TEXT.replace("seven", word), "title": f"Toll {word}"}
        for n, word in enumerate(("six", "eight"))
    ]
    page = coded(client, file=("some.jsonl", "\n".join(map(json.dumps, lines)).encode()))
    assert "2 reports in it:" in page.text
    second = client.get(f"{page.url.path}?n=2").text
    assert re.search(r"<h1[^>]*>Toll eight</h1>", second)
    assert client.get(f"{page.url.path}?n=99").status_code == 200
    answer = client.post_form(f"{page.url.path}/keep", follow=True)
    assert "Kept: 2 reports." in answer.text
    assert store.status().reports == 2


def test_one_of_several_is_kept_and_the_rest_stays_to_be_seen(client, store: Store) -> None:
    lines = [{"id": f"r{n}", "text": TEXT.replace("seven", word)} for n, word in enumerate(("six", "eight"))]
    page = coded(client, file=("some.jsonl", "\n".join(map(json.dumps, lines)).encode()))
    assert client.post_form(f"{page.url.path}/keep", {"which": "2"}).status_code == 303
    assert [r.report.id for r in store.reports()] == ["r1"]
    assert client.get(page.url.path).status_code == 200
    assert client.post_form(f"{page.url.path}/keep", {"which": "9"}).status_code == 404


def test_what_cannot_be_coded_says_why_and_the_way_out(client) -> None:
    bad = coded(client, file=("a.docx", b"PK\x03\x04 nothing"))
    assert bad.status_code == 422
    assert "ZIP archive" in bad.text
    assert "Nothing could be coded." in bad.text
    german = coded(client, pasted="Drei Raketen trafen am Donnerstag einen Markt und töteten sieben Menschen. " * 3)
    assert german.status_code == 422
    some = coded(client, file=("some.jsonl", json.dumps({"text": TEXT}).encode() + b"\nno json\n"))
    assert some.status_code == 200
    assert "Not coded" in some.text


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"pasted": "  \n "}, "Paste a text, or choose a file that is not empty."),
        ({"pasted": TEXT, "published": "last week"}, "Give a day as year-month-day"),
        ({"pasted": TEXT, "language": "xx"}, "There is no such language here."),
        ({"file": ("big.txt", b"a" * 8_000_001)}, "too large to be coded here"),
    ],
)  # fmt: skip
def test_what_was_typed_wrongly_is_said_and_nothing_is_lost(client, form: dict[str, Any], says: str) -> None:
    page = coded(client, **form, outlet="The Harl Ledger")
    assert page.status_code == 422
    assert says in page.text
    assert "The Harl Ledger" in page.text
    if "pasted" in form and form["pasted"].strip():
        assert "Three rockets killed seven" in page.text


def test_a_draft_is_seen_by_whoever_brought_it_alone(team) -> None:
    coder, editor = team("coder"), team("editor")
    page = coded(coder, pasted=TEXT)
    assert page.status_code == 200
    assert editor.get(page.url.path).status_code == 404
    assert editor.post_form(f"{page.url.path}/keep").status_code == 404
    assert coder.get(page.url.path).status_code == 200
    assert team("reader").get("/code").status_code == 403


def test_drafts_make_room_and_grow_old() -> None:
    now = [0.0]
    drafts = Drafts(most=2, lasts=100, clock=lambda: now[0])
    for name in "abc":
        drafts.put(Draft(name, "ana", "", ()))
    assert [bool(drafts.find(name, "ana")) for name in "abc"] == [False, True, True]
    assert drafts.find("c", "bob") is None
    now[0] = 101
    assert drafts.find("c", "ana") is None


# --- the sample stream ------------------------------------------------------------------------------------------------


def quick(reports: Iterable[Report]) -> Iterator[CodedReport]:
    """A coder that finds nothing: what is tested here is the run."""
    return (CodedReport(report) for report in reports)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"sample-{n}.txt" for n in range(20)]
    for number, path in enumerate(paths):
        path.write_text(f"Sample dispatch number {number}. {TEXT}", "utf-8")
    return paths


@pytest.fixture
def run(app, store: Store, files: list[Path]) -> Iterator[SampleRun]:
    """The run of the desk, over a few files and with a quick coder."""
    made = SampleRun(store, quick, lambda: files)
    app.state.desk = type(app.state.desk)(
        **{**{n: getattr(app.state.desk, n) for n in app.state.desk.__slots__}, "samples": made}
    )
    yield made
    made.stop(10)


def ended(run: SampleRun) -> str:
    until = time.monotonic() + 20
    while run.progress.state == "running":
        assert time.monotonic() < until
        time.sleep(0.01)
    return run.progress.state


def test_an_empty_store_is_offered_the_samples_and_takes_them_in(client, store: Store, run: SampleRun) -> None:
    page = client.get("/code").text
    assert "Take in the sample stream" in page
    assert "Take in the sample stream" in client.get("/").text
    assert client.post_form("/samples").headers["location"] == "/code#samples"
    assert ended(run) == "done"
    assert (run.progress.done, run.progress.total, store.status().reports) == (20, 20, 20)
    page = client.get("/code").text
    assert "The sample stream is in: 20 reports." in page
    assert "tmp" not in next(iter({store.provenance(r.report.id).found_at for r in store.reports()}))
    told = client.get("/samples/progress").json()
    assert (told["state"], told["done"], told["total"]) == ("done", 20, 20)


def test_progress_is_there_on_a_reload_and_only_one_runs_at_a_time(
    client, store: Store, app, files: list[Path], run: SampleRun
) -> None:
    go, halfway = threading.Event(), threading.Event()

    def slow(reports: Iterable[Report]) -> Iterator[CodedReport]:
        for report in reports:
            if report.text.startswith("Sample dispatch number 9."):
                halfway.set()
                assert go.wait(20)
            yield CodedReport(report)

    run._coder = slow
    client.post_form("/samples")
    assert halfway.wait(20)
    for _ in range(2):
        page = client.get("/code").text
        assert 'data-samples="running"' in page
        assert re.search(r"<span data-total>20</span>", page)
    assert run.start() is False
    assert client.post_form("/samples").status_code == 303
    go.set()
    assert ended(run) == "done"
    assert store.status().reports == 20


def test_a_run_that_was_stopped_goes_on_where_it_was(client, store: Store, files: list[Path], run: SampleRun) -> None:
    def stopping(reports: Iterable[Report]) -> Iterator[CodedReport]:
        for report in reports:
            if report.text.startswith("Sample dispatch number 6."):
                client.post_form("/samples/stop")
            yield CodedReport(report)

    run._coder = stopping
    client.post_form("/samples")
    assert ended(run) == "stopped"
    assert 0 < store.status().reports < 20
    other = SampleRun(store, quick, lambda: files)  # another desk, after a restart
    assert other.left_off
    assert "Go on" in client.get("/code").text
    run._coder = quick
    client.post_form("/samples")
    assert ended(run) == "done"
    assert store.status().reports == 20
    assert not other.left_off


def test_a_store_with_reports_of_its_own_is_not_mixed_with_samples(client, store: Store, run: SampleRun) -> None:
    page = coded(client, pasted=TEXT)
    client.post_form(f"{page.url.path}/keep")
    assert "Take in the sample stream" not in client.get("/code").text
    assert "for an empty store" in client.post_form("/samples", follow=True).text
    assert run.progress.state == "none"


def test_a_run_that_fails_says_so(client, run: SampleRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "excepthook", lambda args: None)

    def gone() -> list[Path]:
        raise OSError("no disk")

    run._files = gone
    client.post_form("/samples")
    assert ended(run) == "failed"
    assert "The run has failed" in client.get("/code").text


def test_the_page_is_in_the_readers_language(client) -> None:
    page = client.get("/code", headers={"Accept-Language": "fr"}).text
    assert "Prendre le flux d’exemple" in page
