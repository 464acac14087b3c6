"""`/reports` and `/raw`: reports in the record, their bytes as received, and taking in new ones."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Body, Depends, HTTPException, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from vigie.desk.api import telling
from vigie.desk.api.conditional import Conditional, asked, json_answer
from vigie.desk.api.describing import answers
from vigie.desk.api.paging import Paged, links
from vigie.desk.api.schemas.coded import CodedReport
from vigie.desk.api.schemas.record import ReportLine
from vigie.desk.api.schemas.values import Day, Given, Gives
from vigie.desk.checks import limited
from vigie.desk.context import desk_of
from vigie.desk.intake import TakenIn, read_file, read_typed
from vigie.desk.permissions import Coder, Reader
from vigie.errors import ReadError
from vigie.model import Report
from vigie.model.contract import coded_report_json
from vigie.readers import Rejected
from vigie.store.inquiry import Inquiry
from vigie.store.searching import Found, ReportFilter
from vigie.store.store import Store

LONGEST = 500_000
"""Characters of a text that is sent to be coded: some seconds' work."""
_ADDRESS = "/api/v1/reports"
ReportId = Annotated[
    str, Path(min_length=1, max_length=1000, description="Id of the report, as it was given.", examples=["en:harir-1"])
]
Words = Annotated[str, Field(max_length=1000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class ReportText(Given):
    """A report as an object of JSON Lines: only `text` is required, what is left out is found out where it can be."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    id: Annotated[str | None, Field(min_length=1, max_length=500, description="Else made from the content.")] = None
    title: Words | None = None
    published: Annotated[
        str | None,
        Field(max_length=40, description="YYYY-MM-DD, YYYY-MM, YYYY or YYYY-MM-DDTHH:MM.", examples=["2024-07-26"]),
    ] = None
    lang: Annotated[str | None, Field(max_length=35, description="ISO 639-1; else found out.", examples=["fr"])] = None
    outlet: Words | None = None
    agency: Words | None = None
    url: Annotated[str | None, Field(max_length=4000)] = None

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        json_schema_extra={
            "examples": [
                {
                    "text": "Deux roquettes sont tombées jeudi près du poste de Tell Sanad, sans faire de victimes, a "
                    "indiqué une source policière.",
                    "published": "2024-07-26",
                    "outlet": "La Gazette d'Ormelle",
                }
            ]
        },
    )


class ReportQuestion(Paged):
    """Which reports are wanted."""

    text: Annotated[Name | None, Field(description="Words in title or text, as for incidents.")] = None
    outlet: Annotated[
        tuple[Name, ...],
        Field(max_length=20, description="Words of the name of the outlet or agency; any of several."),
    ] = ()
    language: Annotated[tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...], Field(max_length=20)] = ()
    first_day: Annotated[Day | None, Field(description="First day of publication.")] = None
    last_day: Annotated[Day | None, Field(description="Last day of publication.")] = None


class Passage(Gives):
    """A stretch of a report's text with the words that were looked for, as offsets in the text."""

    start: int
    words: str
    marks: list[tuple[int, int]]


class FoundReport(ReportLine):
    """A report of a list; `passage` where the words that were looked for stand together first."""

    passage: Passage | None


class ReportPage(Gives):
    """A page of reports, the last published first."""

    reports: list[FoundReport]
    next: str | None
    total: int


class KeptReport(Gives):
    """A report with its text as received and the coding that counts."""

    report: ReportLine
    text: str
    coding: CodedReport


class Outcome(Gives):
    """What became of a report: taken in for the first time (`new`), coded anew by a newer version (`recoded`), there
    already (`known`), or not taken in (`rejected`)."""

    outcome: Literal["new", "recoded", "known", "rejected"]
    report: ReportLine | None
    where: str | None = Field(description="Where in the file it stood.")
    reason: str | None
    way_out: str | None


class Outcomes(Gives):
    """What became of the reports of a file, each."""

    reports: list[Outcome]


class FileName(BaseModel):
    """What a file that is sent is called."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=200, description="Named where something is wrong.")] = "upload"


def router() -> APIRouter:
    """The routes of this module."""
    routes = APIRouter(tags=["reports"])
    costly = [Depends(limited("costly"))]
    routes.add_api_route(
        "/reports",
        reports,
        methods=["GET"],
        summary="List reports",
        response_model=ReportPage,
        responses=answers(400, ok="A page of the reports wanted.", listed=True, kept=True),
        dependencies=[Conditional],
    )
    routes.add_api_route(
        "/reports",
        ingest,
        methods=["POST"],
        summary="Take in a report",
        response_model=Outcome,
        responses=answers(
            400, 409, 413, ok="The report was there already, or was coded anew.",
            made={"description": "The report is in the record.", "model": Outcome, "headers": _location()},
        ),
        dependencies=costly,
    )  # fmt: skip
    routes.add_api_route(
        "/reports/files",
        ingest_file,
        methods=["POST"],
        summary="Take in the reports of a file",
        response_model=Outcomes,
        responses=answers(413, ok="What became of each report."),
        dependencies=costly,
    )
    routes.add_api_route(
        "/reports/{report_id:path}",
        report,
        methods=["GET"],
        summary="One report, with its text and coding",
        response_model=KeptReport,
        responses=answers(404, ok="The report.", kept=True),
        dependencies=[Conditional],
    )
    kept = answers(404, ok="The bytes.", kept=True)
    routes.add_api_route(
        "/raw/{report_id:path}",
        raw,
        methods=["GET"],
        summary="The bytes of a report as received",
        response_class=Response,
        responses=kept | {200: {**kept[200], "content": {"application/octet-stream": {"schema": {}}}}},
        dependencies=[Conditional],
    )
    return routes


def reports(request: Request, user: Reader, question: Annotated[ReportQuestion, Query()]) -> Response:
    """The reports that a filter finds, the last published first."""
    wanted = ReportFilter(
        text=question.text,
        outlets=question.outlet,
        languages=question.language,
        first_day=question.first_day,
        last_day=question.last_day,
    )

    def answer(inquiry: Inquiry) -> Response:
        page = inquiry.search(wanted, question.size, question.after)
        value = {"reports": [_found(each) for each in page.lines], "next": page.next, "total": page.total}
        return json_answer(value, links(request, page.next))

    return asked(request, answer)


def report(request: Request, user: Reader, report_id: ReportId) -> Response:
    """A report: who printed it, its text as received, and its coding as the contract has it."""

    def answer(inquiry: Inquiry) -> Response:
        coded = inquiry.coded(report_id)
        if coded is None:
            raise HTTPException(404)
        told = telling.report_line(inquiry.report_lines([report_id])[report_id], coded.report.agency)
        return json_answer({"report": told, "text": coded.report.text, "coding": coded_report_json(coded)})

    return asked(request, answer)


def raw(request: Request, user: Reader, report_id: ReportId) -> Response:
    """The bytes that the report was read from, as they came; never shown by a browser as a page of the desk."""

    def answer(inquiry: Inquiry) -> Response:
        coded = inquiry.coded(report_id)
        if coded is None:
            raise HTTPException(404)
        name = f"attachment; filename*=UTF-8''{quote(report_id, safe='')}"
        headers = {"Content-Disposition": name, "Content-Security-Policy": "default-src 'none'; sandbox"}
        return Response(coded.report.raw, headers=headers, media_type="application/octet-stream")

    return asked(request, answer)


def ingest(request: Request, user: Coder, text: Annotated[ReportText, Body()]) -> Response:
    """Code a report, keep it, and link what it tells with what is there. The same report twice is kept once."""
    desk = desk_of(request)
    (found,) = desk.intake.take_in(desk.store, [read(text)], "the text")
    if isinstance(found, Rejected):
        raise HTTPException(409 if "another report has the id" in found.reason else 400, found.line())
    told = _outcomes(desk.store, [found])[0]
    if found.how != "new":
        return json_answer(told)
    return json_answer(told, {"Location": f"{_ADDRESS}/{quote(found.report, safe=':')}"}, status=201)


def ingest_file(
    request: Request,
    user: Coder,
    question: Annotated[FileName, Query()],
    data: Annotated[
        bytes, Body(media_type="application/octet-stream", description="Any format that `vigie` reads.")
    ] = b"",
) -> Response:
    """Take in all reports of a file: text, HTML, JSON Lines, NewsML-G2, NewsML 1.2, ninjs, RSS, Atom, PDF, WARC, mail,
    each also packed with gzip. One that cannot be taken in is listed with the reason, and stops none of the others."""
    desk = desk_of(request)
    found = desk.intake.take_in(desk.store, read_file(data, question.name), question.name)
    return json_answer({"reports": _outcomes(desk.store, found)})


def read(text: ReportText) -> Report:
    """The report that was sent. Raises HTTPException 400 where it cannot be read."""
    try:
        return read_typed(text.model_dump(), "the text")
    except ReadError as error:
        raise HTTPException(400, str(error)) from error


def _found(each: Found) -> dict[str, Any]:
    passage = each.passage
    told = telling.report_line(each.report, each.agency)
    shown = {"start": passage.start, "words": passage.words, "marks": passage.marks} if passage is not None else None
    return {**told, "passage": shown}


def _outcomes(store: Store, found: list[TakenIn | Rejected]) -> list[dict[str, Any]]:
    with store.inquiry() as inquiry:
        lines = inquiry.report_lines([each.report for each in found if isinstance(each, TakenIn)])
    return [
        {"outcome": "rejected", "report": None, "where": each.where, "reason": each.reason, "way_out": each.way_out}
        if isinstance(each, Rejected)
        else {
            "outcome": each.how,
            "report": telling.report_line(lines[each.report]),
            "where": None,
            "reason": None,
            "way_out": None,
        }
        for each in found
    ]


def _location() -> dict[str, Any]:
    return {"Location": {"description": "Where the report is.", "schema": {"type": "string"}}}
