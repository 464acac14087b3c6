"""What a report was read to say: each value in the reader's language, with the places in the text that it rests on.

The values stand beside the text in this order, and the text is marked by them (`desk/passages.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

from vigie.exports import phrasing
from vigie.exports.labels import Labels
from vigie.exports.view import ordered, source_line
from vigie.model import Claim, CodedReport, Incident, Place, Span
from vigie.model.record import ReportedIncident, member_key

Kind = Literal["what", "where", "when", "toll", "who", "target", "weapon", "source"]
KINDS: tuple[Kind, ...] = ("what", "where", "when", "toll", "who", "target", "weapon", "source")


@dataclass(frozen=True, slots=True)
class Reading:
    """One value. `id` tells it from the others of its report ("v7"); `label` and `value` are in the reader's language,
    `note` says how it was got or on what terms. `field` and `member` name it in decisions where it is a field of an
    incident. `wide`: its words are whole sentences that hold the words of other values."""

    id: str
    kind: Kind
    label: str
    value: str
    spans: tuple[Span, ...]
    note: str = ""
    rule: str = ""
    field: str | None = None
    member: str | None = None
    wide: bool = False

    def query(self, report_id: str) -> str:
        """The query by which the form for this value is asked for."""
        asked = {"report": report_id, "member": self.member or "", "field": self.field or ""}
        if self.spans and not self.wide:
            asked |= {"start": str(self.spans[0].start), "end": str(self.spans[0].end)}
        return urlencode(asked)


@dataclass(frozen=True, slots=True)
class Group:
    """Values under one heading: an incident (`member` is its key, `number` as counted in print), or what else the
    report tells."""

    title: str
    readings: tuple[Reading, ...]
    number: int | None = None
    member: str | None = None
    background: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that was seen and left out, with the reason. `id` as of a Reading ("r3")."""

    id: str
    what: str
    reason: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """A value before it has an id."""

    kind: Kind
    label: str
    value: str
    spans: Sequence[Span]
    note: str = ""
    rule: str = ""
    field: str | None = None
    wide: bool = False


def groups_of(coded: CodedReport, labels: Labels) -> tuple[Group, ...]:
    """All values of a report, incident by incident, then what else it tells."""
    count = iter(range(1, 100_000))

    def group(title: str, told: Iterable[_Told], **more: Any) -> Group:
        member = more.get("member")
        readings = tuple(_reading(f"v{next(count)}", t, member) for t in told)
        return Group(title, readings, **more)

    shown = ordered(coded)
    numbers = {incident.id: number for number, incident in enumerate(shown, 1)}
    found = [
        group(
            labels.value("type", incident.type),
            [*_of_incident(incident, labels), *_of_claims(coded, incident, labels)],
            number=numbers[incident.id],
            member=member_key(coded.report.id, incident.id),
            background=incident.period == "background",
        )
        for incident in shown
    ]
    word = labels.word
    for title, told in (
        (word("sources"), _sources(coded, labels)),
        (word("tallies"), _tallies(coded, labels)),
        (word("strengths"), _strengths(coded, labels)),
        (word("developments"), _developments(coded, labels)),
        (word("links"), _links(coded, numbers, labels)),
    ):
        found.append(group(title, told))
    return tuple(each for each in found if each.readings or each.number is not None)


def readings_of(member: ReportedIncident, labels: Labels, prefix: str) -> tuple[Reading, ...]:
    """The values of one incident as one report tells it, without who says them; ids begin with `prefix`."""
    told = _of_incident(member.incident, labels)
    return tuple(_reading(f"{prefix}{n}", t, member.key) for n, t in enumerate(told, 1))


def _reading(id: str, told: _Told, member: str | None) -> Reading:
    return Reading(
        id=id,
        kind=told.kind,
        label=told.label,
        value=told.value,
        spans=tuple(dict.fromkeys(told.spans)),
        note=told.note,
        rule=told.rule,
        field=told.field,
        member=member,
        wide=told.wide,
    )


def left_out(coded: CodedReport) -> tuple[LeftOut, ...]:
    """What was seen in a report and left out."""
    return tuple(LeftOut(f"r{n}", r.what, r.reason, r.evidence) for n, r in enumerate(coded.rejections, 1))


def title_of(incident: Incident, labels: Labels) -> str:
    """An incident in a few words: its type, place and day."""
    parts = [labels.value("type", incident.type)]
    if incident.place is not None:
        parts.append(incident.place.name)
    if incident.date is not None:
        date = incident.date
        parts.append(
            phrasing.one_of(date.candidates, labels) if date.candidates else phrasing.days(date.start, date.end, labels)
        )
    return ", ".join(parts)


def _of_incident(incident: Incident, labels: Labels) -> Iterator[_Told]:
    def rule(field: str) -> str:
        return incident.producers.get(field, "rules")

    word = labels.word
    yield _Told(
        "what",
        word("what"),
        labels.value("type", incident.type),
        incident.evidence,
        rule=rule("type"),
        field="type",
        wide=True,
    )
    if incident.place:
        value, note = phrasing.located(incident.place, labels), _precision(incident.place, labels)
        yield _Told("where", word("where"), value, incident.place.evidence, note, rule("place"), "place")
    if incident.launch_place:
        value, note = phrasing.located(incident.launch_place, labels), _precision(incident.launch_place, labels)
        spans = incident.launch_place.evidence
        yield _Told("where", word("launched_from"), value, spans, note, rule("launch_place"), "launch_place")
    if incident.date:
        date = incident.date
        value = phrasing.one_of(date.candidates, labels) if date.candidates else ""
        notes = [labels.value("grain", date.grain)] if date.grain != "day" else []
        notes += [labels.value("date_basis", date.basis)] if date.basis != "stated" else []
        yield _Told(
            "when",
            word("when"),
            value or phrasing.days(date.start, date.end, labels),
            date.evidence,
            ", ".join(notes),
            rule("date"),
            "date",
        )
    for used in incident.weapons:
        yield _Told(
            "weapon",
            word("weapons"),
            phrasing.weapon(used, labels),
            used.evidence,
            rule=used.producer,
            field="weapons",
        )
    yield from _tolls(incident, labels)
    for target in incident.targets:
        kind = labels.value("target", target.kind)
        yield _Told("target", word("targets"), target.name, target.evidence, kind, target.producer, "targets")
    for actor in incident.actors:
        basis = labels.value("basis", actor.basis)
        yield _Told("who", word("actors"), actor.name, actor.evidence, basis, actor.producer, "actors")
    if incident.responsibility != "unknown":
        names = ", ".join(a.name for a in incident.actors) if incident.responsibility == "attributed" else ""
        value = f"{labels.value('responsibility', incident.responsibility)} {names}".strip()
        words = [s for c in incident.actors for s in c.evidence]
        yield _Told("who", word("responsibility"), value, words, rule=rule("responsibility"), field="responsibility")
    if incident.damage != "unknown":
        value = labels.value("damage", incident.damage)
        yield _Told("target", word("damage"), value, incident.evidence, rule=rule("damage"), field="damage", wide=True)


def _tolls(incident: Incident, labels: Labels) -> Iterator[_Told]:
    for field in ("killed", "injured", "attackers_killed"):
        toll = getattr(incident, field)
        if toll is not None:
            value = phrasing.bounds(toll.lower, toll.upper, labels) or labels.table["quantity"]["unknown"]
            rule = incident.producers.get(field, "rules")
            yield _Told("toll", labels.word(field), value, toll.evidence, rule=rule, field=field)
    for harm in incident.harm_by_group:
        tolls = [
            f"{labels.word(f)} {phrasing.bounds(q.lower, q.upper, labels)}"
            for f, q in (("killed", harm.killed), ("injured", harm.injured))
            if q is not None
        ]
        yield _Told("toll", labels.word("by_group"), labels.pair(harm.group, ", ".join(tolls)), harm.evidence)


def _of_claims(coded: CodedReport, incident: Incident, labels: Labels) -> Iterator[_Told]:
    """Who says it: each claim about an incident, with its words."""
    sources = {source.id: source for source in coded.sources}
    for claim in coded.claims:
        if claim.incident == incident.id:
            source = sources.get(claim.source) if claim.source is not None else None
            name = source.name if source is not None else labels.word("outlet_voice")
            terms = labels.value("terms", source.terms) if source is not None else ""
            yield _Told(
                "source", name, _claimed(claim, labels), claim.evidence, terms, claim.producer, wide=True
            )  # fmt: skip


def _claimed(claim: Claim, labels: Labels) -> str:
    manner = labels.value("modality", claim.modality)
    stance = labels.value("stance", claim.stance) + (f" ({manner})" if manner else "")
    fields = [labels.value("field", name) for name, value in claim.values.items() if value not in (None, (), "")]
    return labels.pair(stance, ", ".join(dict.fromkeys(fields))) if fields else stance


def _sources(coded: CodedReport, labels: Labels) -> Iterator[_Told]:
    for source in coded.sources:
        line = source_line(source, coded, labels)
        yield _Told("source", labels.value("source_kind", source.kind), source.name, source.evidence, line)


def _tallies(coded: CodedReport, labels: Labels) -> Iterator[_Told]:
    for tally in coded.tallies:
        value = f"{phrasing.bounds(tally.lower, tally.upper, labels)} {tally.what}".strip()
        extent = [
            f"{labels.word(name)} {phrasing.iso_day(day, labels)}"
            for name, day in (("since", tally.since), ("until", tally.until))
            if day
        ]
        if tally.place:
            extent.append(f"{labels.word('in')} {', '.join(tally.place)}")
        yield _Told("toll", labels.word("tallies"), value, tally.evidence, ", ".join(extent))


def _strengths(coded: CodedReport, labels: Labels) -> Iterator[_Told]:
    for strength in coded.strengths:
        number = phrasing.bounds(strength.lower, strength.upper, labels)
        country = labels.country(strength.country) if strength.country else ""
        yield _Told("toll", strength.force, number, strength.evidence, country)


def _developments(coded: CodedReport, labels: Labels) -> Iterator[_Told]:
    for development in coded.developments:
        notes = [phrasing.date(development.date, labels)] if development.date else []
        notes += [phrasing.located(development.place, labels)] if development.place else []
        names = ", ".join(development.actors)
        kind = labels.value("development", development.type)
        yield _Told("what", kind, names or kind, development.evidence, ", ".join(notes))


def _links(coded: CodedReport, numbers: Mapping[str, int], labels: Labels) -> Iterator[_Told]:
    for link in coded.links:
        value = f"{numbers.get(link.from_, link.from_)} → {numbers.get(link.to, link.to)}"
        yield _Told("what", labels.value("link", link.kind), value, link.evidence)


def _precision(place: Place, labels: Labels) -> str:
    return labels.value("precision", place.precision)
