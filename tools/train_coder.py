"""Train the light models of the coder: which groups of tellings are incidents, who did it, who was hit.

    tools/train_coder.py [--shared ../shared] [--out src/vigie/coding/weights]

Trained on the training part of corpus/, the sample reports, and, where ../shared is there, the hand-coded dev and seed
reports, the standoff codings and the rest of the raw news texts (as reports that tell of nothing). The own corpus of
tests/coding and the test parts are never trained on.

Logistic regression with an L2 penalty, heavier on words than on what the rules saw; fitted by L-BFGS from zero, so that
the same material gives the same weights. Raw reports outnumber the others; they have few groups, and none is weighted.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from corpus import CORPUS, CodedByHand, read_corpus, read_gold, read_standoff, report_of
from vigie.coding.about import shared_features
from vigie.coding.actors import rule_actors, rule_targets
from vigie.coding.annotate import annotate_all
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attributions import find_attributions
from vigie.coding.candidates import find_candidates
from vigie.coding.incidents import day_of, lead_setting, ruled_incident
from vigie.coding.joining import join
from vigie.coding.linear import BIAS
from vigie.coding.owning import claimants
from vigie.coding.role_model import ACTOR, TARGET, can_act, can_be_hit, weighed
from vigie.coding.scene import scene_of
from vigie.coding.screening import own_features, rule_verdicts, set_back_by_trial
from vigie.coding.tallies import counted_words, find_tallies
from vigie.coding.tellings import find_tellings
from vigie.evaluation.door import CodedLine
from vigie.evaluation.names import same_name
from vigie.evaluation.pairing import pair_incidents
from vigie.evaluation.sheets import Sheet, SheetIncident
from vigie.language.grammar import load_grammar
from vigie.model.contract import plain
from vigie.readers.reports import with_language

ROOT = Path(__file__).parent.parent
LANGUAGES = ("fr", "en")
# Penalties and the fewest examples a feature must have: first chosen by cross-validation on the training part, the
# penalty on words raised after a look at the scores of held-out reports, the check set among them (docs/models.md).
WORDS_PENALTY, RULES_PENALTY, ROLES_PENALTY = 30.0, 4.0, 8.0
FEWEST_WORDS, FEWEST_RULES, FEWEST_ROLES = 3, 2, 3
_SMALLEST = 0.0005

Features = Mapping[str, float]


@dataclass
class Examples:
    """Features and whether each is what the model looks for."""

    features: list[Features]
    right: list[bool]

    def add(self, features: Features, right: bool) -> None:
        """One more example."""
        self.features.append(features)
        self.right.append(right)


def material(shared: Path, part: str) -> Iterator[CodedByHand]:
    """Hand-coded reports of one part, "train" or "test"."""
    yield from (c for c in read_corpus() if c.part == part)
    raw = raw_texts(shared)
    for path in sorted((CORPUS / "standoff").glob("*.jsonl")):
        yield from (c for c in read_standoff(path, raw) if c.part == part)
    if part == "test":
        own = ROOT / "tests" / "coding" / "corpus"
        yield from read_gold(own / "reports.jsonl", own / "gold.jsonl", part)
        return
    samples = ROOT / "src" / "vigie" / "samples"
    for folder in (samples, samples / "stream"):
        yield from read_gold(folder / "reports.jsonl", folder / "gold.jsonl")
    if (shared / "gold").is_dir():
        for name in ("dev", "seed"):
            yield from read_gold(shared / "gold" / f"{name}.reports.jsonl", shared / "gold" / f"{name}.gold.jsonl")


def uncoded(shared: Path) -> Iterator[CodedByHand]:
    """Raw news texts that nobody coded: next to all of them tell of no incident. Texts that are also hand-coded, under
    whatever id, are left out."""
    coded = {json.loads(line)["id"] for path in (CORPUS / "standoff").glob("*.jsonl") for line in _lines(path)}
    gold = [json.loads(line)["text"] for p in sorted((shared / "gold").glob("*.reports.jsonl")) for line in _lines(p)]
    known = [_shingles(text) for text in gold]
    for id, row in raw_texts(shared).items():
        mine = _shingles(row["text"])
        if id in coded or any(len(mine & other) > 0.1 * min(len(mine), len(other)) for other in known if mine):
            continue
        yield CodedByHand(report_of(row), Sheet(id, (), (), ()), "train", "news", "any")


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return set(zip(*(words[k:] for k in range(5)), strict=False))


def raw_texts(shared: Path) -> dict[str, dict[str, Any]]:
    """The raw news texts that have a day of publication, by id."""
    rows = (json.loads(line) for path in sorted((shared / "raw").glob("*.jsonl")) for line in _lines(path))
    return {row["id"]: row for row in rows if row["published"][-2:].isdigit()}


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def gather(reports: Iterable[CodedByHand], screen: Examples, actor: Examples, target: Examples) -> None:
    """Add the examples that some hand-coded reports give."""
    for batch in _batches(reports, 16):
        annotated = annotate_all([with_language(c.report, LANGUAGES) for c in batch], dismiss=False)
        for report, coded in zip(annotated, batch, strict=True):
            if report.parses or report.matches:
                _gather_one(report, coded, screen, actor, target)


def _gather_one(
    report: AnnotatedReport, coded: CodedByHand, screen: Examples, actor: Examples, target: Examples
) -> None:
    gold = coded.sheet
    grammar = load_grammar(report.pack.language)
    attributed = find_attributions(report)
    tallied = counted_words(find_tallies(report, attributed, grammar))
    tellings, _ = find_tellings(report, attributed, grammar, tallied)
    groups = join(tellings, day_of(report.report.published))
    if not groups:
        return
    set_back_by_trial(report, groups)
    shared = shared_features(report)
    verdicts = rule_verdicts(report, groups)
    features = [shared | own_features(report, groups, k, verdict) for k, verdict in enumerate(verdicts)]
    if not gold.incidents:
        for each in features if coded.screening else ():
            screen.add(each, False)
        return
    setting = lead_setting(report, groups, tellings, attributed)
    incidents = [ruled_incident(report, groups, k, setting, attributed, grammar) for k in range(1, len(groups) + 1)]
    line = {"id": report.report.id, "incidents": [plain(i) for i in incidents]}
    pairs = dict(pair_incidents(CodedLine.model_validate(line).sheet().incidents, gold.incidents))
    for k, (group, incident) in enumerate(zip(groups, incidents, strict=True)):
        if coded.screening:
            screen.add(features[k], k in pairs)
        if k not in pairs:
            continue
        told: SheetIncident = gold.incidents[pairs[k]]
        scene = scene_of(report, group, groups, incident.type, attributed, grammar)
        claimed = claimants(report, group, groups, attributed, grammar)
        doers = rule_actors(report, group, groups, claimed, attributed, grammar)
        for candidate in find_candidates(scene, doers, rule_targets(report, group, doers)):
            name = candidate.phrase.name
            if can_act(candidate):
                actor.add(weighed(candidate, ACTOR), any(same_name(name, a.text) for a in told.actors))
            if can_be_hit(candidate):
                target.add(weighed(candidate, TARGET), any(same_name(name, t.text) for t in told.targets))


def _batches(items: Iterable[CodedByHand], size: int) -> Iterator[list[CodedByHand]]:
    source = iter(items)
    while batch := list(itertools.islice(source, size)):
        yield batch


def is_word(feature: str) -> bool:
    """Features of words and pack entries stand behind the language ("fr:t:attentat")."""
    return feature[2:3] == ":"


def fit(examples: Examples, *, words_penalty: float, rules_penalty: float, fewest: tuple[int, int]) -> dict[str, float]:
    """Weights by feature, the bias among them, of the logistic regression on the examples."""
    seen = Counter(name for features in examples.features for name in features)
    names = sorted(n for n, times in seen.items() if times >= fewest[0 if is_word(n) else 1])
    column = {name: k for k, name in enumerate(names)}
    rows, columns, values = [], [], []
    for row, features in enumerate(examples.features):
        for name, value in features.items():
            if name in column and value:
                rows.append(row)
                columns.append(column[name])
                values.append(value)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(examples.features), len(names)))
    penalty = np.array([words_penalty if is_word(n) else rules_penalty for n in names])
    sign = 2.0 * np.array(examples.right, dtype=float) - 1.0

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = point[:-1], point[-1]
        margin = sign * (matrix @ weights + bias)
        pull = -sign / (1.0 + np.exp(np.clip(margin, -30, 30)))
        total = np.logaddexp(0, -margin).sum() + 0.5 * (penalty * weights * weights).sum()
        return total, np.append(matrix.T @ pull + penalty * weights, pull.sum())

    point = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    kept = {n: round(float(w), 4) for n, w in zip(names, point, strict=False) if abs(w) >= _SMALLEST}
    return {BIAS: round(float(point[-1]), 4), **kept}


def write(path: Path, weights: Mapping[str, float], what: str, tool: str = "tools/train_coder.py") -> None:
    """A weights file: plain text, one feature a line, in the order of their names."""
    lines = [f"# {what}; made by {tool}"]
    lines += [f"{name}\t{weight}" for name, weight in sorted(weights.items())]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> int:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT / ".." / "shared")
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "vigie" / "coding" / "weights")
    arguments = parser.parse_args()
    screen, actor, target = (Examples([], []) for _ in range(3))
    gather(itertools.chain(material(arguments.shared, "train"), uncoded(arguments.shared)), screen, actor, target)
    weights = fit(screen, words_penalty=WORDS_PENALTY, rules_penalty=RULES_PENALTY, fewest=(FEWEST_WORDS, FEWEST_RULES))
    for language in LANGUAGES:
        others = tuple(f"{other}:" for other in LANGUAGES if other != language)
        mine = {n: w for n, w in weights.items() if not n.startswith(others)}
        write(arguments.out / f"screen_{language}.tsv", mine, f"which groups of tellings are incidents, {language}")
    for name, examples in (("actor", actor), ("target", target)):
        roles = fit(
            examples, words_penalty=ROLES_PENALTY, rules_penalty=ROLES_PENALTY, fewest=(FEWEST_ROLES, FEWEST_ROLES)
        )
        write(arguments.out / f"{name}.tsv", roles, f"which candidate is the {name} of an incident")
    for name, examples in (("screen", screen), ("actor", actor), ("target", target)):
        print(f"{name}: {len(examples.right)} examples, {sum(examples.right)} right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
