"""What a person sees to decide on a pair of tellings or on a value: the texts, field by field, with reasons."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from vigie.desk.passages import Mark, Piece
from vigie.desk.readings import Reading, readings_of, title_of
from vigie.desk.report_view import KIND_OF_FIELD
from vigie.desk.sentences import Sentences
from vigie.desk.value_forms import json_of
from vigie.exports import phrasing
from vigie.exports.labels import Labels
from vigie.model import Span
from vigie.model.contract import plain
from vigie.model.record import Decided, Decision, FieldValue, Level, RecordIncident, ReportedIncident
from vigie.record.doubts import Doubt, doubts
from vigie.record.levels import levels
from vigie.record.words import word
from vigie.store.inquiry import Inquiry, Kept
from vigie.store.review_queue import OpenItem, OpenPair, OpenValue

Tone = Literal["for", "against", "neither"]
_SIDES = 30  # of a value, shown
_LOUD, _SUMMED_UP = 0.5, 5  # points from which a field is named at the head of a pair, and how many are


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's telling of an incident. `passages` are its sentences, each cut where words are marked; `home` is the
    record incident that it is in, of `together` reports."""

    member: ReportedIncident
    report: Kept
    title: str
    home: str
    together: int
    passages: tuple[tuple[Piece, ...], ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """How the two compare in one field: both values in words, the level reached, why, and what it speaks for."""

    field: str
    label: str
    a: str
    b: str
    level: str
    why: str
    points: float
    tone: Tone


@dataclass(frozen=True, slots=True)
class PairView:
    """A pair of tellings side by side. `rows` are the fields that speak, or that both give; `quiet` those
    that one at least does not give. `open` is None where it is no longer in the queue; `decision` is the one that
    stands on it."""

    key: tuple[str, str]
    a: Telling
    b: Telling
    rows: tuple[Compared, ...]
    quiet: tuple[Compared, ...]
    score: float
    blocked: str | None
    open: OpenPair | None
    decision: Decision | None
    subject: frozenset[str]

    @property
    def loudest(self) -> list[Compared]:
        """The fields that speak most for it or against it, the loudest first."""
        speaking = [row for row in self.rows if abs(row.points) >= _LOUD]
        return sorted(speaking, key=lambda row: -abs(row.points))[:_SUMMED_UP]


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says of a value in one report, with its first words and the sentences. `name` is None for the
    outlet's own voice. `again` are the copies that print the same."""

    name: str | None
    terms: str | None
    report: Kept
    value: Any
    span: Span | None
    passages: tuple[tuple[Piece, ...], ...]
    again: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueView:
    """A value of a record incident with all that is said of it. `value` is None where the record has none."""

    incident: RecordIncident
    title: str
    field: str
    value: FieldValue | None
    doubt: Doubt | None
    said: tuple[Said, ...]
    left: int
    differences: tuple[str, ...]
    open: OpenValue | None
    decision: Decision | None
    subject: frozenset[str]


def pair_view(asked: Inquiry, a: str, b: str, labels: Labels) -> PairView | None:
    """The view of a pair, None where one of the keys is not in the record."""
    a, b = sorted((a, b))
    told = asked.tellings([a, b])
    compared = asked.compare(a, b)
    if compared is None:
        return None
    reports = asked.reports({member.report_id for member in told.values()})
    homes = asked.homes([a, b])
    entries = {home: asked.entry(home) for home in set(homes.values())}
    incidents = {home: entry.incident for home, entry in entries.items() if entry is not None}
    sides = [
        _telling(told[key], reports[told[key].report_id], incidents[homes[key]], labels, prefix)
        for key, prefix in ((a, "a"), (b, "b"))
    ]
    open_ = asked.open_pair(a, b)
    rows = [_compared(level, sides[0], sides[1], labels) for level in compared.levels]
    return PairView(
        key=(a, b),
        a=sides[0],
        b=sides[1],
        rows=tuple(r for r in rows if r.points or (r.a and r.b)),
        quiet=tuple(r for r in rows if not r.points and not (r.a and r.b)),
        score=compared.score,
        blocked=word("barrier", open_.blocked, labels.language) if open_ is not None and open_.blocked else None,
        open=open_,
        decision=_on_pair(asked.log.decided, (a, b)),
        subject=frozenset(m for incident in incidents.values() for m in incident.members),
    )


def value_view(asked: Inquiry, incident_id: str, field: str, labels: Labels) -> ValueView | None:
    """The view of a value, None where there is no such incident."""
    entry = asked.entry(incident_id)
    if entry is None:
        return None
    incident = entry.incident
    told = asked.tellings(incident.members)
    members = sorted(told.values(), key=lambda m: m.order)
    reports = asked.reports({member.report_id for member in members})
    said = _all_said(members, reports, field)
    why = "why_fr" if labels.language == "fr" else "why_en"
    return ValueView(
        incident=incident,
        title=incident_title(incident, labels),
        field=field,
        value=incident.fields.get(field),
        doubt=next((d for d in doubts(incident, members) if d.field == field), None),
        said=tuple(said[:_SIDES]),
        left=max(0, len(said) - _SIDES),
        differences=tuple(dict.fromkeys(getattr(d, why) for d in incident.differences if d.field == field)),
        open=asked.open_value(incident.id, field),
        decision=_on_value(asked.log.decided, incident.members, field),
        subject=frozenset(incident.members),
    )


def headlines(asked: Inquiry, items: Sequence[OpenItem], labels: Labels) -> list[tuple[OpenItem, str]]:
    """The items of a queue, each in a few words."""
    keys = {key for item in items if isinstance(item, OpenPair) for key in (item.a, item.b)}
    told = asked.tellings(keys)
    found: list[tuple[OpenItem, str]] = []
    for item in items:
        if isinstance(item, OpenPair):
            titles = dict.fromkeys(title_of(told[key].incident, labels) for key in (item.a, item.b))
            found.append((item, " / ".join(titles)))
        else:
            entry = asked.entry(item.incident)
            title = incident_title(entry.incident, labels) if entry is not None else item.incident
            found.append((item, labels.pair(labels.value("field", item.field), title)))
    return found


def incident_title(incident: RecordIncident, labels: Labels) -> str:
    """A record incident in a few words: its type, place and day."""
    parts = [labels.value("type", incident.value("type"))] if incident.value("type") else []
    place, date = incident.value("place"), incident.value("date")
    if place is not None:
        parts.append(place.name)
    if date is not None:
        parts.append(phrasing.days(date.start, date.end, labels))
    return ", ".join(parts) or incident.id


# --- pairs ------------------------------------------------------------------------------------------------------------


def _telling(member: ReportedIncident, report: Kept, home: RecordIncident, labels: Labels, prefix: str) -> Telling:
    readings = readings_of(member, labels, prefix)
    marks = [
        Mark(s.start, s.end, reading.id, reading.kind)
        for reading in readings
        if not reading.wide
        for s in reading.spans
    ]
    spans = [*member.incident.evidence, *(s for r in readings for s in r.spans)]
    return Telling(
        member=member,
        report=report,
        title=title_of(member.incident, labels),
        home=home.id,
        together=len(home.reports),
        passages=Sentences(report.text, report.language).passages(spans, marks),
        readings=readings,
    )


def _compared(level: Level, a: Telling, b: Telling, labels: Labels) -> Compared:
    entry = levels()[level.field][level.name]
    french = labels.language == "fr"
    tone: Tone = "for" if level.points > 0 else "against" if level.points < 0 else "neither"
    told = level.why_fr if french else level.why_en
    return Compared(
        field=level.field,
        label=labels.word("sources") if level.field == "sources" else labels.value("field", level.field),
        a=_words(a, level.field),
        b=_words(b, level.field),
        level=entry.fr if french else entry.en,
        why=told if level.field == "place" and "(" in told else "",  # how far; else it repeats the two values
        points=level.points,
        tone=tone,
    )


def _words(telling: Telling, field: str) -> str:
    """What a telling says of a field, in words."""
    if field == "sources":
        names = [source.name for source in telling.member.sources]
        return ", ".join(dict.fromkeys(names))
    return ", ".join(r.value for r in telling.readings if r.field == field)


def _on_pair(decided: Decided, key: tuple[str, str]) -> Decision | None:
    return decided.same.get(key) or decided.different.get(key) or decided.unsure.get(key)


# --- values -----------------------------------------------------------------------------------------------------------


def _all_said(members: Sequence[ReportedIncident], reports: Mapping[str, Kept], field: str) -> list[Said]:
    """What is said of a field, each time by whom and in which sentence. What copies print again is said once."""
    found: dict[tuple[str, str | None, str], Said] = {}
    for member in members:
        report = reports[member.report_id]
        sentences = Sentences(report.text, report.language)
        for said in _said(member, report, field, sentences):
            key = (report.family, said.name, json.dumps(plain(json_of(said.value)), sort_keys=True, default=str))
            first = found.get(key)
            if first is None:
                found[key] = said
            elif first.report.id != report.id and report not in first.again:
                found[key] = replace(first, again=(*first.again, report))
    return list(found.values())


def _said(member: ReportedIncident, report: Kept, field: str, sentences: Sentences) -> Iterator[Said]:
    """What the sources of one report say of a field; the report itself, where no source of it does."""
    sources = {source.id: source for source in member.sources}
    found = False
    for claim in member.claims:
        value = claim.values.get(field)
        if value in (None, (), ""):
            continue
        found = True
        source = sources.get(claim.source) if claim.source is not None else None
        name, terms = (source.name, source.terms) if source is not None else (None, None)
        yield _one(name, terms, report, value, _spans(value) or claim.evidence, field, sentences)
    value = getattr(member.incident, field, None)
    if not found and value not in (None, (), "", "unknown"):
        yield _one(None, None, report, value, _spans(value) or member.incident.evidence, field, sentences)


def _one(
    name: str | None,
    terms: str | None,
    report: Kept,
    value: Any,
    words: Sequence[Span],
    field: str,
    sentences: Sentences,
) -> Said:
    marks = [Mark(s.start, s.end, "said", KIND_OF_FIELD.get(field, "what")) for s in words]
    return Said(name, terms, report, value, next(iter(words), None), sentences.passages(words, marks))


def _spans(value: Any) -> tuple[Span, ...]:
    if isinstance(value, tuple | list):
        return tuple(span for each in value for span in getattr(each, "evidence", ()))
    return tuple(getattr(value, "evidence", ()))


def _on_value(decided: Decided, members: Iterable[str], field: str) -> Decision | None:
    lines = [d for d in (decided.values.get((m, field)) for m in members) if d is not None]
    return max(lines, key=lambda d: d.number, default=None)
