"""NewsML-G2 (IPTC): newsItem documents, and newsMessages that carry several, with NITF, XHTML or plain text inline.

One report a newsItem of text. Its key is the guid, its revision the version, its status pubStatus; the text is that of
the first inlineXML or inlineData that holds any. Where a file holds one newsItem the report's `raw` is the file as
received; where it holds several, `raw` is the canonical XML of that newsItem alone, which this reader reads again to
the same report. Items of other classes (pictures, video) are rejected by name; packages have no text of their own.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vigie.errors import EmptyReport, ReadError, UnknownFormat
from vigie.model import Report
from vigie.model.report import WireMark
from vigie.readers.markup import html_paragraphs, paragraphs, plain_paragraphs
from vigie.readers.rejected import Rejected, in_turn
from vigie.readers.reports import Note, silent
from vigie.readers.safe_xml import (
    Element,
    canonical,
    child,
    children,
    elements,
    flat,
    language_of,
    local_name,
    settle,
    words,
)
from vigie.readers.wire import Version, revision_number, version_report, wire_status

MAX_ITEMS = 10_000
ROOTS = frozenset(("newsItem", "newsMessage", "packageItem", "conceptItem", "knowledgeItem", "planningItem"))
_ITEMS = frozenset(("newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem"))
_SIGNALS: dict[str, WireMark] = {"update": "update", "correction": "correction"}
_LAST_PART = re.compile(r"[^:/#]+$")
_HOST = re.compile(r"https?://(?:www\.)?([\w.-]{3,80})", re.I)


@dataclass(frozen=True, slots=True)
class Content:
    """What the body of an item says: its paragraphs, and the headline and dateline that stand in it."""

    paragraphs: tuple[str, ...] = ()
    headline: str | None = None
    dateline: str | None = None


def read_newsml_g2(data: bytes, where: str, note: Note = silent) -> Iterator[Report | Rejected]:
    """A report, or the reason why there is none, for each newsItem in the bytes of a NewsML-G2 file, in their order.

    Raises nothing: what is wrong with the file as a whole is the last rejection, after the items that were complete.
    """
    found, problem = elements(data, _ITEMS, where, note)
    items = [each for each in found if local_name(each) == "newsItem"]
    whole = data if len(items) == 1 and not problem else None
    yield from in_turn(items, lambda item, place: (_read_item(item, whole, place, note),), where, MAX_ITEMS)
    if problem:
        yield Rejected.from_error(where, problem)
    elif not items:
        kinds = sorted({local_name(each) for each in found})
        held = f"only {', '.join(kinds)}" if kinds else "no item"
        yield Rejected(where, f"NewsML-G2 with {held} in it: there is no text to read", "hand in the newsItems")


def nitf_content(nitf: Element) -> Content:
    """The body of an NITF document: body.content, its headline and dateline from body.head; the abstract where there
    is no other text."""
    head, content = child(nitf, "body", "body.head"), child(nitf, "body", "body.content")
    text = paragraphs(content) if content is not None else ()
    abstract = child(head, "abstract")
    return Content(
        text or (paragraphs(abstract) if abstract is not None else ()),
        words(child(head, "hedline", "hl1")),
        words(child(head, "dateline")),
    )


def _read_item(item: Element, data: bytes | None, where: str, note: Note) -> Report:
    settle(item, where)
    meta, content_meta = child(item, "itemMeta"), child(item, "contentMeta")
    kind = _code(child(meta, "itemClass"))
    if kind and kind not in ("text", "composite"):
        raise UnknownFormat(where, f"an item of class {kind!r}: only text is read")
    status = wire_status(_code(child(meta, "pubStatus")))
    if status is None:
        note(where, f"pubStatus {_code(child(meta, 'pubStatus'))!r} is none of usable, withheld, canceled")
    content = _content(child(item, "contentSet"), where)
    if kind == "composite" and not content.paragraphs:
        raise EmptyReport(where, "a package without a story in it", "hand in its items")
    title = words(_first_plain(children(content_meta, "headline"))) or content.headline
    provider = _name(child(meta, "provider"))
    remote = children(child(item, "contentSet"), "remoteContent")
    if not content.paragraphs and not title and remote and status in ("usable", None):
        raise EmptyReport(where, "its text is elsewhere (remoteContent), and nothing is fetched", "hand in that file")
    signals = [_SIGNALS[code] for each in children(meta, "signal") if (code := _code(each) or "") in _SIGNALS]
    notes = [text for each in children(meta, "edNote") if (text := words(each))]
    return version_report(
        Version(
            data=canonical(item) if data is None else data,
            key=(item.get("guid") or "").strip() or None,
            revision=revision_number(item.get("version")),
            status=status or "usable",
            mark=signals[0] if signals else None,
            created=_time(meta, "versionCreated") or _time(content_meta, "contentModified", "contentCreated"),
            title=title,
            slug=words(child(content_meta, "slugline")),
            ed_note=" ".join(notes) or None,
            dateline=words(child(content_meta, "dateline")) or content.dateline,
            paragraphs=_without_title(content.paragraphs, title),
            language=_attribute(child(content_meta, "language"), "tag") or language_of(item),
            outlet=provider,
            agency=_name(child(content_meta, "infoSource")) or provider,
            url=_page(meta),
        ),
        where,
        note,
    )


def _content(contents: Element | None, where: str) -> Content:
    """The first content of an item that holds text; else what headline there is."""
    found = Content()
    for each in children(contents, "inlineXML", "inlineData"):
        content = _inline_xml(each) if local_name(each) == "inlineXML" else Content(_inline_data(each, where))
        if content.paragraphs:
            return content
        found = content if content.headline else found
    return found


def _inline_xml(inline: Element) -> Content:
    """NITF by its own rules; XHTML, or whatever else is in it, as marked-up text."""
    nitf = child(inline, "nitf")
    if nitf is not None:
        return nitf_content(nitf)
    body = child(inline, "html", "body")
    return Content(paragraphs(inline if body is None else body))


def _inline_data(inline: Element, where: str) -> tuple[str, ...]:
    """Text or HTML that stands as character data, in base64 where it says so."""
    text = "".join(inline.itertext())
    kind = (inline.get("contenttype") or "").lower()
    if kind and not kind.startswith("text/") and "html" not in kind:
        return ()
    if "base64" in (inline.get("encoding") or "").lower():
        try:
            text = base64.b64decode(text, validate=False).decode("utf-8")
        except (binascii.Error, ValueError) as error:
            raise ReadError(where, f"inlineData that is no base64 of UTF-8 text: {error}") from error
    return plain_paragraphs(text) if kind == "text/plain" else html_paragraphs(text)


def _without_title(lines: tuple[str, ...], title: str | None) -> tuple[str, ...]:
    """The paragraphs without a first one that is the headline over again."""
    return lines[1:] if title and len(lines) > 1 and flat(lines[0]).lower() == title.lower() else lines


def _first_plain(found: Sequence[Element]) -> Element | None:
    """The first element without a role, else the first."""
    return next((each for each in found if not each.get("role")), found[0] if found else None)


def _attribute(element: Element | None, name: str) -> str | None:
    return None if element is None else (element.get(name) or "").strip() or None


def _code(element: Element | None) -> str | None:
    """The last part of a qcode or URI in lower case ("stat:canceled": canceled)."""
    given = _attribute(element, "qcode") or _attribute(element, "uri") or ""
    found = _LAST_PART.search(given)
    return found.group().lower() if found else None


def _name(party: Element | None) -> str | None:
    """A party by its name, literal or code, or by the host of its URI."""
    if party is None:
        return None
    host = _HOST.match(_attribute(party, "uri") or "")
    code = _LAST_PART.search(_attribute(party, "qcode") or "")
    return (
        words(child(party, "name"))
        or _attribute(party, "literal")
        or (code.group() if code else None)
        or (host[1] if host else None)
    )


def _time(meta: Element | None, *names: str) -> str | None:
    return next((text for name in names if (text := words(child(meta, name)))), None)


def _page(meta: Element | None) -> str | None:
    """The address of the story as a web page, where a link gives it."""
    for link in children(meta, "link"):
        href = _attribute(link, "href") or ""
        if href.startswith(("http://", "https://")) and "html" in (link.get("contenttype") or "").lower():
            return href
    return None
