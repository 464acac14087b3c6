"""A report coded by hand as a form: what was typed, as it stands, and the line of a hand coding that it makes.

Rows are numbered in the form (`i0.killed.lower`, `i0.actors.1.name`, `s0.name`, `t0.lower`), in whatever order a page
has added them; rows left empty mean nothing. What rests on words of the report has an input `words` with their offsets
("12-30 44-50").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from vigie.desk.languages import N_
from vigie.evaluation.door import MOST_TARGETS, GoldLine

TOLLS = ("killed", "injured", "attackers_killed")
LISTS: Mapping[str, tuple[str, ...]] = {
    "weapons": ("kind", "lower", "upper", "words"),
    "actors": ("name", "words"),
    "targets": ("name", "words"),
}
SINGLE: Mapping[str, tuple[str, ...]] = {
    "type": ("value", "words"),
    "period": ("value",),
    "date": ("start", "end", "assumed", "words"),
    "place": ("name", "country", "words"),
    **dict.fromkeys(TOLLS, ("lower", "upper", "words")),
    "responsibility": ("value", "words"),
    "speakers": ("numbers",),
}
SPEAKER = ("name", "terms", "quote", "words")
TOTAL = ("what", "lower", "upper", "since", "text", "words")
_GIVEN_ANYWAY = ("period", "responsibility")  # have a value before anybody has chosen one
_MOST_ROWS = 80
_LONGEST = 500
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")

Row = dict[str, str]

NO_TYPE = N_("Give the type of the incident.")
NO_TERMS = N_("Say on what terms this source speaks.")
NO_NAME = N_("Give the name of this source as the report words it.")
NO_KIND = N_("Give the kind of weapon.")
NO_NUMBER = N_("Give a whole number, or leave it empty where it is not known.")
NO_BOUND = N_("Give one of the two numbers at least.")
TURNED = N_("The most is less than the least.")
NO_DAY = N_("Give a day as year-month-day: 2024-03-08.")
DAYS_TURNED = N_("The last day is before the first.")
NO_SPEAKER = N_("There is no source of that number.")
TOO_MANY = N_("Give the three main ones and no more.")
NO_LINE = N_("This cannot be saved as it is: look at every field once more.")


@dataclass(slots=True)
class IncidentForm:
    """One incident as typed: the inputs of each single field, and the rows of each list."""

    single: dict[str, Row] = field(
        default_factory=lambda: {name: dict.fromkeys(each, "") for name, each in SINGLE.items()}
    )
    lists: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in LISTS})

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        told = (row for name, row in self.single.items() if name not in _GIVEN_ANYWAY)
        return not any(value for row in told for value in row.values()) and not any(
            map(_given, (row for rows in self.lists.values() for row in rows))
        )


@dataclass(slots=True)
class SheetForm:
    """A report as typed."""

    speakers: list[Row] = field(default_factory=list)
    incidents: list[IncidentForm] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)
    note: str = ""

    @property
    def flat(self) -> dict[str, str]:
        """All inputs by their names, those left empty apart: as a draft is kept."""
        return {name: value for name, value in self._inputs() if value}

    def _inputs(self) -> Iterator[tuple[str, str]]:
        yield "note", self.note
        for letter, rows in (("s", self.speakers), ("t", self.totals)):
            for n, row in enumerate(rows):
                yield from ((f"{letter}{n}.{name}", value) for name, value in row.items())
        for n, incident in enumerate(self.incidents):
            for name, row in incident.single.items():
                yield from ((f"i{n}.{name}.{part}", value) for part, value in row.items())
            for name, rows in incident.lists.items():
                for k, row in enumerate(rows):
                    yield from ((f"i{n}.{name}.{k}.{part}", value) for part, value in row.items())


def form_of(given: Iterable[tuple[str, Any]]) -> SheetForm:
    """What was typed, from the inputs of a form or a draft; rows that are empty are left out, and the numbers by which
    incidents name their speakers follow."""
    typed = {name: str(value).strip()[:_LONGEST] for name, value in given if isinstance(value, str)}
    speakers = _rows(typed, "s", SPEAKER)
    kept = [n for n, row in sorted(speakers.items()) if _given(row)]
    incidents = {}
    for n in sorted(_numbers(typed, r"i(\d+)\.")):
        incident = IncidentForm()
        for name, parts in SINGLE.items():
            incident.single[name] = {part: typed.get(f"i{n}.{name}.{part}", "") for part in parts}
        for name, parts in LISTS.items():
            rows = _rows(typed, f"i{n}.{name}.", parts)
            incident.lists[name] = [row for _, row in sorted(rows.items()) if _given(row)]
        numbers = incident.single["speakers"]["numbers"]
        incident.single["speakers"]["numbers"] = re.sub(
            r"\d+", lambda found: _renumbered(found[0], kept, speakers), numbers
        )
        incidents[n] = incident
    totals = _rows(typed, "t", TOTAL)
    return SheetForm(
        speakers=[speakers[n] for n in kept],
        incidents=[incident for _, incident in sorted(incidents.items()) if not incident.empty],
        totals=[row for _, row in sorted(totals.items()) if _given(row)],
        note=typed.get("note", ""),
    )


def form_of_line(line: Mapping[str, Any]) -> SheetForm:
    """The form of a line that was saved, to go on from there."""
    words = line.get("evidence", {})

    def at(path: str) -> str:
        return " ".join(f"{span['start']}-{span['end']}" for span in words.get(path, ()))

    def texts(row: Mapping[str, Any] | None, parts: Iterable[str]) -> Row:
        found = row or {}
        return {part: "" if found.get(part) is None else str(found[part]) for part in parts}

    form = SheetForm(note=line.get("note") or "")
    for n, speaker in enumerate(line.get("sources", ())):
        form.speakers.append({**texts(speaker, SPEAKER), "words": at(f"sources[{n}]")})
    for n, total in enumerate(line.get("tallies", ())):
        form.totals.append({**texts(total, TOTAL), "words": at(f"tallies[{n}]")})
    for n, told in enumerate(line.get("incidents", ())):
        incident = IncidentForm()
        for name in ("type", "period", "responsibility"):
            incident.single[name]["value"] = told.get(name) or ""
        date = told.get("date")
        incident.single["date"] |= texts(date, ("start", "end"))
        incident.single["date"]["assumed"] = "yes" if date and date.get("basis") == "assumed" else ""
        incident.single["place"] |= texts(told.get("place"), ("name", "country"))
        for toll in TOLLS:
            incident.single[toll] |= texts(told.get(toll), ("lower", "upper"))
        incident.single["speakers"]["numbers"] = " ".join(str(index + 1) for index in told.get("sources", ()))
        for name, row in incident.single.items():
            if "words" in row:
                row["words"] = at(f"incidents[{n}].{name}")
        for k, weapon in enumerate(told.get("weapons", ())):
            incident.lists["weapons"].append(
                {**texts(weapon, ("kind", "lower", "upper")), "words": at(f"incidents[{n}].weapons[{k}]")}
            )
        for name in ("actors", "targets"):
            for k, each in enumerate(told.get(name, ())):
                incident.lists[name].append({"name": each, "words": at(f"incidents[{n}].{name}[{k}]")})
        form.incidents.append(incident)
    return form


@dataclass(slots=True)
class Made:
    """The line that a form makes, and what is wrong with it: a message of the catalogues by the name of the input."""

    line: dict[str, Any]
    errors: dict[str, str]


def line_of(form: SheetForm, report_id: str, text: str) -> Made:
    """The line of a hand coding of a report with this text. What has no words of its own, and whose name stands in the
    text once, rests on that."""
    maker = _Maker(text)
    line: dict[str, Any] = {"id": report_id, "sources": [], "incidents": [], "tallies": []}
    for n, row in enumerate(form.speakers):
        line["sources"].append(maker.speaker(n, row))
    for n, incident in enumerate(form.incidents):
        line["incidents"].append(maker.incident(n, incident, len(form.speakers)))
    for n, row in enumerate(form.totals):
        line["tallies"].append(maker.total(n, row))
    if maker.evidence:
        line["evidence"] = maker.evidence
    if form.note:
        line["note"] = form.note
    if not maker.errors:
        try:
            GoldLine.model_validate(line)
        except ValidationError:
            maker.errors["note"] = NO_LINE
    return Made(line, maker.errors)


class _Maker:
    """Makes the parts of a line, gathering what is wrong and the words that values rest on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.errors: dict[str, str] = {}
        self.evidence: dict[str, list[dict[str, Any]]] = {}

    def speaker(self, n: int, row: Row) -> dict[str, Any]:
        self._needed(f"s{n}.name", row["name"], NO_NAME)
        self._needed(f"s{n}.terms", row["terms"], NO_TERMS)
        self._words(f"sources[{n}]", row["words"], row["name"])
        quote = {"quote": row["quote"]} if row["quote"] else {}
        return {"name": row["name"], "terms": row["terms"], **quote}

    def total(self, n: int, row: Row) -> dict[str, Any]:
        bounds = self._bounds(f"t{n}", row)
        if bounds is None:
            self.errors.setdefault(f"t{n}.lower", NO_BOUND)
        self._words(f"tallies[{n}]", row["words"], row["text"])
        since = {"since": self._day(f"t{n}.since", row["since"])} if row["since"] else {}
        told = {"text": row["text"]} if row["text"] else {}
        return {"what": row["what"], **(bounds or {}), **since, **told}

    def incident(self, n: int, form: IncidentForm, speakers: int) -> dict[str, Any]:
        path, single = f"incidents[{n}]", form.single
        self._needed(f"i{n}.type.value", single["type"]["value"], NO_TYPE)
        place = {part: single["place"][part] or None for part in ("name", "country")}
        for name, row in single.items():
            if "words" in row:
                self._words(f"{path}.{name}", row["words"], row.get("name", ""))
        targets = self._names(n, "targets", form)
        if len(targets) > MOST_TARGETS:
            self.errors[f"i{n}.targets.{MOST_TARGETS}.name"] = TOO_MANY
        return {
            "type": single["type"]["value"],
            "period": single["period"]["value"] or "current",
            "date": self._days(n, single["date"]),
            "place": place if any(place.values()) else None,
            "weapons": [self._weapon(n, k, row) for k, row in enumerate(form.lists["weapons"])],
            **{toll: self._bounds(f"i{n}.{toll}", single[toll]) for toll in TOLLS},
            "actors": self._names(n, "actors", form),
            "responsibility": single["responsibility"]["value"] or "unknown",
            "targets": targets,
            "sources": self._numbers(n, single["speakers"]["numbers"], speakers),
        }

    def _names(self, n: int, name: str, form: IncidentForm) -> list[str]:
        rows = form.lists[name]
        for k, row in enumerate(rows):
            self._words(f"incidents[{n}].{name}[{k}]", row["words"], row["name"])
            self._needed(f"i{n}.{name}.{k}.name", row["name"], N_("Give the name as the report words it."))
        return [row["name"] for row in rows]

    def _weapon(self, n: int, k: int, row: Row) -> dict[str, Any]:
        self._needed(f"i{n}.weapons.{k}.kind", row["kind"], NO_KIND)
        self._words(f"incidents[{n}].weapons[{k}]", row["words"], "")
        bounds = self._bounds(f"i{n}.weapons.{k}", row)
        return {"kind": row["kind"], **(bounds or {"lower": None, "upper": None})}

    def _bounds(self, name: str, row: Row) -> dict[str, int | None] | None:
        lower, upper = self._count(f"{name}.lower", row["lower"]), self._count(f"{name}.upper", row["upper"])
        if lower is None and upper is None:
            return None
        if lower is not None and upper is not None and lower > upper:
            self.errors.setdefault(f"{name}.upper", TURNED)
        return {"lower": lower, "upper": upper}

    def _count(self, name: str, typed: str) -> int | None:
        digits = "".join(typed.split())
        if not digits:
            return None
        if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
            self.errors[name] = NO_NUMBER
            return None
        return int(digits)

    def _days(self, n: int, row: Row) -> dict[str, Any] | None:
        if not row["start"] and not row["end"]:
            return None
        first = self._day(f"i{n}.date.start", row["start"])
        last = self._day(f"i{n}.date.end", row["end"]) if row["end"] else first
        if first and last and last < first:
            self.errors.setdefault(f"i{n}.date.end", DAYS_TURNED)
        return {"start": first, "end": last, **({"basis": "assumed"} if row["assumed"] else {})}

    def _day(self, name: str, typed: str) -> str:
        try:
            if not _DAY.fullmatch(typed):
                raise ValueError
            dt.date.fromisoformat(typed)
        except ValueError:
            self.errors[name] = NO_DAY
        return typed

    def _numbers(self, n: int, typed: str, speakers: int) -> list[int]:
        found = list(dict.fromkeys(int(each) for each in re.findall(r"\d{1,4}", typed)))
        if any(not 1 <= each <= speakers for each in found):
            self.errors[f"i{n}.speakers.numbers"] = NO_SPEAKER
        return [each - 1 for each in found]

    def _needed(self, name: str, value: str, message: str) -> None:
        if not value:
            self.errors[name] = message

    def _words(self, path: str, typed: str, name: str) -> None:
        spans = [(int(a), int(b)) for a, b in _SPAN.findall(typed)]
        if not spans and name and self.text.count(name) == 1:
            start = self.text.index(name)
            spans = [(start, start + len(name))]
        told = [
            {"start": a, "end": b, "quote": self.text[a:b]} for a, b in dict.fromkeys(spans) if a < b <= len(self.text)
        ]
        if told:
            self.evidence[path] = told


def _given(row: Row) -> bool:
    return any(row.values())


def _numbers(typed: Mapping[str, str], pattern: str) -> set[int]:
    found = (re.match(pattern, name) for name in typed)
    return {int(each[1]) for each in found if each is not None and len(each[1]) < 5 and int(each[1]) < _MOST_ROWS}


def _rows(typed: Mapping[str, str], prefix: str, parts: Iterable[str]) -> dict[int, Row]:
    return {
        n: {part: typed.get(f"{prefix}{n}.{part}", "") for part in parts}
        for n in _numbers(typed, rf"{re.escape(prefix)}(\d+)\.")
    }


def _renumbered(typed: str, kept: list[int], speakers: Mapping[int, Row]) -> str:
    """A speaker's number after empty rows have gone; one that never was stays, to be told of."""
    n = int(typed) - 1
    if n in kept:
        return str(kept.index(n) + 1)
    return "" if n in speakers else typed
