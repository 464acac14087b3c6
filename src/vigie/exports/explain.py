"""Where each value comes from: the sentence with the words marked and the rule; and what was left out, with why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vigie.exports.labels import Labels
from vigie.exports.phrasing import any_value, bounds, date, place, quantity, weapon
from vigie.exports.view import ordered
from vigie.model import CodedReport, Incident, Span

_REACH = 240
_BREAK = re.compile(r"[.!?…]['\"”»)]?\s+(?=[\"“«(]?\s?[A-ZÀ-ÖØ-Þ0-9])|\n")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence in three pieces: what comes before the words, the words, what comes after; on one line each."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One value: what it is of ("1 · killed: ", empty for what was left out), the value in words, the rule that
    made it, its passages."""

    field: str
    value: str
    rule: str
    passages: tuple[Passage, ...]


def passage(text: str, span: Span, reach: int = _REACH) -> Passage:
    """The sentence of `text` that holds the span, cut to `reach` characters either side."""
    low = max(0, span.start - reach)
    breaks = _BREAK.finditer(text, low, min(len(text), span.start + 3))  # three more: a break looks ahead
    start = max((m.end() for m in breaks if m.end() <= span.start), default=low)
    after = _BREAK.search(text, span.end, min(len(text), span.end + reach))
    end = after.start() + 1 if after else min(len(text), span.end + reach)
    flat = (
        " ".join(part.split()) for part in (text[start : span.start], text[span.start : span.end], text[span.end : end])
    )
    before, words, rest = flat
    lead = "… " if start == low and low > 0 else ""
    tail = " …" if after is None and end < len(text) else ""
    gap_before = " " if text[start : span.start][-1:].isspace() else ""
    gap_after = " " if text[span.end : end][:1].isspace() else ""
    return Passage(lead + before + (gap_before if before else ""), words, (gap_after if rest else "") + rest + tail)


def explain(coded: CodedReport, labels: Labels) -> tuple[Explained, ...]:
    """Every value of a coded report with its passages and its rule, in the order a person reads the record."""
    return tuple(_explained(coded, labels))


def explain_rejections(coded: CodedReport, labels: Labels) -> tuple[Explained, ...]:
    """What was seen and left out; `rule` holds the reason."""
    text = coded.report.text
    return tuple(Explained("", r.what, r.reason, tuple(passage(text, s) for s in r.evidence)) for r in coded.rejections)


def _explained(coded: CodedReport, labels: Labels) -> Iterable[Explained]:
    text = coded.report.text

    def made(field: str, value: str, rule: str, spans: Sequence[Span]) -> Explained:
        return Explained(labels.pair(field, ""), value, rule, tuple(passage(text, span) for span in spans))

    for number, incident in enumerate(ordered(coded), 1):
        for field, value, rule, spans in _incident_values(incident, labels):
            yield made(f"{number} · {field}", value, rule, spans)
        for claim in (c for c in coded.claims if c.incident == incident.id):
            teller = next((s.name for s in coded.sources if s.id == claim.source), labels.word("outlet_voice"))
            stance = labels.value("stance", claim.stance)
            yield made(
                f"{number} · {labels.word('accounts')}", labels.pair(teller, stance), claim.producer, claim.evidence
            )
    for source in coded.sources:
        terms = ", ".join(filter(None, (labels.value("terms", source.terms), source.reason)))
        yield made(labels.word("sources"), labels.pair(source.name, terms), "attribution", source.evidence)
    for tally in coded.tallies:
        value = f"{bounds(tally.lower, tally.upper, labels)} {tally.what}"
        yield made(labels.word("tallies"), value, "tally", tally.evidence)
    for strength in coded.strengths:
        value = labels.pair(strength.force, bounds(strength.lower, strength.upper, labels))
        yield made(labels.word("strengths"), value, "strength", strength.evidence)
    for development in coded.developments:
        value = " · ".join([labels.value("development", development.type), *development.actors])
        yield made(labels.word("developments"), value, "development", development.evidence)
    for link in coded.links:
        yield made(labels.word("links"), labels.value("link", link.kind), "link", link.evidence)


def _incident_values(incident: Incident, labels: Labels) -> Iterable[tuple[str, str, str, Sequence[Span]]]:
    """Field, value in words, rule and spans of each value of one incident."""

    def rule(field: str) -> str:
        return incident.producers.get(field, "rules")

    word = labels.word
    yield word("what"), labels.value("type", incident.type), rule("type"), incident.evidence
    if incident.place:
        yield word("where"), place(incident.place, labels), rule("place"), incident.place.evidence
    if incident.launch_place:
        place_from = incident.launch_place
        yield word("launched_from"), place(place_from, labels), rule("launch_place"), place_from.evidence
    if incident.date:
        yield word("when"), date(incident.date, labels), rule("date"), incident.date.evidence
    for used in incident.weapons:
        yield word("weapons"), weapon(used, labels), used.producer, used.evidence
    for field in ("killed", "injured", "attackers_killed"):
        toll = getattr(incident, field)
        if toll:
            yield word(field), quantity(toll, labels), rule(field), toll.evidence
    for harm in incident.harm_by_group:
        tolls = [any_value(q, labels) for q in (harm.killed, harm.injured) if q]
        yield word("by_group"), labels.pair(harm.group, ", ".join(tolls)), rule("harm_by_group"), harm.evidence
    for target in incident.targets:
        yield word("targets"), target.name, target.producer, target.evidence
    for actor in incident.actors:
        yield word("actors"), f"{actor.name} ({labels.value('basis', actor.basis)})", actor.producer, actor.evidence
