"""`/code`: coding a text and keeping nothing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Depends, HTTPException, Request
from starlette.responses import Response

from vigie.desk.api.conditional import json_answer
from vigie.desk.api.describing import answers
from vigie.desk.api.reports import ReportText, read
from vigie.desk.api.schemas.coded import CodedReport
from vigie.desk.checks import limited
from vigie.desk.context import desk_of
from vigie.desk.permissions import Coder
from vigie.model.contract import coded_report_json
from vigie.readers import Rejected


def router() -> APIRouter:
    """The routes of this module."""
    routes = APIRouter(prefix="/code", tags=["coding"], dependencies=[Depends(limited("costly"))])
    routes.add_api_route(
        "",
        code,
        methods=["POST"],
        summary="Code a text and keep nothing",
        response_model=CodedReport,
        responses=answers(400, 413, ok="The coded report."),
    )
    return routes


def code(request: Request, user: Coder, text: Annotated[ReportText, Body()]) -> Response:
    """The coding of a text, as `vigie code --format jsonl` prints it. Nothing is kept."""
    found = desk_of(request).intake.code(read(text), "the text")
    if isinstance(found, Rejected):
        raise HTTPException(400, found.line())
    return json_answer(coded_report_json(found))
