"""The incidents: a list beside a map and a timeline of the same selection, and that selection as a file."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from starlette.responses import Response

from vigie.desk.checks import limited
from vigie.desk.context import desk_of
from vigie.desk.languages import N_
from vigie.desk.map_marks import country_names, map_answer
from vigie.desk.permissions import Reader
from vigie.desk.rendering import render
from vigie.desk.selection import Selection, selection
from vigie.desk.streaming import gathered
from vigie.desk.timeline_chart import HEIGHT, chart
from vigie.exports.geojson import geojson
from vigie.exports.incident_csv import incident_csv
from vigie.exports.incident_jsonl import incident_jsonl
from vigie.model.codebooks import codebook
from vigie.model.coded import TargetKind
from vigie.model.record import RecordIncident
from vigie.store.asking import IncidentLine
from vigie.store.filters import Box, Filter, Order
from vigie.store.inquiry import Inquiry

SIZE = 50
"""Incidents on one page of the list."""
_IN_A_LINE = ("actors", "targets", "weapons", "place", "date")
_Found = Iterable[tuple[IncidentLine, RecordIncident]]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A format of which a selection can be had: the ending of the file, the media type, what writes it, its name and
    what it is for."""

    ending: str
    media_type: str
    write: Callable[[_Found], Iterator[str]]
    name: str
    use: str


def file_kinds() -> dict[str, FileKind]:
    """The formats, by the last part of their address."""
    return {
        "incidents.csv": FileKind(
            "csv", "text/csv; charset=utf-8", incident_csv, "CSV", N_("one row an incident, for a spreadsheet")
        ),
        "incidents.hxl.csv": FileKind(
            "hxl.csv",
            "text/csv; charset=utf-8",
            lambda found: incident_csv(found, tagged=True),
            "HXL",
            N_("the same with humanitarian tags"),
        ),
        "incidents.jsonl": FileKind(
            "jsonl", "application/x-ndjson", incident_jsonl, "JSON Lines", N_("everything, with accounts and words")
        ),
        "incidents.geojson": FileKind(
            "geojson", "application/geo+json", geojson, "GeoJSON", N_("for a map, with the precision of each place")
        ),
    }


def router() -> APIRouter:
    """`/incidents`, its map and its files."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/incidents", incidents, methods=["GET"], response_class=HTMLResponse)
    routes.add_api_route("/incidents/map", marks, methods=["GET"], response_class=JSONResponse)
    routes.add_api_route("/incidents/countries", countries, methods=["GET"], response_class=JSONResponse)
    routes.add_api_route(
        "/incidents/export/{name}",
        export,
        methods=["GET"],
        response_class=StreamingResponse,
        dependencies=[Depends(limited("costly"))],
    )
    return routes


def incidents(request: Request, user: Reader) -> Response:
    """The list, the timeline and what the map needs, of the selection that the address asks for."""
    with desk_of(request).store.inquiry() as inquiry:
        selected = selection(request.query_params, inquiry.sources)
        known = inquiry.count_by("country", Filter())
        found = _found(inquiry, selected) if not selected.wrong else {}
    return render(
        request,
        "incidents.html",
        422 if selected.wrong else 200,
        selected=selected,
        countries=known,
        types=codebook("incident_type").ids,
        weapons=codebook("weapon").ids,
        hits=get_args(TargetKind),
        orders=get_args(Order),
        files=file_kinds(),
        height=HEIGHT,
        size=SIZE,
        **{"page": None, "values": {}, "chart": None, "extent": None, **found},
    )


def marks(
    request: Request,
    user: Reader,
    view: Annotated[str, Query(max_length=100)],
    zoom: Annotated[float, Query(ge=0, le=22)],
) -> JSONResponse:
    """The marks of the selection in one part of the map, as the server has put them together for a zoom."""
    box = _view(view)
    with desk_of(request).store.inquiry() as inquiry:
        selected = selection(request.query_params, inquiry.sources)
        if selected.wrong:
            raise HTTPException(400, f"{', '.join(selected.wrong)}: the selection means nothing")
        found = inquiry.spots(selected.wanted, box, _cell(zoom, box))
        alone = [spot.id for spot in found.spots if spot.id is not None]
        lines = inquiry.lines(alone)
    return JSONResponse(map_answer(request, found, lines, selected))


def countries(request: Request, user: Reader) -> JSONResponse:
    """The names of countries in the visitor's language, by their number in ISO 3166-1, for the outlines of the map."""
    return JSONResponse(country_names(request), headers={"Cache-Control": "private, max-age=3600"})


def export(request: Request, user: Reader, name: str) -> StreamingResponse:
    """The whole selection as a file."""
    kind = file_kinds().get(name)
    if kind is None:
        raise HTTPException(404)
    store = desk_of(request).store
    with store.inquiry() as inquiry:
        selected = selection(request.query_params, inquiry.sources)
        if selected.wrong:
            raise HTTPException(400, f"{', '.join(selected.wrong)}: the selection means nothing")
        inquiry.incidents(selected.wanted, selected.order, 1)  # what cannot be asked is said now, not in the file

    def pieces() -> Iterator[str]:
        with store.inquiry() as inquiry:
            yield from gathered(kind.write(inquiry.all(selected.wanted, selected.order)))

    headers = {"Content-Disposition": f'attachment; filename="vigie-incidents.{kind.ending}"'}
    return StreamingResponse(pieces(), media_type=kind.media_type, headers=headers)


def _found(inquiry: Inquiry, selected: Selection) -> dict[str, Any]:
    seen = inquiry.overview(selected.wanted, selected.step)
    page = inquiry.incidents(selected.wanted, selected.order, SIZE, selected.after, seen.total)
    told = inquiry.values([line.id for line in page.lines], _IN_A_LINE)
    return {
        "page": page,
        "values": {line.id: {**dict.fromkeys(_IN_A_LINE), **told.get(line.id, {})} for line in page.lines},
        "chart": chart(seen.timeline, selected),
        "extent": seen.extent,
    }


# --- the map ----------------------------------------------------------------------------------------------------------

_TILE = 256  # pixels that the world is wide at zoom 0
_MARK = 56  # pixels of the map that are put together into one mark
_MOST_CELLS = 15_000


def _cell(zoom: float, view: Box) -> float:
    """Degrees of a cell of the grid, so that marks do not lie on one another at a zoom; never more cells than can be
    drawn."""
    wanted = 360 * _MARK / (_TILE * 2**zoom)
    width = view.east - view.west + (360 if view.west > view.east else 0)
    return min(45.0, max(wanted, math.sqrt((view.north - view.south) * width / _MOST_CELLS), 1e-6))


def _view(typed: str) -> Box:
    """The part of the map that is seen. Raises HTTPException."""
    try:
        west, south, east, north = (float(side) for side in typed.split(","))
    except ValueError:
        raise HTTPException(400, f"view={typed}: give west,south,east,north in degrees") from None
    if not all(math.isfinite(side) for side in (west, south, east, north)) or south > north:
        raise HTTPException(400, f"view={typed}: give west,south,east,north in degrees")
    if east - west >= 360:
        west, east = -180.0, 180.0
    return Box(_turned(west), max(-90.0, south), _turned(east), min(90.0, north))


def _turned(degrees: float) -> float:
    """A longitude as -180 to 180: the map can be drawn round and round."""
    return degrees if -180 <= degrees <= 180 else (degrees + 180) % 360 - 180
