"""Who makes a request: the user behind it, the language and look they chose, and their token against forged forms."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Literal

from fastapi import Request

from vigie.desk import csrf
from vigie.desk.context import Desk, desk_of
from vigie.desk.languages import chosen_language
from vigie.store.accounts import LOCAL, Role, SessionKind

Theme = Literal["light", "dark", "auto"]
THEMES: tuple[Theme, ...] = ("auto", "light", "dark")
_BEARER = "bearer "


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who works at the desk. `name` is what their decisions are signed with."""

    name: str
    role: Role

    @property
    def is_local(self) -> bool:
        """Whether this is the one person of a desk without accounts."""
        return self.name == LOCAL


@dataclass(slots=True)
class Visitor:
    """Who makes a request. `user` is None where nobody is signed in. `session` is the digest of their session, `kind`
    says whether a browser or a program holds it. `cookies` are to be set with the answer."""

    user: User | None
    language: str
    theme: Theme
    shortcuts: bool
    secret: str
    session: str | None = None
    kind: SessionKind = "browser"
    note: str | None = None
    cookies: list[str] = field(default_factory=list)


def current_visitor(request: Request) -> Visitor:
    """A dependency: who makes this request. Found out once a request."""
    found: Visitor | None = getattr(request.state, "visitor", None)
    if found is None:
        found = request.state.visitor = _visitor(request, desk_of(request))
    return found


def unknown_visitor(request: Request) -> Visitor:
    """The visitor as far as the request alone tells, without asking the store: for when it cannot be asked."""
    desk = desk_of(request)
    return Visitor(None, chosen_language(request), _theme(request, desk), _shortcuts(request, desk), secret="")


def _visitor(request: Request, desk: Desk) -> Visitor:
    visitor = unknown_visitor(request)
    cookies = request.cookies
    visitor.note = cookies.get(desk.config.cookie("note"))
    if not desk.config.accounts_needed and not desk.accounts.any():
        visitor.user = User(LOCAL, "editor")
    else:
        _sign_in(visitor, request, desk)
    if not visitor.secret:
        name = desk.config.cookie("form")
        kept = cookies.get(name, "")
        visitor.secret = kept if csrf.is_secret(kept) else secrets.token_hex(csrf.SECRET_BYTES)
        if visitor.secret != kept:
            visitor.cookies.append(desk.cookie("form", visitor.secret))
    return visitor


def _sign_in(visitor: Visitor, request: Request, desk: Desk) -> None:
    given = request.headers.get("authorization", "")
    token = given[len(_BEARER) :].strip() if given[: len(_BEARER)].lower() == _BEARER else None
    kind: SessionKind = "program" if token else "browser"
    token = token or request.cookies.get(desk.config.cookie("session"))
    if not token:
        return
    session = desk.accounts.session(token, desk.config.session_idle if kind == "browser" else None)
    if session is None or session.kind != kind:
        return
    visitor.user = User(session.account.name, session.account.role)
    visitor.session, visitor.kind = session.digest, kind
    if kind == "browser":
        visitor.secret = csrf.secret_of(token)


def _theme(request: Request, desk: Desk) -> Theme:
    kept = request.cookies.get(desk.config.cookie("theme"))
    return next((theme for theme in THEMES if theme == kept), "auto")


def _shortcuts(request: Request, desk: Desk) -> bool:
    return request.cookies.get(desk.config.cookie("keys")) != "off"
