"""Commands that keep a record: init, ingest, status, check, backup, restore, migrate."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigie.cli.exits import ALL_CODED, NOTHING_CODED, SOME_REJECTED
from vigie.cli.reading import JobsOption, LanguageOption, OutletOption, PublishedOption, not_there, overrides
from vigie.cli.stores import DEFAULT, FormatOption, Printed, StoreOption, opened, refuse, show, store_errors
from vigie.runs.by_rules import producer, rules_coder

if TYPE_CHECKING:
    from vigie.store.checks import Checked


def init(store: StoreOption = DEFAULT, format: FormatOption = Printed.table) -> None:
    """Make a store: one SQLite file, or the tables in a PostgreSQL database that is there. One that is there stays."""
    from vigie.store.store import Store

    with store_errors(), Store.create(store) as made:
        status = made.status()
        show({"store": status.address, "tables": status.version, "reports": status.reports}, format)


def ingest(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Files, folders, or - for standard input.")
    ] = None,
    store: StoreOption = DEFAULT,
    published: PublishedOption = None,
    outlet: OutletOption = None,
    language: LanguageOption = None,
    again: Annotated[
        bool, typer.Option("--again", help="Code again what is in the store and was coded by an older version.")
    ] = False,
    jobs: JobsOption = 1,
    format: FormatOption = Printed.table,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, no remarks, no summary.")] = False,
) -> None:
    """Read reports, code them, keep them and link what they tell with what is there.

    Can be stopped at any time and run again: it goes on where it was. Exit codes are those of `vigie code`; 4: the
    store failed.
    """
    from vigie.errors import DateError, LanguageUnavailable
    from vigie.language.pack import languages
    from vigie.runs.inputs import inputs
    from vigie.runs.progress import Progress

    given = paths or []
    if bool(given) == again:
        raise refuse("give files or folders to take in, or --again to code anew what is in the store, not both")
    missing = not_there(given)
    if missing is not None:
        raise refuse(missing)
    allowed = languages()
    try:
        said = overrides(published, outlet, language, allowed)
    except (DateError, LanguageUnavailable) as error:
        raise refuse(str(error)) from error
    with opened(store) as kept, Progress(given, sys.stderr, quiet=quiet) as progress:
        from vigie.runs.ingest import coded_anew
        from vigie.runs.ingest import ingest as take_in

        coded_by = producer()
        found = coded_anew(kept.uncoded(coded_by)) if again else inputs(given, sys.stdin.buffer, said, progress.note)
        summary = take_in(kept, found, rules_coder, allowed, coded_by, jobs=jobs, watch=progress.passed)
    for rejected in summary.rejected:
        line = rejected.json_line() if format is Printed.json else f"vigie: not taken in: {rejected.line()}"
        print(line, file=sys.stderr)
    if not quiet:
        counts = {f.name: getattr(summary, f.name) for f in dataclasses.fields(summary)}
        show({"read": summary.read, **counts, "rejected": len(summary.rejected)}, format)
    if summary.rejected:
        raise typer.Exit(SOME_REJECTED if summary.read > len(summary.rejected) else NOTHING_CODED)
    raise typer.Exit(ALL_CODED)


def status(
    store: StoreOption = DEFAULT,
    format: FormatOption = Printed.table,
    rejected: Annotated[bool, typer.Option("--rejected", help="List what could not be taken in, and why.")] = False,
) -> None:
    """Say what is in a store, in numbers."""
    with opened(store) as kept:
        if rejected:
            for each in kept.rejections():
                typer.echo(each.json_line() if format is Printed.json else each.line())
            return
        show(dataclasses.asdict(kept.status()), format)


def check(
    store: StoreOption = DEFAULT,
    full: Annotated[
        bool, typer.Option("--full", help="Look at everything, and derive the whole record again to compare.")
    ] = False,
    format: FormatOption = Printed.table,
) -> None:
    """Check that a store is sound: the database, the bytes, every quote, the log of decisions, the record.

    Exit code 0: nothing is wrong. 1: something is, and is named with the way out.
    """
    with opened(store) as kept:
        found = kept.check(full=full)
        _show_check(found, format)
    raise typer.Exit(SOME_REJECTED if found.faults else ALL_CODED)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup; .zip makes a portable one.")],
    store: StoreOption = DEFAULT,
    format: FormatOption = Printed.table,
) -> None:
    """Write a backup, while others may go on working: FILE in .zip is portable to any database, any other name a copy
    of the SQLite file. Accounts of the desk are not in it."""
    with store_errors():
        from vigie.store.backups import backup as write

        show(dataclasses.asdict(write(store, file)), format)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup of either kind.")],
    store: StoreOption = DEFAULT,
    format: FormatOption = Printed.table,
) -> None:
    """Restore a backup into a store that is not there yet or is empty, and check what came out."""
    with store_errors():
        from vigie.store.backups import restore as read

        show(dataclasses.asdict(read(file, store)), format)
    with opened(store) as kept:
        found = kept.check()
    if found.faults:
        _show_check(found, format)
        raise typer.Exit(SOME_REJECTED)


def migrate(
    store: StoreOption = DEFAULT,
    only_show: Annotated[bool, typer.Option("--show", help="Say what there is to do, and do nothing.")] = False,
    derive: Annotated[
        bool, typer.Option("--derive", help="Derive the record anew from reports and decisions in any case.")
    ] = False,
    format: FormatOption = Printed.table,
) -> None:
    """Bring a store made by an older version up to date: its tables, and the record where the rules have changed.

    Make a backup first (`vigie backup`): there is no way back to an older version but that.
    """
    with store_errors():
        from vigie.store.upgrading import plan, upgrade
        from vigie.store.usual_rules import UsualRules

        todo = plan(store, UsualRules()) if only_show else upgrade(store, UsualRules(), derive=derive)
        done: dict[str, Any] = {
            "store": todo.address,
            "tables": todo.version if only_show else todo.newest,
            "migrations": [f"{step.version}: {step.what}" for step in todo.steps],
            "record_derived_anew": todo.derive,
            "reports": todo.reports,
        }
        show(done, format)


def _show_check(found: Checked, printed: Printed) -> None:
    if printed is Printed.json:
        faults = [dataclasses.asdict(fault) for fault in found.faults]
        typer.echo(json.dumps({"checked": dict(found.counted), "faults": faults}, ensure_ascii=False))
        return
    show(found.counted, printed)
    for fault in found.faults:
        typer.echo(f"wrong: {fault.line()}")
    typer.echo("nothing is wrong" if not found.faults else f"{len(found.faults)} faults")
