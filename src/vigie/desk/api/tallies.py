"""`/tallies`: published tallies beside the record's own count under the same definition."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from vigie.desk.api.conditional import Conditional, asked, json_answer
from vigie.desk.api.describing import answers
from vigie.desk.api.paging import Paged, links
from vigie.desk.api.schemas.record import TallyCheck
from vigie.desk.api.schemas.values import Day, Gives
from vigie.desk.permissions import Reader
from vigie.desk.tally_view import tally_page
from vigie.exports.tally_checks import check_json
from vigie.store.inquiry import Inquiry
from vigie.store.tally_checks import TallyFilter

Name = Annotated[str, Field(min_length=1, max_length=200)]


class TallyQuestion(Paged):
    """Which tallies are wanted."""

    size: Annotated[int, Field(ge=1, le=50, description="Rows of one page.")] = 20
    place: Annotated[Name | None, Field(description="Words of the name of the place or country.")] = None
    counter: Annotated[
        Name | None, Field(description="Words of the name of who counts, or another name of theirs.")
    ] = None
    first_day: Annotated[Day | None, Field(description="First day of publication.")] = None
    last_day: Annotated[Day | None, Field(description="Last day of publication.")] = None


class TallyPage(Gives):
    """A page of tallies, the last published first."""

    tallies: list[TallyCheck]
    next: str | None
    total: int


def router() -> APIRouter:
    """The routes of this module."""
    routes = APIRouter(prefix="/tallies", tags=["tallies"], dependencies=[Conditional])
    routes.add_api_route(
        "",
        tallies,
        methods=["GET"],
        summary="List tallies",
        response_model=TallyPage,
        responses=answers(400, ok="A page of the tallies wanted.", listed=True, kept=True),
    )
    return routes


def tallies(request: Request, user: Reader, question: Annotated[TallyQuestion, Query()]) -> Response:
    """Tallies that reports give, each with what it counts as far as its words tell, the record's own count under the
    same definition and start date, what is missing from either side, and the step from the counter's earlier one."""
    wanted = TallyFilter(question.place, question.counter, question.first_day, question.last_day)

    def answer(inquiry: Inquiry) -> Response:
        page = tally_page(inquiry, wanted, question.size, question.after)
        value = {"tallies": [check_json(each) for each in page.tallies], "next": page.next, "total": page.total}
        return json_answer(value, links(request, page.next))

    return asked(request, answer)
