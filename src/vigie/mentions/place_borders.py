"""Places that are named only as what lies behind a border: "near the border with X", « frontalière de X »."""

from __future__ import annotations

from vigie.mentions import place_scan
from vigie.mentions.place_scan import Tokens
from vigie.mentions.place_words import PlaceWords, load_place_words
from vigie.mentions.values import PlaceMention

# So many words may stand between the word for a border and the name behind it ("la frontière nord-ouest avec le").
_MOST_BETWEEN = 4
_REACH = 60


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


def beside_border(text: str, mention: PlaceMention, language: str) -> bool:
    """Whether a mention in a text names what lies behind a border, not where something was."""
    words = load_place_words(language)
    low = max(0, mention.start - _REACH)
    tokens = place_scan.tokenise(text[low : mention.end])
    first = next((i for i, s in enumerate(tokens.starts) if s >= mention.start - low), None)
    return first is not None and across_border(tokens, words, first)
