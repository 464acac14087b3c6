"""Names that a road or a stretch between two places shows to be places: « sur l'axe X-Y », "between X and Y"."""

from __future__ import annotations

from collections.abc import Container

from vigie.mentions.place_scan import Tokens
from vigie.mentions.place_words import PlaceWords

_LINKS = 4  # words between the road and the first of its ends ("la route sablonneuse menant de X")
_NAME = 3  # words in an end that no list knows


def end_of_route(tokens: Tokens, words: PlaceWords, i: int, end: int, places: Container[int]) -> int | None:
    """Where the name that begins at word i ends, if it is one of the two ends of a stretch; `end` is where its run of
    capitals ends, `places` the words of places found so far."""
    first = next((j for j in range(i + 1, end) if tokens.gap(j) in ("-", " - ", "–")), end)
    if first - i > _NAME:
        return None
    if _on_road(tokens, words, i):
        return first
    key, joint = tokens.keys[i - 1], words.conjunctions | words.route_to
    if end - i <= _NAME and key in joint and i - 2 in places:  # the second, behind one that is known
        opening = i - 2
        while opening > 0 and opening - 1 in places:
            opening -= 1
        if tokens.keys[opening - 1] in words.between or _on_road(tokens, words, opening):
            return end
    if key in words.between and end + 1 < len(tokens) and tokens.keys[end] in words.conjunctions and end + 1 in places:
        return end if end - i <= _NAME else None
    return None


def _on_road(tokens: Tokens, words: PlaceWords, i: int) -> bool:
    """Whether a word for a road stands before the name at word i, with only words that lead along it between."""
    for k in range(i - 1, max(-1, i - 2 - _LINKS), -1):
        if not tokens.near(k + 1) or tokens.caps[k]:
            return False
        if tokens.keys[k] in words.routes:
            led = any(j in words.route_from | words.between for j in tokens.keys[k + 1 : i])
            return led or (k == i - 1 and not words.direction_before and _hyphened(tokens, i))
        if k < i - 1 and not any(j in words.route_from | words.between for j in tokens.keys[k:i]):
            return False
    return False


def _hyphened(tokens: Tokens, i: int) -> bool:
    """Two names of the ends of a road follow, tied by a hyphen."""
    return any(tokens.gap(j) in ("-", " - ", "–") and tokens.caps[j] for j in range(i + 1, min(i + 4, len(tokens))))
