"""A coded report as headings, rows and lines of words: what the terminal and Markdown printers both print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from vigie.exports.labels import Labels
from vigie.exports.phrasing import any_value, bounds, date, days, iso_day, place, quantity, quoted, weapon
from vigie.model import Claim, CodedReport, Incident, Quantity, Report, Source, Span

_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A field's label and its value in words."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What one claim of an account says: its stance, its values, the words."""

    stance: str
    values: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountView:
    """All one source says about one incident."""

    source: str
    terms: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """Where accounts differ: the field, the verdict with its note, and who says what."""

    field: str
    verdict: str
    sides: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class IncidentView:
    """One incident. `background` is empty or the word for it; `quotes` the words that tell of it, where no account
    does."""

    number: int
    title: str
    background: str
    rows: tuple[Row, ...]
    differences: tuple[DifferenceView, ...]
    accounts: tuple[AccountView, ...]
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines: running totals, forces, developments, links, sources."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report. `heading` is outlet, date, language; `origin` agency and dateline; `empty` says that there is no
    incident, where there is none."""

    heading: str
    title: str
    origin: str
    incidents: tuple[IncidentView, ...]
    sections: tuple[Section, ...]
    empty: str


def report_view(coded: CodedReport, labels: Labels) -> ReportView:
    """Everything of a coded report that a person is shown, in the labels' language, current incidents first."""
    report = coded.report
    when = (
        days(report.published.start, report.published.end, labels) if report.published else labels.word("unknown_date")
    )
    language = labels.language_name(report.language) if report.language else ""
    shown = ordered(coded)
    numbers = {incident.id: number for number, incident in enumerate(shown, 1)}
    incidents = tuple(_incident(coded, incident, numbers[incident.id], labels) for incident in shown)
    return ReportView(
        heading=" · ".join(part for part in (report.outlet or _given_id(report), when, language) if part),
        title=report.title or _first_line(report.text),
        origin=" · ".join(part for part in (report.agency, report.dateline.name if report.dateline else None) if part),
        incidents=incidents,
        sections=tuple(s for s in _sections(coded, numbers, labels) if s.lines),
        empty="" if incidents else labels.word("no_incident"),
    )


def ordered(coded: CodedReport) -> list[Incident]:
    """A report's incidents as they are numbered in print: current ones first, else as coded."""
    return sorted(coded.incidents, key=lambda incident: incident.period != "current")


def source_line(source: Source, coded: CodedReport, labels: Labels) -> str:
    """A source's terms in words: kind, terms, the reason for anonymity, how many they are, through whom."""
    parts = [labels.value("source_kind", source.kind), labels.value("terms", source.terms)]
    if source.reason:
        parts[-1] = labels.pair(parts[-1], source.reason)
    if source.count and (source.count.lower or 0) > 1:
        parts.append(quantity(source.count, labels))
    via = next((s.name for s in coded.sources if s.id == source.via), source.via)
    if via:
        parts.append(f"{labels.word('via')} {via}")
    return ", ".join(parts)


def _incident(coded: CodedReport, incident: Incident, number: int, labels: Labels) -> IncidentView:
    claims = [c for c in coded.claims if c.incident == incident.id]
    return IncidentView(
        number=number,
        title=labels.value("type", incident.type),
        background=labels.word("background") if incident.period == "background" else "",
        rows=tuple(_rows(incident, labels)),
        differences=tuple(
            DifferenceView(
                field=labels.value("field", difference.field),
                verdict=" – ".join(filter(None, (labels.value("verdict", difference.verdict), difference.note))),
                sides=tuple(
                    Row(_teller(coded, side.claim, labels), any_value(side.value, labels)) for side in difference.values
                ),
            )
            for difference in incident.differences
        ),
        accounts=tuple(_accounts(coded, claims, labels)),
        quotes=() if claims else _quotes(incident.evidence, labels),
    )


def _rows(incident: Incident, labels: Labels) -> Iterable[Row]:
    word = labels.word
    if incident.place:
        yield Row(word("where"), place(incident.place, labels))
    if incident.launch_place:
        yield Row(word("launched_from"), place(incident.launch_place, labels))
    if incident.date:
        yield Row(word("when"), date(incident.date, labels))
    if incident.weapons:
        yield Row(word("weapons"), ", ".join(weapon(w, labels) for w in incident.weapons))
    for field in ("killed", "injured", "attackers_killed"):
        toll: Quantity | None = getattr(incident, field)
        if toll:
            yield Row(word(field), quantity(toll, labels))
    for harm in incident.harm_by_group:
        tolls = [
            f"{word(f)} {quantity(q, labels)}" for f, q in (("killed", harm.killed), ("injured", harm.injured)) if q
        ]
        country = f" ({labels.country(harm.country)})" if harm.country else ""
        yield Row(word("by_group"), labels.pair(f"{harm.group}{country}", ", ".join(tolls)))
    if incident.targets:
        yield Row(word("targets"), ", ".join(f"{t.name} ({labels.value('target', t.kind)})" for t in incident.targets))
    if incident.damage != "unknown":
        yield Row(word("damage"), labels.value("damage", incident.damage))
    if incident.actors:
        yield Row(word("actors"), ", ".join(f"{a.name} ({labels.value('basis', a.basis)})" for a in incident.actors))
    if incident.responsibility != "unknown":
        names = ", ".join(a.name for a in incident.actors) if incident.responsibility == "attributed" else ""
        yield Row(word("responsibility"), f"{labels.value('responsibility', incident.responsibility)} {names}".strip())


def _accounts(coded: CodedReport, claims: list[Claim], labels: Labels) -> Iterable[AccountView]:
    """The claims about one incident by their source, in the order they were told."""
    sources = {source.id: source for source in coded.sources}
    for source_id in dict.fromkeys(claim.source for claim in claims):
        source = sources.get(source_id) if source_id else None
        yield AccountView(
            source=source.name if source else labels.word("outlet_voice"),
            terms=source_line(source, coded, labels) if source else "",
            statements=tuple(_statement(claim, labels) for claim in claims if claim.source == source_id),
        )


def _statement(claim: Claim, labels: Labels) -> Statement:
    manner = labels.value("modality", claim.modality)
    stance = labels.value("stance", claim.stance) + (f" ({manner})" if manner else "")
    values = "; ".join(
        labels.pair(labels.value("field", field), _claimed(field, value, labels))
        for field, value in claim.values.items()
        if value not in (None, (), [], "", {})
    )
    return Statement(stance, values, _quotes(claim.evidence, labels))


def _claimed(field: str, value: Any, labels: Labels) -> str:
    """A value of a claim in words; values of closed lists by their labels."""
    kind = {"where": "relation"}.get(field, field)
    if isinstance(value, str) and kind in labels.table["values"]:
        return labels.value(kind, value)
    return any_value(value, labels)


def _sections(coded: CodedReport, numbers: dict[str, int], labels: Labels) -> Iterable[Section]:
    word = labels.word
    tallies = []
    for tally in coded.tallies:
        extent = [
            f"{word('since')} {iso_day(tally.since, labels)}" if tally.since else "",
            f"{word('until')} {iso_day(tally.until, labels)}" if tally.until else "",
        ]
        extent += [f"{word('in')} {', '.join(tally.place)}" if tally.place else "", tally.actor or ""]
        extent += [f"{word('against')} {tally.target}" if tally.target else ""]
        number = bounds(tally.lower, tally.upper, labels)
        words = f" ({quoted(tally.text, labels)})" if tally.text else ""
        tallies.append(", ".join([f"{number} {tally.what}{words}", *filter(None, extent)]))
    yield Section(word("tallies"), tuple(tallies))
    yield Section(
        word("strengths"),
        tuple(
            labels.pair(
                s.force + (f" ({labels.country(s.country)})" if s.country else ""),
                f"{bounds(s.lower, s.upper, labels)} ({quoted(s.text, labels)})",
            )
            for s in coded.strengths
        ),
    )
    developments = []
    for d in coded.developments:
        parts = [", ".join(d.actors), date(d.date, labels) if d.date else "", place(d.place, labels) if d.place else ""]
        developments.append(
            " · ".join([labels.value("development", d.type), *filter(None, parts), *_quotes(d.evidence[:1], labels)])
        )
    yield Section(word("developments"), tuple(developments))
    yield Section(
        word("links"),
        tuple(
            f"[{numbers.get(k.from_, k.from_)}] {labels.value('link', k.kind)} [{numbers.get(k.to, k.to)}]"
            for k in coded.links
        ),
    )
    yield Section(word("sources"), tuple(f"{s.name} ({source_line(s, coded, labels)})" for s in coded.sources))


def _teller(coded: CodedReport, claim_id: str, labels: Labels) -> str:
    """The name of the source of a claim."""
    claim = next((c for c in coded.claims if c.id == claim_id), None)
    source = next((s for s in coded.sources if claim and s.id == claim.source), None)
    return source.name if source else labels.word("outlet_voice")


def _quotes(spans: Sequence[Span], labels: Labels) -> tuple[str, ...]:
    """The words of the first spans, and how many more there are (--explain and JSON have all of them)."""
    shown = [quoted(span.quote, labels) for span in spans[:_QUOTES]]
    more = len(spans) - len(shown)
    return (*shown, labels.word("more", n=more)) if more else tuple(shown)


def _given_id(report: Report) -> str:
    """The report's id where somebody gave it one; a hash says nothing to a reader."""
    return "" if report.sha256.startswith(report.id) else report.id


def _first_line(text: str, limit: int = 100) -> str:
    """The first line of a report without a title, or its first words."""
    line = " ".join(text.strip().split("\n", 1)[0][: limit * 2].split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " …"
