"""A PostgreSQL server of one's own for tests and timings: on a free port of the loopback, in a folder that goes away.

Uses the binaries that Debian installs (or those on PATH). PostgreSQL refuses to run as root: started by root, the
server runs as the user `postgres`, or `nobody`.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

USER = "vigie"


class ServerMissing(Exception):
    """There is no PostgreSQL here, or no user it could run as."""


class Server:
    """A running server. `database()` makes a new empty database and gives its address."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._numbers = itertools.count(1)

    def address(self, database: str) -> str:
        """The address of a database of this server."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def database(self) -> str:
        """A new empty database; its address."""
        import psycopg

        name = f"vigie_{next(self._numbers)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return self.address(name)

    def drop(self, address: str) -> None:
        """Remove a database, whoever is still connected to it."""
        import psycopg

        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {address.rsplit('/', 1)[1]} WITH (FORCE)")


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A server for as long as the context lasts. Raises ServerMissing with the reason why there is none."""
    binaries = _binaries()
    as_user, owner = _user()
    folder = Path(tempfile.mkdtemp(prefix="vigie-postgres-", dir=_open_folder()))
    try:
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        port = _free_port()
        _run([*as_user, str(binaries / "initdb"), "-D", str(folder / "data"), "-U", USER, "--auth=trust", "-E", "UTF8",
              "--no-sync", "--locale=C.UTF-8"], folder)  # fmt: skip
        options = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off "
            "-c full_page_writes=off -c shared_buffers=128MB -c max_connections=60"
        )
        control = [*as_user, str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w"]
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"], folder)
        try:
            yield Server(port)
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], cwd=folder, capture_output=True, check=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]), reverse=True)
    if installed:
        return installed[0].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise ServerMissing("PostgreSQL is not installed (Debian: apt install postgresql)")
    return Path(on_path).resolve().parent


def _user() -> tuple[list[str], pwd.struct_passwd | None]:
    """The words before a command that is not to run as root, and whom it then runs as."""
    if os.geteuid() != 0:
        return [], None
    if shutil.which("setpriv") is None:
        raise ServerMissing("root cannot run PostgreSQL, and there is no `setpriv` to run it as somebody else")
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"], user
    raise ServerMissing("root cannot run PostgreSQL, and there is no other user to run it")


def _open_folder() -> str | None:
    """A folder for temporary files that the server's user can enter: not every TMPDIR is one."""
    return "/tmp" if os.geteuid() == 0 and os.access("/tmp", os.W_OK) else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(command: list[str], folder: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    if run.returncode != 0:
        log = folder / "log"
        words = (run.stderr + (log.read_text(errors="replace") if log.exists() else "")).strip()
        raise ServerMissing(f"PostgreSQL does not start: {words[-500:]}")
