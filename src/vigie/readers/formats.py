"""What kind of file some bytes are: by what they begin with first, by the ending of the name second.

An ending lies more often than a beginning: feeds that answer with a web page, wire files named .txt, archives without
an ending. Only where the beginning says nothing (plain text may begin with anything) does the ending count.
"""

from __future__ import annotations

import json
import re
from typing import Literal

from vigie.errors import UnknownFormat
from vigie.readers import newsml_12, newsml_g2
from vigie.readers.html import looks_like_html
from vigie.readers.jsonl import looks_like_jsonl
from vigie.readers.ninjs import looks_like_ninjs

Format = Literal[
    "text", "html", "jsonl", "newsml_g2", "newsml_12", "ninjs", "feed", "pdf", "warc", "mbox", "mail", "gzip"
]  # fmt: skip

HEAD = 65_536
"""How many of the first bytes are looked at."""

JSONL = (".jsonl", ".ndjson")
HTML = (".html", ".htm", ".xhtml")
TEXT = (".txt", ".text", ".md")
ONE_REPORT = (*HTML, *TEXT, ".pdf", ".eml", "")
"""Endings of files that mostly hold one report."""
_AS_TEXT = "save the article as text, HTML or JSON Lines"
# Formats that are often handed in by mistake: by the first bytes, then by the ending.
_BEGINNINGS = (
    (b"PK\x03\x04", "ZIP archive (or office document)"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"\xd0\xcf\x11\xe0", "office document"),
    (b"{\\rtf", "RTF document"),
    (b"SQLite format 3\x00", "SQLite database"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ\x00", "xz archive"),
    (b"\x28\xb5\x2f\xfd", "zstd archive"),
)
_ENDINGS = {
    ".docx": "office document", ".doc": "office document", ".odt": "office document", ".rtf": "RTF document",
    ".csv": "table", ".xlsx": "table", ".zip": "ZIP archive", ".tar": "tar archive", ".tgz": "tar archive",
}  # fmt: skip
# Endings that promise a format its beginning always shows.
_PROMISED = {
    ".pdf": "PDF", ".xml": "XML", ".rss": "an RSS feed", ".atom": "an Atom feed", ".warc": "a WARC archive",
    ".json": "JSON", ".gz": "gzip",
}  # fmt: skip
_PROLOGUE = re.compile(
    r"\s*(?:<\?.{0,4000}?\?>|<!--.{0,20000}?-->|<!DOCTYPE\s[^\[>]{0,2000}(?:\[.{0,20000}?\]\s*)?>)", re.DOTALL | re.I
)
_ROOT = re.compile(r"\s*<(?:[A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})(?=[\s/>])")
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*\{)")
_TEXT_FIELD = re.compile(rb'"text"\s*:')
_MBOX = re.compile(rb"From [^\r\n]{1,300}\r?\n(?:>?[A-Za-z][A-Za-z0-9-]{0,60}:|[ \t])")
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,60}):[^\r\n]{0,2000}(?:\r?\n[ \t][^\r\n]{0,2000}){0,200}\r?\n")
_WRITTEN_BY_PROGRAMS = frozenset((b"message-id", b"received", b"mime-version", b"return-path", b"delivered-to"))
_MAIL_HEADERS = _WRITTEN_BY_PROGRAMS | {b"from", b"to", b"date", b"subject", b"content-type", b"reply-to", b"sender"}


def told_format(head: bytes, ending: str, where: str) -> Format:
    """The format of a file by its first HEAD bytes and the ending of its name, in lower case ("" without one).

    Raises UnknownFormat for a kind of file that has no reader.
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"WARC/"):
        return "warc"
    _refuse_known(head, start, where)
    if ending in JSONL:
        return "jsonl"
    told = _markup(head, ending, where) or _json(head, ending, where) or _mail(head, ending)
    if told:
        return told
    if ending in _ENDINGS:
        raise UnknownFormat(where, f"{_ENDINGS[ending]}: there is no reader for it", _AS_TEXT)
    if ending in _PROMISED and start:
        raise UnknownFormat(where, f"named as {_PROMISED[ending]}, but its beginning is none", _AS_TEXT)
    return "html" if ending in HTML else "text"


def _refuse_known(head: bytes, start: bytes, where: str) -> None:
    for beginning, name in _BEGINNINGS:
        if start.startswith(beginning):
            raise UnknownFormat(where, f"{name}: there is no reader for it", _AS_TEXT)
    if head[257:262] == b"ustar":
        raise UnknownFormat(where, "tar archive: there is no reader for it", "unpack it and hand in the folder")


def _markup(head: bytes, ending: str, where: str) -> Format | None:
    """A format of XML or HTML by its first element."""
    text = _as_text(head)
    root = xml_root(text)
    if root in newsml_g2.ROOTS:
        return "newsml_g2"
    if root in newsml_12.ROOTS:
        return "newsml_12"
    if root in ("rss", "feed") or (root == "RDF" and "purl.org/rss/" in text):
        return "feed"
    if looks_like_html(head) or (root or "").lower() in ("html", "head", "body", "article"):
        return "html"
    if root and (ending == ".xml" or text.lstrip("\ufeff \t\r\n").startswith("<?xml")):
        raise UnknownFormat(where, f"XML of a kind that has no reader: <{root}>", "NewsML, RSS and Atom are read")
    return None


def xml_root(text: str) -> str | None:
    """The local name of the first element of a document that begins as XML or HTML does, else None."""
    at = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    while found := _PROLOGUE.match(text, at):
        at = found.end()
    root = _ROOT.match(text, at)
    return root[1] if root else None


def _json(head: bytes, ending: str, where: str) -> Format | None:
    """JSON Lines or ninjs; None where a text only begins like JSON."""
    start = head.removeprefix(b"\xef\xbb\xbf")
    if ending != ".json" and not _JSON.match(start):
        return None
    if looks_like_jsonl(head):
        return "jsonl"
    line, ends, _ = start.lstrip().partition(b"\n")
    if looks_like_ninjs(_value(start)) or looks_like_ninjs(_value(line)) or start.lstrip().startswith(b"["):
        return "ninjs"
    if len(head) == HEAD and not ends and _TEXT_FIELD.search(line):
        return "jsonl"  # a first line longer than what is looked at
    if ending == ".json" or b'"uri"' in start:
        return "ninjs"
    return None


def _mail(head: bytes, ending: str) -> Format | None:
    """A mailbox, or one message: a block of headers of mail, among them one that programs write."""
    if _MBOX.match(head) or ending == ".mbox":
        return "mbox"
    if ending == ".eml":
        return "mail"
    names: set[bytes] = set()
    at = 0
    while found := _HEADER.match(head, at):
        names.add(found[1].lower())
        at = found.end()
    known = names & _MAIL_HEADERS
    return "mail" if len(known) >= 3 and known & _WRITTEN_BY_PROGRAMS else None


def _value(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _as_text(head: bytes) -> str:
    """The first bytes as text, for a look at their markup."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
