"""The words of a language that make, mark or unmake a place name (`language/data/*/places.yaml`)."""

from __future__ import annotations

import importlib.resources
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

import yaml

from vigie.errors import LanguageUnavailable, PackError
from vigie.language.pack import expand, languages
from vigie.mentions.place_keys import name_key
from vigie.model.places import PlacePrecision, PlaceRelation

_Loader: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # all strings: "on", "no" stay words


@dataclass(frozen=True)
class TypeNoun:
    """A noun that makes the name beside it a place. `keep`: noun and name together are the mention."""

    precision: PlacePrecision
    keep: bool


@dataclass(frozen=True)
class PlaceWords:
    """One language's words, all as `name_key`s (several words joined by spaces). `units`: nouns for districts that hold
    towns; `naming`: what joins a noun to a name ("a town called X"); `inward`: nouns that name a part of the place
    before them ("the Y suburb of X"); `name_starts`: words with which a name may begin though they open sentences.
    `signs`: words used of one country alone, by that country.
    `begins` holds words in lower case with which a name may begin; the last three are last or first words of the forms
    of `before`, `after` and `prepositions`, to look no further where they are not met."""

    language: str
    prepositions: dict[str, PlaceRelation]
    weak: frozenset[str]
    of: frozenset[str]
    genitive: frozenset[str]
    conjunctions: frozenset[str]
    articles: frozenset[str]
    contracted: dict[str, str]
    before: dict[str, TypeNoun]
    after: dict[str, TypeNoun]
    generic: frozenset[str]
    after_weak: frozenset[str]
    locative: frozenset[str]
    apposed: frozenset[str]
    units: frozenset[str]
    naming: frozenset[str]
    inward: frozenset[str]
    name_starts: frozenset[str]
    adjectives: frozenset[str]
    directions: frozenset[str]
    direction_before: bool
    areas: frozenset[str]
    areas_drop: frozenset[str]
    streets: frozenset[str]
    routes: frozenset[str]
    route_from: frozenset[str]
    route_to: frozenset[str]
    between: frozenset[str]
    venues: frozenset[str]
    titles: frozenset[str]
    openers: frozenset[str]
    government_verbs: frozenset[str]
    done_by: frozenset[str]
    borders: frozenset[str]
    bordering: frozenset[str]
    border_with: frozenset[str]
    border_of: frozenset[str]
    according: frozenset[str]
    adverbs: frozenset[str]
    stop_names: frozenset[str]
    stop_starts: frozenset[str]
    common: frozenset[str]
    given_names: frozenset[str]
    venue_bodies: frozenset[str]
    cities: dict[str, str]
    signs: dict[str, str]
    begins: frozenset[str]
    before_ends: frozenset[str]
    after_starts: frozenset[str]
    preposition_ends: frozenset[str]

    def signs_in(self, keys: Sequence[str]) -> list[str]:
        """The countries of the words in a text that are used of one country alone, each word once."""
        one = self.signs.keys() & keys
        two = self.signs.keys() & map(" ".join, itertools.pairwise(keys))
        return [self.signs[k] for k in sorted(one | two)]


def _keys(forms: Iterable[str] | None) -> frozenset[str]:
    return frozenset(name_key(spelling) for form in forms or () for spelling in expand(form))


def _types(table: dict[str, Any] | None) -> dict[str, TypeNoun]:
    found: dict[str, TypeNoun] = {}
    for use, groups in (table or {}).items():
        for precision, forms in groups.items():
            if precision not in get_args(PlacePrecision):
                raise PackError(f"places.yaml: {precision!r} is no precision of a place")
            for key in _keys(forms):
                found.setdefault(key, TypeNoun(precision, use == "keep"))
    return found


@cache
def load_place_words(language: str) -> PlaceWords:
    """The place words of a language. Raises LanguageUnavailable, or PackError where the file is not as it should."""
    path = importlib.resources.files("vigie.language") / "data" / language / "places.yaml"
    if not path.is_file():
        raise LanguageUnavailable(language, languages())
    try:
        rows: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=_Loader)
    except yaml.YAMLError as error:
        raise PackError(f"{language}/places.yaml: not YAML: {error}") from error
    prepositions: dict[str, PlaceRelation] = {}
    for relation, forms in rows["prepositions"].items():
        if relation not in get_args(PlaceRelation):
            raise PackError(f"{language}/places.yaml: {relation!r} is no relation of a place")
        for key in _keys(forms):
            prepositions.setdefault(key, relation)
    stops = _keys(rows["stop_names"])
    before, after = _types(rows.get("types")), _types(rows.get("after"))
    return PlaceWords(
        language=language,
        prepositions=prepositions,
        weak=_keys(rows["weak_prepositions"]),
        of=_keys(rows["of"]),
        genitive=_keys(rows["genitive"]),
        conjunctions=_keys(rows["and"]),
        articles=_keys(rows["articles"]),
        contracted={name_key(k): name_key(v) for k, v in rows["contracted"].items()},
        before=before,
        after=after,
        generic=_keys(rows["generic"]),
        after_weak=_keys(rows.get("after_weak")),
        locative=_keys(rows["locative"]),
        apposed=_keys(rows["apposed"]),
        units=_keys(rows["units"]),
        naming=_keys(rows["naming"]),
        inward=_keys(rows.get("inward")),
        name_starts=_keys(rows["name_starts"]),
        adjectives=_keys(rows["adjectives"]),
        directions=_keys(rows["directions"]),
        direction_before=rows["direction_before"] == "true",
        areas=_keys(rows["areas"]),
        areas_drop=_keys(rows.get("areas_drop")),
        streets=_keys(rows.get("streets")),
        routes=_keys(rows["routes"]),
        route_from=_keys(rows["route_from"]),
        route_to=_keys(rows["route_to"]),
        between=_keys(rows["between"]),
        venues=_keys(rows["venues"]),
        titles=_keys(rows["not_before"]),
        openers=_keys(rows["openers"]),
        government_verbs=_keys(rows["government_verbs"]),
        done_by=_keys(rows["done_by"]),
        borders=_keys(rows["borders"]),
        bordering=_keys(rows["bordering"]),
        border_with=_keys(rows["border_with"]),
        border_of=_keys(rows["border_of"]),
        according=_keys(rows["according"]),
        adverbs=_keys(rows["adverbs"]),
        stop_names=stops,
        stop_starts=frozenset(s.split(" ")[0] for s in stops),
        common=_keys(rows["common_words"]),
        given_names=_keys(rows.get("given_names")),
        venue_bodies=_keys(rows.get("stop_before")),
        signs={name_key(form): k for k, forms in (rows.get("signs") or {}).items() for form in forms},
        cities={name_key(k): v for k, v in rows["cities"].items()},
        begins=_keys(rows["generic"]) | frozenset(s.split(" ")[0] for s in stops),
        before_ends=frozenset(key.split(" ")[-1] for key in before),
        after_starts=frozenset(key.split(" ")[0] for key in after),
        preposition_ends=frozenset(key.split(" ")[-1] for key in prepositions),
    )
