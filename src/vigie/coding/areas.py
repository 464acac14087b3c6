"""Whether two places can be where one thing happened."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Literal

from vigie.language.folding import fold
from vigie.mentions.values import FINE, PlaceMention
from vigie.model import Place

Areas = Literal["same", "within", "apart"]
# Relations to a place in which something happened.
_THERE = frozenset({"at", "inside"})
_NEAR_KM = 25.0
_DISTRICT_KM = 60.0


def distance_km(a: Place, b: Place) -> float | None:
    """Great-circle distance in kilometres (haversine, Earth radius 6371 km), None without coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    p1, p2 = math.radians(a.lat), math.radians(b.lat)
    dp, dl = p2 - p1, math.radians(b.lon - a.lon)
    h = math.sin(dp / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(dl / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(h))


def situated(places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Places without those that only say where a town or site told beside them lies ("in Mosul, 360 km north of
    Baghdad")."""
    if not any(p.place.precision in FINE and p.place.relation in _THERE for p in places):
        return list(places)
    return [p for p in places if p.place.relation != "near"]


def _words(place: Place) -> set[str]:
    """The words of a name, "Stains-Pierrefitte" being two."""
    return set(re.split(r"[\s-]+", fold(place.name)))


def compare_areas(a: Place, b: Place) -> Areas:
    """ "same" place, one "within" (or next to, or not told apart from) the other, or "apart"."""
    if a.country and b.country and a.country != b.country:
        return "apart"
    if fold(a.name) == fold(b.name) or (a.gazetteer and a.gazetteer == b.gazetteer):
        return "same"
    if "country" in (a.precision, b.precision):
        return "within"
    words_a, words_b = _words(a), _words(b)
    if words_a <= words_b or words_b <= words_a:
        return "same"
    km = distance_km(a, b)
    if "region" in (a.precision, b.precision):
        if a.precision == b.precision:
            if km is None and (a.lat is None) != (b.lat is None):
                return "within"  # a part of the compass ("the northwest") and a province that may lie in it
            return "apart" if km is None or km > _NEAR_KM else "within"
        return "within" if km is None or km < 400 else "apart"
    if km is not None:
        limit = _DISTRICT_KM if {a.precision, b.precision} & {"district", "site"} else _NEAR_KM
        return "within" if km <= limit else "apart"
    return "within" if {a.precision, b.precision} & {"district", "site"} else "apart"
