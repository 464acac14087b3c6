"""How often coded incidents and values of a given confidence are right: the table, and the weights behind it.

    tools/reliability.py fit [--shared ../shared] [--out FILE]   fit src/vigie/coding/weights/confidence.tsv anew
    tools/reliability.py table [--shared ../shared]              the tables of docs/reliability.md, on held-out codings

An incident is right when it pairs with one of the gold coding as for scoring, a value when the slot of that one has it;
every value of an incident that pairs with none is wrong. Fitted on reports of the training part of corpus/ on which the
screening was not trained, and on the training part of the standoff codings, so that the coder's own likelihood is no
better on them than on news to come. Tables are made on the test parts and, where it is there, on the check set, which
is scored and never looked into.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import CodedByHand, read_corpus, read_gold
from train_coder import LANGUAGES, ROOT, Examples, fit, material, write
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.coder import code_reports
from vigie.coding.confidence import ValueFeatures, value_features
from vigie.coding.linear import BIAS, LinearModel, load_model
from vigie.coding.rules import RuleExtractor
from vigie.evaluation.matching import match
from vigie.evaluation.sheet_files import sheet_of
from vigie.evaluation.sheets import Sheet
from vigie.evaluation.slots import SLOTS, Fill, WeaponNumber
from vigie.model import CodedReport
from vigie.readers.reports import with_language

WEIGHTS = ROOT / "src" / "vigie" / "coding" / "weights" / "confidence.tsv"
# Chosen beforehand, not tuned: some fifty weights a slot on twelve thousand values.
PENALTY, FEWEST = 3.0, 8
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 1.01)
"""Edges of the rows of the table; a confidence on an edge is in the row that it opens."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An incident or a value as coded, and whether the gold coding bears it out."""

    value: ValueFeatures
    right: bool


def judged(coded: CodedReport, gold: Sheet) -> Iterator[Judged]:
    """Every incident and value of a report, with whether it is right. The incidents' confidence must be the likelihood
    that the screening gave them."""
    pairs = {m.coded.label: m for m in match(gold, sheet_of(coded)).incidents if m.coded}
    for incident in coded.incidents:
        pair = pairs[incident.id]
        right = {(f.slot, _told(f)) for aligned in pair.slots.values() for f, _ in aligned.right}
        for value in value_features(coded, incident):
            if value.slot == "incident":
                yield Judged(value, pair.gold is not None)
            else:
                yield Judged(value, pair.gold is not None and (value.slot, value.told) in right)


def _told(fill: Fill) -> str | None:
    """What tells a fill from others of its slot, as ValueFeatures.told."""
    if isinstance(fill.value, WeaponNumber):
        return fill.value.kind
    return str(fill.value) if fill.slot in {"actor", "target", "weapon"} else None


@dataclass(frozen=True, slots=True)
class _Unweighed:
    """The extractor without its last step."""

    name: str = "rules"
    version: str = "1"

    def extract(self, report: AnnotatedReport) -> CodedReport:
        """See RuleExtractor.unweighed."""
        return RuleExtractor().unweighed(report)


def judge(reports: Iterable[CodedByHand]) -> Iterator[Judged]:
    """Code the reports and hold every incident and value against the coding by hand."""
    for_coding, for_gold = itertools.tee(reports)
    coded = code_reports((with_language(c.report, LANGUAGES) for c in for_coding), _Unweighed())
    for mine, by_hand in zip(coded, for_gold, strict=True):
        yield from judged(mine, by_hand.sheet)


def fitted(values: Iterable[Judged]) -> LinearModel:
    """The weights that make of features a confidence."""
    examples = Examples([], [])
    for each in values:
        examples.add(each.value.features, each.right)
    weights = fit(examples, words_penalty=PENALTY, rules_penalty=PENALTY, fewest=(FEWEST, FEWEST))
    return LinearModel("confidence", weights, weights.pop(BIAS))


def table(values: Sequence[Judged], model: LinearModel) -> str:
    """How many incidents and values have a confidence within each of BINS, and how many of them are right; and the
    same of values of 0.9 and more, slot by slot. As Markdown."""
    weighed = [(round(model.probability(v.value.features), 2), v) for v in values]
    incidents = [(c, v.right) for c, v in weighed if v.value.slot == "incident"]
    others = [(c, v.right) for c, v in weighed if v.value.slot != "incident"]
    lines = ["| confidence | incidents | right | mean confidence | values | right | mean confidence |",
             "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"]  # fmt: skip
    for low, high in itertools.pairwise(BINS):
        cells = []
        for found in (incidents, others):
            inside = [(c, right) for c, right in found if low <= c < high]
            cells += [str(len(inside)), _share(right for _, right in inside), _mean(c for c, _ in inside)]
        lines.append(f"| {low:.1f} to {min(high, 1.0):.1f} | " + " | ".join(cells) + " |")
    lines += ["", "| slot | values | right | mean confidence | values of 0.9 and more | right |",
              "| --- | ---: | ---: | ---: | ---: | ---: |"]  # fmt: skip
    for slot in (*SLOTS, "all"):
        mine = others if slot == "all" else [(c, v.right) for c, v in weighed if v.value.slot == slot]
        lines.append(f"| {slot.replace('_', ' ')} | {_of_slot(mine)} |")
    return "\n".join(lines)


def _of_slot(found: Sequence[tuple[float, bool]]) -> str:
    sure = [right for c, right in found if c >= BINS[-2]]
    cells = (len(found), _share(r for _, r in found), _mean(c for c, _ in found), len(sure), _share(sure))
    return " | ".join(map(str, cells))


def _share(right: Iterable[bool]) -> str:
    return _mean(map(float, right))


def _mean(values: Iterable[float]) -> str:
    found = list(values)
    return f"{sum(found) / len(found):.2f}" if found else "–"


def to_fit(shared: Path) -> Iterator[CodedByHand]:
    """The reports that the weights are fitted on."""
    yield from (c for c in read_corpus() if c.part == "train" and not c.screening)
    yield from (c for c in material(shared, "train") if c.style == "news")


def held_out(shared: Path) -> Iterator[tuple[str, list[CodedByHand]]]:
    """Sets of reports that nothing was fitted on, with their names."""
    yield "Test part of the corpus", [c for c in read_corpus() if c.part == "test"]
    if news := [c for c in material(shared, "test") if c.style == "news"]:
        yield "Test part of the standoff codings", news
    check = shared / "gold" / "check.reports.jsonl"
    if check.is_file():
        yield "Check set", list(read_gold(check, check.with_name("check.gold.jsonl"), "test"))


def main() -> int:
    """Fit the weights, or print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("fit", "table"))
    parser.add_argument("--shared", type=Path, default=ROOT / ".." / "shared")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    if arguments.command == "fit":
        model = fitted(judge(to_fit(arguments.shared)))
        what = "how likely an incident and each of its values are right"
        write(arguments.out, {BIAS: model.bias, **model.weights}, what, "tools/reliability.py")
        return 0
    for name, reports in held_out(arguments.shared):
        print(f"### {name} ({len(reports)} reports)\n\n{table(list(judge(reports)), load_model('confidence'))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
