"""Who may do what: the one place where roles and permissions meet, and the dependencies that routes ask with.

Every route of the desk names the permission it needs, or says that it is open to anybody (`open_to_all`); `guarded`
finds those that do neither, and such an app is not started.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Annotated

from fastapi import Depends
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute

from vigie.desk.visitors import User, Visitor, current_visitor
from vigie.store.accounts import ROLES, Role


class Permission(Enum):
    """What a route asks for, with the least role that has it."""

    READ = "reader"
    """See and export all there is."""
    CODE = "coder"
    """Take in and code texts, code blind, and decide on values and pairs; undo one's own decisions."""
    DECIDE = "editor"
    """Merge, split, sources, profiles; undo what others decided."""
    MANAGE = "admin"
    """Accounts."""


class SignInNeeded(Exception):
    """Nobody is signed in, and what is asked for needs it."""


class Forbidden(Exception):
    """Who is signed in may not do that. `permission` is what is missing."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        super().__init__(permission.name)


def allows(role: Role, permission: Permission) -> bool:
    """Whether a role has a permission: each role has those of the roles before it."""
    return ROLES.index(role) >= ROLES.index(permission.value)


class Needs:
    """A dependency that gives the user, if there is one with the permission. Raises SignInNeeded or Forbidden."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    def __call__(self, visitor: Annotated[Visitor, Depends(current_visitor)]) -> User:
        if visitor.user is None:
            raise SignInNeeded
        if not allows(visitor.user.role, self.permission):
            raise Forbidden(self.permission)
        return visitor.user


def open_to_all() -> None:
    """A dependency that says on purpose that a route needs nobody signed in."""


Reader = Annotated[User, Depends(Needs(Permission.READ))]
Coder = Annotated[User, Depends(Needs(Permission.CODE))]
Editor = Annotated[User, Depends(Needs(Permission.DECIDE))]
Admin = Annotated[User, Depends(Needs(Permission.MANAGE))]


def guarded(routes: Iterable[BaseRoute]) -> Iterator[tuple[str, str, Permission | None]]:
    """Of all routes: method, path and the permission it needs (None: open to all). Raises ValueError for a route that
    says neither."""
    for context in iter_route_contexts(list(routes)):
        if not isinstance(context.original_route, APIRoute):
            raise ValueError(f"{context.path}: only routes that name a permission can be added to the desk")
        calls = list(_calls(context.dependant))
        needed = [call.permission for call in calls if isinstance(call, Needs)]
        if not needed and open_to_all not in calls:
            raise ValueError(f"{context.path}: the route names no permission (desk/permissions.py)")
        most = max(needed, key=lambda p: ROLES.index(p.value), default=None)
        for method in sorted(context.methods or ()):
            yield method, context.path or "", most


def _calls(dependant: Dependant) -> Iterator[object]:
    for each in dependant.dependencies:
        yield each.call
        yield from _calls(each)
