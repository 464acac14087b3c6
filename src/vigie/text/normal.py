"""One clean spelling of a text for the rules to read, with the way back to the text as received.

Every stage works on `NormalText.text`; only when a value is handed out are its offsets turned into
offsets of the raw text, so that a quote is always cut from what was received.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from vigie.language.folding import fold
from vigie.model import Span

# One character each, so that the common case needs no offset table.
_SAME_LENGTH = str.maketrans(
    {
        "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2032": "'", "\u00b4": "'", "`": "'",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u2008": " ", "\u200a": " ", "\u3000": " ",
        "\u2002": " ", "\u2003": " ", "\u2004": " ", "\u2005": " ", "\u2006": " ", "\t": " ", "\x0b": " ", "\x0c": "\n",
        "\u2010": "-", "\u2011": "-", "\u2028": "\n", "\u2029": "\n", "\x85": "\n",
    }
)  # fmt: skip
_OTHER_SPELLING = re.compile(f"[{''.join(map(chr, _SAME_LENGTH))}]+")
# Characters that carry no letter: soft hyphen, zero-width marks, byte-order mark, direction marks.
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e")


@dataclass(frozen=True)
class NormalText:
    """`text` is the clean spelling of `raw`; `offsets[i]` is where character i of `text` begins in `raw`.

    `offsets` is None when both have the same length position by position, else it has len(text) + 1 items.
    """

    raw: str
    text: str
    offsets: tuple[int, ...] | None = None

    def raw_offsets(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in `raw` of `text[start:end]`; a stretch of raw combining marks stays with its letter."""
        if self.offsets is None:
            return start, end
        if start == end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end]

    def span(self, start: int, end: int) -> Span:
        """The Span of the raw text that `text[start:end]` stands for, without white space at its ends."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        a, b = self.raw_offsets(start, end)
        while b > a and (self.raw[b - 1].isspace() or self.raw[b - 1] in _INVISIBLE):
            b -= 1
        return Span(a, b, self.raw[a:b])

    @cached_property
    def folded(self) -> str:
        """`text` in lower case without accents, character for character (same length as `text`)."""
        return fold(self.text)


def normalise(raw: str) -> NormalText:
    """The clean spelling of `raw`: typographic apostrophes and spaces made plain, line ends made "\\n",
    invisible marks dropped, combining accents joined to their letter."""
    flat = _OTHER_SPELLING.sub(lambda found: found[0].translate(_SAME_LENGTH), raw)
    if "\r" not in flat and unicodedata.is_normalized("NFC", flat) and _INVISIBLE.isdisjoint(flat):
        return NormalText(raw, flat)
    out: list[str] = []
    offsets: list[int] = []
    i = 0
    while i < len(flat):
        j = i + 1
        char = flat[i]
        if char in _INVISIBLE:
            i = j
            continue
        if char == "\r":
            if j < len(flat) and flat[j] == "\n":
                j += 1
            char = "\n"
        else:
            while j < len(flat) and (unicodedata.combining(flat[j]) or flat[j] in _INVISIBLE):
                j += 1
            if j > i + 1:
                char = unicodedata.normalize("NFC", "".join(c for c in flat[i:j] if c not in _INVISIBLE))
            elif not char.isascii():
                char = unicodedata.normalize("NFC", char)
        out.append(char)
        offsets.extend([i] * len(char))
        i = j
    offsets.append(len(raw))
    return NormalText(raw, "".join(out), tuple(offsets))
