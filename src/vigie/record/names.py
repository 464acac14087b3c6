"""What a name means, in French or English: whether two names can be of one body, one group of people, one thing.

A name is read with the language packs: the entries of named bodies have the same id in every language ("Islamic
State", "Daech"), common nouns have a kind ("soldats", "troops": military), adjectives and country names a country. What
is left are the proper words of the name, compared as spelt and as they sound in the romanisations of Arabic script.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from vigie.language.pack import languages, load_pack
from vigie.language.schema import Body, Thing
from vigie.mentions.gazetteer import country_names
from vigie.mentions.place_demonyms import load_demonyms
from vigie.mentions.place_keys import ARABIC_ARTICLES, name_key, sound_key

Likeness = Literal["same", "alike", "compatible", "other"]

# Words that carry no name of their own, in the folded form of `name_key`.
_EMPTY = frozenset(
    "le la les l un une des du de d au aux a en et ou sur dans pour par the an of in on at and for by to from with its "
    "s un group groupe membre member of".split()
)
_PARENTHESES = re.compile(r"\(([^()]{1,60})\)")
_SPELT_ALIKE = 85.0  # RapidFuzz ratio, 0..100
_NEARLY = 6  # sounds from which a letter more or less may be a slip
_SHORT = 4  # letters up to which spellings that differ are different names


@dataclass(frozen=True, slots=True)
class Meaning:
    """A name taken apart. `named`: ids of named bodies; `kinds`: kinds of bodies and things its common nouns name;
    `nouns`: ids of those; `countries`: ISO codes; `words`: the proper words left, folded; `sound` their sounds."""

    key: str
    named: frozenset[str]
    kinds: frozenset[str]
    nouns: frozenset[str]
    countries: frozenset[str]
    country_words: frozenset[str]
    words: frozenset[str]
    sound: frozenset[str]


@lru_cache(maxsize=20_000)
def fold_name(name: str) -> str:
    """The form in which names are looked up: no case, accents, punctuation, articles; what stands in brackets left out
    ("OSDH (Londres)" is "osdh")."""
    bare = _PARENTHESES.sub(" ", name).strip() or name
    words = name_key(bare).split()
    kept = [w for w in words if w not in _EMPTY and w not in ARABIC_ARTICLES]
    return " ".join(kept or words)


def bracketed(name: str) -> tuple[str, ...]:
    """What stands in brackets in a name: most often its acronym."""
    return tuple(m.strip() for m in _PARENTHESES.findall(name))


@lru_cache(maxsize=20_000)
def meaning(name: str) -> Meaning:
    """A name taken apart with the packs of all languages."""
    named: set[str] = set()
    kinds: set[str] = set()
    nouns: set[str] = set()
    used: set[str] = set()
    countries: set[str] = set()
    for language in languages():
        for match in load_pack(language).find(name):
            entry = match.entry
            if isinstance(entry, Body):
                kinds.add(entry.kind)
                if entry.country is not None:
                    countries.add(entry.country)
            elif isinstance(entry, Thing):
                kinds.add(f"thing:{entry.kind}")
            else:
                continue
            (named if isinstance(entry, Body) and entry.named else nouns).add(entry.id.removesuffix("_acronym"))
            used.update(name_key(match.text).split())
    keys = name_key(name).split()
    found, of_country = _countries(tuple(keys))
    proper = frozenset(
        w for w in keys if w not in used and w not in of_country and w not in _EMPTY and w not in ARABIC_ARTICLES
    )
    return Meaning(
        key=fold_name(name),
        named=frozenset(named),
        kinds=frozenset(kinds),
        nouns=frozenset(nouns),
        countries=frozenset(countries) | found,
        country_words=of_country,
        words=proper,
        sound=frozenset(filter(None, (sound_key(w) for w in proper))),
    )


@cache
def _country_words() -> dict[str, str]:
    """Folded country names and demonyms of every language → ISO code."""
    words = {"us": "US", "u s": "US", "uk": "GB", "u k": "GB", "usa": "US"}
    for language in languages():
        for code, name in country_names(language).items():
            words.setdefault(name_key(name), code)
        words.update(load_demonyms(language))
    return words


def _countries(keys: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Countries named by a name's words, and the words that name them."""
    table = _country_words()
    found: set[str] = set()
    used: set[str] = set()
    i = 0
    while i < len(keys):
        n = next((n for n in (4, 3, 2, 1) if i + n <= len(keys) and " ".join(keys[i : i + n]) in table), 0)
        if n:
            found.add(table[" ".join(keys[i : i + n])])
            used.update(keys[i : i + n])
        i += max(n, 1)
    return frozenset(found), frozenset(used)


@lru_cache(maxsize=50_000)
def likeness(a: str, b: str) -> Likeness:
    """How two names of actors, victims or things compare; symmetric.

    "same": one named body, or the same kind of one country ("US troops", "soldats américains"), or the same proper
    words. "alike": the proper words of one within the other, or spelt or sounding nearly the same. "compatible": the
    same kind of people or thing, nothing against it. "other": anything else.
    """
    x, y = meaning(a), meaning(b)
    if x.key == y.key:
        return "same"
    if x.countries and y.countries and not x.countries & y.countries:
        return "other"
    if x.named and y.named:
        if x.named & y.named:
            return "same"
        return "alike" if _spelt_alike(frozenset(x.key.split()), frozenset(y.key.split())) else "other"
    if _things(x) and _things(y) and not x.nouns & y.nouns:
        return "compatible" if _things(x) & _things(y) else "other"  # "market of X" and "police station of X"
    if x.words and y.words:
        if x.words == y.words or (x.sound and x.sound == y.sound):
            return "same"
        if x.words <= y.words or y.words <= x.words or x.sound & y.sound or _spelt_alike(x.words, y.words):
            return "alike"
        return "other"
    if _kinds(x) & _kinds(y):
        bare = not x.words and not y.words and not x.named and not y.named
        one_country = bool(x.countries and y.countries)
        if (bare and x.nouns & y.nouns) or one_country:
            return "same" if one_country or x.countries == y.countries else "alike"
        return "compatible"
    if x.countries & y.countries and not x.words and not y.words and not (x.kinds and y.kinds):
        return "same"  # a country and its forces: "the United States", "American", "US troops"
    return "other"


def same_name(a: str, b: str) -> bool:
    """Two names of one body or person, as far as names tell: the same meaning or words, a surname and the full name,
    spellings that differ by a letter or by language ("Faucons de Ninive", "Falcons of Nineveh")."""
    x, y = meaning(a), meaning(b)
    if x.key == y.key or (x.named and x.named == y.named):
        return True
    if (
        (x.named or y.named)
        or (x.countries and y.countries and x.countries != y.countries)
        or not (x.words and y.words)
    ):
        return False
    return x.words <= y.words or y.words <= x.words or _spelt_alike(x.words, y.words)


def spelt_nearly(a: str, b: str) -> bool:
    """Two names of places of one word each that are a letter apart as they sound ("Anefif", "Anéfis"): two spellings of
    one place more often than two places, where country and day are the same."""
    x, y = sound_key(fold_name(a)), sound_key(fold_name(b))
    if " " in x or " " in y or min(len(x), len(y)) < _NEARLY:
        return False
    return Levenshtein.distance(x, y, score_cutoff=1) <= 1


def _things(m: Meaning) -> frozenset[str]:
    return frozenset(k for k in m.kinds if k.startswith("thing:"))


# An unnamed attacker or group may turn out to be either kind of armed men.
_SAME_KIND = {"attacker": "armed_group"}


def _kinds(m: Meaning) -> frozenset[str]:
    return frozenset(_SAME_KIND.get(k, k) for k in m.kinds)


def _spelt_alike(a: frozenset[str], b: frozenset[str]) -> bool:
    x, y = "".join(sorted(a)), "".join(sorted(b))
    if min(len(x), len(y)) <= _SHORT:
        return False
    return fuzz.ratio(x, y) >= _SPELT_ALIKE or fuzz.ratio(sound_key(x), sound_key(y)) >= _SPELT_ALIKE
