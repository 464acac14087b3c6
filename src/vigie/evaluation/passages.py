"""A report as sentences, with what can be seen in each: where an error is looked into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vigie.coding.annotate import find_mentions
from vigie.coding.annotated import AnnotatedReport, within
from vigie.errors import LanguageUnavailable
from vigie.evaluation.names import name_words, telling_words
from vigie.evaluation.sheets import Bounds, Days, Sheet, SheetIncident
from vigie.language.pack import languages
from vigie.language.schema import Harm, Trigger, Weapon
from vigie.model import Report, Span
from vigie.readers.reports import with_language
from vigie.text.normal import normalise
from vigie.text.segments import Sentence
from vigie.text.sentences import split_sentences

# What a sentence must hold of an incident to be one that tells of it: a name and a word of violence, say.
_ENOUGH = 3
# Sentences that hold nearly as much as the best one tell of the incident too.
_NEARLY = 0.6


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence: where it stands in the report as received, its words on one line, and what is seen in it: words of
    violence, weapon kinds, numbers, days, places with their precision."""

    index: int
    start: int
    end: int
    text: str
    words: tuple[str, ...]
    violence: tuple[str, ...] = ()
    weapons: frozenset[str] = frozenset()
    numbers: frozenset[tuple[int | None, int | None]] = frozenset()
    days: tuple[Days, ...] = ()
    places: tuple[tuple[str, str], ...] = ()

    def holds(self, name: str) -> bool:
        """Whether all telling words of a name stand here."""
        wanted = name_words(name)
        return bool(wanted) and set(wanted) <= set(self.words)

    def counts(self, number: Bounds) -> bool:
        """Whether a number with these bounds is told here."""
        return (number.lower, number.upper) in self.numbers


@dataclass(frozen=True, slots=True)
class Passages:
    """All sentences of a report, in order."""

    all: tuple[Passage, ...]

    def at(self, spans: Iterable[Span]) -> frozenset[int]:
        """The sentences that some spans touch, by index."""
        return frozenset(p.index for p in self.all for s in spans if s.start < p.end and p.start < s.end)

    def holding(self, name: str) -> frozenset[int]:
        """The sentences in which a name stands."""
        return frozenset(p.index for p in self.all if p.holds(name))

    def text(self, indices: Iterable[int]) -> str | None:
        """The words of the first of some sentences; None where there is none."""
        first = min(indices, default=None)
        return None if first is None else self.all[first].text

    def telling_of(self, incident: SheetIncident, sheet: Sheet) -> tuple[int, ...]:
        """The sentences that tell of a hand-coded incident, the most telling first: those that hold its names, numbers,
        days, weapons and the words of its speakers. Empty where none holds enough of them."""
        held = {p.index: _held(p, incident, sheet) for p in self.all}
        best = max(held.values(), default=0)
        if best < _ENOUGH:
            return ()
        enough = max(_ENOUGH, _NEARLY * best)
        return tuple(sorted((i for i, n in held.items() if n >= enough), key=lambda i: (-held[i], i)))


def read_passages(report: Report) -> Passages:
    """The sentences of a report. In a language without a pack nothing is seen in them."""
    try:
        found = find_mentions(with_language(report, languages()))
    except LanguageUnavailable:
        normal = normalise(report.text)
        cut = split_sentences(normal.text, report.language or "")
        return Passages(tuple(_bare(n, *normal.raw_offsets(s.start, s.end), report.text) for n, s in enumerate(cut)))
    return Passages(tuple(_passage(n, s, found) for n, s in enumerate(found.sentences)))


def languages_of(reports: Mapping[str, Report]) -> dict[str, str]:
    """The language of each report that says which it is in, by the report's id."""
    return {id: report.language for id, report in reports.items() if report.language}


def _bare(index: int, start: int, end: int, text: str) -> Passage:
    words = " ".join(text[start:end].split())
    return Passage(index, start, end, words, telling_words(words))


def _passage(index: int, sentence: Sentence, report: AnnotatedReport) -> Passage:
    start, end = report.normal.raw_offsets(sentence.start, sentence.end)
    bare = _bare(index, start, end, report.normal.raw)
    entries = [(m.text, m.entry) for m in report.matches_in(sentence.start, sentence.end)]
    kinds = {e.kind if isinstance(e, Weapon) else e.weapon for _, e in entries if isinstance(e, Weapon | Trigger)}
    dates = [d.date for d in within(report.dates, sentence.start, sentence.end)]
    return Passage(
        index,
        start,
        end,
        bare.text,
        bare.words,
        violence=tuple(w for w, e in entries if isinstance(e, Trigger) or (isinstance(e, Harm) and e.violent)),
        weapons=frozenset(k for k in kinds if k),
        numbers=frozenset(
            (q.quantity.lower, q.quantity.upper) for q in within(report.quantities, sentence.start, sentence.end)
        ),
        days=tuple(Days(d.start, d.end) for d in dates if d is not None),
        places=tuple((p.place.name, p.place.precision) for p in within(report.places, sentence.start, sentence.end)),
    )


def _held(passage: Passage, incident: SheetIncident, sheet: Sheet) -> int:
    """How much of an incident a sentence holds. What only this incident is likely to have weighs double."""
    place = incident.place.name if incident.place else None
    held = 2 * bool(place and passage.holds(place))
    held += 2 * sum(passage.holds(t.text) for t in incident.targets)
    held += sum(passage.holds(a.text) for a in incident.actors)
    held += 2 * sum(passage.counts(n) for n in (incident.killed, incident.injured) if n and (n.lower or 0) > 0)
    held += sum(w.kind in passage.weapons for w in incident.weapons)
    held += bool(incident.days and incident.days in passage.days)
    quotes = (sheet.speakers[i].quote for i in incident.speakers if i < len(sheet.speakers))
    held += any(q and passage.holds(q) for q in quotes)
    return held + bool(passage.violence) if held else 0
