"""One incident: what the record holds and why, the accounts side by side, what people decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse
from starlette.responses import RedirectResponse, Response

from vigie.desk.context import desk_of
from vigie.desk.incident_view import IncidentView, incident_view
from vigie.desk.map_marks import place_circles
from vigie.desk.permissions import Permission, Reader, allows
from vigie.desk.rendering import render
from vigie.desk.toll_chart import HEIGHT, toll_charts
from vigie.desk.visitors import User, current_visitor
from vigie.exports.bulletin import incident_paragraph
from vigie.exports.labels import LANGUAGES, labels
from vigie.exports.record_view import title
from vigie.model.record import Decision
from vigie.record.field_values import FIELDS
from vigie.store.asking import IncidentLine
from vigie.store.inquiry import Dossier, Inquiry
from vigie.store.meanwhile import Subject, concerns
from vigie.store.surroundings import Related

_MOST_QUOTES = 4  # of one value; the others are opened
_LINKS = {
    ("retaliation", True): "answers",
    ("retaliation", False): "answered",
    ("follows", True): "after",
    ("follows", False): "before",
    ("part_of_series", True): "series",
    ("part_of_series", False): "series",
}


def router() -> APIRouter:
    """`/incidents/{id}`."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/incidents/{incident_id}", incident, methods=["GET"], response_class=HTMLResponse)
    return routes


@dataclass(frozen=True, slots=True)
class LogLine:
    """A decision on the incident: whether it stands, the line that undid it, and whether this user may undo it."""

    decision: Decision
    stands: bool
    undone_by: int | None
    may_undo: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """An incident that reports link with this one: how, and the links with their words."""

    line: IncidentLine
    how: str
    links: tuple[Related, ...]


def incident(request: Request, user: Reader, incident_id: str) -> Response:
    """The page. An id that the incident had before a merge or a split leads to the one that it has now."""
    with desk_of(request).store.inquiry() as inquiry:
        found = inquiry.entry(incident_id)
        if found is None:
            raise HTTPException(404)
        if found.incident.id != incident_id:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"/incidents/{quote(found.incident.id)}{query}", 307)
        dossier = inquiry.dossier(found.incident)
        context = page_of(inquiry, dossier, user)
    words = labels(current_visitor(request).language)
    view: IncidentView = context["view"]
    return render(
        request,
        "incident.html",
        title=title(dossier.incident, words),
        circles=place_circles(request, view),
        height=HEIGHT,
        fields=FIELDS,
        bulletins=_bulletins(dossier, view, words.language),
        quotes=_MOST_QUOTES,
        **context,
    )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The incident told in a paragraph: its sentences, each with the numbers of the reports it rests on."""

    language: str
    sentences: tuple[tuple[str, tuple[int, ...]], ...]


def _bulletins(dossier: Dossier, view: IncidentView, language: str) -> tuple[Paragraph, ...]:
    """The paragraph in every language, the reader's own first. Reports are numbered as they are listed."""
    numbers = {printing.id: number for number, printing in enumerate(view.printings, 1)}
    return tuple(
        Paragraph(
            each,
            tuple(
                (sentence.text, tuple(sorted(numbers[report] for report in sentence.reports if report in numbers)))
                for sentence in incident_paragraph(dossier, each)
            ),
        )
        for each in sorted(LANGUAGES, key=lambda code: code != language)
    )


def page_of(inquiry: Inquiry, dossier: Dossier, user: User) -> dict[str, Any]:
    """What the page shows of an incident, beside words."""
    record = dossier.incident
    view = incident_view(dossier)
    own = inquiry.lines([record.id])[record.id]
    return {
        "dossier": dossier,
        "view": view,
        "line": own,
        "linked": _linked(inquiry, dossier),
        "same_place": inquiry.same_place(own),
        "charts": toll_charts(view.steps),
        "log": _log(inquiry, dossier, user),
        "seen": inquiry.log.hash,
    }


def _linked(inquiry: Inquiry, dossier: Dossier) -> tuple[Linked, ...]:
    links = inquiry.links(dossier.incident)
    lines = inquiry.lines({link.incident for link in links})
    together: dict[tuple[str, str], list[Related]] = {}
    for link in links:
        how = _LINKS.get((link.kind, link.from_here), "series")
        together.setdefault((how, link.incident), []).append(link)
    return tuple(
        Linked(lines[incident_id], how, tuple(found))
        for (how, incident_id), found in sorted(together.items(), key=lambda each: each[0])
        if incident_id in lines
    )


def _log(inquiry: Inquiry, dossier: Dossier, user: User) -> tuple[LogLine, ...]:
    """Every decision that is or was about the incident, the last one first."""
    lines = inquiry.log.lines
    subject = Subject(frozenset(dossier.incident.members))
    standing = frozenset(inquiry.log.decided.standing)
    undone = {line.undoes: line.number for line in lines if line.kind == "undo" and line.undoes is not None}
    editor = allows(user.role, Permission.DECIDE)
    found = []
    for line in reversed(lines):
        if line.kind != "undo" and not line.names and concerns(lines, line, subject):
            stands = line.number in standing
            may = stands and (editor or (line.who == user.name and allows(user.role, Permission.CODE)))
            found.append(LogLine(line, stands, None if stands else undone.get(line.number), may))
    return tuple(found)
