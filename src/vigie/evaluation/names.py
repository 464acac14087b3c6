"""Whether two names plainly mean the same."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from vigie.evaluation.rules import matching_rules

_WORD = re.compile(r"\w+")
# Two names one of which holds all words of the other may differ by this many words.
_MORE_WORDS = 3
_SHARED = 0.5
_SPELLED_ALIKE = 0.8


@cache
def name_words(name: str) -> tuple[str, ...]:
    """`telling_words` of a name, kept."""
    return telling_words(name)


def telling_words(text: str) -> tuple[str, ...]:
    """The words that tell a name apart: without case, accents, small words and plural endings."""
    plain = (c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))
    small = matching_rules().small_words
    return tuple(_singular(word) for word in _WORD.findall("".join(plain)) if word not in small)


def same_name(coded: str | None, gold: str | None) -> bool:
    """Whether two names mean the same: one alias family; one holds all words of the other and at most three more; half
    of their words are shared; or they are spelled nearly alike. A name without a telling word is like no other."""
    if not coded or not gold:
        return False
    ours, theirs = name_words(coded), name_words(gold)
    if not ours or not theirs:
        return False
    one, other = frozenset(ours), frozenset(theirs)
    if canonical(one) == canonical(other):
        return True
    if (one <= other or other <= one) and abs(len(one) - len(other)) <= _MORE_WORDS:
        return True
    if len(one & other) >= _SHARED * len(one | other):
        return True
    return difflib.SequenceMatcher(None, " ".join(ours), " ".join(theirs)).ratio() >= _SPELLED_ALIKE


def partly_same(coded: str, gold: str) -> bool:
    """Whether two names that do not mean the same share a telling word."""
    return bool(frozenset(name_words(coded)) & frozenset(name_words(gold)))


def canonical(words: frozenset[str]) -> frozenset[str]:
    """The usual name of a body for any of its names, as words; the words themselves where they are no known alias."""
    return _alias_families().get(words, words)


@cache
def _alias_families() -> Mapping[frozenset[str], frozenset[str]]:
    families = ([frozenset(name_words(name)) for name in family] for family in matching_rules().aliases)
    return {name: family[0] for family in families for name in family}


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word
