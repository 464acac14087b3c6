"""The sentences of a report that hold some words, in the text as received."""

from __future__ import annotations

import bisect
from collections.abc import Iterable

from vigie.desk.passages import Mark, Piece, pieces
from vigie.model import Span
from vigie.text.normal import normalise
from vigie.text.sentences import split_sentences

_LANGUAGE = "en"  # by whose rules a text in a language without rules is cut


class Sentences:
    """The sentences of one text. `language` is the report's, None where it is not known."""

    def __init__(self, text: str, language: str | None) -> None:
        self._text = text
        normal = normalise(text)
        rules = language if language in ("en", "fr") else _LANGUAGE
        cut = [normal.span(s.start, s.end) for s in split_sentences(normal.text, rules)]
        self._bounds = [(span.start, span.end) for span in cut if span.end > span.start]
        self._starts = [start for start, _ in self._bounds]

    def with_words(self, spans: Iterable[Span]) -> list[tuple[int, int]]:
        """The stretches of sentences that some words are in, in the order of the text, neighbours together."""
        found: list[tuple[int, int]] = []
        for start, end in sorted({self._whole(span) for span in spans}):
            if found and not self._text[found[-1][1] : max(found[-1][1], start)].strip():
                found[-1] = (found[-1][0], max(found[-1][1], end))
            else:
                found.append((start, end))
        return found

    def passages(self, spans: Iterable[Span], marks: Iterable[Mark]) -> tuple[tuple[Piece, ...], ...]:
        """Those stretches, each cut where words are marked."""
        drawn = list(marks)
        return tuple(
            pieces(self._text[a:b], [Mark(m.start - a, m.end - a, m.of, m.kind, m.wide) for m in drawn])
            for a, b in self.with_words(spans)
        )

    def _whole(self, span: Span) -> tuple[int, int]:
        """The bounds of the sentence, or of several, that some words are in; the words themselves between sentences."""
        first = max(0, bisect.bisect_right(self._starts, span.start) - 1)
        last = max(first, bisect.bisect_left(self._starts, span.end) - 1)
        if not self._bounds:
            return span.start, span.end
        start, end = self._bounds[first][0], self._bounds[min(last, len(self._bounds) - 1)][1]
        return min(start, span.start), max(end, span.end)
