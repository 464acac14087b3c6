"""Making a Report, the same way for every format."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable

from vigie.errors import LanguageUnavailable
from vigie.language.identify import identify
from vigie.model import Report, ReportedDate, WireIdentity

Note = Callable[[str, str], None]
"""Called with the place and a remark about how something was read ("read as windows-1252")."""


def silent(where: str, remark: str) -> None:
    """A Note that keeps nothing."""


def make_report(
    data: bytes,
    text: str,
    *,
    id: str | None = None,
    title: str | None = None,
    language: str | None = None,
    outlet: str | None = None,
    agency: str | None = None,
    url: str | None = None,
    published: ReportedDate | None = None,
    wire: WireIdentity | None = None,
) -> Report:
    """A report with the bytes it came in and their hash; without an `id` the first 16 hex digits of that hash.

    Its `origin` is the key of its story where `wire` has one, else its own id.
    """
    digest = hashlib.sha256(data).hexdigest()
    name = id or digest[:16]
    return Report(
        id=name,
        sha256=digest,
        text=text,
        title=title or None,
        language=language,
        outlet=outlet or None,
        agency=agency or None,
        url=url or None,
        published=published,
        origin=(wire.key if wire else None) or name,
        wire=wire,
        raw=data,
    )


def with_language(report: Report, allowed: tuple[str, ...]) -> Report:
    """The report with its language: the one it came with, else the one its words are in.

    Raises LanguageUnavailable where that is none of `allowed`.
    """
    language = known(report.language, allowed) if report.language else identify(report.text, allowed)[0]
    return dataclasses.replace(report, language=language)


def known(language: str, allowed: tuple[str, ...]) -> str:
    """A language code given from outside ("fr", "FR", "fr-CA") as one of `allowed`.

    Raises LanguageUnavailable where it is none of them.
    """
    code = language.replace("_", "-").split("-")[0].strip().lower()
    if code not in allowed:
        raise LanguageUnavailable(language, allowed)
    return code
