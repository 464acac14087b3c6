"""The review queue: one pair of tellings or one value at a time, the most useful first, decided by one key."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from vigie.desk.checks import form_of
from vigie.desk.context import desk_of
from vigie.desk.deciding import DecidedMeanwhile, Subject, decide, now, own_lately
from vigie.desk.languages import N_
from vigie.desk.permissions import Coder
from vigie.desk.rendering import redirect, render, text
from vigie.desk.review_view import PairView, ValueView, headlines, pair_view, value_view
from vigie.desk.value_forms import (
    INPUTS,
    LISTS,
    SHAPES,
    WrongValue,
    inputs_of,
    json_of,
    options,
    rows_of,
    value_from_form,
)
from vigie.desk.visitors import User, current_visitor
from vigie.errors import QueryError
from vigie.exports.labels import Labels, labels
from vigie.model import Span
from vigie.model.record import Decision, DecisionKind, Quoted, record_id
from vigie.record.field_values import FIELDS
from vigie.store.inquiry import Inquiry
from vigie.store.review_queue import ItemKind, OpenItem, OpenPair, Place, place_from

_AHEAD = 8  # items shown that come after
_OF_PAIRS: tuple[DecisionKind, ...] = ("same", "different", "unsure")
_OF_VALUES: tuple[DecisionKind, ...] = ("accept", "edit", "reject")
_KINDS: dict[str, tuple[ItemKind, ...]] = {"": ("pair", "value"), "pair": ("pair",), "value": ("value",)}
_SAID = {
    "same": N_("Recorded: the same (decision %(number)s)."),
    "different": N_("Recorded: different (decision %(number)s)."),
    "unsure": N_("Recorded: unsure (decision %(number)s)."),
    "accept": N_("Recorded: accepted (decision %(number)s)."),
    "edit": N_("Recorded: set (decision %(number)s)."),
    "reject": N_("Recorded: rejected (decision %(number)s)."),
}


def router() -> APIRouter:
    """`/review`."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/review", review, methods=["GET"], response_class=HTMLResponse)
    routes.add_api_route("/review", answer, methods=["POST"], response_model=None)
    return routes


def review(
    request: Request,
    user: Coder,
    kind: Literal["", "pair", "value"] = "",
    after: str = "",
    a: str = "",
    b: str = "",
    incident: str = "",
    field: str = "",
) -> HTMLResponse:
    """What is to be decided next after a place in the queue, or the item that is named."""
    return _page(request, user, kind, after, a, b, incident, field)


def answer(request: Request, user: Coder, form: Annotated[FormData, Depends(form_of)]) -> Response:
    """Record what somebody decided on an item, and go on to the next."""
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    kind, after, said = given.get("kind", ""), given.get("after", ""), given.get("answer", "")
    item = {name: given.get(name, "") for name in ("a", "b", "incident", "field")}
    if kind not in _KINDS:
        raise HTTPException(400)
    store, words = desk_of(request).store, _labels(request)
    with store.inquiry() as asked:
        view = _view(asked, item["a"], item["b"], item["incident"], item["field"], words)
    if view is None:
        raise HTTPException(404)
    kept = [row for row in form.getlist("keep") if isinstance(row, str)]
    try:
        decision = _decision(user, view, said, given, kept)
    except WrongValue as wrong:
        errors = {wrong.field: text(request, wrong.message)}
        return _page(request, user, kind, after, **item, status=422, given=given, kept=kept, errors=errors)
    subject = Subject(view.subject, view.field if isinstance(view, ValueView) else None)
    try:
        done = decide(store, decision, given.get("seen"), subject)
    except DecidedMeanwhile as meanwhile:
        return _page(request, user, kind, after, **item, status=409, given=given, kept=kept, meanwhile=meanwhile.lines)
    following = view.open.place.text() if view.open is not None else after
    query = {name: value for name, value in (("kind", kind), ("after", following)) if value}
    return redirect(request, f"/review?{urlencode(query)}", text(request, _SAID[said], number=done.number))


def _decision(user: User, view: PairView | ValueView, said: str, given: dict[str, str], kept: list[str]) -> Decision:
    """The decision that a form asks for. Raises WrongValue for a value that makes none, HTTPException 400 for an
    answer that does not fit the item."""
    why = given.get("why", "").strip()[:2000]
    kind = next((k for k in (_OF_PAIRS if isinstance(view, PairView) else _OF_VALUES) if k == said), None)
    if kind is None:
        raise HTTPException(400)
    if isinstance(view, PairView):
        return Decision(0, kind, user.name, now(), why, members=view.key)
    evidence: tuple[Quoted, ...] = ()
    if kind == "edit":
        rests_on = next((q for n, q in enumerate(words_of(view)) if str(n) == given.get("rests_on")), None)
        evidence = (rests_on,) if rests_on is not None else ()
        value = value_from_form(view.field, given, kept, rests_on.span.quote if rests_on is not None else "")
    elif view.value is None:
        raise HTTPException(400)
    else:
        value = json_of(view.value.value)
    return Decision(
        0, kind, user.name, now(), why, members=(view.incident.lead,), field=view.field, value=value, evidence=evidence
    )


def words_of(view: ValueView) -> list[Quoted]:
    """The words that a value put by hand may rest on: those of what is said of it."""
    return [Quoted(said.report.id, said.span) for said in view.said if isinstance(said.span, Span)]


def _page(
    request: Request,
    user: User,
    kind: str,
    after: str,
    a: str,
    b: str,
    incident: str,
    field: str,
    *,
    status: int = 200,
    **more: Any,
) -> HTMLResponse:
    words = _labels(request)
    with desk_of(request).store.inquiry() as asked:
        try:
            place = place_from(after) if after else None
        except QueryError:
            place, after = None, ""
        view = _view(asked, a, b, incident, field, words)
        if view is None and (a or b or incident):
            raise HTTPException(404)
        ahead = asked.queue(_KINDS[kind], _AHEAD + 1, place)
        if view is None and ahead:
            view = _view(asked, *_named(ahead[0]), words)
        following = _following(asked, kind, ahead, view, place)
        log = asked.log
        context: dict[str, Any] = {
            "view": view,
            "is_pair": isinstance(view, PairView),
            "ahead": headlines(asked, following, words),
            "left": asked.left(),
            "lately": own_lately(log.lines, log.decided.standing, user),
            "seen": log.hash,
            "kind": kind,
            "after": after,
            "passed": place is not None,
            "back_to": lambda decision: _back_to(decision, kind),
            "next_url": _next(kind, view, after),
            "meanwhile": (),
        }
    if isinstance(view, ValueView):
        context |= _edit_form(view, words, more)
    context |= {"why": more.get("given", {}).get("why", ""), "meanwhile": more.get("meanwhile", ())}
    return render(request, "review.html", status, **context)


def _view(asked: Inquiry, a: str, b: str, incident: str, field: str, words: Labels) -> PairView | ValueView | None:
    if a and b:
        return pair_view(asked, a, b, words)
    if incident and field in FIELDS:
        return value_view(asked, incident, field, words)
    return None


def _named(item: OpenItem) -> tuple[str, str, str, str]:
    if isinstance(item, OpenPair):
        return item.a, item.b, "", ""
    return "", "", item.incident, item.field


def _following(
    asked: Inquiry, kind: str, ahead: list[OpenItem], view: PairView | ValueView | None, place: Place | None
) -> list[OpenItem]:
    """The items that come after the one shown."""
    if view is not None and view.open is not None:
        return asked.queue(_KINDS[kind], _AHEAD, view.open.place)
    return ahead[:_AHEAD]


def _next(kind: str, view: PairView | ValueView | None, after: str) -> str:
    """Where one goes who leaves an item for later."""
    following = view.open.place.text() if view is not None and view.open is not None else after
    query = {name: value for name, value in (("kind", kind), ("after", following)) if value}
    return f"/review?{urlencode(query)}" if query else "/review"


def _back_to(decision: Decision, kind: str) -> str:
    """The page of what a decision is about, for whoever undoes it."""
    query = {"kind": kind} if kind else {}
    if decision.kind in _OF_PAIRS and len(decision.members) == 2:
        return f"/review?{urlencode({'a': decision.members[0], 'b': decision.members[1], **query})}"
    if decision.field is not None and decision.members:
        incident = record_id(decision.members[0])
        return f"/review?{urlencode({'incident': incident, 'field': decision.field, **query})}"
    return "/review"


def _edit_form(view: ValueView, words: Labels, more: dict[str, Any]) -> dict[str, Any]:
    """The inputs for another value of the field: what was typed, else what is there."""
    value = view.value.value if view.value is not None else None
    rows = rows_of(view.field, value, words)
    given = more.get("given") or ({} if view.field in LISTS else inputs_of(view.field, value))
    errors = more.get("errors", {})
    return {
        "shape": SHAPES[view.field],
        "is_list": view.field in LISTS,
        "options": options(view.field, words),
        "given": {name: given.get(name, "") for name in INPUTS},
        "rests_on": given.get("rests_on", ""),
        "rows": rows,
        "kept": more.get("kept", [row.json for row in rows]) if more.get("given") else [row.json for row in rows],
        "errors": {name: errors.get(name, "") for name in (*INPUTS, "value")},
        "wrong": bool(errors),
        "words": words_of(view),
    }


def _labels(request: Request) -> Labels:
    return labels(current_visitor(request).language)
