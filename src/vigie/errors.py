"""What can go wrong, as one small tree.

    VigieError
    ├── ReadError            a report cannot be read
    │   ├── EmptyReport      nothing to read in it
    │   ├── NotText          binary, or no encoding fits
    │   └── UnknownFormat    no reader for it
    ├── LanguageError        no way to code this language
    │   ├── LanguageUnavailable
    │   └── PackError        a language file is wrong
    ├── DateError            a date given by the caller means nothing
    └── CodingError          a coder broke its own contract

Every message names the file or value, the place in it, and the way out.
"""

from __future__ import annotations


class VigieError(Exception):
    """Base of every error raised on purpose by this package."""


class ReadError(VigieError):
    """A report cannot be read. `where` names the file, line or record; `reason` says why."""

    def __init__(self, where: str, reason: str, way_out: str = "") -> None:
        self.where, self.reason, self.way_out = where, reason, way_out
        super().__init__(f"{where}: {reason}" + (f" ({way_out})" if way_out else ""))


class EmptyReport(ReadError):
    """There is no text in the report."""


class NotText(ReadError):
    """The bytes are not text in any encoding that fits."""


class UnknownFormat(ReadError):
    """No reader knows this kind of file."""


class LanguageError(VigieError):
    """A report's language cannot be coded."""


class LanguageUnavailable(LanguageError):
    """No language pack or no trained pipeline for a language."""

    def __init__(self, language: str, available: tuple[str, ...]) -> None:
        self.language, self.available = language, available
        super().__init__(f"no language pack for {language!r}; there is one for: {', '.join(available) or 'none'}")


class PackError(LanguageError):
    """A file of a language pack breaks the schema."""


class DateError(VigieError):
    """A date given by the caller means nothing."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no date: give YYYY-MM-DD, YYYY-MM, YYYY or YYYY-MM-DDTHH:MM")


class CodingError(VigieError):
    """An extractor returned something that breaks the contract (a quote that is not in the text, say)."""
