"""`vigie watch` as a command: exit codes, what it prints where, the status."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import feed_server
import invented_watch
from feed_server import Reply, Server, entry, rss
from vigie.cli import ALL_CODED, SOME_REJECTED, STORE_FAILED, USAGE, app
from vigie.cli import watch as command

RUTBA = "Rutba IQ 2024-07-28 attack: 3 killed, says army spokesman."


@pytest.fixture
def server() -> Iterator[Server]:
    with feed_server.serving() as server:
        server.gives("/feed", rss(entry("1", RUTBA)))
        yield server


@pytest.fixture(autouse=True)
def own_coder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(command, "rules_coder", invented_watch.coder)
    monkeypatch.setenv("VIGIE_STORE", f"sqlite:///{tmp_path}/vigie.db")
    monkeypatch.setenv("COLUMNS", "160")


@pytest.fixture
def feeds(server: Server, tmp_path: Path) -> Path:
    (tmp_path / "feeds.toml").write_text(
        f"""
        contact = "watch@courier.example"
        [polling]
        host_interval = "0s"
        [[allowed]]
        host = "127.0.0.1"
        private = true
        ports = [{server.port}]
        [[feeds]]
        name = "courier"
        url = "{server.url("/feed")}"
        [[feeds]]
        name = "dead"
        url = "{server.url("/dead")}"
        [[filters]]
        name = "everything"
        """,
        "utf-8",
    )
    return tmp_path / "feeds.toml"


def vigie(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_a_round_tells_on_standard_output_and_says_what_failed(server: Server, feeds: Path) -> None:
    vigie("init")
    before = signal.getsignal(signal.SIGTERM)
    run = vigie("watch", feeds, "--once")
    assert run.exit_code == SOME_REJECTED, run.stderr
    assert run.stdout.startswith("NEW  Attack, Rutba, Iraq, 28 July 2024  I")
    assert "killed: 3" in run.stdout
    assert "Dispatch 1 – The Invented Courier – 29 July 2024" in run.stdout
    assert "vigie: feed 'dead': HTTP 404 Not Found (next poll " in run.stderr
    assert "1 reports taken in, 1 notices" in run.stderr
    assert signal.getsignal(signal.SIGTERM) is before
    server.gives("/dead", rss())
    again = vigie("watch", feeds, "--once", "--quiet")
    assert (again.exit_code, again.stdout, again.stderr) == (ALL_CODED, "", "")  # nothing is due yet


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_notices_as_lines_of_json(feeds: Path, format: str) -> None:
    vigie("init")
    (line,) = vigie("watch", feeds, "--once", "--format", format).stdout.splitlines()
    notice = json.loads(line)
    assert (notice["schema"], notice["kind"], notice["incident"]["place"]["name"]) == ("vigie/notice/1", "new", "Rutba")


def test_the_status_for_people(feeds: Path) -> None:
    vigie("init")
    new = vigie("watch", feeds, "--status")
    assert new.exit_code == ALL_CODED
    assert [line.split()[:2] for line in new.stdout.splitlines()[1:3]] == [["courier", "new"], ["dead", "new"]]
    vigie("watch", feeds, "--once")
    found = vigie("watch", feeds, "--status").stdout
    assert [line.split()[:2] for line in found.splitlines()[1:3]] == [["courier", "ok"], ["dead", "failing"]]
    assert "  dead: HTTP 404 Not Found, since " in found
    assert "everything" in found
    assert "terminal" in found


def test_the_status_for_programs(feeds: Path) -> None:
    vigie("init")
    vigie("watch", feeds, "--once")
    for arguments in ((feeds,), ()):  # with the file, or what the store knows of
        found = json.loads(vigie("watch", *arguments, "--status", "--format", "json").stdout)
        courier, dead = found["feeds"]
        assert (courier["state"], courier["reports"], courier["failures"]) == ("ok", 1, 0)
        assert (dead["state"], dead["http_status"], dead["problem"]) == ("failing", 404, "HTTP 404 Not Found")
        assert found["filters"] == [{"name": "everything", "told": 1}]
        assert (found["channels"][0]["name"], found["channels"][0]["delivered"]) == ("terminal", 1)
    lines = [json.loads(line) for line in vigie("watch", "--status", "--format", "jsonl").stdout.splitlines()]
    assert [line["is"] for line in lines] == ["feed", "feed", "filter", "channel"]


def test_a_feed_that_is_gone_from_the_file_is_said_to_be(feeds: Path) -> None:
    vigie("init")
    vigie("watch", feeds, "--once")
    text = feeds.read_text("utf-8")
    feeds.write_text(text.replace('name = "dead"', 'name = "other"'), "utf-8")
    found = json.loads(vigie("watch", feeds, "--status", "--format", "json").stdout)
    assert {f["name"]: f["state"] for f in found["feeds"]} == {"courier": "ok", "other": "new", "dead": "not_in_file"}


def test_a_file_can_be_looked_at_without_a_store_or_a_request(server: Server, feeds: Path) -> None:
    run = vigie("watch", feeds, "--check")
    assert (run.exit_code, server.asked) == (ALL_CODED, [])
    assert "the file is in order: 2 feeds, 1 saved filters, channels: terminal (standard output)" in run.stdout


def test_wrong_use(feeds: Path, tmp_path: Path) -> None:
    assert vigie("watch").exit_code == USAGE
    assert vigie("watch", feeds, "--once", "--check").exit_code == USAGE
    feeds.write_text('contact = "x"\n', "utf-8")
    for option in ("--once", "--check", "--status"):
        run = vigie("watch", feeds, option)
        assert run.exit_code == USAGE
        assert "feeds.toml: contact: give a mail address" in run.stderr
        assert "docs/watching.md" in run.stderr
    assert vigie("watch", tmp_path / "nowhere.toml", "--once").exit_code == USAGE


def test_without_a_store_and_beside_another_watcher(feeds: Path, tmp_path: Path) -> None:
    run = vigie("watch", feeds, "--once")
    assert run.exit_code == STORE_FAILED
    assert "vigie init" in run.stderr
    vigie("init")
    from vigie.store.store import Store

    with Store.open(f"sqlite:///{tmp_path}/vigie.db") as store, store.watched_alone():
        run = vigie("watch", feeds, "--once")
        assert run.exit_code == STORE_FAILED
        assert "another `vigie watch` works with this store" in run.stderr
        assert vigie("watch", feeds, "--status").exit_code == ALL_CODED


def test_a_dead_channel_is_a_failure_of_the_round(server: Server, feeds: Path) -> None:
    vigie("init")
    server.gives("/dead", rss())
    server.on["/hook"] = lambda asked: Reply(500)
    with feeds.open("a", encoding="utf-8") as stream:
        stream.write(f'\n[[channels]]\nkind = "webhook"\nname = "hook"\nurl = "{server.url("/hook")}"\n')
    run = vigie("watch", feeds, "--once")
    assert run.exit_code == SOME_REJECTED
    assert "vigie: channel 'hook': HTTP 500 Internal Server Error (next attempt " in run.stderr
    found = json.loads(vigie("watch", feeds, "--status", "--format", "json").stdout)
    assert (found["channels"][0]["waiting"], found["channels"][0]["problem"]) == (1, "HTTP 500 Internal Server Error")
