"""Commands that measure codings: evaluate, agreement."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from vigie.cli.code import LabelLanguage
from vigie.cli.exits import ALL_CODED, SOME_REJECTED, usage
from vigie.cli.writing import writing
from vigie.runs.by_rules import rules_coder

if TYPE_CHECKING:  # imported when there is something to measure: --help stays quick
    from vigie.evaluation.inputs import ReportTexts
    from vigie.evaluation.sheets import Sheet
    from vigie.readers import Rejected


class EvaluationFormat(StrEnum):
    """Output formats of an evaluation."""

    table = "table"
    json = "json"
    md = "md"


_GOLD = typer.Argument(metavar="GOLD", help="The coding by hand: JSON Lines, one report a line.")
_FORMAT = typer.Option(help="Tables or Markdown for people, JSON for programs.")
_LABELS = typer.Option(help="Language of the words in tables and Markdown.")
_OUTPUT = typer.Option(metavar="FILE", help="Write there, not to standard output.", dir_okay=False)


def evaluate(
    gold: Annotated[Path, _GOLD],
    coded: Annotated[
        Path | None, typer.Argument(metavar="[CODED]", help="The coding to measure: coded reports as JSON Lines.")
    ] = None,
    run: Annotated[
        str | None, typer.Option(metavar="REPORTS", help="Code these reports now and measure that, in place of CODED.")
    ] = None,
    reports: Annotated[
        str | None,
        typer.Option(metavar="REPORTS", help="The reports themselves: errors are shown with sentence and cause."),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(metavar="OTHER", help="An earlier coding of the same reports: what got better, what worse."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Measure only the reports in this language.")
    ] = None,
    examples: Annotated[int, typer.Option(min=0, metavar="N", help="Errors shown of each cause.")] = 3,
    jobs: Annotated[int, typer.Option(min=1, max=64, metavar="N", help="With --run: processes to code with.")] = 1,
    format: Annotated[EvaluationFormat, _FORMAT] = EvaluationFormat.table,
    labels: Annotated[LabelLanguage, _LABELS] = LabelLanguage.en,
    output: Annotated[Path | None, _OUTPUT] = None,
) -> None:
    """Measure a coding against one made by hand: scores, what is taken for what, every error with its cause.

    Exit code 0: measured. 1: measured, but a report could not be read or coded. 2: wrong use.
    """
    from vigie.errors import VigieError
    from vigie.evaluation.evaluated import evaluate as measured
    from vigie.evaluation.printing import print_evaluation
    from vigie.evaluation.sheet_files import read_coded, read_gold

    if (coded is None) == (run is None):
        raise typer.Exit(usage("give either CODED or --run REPORTS"))
    try:
        texts = _texts(run or reports)
        by_hand = read_gold(gold)
        sheets, failed = (read_coded(coded), ()) if coded is not None else _coded_now(texts, jobs)
        earlier = read_coded(against) if against is not None else None
        if language is not None:
            by_hand = _in_language(by_hand, texts, language)
        if not by_hand:
            raise typer.Exit(usage(f"{gold}: no report in the language {language!r}"))
        evaluation = measured(by_hand, sheets, texts.reports, earlier)
    except OSError as error:
        raise typer.Exit(usage(f"{error.filename}: {error.strerror}")) from error
    except VigieError as error:
        raise typer.Exit(usage(str(error))) from error
    with _written(output, format) as stream:
        print_evaluation(evaluation, stream, format=format.value, language=labels.value, examples=examples)
    rejected = (*texts.rejected, *failed)
    for each in rejected:
        print(f"vigie: not coded: {each.line()}", file=sys.stderr)
    raise typer.Exit(SOME_REJECTED if rejected else ALL_CODED)


def agreement(
    first: Annotated[Path, typer.Argument(metavar="FIRST", help="The coding by one person.")],
    second: Annotated[Path, typer.Argument(metavar="SECOND", help="The coding of the same reports by another.")],
    format: Annotated[EvaluationFormat, _FORMAT] = EvaluationFormat.table,
    labels: Annotated[LabelLanguage, _LABELS] = LabelLanguage.en,
    output: Annotated[Path | None, _OUTPUT] = None,
) -> None:
    """How far two people agree who coded the same reports: F1 and Krippendorff's alpha, slot by slot.

    Exit code 0: measured. 2: wrong use.
    """
    from vigie.errors import VigieError
    from vigie.evaluation.agreement import agreement as agree
    from vigie.evaluation.printing import print_agreement
    from vigie.evaluation.sheet_files import read_gold

    try:
        found = agree(read_gold(first), read_gold(second))
    except OSError as error:
        raise typer.Exit(usage(f"{error.filename}: {error.strerror}")) from error
    except VigieError as error:
        raise typer.Exit(usage(str(error))) from error
    if not found.reports:
        raise typer.Exit(usage(f"no report is coded in both {first} and {second}"))
    with _written(output, format) as stream:
        print_agreement(found, stream, format=format.value, language=labels.value)


@contextlib.contextmanager
def _written(output: Path | None, format: EvaluationFormat) -> Iterator[IO[str]]:
    """Where to write; a file that cannot be written is wrong use."""
    try:
        with writing(output, as_terminal=format is EvaluationFormat.table) as stream:
            yield stream
    except OSError as error:
        raise typer.Exit(usage(f"cannot write {output or 'standard output'}: {error.strerror}")) from error


def _texts(path: str | None) -> ReportTexts:
    """The reports under a path; none without one. Raises FileNotFoundError where there is nothing of that name."""
    from vigie.evaluation.inputs import ReportTexts, read_reports

    if path is None:
        return ReportTexts({})
    if not os.path.exists(path):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    return read_reports([path])


def _coded_now(texts: ReportTexts, jobs: int) -> tuple[tuple[Sheet, ...], tuple[Rejected, ...]]:
    from vigie.evaluation.inputs import code_sheets
    from vigie.language.pack import languages

    return code_sheets(texts, rules_coder, languages(), jobs)


def _in_language(by_hand: tuple[Sheet, ...], texts: ReportTexts, language: str) -> tuple[Sheet, ...]:
    """The sheets of the reports in one language: as the report says, else as its id begins."""
    told = {id: report.language for id, report in texts.reports.items() if report.language}
    return tuple(sheet for sheet in by_hand if told.get(sheet.id, sheet.language) == language)
