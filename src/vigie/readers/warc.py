"""WARC archives of the web (ISO 28500), packed or not: one report a captured page of HTML or text.

Read are the responses with status 200 and the resources whose type is HTML or plain text; everything else (pictures,
scripts, redirections, requests, revisits) is passed over and counted in a remark. Captures of one article are versions
of one story (`readers.captured`). A report's `raw` is the page as its server sent it, unpacked: the same as a page
saved by hand. An archive that is damaged is read on from the next record that can be found.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from vigie.errors import ReadError
from vigie.model import Report
from vigie.readers import html
from vigie.readers.captured import read_captured
from vigie.readers.encoding import too_big
from vigie.readers.rejected import Rejected
from vigie.readers.reports import Note, silent
from vigie.readers.wire import iso_time

MAX_RECORD = html.MAX_BYTES
"""The most bytes of a page, packed or unpacked."""
MAX_DAMAGES = 1_000
"""After how many damaged places an archive is given up."""

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_GZIP = b"\x1f\x8b\x08"
# The head of a record as archives write it: no page quotes it with these line ends.
_NEXT = re.compile(rb"WARC/1\.[01]\r\nWARC-(?:Type|Record-ID|Date|Target-URI): ")
_BLOCK = 1 << 20
_CHUNK = 1 << 16
_AGAIN = "fetch the archive again"


@dataclass(frozen=True, slots=True)
class _Page:
    """A captured page: its address, the moment of capture (ISO 8601), its type and charset, its bytes unpacked."""

    url: str
    captured: str | None
    kind: str
    charset: str | None
    data: bytes


def read_warc(stream: BinaryIO, where: str, note: Note = silent) -> Iterator[Report | Rejected]:
    """A report, or the reason why there is none, for each page in an archive, in order. `stream` must be able to seek.

    Raises nothing. Records are drawn as they are needed; what is held at once is one record.
    """
    passed_over = 0
    found = False
    for number, each in enumerate(_records(stream), 1):
        place = f"{where}: record {number}"
        found = True
        if isinstance(each, str):
            yield Rejected(place, each, _AGAIN)
            continue
        try:
            page = _page(each, place)
            if page is None:
                passed_over += 1
            else:
                yield _report(page, f"{place} ({page.url[:200]})", note)
        except ReadError as error:
            yield Rejected.from_error(place, error)
    if passed_over:
        note(where, f"{passed_over:,} records that are no pages were passed over")
    if not found:
        yield Rejected(where, "an archive with no record in it", _AGAIN)


def _records(stream: BinaryIO) -> Iterator[Any]:
    """The records of an archive; in the place of damage, words that say what it is."""
    from fastwarc.warc import ArchiveIterator

    start = stream.tell()
    packed = stream.read(len(_GZIP)) == _GZIP
    for _ in range(MAX_DAMAGES):
        stream.seek(start)
        at, least = start, 1
        try:
            for record in ArchiveIterator(stream, parse_http=True, auto_decode="none"):
                at = record.stream_pos
                least = 1 if packed else max(1, _declared_length(record) or 0)
                yield record
            return
        except OSError as error:
            yield f"a damaged record: {error}"
        following = _next_record(stream, at + least, packed=packed)
        if following is None:
            return
        start = following
    yield f"more than {MAX_DAMAGES:,} damaged places: the rest is not read"


def _next_record(stream: BinaryIO, start: int, *, packed: bool) -> int | None:
    """Where the next record begins at or after an offset; None where there is none."""
    mark = _GZIP if packed else b"\nWARC/1."
    stream.seek(start)
    held, offset = b"", start
    while block := stream.read(_BLOCK):
        held += block
        at = held.find(mark)
        while at >= 0:
            found = offset + at + (0 if packed else 1)
            if not packed or _begins_record(stream, found):
                return found
            at = held.find(mark, at + 1)
        done = max(0, len(held) - len(mark) + 1)
        offset, held = offset + done, held[done:]
        stream.seek(offset + len(held))
    return None


def _begins_record(stream: BinaryIO, at: int) -> bool:
    stream.seek(at)
    try:
        return zlib.decompressobj(wbits=31).decompress(stream.read(512), 5) == b"WARC/"
    except zlib.error:
        return False


def _page(record: Any, where: str) -> _Page | None:
    """The page in a record; None for a record of another kind.

    Raises ReadError where the record is cut, too big, or packed in a way that cannot be undone.
    """
    kind = str(record.record_type)
    length = _declared_length(record)
    if length is None:
        raise ReadError(where, "a record whose header is broken or cut", _AGAIN)
    if kind not in ("response", "resource"):
        return None
    headers = record.http_headers if kind == "response" else None
    if kind == "response" and (headers is None or headers.status_code != 200):
        if headers is None or headers.status_code is None:
            _block(record, where)  # says so where the archive breaks off in the header
        return None
    media = (headers or record.headers).get("Content-Type") or ""
    if media.split(";")[0].strip().lower() not in _PAGES:
        return None
    if record.headers.get("WARC-Truncated"):
        raise ReadError(where, "a page that was cut when it was captured", "capture it again")
    data = _block(record, where)
    if headers is not None:
        data = _unpacked(_dechunked(data, headers.get("Transfer-Encoding")), headers.get("Content-Encoding"), where)
    url = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
    charset = media.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    captured = iso_time(record.headers.get("WARC-Date"))
    return _Page(url, captured, media.split(";")[0].strip().lower(), charset or None, data)


def _block(record: Any, where: str) -> bytes:
    """The bytes of a record's payload, drawn in small pieces: a length in a header is only a claim."""
    claimed = record.content_length
    if claimed > MAX_RECORD:
        raise too_big(where, claimed, MAX_RECORD)
    pieces: list[bytes] = []
    left = claimed
    while left > 0 and (piece := record.reader.read(min(left, _CHUNK))):
        pieces.append(piece)
        left -= len(piece)
    if left:
        raise ReadError(
            where, f"the archive breaks off in this record: {left:,} of {claimed:,} bytes are missing", _AGAIN
        )
    data = b"".join(pieces)
    if _NEXT.search(data):
        raise ReadError(where, "a record that is cut and runs into the next one", _AGAIN)
    return data


def _declared_length(record: Any) -> int | None:
    given = record.headers.get("Content-Length") or ""
    return int(given) if given.isdecimal() and len(given) < 16 else None


def _dechunked(data: bytes, coding: str | None) -> bytes:
    """The body of a message sent in chunks (RFC 9112); as it is where it is none, as many archives keep it."""
    if "chunked" not in (coding or "").lower():
        return data
    pieces: list[bytes] = []
    at = 0
    while True:
        line, end, _ = data[at : at + 80].partition(b"\r\n")
        size = line.split(b";")[0].strip()
        if not end or not size or size.strip(b"0123456789abcdefABCDEF"):
            return data
        length = int(size, 16)
        at += len(line) + 2
        if not length:
            return b"".join(pieces)
        if at + length > len(data):
            return data
        pieces.append(data[at : at + length])
        at += length + 2


def _unpacked(data: bytes, coding: str | None, where: str) -> bytes:
    """The body without its Content-Encoding; as it is where it is unpacked already, as many archives keep it.

    Raises ReadError where it unpacks to more than MAX_RECORD or cannot be unpacked.
    """
    name = (coding or "").strip().lower()
    if name in ("gzip", "x-gzip"):
        return _inflated(data, 31, where) if data.startswith(_GZIP[:2]) else data
    if name == "deflate":
        return _inflated(data, 15 if data[:1] == b"\x78" else -15, where)
    if name in ("br", "zstd"):
        return _drawn(data, name, where)
    return data


def _inflated(data: bytes, bits: int, where: str) -> bytes:
    unpacking = zlib.decompressobj(wbits=bits)
    try:
        found = unpacking.decompress(data, MAX_RECORD + 1)
    except zlib.error as error:
        raise ReadError(where, f"a page whose packing is damaged: {error}", _AGAIN) from error
    if len(found) > MAX_RECORD:
        raise too_big(where, len(found), MAX_RECORD)
    if not unpacking.eof:
        raise ReadError(where, "a page whose packing breaks off", _AGAIN)
    return found


def _drawn(data: bytes, name: str, where: str) -> bytes:
    from fastwarc import stream_io

    reader = (stream_io.BrotliReader if name == "br" else stream_io.ZstdReader)(io.BytesIO(data))
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := reader.read(_CHUNK):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_RECORD:
                raise too_big(where, size, MAX_RECORD)
    except OSError as error:
        raise ReadError(where, f"a page whose packing is damaged: {error}", _AGAIN) from error
    return b"".join(pieces)


def _report(page: _Page, where: str, note: Note) -> Report:
    return read_captured(
        page.data, where, note, url=page.url, captured=page.captured, kind=page.kind, charset=page.charset
    )
