"""JSON Lines: one report an object a line, {"id","text","title","published","lang","outlet","url"}.

Only "text" is required; a field that is null is the same as one left out; other fields are not read. A line may say
which version of which story it is, as wire formats do: "agency", "key", "revision", "status" (usable, withheld,
canceled), "mark" (update, correction, lead, kill), "version_created", "slug", "ed_note"; a value that is none of these
is left out with a remark. A line whose status is withheld or canceled needs no text: its title and note stand for it. A
line that is a ninjs object is read as one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, get_args

from vigie.errors import DateError, EmptyReport, NotText, ReadError
from vigie.model import Report, WireIdentity
from vigie.model.report import WireMark
from vigie.readers.encoding import check_text, too_long
from vigie.readers.marks import agency_name, find_mark
from vigie.readers.ninjs import looks_like_ninjs, read_object
from vigie.readers.published import read_published
from vigie.readers.rejected import Rejected
from vigie.readers.reports import Note, make_report, silent
from vigie.readers.wire import in_utc, iso_time, notice, revision_number, wire_status

# A JSON escape takes up to twelve bytes a character; beyond this no line can hold a text within the limit.
MAX_LINE = 16_000_000
_SHAPE = 'one JSON object a line, with "text"'
_MARKS: tuple[WireMark, ...] = get_args(WireMark)
_WIRE = ("key", "revision", "status", "mark", "version_created", "slug", "ed_note")


def read_jsonl(stream: BinaryIO, where: str, note: Note = silent) -> Iterator[Report | Rejected]:
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
            yield read_record(line.strip(b"\r\n"), place, note)
        except ReadError as error:
            yield Rejected.from_error(place, error)


def read_record(line: bytes, where: str, note: Note = silent) -> Report:
    """The report of one line. Raises ReadError where it is no record of the format or its text cannot be read."""
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise NotText(where, f"not UTF-8 (byte {error.start} of the line)", "JSON Lines are UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ReadError(where, f"not JSON: {error}", _SHAPE) from error
    if not isinstance(record, dict):
        raise ReadError(where, f"a JSON {_kind(record)}, not an object", _SHAPE)
    if "text" not in record and looks_like_ninjs(record):
        return read_object(record, line, where, note)
    title = _words(record, "title", where)
    wire = _wire(record, title, where, note)
    published = _words(record, "published", where)
    try:
        day = read_published(published) if published else None
    except DateError as error:
        raise ReadError(where, f'"published": {error}', "or leave it out") from error
    agency = _words(record, "agency", where)
    return make_report(
        line,
        _text(record, title, wire, where),
        id=_words(record, "id", where),
        title=title,
        language=_words(record, "lang", where) or _words(record, "language", where),
        outlet=_words(record, "outlet", where),
        agency=agency_name(agency) if agency else None,
        url=_words(record, "url", where),
        published=day,
        wire=wire,
    )


def _text(record: dict[str, Any], title: str | None, wire: WireIdentity | None, where: str) -> str:
    """The text of a record; of a withdrawal without one, its title and note."""
    text = record.get("text")
    if not text and wire is not None and wire.withdrawn:
        text = notice(wire.status, title, wire.ed_note, wire.slug)
    if text is None:
        raise ReadError(where, 'no "text"', _SHAPE)
    if not isinstance(text, str):
        raise ReadError(where, f'"text" is a {_kind(text)}, not a string', _SHAPE)
    if not text:
        raise EmptyReport(where, "empty: there is no text in it")
    check_text(text, where)
    return text


def _wire(record: dict[str, Any], title: str | None, where: str, note: Note) -> WireIdentity | None:
    """What a record says of itself as a version of a story; None where it says nothing."""
    told = {name: _words(record, name, where) for name in _WIRE}
    created, revision = iso_time(told["version_created"]), revision_number(told["revision"])
    status = wire_status(told["status"])
    mark = next((each for each in _MARKS if each == (told["mark"] or "").lower()), None)
    read = {"version_created": created, "revision": revision, "status": status, "mark": mark}
    for name, value in read.items():
        if value is None and told[name] is not None:
            note(where, f'"{name}" left out: {(told[name] or "")[:40]!r} is none')
    found = mark or find_mark(slug=told["slug"], headline=title, ed_note=told["ed_note"])
    wire = WireIdentity(
        key=told["key"],
        revision=revision,
        version_created=in_utc(created),
        status=status or "usable",
        mark="kill" if status == "canceled" else found,
        slug=told["slug"],
        ed_note=told["ed_note"],
    )
    return wire if wire != WireIdentity() else None


def looks_like_jsonl(data: bytes) -> bool:
    """Whether the first line of some bytes is a JSON object with a "text", or one of ninjs with others after it."""
    line, _, rest = data.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not line.startswith(b"{"):
        return False
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and ("text" in record or (bool(rest.strip()) and looks_like_ninjs(record)))


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
