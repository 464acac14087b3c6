"""Printing an evaluation or an agreement: tables in the terminal, Markdown, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any, Literal

from vigie.evaluation.agreement import Agreement, SlotAgreement
from vigie.evaluation.changes import Comparison
from vigie.evaluation.evaluated import Evaluation
from vigie.evaluation.measures import as_row
from vigie.evaluation.sections import Listing, Section, Table, agreement_sections, evaluation_sections
from vigie.evaluation.words import Language
from vigie.model.contract import plain

if TYPE_CHECKING:  # rich is imported when something is printed with it
    from rich.console import Console

Format = Literal["table", "json", "md"]
EVALUATION_SCHEMA = "vigie/evaluation/1"
AGREEMENT_SCHEMA = "vigie/agreement/1"
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def print_evaluation(
    evaluation: Evaluation, stream: IO[str], *, format: Format, language: Language, examples: int
) -> None:
    """Write an evaluation; JSON holds every error and change, whatever `examples` says."""
    if format == "json":
        _write_json(evaluation_json(evaluation), stream)
    else:
        _write(evaluation_sections(evaluation, language, examples), stream, format)


def print_agreement(agreement: Agreement, stream: IO[str], *, format: Format, language: Language) -> None:
    """Write the agreement of two coders."""
    if format == "json":
        _write_json(agreement_json(agreement), stream)
    else:
        _write(agreement_sections(agreement, language), stream, format)


def evaluation_json(evaluation: Evaluation) -> dict[str, Any]:
    """An evaluation as a JSON object (docs/evaluation.md)."""
    return {
        "schema": EVALUATION_SCHEMA,
        "measures": evaluation.measures.as_json(),
        "interval": plain(evaluation.interval),
        "by_language": {language: m.as_json() for language, m in evaluation.by_language.items()},
        "by_type": {
            type: {"incidents": as_row(m.incidents), "slots": as_row(m.slots)} for type, m in evaluation.by_type.items()
        },
        "confusions": {
            table.field: [{"gold": gold, "coded": coded, "times": n} for (gold, coded), n in table.counts.items()]
            for table in evaluation.confusions
        },
        "causes": [
            {"slot": g.slot, "cause": g.cause, "cases": len(g.errors), "lost": g.lost} for g in evaluation.causes
        ],
        "errors": plain(evaluation.errors),
        "comparison": None if evaluation.comparison is None else _comparison_json(evaluation.comparison),
        **{key: list(getattr(evaluation, key)) for key in ("not_coded", "not_gold", "no_text")},
        "doubts": plain(evaluation.doubts),
    }


def agreement_json(agreement: Agreement) -> dict[str, Any]:
    """The agreement of two coders as a JSON object (docs/evaluation.md)."""
    return {
        "schema": AGREEMENT_SCHEMA,
        "reports": agreement.reports,
        "slots": {row.slot: _slot_json(row) for row in agreement.slots},
        "only_first": list(agreement.only_first),
        "only_second": list(agreement.only_second),
    }


def _slot_json(row: SlotAgreement) -> dict[str, Any]:
    return {
        "f1": None if row.f1 is None else round(row.f1, 4),
        "first_as_gold": None if row.first_as_gold is None else as_row(row.first_as_gold),
        "second_as_gold": None if row.second_as_gold is None else as_row(row.second_as_gold),
        "alpha": plain(row.alpha),
        "measured": plain(row.measured),
    }


def _comparison_json(comparison: Comparison) -> dict[str, Any]:
    return {
        "before": comparison.before.as_json(),
        "after": comparison.after.as_json(),
        "share_better": comparison.share_better,
        "reports": [
            {
                "report": r.report,
                "before": as_row(r.before),
                "after": as_row(r.after),
                "gained": r.gained,
                "changes": [plain(c) | {"better": c.better} for c in r.changes],
            }
            for r in comparison.reports
        ],
    }


def _write_json(value: dict[str, Any], stream: IO[str]) -> None:
    stream.write(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def _write(sections: Sequence[Section], stream: IO[str], format: Format) -> None:
    if format == "md":
        stream.write("\n".join(line for section in sections for line in _markdown(section)))
    else:
        _terminal(sections, stream)


def _markdown(section: Section) -> Iterator[str]:
    yield f"## {section.title}"
    yield ""
    if isinstance(section, Table):
        yield from (f"{_safe(line)}\n" for line in section.note.split("\n") if line)
        rules = ["---" if n < section.text_columns else "--:" for n in range(len(section.columns))]
        for row in (section.columns, rules, *section.rows):
            yield "| " + " | ".join(cell if row is rules else _safe(cell) for cell in row) + " |"
        yield ""
        return
    for heading, entries in section.groups:
        if heading:
            yield f"### {_safe(heading)}"
            yield ""
        for entry in entries:
            yield f"- {_safe(entry.line)}"
            if entry.quote:
                yield ""
                yield f"    > {_safe(entry.quote)}"
        yield ""


def _terminal(sections: Sequence[Section], stream: IO[str]) -> None:
    from rich.console import Console

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    for section in sections:
        with console.capture() as printed:
            _print_table(section, console) if isinstance(section, Table) else _print_listing(section, console)
        stream.writelines(f"{line.rstrip()}\n" for line in printed.get().splitlines())


def _print_table(table: Table, console: Console) -> None:
    from rich.padding import Padding
    from rich.table import Table as Grid
    from rich.text import Text

    console.print(Text(f"\n{table.title}", style="bold"))
    if table.note:
        console.print(Padding(Text(table.note, style="dim"), (0, 0, 0, 2)))
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for n, column in enumerate(table.columns):
        widest = max((len(row[n]) for row in table.rows), default=0)
        if n < table.text_columns:
            grid.add_column(column, overflow="fold")
        else:  # a figure is never broken, its heading may be
            grid.add_column(column, justify="right", min_width=widest)
    for row in table.rows:
        grid.add_row(*(Text(cell) for cell in row))
    console.print(Padding(grid, (0, 0, 0, 2)))


def _print_listing(listing: Listing, console: Console) -> None:
    from rich.padding import Padding
    from rich.text import Text

    console.print(Text(f"\n{listing.title}", style="bold"))
    for heading, entries in listing.groups:
        if heading:
            console.print(Padding(Text(heading, style="cyan"), (1, 0, 0, 2)))
        for entry in entries:
            line = Text(f"· {entry.line}")
            if entry.quote:
                line.append(f"\n  {entry.quote}", style="italic dim")
            console.print(Padding(line, (0, 0, 0, 4)))


def _safe(text: str) -> str:
    """Text with the characters that Markdown would read as marks escaped."""
    return _SPECIAL.sub(r"\\\1", text)
