"""The documentation of the API: `/api/v1/openapi.json`, the page that shows it, and what each problem means."""

from __future__ import annotations

import http
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse
from pydantic import Field
from starlette.responses import Response

from vigie import __version__
from vigie.desk import problems
from vigie.desk.api.conditional import told
from vigie.desk.api.schemas.values import Gives
from vigie.desk.permissions import guarded, open_to_all
from vigie.desk.rendering import render

OPENAPI = "/api/v1/openapi.json"
_ABOUT = """\
The record that Vigie keeps of published reports on armed violence: incidents, every account of each, who gave it and on
what terms, and the exact words.

**Signing in.** On a desk with accounts, send `Authorization: Bearer …` with a token from `vigie desk-user token NAME`.
On a desk of one person on this machine nothing is needed.

**Lists** come in pages: `next` of a page is the parameter `after` of the one that follows, and the header `Link` has
its address. **ETags** are strong: send one in `If-None-Match` and get 304 as long as nothing has changed. **Decisions**
say which one was seen last (`expected`); where somebody has decided since, nothing is changed and the answer is 409.

**Problems** come as `application/problem+json` (RFC 9457); `type` leads to what each means, `way_out` says what to do.
A part that is not of the right form gives 422 and names the place; parts that make no sense together give 400.
"""
_TAGS = (
    ("incidents", "What happened, as far as reports tell."),
    ("reports", "What was published, as received."),
    ("coding", "A text coded, and nothing kept."),
    ("claims", "Who asserts what."),
    ("sources", "Who speaks, and what is known of them."),
    ("tallies", "Published counts beside the record's own."),
    ("decisions", "What people decided, in a log that is only added to."),
    ("exports", "A whole selection at once."),
    ("status", "What is in the store."),
)


class FieldProblem(Gives):
    """What is wrong with one part of a request: where (`/query/size`, `/body/text`), and why."""

    pointer: str
    detail: str


class LastDecision(Gives):
    """The decision that somebody else made in the meantime."""

    number: int
    kind: str
    who: str
    when: str
    why: str
    hash: str


class Problem(Gives):
    """Problem details (RFC 9457). `title` and `detail` are in the language asked for (`Accept-Language`)."""

    type: str = Field(description="Address of what it means.", examples=["/api/problems#makes-no-sense"])
    title: str
    status: int
    detail: str
    way_out: str = Field(description="What to do about it.")
    errors: list[FieldProblem] | None = Field(None, description="With 422: each part that is not of the right form.")
    last: LastDecision | None = Field(None, description="With 409: the decision that was made in the meantime.")


def router() -> APIRouter:
    """The routes of this module."""
    routes = APIRouter(include_in_schema=False, dependencies=[Depends(open_to_all)])
    routes.add_api_route(OPENAPI, openapi, methods=["GET"], response_model=None)
    routes.add_api_route("/api/docs", page, methods=["GET"], response_class=HTMLResponse)
    routes.add_api_route(problems.PAGE, meanings, methods=["GET"], response_class=HTMLResponse)
    return routes


def openapi(request: Request) -> Response:
    """The API in the form of OpenAPI 3.1."""
    return told(request, described(request.app))


def page(request: Request) -> HTMLResponse:
    """The API to read and to try, shown by Swagger UI from this desk's own files."""
    return render(request, "api.html", openapi=OPENAPI)


def meanings(request: Request) -> HTMLResponse:
    """What each kind of problem means, and the way out."""
    kinds = [(status, http.HTTPStatus(status).phrase, kind) for status, kind in problems.KINDS.items()]
    return render(request, "problems.html", kinds=kinds)


def described(app: FastAPI) -> dict[str, Any]:
    """The description of an app's API."""
    found = get_openapi(
        title="Vigie",
        version=__version__,
        openapi_version="3.1.0",
        summary="A record of published reporting on armed violence, with the exact words.",
        description=_ABOUT,
        routes=app.routes,
        tags=[{"name": name, "description": words} for name, words in _TAGS],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    for method, path, permission in guarded(app.routes):
        if permission is None and method.lower() in found["paths"].get(path, {}):
            found["paths"][path][method.lower()].pop("security", None)
    schemas = found["components"]["schemas"]
    parts = Problem.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    schemas |= parts.pop("$defs", {})
    schemas["Problem"] = parts
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return found
