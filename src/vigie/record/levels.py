"""The levels of comparison: for each field an ordered list, from most alike to most unlike, with their points.

Points are natural log-odds, as in Fellegi and Sunter ("A theory of record linkage", 1969) and Splink: they add up, with
`PRIOR`, and the logistic function of the sum is the score. They are set by hand: how much more often two tellings of
one incident reach a level than two tellings of different incidents that blocking brings together. What is not told is
a level of its own with no points: it is no disagreement.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vigie.model.record import Level

# Two that share a blocking key are one incident about once in forty times, all else unknown.
PRIOR = -3.6

_TOLD = ("not_told", 0.0)
LEVELS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        name: MappingProxyType(dict(levels))
        for name, levels in {
            "date": (
                ("same_day", 2.0), ("overlapping", 1.6), ("within_week", 0.4), ("about_publication", 0.4), _TOLD,
                ("within_month", -0.8), ("next_day", -1.3), ("within_year", -2.0), ("assumed_apart", -2.5),
                ("other_night", -2.5), ("two_days", -3.5), ("apart", -12.0),
            ),
            "place": (
                ("same_site", 3.0), ("same_settlement", 2.4), ("near", 1.5), ("same_area", 1.4), ("named", 1.2),
                ("within", 0.5), ("close", 0.4), ("same_country", 0.0), _TOLD, ("border", -1.0), ("other_name", -2.0),
                ("far", -2.5), ("other_area", -3.0), ("other_site", -4.0), ("apart", -12.0), ("other_country", -12.0),
            ),
            "type": (
                ("same", 1.0), ("same_family", 0.5), ("stopped", 0.4), ("open", 0.2), ("blast", -0.5),
                ("related", -0.5), ("other", -2.5),
            ),
            "weapons": (
                ("same_counts", 1.6), ("same_total", 0.8), ("same_kinds", 0.8), ("shared_kinds", 0.4), _TOLD,
                ("other_counts", -0.2), ("same_class", -0.8), ("other_class", -2.0),
            ),
            "killed": (
                ("same_many", 2.2), ("same", 1.5), ("same_few", 0.7), ("overlapping", 0.7), ("nobody", 0.5),
                ("close", 0.0), _TOLD,
                ("risen", -0.3), ("differ", -1.5), ("some_or_none", -1.8),
            ),
            "injured": (
                ("same_many", 1.1), ("same", 0.8), ("same_few", 0.4), ("overlapping", 0.4), ("nobody", 0.2),
                ("close", 0.0), _TOLD,
                ("risen", -0.1), ("differ", -0.5), ("some_or_none", -0.6),
            ),
            "actors": (
                ("same", 1.2), ("alike", 0.8), ("compatible", 0.2), _TOLD, ("other", -0.5), ("other_claimed", -2.0),
            ),
            "targets": (
                ("same", 0.8), ("alike", 0.5), ("compatible", 0.2), _TOLD, ("other", -0.3), ("other_kind", -0.6),
            ),
            "launch_place": (("same", 0.8), ("near", 0.4), _TOLD, ("other", -0.5)),
            "sources": (("shared", 0.5), _TOLD),
        }.items()
    }
)  # fmt: skip

# Levels after which nothing else can make two tellings one incident.
HARD = frozenset({("date", "apart"), ("place", "apart"), ("place", "other_country")})


def level(field: str, name: str, why_en: str, why_fr: str) -> Level:
    """A level with the points the table gives it. Raises KeyError for a level that is not in it."""
    return Level(field, name, LEVELS[field][name], why_en, why_fr)
