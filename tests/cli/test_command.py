"""The `vigie` command as a person starts it: messages, exit codes, and that the documentation is true."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from vigie import __version__
from vigie.cli import app
from vigie.runs.samples import sample_files

ROOT = Path(__file__).parents[2]
FRENCH = "Deux soldats ont été tués jeudi dans une attaque contre un camp de l’armée, a indiqué une source militaire.\n"


def vigie(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    run = subprocess.run(
        [sys.executable, "-m", "vigie.cli", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
    )
    return subprocess.CompletedProcess(run.args, run.returncode, run.stdout.decode("utf-8"), run.stderr.decode("utf-8"))


@pytest.mark.parametrize(
    ("name", "data", "words", "code"),
    [
        ("empty.txt", b"", "empty: there is no text in it", 3),
        ("noise.bin", bytes(range(256)), "binary", 3),
        ("wrong.txt", "Взрыв прогремел в центре города.".encode("cp1251"), "in no encoding that fits", 3),
        ("long.txt", b"x" * 10_000_000, "too long to be one report: 10,000,000 bytes", 3),
        (
            "deutsch.txt",
            "Zwölf Soldaten wurden am Dienstag bei einem Angriff getötet.".encode(),
            "no language pack for 'de'",
            3,
        ),
    ],
)
def test_bad_input_is_named_with_its_reason(tmp_path: Path, name: str, data: bytes, words: str, code: int) -> None:
    (tmp_path / name).write_bytes(data)
    run = vigie("code", str(tmp_path / name))
    assert run.returncode == code
    assert name in run.stderr
    assert words in run.stderr
    assert run.stdout == ""
    assert "Traceback" not in run.stderr


def test_an_impossible_date_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FRENCH, "utf-8")
    run = vigie("code", str(tmp_path / "a.txt"), "--published", "2024-02-30")
    assert run.returncode == 2
    assert run.stderr == "vigie: '2024-02-30' is no date: give YYYY-MM-DD, YYYY-MM, YYYY or YYYY-MM-DDTHH:MM\n"


def test_version_and_languages() -> None:
    assert vigie("--version").stdout == f"vigie {__version__}\n"
    assert vigie("languages").returncode == 0


def test_samples_are_listed_and_copied(tmp_path: Path) -> None:
    listed = vigie("samples").stdout.splitlines()
    assert [Path(line) for line in listed] == sample_files()
    assert listed
    copied = vigie("samples", "--to", str(tmp_path / "s")).stdout.splitlines()
    assert sorted(Path(c).name for c in copied) == sorted(Path(p).name for p in listed)
    assert all(Path(c).is_file() for c in copied)


@pytest.mark.slow
def test_a_real_report_on_a_terminal_without_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FRENCH, "utf-8")
    run = vigie("code", str(tmp_path / "a.txt"), PYTHONIOENCODING="ascii", NO_COLOR="1")
    assert run.returncode == 0, run.stderr
    assert "French" in run.stdout
    rows = vigie("code", str(tmp_path / "a.txt"), "--format", "jsonl", PYTHONIOENCODING="ascii").stdout
    assert "été tués" in rows


@pytest.mark.slow
def test_the_same_bytes_from_one_process_and_from_two(tmp_path: Path) -> None:
    reports = next(p for p in sample_files() if p.suffix == ".jsonl")
    one = vigie("code", str(reports), "--format", "jsonl", "--quiet", PYTHONHASHSEED="1")
    two = vigie("code", str(reports), "--format", "jsonl", "--quiet", "--jobs", "2", PYTHONHASHSEED="2")
    assert one.returncode == 0, one.stderr
    assert one.stdout == two.stdout
    assert one.stdout.count("\n") == reports.read_text("utf-8").count("\n")


@pytest.mark.slow
def test_the_readme_shows_the_real_output() -> None:
    command = [sys.executable, str(ROOT / "tools" / "readme_output.py"), "--check"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_the_documented_options_are_the_real_ones() -> None:
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    sections = dict(re.findall(r"^## `vigie ([\w-]+)`$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    assert set(sections) == set(commands)
    for name, command in commands.items():
        every = [command, *getattr(command, "commands", {}).values()]
        real = {option for each in every for p in each.params for option in p.opts if option.startswith("--")}
        documented = set(re.findall(r"^\| `(--[a-z-]+)", sections[name], re.MULTILINE))
        assert documented == real - {"--help"}, name


def test_the_documented_exit_codes_are_the_real_ones() -> None:
    from vigie import cli

    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    documented = {int(code) for code in re.findall(r"^\| (\d) \|", page, re.MULTILINE)}
    assert documented == {
        cli.ALL_CODED, cli.SOME_REJECTED, cli.USAGE, cli.NOTHING_CODED, cli.STORE_FAILED, cli.NOT_THERE,
        cli.CONFLICT,
    }  # fmt: skip
