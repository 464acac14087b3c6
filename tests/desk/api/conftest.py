"""A desk over a record of invented reports, for the tests of the API."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

import invented
from desk_client import DeskClient, at_work
from vigie.desk.app import create_app
from vigie.desk.config import RATES, DeskConfig, Rate
from vigie.desk.passwords import Passwords
from vigie.store.keeping import Arrival
from vigie.store.store import Store

EVENTS = 40


@pytest.fixture(scope="session")
def invented_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a record with the reports of some invented events."""
    file = tmp_path_factory.mktemp("record") / "invented.db"
    with Store.create(str(file), clock=lambda: dt.datetime(2024, 8, 1, 12, 0, tzinfo=dt.UTC)) as store:
        store.add([Arrival(coded, f"invented:{n}") for n, coded in enumerate(invented.reports(EVENTS))], "invented/1")
    return file


@pytest.fixture
def store(invented_record: Path, tmp_path: Path) -> Iterator[Store]:
    """A record of its own for each test."""
    with Store.open(str(shutil.copy(invented_record, tmp_path / "vigie.db"))) as opened:
        yield opened


@pytest.fixture(scope="session")
def api_made_once(invented_record: Path, passwords: Passwords) -> Iterator[FastAPI]:
    """An app that counts no requests (tests ask faster than a program may), put to work for one store after the
    other."""
    rates = {name: Rate(1_000_000, 60) for name in RATES}
    with Store.open(str(invented_record)) as opened:
        yield create_app(opened, DeskConfig(rates=rates), passwords=passwords)


@pytest.fixture
def app(api_made_once: FastAPI, store: Store) -> FastAPI:
    """A desk that counts no requests."""
    return at_work(api_made_once, store)


@pytest.fixture
def program(store: Store, passwords: Passwords, another: Callable[[], DeskClient]) -> Callable[[str], DeskClient]:
    """Makes a program that asks with the token of an account of a role (and closes the desk to all others)."""

    def made(role: str) -> DeskClient:
        if store.accounts.find(f"{role}-1") is None:
            store.accounts.add(f"{role}-1", role, passwords.hash("seven grey herons waiting"))
        token = store.accounts.open_session(f"{role}-1", dt.timedelta(days=1), kind="program", label="test")
        client = another()
        client.headers["Authorization"] = f"Bearer {token}"
        return client

    return made


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Drawing requests by the thousand takes a minute: it is done where `-m` names it (`make api`)."""
    if "api" in (config.option.markexpr or ""):
        return
    left_out = [item for item in items if item.get_closest_marker("api")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not item.get_closest_marker("api")]
