"""Stores for the commands that ask and decide: a small world told by hand-made reports (`tools/told_reports.py`)."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from told_reports import world
from vigie.cli import app
from vigie.store.keeping import Arrival
from vigie.store.store import Store

Vigie = Callable[..., Result]


@pytest.fixture(scope="session")
def told_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store of the small world."""
    path = tmp_path_factory.mktemp("told") / "vigie.db"
    with Store.create(str(path), clock=lambda: dt.datetime(2024, 8, 1, 12, 0, tzinfo=dt.UTC)) as store:
        store.add([Arrival(coded, "invented") for coded in world()], "invented/1")
    return path


@pytest.fixture
def own_told(told_file: Path, tmp_path: Path) -> str:
    """The address of a store of the small world that a test may change."""
    return f"sqlite:///{shutil.copyfile(told_file, tmp_path / 'vigie.db')}"


@pytest.fixture
def asked_of(told_file: Path) -> Vigie:
    """Runs a command on the store that is only asked."""
    return _command(f"sqlite:///{told_file}")


@pytest.fixture
def vigie(own_told: str) -> Vigie:
    """Runs a command on the store of the test's own."""
    return _command(own_told)


def _command(address: str) -> Vigie:
    def run(*arguments: object) -> Result:
        environment = {"VIGIE_STORE": address, "COLUMNS": "100", "USER": "ana", "LOGNAME": "ana"}
        return CliRunner().invoke(app, [str(a) for a in arguments], env=environment)

    return run
