"""What the tests of the readers share: their fixtures, and reading a file of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from vigie.model import Report
from vigie.readers import Rejected, read_path

FIXTURES = Path(__file__).parent / "fixtures"

Read = Callable[..., list[Report | Rejected]]


@pytest.fixture
def fixtures() -> Path:
    return FIXTURES


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a fixture by its name, or bytes under a name of one's own; remarks are put into `heard`."""

    def reading(name: str, data: bytes | None = None, heard: list[str] | None = None) -> list[Report | Rejected]:
        path = FIXTURES / name
        if data is not None:
            path = tmp_path / name
            path.write_bytes(data)
        return list(read_path(path, lambda where, remark: heard.append(remark) if heard is not None else None))

    return reading
