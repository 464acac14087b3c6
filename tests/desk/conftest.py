"""A desk over an empty store, and clients that send what its own pages would send."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

import invented_story
from desk_client import ORIGIN, PASSWORD, DeskClient, at_work
from vigie.desk.app import create_app
from vigie.desk.config import DeskConfig
from vigie.desk.passwords import Passwords
from vigie.store.store import Store


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    """Hashes with next to no work: a test of another thing does not wait for Argon2."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def store(request: pytest.FixtureRequest, empty_store: Path, tmp_path: Path) -> Iterator[Store]:
    """The store of the test: empty, or with the invented story where the test asks for `ids`."""
    file = request.getfixturevalue("story_file")[0] if "ids" in request.fixturenames else empty_store
    with Store.open(str(shutil.copy(file, tmp_path / "vigie.db"))) as opened:
        yield opened


@pytest.fixture(scope="session")
def story_file(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The file of a store that holds the invented story, and the ids of its incidents by what they are."""
    file = tmp_path_factory.mktemp("story") / "vigie.db"
    with Store.open(str(shutil.copy(empty_store, file))) as opened:
        return file, invented_story.fill(opened)


@pytest.fixture
def ids(story_file: tuple[Path, dict[str, str]]) -> dict[str, str]:
    """The ids of the incidents of the invented story, by what they are; the store of the test holds it."""
    return story_file[1]


@pytest.fixture(scope="session")
def made_once(empty_store: Path, passwords: Passwords) -> Iterator[FastAPI]:
    """An app that is put to work for one store after the other: making one takes half a second."""
    with Store.open(str(empty_store)) as opened:
        yield create_app(opened, DeskConfig(), passwords=passwords)


@pytest.fixture
def app(made_once: FastAPI, store: Store) -> FastAPI:
    """The desk of one person on this machine. A test that changes the app itself makes its own (`own_app`)."""
    return at_work(made_once, store)


@pytest.fixture
def own_app(store: Store, passwords: Passwords) -> FastAPI:
    """The same, made for the test alone."""
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
