"""Values in words: one function a kind of value, the labels' language in, one line of text out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from vigie.exports.labels import Labels
from vigie.model import Place, Quantity, ReportedDate, WeaponUse

_SHORT = 220


def quoted(words: str, labels: Labels, limit: int = _SHORT) -> str:
    """Words of the report in quotation marks, on one line, cut after `limit` characters at a word's end."""
    line = " ".join(words.split())
    if len(line) > limit:
        line = line[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    return f"« {line} »" if labels.language == "fr" else f"“{line}”"


def bounds(lower: int | None, upper: int | None, labels: Labels) -> str:
    """Two bounds as a phrase: "3", "at least 3", "at most 3", "3 to 5"; empty where neither is known."""
    if lower is None and upper is None:
        return ""
    if lower is not None and lower == upper:
        return (
            labels.word("none")
            if lower == 0
            else f"{lower:,}".replace(",", "\u202f" if labels.language == "fr" else ",")
        )
    forms: Mapping[str, str] = labels.table["quantity"]
    if upper is None:
        return forms["at_least"].format(low=lower)
    if not lower:
        return forms["at_most"].format(high=upper)
    return forms["range"].format(low=lower, high=upper)


def quantity(q: Quantity, labels: Labels) -> str:
    """A reported number with the words that gave it, where these are more than the number."""
    number = bounds(q.lower, q.upper, labels) or labels.table["quantity"]["unknown"]
    text = q.text.strip()
    if not text or text == number or (text.isdigit() and q.lower == q.upper):
        return number
    return f"{number} ({quoted(text, labels)})"


def day(d: dt.date, labels: Labels) -> str:
    """One day in words."""
    form: str = labels.table["date"]
    number = labels.word("first_of_month") if d.day == 1 else d.day
    return form.format(day=number, month=labels.months[d.month - 1], year=d.year)


def days(start: dt.date, end: dt.date, labels: Labels) -> str:
    """An inclusive stretch of days: "25 July 2024", "25–26 July 2024", "July 2024", "2024"."""
    last = end + dt.timedelta(days=1)
    if start == end:
        return day(start, labels)
    if (start.month, start.day, last.month, last.day) == (1, 1, 1, 1) and last.year == start.year + 1:
        return str(start.year)
    if start.day == 1 and last.day == 1 and (start.year, start.month) == (end.year, end.month):
        return f"{labels.months[start.month - 1]} {start.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end, labels)}"
    return f"{day(start, labels)} – {day(end, labels)}"


def one_of(candidates: Sequence[dt.date], labels: Labels) -> str:
    """Days of which one is meant: "18 or 25 July 2024"."""
    or_ = f" {labels.word('or')} "
    if len({(c.year, c.month) for c in candidates}) == 1:
        return or_.join([*(str(c.day) for c in candidates[:-1]), day(candidates[-1], labels)])
    return or_.join(day(c, labels) for c in candidates)


def date(d: ReportedDate, labels: Labels) -> str:
    """A reported date: the days (or the candidates left open), how fine it is, how it was got, its words."""
    if d.candidates:
        main = one_of(d.candidates, labels)
    else:
        main = days(d.start, d.end, labels)
    parts = [labels.value("grain", d.grain)]
    if d.basis != "stated":
        parts.append(labels.value("date_basis", d.basis))
    if d.text:
        parts.append(quoted(d.text, labels))
    return f"{main} ({', '.join(parts)})"


def place(p: Place, labels: Labels) -> str:
    """A place: relation, name, first-order unit, country, and how exact it is."""
    return f"{located(p, labels)} ({labels.value('precision', p.precision)})"


def located(p: Place, labels: Labels) -> str:
    """A place with its relation: "near Kherson, Kherson Oblast, Ukraine"."""
    return f"{labels.value('relation', p.relation)} {place_names(p, labels)}".strip()


def place_names(p: Place, labels: Labels) -> str:
    """A place's name, its first-order unit and its country, each once."""
    country = labels.country(p.country) if p.country else ""
    named = (country or p.name,) if p.precision == "country" else (p.name, p.admin1 or "", country)
    return ", ".join(name for name in dict.fromkeys(named) if name)


def weapon(w: WeaponUse, labels: Labels) -> str:
    """A weapon as used: number and kind, and what became of it."""
    number = bounds(w.lower, w.upper, labels)
    outcome = labels.value("outcome", w.outcome)
    phrase = f"{number} {labels.weapon(w.kind, many=_several(w.lower, w.upper))}".strip()
    return f"{phrase} [{outcome}]" if outcome else phrase


def _several(lower: int | None, upper: int | None) -> bool:
    """Whether a noun counted by these bounds stands in the plural."""
    last = lower if upper is None else upper
    return last is None or last > 1


def any_value(value: Any, labels: Labels) -> str:
    """A value of whatever kind, as claims and differences hold them, in words."""
    if value is None:
        return labels.table["quantity"]["unknown"]  # type: ignore[no-any-return]
    if isinstance(value, Quantity):
        return quantity(value, labels)
    if isinstance(value, ReportedDate):
        return date(value, labels)
    if isinstance(value, Place):
        return place(value, labels)
    if isinstance(value, WeaponUse):
        return weapon(value, labels)
    if isinstance(value, Mapping):
        return _mapping(value, labels)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(any_value(v, labels) for v in value) or labels.word("none")
    name = getattr(value, "name", None) or getattr(value, "group", None)
    return str(name or value).replace("_", " ")


def iso_day(text: str, labels: Labels) -> str:
    """An ISO day in words; anything else as it is."""
    try:
        return day(dt.date.fromisoformat(text), labels)
    except ValueError:
        return text


def _mapping(value: Mapping[str, Any], labels: Labels) -> str:
    """A value that is plain JSON already."""
    number = bounds(value.get("lower"), value.get("upper"), labels)
    if "kind" in value and "name" not in value:
        many = _several(value.get("lower"), value.get("upper"))
        return f"{number} {labels.weapon(str(value['kind']), many=many)}".strip()
    if "start" in value and value.get("start"):
        start = dt.date.fromisoformat(str(value["start"])[:10])
        return days(start, dt.date.fromisoformat(str(value.get("end") or value["start"])[:10]), labels)
    words = value.get("name") or number or value.get("text")
    return str(words) if words else ", ".join(f"{k} {v}" for k, v in value.items() if k != "evidence")
