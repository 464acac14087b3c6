#!/usr/bin/env python3
"""Speed and memory: coding against parsing, cold start, resident memory.

    tools/bench.py [--shared ../shared]

Coding is held against parsing in one run on one core: coding a set of reports is to take no longer than parsing all
of their text with the same pipelines. Coding is all that `vigie code` does between reading and printing, the parse of
the sentences that need one included; parsing is of every sentence, cut beforehand, report by report, with the repairs
of its trees. Beside the ratio stands what the pipelines alone take for the same sentences, all together. The ratio says
nearly the same on a slow machine as on a fast one; the seconds do not. Where others use the machine, rules lose more to
them than the pipelines do, whose work is in few places of memory: then the ratio is too high.
The reports are gold/dev.reports.jsonl of the shared folder, or the package's own samples where there is none.
Exit code 1 where a bound is missed.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

MAX_RATIO = 1.0
MAX_COLD_SECONDS = 3.0
MAX_MEGABYTES = 500.0
_ROUNDS = 5


def main() -> int:
    """Print the measures with their bounds; 0 where all are kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/")
    arguments = parser.parse_args()
    reports = arguments.shared / "gold" / "dev.reports.jsonl"
    if not reports.is_file():
        print(f"bench: {reports} is not there, the samples are used")
        reports = next(p for p in _samples() if p.suffix == ".jsonl")
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"  # one core for both sides
    coding, parsing, pipelines, megabytes = measure(reports)
    clock, processor = cold_start()
    taken = f"{coding:.2f} s over {parsing:.2f} s; the pipelines alone {pipelines:.2f} s"
    rows = (
        ("coding over parsing, one core", coding / parsing, MAX_RATIO, taken),
        ("cold start, one report (s)", clock, MAX_COLD_SECONDS, f"best of {_ROUNDS}; processor time {processor:.2f} s"),
        ("resident memory (MB)", megabytes, MAX_MEGABYTES, "peak, coding alone"),
    )
    missed = 0
    for name, value, bound, note in rows:
        missed += value > bound
        print(f"{name:<32}{value:>9.2f}  at most {bound:>6.1f}  {'MISSED' if value > bound else 'kept':<7}{note}")
    return 1 if missed else 0


def measure(path: Path) -> tuple[float, float, float, float]:
    """CPU seconds of coding all reports of a file, of parsing all their text, of the pipelines alone on the same
    sentences, and the peak of resident memory in megabytes after the coding; each timing the best of several rounds in
    turn, everything loaded beforehand."""
    from vigie.coding.coder import code_reports
    from vigie.language.pack import languages
    from vigie.language.parse import Passage, load_parser
    from vigie.model import Report
    from vigie.readers import read_path
    from vigie.readers.reports import with_language
    from vigie.text.normal import normalise
    from vigie.text.sentences import split_sentences

    reports = [with_language(r, languages()) for r in read_path(path) if isinstance(r, Report)]

    def code_all() -> None:
        for _ in code_reports(reports):
            pass

    code_all()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    texts = [(normalise(r.text).text, r.language or "") for r in reports]
    spans = [(text, code, [(s.start, s.end) for s in split_sentences(text, code)]) for text, code in texts]

    def parse_all() -> None:
        for text, code, sentences in spans:
            load_parser(code).parse(text, sentences)

    def pipelines() -> None:
        for each in languages():
            load_parser(each).parse_all([Passage(text, cut) for text, code, cut in spans if code == each], repair=False)

    parse_all()
    # In turn: all meet the same load.
    rounds = [(_timed(code_all), _timed(parse_all), _timed(pipelines)) for _ in range(_ROUNDS)]
    coding, parsing, alone = (min(times) for times in zip(*rounds, strict=True))
    return coding, parsing, alone, peak


def cold_start() -> tuple[float, float]:
    """Wall and processor seconds of `vigie code` on one report, from nothing, each the best of several."""
    sample = next(p for p in _samples() if p.suffix == ".txt")
    command = [sys.executable, "-m", "vigie.cli", "code", str(sample)]
    # As on a user's machine, where Python keeps compiled modules.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def once() -> None:
        subprocess.run(command, check=True, capture_output=True, env=environment)

    def processor() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    clock, taken = [], []
    for _ in range(_ROUNDS):
        before = processor()
        clock.append(_timed(once, time.perf_counter))
        taken.append(processor() - before)
    return min(clock), min(taken)


def _timed(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    work()
    return clock() - start


def _samples() -> list[Path]:
    from vigie.runs.samples import sample_files

    return sample_files()


if __name__ == "__main__":
    raise SystemExit(main())
