"""Web pages: the article's text, title, date, outlet and address, without menus, comments and advertisements.

The report's text is the article as extracted, one blank line between paragraphs; offsets point into that text,
`sha256` is of the page. Nothing is fetched.
"""

from __future__ import annotations

import re

from vigie.errors import DateError, EmptyReport, NotText, ReadError
from vigie.model import Report, ReportedDate, WireIdentity
from vigie.readers.encoding import check_text, too_long
from vigie.readers.marks import find_mark
from vigie.readers.published import read_published
from vigie.readers.reports import Note, make_report, silent

MAX_BYTES = 20_000_000
_LOOKS = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,2000}-->\s*)?<(?:!doctype\s+html|html|head|body|article)\b",
    re.IGNORECASE,
)
_NAMES_CHARSET = re.compile(rb"charset\s*=", re.IGNORECASE)
_MIDNIGHT = "T00:00"
# Without these, trafilatura gives the day of last change and drops the time of day.
_DATES = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%dT%H:%M"}


def looks_like_html(data: bytes) -> bool:
    """Whether bytes begin as a web page does."""
    return bool(_LOOKS.match(data[:4096].removeprefix(b"\xef\xbb\xbf")))


def read_html(data: bytes, where: str, note: Note = silent, *, charset: str | None = None) -> Report:
    """The article of a web page as a report. `charset` is what the server said; it counts where the page is not UTF-8
    and names none itself.

    Raises EmptyReport where no article is found, NotText for binary bytes, ReadError for more than MAX_BYTES.
    """
    if not data.strip():
        raise EmptyReport(where, "empty: there is no text in it")
    if len(data) > MAX_BYTES:
        raise too_long(where, f"{len(data):,} bytes of HTML")
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotText(where, "binary: there are NUL characters in it", "save the page as HTML or text")
    from trafilatura import bare_extraction  # here: its import takes longer than reading a text file

    try:
        page = bare_extraction(
            _decoded(data, charset),
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=_DATES,
        )
    except (ValueError, RecursionError) as error:
        raise ReadError(where, f"no web page that can be read: {error}", "save the article as text") from error
    text = (getattr(page, "text", None) or "").strip()
    if not text:
        raise EmptyReport(where, "no article found in the page", "save the article as text")
    text = re.sub(r"\n+", "\n\n", text)
    check_text(text, where)
    title = getattr(page, "title", None)
    mark = find_mark(headline=title)
    return make_report(
        data,
        text,
        title=title,
        wire=WireIdentity(mark=mark) if mark else None,
        outlet=getattr(page, "sitename", None),
        url=getattr(page, "url", None),
        published=_published(getattr(page, "date", None), where, note),
    )


def _decoded(data: bytes, charset: str | None) -> bytes | str:
    """The page in the server's charset where nothing else tells which it is in; else the bytes."""
    if charset is None or _NAMES_CHARSET.search(data[:2048]):
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode("windows-1252" if charset in ("iso-8859-1", "latin-1") else charset)
        except (LookupError, ValueError):
            return data
    return data


def _published(date: str | None, where: str, note: Note) -> ReportedDate | None:
    """The page's own date; a time of 00:00 is what the extractor puts where the page gives a day only."""
    if not date:
        return None
    try:
        return read_published(date.removesuffix(_MIDNIGHT))
    except DateError as error:
        note(where, f"date of the page left out: {error}")
        return None
