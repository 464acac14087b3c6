"""What is left for a person to decide, printed: pairs with what speaks for and against, values with what speaks against
them, the most useful first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from rich.text import Text

from vigie.exports.incident_list import place_and_country
from vigie.exports.labels import Labels
from vigie.exports.phrasing import quoted
from vigie.exports.record_phrasing import short_days
from vigie.exports.record_view import value_words
from vigie.exports.tables import console_on, print_trimmed, write_json
from vigie.exports.terminal import hanging
from vigie.model.contract import plain
from vigie.model.record import Level, ReportedIncident
from vigie.record.doubts import Doubt, doubts
from vigie.record.levels import levels
from vigie.record.words import word
from vigie.store.asking import IncidentLine
from vigie.store.inquiry import Inquiry
from vigie.store.review_queue import OpenItem, OpenPair, OpenValue

SCHEMA = "vigie/review/1"
_REASONS = 4  # shown for and against each pair; JSON has all


def print_review(
    items: Sequence[OpenItem], total: int, next: str | None, inquiry: Inquiry, stream: IO[str], labels: Labels
) -> None:
    """Print what is to be decided, with the reasons; `total` is how much there is in all."""
    console = console_on(stream)
    order = f" – {labels.record('useful_first')}" if total else ""
    at = labels.record("log_at", n=len(inquiry.log.lines))
    stream.write(f"{labels.count('items_found', total)}{order}; {at}\n")
    for number, item in enumerate(items, 1):
        stream.write("\n")
        for line in _item(number, item, inquiry, labels):
            print_trimmed(line, console)
    if next is not None:
        stream.write(f"\n{labels.record('shown', n=len(items))}; {labels.record('next_page', cursor=next)}\n")


def _item(number: int, item: OpenItem, inquiry: Inquiry, labels: Labels) -> Iterator[Any]:
    if isinstance(item, OpenPair):
        return _pair(number, item, inquiry, labels)
    return _value(number, item, inquiry, labels)


def review_json(items: Iterable[OpenItem], total: int, next: str | None, inquiry: Inquiry, stream: IO[str]) -> None:
    """Write what is to be decided as one JSON object: pairs with every level of their comparison, values with their
    grounds."""
    rows = [pair_json(i, inquiry) if isinstance(i, OpenPair) else value_json(i, inquiry) for i in items]
    head = {"schema": SCHEMA, "found": total, "next": next, "last_decision": len(inquiry.log.lines)}
    write_json({**head, "items": rows}, stream)


def reasons(found: Iterable[Level], labels: Labels) -> tuple[list[str], list[str]]:
    """What speaks for two tellings being one incident and what against, the weightiest first, each with the values."""
    ordered = sorted((each for each in found if each.points), key=lambda each: -abs(each.points))
    told = [(each.points > 0, _reason(each, labels)) for each in ordered]
    return [words for good, words in told if good], [words for good, words in told if not good]


def _reason(each: Level, labels: Labels) -> str:
    entry = levels()[each.field][each.name]
    french = labels.language == "fr"
    values = each.why_fr if french else each.why_en
    sentence = entry.fr if french else entry.en
    return f"{sentence} ({values})" if values and values != sentence else sentence


# --- pairs ------------------------------------------------------------------------------------------------------------


def _pair(number: int, pair: OpenPair, inquiry: Inquiry, labels: Labels) -> Iterator[Any]:
    alike = labels.record("alike", percent=round(100 * pair.score))
    blocked = f"; {word('barrier', pair.blocked, labels.language)}" if pair.blocked is not None else ""
    yield _head(number, f"{alike}{blocked}")
    homes, told = inquiry.homes([pair.a, pair.b]), inquiry.tellings([pair.a, pair.b])
    lines = inquiry.lines(homes.values())
    for letter, key in (("A", pair.a), ("B", pair.b)):
        yield hanging(letter, Text(f"{homes[key]}  {_title(lines[homes[key]], labels)}  [{key}]"), indent=2)
        yield hanging("", Text(_lead(told[key], labels), style="italic"), indent=4)
    comparison = inquiry.compare(pair.a, pair.b)
    if comparison is not None:
        for mark, found in zip("+−", reasons(comparison.levels, labels), strict=True):
            if found:
                yield hanging(mark, Text("; ".join(found[:_REASONS])), indent=2)
    yield hanging("→", Text(f"vigie decide same {homes[pair.a]} {homes[pair.b]} --why …", "dim"), indent=2)


def pair_json(pair: OpenPair, inquiry: Inquiry) -> dict[str, Any]:
    """A pair as a JSON object, with every level of its comparison."""
    homes = inquiry.homes([pair.a, pair.b])
    comparison = inquiry.compare(pair.a, pair.b)
    return {
        "kind": "pair",
        "incidents": [homes[pair.a], homes[pair.b]],
        "members": [pair.a, pair.b],
        "score": pair.score,
        "usefulness": pair.place.usefulness,
        "blocked": pair.blocked,
        "levels": [plain(each) for each in comparison.levels] if comparison is not None else [],
    }


def _title(line: IncidentLine, labels: Labels) -> str:
    what = labels.value("type", line.type)
    return f"{what}, {place_and_country(line, labels)}, {short_days(line.day, line.last_day, labels)}"


def _lead(telling: ReportedIncident, labels: Labels) -> str:
    """The words in which a report tells of it first."""
    evidence = telling.incident.evidence
    return quoted(evidence[0].quote, labels, 150) if evidence else ""


# --- values -----------------------------------------------------------------------------------------------------------


def _value(number: int, open: OpenValue, inquiry: Inquiry, labels: Labels) -> Iterator[Any]:
    entry, doubt = inquiry.entry(open.incident), _doubt(open, inquiry)
    value = entry.incident.value(open.field) if entry is not None else None
    field = labels.value("field", open.field)
    why = doubt.why(labels.language) if doubt is not None else ""
    yield _head(number, labels.pair(field, value_words(open.field, value, labels)))
    yield hanging(
        "", Text(f"{open.incident}  {_title(inquiry.lines([open.incident])[open.incident], labels)}"), indent=2
    )
    yield hanging("?", Text(why), indent=2)
    yield hanging("→", Text(f"vigie decide accept {open.incident} {open.field} --why …", "dim"), indent=2)


def value_json(open: OpenValue, inquiry: Inquiry) -> dict[str, Any]:
    """A value worth a look as a JSON object, with the grounds for that."""
    doubt = _doubt(open, inquiry)
    return {
        "kind": "value",
        "incident": open.incident,
        "field": open.field,
        "usefulness": open.place.usefulness,
        "grounds": list(doubt.grounds) if doubt is not None else [],
    }


def _doubt(open: OpenValue, inquiry: Inquiry) -> Doubt | None:
    """What speaks against a value, worked out anew."""
    entry = inquiry.entry(open.incident)
    if entry is None:
        return None
    found = doubts(entry.incident, inquiry.tellings(entry.incident.members).values())
    return next((each for each in found if each.field == open.field), None)


def _head(number: int, words: str) -> Any:
    return hanging("", Text.assemble((f"{number}  ", "bold cyan"), (words, "bold")), indent=0)
