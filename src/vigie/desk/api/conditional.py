"""Answers that say which state they are of: strong ETags, `If-None-Match`, `If-Match` (RFC 9110, section 13).

The record is a function of the reports, their codings and the decisions. What is asked of it is therefore the same,
byte for byte, as long as those are: the ETag is a hash of that state and of the question, and is known before any work
is done. An answer that is packed (`Accept-Encoding: gzip`) has another ETag than the same one unpacked, as a strong
ETag must.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import Depends, Header, HTTPException, Request
from starlette.responses import Response

from vigie import __version__
from vigie.desk.context import desk_of
from vigie.store.inquiry import Inquiry

_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_FRESH = "private, no-cache"  # may be kept, and is asked about each time
_VARY = "Accept-Encoding, Authorization, Cookie"


def _headers(
    if_none_match: Annotated[
        str | None,
        Header(description="ETags of answers that are there already: 304 where one of them still holds."),
    ] = None,
) -> None:
    """Names the header for the documentation."""


Conditional = Depends(_headers)
"""A dependency of routes whose answers carry an ETag."""


def asked(request: Request, answer: Callable[[Inquiry], Response]) -> Response:
    """What `answer` gives to a question to the record, with its ETag; 304 where the asker has it already."""
    with desk_of(request).store.inquiry() as inquiry:
        tag = tag_of(request, inquiry.state)
        if unchanged(request, tag):
            return not_modified(tag)
        found = answer(inquiry)
    found.headers.update(tagged(tag))
    return found


def told(request: Request, value: Any) -> Response:
    """The JSON answer of something that is no function of the record; its ETag is of its content."""
    answer = json_answer(value)
    tag = tag_of(request, hashlib.sha256(answer.body).hexdigest())
    if unchanged(request, tag):
        return not_modified(tag)
    answer.headers.update(tagged(tag))
    return answer


def json_answer(value: Any, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
    """JSON in the script it is in."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Response(body.encode(), status, dict(headers or {}), media_type="application/json")


def tag_of(request: Request, state: str) -> str:
    """The ETag of the answer to a request in a state."""
    question = f"{request.method} {request.url.path}?{'&'.join(sorted(request.url.query.split('&')))}"
    digest = hashlib.sha256(f"{__version__}\n{state}\n{question}".encode()).hexdigest()[:32]
    packed = "gzip" in request.headers.get("accept-encoding", "")
    return f'"{digest}-gzip"' if packed else f'"{digest}"'


def tagged(tag: str) -> dict[str, str]:
    """The headers of an answer with an ETag."""
    return {"ETag": tag, "Cache-Control": _FRESH, "Vary": _VARY}


def unchanged(request: Request, tag: str) -> bool:
    """Whether the asker has the answer already. Compared weakly, as section 13.1.2 has it."""
    return _names(request.headers.get("if-none-match"), tag)


def not_modified(tag: str) -> Response:
    """The answer to who has it already."""
    return Response(status_code=304, headers=tagged(tag))


def require_match(request: Request, tag: str) -> None:
    """Raises HTTPException 412 where `If-Match` is given and names neither this ETag nor any (`*`). Compared strongly:
    a weak one never matches (section 13.1.1)."""
    given = request.headers.get("if-match")
    if given is not None and not _names(given, tag, strong=True):
        raise HTTPException(412)


def _names(header: str | None, tag: str, *, strong: bool = False) -> bool:
    if header is None:
        return False
    if header.strip() == "*":
        return True
    own = tag.strip('"')
    found = ((match[1], match[0].startswith("W/")) for match in _TAG.finditer(header))
    return any(name == own and not (strong and weak) for name, weak in found)
