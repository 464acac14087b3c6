"""Everything the earlier stages find in a report, gathered for the extractor.

Only sentences that matter are parsed: a phrase matcher screens the text first, and a report without a word of
violence, or whose words as a whole speak against it, never reaches the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from vigie.coding.about import dismissal, is_violent, shared_weight
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.parsing import needs_parse
from vigie.language.grammar import load_grammar
from vigie.language.pack import Match, Pack, load_pack
from vigie.language.parse import Parse, Parser, Passage, load_parser
from vigie.language.schema import Body, Cue
from vigie.mentions.dates import dateline_date, find_dates
from vigie.mentions.places import find_demonyms, find_places
from vigie.mentions.quantities import find_quantities
from vigie.mentions.values import DateMention, PlaceMention, QuantityMention
from vigie.model import Place, Report, ReportedDate
from vigie.readers.furniture import Furniture, find_furniture
from vigie.text.normal import NormalText, normalise
from vigie.text.quotations import find_quotations
from vigie.text.segments import Sentence
from vigie.text.sentences import split_sentences


def annotate(report: Report, pack: Pack | None = None, parser: Parser | None = None) -> AnnotatedReport:
    """All mentions of a report, and the parses of the sentences that need one.

    report.language must be set. Raises LanguageUnavailable where the language has no pack or no pipeline.
    """
    annotated = find_mentions(report, pack)
    wanted = _wanted(annotated)
    if not wanted:
        return annotated
    parser = parser or load_parser(annotated.pack.language)
    return _with_parses(annotated, wanted, parser.parse(*_passage(annotated, wanted)))


def annotate_all(reports: Sequence[Report], *, dismiss: bool = True) -> list[AnnotatedReport]:
    """What `annotate` gives for each of some reports; their sentences are parsed together, which takes less time.
    dismiss: whether those that can be told by their words to tell of no violence are left unparsed.

    Raises as `annotate` does.
    """
    annotated = [find_mentions(report, dismiss=dismiss) for report in reports]
    wanted = [_wanted(each) for each in annotated]
    for language in sorted({each.pack.language for each, some in zip(annotated, wanted, strict=True) if some}):
        mine = [k for k, some in enumerate(wanted) if some and annotated[k].pack.language == language]
        trees = load_parser(language).parse_all([_passage(annotated[k], wanted[k]) for k in mine])
        for k, parses in zip(mine, trees, strict=True):
            annotated[k] = _with_parses(annotated[k], wanted[k], parses)
    return annotated


def find_mentions(report: Report, pack: Pack | None = None, *, dismiss: bool = True) -> AnnotatedReport:
    """All mentions of a report, without parses; nothing but the phrases of the pack where no word tells of violence,
    and no places where its words as a whole speak against an act of it (which is looked into if `dismiss`).

    report.language must be set. Raises LanguageUnavailable where the language has no pack.
    """
    language = report.language or ""
    pack = pack or load_pack(language)
    normal = normalise(report.text)
    text = normal.text
    matches = tuple(pack.find(text, normal.folded))
    furniture = find_furniture(text, pack, matches)
    published = report.published or _published(normal, furniture, language)
    sentences = tuple(_clipped(s, text, furniture.body) for s in split_sentences(text, language))
    annotated = AnnotatedReport(
        report=replace(report, published=published, agency=report.agency or furniture.agency),
        normal=normal,
        pack=pack,
        sentences=sentences,
        matches=matches,
        body=furniture.body,
    )
    if not any(map(is_violent, matches)):
        return annotated
    weight = shared_weight(annotated)
    dismissed = dismissal(annotated, weight) if dismiss else None
    spoken = [m.end for m in matches if isinstance(m.entry, Cue) and m.entry.kind == "verb"]
    found = find_dates(text, language, published, spoken)
    dates = tuple(d for d in found if d.start >= furniture.body or d.date is None)
    quantities = find_quantities(text, language)
    annotated = replace(
        annotated,
        matches=_somebody(matches, quantities),
        quotations=find_quotations(text, language),
        quantities=_own(quantities, dates),
        dates=dates,
        weight=weight,
        dismissed=dismissed,
    )
    if dismissed is not None:
        return annotated
    places = find_places(text, language)
    dateline = _dateline(normal, furniture.dateline, places)
    return replace(
        annotated,
        report=replace(annotated.report, dateline=report.dateline or dateline),
        demonyms=find_demonyms(text, language),
        places=tuple(
            p
            for p in places
            if not (_in(p, furniture.dateline) or _dated(p, dates) or _counting(p, annotated.quantities))
        ),
    )


def _somebody(matches: tuple[Match, ...], quantities: Sequence[QuantityMention]) -> tuple[Match, ...]:
    """The matches without words for people that count none ("Personne n'a été blessé")."""
    none = [q for q in quantities if q.unit == "count" and q.quantity.upper == 0]
    if not none:
        return matches
    people = {"actors", "speakers"}
    return tuple(m for m in matches if m.file not in people or not any(q.start <= m.start < q.end for q in none))


def _wanted(report: AnnotatedReport) -> list[Sentence]:
    """The sentences to parse."""
    if report.dismissed is not None or not any(map(is_violent, report.matches)):
        return []
    grammar = load_grammar(report.pack.language)
    return [s for s in report.sentences if needs_parse(report, s, grammar)]


def _passage(report: AnnotatedReport, wanted: Sequence[Sentence]) -> Passage:
    return Passage(report.text, [(s.start, s.end) for s in wanted], glue(report))


def _with_parses(report: AnnotatedReport, wanted: Sequence[Sentence], parses: Sequence[Parse]) -> AnnotatedReport:
    return report.with_parses({s.index: p for s, p in zip(wanted, parses, strict=True)})


_BULLET = re.compile(r"(?:[-–—*•·▪]+|\d{1,2}[h:]\d{2}(?: ?[-–—:])?)\s+")


def _clipped(sentence: Sentence, text: str, body: int) -> Sentence:
    """The sentence without the dateline, bullet or clock time before its own words: they are no part of its syntax."""
    start = body if sentence.start < body < sentence.end else sentence.start
    bullet = _BULLET.match(text, start, sentence.end)
    start = bullet.end() if bullet and bullet.end() < sentence.end else start
    return sentence if start == sentence.start else replace(sentence, start=start)


def _own(quantities: Sequence[QuantityMention], dates: Sequence[DateMention]) -> tuple[QuantityMention, ...]:
    """Quantities that are no part of a date."""
    return tuple(q for q in quantities if not any(d.start < q.end and q.start < d.end for d in dates))


def _dated(place: PlaceMention, dates: Sequence[DateMention]) -> bool:
    """Part of a date ("Nov. 26")."""
    return any(d.start <= place.start < d.end for d in dates)


def _counting(place: PlaceMention, quantities: Sequence[QuantityMention]) -> bool:
    """The first word of a number in words (« Trente-deux civils »)."""
    return any(q.start == place.start and q.end > place.end for q in quantities)


def _in(place: PlaceMention, span: tuple[int, int] | None) -> bool:
    return span is not None and span[0] <= place.start and place.end <= span[1]


def _published(normal: NormalText, furniture: Furniture, language: str) -> ReportedDate | None:
    """The date in the head of the text, with its words."""
    date, span = furniture.published, furniture.published_span
    if date is None and (head := dateline_date(normal.text, language)) is not None:
        date, span = head.date, (head.start, head.end)
    return replace(date, evidence=(normal.span(*span),)) if date is not None and span is not None else date


def _dateline(normal: NormalText, span: tuple[int, int] | None, places: Sequence[PlaceMention]) -> Place | None:
    """The first place of the dateline, with its words."""
    found = next((p for p in places if _in(p, span)), None)
    return None if found is None else replace(found.place, evidence=(normal.span(found.start, found.end),))


def glue(report: AnnotatedReport) -> list[tuple[int, int]]:
    """Spans that are one word to the parser: names of bodies and places, dates and quantities of several words;
    sorted, without overlap, the longer first."""
    spans = [
        *((m.start, m.end) for m in report.matches if isinstance(m.entry, Body) and m.entry.named),
        *((p.start, p.end) for p in report.places if _one_name(report.text[p.start : p.end])),
        *((d.start, d.end) for d in report.dates),
        *((q.start, q.end) for q in report.quantities),
    ]
    several = sorted({s for s in spans if " " in report.text[s[0] : s[1]]}, key=lambda s: (s[0], -s[1]))
    return list(_without_overlap(several))


def _one_name(words: str) -> bool:
    """A proper name alone; a phrase with a common noun in it ("base d'Aïn al-Assad") keeps its syntax."""
    return words[:1].isupper()


def _without_overlap(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    end = -1
    for start, stop in spans:
        if start >= end:
            yield start, stop
            end = stop
