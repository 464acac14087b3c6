"""JSON Lines: one report an object a line, {"id","text","title","published","lang","outlet","url"}.

Only "text" is required; a field that is null is the same as one left out; other fields are not read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from vigie.errors import DateError, EmptyReport, NotText, ReadError
from vigie.model import Report
from vigie.readers.encoding import check_text, too_long
from vigie.readers.published import read_published
from vigie.readers.rejected import Rejected
from vigie.readers.reports import make_report

# A JSON escape takes up to twelve bytes a character; beyond this no line can hold a text within the limit.
MAX_LINE = 16_000_000
_SHAPE = 'one JSON object a line, with "text"'


def read_jsonl(stream: BinaryIO, where: str) -> Iterator[Report | Rejected]:
    """A report, or the reason why there is none, for each line that is not blank. Lines count from 1."""
    for number, line in enumerate(_lines(stream), 1):
        place = f"{where}:{number}"
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf") if line is not None else None
        if line is not None and not line.strip():
            continue
        try:
            if line is None:
                raise too_long(place, f"a line of more than {MAX_LINE:,} bytes")
            yield read_record(line.strip(b"\r\n"), place)
        except ReadError as error:
            yield Rejected.from_error(place, error)


def read_record(line: bytes, where: str) -> Report:
    """The report of one line. Raises ReadError where it is no record of the format or its text cannot be read."""
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise NotText(where, f"not UTF-8 (byte {error.start} of the line)", "JSON Lines are UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ReadError(where, f"not JSON: {error}", _SHAPE) from error
    if not isinstance(record, dict):
        raise ReadError(where, f"a JSON {_kind(record)}, not an object", _SHAPE)
    text = record.get("text")
    if text is None:
        raise ReadError(where, 'no "text"', _SHAPE)
    if not isinstance(text, str):
        raise ReadError(where, f'"text" is a {_kind(text)}, not a string', _SHAPE)
    if not text:
        raise EmptyReport(where, "empty: there is no text in it")
    check_text(text, where)
    published = _words(record, "published", where)
    try:
        day = read_published(published) if published else None
    except DateError as error:
        raise ReadError(where, f'"published": {error}', "or leave it out") from error
    return make_report(
        line,
        text,
        id=_words(record, "id", where),
        title=_words(record, "title", where),
        language=_words(record, "lang", where) or _words(record, "language", where),
        outlet=_words(record, "outlet", where),
        url=_words(record, "url", where),
        published=day,
    )


def looks_like_jsonl(data: bytes) -> bool:
    """Whether the first line of some bytes is a JSON object with a "text"."""
    line = data.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    if not line.startswith(b"{"):
        return False
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and "text" in record


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream; None for one longer than MAX_LINE, which is passed over."""
    while line := stream.readline(MAX_LINE):
        if len(line) < MAX_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
            pass
        yield None


def _words(record: dict[str, Any], key: str, where: str) -> str | None:
    """A string field; a number is taken as its digits. Raises ReadError for anything else."""
    value = record.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise ReadError(where, f'"{key}" is a {_kind(value)}, not a string', "or leave it out")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotText(where, f'half a character (a lone surrogate) in "{key}"') from error
    return value


def _kind(value: object) -> str:
    names = {dict: "object", list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")
