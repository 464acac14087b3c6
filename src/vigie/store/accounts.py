"""The people who work at the desk: their accounts, and the sessions in which they are signed in.

A session is known by a token that only its holder has; what is kept is its SHA-256 digest. A password arrives here as
a hash, whose kind is the desk's affair.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from vigie.errors import AccountError, LastAdmin, StoreBusy, StoreFull
from vigie.store import schema as s
from vigie.store.database import Database

Role = Literal["reader", "coder", "editor", "admin"]
SessionKind = Literal["browser", "program"]
ROLES: tuple[Role, ...] = get_args(Role)
"""From the least to the most that one may do."""

LOCAL = "local"
"""Who decides where there are no accounts. No account may have this name."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_SEEN_EVERY = dt.timedelta(minutes=5)  # so that reading a page does not mean writing to the store


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account. Times are ISO 8601 in UTC; `signed_in_at` is None before the first time."""

    name: str
    role: Role
    disabled: bool
    made_at: str
    signed_in_at: str | None


@dataclass(frozen=True, slots=True)
class Session:
    """A valid session of an account that is not disabled."""

    digest: str
    account: Account
    kind: SessionKind
    label: str
    expires_at: str


class Accounts:
    """Accounts and sessions in a store's database. `clock` gives the time."""

    def __init__(self, database: Database, clock: Callable[[], dt.datetime]) -> None:
        self._database, self._clock = database, clock

    def any(self) -> bool:
        """Whether there is an account at all, disabled or not."""
        with self._database.reading() as connection:
            return connection.scalar(select(s.accounts.c.name).limit(1)) is not None

    def all(self) -> tuple[Account, ...]:
        """All accounts, by name."""
        with self._database.reading() as connection:
            return tuple(_account(row) for row in connection.execute(select(s.accounts).order_by(s.accounts.c.name)))

    def find(self, name: str) -> Account | None:
        """The account of that name, None where there is none."""
        with self._database.reading() as connection:
            row = connection.execute(select(s.accounts).where(s.accounts.c.name == folded(name))).first()
            return _account(row) if row is not None else None

    def password_hash(self, name: str) -> str | None:
        """The password hash of an account that is not disabled, None where there is none."""
        with self._database.reading() as connection:
            return connection.scalar(
                select(s.accounts.c.password).where(s.accounts.c.name == folded(name), ~s.accounts.c.disabled)
            )

    # --- changing accounts --------------------------------------------------------------------------------------------

    def add(self, name: str, role: str, password_hash: str) -> Account:
        """Make an account. Raises AccountError for a name that will not do or is taken, and for an unknown role."""
        name = self._good_name(name)
        role = self._good_role(role)
        with self._database.writing() as connection:
            if connection.scalar(select(s.accounts.c.name).where(s.accounts.c.name == name)) is not None:
                raise AccountError(f"there is an account {name!r} already (give another name)")
            connection.execute(
                insert(s.accounts).values(
                    name=name, password=password_hash, role=role, disabled=False, made_at=self._stamp()
                )
            )
            return self._get(connection, name)

    def set_role(self, name: str, role: str) -> Account:
        """Give an account a role. Raises AccountError where there is no such account, or it is the last admin."""
        role = self._good_role(role)
        with self._database.writing() as connection:
            account = self._get(connection, name)
            if role != "admin":
                self._keep_an_admin(connection, account)
            connection.execute(update(s.accounts).where(s.accounts.c.name == account.name).values(role=role))
            return self._get(connection, name)

    def set_disabled(self, name: str, disabled: bool) -> Account:
        """Disable an account, ending its sessions, or enable it again. Raises AccountError as `set_role` does."""
        with self._database.writing() as connection:
            account = self._get(connection, name)
            if disabled:
                self._keep_an_admin(connection, account)
                connection.execute(delete(s.sessions).where(s.sessions.c.account == account.name))
            connection.execute(update(s.accounts).where(s.accounts.c.name == account.name).values(disabled=disabled))
            return self._get(connection, name)

    def set_password(self, name: str, password_hash: str, *, keep: str | None = None) -> None:
        """Set another password; every session ends but the one with the digest `keep`. Raises AccountError where there
        is no such account."""
        with self._database.writing() as connection:
            account = self._get(connection, name)
            connection.execute(
                update(s.accounts).where(s.accounts.c.name == account.name).values(password=password_hash)
            )
            ended = delete(s.sessions).where(s.sessions.c.account == account.name)
            connection.execute(ended if keep is None else ended.where(s.sessions.c.digest != keep))

    def replace_hash(self, name: str, old: str, new: str) -> None:
        """Put a stronger hash of the same password in the place of an old one; sessions go on."""
        with self._database.writing() as connection:
            connection.execute(
                update(s.accounts)
                .where(s.accounts.c.name == folded(name), s.accounts.c.password == old)
                .values(password=new)
            )

    # --- sessions -----------------------------------------------------------------------------------------------------

    def open_session(self, name: str, lasts: dt.timedelta, kind: SessionKind = "browser", label: str = "") -> str:
        """Sign an account in; the token. Sessions that have run out are cleared away. Raises AccountError where there
        is no such account, or it is disabled."""
        token = secrets.token_urlsafe(32)
        with self._database.writing() as connection:
            account = self._get(connection, name)
            if account.disabled:
                raise AccountError(f"the account {account.name!r} is disabled (enable it first)")
            now = self._clock()
            connection.execute(delete(s.sessions).where(s.sessions.c.expires_at <= _iso(now)))
            connection.execute(
                insert(s.sessions).values(
                    digest=digest(token),
                    account=account.name,
                    kind=kind,
                    label=label,
                    made_at=_iso(now),
                    seen_at=_iso(now),
                    expires_at=_iso(now + lasts),
                )
            )
            if kind == "browser":
                signed_in = update(s.accounts).where(s.accounts.c.name == account.name)
                connection.execute(signed_in.values(signed_in_at=_iso(now)))
        return token

    def session(self, token: str, idle: dt.timedelta | None = None) -> Session | None:
        """The session that a token stands for: neither run out, nor unused for longer than `idle`, nor of a disabled
        account; None otherwise."""
        now = self._clock()
        with self._database.reading() as connection:
            row = connection.execute(
                select(
                    s.accounts,
                    s.sessions.c.digest,
                    s.sessions.c.kind,
                    s.sessions.c.label,
                    s.sessions.c.seen_at,
                    s.sessions.c.expires_at,
                )
                .join(s.accounts, s.accounts.c.name == s.sessions.c.account)
                .where(
                    s.sessions.c.digest == digest(token), s.sessions.c.expires_at > _iso(now), ~s.accounts.c.disabled
                )
            ).first()
        if row is None or (idle is not None and row.seen_at <= _iso(now - idle)):
            return None
        if row.seen_at <= _iso(now - _SEEN_EVERY):
            # A page is not held up by a store that is busy or may only be read: it is noted the next time.
            with contextlib.suppress(StoreBusy, StoreFull), self._database.writing() as connection:
                seen = update(s.sessions).where(s.sessions.c.digest == row.digest)
                connection.execute(seen.values(seen_at=_iso(now)))
        return Session(row.digest, _account(row), row.kind, row.label, row.expires_at)

    def close_session(self, session_digest: str) -> None:
        """End one session; nothing happens where there is none."""
        with self._database.writing() as connection:
            connection.execute(delete(s.sessions).where(s.sessions.c.digest == session_digest))

    def close_sessions(self, name: str) -> int:
        """End all sessions of an account, those of programs too; how many there were."""
        with self._database.writing() as connection:
            account = self._get(connection, name)
            return connection.execute(delete(s.sessions).where(s.sessions.c.account == account.name)).rowcount

    # --- within -------------------------------------------------------------------------------------------------------

    def _get(self, connection: Connection, name: str) -> Account:
        row = connection.execute(select(s.accounts).where(s.accounts.c.name == folded(name))).first()
        if row is None:
            raise AccountError(f"there is no account {name!r} (`vigie desk-user list` shows those there are)")
        return _account(row)

    def _keep_an_admin(self, connection: Connection, account: Account) -> None:
        others = connection.scalar(
            select(func.count())
            .select_from(s.accounts)
            .where(s.accounts.c.role == "admin", ~s.accounts.c.disabled, s.accounts.c.name != account.name)
        )
        if account.role == "admin" and not account.disabled and not others:
            raise LastAdmin(f"{account.name!r} is the last admin (make another account admin first)")

    def _good_name(self, name: str) -> str:
        found = folded(name)
        if not _NAME.fullmatch(found) or found == LOCAL:
            raise AccountError(
                f"{name!r} will not do as the name of an account (give 2 to 32 letters a-z, digits, dots, dashes or "
                f"underscores, a letter or digit first; not {LOCAL!r})"
            )
        return found

    def _good_role(self, role: str) -> str:
        if role not in ROLES:
            raise AccountError(f"there is no role {role!r} (the roles are {', '.join(ROLES)})")
        return role

    def _stamp(self) -> str:
        return _iso(self._clock())


def folded(name: str) -> str:
    """The name of an account as it is kept: names do not differ by case."""
    return name.strip().lower()


def digest(token: str) -> str:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _account(row: Row[Any]) -> Account:
    return Account(row.name, row.role, bool(row.disabled), row.made_at, row.signed_in_at)


def _iso(time: dt.datetime) -> str:
    return time.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
