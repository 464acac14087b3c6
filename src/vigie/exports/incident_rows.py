"""A record incident as one flat row: bounds, precision and basis in columns of their own, nothing where nothing is
known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vigie.exports.countries import country_codes
from vigie.model.codebooks import codes_for
from vigie.model.coded import Actor, Target, WeaponUse
from vigie.model.dates import ReportedDate
from vigie.model.places import Place
from vigie.model.quantities import Quantity
from vigie.model.record import RecordIncident
from vigie.record.field_values import TOLL_FIELDS
from vigie.store.asking import IncidentLine

SEPARATOR = "; "
RADIUS_KM = {"site": 1, "settlement": 5, "district": 25, "region": 100}
"""How far from its coordinates an incident may have been, for each precision of a place; a rough measure for drawing.
A country has no coordinates that would mean anything."""


def row(line: IncidentLine, record: RecordIncident) -> dict[str, Any]:
    """The row of an incident: column and value, None where it is not known. Several values stand in one cell, parted
    by semicolons."""
    return {
        "id": line.id,
        "type": line.type,
        "period": line.period,
        "standing": line.standing,
        **_date(record.value("date")),
        **_place(record.value("place")),
        **_people(record),
        "weapons": _listed(_weapon(use) for use in record.value("weapons") or ()),
        **{column: value for name in TOLL_FIELDS for column, value in _toll(name, record.value(name)).items()},
        "damage": record.value("damage"),
        "independent_accounts": record.independent,
        "reports": len(record.reports),
        "disputed": line.disputed,
        "disputed_fields": _listed(dict.fromkeys(d.field for d in record.differences if d.verdict == "conflict")),
        "reviewed": line.reviewed,
        "decided_fields": _listed(name for name, value in record.fields.items() if value.decision is not None),
        **_codes(line, record),
        "sources": _listed(account.names[0] for account in record.accounts),
        "report_ids": _listed(record.reports),
    }


def _date(date: Any) -> dict[str, Any]:
    known = date if isinstance(date, ReportedDate) else None
    return {
        "date_start": known.start.isoformat() if known else None,
        "date_end": known.end.isoformat() if known else None,
        "date_grain": known.grain if known else None,
        "date_basis": known.basis if known else None,
    }


def _place(place: Any) -> dict[str, Any]:
    known = place if isinstance(place, Place) else None
    codes = country_codes().get(known.country) if known and known.country else None
    located = known is not None and known.lat is not None
    return {
        "place": known.name if known else None,
        "place_relation": known.relation if known else None,
        "place_precision": known.precision if known else None,
        "admin1": known.admin1 if known else None,
        "country": known.country if known else None,
        "iso3": codes.alpha3 if codes else None,
        "latitude": known.lat if known else None,
        "longitude": known.lon if known else None,
        "radius_km": RADIUS_KM.get(known.precision) if known and located else None,
    }


def _people(record: RecordIncident) -> dict[str, Any]:
    actors: tuple[Actor, ...] = record.value("actors") or ()
    targets: tuple[Target, ...] = record.value("targets") or ()
    return {
        "actors": _listed(actor.name for actor in actors),
        "actor_basis": _listed(actor.basis for actor in actors),
        "responsibility": record.value("responsibility"),
        "targets": _listed(target.name for target in targets),
        "target_kinds": _listed(target.kind for target in targets),
    }


def _weapon(use: WeaponUse) -> str:
    """ "rocket", "rocket 3", "rocket 3-4", "rocket 3+", with the outcome in brackets where it is known."""
    low, high = use.lower, use.upper
    number = "" if low is None and high is None else f" {low or 0}+" if high is None else f" {low or 0}-{high}"
    if low is not None and low == high:
        number = f" {low}"
    return f"{use.kind}{number}" + (f" ({use.outcome})" if use.outcome != "unknown" else "")


def _toll(name: str, toll: Any) -> dict[str, Any]:
    known = toll if isinstance(toll, Quantity) else None
    return {
        f"{name}_lower": known.lower if known else None,
        f"{name}_upper": known.upper if known else None,
        f"{name}_hedge": known.hedge if known else None,
    }


def _codes(line: IncidentLine, record: RecordIncident) -> dict[str, Any]:
    """What ACLED and CAMEO would call it, as far as the record's own values say (`model.codebooks`)."""
    targets: tuple[Target, ...] = record.value("targets") or ()
    civilian = None
    if targets:
        civilian = False if any(t.kind == "military" for t in targets) else True if targets[0].kind != "other" else None
    weapons = tuple(use.kind for use in record.value("weapons") or ())
    deadly = bool(line.killed[0]) if line.killed != (None, None) else None
    codes = codes_for(line.type, weapons, civilian, deadly=deadly)
    return {
        "acled_event_type": codes.acled["event_type"],
        "acled_sub_event_type": codes.acled["sub_event_type"],
        "cameo": codes.cameo,
    }


def _listed(values: Iterable[str]) -> str | None:
    return SEPARATOR.join(dict.fromkeys(value.replace(SEPARATOR, ", ") for value in values if value)) or None
