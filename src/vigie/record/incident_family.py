"""Families of incident types, for blocking and comparing: those that tellings of one incident may confuse."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vigie.model.coded import Incident

FAMILY: Mapping[str, str] = MappingProxyType(
    {
        "shelling_missile": "remote",
        "air_drone_strike": "remote",
        "disrupted": "remote",
        "suicide_bomb": "bomb",
        "remote_explosive": "bomb",
        "grenade": "bomb",
        "attack": "direct",
        "armed_clash": "direct",
        "mob_violence": "direct",
        "sexual_violence": "direct",
        "other_violence": "direct",
        "abduction": "abduction",
        "chemical_weapon": "chemical",
        "arson": "arson",
    }
)
# What a weapon makes of an incident whose type leaves it open, and weapons that tellings confuse with one another.
WEAPON_CLASS: Mapping[str, str] = MappingProxyType(
    {
        "rocket": "projectile",
        "missile": "projectile",
        "drone": "projectile",
        "mortar": "projectile",
        "artillery": "projectile",
        "aerial_bomb": "projectile",
        "bomb": "explosive",
        "car_bomb": "explosive",
        "suicide_vest": "explosive",
        "grenade": "explosive",
        "mine": "explosive",
        "firearm": "hand",
        "knife": "hand",
        "vehicle": "vehicle",
        "chemical": "chemical",
        "incendiary": "fire",
        "other": "other",
    }
)
_OF_CLASS = {"projectile": "remote", "explosive": "bomb", "hand": "direct", "chemical": "chemical", "fire": "arson"}
# Types whose words ("attack", "violence", "explosion") fit an incident of another family when no weapon is told.
_OPEN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "attack": ("remote", "bomb"),
        "other_violence": ("remote", "bomb"),
        "remote_explosive": ("remote",),
    }
)
_ALSO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "abduction": ("direct",),  # people taken and then killed are told as an attack
        "arson": ("direct",),
        "chemical_weapon": ("remote",),
    }
)


def families_of(incident: Incident) -> tuple[str, ...]:
    """The families in which other tellings of this incident may stand, sorted: that of its type, those of its weapons,
    and all that its type leaves open when no weapon is told."""
    found = {FAMILY[incident.type], *_ALSO.get(incident.type, ())}
    classes = {WEAPON_CLASS[w.kind] for w in incident.weapons}
    found.update(_OF_CLASS[c] for c in classes if c in _OF_CLASS)
    if not classes - {"other"}:
        found.update(_OPEN.get(incident.type, ()))
    return tuple(sorted(found))


def is_open(incident: Incident) -> bool:
    """The type says only that there was violence, or a blast, and no weapon is told."""
    return incident.type in _OPEN and all(WEAPON_CLASS[w.kind] == "other" for w in incident.weapons)
