"""Text files: the whole file is one report."""

from __future__ import annotations

from vigie.model import Report
from vigie.readers.encoding import decode
from vigie.readers.reports import Note, make_report, silent


def read_plain(data: bytes, where: str, note: Note = silent) -> Report:
    """The report in the bytes of a text file; its text is exactly what was received, line ends included.

    Raises ReadError (EmptyReport, NotText) as `encoding.decode` does.
    """
    decoded = decode(data, where)
    if decoded.encoding != "utf-8":
        note(where, f"read as {decoded.encoding}")
    return make_report(data, decoded.text)
