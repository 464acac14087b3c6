"""A report with everything the earlier stages found in it: what an extractor works on."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol, TypeVar

from vigie.language.pack import Match, Pack
from vigie.language.parse import Parse
from vigie.language.schema import Term
from vigie.mentions.values import DateMention, PlaceMention, QuantityMention
from vigie.model import Rejection, Report
from vigie.text.normal import NormalText
from vigie.text.segments import Quotation, Sentence

if TYPE_CHECKING:
    from vigie.coding.phrases import Phrase


class Spanned(Protocol):
    """Anything with offsets in the normalised text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


# Pack files whose words tell of an act or of harm.
TELLING_FILES = ("triggers", "harm")
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.;:!?]")
S = TypeVar("S", bound=Spanned)


@dataclass(frozen=True)
class AnnotatedReport:
    """Everything found in one report. All offsets are of `normal.text`; `parses` maps a sentence's index to
    its parse and holds only the sentences that were parsed. `demonyms` are adjectives and nouns of nationality with
    their country. `body` is where the report's own words begin (after dateline and wire furniture). `weight` is what
    its words as a whole weigh for its telling of violence (about.py), None where they were not weighed yet;
    `dismissed` is the reason why no act is looked for in it, where there is one."""

    report: Report
    normal: NormalText
    pack: Pack
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...] = ()
    matches: tuple[Match, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    demonyms: tuple[tuple[int, int, str], ...] = ()
    parses: Mapping[int, Parse] = field(default_factory=dict)
    body: int = 0
    weight: float | None = None
    dismissed: Rejection | None = None

    def with_parses(self, parses: Mapping[int, Parse]) -> AnnotatedReport:
        """The report with the parses of its sentences. Its matches are the same, and so is where they stand."""
        parsed = replace(self, parses=parses)
        parsed._matches_by_files.update(self._matches_by_files)
        return parsed

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.normal.text

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds an offset, or None between sentences."""
        i = bisect.bisect_right(self._starts, offset) - 1
        if i < 0 or offset >= self.sentences[i].end:
            return None
        return self.sentences[i]

    def matches_in(self, start: int, end: int, *files: str) -> list[Match]:
        """Pack matches that lie wholly in text[start:end], of the given pack files (all where none is given)."""
        known = self._matches_by_files.get(files)
        if known is None:
            places = sorted([k for file in files for k in self._places_by_file.get(file, ())])
            wanted = [self.matches[k] for k in places] if files else self.matches
            known = self._matches_by_files[files] = [m.start for m in wanted], wanted
        starts, matches = known
        low = bisect.bisect_left(starts, start)
        if low == len(starts) or starts[low] >= end:
            return []
        return [m for m in matches[low : bisect.bisect_left(starts, end, low)] if m.end <= end]

    @cached_property
    def _places_by_file(self) -> Mapping[str, Sequence[int]]:
        """Where among the matches those of each pack file stand."""
        places: dict[str, list[int]] = {}
        for k, match in enumerate(self.matches):
            places.setdefault(match.file, []).append(k)
        return places

    def number_before(self, offset: int, reach: int) -> bool:
        """Whether a quantity ends at most `reach` characters before an offset, in the same sentence."""
        i = bisect.bisect_right(self._quantity_ends, offset) - 1
        if i < 0 or offset - self._quantity_ends[i] > reach:
            return False
        return not _SENTENCE_END.search(self.text, self._quantity_ends[i], offset)

    @cached_property
    def _quantity_ends(self) -> list[int]:
        return sorted(q.end for q in self.quantities)

    @cached_property
    def dated(self) -> bytes:
        """A byte a character of the text: 1 within a date."""
        return _marked(self.text, self.dates)

    @cached_property
    def placed(self) -> bytes:
        """A byte a character of the text: 1 within a place."""
        return _marked(self.text, self.places)

    @cached_property
    def quoted(self) -> bytes:
        """A byte a character of the text: 1 within a quotation."""
        return _marked(self.text, self.quotations)

    @cached_property
    def marked(self) -> dict[str, list[Match]]:
        """Pack matches whose entry carries a mark (frames, modality…), by mark."""
        found: dict[str, list[Match]] = {}
        for m in self.matches:
            if isinstance(m.entry, Term):
                found.setdefault(m.entry.mark, []).append(m)
        return found

    @cached_property
    def title_matches(self) -> tuple[Match, ...]:
        """Pack matches in the title that a reader gave apart from the text; they have no offsets in it."""
        return _matches_of(self.pack, self.report.title) if self.report.title else ()

    @cached_property
    def outlet_matches(self) -> tuple[Match, ...]:
        """Pack matches in the name of the outlet; they have no offsets in the text."""
        return _matches_of(self.pack, self.report.outlet) if self.report.outlet else ()

    @cached_property
    def counted(self) -> bytes:
        """A byte a character of the text: 1 within a number that counts something."""
        return _marked(self.text, [q for q in self.quantities if q.unit == "count"])

    @cached_property
    def measured(self) -> bytes:
        """A byte a character of the text: 1 within an amount, an age, an hour, or words for nobody."""
        return _marked(self.text, [q for q in self.quantities if q.unit != "count" or q.quantity.upper == 0])

    @cached_property
    def phrases(self) -> dict[tuple[int, int], Phrase | None]:
        """Noun phrases read so far (coding/phrases.py), by where their sentence begins and the index of their head:
        acts, tolls and candidates ask for the same ones."""
        return {}

    @cached_property
    def deeds(self) -> dict[tuple[int, int, bool, bool], bool]:
        """Where somebody's own deed was looked for so far (coding/deeds.py) and whether one is told there: asked
        once a report and once an incident."""
        return {}

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @cached_property
    def _matches_by_files(self) -> dict[tuple[str, ...], tuple[list[int], Sequence[Match]]]:
        return {}


def mentions_any(folded: str, sentence: Sentence, phrases: frozenset[str]) -> bool:
    """Whether a sentence holds one of some folded phrases as whole words."""
    return holds_any(folded[sentence.start : sentence.end], phrases)


def holds_any(folded: str, phrases: frozenset[str]) -> bool:
    """Whether a folded text holds one of some folded phrases as whole words."""
    return any(map(f"{spaced(folded)} ".__contains__, _whole_phrases(phrases)))


@lru_cache(maxsize=128)  # several lists of words are looked for in one sentence
def spaced(folded: str) -> str:
    """The words of a folded text, a space before each: "l'attaque" gives " l attaque"."""
    return "".join([f" {word}" for word in _WORD.findall(folded)])


@lru_cache(maxsize=32)  # a report is made anew at each stage: its title and outlet are not read anew
def _matches_of(pack: Pack, words: str) -> tuple[Match, ...]:
    return tuple(pack.find(words))


@lru_cache(maxsize=256)  # more than there are lists in the grammars
def spaced_phrases(phrases: frozenset[str]) -> tuple[str, ...]:
    """Some folded phrases, each as `spaced` gives it."""
    return tuple(spaced(phrase) for phrase in sorted(phrases))


@lru_cache(maxsize=256)
def _whole_phrases(phrases: frozenset[str]) -> tuple[str, ...]:
    """Some folded phrases, each between spaces."""
    return tuple(f"{phrase} " for phrase in spaced_phrases(phrases))


def _marked(text: str, items: Iterable[Spanned]) -> bytes:
    marks = bytearray(len(text))
    for x in items:
        marks[x.start : x.end] = b"\1" * (x.end - x.start)
    return bytes(marks)


def within(items: Iterable[S], start: int, end: int) -> list[S]:
    """Those of `items` that lie wholly in start..end, in their order."""
    return [x for x in items if x.start >= start and x.end <= end]


def lead_sentences(report: AnnotatedReport) -> set[int]:
    """Indices of the first two sentences of the body."""
    return set([s.index for s in report.sentences if not s.title and s.end > report.body][:2])
