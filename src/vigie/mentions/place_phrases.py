"""The words round a name that belong to its mention or make it a place: "base d'X", "nord de X", "X air base"."""

from __future__ import annotations

from dataclasses import dataclass

from vigie.mentions.place_demonyms import load_demonyms
from vigie.mentions.place_keys import ARABIC_ARTICLES
from vigie.mentions.place_scan import Tokens
from vigie.mentions.place_words import PlaceWords, TypeNoun

_MODIFIERS = 2  # adjectives allowed between noun and name ("base aérienne russe de X")
_CHAIN = 7  # words in the longest unknown name taken
_PARTICLES = frozenset(
    ("de", "du", "des", "d", "la", "le", "les", "l", "sur", "en", "les", "bin", "ben", "ibn", "abu", "abou", "of",
     "am", "an", "der", "del", "di", "da", "do", "dos", "el", "al", "y", "sous", "upon", "on", "the", "in")
)  # fmt: skip


@dataclass(frozen=True)
class NounBefore:
    """A noun that makes the name after it a place; `first` is its first word; `tied`: a "de"/"of" between."""

    noun: TypeNoun
    first: int
    tied: bool


def noun_before(tokens: Tokens, words: PlaceWords, i: int) -> NounBefore | None:
    """The type noun that ends right before word i ("base aérienne russe de |Hmeimim")."""
    near, keys = tokens.tied, tokens.keys
    if i >= len(near) or not near[i] or tokens.gap(i) == "-":
        return None
    if (said := _said_to_be(tokens, words, i)) is not None:
        return said
    k, tied = i - 1, False
    for _ in range(2):
        if k >= 0 and near[k + 1] and (keys[k] in words.genitive or keys[k] in words.articles):
            tied = tied or keys[k] in words.genitive
            k -= 1
    if not tied:
        k = i - 1
    for skipped in range(_MODIFIERS + 1):
        end = k - skipped
        if end < 0 or not near[end + 1]:
            return None
        if skipped and not _modifier(tokens, words, end + 1):
            return None
        if keys[end] not in words.before_ends:
            continue
        for n in range(4, 0, -1):
            start = end - n + 1
            if start < 0 or not tokens.run(start, end + 1):
                continue
            noun = words.before.get(" ".join(tokens.keys[start : end + 1]))
            if noun is not None and (tied or not skipped or not noun.keep):
                if _named_before(tokens, words, start, end + 1):
                    return None
                return NounBefore(noun, start, tied)
    return None


def _said_to_be(tokens: Tokens, words: PlaceWords, i: int) -> NounBefore | None:
    """The noun of "a town called |X", « une localité appelée |X », and of "at village |X", which has no article."""
    keys, k = tokens.keys, i - 1
    if keys[k] in words.naming or (k and " ".join(keys[k - 1 : i]) in words.naming):
        k -= 1 + (keys[k] not in words.naming)
        for j in range(k, max(-1, k - 1 - _MODIFIERS), -1):
            noun = words.before.get(keys[j]) or words.after.get(keys[j])
            if noun is not None and not noun.keep and tokens.run(j, i):
                return NounBefore(noun, j, True)
        return None
    if words.direction_before and k and tokens.near(k) and not tokens.caps[k] and keys[k - 1] in words.locative:
        noun = words.after.get(keys[k])
        if noun is not None and noun.precision == "settlement" and not noun.keep:
            return NounBefore(noun, k, True)
    return None


def _named_before(tokens: Tokens, words: PlaceWords, start: int, end: int) -> bool:
    """True when the noun of words start..end-1 is that of the name before it ("the Anwar quarter of Damascus")."""
    if not words.direction_before or start == 0 or not tokens.caps[start - 1] or tokens.gap(start) != " ":
        return False
    noun = tokens.keys[start : end - 1] if tokens.keys[end - 1] in words.of else ()
    if " ".join(noun) in words.inward:
        return False  # "the Damascus suburb of X"
    if tokens.keys[start - 1] in load_demonyms(words.language):
        return False  # "the Malian village of X"
    return not tokens.opens(start - 1) and " ".join(noun) in words.after


def _modifier(tokens: Tokens, words: PlaceWords, i: int) -> bool:
    key = tokens.keys[i]
    return not (
        tokens.caps[i]
        or key in words.of
        or key in words.articles
        or key in words.prepositions
        or key in words.conjunctions
        or key in words.genitive
        or len(key) < 3
    )


def noun_after(tokens: Tokens, words: PlaceWords, last: int) -> tuple[TypeNoun, int] | None:
    """The type noun that begins at word `last` and the word after its end ("Bagram |air base")."""
    if last >= len(tokens) or tokens.keys[last] not in words.after_starts:
        return None
    for n in range(3, 0, -1):
        end = last + n
        if end > len(tokens) or any(tokens.gap(j) != " " for j in range(last, end)):
            continue
        key = " ".join(tokens.keys[last:end])
        noun = words.after.get(key)
        if noun is not None and key in words.inward and end < len(tokens) and tokens.keys[end] == "of":
            return None  # "the Damascus suburbs of X": of X
        if noun is not None:
            return noun, end
    return None


def direction(tokens: Tokens, words: PlaceWords, i: int) -> tuple[int, bool] | None:
    """First word of a part of the compass that takes in the name at word i, and whether it stands there as the
    place itself ("dans le |nord de X", "northern X": True) or as a direction from it ("au nord de X": False)."""
    k = i - 1
    if words.direction_before:
        if (start := _compass(tokens, words, k)) is not None and tokens.near(i):
            return start, True
        if k >= 1 and tokens.keys[k] == "the" and tokens.near(i):
            k -= 1
        if k >= 2 and tokens.keys[k] == "of" and tokens.near(k + 1):
            start = _compass(tokens, words, k - 1)
            if start is not None and start > 1 and tokens.keys[start - 1] == "the":
                return start, tokens.keys[start - 2] != "to"
        return None
    tied = False
    for _ in range(2):
        if k >= 0 and tokens.near(k + 1) and (tokens.keys[k] in words.genitive or tokens.keys[k] in words.articles):
            tied = tied or tokens.keys[k] in words.genitive
            k -= 1
    if not tied or (start := _compass(tokens, words, k)) is None:
        return None
    before = tokens.keys[start - 1] if start and tokens.near(start) else ""
    away = before == "au" or (before == "l" and start > 1 and tokens.keys[start - 2] == "a")
    return start, not away


def _compass(tokens: Tokens, words: PlaceWords, k: int) -> int | None:
    for n in (3, 2, 1):
        start = k - n + 1
        if start < 0 or not tokens.run(start, k + 1):
            continue
        if " ".join(tokens.keys[start : k + 1]) in words.directions and tokens.gap(start) != "-":
            return start
    return None


def chain(tokens: Tokens, i: int) -> int:
    """End of the run of capitalised words from word i that may be one unknown name (i if none): particles and
    articles may stand between capitals ("Oum al-Kébir", "Villeneuve-sur-Lot")."""
    end = i
    for j in range(i, min(i + _CHAIN, len(tokens))):
        if j > i and not tokens.near(j):
            break
        if tokens.caps[j] or (j > i and tokens.gap(j) == "-" and tokens.keys[j] == tokens.keys[j - 1]):
            end = j + 1  # "Oum", "Mabo-mabo"
        elif j > i and _goes_on(tokens, j):
            end = j + 1  # "Sa'da"
        elif tokens.keys[j] not in ARABIC_ARTICLES and (j == i or not _linked(tokens, j)):
            break
    return end


def _goes_on(tokens: Tokens, j: int) -> bool:
    """True when word j is the rest of a name behind its apostrophe ("Ta'iz"), no "'s" and nothing elided ("Qu'ils")."""
    head, rest = tokens.keys[j - 1], tokens.keys[j]
    return tokens.gap(j) == "'" and tokens.caps[j - 1] and len(head) > 1 and len(rest) > 1 and not head.endswith("qu")


def _linked(tokens: Tokens, j: int) -> bool:
    if tokens.gap(j) == "-" and tokens.gap(j + 1) == "-":
        return True
    return tokens.keys[j] in _PARTICLES and (tokens.gap(j) == "-" or tokens.gap(j + 1) in ("-", "'"))


def ordinal_district(tokens: Tokens, i: int) -> int | None:
    """The word after "19e arrondissement" or "19th arrondissement" when word i is the number, else None."""
    key = tokens.keys[i]
    if not (key[0].isdigit() and key.rstrip("erndmthsoi").isdigit()) and key != "premier":
        return None
    if i + 1 < len(tokens) and tokens.gap(i + 1) == " " and tokens.keys[i + 1] == "arrondissement":
        return i + 2
    return None


def area_before(tokens: Tokens, words: PlaceWords, first: int) -> int | None:
    """First word of the area noun that ends right before word `first` ("désert |jordanien")."""
    for n in (3, 2, 1):
        start = first - n
        if start < 0 or any(tokens.gap(j) not in (" ", "-") for j in range(start + 1, first + 1)):
            continue
        if " ".join(tokens.keys[start:first]) in words.areas and tokens.gap(start) != "-":
            return start
    return None


def area_after(tokens: Tokens, words: PlaceWords, last: int) -> int | None:
    """The word after the area noun that begins at word `last` ("Jordanian |desert")."""
    if last < len(tokens) and tokens.gap(last) == " ":
        key = tokens.keys[last]
        if key in words.areas and key not in words.areas_drop:
            return last + 1
    return None
