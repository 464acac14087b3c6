"""A tour of the record: the sample reports are taken into a store, and it is asked what an analyst would ask."""

from __future__ import annotations

import contextlib
import shlex
import tempfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from vigie.cli.ask import LabelsOption, words
from vigie.cli.code import LabelLanguage

if TYPE_CHECKING:  # the database library is loaded when there is a store to open: --help stays quick
    from vigie.exports.labels import Labels
    from vigie.store.asking import IncidentLine

_FEW = 4  # reports of the incident that is shown in full, at most: it should fit a few screens


def tour(
    store: Annotated[
        str | None,
        typer.Option(
            "--store", metavar="URL", help="Keep the store there, to go on with; else it is thrown away at the end."
        ),
    ] = None,
    labels: LabelsOption = LabelLanguage.en,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, metavar="N", help="Processes to code with.")] = 1,
) -> None:
    """Take the sample reports into a store and ask it what an analyst would ask, each question with its command.

    Takes about ten seconds. Exit code 0: all went well; else that of the first command that failed.
    """
    with _address(store) as address:
        _walk(address, words(labels), labels.value, jobs)


@contextlib.contextmanager
def _address(given: str | None) -> Iterator[str]:
    """The store that was named, or one in a folder that goes away."""
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="vigie-tour-") as folder:
        yield f"sqlite:///{folder}/vigie.db"


def _walk(address: str, spoken: Labels, language: str, jobs: int) -> None:
    from vigie.runs.samples import stream_files

    table = spoken.table["tour"]

    def step(key: str, *arguments: str, shown: Sequence[Sequence[str]] = ()) -> None:
        typer.echo(f"\n# {table[key]}")
        for command in shown or (arguments,):
            typer.echo(f"$ vigie {shlex.join(command)}")
        typer.echo("")
        _run([*arguments, "--store", address])

    words_in = ("--labels", language) if language != "en" else ()
    _run(["init", "--store", address], silent=True)
    files = [str(path) for path in stream_files()]
    copied = (("samples", "--to", "samples"), ("init",), ("ingest", "samples/stream", "samples/reports.jsonl"))
    step("ingest", "ingest", *files, "--jobs", str(jobs), shown=copied)
    step("status", "status")
    step("incidents", "incidents", "--from", "2024-03-07", "--to", "2024-03-16", "--limit", "10", *words_in)
    chosen = _disputed(address)
    if chosen is not None:
        step("show", "show", chosen.id, *words_in)
    step("review", "review", "--only", "pairs", "--limit", "2", *words_in)
    pair = _open_pair(address)
    if pair is not None:
        step("try", "decide", "same", *pair, "--why", table["why"], "--try", *words_in)
    step("tally", "tally", "--by", "country", "--from", "2024", *words_in)
    step("tallies", "tallies", "--place", spoken.country("SY"), "--from", "2024-03-16", *words_in)
    if chosen is not None and chosen.place is not None:
        step("background", "background", chosen.place, *words_in)
    step("search", "search", "revendiqu*", "OR", "claim*", "--from", "2024-03-14", "--limit", "2", *words_in)
    typer.echo(f"\n# {table['end']}")


def _disputed(address: str) -> IncidentLine | None:
    """The incident whose accounts differ that most accounts speak of, of those that few reports tell."""
    from vigie.store.filters import Filter
    from vigie.store.store import Store

    with Store.open(address) as store, store.inquiry() as inquiry:
        lines = inquiry.incidents(Filter(disputed=True, period="current"), "most_told", 100).lines
    return next((line for line in lines if line.reports <= _FEW and line.place is not None), None)


def _open_pair(address: str) -> tuple[str, str] | None:
    """The incidents of the first pair that a person is asked about."""
    from vigie.store.review_queue import OpenPair
    from vigie.store.store import Store

    with Store.open(address) as store, store.inquiry() as inquiry:
        for item in inquiry.queue(("pair",), 1):
            if isinstance(item, OpenPair):
                homes = inquiry.homes([item.a, item.b])
                return homes[item.a], homes[item.b]
    return None


def _run(arguments: list[str], *, silent: bool = False) -> None:
    """Run a command of this program in this process; ends with its exit code where it fails."""
    from vigie.cli import app

    with contextlib.redirect_stdout(None) if silent else contextlib.nullcontext():
        code = app(arguments, standalone_mode=False)
    if code:
        raise typer.Exit(code)
