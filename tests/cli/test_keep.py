"""Commands that keep a record, in one process with a coder of the test's own: what they print, exit codes, messages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from vigie.cli import ALL_CODED, NOTHING_CODED, SOME_REJECTED, STORE_FAILED, USAGE, app, keep
from vigie.model import CodedReport, Incident, Report, Span


def coder(reports: Iterable[Report]) -> Iterator[CodedReport]:
    """One incident a report: its first word."""
    for report in reports:
        word = report.text.split()[0]
        yield CodedReport(
            report, incidents=(Incident("i1", "attack", "current", None, None, (Span(0, len(word), word),)),)
        )


@pytest.fixture(autouse=True)
def own_coder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(keep, "rules_coder", coder)
    monkeypatch.setenv("VIGIE_STORE", f"sqlite:///{tmp_path}/vigie.db")


def vigie(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    rows = [{"id": f"r{n}", "text": f"Gunmen shot {n} people at the market on Monday.", "lang": "en"} for n in range(3)]
    (tmp_path / "wire.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return tmp_path / "wire.jsonl"


def test_from_nothing_to_a_record_and_again(reports: Path) -> None:
    made = vigie("init")
    assert made.exit_code == ALL_CODED, made.stderr
    assert "reports  0" in made.stdout
    first = vigie("ingest", reports, "--format", "json")
    assert first.exit_code == ALL_CODED, first.stderr
    assert json.loads(first.stdout) == {"read": 3, "new": 3, "recoded": 0, "known": 0, "incidents": 3, "rejected": 0}
    again = vigie("ingest", reports)
    assert again.exit_code == ALL_CODED
    assert "known      3" in again.stdout
    status = json.loads(vigie("status", "--format", "json").stdout)
    assert (status["reports"], status["incidents"], status["rejected"]) == (3, 3, 0)


def test_what_cannot_be_taken_in_is_listed_and_kept(reports: Path, tmp_path: Path) -> None:
    vigie("init")
    (tmp_path / "empty.txt").write_text("")
    run = vigie("ingest", reports, tmp_path / "empty.txt")
    assert run.exit_code == SOME_REJECTED
    assert "not taken in" in run.stderr
    assert "empty.txt: empty: there is no text in it" in run.stderr
    assert "rejected   1" in run.stdout
    assert "empty.txt: empty" in vigie("status", "--rejected").stdout
    only = vigie("ingest", tmp_path / "empty.txt", "--format", "json")
    assert only.exit_code == NOTHING_CODED
    assert json.loads(only.stderr)["schema"] == "vigie/rejected/1"


@pytest.mark.parametrize("command", [("ingest", "here"), ("status",), ("migrate",)])
def test_without_a_store_the_way_out_is_named(reports: Path, command: tuple[str, ...]) -> None:
    run = vigie(*(reports if word == "here" else word for word in command))
    assert run.exit_code == STORE_FAILED
    assert "make a store there with `vigie init`" in run.stderr
    assert run.stderr.startswith("vigie: sqlite:///")


def test_wrong_use() -> None:
    vigie("init")
    assert vigie("ingest").exit_code == USAGE
    assert vigie("ingest", "nowhere.txt").exit_code == USAGE
    assert vigie("ingest", "--again", __file__).exit_code == USAGE
    assert vigie("ingest", __file__, "--published", "2024-02-30").exit_code == USAGE


def test_the_store_can_be_named_on_the_command(reports: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    assert vigie("init", "--store", other).exit_code == ALL_CODED
    vigie("ingest", reports, "--store", f"sqlite:///{other}", "--quiet")
    assert json.loads(vigie("status", "--store", other, "--format", "json").stdout)["reports"] == 3


def test_coding_again_by_another_version(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vigie("init")
    vigie("ingest", reports)
    assert json.loads(vigie("ingest", "--again", "--format", "json").stdout)["read"] == 0
    monkeypatch.setattr(keep, "producer", lambda: "rules/next")
    assert json.loads(vigie("ingest", "--again", "--format", "json").stdout)["recoded"] == 3


def test_a_store_that_is_up_to_date_needs_nothing(reports: Path) -> None:
    vigie("init")
    vigie("ingest", reports)
    for options in (("--show",), ()):
        run = vigie("migrate", *options)
        assert run.exit_code == ALL_CODED
        assert "migrations           none" in run.stdout
        assert "record derived anew  no" in run.stdout


def test_a_record_derived_by_other_rules_is_derived_anew(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vigie("init")
    vigie("ingest", reports)
    monkeypatch.setattr("vigie.store.usual_rules.VERSION", "record/next")
    (reports.parent / "more.txt").write_text("Gunmen shot nobody.")
    refused = vigie("ingest", reports.parent / "more.txt")
    assert refused.exit_code == STORE_FAILED
    assert "vigie migrate" in refused.stderr
    assert "record derived anew  yes" in vigie("migrate", "--show").stdout
    assert "record derived anew  yes" in vigie("migrate").stdout
    assert vigie("ingest", reports.parent / "more.txt").exit_code == ALL_CODED
