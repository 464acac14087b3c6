"""The record as Markdown: the same rows and lines as in the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vigie.exports.explain import Explained, explain, explain_rejections
from vigie.exports.labels import Labels
from vigie.exports.view import IncidentView, report_view
from vigie.model import CodedReport

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def markdown(coded: CodedReport, labels: Labels, *, explained: bool = False) -> str:
    """One coded report as a Markdown section that begins at heading level 2 and ends with a newline."""
    return "\n".join(_lines(coded, labels, explained=explained)) + "\n"


def _lines(coded: CodedReport, labels: Labels, *, explained: bool) -> Iterator[str]:
    view = report_view(coded, labels)
    yield f"## {escaped(view.title)}"
    yield ""
    yield " · ".join(escaped(part) for part in (view.heading, view.origin) if part)
    yield ""
    for incident in view.incidents:
        yield from _incident(incident, labels)
    if view.empty:
        yield f"*{view.empty}*"
        yield ""
    for section in view.sections:
        yield f"### {section.title}"
        yield ""
        yield from (f"- {escaped(line)}" for line in section.lines)
        yield ""
    if explained:
        yield from _explained(labels.word("explain"), explain(coded, labels), labels.pair(labels.word("rule"), ""))
        yield from _explained(
            labels.word("rejections"), explain_rejections(coded, labels), labels.pair(labels.word("reason"), "")
        )


def _incident(incident: IncidentView, labels: Labels) -> Iterator[str]:
    background = f" ({incident.background})" if incident.background else ""
    yield f"### {incident.number}. {escaped(incident.title)}{background}"
    yield ""
    for row in incident.rows:
        yield f"- {labels.pair(f'**{row.label}**', escaped(row.value))}"
    for difference in incident.differences:
        yield f"- **{labels.pair(labels.word('differs'), difference.field)}** – {escaped(difference.verdict)}"
        yield from (f"    - {labels.pair(escaped(side.label), escaped(side.value))}" for side in difference.sides)
    yield ""
    for account in incident.accounts:
        yield f"- **{escaped(account.source)}**" + (f" ({escaped(account.terms)})" if account.terms else "")
        for statement in account.statements:
            yield f"    - {escaped(' · '.join(filter(None, (statement.stance, statement.values))))}"
            for quote in statement.quotes:
                yield ""
                yield f"        > {escaped(quote)}"
    for quote in incident.quotes:
        yield f"> {escaped(quote)}"
    yield ""


def _explained(title: str, values: Iterable[Explained], rule: str) -> Iterator[str]:
    found = list(values)
    if not found:
        return
    yield f"### {title}"
    yield ""
    for value in found:
        yield f"- {escaped(value.field)}**{escaped(value.value)}** ({rule}{escaped(value.rule)})"
        for p in value.passages:
            yield ""
            yield f"    > {escaped(p.before)}**{escaped(p.words)}**{escaped(p.after)}"
    yield ""


def escaped(text: str) -> str:
    """Text with the characters that Markdown would read as marks escaped."""
    return _SPECIAL.sub(r"\\\1", text)
