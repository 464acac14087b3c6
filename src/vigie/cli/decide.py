"""The commands `vigie decide …`: what each kind of decision takes, and what is meant by it in the record.

Each function here gives what is meant; `deciding.command` makes a command of it, with the options of all decisions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigie.cli.ask import incident_of
from vigie.cli.deciding import Meaning, Meant, command
from vigie.cli.stores import refuse

if TYPE_CHECKING:  # the database library is loaded when there is a store to open: --help stays quick
    from vigie.model.record import RecordIncident
    from vigie.store.inquiry import Inquiry

_FIRST = typer.Argument(metavar="A", help="An incident, or the key of what a report tells (report#i1).")
_SECOND = typer.Argument(metavar="B", help="Another one.")
_ONE = typer.Argument(
    metavar="INCIDENT", help="An incident, the key of what a report tells, or of a claim (report#c1)."
)
_FIELD = typer.Argument(metavar="FIELD", help="type, date, place, actors, targets, weapons, killed, injured …")
_NAMES = typer.Argument(metavar="NAME…", help="Names as reports give them; the first one gives its name to all.")
_KEYS = typer.Argument(metavar="KEY…", help="What leaves: keys (report#i1), or ids of reports for all that they tell.")


def commands() -> typer.Typer:
    """The commands, as a group."""
    group = typer.Typer(
        no_args_is_help=True,
        help="Decide: on pairs, values, incidents and sources. Everything is kept, and can be undone.",
        rich_markup_mode=None,
    )
    for meaning in (
        same, different, unsure, accept, edit, reject, merge, split, alias, unalias, profile, undo
    ):  # fmt: skip
        group.command(name=meaning.__name__)(command(meaning))
    return group


# --- pairs ------------------------------------------------------------------------------------------------------------


def same(a: Annotated[str, _FIRST], b: Annotated[str, _SECOND]) -> Meaning:
    """Two tellings are of one incident."""
    return lambda inquiry: _pair("same", a, b, inquiry)


def different(a: Annotated[str, _FIRST], b: Annotated[str, _SECOND]) -> Meaning:
    """Two tellings are of two incidents."""
    return lambda inquiry: _pair("different", a, b, inquiry)


def unsure(a: Annotated[str, _FIRST], b: Annotated[str, _SECOND]) -> Meaning:
    """Whether two tellings are of one incident cannot be told: they are not joined, and not suggested again."""
    return lambda inquiry: _pair("unsure", a, b, inquiry)


def _pair(kind: str, a: str, b: str, inquiry: Inquiry) -> Meant:
    """Two tellings; of two incidents, the pair that was suggested, else their leads."""
    from vigie.store.review_queue import OpenPair

    first, second = incident_of(a, inquiry), incident_of(b, inquiry)
    keys = _key(a, first), _key(b, second)
    if {a, b}.isdisjoint(keys) and first.id != second.id:
        for pair in inquiry.queue(("pair",), 1000, about=first.id):
            if isinstance(pair, OpenPair) and not {pair.a, pair.b}.isdisjoint(second.members):
                keys = (pair.a, pair.b)
    if keys[0] == keys[1]:
        raise refuse(f"{a} and {b} are one incident: name what two reports tell, of: {', '.join(first.members)}")
    return Meant(kind, {"members": tuple(sorted(keys))}, frozenset((*first.members, *second.members)))


def _key(typed: str, incident: RecordIncident) -> str:
    """The key of the member that was meant by a key, or by an id that the member had."""
    from vigie.model.record import record_id

    if typed in incident.members:
        return typed
    if typed == incident.id:
        return incident.lead
    return next((key for key in incident.members if record_id(key) == typed), incident.lead)


# --- values -----------------------------------------------------------------------------------------------------------


def accept(
    incident: Annotated[str, _ONE],
    field: Annotated[str, _FIELD],
    value: Annotated[str | None, typer.Argument(metavar="[VALUE]", help="The value; else the one there is.")] = None,
) -> Meaning:
    """The record's value of a field is right, whatever comes in later."""
    return lambda inquiry: _value("accept", incident, field, value, inquiry)


def edit(
    incident: Annotated[str, _ONE],
    field: Annotated[str, _FIELD],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="12, 3-5, 5+; 2024-03-14; a name; JSON.")],
) -> Meaning:
    """The value of a field is another: of an incident, or of one claim."""
    return lambda inquiry: _value("edit", incident, field, value, inquiry)


def reject(
    incident: Annotated[str, _ONE],
    field: Annotated[str | None, _FIELD] = None,
    value: Annotated[str | None, typer.Argument(metavar="[VALUE]", help="Only this value of it.")] = None,
) -> Meaning:
    """The value of a field, or a whole claim (named without a field), does not count."""
    return lambda inquiry: _value("reject", incident, field, value, inquiry)


def _value(kind: str, typed: str, field: str | None, value: str | None, inquiry: Inquiry) -> Meant:
    """A value of an incident, or of a claim."""
    from vigie.cli.typed_values import value_of

    member = inquiry.member_of_claim(typed)
    if field is None and member is None:
        raise refuse("name the field; only a claim (report#c1) can be rejected as a whole")
    given: dict[str, Any] = {"field": field}
    if field is not None and value is not None:
        given["value"] = value_of(field, value)
    incident = incident_of(member if member is not None else typed, inquiry)
    about = {"claim": typed} if member is not None else {"members": (_key(typed, incident),)}
    return Meant(kind, {**given, **about}, frozenset(incident.members), field)


# --- incidents --------------------------------------------------------------------------------------------------------


def merge(
    incidents: Annotated[list[str], typer.Argument(metavar="INCIDENT…", help="Two or more incidents that are one.")],
) -> Meaning:
    """Several incidents are one."""

    def meant(inquiry: Inquiry) -> Meant:
        found = {each.id: each for each in (incident_of(id, inquiry) for id in incidents)}
        if len(found) < 2:
            raise refuse(f"{', '.join(incidents)}: that is one incident already")
        members = tuple(sorted({key for each in found.values() for key in each.members}))
        return Meant("merge", {"members": members}, frozenset(members))

    return meant


def split(incident: Annotated[str, _ONE], apart: Annotated[list[str], _KEYS]) -> Meaning:
    """An incident is two: what some reports tell leaves the others."""

    def meant(inquiry: Inquiry) -> Meant:
        found = incident_of(incident, inquiry)
        reports = {key: key.rpartition("#")[0] for key in found.members}
        leaving = tuple(sorted(key for key, report in reports.items() if {key, report} & {*apart}))
        unknown = sorted({*apart} - {*reports} - {*reports.values()})
        if unknown:
            raise refuse(f"{unknown[0]!r} is not among what {found.id} holds: {', '.join(found.members)}")
        return Meant("split", {"members": found.members, "apart": leaving}, frozenset(found.members))

    return meant


# --- sources ----------------------------------------------------------------------------------------------------------


def alias(names: Annotated[list[str], _NAMES]) -> Meaning:
    """Several names are of one source."""
    return lambda _: Meant("alias", {"names": tuple(names)})


def unalias(names: Annotated[list[str], _NAMES]) -> Meaning:
    """Names after the first are each a source of their own."""
    return lambda _: Meant("unalias", {"names": tuple(names)})


def profile(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The source, under any of its names.")],
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="military, government, monitor …")] = None,
    country: Annotated[str | None, typer.Option("--country", metavar="CODE", help="Its country (ISO 3166).")] = None,
    side: Annotated[str | None, typer.Option("--side", metavar="WORDS", help="Whose side it is on.")] = None,
    reliability: Annotated[
        str | None, typer.Option("--reliability", metavar="GRADE", help="A to F, on the Admiralty scale.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="WORDS", help="A remark.")] = None,
) -> Meaning:
    """Who a source is: its kind, country, side, and how reliable a person judges it."""
    given = {"kind": kind, "country": country, "side": side, "reliability": reliability, "note": note}
    value = {key: each for key, each in given.items() if each is not None}
    if not value:
        raise refuse("say something of the source: --kind, --country, --side, --reliability or --note")
    return lambda _: Meant("profile", {"names": (name,), "value": value})


# --- taking back ------------------------------------------------------------------------------------------------------


def undo(
    number: Annotated[int, typer.Argument(metavar="N", help="The decision, as `vigie decisions` numbers it.")],
) -> Meaning:
    """Take a decision back, itself an undo or not; the record is as it would be without it."""
    return lambda _: Meant("undo", {"undoes": number})
