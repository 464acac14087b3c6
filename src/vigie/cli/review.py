"""Commands that list what is open and what was decided: review, decisions."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

import typer

from vigie.cli.ask import (
    AfterOption,
    LabelsOption,
    LimitOption,
    Listed,
    ListedOption,
    OutputOption,
    asking,
    incident_of,
    say_found,
    words,
    written,
)
from vigie.cli.code import LabelLanguage
from vigie.cli.stores import DEFAULT, FormatOption, Printed, StoreOption

if TYPE_CHECKING:  # the database library is loaded when there is a store to open: --help stays quick
    from vigie.model.record import RecordIncident
    from vigie.store.inquiry import Inquiry
    from vigie.store.review_queue import ItemKind, Place


def decisions(
    store: StoreOption = DEFAULT,
    incident: Annotated[
        str | None, typer.Option("--incident", metavar="ID", help="Only those that bear on an incident.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Only those of one person.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="Only the last N.")] = None,
    format: ListedOption = Listed.table,
    labels: LabelsOption = LabelLanguage.en,
    output: OutputOption = None,
) -> None:
    """List the log of decisions, the first one first, after its chain of hashes has been verified.

    Exit code 0: the chain holds. 2: wrong use. 4: the chain is broken, or the store failed. 5: no such incident.
    """
    with asking(store) as inquiry, written(output, format is Listed.table) as stream:
        from vigie.exports.decision_list import log_csv, log_json, print_log

        inquiry.verify_log()
        lines, standing = inquiry.log.lines, frozenset(inquiry.log.decided.standing)
        if incident is not None:
            numbers = _bearing_on(incident_of(incident, inquiry), inquiry)
            lines = tuple(line for line in lines if line.number in numbers)
        lines = tuple(line for line in lines if by is None or line.who == by)
        total = len(lines)
        lines = lines[-limit:] if limit is not None else lines
        if format is Listed.json:
            log_json(lines, total, standing, stream)
        elif format is Listed.csv:
            log_csv(lines, standing, stream)
            say_found(words(labels).count("decisions_made", total), None, words(labels))
        else:
            print_log(lines, total, standing, stream, words(labels))


class Items(StrEnum):
    """What to list of what is left to decide."""

    pairs = "pairs"
    values = "values"
    all = "all"


def review(
    store: StoreOption = DEFAULT,
    only: Annotated[Items, typer.Option("--only", help="Pairs that may be one incident, doubtful values, or both.")] = (
        Items.all
    ),
    incident: Annotated[
        str | None, typer.Option("--incident", metavar="ID", help="Only what is about this incident.")
    ] = None,
    limit: LimitOption = 20,
    after: AfterOption = None,
    format: FormatOption = Printed.table,
    labels: LabelsOption = LabelLanguage.en,
    output: OutputOption = None,
) -> None:
    """List what is left to decide, the most useful first: pairs that may be one incident, with what speaks for and
    against; values that a person had better look at, and why.

    Exit code 0: also where there is nothing. 2: wrong use. 4: the store failed. 5: no such incident.
    """
    with asking(store) as inquiry, written(output, format is Printed.table) as stream:
        from vigie.exports.review_list import print_review, review_json

        kinds = _KINDS[only]
        about = incident_of(incident, inquiry).id if incident is not None else None
        found = inquiry.queue(kinds, limit + 1, _place(after) if after is not None else None, about)
        items = found[:limit]
        next = _typed(items[-1].place) if len(found) > limit else None
        if about is None:
            left = inquiry.left()
            total = sum(getattr(left, f"{kind}s") for kind in kinds)
        else:
            total = len(inquiry.queue(kinds, _ALL, None, about))
        if format is Printed.json:
            review_json(items, total, next, inquiry, stream)
        else:
            print_review(items, total, next, inquiry, stream, words(labels))


_ALL = 1_000_000  # more than one incident can have
_KINDS: Mapping[Items, tuple[ItemKind, ...]] = MappingProxyType(
    {Items.pairs: ("pair",), Items.values: ("value",), Items.all: ("pair", "value")}
)


def _typed(place: Place) -> str:
    """A place in the queue as it can be typed."""
    return base64.urlsafe_b64encode(place.text().encode()).decode().rstrip("=")


def _place(typed: str) -> Place:
    """The place in the queue that was typed; one that cannot be read is wrong use (QueryError)."""
    from vigie.store.review_queue import place_from

    try:
        text = base64.urlsafe_b64decode(typed + "=" * (-len(typed) % 4)).decode()
    except ValueError:
        text = ""
    return place_from(text)


def _bearing_on(incident: RecordIncident, inquiry: Inquiry) -> frozenset[int]:
    """The numbers of the decisions on an incident, of those undone, and of their undoings."""
    claims = {said.claim for account in incident.accounts for said in account.statements}
    members = {*incident.members}
    found = set(incident.decisions)
    for line in inquiry.log.lines:
        if not members.isdisjoint((*line.members, *line.apart)) or line.claim in claims or line.undoes in found:
            found.add(line.number)
    return frozenset(found)
