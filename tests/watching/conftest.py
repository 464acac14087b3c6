"""A store of its own, a server on the loopback and a plan for it. No request leaves the loopback: names are resolved by
the tests, and a name that they do not know is an error."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import feed_server
from invented_watch import Watched, WatchRules
from vigie.runs.watching.config import parsed
from vigie.runs.watching.plan import Plan
from vigie.store.store import Store


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is connected to is on the loopback."""
    connect = socket.socket.connect

    def checked(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            assert address[0] in ("127.0.0.1", "::1"), f"a test reached out to {address}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", checked)


@pytest.fixture
def server() -> Iterator[feed_server.Server]:
    with feed_server.serving() as server:
        yield server


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with nothing in it, to be copied: making one takes longer."""
    path = tmp_path_factory.mktemp("store") / "vigie.db"
    Store.create(f"sqlite:///{path}", rules=WatchRules()).close()
    return path


@pytest.fixture
def store(tmp_path: Path, empty_store: Path) -> Iterator[Store]:
    shutil.copy(empty_store, tmp_path / "vigie.db")
    with Store.open(f"sqlite:///{tmp_path}/vigie.db", rules=WatchRules()) as store:
        yield store


@pytest.fixture
def watched(store: Store) -> Watched:
    return Watched(store)


@pytest.fixture
def plan_of(server: feed_server.Server) -> Callable[..., Plan]:
    """The plan of a file that watches one feed of the server, with what is added to it."""

    def made(more: str = "", *, feed: str = "", head: str = "", environment: dict[str, str] | None = None) -> Plan:
        text = f"""
            contact = "watch@courier.example"
            seed = 1
            {head}
            [[allowed]]
            host = "127.0.0.1"
            private = true
            ports = [{server.port}]
            [[feeds]]
            name = "courier"
            url = "{server.url("/feed")}"
            interval = "10m"
            {feed}
            {more or FILTER}
        """
        return parsed(text.encode(), "feeds.toml", environment or {})

    return made


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for feeds.test that signs itself, with its key in one file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes the certificate, is not installed")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3",
         "-subj", "/CN=feeds.test", "-addext", "subjectAltName=DNS:feeds.test", "-keyout", "key", "-out", "cert"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    (folder / "both.pem").write_bytes((folder / "key").read_bytes() + (folder / "cert").read_bytes())
    return folder / "both.pem"


FILTER = """
[[filters]]
name = "everything"
"""
