"""What the map of the incidents is drawn from: marks with their words, and the names of countries."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from vigie.desk.context import desk_of
from vigie.desk.incident_view import IncidentView
from vigie.desk.languages import Catalogue
from vigie.desk.selection import Selection
from vigie.desk.visitors import current_visitor
from vigie.desk.wording import Wording
from vigie.exports.countries import country_codes
from vigie.exports.incident_rows import RADIUS_KM
from vigie.model import Place
from vigie.store.asking import IncidentLine
from vigie.store.charts import Spot, Spots


def map_answer(request: Request, found: Spots, lines: dict[str, IncidentLine], selected: Selection) -> dict[str, Any]:
    """The marks as JSON, those of most incidents first, and how many incidents cannot be drawn."""
    catalogue = desk_of(request).catalogues[current_visitor(request).language]
    wording = Wording(catalogue)
    return {
        "marks": [_mark(spot, lines.get(spot.id or ""), selected, catalogue, wording) for spot in found.spots],
        "elsewhere": sum(number for _, number in found.elsewhere),
    }


def country_names(request: Request) -> dict[str, dict[str, str]]:
    """By the number of a country in ISO 3166-1: its name in the visitor's language, and the file of its first-order
    units, empty where they are not drawn."""
    desk = desk_of(request)
    wording = Wording(desk.catalogues[current_visitor(request).language])
    found = {}
    for alpha2, codes in country_codes().items():
        units = f"vendor/admin1/{codes.alpha3}.json"
        if codes.numeric:
            found[codes.numeric] = {
                "name": wording.country(alpha2),
                "units": desk.assets.url(units) if desk.assets.has(units) else "",
            }
    return found


def _mark(
    spot: Spot, line: IncidentLine | None, selected: Selection, catalogue: Catalogue, wording: Wording
) -> dict[str, Any]:
    """One mark: where, how many, how exactly; its words; where it leads."""
    number = catalogue.texts("%(num)s incident", "%(num)s incidents", spot.incidents)
    title = number
    if spot.place is not None and spot.precision is not None:
        country = wording.country(spot.country) if spot.country else None
        where = ", ".join(name for name in (spot.place, country) if name)
        title = f"{where} ({wording.label(spot.precision, 'precision')})"
    box = spot.box
    edge = 0.0005 if box.west == box.east and box.south == box.north else 0.0
    around = (box.west - edge, box.south - edge, box.east + edge, box.north + edge)
    return {
        "lat": round(spot.lat, 4),
        "lon": round(spot.lon, 4),
        "box": [box.west, box.south, box.east, box.north],
        "incidents": spot.incidents,
        "disputed": spot.disputed,
        "rough": spot.rough,
        "radius": RADIUS_KM.get(spot.precision, 0) * 1000 if spot.precision is not None else None,
        "title": title,
        "number": number,
        "id": spot.id,
        "what": _what(line, wording) if line is not None else None,
        "query": selected.query(box=",".join(f"{side:.4f}" for side in around)),
    }


def _what(line: IncidentLine, wording: Wording) -> str:
    when = f", {wording.stretch(line.day, line.last_day or line.day)}" if line.day is not None else ""
    return f"{wording.label(line.type, 'type')}{when}"


def place_circles(request: Request, view: IncidentView) -> dict[str, Any]:
    """Where an incident may have been, for the map of its page: a circle for the record's place and for each other
    place that some account gives; the number of the country (ISO 3166-1) where nothing finer can be drawn."""
    wording = Wording(desk_of(request).catalogues[current_visitor(request).language])
    circles: list[dict[str, Any]] = []
    record = view.incident.value("place")
    placed = [(record, "")] if isinstance(record, Place) else []
    for line in view.lines:
        if line.field == "place":
            placed += [
                (cell.value, column.name)
                for cell, column in zip(line.cells, view.columns, strict=True)
                if cell is not None and isinstance(cell.value, Place)
            ]
    for place, who in placed:
        at = (place.lat, place.lon)
        if None in at or place.precision not in RADIUS_KM or any(at == (c["lat"], c["lon"]) for c in circles):
            continue
        if who and isinstance(record, Place) and place.precision in ("region",) and record.lat is not None:
            continue  # coarser, and no rival of the place that the record has
        circles.append(
            {
                "lat": place.lat,
                "lon": place.lon,
                "radius": RADIUS_KM[place.precision] * 1000,
                "rough": place.precision == "region",
                "name": wording.place_name(place),
                "who": who,
            }
        )
    code = country_codes().get(record.country) if isinstance(record, Place) and record.country else None
    return {"circles": circles, "country": code.numeric if code is not None and not circles else ""}
