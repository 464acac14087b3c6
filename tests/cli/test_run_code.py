"""`vigie code` in one process with a coder of the test's own: outputs, rejections, exit codes."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from vigie.cli import ALL_CODED, NOTHING_CODED, SOME_REJECTED, USAGE, Format, run_code
from vigie.model import CodedReport, Incident, Report, Span

LANGUAGES = ("en", "fr")
FRENCH = "Deux soldats ont été tués jeudi dans une attaque contre un camp de l’armée, a indiqué une source militaire.\n"
GERMAN = (
    "Bei einem Angriff auf einen Stützpunkt der Armee sind am Dienstag mindestens zwölf Soldaten getötet worden, wie das "
    "Ministerium am Abend mitteilte. Die Täter konnten fliehen.\n"
)


def coder(reports: Iterable[Report]) -> Iterator[CodedReport]:
    """One incident a report: its first word. Breaks on a report that says so."""
    for report in reports:
        if "BREAK" in report.text:
            raise ZeroDivisionError("by a bad report")
        word = report.text.split()[0]
        start = report.text.index(word)
        evidence = (Span(start, start + len(word), word),)
        yield CodedReport(report, incidents=(Incident("i1", "attack", "current", None, None, evidence),))


def run(*paths: Path | str, **options: Any) -> int:
    return run_code([str(p) for p in paths], coder=coder, allowed=LANGUAGES, **options)


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(FRENCH, "utf-8")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "german.txt").write_text(GERMAN, "utf-8")
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)))
    (tmp_path / "long.txt").write_bytes(b"a " * 5_000_000)
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "z.jsonl").write_text(
        json.dumps({"id": "one", "text": "Gunmen shot two people at the market on Monday, police said."})
        + '\n{"text": 3}\n'
        + json.dumps({"id": "two", "text": FRENCH, "lang": "fr", "published": "2024-07"})
        + "\n",
        "utf-8",
    )
    return tmp_path


def test_one_good_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder / "good.txt") == ALL_CODED
    out, err = capsys.readouterr()
    assert "Attack" in out
    assert err == ""


def test_bad_files_are_listed_with_their_reason_and_the_rest_is_coded(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder) == SOME_REJECTED
    out, err = capsys.readouterr()
    assert out.count("Attack") == 3
    listed = [line for line in err.splitlines() if line.startswith("vigie: not coded")]
    assert len(listed) == 6
    for name, reason in {
        "empty.txt": "empty",
        "german.txt": "no language pack for 'de'",
        "long.txt": "too long",
        "noise.txt": "binary",
        "paper.pdf": "a PDF that cannot be read",
        "z.jsonl:2": "not a string",
    }.items():
        assert any(name in line and reason in line for line in listed), name
    assert "9 reports read, 3 incidents found, 6 not coded" in err


def test_for_programs_rejections_are_json_lines_on_standard_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, format=Format.jsonl) == SOME_REJECTED
    out, err = capsys.readouterr()
    assert [row["report"]["id"] for row in rows(out)][1:] == ["one", "two"]
    assert {row["schema"] for row in rows(err)} == {"vigie/rejected/1"}
    assert len(rows(err)) == 6
    for row in rows(out):
        (incident,) = row["incidents"]
        (span,) = incident["evidence"]
        assert span["quote"] in FRENCH or span["quote"] == "Gunmen"


def test_json_is_one_array(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder / "good.txt", folder / "z.jsonl", format=Format.json) == SOME_REJECTED
    assert len(json.loads(capsys.readouterr().out)) == 3


def test_nothing_coded_has_an_exit_code_of_its_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder / "empty.txt", folder / "german.txt") == NOTHING_CODED
    assert run(folder / "empty.txt", format=Format.json) == NOTHING_CODED
    assert capsys.readouterr().out.endswith("[]\n")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"published": "2024-02-30"}, "'2024-02-30' is no date"),
        ({"published": ""}, "is no date"),
        ({"language": "de"}, "no language pack for 'de'"),
        ({"output": Path("/no/such/folder/x.json")}, "cannot write"),
    ],
)
def test_wrong_use(folder: Path, capsys: pytest.CaptureFixture[str], options: dict[str, Any], words: str) -> None:
    assert run(folder / "good.txt", **options) == USAGE
    out, err = capsys.readouterr()
    assert words in err
    assert out == ""


def test_a_path_that_is_not_there_is_wrong_use(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder / "good.txt", folder / "missing.txt") == USAGE
    assert "missing.txt" in capsys.readouterr().err


def test_a_report_that_breaks_the_coder_takes_no_other_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [FRENCH, FRENCH, "BREAK " + FRENCH, FRENCH]
    lines = [json.dumps({"id": str(n), "text": text, "lang": "fr"}) for n, text in enumerate(texts)]
    (tmp_path / "r.jsonl").write_text("\n".join(lines))
    assert run(tmp_path / "r.jsonl", format=Format.jsonl) == SOME_REJECTED
    out, err = capsys.readouterr()
    assert [row["report"]["id"] for row in rows(out)] == ["0", "1", "3"]
    (rejected,) = rows(err)
    assert rejected["where"].endswith("r.jsonl: 2")
    assert "ZeroDivisionError: by a bad report" in rejected["reason"]


def test_options_override_what_reports_say(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(folder / "z.jsonl", format=Format.jsonl, published="2023", outlet="Le Fanal", language="fr")
    assert code == SOME_REJECTED
    for row in rows(capsys.readouterr().out):
        report = row["report"]
        assert (report["published"]["start"], report["outlet"], report["language"]) == ("2023-01-01", "Le Fanal", "fr")


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FRENCH.encode())))
    assert run("-", format=Format.jsonl) == ALL_CODED
    (row,) = rows(capsys.readouterr().out)
    assert row["report"]["language"] == "fr"


def test_output_to_a_file_appears_whole_or_not_at_all(
    folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "out.jsonl"
    assert run(folder / "good.txt", format=Format.jsonl, output=target) == ALL_CODED
    assert len(rows(target.read_text("utf-8"))) == 1
    assert capsys.readouterr().out == ""
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".out")]


def test_two_runs_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    run(folder / "z.jsonl", format=Format.jsonl, output=first, quiet=True)
    run(folder / "z.jsonl", format=Format.jsonl, output=second, quiet=True)
    assert first.read_bytes() == second.read_bytes()


def test_quiet_keeps_only_what_was_not_coded(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, quiet=True)
    err = capsys.readouterr().err
    assert "reports read" not in err
    assert err.count("not coded") == 6
