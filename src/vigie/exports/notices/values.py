"""Values as notices hold them (`vigie.runs.watching.telling.snapshot`), in words."""

from __future__ import annotations

import datetime as dt
import importlib.resources
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from vigie.exports.labels import Labels, labels
from vigie.exports.phrasing import bounds, days, iso_day

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONGEST = 400


@cache
def words() -> Mapping[str, Mapping[str, Any]]:
    """The words of notices: key → language → words, or the words for one and for several."""
    text = (importlib.resources.files("vigie.exports.notices") / "words.yaml").read_text("utf-8")
    table: dict[str, dict[str, Any]] = yaml.load(text, Loader=_Loader)
    return table


def word(key: str, language: str, **filled: object) -> str:
    """One word or phrase; `filled` go into its braces."""
    found: str = words()[key][language]
    return found.format(**filled) if filled else found


def counted(key: str, number: int, language: str) -> str:
    """A phrase with a number in it. French has the singular for nothing, too."""
    one, several = words()[key][language]
    alone = number < 2 if language == "fr" else number == 1
    form: str = one if alone else several
    return form.format(n=number)


def title(incident: Mapping[str, Any], language: str) -> str:
    """An incident in one line: type, place, day."""
    where = value("place", incident["place"], language) if incident["place"] else word("no_place", language)
    when = value("date", incident["date"], language) if incident["date"] else word("no_day", language)
    return one_line(f"{value('type', incident['type'], language)}, {where}, {when}")


def value(field: str, told: Any, language: str) -> str:
    """The value of a field in words."""
    own = labels(language)
    if told is None or told == []:
        return word("unknown", language)
    if field in ("killed", "injured", "attackers_killed"):
        return bounds(told["lower"], told["upper"], own) or word("unknown", language)
    if field == "date":
        return days(dt.date.fromisoformat(told["start"]), dt.date.fromisoformat(told["end"]), own)
    if field in ("place", "launch_place"):
        return _place(told, own)
    if field in ("actors", "targets"):
        return ", ".join(dict.fromkeys(row["name"] for row in told))
    if field == "weapons":
        return ", ".join(_weapon(row, own) for row in told)
    if field in ("type", "damage", "responsibility"):
        return own.value(field, told)
    if field == "standing":
        return word(f"standing_{told}", language)
    if isinstance(told, bool):
        return word("yes" if told else "no", language)
    return str(told)


def day_of(published: str, own: Labels) -> str:
    """A day of publication, as a list of reports gives it, in words."""
    return iso_day(published[:10], own)


def one_line(text: str) -> str:
    """Text on one line of bounded length, with nothing in it that a terminal would act on."""
    line = " ".join("".join(_shown(c) for c in text).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _shown(character: str) -> str:
    if character.isprintable() or character.isspace():
        return character
    # Marks of direction and joining are not seen, and could turn a line round; control characters could do more.
    return "" if unicodedata.category(character) == "Cf" else "\ufffd"


def _place(told: Mapping[str, Any], own: Labels) -> str:
    country = own.country(told["country"]) if told["country"] else ""
    if told["precision"] == "country":
        return country or told["name"]
    return ", ".join(dict.fromkeys(name for name in (told["name"], country) if name))


def _weapon(row: Mapping[str, Any], own: Labels) -> str:
    last = row["lower"] if row["upper"] is None else row["upper"]
    named = own.weapon(row["kind"], many=last is None or last > 1)
    outcome = own.value("outcome", row["outcome"])
    number = bounds(row["lower"], row["upper"], own)
    return f"{number} {named}".strip() + (f" [{outcome}]" if outcome else "")
