"""A store of each kind for the contract tests. PostgreSQL runs on its own server, on a free port of the loopback."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import postgres_server
from plain_rules import PlainRules
from vigie.store.store import Store

PRODUCER = "invented/1"


@pytest.fixture(scope="session")
def server() -> Iterator[postgres_server.Server]:
    try:
        with postgres_server.running() as server:
            yield server
    except postgres_server.ServerMissing as reason:
        pytest.skip(str(reason))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database: each test that asks for it runs once on each."""
    return str(request.param)


@pytest.fixture
def new_address(
    kind: str, tmp_path: Path, empty_store: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[], str]]:
    """Gives addresses where nothing is kept yet: in SQLite an empty store, in PostgreSQL a database without tables."""
    given: list[str] = []

    def new() -> str:
        if kind == "sqlite":
            file = shutil.copy(empty_store, tmp_path / f"vigie{len(given)}.db")
            given.append(f"sqlite:///{file}")
        else:
            given.append(request.getfixturevalue("server").database())
        return given[-1]

    yield new
    if kind == "postgresql":
        for address in given:
            request.getfixturevalue("server").drop(address)


@pytest.fixture
def address(new_address: Callable[[], str]) -> str:
    return new_address()


@pytest.fixture
def clock() -> Callable[[], dt.datetime]:
    """A clock that stands still."""
    return lambda: dt.datetime(2024, 8, 1, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def store_of_plain_rules(address: str) -> Iterator[Store]:
    with Store.create(address, rules=PlainRules(), patience=20) as store:
        yield store


@pytest.fixture
def store(address: str, clock: Callable[[], dt.datetime]) -> Iterator[Store]:
    with Store.create(address, rules=PlainRules(), clock=clock, patience=20) as store:
        yield store
