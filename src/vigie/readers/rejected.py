"""An input that could not be read or coded, as a value: one bad record never stops a batch."""

from __future__ import annotations

import json
from dataclasses import dataclass

from vigie.errors import ReadError, VigieError

SCHEMA = "vigie/rejected/1"


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
