"""From marked-up text (NITF, XHTML, fragments of HTML) to its paragraphs.

Unlike the reader of web pages, which must find the article among menus and advertisements, this takes all there is:
the bodies of wire formats, feeds and mails hold the story and little else.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from vigie.readers.safe_xml import Element, flat, local_name, spaced

# Elements that begin and end a paragraph; any other stands inside one. NITF's hl1, hl2 and body.content with them.
_BLOCKS = frozenset(
    "address article aside blockquote body body.content body.head caption center dd details div dl dt fieldset "
    "figcaption footer h1 h2 h3 h4 h5 h6 header hl1 hl2 hr li main nitf ol p pre q.block section summary table "
    "tbody tfoot thead tr ul block bq fn note abstract dateline lead paragraph".split()
)
# What holds no words of the story: scripts, forms, menus, pictures with their captions, the head of a page.
_SILENT = frozenset(
    "script style template head title noscript iframe object embed form button select textarea nav svg canvas audio "
    "video picture figure img media media-caption media-metadata media-producer body.end tagline bibliography".split()
)
_CELLS = frozenset(("td", "th"))
_MARKUP = re.compile(
    r"<(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|img|blockquote|table|section)\b[^>]{0,200}>", re.I
)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")


def paragraphs(element: Element) -> tuple[str, ...]:
    """The paragraphs under an element, in order, each on one line (a line break inside one is kept).

    Comments and processing instructions hold no words; entities must have been settled (`safe_xml.settle`).
    """
    found: list[str] = []
    pieces: list[str] = []
    for piece in _pieces(element):
        if piece is not None:
            pieces.append(piece)
        elif pieces:
            found.append(_line(pieces))
            pieces = []
    found.append(_line(pieces))
    return tuple(paragraph for paragraph in found if paragraph)


def html_paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a fragment of HTML; where there is no tag in it, of plain text that may hold entities."""
    if not looks_like_markup(text):
        return plain_paragraphs(html.unescape(text) if _ENTITY.search(text) else text)
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    return () if root is None else paragraphs(root)


def plain_paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of plain text: what stands between blank lines, line ends inside them kept."""
    return tuple(block for each in _BLANK_LINE.split(text.replace("\r\n", "\n")) if (block := each.strip()))


def looks_like_markup(text: str) -> bool:
    """Whether there is a tag of HTML in a text."""
    return bool(_MARKUP.search(text))


def _pieces(element: Element) -> Iterator[str | None]:
    """The text under an element in order; None where a paragraph begins or ends, "\\n" for a line break."""
    waiting: list[tuple[Element, bool]] = [(element, False)]
    while waiting:
        each, left = waiting.pop()
        name = local_name(each).lower()
        if left:
            if name in _BLOCKS:
                yield None
        elif name == "br":
            yield "\n"
        elif name and name not in _SILENT:
            if name in _BLOCKS:
                yield None
            elif name in _CELLS:
                yield " "
            if each.text:
                yield spaced(each.text)
            waiting.append((each, True))
            waiting.extend((child, False) for child in reversed(each))
            continue
        if each.tail and each is not element:
            yield spaced(each.tail)


def _line(pieces: list[str]) -> str:
    lines = (flat(line) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
