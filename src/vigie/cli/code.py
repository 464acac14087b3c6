"""Commands that code reports and keep nothing: code, languages, samples."""

from __future__ import annotations

import contextlib
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigie.cli.exits import ALL_CODED, NOTHING_CODED, SOME_REJECTED, USAGE, usage
from vigie.cli.reading import JobsOption, LanguageOption, OutletOption, PublishedOption, not_there, overrides
from vigie.cli.writing import writing
from vigie.runs.by_rules import rules_coder

if TYPE_CHECKING:  # imported when there is something to code: --help stays quick
    from vigie.runs.batch import BatchCoder


class Format(StrEnum):
    """Output formats."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    md = "md"


class LabelLanguage(StrEnum):
    """Languages of the printed labels."""

    en = "en"
    fr = "fr"


def code(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, or - for standard input.")],
    published: PublishedOption = None,
    outlet: OutletOption = None,
    language: LanguageOption = None,
    format: Annotated[Format, typer.Option(help="Table or Markdown for people, JSON for programs.")] = Format.table,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show where each value comes from, and what was left out and why.")
    ] = False,
    labels: Annotated[
        LabelLanguage, typer.Option(help="Language of the labels in tables and Markdown.")
    ] = LabelLanguage.en,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write there, not to standard output.", dir_okay=False)
    ] = None,
    jobs: JobsOption = 1,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, no remarks, no closing line.")] = False,
) -> None:
    """Code reports: files of any format that is read, folders of them, or standard input.

    Read are text, HTML, JSON Lines, NewsML-G2, NewsML 1.2, ninjs, RSS, Atom, PDF, WARC, mailboxes (mbox) and mails
    (.eml), each also packed with gzip. The format is told by what a file begins with, not by its name.

    Exit code 0: everything was coded. 1: something was rejected. 2: wrong use. 3: nothing could be coded.
    """
    from vigie.language.pack import languages

    raise typer.Exit(
        run_code(
            paths,
            coder=rules_coder,
            allowed=languages(),
            published=published,
            outlet=outlet,
            language=language,
            format=format,
            explain=explain,
            label_language=labels.value,
            output=output,
            jobs=jobs,
            quiet=quiet,
        )
    )


def list_languages() -> None:
    """List the languages that can be coded."""
    from vigie.exports.labels import labels
    from vigie.language.pack import languages

    for each in languages():
        typer.echo(f"{each}  {labels('en').language_name(each)}")


def samples(
    to: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Copy the sample reports there.", file_okay=False)
    ] = None,
) -> None:
    """List the sample reports that come with Vigie, or copy them to a folder."""
    from vigie.runs.samples import copy_samples, sample_files

    if to is None:
        for path in sample_files():
            typer.echo(str(path))
        return
    try:
        for path in copy_samples(to):
            typer.echo(str(path))
    except OSError as error:
        typer.echo(f"vigie: {error.filename or to}: {error.strerror}", err=True)
        raise typer.Exit(USAGE) from error


def run_code(
    paths: list[str],
    *,
    coder: BatchCoder,
    allowed: tuple[str, ...],
    published: str | None = None,
    outlet: str | None = None,
    language: str | None = None,
    format: Format = Format.table,
    explain: bool = False,
    label_language: str = "en",
    output: Path | None = None,
    jobs: int = 1,
    quiet: bool = False,
) -> int:
    """What `vigie code` does, with the coder handed in; the exit code. Nothing is raised for a bad input."""
    from vigie.errors import DateError, LanguageUnavailable
    from vigie.exports.sinks import sink
    from vigie.runs.batch import code_all
    from vigie.runs.inputs import inputs
    from vigie.runs.progress import Progress

    try:
        said = overrides(published, outlet, language, allowed)
    except (DateError, LanguageUnavailable) as error:
        return usage(str(error))
    missing = not_there(paths)
    if missing is not None:
        return usage(missing)
    with contextlib.ExitStack() as stack:
        try:
            stream = stack.enter_context(writing(output, as_terminal=format is Format.table))
        except OSError as error:
            return usage(f"cannot write {output}: {error.strerror}")
        progress = stack.enter_context(Progress(paths, sys.stderr, quiet=quiet))
        outcomes = code_all(inputs(paths, sys.stdin.buffer, said, progress.note), coder, allowed, jobs=jobs)
        writer = sink(format.value, stream, label_language, explained=explain)
        try:
            writer.write(progress.coded(outcomes))
            stream.flush()
        except BrokenPipeError:  # the reader went away (`| head`): not an error of ours
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # so that closing it does not fail again
            return ALL_CODED
    progress.close(as_json=format in (Format.json, Format.jsonl))
    if not progress.rejected:
        return ALL_CODED
    return SOME_REJECTED if progress.done else NOTHING_CODED
