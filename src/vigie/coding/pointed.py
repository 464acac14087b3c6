"""What some words of a report say, when a person points at them and names the field: a value to begin with.

The same finders of numbers, dates, places and phrases are asked that the coder asks, over the whole text, because a
weekday and a place mean what they mean by what stands round them; of what they find, what the words hold is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from vigie.coding.actors import target_kind
from vigie.coding.annotated import AnnotatedReport, Spanned
from vigie.coding.phrases import phrase_of_match
from vigie.language.pack import Match, load_pack
from vigie.language.schema import Body, Harm, Trigger, Weapon
from vigie.mentions.dates import find_dates
from vigie.mentions.places import find_places
from vigie.mentions.quantities import find_quantities
from vigie.model import Actor, Place, Quantity, Report, ReportedDate, Span, Target, WeaponUse
from vigie.text.normal import normalise

_TOLLS = ("killed", "injured", "attackers_killed")


def value_of_words(report: Report, start: int, end: int, field: str) -> Any:
    """The value of a field that `report.text[start:end]` gives: a Quantity, ReportedDate or Place, a tuple of one Actor
    or Target or of WeaponUses, the id of a type; None where the words give none. Its evidence are these words.

    report.language must be set. Raises LanguageUnavailable where the language has no pack.
    """
    reader = _READERS.get(field)
    if reader is None:
        return None
    annotated, low, high = _pointed(report, start, end)
    return reader(annotated, low, high, Span(start, end, report.text[start:end]))


def likely_field(report: Report, start: int, end: int) -> str:
    """The field that `report.text[start:end]` most likely speaks of: a weapon before a number before a day before a
    place; else whoever or whatever is named. Raises as `value_of_words` does."""
    annotated, low, high = _pointed(report, start, end)
    harm = [m.entry for m in annotated.matches_in(low, high, "harm") if isinstance(m.entry, Harm)]
    language = annotated.pack.language
    if any(_weapon_kind(m) is not None for m in annotated.matches_in(low, high, "weapons")):
        return "weapons"
    numbers = find_quantities(annotated.text, language, include_articles=False)
    if any(q.unit == "count" for q in _in(numbers, low, high)):
        return "injured" if any(h.harm == "injured" for h in harm) else "killed"
    if any(d.date is not None for d in _in(find_dates(annotated.text, language, report.published), low, high)):
        return "date"
    if harm:
        return "injured" if harm[0].harm == "injured" else "killed"
    if any(p.known for p in _in(find_places(annotated.text, language), low, high)):
        return "place"
    if _type(annotated, low, high, Span(start, end, "")) is not None:
        return "type"
    bodies = [m.entry for m in annotated.matches_in(low, high, "actors") if isinstance(m.entry, Body)]
    return "actors" if any(b.kind in ("attacker", "armed_group") for b in bodies) else "targets"


def _pointed(report: Report, start: int, end: int) -> tuple[AnnotatedReport, int, int]:
    """The phrases of a report, and the offsets in its normal text of the words pointed at."""
    pack = load_pack(report.language or "")
    normal = normalise(report.text)
    annotated = AnnotatedReport(report, normal, pack, (), matches=tuple(pack.find(normal.text, normal.folded)))
    return annotated, *_offsets(annotated, start, end)


def _offsets(report: AnnotatedReport, start: int, end: int) -> tuple[int, int]:
    """The offsets in the normal text of a stretch of the text as received."""
    offsets = report.normal.offsets
    if offsets is None:
        return start, end
    low = next((i for i, at in enumerate(offsets) if at >= start), len(report.text))
    high = next((i for i, at in enumerate(offsets) if at >= end), len(report.text))
    return low, high


def _in(found: Iterable[Any], low: int, high: int) -> list[Any]:
    """Of what was found, what shares characters with a stretch: the most shared first, then as in the text."""

    def shared(each: Spanned) -> int:
        return min(each.end, high) - max(each.start, low)

    return sorted((each for each in found if shared(each) > 0), key=lambda each: (-shared(each), each.start))


def _quantity(report: AnnotatedReport, low: int, high: int, words: Span) -> Quantity | None:
    found = _in(find_quantities(report.text, report.pack.language), low, high)
    counts = [q for q in found if q.unit == "count"] or found
    if not counts:
        return None
    told: Quantity = counts[0].quantity
    return replace(told, evidence=(words,))


def _date(report: AnnotatedReport, low: int, high: int, words: Span) -> ReportedDate | None:
    dates = find_dates(report.text, report.pack.language, report.report.published)
    told: list[ReportedDate] = [d.date for d in _in(dates, low, high) if d.date is not None]
    if not told:
        return None
    return replace(told[0], evidence=(words,))


def _place(report: AnnotatedReport, low: int, high: int, words: Span) -> Place:
    for mention in _in(find_places(report.text, report.pack.language), low, high):
        told: Place = mention.place
        return replace(told, evidence=(words,))
    name = _name(words)
    return Place(name, name, None, "settlement", evidence=(words,))


def _actors(report: AnnotatedReport, low: int, high: int, words: Span) -> tuple[Actor, ...]:
    return (Actor(_name(words), "stated", (words,)),)


def _targets(report: AnnotatedReport, low: int, high: int, words: Span) -> tuple[Target, ...]:
    matches = _in(report.matches_in(low, high, "actors", "targets"), low, high)
    kind = target_kind(phrase_of_match(report, matches[0])) if matches else "other"
    return (Target(_name(words), kind, (words,)),)


def _weapons(report: AnnotatedReport, low: int, high: int, words: Span) -> tuple[WeaponUse, ...]:
    """Each kind of weapon once, with the number that stands before it among the words."""
    found: dict[str, WeaponUse] = {}
    numbers = [q for q in _in(find_quantities(report.text, report.pack.language), low, high) if q.unit == "count"]
    for match in sorted(report.matches_in(low, high, "weapons", "triggers"), key=lambda m: m.start):
        kind = _weapon_kind(match)
        if kind is None or kind in found:
            continue
        before = [q for q in numbers if q.end <= match.start and len(report.text[q.end : match.start].split()) <= 2]
        number = max(before, key=lambda q: q.end).quantity if before else None
        found[kind] = WeaponUse(
            kind, number.lower if number else None, number.upper if number else None, "unknown", (words,)
        )
    return tuple(found.values())


def _weapon_kind(match: Match) -> str | None:
    entry = match.entry
    if isinstance(entry, Weapon):
        return entry.kind
    return entry.weapon if isinstance(entry, Trigger) else None


def _type(report: AnnotatedReport, low: int, high: int, words: Span) -> str | None:
    for match in _in(report.matches_in(low, high, "triggers"), low, high):
        entry = match.entry
        if isinstance(entry, Trigger) and entry.type is not None:
            return entry.type
    return None


def _name(words: Span) -> str:
    return " ".join(words.quote.split())


_READERS: Mapping[str, Callable[[AnnotatedReport, int, int, Span], Any]] = MappingProxyType(
    {
        "type": _type,
        "date": _date,
        "place": _place,
        "launch_place": _place,
        "actors": _actors,
        "targets": _targets,
        "weapons": _weapons,
        **dict.fromkeys(_TOLLS, _quantity),
    }
)
