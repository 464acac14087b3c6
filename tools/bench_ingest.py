#!/usr/bin/env python3
"""How many reports a second are taken in, from files to linked incidents, and where the time goes.

    python tools/bench_ingest.py [--shared ../shared] [--jobs 2]

The reports: the samples, those of the tests of linking, the corpus of this repository and, where they are, the
hand-coded ones of the shared folder: news of armed violence, each once. First the stages are timed one by one in this
process (processor time): reading, coding, keeping (bytes, texts, codings, index of words), linking (copies, candidates,
comparisons, incidents). Then `vigie ingest` takes all of them into a new store by the clock. Others who use the machine
slow the clock down and not the processor time: what is printed beside is the rate that the processor time allows.
Exit code 1 where both rates are under the bound.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from vigie.cli.code import rules_coder
from vigie.language.pack import languages
from vigie.model import CodedReport, Report
from vigie.readers import read_path
from vigie.runs.batch import Input, code_all
from vigie.runs.ingest import as_version
from vigie.runs.samples import sample_files
from vigie.store import deriving
from vigie.store.keeping import Arrival
from vigie.store.store import Store

ROOT = Path(__file__).resolve().parents[1]
BOUND = 20.0  # reports a second on two cores
BATCH = 64


def main() -> int:
    """Print the split and the rates; 1 where the bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"
    with tempfile.TemporaryDirectory() as folder:
        paths = _paths(options.shared)
        _split(paths, Path(folder) / "split.db")
        return _whole(paths, Path(folder) / "whole.db", options.jobs)


def _paths(shared: Path) -> list[Path]:
    wanted = [ROOT / "tests/record/linking/reports.jsonl", ROOT / "corpus/reports", shared / "gold/dev.reports.jsonl"]
    return [*sample_files(), *(path for path in wanted if path.exists())]


def _split(paths: Sequence[Path], store_file: Path) -> None:
    """Processor time of each stage, everything loaded beforehand."""
    read: list[Input] = []
    spent = {"reading": _timed(lambda: read.extend(_inputs(paths)))}
    coded: list[CodedReport] = []
    list(code_all(read[:4], rules_coder, languages()))  # models and lists are loaded once, whatever comes
    spent["coding"] = _timed(
        lambda: coded.extend(c for c in code_all(read, rules_coder, languages()) if isinstance(c, CodedReport))
    )
    derive, linking = deriving.Derivation.take_in, [0.0]

    def timed_derive(*given: object, **more: object) -> None:
        linking[0] += _timed(lambda: derive(*given, **more))  # type: ignore[arg-type]

    with Store.create(str(store_file)) as store:
        deriving.Derivation.take_in = timed_derive  # type: ignore[method-assign, assignment]
        try:
            whole = _timed(lambda: _keep(store, coded))
        finally:
            deriving.Derivation.take_in = derive  # type: ignore[method-assign]
        incidents = store.status().incidents
    spent |= {"keeping": whole - linking[0], "linking": linking[0]}
    total = sum(spent.values())
    print(f"{len(coded)} reports, {incidents} incidents; processor time a report, one process:")
    for name, seconds in spent.items():
        print(f"  {name:<10}{1000 * seconds / len(coded):7.1f} ms  {100 * seconds / total:5.1f} %")
    print(f"  {'together':<10}{1000 * total / len(coded):7.1f} ms", flush=True)


def _whole(paths: Sequence[Path], store_file: Path, jobs: int) -> int:
    """`vigie ingest` by the clock and by processor time, from nothing; 1 where the bound is missed by both."""
    Store.create(str(store_file)).close()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    command = [sys.executable, "-m", "vigie.cli", "ingest", *map(str, paths), "--store", str(store_file)]
    run = subprocess.run([*command, "--jobs", str(jobs)], check=False, capture_output=True, text=True)
    took = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode not in (0, 3):  # 3: some were left out
        print(run.stderr, file=sys.stderr)
        return 1
    with Store.open(str(store_file)) as store:
        reports = store.status().reports
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    by_clock, allowed = reports / took, 2 * reports / processor
    print(f"vigie ingest --jobs {jobs}: {reports} reports in {took:.1f} s, {by_clock:.1f} a second with start-up")
    print(f"  {processor:.1f} s of processor time: two cores allow {allowed:.1f} a second")
    return 0 if max(by_clock, allowed) >= BOUND else 1


def _inputs(paths: Sequence[Path]) -> Iterator[Input]:
    seen: set[str] = set()
    for path in paths:
        for read in read_path(path):
            each = as_version(Input(str(path), read))
            if isinstance(each.read, Report) and each.read.id not in seen:
                seen.add(each.read.id)
                yield each


def _keep(store: Store, coded: Sequence[CodedReport]) -> None:
    for start in range(0, len(coded), BATCH):
        store.add([Arrival(c, "bench") for c in coded[start : start + BATCH]], "bench/1")


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    raise SystemExit(main())
