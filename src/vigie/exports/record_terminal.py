"""One incident of the record in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from vigie.exports.labels import Labels
from vigie.exports.record_view import AccountView, DifferenceView, RecordView, ValueView
from vigie.exports.tables import print_trimmed
from vigie.exports.terminal import hanging


def print_incident(view: RecordView, labels: Labels, console: Console) -> None:
    """Print one incident, with all it rests on."""

    def put(printed: object) -> None:
        print_trimmed(printed, console)

    def section(key: str) -> None:
        put(Text(f"\n  {labels.record(key)}", style="bold"))

    put(Rule(Text(view.id, style="bold"), align="left", style="blue", characters="━"))
    put(Padding(Text(view.title, style="bold"), (0, 2)))
    put(Padding(Text(view.counts), (0, 2)))
    for note in view.notes:
        put(Padding(Text(note, style="dim"), (0, 2)))
    section("held")
    for value in view.values:
        for line in _value(value, labels):
            put(line)
    if view.differences:
        section("differences")
        for difference in view.differences:
            for line in _difference(difference, labels):
                put(line)
    section("accounts_title")
    for account in view.accounts:
        for line in _account(account):
            put(line)
    if view.history:
        section("history")
        for row in view.history:
            put(hanging("→", Text.assemble((labels.pair(row.label, ""), "dim"), row.value), indent=4))
    section("reports_title")
    for report in view.reports:
        printed = f"  {report.heading}" + (f"  [{report.aside}]" if report.aside else "")
        put(hanging("·", Text.assemble((report.id, "bold"), printed), indent=4))
        if report.title:
            put(hanging("", Text(report.title, style="italic"), indent=4))
    if view.copies:
        section("copies_title")
        for copy in view.copies:
            put(hanging("·" if copy == copy.lstrip() else "", Text(copy.strip()), indent=4))
    if view.decisions:
        section("decisions_title")
        for decision in view.decisions:
            put(hanging("·", Text(decision), indent=4))


def _value(value: ValueView, labels: Labels) -> Iterable[Padding]:
    yield hanging("▪", Text.assemble((labels.pair(value.label, ""), "dim"), (value.value, "bold")), indent=4)
    yield hanging("", Text.assemble((value.basis, "cyan"), " – ", value.why), indent=6)
    for quote in value.quotes:
        yield hanging("", Text(quote, style="italic"), indent=6)


def _difference(difference: DifferenceView, labels: Labels) -> Iterable[Padding]:
    yield hanging("≠", Text(difference.title, style="bold yellow"), indent=4)
    yield hanging("", Text(difference.why, style="yellow"), indent=6)
    for side in difference.sides:
        yield hanging("", Text.assemble((labels.pair(side.label, ""), "dim"), side.value), indent=6)


def _account(account: AccountView) -> Iterable[Padding]:
    line = Text(account.name, style="bold")
    line.append(f"  ({account.terms})", style="dim")
    if account.aside:
        line.append(f"  [{account.aside}]", style="magenta")
    yield hanging("▸", line, indent=4)
    for statement in account.statements:
        said = Text(statement.heading, style="green")
        if statement.values:
            said.append(f" · {statement.values}", style="default")
        if statement.aside:
            said.append(f"  [{statement.aside}]", style="magenta")
        yield hanging("", said, indent=6)
        for quote in statement.quotes:
            yield hanging("", Text(quote, style="italic"), indent=6)
