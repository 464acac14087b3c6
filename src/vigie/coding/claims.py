"""Claims: what each source says of each incident, kept apart, and where the accounts differ."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attributions import Attributed, Attribution
from vigie.coding.joining import Group
from vigie.coding.statements import bears_on, find_statements, words_of
from vigie.coding.tellings import Telling
from vigie.coding.toll_choice import toll, tolls_of
from vigie.coding.tolls import TollMention
from vigie.coding.weapons import merge_weapons
from vigie.language.grammar import Grammar
from vigie.model import Claim, Difference, DifferenceValue, Incident, Quantity, ReportedDate
from vigie.model.coded import Modality, Mode, Stance
from vigie.model.quantities import covering

# A count at least this share of the highest is a rival count of the whole, not of a part.
WHOLE = 0.4
# And one of the same people from this share on.
LEAST = 0.2
# A count up to so many times the first is a rival one.
RIVAL = 1.5
# Relations to a place that can all be true of one hit.
COMPATIBLE_RELATIONS = frozenset({"near", "outside"})


@dataclass
class _Draft:
    """A claim while its tellings are collected."""

    source: str | None
    incident: str
    stance: Stance
    modality: Modality
    mode: Mode
    tellings: list[Telling] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    said: tuple[int, int] | None = None


def build_claims(
    report: AnnotatedReport,
    groups: Sequence[Group],
    incidents: Sequence[Incident],
    attributed: Attributed,
    grammar: Grammar,
) -> tuple[list[Claim], list[Incident]]:
    """Claims of all sources about all incidents, and the incidents with their claims, sources and differences."""
    claims: list[Claim] = []
    out: list[Incident] = []
    answers = find_statements(report, groups, attributed, grammar)
    for number, (group, incident) in enumerate(zip(groups, incidents, strict=True)):
        tolls = tolls_of(group, incident.type)
        drafts = _drafts(report, group, incident.id, attributed, answers.get(number, ()))
        mine = [_claim(report, d, len(claims) + k + 1, tolls) for k, d in enumerate(drafts)]
        # What "had first been reported" no longer stands beside the others.
        standing = [c for c, d in zip(mine, drafts, strict=True) if not all(t.past_perfect for t in d.tellings)]
        claims.extend(mine)
        sources = tuple(dict.fromkeys(c.source for c in mine if c.source is not None))
        out.append(
            replace(
                incident,
                killed=_overall(report, "killed", incident.killed, tolls, attributed, standing),
                injured=_overall(report, "injured", incident.injured, tolls, attributed, standing),
                claims=tuple(c.id for c in mine),
                sources=sources,
                differences=tuple(differences(mine)),
            )
        )
    return claims, out


def _overall(
    report: AnnotatedReport,
    harm: str,
    chosen: Quantity | None,
    tolls: Sequence[TollMention],
    attributed: Attributed,
    claims: Sequence[Claim],
) -> Quantity | None:
    """The toll of an incident, its rival counts weighed."""
    mine = [t for t in tolls if t.harm == harm and not t.attackers]
    rivals = {t.sentence for t in mine if t.rival}
    if chosen is not None and rivals:  # "nine dead according to police, seven said the hospital"
        told = [t.quantity for t in mine if t.sentence in rivals and t.quantity.lower is not None]
        return covering([chosen, *told])
    parts = {(t.quantity.lower, t.quantity.upper) for t in tolls if t.harm == harm and t.part}
    whole = {(t.quantity.lower, t.quantity.upper) for t in mine if _counts_same(t, mine)}
    return _rival_toll(harm, _told_first(report, harm, chosen, tolls, attributed), claims, parts, whole)


def _counts_same(toll: TollMention, tolls: Sequence[TollMention]) -> bool:
    """A count of people called by the same word as those of the highest count: no part of them, however low."""
    top = max(tolls, key=lambda t: t.quantity.best or 0)
    return toll.victims is not None and top.victims is not None and toll.victims.name == top.victims.name


def _rival_toll(
    name: str,
    chosen: Quantity | None,
    claims: Sequence[Claim],
    parts: Container[tuple[int | None, int | None]],
    whole: Container[tuple[int | None, int | None]],
) -> Quantity | None:
    """The range over what several sources count as the whole toll; a figure far below the highest is taken for a
    part of it ("parmi les morts, deux enfants") but where it counts the same people (`whole`, "three police … 11
    police"), and so is one told as such (`parts`). One source's figures, and the
    outlet's own, give no range."""
    if chosen is None or not chosen.lower:
        return chosen
    figures: dict[str, Quantity] = {}
    for c in claims:
        quantity = c.values.get(name)
        if c.source is not None and isinstance(quantity, Quantity) and quantity.lower:
            figures[c.source] = quantity
    told = {
        (q.lower, q.upper): q
        for q in reversed(figures.values())
        if q.lower is not None
        and q.lower >= (LEAST if (q.lower, q.upper) in whole else WHOLE) * chosen.lower
        and (q.lower, q.upper) not in parts
    }
    counts = [*reversed(told.values())]  # one of each figure: two sources may agree against a third
    if len(counts) < 2 or any(q.overlaps(r) for q in counts for r in counts if q is not r):
        return chosen
    return covering(counts)


def _told_first(
    report: AnnotatedReport, harm: str, chosen: Quantity | None, tolls: Sequence[TollMention], attributed: Attributed
) -> Quantity | None:
    """The range from the toll that the report gives first to a little higher one, where that is told only further on
    and only by somebody else: it is a rival count, no news ("12 died … another resident spoke of 13")."""
    mine = [t for t in tolls if t.harm == harm and not t.attackers and t.quantity.lower]
    if chosen is None or not mine:
        return chosen
    opening = min(t.sentence for t in mine)
    first = max((t for t in mine if t.sentence == opening), key=lambda t: t.quantity.best or 0)
    highest = [t for t in mine if t.quantity.lower == chosen.lower and t.sentence != opening]
    if not highest or not (first.quantity.lower or 0) < (chosen.lower or 0) <= RIVAL * (first.quantity.lower or 0):
        return chosen
    if first.quantity.upper is not None and chosen.lower == chosen.upper and first.quantity.overlaps(chosen):
        return chosen  # "some thirty dead … 35 dead": the vague count is only made exact
    voices = _voices(attributed, opening)
    if any(not _voices(attributed, t.sentence) - voices for t in highest):
        return chosen
    return covering([replace(first.quantity, evidence=(report.normal.span(first.start, first.end),)), chosen])


def _voices(attributed: Attributed, sentence: int) -> set[str]:
    """Who speaks in a sentence."""
    return {a.source for a in attributed.attributions if a.sentence == sentence}


def _drafts(
    report: AnnotatedReport,
    group: Group,
    incident: str,
    attributed: Attributed,
    answers: Sequence[Attribution],
) -> list[_Draft]:
    drafts: dict[tuple[str | None, str], _Draft] = {}
    for telling in group.tellings:
        speaking = [a for a in attributed.attributions if bears_on(a, telling)]
        if not speaking:
            draft = drafts.setdefault((None, "asserts"), _Draft(None, incident, "asserts", "stated", "own_voice"))
            draft.tellings.append(telling)
            draft.spans.append((telling.start, telling.end))
        for a in speaking:
            key = (a.source, a.stance)
            draft = drafts.setdefault(key, _Draft(a.source, incident, a.stance, a.modality, a.mode))
            draft.tellings.append(telling)
            draft.spans.extend(a.content or ((telling.start, telling.end),))
            draft.said = draft.said or a.said
    for a in answers:
        draft = drafts.setdefault((a.source, a.stance), _Draft(a.source, incident, a.stance, a.modality, a.mode))
        draft.spans.extend(words_of(a))
        draft.said = draft.said or a.said
    return list(drafts.values())


def _claim(report: AnnotatedReport, draft: _Draft, number: int, tolls: Sequence[TollMention]) -> Claim:
    spans = tuple(dict.fromkeys(report.normal.span(a, b) for a, b in draft.spans))
    return Claim(
        id=f"c{number}",
        source=draft.source,
        incident=draft.incident,
        stance=draft.stance,
        modality=draft.modality,
        mode=draft.mode,
        values=values_of(report, draft.tellings, tolls),
        evidence=spans,
        said=_said(report, draft),
    )


def _said(report: AnnotatedReport, draft: _Draft) -> ReportedDate | None:
    if draft.said is None:
        return None
    start, end = draft.said
    mention = next((d for d in report.dates if (d.start, d.end) == (start, end)), None)
    if mention is None or mention.date is None:
        return None
    return replace(mention.date, evidence=(report.normal.span(start, end),))


def values_of(report: AnnotatedReport, tellings: Sequence[Telling], counted: Sequence[TollMention]) -> dict[str, Any]:
    """The values that these tellings themselves give, by field name; nothing inferred. counted: the tolls of their
    incident, its attackers' dead told apart from its victims."""
    values: dict[str, Any] = {}
    own = {(c.sentence, c.start, c.end, c.harm) for t in tellings for c in t.tolls}
    tolls = [c for c in counted if (c.sentence, c.start, c.end, c.harm) in own]
    for name, harm, attackers in (
        ("killed", "killed", False),
        ("injured", "injured", False),
        ("attackers_killed", "killed", True),
    ):
        quantity = toll(report, tolls, harm, attackers)
        if quantity is not None:
            values[name] = quantity
    weapons = merge_weapons(report, tellings, None)
    if weapons:
        values["weapons"] = weapons
    place = next((p for t in tellings for p in t.places), None)
    if place is not None:
        values["place"] = replace(place.place, evidence=(report.normal.span(place.start, place.end),))
    date = next((d for t in tellings for d in t.dates if d.date is not None), None)
    if date is not None and date.date is not None:
        values["date"] = replace(date.date, evidence=(report.normal.span(date.start, date.end),))
    relation = next((m for t in tellings for m in ("outside", "near", "inside") if m in t.marks), None)
    if relation is not None:
        values["where"] = relation
    marks = {m for t in tellings for m in t.marks}
    if "no_damage" in marks or "damage" in marks:
        values["damage"] = "reported" if "damage" in marks else "none"
    return values


def differences(claims: Sequence[Claim]) -> list[Difference]:
    """Where claims of different sources, or of one source at different times, do not say the same."""
    out: list[Difference] = []
    for name in ("killed", "injured", "attackers_killed"):
        out.extend(_toll_differences(name, [c for c in claims if name in c.values]))
    out.extend(_weapon_differences([c for c in claims if c.source is not None and "weapons" in c.values]))
    out.extend(_where_differences([c for c in claims if c.source is not None and "where" in c.values]))
    return out


def _toll_differences(name: str, claims: Sequence[Claim]) -> Iterable[Difference]:
    bounds = {(c.values[name].lower, c.values[name].upper) for c in claims}
    if len(bounds) < 2:
        return
    quantities: list[Quantity] = [c.values[name] for c in claims]
    values = tuple(DifferenceValue(c.id, c.values[name]) for c in claims)
    one_source = len({c.source for c in claims}) == 1
    if one_source:
        yield Difference(name, "update", values, "successive figures of one source")
    elif all(q.overlaps(r) for q in quantities for r in quantities):
        yield Difference(name, "compatible", values, "bounds that overlap")
    else:
        yield Difference(name, "conflict", values, "figures that cannot all be true")


def _weapon_differences(claims: Sequence[Claim]) -> Iterable[Difference]:
    counted = [(c, _make_up(c)) for c in claims]
    counted = [(c, m) for c, m in counted if m]
    if len({tuple(sorted(m.items())) for _, m in counted}) < 2:
        return
    values = tuple(DifferenceValue(c.id, c.values["weapons"]) for c, _ in counted)
    totals = {sum(m.values()) for _, m in counted}
    if len(totals) == 1:
        yield Difference("weapons", "conflict", values, "same total, different make-up")
    else:
        yield Difference("weapons", "conflict", values, "different numbers of weapons")


def _make_up(claim: Claim) -> dict[str, int]:
    return {w.kind: w.lower for w in claim.values["weapons"] if w.lower is not None}


def _where_differences(claims: Sequence[Claim]) -> Iterable[Difference]:
    relations = {c.values["where"] for c in claims}
    if len(relations) < 2:
        return
    values = tuple(DifferenceValue(c.id, c.values["where"]) for c in claims)
    if relations <= COMPATIBLE_RELATIONS:
        yield Difference("place", "compatible", values, "near and outside can both be true")
    else:
        yield Difference("place", "conflict", values, "inside and outside cannot both be true")
