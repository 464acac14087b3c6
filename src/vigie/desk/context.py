"""What one desk holds: its store and its settings, and what is made of them when it starts. Nothing is global."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection
from starlette.routing import compile_path

from vigie.desk.assets import Assets
from vigie.desk.config import DeskConfig
from vigie.desk.drafts import Drafts
from vigie.desk.intake import Intake
from vigie.desk.languages import Catalogue
from vigie.desk.limits import Limiter
from vigie.desk.passwords import Passwords
from vigie.desk.sample_run import SampleRun
from vigie.store.accounts import Accounts
from vigie.store.store import Store

if TYPE_CHECKING:
    from vigie.desk.rendering import Templates


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that a route needs beside its request. `methods` are those of each pattern of a path that the app has,
    in the order in which they are tried."""

    store: Store
    config: DeskConfig
    accounts: Accounts
    assets: Assets
    catalogues: dict[str, Catalogue]
    templates: Templates
    limiter: Limiter
    passwords: Passwords
    intake: Intake
    methods: Mapping[str, tuple[str, ...]]
    drafts: Drafts
    samples: SampleRun

    @property
    def places(self) -> frozenset[str]:
        """The paths that the app has a page for."""
        return frozenset(path for path, methods in self.methods.items() if "GET" in methods)

    def allowed(self, path: str) -> tuple[str, ...]:
        """The methods of a path; none where there is no route for it."""
        return next((methods for pattern, methods in self.methods.items() if compile_path(pattern)[0].match(path)), ())

    def cookie(self, name: str, value: str, *, lasts: int | None = None, strict: bool = True) -> str:
        """A Set-Cookie header: not readable by scripts, sent with this site's own requests only, over HTTPS only where
        the desk is reached that way. `lasts` in seconds, 0 to remove it, None until the browser is closed."""
        full = self.config.cookie(name)
        jar: SimpleCookie = SimpleCookie({full: value})
        jar[full]["path"] = "/"
        jar[full]["httponly"] = True
        jar[full]["samesite"] = "Strict" if strict else "Lax"
        if self.config.secure:
            jar[full]["secure"] = True
        if lasts is not None:
            jar[full]["max-age"] = lasts
        return jar[full].OutputString()


def desk_of(request: HTTPConnection) -> Desk:
    """A dependency: the desk that a request was made to."""
    desk: Desk = request.app.state.desk
    return desk
