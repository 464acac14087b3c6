"""One published item as received."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from vigie.model.dates import ReportedDate
from vigie.model.places import Place

WireStatus = Literal["usable", "withheld", "canceled"]
WireMark = Literal["update", "correction", "lead", "kill"]


@dataclass(frozen=True, slots=True)
class WireIdentity:
    """What a wire format says of an item as a version of a story.

    `key` names the story without its revision (NewsML provider/date/item, NewsML-G2 guid, ninjs uri), None where the
    format has none; `revision` orders versions of one key, `version_created` is the format's own date and time (in
    UTC, where it has an offset).
    `status` is that of NewsML-G2 `pubStatus`: what is withheld or canceled stays in the record and stops counting.
    `mark` is what slug, headline or editorial note say of the relation to an earlier version: a hint, not a proof.
    """

    key: str | None = None
    revision: int | None = None
    version_created: str | None = None
    status: WireStatus = "usable"
    mark: WireMark | None = None
    slug: str | None = None
    ed_note: str | None = None

    @property
    def withdrawn(self) -> bool:
        """Whether the provider has taken this version back: what it tells does not count."""
        return self.status != "usable"


@dataclass(frozen=True, slots=True)
class Report:
    """A report as read: `text` is exactly what was received; every offset in a coding points into it.

    `sha256` is of the bytes as received, `raw` those bytes (empty where the caller kept none). `published` is the
    caller's or the file's own date, None if unknown.
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
    wire: WireIdentity | None = None
    raw: bytes = field(default=b"", repr=False, compare=False)
