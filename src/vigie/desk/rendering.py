"""Pages: templates in the visitor's language, and the way from a form back to a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from vigie import __version__
from vigie.desk import csrf
from vigie.desk.assets import Assets
from vigie.desk.context import desk_of
from vigie.desk.languages import Catalogue
from vigie.desk.navigation import entries
from vigie.desk.permissions import Permission, allows
from vigie.desk.visitors import THEMES, Visitor, current_visitor
from vigie.desk.wording import Wording

FOLDER = Path(__file__).with_name("templates")
_NOTE_LASTS = 60  # seconds


class Templates:
    """The templates, once for each language, so that macros speak it without being told."""

    def __init__(self, catalogues: dict[str, Catalogue], assets: Assets) -> None:
        self._environments = {code: _environment(each, assets) for code, each in catalogues.items()}

    def render(self, language: str, name: str, context: dict[str, Any]) -> str:
        """A template filled in. Raises what jinja2 raises for a slip in it."""
        return self._environments[language].get_template(name).render(context)


def render(request: Request, name: str, status: int = 200, /, **context: Any) -> HTMLResponse:
    """The page of a template. Besides `context` it has what `templates/base.html` needs: see `page_context`."""
    return render_for(request, current_visitor(request), name, status, **context)


def render_for(request: Request, visitor: Visitor, name: str, status: int = 200, /, **context: Any) -> HTMLResponse:
    """The same for a visitor found out otherwise."""
    desk = desk_of(request)
    if visitor.note is not None:
        visitor.cookies.append(desk.cookie("note", "", lasts=0, strict=False))
    page = desk.templates.render(visitor.language, name, {**page_context(request, visitor), **context})
    return HTMLResponse(page, status, headers={"Content-Language": visitor.language, "Vary": "Cookie, Accept-Language"})


def page_context(request: Request, visitor: Visitor) -> dict[str, Any]:
    """What every template has: the visitor and their user, `may("CODE")`, the navigation, `csrf_field` for forms and
    `csrf_token`, the languages, the path that is shown (`here`, with its query in `here_full`), a note from the request
    before."""
    desk = desk_of(request)
    token = csrf.token(visitor.secret) if visitor.secret else ""
    role = visitor.user.role if visitor.user is not None else None

    def may(permission: str) -> bool:
        return role is not None and allows(role, Permission[permission])

    query = f"?{request.url.query}" if request.url.query else ""
    return {
        "visitor": visitor,
        "user": visitor.user,
        "may": may,
        "navigation": [e for e in entries() if e.path in desk.places and may(e.permission.name)],
        "csrf_token": token,
        "csrf_field": Markup('<input type="hidden" name="{}" value="{}">').format(csrf.FIELD, token),
        "languages": [desk.catalogues[code] for code in desk.catalogues],
        "catalogue": desk.catalogues[visitor.language],
        "themes": THEMES,
        "here": request.url.path,
        "here_full": request.url.path + query,
        "note": unquote(visitor.note) if visitor.note else None,
        "version": __version__,
        "has_maps": desk.assets.complete,
    }


def redirect(request: Request, path: str, note: str | None = None) -> RedirectResponse:
    """Back to a page of the desk after a form was sent (303), with a note to be shown there. A path that leads
    elsewhere leads to the start page."""
    answer = RedirectResponse(own_path(path), 303)
    if note is not None:
        cookie = desk_of(request).cookie("note", quote(note[:1000]), lasts=_NOTE_LASTS, strict=False)
        current_visitor(request).cookies.append(cookie)
    return answer


def own_path(path: str | None, otherwise: str = "/") -> str:
    """A path on this desk, as it is; `otherwise` for anything that a browser would take for another site."""
    if not path or not path.startswith("/") or any(c in path for c in "\\\r\n\t\0"):
        return otherwise
    try:
        parts = urlsplit(path)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc or path.startswith("//") else path


def text(request: Request, message: str, **values: object) -> str:
    """A message, marked with `languages.N_`, in the visitor's language; `values` fill its `%(name)s`."""
    found = desk_of(request).catalogues[current_visitor(request).language].text(message)
    return found % values if values else found


def _environment(catalogue: Catalogue, assets: Assets) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    words = catalogue.translations
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext, npgettext=words.npgettext
    )
    wording = Wording(catalogue)
    environment.filters.update({name: getattr(wording, name) for name in Wording.FILTERS})
    environment.globals.update(asset=assets.url, language=catalogue.language, direction=catalogue.direction)
    return environment
