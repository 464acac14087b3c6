"""RSS and Atom: one report an entry, its full content where the feed has it, else its summary.

The key is the entry's guid or id, else its link; one that is no URI ("12345") is unique in its feed only and has the
feed's address before it. There are no revisions: `version_created` is when the entry was last changed. Atom's
tombstones (RFC 6721, `deleted-entry`) are withdrawals. A report's `raw` is the entry in canonical JSON, with what was
read of it: the same entry gives the same bytes on every day it is in the feed. The language a feed gives itself is not
read: it is often that of the software it was made with.
"""

from __future__ import annotations

import email.utils
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from vigie.errors import EmptyReport, ReadError, UnknownFormat
from vigie.model import Report
from vigie.readers.encoding import too_big
from vigie.readers.marks import known_agency
from vigie.readers.markup import html_paragraphs
from vigie.readers.ninjs import canonical_json
from vigie.readers.rejected import Rejected, in_turn
from vigie.readers.reports import Note, silent
from vigie.readers.safe_xml import Element, canonical, elements, flat
from vigie.readers.wire import Version, iso_time, version_report

MAX_BYTES = 10_000_000
MAX_BROKEN = 2_000_000
"""The most bytes of a feed that is not well formed: reading such a one takes long."""
MAX_ENTRIES = 5_000
NO_ENTRY = "a feed with no entry in it"
"""Why there is no report in a feed that is whole and empty."""
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}:\S+")
_FIELDS = ("id", "link", "title", "author", "published", "updated", "summary")
_WEB = ("http://", "https://")
_END = re.compile(rb"</(?:\w{1,20}:)?(?:rss|feed|RDF)\s*>")
_BROKEN = "the feed breaks off, and this entry with it"


def read_feed(data: bytes, where: str, note: Note = silent) -> Iterator[Report | Rejected]:
    """A report, or the reason why there is none, for each entry in the bytes of a feed, in order. Raises nothing."""
    try:
        feed = _parse(data, where, note)
    except ReadError as error:
        yield Rejected.from_error(where, error)
        return
    entries = list(feed.entries)
    cut = bool(feed.bozo) and not _END.search(data[-2_000:])
    for number, entry in enumerate(entries[:MAX_ENTRIES], 1):
        place = f"{where}: entry {number}"
        if cut and number == len(entries):
            yield Rejected(place, _BROKEN, "fetch the feed again")
            break
        try:
            yield _read_entry(entry, feed.feed, place, note)
        except ReadError as error:
            yield Rejected.from_error(place, error)
    if len(entries) > MAX_ENTRIES:
        yield Rejected(where, f"more than {MAX_ENTRIES:,} entries", "split the feed")
    deleted = list(_tombstones(data, where, note))
    yield from deleted
    if not entries and not deleted:
        reason = f"a feed with no entry that can be read: {_why(feed)}" if feed.bozo else NO_ENTRY
        yield Rejected(where, reason, "fetch it again later")


def _parse(data: bytes, where: str, note: Note) -> Any:
    if len(data) > MAX_BYTES:
        raise too_big(where, len(data), MAX_BYTES)
    if not data.strip():
        raise EmptyReport(where, "empty: there is no text in it")
    _, broken = elements(data, frozenset(), where)
    if broken and len(data) > MAX_BROKEN:
        raise ReadError(where, f"{broken.reason}, and too big to be mended: {len(data):,} bytes", broken.way_out)
    import feedparser

    try:
        # A stream, never the bytes themselves: what looks like an address or a file name would be opened.
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # its parser of broken feeds fails in many ways of its own
        raise ReadError(where, f"no feed that can be read: {type(error).__name__}: {error}") from error
    if not feed.version and not feed.entries:
        raise UnknownFormat(where, f"no feed that can be read: {_why(feed)}", "fetch it again")
    if feed.bozo:
        note(where, f"{_why(feed)}: read as far as it goes")
    return feed


def _why(feed: Any) -> str:
    problem = feed.get("bozo_exception")
    message = problem.getMessage() if hasattr(problem, "getMessage") else str(problem or "no RSS and no Atom")
    return flat(message)[:200]


def _read_entry(entry: Mapping[str, Any], feed: Mapping[str, Any], where: str, note: Note) -> Report:
    title = flat(" ".join(html_paragraphs(_text(entry, "title"))))
    outlet = flat(_text(entry.get("source") or {}, "title")) or flat(_text(feed, "title"))
    paragraphs = _without_footer(_body(entry), title, outlet)
    link = _text(entry, "link").strip()
    return version_report(
        Version(
            data=_own_bytes(entry, outlet),
            key=_key(entry, feed),
            created=_time(entry, "updated") or _time(entry, "published"),
            published=_time(entry, "published") or _time(entry, "updated"),
            title=title or None,
            paragraphs=paragraphs,
            outlet=outlet or None,
            agency=_agency(_text(entry, "author")),
            url=link if link.startswith(_WEB) else None,
        ),
        where,
        note,
    )


def _own_bytes(entry: Mapping[str, Any], outlet: str) -> bytes:
    """An entry as it was given, in one form: feeds order and space the same entry anew each time."""
    told: dict[str, object] = {name: _text(entry, name) for name in _FIELDS}
    told["content"] = [_text(each, "value") for each in entry.get("content") or ()]
    return canonical_json({"outlet": outlet, **told})


def _body(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """The paragraphs of the longest content, else of the summary."""
    contents = [html_paragraphs(_text(each, "value")) for each in entry.get("content") or ()]
    longest = max(contents, key=lambda lines: sum(map(len, lines)), default=())
    return longest or html_paragraphs(_text(entry, "summary"))


def _without_footer(lines: tuple[str, ...], title: str, outlet: str) -> tuple[str, ...]:
    """The paragraphs without a last one that only names the entry and the feed over again, as blogs put there."""
    last = lines[-1] if len(lines) > 1 else ""
    names_both = bool(title and outlet) and title in last and outlet in last
    return lines[:-1] if names_both and len(last) < len(title) + len(outlet) + 80 else lines


def _key(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str | None:
    given = _text(entry, "id").strip()
    if given and not _URI.fullmatch(given):
        home = _text(feed, "link").strip() or flat(_text(feed, "title"))
        return f"{home}#{given}" if home else None
    return given or _text(entry, "link").strip() or None


def _time(entry: Mapping[str, Any], name: str) -> str | None:
    """The date and time of an entry as given, its offset kept: of ISO 8601 or of mail (RFC 5322)."""
    given = _text(entry, name).strip()
    if not given:
        return None
    iso = iso_time(given)
    if iso is not None:
        return iso
    try:
        return email.utils.parsedate_to_datetime(given).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        parsed = entry[f"{name}_parsed"] if f"{name}_parsed" in entry else None  # noqa: SIM401  # a form of its own, which feedparser turns into UTC
        return None if parsed is None else "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*parsed[:6])


def _agency(author: str) -> str | None:
    """The agency that an author line names: as a whole, between commas and strokes, or as its last word in capitals
    ("La rédaction avec AFP")."""
    parts = [part.strip() for part in (author, *re.split(r"[,/&()|]", author)) if part.strip()]
    last = author.split()[-1:]
    parts += [word for word in last if word.isupper()]
    return next((name for part in parts if (name := known_agency(part))), None)


def _text(holder: Mapping[str, Any], name: str) -> str:
    value = holder[name] if name in holder else None  # noqa: SIM401  # get() takes `published` for `updated`
    return value if isinstance(value, str) else ""


def _tombstones(data: bytes, where: str, note: Note) -> Iterator[Report | Rejected]:
    """A withdrawal for each entry that an Atom feed says was deleted."""
    if b"deleted-entry" not in data:
        return
    found, _ = elements(data, frozenset(("deleted-entry",)), where)
    named = [each for each in found if (each.get("ref") or "").strip()]

    def withdrawal(entry: Element, place: str) -> tuple[Report, ...]:
        version = Version(
            data=canonical(entry),
            key=entry.get("ref").strip(),
            status="canceled",
            created=(entry.get("when") or "").strip() or None,
            ed_note=flat(" ".join(entry.itertext())) or None,
        )
        return (version_report(version, place, note),)

    yield from in_turn(named, withdrawal, f"{where}: deleted-entry", MAX_ENTRIES)
