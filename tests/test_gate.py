"""The gate's own rules: floors rise, do not sink in silence, and belong to the material they were set on."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    path = Path(__file__).parents[1] / "tools" / "gate.py"
    spec = importlib.util.spec_from_file_location("gate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PRINTS = {"reports": "a", "gold": "b"}


def test_a_score_below_its_floor_fails(gate: ModuleType) -> None:
    kept = {"floors": {"coding": 0.6}, "sha256": PRINTS}
    assert gate.compare("dev", {"coding": 0.6}, PRINTS, kept, updating=False) == []
    (failure,) = gate.compare("dev", {"coding": 0.59}, PRINTS, kept, updating=False)
    assert "dev coding is 0.5900, below its floor of 0.6000" in failure


def test_other_material_fails_and_so_does_a_set_without_floors(gate: ModuleType) -> None:
    kept = {"floors": {"coding": 0.6}, "sha256": PRINTS}
    assert "not the one" in gate.compare("dev", {"coding": 0.9}, {"reports": "x", "gold": "b"}, kept, updating=False)[0]
    assert "no floors" in gate.compare("dev", {"coding": 0.9}, PRINTS, {}, updating=False)[0]


def test_an_update_raises_and_lowers_only_where_allowed(gate: ModuleType) -> None:
    kept = {"floors": {"coding": 0.6, "sources": 0.9}, "sha256": PRINTS}
    scores = {"coding": 0.702, "sources": 0.5}
    raised = gate.updated(kept, scores, PRINTS, allow_regression=False)
    assert raised["floors"] == {"coding": 0.7, "sources": 0.9}
    assert gate.updated(kept, scores, PRINTS, allow_regression=True)["floors"] == {"coding": 0.7, "sources": 0.498}


def test_targets_outlive_every_update_and_a_score_short_of_one_is_named(
    gate: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = {"floors": {"coding": 0.6, "sources": 0.6}, "targets": {"coding": 0.65, "sources": 0.7}, "sha256": PRINTS}
    scores = {"coding": 0.62, "sources": 0.701}
    assert gate.compare("check", scores, PRINTS, kept, updating=False) == []
    coding, sources = capsys.readouterr().out.splitlines()
    assert coding.endswith("short of its target")
    assert not sources.endswith("short of its target")
    lowered = gate.updated(kept, scores, PRINTS, allow_regression=True)
    assert lowered["targets"] == kept["targets"]
    assert lowered["floors"] == {"coding": 0.618, "sources": 0.7}


def test_without_the_shared_folder_the_gate_skips_with_a_reason(
    gate: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.argv", ["gate.py", "--shared", str(tmp_path / "nowhere")])
    assert gate.main() == 0
    assert "skipped" in capsys.readouterr().out


def test_the_gate_measures_without_showing_what_is_in_a_faulty_set(gate: ModuleType, tmp_path: Path) -> None:
    gold, coded = tmp_path / "gold.jsonl", tmp_path / "coded.jsonl"
    gold.write_text('{"id": "fr:1", "incidents": [{"type": "attack"}]}', "utf-8")
    coded.write_text("", "utf-8")
    assert gate.measured("check", gold, coded)["coding"]["f1"] == 0.0
    gold.write_text('{"id": "fr:secret", "incidents": [{"type": "secret"}]}', "utf-8")
    with pytest.raises(SystemExit, match="the check set cannot be scored: 1 faults in its form") as caught:
        gate.measured("check", gold, coded)
    assert "secret" not in str(caught.value)
