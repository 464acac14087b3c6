"""The rows of a record incident: the columns that the record is asked by, and the whole as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from vigie.language.folding import fold
from vigie.model.contract import plain
from vigie.model.dates import ReportedDate
from vigie.model.places import Place
from vigie.model.quantities import Quantity
from vigie.model.record import Account, Family, RecordIncident, ReportedIncident
from vigie.record.accounts import UNNAMED, asserts
from vigie.record.doubts import doubts
from vigie.store.keeping import dumped

UNKNOWN = -1
"""Stands for a number that is not known, so that rows can be sorted and paged by it."""


def incident_row(
    incident: RecordIncident, members: Sequence[ReportedIncident], families: Iterable[Family]
) -> dict[str, Any]:
    """The row of `incidents` for a record incident, its members and the copy families of their reports."""
    date, place = incident.value("date"), incident.value("place")
    killed, injured = incident.value("killed"), incident.value("injured")
    return {
        "id": incident.id,
        "standing": _standing(incident, families),
        "period": "current" if any(m.incident.period == "current" for m in members) else "background",
        "type": incident.value("type") or members[0].incident.type,
        **_days(date if isinstance(date, ReportedDate) else None),
        **_where(place if isinstance(place, Place) else None),
        **_toll("killed", killed if isinstance(killed, Quantity) else None),
        **_toll("injured", injured if isinstance(injured, Quantity) else None),
        "independent": incident.independent,
        "reports": len(incident.reports),
        "disputed": any(d.verdict == "conflict" for d in incident.differences),
        "reviewed": bool(incident.decisions),
        "json": dumped(plain(incident)),
    }


def facet_rows(incident: RecordIncident, members: Sequence[ReportedIncident]) -> list[dict[str, Any]]:
    """The rows of `facets`: every name and kind that some report of the incident gives, each once."""
    found: dict[tuple[str, str], str] = {}
    for kind, label in _facets(members):
        value = fold(label).strip()
        if value:
            found.setdefault((kind, value), label)
    return [
        {"kind": kind, "value": value, "incident": incident.id, "label": label}
        for (kind, value), label in sorted(found.items())
    ]


def doubt_rows(incident: RecordIncident, members: Sequence[ReportedIncident]) -> list[dict[str, Any]]:
    """The rows of `doubts`: the values that a person had better look at."""
    return [
        {"incident": incident.id, "field": doubt.field, "usefulness": doubt.usefulness}
        for doubt in sorted(doubts(incident, members), key=lambda d: d.field)
    ]


def voice_rows(incident: RecordIncident) -> list[dict[str, Any]]:
    """The rows of `voices`: one for each account of the incident."""
    conflicts = [d for d in incident.differences if d.verdict == "conflict"]
    contradicted = {account for d in conflicts for side in d.sides for account in side.accounts}
    updated = {update.account for update in incident.updates}
    return [
        {
            "source": account.id,
            "incident": incident.id,
            "names": dumped([n for n in account.names if n not in incident.reports] or list(account.names)),
            "voice": _voice(account),
            "kind": account.kind,
            "country": account.country,
            "terms": " ".join(account.terms),
            "statements": len(account.statements),
            **_said(account),
            "alone": incident.independent == 1 and account.rests_on is None and any(map(asserts, account.statements)),
            "contradicted": account.id in contradicted,
            "updated": account.id in updated,
        }
        for account in incident.accounts
    ]


def _voice(account: Account) -> str:
    """`media` for an outlet or agency, `unnamed` for somebody within the copy of one, else `named`."""
    if UNNAMED in account.id:
        return "unnamed"
    return "media" if account.kind == "media" else "named"


def _said(account: Account) -> dict[str, str]:
    days = [statement.as_of.isoformat() for statement in account.statements if statement.as_of is not None]
    return {"first_day": min(days, default=""), "last_day": max(days, default="")}


def _facets(members: Sequence[ReportedIncident]) -> Iterator[tuple[str, str]]:
    for member in members:
        told = member.incident
        yield from (("actor", actor.name) for actor in told.actors)
        for target in told.targets:
            yield "target", target.name
            yield "target_kind", target.kind
        yield from (("weapon", weapon.kind) for weapon in told.weapons)
        yield from (("place", place.name) for place in (told.place, told.launch_place) if place is not None)
        yield from (("source", source.name) for source in member.sources)
        for kind, name in (("outlet", member.outlet), ("agency", member.agency), ("language", member.language)):
            if name:
                yield kind, name


def _standing(incident: RecordIncident, families: Iterable[Family]) -> str:
    """`counts` where the words of one report at least still count, else what became of them all."""
    fates = {report: "superseded" for family in families for report in family.superseded}
    fates |= {report: "withdrawn" for family in families for report in family.withdrawn}
    if any(report not in fates for report in incident.reports):
        return "counts"
    return "withdrawn" if "withdrawn" in fates.values() else "superseded"


def _days(date: ReportedDate | None) -> dict[str, str]:
    return {
        "day": date.start.isoformat() if date is not None else "",
        "last_day": date.end.isoformat() if date is not None else "",
    }


def _where(place: Place | None) -> dict[str, Any]:
    return {
        "country": place.country if place is not None else None,
        "admin1": place.admin1 if place is not None else None,
        "place": place.name if place is not None else None,
        "lat": place.lat if place is not None else None,
        "lon": place.lon if place is not None else None,
        "precision": place.precision if place is not None else None,
    }


def _toll(name: str, quantity: Quantity | None) -> dict[str, int | None]:
    low = quantity.lower if quantity is not None else None
    return {name: UNKNOWN if low is None else low, f"{name}_upper": quantity.upper if quantity is not None else None}
