"""`/exports`: everything of a selection at once, as a stream."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response, StreamingResponse

from vigie.desk.api.conditional import Conditional, not_modified, tag_of, tagged, unchanged
from vigie.desk.api.describing import answers
from vigie.desk.api.wanted import IncidentFilter
from vigie.desk.checks import limited
from vigie.desk.context import desk_of
from vigie.desk.permissions import Reader
from vigie.exports.record_json import incident_json
from vigie.model.contract import coded_report_json, plain
from vigie.store.inquiry import Inquiry

JSONL = "application/jsonl"
_TOGETHER = 200  # incidents that are made ready at a time


def router() -> APIRouter:
    """The routes of this module."""
    routes = APIRouter(prefix="/exports", tags=["exports"], dependencies=[Conditional, Depends(limited("costly"))])
    for path, does, summary, media_type, ok in (
        ("/incidents.jsonl", incidents_jsonl, "Incidents as JSON Lines", JSONL, "An incident a line."),
        ("/reports.jsonl", reports_jsonl, "Coded reports as JSON Lines", JSONL, "A coded report a line."),
        ("/decisions.jsonl", decisions_jsonl, "The log of decisions as JSON Lines", JSONL, "A decision a line."),
    ):
        routes.add_api_route(
            path,
            does,
            methods=["GET"],
            summary=summary,
            response_class=Response,
            responses=answers(400, ok=ok, kept=True)
            | {200: {"description": ok, "content": {media_type: {"schema": {"type": "string"}}}}},
        )
    return routes


def incidents_jsonl(request: Request, user: Reader, question: Annotated[IncidentFilter, Query()]) -> Response:
    """Every incident of a selection, each a line in the form of `/incidents/{incident_id}`, by day and id."""

    def lines(inquiry: Inquiry) -> Iterator[str]:
        some = []
        for incident in inquiry.records(question.filter(inquiry.sources)):
            some.append(incident)
            if len(some) == _TOGETHER:
                yield from (_line(incident_json(each)) for each in inquiry.dossiers(some))
                some = []
        yield from (_line(incident_json(each)) for each in inquiry.dossiers(some))

    return streamed(request, lines, JSONL, "incidents.jsonl")


def reports_jsonl(request: Request, user: Reader) -> Response:
    """Every report with the coding that counts, as `vigie code --format jsonl` prints it, by id."""

    def lines(inquiry: Inquiry) -> Iterator[str]:
        return (_line(coded_report_json(each)) for each in inquiry.all_coded())

    return streamed(request, lines, JSONL, "reports.jsonl")


def decisions_jsonl(request: Request, user: Reader) -> Response:
    """The whole log, the first decision first; each line's hash is chained to the one before it (docs/record.md)."""

    def lines(inquiry: Inquiry) -> Iterator[str]:
        return (_line(plain(each)) for each in inquiry.log.lines)

    return streamed(request, lines, JSONL, "decisions.jsonl")


def streamed(request: Request, lines: Callable[[Inquiry], Iterator[str]], media_type: str, name: str) -> Response:
    """A file made line by line from the record as it stands now, whatever is decided meanwhile. The first line is made
    before anything is sent, so that a question that means nothing is answered as such."""
    store = desk_of(request).store
    with store.inquiry() as inquiry:
        tag = tag_of(request, inquiry.state)
        if unchanged(request, tag):
            return not_modified(tag)
    found = _within(store.inquiry, lines)
    first = next(found, "")
    headers = {**tagged(tag), "Content-Disposition": f'attachment; filename="vigie-{name}"'}
    return StreamingResponse(_from(first, found), headers=headers, media_type=media_type)


def _within(opened: Callable[[], Any], lines: Callable[[Inquiry], Iterator[str]]) -> Iterator[str]:
    with opened() as inquiry:
        yield from lines(inquiry)


def _from(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
