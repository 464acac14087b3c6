"""One published item as received."""

from __future__ import annotations

from dataclasses import dataclass

from vigie.model.dates import ReportedDate
from vigie.model.places import Place


@dataclass(frozen=True, slots=True)
class Report:
    """A report as read: `text` is exactly what was received; every offset in a coding points into it.

    `sha256` is of the bytes as received. `published` is the caller's or the file's own date, None if unknown.
    `language` is an ISO 639-1 code or None until told; `outlet` who printed it, `agency` whose copy it is.
    """

    id: str
    sha256: str
    text: str
    title: str | None = None
    language: str | None = None
    outlet: str | None = None
    agency: str | None = None
    url: str | None = None
    published: ReportedDate | None = None
    dateline: Place | None = None
    origin: str | None = None
