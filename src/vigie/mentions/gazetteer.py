"""The gazetteer: which places a spelling may mean.

Generated files (tools/build_gazetteer.py) and files kept by hand lie in `data/`; docs/gazetteer.md says where
each comes from and under which licence. Everything is looked up under keys of `place_keys`.
"""

from __future__ import annotations

import bisect
import gzip
import importlib.resources
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from vigie.mentions.place_keys import name_key, sound_key
from vigie.model.places import PlacePrecision

Sort = Literal["country", "region", "town", "site", "district"]

# Populations given to places that have none in the files, so that they can be weighed against towns.
_REGION_WEIGHT, _KNOWN_WEIGHT, _SITE_WEIGHT, _UNIT_WEIGHT = 2_000_000, 300_000, 100_000, 60_000


@dataclass(frozen=True, slots=True)
class Reading:
    """One place a spelling may mean. `weight` is a population, or what stands for one, in people.

    `sure`: the name needs nothing beside it to be a place. `noun`: it is a place only beside a noun such as
    "base" or "champ gazier" ("Conoco" is a company too). `origin`: file and id ("geonames:99072").
    """

    name: str
    country: str | None
    precision: PlacePrecision
    sort: Sort
    weight: int
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    origin: str = ""
    sure: bool = False
    noun: bool = False


class Gazetteer:
    """Readings by key. `named` holds countries, regions, sites and other places kept by hand; towns are read
    from the packed file's rows only when asked for, so that loading is quick and memory small."""

    def __init__(
        self,
        named: dict[str, tuple[Reading, ...]],
        rows: list[str],
        keys: list[str],
        admin1: dict[str, str],
        neighbours: dict[str, frozenset[str]],
        capitals: dict[str, str],
    ) -> None:
        self._named = named
        self._rows = rows
        self._keys = keys
        self._admin1 = admin1
        self.neighbours = neighbours
        self.capitals = capitals
        self._starts = frozenset(_prefixes(named))
        self._recent = lru_cache(maxsize=8192)(self._find)  # names come again and again in news
        self._begun = lru_cache(maxsize=8192)(self._begins)

    def find(self, key: str) -> tuple[Reading, ...]:
        """All readings of a key: those kept by hand first, then towns, the biggest first. Empty if unknown."""
        return self._recent(key)

    def _find(self, key: str) -> tuple[Reading, ...]:
        return self._named.get(key, ()) + self._towns(key)

    def sounds_like(self, key: str) -> tuple[Reading, ...]:
        """Readings whose name sounds like `key` under the romanisations of Arabic script."""
        sound = sound_key(key)
        return self.find("~" + sound) if sound else ()

    def begins(self, key: str) -> bool:
        """True when some longer name begins with the words of `key`."""
        return self._begun(key)

    def _begins(self, key: str) -> bool:
        start = key + " "
        if start in self._starts:
            return True
        i = bisect.bisect_left(self._keys, start)
        return i < len(self._keys) and self._keys[i].startswith(start)

    def _towns(self, key: str) -> tuple[Reading, ...]:
        start = key + "\t"
        i = bisect.bisect_left(self._keys, start)
        if i == len(self._keys) or not self._keys[i].startswith(start):
            return ()
        return tuple(self._town(int(n)) for n in self._keys[i][len(start) :].split(","))

    def _town(self, number: int) -> Reading:
        name, country, admin1, lat, lon, population, geoname = self._rows[number].split("\t")
        return Reading(
            name=name,
            country=country,
            precision="settlement",
            sort="town",
            weight=int(population),
            admin1=self._admin1.get(f"{country}.{admin1}"),
            lat=float(lat),
            lon=float(lon),
            origin=f"geonames:{geoname}",
        )


def _prefixes(keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        at = key.find(" ")
        while at >= 0:
            yield key[: at + 1]
            at = key.find(" ", at + 1)


def _text(name: str) -> str:
    return (importlib.resources.files("vigie.mentions") / "data" / name).read_text("utf-8")


def _table(name: str) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated file with a heading line; lines that begin with # are notes."""
    lines = (line for line in _text(name).splitlines() if line and not line.startswith("#"))
    heads = next(lines).split("	")
    return (dict(zip(heads, line.split("	"), strict=True)) for line in lines)


def _split(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def _number(cell: str | None) -> float | None:
    return float(cell) if cell else None


def _countries() -> Iterator[tuple[list[str], Reading]]:
    for row in _table("countries.tsv"):
        code, names = row["code"], _split(row["french"]) + _split(row["english"])
        weight = max(int(row["population"]), 10_000)
        yield names, Reading(names[-1], code, "country", "country", weight, origin=f"iso3166:{code}", sure=True)


_COUNTRY_COLUMNS = {"fr": "french", "en": "english"}


@cache
def country_names(language: str) -> Mapping[str, str]:
    """The usual name of each country in a language, by ISO 3166-1 alpha-2 code. Raises KeyError for a language
    without names."""
    column = _COUNTRY_COLUMNS[language]
    return {row["code"]: _split(row[column])[0] for row in _table("countries.tsv")}


# Types of ISO 3166-2 units that are smaller than what news calls a region; their names are mostly towns' names.
_SMALL_UNITS = frozenset(
    ("municipality", "commune", "city", "parish", "local council", "district municipality", "urban municipality",
     "rural municipality", "city with county rights", "metropolitan city", "quarter", "administrative atoll",
     "unitary authority", "council area", "metropolitan district", "london borough", "two-tier county",
     "town council", "popularate", "city corporation", "ward", "special municipality")
)  # fmt: skip


def _subdivisions() -> Iterator[tuple[list[str], Reading]]:
    for row in _table("subdivisions.tsv"):
        small = row["type"].lower() in _SMALL_UNITS
        sort: Literal["district", "region"] = "district" if small else "region"
        weight = 20_000 if small else _UNIT_WEIGHT
        name, origin = row["name"], f"iso3166-2:{row['code']}"
        names = [*_unit_names(name), *_unit_names(row["french"])]
        yield names, Reading(name, row["country"], sort, sort, weight, None if small else name, origin=origin)


def _unit_names(name: str) -> list[str]:
    """A unit's name and, where a word such as "oblast" stands in it, the name without it."""
    short = name
    for word in (" oblast", " Oblast", " kray", " Province", " Region"):
        short = short.removesuffix(word)
    return ([name] if short == name else [name, short]) if name else []


_CURATED = ("territories.tsv", "regions.tsv", "sites_middle_east.tsv", "sites_world.tsv")
_KINDS: dict[str, tuple[PlacePrecision, Sort, int]] = {
    "country": ("country", "country", 20_000_000),
    "region": ("region", "region", _REGION_WEIGHT),
    "district": ("district", "district", _KNOWN_WEIGHT),
    "settlement": ("settlement", "town", _KNOWN_WEIGHT),
}


def _curated(file: str) -> Iterator[tuple[list[str], Reading]]:
    """A file kept by hand: name, variants, country, admin1, kind, lat, lon, use, origin.

    kind: country, region, district, settlement, or a kind of site (base, airport, field…).
    use: "sure" (a place by itself), "plain" (weighed like a town), "noun" (only beside its kind's noun).
    """
    for number, row in enumerate(_table(file), 1):
        precision, sort, weight = _KINDS.get(row["kind"], ("site", "site", _SITE_WEIGHT))
        yield (
            [row["name"], *_split(row["variants"])],
            Reading(
                row["name"],
                row["country"] or None,
                precision,
                sort,
                weight,
                admin1=row["admin1"] or None,
                lat=_number(row["lat"]),
                lon=_number(row["lon"]),
                origin=f"vigie:{file.removesuffix('.tsv')}:{number}",
                sure=row["use"] == "sure",
                noun=row["use"] == "noun",
            ),
        )


# Countries whose names in the hand-kept files are also found by sound.
_SOUNDED = frozenset(
    ("AE", "AF", "BH", "DZ", "EG", "IL", "IQ", "IR", "JO", "KW", "LB", "LY", "MA", "OM", "PK", "PS", "QA", "SA", "SD",
     "SO", "SY", "TD", "TN", "YE")
)  # fmt: skip


def _collect(readings: Iterable[tuple[list[str], Reading]]) -> dict[str, tuple[Reading, ...]]:
    """Readings by the keys of their names; of the countries in `_SOUNDED`, by sound ("~" and the sound) as well."""
    found: dict[str, list[Reading]] = {}
    for names, reading in readings:
        keys = {name_key(name) for name in names}
        if reading.country in _SOUNDED and reading.sort != "country":
            keys |= {"~" + sound for key in keys if (sound := sound_key(key))}
        for key in sorted(keys):
            found.setdefault(key, []).append(reading)
    found.pop("", None)
    return {key: tuple(known) for key, known in found.items()}


def _ocha() -> Iterator[tuple[list[str], Reading]]:
    for row in _table("ocha_units.tsv"):
        name, first = row["name"], row["level"] == "1"
        sort: Literal["district", "region"] = "region" if first else "district"
        weight = _UNIT_WEIGHT if first else 20_000
        admin1, origin = name if first else row["admin1"], f"ocha:{row['code']}"
        yield [name], Reading(name, row["country"], sort, sort, weight, admin1, origin=origin)


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the package (read once)."""
    packed = (importlib.resources.files("vigie.mentions") / "data" / "towns.tsv.gz").read_bytes()
    rows, _, keys = gzip.decompress(packed).decode().partition("\n\n")
    named: list[tuple[list[str], Reading]] = []
    for file in _CURATED:
        named.extend(_curated(file))
    named.extend(_countries())
    named.extend(_subdivisions())
    named.extend(_ocha())
    facts = list(_table("countries.tsv"))
    return Gazetteer(
        named=_collect(named),
        rows=rows.split("\n"),
        keys=keys.split("\n")[:-1],
        admin1={row["code"]: row["name"] for row in _table("admin1.tsv")},
        neighbours={row["code"]: frozenset(row["neighbours"].split(",")) - {""} for row in facts},
        capitals={row["code"]: row["capital"] for row in facts},
    )
