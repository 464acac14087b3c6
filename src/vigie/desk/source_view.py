"""One source as the desk shows it: found by its key or a name, with what people decided about it."""

from __future__ import annotations

from vigie.model.record import Decision
from vigie.record.names import fold_name
from vigie.record.sources import Sources
from vigie.store.inquiry import Inquiry
from vigie.store.speaking import VoiceLine


def found_source(inquiry: Inquiry, key: str) -> VoiceLine | None:
    """The source of a key, else the one that the key is a name of; None where neither tells of anything."""
    for wanted in dict.fromkeys((key, inquiry.sources.family(key) or "", fold_name(key))):
        line = inquiry.voice(wanted) if wanted else None
        if line is not None:
            return line
    return None


def decisions_about(source: str, inquiry: Inquiry) -> list[Decision]:
    """The lines of the log that join, part or describe names of a source, and the undos of those; the newest first.
    `source` is its key."""
    log = inquiry.log.lines
    about = {line.number for line in log if line.names and _concerns(line, source, inquiry.sources)}
    for line in log:
        if line.kind == "undo" and line.undoes in about:
            about.add(line.number)
    return [line for line in reversed(log) if line.number in about]


def _concerns(line: Decision, source: str, sources: Sources) -> bool:
    return any(source in (fold_name(name), sources.family(name)) for name in line.names)
