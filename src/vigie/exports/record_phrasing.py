"""Values of the record in the short words of lists, and what was asked for in a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from vigie.exports.labels import Labels
from vigie.exports.phrasing import day, quoted
from vigie.store.filters import Filter, Named
from vigie.store.searching import ReportFilter
from vigie.store.tally_checks import TallyFilter
from vigie.store.totals import Sum

NOTHING = "–"


def short_days(first: str | None, last: str | None, labels: Labels) -> str:
    """Days as ISO text, in few letters: "14 Mar 2024", "14–15 Mar 2024", "Mar 2024", "2024"; a dash for none."""
    if not first:
        return NOTHING
    a, b = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
    months: list[str] = labels.table["short_months"]
    after = b + dt.timedelta(days=1)
    if a == b:
        return f"{_number(a, labels)} {months[a.month - 1]} {a.year}"
    if (a.month, a.day, after.month, after.day) == (1, 1, 1, 1) and after.year == a.year + 1:
        return str(a.year)
    if a.day == 1 and after.day == 1 and (a.year, a.month) == (b.year, b.month):
        return f"{months[a.month - 1]} {a.year}"
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day}–{b.day} {months[b.month - 1]} {b.year}"
    year = "" if a.year == b.year else f" {a.year}"
    return f"{_number(a, labels)} {months[a.month - 1]}{year} – {_number(b, labels)} {months[b.month - 1]} {b.year}"


def _number(d: dt.date, labels: Labels) -> str:
    return labels.word("first_of_month") if d.day == 1 else str(d.day)


def short_bounds(lower: int | None, upper: int | None, labels: Labels) -> str:
    """Bounds in few letters: "3", "3–5", "3+" (at least), "≤5" (at most); a dash where neither is known."""
    if lower is None and upper is None:
        return NOTHING
    if upper is None:
        return f"{labels.number(lower or 0)}+"
    if lower == upper:
        return labels.number(upper)
    return f"≤{labels.number(upper)}" if lower is None else f"{labels.number(lower)}–{labels.number(upper)}"


def place_name(name: str) -> str:
    """A place's name; one in the capitals of a dateline as any other name."""
    return name.title() if name.isupper() and len(name) > 3 else name


def short_sum(toll: Sum, incidents: int, labels: Labels) -> str:
    """A sum of tolls, and in brackets how many of the incidents tell none."""
    untold = incidents - toll.told
    if not toll.told:
        return NOTHING
    total = short_bounds(toll.lower, toll.upper, labels)
    return f"{total} ({labels.number(untold)})" if untold else total


def asked(wanted: Filter, labels: Labels) -> str:
    """What was asked for, in words; "everything" where nothing limits it."""
    return "; ".join(_parts(wanted, labels)) or labels.record("everything")


def asked_tallies(wanted: TallyFilter, labels: Labels) -> str:
    """Which tallies were asked for, in words."""
    word = labels.record
    parts = [
        f"{word(key)} {quoted(name, labels)}"
        for key, name in (("found_place", wanted.place), ("found_counter", wanted.counter))
        if name is not None
    ]
    return "; ".join([*parts, *_between(wanted.first_day, wanted.last_day, labels)]) or word("everything")


def asked_reports(wanted: ReportFilter, labels: Labels) -> str:
    """Which reports were asked for, in words."""
    parts = [f"{labels.record('found_text')} {quoted(wanted.text, labels)}"] if wanted.text is not None else []
    or_ = f" {labels.word('or')} "
    if wanted.outlets:
        parts.append(f"{labels.record('found_outlet')} {or_.join(wanted.outlets)}")
    if wanted.languages:
        parts.append(f"{labels.record('found_language')} {or_.join(map(labels.language_name, wanted.languages))}")
    return "; ".join([*parts, *_between(wanted.first_day, wanted.last_day, labels)]) or labels.record("everything")


def _between(first: dt.date | None, last: dt.date | None, labels: Labels) -> Iterator[str]:
    if first is not None:
        yield f"{labels.record('found_from')} {day(first, labels)}"
    if last is not None:
        yield f"{labels.record('found_to')} {day(last, labels)}"


def _parts(wanted: Filter, labels: Labels) -> Iterator[str]:
    word = labels.record
    for key, name in (
        ("found_place", wanted.place), ("found_actor", wanted.actor), ("found_target", wanted.target)
    ):  # fmt: skip
        if name is not None:
            yield f"{word(key)} {_name(name, labels)}"
    for key, codes, kind in (
        ("found_type", wanted.types, "type"), ("found_weapon", wanted.weapons, "weapon"),
        ("found_country", wanted.countries, "country"),
    ):  # fmt: skip
        if codes:
            yield f"{word(key)} " + f" {labels.word('or')} ".join(_code(kind, code, labels) for code in codes)
    yield from _between(wanted.first_day, wanted.last_day, labels)
    if wanted.text is not None:
        yield f"{word('found_text')} {quoted(wanted.text, labels)}"
    if wanted.box is not None:
        box = wanted.box
        yield word("found_box", box=",".join(f"{side:g}" for side in (box.west, box.south, box.east, box.north)))
    for key, on in (
        ("found_disputed", wanted.disputed), ("found_single", wanted.single_source),
        ("found_unreviewed", wanted.reviewed is False),
        ("found_current", wanted.period == "current"), ("found_background", wanted.period == "background"),
    ):  # fmt: skip
        if on:
            yield word(key)


def _name(name: str | Named, labels: Labels) -> str:
    if isinstance(name, str):
        return quoted(name, labels)
    others = [other for other in name.names if other.casefold() != name.typed.casefold()]
    if not others:
        return quoted(name.typed, labels)
    shown = ", ".join(others[:3]) + (" …" if len(others) > 3 else "")
    return f"{quoted(name.typed, labels)} ({labels.record('also_as', names=shown)})"


def _code(kind: str, code: str, labels: Labels) -> str:
    if kind == "weapon":
        return labels.weapon(code, many=False)
    return labels.country(code) if kind == "country" else labels.value(kind, code)
