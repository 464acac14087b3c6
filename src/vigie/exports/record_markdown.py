"""One incident of the record as Markdown: the same headings, rows and lines as in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from vigie.exports.labels import Labels
from vigie.exports.markdown import escaped
from vigie.exports.record_view import RecordView


def markdown_incident(view: RecordView, labels: Labels) -> str:
    """One incident as a Markdown section that begins at heading level 2 and ends with a newline."""
    return "\n".join(_lines(view, labels)) + "\n"


def _lines(view: RecordView, labels: Labels) -> Iterator[str]:
    yield f"## {escaped(view.title)}"
    yield ""
    yield f"`{view.id}` · {escaped(view.counts)}"
    yield ""
    for note in view.notes:
        yield f"*{escaped(note)}*"
        yield ""
    yield from _heading("held", labels)
    for value in view.values:
        yield f"- {labels.pair(f'**{value.label}**', escaped(value.value))}"
        yield f"    - {escaped(value.basis)} – {escaped(value.why)}"
        yield from (f"    - {escaped(quote)}" for quote in value.quotes)
    yield ""
    if view.differences:
        yield from _heading("differences", labels)
        for difference in view.differences:
            yield f"- **{escaped(difference.title)}** – {escaped(difference.why)}"
            yield from (f"    - {labels.pair(escaped(side.label), escaped(side.value))}" for side in difference.sides)
        yield ""
    yield from _heading("accounts_title", labels)
    for account in view.accounts:
        aside = f" – *{escaped(account.aside)}*" if account.aside else ""
        yield f"- **{escaped(account.name)}** ({escaped(account.terms)}){aside}"
        for statement in account.statements:
            aside = f" – *{escaped(statement.aside)}*" if statement.aside else ""
            yield f"    - {escaped(' · '.join(filter(None, (statement.heading, statement.values))))}{aside}"
            yield from (f"        - {escaped(quote)}" for quote in statement.quotes)
    yield ""
    if view.history:
        yield from _heading("history", labels)
        yield from (f"- {labels.pair(escaped(row.label), escaped(row.value))}" for row in view.history)
        yield ""
    yield from _heading("reports_title", labels)
    for report in view.reports:
        aside = f" – *{escaped(report.aside)}*" if report.aside else ""
        yield f"- `{report.id}` {escaped(report.heading)}{aside}" + (
            f": {escaped(report.title)}" if report.title else ""
        )
    yield ""
    for key, lines in (("copies_title", view.copies), ("decisions_title", view.decisions)):
        if lines:
            yield from _heading(key, labels)
            yield from (f"{'- ' if line == line.lstrip() else '    - '}{escaped(line.strip())}" for line in lines)
            yield ""


def _heading(key: str, labels: Labels) -> Iterator[str]:
    yield f"### {labels.record(key)}"
    yield ""
