"""From what a server answered to the reports in it: those to be taken in, and those whose page is fetched first."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from vigie.errors import ReadError
from vigie.model import Report
from vigie.readers import Rejected, read_bytes
from vigie.readers.captured import read_captured
from vigie.readers.feeds import NO_ENTRY
from vigie.readers.formats import HEAD, told_format
from vigie.readers.reports import Note, silent
from vigie.runs.batch import Input
from vigie.runs.inputs import Overrides, named
from vigie.runs.watching.fetching import Answer
from vigie.runs.watching.plan import Feed
from vigie.store.watch_feeds import PageState

SHORT = 600
"""An entry of a feed with fewer characters is taken for a teaser (`follow = "short"`)."""


@dataclass(frozen=True, slots=True)
class Read:
    """What an answer holds. `digest` changes with what is read; `problem` says why nothing could be read."""

    inputs: tuple[Input, ...]
    pages: tuple[PageState, ...] = ()
    digest: str | None = None
    problem: str | None = None


def read_answer(answer: Answer, feed: Feed, now: dt.datetime, note: Note = silent) -> Read:
    """The reports in what a feed's server answered, whatever its format. Raises nothing."""
    found = [
        each for each in _reports(answer, now, note) if not (isinstance(each, Rejected) and each.reason == NO_ENTRY)
    ]
    inputs = tuple(named(found, answer.url, Overrides(outlet=feed.outlet, language=feed.language)))
    reports = [each.read for each in inputs if isinstance(each.read, Report)]
    problem = None
    rejected = [each.read for each in inputs if isinstance(each.read, Rejected)]
    if rejected and not reports:
        problem = rejected[0].reason
    pages = [_page(each.read, feed, now) for each in inputs if _leads_to_page(each.read, feed)]
    taken = tuple(each for each in inputs if not _leads_to_page(each.read, feed))
    return Read(taken, tuple(pages), _digest(answer, reports), problem)


def read_page(answer: Answer, page: PageState, now: dt.datetime, note: Note = silent) -> Input:
    """The report of a page that an entry led to: the text of the page, and what the entry says of itself; the entry
    where the page has less to say."""
    entry = page.entry
    found = next((each for each in _reports(answer, now, note) if isinstance(each, Report)), None)
    if found is None or len(found.text) <= len(entry.text):
        return Input(answer.url, entry)
    whole = dataclasses.replace(
        found,
        title=entry.title or found.title,
        outlet=entry.outlet or found.outlet,
        agency=entry.agency or found.agency,
        language=entry.language or found.language,
        published=entry.published or found.published,
        url=entry.url,
        wire=entry.wire,
        origin=entry.origin if entry.wire is not None and entry.wire.key is not None else found.origin,
    )
    return Input(answer.url, whole)


def _reports(answer: Answer, now: dt.datetime, note: Note) -> Iterable[Report | Rejected]:
    try:
        kind = told_format(answer.body[:HEAD], "", answer.url)
        if kind == "html":
            page = read_captured(
                answer.body,
                answer.url,
                note,
                url=answer.url,
                captured=now.isoformat(timespec="seconds"),
                kind="text/html",
                charset=answer.charset,
            )
            return (page,)
    except ReadError as error:
        return (Rejected.from_error(answer.url, error),)
    return read_bytes(answer.body, answer.url, note)


def _digest(answer: Answer, reports: Iterable[Report]) -> str:
    """Of the words of a page, whose advertisements change every time; of the bytes of anything else."""
    pages = [r for r in reports if r.raw == answer.body and r.text.encode() != answer.body]
    told = f"{pages[0].title}\n{pages[0].text}".encode() if pages else answer.body
    return hashlib.sha256(told).hexdigest()


def _leads_to_page(read: Report | Rejected, feed: Feed) -> bool:
    if isinstance(read, Rejected) or feed.follow == "never" or not read.url or (read.wire and read.wire.withdrawn):
        return False
    return feed.follow == "always" or len(read.text) < SHORT


def _page(read: Report | Rejected, feed: Feed, now: dt.datetime) -> PageState:
    assert isinstance(read, Report)
    assert read.url is not None
    return PageState(feed.name, read.url, read, now)
