"""`/status` and `/health`: what is in the store, and whether it answers."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Depends, Request
from pydantic import Field
from starlette.responses import Response

from vigie import __version__
from vigie.desk.api.conditional import Conditional, json_answer, told
from vigie.desk.api.describing import answers, problem
from vigie.desk.api.schemas.values import Gives, Known
from vigie.desk.context import desk_of
from vigie.desk.permissions import Reader, open_to_all
from vigie.language.pack import languages


class Status(Gives):
    """What is in the store, in numbers."""

    version: str = Field(description="Of Vigie.")
    tables: str = Field(description="Version of the tables of the store.")
    languages: list[str] = Field(description="Languages that can be coded.")
    reports: Known
    codings: Known
    claims: Known
    incidents: Known
    decisions: Known
    rejected: Known = Field(description="Places from which something could not be taken in.")
    last_received: str | None


class Health(Gives):
    """Whether the store answers."""

    status: Literal["ok"]


def router() -> APIRouter:
    """The routes of this module."""
    routes = APIRouter(tags=["status"])
    routes.add_api_route(
        "/status",
        status,
        methods=["GET"],
        summary="What is in the store",
        response_model=Status,
        responses=answers(ok="The numbers.", kept=True),
        dependencies=[Conditional],
    )
    routes.add_api_route(
        "/health",
        health,
        methods=["GET"],
        summary="Whether the store answers",
        response_model=Health,
        responses={200: {"description": "It does."}, 429: problem(429), 503: problem(503)},
        dependencies=[Depends(open_to_all)],
    )
    return routes


def status(request: Request, user: Reader) -> Response:
    """What is in the store, in numbers."""
    found = desk_of(request).store.status()
    names = ("reports", "codings", "claims", "incidents", "decisions", "rejected", "last_received")
    numbers = {name: getattr(found, name) for name in names}
    return told(request, {"version": __version__, "tables": found.version, "languages": list(languages()), **numbers})


def health(request: Request) -> Response:
    """200 where the store answers, else 503; nothing about what is in it."""
    desk_of(request).accounts.any()
    return json_answer({"status": "ok"}, {"Cache-Control": "no-store"})
