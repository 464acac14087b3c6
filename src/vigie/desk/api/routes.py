"""All routes of the API, under one address, with one rate."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Security
from fastapi.security import HTTPBearer

from vigie.desk.api import (
    claims,
    coding,
    decisions,
    documentation,
    exports,
    incidents,
    reports,
    sources,
    status,
    suggestions,
    tallies,
)
from vigie.desk.checks import limited

BASE = "/api/v1"


def router() -> APIRouter:
    """The routes of the API and its documentation."""
    # Who asks is found out elsewhere (desk/visitors.py); this names the scheme for the documentation.
    bearer = HTTPBearer(auto_error=False, description="A token from `vigie desk-user token NAME`.")
    api = APIRouter(
        prefix=BASE,
        dependencies=[Security(bearer), Depends(limited("program"))],
        generate_unique_id_function=lambda route: route.name,
    )
    parts = (incidents, reports, coding, claims, sources, tallies, suggestions, decisions, exports, status)
    for part in parts:
        api.include_router(part.router())
    routes = APIRouter()
    routes.include_router(api)
    routes.include_router(documentation.router())
    return routes
