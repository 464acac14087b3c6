#!/usr/bin/env python3
"""Whole codings of six sample reports, kept so that a change of the rules shows what else it changes.

    tools/golden.py            writes tests/coding/golden/*.json anew (make golden)

Look at what `git diff` shows before committing: a golden file says what the coder gives, not what is right; what is
right is in src/vigie/samples/gold.jsonl.
"""

from __future__ import annotations

import json
from pathlib import Path

import vigie
from vigie.coding.coder import code_report
from vigie.model.contract import coded_report_json

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "coding" / "golden"
SAMPLES = ("fr:harir-1", "fr:barkoundi-2", "fr:liege-1", "en:harir-1", "en:goma-1", "en:elfasher-1")


def golden_file(sample: str) -> Path:
    """Where the coding of a sample is kept."""
    return FOLDER / f"{sample.replace(':', '-')}.json"


def codings() -> dict[str, str]:
    """The coding of each sample as indented JSON, by the sample's id."""
    found: dict[str, str] = {}
    for report in vigie.read(ROOT / "src" / "vigie" / "samples" / "reports.jsonl"):
        if isinstance(report, vigie.Report) and report.id in SAMPLES:
            coded = coded_report_json(code_report(report))
            found[report.id] = json.dumps(coded, ensure_ascii=False, indent=1) + "\n"
    return found


def main() -> None:
    """Write every golden file."""
    FOLDER.mkdir(exist_ok=True)
    for sample, text in codings().items():
        golden_file(sample).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
