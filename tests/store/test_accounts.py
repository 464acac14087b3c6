"""Accounts and sessions of the desk, on each kind of database."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa

from vigie.errors import AccountError, LastAdmin
from vigie.store.accounts import Accounts, digest
from vigie.store.store import Store

DAY = dt.timedelta(days=1)


@pytest.fixture
def accounts(store: Store) -> Accounts:
    found = store.accounts
    found.add("Amina", "admin", "hash of amina")
    found.add("bruno", "coder", "hash of bruno")
    return found


def test_names_do_not_differ_by_case(accounts: Accounts) -> None:
    assert [(a.name, a.role, a.disabled) for a in accounts.all()] == [
        ("amina", "admin", False),
        ("bruno", "coder", False),
    ]
    assert accounts.find(" AMINA ").name == "amina"
    assert accounts.password_hash("Amina") == "hash of amina"
    with pytest.raises(AccountError, match="already"):
        accounts.add("AMINA", "reader", "x")


@pytest.mark.parametrize("name", ["", "a", "local", "Local", "a b", "-a", "é" * 3, "x" * 33, "a/b", "a\n"])
def test_names_that_will_not_do(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccountError, match="will not do"):
        accounts.add(name, "reader", "x")


def test_roles_are_a_closed_list(accounts: Accounts) -> None:
    with pytest.raises(AccountError, match="reader, coder, editor, admin"):
        accounts.set_role("bruno", "owner")
    with pytest.raises(AccountError, match="no account 'nobody'"):
        accounts.set_role("nobody", "reader")


def test_the_last_admin_stays(accounts: Accounts) -> None:
    for change in (lambda: accounts.set_role("amina", "editor"), lambda: accounts.set_disabled("amina", True)):
        with pytest.raises(LastAdmin):
            change()
    accounts.set_role("bruno", "admin")
    accounts.set_disabled("amina", True)
    with pytest.raises(LastAdmin):
        accounts.set_role("bruno", "reader")
    accounts.set_role("amina", "reader")  # who is disabled counts for nothing


def test_a_token_stands_for_a_session_and_is_not_kept(accounts: Accounts, store: Store) -> None:
    token = accounts.open_session("bruno", DAY)
    session = accounts.session(token)
    assert (session.account.name, session.kind) == ("bruno", "browser")
    assert accounts.session(token[:-1]) is None
    with store._database.reading() as connection:
        kept = connection.execute(sa.text("SELECT * FROM sessions")).all()
    assert token not in str(kept)
    assert digest(token) in str(kept)
    accounts.close_session(session.digest)
    assert accounts.session(token) is None


def test_disabling_and_another_password_end_sessions(accounts: Accounts) -> None:
    kept, other = accounts.open_session("bruno", DAY), accounts.open_session("bruno", DAY, "program", "nightly")
    accounts.set_password("bruno", "another hash", keep=digest(kept))
    assert accounts.session(kept) is not None
    assert accounts.session(other) is None
    accounts.set_disabled("bruno", True)
    assert accounts.session(kept) is None
    assert accounts.password_hash("bruno") is None
    with pytest.raises(AccountError, match="disabled"):
        accounts.open_session("bruno", DAY)
    accounts.set_disabled("bruno", False)
    assert accounts.session(kept) is None


def test_signing_out_everywhere(accounts: Accounts) -> None:
    tokens = [accounts.open_session("bruno", DAY) for _ in range(3)]
    mine = accounts.open_session("amina", DAY)
    assert accounts.close_sessions("bruno") == 3
    assert [accounts.session(token) for token in tokens] == [None] * 3
    assert accounts.session(mine) is not None


def test_sessions_that_have_run_out_are_cleared_away(accounts: Accounts, store: Store) -> None:
    accounts.open_session("bruno", dt.timedelta(seconds=-1))
    accounts.open_session("bruno", DAY)
    with store._database.reading() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM sessions")) == 1


def test_a_page_is_shown_while_another_writes(tmp_path: Path) -> None:
    time = dt.datetime(2024, 8, 1, 12, 0, tzinfo=dt.UTC)
    with Store.create(str(tmp_path / "v.db"), clock=lambda: time, patience=0.1) as store:
        store.accounts.add("amina", "admin", "x")
        token = store.accounts.open_session("amina", DAY)
        time += dt.timedelta(hours=1)
        with store._database.writing() as connection:
            connection.execute(sa.text("SELECT 1"))
            assert store.accounts.session(token) is not None


def test_accounts_are_no_part_of_the_record(accounts: Accounts, store: Store) -> None:
    before = store.fingerprint()
    accounts.add("chloe", "editor", "x")
    assert store.fingerprint() == before
