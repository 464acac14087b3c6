"""A report coded by hand (`gold.jsonl` of the samples) as the coder would give it, for linking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, get_args

from vigie.mentions.places import find_places
from vigie.model import (
    Actor,
    Claim,
    CodedReport,
    Incident,
    Place,
    Quantity,
    Report,
    ReportedDate,
    Source,
    Span,
    Target,
    WeaponUse,
)
from vigie.model.coded import TargetKind
from vigie.record.names import meaning

_AT = {"fr": "Attaque à {}.", "en": "Attack in {}."}


def coded(gold: Mapping[str, Any], report: Report) -> CodedReport:
    """The coding of one report. Each source of an incident gives the incident's tolls and weapons as its own."""
    sources = tuple(
        Source(f"s{n}", s["name"], s["terms"], "other", (_span(report.text, s["quote"]),))
        for n, s in enumerate(gold["sources"], 1)
    )
    claims: list[Claim] = []
    incidents = []
    for number, row in enumerate(gold["incidents"], 1):
        incident = _incident(f"i{number}", row, report.language or "en")
        for source in row["sources"]:
            values = {k: v for k in ("killed", "injured") if (v := getattr(incident, k)) is not None}
            claims.append(
                Claim(
                    f"c{len(claims) + 1}",
                    f"s{source + 1}",
                    incident.id,
                    "asserts",
                    "stated",
                    "indirect",
                    values,
                    sources[source].evidence,
                )
            )
        incidents.append(incident)
    return CodedReport(report, sources, tuple(claims), tuple(incidents))


def _span(text: str, quote: str) -> Span:
    start = text.find(quote)
    return Span(start, start + len(quote), quote) if start >= 0 else Span(0, 0, "")


def _incident(incident_id: str, row: Mapping[str, Any], language: str) -> Incident:
    claimed = row["responsibility"] == "claimed"
    return Incident(
        id=incident_id,
        type=row["type"],
        period=row["period"],
        date=_date(row["date"]),
        place=_place(row["place"], language),
        evidence=(),
        actors=tuple(Actor(n, "claimed" if claimed else "stated", ()) for n in row["actors"]),
        responsibility=row["responsibility"],
        targets=tuple(Target(n, _kind(n), ()) for n in row["targets"]),
        weapons=tuple(WeaponUse(w["kind"], w["lower"], w["upper"], "unknown", ()) for w in row["weapons"]),
        killed=_quantity(row["killed"]),
        injured=_quantity(row["injured"]),
        attackers_killed=_quantity(row["attackers_killed"]),
    )


def _quantity(row: Mapping[str, Any] | None) -> Quantity | None:
    if not row:
        return None
    lower, upper = row["lower"], row["upper"]
    return Quantity(lower, upper, "exact" if lower == upper else "at_least" if upper is None else "order_of", "")


def _date(row: Mapping[str, Any] | None) -> ReportedDate | None:
    """The days; two that follow one another are a night."""
    if not row:
        return None
    start, end = dt.date.fromisoformat(row["start"]), dt.date.fromisoformat(row["end"])
    days = (end - start).days
    grain = {0: "day", 1: "part_of_day"}.get(days, "week" if days < 14 else "month" if days < 60 else "year")
    return ReportedDate(start, end, grain, "stated")  # type: ignore[arg-type]


def _place(row: Mapping[str, Any] | None, language: str) -> Place | None:
    """The place as the gazetteer knows it by that name in that country."""
    if not row or not row.get("name"):
        return Place(row["country"], "", row["country"], "country") if row and row.get("country") else None
    name, country = row["name"], row.get("country")
    mentions = find_places(_AT[language].format(name), language, country)
    found = next((m.place for m in mentions if country is None or m.place.country == country), None)
    return found or Place(name, name, country, "settlement")


def _kind(name: str) -> TargetKind:
    kinds = sorted(k.removeprefix("thing:") for k in meaning(name).kinds)
    for kind in get_args(TargetKind):
        if kind in kinds:
            known: TargetKind = kind
            return known
    return "other"
