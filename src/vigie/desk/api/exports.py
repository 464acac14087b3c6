"""`/exports`: everything of a selection at once, as a stream."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response, StreamingResponse

from vigie.desk.api.conditional import Conditional, not_modified, tag_of, tagged, unchanged
from vigie.desk.api.describing import answers
from vigie.desk.api.wanted import ExportQuestion
from vigie.desk.checks import limited
from vigie.desk.context import desk_of
from vigie.desk.pages.incidents import FileKind, file_kinds
from vigie.desk.permissions import Reader
from vigie.desk.streaming import gathered
from vigie.model.contract import coded_report_json, plain
from vigie.store.inquiry import Inquiry

JSONL = "application/x-ndjson"


def router() -> APIRouter:
    """The routes of this module."""
    routes = APIRouter(prefix="/exports", tags=["exports"], dependencies=[Conditional, Depends(limited("costly"))])
    for name, kind in file_kinds().items():
        _add(routes, f"/{name}", _incidents(name, kind), f"Incidents as {kind.name}", kind.media_type, kind.use)
    _add(routes, "/reports.jsonl", reports_jsonl, "Coded reports as JSON Lines", JSONL, "a coded report a line")
    _add(routes, "/decisions.jsonl", decisions_jsonl, "The log of decisions as JSON Lines", JSONL, "a decision a line")
    return routes


def _incidents(name: str, kind: FileKind) -> Callable[..., Response]:
    def export(request: Request, user: Reader, question: Annotated[ExportQuestion, Query()]) -> Response:
        def pieces(inquiry: Inquiry) -> Iterator[str]:
            wanted = question.filter(inquiry.sources)
            inquiry.incidents(wanted, question.order, 1)  # what cannot be asked is said now, not in the file
            return kind.write(inquiry.all(wanted, question.order))

        return streamed(request, pieces, kind.media_type, name)

    export.__doc__ = f"Every incident of a selection, in the order of the list: {kind.use}."
    export.__name__ = name.replace(".", "_")
    return export


def _add(
    routes: APIRouter, path: str, does: Callable[..., Response], summary: str, media_type: str, holds: str
) -> None:
    content = {media_type.partition(";")[0]: {"schema": {"type": "object" if "+json" in media_type else "string"}}}
    told = answers(400, ok=holds, kept=True)
    routes.add_api_route(
        path,
        does,
        methods=["GET"],
        summary=summary,
        response_class=Response,
        responses=told | {200: {**told[200], "content": content}},
    )


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
    return StreamingResponse(gathered(_from(first, found)), headers=headers, media_type=media_type)


def _within(opened: Callable[[], Any], lines: Callable[[Inquiry], Iterator[str]]) -> Iterator[str]:
    with opened() as inquiry:
        yield from lines(inquiry)


def _from(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
