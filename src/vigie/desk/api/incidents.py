"""`/incidents`: the incidents of the record."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request
from starlette.responses import Response

from vigie.desk.api import telling
from vigie.desk.api.conditional import Conditional, asked, json_answer
from vigie.desk.api.describing import answers
from vigie.desk.api.paging import links
from vigie.desk.api.schemas.record import IncidentLine, RecordIncident
from vigie.desk.api.schemas.values import Gives
from vigie.desk.api.wanted import IncidentQuestion
from vigie.desk.permissions import Reader
from vigie.exports.record_json import incident_json
from vigie.store.inquiry import Inquiry

ADDRESS = "/api/v1/incidents"

IncidentId = Annotated[
    str,
    Path(
        min_length=1,
        max_length=64,
        description="Its own id, or one that it or a part of it ever had.",
        examples=["I0496550ee1"],
    ),
]


class IncidentPage(Gives):
    """A page of incidents. `total` counts all that were asked for."""

    incidents: list[IncidentLine]
    next: str | None
    total: int


def router() -> APIRouter:
    """The routes of this module."""
    routes = APIRouter(prefix="/incidents", tags=["incidents"], dependencies=[Conditional])
    routes.add_api_route(
        "",
        incidents,
        methods=["GET"],
        summary="List incidents",
        response_model=IncidentPage,
        responses=answers(400, ok="A page of the incidents wanted.", listed=True, kept=True),
    )
    routes.add_api_route(
        "/{incident_id}",
        incident,
        methods=["GET"],
        summary="One incident, with every account of it",
        response_model=RecordIncident,
        responses=answers(404, ok="The incident. `Content-Location` is its present address.", kept=True),
    )
    return routes


def incidents(request: Request, user: Reader, question: Annotated[IncidentQuestion, Query()]) -> Response:
    """The incidents that a filter finds, in an order. `next` is the cursor of the page after this one."""

    def answer(inquiry: Inquiry) -> Response:
        page = inquiry.incidents(question.filter(inquiry.sources), question.order, question.size, question.after)
        lines = [telling.incident_line(line) for line in page.lines]
        return json_answer({"incidents": lines, "next": page.next, "total": page.total}, links(request, page.next))

    return asked(request, answer)


def incident(request: Request, user: Reader, incident_id: IncidentId) -> Response:
    """The incident that an id finds: its values with their reasons and words, every account, where accounts differ,
    what was updated, and the decisions that bear on it. An incident that was joined to another is found there."""

    def answer(inquiry: Inquiry) -> Response:
        entry = inquiry.entry(incident_id)
        if entry is None:
            raise HTTPException(404)
        whole = incident_json(inquiry.dossier(entry.incident))
        return json_answer(whole, {"Content-Location": f"{ADDRESS}/{entry.incident.id}"})

    return asked(request, answer)
