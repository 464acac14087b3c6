"""XML from outside: nothing is fetched, nothing is expanded, nothing is read without bound.

The parser resolves no entity, reads no DTD, opens no file and no connection, and keeps the limits of libxml2 (256
levels, ten million characters a node, the amplification of entities). Named characters of HTML ("&eacute;"), which the
DTDs of NewsML and NITF declare, are put in from HTML's own table; a text with any other entity in it is refused.
"""

from __future__ import annotations

import html.entities
import re
from typing import Any

from vigie.errors import EmptyReport, ReadError
from vigie.readers.encoding import find_encoding, too_big
from vigie.readers.reports import Note, silent

MAX_BYTES = 32_000_000
Element = Any
"""An element of lxml, which has no types."""

_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_SPACE = re.compile(r"[ \t\r\n\f\x0b]+")
# Bytes 128 to 159, which ISO-8859-1 leaves empty and which are Windows-1252 wherever they occur in text.
_C1 = {code: bytes([code]).decode("cp1252", "replace").replace("\ufffd", "") for code in range(0x80, 0xA0)}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PIECE = 512
_WAY_OUT = "ask the provider for a file that is well formed"


def elements(
    data: bytes, names: frozenset[str], where: str, note: Note = silent
) -> tuple[list[Element], ReadError | None]:
    """The elements with one of some local names, in the order in which they end, and what is wrong with the document.

    Where the XML breaks off or is not well formed the error names the line, and the elements are those that were
    complete before it. There are none in more than MAX_BYTES, in blank bytes, and in an encoding that does not fit.
    """
    from lxml import etree

    if len(data) > MAX_BYTES:
        return [], too_big(where, len(data), MAX_BYTES)
    if not data.strip():
        return [], EmptyReport(where, "empty: there is no text in it")
    try:
        encoding = _encoding(data, where, note)
    except ReadError as error:
        return [], error
    parser = etree.XMLPullParser(
        events=("end",),
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    found: list[Element] = []
    problem: ReadError | None = None
    try:
        # In small pieces: what was complete before the piece with the fault in it is whole.
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
            found.extend(element for _, element in parser.read_events() if local_name(element) in names)
        parser.close()
    except etree.LxmlError as error:
        problem = ReadError(where, f"XML that is not well formed: {_fault(parser, error)}", _WAY_OUT)
    found.extend(element for _, element in parser.read_events() if local_name(element) in names)
    return found, problem


def local_name(element: Element) -> str:
    """An element's name without its namespace; "" for a comment, a processing instruction or an entity."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None, *names: str) -> list[Element]:
    """The children of an element with one of some local names."""
    return [] if element is None else [child for child in element if local_name(child) in names]


def child(element: Element | None, *path: str) -> Element | None:
    """The first element under another by a path of local names, each the first that leads on; None without it."""
    if element is None or not path:
        return element
    for each in children(element, path[0]):
        found = child(each, *path[1:])
        if found is not None:
            return found
    return None


def words(element: Element | None) -> str | None:
    """All text under an element on one line; None where there is none."""
    if element is None:
        return None
    return flat("".join(element.itertext())) or None


def flat(text: str) -> str:
    """Text on one line, without white space at its ends; spaces that do not break stay."""
    return spaced(text).strip()


def spaced(text: str) -> str:
    """Text with each stretch of white space made one space."""
    return _SPACE.sub(" ", text)


def language_of(element: Element) -> str | None:
    """The xml:lang that holds for an element: its own or its nearest ancestor's."""
    while element is not None:
        tag = element.get(_LANG)
        if tag:
            return str(tag)
        element = element.getparent()
    return None


def settle(element: Element, where: str) -> None:
    """Put the characters in for the named characters of HTML under an element, in place, and for stray bytes of
    Windows-1252.

    Raises ReadError where there is an entity of the document's own: it is not expanded, and its words would be missing.
    """
    from lxml import etree

    for entity in list(element.iter(etree.Entity)):
        character = html.entities.html5.get(f"{entity.name};")
        if character is None:
            reason = f"an entity of its own ({entity.text}) stands in the text, and entities are not expanded"
            raise ReadError(where, reason, "ask the provider for a file without entities")
        _replace(entity, character)
    if (element.getroottree().docinfo.encoding or "").lower() in ("iso-8859-1", "latin1"):
        for each in element.iter(etree.Element):
            if each.text:
                each.text = each.text.translate(_C1)
            if each.tail and each is not element:
                each.tail = each.tail.translate(_C1)


def canonical(element: Element) -> bytes:
    """An element as a document of its own, in Canonical XML 1.0 (UTF-8), with the xml:lang that holds for it: the same
    element gives the same bytes. A namespace that is no absolute URI has no canonical form: then as lxml writes it."""
    from lxml import etree

    language = language_of(element)
    if language:
        element.set(_LANG, language)
    try:
        found: bytes = etree.tostring(element, method="c14n", with_comments=False)
    except etree.C14NError:
        found = etree.tostring(element, encoding="utf-8", xml_declaration=True, with_tail=False)
    return found


def _replace(entity: Element, character: str) -> None:
    """A character and what follows in the place of an entity node."""
    parent, before = entity.getparent(), entity.getprevious()
    text = character + (entity.tail or "")
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    entity.tail = None
    parent.remove(entity)


def _encoding(data: bytes, where: str, note: Note) -> str | None:
    """An encoding over what the document says of itself: where it says UTF-8, or nothing, and is Windows-1252."""
    declared = _DECLARED.match(data[:400].removeprefix(b"\xef\xbb\xbf"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (declared and declared[1].lower() not in (b"utf-8", b"utf8")):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        found = find_encoding(data, where).encoding
        note(where, f"read as {found}")
        return found
    return None


def _fault(parser: Any, error: Exception) -> str:
    """The first thing that is wrong, with its line, in the words of libxml2."""
    first = next(iter(parser.feed_error_log), None)
    return f"{flat(first.message)[:200]} (line {first.line})" if first is not None else flat(str(error))[:200]
