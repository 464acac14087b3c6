"""What the light models add, and whether more corpus would add more: the two tables of docs/models.md.

    tools/learning_curve.py [--shared ../shared]

Ablation: the rules alone, with the screening model, with the role models, with both, and the models alone, trained anew
without what the rules decided. Learning curve: the role models
trained on none, a quarter, half and all of the training part of corpus/ (by the hash of a report's id), beside the
other material as always. Scored on the test part of the corpus and, where it is there, on the check set.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from corpus import CodedByHand, read_corpus, read_gold
from train_coder import (
    FEWEST_ROLES,
    FEWEST_RULES,
    FEWEST_WORDS,
    LANGUAGES,
    ROLES_PENALTY,
    ROOT,
    RULES_PENALTY,
    WORDS_PENALTY,
    Examples,
    fit,
    gather,
    material,
    uncoded,
)
from vigie.coding import about, role_model, rules, screening
from vigie.coding.coder import code_reports
from vigie.coding.incidents import codes_of, ruled_incident
from vigie.coding.linear import BIAS, LinearModel, load_model
from vigie.evaluation.matching import match
from vigie.evaluation.measures import report_scores
from vigie.evaluation.scores import total
from vigie.evaluation.sheet_files import sheet_of
from vigie.model import Incident
from vigie.readers.reports import with_language

SHOWN = ("coding", "incidents", "detection", "actor", "target", "responsibility")
SHARES = (0.0, 0.25, 0.5, 1.0)


def scored(reports: Sequence[CodedByHand]) -> str:
    """The cells of a row: F1 of each of SHOWN with the coder as it is now."""
    coded = list(code_reports(with_language(c.report, LANGUAGES) for c in reports))
    found = [report_scores(match(c.sheet, sheet_of(mine))) for c, mine in zip(reports, coded, strict=True)]
    return " | ".join(f"{total(each[name] for each in found).f1:.3f}" for name in SHOWN)


@contextmanager
def ablated(*, screen: bool, roles: bool) -> Iterator[None]:
    """The coder without one of its models, or without both: the rules decide alone there."""
    with ExitStack() as stack:
        if not screen:
            for module in (about, screening):
                stack.enter_context(patch.object(module, "WORDS_TO_WEIGH", sys.maxsize))
        if not roles:
            stack.enter_context(patch.object(rules, "build_incident", _by_rules))
        yield


def _by_rules(report: Any, groups: Any, number: int, *rest: Any) -> Incident:
    found = ruled_incident(report, groups, number, *rest)
    codes = codes_of(report, found.type, found.weapons, found.actors, found.targets, found.killed)
    return replace(found, confidence=round(groups[number - 1].likelihood, 2), codes=codes)


@contextmanager
def roles_from(models: Mapping[str, LinearModel]) -> Iterator[None]:
    """The coder with these role models."""
    with patch.object(role_model, "load_model", lambda name: models.get(name) or load_model(name)):
        yield


@contextmanager
def models_alone(shared: Path) -> Iterator[None]:
    """The coder with models that know nothing of the verdict or the choice of the rules, and decide by themselves."""
    screen, actor, target = (Examples([], []) for _ in range(3))
    gather(itertools.chain(material(shared, "train"), uncoded(shared)), screen, actor, target)
    kept = fit(_unruled(screen), words_penalty=WORDS_PENALTY, rules_penalty=RULES_PENALTY,
               fewest=(FEWEST_WORDS, FEWEST_RULES))  # fmt: skip
    models = {f"screen_{language}": LinearModel("screen", kept, kept[BIAS]) for language in LANGUAGES}
    for name, examples in (("actor", actor), ("target", target)):
        weights = fit(_unruled(examples), words_penalty=ROLES_PENALTY, rules_penalty=ROLES_PENALTY,
                      fewest=(FEWEST_ROLES, FEWEST_ROLES))  # fmt: skip
        models[name] = LinearModel(name, weights, weights[BIAS])
    found = role_model.find_candidates
    with ExitStack() as stack:
        for module in (about, screening, role_model):
            stack.enter_context(patch.object(module, "load_model", models.__getitem__))
        stack.enter_context(patch.multiple(screening, _DOUBT=0.5, _HOPE=0.5))
        stack.enter_context(
            patch.object(role_model, "find_candidates", lambda *a: [replace(c, ruled=set()) for c in found(*a)])
        )
        yield


def _unruled(examples: Examples) -> Examples:
    """The examples without what the rules decided."""
    return Examples(
        [{n: v for n, v in f.items() if not n.startswith(("rule=", "rule."))} for f in examples.features],
        examples.right,
    )


def curve(shared: Path) -> Iterator[tuple[str, dict[str, LinearModel]]]:
    """Role models by the share of the corpus they learned from."""
    own = {c.report.id for c in read_corpus()}
    learned: list[tuple[float, Examples, Examples]] = []
    for coded in material(shared, "train"):
        actor, target = Examples([], []), Examples([], [])
        gather([coded], Examples([], []), actor, target)
        learned.append((_place(coded.report.id) if coded.report.id in own else -1.0, actor, target))
    for share in SHARES:
        models = {}
        for name, pick in _ROLES.items():
            examples = Examples([], [])
            for place, *both in learned:
                if place < share:
                    examples.features += pick(both).features
                    examples.right += pick(both).right
            weights = fit(examples, words_penalty=ROLES_PENALTY, rules_penalty=ROLES_PENALTY,
                          fewest=(FEWEST_ROLES, FEWEST_ROLES))  # fmt: skip
            models[name] = LinearModel(name, weights, weights.pop(BIAS))
        yield f"{share:.0%} of the corpus ({sum(0 <= p < share for p, *_ in learned)} reports)", models


_ROLES: dict[str, Callable[[list[Examples]], Examples]] = {"actor": lambda b: b[0], "target": lambda b: b[1]}


def _place(id: str) -> float:
    """Where a report stands between 0 and 1, always the same."""
    return int(hashlib.sha256(id.encode()).hexdigest()[:8], 16) / 16**8


def main() -> int:
    """Print both tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT / ".." / "shared")
    shared = parser.parse_args().shared
    sets = {"corpus": [c for c in read_corpus() if c.part == "test"]}
    check = shared / "gold" / "check.reports.jsonl"
    if check.is_file():
        sets["check"] = list(read_gold(check, check.with_name("check.gold.jsonl"), "test"))
    print("| | scored on | " + " | ".join(SHOWN) + " |\n| --- | --- |" + " ---: |" * len(SHOWN))
    for what, screen, roles in (("rules alone", False, False), ("with the screening model", True, False),
                                ("with the role models", False, True), ("with both", True, True)):  # fmt: skip
        with ablated(screen=screen, roles=roles):
            for name, reports in sets.items():
                print(f"| {what} | {name} | {scored(reports)} |", flush=True)
    with models_alone(shared):
        for name, reports in sets.items():
            print(f"| models alone | {name} | {scored(reports)} |", flush=True)
    for share, models in curve(shared):
        with roles_from(models):
            for name, reports in sets.items():
                print(f"| roles from {share} | {name} | {scored(reports)} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
