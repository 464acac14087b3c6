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
    ├── SheetError           a file of codings to be compared is not what it should be
    ├── CodingError          a coder broke its own contract
    ├── DeskError            the desk cannot be started like that
    │   └── AccountError     an account cannot be made or changed like that
    │       └── LastAdmin    nobody would be left to look after the accounts
    ├── WatchError           feeds cannot be watched, or nobody be told, like that
    │   ├── FeedsFileError   the file of feeds is wrong
    │   ├── AddressRefused   an address that must not be reached
    │   ├── FetchFailed      a server gave no answer that can be used
    │   └── DeliveryFailed   a notice was not taken
    ├── RecordError          the record cannot do what is asked
    │   └── DecisionError    a decision makes no sense, or its log was changed
    └── StoreError           the store of the record cannot do what is asked
        ├── StoreMissing     there is none at that address
        ├── StoreUnavailable no way to reach it: no driver, no server, no permission
        ├── StoreOutdated    made by an older version
        ├── StoreNewer       made by a newer version
        ├── StoreBusy        another process is writing
        ├── StoreFull        no room, or it may only be read
        ├── StoreCorrupt     what is there is damaged, or is no store
        ├── StoreNotEmpty    a backup is restored only where there is nothing yet
        ├── BackupError      a backup cannot be written, or is damaged
        ├── QueryError       what is asked for means nothing
        └── DecisionConflict somebody else decided in the meantime

Every message names the file or value, the place in it, and the way out.
"""

from __future__ import annotations

from collections.abc import Sequence

# How many faults of one file are shown; the rest is counted.
_SHOWN = 20


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


class SheetError(VigieError):
    """A file of codings to be compared is not what it should be. `problems` are all its faults, each with its line,
    report and field; the message shows the first of them."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        shown = "\n".join(self.problems[:_SHOWN])
        more = len(self.problems) - _SHOWN
        super().__init__(shown + (f"\n… and {more} more" if more > 0 else "") + "\n(the form is in docs/evaluation.md)")


class CodingError(VigieError):
    """An extractor returned something that breaks the contract (a quote that is not in the text, say)."""


class StoreError(VigieError):
    """The store of the record cannot do what is asked. `where` is its address without the password; `reason` says why,
    `way_out` what to do."""

    def __init__(self, where: str, reason: str, way_out: str = "") -> None:
        self.where, self.reason, self.way_out = where, reason, way_out
        super().__init__(f"{where}: {reason}" + (f" ({way_out})" if way_out else ""))

    def __reduce__(self) -> tuple[type[StoreError], tuple[str, str, str]]:
        return type(self), (self.where, self.reason, self.way_out)


class StoreMissing(StoreError):
    """There is no store at the address."""


class StoreUnavailable(StoreError):
    """The store cannot be reached: the driver is not installed, the server does not answer or lets nobody in."""


class StoreOutdated(StoreError):
    """The store was made by an older version of this package and has to be migrated."""


class StoreNewer(StoreError):
    """The store was made by a newer version of this package."""


class StoreBusy(StoreError):
    """Another process is writing and did not finish in time."""


class StoreFull(StoreError):
    """The store cannot be written: there is no room left, or it may only be read."""


class StoreCorrupt(StoreError):
    """What is at the address is damaged, or is no store of this package."""


class StoreNotEmpty(StoreError):
    """A backup is restored only into a store that holds nothing."""


class BackupError(StoreError):
    """A backup cannot be written, or is damaged, or is none."""


class QueryError(StoreError):
    """What is asked of the record means nothing."""


class DecisionConflict(StoreError):
    """Somebody else decided in the meantime: look again, then decide."""


class RecordError(VigieError):
    """The record cannot do what is asked of it."""


class DecisionError(RecordError):
    """A decision makes no sense where it stands, or a log of them was changed after it was written."""


class DeskError(VigieError):
    """The desk cannot be started like that; the message says what to do."""


class AccountError(DeskError):
    """An account of the desk cannot be made or changed like that."""


class LastAdmin(AccountError):
    """Nobody would be left who may look after the accounts."""


class WatchError(VigieError):
    """Feeds cannot be watched, or nobody be told, like that."""


class FeedsFileError(WatchError):
    """A file of feeds is wrong. `problems` are all its faults, each with its key and the way out."""

    def __init__(self, where: str, problems: Sequence[str]) -> None:
        self.where, self.problems = where, tuple(problems)
        shown = "\n".join(f"{where}: {problem}" for problem in self.problems[:_SHOWN])
        more = len(self.problems) - _SHOWN
        super().__init__(shown + (f"\n… and {more} more" if more > 0 else "") + "\n(the form is in docs/watching.md)")


class AddressRefused(WatchError):
    """An address that must not be reached: it is not public, or no web address at all. `where` shows it without what
    may be secret in it."""

    def __init__(self, where: str, reason: str, way_out: str = "") -> None:
        self.where, self.reason, self.way_out = where, reason, way_out
        super().__init__(f"{where}: {reason}" + (f" ({way_out})" if way_out else ""))


class FetchFailed(WatchError):
    """A server gave no answer that can be used. `status` is that of HTTP where there was one; `wait` how many seconds
    it asks to be left alone."""

    def __init__(self, reason: str, status: int | None = None, wait: float | None = None) -> None:
        self.reason, self.status, self.wait = reason, status, wait
        super().__init__(reason)


class DeliveryFailed(WatchError):
    """Notices were not taken. `lasting`: these notices will not be taken later either; else the channel may be down,
    and `wait` is how many seconds it asks to be left alone."""

    def __init__(self, reason: str, *, lasting: bool = False, wait: float | None = None) -> None:
        self.reason, self.lasting, self.wait = reason, lasting, wait
        super().__init__(reason)
