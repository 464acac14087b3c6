#!/usr/bin/env python3
"""Score gate: codes the hand-coded reports, scores them, and fails when a score is below its floor.

    tools/gate.py [--shared ../shared] [--sets seed,dev,check] [--update [--allow-regression]]

Floors are in gate_floors.json, with the SHA-256 of the reports and gold they were set on, so that a score is never
compared over other material. `--update` raises floors to the present scores (less the margin below) and writes new
hashes; it never lowers a floor without `--allow-regression`. Beside the floors stand targets: what the project owes its
users, written by hand and changed by no option. A score short of its target is named in every run, and where a target
is met the floor is never below it. Only sums are printed, never a text, an id or an error
of a report: the check set is for scoring and is not to be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from vigie.errors import SheetError
from vigie.evaluation.matching import match_all
from vigie.evaluation.measures import measure
from vigie.evaluation.sheet_files import by_id, read_coded, read_gold

FLOORS = Path(__file__).with_name("gate_floors.json")
SETS = ("seed", "dev", "check")
# The scores with a floor: name in the floors file → where the measures have it.
SCORES = {
    "coding": ("coding", "f1"),
    "per_report": ("per_report", "f1"),
    "detection": ("detection", "f1"),
    "incidents_current": ("incidents_current", "f1"),
    "sources": ("sources", "f1"),
    "source_terms": ("source_terms_accuracy", None),
}
# A floor is set this far below the score it was taken from: one slot of 64 reports more or less is about 0.002.
MARGIN = 0.002


def main() -> int:
    """Run the gate; 0 where every score holds or there is nothing to score on, else 1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/")
    parser.add_argument("--sets", default=",".join(SETS), help="which sets, with commas between")
    parser.add_argument("--update", action="store_true", help="raise the floors to the present scores")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: lower floors too")
    arguments = parser.parse_args()
    if not (arguments.shared / "gold").is_dir():
        print(f"gate: skipped, there are no hand-coded reports ({arguments.shared}/gold is not there)")
        return 0
    floors: dict[str, Any] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}
    failures: list[str] = []
    print(f"{'set':<7}{'score':<19}{'now':>8}{'floor':>8}{'target':>8}")
    for name in arguments.sets.split(","):
        scores, prints = run_set(name, arguments.shared)
        kept = floors.get(name, {})
        failures += compare(name, scores, prints, kept, updating=arguments.update)
        if arguments.update:
            floors[name] = updated(kept, scores, prints, allow_regression=arguments.allow_regression)
    if arguments.update:
        FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", "utf-8")
        print(f"gate: {FLOORS.name} written")
    for failure in failures:
        print(f"gate: {failure}", file=sys.stderr)
    print("gate: failed" if failures else "gate: passed")
    return 1 if failures else 0


def run_set(name: str, shared: Path) -> tuple[dict[str, float], dict[str, str]]:
    """The scores of one set, coded through the command line, and the hashes of what they were scored on."""
    reports, gold = (shared / "gold" / f"{name}.{kind}.jsonl" for kind in ("reports", "gold"))
    with tempfile.TemporaryDirectory() as folder:
        coded = Path(folder) / "coded.jsonl"
        command = ["code", str(reports), "--format", "jsonl", "--quiet", "--output", str(coded)]
        run = subprocess.run([sys.executable, "-m", "vigie.cli", *command], capture_output=True, text=True, check=False)
        if run.returncode not in (0, 1, 3):  # rejected reports count as coded empty
            raise SystemExit(f"gate: coding the {name} set ended with exit code {run.returncode}")
        for kind, number in sorted(_kinds(run.stderr).items()):
            print(f"gate: {number} reports of the {name} set were not coded: {kind}", file=sys.stderr)
        table = measured(name, gold, coded)
    scores = {score: table[key][part] if part else table[key] or 0.0 for score, (key, part) in SCORES.items()}
    prints = {
        kind: hashlib.sha256(path.read_bytes()).hexdigest() for kind, path in (("reports", reports), ("gold", gold))
    }
    return scores, prints


def measured(name: str, gold: Path, coded: Path) -> dict[str, Any]:
    """The measures of a coding, as `vigie evaluate` gives them."""
    try:
        matches = match_all(read_gold(gold), by_id(read_coded(coded)), {})
    except SheetError as error:  # its message holds ids and values of reports that are not to be read
        raise SystemExit(f"gate: the {name} set cannot be scored: {len(error.problems)} faults in its form") from None
    return measure(matches).as_json()


def _kinds(rejected_lines: str) -> Counter[str]:
    """Why reports were not coded, counted; of a fault only its class, as its message might hold words of a report."""
    reasons = (json.loads(line)["reason"] for line in rejected_lines.splitlines() if line.startswith("{"))
    return Counter(
        ":".join(r.split(":")[:2]) if r.startswith("the coder failed") else "see vigie code" for r in reasons
    )


def compare(
    name: str, scores: dict[str, float], prints: dict[str, str], kept: dict[str, Any], *, updating: bool
) -> list[str]:
    """Print one set's scores beside their floors; what is wrong, in words."""
    failures = []
    if kept and kept["sha256"] != prints and not updating:
        failures.append(f"the {name} set is not the one its floors were set on: look why, then --update")
    for score, value in scores.items():
        floor = kept.get("floors", {}).get(score)
        target = kept.get("targets", {}).get(score)
        wanted = "".join("" if bound is None else f"{bound:>8.3f}" for bound in (floor, target))
        short = "  short of its target" if target is not None and value < target else ""
        print(f"{name:<7}{score:<19}{value:>8.3f}{wanted}{short}")
        if floor is not None and value < floor and not updating:
            failures.append(f"{name} {score} is {value:.4f}, below its floor of {floor:.4f}")
    if not kept and not updating:
        failures.append(f"the {name} set has no floors: set them with --update")
    return failures


def updated(
    kept: dict[str, Any], scores: dict[str, float], prints: dict[str, str], *, allow_regression: bool
) -> dict[str, Any]:
    """The floors of one set raised to its scores; lowered only where that is allowed, never below a target met."""
    old = kept.get("floors", {})
    targets = kept.get("targets", {})
    fresh = {score: round(max(0.0, value - MARGIN), 4) for score, value in scores.items()}
    fresh |= {s: max(fresh[s], target) for s, target in targets.items() if scores.get(s, 0.0) >= target}
    floors = fresh if allow_regression else {s: max(value, old.get(s, 0.0)) for s, value in fresh.items()}
    return {"floors": floors, "sha256": prints} | ({"targets": targets} if targets else {})


if __name__ == "__main__":
    raise SystemExit(main())
