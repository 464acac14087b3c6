"""The furniture of wire copy: headline, dateline, byline, agency, dates, update marks, and where the story begins.

Works on any text given; offsets are of that text (hand in the normalised one to get offsets of it). Places are
given as words only: whether Bagdad is a place is for the gazetteer to say. Shapes known, in both languages:

    BAGHDAD (Reuters) - …            PARIS, 3 mars (AFP) - …         ADEN, Yemen, March 3, 2024 (AP) — …
    (AFP) – …                        MOSCOW, March 3. /TASS/. …      12 juin 2016. – …
    Saturday, October 5, 2019        date 2024-07 (Bagdad) …         Bagdad — …
    By Jane Doe in Baghdad           Page actualisée : 16 juin 2016  Agence France-Presse
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from vigie.language.pack import Match, Pack
from vigie.model import ReportedDate
from vigie.readers.datelines import HeadGrammar, Piece, head_grammar
from vigie.readers.marks import is_label

Kind = Literal[
    "title", "date", "place", "agency", "byline", "update", "correction", "withdrawal", "slug", "line"
]  # fmt: skip

# A report's head ends here at the latest, in characters.
_HEAD = 2_000
# Longer than this, a paragraph is prose even where it begins like a line of furniture.
_LINE = 160
_TITLE = 250
_OPENS = re.compile(r"\s?[:(\d]")
_PARAGRAPH = re.compile(r"[^\n]+")
_STOPS = (".", "!", "?", "…", "»", '"', "”", ":", ";", ",")


@dataclass(frozen=True, slots=True)
class FurnitureSpan:
    """`text[start:end]` is furniture of a kind; `name` is the canonical name where it has one ("AFP")."""

    kind: Kind
    start: int
    end: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    """What frames the story. `body` is where it begins; `spans` are all stretches that are no part of it, sorted.

    `published` is the date in the head (None where it has no year); `dateline` the offsets of the place words in
    it; `agency` the canonical name of whose copy it is; `title` the offsets of a headline line; `marks` the
    update, correction and withdrawal marks met in the head, each once.
    """

    body: int = 0
    spans: tuple[FurnitureSpan, ...] = ()
    published: ReportedDate | None = None
    published_span: tuple[int, int] | None = None
    dateline: tuple[int, int] | None = None
    agency: str | None = None
    title: tuple[int, int] | None = None
    marks: tuple[Literal["update", "correction", "withdrawal"], ...] = ()


@dataclass
class _Found:
    """What has been met so far, while the paragraphs are gone through."""

    spans: list[FurnitureSpan]
    body: int | None = None
    title: tuple[int, int] | None = None
    published: ReportedDate | None = None
    published_span: tuple[int, int] | None = None
    dateline: tuple[int, int] | None = None


def find_furniture(text: str, pack: Pack, matches: Sequence[Match] | None = None) -> Furniture:
    """The furniture of a report in the pack's language. `matches` are the pack's matches in `text`, where the
    caller has them already."""
    wire = [m for m in (pack.find(text) if matches is None else matches) if m.file == "wire"]  # sorted by start
    starts = [m.start for m in wire]
    grammar = head_grammar(pack.language)
    paragraphs = [(m.start(), m.end()) for m in _PARAGRAPH.finditer(text) if m.group().strip()]
    found = _Found([])
    for number, (start, end) in enumerate(paragraphs):
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(text[start:end].rstrip())
        near = wire[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]
        inside = [m for m in near if m.end <= end]
        last = number == len(paragraphs) - 1
        if start < _HEAD:
            _head_paragraph(text, start, end, inside, grammar, found, last=last)
        else:
            line = _whole_line(text, start, end, inside)
            if line:
                found.spans.append(line)
    body = found.body if found.body is not None else (paragraphs[0][0] if paragraphs else 0)
    spans = tuple(sorted(set(found.spans), key=lambda s: (s.start, s.end, s.kind)))
    return Furniture(
        body=body,
        spans=spans,
        published=found.published,
        published_span=found.published_span,
        dateline=found.dateline,
        agency=next((s.name for s in spans if s.kind == "agency" and s.name), None),
        title=found.title,
        marks=_marks(spans),
    )


def _head_paragraph(
    text: str, start: int, end: int, wire: Sequence[Match], grammar: HeadGrammar, found: _Found, *, last: bool
) -> None:
    """Take in one paragraph of the head: a line of furniture, a prefix before the story, the headline or prose."""
    line = _whole_line(text, start, end, wire) or _byline(text, start, end, grammar)
    if line:
        found.spans.append(line)
        found.spans += [_marked(m) for m in wire if m.entry.id != "priority" and _mark(m) != line.kind and _mark(m)]
        return
    prefix = grammar.prefix(text, start, end, [(m.start, m.end) for m in wire if _mark(m) == "agency"])
    if prefix:
        _take(text, prefix.pieces, wire, found)
        marks = [m for m in wire if m.end <= prefix.end and _mark(m) in ("update", "correction", "withdrawal")]
        found.spans += [_marked(m) for m in marks]
        if prefix.end < end and (found.body is None or _lines_alone(text, found.body, start)):
            found.body = prefix.end
        return
    stamp = grammar.stamp(text, start, end)
    if stamp:  # "Publié le 3 mars 2024", "Last updated: …": a line of its own
        kind: Kind = "update" if stamp.kind == "updated" else "date"
        found.spans.append(FurnitureSpan(kind, start, end))
        if kind == "date":
            _take(text, stamp.pieces, wire, found)
        return
    slug = _slug(text, start, end, wire)
    if slug:
        found.spans.append(slug)
    if _is_title(text, start, end, found, last=last):
        found.title = (start, end)
        found.spans.append(FurnitureSpan("title", start, end))
        found.spans += [
            _marked(m) for m in wire if _mark(m) not in (None, "agency", "slug") and _labels(text, m, start, end)
        ]
    elif found.body is None:
        found.body = _after(text, slug.end, end) if slug else start


def _lines_alone(text: str, body: int, end: int) -> bool:
    """Whether nothing but points of a summary stands from the body so far to a dateline: lines without a full stop."""
    return not any(line.rstrip().endswith(_STOPS[:8]) for line in text[body:end].split("\n"))


def _take(text: str, pieces: Sequence[Piece], wire: Sequence[Match], found: _Found) -> None:
    """Keep the pieces of a prefix; the first date with a year is the publication date, the first place the dateline."""
    for piece in pieces:
        if piece.kind == "agency":
            name = next((_name(m) for m in wire if piece.start <= m.start and m.end <= piece.end), None)
            name = name or text[piece.start : piece.end]  # an agency that no pack knows
            found.spans.append(FurnitureSpan("agency", piece.start, piece.end, name))
        elif piece.kind == "date":
            found.spans.append(FurnitureSpan("date", piece.start, piece.end))
            if piece.date is not None and found.published is None:
                found.published, found.published_span = piece.date, (piece.start, piece.end)
        else:
            found.spans.append(FurnitureSpan("place", piece.start, piece.end))
            found.dateline = found.dateline or (piece.start, piece.end)


def _whole_line(text: str, start: int, end: int, wire: Sequence[Match]) -> FurnitureSpan | None:
    """The paragraph as furniture: an agency's name and nothing else, or a short line that begins with a phrase
    such as "Lire aussi"."""
    words = text[start:end]
    if len(words) > _LINE:
        return None
    for m in wire:
        bare = (text[start : m.start] + text[m.end : end]).strip(" \u00a0()[]/.-–—©*·|")
        if _mark(m) == "agency" and not bare:
            return FurnitureSpan("agency", start, end, _name(m))
        lead = text[start : m.start].strip(" ([*>-–—•")
        if m.entry.id in ("read_also", "share", "rights", "credit") and not lead and not _reads_on(words):
            agency = next((_name(a) for a in wire if _mark(a) == "agency"), None)
            if m.entry.id in ("rights", "credit") and agency:
                return FurnitureSpan("agency", start, end, agency)
            return FurnitureSpan("line", start, end)
        if _mark(m) in ("update", "correction", "withdrawal") and not lead and _OPENS.match(text, m.end, end):
            return FurnitureSpan(_mark(m) or "line", start, end)
    return None


def _labels(text: str, match: Match, start: int, end: int) -> bool:
    """Whether an update mark in the headline text[start:end] is a label ("UPDATE 2 - …"), not a word of it."""
    return is_label(text[start:end], match._replace(start=match.start - start, end=match.end - start))


def _reads_on(words: str) -> bool:
    """Whether a line is a sentence that goes on: it ends in a full stop and is more than a few words."""
    return words.endswith(".") and len(words) > 90


def _byline(text: str, start: int, end: int, grammar: HeadGrammar) -> FurnitureSpan | None:
    return FurnitureSpan("byline", start, end) if end - start <= _LINE and grammar.is_byline(text[start:end]) else None


def _slug(text: str, start: int, end: int, wire: Sequence[Match]) -> FurnitureSpan | None:
    """URGENT and the like, at the very beginning of a paragraph."""
    for m in wire:
        if m.entry.id == "priority" and not text[start : m.start].strip(" ([*-–—"):
            return FurnitureSpan("slug", m.start, m.end)
    return None


def _is_title(text: str, start: int, end: int, found: _Found, *, last: bool) -> bool:
    """The first paragraph that is not furniture, short, without a full stop, with something after it."""
    if last or found.title or found.body is not None or end - start > _TITLE or text[start:end].endswith(_STOPS[:4]):
        return False
    return text.find("\n", end) >= 0


def _after(text: str, start: int, end: int) -> int:
    """The offset of the next word after punctuation and spaces."""
    while start < end and text[start] in " :)]*-–—.":
        start += 1
    return start


def _mark(match: Match) -> Kind | None:
    mark: str = getattr(match.entry, "mark", "")
    known: dict[str, Kind] = {
        "agency": "agency", "update": "update", "correction": "correction", "withdrawal": "withdrawal",
    }  # fmt: skip
    return known.get(mark) or ("slug" if match.entry.id == "priority" else None)


def _name(match: Match) -> str | None:
    name: str | None = getattr(match.entry, "name", None)
    return name


def _marked(match: Match) -> FurnitureSpan:
    return FurnitureSpan(_mark(match) or "line", match.start, match.end, _name(match))


def _marks(spans: Sequence[FurnitureSpan]) -> tuple[Literal["update", "correction", "withdrawal"], ...]:
    marks: list[Literal["update", "correction", "withdrawal"]] = []
    for span in spans:
        if (span.kind == "update" or span.kind == "correction" or span.kind == "withdrawal") and span.kind not in marks:
            marks.append(span.kind)
    return tuple(marks)
