"""A stretch of the report as received."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words of a report: `text[start:end] == quote`, offsets in characters of the text as received."""

    start: int
    end: int
    quote: str
