"""What a report says beside its incidents: strengths of forces, developments, links between incidents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from vigie.coding.annotated import AnnotatedReport, within
from vigie.coding.joining import Group
from vigie.language.grammar import Grammar, load_grammar
from vigie.language.schema import Body, Harm, Term, Trigger
from vigie.mentions.values import QuantityMention
from vigie.model import Development, Incident, Link, Rejection, Strength
from vigie.text.segments import Sentence

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[.;:!?(),«»“”\"]")


def find_strengths(report: AnnotatedReport) -> list[Strength]:
    """Sizes of forces: a number of soldiers or fighters in a sentence that tells of no harm to them."""
    out: list[Strength] = []
    grammar = load_grammar(report.pack.language)
    many = [q for q in report.quantities if q.unit == "count" and (q.quantity.best or 0) >= 5]
    for sentence in report.sentences:
        counts = within(many, sentence.start, sentence.end)
        if not counts:
            continue
        harmed = [
            m
            for m in report.matches_in(sentence.start, sentence.end, "harm", "triggers")
            if isinstance(m.entry, Harm) or (isinstance(m.entry, Trigger) and m.entry.strength != "definite")
        ]
        if harmed:
            continue
        last_body: str | None = None
        for q in counts:
            body = _soldiers_after(report, sentence, q, grammar)
            text = report.text[q.start : q.end]
            if body is None:
                if last_body is None or not _elliptical(report, q, sentence):
                    continue
                force, end = last_body, q.end
            else:
                force, end = body
                last_body = force
            country = _country_after(report, end, sentence)
            out.append(
                Strength(force, country, q.quantity.lower, q.quantity.upper, text, (report.normal.span(q.start, end),))
            )
    return out


def _soldiers_after(
    report: AnnotatedReport, sentence: Sentence, q: QuantityMention, grammar: Grammar
) -> tuple[str, int] | None:
    """The soldiers or fighters that a number counts right behind it, or people in a sentence that tells how large a
    force is ("a force of 900 men", « forte de 1 900 hommes »)."""
    folded = report.normal.folded
    sized = any(word in folded[sentence.start : q.start] for word in grammar.sizes)
    men = _WORD.search(folded, q.end, sentence.end)
    other = grammar.of | grammar.definite | {"d", "l"}  # "48 cars of the police": what is counted is another noun
    behind = _WORD.search(folded, men.end(), sentence.end) if men is not None else None
    men = behind if men is not None and men[0] in grammar.of else men
    if sized and men is not None and men[0] in grammar.people and not _GAP.search(report.text[q.end : men.start()]):
        return report.text[men.start() : men.end()], men.end()
    for m in report.matches_in(q.end, sentence.end, "actors"):
        gap = report.text[q.end : m.start]
        words = _WORD.findall(folded[q.end : m.start])
        if len(words) > 2 or _GAP.search(gap) or (q.quantity.hedge == "exact" and not other.isdisjoint(words)):
            return None
        if isinstance(m.entry, Body) and m.entry.kind in {"military", "armed_group", "police"} and not m.entry.named:
            name = _WORD.findall(folded[m.start : m.end])
            several = name[-1] in grammar.people or name[-1].endswith(("s", "x", "men"))
            several = several and grammar.bands.isdisjoint(name)
            return (m.text, m.end) if several else None
    return None


def _elliptical(report: AnnotatedReport, q: QuantityMention, sentence: Sentence) -> bool:
    """ "… et près de 900 en Syrie": the noun is left out, a place follows."""
    return any(0 <= p.start - q.end <= 6 for p in within(report.places, sentence.start, sentence.end))


def _country_after(report: AnnotatedReport, offset: int, sentence: Sentence) -> str | None:
    places = [p for p in within(report.places, offset, sentence.end) if p.place.country]
    return places[0].place.country if places and places[0].start - offset < 40 else None


def find_developments(report: AnnotatedReport, taken: Iterable[int]) -> list[Development]:
    """Non-violent political events: one a sentence and category, with its day, place and the bodies named.
    taken: indices of sentences that tell of incidents and so give none."""
    skip = set(taken)
    out: list[Development] = []
    for sentence in report.sentences:
        if sentence.title:
            continue
        seen: set[str] = set()
        for m in report.matches_in(sentence.start, sentence.end, "developments"):
            if not isinstance(m.entry, Term) or m.entry.mark in seen:
                continue
            if sentence.index in skip and m.entry.mark not in {"CONSULT", "AGREE", "REQUEST"}:
                continue
            seen.add(m.entry.mark)
            dates = [d for d in within(report.dates, sentence.start, sentence.end) if d.date is not None]
            places = within(report.places, sentence.start, sentence.end)
            date, place = None, None
            if dates and dates[0].date is not None:
                date = replace(dates[0].date, evidence=(report.normal.span(dates[0].start, dates[0].end),))
            if places:
                place = replace(places[0].place, evidence=(report.normal.span(places[0].start, places[0].end),))
            bodies = [
                b.text
                for b in report.matches_in(sentence.start, sentence.end, "actors")
                if isinstance(b.entry, Body) and (b.entry.named or b.entry.kind in {"government", "international"})
            ]
            evidence = (report.normal.span(m.start, m.end), report.normal.span(sentence.start, sentence.end))
            out.append(Development(m.entry.mark, date, place, tuple(dict.fromkeys(bodies)), evidence))
    return out


def find_links(report: AnnotatedReport, groups: Sequence[Group], incidents: Sequence[Incident]) -> list[Link]:
    """Retaliation where the words say so: from the answering incident to the one told just before it."""
    out: list[Link] = []
    for k, (group, incident) in enumerate(zip(groups, incidents, strict=True)):
        for t in group.tellings:
            marks = [
                m
                for m in report.matches_in(t.start, t.end, "modality")
                if isinstance(m.entry, Term) and m.entry.mark == "retaliation"
            ]
            if not marks:
                continue
            before = _answered(t.start, t.sentence, k, groups)
            if before is not None:
                out.append(
                    Link(
                        incident.id,
                        incidents[before].id,
                        "retaliation",
                        (report.normal.span(marks[0].start, marks[0].end),),
                    )
                )
                break
    return out


def _answered(start: int, sentence: int, own: int, groups: Sequence[Group]) -> int | None:
    """The incident told last before, in the same sentence or the one before it."""
    best: tuple[int, int] | None = None
    for k, g in enumerate(groups):
        if k == own:
            continue
        for t in g.tellings:
            if t.start < start and sentence - t.sentence <= 1 and (best is None or t.start > best[0]):
                best = (t.start, k)
    return best[1] if best else None


def rejection(report: AnnotatedReport, start: int, end: int, what: str, reason: str) -> Rejection:
    """Something seen and left out, with its words."""
    return Rejection(what, reason, (report.normal.span(start, end),))
