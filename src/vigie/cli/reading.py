"""What the commands that read reports have in common: what can be said of all reports, and the paths given."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from vigie.runs.inputs import Overrides

PublishedOption = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Day of publication (YYYY-MM-DD, YYYY-MM, YYYY), over what the reports say."),
]
OutletOption = Annotated[str | None, typer.Option(metavar="NAME", help="Who printed it, over what the reports say.")]
LanguageOption = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="Language of the reports (see `vigie languages`); else found out."),
]
JobsOption = Annotated[int, typer.Option(min=1, max=64, metavar="N", help="Processes to code with.")]


def overrides(published: str | None, outlet: str | None, language: str | None, allowed: tuple[str, ...]) -> Overrides:
    """What the options say of all reports. Raises DateError or LanguageUnavailable where they mean nothing."""
    from vigie.readers import read_published
    from vigie.readers.reports import known
    from vigie.runs.inputs import Overrides

    return Overrides(
        published=read_published(published) if published is not None else None,
        outlet=outlet,
        language=known(language, allowed) if language is not None else None,
    )


def not_there(paths: Iterable[str]) -> str | None:
    """What to say of paths that lead nowhere, None where all are there."""
    from vigie.runs.inputs import STDIN

    missing = [path for path in paths if path != STDIN and not os.path.exists(path)]
    return f"no such file or folder: {', '.join(missing)}" if missing else None
