"""Bytes to text: which encoding, and when to refuse.

Order: byte-order mark (UTF-8, UTF-16, UTF-32), UTF-8, then Windows-1252 where what comes out is plausible as
Western European text. Nothing is replaced or dropped: bytes that fit no encoding are refused.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from vigie.errors import EmptyReport, NotText, ReadError

MAX_CHARACTERS = 1_000_000
MAX_BYTES = 4 * MAX_CHARACTERS

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Characters that carry no word: white space, invisible marks, the mark of byte order.
_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]*")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# What Windows-1252 bytes above 127 stand for in Western European prose: letters, quotation marks, dashes, signs.
_WESTERN = frozenset(
    "àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿšžßþðÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝŸŠŽÞÐ«»‹›“”„‘’‚–—…€£°§·•©®™²³¹½¼¾ªº¿¡\u00a0\u00ad"
)
# UTF-8 of an accented letter read as Windows-1252: "Ã©", "â€™".
_TWICE = re.compile("Ã[\u0080-\u00bf\u0152-\u0178\u2018-\u203a\u20ac\u2122]|â€")
_SAVE = "save it as UTF-8 text"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the name of the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes, where: str) -> Decoded:
    """`data` as text, with nothing changed but the byte-order mark, which belongs to the encoding.

    Raises EmptyReport where there is nothing to read, NotText for binary bytes and for bytes that fit no
    encoding, ReadError for more than MAX_CHARACTERS characters.
    """
    if len(data) > MAX_BYTES:
        raise too_long(where, f"{len(data):,} bytes")
    decoded = find_encoding(data, where)
    check_text(decoded.text, where)
    return decoded


def check_text(text: str, where: str) -> None:
    """Raises EmptyReport where `text` is blank, NotText for NULs and broken characters, ReadError beyond the limit."""
    if _BLANK.fullmatch(text):
        raise EmptyReport(where, "empty: there is no text in it")
    if len(text) > MAX_CHARACTERS:
        raise too_long(where, f"{len(text):,} characters")
    if "\x00" in text:
        raise NotText(where, "binary: there are NUL characters in it", _SAVE)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotText(where, f"half a character (a lone surrogate) at offset {error.start}", _SAVE) from error


def too_long(where: str, size: str) -> ReadError:
    """The refusal of a text beyond the limit."""
    return ReadError(
        where, f"too long to be one report: {size}", f"at most {MAX_CHARACTERS:,} characters each; split it"
    )


def too_big(where: str, size: int, limit: int) -> ReadError:
    """The refusal of a file beyond the limit of its format, in bytes."""
    return ReadError(where, f"too big: {size:,} bytes", f"at most {limit:,} bytes are read; split it")


def find_encoding(data: bytes, where: str) -> Decoded:
    """`data` as text and the encoding it is in, whatever its length. Raises NotText as `decode` does."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding.removesuffix("-sig"))
            except UnicodeDecodeError as error:
                reason = f"begins as {encoding.removesuffix('-sig').upper()} but breaks off at byte {error.start}"
                raise NotText(where, reason, _SAVE) from error
    if b"\x00" in data or len(_CONTROL.findall(data)) > len(data) // 200:
        raise NotText(where, "binary: there are control characters in it", _SAVE)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if text and _plausible(text):
        return Decoded(text, "windows-1252")
    raise NotText(where, f"in no encoding that fits: not UTF-8 (byte {broken}), not Windows-1252", _SAVE)


def _plausible(text: str) -> bool:
    """Whether text read as Windows-1252 looks like Western European prose: few characters above 127, nearly all
    of them letters and marks in use there, none of them the trace of UTF-8 read the wrong way."""
    high = [c for c in text if c > "\x7f"]
    known = sum(c in _WESTERN for c in high)
    return len(high) <= 0.25 * len(text) and known >= 0.95 * len(high) and not _TWICE.search(text)
