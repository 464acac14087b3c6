"""Which language a report is in, and the refusal of one there is no pack for.

Two steps. A text of some length is known at once by its little words (the, of, was; les, dans, été), which takes
less than a millisecond. Only what that leaves open goes to py3langid, a naive Bayes model over byte sequences
(Lui and Baldwin 2012) that takes about half a second to load, limited to the packs' languages and others that
news is written in, so that a German report is called German and refused, not called French and coded.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from vigie.errors import LanguageUnavailable
from vigie.language.folding import fold
from vigie.language.head import head_words

# Languages of news outside the packs. Close relatives of English and French with little news of their own
# (Nigerian Pidgin, Walloon, Guadeloupean Creole) are left out: they draw headlines away.
OTHERS = (
    "af", "am", "ar", "az", "be", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "gl",
    "ha", "he", "hi", "hr", "hu", "hy", "id", "it", "ja", "ka", "kk", "ko", "ku", "lt", "lv", "mk", "ms", "my", "ne",
    "nl", "no", "oc", "pa", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "th",
    "tl", "tr", "uk", "ur", "uz", "vi", "zh",
)  # fmt: skip
_SAMPLE = 6_000
_WORD = re.compile(r"[^\W\d_]+")
_MIN_WORDS = 20
_MIN_KINDS = 6
_MIN_SHARE = 0.15
_LEAD = 3.0
# Below this many letters, and below this probability, the model's first guess is little better than chance.
_SHORT = 80
_SURE = 0.6


def identify(text: str, allowed: tuple[str, ...]) -> tuple[str, float]:
    """The language of `text`, one of `allowed` (ISO 639-1 codes with a pack), and a confidence from 0 to 1.

    A short text in Latin letters that the model cannot place is given to the likeliest of `allowed`, with the
    model's own low probability. Raises LanguageUnavailable, naming the language found ("und" where there is not
    a word to tell by), for a text in a language outside `allowed`.
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(fold(sample))
    if not words:
        raise LanguageUnavailable("und", allowed)
    settled = _by_little_words(words, allowed)
    if settled:
        return settled
    ranking: list[tuple[str, float]] = _model().rank(sample)
    best, probability = ranking[0]
    if best in allowed:
        return best, probability
    letters = sum(map(len, words))
    if letters < _SHORT and probability < _SURE and _latin(words):
        return next((code, p) for code, p in ranking if code in allowed)
    raise LanguageUnavailable(best, allowed)


def _by_little_words(words: list[str], allowed: tuple[str, ...]) -> tuple[str, float] | None:
    """The language whose little words make up much of `words`, where it leads every other by far, else None."""
    if len(words) < _MIN_WORDS:
        return None
    shares: dict[str, float] = {}
    kinds: dict[str, int] = {}
    for language in allowed:
        hits = [word for word in words if word in head_words(language).function_words]
        shares[language], kinds[language] = len(hits) / len(words), len(set(hits))
    best = max(shares, key=lambda code: shares[code])
    rest = max((share for code, share in shares.items() if code != best), default=0.0)
    if shares[best] >= _MIN_SHARE and kinds[best] >= _MIN_KINDS and shares[best] >= _LEAD * rest:
        return best, 1.0
    return None


def _latin(words: list[str]) -> bool:
    """Whether most letters are Latin ones."""
    letters = "".join(words)
    return sum(c < "\u0250" for c in letters) * 2 > len(letters)


@cache
def _model() -> Any:
    """The language model, read on first need."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(list(OTHERS))
    return model
