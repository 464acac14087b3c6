"""From a path to its reports: which reader for which file, folders, and bytes that come without a name."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from vigie.errors import ReadError, UnknownFormat
from vigie.model import Report
from vigie.readers import html, jsonl
from vigie.readers.encoding import MAX_BYTES, too_long
from vigie.readers.html import looks_like_html, read_html
from vigie.readers.jsonl import looks_like_jsonl, read_jsonl
from vigie.readers.plain import read_plain
from vigie.readers.rejected import Rejected
from vigie.readers.reports import Note, silent

_One = Callable[[bytes, str, Note], Report]

JSONL = (".jsonl", ".ndjson")
HTML = (".html", ".htm", ".xhtml")
TEXT = (".txt", ".text", ".md")
_AS_TEXT = "save the article as text, HTML or JSON Lines"
# Formats that are often handed in by mistake: by the first bytes, then by the ending.
_BEGINNINGS = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP archive (or office document)"),
    (b"\x1f\x8b", "gzip archive"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"\xd0\xcf\x11\xe0", "office document"),
    (b"{\\rtf", "RTF document"),
    (b"WARC/", "WARC archive"),
    (b"SQLite format 3\x00", "SQLite database"),
    (b"<?xml", "XML"),
    (b"<rss", "RSS feed"),
    (b"<newsItem", "NewsML-G2"),
    (b"<NewsML", "NewsML"),
)
_ENDINGS = {
    ".pdf": "PDF", ".xml": "XML", ".rss": "RSS feed", ".atom": "Atom feed", ".warc": "WARC archive",
    ".docx": "office document", ".doc": "office document", ".odt": "office document", ".rtf": "RTF document",
    ".csv": "table", ".xlsx": "table", ".zip": "ZIP archive", ".gz": "gzip archive",
}  # fmt: skip


def read_path(path: Path | str, note: Note = silent) -> Iterator[Report | Rejected]:
    """The reports of a file, or of every file under a folder in the order of their paths (hidden ones left out).

    What cannot be read comes as a Rejected in its place; nothing is raised. `note` hears how a file was read.
    """
    path = Path(path)
    try:
        if path.is_dir():
            yield from _read_folder(path, note)
        else:
            yield from _read_file(path, note)
    except OSError as error:
        yield Rejected(str(path), f"cannot be opened: {error.strerror or error}")


def read_bytes(data: bytes, where: str, note: Note = silent) -> Iterator[Report | Rejected]:
    """The reports in bytes without a name (standard input): JSON Lines, a web page or text, by their beginning."""
    try:
        _refuse_known(data, where, "")
        if looks_like_jsonl(data):
            yield from read_jsonl(io.BytesIO(data), where)
        else:
            yield (read_html if looks_like_html(data) else read_plain)(data, where, note)
    except ReadError as error:
        yield Rejected.from_error(where, error)


def files_under(path: Path | str) -> Iterator[Path]:
    """The files a path stands for: itself, or all regular files under a folder, sorted, hidden ones left out."""
    path = Path(path)
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder) / name for name in sorted(names) if not name.startswith("."))


def _read_folder(path: Path, note: Note) -> Iterator[Report | Rejected]:
    found = False
    for file in files_under(path):
        found = True
        try:
            if file.is_file():
                yield from _read_file(file, note)
            else:
                yield Rejected(str(file), "no regular file")
        except OSError as error:
            yield Rejected(str(file), f"cannot be opened: {error.strerror or error}")
    if not found:
        yield Rejected(str(path), "empty folder: there is no file in it")


def _read_file(path: Path, note: Note) -> Iterator[Report | Rejected]:
    where, ending = str(path), path.suffix.lower()
    if ending in JSONL:
        with path.open("rb") as stream:
            yield from read_jsonl(stream, where)
        return
    try:
        size, limit = path.stat().st_size, max(MAX_BYTES, html.MAX_BYTES, jsonl.MAX_LINE)
        if size > limit:
            raise too_long(where, f"{size:,} bytes")
        data = path.read_bytes()
        _refuse_known(data, where, ending)
        if ending == ".json" or ending not in HTML + TEXT:
            if looks_like_jsonl(data):
                yield from read_jsonl(io.BytesIO(data), where)
                return
            if ending == ".json":
                raise UnknownFormat(where, "JSON that is not one report a line", 'one object a line, with "text"')
        reader: _One = read_html if ending in HTML or looks_like_html(data) else read_plain
        yield reader(data, where, note)
    except ReadError as error:
        yield Rejected.from_error(where, error)


def _refuse_known(data: bytes, where: str, ending: str) -> None:
    """Raises UnknownFormat for a kind of file that is known and has no reader."""
    head = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for beginning, name in _BEGINNINGS:
        if head.startswith(beginning) and not looks_like_html(data):
            raise UnknownFormat(where, f"{name}: there is no reader for it", _AS_TEXT)
    if ending in _ENDINGS:
        raise UnknownFormat(where, f"{_ENDINGS[ending]}: there is no reader for it", _AS_TEXT)
