"""Folding: case and accents taken away without moving a character."""

from __future__ import annotations

import unicodedata


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


def fold(text: str) -> str:
    """`text` in lower case and without accents, of the same length: offsets stay valid."""
    return text.lower() if text.isascii() else text.translate(_FOLD)
