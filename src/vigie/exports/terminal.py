"""The record in the terminal: incident by incident, every account under it, differences marked."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from vigie.exports.explain import Explained, explain, explain_rejections
from vigie.exports.labels import Labels
from vigie.exports.view import AccountView, DifferenceView, IncidentView, ReportView, Row, report_view
from vigie.model import CodedReport

_LABEL = 16


def print_report(coded: CodedReport, labels: Labels, console: Console, *, explained: bool = False) -> None:
    """Print one coded report; with `explained` also where each value comes from and what was left out."""
    view = report_view(coded, labels)
    _print_head(view, console)
    for incident in view.incidents:
        _print_incident(incident, labels, console)
    if view.empty:
        console.print(Padding(Text(view.empty, style="dim"), (1, 0, 0, 2)))
    for section in view.sections:
        console.print(Text(f"\n  {section.title}", style="bold"))
        for line in section.lines:
            console.print(hanging("·", Text(line), indent=4))
    if explained:
        console.print(Text(f"\n  {labels.word('explain')}", style="bold"))
        _print_explained(explain(coded, labels), labels.pair(labels.word("rule"), ""), console)
        rejected = explain_rejections(coded, labels)
        if rejected:
            console.print(Text(f"\n  {labels.word('rejections')}", style="bold"))
            _print_explained(rejected, labels.pair(labels.word("reason"), ""), console)
    console.print()


def _print_head(view: ReportView, console: Console) -> None:
    console.print(Rule(Text(view.heading, style="bold"), align="left", style="blue", characters="━"))
    console.print(Padding(Text(view.title, style="italic"), (0, 2)))
    if view.origin:
        console.print(Padding(Text(view.origin, style="dim"), (0, 2)))


def _print_incident(incident: IncidentView, labels: Labels, console: Console) -> None:
    quiet = bool(incident.background)
    title = Text(f"\n {incident.number}  ", style="bold cyan")
    title.append(incident.title, style="bold" if not quiet else "")
    if quiet:
        title.append(f"  [{incident.background}]", style="magenta")
    console.print(title)
    if incident.rows:
        console.print(_rows(incident.rows))
    for difference in incident.differences:
        _print_difference(difference, labels, console)
    for account in incident.accounts:
        _print_account(account, console)
    for quote in incident.quotes:
        console.print(hanging("", Text(quote, style="italic"), indent=4))


def _rows(rows: Iterable[Row]) -> Padding:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_LABEL, style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for row in rows:
        grid.add_row(Text(row.label), Text(row.value))
    return Padding(grid, (0, 0, 0, 4))


def _print_difference(difference: DifferenceView, labels: Labels, console: Console) -> None:
    line = Text(f"{labels.word('differs')} · {difference.field}", style="bold yellow")
    line.append(f"  {difference.verdict}", style="yellow")
    console.print(hanging("≠", line, indent=4))
    for side in difference.sides:
        console.print(hanging("", Text.assemble((labels.pair(side.label, ""), "dim"), side.value), indent=6))


def _print_account(account: AccountView, console: Console) -> None:
    line = Text(account.source, style="bold")
    if account.terms:
        line.append(f"  ({account.terms})", style="dim")
    console.print(hanging("▸", line, indent=4))
    for statement in account.statements:
        said = Text(statement.stance, style="green")
        if statement.values:
            said.append(f" · {statement.values}", style="default")
        console.print(hanging("", said, indent=6))
        for quote in statement.quotes:
            console.print(hanging("", Text(quote, style="italic"), indent=6))


def _print_explained(values: Iterable[Explained], rule: str, console: Console) -> None:
    for value in values:
        line = Text.assemble((value.field, "dim"), (value.value, "bold"), (f"  [{rule}{value.rule}]", "cyan"))
        console.print(hanging("·", line, indent=4))
        for p in value.passages:
            console.print(hanging("", Text.assemble(p.before, (f"⟦{p.words}⟧", "reverse"), p.after), indent=6))


def hanging(mark: str, text: Text, indent: int) -> Padding:
    """Text with a mark before it, later lines indented under the first."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(mark), text)
    return Padding(grid, (0, 0, 0, indent))
