"""`/decisions`: the log of what people decided, and adding to it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, HTTPException, Path, Query, Request
from pydantic import ConfigDict, Field, JsonValue
from starlette.responses import Response

from vigie.desk.api import telling
from vigie.desk.api.conditional import Conditional, asked, json_answer, require_match
from vigie.desk.api.describing import answers
from vigie.desk.api.paging import Paged, links
from vigie.desk.api.schemas.record import LogLine
from vigie.desk.api.schemas.values import Given, Gives, Offset, Ordinal
from vigie.desk.context import desk_of
from vigie.desk.entitlement import require
from vigie.desk.permissions import Coder, Reader
from vigie.desk.visitors import User
from vigie.errors import QueryError
from vigie.model.record import Decision, DecisionKind, Quoted
from vigie.model.spans import Span
from vigie.record.decisions import undone
from vigie.record.field_values import FIELDS
from vigie.store.asking import cursor, place_in_list
from vigie.store.inquiry import Inquiry

_ADDRESS = "/api/v1/decisions"
Key = Annotated[str, Field(min_length=3, max_length=1100, pattern=r"#", examples=["en:harir-1#i1"])]
Name = Annotated[str, Field(min_length=1, max_length=300)]
Why = Annotated[str, Field(max_length=4000, description="The reason, for whoever reads the log later.")]
Expected = Annotated[
    str,
    Field(
        pattern=r"^([0-9a-f]{64})?$",
        description="Hash of the last decision that you have seen (`last` of the list), empty for an empty log. Where "
        "somebody has decided since, nothing is changed and the answer is 409.",
    ),
]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


class GivenSpan(Given):
    """Words of a report: they must stand at these offsets of its text."""

    start: Offset
    end: Offset
    quote: Annotated[str, Field(min_length=1, max_length=20_000)]


class GivenWords(Given):
    """Words that a decision rests on, and the report in which they stand."""

    report_id: Annotated[str, Field(min_length=1, max_length=1000)]
    span: GivenSpan


class NewDecision(Given):
    """A decision. What each kind speaks of is in docs/record.md; whoever is signed in, and the time, are put in by the
    desk."""

    kind: DecisionKind
    why: Why = ""
    members: list[Key] = Field(default_factory=list, max_length=2000, description="Keys of incidents of reports.")
    apart: list[Key] = Field(default_factory=list, max_length=2000, description="Of a split: the members that leave.")
    claim: Annotated[Key | None, Field(description="Key of one claim, where the decision is about that.")] = None
    field: Annotated[str | None, Field(json_schema_extra={"enum": [*FIELDS, None]}, description="Of the value.")] = None
    value: Annotated[
        JsonValue, Field(description="The value accepted, put there or rejected; of a profile its fields.")
    ] = None
    names: list[Name] = Field(default_factory=list, max_length=200, description="Names of one source.")
    undoes: Annotated[Ordinal | None, Field(description="Number of an earlier decision.")] = None
    evidence: list[GivenWords] = Field(default_factory=list, max_length=50)
    expected: Expected

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        json_schema_extra={
            "examples": [
                {
                    "kind": "same",
                    "members": ["en:harir-1#i1", "fr:harir-2#i2"],
                    "why": "same base, same night, same claim",
                    "expected": "",
                },
                {
                    "kind": "edit",
                    "members": ["fr:harir-1#i1"],
                    "field": "injured",
                    "value": {"lower": 1, "upper": 1},
                    "why": "the second paragraph names him",
                    "expected": "",
                },
            ]
        },
    )


class Undo(Given):
    """Undoing a decision."""

    why: Why = ""
    expected: Expected

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [{"why": "a slip", "expected": ""}]}
    )


class DecisionQuestion(Paged):
    """Which decisions are wanted; the newest come first."""

    kind: Annotated[tuple[DecisionKind, ...], Field(max_length=20)] = ()
    who: Annotated[str | None, Field(max_length=64, description="Name of the account.")] = None
    stands: Annotated[bool | None, Field(description="Whether it still holds.")] = None


class DecisionPage(Gives):
    """A page of the log, the newest decision first. `last` is the hash of the last decision of the whole log, "" where
    there is none: what a new one gives as `expected`."""

    decisions: list[LogLine]
    last: str
    next: str | None
    total: int


_MADE = {"description": "The decision is in the log.", "model": LogLine, "headers": {
    "Location": {"description": "Where the decision is.", "schema": {"type": "string"}},
}}  # fmt: skip
IfMatch = Annotated[
    str | None,
    Header(
        description="Hash of the last decision that you have seen, in quotation marks: 412 where there is a newer one."
    ),
]


def router() -> APIRouter:
    """The routes of this module."""
    routes = APIRouter(prefix="/decisions", tags=["decisions"])
    routes.add_api_route(
        "",
        decisions,
        methods=["GET"],
        summary="List decisions",
        response_model=DecisionPage,
        responses=answers(400, ok="A page of the log.", listed=True, kept=True),
        dependencies=[Conditional],
    )
    routes.add_api_route(
        "",
        decide,
        methods=["POST"],
        status_code=201,
        summary="Decide",
        response_model=LogLine,
        responses=answers(400, 409, 412, 413, made=_MADE),
    )
    routes.add_api_route(
        "/{number}",
        decision,
        methods=["GET"],
        summary="One decision",
        response_model=LogLine,
        responses=answers(404, ok="The decision.", kept=True),
        dependencies=[Conditional],
    )
    routes.add_api_route(
        "/{number}/undo",
        undo,
        methods=["POST"],
        status_code=201,
        summary="Undo a decision",
        response_model=LogLine,
        responses=answers(400, 404, 409, 412, 413, made=_MADE),
    )
    return routes


def decisions(request: Request, user: Reader, question: Annotated[DecisionQuestion, Query()]) -> Response:
    """The log of decisions, the newest first. A line never changes; `stands` says whether it was undone."""

    def answer(inquiry: Inquiry) -> Response:
        log = inquiry.log.lines
        gone = undone(log)
        wanted = [line for line in reversed(log) if _wanted(line, question, gone)]
        before = _before(question.after)
        rest = [line for line in wanted if before is None or line.number < before]
        shown = rest[: question.size]
        following = cursor("decisions", shown[-1].number, "") if len(rest) > len(shown) else None
        told = [telling.decision(line, gone) for line in shown]
        value = {"decisions": told, "last": inquiry.log.hash, "next": following, "total": len(wanted)}
        return json_answer(value, links(request, following))

    return asked(request, answer)


def decision(request: Request, user: Reader, number: Number) -> Response:
    """A decision by its number."""

    def answer(inquiry: Inquiry) -> Response:
        log = inquiry.log.lines
        if number > len(log):
            raise HTTPException(404)
        return json_answer(telling.decision(log[number - 1], undone(log)))

    return asked(request, answer)


def decide(request: Request, user: Coder, given: Annotated[NewDecision, Body()], if_match: IfMatch = None) -> Response:
    """Add a decision to the log; what it changes is derived anew at once. A coder decides on pairs and values and
    undoes their own decisions; merging, splitting, joining and grading sources, and undoing what others decided take
    an editor."""
    fields: dict[str, Any] = given.model_dump(exclude={"expected", "evidence"})
    evidence = tuple(
        Quoted(words.report_id, Span(words.span.start, words.span.end, words.span.quote)) for words in given.evidence
    )
    for name in ("members", "apart", "names"):
        fields[name] = tuple(fields[name])
    return _made(request, user, given.expected, {**fields, "evidence": evidence})


def undo(
    request: Request, user: Coder, number: Number, given: Annotated[Undo, Body()], if_match: IfMatch = None
) -> Response:
    """Undo a decision: what it changed is derived as if it had never been made. An undo can be undone."""
    if number > len(desk_of(request).store.decisions()):
        raise HTTPException(404)
    return _made(request, user, given.expected, {"kind": "undo", "undoes": number, "why": given.why})


def _made(request: Request, user: User, expected: str, fields: dict[str, Any]) -> Response:
    store = desk_of(request).store
    log = store.decisions()
    seen = log[-1].hash if log else ""
    require_match(request, f'"{seen}"')
    when = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    line = Decision(number=0, who=user.name, when=when, **fields)
    require(user, line, log)
    made = store.decide(line, expected)
    return json_answer(
        {**telling.decision(made, ())}, {"Location": f"{_ADDRESS}/{made.number}", "ETag": f'"{made.hash}"'}, status=201
    )


def _wanted(line: Decision, question: DecisionQuestion, gone: frozenset[int]) -> bool:
    if question.kind and line.kind not in question.kind:
        return False
    if question.who is not None and line.who != question.who:
        return False
    return question.stands is None or question.stands == (line.number not in gone)


def _before(after: str | None) -> int | None:
    if after is None:
        return None
    value, _ = place_in_list(after, "decisions")
    if not isinstance(value, int) or isinstance(value, bool):
        raise QueryError("page", "this is a place in another list", "start again from the first page")
    return value
