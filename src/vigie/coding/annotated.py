"""A report with everything the earlier stages found in it: what an extractor works on."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar

from vigie.language.pack import Match, Pack
from vigie.language.parse import Parse
from vigie.mentions.values import DateMention, PlaceMention, QuantityMention
from vigie.model import Report
from vigie.text.normal import NormalText
from vigie.text.segments import Quotation, Sentence


class Spanned(Protocol):
    """Anything with offsets in the normalised text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_WORD = re.compile(r"\w+")
S = TypeVar("S", bound=Spanned)


@dataclass(frozen=True)
class AnnotatedReport:
    """Everything found in one report. All offsets are of `normal.text`; `parses` maps a sentence's index to
    its parse and holds only the sentences that were parsed. `demonyms` are adjectives and nouns of nationality with
    their country. `body` is where the report's own words begin
    (after dateline and wire furniture)."""

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
        low = bisect.bisect_left(self._match_starts, start)
        high = bisect.bisect_left(self._match_starts, end)
        return [m for m in self.matches[low:high] if m.end <= end and (not files or m.file in files)]

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @cached_property
    def _match_starts(self) -> list[int]:
        return [m.start for m in self.matches]


def mentions_any(folded: str, sentence: Sentence, phrases: Iterable[str]) -> bool:
    """Whether a sentence holds one of some folded phrases as whole words."""
    words = f" {' '.join(_WORD.findall(folded[sentence.start : sentence.end]))} "
    return any(f" {' '.join(_WORD.findall(p))} " in words for p in phrases)


def within(items: Iterable[S], start: int, end: int) -> list[S]:
    """Those of `items` that lie wholly in start..end, in their order."""
    return [x for x in items if x.start >= start and x.end <= end]
