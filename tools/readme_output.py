#!/usr/bin/env python3
"""Puts what `vigie code` really prints into the README: the block after each "<!-- output of: SAMPLE -->".

    tools/readme_output.py [--check]

With --check nothing is written; exit code 1 where the README shows something else.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
_BLOCK = re.compile(r"(<!-- output of: (?P<sample>[\w.-]+) -->\n```\n)(?P<shown>.*?)(```\n)", re.DOTALL)


def main() -> int:
    """Write the blocks, or with --check compare them."""
    before = README.read_text("utf-8")
    after = _BLOCK.sub(lambda found: found[1] + output(found["sample"]) + found[4], before)
    if "--check" in sys.argv[1:]:
        if after != before:
            print("README.md shows an output that is not the real one: run tools/readme_output.py", file=sys.stderr)
        return int(after != before)
    README.write_text(after, "utf-8")
    return 0


def output(sample: str) -> str:
    """The command on a copy of the sample named as a reader would, and what it prints at 80 columns."""
    path = ROOT / "src" / "vigie" / "samples" / "files" / sample
    run = subprocess.run(
        [sys.executable, "-m", "vigie.cli", "code", str(path)],
        capture_output=True,
        check=True,
        env={**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"},
    )
    return f"$ vigie code samples/{sample}\n{run.stdout.decode('utf-8').rstrip()}\n"


if __name__ == "__main__":
    raise SystemExit(main())
