"""Record incidents as CSV (RFC 4180), plain or tagged for the Humanitarian Exchange Language.

The tags are those that HDX uses for data of armed conflict (ACLED's tables there), with attributes of the HXL standard
(1.1, https://hxlstandard.org) for bounds; columns that HXL has no word for stand untagged, as it allows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Any

from vigie.exports.incident_rows import row
from vigie.model.record import RecordIncident
from vigie.store.asking import IncidentLine

COLUMNS = (
    "id", "type", "period", "standing", "date_start", "date_end", "date_grain", "date_basis", "place",
    "place_relation", "place_precision", "admin1", "country", "iso3", "latitude", "longitude", "radius_km", "actors",
    "actor_basis", "responsibility", "targets", "target_kinds", "weapons", "killed_lower", "killed_upper",
    "killed_hedge", "injured_lower", "injured_upper", "injured_hedge", "attackers_killed_lower",
    "attackers_killed_upper", "attackers_killed_hedge", "damage", "independent_accounts", "reports", "disputed",
    "disputed_fields", "reviewed", "decided_fields", "acled_event_type", "acled_sub_event_type", "cameo", "sources",
    "report_ids",
)  # fmt: skip
TAGS = MappingProxyType(
    {
        "id": "#event+code",
        "date_start": "#date+start",
        "date_end": "#date+end",
        "place": "#loc+name",
        "admin1": "#adm1+name",
        "country": "#country+code+v_iso2",
        "iso3": "#country+code+v_iso3",
        "latitude": "#geo+lat",
        "longitude": "#geo+lon",
        "radius_km": "#geo+radius_km",
        "actors": "#group+name+first",
        "targets": "#group+name+second",
        "killed_lower": "#affected+killed+min",
        "killed_upper": "#affected+killed+max",
        "injured_lower": "#affected+injured+min",
        "injured_upper": "#affected+injured+max",
        "acled_event_type": "#event+type",
        "acled_sub_event_type": "#event+type+sub",
        "cameo": "#event+code+v_cameo",
        "sources": "#meta+source",
    }
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def incident_csv(found: Iterable[tuple[IncidentLine, RecordIncident]], *, tagged: bool = False) -> Iterator[str]:
    """The rows, the heading first and, where they are `tagged`, the HXL tags under it."""
    yield _line(COLUMNS)
    if tagged:
        yield _line([TAGS.get(column, "") for column in COLUMNS], safe=True)
    for line, record in found:
        values = row(line, record)
        yield _line([values[column] for column in COLUMNS])


def _line(values: Sequence[Any], *, safe: bool = False) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([value if safe else _cell(value) for value in values])
    return buffer.getvalue()


def _cell(value: Any) -> Any:
    """A cell that a spreadsheet takes for text: a name from the news may begin like a formula (OWASP, CSV
    injection)."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
