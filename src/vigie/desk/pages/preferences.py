"""What a visitor chooses for themselves: language, light or dark, single keys; kept in cookies of their browser."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse

from vigie.desk.context import desk_of
from vigie.desk.permissions import open_to_all
from vigie.desk.rendering import redirect
from vigie.desk.visitors import THEMES, current_visitor

_YEAR = 365 * 24 * 3600


def router() -> APIRouter:
    """`POST /preferences`."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/preferences", prefer, methods=["POST"], dependencies=[Depends(open_to_all)])
    return routes


def prefer(
    request: Request,
    language: Annotated[str | None, Form()] = None,
    theme: Annotated[str | None, Form()] = None,
    keys: Annotated[str | None, Form()] = None,
    back: Annotated[str, Form()] = "/",
) -> RedirectResponse:
    """Set what is given, leave the rest; back to the page. A value that there is none of changes nothing."""
    desk, cookies = desk_of(request), current_visitor(request).cookies
    for name, value, allowed in (
        ("language", language, tuple(desk.catalogues)),
        ("theme", theme, THEMES),
        ("keys", keys, ("on", "off")),
    ):
        if value in allowed:
            cookies.append(desk.cookie(name, value, lasts=_YEAR, strict=False))
    return redirect(request, back)
