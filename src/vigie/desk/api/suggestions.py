"""`/suggestions`: what is left for a person to decide, the most useful first."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from vigie.desk.api.conditional import Conditional, asked, json_answer
from vigie.desk.api.describing import answers
from vigie.desk.api.paging import Paged, links
from vigie.desk.api.schemas.record import OpenPair, OpenValue
from vigie.desk.api.schemas.values import Gives
from vigie.desk.permissions import Reader
from vigie.errors import QueryError
from vigie.exports.review_list import pair_json, value_json
from vigie.store.inquiry import Inquiry
from vigie.store.review_queue import OpenPair as Pair
from vigie.store.review_queue import Place, place_from


class SuggestionQuestion(Paged):
    """Which suggestions are wanted."""

    kind: Annotated[tuple[Literal["pair", "value"], ...], Field(max_length=2, description="Both, if left out.")] = ()
    incident: Annotated[str | None, Field(max_length=64, description="Those about one incident.")] = None


class SuggestionPage(Gives):
    """A page of what is to be decided, the most useful first. `last` is the hash of the last decision, "" where there
    is none: what a decision on one of these gives as `expected`."""

    suggestions: list[Annotated[OpenPair | OpenValue, Field(discriminator="kind")]]
    last: str
    next: str | None
    pairs: int = Field(description="Pairs left in all.")
    values: int = Field(description="Values left in all.")


def router() -> APIRouter:
    """The routes of this module."""
    routes = APIRouter(prefix="/suggestions", tags=["decisions"], dependencies=[Conditional])
    routes.add_api_route(
        "",
        suggestions,
        methods=["GET"],
        summary="List what is to be decided",
        response_model=SuggestionPage,
        responses=answers(400, ok="A page of suggestions.", listed=True, kept=True),
    )
    return routes


def suggestions(request: Request, user: Reader, question: Annotated[SuggestionQuestion, Query()]) -> Response:
    """Pairs of tellings that may be of one incident, with what speaks for and against, and values worth a look."""

    def answer(inquiry: Inquiry) -> Response:
        kinds = question.kind or ("pair", "value")
        found = inquiry.queue(kinds, question.size + 1, _place(question.after), question.incident)
        shown = found[: question.size]
        following = _cursor(shown[-1].place) if len(found) > len(shown) else None
        told = [pair_json(i, inquiry) if isinstance(i, Pair) else value_json(i, inquiry) for i in shown]
        left = inquiry.left()
        numbers = {"pairs": left.pairs, "values": left.values}
        value = {"suggestions": told, "last": inquiry.log.hash, "next": following, **numbers}
        return json_answer(value, links(request, following))

    return asked(request, answer)


def _cursor(place: Place) -> str:
    return base64.urlsafe_b64encode(place.text().encode()).decode().rstrip("=")


def _place(after: str | None) -> Place | None:
    if after is None:
        return None
    try:
        return place_from(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode())
    except (binascii.Error, ValueError, RecursionError) as error:
        raise QueryError("page", "the place in the list cannot be read", "start again from the first page") from error
