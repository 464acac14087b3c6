"""What the commands that work with a store have in common: how it is named, how its errors end a command, how values
are printed."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigie.cli.exits import STORE_FAILED, usage

if TYPE_CHECKING:  # the database library is loaded when there is a store to open: --help stays quick
    from vigie.store.store import Store


class Printed(StrEnum):
    """How a command prints what it found."""

    table = "table"
    json = "json"


StoreOption = Annotated[
    str,
    typer.Option(
        "--store",
        metavar="URL",
        envvar="VIGIE_STORE",
        help="Where the store is: sqlite:///vigie.db, a file, or postgresql://user@host/database.",
    ),
]
FormatOption = Annotated[Printed, typer.Option("--format", help="A table for people, JSON for programs.")]
DEFAULT = "sqlite:///vigie.db"


@contextlib.contextmanager
def store_errors() -> Iterator[None]:
    """End the command with its message and the exit code for it where the store cannot do what is asked."""
    from vigie.errors import RecordError, StoreError

    try:
        yield
    except (StoreError, RecordError) as error:
        print(f"vigie: {error}", file=sys.stderr)
        raise typer.Exit(STORE_FAILED) from error


@contextlib.contextmanager
def opened(address: str) -> Iterator[Store]:
    """The store at an address, open; the command ends where it cannot be opened."""
    from vigie.store.store import Store

    with store_errors(), Store.open(address) as store:
        yield store


def show(values: Mapping[str, Any], printed: Printed) -> None:
    """Print names and values: one a line, or as a JSON object."""
    if printed is Printed.json:
        typer.echo(json.dumps(values, ensure_ascii=False))
        return
    wide = max((len(name) for name in values), default=0)
    for name, value in values.items():
        typer.echo(f"{name.replace('_', ' '):{wide}}  {_words(value)}".rstrip())


def _words(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value)) or "none"
    return str(value)


def refuse(message: str) -> typer.Exit:
    """What to raise for a wrong use."""
    return typer.Exit(usage(message))
