"""Light models over named features: a weight a feature, kept as plain data (weights/NAME.tsv), and a bias.

Each is a logistic regression: probability = 1 / (1 + exp(-(bias + sum of weight x value))). docs/models.md says what
each one was trained on and how well it does; tools/train_coder.py makes them anew.
"""

from __future__ import annotations

import importlib.resources
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from operator import mul

from vigie.errors import CodingError

BIAS = "(bias)"


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights by feature name; a feature without a weight counts for nothing."""

    name: str
    weights: Mapping[str, float]
    bias: float

    def weight(self, features: Mapping[str, float]) -> float:
        """What the features add up to, without the bias: sums of parts of them can be put together."""
        # One call for all of them: it takes half the time of a loop, and adding nothing changes no sum.
        weighed: float = sum(map(mul, map(self.weights.get, features, repeat(0.0)), features.values()))
        return weighed

    def probability(self, features: Mapping[str, float], more: float = 0.0) -> float:
        """The probability, 0 to 1, that what the features describe is what the model looks for; `more` is the weight
        of features told apart."""
        z = self.bias + more + self.weight(features)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))

    def strongest(self, features: Mapping[str, float], most: int = 3) -> list[tuple[str, float]]:
        """The features that weigh most for or against, with what each adds, heaviest first."""
        parts = [(name, self.weights[name] * value) for name, value in features.items() if name in self.weights]
        return sorted(parts, key=lambda part: (-abs(part[1]), part[0]))[:most]


@cache
def load_model(name: str) -> LinearModel:
    """The model of this name. Raises CodingError where its file is missing or holds something else."""
    path = importlib.resources.files("vigie.coding") / "weights" / f"{name}.tsv"
    try:
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
        weights = {feature: float(weight) for feature, weight in rows}
    except (OSError, ValueError) as error:
        raise CodingError(f"weights/{name}.tsv: {error}; make it anew with tools/train_coder.py") from error
    return LinearModel(name, weights, weights.pop(BIAS, 0.0))
