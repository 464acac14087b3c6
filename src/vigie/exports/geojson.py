"""Record incidents as GeoJSON (RFC 7946): a point each, with how far from it the incident may have been."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from vigie.exports.incident_rows import row
from vigie.model.record import RecordIncident
from vigie.store.asking import IncidentLine

_PLACE = frozenset({"latitude", "longitude"})


def geojson(found: Iterable[tuple[IncidentLine, RecordIncident]]) -> Iterator[str]:
    """A FeatureCollection, piece by piece. An incident whose place has no coordinates has no geometry; none is put at
    the middle of its country."""
    yield '{"type": "FeatureCollection", "features": ['
    for number, (line, record) in enumerate(found):
        yield (",\n" if number else "\n") + json.dumps(feature(line, record), ensure_ascii=False)
    yield "\n]}\n"


def feature(line: IncidentLine, record: RecordIncident) -> dict[str, Any]:
    """One incident; `properties` are the columns of the CSV, what is not known is null there."""
    point = {"type": "Point", "coordinates": [line.lon, line.lat]}  # RFC 7946, section 3.1.1: longitude first
    return {
        "type": "Feature",
        "id": line.id,
        "geometry": point if line.lon is not None and line.lat is not None else None,
        "properties": {name: value for name, value in row(line, record).items() if name not in _PLACE},
    }
