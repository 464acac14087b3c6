"""Tallies as published, each beside the record's own count under the same definition."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from vigie.desk.context import desk_of
from vigie.desk.languages import N_
from vigie.desk.permissions import Reader
from vigie.desk.rendering import render, text
from vigie.desk.tally_beside import tally_views
from vigie.desk.tally_view import TallyPage, tallies_of, tally_page
from vigie.desk.visitors import current_visitor
from vigie.errors import QueryError
from vigie.exports.labels import labels
from vigie.store.tally_checks import TallyFilter

SIZE = 10  # tallies on a page
LIMIT = 400
"""Incidents gone through for a page of the list; tallies that go beyond are compared where they are asked for alone."""
_LISTED, _LISTED_ALONE = 5, 500  # incidents of one kind under a tally
_FILTERS = ("place", "counter", "first", "last")


def router() -> APIRouter:
    """`/tallies`, and those of one report."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/tallies", tallies, methods=["GET"], response_class=HTMLResponse)
    routes.add_api_route("/tallies/{report_id:path}", of_report, methods=["GET"], response_class=HTMLResponse)
    return routes


def tallies(
    request: Request,
    user: Reader,
    place: Annotated[str, Query(max_length=200)] = "",
    counter: Annotated[str, Query(max_length=200)] = "",
    first: Annotated[str, Query(max_length=20)] = "",
    last: Annotated[str, Query(max_length=20)] = "",
    after: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """The tallies, the last published first."""
    typed = (place.strip(), counter.strip(), first.strip(), last.strip())
    given = {name: value for name, value in zip(_FILTERS, typed, strict=True) if value}
    errors: dict[str, str] = {}
    days = {name: _day(request, given, name, errors) for name in ("first", "last")}
    wanted = TallyFilter(given.get("place"), given.get("counter"), days["first"], days["last"])
    page, views = TallyPage((), (), None, 0), []
    if not errors:
        with desk_of(request).store.inquiry() as asked:
            try:
                page = tally_page(asked, wanted, SIZE, after, LIMIT)
            except QueryError:
                after = None
                errors["page"] = text(
                    request, N_("This place in the list is not known any more: here is its beginning.")
                )
                page = tally_page(asked, wanted, SIZE, None, LIMIT)
            views = tally_views(asked, page.listed, page.tallies, labels(current_visitor(request).language), _LISTED)
    return render(
        request,
        "tallies.html",
        422 if errors.keys() - {"page"} else 200,
        views=views,
        total=page.total,
        given={name: given.get(name, "") for name in _FILTERS},
        filtered=bool(given),
        report=None,
        errors={name: errors.get(name, "") for name in (*_FILTERS, "page")},
        first_url=_address(given) if after is not None else None,
        next_url=_address({**given, "after": page.next}) if page.next else None,
    )


def of_report(request: Request, user: Reader, report_id: str) -> Response:
    """The tallies of one report, with all that they count."""
    with desk_of(request).store.inquiry() as asked:
        found = tallies_of(asked, report_id)
        if not found:
            raise HTTPException(404)
        groups = [each.told for each in found]
        views = tally_views(asked, groups, found, labels(current_visitor(request).language), _LISTED_ALONE)
        report = next(each.report for group in groups for each in group if each.report.id == report_id)
    return render(
        request,
        "tallies.html",
        views=views,
        total=len(views),
        given=dict.fromkeys(_FILTERS, ""),
        filtered=False,
        report=report,
        errors=dict.fromkeys((*_FILTERS, "page"), ""),
        first_url=None,
        next_url=None,
    )


def _address(query: dict[str, str]) -> str:
    return "/tallies" + (f"?{urlencode(query)}" if query else "")


def _day(request: Request, given: dict[str, str], name: str, errors: dict[str, str]) -> dt.date | None:
    if name not in given:
        return None
    try:
        return dt.date.fromisoformat(given[name])
    except ValueError:
        errors[name] = text(request, N_("Give a day as year-month-day: 2024-03-08."))
        return None
