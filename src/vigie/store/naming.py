"""What a typed name means: the other names of a body, and where a place is, so that an incident is found under whatever
name its reports give."""

from __future__ import annotations

from vigie.mentions.gazetteer import country_names
from vigie.mentions.place_keys import name_key
from vigie.mentions.places import find_places
from vigie.model.places import Place
from vigie.record.sources import Sources
from vigie.store.filters import Named

_ALONE = {"fr": "Attaque à {}.", "en": "Attack in {}."}  # a name by itself is no sentence
_FINE = frozenset({"site", "settlement", "district"})


def body_named(typed: str, sources: Sources) -> Named:
    """A body or person, with its other names where it is one that is known."""
    family = sources.family(typed)
    profile = sources.profiles.get(family) if family is not None else None
    return Named(typed, profile.names if profile is not None else ())


def place_named(typed: str) -> Named:
    """A place, with where it is as far as its name tells by itself: the spot of a known site or town, the country of a
    country, country and first-order unit of a region."""
    code = country_code(typed)
    if code is not None:
        return Named(typed, country=code)
    place = place_meant(typed)
    if place is None or place.country is None:
        return Named(typed)
    if place.precision == "region" and place.admin1 is not None:
        return Named(typed, country=place.country, admin1=place.admin1)
    if place.precision in _FINE and place.lat is not None and place.lon is not None and place.gazetteer is not None:
        return Named(typed, country=place.country, spot=(place.lat, place.lon), gazetteer=place.gazetteer)
    return Named(typed)


def country_code(typed: str) -> str | None:
    """The ISO code of a country by its code or its name in any language, None where it is none."""
    wanted = name_key(typed)
    codes = country_names("en")
    if len(typed) == 2 and typed.upper() in codes:
        return typed.upper()
    for language in _ALONE:
        for code, name in country_names(language).items():
            if name_key(name) == wanted:
                return code
    place = place_meant(typed)
    return place.country if place is not None and place.precision == "country" else None


def place_meant(name: str) -> Place | None:
    """The place that a name means by itself, as the gazetteer has it; None for a name that tells of none."""
    for language, sentence in _ALONE.items():
        found = find_places(sentence.format(name), language)
        if len(found) == 1 and name_key(found[0].place.name) == name_key(name):
            return found[0].place
    return None
