"""Values in the words of the sentences that say why, in English and French."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from vigie.model.dates import ReportedDate
from vigie.model.quantities import Quantity

_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_FR = "janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.".split()


def day(date: dt.date, language: str) -> str:
    """ "28 Jan 2024", "28 janv. 2024"."""
    names = _FR if language == "fr" else _EN
    return f"{date.day} {names[date.month - 1]} {date.year}"


def days(date: ReportedDate | None, language: str) -> str:
    """A day, or the first and last of several."""
    if date is None:
        return "—"
    if date.start == date.end:
        return day(date.start, language)
    return f"{day(date.start, language)} – {day(date.end, language)}"


def number(quantity: Quantity, language: str) -> str:
    """ "3", "3–5", "at least 3"."""
    low, high = quantity.lower, quantity.upper
    if low is not None and low == high:
        return str(low)
    if high is None:
        return f"{'au moins' if language == 'fr' else 'at least'} {low or 0}"
    if not low:
        return f"{'au plus' if language == 'fr' else 'at most'} {high}"
    return f"{low}–{high}"


def listed(names: Iterable[str], language: str) -> str:
    """ "A, B and C"."""
    words = list(names)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {'et' if language == 'fr' else 'and'} {words[-1]}"


def reports(n: int, language: str) -> str:
    """ "one report", "3 reports"; "un article", "3 articles"."""
    if language == "fr":
        return "un article" if n == 1 else f"{n} articles"
    return "one report" if n == 1 else f"{n} reports"


def share(some: int, all_: int, language: str) -> str:
    """ "2 of 3 reports", "2 articles sur 3"; of one, "one report", "un article"."""
    if all_ == 1:
        return reports(1, language)
    if language == "fr":
        return f"{some} article{'s' if some > 1 else ''} sur {all_}"
    return f"{some} of {all_} reports"
