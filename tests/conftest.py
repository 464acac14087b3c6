"""What the tests of several packages need."""

from __future__ import annotations

from pathlib import Path

import pytest

from vigie.store.store import Store


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with nothing in it, to be copied: the migrations are gone once, not for each test."""
    file = tmp_path_factory.mktemp("empty") / "vigie.db"
    Store.create(str(file)).close()
    return file
