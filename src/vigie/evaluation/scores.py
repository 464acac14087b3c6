"""Precision, recall and F1 of a number of answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """How many answers were coded, how many the gold coding holds, how many are right."""

    right: int = 0
    coded: int = 0
    gold: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.coded + other.coded, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """The share of the coded that is right; 0 where nothing is coded."""
        return self.right / self.coded if self.coded else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that is found; 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def lost(self) -> int:
        """Answers that are missed and answers that are wrong: what keeps F1 = 2·right / (2·right + lost) below 1."""
        return self.coded + self.gold - 2 * self.right


def total(scores: Iterable[Score]) -> Score:
    """All scores taken together (the micro average)."""
    return sum(scores, Score())
