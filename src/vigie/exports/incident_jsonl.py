"""Record incidents as JSON Lines: everything that the record holds of each, with accounts, differences and words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from vigie.model.contract import plain
from vigie.model.record import RecordIncident
from vigie.store.asking import IncidentLine

SCHEMA = "vigie/record-incident/1"


def incident_jsonl(found: Iterable[tuple[IncidentLine, RecordIncident]]) -> Iterator[str]:
    """One line an incident, in their order. Keys are those of `vigie.model.record.RecordIncident`, and from the list
    `standing`, `period`, `disputed` and `reviewed`."""
    for line, record in found:
        more = {"standing": line.standing, "period": line.period, "disputed": line.disputed, "reviewed": line.reviewed}
        yield json.dumps({"schema": SCHEMA, **plain(record), **more}, ensure_ascii=False) + "\n"
