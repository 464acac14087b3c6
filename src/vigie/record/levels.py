"""The levels of comparison: for each field an ordered list, from most alike to most unlike, with their points.

Points are natural log-odds, as in Fellegi and Sunter ("A theory of record linkage", 1969) and Splink: they add up, with
`PRIOR`, and the logistic function of the sum is the score. They are set by hand: how much more often two tellings of
one incident reach a level than two tellings of different incidents that blocking brings together. What is not told is
a level of its own with no points: it is no disagreement. The list is `data/levels.yaml`.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

import yaml

from vigie.model.record import Level

# Two that share a blocking key are one incident about once in forty times, all else unknown.
PRIOR = -3.6

# Levels after which nothing else can make two tellings one incident.
HARD = frozenset({("date", "apart"), ("place", "apart"), ("place", "other_country")})

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class LevelEntry:
    """One level of a field: its points, and what it says of a pair."""

    name: str
    points: float
    en: str
    fr: str


@cache
def levels() -> Mapping[str, Mapping[str, LevelEntry]]:
    """All levels by field and name, fields in the order of comparison, levels in their own."""
    text = (importlib.resources.files("vigie.record") / "data" / "levels.yaml").read_text("utf-8")
    rows: dict[str, list[dict[str, Any]]] = yaml.load(text, Loader=_Loader)
    return MappingProxyType(
        {
            field: MappingProxyType({row["name"]: LevelEntry(**row) for row in entries})
            for field, entries in rows.items()
        }
    )


def level(field: str, name: str, why_en: str, why_fr: str) -> Level:
    """A level with the points the table gives it. Raises KeyError for a level that is not in it."""
    return Level(field, name, levels()[field][name].points, why_en, why_fr)
