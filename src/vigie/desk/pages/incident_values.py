"""Deciding on the values of an incident where they are shown: accepted, set or rejected, for the record or for one
account."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from vigie.desk.checks import form_of
from vigie.desk.context import desk_of
from vigie.desk.deciding import DecidedMeanwhile, Subject, decide, now
from vigie.desk.incident_view import incident_view
from vigie.desk.languages import N_
from vigie.desk.permissions import Coder
from vigie.desk.rendering import redirect, render, text
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
from vigie.exports.labels import Labels, labels
from vigie.exports.record_view import title
from vigie.model.record import Decision, Quoted, RecordIncident, claim_key
from vigie.record.field_values import FIELDS
from vigie.store.inquiry import Dossier

Answer = Literal["accept", "edit", "reject"]
_SAID = {
    "accept": N_("Accepted as decision %(number)s: %(field)s. It can be undone below."),
    "edit": N_("Set as decision %(number)s: %(field)s. It can be undone below."),
    "reject": N_("Rejected as decision %(number)s: %(field)s. It can be undone below."),
}
_MOST_WORDS = 12


def router() -> APIRouter:
    """`/incidents/{id}/values/{field}` and `/incidents/{id}/claims`."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route(
        "/incidents/{incident_id}/values/{field}", value_form, methods=["GET"], response_class=HTMLResponse
    )
    routes.add_api_route("/incidents/{incident_id}/values/{field}", keep_value, methods=["POST"], response_model=None)
    routes.add_api_route("/incidents/{incident_id}/claims", reject_claim, methods=["POST"], response_model=None)
    return routes


def value_form(
    request: Request,
    user: Coder,
    incident_id: str,
    field: str,
    answer: Literal["edit", "reject"] = "edit",
    fragment: bool = False,
) -> HTMLResponse:
    """The form to set or reject a value. `fragment` asks for the form alone."""
    return _form(request, _dossier(request, incident_id, field), field, answer, fragment=fragment)


def keep_value(
    request: Request, user: Coder, incident_id: str, field: str, form: Annotated[FormData, Depends(form_of)]
) -> Response:
    """Keep what was decided on a value of the record."""
    dossier = _dossier(request, incident_id, field)
    record = dossier.incident
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    kept = [row for row in form.getlist("keep") if isinstance(row, str)]
    answer = given.get("answer", "")
    try:
        decision = _decision(user, dossier, field, answer, given, kept)
    except WrongValue as wrong:
        errors = {wrong.field: text(request, wrong.message)}
        return _form(request, dossier, field, "edit", status=422, given=given, kept=kept, errors=errors)
    try:
        done = decide(desk_of(request).store, decision, given.get("seen"), Subject(frozenset(record.members), field))
    except DecidedMeanwhile as meanwhile:
        shown: Literal["edit", "reject"] = "reject" if answer == "reject" else "edit"
        return _form(request, dossier, field, shown, status=409, given=given, kept=kept, meanwhile=meanwhile.lines)
    said = text(request, _SAID[answer], number=done.number, field=_labels(request).value("field", field))
    return redirect(request, f"/incidents/{quote(record.id)}#f-{field}", said)


def reject_claim(
    request: Request, user: Coder, incident_id: str, form: Annotated[FormData, Depends(form_of)]
) -> Response:
    """Keep that a report does not say what was read in it: the account loses the value, the record is worked out
    without it."""
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    claim, field, why, seen = given.get("claim", ""), given.get("field", ""), given.get("why", ""), given.get("seen")
    dossier = _dossier(request, incident_id, field)
    record = dossier.incident
    if claim not in {claim_key(told.report_id, c.id) for told in dossier.tellings.values() for c in told.claims}:
        raise HTTPException(404)
    decision = Decision(0, "reject", user.name, now(), why.strip()[:2000], claim=claim, field=field)
    try:
        done = decide(desk_of(request).store, decision, seen, Subject(frozenset(record.members), field))
    except DecidedMeanwhile as meanwhile:
        return _form(request, dossier, field, "reject", status=409, meanwhile=meanwhile.lines)
    said = text(request, _SAID["reject"], number=done.number, field=_labels(request).value("field", field))
    return redirect(request, f"/incidents/{quote(record.id)}#accounts", said)


def _decision(
    user: User, dossier: Dossier, field: str, answer: str, given: dict[str, str], kept: list[str]
) -> Decision:
    """The decision that a form asks for. Raises WrongValue for a value that makes none, HTTPException 400 for an
    answer to nothing."""
    record, why = dossier.incident, given.get("why", "").strip()[:2000]
    held = record.fields.get(field)
    evidence: tuple[Quoted, ...] = ()
    value: Any = None
    if answer == "edit":
        rests_on = next((q for n, q in enumerate(_words(dossier, field)) if str(n) == given.get("rests_on")), None)
        evidence = (rests_on,) if rests_on is not None else ()
        value = value_from_form(field, given, kept, rests_on.span.quote if rests_on is not None else "")
    elif answer in ("accept", "reject") and held is not None:
        # The value itself is kept: what is accepted is what was seen, whatever later reports say.
        value = None if answer == "reject" and given.get("reach") == "any" else json_of(held.value)
    else:
        raise HTTPException(400)
    kind: Answer = "edit" if answer == "edit" else "accept" if answer == "accept" else "reject"
    return Decision(0, kind, user.name, now(), why, members=(record.lead,), field=field, value=value, evidence=evidence)


def _dossier(request: Request, incident_id: str, field: str) -> Dossier:
    """Raises HTTPException 404 for an incident or a field that is not there."""
    with desk_of(request).store.inquiry() as inquiry:
        found = inquiry.entry(incident_id)
        if found is None or field not in FIELDS:
            raise HTTPException(404)
        return inquiry.dossier(found.incident)


def _words(dossier: Dossier, field: str) -> list[Quoted]:
    """The words that a value put by hand may rest on: those of what is said of the field."""
    record: RecordIncident = dossier.incident
    held = record.fields.get(field)
    found = list(held.evidence if held is not None else ())
    line = next((line for line in incident_view(dossier).lines if line.field == field), None)
    for cell in line.cells if line is not None else ():
        found += cell.words if cell is not None else ()
    return list(dict.fromkeys(found))[:_MOST_WORDS]


def _form(
    request: Request,
    dossier: Dossier,
    field: str,
    answer: Literal["edit", "reject"],
    *,
    status: int = 200,
    fragment: bool = False,
    given: dict[str, str] | None = None,
    kept: list[str] | None = None,
    errors: dict[str, str] | None = None,
    meanwhile: tuple[Decision, ...] = (),
) -> HTMLResponse:
    words = _labels(request)
    record = dossier.incident
    held = record.fields.get(field)
    value = held.value if held is not None else None
    rows = rows_of(field, value, words)
    typed = given if given is not None else {} if field in LISTS else inputs_of(field, value)
    return render(
        request,
        "incident/value_fragment.html" if fragment else "incident/value_form.html",
        status,
        record=record,
        title=title(record, words),
        field=field,
        answer=answer,
        held=held,
        words=_words(dossier, field),
        reports=dossier.reports,
        shape=SHAPES[field],
        is_list=field in LISTS,
        options=options(field, words),
        rows=rows,
        kept=kept if kept is not None and given is not None else [row.json for row in rows],
        given={name: typed.get(name, "") for name in INPUTS},
        why=typed.get("why", ""),
        rests_on=typed.get("rests_on", ""),
        errors={name: (errors or {}).get(name, "") for name in (*INPUTS, "value")},
        meanwhile=meanwhile,
        seen=desk_of(request).store.log_hash(),
    )


def _labels(request: Request) -> Labels:
    return labels(current_visitor(request).language)
