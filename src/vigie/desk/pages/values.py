"""Adding or correcting a value of a report by its words: a form, in a page of its own or beside the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from vigie.coding.pointed import likely_field, value_of_words
from vigie.desk.checks import form_of
from vigie.desk.context import desk_of
from vigie.desk.deciding import DecidedMeanwhile, Subject, decide, now
from vigie.desk.languages import N_
from vigie.desk.permissions import Coder
from vigie.desk.readings import title_of
from vigie.desk.rendering import redirect, render, text
from vigie.desk.value_forms import INPUTS, LISTS, SHAPES, Row, WrongValue, inputs_of, options, rows_of, value_from_form
from vigie.desk.visitors import current_visitor
from vigie.exports.labels import Labels, labels
from vigie.exports.view import ordered
from vigie.model import CodedReport, Incident, Span
from vigie.model.record import Decided, Decision, Quoted, member_key
from vigie.record.field_values import FIELDS, value_from_json

_PLACES = 12  # at which the same words stand, shown to choose from
_ROUND = 40  # characters shown before and after each


def router() -> APIRouter:
    """`/values/new`."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/values/new", value_form, methods=["GET"], response_class=HTMLResponse)
    routes.add_api_route("/values/new", keep_value, methods=["POST"], response_model=None)
    return routes


@dataclass
class _Asked:
    """What the form is about: the report, one of its incidents, a field, and the words that were pointed at."""

    coded: CodedReport
    incidents: tuple[tuple[str, str], ...]
    member: str
    field: str
    words: Span | None
    places: tuple[tuple[Span, str, str], ...] = ()
    typed_words: str = ""

    @property
    def incident(self) -> Incident | None:
        return next((i for i in self.coded.incidents if member_key(self.coded.report.id, i.id) == self.member), None)


def value_form(
    request: Request,
    user: Coder,
    report: str,
    start: Annotated[int | None, Query(ge=0)] = None,
    end: Annotated[int | None, Query(ge=0)] = None,
    words: str = "",
    member: str = "",
    field: str = "",
    fragment: bool = False,
) -> HTMLResponse:
    """The form for one value, filled in from the words. `fragment` asks for the form alone."""
    asked = _asked(request, report, start, end, words, member, field)
    given, rows = _given(request, asked)
    return _page(request, asked, given, rows, fragment=fragment)


def keep_value(request: Request, user: Coder, form: Annotated[FormData, Depends(form_of)]) -> Response:
    """Keep what was typed as a decision on the value, with its words."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    start, end = (int(typed[name]) if typed.get(name, "").isdigit() else None for name in ("start", "end"))
    report, words, member, field = (typed.get(name, "") for name in ("report", "words", "member", "field"))
    asked = _asked(request, report, start, end, words, member, field)
    given = {name: typed[name] for name in INPUTS if name in typed}
    kept = [row for row in form.getlist("keep") if isinstance(row, str)]
    _, rows = _given(request, asked)
    why = typed.get("why", "").strip()[:2000]
    back: dict[str, Any] = {"kept": kept, "why": why}
    if not asked.member:
        raise HTTPException(400, text(request, N_("No incident was found in this report that a value could be of.")))
    if asked.words is None:
        said = N_("Say which words of the report the value rests on.")
        if asked.typed_words:
            said = N_("The report does not have these words: copy them from it as they stand there.")
        if asked.places:
            said = N_("The report has these words more than once: choose which are meant.")
        return _page(request, asked, given, rows, status=422, **back, errors={"words": text(request, said)})
    try:
        value = value_from_form(asked.field, given, kept, asked.words.quote)
    except WrongValue as wrong:
        errors = {wrong.field: text(request, wrong.message)}
        return _page(request, asked, given, rows, status=422, **back, errors=errors)
    decision = Decision(
        number=0,
        kind="edit",
        who=user.name,
        when=now(),
        why=why,
        members=(asked.member,),
        field=asked.field,
        value=value,
        evidence=(Quoted(asked.coded.report.id, asked.words),),
    )
    store = desk_of(request).store
    try:
        done = decide(store, decision, typed.get("seen"), _subject(request, asked))
    except DecidedMeanwhile as meanwhile:
        return _page(request, asked, given, rows, status=409, **back, meanwhile=meanwhile.lines)
    said = text(
        request,
        N_("Recorded as decision %(number)s: %(field)s. It can be undone under the values of the incident."),
        number=done.number,
        field=_labels(request).value("field", asked.field),
    )
    return redirect(request, f"/reports/{quote(asked.coded.report.id)}#d{done.number}", said)


def _subject(request: Request, asked: _Asked) -> Subject:
    """The field of the record incident that holds the member."""
    with desk_of(request).store.inquiry() as questions:
        home = questions.homes([asked.member]).get(asked.member)
        entry = questions.entry(home) if home is not None else None
    members = entry.incident.members if entry is not None else (asked.member,)
    return Subject(frozenset(members), asked.field)


def _asked(
    request: Request, report: str, start: int | None, end: int | None, words: str, member: str, field: str
) -> _Asked:
    """Raises HTTPException 404 for a report or incident that is not there, 400 for a field that is none."""
    coded = desk_of(request).store.report(report)
    if coded is None:
        raise HTTPException(404)
    span, places = _span(coded, start, end, words)
    told = _labels(request)
    incidents = tuple((member_key(report, i.id), f"{n} · {title_of(i, told)}") for n, i in enumerate(ordered(coded), 1))
    if member and member not in dict(incidents):
        raise HTTPException(404)
    if field and field not in FIELDS:
        raise HTTPException(400, f"{field!r}: {', '.join(FIELDS)}")
    member = member or _nearest(coded, span)
    if not field:
        field = likely_field(coded.report, span.start, span.end) if span is not None else "killed"
    return _Asked(coded, incidents, member, field, span, places, words.strip())


def _span(
    coded: CodedReport, start: int | None, end: int | None, words: str
) -> tuple[Span | None, tuple[tuple[Span, str, str], ...]]:
    """The words pointed at, by offsets or as typed; where the typed words stand more than once, all the places."""
    whole = coded.report.text
    if start is not None and end is not None and start < end <= len(whole):
        words = whole[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        return (Span(start, start + len(words), words) if words else None), ()
    words = words.strip()
    at = [i for i in range(len(whole)) if whole.startswith(words, i)][:_PLACES] if words else []
    spans = [Span(i, i + len(words), words) for i in at]
    if len(spans) == 1:
        return spans[0], ()
    return None, tuple((s, whole[max(0, s.start - _ROUND) : s.start], whole[s.end : s.end + _ROUND]) for s in spans)


def _nearest(coded: CodedReport, span: Span | None) -> str:
    """The incident in whose sentences the words stand, else the one told nearest before them, else the first."""
    shown = ordered(coded)
    if not shown:
        return ""
    if span is None:
        return member_key(coded.report.id, shown[0].id)

    def distance(incident: Incident) -> int:
        return min(
            (max(0, e.start - span.end, span.start - e.end) for e in incident.evidence), default=len(coded.report.text)
        )

    return member_key(coded.report.id, min(shown, key=distance).id)


def _given(request: Request, asked: _Asked) -> tuple[dict[str, str], tuple[Row, ...]]:
    """What the inputs hold at first: what the words say, else what is there; and of a list what is there."""
    there = _there(request, asked)
    value = there if asked.field not in LISTS else None
    if asked.words is not None:
        value = value_of_words(asked.coded.report, asked.words.start, asked.words.end, asked.field) or value
    rows = rows_of(asked.field, there, _labels(request))
    return inputs_of(asked.field, value), rows


def _there(request: Request, asked: _Asked) -> Any:
    """The value of the field as it is now: what somebody put there, else as coded."""
    with desk_of(request).store.inquiry() as questions:
        decided: Decided = questions.log.decided
    decision = decided.values.get((asked.member, asked.field))
    if decision is not None and decision.kind == "edit" and decision.value is not None:
        return value_from_json(asked.field, decision.value)
    return getattr(asked.incident, asked.field, None) if asked.incident is not None else None


def _labels(request: Request) -> Labels:
    return labels(current_visitor(request).language)


def _page(
    request: Request,
    asked: _Asked,
    given: dict[str, str],
    rows: tuple[Row, ...],
    *,
    status: int = 200,
    fragment: bool = False,
    errors: dict[str, str] | None = None,
    **more: Any,
) -> HTMLResponse:
    words = _labels(request)
    context: dict[str, Any] = {
        "asked": asked,
        "report": asked.coded.report,
        "fields": [(name, words.value("field", name)) for name in FIELDS],
        "shape": SHAPES[asked.field],
        "is_list": asked.field in LISTS,
        "options": options(asked.field, words),
        "rows": rows,
        "kept": [row.json for row in rows],
        "why": "",
        "seen": desk_of(request).store.log_hash(),
        "meanwhile": (),
    }
    context |= more
    context["given"] = {name: given.get(name, "") for name in INPUTS}
    context["errors"] = {name: (errors or {}).get(name, "") for name in (*INPUTS, "words", "value")}
    return render(request, "value_fragment.html" if fragment else "value_form.html", status, **context)
