"""`vigie desk` and `vigie desk-user`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from vigie.cli import app
from vigie.store.store import Store

PASSWORD = "seven grey herons waiting\n"


@pytest.fixture
def store(tmp_path: Path) -> str:
    return str(tmp_path / "vigie.db")


def vigie(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(app, arguments, input=given)


def add(store: str, name: str = "amina", role: str = "admin", password: str = PASSWORD) -> Result:
    return vigie("desk-user", "add", name, "--role", role, "--store", store, "--password-stdin", given=password)


def test_accounts_are_made_listed_and_changed(store: str) -> None:
    refused = add(store, role="coder")
    assert refused.exit_code == 2
    assert "the first account has to be an admin" in refused.stderr
    assert add(store).stdout == "amina  admin\n"
    assert add(store, "Bruno", "coder").stdout == "bruno  coder\n"
    assert add(store).exit_code == 2
    assert vigie("desk-user", "role", "bruno", "editor", "--store", store).stdout == "bruno  editor\n"
    assert vigie("desk-user", "disable", "bruno", "--store", store).exit_code == 0
    assert (
        vigie("desk-user", "list", "--store", store).stdout
        == "amina  admin  never signed in\nbruno  editor  disabled\n"
    )
    assert vigie("desk-user", "enable", "bruno", "--store", store).exit_code == 0
    refused = vigie("desk-user", "disable", "amina", "--store", store)
    assert refused.exit_code == 2
    assert "last admin" in refused.stderr
    assert vigie("desk-user", "role", "nobody", "editor", "--store", store).exit_code == 2


@pytest.mark.parametrize("password", ["short\n", "\n", "", "aminaamina12\n", "password1234\n"])
def test_a_password_that_will_not_do_is_refused_with_the_reason(store: str, password: str) -> None:
    refused = add(store, password=password)
    assert refused.exit_code == 2
    assert "this password will not do: it " in refused.stderr


def test_another_password_and_a_token(store: str) -> None:
    add(store)
    changed = vigie(
        "desk-user", "password", "amina", "--store", store, "--password-stdin", given="nine wet boots by the door"
    )
    assert changed.exit_code == 0
    token = vigie("desk-user", "token", "amina", "--label", "export", "--days", "7", "--store", store).stdout.strip()
    with Store.open(store) as opened:
        session = opened.accounts.session(token)
        assert (session.kind, session.label) == ("program", "export")
    assert vigie("desk-user", "sign-out", "amina", "--store", store).stdout == "1 ended\n"


def test_a_store_that_is_not_there_is_not_made_by_looking(store: str) -> None:
    missing = vigie("desk-user", "list", "--store", store)
    assert missing.exit_code == 4
    assert not Path(store).exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1"])
def test_without_accounts_it_listens_on_this_machine_only(store: str, host: str) -> None:
    refused = vigie("desk", "--host", host, "--store", store)
    assert refused.exit_code == 2
    assert "vigie desk-user add NAME --role admin" in refused.stderr


def test_wrong_use_is_told(store: str, tmp_path: Path) -> None:
    assert vigie("desk", "--certificate", str(tmp_path / "c.pem"), "--store", store).exit_code == 2
    with socket.create_server(("127.0.0.1", 0)) as taken:
        busy = vigie("desk", "--port", str(taken.getsockname()[1]), "--store", store)
    assert busy.exit_code == 2
    assert "something is listening there already" in busy.stderr
    missing = vigie(
        "desk", "--store", store, "--certificate", str(tmp_path / "c"), "--key", str(tmp_path / "k"), "--port", "0"
    )
    assert missing.exit_code == 2
    assert "cannot be used" in missing.stderr


def test_without_the_extra_its_name_is_told(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name, package=None: None)
    refused = vigie("desk", "--store", store)
    assert refused.exit_code == 2
    assert "pip install 'vigie[desk]'" in refused.stderr


@pytest.mark.slow
@pytest.mark.parametrize("stopped_by", [signal.SIGTERM, signal.SIGINT])
def test_it_runs_until_it_is_stopped(tmp_path: Path, stopped_by: signal.Signals) -> None:
    desk = subprocess.Popen(
        [sys.executable, "-m", "vigie.cli", "desk", "--port", "0", "--store", str(tmp_path / "vigie.db")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert desk.stdout is not None
        url = next(word for word in desk.stdout.readline().split() if word.startswith("http://127.0.0.1:"))
        with urllib.request.urlopen(f"{url}?q=secret", timeout=20) as page:
            assert "The record" in page.read().decode()
        with pytest.raises(urllib.error.HTTPError, match="421"):
            urllib.request.urlopen(urllib.request.Request(url, headers={"Host": "evil.example"}), timeout=20)
        desk.send_signal(stopped_by)
        _, log = desk.communicate(timeout=20)
    finally:
        desk.kill()
    assert desk.returncode == 0
    assert "GET / 200" in log
    assert "secret" not in log
    assert "127.0.0.1" not in log
    assert "Traceback" not in log
