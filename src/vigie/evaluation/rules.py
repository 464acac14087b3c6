"""The rules of comparing as data (matching.yaml), read once through a pydantic door."""

from __future__ import annotations

import importlib.resources
from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vigie.errors import PackError


class Weights(BaseModel):
    """How much each field weighs when two incidents are held against one another."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: float
    place: float
    country: float
    type: float
    killed: float
    weapon: float
    lone_actor: float


class Limits(BaseModel):
    """Numbers of incidents of one report up to which the best set of pairs is searched for in full."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gold: int
    coded: int


class MatchingRules(BaseModel):
    """What counts as alike."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type_families: dict[str, tuple[str, ...]]
    weights: Weights
    floor: float = Field(gt=0, le=1)
    exact_up_to: Limits
    small_words: frozenset[str]
    aliases: tuple[tuple[str, ...], ...]

    def family(self, type: str | None) -> str | None:
        """The family of a type of incident; None for a type that is in none."""
        return next((name for name, types in self.type_families.items() if type in types), None)


@cache
def matching_rules() -> MatchingRules:
    """The rules. Raises PackError where the file is faulty."""
    text = importlib.resources.files(__package__).joinpath("matching.yaml").read_text("utf-8")
    try:
        return MatchingRules.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError) as error:
        raise PackError(f"evaluation/matching.yaml: {error}") from error
