"""The start page: what is in the record, and where to go."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from vigie.desk.context import desk_of
from vigie.desk.permissions import Reader
from vigie.desk.rendering import render


def router() -> APIRouter:
    """`/`."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/", home, methods=["GET"], response_class=HTMLResponse)
    return routes


def home(request: Request, user: Reader) -> HTMLResponse:
    """The start page."""
    return render(request, "home.html", store=desk_of(request).store.status())
