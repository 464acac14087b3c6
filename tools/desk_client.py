"""A browser at the desk, as far as the server can tell: for tests. It sends what the desk's own pages would send."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from vigie.desk.context import Desk
from vigie.desk.drafts import Drafts
from vigie.desk.intake import Intake
from vigie.desk.limits import Limiter
from vigie.desk.sample_run import SampleRun
from vigie.store.store import Store

ORIGIN = "http://127.0.0.1:8000"
PASSWORD = "seven grey herons waiting"
"""The password of every account that the tests make."""


class DeskClient(TestClient):
    """A browser at the desk, as far as the server can tell."""

    def token(self) -> str:
        """A token against forged requests, from a page that anybody can see."""
        page = self.get("/login", headers={"Accept": "text/html"}, follow_redirects=True)
        return re.search(r'name="csrf-token" content="([0-9a-f]+)"', page.text)[1]

    def post_form(self, path: str, fields: dict[str, Any] | None = None, *, follow: bool = False) -> Response:
        """Send a form of a page."""
        form = {"csrf_token": self.token(), **(fields or {})}
        return self.post(path, data=form, follow_redirects=follow, headers={"Origin": str(self.base_url).rstrip("/")})

    def send_json(self, method: str, path: str, json: Any = None) -> Response:
        """Send JSON as a script of a page does."""
        return self.request(method, path, json=json, headers={"X-CSRF-Token": self.token()}, follow_redirects=False)

    def sign_in(self, name: str, password: str = PASSWORD) -> Response:
        """Sign in by the form."""
        return self.post_form("/login", {"name": name, "password": password})


def at_work(app: FastAPI, store: Store) -> FastAPI:
    """An app as if it had just been made for this store: nothing is left of what it was asked before."""
    desk: Desk = app.state.desk
    app.state.desk = dataclasses.replace(
        desk,
        store=store,
        accounts=store.accounts,
        limiter=Limiter(desk.config.rates),
        intake=Intake(),
        drafts=Drafts(),
        samples=SampleRun(store),
    )
    return app
