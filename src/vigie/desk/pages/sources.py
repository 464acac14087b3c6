"""The sources: who speaks in the record, how often alone and contradicted; names joined and parted, profiles."""

from __future__ import annotations

from typing import Annotated, Any, get_args
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from vigie.desk.context import desk_of
from vigie.desk.deciding import DecidedMeanwhile, Subject, decide, now
from vigie.desk.entitlement import may_undo
from vigie.desk.languages import N_
from vigie.desk.permissions import Editor, Reader
from vigie.desk.rendering import redirect, render, text
from vigie.desk.source_view import found_source, log_about, row_of, said_of
from vigie.desk.visitors import User
from vigie.errors import DecisionError, QueryError
from vigie.language.folding import fold
from vigie.mentions.gazetteer import country_names
from vigie.model.coded import SourceKind
from vigie.model.record import Decision, DecisionKind, Reliability
from vigie.record.names import fold_name
from vigie.store.speaking import Told, Voice, VoiceFilter, VoiceOrder

SIZE = 40
"""Sources on one page of the list."""
_TOLD = 15  # incidents on one page of a source
Words = Annotated[str, Form(max_length=2000)]


def router() -> APIRouter:
    """`/sources`, a source's own page, and what can be decided there."""
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/sources", sources, methods=["GET"], response_class=HTMLResponse)
    routes.add_api_route("/sources/join", join, methods=["POST"], response_model=None)
    routes.add_api_route("/sources/part", part, methods=["POST"], response_model=None)
    routes.add_api_route("/sources/profile", profile, methods=["POST"], response_model=None)
    routes.add_api_route("/sources/{key:path}", source, methods=["GET"], response_class=HTMLResponse)
    return routes


def sources(
    request: Request,
    user: Reader,
    q: Annotated[str, Query(max_length=200)] = "",
    who: Annotated[str, Query()] = "",
    kind: Annotated[str, Query()] = "",
    order: Annotated[str, Query()] = "most_told",
    after: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """The list, by how much each tells, or as asked."""
    given = {"q": q.strip(), "who": who, "kind": kind, "order": order}
    wanted = VoiceFilter(
        text=given["q"] or None,
        voices=(who,) if who in get_args(Voice) else (),
        kinds=(kind,) if kind in get_args(SourceKind) else (),
    )
    by: VoiceOrder = next((each for each in get_args(VoiceOrder) if each == order), "most_told")
    error = None
    with desk_of(request).store.inquiry() as inquiry:
        try:
            page = inquiry.voices(wanted, by, SIZE, after)
        except QueryError:
            error = text(request, N_("This place in the list is not known any more: here is its beginning."))
            page = inquiry.voices(wanted, by, SIZE)
        rows = [row_of(line, inquiry.sources) for line in page.lines]
        seen = inquiry.log.hash
    return render(
        request,
        "sources.html",
        rows=rows,
        total=page.total,
        given=given,
        error=error,
        seen=seen,
        kinds=get_args(SourceKind),
        first_url=_address("/sources", given) if after is not None and error is None else None,
        next_url=_address("/sources", {**given, "after": page.next}) if page.next else None,
        query=lambda **changes: _address("/sources", {**given, **changes}),
    )


def source(
    request: Request,
    user: Reader,
    key: str,
    only: Annotated[str, Query()] = "",
    after: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """A source's own page."""
    return _source(request, user, key, only, after)


def join(
    request: Request,
    user: Editor,
    names: Annotated[list[str], Form(max_length=100)] = [],  # noqa: B006 — read only
    why: Words = "",
    seen: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Make one source of several; the first name is the one that it goes by."""
    given = tuple(name.strip() for name in names if name.strip())
    if len({fold_name(name) for name in given}) < 2:
        return redirect(request, "/sources", text(request, N_("Choose two sources or more to join them.")))
    answer = _decided(request, user, "alias", seen, names=given, why=why)
    return answer or _to_source(request, given[0], text(request, N_("The names are one source now.")))


def part(
    request: Request,
    user: Editor,
    name: Words,
    home: Words,
    why: Words = "",
    seen: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Make a source of its own of one name of another."""
    answer = _decided(request, user, "unalias", seen, names=(home, name), why=why, back=_path(home))
    return answer or _to_source(request, home, text(request, N_("“%(name)s” is a source of its own now."), name=name))


def profile(
    request: Request,
    user: Editor,
    name: Words,
    kind: Annotated[str, Form(max_length=40)] = "",
    country: Annotated[str, Form(max_length=80)] = "",
    side: Annotated[str, Form(max_length=200)] = "",
    reliability: Annotated[str, Form(max_length=1)] = "",
    note: Words = "",
    why: Words = "",
    seen: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Say who a source is and how far it can be relied on."""
    with desk_of(request).store.inquiry() as inquiry:
        known = inquiry.sources.profile(name)
    code = _country(country)
    if country.strip() and code is None:
        said = text(request, N_("There is no country %(country)s: give its name, or its code of two letters."),
                    country=country)  # fmt: skip
        return redirect(request, _path(name), said)
    given: dict[str, str | None] = {
        "kind": kind or known.kind,
        "country": code,
        "side": side.strip() or None,
        "reliability": reliability or known.reliability,
        "note": note.strip() or None,
    }
    changed = {field: value for field, value in given.items() if value != getattr(known, field)}
    if not changed:
        return redirect(request, _path(name), text(request, N_("Nothing was changed.")))
    answer = _decided(request, user, "profile", seen, names=(name,), value=changed, why=why, back=_path(name))
    return answer or _to_source(request, name, text(request, N_("The profile has been changed.")))


def _decided(
    request: Request, user: User, kind: DecisionKind, seen: str, *, back: str = "/sources", **fields: Any
) -> Response | None:
    """Make a decision about names; the answer where it is not made: others have decided on them, or it makes no
    sense."""
    names = frozenset(map(fold_name, fields["names"]))
    line = Decision(number=0, kind=kind, who=user.name, when=now(), **fields)
    try:
        decide(desk_of(request).store, line, seen, Subject(names=names))
    except DecidedMeanwhile as error:
        other = error.lines[-1]
        said = text(
            request,
            N_("Nothing was changed: %(who)s has decided on these names meanwhile (decision %(number)s). Look again."),
            who=other.who,
            number=other.number,
        )
        return redirect(request, back, said)
    except DecisionError as error:
        return redirect(request, back, text(request, N_("Nothing was changed: %(why)s"), why=error))
    return None


def _source(request: Request, user: User, key: str, only: str, after: str | None) -> HTMLResponse:
    shown: Told | None = next((each for each in get_args(Told) if each == only), None)
    with desk_of(request).store.inquiry() as inquiry:
        line = found_source(inquiry, key)
        if line is None:
            raise HTTPException(404)
        try:
            page = inquiry.told_by(line.source, shown, _TOLD, after)
        except QueryError:
            page = inquiry.told_by(line.source, shown, _TOLD)
        said = said_of(line.source, page.lines, inquiry)
        log = log_about(line.source, inquiry)
        row = row_of(line, inquiry.sources)
        names = {account.id: account.names[0] for each in said for account in each.incident.accounts}
        every, seen = inquiry.log.lines, inquiry.log.hash
    here = _path(line.source)
    return render(
        request,
        "source.html",
        row=row,
        line=line,
        said=said,
        names=names,
        log=log,
        undoable={entry.line.number for entry in log if entry.stands and may_undo(user, entry.line, every)},
        seen=seen,
        only=shown or "",
        total=page.total,
        kinds=get_args(SourceKind),
        grades=get_args(Reliability),
        address=lambda **query: _address(here, query),
        first_url=_address(here, {"only": shown or ""}) if after is not None else None,
        next_url=_address(here, {"only": shown or "", "after": page.next}) if page.next else None,
    )


def _country(typed: str) -> str | None:
    """The code of a country by its code or its name in any language."""
    wanted = fold(typed).strip()
    codes = country_names("en")
    if typed.strip().upper() in codes:
        return typed.strip().upper()
    for language in ("en", "fr"):
        for code, name in country_names(language).items():
            if fold(name) == wanted:
                return code
    return None


def _to_source(request: Request, name: str, note: str) -> Response:
    with desk_of(request).store.inquiry() as inquiry:
        line = found_source(inquiry, name)
    return redirect(request, _path(line.source) if line is not None else "/sources", note)


def _path(key: str) -> str:
    return f"/sources/{quote(key)}"


def _address(path: str, query: dict[str, Any]) -> str:
    kept = {name: value for name, value in query.items() if value and (name, value) != ("order", "most_told")}
    return path + (f"?{urlencode(kept)}" if kept else "")
