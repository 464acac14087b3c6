"""NewsML 1.2 (IPTC, as agencies such as AFP deliver it): NewsItems with nested NewsComponents, NITF or plain text.

One report a NewsItem; where a NewsItem holds several stories (components of text, each with a headline of its own), one
a story. The key is `urn:newsml:ProviderId:DateId:NewsItemId`, which names the story without its revision, with the
component's Duid or number behind it for one story of several. Where a file holds one story the report's `raw` is the
file as received; where it holds several NewsItems, the canonical XML of that NewsItem alone, which this reader reads
again to the same report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vigie.errors import ReadError, UnknownFormat
from vigie.model import Report
from vigie.readers.markup import html_paragraphs, paragraphs
from vigie.readers.newsml_g2 import MAX_ITEMS, nitf_content
from vigie.readers.rejected import Rejected, in_turn
from vigie.readers.reports import Note, silent
from vigie.readers.safe_xml import (
    Element,
    canonical,
    child,
    children,
    elements,
    language_of,
    local_name,
    settle,
    words,
)
from vigie.readers.wire import Version, revision_number, version_report, wire_status

ROOTS = frozenset(("NewsML", "NewsItem"))
# Components and lines by their FormalName, in lower case.
_CAPTIONS = frozenset(("caption", "legend", "photo", "picture", "graphic", "thumbnail", "quicklook", "video", "audio"))
_ADVISORIES = frozenset(("advisoryline", "advisory", "editorialnote", "ednote", "specialinstructions", "note"))


@dataclass(frozen=True, slots=True)
class _Story:
    """A component of text with the lines and the metadata that hold for it."""

    component: Element
    paragraphs: tuple[str, ...]
    headline: str | None
    dateline: str | None
    own_headline: bool


def read_newsml_12(data: bytes, where: str, note: Note = silent) -> Iterator[Report | Rejected]:
    """A report, or the reason why there is none, for each story in the bytes of a NewsML 1.2 file, in their order.

    Raises nothing: what is wrong with the file as a whole is the last rejection, after the items that were complete.
    """
    items, problem = elements(data, frozenset(("NewsItem",)), where, note)
    outer = [each for each in items if not _holds_items(each)]
    whole = data if len(outer) == 1 and not problem else None
    yield from in_turn(outer, lambda item, place: _read_item(item, whole, place, note), where, MAX_ITEMS)
    if problem:
        yield Rejected.from_error(where, problem)
    elif not items:
        yield Rejected(where, "NewsML with no NewsItem in it", "hand in the items")


def _holds_items(item: Element) -> bool:
    """Whether a NewsItem is a package of others and has no text of its own."""
    return any(each is not item for each in item.iter("{*}NewsItem")) and not list(_stories(item))


def _read_item(item: Element, data: bytes | None, where: str, note: Note) -> Iterator[Report | Rejected]:
    settle(item, where)
    stories = list(_stories(item))
    several = len(stories) > 1 and all(story.own_headline for story in stories)
    if not several:
        yield _read_story(item, _joined(stories, item), data, "", where, note)
        return
    for number, story in enumerate(stories, 1):
        name = story.component.get("Duid") or str(number)
        try:
            yield _read_story(item, story, data, f"#{name}", f"{where}: story {number}", note)
        except ReadError as error:
            yield Rejected.from_error(f"{where}: story {number}", error)


def _read_story(item: Element, story: _Story, data: bytes | None, part: str, where: str, note: Note) -> Report:
    management = child(item, "NewsManagement")
    given = _formal(child(management, "Status"))
    status = wire_status(given)
    if status is None:
        note(where, f"status {given!r} is none of Usable, Embargoed, Withheld, Canceled")
    if not story.paragraphs and _only_pictures(item):
        raise UnknownFormat(where, "an item of pictures: only text is read")
    envelope = child(item.getroottree().getroot(), "NewsEnvelope")
    key = _key(item)
    provider = _up(story.component, _provider)
    agency = (
        _up(story.component, _source)
        or provider
        or words(child(item, "Identification", "NewsIdentifier", "ProviderId"))
    )
    return version_report(
        Version(
            data=canonical(item) if data is None else data,
            part=part,
            key=key + part if key else None,
            revision=revision_number(words(child(item, "Identification", "NewsIdentifier", "RevisionId"))),
            status=status or "usable",
            created=words(child(management, "ThisRevisionCreated"))
            or words(child(management, "FirstCreated"))
            or words(child(envelope, "DateAndTime")),
            title=story.headline,
            slug=_up(story.component, _slug) or words(child(item, "Identification", "NameLabel")),
            ed_note=_ed_note(item),
            dateline=story.dateline,
            paragraphs=story.paragraphs,
            language=_up(story.component, _language) or language_of(item),
            outlet=provider,
            agency=agency,
        ),
        where,
        note,
    )


def _stories(item: Element) -> Iterator[_Story]:
    """The components of text under an item, in order: no captions, no items inside it, one of a list of equivalents."""
    waiting = list(reversed(children(item, "NewsComponent")))
    while waiting:
        component = waiting.pop()
        inner = children(component, "NewsComponent")
        text = _text(component)
        if text.paragraphs and _formal_lower(child(component, "Role")) not in _CAPTIONS:
            yield text
        if component.get("EquivalentsList") == "yes":
            inner = [each for each in inner if _has_text(each)][:1]
        waiting.extend(reversed(inner))


def _has_text(component: Element) -> bool:
    return any(_text(each).paragraphs for each in component.iter("{*}NewsComponent"))


def _text(component: Element) -> _Story:
    """The text of a component's own ContentItems, with the lines that hold for it."""
    found: tuple[str, ...] = ()
    headline, dateline = None, None
    for content in children(component, "ContentItem"):
        if found or _formal_lower(child(content, "MediaType")) not in ("", "text"):
            continue
        for each in children(content, "DataContent"):
            nitf = child(each, "nitf")
            if nitf is not None:
                told = nitf_content(nitf)
                found, headline, dateline = told.paragraphs, told.headline, told.dateline
            elif len(each):
                body = child(each, "html", "body")
                found = paragraphs(each if body is None else body)
            else:
                found = html_paragraphs(each.text or "")
    own = words(child(component, "NewsLines", "HeadLine"))
    return _Story(
        component,
        found,
        own or headline or _up(component, _headline),
        _up(component, _dateline) or dateline,
        bool(own or headline),
    )


def _joined(stories: list[_Story], item: Element) -> _Story:
    """The stories of an item as one, which takes its lines from the first; an item without text keeps its lines."""
    if stories:
        first = stories[0]
        lines = tuple(line for story in stories for line in story.paragraphs)
        return _Story(first.component, lines, first.headline, first.dateline, first.own_headline)
    component = child(item, "NewsComponent")
    if component is None:
        return _Story(item, (), None, None, False)
    named = next((each for each in item.iter("{*}HeadLine") if words(each)), None)
    return _Story(component, (), words(named), _up(component, _dateline), named is not None)


def _up(component: Element, told: Callable[[Element], str | None]) -> str | None:
    """What a component, else the nearest one around it, tells."""
    while component is not None and local_name(component) in ("NewsComponent", "NewsItem"):
        found = told(component)
        if found or local_name(component) == "NewsItem":
            return found
        component = component.getparent()
    return None


def _headline(component: Element) -> str | None:
    return words(child(component, "NewsLines", "HeadLine"))


def _dateline(component: Element) -> str | None:
    return words(child(component, "NewsLines", "DateLine"))


def _slug(component: Element) -> str | None:
    return words(child(component, "NewsLines", "SlugLine"))


def _language(component: Element) -> str | None:
    return _formal(child(component, "DescriptiveMetadata", "Language"))


def _provider(component: Element) -> str | None:
    return _formal(child(component, "AdministrativeMetadata", "Provider", "Party"))


def _source(component: Element) -> str | None:
    return _formal(child(component, "AdministrativeMetadata", "Source", "Party"))


def _ed_note(item: Element) -> str | None:
    """Advisory lines and instructions: words for the desk, not for the reader."""
    lines = [
        words(child(line, "NewsLineText"))
        for line in item.iter("{*}NewsLine")
        if _formal_lower(child(line, "NewsLineType")) in _ADVISORIES
    ]
    told = [words(each) or _formal(each) for each in children(child(item, "NewsManagement"), "Instruction")]
    return " ".join(text for text in (*lines, *told) if text) or None


def _key(item: Element) -> str | None:
    """`urn:newsml:provider:date:item`; None where the item does not name itself."""
    identifier = child(item, "Identification", "NewsIdentifier")
    parts = [words(child(identifier, name)) for name in ("ProviderId", "DateId", "NewsItemId")]
    known = [part for part in parts if part]
    return f"urn:newsml:{':'.join(known)}" if len(known) == len(parts) else None


def _only_pictures(item: Element) -> bool:
    kinds = {_formal_lower(child(each, "MediaType")) for each in item.iter("{*}ContentItem")}
    return bool(kinds) and "text" not in kinds and "" not in kinds


def _formal(element: Element | None) -> str | None:
    return None if element is None else (element.get("FormalName") or "").strip() or None


def _formal_lower(element: Element | None) -> str:
    return (_formal(element) or "").lower()
