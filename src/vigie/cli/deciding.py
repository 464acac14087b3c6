"""How a decision is made from the command line, whatever its kind: by whom, after what, and what is printed of it."""

from __future__ import annotations

import dataclasses
import getpass
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigie.cli import options
from vigie.cli.ask import LabelsOption, words
from vigie.cli.code import LabelLanguage
from vigie.cli.exits import CONFLICT
from vigie.cli.stores import DEFAULT, FormatOption, Printed, StoreOption, opened, refuse

if TYPE_CHECKING:  # the database library is loaded when there is a store to open: --help stays quick
    from vigie.model.record import Decision, RecordIncident
    from vigie.store.inquiry import Inquiry
    from vigie.store.store import Store


@dataclasses.dataclass(frozen=True, slots=True)
class Meant:
    """A decision before it is made: its kind and what it says, and the members of the incidents that it is about."""

    kind: str
    given: dict[str, Any]
    about: frozenset[str] = frozenset()
    field: str | None = None


Meaning = Callable[["Inquiry"], Meant]
"""What somebody means to decide, as the record stands: names and ids are looked up there."""


@dataclasses.dataclass(frozen=True, slots=True)
class How:
    """Who decides and why, after what, and how that is printed."""

    why: str
    who: str | None
    seen: int | None
    tried: bool
    store: str
    format: Printed
    labels: LabelLanguage


def _options(
    why: Annotated[str, typer.Option("--why", metavar="WORDS", help="The reason; it is kept with the decision.")] = "",
    who: Annotated[
        str | None, typer.Option("--who", metavar="NAME", help="Who decides; else the user of this machine.")
    ] = None,
    seen: Annotated[
        int | None,
        typer.Option(
            "--seen",
            min=0,
            metavar="N",
            help="The last decision that you have seen: refused where somebody has decided on the same since.",
        ),
    ] = None,
    tried: Annotated[bool, typer.Option("--try", help="Show what would come of it, and keep nothing.")] = False,
    store: StoreOption = DEFAULT,
    format: FormatOption = Printed.table,
    labels: LabelsOption = LabelLanguage.en,
) -> None:
    """The options that all decisions have, by the names of the fields of `How`."""


def command(meaning: Callable[..., Meaning]) -> Callable[..., None]:
    """A command that makes the decision which `meaning` gives for its arguments: these, and then the options that all
    decisions have, are those of the command."""

    def decide(**given: Any) -> None:
        how = How(**{field.name: given.pop(field.name) for field in dataclasses.fields(How)})
        make(how, meaning(**given))

    return options.command(decide, meaning, meaning, _options)


def make(how: How, meaning: Meaning) -> None:
    """Make the decision that is meant, or only try it, and print what has come of it."""
    from vigie.errors import DecisionError
    from vigie.store.meanwhile import DecidedMeanwhile, Subject, decide, now

    who = how.who if how.who is not None else _user()
    with opened(how.store) as store:
        from vigie.model.record import Decision

        try:
            with store.inquiry() as inquiry:
                meant = meaning(inquiry)
                log = inquiry.log.lines
            if how.seen is not None and how.seen > len(log):
                raise refuse(f"there is no decision {how.seen}: the log stands at {len(log)}")
            seen = (log[how.seen - 1].hash if how.seen else "") if how.seen is not None else None
            decision = Decision(0, meant.kind, who, now(), how.why, **meant.given)  # type: ignore[arg-type]
            if how.tried:
                _print(how, decision, store.foreseen(decision))
                return
            line = decide(store, decision, seen, Subject(meant.about, meant.field))
        except DecisionError as error:
            raise refuse(str(error)) from error
        except DecidedMeanwhile as clash:
            _print_clash(how, clash.lines, len(store.decisions()))
            raise typer.Exit(CONFLICT) from clash
        _print(how, line, _touched(store, line))


def _touched(store: Store, line: Decision) -> tuple[RecordIncident, ...]:
    """The incidents that a decision bears on, as they are after it; of an undo, those of what is undone."""
    with store.inquiry() as inquiry:
        while line.kind == "undo" and line.undoes is not None:
            line = inquiry.log.lines[line.undoes - 1]
        member = inquiry.member_of_claim(line.claim) if line.claim is not None else None
        return inquiry.holding({*line.members, *((member,) if member is not None else ())})


def _print(how: How, line: Decision, incidents: Sequence[RecordIncident]) -> None:
    from rich.text import Text

    from vigie.exports.record_view import decision_line, title
    from vigie.exports.tables import console_on, print_trimmed, write_json
    from vigie.record.decisions import to_json

    labels = words(how.labels)
    if how.format is Printed.json:
        found = [{"id": each.id, "members": list(each.members), "independent": each.independent} for each in incidents]
        decision = {**to_json(line), "number": None} if how.tried else to_json(line)
        write_json({"decision": decision, "kept": not how.tried, "incidents": found}, sys.stdout)
        return
    console = console_on(sys.stdout)
    typer.echo(labels.record("tried") if how.tried else labels.record("noted", n=line.number))
    if not how.tried:
        print_trimmed(Text(decision_line(line, labels)), console)
    for each in incidents:
        reports = labels.count("reports", len(each.reports))
        accounts = labels.count("accounts", each.independent)
        then = labels.record("would_hold" if how.tried else "now_holds")
        print_trimmed(Text(f"{labels.pair(then, each.id)}  {title(each, labels)} – {reports}, {accounts}"), console)


def _print_clash(how: How, lines: Sequence[Decision], at: int) -> None:
    from vigie.exports.record_view import decision_line

    labels = words(how.labels)
    print(f"vigie: {labels.pair(labels.record('meanwhile', n=how.seen), '')}", file=sys.stderr)
    for line in lines:
        print(f"  {decision_line(line, labels)}", file=sys.stderr)
    print(f"  {labels.record('look_again', n=at)}", file=sys.stderr)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:  # KeyError: before Python 3.13
        raise refuse("nobody knows who you are: say it with --who") from error
