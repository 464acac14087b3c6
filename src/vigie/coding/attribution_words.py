"""The closed classes of words by which speakers are cut out of sentences (attribution.yaml of a language pack)."""

from __future__ import annotations

import importlib.resources
import re
from functools import cache, cached_property

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from vigie.errors import LanguageUnavailable, PackError
from vigie.mentions.place_demonyms import load_demonyms
from vigie.mentions.place_keys import name_key

WordSet = frozenset[str]
_ELISION = re.compile(r"'(?=\w)")


class SpeechWords(BaseModel):
    """Function words in lower case by what they do round a speaker's name.

    determiners: begin a noun phrase; indefinite, definite, demonstrative and kept are some of them, the last
    being those that stay in a name ("plusieurs ONG"). partitive: "l'un" des témoins. he, she, they, him, her,
    them: pronouns that can stand for a speaker; one: those that cannot; last_named: phrases that point back to the last
    speaker. who: a relative that is a subject; that: opens what is said. documents: papers and recordings
    that speak for their author. not_speakers: nouns after "selon" that are nobody. portfolios: what a minister is
    minister of. kinds_of_place: verbs of speech that behind a name are none ("Niger state"). pools: nouns of which
    sources are only a part ("un réseau de sources"): none of them speaks. name_prefixes: what opens a part of a name in
    lower case before a hyphen ("al-Dari").
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    determiners: WordSet
    indefinite: WordSet
    definite: WordSet
    demonstrative: WordSet
    kept: WordSet
    of: WordSet
    by: WordSet
    and_: WordSet = Field(alias="and")
    partitive: WordSet
    him: WordSet
    her: WordSet
    them: WordSet
    he: WordSet
    she: WordSet
    they: WordSet
    one: WordSet
    last_named: WordSet
    latter: WordSet
    kinds_of_place: WordSet
    who: WordSet
    that: WordSet
    relative: WordSet
    subordinate: WordSet
    auxiliaries: WordSet
    be: WordSet
    clitics: WordSet
    negation: WordSet
    adverbs: WordSet
    before_times: WordSet
    adverbials: WordSet
    possessive: WordSet
    none: WordSet
    another: WordSet
    reflexive: WordSet
    prepositions: WordSet
    verb_signs: WordSet
    silence: WordSet
    goes_on: WordSet
    reaction: WordSet
    courts: WordSet
    goes_by: WordSet
    at_the_house_of: WordSet
    noun_before: WordSet
    anaphoric: WordSet
    place_links: WordSet
    times: WordSet
    honorifics: WordSet
    particles: WordSet
    name_prefixes: WordSet
    documents: WordSet
    document_of: WordSet
    not_speakers: WordSet
    portfolios: WordSet
    pools: WordSet
    institutions: WordSet
    male: WordSet
    aliases: WordSet
    female: WordSet

    @field_validator("*", mode="before")
    @classmethod
    def _folded(cls, words: object) -> object:
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            return frozenset(word.lower() for word in words)
        return words  # an unquoted "on" or "no" is a truth value to YAML: refused like any other wrong type

    @cached_property
    def adverbials_by_first(self) -> dict[str, list[tuple[str, ...]]]:
        """The adverbial phrases, each as the words the sentence is cut into, by their first word."""
        return _grouped(self.adverbials, 0)

    @cached_property
    def goes_by_first(self) -> dict[str, list[tuple[str, ...]]]:
        """The phrases of goes_by by their first word."""
        return _grouped(self.goes_by, 0)

    @cached_property
    def adverbials_by_last(self) -> dict[str, list[tuple[str, ...]]]:
        """The adverbial phrases by their last word."""
        return _grouped(self.adverbials, -1)

    @cached_property
    def alias_of(self) -> dict[str, str]:
        """Each name of a body with several → the first of them, all in lower case."""
        families = [[name.strip() for name in family.split("|")] for family in self.aliases]
        return {name: family[0] for family in families for name in family}

    @property
    def pronouns(self) -> WordSet:
        """Pronouns that can be the subject of a verb of speech."""
        return self.he | self.she | self.they


def _grouped(phrases: WordSet, which: int) -> dict[str, list[tuple[str, ...]]]:
    """Phrases cut into words, by one of their words; the longest first."""
    groups: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
        words = tuple(_ELISION.sub("' ", phrase).split())
        groups.setdefault(words[which], []).append(words)
    return groups


@cache
def load_speech_words(language: str) -> SpeechWords:
    """The words of a language. Raises LanguageUnavailable, or PackError where the file breaks the schema."""
    path = importlib.resources.files("vigie.language") / "data" / language / "attribution.yaml"
    if not path.is_file():
        raise LanguageUnavailable(language, ())
    try:
        return SpeechWords.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as error:
        raise PackError(f"{language}/attribution.yaml: {error}") from error


@cache
def _demonyms(language: str) -> frozenset[str]:
    try:
        return frozenset(load_demonyms(language))
    except LanguageUnavailable:
        return frozenset()


def is_nationality(word: str, language: str) -> bool:
    """Whether a word says of which country somebody or something is ("malien", "Kenyan")."""
    return name_key(word) in _demonyms(language)
