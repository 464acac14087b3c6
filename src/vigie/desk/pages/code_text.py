"""Coding a text of one's own: pasted or dropped, seen as a report is seen, then kept or not. And the sample stream."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, HTTPException, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.responses import Response

from vigie.desk.checks import limited
from vigie.desk.context import desk_of
from vigie.desk.drafts import Draft, new_id
from vigie.desk.intake import Intake
from vigie.desk.languages import N_
from vigie.desk.permissions import Coder
from vigie.desk.readings import KINDS
from vigie.desk.rendering import redirect, render, text
from vigie.desk.report_view import view_of
from vigie.desk.visitors import current_visitor
from vigie.errors import DateError
from vigie.exports.labels import labels
from vigie.language.pack import languages
from vigie.model import Report
from vigie.readers import Rejected, read_bytes, read_published
from vigie.runs.by_rules import producer
from vigie.runs.ingest import as_version
from vigie.runs.inputs import Overrides, named
from vigie.store.keeping import Arrival, Taken

MOST_BYTES = 8_000_000
"""Of a text or file that is coded at the desk; larger ones are for `vigie ingest`."""
_MOST_REPORTS = 12  # of one file, coded while somebody waits
_FIELDS = ("pasted", "outlet", "published", "language", "file")


def router() -> APIRouter:
    """`/code`, the drafts under it, and `/samples`."""
    routes = APIRouter(include_in_schema=False)
    costly = [Depends(limited("costly"))]
    routes.add_api_route("/code", blank, methods=["GET"], response_class=HTMLResponse)
    routes.add_api_route("/code", code, methods=["POST"], response_model=None, dependencies=costly)
    routes.add_api_route("/code/{draft_id}", draft, methods=["GET"], response_class=HTMLResponse)
    routes.add_api_route("/code/{draft_id}/keep", keep, methods=["POST"], response_class=RedirectResponse)
    routes.add_api_route("/code/{draft_id}/discard", discard, methods=["POST"], response_class=RedirectResponse)
    routes.add_api_route("/samples", take_samples, methods=["POST"], response_class=RedirectResponse)
    routes.add_api_route("/samples/stop", stop_samples, methods=["POST"], response_class=RedirectResponse)
    routes.add_api_route("/samples/progress", samples_progress, methods=["GET"], response_class=JSONResponse)
    return routes


def blank(request: Request, user: Coder) -> HTMLResponse:
    """The form, and on a desk with an empty store the offer of the samples."""
    return _form(request, {}, {})


def code(
    request: Request,
    user: Coder,
    pasted: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
    outlet: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = "",
) -> Response:
    """Read and code what was pasted or dropped; what was read is shown on a page of its own."""
    typed = {"pasted": pasted, "outlet": outlet.strip(), "published": published.strip(), "language": language}
    name, data = _given(pasted, file)
    errors: dict[str, str] = {}
    if not data.strip():
        errors["pasted"] = text(request, N_("Paste a text, or choose a file that is not empty."))
    elif len(data) > MOST_BYTES:
        errors["file"] = text(
            request, N_("That is too large to be coded here: `vigie ingest` takes files of any size in.")
        )
    overrides = _overrides(request, typed, errors)
    if errors:
        return _form(request, typed, errors, 422)
    found = _coded(desk_of(request).intake, data, name, overrides, user.name)
    desk_of(request).drafts.put(found)
    return RedirectResponse(f"/code/{found.id}", 303)


def draft(request: Request, user: Coder, draft_id: str, n: Annotated[int, Query(ge=1)] = 1) -> HTMLResponse:
    """What was read in a text of one's own; of several reports, the n-th."""
    found = _draft(request, user.name, draft_id)
    shown = found.arrivals[min(n, len(found.arrivals)) - 1] if found.arrivals else None
    words = labels(current_visitor(request).language)
    store = desk_of(request).store
    view = view_of(shown.coded, words) if shown is not None else None
    kept = store.provenance(shown.coded.report.id) if shown is not None else None
    return render(
        request,
        "draft.html",
        200 if shown is not None else 422,
        draft=found,
        number=min(n, max(1, len(found.arrivals))),
        view=view,
        report=shown.coded.report if shown is not None else None,
        kinds=KINDS,
        kept=kept is not None and shown is not None and kept.sha256 == shown.coded.report.sha256,
    )


def keep(
    request: Request, user: Coder, draft_id: str, which: Annotated[int | None, Form(ge=1)] = None
) -> RedirectResponse:
    """Take a draft into the store: one of its reports, or all."""
    found = _draft(request, user.name, draft_id)
    chosen = found.arrivals if which is None else found.arrivals[which - 1 : which]
    if not chosen:
        raise HTTPException(404)
    store = desk_of(request).store
    outcomes = store.add(list(chosen), producer())
    taken = [each for each in outcomes if isinstance(each, Taken)]
    refused = [each for each in outcomes if isinstance(each, Rejected)]
    if refused:
        store.reject(refused)
        said = text(request, N_("Not kept: %(reason)s"), reason=refused[0].reason)
        return redirect(request, f"/code/{draft_id}", said)
    if len(chosen) == len(found.arrivals):
        desk_of(request).drafts.drop(draft_id)
    if len(taken) > 1:
        said = text(request, N_("Kept: %(number)s reports."), number=len(taken))
        return redirect(request, "/reports", said)
    said = N_("It was there already.") if taken[0].how == "known" else N_("Kept. It is linked with the record.")
    return redirect(request, f"/reports/{quote(taken[0].coded.report.id)}", text(request, said))


def discard(request: Request, user: Coder, draft_id: str) -> RedirectResponse:
    """Forget a draft."""
    _draft(request, user.name, draft_id)
    desk_of(request).drafts.drop(draft_id)
    return redirect(request, "/code", text(request, N_("Discarded: nothing of it was kept.")))


# --- samples ----------------------------------------------------------------------------------------------------------


def take_samples(request: Request, user: Coder) -> RedirectResponse:
    """Begin to take the sample stream in: into an empty store, or where a run left off."""
    desk = desk_of(request)
    if desk.store.status().reports and not desk.samples.left_off:
        said = N_("The samples are for an empty store: they would mix with what is there.")
        return redirect(request, "/code", text(request, said))
    desk.samples.start()
    return RedirectResponse("/code#samples", 303)


def stop_samples(request: Request, user: Coder) -> RedirectResponse:
    """End the run after what is being coded."""
    desk_of(request).samples.stop()
    return RedirectResponse("/code#samples", 303)


def samples_progress(request: Request, user: Coder) -> JSONResponse:
    """How far the run is."""
    now = desk_of(request).samples.progress
    said = {"state": now.state, "done": now.done, "total": now.total, "incidents": now.incidents}
    return JSONResponse({**said, "rejected": now.rejected}, headers={"Cache-Control": "no-store"})


# --- inside -----------------------------------------------------------------------------------------------------------


def _given(pasted: str, file: UploadFile | None) -> tuple[str, bytes]:
    """The name and bytes of what was given: the file where there is one. A browser sends line ends as CR LF, which
    nobody typed."""
    if file is not None and file.filename:
        return PurePath(file.filename.replace("\\", "/")).name[:120], file.file.read(MOST_BYTES + 1)
    return "", pasted.replace("\r\n", "\n").encode("utf-8", "replace")


def _overrides(request: Request, typed: dict[str, str], errors: dict[str, str]) -> Overrides:
    when = None
    if typed["published"]:
        try:
            when = read_published(typed["published"])
        except DateError:
            errors["published"] = text(request, N_("Give a day as year-month-day: 2024-03-08."))
    language = typed["language"] or None
    if language is not None and language not in languages():
        errors["language"] = text(request, N_("There is no such language here."))
    return Overrides(published=when, outlet=typed["outlet"][:200] or None, language=language)


def _coded(intake: Intake, data: bytes, name: str, overrides: Overrides, who: str) -> Draft:
    """What is in some bytes, coded: at most _MOST_REPORTS reports of them."""
    where = name or "pasted text"
    remarks: list[str] = []
    read = list(named(read_bytes(data, where, lambda _, remark: remarks.append(remark), name=name), where, overrides))
    batch = [as_version(each) for each in read[:_MOST_REPORTS]]
    outcomes: list[Arrival | Rejected] = []
    for each, outcome in zip(batch, intake.code_each(batch), strict=True):
        if isinstance(outcome, Rejected):
            outcomes.append(outcome)
        else:
            received = each.read if isinstance(each.read, Report) else None
            outcomes.append(Arrival(outcome, f"{each.where} (at the desk, by {who})", received))
    return Draft(new_id(), who, name, tuple(outcomes), tuple(dict.fromkeys(remarks)), len(read) - len(batch))


def _draft(request: Request, who: str, draft_id: str) -> Draft:
    found = desk_of(request).drafts.find(draft_id, who)
    if found is None:
        raise HTTPException(404, text(request, N_("This text is no longer here: it was kept, discarded, or too old.")))
    return found


def _form(request: Request, typed: dict[str, str], errors: dict[str, str], status: int = 200) -> HTMLResponse:
    desk = desk_of(request)
    return render(
        request,
        "code.html",
        status,
        given={name: typed.get(name, "") for name in _FIELDS},
        errors={name: errors.get(name, "") for name in _FIELDS},
        empty=desk.store.status().reports == 0,
        run=desk.samples.progress,
        left_off=desk.samples.left_off,
        most=MOST_BYTES // 1_000_000,
    )
