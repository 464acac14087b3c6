"""The app of the desk, made for one store and one set of settings."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import anyio.to_thread
from fastapi import Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from vigie import __version__
from vigie.desk.access_log import AccessLog
from vigie.desk.assets import Assets
from vigie.desk.checks import check_token
from vigie.desk.config import DeskConfig
from vigie.desk.context import Desk
from vigie.desk.drafts import Drafts
from vigie.desk.faults import failed, handle_faults
from vigie.desk.intake import Intake
from vigie.desk.languages import catalogues
from vigie.desk.limits import Limiter
from vigie.desk.pages import routers
from vigie.desk.passwords import Passwords
from vigie.desk.permissions import guarded
from vigie.desk.protection import Answers, Gate
from vigie.desk.rendering import Templates
from vigie.desk.sample_run import SampleRun
from vigie.store.store import Store

_LEAVE_OFF = 10.0  # seconds that a run in the background has to come to a stop
THREADS = 16
"""Requests that are worked on at once: no more than the store has connections for."""


def create_app(store: Store, config: DeskConfig | None = None, *, passwords: Passwords | None = None) -> FastAPI:
    """The app. The store stays open as long as the app runs and is closed by whoever opened it.

    `passwords` hashes them, by default at full strength. Raises ValueError for a route that names no permission.
    """
    config = config or DeskConfig()
    app = FastAPI(
        title="Vigie",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(check_token)],
        lifespan=_lifespan,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    for router in routers():
        app.include_router(router)
    methods: dict[str, tuple[str, ...]] = {}
    for method, path, _ in guarded(app.routes):
        methods[path] = tuple(sorted({*methods.get(path, ()), method}))
    words, assets = catalogues(), Assets()
    app.state.desk = Desk(
        store=store,
        config=config,
        accounts=store.accounts,
        assets=assets,
        catalogues=words,
        templates=Templates(words, assets),
        limiter=Limiter(config.rates),
        passwords=passwords or Passwords(),
        intake=Intake(),
        methods=methods,
        drafts=Drafts(),
        samples=SampleRun(store),
    )
    handle_faults(app)
    layers: tuple[tuple[Any, dict[str, Any]], ...] = (
        (Gate, {"config": config, "failed": failed}),
        (GZipMiddleware, {"minimum_size": 1000, "compresslevel": 5}),
        (Answers, {"config": config, "failed": failed}),
        (AccessLog, {}),
    )
    for layer, settings in layers:  # each goes round the ones before it
        app.add_middleware(layer, **settings)
    return app


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield
    app.state.desk.samples.stop(_LEAVE_OFF)
