"""A page of the web as it was at one moment: captured in an archive, or fetched by a watcher.

The key of a page is its address and the day it says it was published, and `version_created` the moment of its capture,
so that captures of one article are versions of one story; a page that gives no day, or another one at the same address
(a front page, a daily bulletin), is no version of it. The moment of capture is no date of publication.
"""

from __future__ import annotations

import dataclasses

from vigie.model import Report, WireIdentity
from vigie.readers.html import read_html
from vigie.readers.marks import find_mark
from vigie.readers.plain import read_plain
from vigie.readers.reports import Note
from vigie.readers.wire import in_utc


def read_captured(
    data: bytes, where: str, note: Note, *, url: str, captured: str | None, kind: str, charset: str | None
) -> Report:
    """The report of a page at `url`, captured at an ISO 8601 time; `kind` is its media type, `charset` what the server
    said. Raises ReadError as `read_html` does."""
    if kind == "text/plain":
        report = read_plain(data, where, note)
    else:
        report = read_html(data, where, note, charset=charset)
    key = f"{url}#{report.published.start}" if url and report.published else None
    wire = WireIdentity(key=key, version_created=in_utc(captured), mark=find_mark(headline=report.title))
    return dataclasses.replace(report, url=url or report.url, wire=wire, origin=key or report.origin)
