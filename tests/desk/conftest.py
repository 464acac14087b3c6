"""A desk over an empty store, and clients that send what its own pages would send."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from desk_client import ORIGIN, PASSWORD, DeskClient
from vigie.desk.app import create_app
from vigie.desk.config import DeskConfig
from vigie.desk.passwords import Passwords
from vigie.store.store import Store


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    """Hashes with next to no work: a test of another thing does not wait for Argon2."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.create(str(tmp_path / "vigie.db")) as opened:
        yield opened


@pytest.fixture
def app(store: Store, passwords: Passwords) -> FastAPI:
    """The desk of one person on this machine."""
    return create_app(store, DeskConfig(), passwords=passwords)


@pytest.fixture
def client(app: FastAPI) -> Iterator[DeskClient]:
    """That person's browser."""
    with DeskClient(app, base_url=ORIGIN) as opened:
        yield opened


@pytest.fixture
def another(app: FastAPI) -> Callable[[], DeskClient]:
    """Makes another browser at the same desk."""
    return lambda: DeskClient(app, base_url=ORIGIN)


@pytest.fixture
def team(store: Store, passwords: Passwords, another: Callable[[], DeskClient]) -> Callable[[str], DeskClient]:
    """A desk with an account for each role, named like the role; gives a browser that is signed in as one of them."""
    for role in ("admin", "editor", "coder", "reader"):
        # "admin" is no good as a password, and good enough as a name
        store.accounts.add(role, role, passwords.hash(PASSWORD))

    def signed_in(role: str) -> DeskClient:
        browser = another()
        assert browser.sign_in(role).status_code == 303
        return browser

    return signed_in
