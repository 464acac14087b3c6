"""Whether two places can be where one thing happened."""

from __future__ import annotations

import pytest

from vigie.coding.areas import compare_areas, distance_km
from vigie.model import Place


def place(
    name: str, country: str | None = "IQ", precision: str = "settlement", at: tuple[float, float] | None = None
) -> Place:
    lat, lon = at or (None, None)
    return Place(name, name, country, precision, lat=lat, lon=lon)  # type: ignore[arg-type]


BAGHDAD, MOSUL = (33.3, 44.4), (36.3, 43.1)


def test_distance_is_along_the_globe() -> None:
    km = distance_km(place("Baghdad", at=BAGHDAD), place("Mosul", at=MOSUL))
    assert km == pytest.approx(354, abs=3)
    assert distance_km(place("Baghdad", at=BAGHDAD), place("Nowhere")) is None


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        (place("Mossoul"), place("Mossoul"), "same"),
        (place("Aïn al-Assad", precision="site"), place("ain al-assad", precision="site"), "same"),
        (place("Harir", precision="site"), place("base de Harir", precision="site"), "same"),
        (place("Irak", precision="country"), place("Mossoul"), "within"),
        (place("Irak", precision="country"), place("Syrie", "SY", "country"), "apart"),
        (place("Mossoul"), place("Alep", "SY"), "apart"),
        (place("Bagdad", at=BAGHDAD), place("Mossoul", at=MOSUL), "apart"),
        (place("Bagdad", at=BAGHDAD), place("Kazimiya", at=(33.4, 44.35)), "within"),
        (place("base", precision="site", at=BAGHDAD), place("Taji", at=(33.5, 44.3)), "within"),
        (place("Ninive", precision="region", at=MOSUL), place("Mossoul", at=(36.3, 43.2)), "within"),
        (place("Ninive", precision="region"), place("Anbar", precision="region"), "apart"),
        (place("Bassora", precision="region", at=(30.5, 47.8)), place("Mossoul", at=MOSUL), "apart"),
        (place("Mossoul", None), place("Erbil", None), "apart"),
    ],
)  # fmt: skip
def test_places_compared(a: Place, b: Place, verdict: str) -> None:
    assert compare_areas(a, b) == verdict
    assert compare_areas(b, a) == verdict


def test_one_gazetteer_entry_under_two_names_is_one_place() -> None:
    kyiv = Place("Kyiv", "Kyiv", "UA", "settlement", gazetteer="geonames:703448")
    kiev = Place("Kiev", "Kiev", "UA", "settlement", gazetteer="geonames:703448")
    assert compare_areas(kyiv, kiev) == "same"
