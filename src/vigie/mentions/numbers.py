"""Bare numbers in a text, in figures and in words, before any hedge or range is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from text_to_num import text2num

from vigie.language.numeric import Numeric
from vigie.language.token_patterns import Tokens

_LONGEST_RUN = 12
_MOST = 10**16

NumberKind = Literal["figure", "word", "article", "collective", "plural", "indefinite", "zero", "pair", "ordinal"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens start..end (end not included).

    low, high: its value, the same unless the word gives only an order of magnitude; high None: no upper bound.
    kind: how it is written. whole: False for a decimal that is no whole number (low and high round it outwards).
    value: what the figures say, before rounding and multiplying.
    """

    start: int
    end: int
    low: int
    high: int | None
    kind: NumberKind
    whole: bool = True
    value: float = 0.0


def number_at(tokens: Tokens, i: int, numeric: Numeric) -> Number | None:
    """The number that begins at token i, the longest reading of it; None where there is none."""
    words = tokens.words
    word = words[i]
    if word[0].isdigit():
        return _figure(tokens, i, numeric)
    if word not in numeric.starts or _family_name(tokens, i):
        return None
    return (
        _magnitude(words, i, numeric)
        or _collective(words, i, numeric)
        or (_named(words, i, numeric) if word in numeric.named else None)
        or (None if part_of_name(tokens, i) else _in_words(words, i, numeric))
        or _one(words, i, numeric)
    )


def _family_name(tokens: Tokens, i: int) -> bool:
    """True for a number word that ends a name ("Denis Ten was"): a capital behind a capital and before a small letter.
    In a headline in capitals ("At Least Ten Killed") the next word has one too."""
    if i == 0 or i + 1 >= len(tokens) or not (tokens.capital(i) and tokens.capital(i - 1)):
        return False
    before, after = tokens.words[i - 1], tokens.words[i + 1]
    return before[0].isalpha() and after[0].isalpha() and not tokens.capital(i + 1) and not tokens.glued(i)


# -- figures ----------------------------------------------------------------------------------------------------


def part_of_name(tokens: Tokens, i: int) -> bool:
    """True for figures that hang on letters before them (G7, F-16, M-23, RN4)."""
    words = tokens.words
    if not tokens.glued(i):
        return False
    if words[i - 1][0].isalpha():
        return True
    return words[i - 1] == "-" and i > 1 and tokens.glued(i - 1) and words[i - 2][0].isalpha()


def _figure(tokens: Tokens, i: int, numeric: Numeric) -> Number | None:
    words = tokens.words
    if part_of_name(tokens, i):
        return None
    value = figure_value(words[i])
    if value is None:
        return None
    end, said = i + 1, value
    multiplied = numeric.multipliers.at(words, end)
    if multiplied is not None:
        end, factor = multiplied
        value *= factor
    if value > _MOST:
        return None
    low = int(value)
    whole = abs(value - round(value)) < 1e-6
    if whole:
        low = round(value)
    return Number(i, end, low, low if whole else low + 1, "figure", whole, said)


def figure_value(word: str) -> float | None:
    """The value of figures as written: "2500", "2 500", "2.500", "2,500", "2'500", "1,5"; None for dates, fractions.

    A mark before exactly three figures parts thousands (a number does not begin with 0), any other is decimal.
    """
    if word.isdigit():
        return float(word) if len(word) < 14 else None
    if "/" in word or word.count("-"):
        return None
    parts = re.split(r"[ .,'’]", word)
    if not all(p.isdigit() for p in parts):
        return None
    if len(parts) > 2 and len(parts[-1]) < 3:  # 7 754,02
        return float("".join(parts[:-1]) + "." + parts[-1])
    if all(len(p) == 3 for p in parts[1:]) and not parts[0].startswith("0"):
        return float("".join(parts))
    if len(parts) == 2:
        return float(".".join(parts))
    return None


# -- words ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def word_value(words: str, language: str) -> int | None:
    """The value of number words written out ("deux mille cinq cents"), None where they make no one number."""
    try:
        return int(text2num(words, language))
    except ValueError:
        return None


def _in_words(words: tuple[str, ...], i: int, numeric: Numeric) -> Number | None:
    if words[i] not in numeric.number_words:
        return None
    end = i + 1
    last_word = end
    while end < len(words) and end - i < _LONGEST_RUN:
        if words[end] in numeric.number_words:
            end += 1
            last_word = end
        elif words[end] in numeric.joiners:
            end += 1
        else:
            break
    while last_word > i:
        run = words[i:last_word]
        value = word_value(_spelled(run), numeric.language)
        if value is not None and not (last_word == i + 1 and words[i] in numeric.small_one):
            return Number(i, last_word, value, value, "word", value=float(value))
        last_word -= 1
        while last_word > i and words[last_word - 1] in numeric.joiners:
            last_word -= 1
    return None


def _spelled(run: tuple[str, ...]) -> str:
    return " ".join(run).replace(" - ", "-")


def _one(words: tuple[str, ...], i: int, numeric: Numeric) -> Number | None:
    """ "un", "a" or "one" right before a word it can count, or before "of", "des"."""
    if words[i] not in numeric.articles and words[i] not in numeric.small_one:
        return None
    if numeric.not_one.at(words, i + 1) is not None or i + 1 >= len(words):
        return None
    follows = words[i + 1]
    if follows in numeric.number_words and numeric.multipliers.at(words, i + 1) is not None:  # "a hundred"
        rest = _in_words(words, i + 1, numeric)
        if rest is not None:
            return Number(i, rest.end, rest.low, rest.high, "word")
    joined = numeric.joins.at(words, i + 1)
    if joined is not None and joined[0] < len(words) and words[joined[0]] in numeric.number_words:  # "un ou deux"
        return Number(i, i + 1, 1, 1, "article")
    partitive = words[i] in numeric.small_one and numeric.of.at(words, i + 1) is not None
    if not partitive and (not follows[0].isalpha() or follows in numeric.no_noun):
        return None
    return Number(i, i + 1, 1, 1, "article")


def _collective(words: tuple[str, ...], i: int, numeric: Numeric) -> Number | None:
    """ "une vingtaine", "deux douzaines", "a dozen": about so many."""
    start, times = i, 1
    at = i
    if words[i] in numeric.articles or words[i] in numeric.small_one:
        at = i + 1
    elif words[i] in numeric.number_words:
        value = word_value(words[i], numeric.language)
        if value is None or not 1 < value < 20:
            return None
        at, times = i + 1, value
    found = numeric.collectives.at(words, at)
    if found is None:
        return None
    end, value = found
    value *= times
    return Number(start, end, value, value, "collective")


def _magnitude(words: tuple[str, ...], i: int, numeric: Numeric) -> Number | None:
    """ "des dizaines", "plusieurs centaines", "hundreds": an order of magnitude."""
    found = numeric.plurals.at(words, i)
    opened = numeric.openers.at(words, i) if found is None else None
    if opened is not None:
        found = numeric.plurals.at(words, opened[0])
    if found is None:
        return None
    end, (low, high) = found
    return Number(i, end, low, high, "plural")


def _countable(words: tuple[str, ...], i: int, numeric: Numeric) -> bool:
    return i < len(words) and words[i][0].isalpha() and words[i] not in numeric.no_noun


def _named(words: tuple[str, ...], i: int, numeric: Numeric) -> Number | None:
    pair = numeric.pairs.at(words, i)
    if pair is not None and _countable(words, pair[0], numeric):
        return Number(i, pair[0], 2, 2, "pair")
    many = numeric.indefinite.at(words, i)
    if many is not None and numeric.not_many_after.ending(words, i) is None:
        return Number(i, many[0], 2, None, "indefinite")
    none = numeric.zero.at(words, i)
    determiner = none is not None and none[0] == i + 1 and words[i] in numeric.zero_determiners
    stands = _countable(words, i + 1, numeric) and numeric.not_one.at(words, i + 1) is None
    if none is not None and (not determiner or stands):
        return Number(i, none[0], 0, 0, "zero")
    ordinal = numeric.ordinals.at(words, i)
    if ordinal is not None:
        return Number(i, ordinal[0], ordinal[1], ordinal[1], "ordinal")
    return None
