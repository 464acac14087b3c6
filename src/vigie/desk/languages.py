"""The languages of the desk: catalogues of its words (gettext), and which one a visitor reads.

English is the language of the source; each other language has `locale/<code>/LC_MESSAGES/desk.po`, read as it is.
"""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.requests import HTTPConnection

SOURCE_LANGUAGE = "en"
FOLDER = Path(__file__).with_name("locale")
_REGION = {"en": "en_GB"}  # day before month, as in most of the world


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language: its words and how it writes dates and numbers. `name` is what its speakers call it; `direction`
    is `ltr` or `rtl`."""

    language: str
    locale: Locale
    translations: gettext.NullTranslations

    @property
    def name(self) -> str:
        return (Locale(self.language).get_display_name(self.language) or self.language).capitalize()

    @property
    def direction(self) -> str:
        return self.locale.text_direction

    def text(self, message: str) -> str:
        """A message in this language."""
        return self.translations.gettext(message)

    def texts(self, one: str, many: str, n: int) -> str:
        """A message about a number, in the form that the number asks for; `%(num)s` stands for it."""
        return self.translations.ngettext(one, many, n) % {"num": n}


def N_(message: str) -> str:  # noqa: N802  # the name by which gettext's tools know it
    """Marks a message for the catalogues, and leaves it as it is."""
    return message


def po_file(language: str, folder: Path = FOLDER) -> Path:
    """Where the words of a language are."""
    return folder / language / "LC_MESSAGES" / "desk.po"


def catalogues(folder: Path = FOLDER) -> dict[str, Catalogue]:
    """All languages, English first. Raises OSError or ValueError for a file that cannot be read."""
    found = {SOURCE_LANGUAGE: Catalogue(SOURCE_LANGUAGE, _locale(SOURCE_LANGUAGE), gettext.NullTranslations())}
    for code in sorted(path.name for path in folder.iterdir() if po_file(path.name, folder).is_file()):
        with po_file(code, folder).open("rb") as file:
            catalogue = read_po(file, locale=code, domain="desk")
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        found[code] = Catalogue(code, _locale(code), gettext.GNUTranslations(compiled))
    return found


def chosen_language(request: HTTPConnection) -> str:
    """The language of a visitor: as they chose it, else as their browser asks for, else English."""
    desk = request.app.state.desk
    kept = request.cookies.get(desk.config.cookie("language"))
    if kept in desk.catalogues:
        return str(kept)
    asked = _accepted(request.headers.get("accept-language", ""))
    return negotiate_locale(asked, list(desk.catalogues), sep="-") or SOURCE_LANGUAGE


def _accepted(header: str) -> list[str]:
    """The languages of an Accept-Language header, the best first (RFC 9110, section 12.5.4)."""
    weighed = []
    for place, part in enumerate(header[:500].split(",")):
        tag, _, rest = part.strip().partition(";")
        try:
            weight = float(rest.strip().removeprefix("q=")) if rest else 1.0
        except ValueError:
            weight = 0.0
        if tag and weight > 0:
            weighed.append((-weight, place, tag))
    return [tag for _, _, tag in sorted(weighed)]


def _locale(code: str) -> Locale:
    return Locale.parse(_REGION.get(code, code))
