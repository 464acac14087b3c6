"""Undoing decisions, from whatever page shows them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse

from vigie.desk.context import desk_of
from vigie.desk.deciding import NotYours, undo
from vigie.desk.languages import N_
from vigie.desk.permissions import Coder
from vigie.desk.rendering import own_path, redirect, text
from vigie.errors import DecisionError


def router() -> APIRouter:
    """`/decisions/{number}/undo`: `back` is the page to go back to."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/decisions/{number}/undo", undo_one, methods=["POST"], response_class=RedirectResponse)
    return routes


def undo_one(
    request: Request,
    user: Coder,
    number: int,
    back: Annotated[str, Form()] = "/",
    why: Annotated[str, Form(max_length=2000)] = "",
) -> RedirectResponse:
    """Undo a decision: one's own, or as an editor anybody's."""
    store = desk_of(request).store
    if all(line.number != number for line in store.decisions()):
        raise HTTPException(404)
    try:
        undo(store, user, number, why)
    except NotYours:
        said = text(request, N_("Decision %(number)s is not yours: an editor can undo it."), number=number)
    except DecisionError:
        said = text(request, N_("Decision %(number)s has been undone already."), number=number)
    else:
        said = text(request, N_("Decision %(number)s is undone."), number=number)
    return redirect(request, own_path(back), said)
