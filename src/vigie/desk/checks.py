"""Dependencies that every request or some routes go through: the token against forged requests, and rate limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from vigie.desk import csrf
from vigie.desk.context import desk_of
from vigie.desk.visitors import Visitor, current_visitor

API = "/api/"
_OF_PROGRAMS = ("application/json", "application/octet-stream")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Forged(Exception):
    """A change was asked for without the token of a page of this desk."""


async def check_token(request: Request, visitor: Annotated[Visitor, Depends(current_visitor)]) -> None:
    """A dependency of the whole app: a request that changes something carries the token of one of our pages, in the
    header `X-CSRF-Token` or the form field `csrf_token`. A program with a token of its own needs none: a browser never
    sends that by itself. Nor does a program on the machine of a desk without accounts (see `_program_at_hand`). Raises
    Forged."""
    if request.method in csrf.SAFE or visitor.kind == "program":
        return
    if request.url.path.startswith(API) and (visitor.user is None or _program_at_hand(request, visitor)):
        return  # nobody: the route says so; it has nothing that anybody may change
    given: str | UploadFile | None = request.headers.get(csrf.HEADER)
    if given is None and request.headers.get("content-type", "").partition(";")[0].strip().lower() in _FORMS:
        given = (await request.form()).get(csrf.FIELD)
    if not isinstance(given, str) or not csrf.fits(given, visitor.secret):
        raise Forged


async def form_of(request: Request) -> FormData:
    """A dependency: the form that was sent, for routes whose forms differ from one to another."""
    return await request.form()


def _program_at_hand(request: Request, visitor: Visitor) -> bool:
    """Whether a change of a desk without accounts is asked for by a program on this machine and by no page. A page of
    another site can only send the media types of forms unasked, and its browser says where it comes from; for any other
    type the browser asks first, and is refused (https://fetch.spec.whatwg.org, "CORS-preflight fetch")."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    told = any(name in request.headers for name in ("origin", "sec-fetch-site", "referer"))
    return visitor.user is not None and visitor.user.is_local and kind in _OF_PROGRAMS and not told


def asker(request: Request, visitor: Visitor | None = None) -> str:
    """Whom requests are counted for: the account, else the address they come from."""
    if visitor is not None and visitor.user is not None and not visitor.user.is_local:
        return f"account {visitor.user.name}"
    return f"address {_address(request)}"


def _address(request: Request) -> str:
    """Where a request comes from. Behind a proxy it is the last that the proxy names: what stands before that anybody
    can write."""
    if desk_of(request).config.behind_proxy:
        named = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        if named:
            return named[:64]
    return request.client.host if request.client else "?"


def limited(name: str) -> Callable[..., None]:
    """A dependency that counts requests against a rate of `DeskConfig.rates`. It raises TooMany."""

    def count(request: Request, visitor: Annotated[Visitor, Depends(current_visitor)]) -> None:
        desk_of(request).limiter.take(name, asker(request, visitor))

    return count
