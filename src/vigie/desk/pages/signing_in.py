"""Signing in and out, and one's own account."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from vigie.desk.checks import asker
from vigie.desk.context import Desk, desk_of
from vigie.desk.languages import N_
from vigie.desk.passwords import LONGEST, SHORTEST, faults
from vigie.desk.permissions import Reader, open_to_all
from vigie.desk.rendering import own_path, redirect, render, text
from vigie.desk.visitors import User, Visitor, current_visitor
from vigie.store.accounts import folded

FAULTS = {
    "short": N_("It needs at least %(shortest)s characters."),
    "long": N_("It may have no more than %(longest)s characters."),
    "common": N_("It is among the first that others would try."),
    "name": N_("It is too close to the name of the account."),
    "monotonous": N_("It repeats or counts up a few characters."),
}

Guest = Annotated[Visitor, Depends(current_visitor)]


def router() -> APIRouter:
    """`/login`, `/logout`, `/account`."""
    routes = APIRouter(include_in_schema=False)
    anybody = [Depends(open_to_all)]
    routes.add_api_route("/login", show, methods=["GET"], response_class=HTMLResponse, dependencies=anybody)
    routes.add_api_route("/login", sign_in, methods=["POST"], response_model=None, dependencies=anybody)
    routes.add_api_route("/logout", sign_out, methods=["POST"], response_model=None, dependencies=anybody)
    routes.add_api_route("/account", account, methods=["GET"], response_class=HTMLResponse)
    routes.add_api_route("/account", change_password, methods=["POST"], response_model=None)
    return routes


def show(request: Request, visitor: Guest, next: str = "/") -> Response:
    """The form; who is signed in has no use for it."""
    if visitor.user is not None:
        return redirect(request, next)
    return _form(request, next)


def sign_in(
    request: Request,
    visitor: Guest,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Start a session, or say that name and password do not belong together; never which of them is wrong."""
    desk = desk_of(request)
    desk.limiter.take("login", asker(request))
    name = folded(name)[:64]
    desk.limiter.take("login-name", name)
    kept = desk.accounts.password_hash(name)
    if not desk.passwords.fits(kept, password):
        return _form(request, next, name, text(request, N_("This name and this password do not belong together.")))
    assert kept is not None
    if desk.passwords.outdated(kept):
        desk.accounts.replace_hash(name, kept, desk.passwords.hash(password))
    desk.limiter.forget("login-name", name)
    if visitor.session is not None:  # whoever was signed in here before
        desk.accounts.close_session(visitor.session)
    _start_session(desk, visitor, name)
    return redirect(request, next)


def sign_out(request: Request, visitor: Guest) -> Response:
    """End the session and have the browser forget what it kept of the pages."""
    desk = desk_of(request)
    if visitor.session is not None:
        desk.accounts.close_session(visitor.session)
        visitor.cookies.append(desk.cookie("session", "", lasts=0, strict=False))
    answer = redirect(request, "/login" if visitor.session is not None else "/")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def account(request: Request, user: Reader) -> HTMLResponse:
    """One's own account."""
    return _account(request, user)


def change_password(
    request: Request,
    user: Reader,
    visitor: Guest,
    current: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Set another password; all other sessions of the account end."""
    desk = desk_of(request)
    if user.is_local or visitor.kind == "program":
        return redirect(request, "/account")
    desk.limiter.take("login-name", user.name)
    errors: dict[str, str] = {}
    if not desk.passwords.fits(desk.accounts.password_hash(user.name), current):
        errors["current"] = text(request, N_("This is not your password."))
    if password != again:
        errors["again"] = text(request, N_("The two are not the same."))
    wrong = password_faults(request, password, user.name)
    if wrong:
        errors["password"] = wrong
    if errors:
        return _account(request, user, errors)
    desk.limiter.forget("login-name", user.name)
    desk.accounts.set_password(user.name, desk.passwords.hash(password), keep=visitor.session)
    return redirect(request, "/account", text(request, N_("Your password has been changed.")))


def password_faults(request: Request, password: str, name: str) -> str:
    """What is wrong with a new password, in the visitor's language; empty if it will do."""
    numbers = {"shortest": SHORTEST, "longest": LONGEST}
    return " ".join(text(request, FAULTS[fault], **numbers) for fault in faults(password, name))


def _start_session(desk: Desk, visitor: Visitor, name: str) -> None:
    token = desk.accounts.open_session(name, desk.config.session_lasts)
    visitor.cookies.append(desk.cookie("session", token, strict=False))


def _form(request: Request, next: str, name: str = "", error: str = "") -> HTMLResponse:
    answer = render(request, "login.html", 401 if error else 200, next=own_path(next), name=name, error=error)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _account(request: Request, user: User, errors: dict[str, str] | None = None) -> HTMLResponse:
    known = desk_of(request).accounts.find(user.name) if not user.is_local else None
    answer = render(request, "account.html", 422 if errors else 200, account=known, errors=errors or {})
    answer.headers["Cache-Control"] = "no-store"
    return answer
