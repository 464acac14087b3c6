"""How a store is set: by which rules its record was derived, and what whoever uses it has noted beside the record."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from vigie.model.contract import plain
from vigie.store import schema as s
from vigie.store.keeping import dumped
from vigie.store.rules import Rules

_RULES = "rules"
_NOTE = "note: "


def note_rules(connection: Connection, now: Rules) -> None:
    """Note the rules by which the record is derived from now on."""
    connection.execute(delete(s.settings).where(s.settings.c.name == _RULES))
    connection.execute(insert(s.settings).values(name=_RULES, value=dumped(described(now))))


def rules(connection: Connection) -> Any:
    """The rules by which the record was derived, as `described` gives them; None where nothing has been yet."""
    value = connection.scalar(select(s.settings.c.value).where(s.settings.c.name == _RULES))
    return json.loads(value) if value is not None else None


def note(connection: Connection, name: str, value: Any) -> None:
    """Note a JSON value under a name, in the place of the one that was there."""
    key = _NOTE + name
    connection.execute(delete(s.settings).where(s.settings.c.name == key))
    connection.execute(insert(s.settings).values(name=key, value=dumped(value)))


def noted(connection: Connection, name: str) -> Any:
    """What was noted under a name, None where nothing was."""
    value = connection.scalar(select(s.settings.c.value).where(s.settings.c.name == _NOTE + name))
    return json.loads(value) if value is not None else None


def described(rules: Rules) -> Any:
    """What tells rules from others: their version, thresholds and limits, as JSON."""
    return {"version": rules.version, "thresholds": plain(rules.thresholds), "crowd": plain(rules.crowd)}
