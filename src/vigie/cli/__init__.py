"""The command line: thin commands over readers, coder, store and printers. docs/cli.md documents every option.

Each module holds the commands of one kind as plain functions; they are named here, in the order in which `vigie --help`
lists them. What is heavy is imported inside the functions, so that `--help` stays quick.
"""

from __future__ import annotations

import logging
from typing import Annotated

import typer

from vigie import __version__
from vigie.cli import ask, code, decide, desk, evaluate, filtering, keep, review, tour, watch
from vigie.cli.code import Format, LabelLanguage, run_code
from vigie.cli.exits import ALL_CODED, CONFLICT, NOT_THERE, NOTHING_CODED, SOME_REJECTED, STORE_FAILED, USAGE

__all__ = [
    "ALL_CODED",
    "CONFLICT",
    "NOTHING_CODED",
    "NOT_THERE",
    "SOME_REJECTED",
    "STORE_FAILED",
    "USAGE",
    "Format",
    "LabelLanguage",
    "app",
    "main",
    "run_code",
]

app = typer.Typer(
    name="vigie",
    help="Codes news reports on armed violence: incidents, rival accounts, sources and their exact words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"vigie {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Options before the command."""


app.command(name="code")(code.code)
app.command(name="languages")(code.list_languages)
app.command(name="samples")(code.samples)
app.command(name="tour")(tour.tour)
app.command(name="init")(keep.init)
app.command(name="ingest")(keep.ingest)
app.command(name="status")(keep.status)
app.command(name="check")(keep.check)
app.command(name="backup")(keep.backup)
app.command(name="restore")(keep.restore)
app.command(name="migrate")(keep.migrate)
app.command(name="incidents")(filtering.filtered(ask.incidents))
app.command(name="show")(ask.show)
app.command(name="tally")(filtering.filtered(ask.tally))
app.command(name="tallies")(ask.tallies)
app.command(name="background")(ask.background)
app.command(name="search")(ask.search)
app.command(name="review")(review.review)
app.add_typer(decide.commands(), name="decide")
app.command(name="decisions")(review.decisions)
app.command(name="watch")(watch.watch)
app.command(name="evaluate")(evaluate.evaluate)
app.command(name="agreement")(evaluate.agreement)
app.command(name="desk")(desk.desk)
app.add_typer(desk.users(), name="desk-user")


def main() -> None:
    """Entry point of the `vigie` command."""
    for library in ("trafilatura", "pypdf"):  # their remarks about a file mean nothing to a user
        logging.getLogger(library).setLevel(logging.CRITICAL)
    app()
