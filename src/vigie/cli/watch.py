"""The command that watches feeds: vigie watch."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigie.cli.exits import ALL_CODED, SOME_REJECTED
from vigie.cli.stores import DEFAULT, StoreOption, opened, refuse
from vigie.runs.by_rules import producer, rules_coder

if TYPE_CHECKING:  # imported when there is something to watch: --help stays quick
    from vigie.runs.batch import Input
    from vigie.runs.ingest import Summary
    from vigie.runs.watching.means import Means
    from vigie.runs.watching.plan import Language, Plan
    from vigie.runs.watching.status import WatchStatus
    from vigie.runs.watching.workers import Threads
    from vigie.store.store import Store
    from vigie.store.watch_notices import Notice


class WatchFormat(StrEnum):
    """How notices and the status are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


def watch(
    feeds: Annotated[
        Path | None, typer.Argument(metavar="FEEDS.toml", help="The file of feeds, filters and channels.")
    ] = None,
    store: StoreOption = DEFAULT,
    once: Annotated[bool, typer.Option("--once", help="Poll what is due, tell, deliver, and end (for cron).")] = False,
    check: Annotated[bool, typer.Option("--check", help="Look at the file only: nothing is asked or kept.")] = False,
    status: Annotated[bool, typer.Option("--status", help="Say how every feed, filter and channel is.")] = False,
    format: Annotated[
        WatchFormat, typer.Option("--format", help="A table for people; json and jsonl: a notice a line.")
    ] = WatchFormat.table,
    quiet: Annotated[bool, typer.Option("--quiet", help="No remarks on standard error.")] = False,
) -> None:
    """Watch feeds: poll them, take in what is new, and tell of incidents that saved filters want to hear of.

    Runs until it is stopped (Ctrl+C, SIGTERM) and goes on where it was when it is started again. Exit code 0: stopped,
    or all went well. 1: with --once, a feed or a channel failed. 2: wrong use. 4: the store failed.
    """
    if sum((once, check, status)) > 1:
        raise refuse("give one of --once, --check and --status")
    if feeds is None and not status:
        raise refuse("give a file of feeds (the form is in docs/watching.md)")
    if check:
        _check(_plan(feeds, os.environ))
        return
    if status:
        plan = _plan(feeds, None) if feeds is not None else None
        with opened(store) as kept:
            from vigie.runs.watching.status import status as how_it_goes

            _show_status(how_it_goes(kept, plan), format)
        return
    plan = _plan(feeds, os.environ)
    with opened(store) as kept, kept.watched_alone():
        code = _run(plan, kept, format, once=once, quiet=quiet)
    raise typer.Exit(code)


def _plan(feeds: Path | None, environment: Any) -> Plan:
    from vigie.errors import FeedsFileError
    from vigie.runs.watching.config import load

    assert feeds is not None
    try:
        return load(feeds, environment)
    except FeedsFileError as error:
        raise refuse(str(error)) from error


def _check(plan: Plan) -> None:
    from vigie.runs.watching.plan import Printing

    asked = f"{len(plan.feeds)} feeds, {len(plan.filters)} saved filters"
    channels = ", ".join(
        f"{each.name} (standard output)" if isinstance(each, Printing) else each.name for each in plan.channels
    )
    typer.echo(f"the file is in order: {asked}, channels: {channels}")


def _run(plan: Plan, store: Store, format: WatchFormat, *, once: bool, quiet: bool) -> int:
    from vigie.runs.watching.watcher import Watcher
    from vigie.runs.watching.workers import Threads

    workers = Threads()

    def say(words: str) -> None:
        if not quiet:
            print(f"vigie: {words}", file=sys.stderr, flush=True)

    before = _on_signals(workers)
    try:
        watcher = Watcher(means(plan, store, workers, say, _shower(format)))
        if not once:
            say(f"watching {len(plan.feeds)} feeds (Ctrl+C stops it)")
        ran = watcher.run(once=once)
    except BrokenPipeError:  # nobody reads what is printed any more: what was not is printed next time
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # so that closing it does not fail again
        return ALL_CODED
    finally:
        for number, handler in before:
            signal.signal(number, handler)
    say(f"{ran.taken} reports taken in, {ran.told} notices")
    return SOME_REJECTED if once and (ran.feeds_failed or ran.channels_failed) else ALL_CODED


def means(
    plan: Plan,
    store: Store,
    workers: Threads,
    say: Callable[[str], None],
    show: Callable[[Sequence[Notice], Language], None],
) -> Means:
    """What a watcher of this machine works with: the system's names, clock and certificates, the coder of this
    package."""
    from vigie import __version__
    from vigie.exports.notices import Words
    from vigie.language.pack import languages
    from vigie.runs.ingest import ingest
    from vigie.runs.watching.addresses import Guard
    from vigie.runs.watching.fetching import Fetcher
    from vigie.runs.watching.means import Means
    from vigie.runs.watching.robots import AGENT
    from vigie.store.store import now

    coded_by, allowed = producer(), languages()

    def take_in(inputs: Iterable[Input]) -> Summary:
        return ingest(store, inputs, rules_coder, allowed, coded_by)

    guard = Guard(plan.allowed)
    return Means(
        plan=plan,
        store=store,
        take_in=take_in,
        fetcher=Fetcher(guard, plan.limits, f"{AGENT}/{__version__} (+{plan.contact})", now),
        guard=guard,
        workers=workers,
        wording=Words(),
        show=show,
        say=say,
        now=now,
        seed=plan.seed if plan.seed is not None else random.SystemRandom().getrandbits(32),
    )


def _on_signals(workers: Threads) -> list[tuple[int, Any]]:
    """Finish at SIGTERM and SIGINT; at the second one at once. What was there before."""

    def stop(number: int, frame: Any) -> None:
        if workers.stopped:
            raise KeyboardInterrupt
        workers.stop()

    return [(number, signal.signal(number, stop)) for number in (signal.SIGTERM, signal.SIGINT)]


def _shower(format: WatchFormat) -> Callable[[Sequence[Notice], Language], None]:
    """Puts notices on standard output."""
    from vigie.cli.writing import writing
    from vigie.exports.notices import Words, json_line

    def show(notices: Sequence[Notice], language: Language) -> None:
        with writing(None, as_terminal=format is WatchFormat.table) as stream:
            if format is WatchFormat.table:
                stream.write(Words().text(notices, language) + "\n")
            else:
                stream.writelines(json_line(notice) + "\n" for notice in notices)
            stream.flush()

    return show


def _show_status(found: WatchStatus, format: WatchFormat) -> None:
    import dataclasses
    import json

    from vigie.exports.notices.status import print_status

    if format is WatchFormat.table:
        print_status(found, sys.stdout)
    elif format is WatchFormat.json:
        typer.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=2))
    else:
        for kind, lines in (("feed", found.feeds), ("filter", found.filters), ("channel", found.channels)):
            for line in lines:
                typer.echo(json.dumps({"is": kind, **dataclasses.asdict(line)}, ensure_ascii=False))
