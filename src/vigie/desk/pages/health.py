"""Whether the desk works, for whoever watches over it."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse

from vigie.desk.context import desk_of
from vigie.desk.permissions import open_to_all
from vigie.errors import StoreError


def router() -> APIRouter:
    """`/health`."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/health", health, methods=["GET", "HEAD"], dependencies=[Depends(open_to_all)])
    return routes


def health(request: Request) -> JSONResponse:
    """200 `{"status": "ok"}` where the store answers, else 503; nothing about what is in it."""
    try:
        desk_of(request).accounts.any()
    except StoreError:
        return JSONResponse({"status": "no store"}, 503, headers={"Cache-Control": "no-store"})
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
