"""Times as the tables of watching keep them: ISO 8601 in UTC with milliseconds, so that they sort as they follow."""

from __future__ import annotations

import datetime as dt
from typing import overload


@overload
def stamp(time: dt.datetime) -> str: ...
@overload
def stamp(time: None) -> None: ...
def stamp(time: dt.datetime | None) -> str | None:
    """A time as it is kept: "2024-08-01T12:00:00.000Z"."""
    if time is None:
        return None
    return time.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@overload
def moment(kept: str) -> dt.datetime: ...
@overload
def moment(kept: None) -> None: ...
def moment(kept: str | None) -> dt.datetime | None:
    """The time that is kept."""
    return dt.datetime.fromisoformat(kept) if kept is not None else None
