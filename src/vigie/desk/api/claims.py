"""`/claims`: what sources assert of incidents."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from vigie.desk.api.conditional import Conditional, asked, json_answer
from vigie.desk.api.describing import answers
from vigie.desk.api.paging import Paged, links
from vigie.desk.api.schemas.coded import Claim, Source
from vigie.desk.api.schemas.values import Country, Gives, Modality, SourceKind, Stance, Terms
from vigie.desk.permissions import Reader
from vigie.model.record import Standing
from vigie.store.claiming import ClaimFilter, ClaimLine
from vigie.store.inquiry import Inquiry


class ClaimQuestion(Paged):
    """Which claims are wanted."""

    report: Annotated[str | None, Field(max_length=1000, description="Id of a report.")] = None
    incident: Annotated[
        str | None, Field(max_length=64, description="Id of an incident of the record, old or new.")
    ] = None
    source: Annotated[
        str | None, Field(min_length=1, max_length=200, description="Words of the name of the source.")
    ] = None
    own_voice: Annotated[bool | None, Field(description="Whether it is the outlet itself that says so.")] = None
    stance: Annotated[tuple[Stance, ...], Field(max_length=20)] = ()
    modality: Annotated[tuple[Modality, ...], Field(max_length=20)] = ()
    terms: Annotated[tuple[Terms, ...], Field(max_length=20)] = ()
    kind: Annotated[tuple[SourceKind, ...], Field(max_length=20, description="Kind of source.")] = ()
    country: Annotated[tuple[Country, ...], Field(max_length=50, description="Country of the source.")] = ()
    standing: Annotated[
        tuple[Standing, ...], Field(max_length=5, description="`counts` alone unless others are asked for too.")
    ] = ("counts",)


class ToldClaim(Gives):
    """A claim with its source, the report that tells it, and the incident of the record that it is about."""

    key: str = Field(description="Report id, #, claim id: by this a decision names it.")
    report: str
    incident: str | None
    member: str
    standing: Standing
    source: Source | None
    claim: Claim


class ClaimPage(Gives):
    """A page of claims, by report and claim."""

    claims: list[ToldClaim]
    next: str | None
    total: int


def router() -> APIRouter:
    """The routes of this module."""
    routes = APIRouter(prefix="/claims", tags=["claims"], dependencies=[Conditional])
    routes.add_api_route(
        "",
        claims,
        methods=["GET"],
        summary="List claims",
        response_model=ClaimPage,
        responses=answers(400, ok="A page of the claims wanted.", listed=True, kept=True),
    )
    return routes


def claims(request: Request, user: Reader, question: Annotated[ClaimQuestion, Query()]) -> Response:
    """The claims that a filter finds: who asserts what of which incident, and in which words."""

    def answer(inquiry: Inquiry) -> Response:
        incident = question.incident
        if incident is not None:
            entry = inquiry.entry(incident)
            incident = entry.incident.id if entry is not None else incident
        wanted = ClaimFilter(
            report=question.report,
            incident=incident,
            source=question.source,
            own_voice=question.own_voice,
            stances=question.stance,
            modalities=question.modality,
            terms=question.terms,
            kinds=question.kind,
            countries=question.country,
            standing=question.standing,
        )
        page = inquiry.claims(wanted, question.size, question.after)
        value = {"claims": [_told(line) for line in page.lines], "next": page.next, "total": page.total}
        return json_answer(value, links(request, page.next))

    return asked(request, answer)


def _told(line: ClaimLine) -> dict[str, Any]:
    names = ("key", "report", "incident", "member", "standing", "source", "claim")
    return {name: getattr(line, name) for name in names}
