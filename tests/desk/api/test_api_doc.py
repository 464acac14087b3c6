"""docs/api.md: every example in it is run, in its order, and gives what stands there. Its reports are invented."""

from __future__ import annotations

import argparse
import datetime as dt
import http
import io
import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from httpx import Response

from desk_client import ORIGIN, DeskClient
from vigie.desk.app import create_app
from vigie.desk.config import DeskConfig
from vigie.desk.passwords import Passwords
from vigie.store.store import Store

DOC = (Path(__file__).parents[3] / "docs/api.md").read_text("utf-8")
TEAM = "$VIGIE_TOKEN"
README = (Path(__file__).parents[3] / "README.md").read_text("utf-8")


@dataclass(frozen=True)
class Example:
    """A command, the answer that is shown after it, and the lines of a file that stand before it."""

    command: str
    form: str
    answer: str
    file: str


def blocks() -> list[tuple[str, str]]:
    """The blocks of code: what they are in, and what stands there."""
    return re.findall(r"^```(\w*)\n(.*?)^```$", DOC, re.DOTALL | re.MULTILINE)


def examples() -> Iterator[Example]:
    found, file = blocks(), ""
    for (form, text), (answer_form, answer) in zip(found, [*found[1:], ("", "")], strict=True):
        if form == "jsonl":
            file = text
        if form == "sh":
            assert answer_form in ("json", "http", "csv"), f"no answer is shown after: {text}"
            yield Example(text, answer_form, answer, file)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(str(tmp_path / "empty.db")) as opened:
        yield opened


@pytest.fixture
def team_token(tmp_path: Path, passwords: Passwords) -> Iterator[tuple[DeskClient, str]]:
    """A desk with an account, and a token of it."""
    with Store.create(str(tmp_path / "team.db")) as opened:
        opened.accounts.add("amina", "reader", passwords.hash("seven grey herons waiting"))
        token = opened.accounts.open_session("amina", dt.timedelta(days=1), "program", "nightly export")
        with DeskClient(create_app(opened, DeskConfig(), passwords=passwords), base_url=ORIGIN) as client:
            yield client, token


class Curl:
    """As much of curl as the page uses."""

    def __init__(self) -> None:
        self.tags: dict[str, str] = {}
        self._options = argparse.ArgumentParser()
        self._options.add_argument("address")
        self._options.add_argument("-s", action="store_true")
        for name in ("-d", "--data-binary", "--etag-save", "--etag-compare"):
            self._options.add_argument(name)
        self._options.add_argument("-H", action="append", default=[])

    def run(self, client: DeskClient, command: str, file: str) -> Response:
        program, *words = shlex.split(command)
        assert program == "curl"
        given = self._options.parse_args(words)
        parts = urlsplit(given.address)
        assert f"{parts.scheme}://{parts.netloc}" == ORIGIN
        headers = {name: value.strip() for name, _, value in (header.partition(":") for header in given.H)}
        if given.etag_compare:
            headers["If-None-Match"] = self.tags[given.etag_compare]
        body = file if given.data_binary else given.d
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        answer = client.request("POST" if body else "GET", path, content=body and body.encode(), headers=headers)
        if given.etag_save:
            self.tags[given.etag_save] = answer.headers["etag"]
        return answer


def shown(wanted: Any, found: Any) -> bool:
    """Whether an answer holds what stands on the page; "…" stands for anything."""
    if wanted == "…":
        return found is not None
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(k in found and shown(v, found[k]) for k, v in wanted.items())
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) >= len(wanted) and all(map(shown, wanted, found))
    return bool(wanted == found)


def fits(example: Example, answer: Response) -> None:
    body = example.answer
    if example.form == "http":
        head, _, body = example.answer.partition("\n\n")
        first, *headers = head.splitlines()
        _, status, phrase = first.split(" ", 2)
        assert answer.status_code == int(status), answer.text
        assert http.HTTPStatus(int(status)).phrase in (phrase, "Unprocessable Entity")
        for name, value in (line.split(": ", 1) for line in headers):
            assert shown(value, answer.headers.get(name)), (name, answer.headers)
    else:
        assert answer.status_code == 200, answer.text
    if example.form == "csv":
        lines = answer.text.splitlines()
        assert all(line.startswith(start) for start, line in zip(body.splitlines(), lines, strict=True)), answer.text
    elif body.strip():
        assert shown(json.loads(body), answer.json()), answer.text
    else:
        assert answer.content == b""


def test_every_example_gives_what_stands_there(client: DeskClient, team_token: tuple[DeskClient, str]) -> None:
    curl, ran = Curl(), 0
    team, token = team_token
    reached, signing_in = client, DOC.index("## Signing in")
    for example in examples():
        if DOC.index(example.command) > signing_in:
            reached = team
        fits(example, curl.run(reached, example.command.replace(TEAM, token), example.file))
        ran += 1
    assert ran >= 12


def test_the_program_goes_through_all_pages(client: DeskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for example in list(examples())[:2]:
        Curl().run(client, example.command, example.file)
    asked: list[str] = []

    def opened(address: str) -> io.BytesIO:
        asked.append(address)
        answer = client.get(address.removeprefix(ORIGIN))
        assert answer.status_code == 200, answer.text
        return io.BytesIO(answer.content)

    monkeypatch.setattr("urllib.request.urlopen", opened)
    (program,) = [text for form, text in blocks() if form == "python"]
    names: dict[str, Any] = {}
    exec(program, names)  # the page's own program
    assert sorted(names["outlets"]) == ["Ardesh Courier", "La Gazette d'Ormelle"]
    assert len(asked) == 2


def test_every_address_is_named_and_is_there(client: DeskClient) -> None:
    described = client.get("/api/v1/openapi.json").json()["paths"]
    table = DOC.partition("`v1` stays")[0]
    told = {path.split("/")[1] for path in re.findall(r"`(?:GET |POST )?(/[^`]+)`", table)} - {"api"}
    assert {path.removeprefix("/api/v1/").split("/")[0] for path in described} == told


def test_the_readme_leads_here() -> None:
    assert "docs/api.md" in README
