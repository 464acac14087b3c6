"""The words of a report's body, and what near copies are found by: MinHash over word shingles, and first sentences.

MinHash: A. Broder, "On the resemblance and containment of documents" (1997); bands of minima as keys of an index
(locality-sensitive hashing): Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4. With `ROWS` minima a band
and `BANDS` bands two texts of Jaccard likeness s share a key with probability 1 - (1 - s^ROWS)^BANDS: 0.99 for s = 0.5,
0.93 for 0.4, 0.67 for 0.3, 0.04 for 0.1.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from vigie.errors import LanguageUnavailable
from vigie.language.folding import fold
from vigie.language.pack import load_pack
from vigie.model.record import Signature
from vigie.readers.furniture import find_furniture
from vigie.text.normal import normalise

SHINGLE = 3  # words
BANDS, ROWS = 40, 3
HEADS = 5  # first sentences kept
_SEED = 1
_MIX = ((16, 0x85EBCA6B), (13, 0xC2B2AE35))  # MurmurHash3's finaliser (A. Appleby, public domain): every bit counts
_TOGETHER = (
    4096  # shingles whose permutations are worked out in one go: a long text must not need memory by the gigabyte
)
_LONG = 8  # words from which a sentence is long enough to be told by itself
_FEW = 5  # shingles under which a text is too short to be told by them
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"(?<=[.!?…»\"”])\s+|\n+")
# Notes that outlets put under or between the paragraphs of copy, by their first word, folded.
_NOTES = re.compile(
    r"(?:lire aussi|a lire|read also|read more|related|photo|credit|abonn|suivez|follow us|subscribe)\b"
)


def body(text: str, language: str | None) -> str:
    """The story itself: furniture (dateline, byline, agency, update marks, "read also") left out."""
    return body_and_agencies(text, language)[0]


def body_and_agencies(text: str, language: str | None) -> tuple[str, tuple[str, ...]]:
    """The story itself, and the news agencies that the text names, sorted."""
    normal = normalise(text).text
    agencies: tuple[str, ...] = ()
    try:
        pack = load_pack(language) if language is not None else None
    except LanguageUnavailable:
        pack = None
    if pack is not None:
        matches = pack.find(normal)
        named = (getattr(m.entry, "name", None) for m in matches if getattr(m.entry, "mark", "") == "agency")
        agencies = tuple(sorted({str(name) for name in named if name}))
        furniture = find_furniture(normal, pack, matches)
        kept = []
        at = furniture.body
        for span in furniture.spans:
            if span.start >= at:
                kept.append(normal[at : span.start])
            at = max(at, span.end)
        kept.append(normal[at:])
        normal = "\n".join(kept)
    return "\n".join(line for line in normal.split("\n") if not _NOTES.match(fold(line).strip())), agencies


def shingles(story: str) -> frozenset[str]:
    """All runs of `SHINGLE` words of a story, folded; of a shorter one, the whole."""
    words = _WORD.findall(fold(story))
    if len(words) < SHINGLE:
        return frozenset([" ".join(words)] if words else [])
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def hashed(found: Iterable[str]) -> frozenset[int]:
    """Shingles as numbers of 63 bits, which take less room and are compared faster."""
    digests = (hashlib.blake2b(s.encode(), digest_size=8).digest() for s in found)
    return frozenset(int.from_bytes(digest, "big") >> 1 for digest in digests)


def marks_of(story: str) -> frozenset[str]:
    """What makes a story this one and no other: its numbers and the words it writes with a capital, folded."""
    return frozenset(fold(w) for w in _WORD.findall(story) if w[0].isdigit() or w[0].isupper())


def signature_of(story: str, found: frozenset[str] | None = None) -> Signature:
    """The signature of a story; empty where there are too few words to tell copies by. `found` are its shingles, where
    the caller has them already."""
    found = shingles(story) if found is None else found
    if len(found) < _FEW:
        return Signature(())
    return Signature(_minima(found), _heads(story))


def _minima(found: Iterable[str]) -> tuple[int, ...]:
    """The least value of each permutation over the shingles."""
    mixed = np.fromiter((_hash(s.encode()) for s in found), dtype=np.uint32)
    for shift, factor in _MIX:
        mixed = (mixed ^ (mixed >> np.uint32(shift))) * np.uint32(factor)
    mixed ^= mixed >> np.uint32(16)
    factors, offsets = _permutations()
    least = np.full(len(factors), np.iinfo(np.uint32).max, dtype=np.uint32)
    for start in range(0, len(mixed), _TOGETHER):
        values = mixed[start : start + _TOGETHER, None] * factors + offsets
        np.minimum(least, values.min(axis=0), out=least)
    return tuple(least.tolist())


@cache
def _permutations() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Factors, odd so that each is a permutation, and offsets of h → a·h + b mod 2³². The same for ever: numpy keeps
    the numbers that RandomState draws as they are."""
    draw, count = np.random.RandomState(_SEED), BANDS * ROWS
    factors = draw.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, draw.randint(0, 1 << 32, count, dtype=np.uint32)


def band_keys(signature: Signature) -> tuple[str, ...]:
    """The keys under which a report is found by its near copies: `BANDS` for its words, one for each first sentence."""
    minima = signature.minhash
    bands = [
        f"b{band}.{_hash(','.join(map(str, minima[band * ROWS : (band + 1) * ROWS])).encode()):08x}"
        for band in range(len(minima) // ROWS)
    ]
    return (*bands, *(f"h.{head:08x}" for head in signature.heads))


def _heads(story: str) -> tuple[int, ...]:
    """Hashes of the first long sentences: a copy cut from the bottom, or a brief made of the lead, keeps them."""
    heads: list[int] = []
    for sentence in _SENTENCE_END.split(fold(story)):
        words: Sequence[str] = _WORD.findall(sentence)
        if len(words) >= _LONG:
            heads.append(_hash(" ".join(words).encode()))
        if len(heads) == HEADS:
            break
    return tuple(dict.fromkeys(heads))


def _hash(words: bytes) -> int:
    """32 bits that are the same in every process."""
    return int.from_bytes(hashlib.blake2b(words, digest_size=4).digest(), "big")
