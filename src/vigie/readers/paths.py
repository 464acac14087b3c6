"""From a path to its reports: which reader for which file, folders, gzip, and bytes that come without a name."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from vigie.errors import ReadError, UnknownFormat
from vigie.model import Report
from vigie.readers import encoding, feeds, html, mail, ninjs, pdf, safe_xml
from vigie.readers.encoding import too_big, too_long
from vigie.readers.feeds import read_feed
from vigie.readers.formats import HEAD, HTML, JSONL, TEXT, Format, told_format
from vigie.readers.html import read_html
from vigie.readers.jsonl import read_jsonl
from vigie.readers.mail import read_mbox, read_message
from vigie.readers.newsml_12 import read_newsml_12
from vigie.readers.newsml_g2 import read_newsml_g2
from vigie.readers.ninjs import read_ninjs
from vigie.readers.pdf import read_pdf
from vigie.readers.plain import read_plain
from vigie.readers.rejected import Rejected
from vigie.readers.reports import Note, silent
from vigie.readers.warc import read_warc

__all__ = ["HTML", "JSONL", "TEXT", "files_under", "read_bytes", "read_path"]

_Found = Iterable[Report | Rejected]
_Streamed = Callable[[BinaryIO, str, Note], _Found]
_Whole = Callable[[bytes, str, Note], _Found]

# Readers that draw from a stream as they go, and those that need the whole file, with the most bytes they take.
_STREAMED: dict[Format, _Streamed] = {"jsonl": read_jsonl, "warc": read_warc, "mbox": read_mbox}
_WHOLE: dict[Format, tuple[_Whole, int]] = {
    "text": (lambda data, where, note: (read_plain(data, where, note),), encoding.MAX_BYTES),
    "html": (lambda data, where, note: (read_html(data, where, note),), html.MAX_BYTES),
    "newsml_g2": (read_newsml_g2, safe_xml.MAX_BYTES),
    "newsml_12": (read_newsml_12, safe_xml.MAX_BYTES),
    "ninjs": (read_ninjs, ninjs.MAX_BYTES),
    "feed": (read_feed, feeds.MAX_BYTES),
    "mail": (lambda data, where, note: (read_message(data, where, note),), mail.MAX_MESSAGE),
    "pdf": (lambda data, where, note: (read_pdf(data, where, note),), pdf.MAX_BYTES),
}
_BROKEN_GZIP = "gzip that breaks off or is damaged"
_UNPACK = "fetch it again, or unpack what is left of it"


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
        yield _unopened(path, error)


def read_bytes(data: bytes, where: str, note: Note = silent, *, name: str = "") -> Iterator[Report | Rejected]:
    """The reports in bytes that come without a file (standard input, an upload), of any format that their beginning
    tells, else of the one that the ending of `name` tells, else text."""
    path = Path(name)
    yield from _read_stream(io.BytesIO(data), where, path.suffix.lower(), note, inner=Path(path.stem).suffix.lower())


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
            yield _unopened(file, error)
    if not found:
        yield Rejected(str(path), "empty folder: there is no file in it")


def _unopened(path: Path, error: OSError) -> Rejected:
    return Rejected(str(path), f"cannot be opened: {error.strerror or error}")


def _read_file(path: Path, note: Note) -> Iterator[Report | Rejected]:
    ending = path.suffix.lower()
    with path.open("rb") as stream:
        yield from _read_stream(stream, str(path), ending, note, inner=Path(path.stem).suffix.lower())


def _read_stream(
    stream: BinaryIO, where: str, ending: str, note: Note, *, inner: str = ""
) -> Iterator[Report | Rejected]:
    """The reports of a stream that can be read anew; `inner` is the ending before ".gz"."""
    head = stream.read(HEAD)
    stream.seek(0)
    try:
        kind = told_format(head, ending, where)
        if kind == "gzip":
            yield from _read_gzip(stream, where, inner, note)
        else:
            yield from _read_as(kind, stream, where, note)
    except ReadError as error:
        yield Rejected.from_error(where, error)


def _read_as(kind: Format, stream: BinaryIO, where: str, note: Note) -> _Found:
    if kind in _STREAMED:
        return _STREAMED[kind](stream, where, note)
    reader, limit = _WHOLE[kind]
    data = stream.read(limit + 1)
    if len(data) > limit:
        size = len(data) if isinstance(stream, gzip.GzipFile) else stream.seek(0, os.SEEK_END)
        raise too_long(where, f"{size:,} bytes") if kind in ("text", "html") else too_big(where, size, limit)
    return reader(data, where, note)


def _read_gzip(stream: BinaryIO, where: str, ending: str, note: Note) -> Iterator[Report | Rejected]:
    """What a gzip file holds, unpacked as it is read; where it breaks off, what came before it and then the reason."""
    unpacked = cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    try:
        head = _head(unpacked)
        unpacked.seek(0)
        kind = told_format(head, ending, where)
        if kind == "gzip":
            raise UnknownFormat(where, "gzip within gzip: there is no reader for it", "unpack it once")
        if kind == "warc":  # packed record by record: its reader unpacks each, and finds the next after a damaged one
            stream.seek(0)
            yield from read_warc(stream, where, note)
            return
        yield from _read_as(kind, unpacked, where, note)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Rejected(where, f"{_BROKEN_GZIP}: {error}", _UNPACK)


def _head(unpacked: BinaryIO) -> bytes:
    """The first HEAD bytes, or as many of them as can be unpacked."""
    pieces: list[bytes] = []
    try:
        while sum(map(len, pieces)) < HEAD and (piece := unpacked.read(512)):
            pieces.append(piece)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        pass
    return b"".join(pieces)[:HEAD]
