"""`vigie evaluate` and `vigie agreement` as a person starts them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vigie.cli import app
from vigie.runs.samples import sample_files

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "src" / "vigie" / "samples"
GOLD = SAMPLES / "gold.jsonl"
REPORTS = sample_files()[-1]
GOLDEN = sorted((ROOT / "tests" / "coding" / "golden").glob("*.json"))


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    path = tmp_path / "coded.jsonl"
    lines = (json.dumps(json.loads(p.read_text("utf-8")), ensure_ascii=False) for p in GOLDEN)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """The hand coding of the reports that `coded` holds, and no more."""
    ids = {json.loads(p.read_text("utf-8"))["report"]["id"] for p in GOLDEN}
    path = tmp_path / "gold.jsonl"
    kept = [line for line in GOLD.read_text("utf-8").splitlines() if json.loads(line)["id"] in ids]
    path.write_text("".join(f"{line}\n" for line in kept), "utf-8")
    return path


def test_a_coding_is_measured_with_its_errors_explained(gold: Path, coded: Path) -> None:
    code, out, _ = run("evaluate", gold, coded, "--reports", SAMPLES / "reports.jsonl", "--format", "json")
    assert code == 0
    told = json.loads(out)
    assert told["measures"]["coded"] == len(GOLDEN)
    assert 0.5 < told["measures"]["coding"]["f1"] < 1
    texts = {r["id"]: " ".join(r["text"].split()) for r in map(json.loads, (SAMPLES / "reports.jsonl").open("rb"))}
    assert told["no_text"] == []
    quoted = [e for e in told["errors"] if e["sentence"]]
    assert len(quoted) > len(told["errors"]) / 2
    for error in quoted:
        assert " ".join(error["sentence"].replace("’", "'").split()) in texts[error["report"]].replace("’", "'")


def test_reports_are_coded_on_the_spot_with_run(tmp_path: Path) -> None:
    text = "Deux gardes ont été tués lundi à Gao par des hommes armés, a annoncé la préfecture."
    report = {"id": "fr:1", "text": text, "published": "2024-05-02", "lang": "fr"}
    (tmp_path / "reports.jsonl").write_text(json.dumps(report), "utf-8")
    incident = {"type": "attack", "place": {"name": "Gao", "country": "ML"}, "killed": {"lower": 2, "upper": 2}}
    (tmp_path / "gold.jsonl").write_text(json.dumps({"id": "fr:1", "incidents": [incident]}), "utf-8")
    code, out, _ = run(
        "evaluate", tmp_path / "gold.jsonl", "--run", tmp_path / "reports.jsonl", "--format", "json", "--jobs", 1
    )
    assert code == 0
    told = json.loads(out)
    assert told["measures"]["incidents"]["right"] == 1
    assert told["measures"]["killed"]["right"] == 1


def test_a_report_that_cannot_be_read_is_named_and_counts_as_coded_empty(tmp_path: Path, gold: Path) -> None:
    (tmp_path / "reports.jsonl").write_text('{"id": "fr:harir-1"}\n', "utf-8")
    code, out, err = run("evaluate", gold, "--run", tmp_path / "reports.jsonl")
    assert code == 1
    assert 'no "text"' in err
    assert "0 of them coded" in out


def test_another_coding_to_compare_with_and_one_language_alone(gold: Path, coded: Path, tmp_path: Path) -> None:
    lines = coded.read_text("utf-8").splitlines()
    earlier = tmp_path / "earlier.jsonl"
    earlier.write_text("\n".join(lines[1:]), "utf-8")
    first = json.loads(lines[0])["report"]["id"]
    code, out, _ = run("evaluate", gold, coded, "--against", earlier, "--format", "json")
    assert code == 0
    assert [r["report"] for r in json.loads(out)["comparison"]["reports"]] == [first]
    code, out, _ = run("evaluate", gold, coded, "--language", "fr", "--format", "json")
    assert set(json.loads(out)["by_language"]) == {"fr"}


def test_two_people_agree(gold: Path, tmp_path: Path) -> None:
    code, out, _ = run("agreement", gold, gold, "--labels", "fr", "--output", tmp_path / "out.md", "--format", "md")
    assert (code, out) == (0, "")
    assert "## Accord de deux codeurs" in (tmp_path / "out.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["evaluate", "GOLD"], "give either CODED or --run"),
        (["evaluate", "GOLD", "GOLD", "--run", "GOLD"], "give either CODED or --run"),
        (["evaluate", "GOLD", "nowhere.jsonl"], "nowhere.jsonl: No such file"),
        (["evaluate", "nowhere.jsonl", "GOLD"], "nowhere.jsonl: No such file"),
        (["evaluate", "GOLD", "GOLD", "--reports", "nowhere.jsonl"], "nowhere.jsonl: No such file"),
        (["evaluate", "GOLD", "GOLD", "--language", "de"], "no report in the language 'de'"),
        (["evaluate", "BAD", "GOLD"], 'BAD:1 (fr:1): incidents[0].type: "raid": it is none of'),
        (["agreement", "GOLD", "BAD"], 'BAD:1 (fr:1): incidents[0].type: "raid": it is none of'),
        (["agreement", "GOLD", "OTHER"], "no report is coded in both"),
        (["evaluate", "GOLD", "GOLD", "--output", "nowhere/out.txt"], "cannot write nowhere/out.txt: No such file"),
    ],
)
def test_wrong_use_is_told_in_one_message(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("GOLD").write_bytes(gold.read_bytes())
    Path("BAD").write_text('{"id": "fr:1", "incidents": [{"type": "raid"}]}', "utf-8")
    Path("OTHER").write_text('{"id": "fr:another"}', "utf-8")
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err
