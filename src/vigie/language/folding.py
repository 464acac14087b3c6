"""Folding: case and accents taken away without moving a character."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


class _FoldTable(dict[int, str]):
    """Fills itself with the folded form of each character met: one character in, one out."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[:1].lower() or char
        folded = _LETTERS.get(base, base)
        self[code] = folded if len(folded) == 1 else char
        return self[code]


# Letters that do not decompose; the single letter a reader would type instead.
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "ħ": "h", "ʿ": "'", "ʾ": "'", "œ": "œ", "æ": "æ"}
_FOLD = _FoldTable()
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# Names and words up to this length come again and again; a whole text only while its report is read.
_SHORT = 48


def fold(text: str) -> str:
    """`text` in lower case and without accents, of the same length: offsets stay valid."""
    if text.isascii():
        return text.lower()
    return _folded(text) if len(text) <= _SHORT else _folded_text(text)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return text.translate(_FOLD)


@lru_cache(maxsize=2)
def _folded_text(text: str) -> str:
    # Most of a text is plain letters, for which `lower` is many times as fast as the table.
    return _BEYOND_ASCII.sub(lambda found: found[0].translate(_FOLD), text).lower()
