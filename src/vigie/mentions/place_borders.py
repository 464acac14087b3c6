"""Places that are named only as what lies behind a border: "near the border with X", « frontalière de X »."""

from __future__ import annotations

from vigie.mentions.place_scan import Tokens
from vigie.mentions.place_words import PlaceWords

# So many words may stand between the word for a border and the name behind it ("la frontière nord-ouest avec le").
_MOST_BETWEEN = 4


def across_border(tokens: Tokens, words: PlaceWords, first: int) -> bool:
    """Whether the name at a word is that of the neighbour: a word for a border before it, and what joins the two."""
    for i in range(first - 1, max(-1, first - 2 - _MOST_BETWEEN), -1):
        key = tokens.keys[i]
        if tokens.opens(i + 1):
            return False
        if key in words.borders:
            between = tokens.keys[i + 1 : first]
            if key in words.bordering or any(k in words.border_with for k in between):
                return True
            return bool(between) and between[0] in words.border_of  # not "the border south of X"
    return False
