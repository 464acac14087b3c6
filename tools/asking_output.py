#!/usr/bin/env python3
"""Puts what the commands really print into docs/asking.md: the block after each "<!-- output of: COMMAND -->".

    tools/asking_output.py [--check]

The commands are asked of a store of the sample reports, in this process. "COMMAND | head -20" shows so many lines and
an ellipsis. With --check nothing is written; exit code 1 where a command fails (what it prints may well have changed:
it is what the coder and the record make of the samples).
"""

from __future__ import annotations

import re
import shlex
import sys
import tempfile
from pathlib import Path

from typer.testing import CliRunner, Result

from vigie.cli import app
from vigie.runs.samples import stream_files

PAGE = Path(__file__).parents[1] / "docs" / "asking.md"
_BLOCK = re.compile(r"(<!-- output of: vigie (?P<command>[^\n]+?) -->\n```\n)(?P<shown>.*?)(```\n)", re.DOTALL)
_HEAD = re.compile(r"(?P<command>.*?) \| head -(?P<lines>\d+)")


def main() -> int:
    """Write the blocks, or with --check only run the commands."""
    page = PAGE.read_text("utf-8")
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        store = f"sqlite:///{folder}/vigie.db"
        for command in (["init"], ["ingest", *map(str, stream_files()), "--quiet"]):
            run(command, store)

        def block(found: re.Match[str]) -> str:
            head = _HEAD.fullmatch(found["command"])
            command = head["command"] if head else found["command"]
            done = run(shlex.split(command), store)
            if done.exit_code:
                failed.append(f"vigie {command}: exit code {done.exit_code}: {done.stderr.strip()}")
            lines = done.stdout.rstrip().splitlines()
            if head and len(lines) > int(head["lines"]):
                lines = [*lines[: int(head["lines"])], "…"]
            return found[1] + "\n".join([f"$ vigie {command}", *lines]) + "\n" + found[4]

        after = _BLOCK.sub(block, page)
    print("\n".join(failed), file=sys.stderr)
    if "--check" not in sys.argv[1:] and not failed:
        PAGE.write_text(after, "utf-8")
    return int(bool(failed))


def run(arguments: list[str], store: str) -> Result:
    """A command on the store, at 90 columns."""
    environment = {"VIGIE_STORE": store, "COLUMNS": "90", "NO_COLOR": "1", "LOGNAME": "ana", "USER": "ana"}
    return CliRunner().invoke(app, arguments, env=environment)


if __name__ == "__main__":
    raise SystemExit(main())
