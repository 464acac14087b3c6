"""Gold mode: a report is coded by hand without seeing what the machine read in it, saved, and only then compared with
the machine's coding and with those of others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, get_args
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from vigie.coding.pointed import value_of_words
from vigie.desk import checks
from vigie.desk.context import desk_of
from vigie.desk.gold_sheet import LISTS, TOLLS, IncidentForm, SheetForm, form_of, form_of_line, line_of
from vigie.desk.gold_view import ALPHA_FIRM, ALPHA_TENTATIVE, MACHINE, agreed, beside, sheet
from vigie.desk.languages import N_
from vigie.desk.passages import pieces
from vigie.desk.permissions import Coder, Permission, allows
from vigie.desk.rendering import redirect, render, text
from vigie.desk.streaming import gathered
from vigie.desk.value_forms import inputs_of, options
from vigie.desk.visitors import User, current_visitor
from vigie.errors import LanguageUnavailable
from vigie.evaluation.sheet_files import sheet_of
from vigie.evaluation.words import words as evaluation_words
from vigie.exports.labels import Labels, labels
from vigie.model import CodedReport
from vigie.model.codebooks import codebook
from vigie.model.coded import Responsibility, Terms
from vigie.store.gold import GoldCoding
from vigie.store.store import Store

_SHOWN = 30  # reports of a list
_OF_WORDS = {"killed", "injured", "attackers_killed", "date", "place", "type", "weapons", "actors", "targets"}


def router() -> APIRouter:
    """`/gold` and what is under it."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/gold", overview, methods=["GET"], response_class=HTMLResponse)
    routes.add_api_route("/gold/next", following, methods=["GET"], response_class=RedirectResponse)
    routes.add_api_route("/gold/export.jsonl", export, methods=["GET"], response_class=StreamingResponse)
    routes.add_api_route("/gold/code/{report_id:path}", sheet_page, methods=["GET"], response_class=HTMLResponse)
    routes.add_api_route("/gold/code/{report_id:path}", keep, methods=["POST"], response_model=None)
    routes.add_api_route("/gold/draft/{report_id:path}", draft, methods=["POST"], response_class=JSONResponse)
    routes.add_api_route("/gold/words/{report_id:path}", words, methods=["GET"], response_class=JSONResponse)
    routes.add_api_route("/gold/compare/{report_id:path}", compare, methods=["GET"], response_class=HTMLResponse)
    return routes


# --- the list ---------------------------------------------------------------------------------------------------------


def overview(
    request: Request, user: Coder, first: str | None = None, second: str | None = None, skip: str | None = None
) -> HTMLResponse:
    """What one is at, what comes next, what one has coded, and how far coders agree."""
    gold = desk_of(request).store.gold
    mine = gold.latest(user.name)
    drafts = gold.drafts(user.name)
    coders = gold.coders()
    first = first if first in coders else user.name
    second = second if second in (*coders, MACHINE) and second != first else MACHINE
    at = [report for report, _ in drafts]
    return render(
        request,
        "gold.html",
        drafts=drafts,
        mine=sorted(mine, key=lambda each: each.at, reverse=True)[:_SHOWN],
        coded=len(mine),
        coming=gold.open(user.name, 8, at),
        tasks=gold.tasks([*at, *(each.report for each in mine)]),
        coders=coders,
        pairs=[(name, text(request, N_("you")) if name == user.name else name) for name in coders],
        first=first,
        second=second,
        agreement=agreed(desk_of(request).store, first, second) if coders.get(first) else None,
        slot_names=evaluation_words("fr" if current_visitor(request).language == "fr" else "en").slots,
        firm=ALPHA_FIRM,
        tentative=ALPHA_TENTATIVE,
        all_of_them=allows(user.role, Permission.DECIDE),
    )


def following(request: Request, user: Coder) -> RedirectResponse:
    """On to the next report that is neither coded nor begun."""
    gold = desk_of(request).store.gold
    coming = gold.open(user.name, 1, [report for report, _ in gold.drafts(user.name)])
    if not coming:
        return redirect(request, "/gold", text(request, N_("There is no report left to be coded.")))
    return redirect(request, f"/gold/code/{quote(coming[0].report)}")


def export(request: Request, user: Coder, coder: str | None = None) -> StreamingResponse:
    """What was saved, the last coding of each report, as lines that `vigie evaluate` reads: one's own, or of somebody
    else for whoever may see it."""
    wanted = coder or user.name
    if wanted != user.name and not allows(user.role, Permission.DECIDE):
        raise HTTPException(403)
    found = desk_of(request).store.gold.latest(wanted)

    def lines() -> Iterator[str]:
        for each in found:
            yield json.dumps(_exported(each), ensure_ascii=False) + "\n"

    headers = {
        "Content-Disposition": f"attachment; filename=\"gold.jsonl\"; filename*=UTF-8''gold-{quote(wanted)}.jsonl"
    }
    return StreamingResponse(gathered(lines()), media_type="application/x-ndjson", headers=headers)


def _exported(coding: GoldCoding) -> dict[str, Any]:
    """A line as it is exported: one that was put right after others' codings had been seen says so."""
    if coding.blind:
        return coding.line
    noted = [coding.line["note"]] if coding.line.get("note") else []
    return {**coding.line, "note": "; ".join([*noted, "not blind"])}


# --- one report -------------------------------------------------------------------------------------------------------


def sheet_page(request: Request, user: Coder, report_id: str) -> HTMLResponse:
    """The report's bare text beside the form: as it was left, else as it was saved, else empty."""
    store = desk_of(request).store
    coded = _report(store, report_id)
    saved = _saved(store, report_id, user)
    kept = store.gold.draft(report_id, user.name)
    form = form_of(kept.items()) if kept is not None else form_of_line(saved[-1].line) if saved else SheetForm()
    return _page(request, coded, form, saved, {})


def keep(request: Request, user: Coder, report_id: str, form: Annotated[FormData, Depends(checks.form_of)]) -> Response:
    """Save the coding, or put a row more into the form, or let it all be."""
    store = desk_of(request).store
    coded = _report(store, report_id)
    page = f"/gold/code/{quote(report_id)}"
    does = str(form.get("do", ""))
    if does == "discard":
        store.gold.drop_draft(report_id, user.name)
        return redirect(request, "/gold", text(request, N_("What was not saved is gone.")))
    given = form_of(form.multi_items())
    if does != "save":
        more = does.partition(":")[2] if does.startswith("more:") else ""
        store.gold.keep_draft(report_id, user.name, given.flat)
        return redirect(request, f"{page}?more={quote(more)}#more" if more else page)
    made = line_of(given, report_id, coded.report.text)
    if made.errors:
        store.gold.keep_draft(report_id, user.name, given.flat)
        wrong = {name: text(request, message) for name, message in made.errors.items()}
        return _page(request, coded, given, _saved(store, report_id, user), wrong, status=422)
    store.gold.save(report_id, user.name, made.line)
    return redirect(request, f"/gold/compare/{quote(report_id)}", text(request, N_("Saved.")))


def draft(
    request: Request, user: Coder, report_id: str, form: Annotated[FormData, Depends(checks.form_of)]
) -> JSONResponse:
    """Keep what stands in the form, so that nothing is lost when the page is left."""
    store = desk_of(request).store
    _report(store, report_id)
    store.gold.keep_draft(report_id, user.name, form_of(form.multi_items()).flat)
    return JSONResponse({"kept": True})


def words(
    request: Request,
    user: Coder,
    report_id: str,
    field: str,
    start: Annotated[int, Query(ge=0)],
    end: Annotated[int, Query(ge=1)],
) -> JSONResponse:
    """What some words say for a field, as the inputs of the form: only these words are read, as they are chosen. A list
    has one row a value."""
    coded = _report(desk_of(request).store, report_id)
    report = coded.report
    if not start < end <= len(report.text):
        raise HTTPException(400, "these words are not in the report")
    chosen = " ".join(report.text[start:end].split())
    if field == "speakers":
        return JSONResponse([{"name": chosen}])
    if field == "quote":
        return JSONResponse([{"quote": chosen}])
    asked = "killed" if field == "totals" else field
    if asked not in _OF_WORDS:
        raise HTTPException(400, f"no field is called {field!r}")
    try:
        value = value_of_words(report, start, end, asked) if report.language else None
    except LanguageUnavailable:
        value = None
    return JSONResponse([dict(row) for row in _inputs(field, value, chosen)])


def _inputs(field: str, value: Any, chosen: str) -> Iterator[Mapping[str, str]]:
    """A value that words give as inputs of the form."""
    each = inputs_of("killed" if field == "totals" else field, value) if value is not None else {}
    if field == "totals":
        yield {**each, "text": chosen}
    elif field in ("actors", "targets"):
        yield {"name": chosen}
    elif field == "weapons":
        yield from ({k: v for k, v in inputs_of(field, (use,)).items() if k != "outcome"} for use in value or ())
    elif field == "date":
        yield {"start": each.get("first_day", ""), "end": each.get("last_day", "")}
    elif field == "place":
        yield {"name": chosen, "country": each.get("country", "")}
    elif field == "type":
        yield {"value": each.get("choice", "")}
    else:
        yield each


def compare(
    request: Request, user: Coder, report_id: str, other: Annotated[str, Query(alias="with")] = MACHINE
) -> HTMLResponse:
    """One's own coding beside the machine's or another's. Who has not saved one does not see it."""
    store = desk_of(request).store
    coded = _report(store, report_id)
    every = store.gold.of_report(report_id)
    mine = [each for each in every if each.coder == user.name]
    if not mine:
        raise HTTPException(403)
    others = {each.coder: each for each in every if each.coder != user.name}
    if other != MACHINE and other not in others:
        raise HTTPException(404)
    theirs = sheet_of(coded) if other == MACHINE else sheet(others[other])
    return render(
        request,
        "gold_compared.html",
        report=coded.report,
        mine=mine[-1],
        other=other,
        others=sorted(others),
        found=beside(sheet(mine[-1]), theirs),
        slot_names=evaluation_words("fr" if current_visitor(request).language == "fr" else "en").slots,
    )


# --- inside -----------------------------------------------------------------------------------------------------------


def _report(store: Store, report_id: str) -> CodedReport:
    found = store.report(report_id)
    if found is None:
        raise HTTPException(404)
    return found


def _saved(store: Store, report_id: str, user: User) -> list[GoldCoding]:
    return [each for each in store.gold.of_report(report_id) if each.coder == user.name]


def _page(
    request: Request,
    coded: CodedReport,
    form: SheetForm,
    saved: list[GoldCoding],
    errors: dict[str, str],
    status: int = 200,
) -> HTMLResponse:
    words = labels(current_visitor(request).language)
    more = request.query_params.get("more", "")
    if not form.incidents or more == "incident":
        form.incidents.append(IncidentForm())
    return render(
        request,
        "gold_code.html",
        status,
        report=coded.report,
        pieces=pieces(coded.report.text, ()),
        form=form,
        saved=saved,
        errors=errors,
        tolls=TOLLS,
        lists=tuple(LISTS),
        choices=_choices(words),
        more=more,
    )


def _choices(words: Labels) -> dict[str, list[tuple[str, str]]]:
    none = ("", "–")

    def told(kind: str, values: Any) -> list[tuple[str, str]]:
        return [(value, words.value(kind, value)) for value in values]

    return {
        "type": [none, *told("type", codebook("incident_type").ids)],
        "country": options("place", words)["country"],
        "weapon": options("weapons", words)["kind"],
        "responsibility": [
            ("unknown", "–"),
            *told("responsibility", (r for r in get_args(Responsibility) if r != "unknown")),
        ],
        "terms": [none, *told("terms", get_args(Terms))],
    }
