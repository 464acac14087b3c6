"""Mailboxes (mbox, RFC 4155) and single messages (.eml, RFC 5322): one report a message.

The text is the plain text of a message where it has one, else its HTML; attachments are not read, and are named in a
remark. Lines that were broken to be joined again (format=flowed, RFC 3676) are joined. The key is the Message-ID. A
report's `raw` is the message as it stands in the mailbox, without the "From " line before it.
"""

from __future__ import annotations

import email.header
import email.message
import email.parser
import email.policy
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from vigie.errors import EmptyReport, ReadError
from vigie.model import Report
from vigie.readers.encoding import find_encoding, too_big
from vigie.readers.marks import known_agency
from vigie.readers.markup import html_paragraphs
from vigie.readers.rejected import Rejected
from vigie.readers.reports import Note, silent
from vigie.readers.safe_xml import flat
from vigie.readers.wire import Version, iso_time, version_report

MAX_MESSAGE = 25_000_000
MAX_PARTS = 500
# The line between messages ends in a date with its time; prose that begins with "From" does not.
_FROM = re.compile(rb"From [^\r\n]{0,400}\d{1,2}:\d{2}[^\r\n]{0,60}\r?\n")
_QUOTED_FROM = re.compile(r"^>(>*From )", re.MULTILINE)
_CHUNK = 1 << 20
_LONGEST_HEADER = 2_000


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a message holds: its plain text, its HTML, the names of its attachments."""

    plain: str | None
    html: str | None
    attachments: tuple[str, ...]


def read_mbox(stream: BinaryIO, where: str, note: Note = silent) -> Iterator[Report | Rejected]:
    """A report, or the reason why there is none, for each message of a mailbox, in order; one is held at a time."""
    number = 0
    for number, data in enumerate(_messages(stream), 1):
        place = f"{where}: message {number}"
        try:
            if data is None:
                raise ReadError(place, "too big: the message is longer than is read", f"at most {MAX_MESSAGE:,} bytes")
            yield read_message(data, place, note, quoted=True)
        except ReadError as error:
            yield Rejected.from_error(place, error)
    if not number:
        yield Rejected(where, "a mailbox with no message in it", "export it again")


def read_message(data: bytes, where: str, note: Note = silent, *, quoted: bool = False) -> Report:
    """The report of one message. `quoted` says that lines of it which begin with "From " have a ">" before them.

    Raises EmptyReport where it has no text, ReadError where it is too big or cannot be taken apart.
    """
    if len(data) > MAX_MESSAGE:
        raise too_big(where, len(data), MAX_MESSAGE)
    if not data.strip():
        raise EmptyReport(where, "empty: there is no text in it")
    try:
        message = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(data)
        parts = _parts(message, where)
        subject, sender = _header(message, "Subject"), _header(message, "From")
        created = _date(message)
        key = _header(message, "Message-ID").strip("<> ")
    except ReadError:
        raise
    except Exception as error:  # the standard library fails on broken headers in many ways of its own
        reason = f"a message that cannot be taken apart: {type(error).__name__}: {error}"
        raise ReadError(where, reason[:300], "save its text") from error
    text = _text(parts, quoted=quoted)
    held = f"attachments are not read: {', '.join(parts.attachments)}"
    if not text:
        reason = f"no text in the message; {held}" if parts.attachments else "no text in the message"
        raise EmptyReport(where, reason, "save its attachments and hand them in" if parts.attachments else "")
    if parts.attachments:
        note(where, held)
    name = _name(sender)
    return version_report(
        Version(
            data=data,
            key=key or None,
            created=created,
            title=subject or None,
            paragraphs=(text,),
            outlet=name,
            agency=known_agency(name) if name else None,
        ),
        where,
        note,
    )


def _messages(stream: BinaryIO) -> Iterator[bytes | None]:
    """The messages of a mailbox; None for one beyond MAX_MESSAGE, which is passed over.

    A message begins after a line "From sender date" that stands at the beginning or after a blank line.
    """
    lines: list[bytes] = []
    size = 0
    begun = False
    blank = True
    whole = True  # whether the piece before ended a line
    while line := stream.readline(_CHUNK):
        if whole and blank and _FROM.match(line):
            if begun:
                yield _joined(lines, size)
            begun, lines, size, blank = True, [], 0, False
        else:
            begun = begun or bool(line.strip())
            size += len(line)
            if size <= MAX_MESSAGE:
                lines.append(line)
            blank = whole and not line.strip(b"\r\n")
        whole = line.endswith(b"\n")
    if begun:
        yield _joined(lines, size)


def _joined(lines: list[bytes], size: int) -> bytes | None:
    """A message without the blank line that the mailbox puts after it."""
    if size > MAX_MESSAGE:
        return None
    last = lines[-1].strip(b"\r\n") if lines else b"x"
    return b"".join(lines if last else lines[:-1])


def _parts(message: email.message.Message, where: str) -> _Parts:
    """The texts and attachments of a message. Raises ReadError for more than MAX_PARTS parts."""
    plain: list[str] = []
    html: list[str] = []
    attachments: list[str] = []
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            raise ReadError(where, f"a message of more than {MAX_PARTS} parts", "save its text")
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if kind.startswith("multipart/"):  # says that it has parts and has none: its text stands by itself
            kind = "text/plain"
        if part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            attachments.append(flat(_decoded(part.get_filename() or kind))[:100])
        else:
            (plain if kind == "text/plain" else html).append(_part_text(part, where))
    texts = [text for text in plain if text.strip()]
    return _Parts("\n\n".join(texts) or None, next((text for text in html if text.strip()), None), tuple(attachments))


def _part_text(part: email.message.Message, where: str) -> str:
    """The text of a part in the charset it says, else in the one that fits."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    text: str | None = None
    try:
        text = data.decode(str(part.get_content_charset() or "ascii"))
    except (LookupError, ValueError):
        text = find_encoding(data, where).text if data else ""
    text = text.replace("\r\n", "\n")
    return _unflowed(text) if str(part.get_param("format", "")).lower() == "flowed" else text


def _unflowed(text: str) -> str:
    """Lines that end in a space, joined with the next (RFC 3676)."""
    return re.sub(r"(?<=[^\n-]) \n(?!>|\n)", " ", text)


def _text(parts: _Parts, *, quoted: bool) -> str:
    if parts.plain is not None:
        text = _QUOTED_FROM.sub(r"\1", parts.plain) if quoted else parts.plain
        return "\n".join(line.rstrip() for line in text.strip().split("\n"))
    return "\n\n".join(html_paragraphs(parts.html)) if parts.html else ""


def _header(message: email.message.Message, name: str) -> str:
    return flat(_decoded(str(message.get(name, ""))[:_LONGEST_HEADER]))


def _decoded(words: str) -> str:
    """A header with its encoded words (RFC 2047) put into letters."""
    pieces: list[str] = []
    for piece, charset in email.header.decode_header(words):
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        try:
            pieces.append(piece.decode(charset or "utf-8"))
        except (LookupError, ValueError):
            pieces.append(piece.decode("latin-1"))
    return "".join(pieces).encode("utf-8", "replace").decode("utf-8")


def _date(message: email.message.Message) -> str | None:
    """The Date header, its offset kept: the day is the sender's."""
    given = str(message.get("Date", ""))[:200]
    try:
        return iso_time(email.utils.parsedate_to_datetime(given).isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):
        return iso_time(given)


def _name(sender: str) -> str | None:
    """Who sent it: the name, else the domain of the address."""
    name, address = email.utils.parseaddr(sender)
    return flat(name) or address.rpartition("@")[2] or None
