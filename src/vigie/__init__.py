"""Vigie reads news reports about armed violence and keeps a cross-checked record of them.

import vigie
coded = vigie.code("Deux soldats ont été tués jeudi…", published="2024-07-26")
for incident in coded.incidents: ...
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from vigie.model import CodedReport, Report, ReportedDate
from vigie.readers.rejected import Rejected

__version__ = "0.1.0"

__all__ = ["CodedReport", "Rejected", "Report", "__version__", "code", "read"]


def code(
    text: str,
    *,
    published: str | dt.date | ReportedDate | None = None,
    outlet: str | None = None,
    language: str | None = None,
    title: str | None = None,
    id: str | None = None,
) -> CodedReport:
    """The coding of one report given as text.

    `published` is a day, a month or a year ("2024-07-26", "2024-07", "2024"); without it the date in the head of
    the text is taken, where there is one. `language` is an ISO 639-1 code; without it the language is found out.

    Raises EmptyReport, NotText or ReadError where `text` is no report, DateError for a date that means nothing,
    LanguageUnavailable for a language without a pack.
    """
    from vigie.coding.coder import code_report
    from vigie.language.pack import languages
    from vigie.readers.encoding import check_text
    from vigie.readers.published import read_published
    from vigie.readers.reports import make_report, with_language

    check_text(text, id or "text")
    if isinstance(published, dt.date):
        published = published.isoformat()
    day = read_published(published) if isinstance(published, str) else published
    report = make_report(
        text.encode("utf-8"), text, id=id, title=title, language=language, outlet=outlet, published=day
    )
    return code_report(with_language(report, languages()))


def read(path: Path | str) -> Iterator[Report | Rejected]:
    """The reports of a file or folder, and in their place the reason for each that could not be read."""
    from vigie.readers.paths import read_path

    return read_path(path)
