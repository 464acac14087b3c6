"""The files that pages need."""

from __future__ import annotations

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import FileResponse

from vigie.desk.context import desk_of
from vigie.desk.permissions import open_to_all

_FOR_GOOD = "public, max-age=31536000, immutable"


def router() -> APIRouter:
    """`/static/{version}/{name}`: kept for good by the browser if the version is the one that is served."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/static/{version}/{name:path}", static_file, dependencies=[Depends(open_to_all)])
    return routes


def static_file(request: Request, version: str, name: str) -> FileResponse:
    """One file; a page made before an update gets the newer one and does not keep it."""
    assets = desk_of(request).assets
    found = assets.file(name)
    if found is None:
        raise HTTPException(404)
    path, media_type = found
    kept = _FOR_GOOD if version == assets.version else "no-cache"
    return FileResponse(path, media_type=media_type, headers={"Cache-Control": kept})
