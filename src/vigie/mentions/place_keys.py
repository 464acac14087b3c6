"""Spelling keys: the form under which a place name is looked up.

`name_key` makes one key of spellings that differ in case, accents, hyphens, apostrophes or "St"/"Saint";
`sound_key` makes one key of the many romanisations of a name in Arabic script (Deir ez-Zor, Dayr az Zawr,
Deir Ezzor), coarser and so used only where the plain key finds nothing.
"""

from __future__ import annotations

import re

from vigie.language.folding import fold

_WORD = re.compile(r"[^\W_]+")
SAME_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount"}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "þ": "th", "Œ": "oe", "Æ": "ae"})

# The article with its letter assimilated, as romanised in French and English ("ez-Zor", "ash-Shaddadi").
ARABIC_ARTICLES = frozenset(
    ("al", "el", "ul", "ad", "ed", "as", "es", "ash", "ach", "ech", "esh", "at", "ar", "er", "an", "az", "ez")
)
# Articles written in one word with what follows ("Ezzor", "Arraqqa"): vowel and a doubled consonant.
_GLUED = re.compile(r"^[aeu](?=([dnrstz])\1)")
_DIGRAPHS = (("sch", "s"), ("tch", "s"), ("sh", "s"), ("ch", "s"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"),
             ("dj", "j"), ("ph", "f"), ("q", "k"), ("c", "k"), ("v", "w"), ("p", "b"))  # fmt: skip
_BACK = re.compile(r"a?[ouw]+")
_FRONT = re.compile(r"[aeiy]+")
_DOUBLE = re.compile(r"(.)\1+")
_END = re.compile(r"a?h?a?$")


def word_key(word: str) -> str:
    """The key of one word without spaces: folded, ligatures opened, "st" as "saint"."""
    folded = fold(word).translate(_LIGATURES)
    return SAME_WORDS.get(folded, folded)


def name_key(name: str) -> str:
    """The key of a name: its words' keys joined with spaces; hyphens and apostrophes divide words."""
    if name.isascii() and name.isalnum():  # one plain word, as most names are
        word = name.lower()
        return SAME_WORDS.get(word, word)
    words = _WORD.findall(fold(name).translate(_LIGATURES))
    return " ".join([SAME_WORDS.get(w, w) for w in words])


def sound_key(key: str) -> str:
    """The coarse key of a `name_key`, for names romanised from Arabic script; "" where too little is left.

    Articles go; ou/u/o/w and aw are one vowel, all other vowels another; sh/ch, kh, q/k/c, dj/j are levelled;
    double letters and a final -a/-ah/-e go.
    """
    words = []
    for word in key.split():
        if word in ARABIC_ARTICLES:
            continue
        word = _GLUED.sub("", word)
        for old, new in _DIGRAPHS:
            word = word.replace(old, new)
        word = _DOUBLE.sub(r"\1", word)
        word = _FRONT.sub("a", _BACK.sub("u", word))
        word = _DOUBLE.sub(r"\1", word)
        words.append(_END.sub("", word) or word)
    sound = " ".join(words)
    return sound if len(sound) >= 4 else ""
