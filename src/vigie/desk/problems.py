"""Kinds of problems that the API tells of (RFC 9457): the name that a program goes by, and the way out for a person."""

from __future__ import annotations

from dataclasses import dataclass

from vigie.desk.languages import N_

PAGE = "/api/problems"
"""The page that explains them; the type of a problem is its place on that page."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its name in the address, and what to do about it (a message of the catalogues)."""

    name: str
    way_out: str

    @property
    def type(self) -> str:
        """The `type` of the problem details: an address, as the RFC asks for."""
        return f"{PAGE}#{self.name}"


KINDS: dict[int, Kind] = {
    400: Kind("makes-no-sense", N_("Look at `detail`: it names what was asked for and what can be asked instead.")),
    401: Kind("sign-in", N_("Send `Authorization: Bearer …` with a token from `vigie desk-user token NAME`.")),
    403: Kind("not-allowed", N_("Ask an admin for another role, or have somebody decide who has it.")),
    404: Kind("not-found", N_("Look the id up in the list. An id once given to an incident goes on finding it.")),
    405: Kind("method", N_("The header `Allow` names the methods of this address.")),
    409: Kind("decided-meanwhile", N_("Load the newest state, look at `last`, and decide again with its hash.")),
    412: Kind("changed-meanwhile", N_("Load the newest state and send its ETag in `If-Match`.")),
    413: Kind("too-large", N_("Split it, or take it in on the machine itself with `vigie ingest`.")),
    415: Kind("media-type", N_("Send one of the media types that the documentation names for this address.")),
    422: Kind("not-understood", N_("Look at `errors`: each names the place and what is wanted there.")),
    429: Kind("too-many", N_("Wait as many seconds as the header `Retry-After` says.")),
    500: Kind("our-fault", N_("Try again; if it happens again, tell whoever runs this desk what you sent.")),
    503: Kind("no-record", N_("Wait a moment and try again; `/api/v1/health` says when it is back.")),
}


def kind(status: int) -> Kind:
    """The kind of problem of a status; of one without a kind of its own, that of its class."""
    return KINDS.get(status) or KINDS[500 if status >= 500 else 400]
