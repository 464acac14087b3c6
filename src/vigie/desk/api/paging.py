"""Pages of lists: how many rows, from where on, and the links to the first page and the next."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

Size = Annotated[int, Field(ge=1, le=200, description="Rows of one page.")]
After = Annotated[
    str | None,
    Field(max_length=2000, description="`next` of the page before: opaque, and good for the same question only."),
]


class Paged(BaseModel):
    """The part of a question that says which page of a list is wanted. Parameters that nobody knows are refused: a slip
    in a filter must not pass for no filter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    size: Size = 50
    after: After = None


def links(request: Request, following: str | None) -> dict[str, str]:
    """The header `Link` of a page whose list goes on at `following`."""
    first = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    found = [f'<{_address(request, first)}>; rel="first"']
    if following is not None:
        found.append(f'<{_address(request, [*first, ("after", following)])}>; rel="next"')
    return {"Link": ", ".join(found)}


def _address(request: Request, query: list[tuple[str, str]]) -> str:
    return request.url.path + (f"?{urlencode(query)}" if query else "")
