"""An input that could not be read or coded, as a value: one bad record never stops a batch."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from vigie.errors import ReadError, VigieError
from vigie.model import Report

SCHEMA = "vigie/rejected/1"
_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class Rejected:
    """`where` names the file, line or record; `reason` says why it was left out; `way_out` what would help."""

    where: str
    reason: str
    way_out: str = ""

    @classmethod
    def from_error(cls, where: str, error: VigieError) -> Rejected:
        """The rejection that an error amounts to; a ReadError brings its own place, reason and way out."""
        if isinstance(error, ReadError):
            return cls(error.where or where, error.reason, error.way_out)
        return cls(where, str(error))

    def json_line(self) -> str:
        """One line of JSON for a program, without the line end."""
        row = {"schema": SCHEMA, "where": self.where, "reason": self.reason, "way_out": self.way_out or None}
        return json.dumps(row, ensure_ascii=False, separators=(",", ":"))

    def line(self) -> str:
        """One line for a person."""
        words = f"{self.where}: {self.reason}" + (f" ({self.way_out})" if self.way_out else "")
        return " ".join(words.split())


def in_turn(
    parts: Sequence[_Part], read: Callable[[_Part, str], Iterable[Report | Rejected]], where: str, limit: int
) -> Iterator[Report | Rejected]:
    """What `read` gives for each part of a file, called with the part and its place; the rejection that a ReadError
    amounts to stands in for a part. Of several parts each has its number in its place; those beyond `limit` are left
    out, with one rejection for all."""
    for number, part in enumerate(parts[:limit], 1):
        place = where if len(parts) == 1 else f"{where}: item {number}"
        try:
            yield from read(part, place)
        except ReadError as error:
            yield Rejected.from_error(place, error)
    if len(parts) > limit:
        yield Rejected(where, f"more than {limit:,} items", "split the file")
