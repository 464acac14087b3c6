"""A value of the record as somebody types it, as the JSON value of a decision."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from vigie.errors import DateError, DecisionError
from vigie.model.contract import plain

HOW = MappingProxyType(
    {
        "type": "a type: attack, shelling_missile …",
        "date": "2024-03-14, 2024-03-14/2024-03-15, 2024-03, 2024",
        "place": "a name, or name, country; with lat,lon: 'Harir, IQ, 36.5, 44.4'",
        "launch_place": "as place",
        "actors": "names, with ; between them; 'name (claimed)' says on what basis",
        "responsibility": "claimed, denied, attributed, unclaimed, unknown",
        "targets": "names, with ; between them; 'name (civilian)' says of what kind",
        "weapons": "kinds, with ; between them: '2 drone; rocket (intercepted)'",
        "killed": "12, 3-5, 5+ (at least), <=5 (at most)",
        "injured": "as killed",
        "attackers_killed": "as killed",
        "damage": "none, reported, unknown",
    }
)
"""How the value of each field is typed; JSON, as `vigie show --format json` has it, will do for all."""

_BOUNDS = re.compile(r"(?P<low>\d{1,9})(?:\s*[-–]\s*(?P<high>\d{1,9})|\s*(?P<more>\+))?|(?:<=|≤)\s*(?P<most>\d{1,9})")
_BRACKETS = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<kind>[\w ]+)\))?")
_WEAPON = re.compile(
    r"(?:(?P<low>\d{1,6})(?:\s*[-–]\s*(?P<high>\d{1,6})|\s*(?P<more>\+))?\s+)?"
    r"(?P<kind>[^\d()]+?)\s*(?:\((?P<outcome>\w+)\))?"
)


def value_of(field: str, typed: str) -> Any:
    """The JSON value that was typed for a field. Raises DecisionError where it means nothing or the field is none."""
    from vigie.record.field_values import value_from_json

    words = typed.strip()
    if field not in HOW:
        raise DecisionError(f"no field is called {field!r}; there are: {', '.join(HOW)}")
    try:
        value = json.loads(words) if words[:1] in ("{", "[") else _READERS[field](words)
    except ValueError as error:
        raise DecisionError(f"{typed!r} is no value for {field!r}: type {HOW[field]}") from error
    value_from_json(field, value)
    return value


def _toll(typed: str) -> Any:
    found = _BOUNDS.fullmatch(typed)
    if found is None:
        raise ValueError(typed)
    if found["most"]:
        return {"lower": None, "upper": int(found["most"]), "hedge": "at_most"}
    low = int(found["low"])
    if found["more"]:
        return {"lower": low, "upper": None, "hedge": "at_least"}
    return {"lower": low, "upper": int(found["high"])} if found["high"] else low


def _date(typed: str) -> Any:
    from vigie.readers import read_published

    first, _, last = (part.strip() for part in typed.partition("/"))
    try:
        start, end = read_published(first), read_published(last or first)
    except DateError as error:
        raise ValueError(typed) from error
    grain = start.grain if start.grain in ("year", "month") and not last else "day"
    return {"start": start.start.isoformat(), "end": end.end.isoformat(), "grain": grain}


def _place(typed: str) -> Any:
    from vigie.store.naming import country_code, place_meant

    name, *rest = (part.strip() for part in typed.split(","))
    country = next((code for part in rest for code in [country_code(part)] if code is not None), None)
    degrees = [float(part) for part in rest if re.fullmatch(r"-?\d{1,3}(\.\d{1,8})?", part)]
    if (
        not any(map(str.isalpha, name))
        or len(degrees) not in (0, 2)
        or len(rest) != len(degrees) + (country is not None)
    ):
        raise ValueError(typed)
    known = place_meant(name)
    if known is not None and (country is None or known.country == country) and not degrees:
        return {key: value for key, value in plain(known).items() if key != "evidence"}
    place: dict[str, Any] = {"name": name, "country": country}
    return {**place, "lat": degrees[0], "lon": degrees[1]} if degrees else place


def _code(kind: str) -> Callable[[str], Any]:
    def read(typed: str) -> Any:
        from vigie.exports.labels import LANGUAGES, labels
        from vigie.language.folding import fold

        for language in LANGUAGES:
            for code, word in labels(language).table["values"][kind].items():
                if fold(typed) in (code, fold(code), fold(str(word))):
                    return code
        raise ValueError(typed)

    return read


def _named(key: str) -> Callable[[str], Any]:
    def read(typed: str) -> Any:
        rows = []
        for part in filter(None, (part.strip() for part in typed.split(";"))):
            found = _BRACKETS.fullmatch(part)
            if found is None:
                raise ValueError(typed)
            rows.append({"name": found["name"], key: found["kind"]} if found["kind"] else {"name": found["name"]})
        if not rows:
            raise ValueError(typed)
        return rows

    return read


def _weapons(typed: str) -> Any:
    from vigie.cli.filtering import weapon_meant

    rows = []
    for part in filter(None, (part.strip() for part in typed.split(";"))):
        found = _WEAPON.fullmatch(part)
        kind = weapon_meant(found["kind"]) if found is not None else None
        if found is None or kind is None:
            raise ValueError(typed)
        low = int(found["low"]) if found["low"] else None
        high = None if found["more"] else int(found["high"]) if found["high"] else low
        rows.append({"kind": kind, "lower": low, "upper": high, "outcome": found["outcome"] or "unknown"})
    if not rows:
        raise ValueError(typed)
    return rows


_READERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "type": _code("type"),
        "date": _date,
        "place": _place,
        "launch_place": _place,
        "actors": _named("basis"),
        "responsibility": _code("responsibility"),
        "targets": _named("kind"),
        "weapons": _weapons,
        "killed": _toll,
        "injured": _toll,
        "attackers_killed": _toll,
        "damage": _code("damage"),
    }
)
