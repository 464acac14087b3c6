"""Accounts, for admins: who works here, and as what."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from vigie.desk.context import desk_of
from vigie.desk.languages import N_
from vigie.desk.pages.signing_in import password_faults
from vigie.desk.permissions import Admin
from vigie.desk.rendering import redirect, render, text
from vigie.errors import AccountError, LastAdmin
from vigie.store.accounts import LOCAL, ROLES, folded


def router() -> APIRouter:
    """`/users` and what can be done there."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/users", users, methods=["GET"], response_class=HTMLResponse)
    routes.add_api_route("/users", add, methods=["POST"], response_model=None)
    routes.add_api_route("/users/{name}/role", set_role, methods=["POST"], response_class=RedirectResponse)
    routes.add_api_route("/users/{name}/disabled", set_disabled, methods=["POST"], response_class=RedirectResponse)
    routes.add_api_route("/users/{name}/password", set_password, methods=["POST"], response_model=None)
    return routes


def users(request: Request, admin: Admin) -> HTMLResponse:
    """All accounts."""
    return _page(request)


def add(
    request: Request,
    admin: Admin,
    name: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "reader",
    password: Annotated[str, Form()] = "",
) -> Response:
    """Make an account."""
    desk, errors = desk_of(request), {}
    if wrong := password_faults(request, password, name):
        errors["password"] = wrong
    if desk.accounts.find(name) is not None or folded(name) == LOCAL:
        errors["name"] = text(request, N_("There is an account of that name already."))
    if role not in ROLES:
        errors["role"] = text(request, N_("There is no such role."))
    if not errors:
        try:
            made = desk.accounts.add(name, role, desk.passwords.hash(password))
        except AccountError:
            errors["name"] = text(
                request, N_("Give 2 to 32 letters a-z, digits, dots, dashes or underscores, a letter or digit first.")
            )
        else:
            return redirect(request, "/users", text(request, N_("The account %(name)s has been made."), name=made.name))
    return _page(request, errors, {"name": name, "role": role})


def set_role(request: Request, admin: Admin, name: str, role: Annotated[str, Form()]) -> RedirectResponse:
    """Give an account another role."""
    try:
        desk_of(request).accounts.set_role(name, role)
    except AccountError as error:
        return redirect(request, "/users", _refused(request, error))
    return redirect(request, "/users", text(request, N_("The role of %(name)s has been changed."), name=name))


def set_disabled(request: Request, admin: Admin, name: str, disabled: Annotated[bool, Form()]) -> RedirectResponse:
    """Disable an account or enable it again."""
    try:
        desk_of(request).accounts.set_disabled(name, disabled)
    except AccountError as error:
        return redirect(request, "/users", _refused(request, error))
    said = N_("%(name)s can no longer sign in.") if disabled else N_("%(name)s can sign in again.")
    return redirect(request, "/users", text(request, said, name=name))


def set_password(request: Request, admin: Admin, name: str, password: Annotated[str, Form()] = "") -> Response:
    """Set the password of an account, ending its sessions."""
    desk = desk_of(request)
    if desk.accounts.find(name) is None:
        return redirect(request, "/users", text(request, N_("There is no account of that name.")))
    if wrong := password_faults(request, password, name):
        return _page(request, {f"password-{name}": wrong})
    desk.accounts.set_password(name, desk.passwords.hash(password))
    return redirect(request, "/users", text(request, N_("The password of %(name)s has been changed."), name=name))


def _refused(request: Request, error: AccountError) -> str:
    if isinstance(error, LastAdmin):
        return text(request, N_("This is the last admin: make another account admin first."))
    return text(request, N_("Nothing was changed: there is no such account or role."))


def _page(request: Request, errors: dict[str, str] | None = None, given: dict[str, str] | None = None) -> HTMLResponse:
    desk = desk_of(request)
    answer = render(
        request,
        "users.html",
        422 if errors else 200,
        accounts=desk.accounts.all(),
        roles=ROLES,
        errors=errors or {},
        given=given or {"name": "", "role": "reader"},
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
