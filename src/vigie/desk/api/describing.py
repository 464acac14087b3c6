"""What the documentation says of answers: their media types, headers and problems."""

from __future__ import annotations

from typing import Any

PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}
_ETAG = {"ETag": {"description": "Which state the answer is of.", "schema": {"type": "string"}}}
_LINK = {
    "Link": {
        "description": 'The first page of the list (`rel="first"`) and the next one (`rel="next"`, RFC 8288).',
        "schema": {"type": "string"},
    }
}
_WORDS = {
    400: "Every part is of the right form, and together they make no sense.",
    401: "Nobody is signed in.",
    403: "The account may not do this, or the request is not one of this desk's own.",
    404: "There is nothing of that id.",
    409: "Somebody else has decided in the meantime; `last` is that decision.",
    412: "`If-Match` names another state than the present one.",
    413: "Too large.",
    415: "Another media type is wanted.",
    422: "A part of the request is not of the right form; `errors` names each.",
    429: "Too many requests; `Retry-After` says how long to wait.",
    503: "The record cannot be reached just now.",
}
_HEADERS = {
    401: {"WWW-Authenticate": {"description": "`Bearer`.", "schema": {"type": "string"}}},
    429: {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}},
    503: {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}},
}
_ALWAYS = (401, 403, 422, 429, 503)


def answers(
    *problems: int,
    ok: str | None = None,
    made: dict[str, Any] | None = None,
    listed: bool = False,
    kept: bool = False,
) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route: those that any request can get, and `problems` that this one can get too. `ok` says
    what comes with 200, `made` is the answer 201. `kept`: the answer has an ETag; `listed`: it is a page of a list."""
    found: dict[int | str, dict[str, Any]] = {}
    if ok is not None:
        headers: dict[str, Any] = {**(_LINK if listed else {}), **(_ETAG if kept else {})}
        found[200] = {"description": ok, **({"headers": headers} if headers else {})}
    if made is not None:
        found[201] = made
    if kept:
        found[304] = {"description": "The asker has the answer already.", "headers": _ETAG}
    return found | {status: problem(status) for status in sorted({*_ALWAYS, *problems})}


def problem(status: int) -> dict[str, Any]:
    """The answer that a problem is."""
    found: dict[str, Any] = {
        "description": _WORDS[status],
        "content": {"application/problem+json": {"schema": PROBLEM_REF}},
    }
    if status in _HEADERS:
        found["headers"] = _HEADERS[status]
    return found
