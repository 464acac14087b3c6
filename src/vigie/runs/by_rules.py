"""The rules of this package as the coder of a run. They are imported when there is something to code, so that `--help`
and what only asks stay quick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vigie.model import CodedReport, Report


def rules_coder(reports: Iterable[Report]) -> Iterator[CodedReport]:
    """Codes reports by the rules; a `runs.batch.BatchCoder`."""
    from vigie.coding.coder import code_reports

    return code_reports(reports)


def producer() -> str:
    """The coder and its version, as it is kept with each coding."""
    from vigie import __version__
    from vigie.coding.rules import RULES

    return f"{RULES.name}/{RULES.version} (vigie {__version__})"
