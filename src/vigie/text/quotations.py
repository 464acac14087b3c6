"""Words between quotation marks.

Guillemets, curly and straight double marks; nested; a quotation over several paragraphs, whether it opens anew
in each (the press habit in both languages) or not; a quotation whose closing mark is missing ends with its
paragraph.
"""

from __future__ import annotations

import re

from vigie.text.segments import Quotation

_MARK = re.compile(r"[«»“”„\"]|\n[^\S\n]*\n\s*|\n")
_OPENING = {"«": "»", "“": "”", "„": "”", '"': '"'}
# A quotation may run on without a new opening mark through this many paragraphs.
_MOST_PARAGRAPHS = 4


def find_quotations(text: str, language: str) -> tuple[Quotation, ...]:
    """All quotations of `text` (normalised), by start then longest first, without their marks and outer spaces.

    The same marks are read in every language; `language` is there for those whose marks differ.
    """
    found: list[Quotation] = []
    open_marks: list[tuple[str, int]] = []
    for m in _MARK.finditer(text):
        mark, at = m[0], m.start()
        if mark[0] == "\n":
            _end_paragraph(text, at, m.end(), open_marks, found)
        elif mark == '"':
            _straight(text, at, open_marks, found)
        elif mark in "«„" or (mark == "“" and not _closes_as(text, at, open_marks, "„")):
            open_marks.append((mark, at + 1))
        else:
            _close(text, at, "”" if mark == "“" else mark, open_marks, found)
    for _, start in open_marks:
        _keep(text, start, _line_end(text, start), False, found)
    return tuple(sorted(set(found), key=lambda q: (q.start, -q.end)))


def _closes_as(text: str, at: int, open_marks: list[tuple[str, int]], opening: str) -> bool:
    """German-style „…“: the upper mark closes what the low one opened."""
    return bool(open_marks) and open_marks[-1][0] == opening


def _straight(text: str, at: int, open_marks: list[tuple[str, int]], found: list[Quotation]) -> None:
    before = text[at - 1 : at] if at else " "
    after = text[at + 1 : at + 2]
    inside = any(mark == '"' for mark, _ in open_marks)
    opens = (not before or before.isspace() or before in "([«“'-–—") and bool(after) and not after.isspace()
    if not inside:
        # A mark with space on both sides opens ('" texte "'); one glued to the word before closes nothing.
        if opens or ((not before or before.isspace()) and after.isspace()):
            open_marks.append(('"', at + 1))
        return
    if opens and before not in "-–—'" and _looks_unclosed(text, at, open_marks):
        # A new quotation opens though the last was never closed: that one ends with its sentence.
        while open_marks and open_marks[-1][0] != '"':
            open_marks.pop()
        _, start = open_marks.pop()
        _keep(text, start, at, False, found)
        open_marks.append(('"', at + 1))
        return
    _close(text, at, '"', open_marks, found)


def _looks_unclosed(text: str, at: int, open_marks: list[tuple[str, int]]) -> bool:
    """Whether a mark that looks like an opening one opens, though a quotation is open: the next mark of the line
    then looks like a closing one."""
    following = text.find('"', at + 1)
    if following < 0 or "\n" in text[at:following]:
        return False
    return not text[following - 1].isspace() and not text[following + 1 : following + 2].isalnum()


def _close(text: str, at: int, mark: str, open_marks: list[tuple[str, int]], found: list[Quotation]) -> None:
    """Close the innermost quotation that `mark` can close; those left open inside it end with it."""
    for depth in range(len(open_marks) - 1, -1, -1):
        if _OPENING[open_marks[depth][0]] == mark:
            for _, start in open_marks[depth + 1 :]:
                _keep(text, start, at, False, found)
            _keep(text, open_marks[depth][1], at, True, found)
            del open_marks[depth:]
            return


def _end_paragraph(
    text: str, at: int, following: int, open_marks: list[tuple[str, int]], found: list[Quotation]
) -> None:
    """At a paragraph's end: what is open ends here, and goes on below where a closing mark comes first there."""
    if not open_marks:
        return
    outer, _ = open_marks[0]
    for _, first in open_marks:
        _keep(text, first, at, False, found)
    open_marks.clear()
    if outer != '"' and _runs_on(text, following, outer):
        open_marks.append((outer, following))


def _runs_on(text: str, position: int, opening: str) -> bool:
    """Whether, from `position`, a closing mark comes before any opening one, within a few paragraphs."""
    closing = _OPENING[opening]
    shut = text.find(closing, position)
    if shut < 0 or text.count("\n", position, shut) > 2 * _MOST_PARAGRAPHS:
        return False
    again = text.find(opening, position)
    return again < 0 or shut < again


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _keep(text: str, start: int, end: int, closed: bool, found: list[Quotation]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Quotation(start, end, closed))
