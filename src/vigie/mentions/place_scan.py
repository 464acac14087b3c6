"""Words of a text and the names among them that the gazetteer knows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from vigie.language.folding import fold
from vigie.mentions.gazetteer import Gazetteer, Reading
from vigie.mentions.place_keys import ARABIC_ARTICLES, SAME_WORDS, word_key
from vigie.mentions.place_words import PlaceWords

_WORD = re.compile(r"([^\W_]+)")
_LONGEST = 7  # words in the longest name looked up
_JOINS = frozenset((" ", "-", "'", " - "))
_ABBREVIATIONS = frozenset(("saint", "sainte", "mount", "ft", "fort"))
_SPACED_ARTICLES = frozenset(("al", "el"))  # the others are words of French or English too ("as", "at", "en")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of `text` (letters and digits; hyphens, apostrophes and full stops divide them): where each
    starts and ends, its key, whether it begins with a capital, what stands between it and the word before, and whether
    that is only a space, hyphen or apostrophe."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    keys: tuple[str, ...]
    caps: tuple[bool, ...]
    gaps: tuple[str, ...]
    tied: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def gap(self, i: int) -> str:
        """What stands between word i-1 and word i ("" at either end of the text)."""
        return self.gaps[i] if 0 <= i < len(self.gaps) else ""

    def near(self, i: int) -> bool:
        """True when only a space, hyphen or apostrophe stands between words i-1 and i."""
        tied = self.tied
        return i < len(tied) and tied[i]

    def run(self, first: int, last: int) -> bool:
        """True when words first..last-1 follow each other with only spaces, hyphens or apostrophes between."""
        return last <= len(self.tied) and all(self.tied[first + 1 : last])

    def joined(self, i: int) -> bool:
        """True when words i-1 and i may belong to one name; also the full stop of "St. John" and "U.S."."""
        if self.near(i):
            return True
        before = self.keys[i - 1] if 0 < i < len(self.starts) else ""
        if before not in _ABBREVIATIONS and not (len(before) == 1 and self.caps[i - 1]):
            return False
        return self.gap(i) in (".", ". ")

    def opens(self, i: int) -> bool:
        """True when word i opens a sentence, a line or a quotation."""
        return i == 0 or (not self.near(i) and any(c in '.!?:\n«“"—–' for c in self.gap(i)))


@lru_cache(maxsize=2)  # places and demonyms of a report are read from the same words
def tokenise(text: str) -> Tokens:
    """The words of a normalised text."""
    folded = fold(text)
    plain = "œ" not in folded and "æ" not in folded and "ß" not in folded
    parts = _WORD.split(text)  # what stands between, a word, and again; cut by one call, not by one a word
    stops = tuple(itertools.accumulate(map(len, parts)))
    starts, ends = stops[:-1:2], stops[1::2]
    words = [folded[start:end] for start, end in zip(starts, ends, strict=True)]
    keys = [SAME_WORDS.get(w, w) for w in words] if plain else [word_key(w) for w in words]
    gaps = ("", *parts[2:-1:2])[: len(starts)]
    caps = tuple([word[0].isupper() for word in parts[1::2]])
    return Tokens(text, starts, ends, tuple(keys), caps, gaps, tuple([gap in _JOINS for gap in gaps]))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words first..last-1 that are a name in the gazetteer. `sounded`: found by sound, not by spelling."""

    first: int
    last: int
    readings: tuple[Reading, ...]
    sounded: bool = False


def candidates(tokens: Tokens, gazetteer: Gazetteer, words: PlaceWords) -> list[Candidate]:
    """The longest known names, left to right, not overlapping; names in `stop_names` are passed over."""
    found: list[Candidate] = []
    keys, caps, begins = tokens.keys, tokens.caps, words.begins
    free = 0  # the first word that no name before has taken
    for i in [i for i, key in enumerate(keys) if caps[i] or key in begins or key in ARABIC_ARTICLES]:
        key = keys[i]
        if i < free or not (caps[i] or key in begins or _article(tokens, i)):
            continue
        stop = _stop_name(tokens, words, i)
        named = caps[i] or key in words.generic or _article(tokens, i)
        candidate = _longest(tokens, gazetteer, words, i) if named else None
        if stop > i and (candidate is None or candidate.last <= stop):
            free = stop
        elif candidate is not None:
            found.append(candidate)
            free = candidate.last
    return found


def _article(tokens: Tokens, i: int) -> bool:
    """True for an Arabic article in lower case with its name behind it ("al-Anbar")."""
    if tokens.keys[i] not in ARABIC_ARTICLES or i + 1 >= len(tokens) or not tokens.caps[i + 1]:
        return False
    gap = tokens.gap(i + 1)
    return gap == "-" or (gap == " " and tokens.keys[i] in _SPACED_ARTICLES)


def _stop_name(tokens: Tokens, words: PlaceWords, i: int) -> int:
    """Where a stop name that begins at word i ends, else i."""
    if tokens.keys[i] not in words.stop_starts:
        return i
    end, key = i, ""
    for j in range(i, min(i + _LONGEST, len(tokens))):
        if j > i and not tokens.joined(j):
            break
        key = f"{key} {tokens.keys[j]}" if key else tokens.keys[j]
        if key in words.stop_names:
            end = j + 1
    return end


def _longest(tokens: Tokens, gazetteer: Gazetteer, words: PlaceWords, i: int) -> Candidate | None:
    contracted = words.contracted.get(tokens.keys[i - 1]) if i and tokens.near(i) and tokens.caps[i] else None
    if contracted and (found := _match(tokens, gazetteer, words, i, contracted)):
        return found
    found = _match(tokens, gazetteer, words, i, "")
    if found is None and (_article(tokens, i) or tokens.keys[i] in ARABIC_ARTICLES or _after_cue(tokens, words, i)):
        return _by_sound(tokens, gazetteer, words, i)
    return found


def _match(tokens: Tokens, gazetteer: Gazetteer, words: PlaceWords, i: int, key: str) -> Candidate | None:
    best: Candidate | None = None
    for j in range(i, min(i + _LONGEST, len(tokens))):
        if j > i and not (tokens.tied[j] or tokens.joined(j)):
            break
        key = f"{key} {tokens.keys[j]}" if key else tokens.keys[j]
        # The noun of a kind is often in small letters: "Niger state", "the Gaza strip".
        if tokens.caps[j] or (j > i and (key[-1].isdigit() or tokens.keys[j] in words.generic)):
            readings = gazetteer.find(key)
            if readings and _long_enough(tokens, i, j, readings):
                best = Candidate(i, j + 1, readings)
        if not gazetteer.begins(key):
            break
    return best


def _long_enough(tokens: Tokens, i: int, j: int, readings: tuple[Reading, ...]) -> bool:
    """False for two or three letters, unless they are a country's initials in capitals ("US", not "Us" or "EU")
    or a short name not all in capitals ("Gao")."""
    text = tokens.text[tokens.starts[i] : tokens.ends[j]]
    if len(text) > 3:
        return True
    country = any(r.sort == "country" for r in readings)
    return country if text.isupper() else not country and len(text) == 3


def _after_cue(tokens: Tokens, words: PlaceWords, i: int) -> bool:
    if i == 0 or not tokens.near(i):
        return False
    before = tokens.keys[i - 1]
    return before in words.prepositions or before in words.of or before in words.before


def _by_sound(tokens: Tokens, gazetteer: Gazetteer, words: PlaceWords, i: int) -> Candidate | None:
    """The longest stretch of up to four words that sounds like a known name."""
    ends = list(_chain(tokens, i))
    for end in reversed(ends[:4]):
        key = " ".join(tokens.keys[i:end])
        if len(key) < 5 or all(k in words.common or k in words.articles for k in tokens.keys[i:end]):
            continue
        readings = gazetteer.sounds_like(key)
        if readings:
            return Candidate(i, end, readings, sounded=True)
    return None


def _chain(tokens: Tokens, i: int) -> Iterator[int]:
    """Ends of the stretches from word i that begin and end with a capital or an article's word."""
    for j in range(i, min(i + _LONGEST, len(tokens))):
        if j > i and not tokens.near(j):
            return
        if tokens.caps[j]:
            yield j + 1
        elif tokens.keys[j] not in ARABIC_ARTICLES:
            return
