"""The tour over the sample reports, from nothing to a context paragraph; and the commands of docs/asking.md."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vigie.cli import app
from vigie.store.filters import Filter
from vigie.store.store import Store

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("labels", ["en", "fr"])
def test_the_tour_asks_what_an_analyst_would_ask(labels: str, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/vigie.db"
    run = CliRunner().invoke(
        app, ["tour", "--store", address, "--labels", labels], env={"COLUMNS": "90", "USER": "ana"}
    )
    assert run.exit_code == 0, run.stderr
    commands = re.findall(r"^\$ vigie (\w+)", run.stdout, re.MULTILINE)
    assert commands == [
        "samples", "init", "ingest", "status", "incidents", "show", "review", "decide", "tally", "tallies", "background",
        "search",
    ]  # fmt: skip
    shown = [line for line in run.stdout.splitlines() if not line.startswith(("$ ", "# ", "address"))]
    shown = [line for line in shown if "--after " not in line]  # where a place in a list is named, however long
    assert all(len(line) <= 90 for line in shown), max(shown, key=len)
    with Store.open(address) as store, store.inquiry() as inquiry:
        assert store.status().reports > 100
        assert store.status().decisions == 0  # the one decision was only tried
        disputed = inquiry.incidents(Filter(disputed=True, period="current"), "most_told", 100).lines
    id = re.search(r"^\$ vigie show (I[0-9a-f]{10})", run.stdout, re.MULTILINE)
    assert id is not None
    assert id[1] in [line.id for line in disputed]
    if labels == "fr":
        assert "Où les récits divergent" in run.stdout
        assert re.search(r"^Sur « .*», le dossier compte \d+ incident", run.stdout, re.MULTILINE)


@pytest.mark.slow
def test_every_command_of_the_page_on_asking_runs() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "asking_output.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


def test_the_page_on_asking_shows_each_command_that_it_announces() -> None:
    page = (ROOT / "docs" / "asking.md").read_text("utf-8")
    blocks = re.findall(r"<!-- output of: (vigie [^\n]+?)(?: \| head -\d+)? -->\n```\n\$ (vigie [^\n]+)\n", page)
    announced = re.findall(r"<!-- output of: ", page)
    assert len(blocks) == len(announced) > 15
    real = {command.name for command in app.registered_commands} | {group.name for group in app.registered_groups}
    for wanted, printed in blocks:
        assert wanted == printed
        assert shlex.split(printed)[1] in real
