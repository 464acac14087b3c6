"""The reports: a list to search, and each as it was received with what was read in it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePosixPath
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from vigie.desk.context import desk_of
from vigie.desk.differences import differences
from vigie.desk.languages import N_
from vigie.desk.passages import Mark, pieces
from vigie.desk.permissions import Reader
from vigie.desk.readings import KINDS
from vigie.desk.rendering import render, text
from vigie.desk.report_view import ReportView, decisions_on, relatives_of, view_of
from vigie.desk.visitors import current_visitor
from vigie.errors import QueryError
from vigie.exports.labels import labels
from vigie.model.record import member_key
from vigie.store.inquiry import Kept
from vigie.store.searching import FoundPage, ReportFilter

SIZE = 40
_FILTERS = ("q", "outlet", "language", "first", "last", "telling", "standing")
_ASKED_WRONGLY = {
    "search": ("q", N_('Give words, "several words" in a row, begin*, -not, one OR other.')),
    "page": ("page", N_("This place in the list is gone: start again from the first page.")),
}
_ENDING = re.compile(r"\.[a-z0-9]{1,8}")


def router() -> APIRouter:
    """`/reports`, `/reports/{id}` and `/raw/{id}`."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/reports", reports, methods=["GET"], response_class=HTMLResponse)
    routes.add_api_route("/reports/{report_id:path}", report, methods=["GET"], response_class=HTMLResponse)
    routes.add_api_route("/raw/{report_id:path}", raw, methods=["GET"], response_class=Response)
    return routes


def reports(
    request: Request,
    user: Reader,
    q: str = "",
    outlet: str = "",
    language: str = "",
    first: str = "",
    last: str = "",
    telling: str = "",
    standing: str = "",
    after: str | None = None,
) -> HTMLResponse:
    """The list of reports, filtered."""
    typed = (q.strip(), outlet.strip(), language, first, last, telling, standing)
    given = {name: value for name, value in zip(_FILTERS, typed, strict=True) if value}
    errors: dict[str, str] = {}
    wanted = _filter(request, given, errors)
    found = FoundPage((), None, 0)
    if not errors:
        with desk_of(request).store.inquiry() as asked:
            try:
                found = asked.search(wanted, SIZE, after)
            except QueryError as error:
                name, said = _ASKED_WRONGLY.get(error.where, ("page", ""))
                errors[name] = text(request, said) if said else str(error)
    following = f"/reports?{urlencode({**given, 'after': found.next})}" if found.next else None
    lines = [(line, pieces(line.report.title or "", _found(line.in_title))) for line in found.lines]
    return render(
        request,
        "reports.html",
        422 if errors else 200,
        lines=lines,
        passages={
            line.report.id: pieces(line.passage.words, _found(line.passage.marks, line.passage.start))
            for line in found.lines
            if line.passage is not None
        },
        total=found.total,
        next_url=following,
        first_url=f"/reports?{urlencode(given)}" if after else None,
        given={name: given.get(name, "") for name in _FILTERS},
        filtered=bool(given),
        errors={name: errors.get(name, "") for name in (*_FILTERS, "page")},
    )


def report(
    request: Request,
    user: Reader,
    report_id: str,
    start: Annotated[int | None, Query(alias="from", ge=0)] = None,
    end: Annotated[int | None, Query(alias="to", ge=0)] = None,
    against: str | None = None,
    rejected: bool = False,
) -> HTMLResponse:
    """A report: its text with the words marked, and the values they give; or what changed since another version."""
    store = desk_of(request).store
    coded = store.report(report_id)
    provenance = store.provenance(report_id)
    if coded is None or provenance is None:
        raise HTTPException(404)
    words = labels(current_visitor(request).language)
    members = [member_key(report_id, incident.id) for incident in coded.incidents]
    with store.inquiry() as asked:
        kept = asked.reports([report_id])[report_id]
        view = view_of(
            coded,
            words,
            decisions=decisions_on(asked.log.lines, asked.log.decided, members, report_id),
            homes=asked.homes(members),
            relatives=relatives_of(asked, kept),
            asked=(start, end) if start is not None and end is not None and start < end else None,
        )
        seen = asked.log.hash
    compared = _compared(view, kept, against)
    return render(
        request,
        "report.html",
        view=view,
        report=coded.report,
        kept=kept,
        provenance=provenance,
        kinds=KINDS,
        show_left_out=rejected,
        compared=compared,
        seen=seen,
    )


def raw(request: Request, user: Reader, report_id: str) -> Response:
    """The bytes of a report as they were received, to be kept and never to be shown by the browser."""
    store = desk_of(request).store
    provenance, data = store.provenance(report_id), store.raw(report_id)
    if provenance is None or data is None:
        raise HTTPException(404)
    name = _file_name(report_id, provenance.found_at)
    return Response(
        data,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename=\"{_ascii(name)}\"; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "ETag": f'"{provenance.sha256}"',
        },
    )


def _filter(request: Request, given: dict[str, str], errors: dict[str, str]) -> ReportFilter:
    days: dict[str, dt.date | None] = {"first": None, "last": None}
    for name in days:
        if name in given:
            try:
                days[name] = dt.date.fromisoformat(given[name])
            except ValueError:
                errors[name] = text(request, N_("Give a day as year-month-day: 2024-03-08."))
    if days["first"] and days["last"] and days["first"] > days["last"] and not errors:
        errors["last"] = text(request, N_("The last day is before the first."))
    telling = {"yes": True, "no": False}.get(given.get("telling", ""))
    return ReportFilter(
        text=given.get("q"),
        outlets=(given["outlet"],) if "outlet" in given else (),
        languages=(given["language"],) if "language" in given else (),
        first_day=days["first"],
        last_day=days["last"],
        telling=telling,
        standing=(given["standing"],) if "standing" in given else (),
    )


def _found(spans: tuple[tuple[int, int], ...], start: int = 0) -> list[Mark]:
    return [Mark(a - start, b - start, "found", "found") for a, b in spans]


def _compared(view: ReportView, kept: Kept, against: str | None) -> dict[str, object] | None:
    """The other version and the changes from the older of the two to the newer."""
    other = next((r for r in view.relatives if r.report.id == against), None)
    if other is None:
        return None
    before = (other.report.published or "", other.report.id) <= (kept.published or "", kept.id)
    if other.verdict is not None and other.verdict.original is not None:
        before = other.verdict.original == other.report.id
    older, newer = (other.report, kept) if before else (kept, other.report)
    changes = differences(older.text, newer.text)
    return {
        "other": other,
        "older": older,
        "newer": newer,
        "changes": changes,
        "gone": sum(c.words for c in changes if c.kind == "gone"),
        "new": sum(c.words for c in changes if c.kind == "new"),
    }


def _file_name(report_id: str, found_at: str) -> str:
    """A name for the file on the reader's disk: the id, with the ending of the file that it was read from."""
    ending = PurePosixPath(found_at.partition(": ")[0]).suffix.lower()
    stem = re.sub(r"[^\w.@-]+", "-", report_id).strip(".-") or "report"
    return stem[:120] + (ending if _ENDING.fullmatch(ending) else ".bin")


def _ascii(name: str) -> str:
    return name.encode("ascii", "replace").decode().replace("?", "_")
