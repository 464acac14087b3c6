"""What a person sees of a run while it goes on, and at its end: progress, remarks, what was rejected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from vigie.model import CodedReport
from vigie.readers import Rejected, files_under
from vigie.readers.formats import ONE_REPORT
from vigie.readers.paths import JSONL
from vigie.runs.batch import Outcome


class Progress:
    """Follows the outcomes of a run. A progress bar is drawn on `stream` only where that is a terminal and there
    is more than one input; `rejected` and `done` (number of coded reports) are for the caller to read."""

    def __init__(self, paths: Sequence[str], stream: TextIO, *, quiet: bool) -> None:
        self._paths, self._stream, self._quiet = paths, stream, quiet
        self._bar: Any = None
        self._task: Any = None
        self.rejected: list[Rejected] = []
        self.done = 0
        self.incidents = 0

    def __enter__(self) -> Progress:
        if not self._quiet and self._stream.isatty():
            total = count_inputs(self._paths)
            if total is None or total > 1:
                self._start(total)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def note(self, where: str, remark: str) -> None:
        """Say how something was read."""
        if not self._quiet:
            print(f"vigie: {where}: {remark}", file=self._stream)

    def passed(self, number: int) -> None:
        """So many inputs are done with, where a run does not hand out its outcomes."""
        if self._bar is not None:
            self._bar.advance(self._task, number)

    def coded(self, outcomes: Iterable[Outcome]) -> Iterator[CodedReport]:
        """The coded reports among the outcomes; what was rejected is kept."""
        for outcome in outcomes:
            if self._bar is not None:
                self._bar.advance(self._task)
            if isinstance(outcome, Rejected):
                self.rejected.append(outcome)
            else:
                self.done += 1
                self.incidents += len(outcome.incidents)
                yield outcome

    def close(self, *, as_json: bool) -> None:
        """List what was rejected on the stream, as JSON Lines for programs, else in words with a closing line."""
        for rejected in self.rejected:
            print(rejected.json_line() if as_json else f"vigie: not coded: {rejected.line()}", file=self._stream)
        if not as_json and not self._quiet and self.done + len(self.rejected) > 1:
            words = (_counted(self.done + len(self.rejected), "report"), _counted(self.incidents, "incident"))
            print(f"{words[0]} read, {words[1]} found, {len(self.rejected)} not coded", file=self._stream)

    def _start(self, total: int | None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("coding"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Bar(*columns, console=Console(file=self._stream), transient=True)
        self._task = self._bar.add_task("coding", total=total)
        self._bar.start()


def count_inputs(paths: Sequence[str]) -> int | None:
    """How many reports there are under the paths, at most: one a file, one a line of JSON Lines; None where standard
    input is among them, or a file that may hold any number (a feed, an archive, a mailbox)."""
    total = 0
    for path in paths:
        if path == "-":
            return None
        for file in files_under(Path(path)):
            ending = file.suffix.lower()
            if ending not in JSONL and ending not in ONE_REPORT:
                return None
            try:
                total += _lines(file) if ending in JSONL else 1
            except OSError:
                total += 1
    return total


def _lines(file: Path) -> int:
    with file.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
