"""Commands of the desk: run it, and look after its accounts."""

from __future__ import annotations

import contextlib
import dataclasses
import getpass
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigie.cli.exits import ALL_CODED
from vigie.cli.stores import DEFAULT, StoreOption, refuse, store_errors

if TYPE_CHECKING:  # the database library is loaded when there is a store to open: --help stays quick
    from vigie.store.store import Store


class RoleName(StrEnum):
    """Roles, from the least to the most that one may do."""

    reader = "reader"
    coder = "coder"
    editor = "editor"
    admin = "admin"


def desk(
    store: StoreOption = DEFAULT,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 for a free one.")] = 8000,
    public_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where people reach it through a reverse proxy: https://vigie.example.org."),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Speak HTTPS with this certificate (PEM).", dir_okay=False)
    ] = None,
    key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The key of the certificate (PEM).", dir_okay=False)
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Do not write a line for each request.")] = False,
) -> None:
    """Run the desk: the web app where people review, compare and decide.

    On this machine it works at once for one person. For others it needs accounts (`vigie desk-user add`) and HTTPS.
    Exit code 0: stopped. 2: wrong use, or the desk would be open to others.
    """
    _needs_extra()
    from vigie.desk.app import create_app
    from vigie.desk.config import configured
    from vigie.desk.serving import listening, log_to_stderr, serve

    if (certificate is None) != (key is None):
        raise refuse("give both --certificate and --key, or neither")
    with _opened(store, make=True) as opened:
        config = configured(
            host, port, public_url=public_url, encrypted=certificate is not None, accounts=opened.accounts.any()
        )
        taken = listening(host, port)
        number = taken.getsockname()[1]
        app = create_app(opened, dataclasses.replace(config, port=number))
        log_to_stderr(quiet)
        if not app.state.desk.assets.complete:
            print("vigie: the maps are not there: install Node.js and Vigie again (docs/desk.md)", file=sys.stderr)
        scheme, name = "https" if certificate else "http", f"[{host}]" if ":" in host else host
        where = public_url or f"{scheme}://{name}:{number}/"
        print(f"vigie: the desk is at {where} (Ctrl+C stops it)", flush=True)
        serve(app, taken, certificate=certificate, key=key)
    raise typer.Exit(ALL_CODED)


# --- accounts ---------------------------------------------------------------------------------------------------------

_NAME = typer.Argument(metavar="NAME", help="Name of the account.")
_STDIN = typer.Option("--password-stdin", help="Read the password from standard input, not from the terminal.")


def users() -> typer.Typer:
    """The commands `vigie desk-user …`."""
    commands = typer.Typer(no_args_is_help=True, help="Accounts of the desk.", rich_markup_mode=None)
    commands.command(name="add")(add_user)
    commands.command(name="list")(list_users)
    commands.command(name="role")(set_role)
    commands.command(name="disable")(disable_user)
    commands.command(name="enable")(enable_user)
    commands.command(name="password")(set_password)
    commands.command(name="token")(give_token)
    commands.command(name="sign-out")(sign_out)
    return commands


def add_user(
    name: Annotated[str, _NAME],
    role: Annotated[RoleName, typer.Option(help="What it may do.")] = RoleName.coder,
    password_stdin: Annotated[bool, _STDIN] = False,
    store: StoreOption = DEFAULT,
) -> None:
    """Make an account. The first one closes the desk to whoever has none, so it has to be an admin."""
    _needs_extra()
    from vigie.desk.passwords import Passwords

    with _opened(store, make=True) as opened:
        if not opened.accounts.any() and role is not RoleName.admin:
            raise refuse("the first account has to be an admin (give --role admin)")
        if opened.accounts.find(name) is not None:
            raise refuse(f"there is an account {name!r} already")
        made = opened.accounts.add(name, role.value, Passwords().hash(_password(name, password_stdin)))
    typer.echo(f"{made.name}  {made.role}")


def list_users(store: StoreOption = DEFAULT) -> None:
    """List the accounts: name, role, when signed in last."""
    with _opened(store) as opened:
        for each in opened.accounts.all():
            state = "disabled" if each.disabled else each.signed_in_at or "never signed in"
            typer.echo(f"{each.name}  {each.role}  {state}")


def set_role(
    name: Annotated[str, _NAME],
    role: Annotated[RoleName, typer.Argument(help="What it may do from now on.")],
    store: StoreOption = DEFAULT,
) -> None:
    """Give an account another role; it holds from the next request on."""
    with _opened(store) as opened:
        found = opened.accounts.set_role(name, role.value)
    typer.echo(f"{found.name}  {found.role}")


def disable_user(name: Annotated[str, _NAME], store: StoreOption = DEFAULT) -> None:
    """Disable an account and end its sessions. What it decided stays."""
    _set_disabled(name, store, disabled=True)


def enable_user(name: Annotated[str, _NAME], store: StoreOption = DEFAULT) -> None:
    """Enable an account again."""
    _set_disabled(name, store, disabled=False)


def set_password(
    name: Annotated[str, _NAME],
    password_stdin: Annotated[bool, _STDIN] = False,
    store: StoreOption = DEFAULT,
) -> None:
    """Set another password for an account; its sessions end."""
    _needs_extra()
    from vigie.desk.passwords import Passwords

    with _opened(store) as opened:
        if opened.accounts.find(name) is None:
            raise refuse(f"there is no account {name!r}")
        opened.accounts.set_password(name, Passwords().hash(_password(name, password_stdin)))


def give_token(
    name: Annotated[str, _NAME],
    label: Annotated[str, typer.Option(metavar="WORDS", help="What it is for.")] = "",
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long it works.")] = 365,
    store: StoreOption = DEFAULT,
) -> None:
    """Print a token with which a program uses the API as this account (`Authorization: Bearer …`). It is shown once."""
    import datetime as dt

    with _opened(store) as opened:
        token = opened.accounts.open_session(name, dt.timedelta(days=days), "program", label)
    typer.echo(token)


def sign_out(name: Annotated[str, _NAME], store: StoreOption = DEFAULT) -> None:
    """End all sessions of an account, and its tokens for programs."""
    with _opened(store) as opened:
        ended = opened.accounts.close_sessions(name)
    typer.echo(f"{ended} ended")


def _set_disabled(name: str, store: str, *, disabled: bool) -> None:
    with _opened(store) as opened:
        opened.accounts.set_disabled(name, disabled)


def _password(name: str, from_stdin: bool) -> str:
    """A new password that will do, asked for twice. Raises typer.Exit."""
    from vigie.desk.passwords import LONGEST, SHORTEST, faults

    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = getpass.getpass(f"Password for {name}: ")
        if getpass.getpass("Again: ") != password:
            raise refuse("the two are not the same")
    words = {
        "short": f"it needs at least {SHORTEST} characters",
        "long": f"it may have no more than {LONGEST} characters",
        "common": "it is among the first that others would try",
        "name": "it is too close to the name of the account",
        "monotonous": "it repeats or counts up a few characters",
    }
    wrong = faults(password, name)
    if wrong:
        raise refuse("this password will not do: " + "; ".join(words[fault] for fault in wrong))
    return password


@contextlib.contextmanager
def _opened(store: str, *, make: bool = False) -> Iterator[Store]:
    """The store, made where there is none if `make`; the command ends where it cannot be opened (exit code 4), and
    where the desk or an account will not do (2)."""
    from vigie.errors import DeskError
    from vigie.store.store import Store

    with store_errors(), (Store.create if make else Store.open)(store) as opened:
        try:
            yield opened
        except DeskError as error:
            raise refuse(str(error)) from error


def _needs_extra() -> None:
    """Raises typer.Exit where what the desk is made with is not installed."""
    import importlib.util

    needed = ("fastapi", "uvicorn", "jinja2", "multipart", "babel", "argon2")
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        raise refuse(f"the desk is not installed ({', '.join(missing)} missing): pip install 'vigie[desk]'")
