"""Commands that ask the record: incidents, show, tally, tallies, background, search."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from vigie.cli import filtering as f
from vigie.cli.code import LabelLanguage
from vigie.cli.exits import NOT_THERE, usage
from vigie.cli.stores import DEFAULT, StoreOption, opened, refuse
from vigie.cli.writing import writing

if TYPE_CHECKING:  # the database library is loaded when there is a store to open: --help stays quick
    from vigie.exports.labels import Labels
    from vigie.model.record import RecordIncident
    from vigie.store.inquiry import Inquiry


class Listed(StrEnum):
    """Output formats of a list."""

    table = "table"
    json = "json"
    csv = "csv"


class OrderedBy(StrEnum):
    """What incidents are sorted by."""

    newest = "newest"
    oldest = "oldest"
    deadliest = "deadliest"
    most_told = "most_told"


class Told(StrEnum):
    """Output formats of one incident, or of a text."""

    table = "table"
    json = "json"
    md = "md"


ListedOption = Annotated[Listed, typer.Option("--format", help="A table for people, JSON or CSV for programs.")]
LabelsOption = Annotated[LabelLanguage, typer.Option("--labels", help="Language of the words in tables.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", metavar="FILE", help="Write there, not to standard output.", dir_okay=False)
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=1000, metavar="N", help="So many at most.")]
AfterOption = Annotated[
    str | None, typer.Option("--after", metavar="PLACE", help="The page after this place: as the page before says it.")
]


def incidents(
    asked: f.Asked,
    store: StoreOption = DEFAULT,
    order: Annotated[OrderedBy, typer.Option("--order", help="What comes first.")] = OrderedBy.newest,
    limit: LimitOption = 20,
    after: AfterOption = None,
    format: ListedOption = Listed.table,
    labels: LabelsOption = LabelLanguage.en,
    output: OutputOption = None,
) -> None:
    """List the incidents of the record, page by page, and say how many there are.

    Exit code 0: also where nothing is found. 2: wrong use. 4: the store failed.
    """
    with asking(store) as inquiry, written(output, format is Listed.table) as stream:
        from vigie.exports.incident_list import page_csv, page_json, print_page

        wanted = f.filter_of(asked, inquiry)
        page = inquiry.incidents(wanted, order.value, limit, after)
        if format is Listed.json:
            page_json(page, asked.json(), stream)
        elif format is Listed.csv:
            page_csv(page, stream)
            say_found(words(labels).count("incidents_found", page.total), page.next, words(labels))
        else:
            from vigie.exports.record_phrasing import asked as in_words

            print_page(page, in_words(wanted, words(labels)), stream, words(labels))


def show(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Ids of incidents; any that one ever had will do.")],
    store: StoreOption = DEFAULT,
    format: Annotated[Told, typer.Option("--format", help="For people, for programs, or Markdown.")] = Told.table,
    labels: LabelsOption = LabelLanguage.en,
    output: OutputOption = None,
) -> None:
    """Show incidents with every account: the values and why, who says what on what terms, the exact words, differences.

    Exit code 0: shown. 2: wrong use. 4: the store failed. 5: there is no incident of that id.
    """
    with asking(store) as inquiry, written(output, format is Told.table) as stream:
        from vigie.exports.record_json import incident_json
        from vigie.exports.record_markdown import markdown_incident
        from vigie.exports.record_terminal import print_incident
        from vigie.exports.record_view import record_view
        from vigie.exports.tables import console_on, write_json

        dossiers = [inquiry.dossier(incident_of(id, inquiry)) for id in ids]
        if format is Told.json:
            write_json(incident_json(dossiers[0]) if len(ids) == 1 else [incident_json(d) for d in dossiers], stream)
            return
        for number, dossier in enumerate(dossiers):
            view = record_view(dossier, words(labels))
            stream.write("\n" if number else "")
            if format is Told.md:
                stream.write(markdown_incident(view, words(labels)))
            else:
                print_incident(view, words(labels), console_on(stream))


class CountedBy(StrEnum):
    """What incidents are counted by."""

    month = "month"
    place = "place"
    country = "country"
    actor = "actor"
    type = "type"
    weapon = "weapon"


def tally(
    asked: f.Asked,
    by: Annotated[CountedBy, typer.Option("--by", help="What to count by.")] = CountedBy.month,
    store: StoreOption = DEFAULT,
    format: ListedOption = Listed.table,
    labels: LabelsOption = LabelLanguage.en,
    output: OutputOption = None,
) -> None:
    """Count incidents by month, place, country, actor, type or weapon, with the lower and upper bounds of their tolls.

    Exit code 0: also where nothing is found. 2: wrong use. 4: the store failed.
    """
    with asking(store) as inquiry, written(output, format is Listed.table) as stream:
        from vigie.exports.record_phrasing import asked as in_words
        from vigie.exports.tally_list import print_totals, totals_csv, totals_json

        wanted = f.filter_of(asked, inquiry)
        totals = inquiry.totals(wanted, by.value)
        if format is Listed.json:
            totals_json(totals, asked.json(), stream, words(labels))
        elif format is Listed.csv:
            totals_csv(totals, stream, words(labels))
            say_found(words(labels).count("incidents_found", totals.all.incidents), None, words(labels))
        else:
            print_totals(totals, in_words(wanted, words(labels)), stream, words(labels))


def tallies(
    store: StoreOption = DEFAULT,
    place: Annotated[str | None, typer.Option("--place", metavar="NAME", help="Counted there.")] = None,
    counter: Annotated[str | None, typer.Option("--counter", metavar="NAME", help="Counted by that body.")] = None,
    since: f.FromOption = None,
    until: f.ToOption = None,
    listed: Annotated[bool, typer.Option("--list", help="List all incidents that fall under each tally.")] = False,
    format: ListedOption = Listed.table,
    labels: LabelsOption = LabelLanguage.en,
    output: OutputOption = None,
) -> None:
    """Put each tally that reports give beside the record's own count, and say what is missing from either.

    --from and --to are days of publication. Exit code 0: also where nothing is found. 2: wrong use. 4: the store
    failed.
    """
    with asking(store) as inquiry, written(output, format is Listed.table) as stream:
        from vigie.exports.record_phrasing import asked_tallies
        from vigie.exports.tally_checks import checks_csv, checks_json, print_checks
        from vigie.store.tally_checks import TallyFilter, checked_tallies

        wanted = TallyFilter(place, counter, *f.days(since, until))
        checks = checked_tallies(inquiry, wanted.among(inquiry.tallies(), inquiry.sources))
        if format is Listed.json:
            checks_json(checks, stream)
        elif format is Listed.csv:
            checks_csv(checks, stream)
            say_found(words(labels).count("tallies_found", len(checks)), None, words(labels))
        else:
            print_checks(checks, asked_tallies(wanted, words(labels)), stream, words(labels), listed=listed)


class Subject(StrEnum):
    """What the name of a subject is of."""

    place = "place"
    actor = "actor"


def background(
    subject: Annotated[str, typer.Argument(metavar="PLACE|ACTOR", help="A place, country or region, or an actor.")],
    store: StoreOption = DEFAULT,
    kind: Annotated[
        Subject | None, typer.Option("--as", help="What the name is of, where it might be either; else found out.")
    ] = None,
    since: f.FromOption = None,
    until: f.ToOption = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=100, metavar="N", help="Incidents told one by one, at most.")
    ] = 8,
    format: Annotated[Told, typer.Option("--format", help="For people, for programs, or Markdown.")] = Told.table,
    labels: LabelsOption = LabelLanguage.en,
    output: OutputOption = None,
) -> None:
    """Write the context paragraph on a place or an actor, in French or English, every sentence with its reports.

    Nothing is in it that is not in the record. Exit code 0: also where the record has nothing. 2: wrong use. 4: the
    store failed.
    """
    with asking(store) as inquiry, written(output, format is Told.table) as stream:
        from vigie.exports.bulletin import bulletin_json, bulletin_markdown, bulletin_text
        from vigie.exports.bulletin.asked import bulletin_on
        from vigie.exports.tables import console_on, write_json

        period = f.days(since, until)
        told = bulletin_on(inquiry, subject, labels.value, kind.value if kind is not None else None, period, limit)
        if format is Told.json:
            write_json(bulletin_json(told), stream)
        elif format is Told.md:
            stream.write(bulletin_markdown(told))
        else:
            stream.write(bulletin_text(told, min(console_on(stream).width, 100)))


def search(
    text: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS…", help='Words, all wanted; "several words" in a row, begin*, -not, one OR other (or OU).'
        ),
    ] = None,
    store: StoreOption = DEFAULT,
    outlet: Annotated[
        list[str] | None, typer.Option("--outlet", metavar="NAME", help="Printed by, or copy of. Several: any.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option("--language", metavar="CODE", help="In that language. Several: any.")
    ] = None,
    since: f.FromOption = None,
    until: f.ToOption = None,
    limit: LimitOption = 20,
    after: AfterOption = None,
    format: ListedOption = Listed.table,
    labels: LabelsOption = LabelLanguage.en,
    output: OutputOption = None,
) -> None:
    """Find reports by their words, outlet, language and day of publication; case and accents do not matter.

    A word that is not wanted stands after `--`: `vigie search -- market -fire`. Exit code 0: also where nothing is
    found. 2: wrong use. 4: the store failed.
    """
    with asking(store) as inquiry, written(output, format is Listed.table) as stream:
        from vigie.exports.record_phrasing import asked_reports
        from vigie.exports.report_list import found_csv, found_json, print_found
        from vigie.store.searching import ReportFilter

        typed = " ".join(text) if text else None
        wanted = ReportFilter(typed, tuple(outlet or ()), tuple(language or ()), *f.days(since, until))
        page = inquiry.search(wanted, limit, after)
        if format is Listed.json:
            asked = {"text": typed, "outlet": outlet, "language": language, "from": since, "to": until}
            found_json(page, {k: v for k, v in asked.items() if v}, stream)
        elif format is Listed.csv:
            found_csv(page, stream)
            say_found(words(labels).count("reports_found", page.total), page.next, words(labels))
        else:
            print_found(page, asked_reports(wanted, words(labels)), stream, words(labels))


def incident_of(id: str, inquiry: Inquiry) -> RecordIncident:
    """The incident that an id finds: its own or an earlier one, or the key of what a report tells (`report#i1`). Ends
    the command where there is none."""
    home = inquiry.homes([id]).get(id, id)
    entry = inquiry.entry(home)
    if entry is None:
        print(f"vigie: there is no incident {id!r}: `vigie incidents` lists them", file=sys.stderr)
        raise typer.Exit(NOT_THERE)
    return entry.incident


@contextlib.contextmanager
def asking(address: str) -> Iterator[Inquiry]:
    """Questions to the store at an address; one that means nothing is wrong use."""
    from vigie.errors import QueryError

    with opened(address) as store, store.inquiry() as inquiry:
        try:
            yield inquiry
        except QueryError as error:
            raise refuse(str(error)) from error


@contextlib.contextmanager
def written(output: Path | None, for_people: bool) -> Iterator[IO[str]]:
    """Where to write; a file that cannot be written is wrong use."""
    try:
        with writing(output, as_terminal=for_people) as stream:
            yield stream
            stream.flush()
    except BrokenPipeError:  # the reader went away (`| head`): not an error of ours
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # so that closing it does not fail again
    except OSError as error:
        raise typer.Exit(usage(f"cannot write {output or 'standard output'}: {error.strerror}")) from error


def words(labels: LabelLanguage) -> Labels:
    """The words of a language."""
    from vigie.exports.labels import labels as load

    return load(labels.value)


def say_found(found: str, next: str | None, words: Labels) -> None:
    """Say on standard error how many there are, and how to get the rest, where standard output holds rows alone."""
    more = f"; {words.record('next_page', cursor=next)}" if next is not None else ""
    print(f"vigie: {found}{more}", file=sys.stderr)
