"""ISO 3166-1 codes: the record keeps the two letters, other formats and maps want three or the number.

`iso3166.tsv` holds all of them. Kosovo is no part of the standard: XK and XKX are what users of it have agreed on.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """The codes of one country; `numeric` has three digits, and is empty where there is none."""

    alpha2: str
    alpha3: str
    numeric: str


@cache
def country_codes() -> Mapping[str, CountryCodes]:
    """The codes of every country, by the two letters."""
    text = (importlib.resources.files(__name__) / "iso3166.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return MappingProxyType({row[0]: CountryCodes(*row) for row in rows})
