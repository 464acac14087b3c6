"""What goes wrong, as a page for people and as problem details for programs (RFC 9457), in the visitor's language."""

from __future__ import annotations

import http
import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from vigie.desk.checks import API, Forged
from vigie.desk.context import desk_of
from vigie.desk.languages import N_
from vigie.desk.limits import TooMany
from vigie.desk.permissions import Forbidden, SignInNeeded
from vigie.desk.problems import kind as kind_of
from vigie.desk.rendering import render_for
from vigie.desk.visitors import current_visitor, unknown_visitor
from vigie.errors import DecisionConflict, DecisionError, QueryError, StoreBusy, StoreError

_log = logging.getLogger("vigie.desk")

PROBLEM = "application/problem+json"

_WORDS = {
    400: (N_("This cannot be understood"), N_("Something in the address or in the form makes no sense here.")),
    401: (N_("Sign in first"), N_("Nobody is signed in, or the token is not valid any more.")),
    403: (N_("Not allowed"), N_("Your account may not do this. An admin can give it another role.")),
    404: (N_("Nothing here"), N_("There is no page at this address. It may have been mistyped.")),
    405: (N_("Not like this"), N_("This address does not take that kind of request.")),
    409: (
        N_("Somebody else was quicker"),
        N_("What you decided on has changed since you opened it. Nothing was overwritten: look again, then decide."),
    ),
    412: (
        N_("Somebody else was quicker"),
        N_("What you decided on has changed since you opened it. Nothing was overwritten: look again, then decide."),
    ),
    413: (N_("Too large"), N_("What was sent is larger than this desk takes.")),
    422: (N_("This cannot be understood"), N_("Something in the address or in the form makes no sense here.")),
    429: (N_("Too many requests"), N_("Please wait a moment and try again.")),
    500: (
        N_("Something went wrong here"),
        N_("The fault is ours, and it has been noted. What was decided before is safe; you can try again."),
    ),
    503: (N_("The record cannot be reached"), N_("It may be busy or under maintenance. Please try again in a moment.")),
}  # fmt: skip
_FORGED = N_(
    "The form was not one of this desk's, or it had been open for too long. Go back, load the page again and send it "
    "once more: nothing was changed."
)


def handle_faults(app: FastAPI) -> None:
    """Have an app answer with the pages of this module."""
    for kind, handler in (
        (SignInNeeded, _sign_in),
        (Forbidden, lambda request, error: answer(request, 403)),
        (Forged, lambda request, error: answer(request, 403, detail=_FORGED)),
        (TooMany, lambda request, error: answer(request, 429, headers={"Retry-After": str(error.wait)})),
        (HTTPException, _http),
        (RequestValidationError, _invalid),
        (DecisionConflict, _decided_meanwhile),
        (QueryError, lambda request, error: answer(request, 400, exact=error.reason, way_out=error.way_out)),
        (DecisionError, lambda request, error: answer(request, 400, exact=str(error))),
        (StoreBusy, lambda request, error: answer(request, 503, headers={"Retry-After": "5"}, alone=True)),
        (StoreError, _store_failed),
    ):
        app.add_exception_handler(kind, handler)


def answer(
    request: Request,
    status: int,
    *,
    detail: str | None = None,
    exact: str | None = None,
    headers: dict[str, str] | None = None,
    alone: bool = False,
    **members: Any,
) -> Response:
    """The answer to a request that fails. `detail` is a message of the catalogues in place of the usual one; `exact`
    says more in the words of an error; `members` are added to the problem details (`way_out` in place of the usual
    one). `alone`: the store is not asked who it is."""
    title, usual = _WORDS.get(status, (http.HTTPStatus(status).phrase, ""))
    visitor = unknown_visitor(request) if alone else current_visitor(request)
    words = desk_of(request).catalogues[visitor.language]
    title, detail = words.text(title), words.text(detail or usual) if detail or usual else ""
    if request.url.path.startswith(API):
        problem = {"type": kind_of(status).type, "title": title, "status": status, "detail": exact or detail, **members}
        problem["way_out"] = members.get("way_out") or words.text(kind_of(status).way_out)
        spoken = {"Content-Language": visitor.language, "Vary": "Cookie, Accept-Language"}
        return JSONResponse(problem, status, headers=spoken | (headers or {}), media_type=PROBLEM)
    page = render_for(request, visitor, "fault.html", status, title=title, detail=detail, exact=exact, status=status)
    page.headers.update(headers or {})
    return page


async def failed(request: Request, status: int) -> Response:
    """The answer where no route can give one: the layers before them ask for it. Plain words if even that fails."""
    try:
        return await run_in_threadpool(answer, request, status, alone=True)
    except Exception:
        return PlainTextResponse(f"{status} {http.HTTPStatus(status).phrase}\n", status)


def _sign_in(request: Request, error: Exception) -> Response:
    if request.url.path.startswith(API):
        return answer(request, 401, headers={"WWW-Authenticate": "Bearer"})
    if request.method != "GET":
        return RedirectResponse("/login", 303)
    query = f"?{request.url.query}" if request.url.query else ""
    target = request.url.replace(scheme="", netloc="", path="/login", query="").include_query_params(
        next=request.url.path + query
    )
    return RedirectResponse(str(target), 303)


def _decided_meanwhile(request: Request, error: Exception) -> Response:
    last = desk_of(request).store.decisions()[-1:]
    told = {name: getattr(line, name) for line in last for name in ("number", "kind", "who", "when", "why", "hash")}
    return answer(request, 409, last=told or None)


def _store_failed(request: Request, error: Exception) -> Response:
    _log.error("the store failed: %s", error)  # with its address, which is nobody's business but the administrator's
    return answer(request, 503, alone=True)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    phrase = http.HTTPStatus(error.status_code).phrase
    headers = dict(error.headers or {})
    if error.status_code == 405:  # the router names the methods of the first route with this path only
        headers["Allow"] = ", ".join(desk_of(request).allowed(request.url.path))
    return answer(
        request,
        error.status_code,
        exact=error.detail if error.detail != phrase else None,
        headers=headers,
    )


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [
        {"pointer": "/" + "/".join(str(step) for step in each["loc"]), "detail": each["msg"]} for each in error.errors()
    ]
    exact = "; ".join(f"{each['pointer']}: {each['detail']}" for each in errors[:10])
    return answer(request, 422, exact=exact, errors=errors)
