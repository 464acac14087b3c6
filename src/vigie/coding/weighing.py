"""Where rules and light models meet: an incident as the rules have it, with its actors and targets weighed anew.

The rules fill every field (incidents.py). For actors and targets the role model then weighs whom and what the rules
chose against everybody and everything else in the sentences that tell of the incident; the rules' choice is one of its
features. The same was tried for place, day, tolls, type and responsibility and lifted none of them (docs/models.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vigie.coding.actors import rule_actors, rule_targets, site_target
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attributions import Attributed
from vigie.coding.dating import Setting
from vigie.coding.incidents import codes_of, without_roles
from vigie.coding.joining import Group
from vigie.coding.owning import claimants
from vigie.coding.responsibility import responsibility
from vigie.coding.role_model import choose_roles
from vigie.coding.scene import scene_of
from vigie.coding.victims import named_victims
from vigie.language.grammar import Grammar
from vigie.model import Incident


def build_incident(
    report: AnnotatedReport,
    groups: Sequence[Group],
    number: int,
    setting: Setting,
    attributed: Attributed,
    grammar: Grammar,
) -> Incident:
    """The incident that group `number` (from 1) is about, without claims and differences (see claims.py)."""
    group = groups[number - 1]
    ruled = without_roles(report, groups, number, setting, grammar)
    scene = scene_of(report, group, groups, ruled.type, attributed, grammar)
    claimed = claimants(report, group, groups, attributed, grammar)
    doers = rule_actors(report, group, groups, claimed, attributed, grammar)
    named = named_victims(report, set(scene.told), grammar)
    actors, targets = choose_roles(scene, doers, rule_targets(report, group, doers, named))
    targets = targets or site_target(report, ruled.place)
    return replace(
        ruled,
        actors=actors,
        targets=targets,
        responsibility=responsibility(report, group, groups, actors, claimed, attributed, grammar),
        confidence=round(group.likelihood, 2),
        codes=codes_of(report, ruled.type, ruled.weapons, actors, targets, ruled.killed),
    )
