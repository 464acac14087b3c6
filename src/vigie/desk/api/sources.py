"""`/sources`: who speaks in the record, and what is known of them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from vigie.desk.api import telling
from vigie.desk.api.conditional import Conditional, asked, json_answer
from vigie.desk.api.describing import answers
from vigie.desk.api.paging import Paged, links
from vigie.desk.api.schemas.record import Account, IncidentLine, LogLine, SourceLine
from vigie.desk.api.schemas.values import Country, Gives, SourceKind, Terms
from vigie.desk.permissions import Reader
from vigie.desk.source_view import decisions_about, found_source
from vigie.model.contract import plain
from vigie.record.decisions import undone
from vigie.record.sources import Sources
from vigie.store.inquiry import Inquiry
from vigie.store.speaking import Told, VoiceFilter, VoiceLine, VoiceOrder

SourceKey = Annotated[
    str,
    Path(min_length=1, max_length=1000, description="Key of the source, or one of its names.", examples=["pentagone"]),
]


class SourceQuestion(Paged):
    """Which sources are wanted."""

    text: Annotated[str | None, Field(min_length=1, max_length=200, description="Words of one of its names.")] = None
    voice: Annotated[
        tuple[Literal["named", "unnamed", "media"], ...],
        Field(
            max_length=3,
            description="`named`: a body or person; `unnamed`: somebody within one outlet's or agency's copy; `media`: "
            "an outlet or agency itself.",
        ),
    ] = ()
    kind: Annotated[tuple[SourceKind, ...], Field(max_length=20)] = ()
    country: Annotated[tuple[Country, ...], Field(max_length=50)] = ()
    terms: Annotated[tuple[Terms, ...], Field(max_length=4)] = ()
    order: VoiceOrder = "most_told"


class ToldQuestion(Paged):
    """Which of the incidents that a source tells of are wanted."""

    only: Annotated[Told | None, Field(description="Those it tells alone, is contradicted in, has updated.")] = None


class SourcePage(Gives):
    """A page of sources."""

    sources: list[SourceLine]
    next: str | None
    total: int


class ToldIncident(Gives):
    """An incident that a source tells of, and its account of it."""

    incident: IncidentLine
    account: Account


class OneSource(Gives):
    """A source: who it is, what people decided about it, and a page of the incidents that it tells of."""

    source: SourceLine
    decisions: list[LogLine] = Field(description="Names joined or parted, and changes of the profile.")
    incidents: list[ToldIncident]
    next: str | None
    total: int


def router() -> APIRouter:
    """The routes of this module."""
    routes = APIRouter(prefix="/sources", tags=["sources"], dependencies=[Conditional])
    routes.add_api_route(
        "",
        sources,
        methods=["GET"],
        summary="List sources",
        response_model=SourcePage,
        responses=answers(400, ok="A page of the sources wanted.", listed=True, kept=True),
    )
    routes.add_api_route(
        "/{source_key:path}",
        source,
        methods=["GET"],
        summary="One source, with what it has said",
        response_model=OneSource,
        responses=answers(400, 404, ok="The source. `Content-Location` is its own address.", listed=True, kept=True),
    )
    return routes


def sources(request: Request, user: Reader, question: Annotated[SourceQuestion, Query()]) -> Response:
    """Those who speak in the record: names of one body joined, each with how much it tells, how often alone,
    contradicted, updated. Names are joined and profiles changed by decisions (`alias`, `unalias`, `profile`)."""
    wanted = VoiceFilter(question.text, question.voice, question.kind, question.country, question.terms)

    def answer(inquiry: Inquiry) -> Response:
        page = inquiry.voices(wanted, question.order, question.size, question.after)
        lines = [source_line(line, inquiry.sources) for line in page.lines]
        return json_answer({"sources": lines, "next": page.next, "total": page.total}, links(request, page.next))

    return asked(request, answer)


def source(
    request: Request, user: Reader, source_key: SourceKey, question: Annotated[ToldQuestion, Query()]
) -> Response:
    """A source by its key or one of its names, with what it has said of each incident, the latest first."""

    def answer(inquiry: Inquiry) -> Response:
        line = found_source(inquiry, source_key)
        if line is None:
            raise HTTPException(404)
        page = inquiry.told_by(line.source, question.only, question.size, question.after)
        records = inquiry.held([each.id for each in page.lines])
        told = [
            {
                "incident": telling.incident_line(each),
                "account": plain(next(a for a in records[each.id].accounts if a.id == line.source)),
            }
            for each in page.lines
        ]
        log = inquiry.log.lines
        gone = undone(log)
        value = {
            "source": source_line(line, inquiry.sources),
            "decisions": [telling.decision(each, gone) for each in decisions_about(line.source, inquiry)],
            "incidents": told,
            "next": page.next,
            "total": page.total,
        }
        return json_answer(value, links(request, page.next))

    return asked(request, answer)


def source_line(line: VoiceLine, known: Sources) -> dict[str, Any]:
    """A source of a list, with its profile."""
    return {**plain(line), "profile": plain(known.profile(line.names[0] if line.names else line.source))}
