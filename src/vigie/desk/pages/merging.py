"""Merging incidents and splitting one, each after a look at what would come of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from vigie.desk.checks import form_of, limited
from vigie.desk.context import desk_of
from vigie.desk.deciding import DecidedMeanwhile, Subject, decide, now
from vigie.desk.incident_view import Printing, incident_view
from vigie.desk.languages import N_
from vigie.desk.permissions import Editor
from vigie.desk.rendering import redirect, render, text
from vigie.desk.visitors import User, current_visitor
from vigie.exports.labels import labels
from vigie.exports.record_view import title
from vigie.model.record import Decision, RecordIncident, ReportedIncident
from vigie.store.asking import IncidentLine
from vigie.store.inquiry import Dossier, Inquiry, Kept

_COMPARED = ("type", "date", "place", "actors", "targets", "weapons", "killed", "injured", "attackers_killed")


def router() -> APIRouter:
    """`/incidents/{id}/split` and `/incidents/{id}/merge`."""
    routes = APIRouter(include_in_schema=False)
    looks = [Depends(limited("costly"))]
    for what, look, do in (("split", split, keep_split), ("merge", merge, keep_merge)):
        path = f"/incidents/{{incident_id}}/{what}"
        routes.add_api_route(path, look, methods=["GET"], response_class=HTMLResponse, dependencies=looks)
        routes.add_api_route(path, do, methods=["POST"], response_model=None, dependencies=looks)
    return routes


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's telling of the incident, to be chosen: who printed it, and whose copy it is."""

    key: str
    told: ReportedIncident
    report: Kept
    printing: Printing


@dataclass(frozen=True, slots=True)
class Outcome:
    """An incident as it is or would be. `changed` are the fields that would not be as they are now."""

    record: RecordIncident
    title: str
    outlets: tuple[str, ...]
    changed: frozenset[str]
    new: bool


# --- split ------------------------------------------------------------------------------------------------------------


def split(
    request: Request, user: Editor, incident_id: str, apart: Annotated[list[str] | None, Query()] = None
) -> HTMLResponse:
    """Choose the tellings that leave, and see what would come of it."""
    return _split_page(request, user, _dossier(request, incident_id), apart or [])


def keep_split(
    request: Request, user: Editor, incident_id: str, form: Annotated[FormData, Depends(form_of)]
) -> Response:
    """Split the incident."""
    dossier = _dossier(request, incident_id)
    members = dossier.incident.members
    leaving = tuple(sorted({key for key in form.getlist("apart") if isinstance(key, str)}))
    why, seen = _typed(form, "why"), _seen(form)
    if not set(leaving) < set(members) or not leaving:
        return _split_page(request, user, dossier, list(leaving), status=422)
    decision = Decision(0, "split", user.name, now(), why, members=members, apart=leaving)
    try:
        done = decide(desk_of(request).store, decision, seen, Subject(frozenset(members)))
    except DecidedMeanwhile as meanwhile:
        return _split_page(request, user, dossier, list(leaving), status=409, meanwhile=meanwhile.lines, why=why)
    with desk_of(request).store.inquiry() as inquiry:
        homes = inquiry.homes(members)
    others = sorted({homes[key] for key in leaving} - {homes[key] for key in members if key not in leaving})
    stays = next(homes[key] for key in members if key not in leaving)
    said = text(
        request,
        N_("Split as decision %(number)s; what left is now %(others)s. It can be undone below."),
        number=done.number,
        others=", ".join(others) or stays,
    )
    return redirect(request, f"/incidents/{quote(stays)}#decisions", said)


def _split_page(
    request: Request,
    user: User,
    dossier: Dossier,
    apart: list[str],
    *,
    status: int = 200,
    meanwhile: tuple[Decision, ...] = (),
    why: str = "",
) -> HTMLResponse:
    record, language = dossier.incident, current_visitor(request).language
    leaving = tuple(sorted(set(apart) & set(record.members)))
    fits = bool(leaving) and len(leaving) < len(record.members)
    foreseen: tuple[RecordIncident, ...] = ()
    if fits:
        decision = Decision(0, "split", user.name, now(), members=record.members, apart=leaving)
        foreseen = desk_of(request).store.foreseen(decision)
    return render(
        request,
        "incident/split.html",
        status,
        record=record,
        title=title(record, labels(language)),
        tellings=_tellings(dossier),
        apart=leaving,
        wrong=bool(apart) and not fits,
        before=_outcomes(request, (record,)),
        after=_outcomes(request, foreseen, record),
        seen=desk_of(request).store.log_hash(),
        meanwhile=meanwhile,
        why=why,
        compared=_COMPARED,
    )


def _tellings(dossier: Dossier) -> tuple[Telling, ...]:
    found = []
    for printing in incident_view(dossier).printings:
        for key in sorted(printing.member):
            found.append(Telling(key, dossier.tellings[key], dossier.reports[printing.id], printing))
    return tuple(found)


# --- merge ------------------------------------------------------------------------------------------------------------


def merge(
    request: Request, user: Editor, incident_id: str, other: Annotated[str, Query(max_length=300)] = ""
) -> HTMLResponse:
    """Choose the other incident, and see what would come of it."""
    return _merge_page(request, user, _dossier(request, incident_id), other.strip())


def keep_merge(
    request: Request, user: Editor, incident_id: str, form: Annotated[FormData, Depends(form_of)]
) -> Response:
    """Merge the two incidents."""
    dossier = _dossier(request, incident_id)
    other, why, seen = _typed(form, "other"), _typed(form, "why"), _seen(form)
    second = _other(request, dossier, other)
    if second is None:
        return _merge_page(request, user, dossier, other, status=422)
    members = tuple(sorted({*dossier.incident.members, *second.members}))
    decision = Decision(0, "merge", user.name, now(), why, members=members)
    try:
        done = decide(desk_of(request).store, decision, seen, Subject(frozenset(members)))
    except DecidedMeanwhile as meanwhile:
        return _merge_page(request, user, dossier, other, status=409, meanwhile=meanwhile.lines, why=why)
    with desk_of(request).store.inquiry() as inquiry:
        home = inquiry.homes([dossier.incident.lead])[dossier.incident.lead]
    said = text(request, N_("Merged as decision %(number)s. It can be undone below."), number=done.number)
    return redirect(request, f"/incidents/{quote(home)}#decisions", said)


def _merge_page(
    request: Request,
    user: User,
    dossier: Dossier,
    other: str,
    *,
    status: int = 200,
    meanwhile: tuple[Decision, ...] = (),
    why: str = "",
) -> HTMLResponse:
    store, record = desk_of(request).store, dossier.incident
    second = _other(request, dossier, other) if other else None
    foreseen: tuple[RecordIncident, ...] = ()
    if second is not None:
        members = tuple(sorted({*record.members, *second.members}))
        foreseen = store.foreseen(Decision(0, "merge", user.name, now(), members=members))
    with store.inquiry() as inquiry:
        candidates = _candidates(inquiry, record)
        seen = inquiry.log.hash
    now_there = (record, *((second,) if second is not None else ()))
    return render(
        request,
        "incident/merge.html",
        status,
        record=record,
        title=title(record, labels(current_visitor(request).language)),
        other=other,
        second=second,
        candidates=candidates,
        before=_outcomes(request, now_there),
        after=_outcomes(request, foreseen, record),
        seen=seen,
        meanwhile=meanwhile,
        why=why,
        compared=_COMPARED,
    )


def _other(request: Request, dossier: Dossier, typed: str) -> RecordIncident | None:
    """The other incident by its id or its address; None where there is none, or it is this one."""
    with desk_of(request).store.inquiry() as inquiry:
        found = inquiry.entry(typed.strip().rstrip("/").rpartition("/")[2].partition("#")[0].partition("?")[0])
    if found is None or found.incident.id == dossier.incident.id:
        return None
    return found.incident


def _candidates(inquiry: Inquiry, record: RecordIncident) -> tuple[tuple[IncidentLine, float | None], ...]:
    """Incidents that may be the same: those that the record's rules find alike, with how much, then what else happened
    there."""
    alike = inquiry.alike(record)
    own = inquiry.lines([record.id])[record.id]
    lines = inquiry.lines([incident_id for incident_id, _ in alike])
    found: list[tuple[IncidentLine, float | None]] = [(lines[i], score) for i, score in alike if i in lines]
    found += [(line, None) for line in inquiry.same_place(own) if line.id not in lines]
    return tuple(found)


# --- both -------------------------------------------------------------------------------------------------------------


def _typed(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip()[:2000] if isinstance(value, str) else ""


def _seen(form: FormData) -> str | None:
    """The last line of the log that was seen: "" for an empty log, None where the form does not say."""
    value = form.get("seen")
    return value if isinstance(value, str) else None


def _dossier(request: Request, incident_id: str) -> Dossier:
    with desk_of(request).store.inquiry() as inquiry:
        found = inquiry.entry(incident_id)
        if found is None:
            raise HTTPException(404)
        return inquiry.dossier(found.incident)


def _outcomes(
    request: Request, records: tuple[RecordIncident, ...], was: RecordIncident | None = None
) -> tuple[Outcome, ...]:
    """Incidents as they are or would be; the one that holds the lead of `was` is compared with that."""
    words = labels(current_visitor(request).language)
    with desk_of(request).store.inquiry() as inquiry:
        reports = inquiry.reports({report for record in records for report in record.reports})
    found = []
    for record in records:
        follows = was is not None and was.lead in record.members
        changed = frozenset(n for n in _COMPARED if follows and was and _words(was, n) != _words(record, n))
        outlets = (reports[r].outlet or reports[r].agency or r for r in record.reports if r in reports)
        found.append(
            Outcome(
                record, title(record, words), tuple(dict.fromkeys(outlets)), changed, was is not None and not follows
            )
        )
    return tuple(found)


def _words(record: RecordIncident, name: str) -> Any:
    """A value as far as a reader would see it change."""
    held = record.fields.get(name)
    if held is None:
        return None
    value = held.value
    for names in (("lower", "upper"), ("start", "end"), ("name", "country")):
        if all(hasattr(value, each) for each in names):
            return tuple(getattr(value, each) for each in names)
    return tuple(getattr(each, "name", each) for each in value) if isinstance(value, tuple) else value
