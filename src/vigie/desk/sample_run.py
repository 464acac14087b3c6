"""Taking the sample reports in while the desk goes on: one run at a time, in the background, with its progress.

Whether it was begun and finished is noted in the store, so that a run that was cut short is offered again; what was
taken in before is neither coded nor kept twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from vigie.language.pack import languages
from vigie.readers import read_path
from vigie.runs.batch import BatchCoder, Input
from vigie.runs.by_rules import producer, rules_coder
from vigie.runs.ingest import ingest
from vigie.runs.inputs import Overrides, named
from vigie.runs.samples import sample_files
from vigie.store.store import Store

State = Literal["none", "running", "done", "stopped", "failed"]
_NOTE = "sample stream"
_TOGETHER = 8  # reports in one transaction: few, so that others who write need not wait and the progress moves


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: reports done of `total`; `incidents` told by those taken in, `rejected` not taken in."""

    state: State
    done: int = 0
    total: int = 0
    incidents: int = 0
    rejected: int = 0

    @property
    def share(self) -> float:
        """0..1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


class _Stopped(Exception):
    """Somebody wants the run to end."""


class SampleRun:
    """The run of one desk. `files` gives the samples and `coder` codes them: those of the package by default."""

    def __init__(
        self,
        store: Store,
        coder: BatchCoder = rules_coder,
        files: Callable[[], Iterable[Path]] = sample_files,
    ) -> None:
        self._store, self._coder, self._files = store, coder, files
        self._progress = Progress("none")
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._lock = threading.Lock()

    @property
    def progress(self) -> Progress:
        """How far it is now."""
        return self._progress

    @property
    def left_off(self) -> bool:
        """A run was begun, by this desk or one before it, and has not come to its end."""
        return self._progress.state != "running" and self._store.noted(_NOTE) == "begun"

    def start(self) -> bool:
        """Begin, unless a run goes on; whether it was begun."""
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                return False
            self._stop.clear()
            self._progress = Progress("running")
            self._thread = threading.Thread(target=self._run, name="vigie-samples", daemon=True)
            self._thread.start()
            return True

    def stop(self, patience: float = 0.0) -> None:
        """End a run after the reports that are being coded; wait for that so many seconds."""
        self._stop.set()
        if self._thread is not None and patience:
            self._thread.join(patience)

    def _run(self) -> None:
        try:
            self._store.note(_NOTE, "begun")
            inputs = list(_inputs(self._files()))
            self._progress = replace(self._progress, total=len(inputs))
            summary = ingest(
                self._store, inputs, self._coder, languages(), producer(), batch=_TOGETHER, watch=self._passed
            )
            self._store.note(_NOTE, "done")
            told, out = summary.incidents, len(summary.rejected)
            self._progress = replace(self._progress, state="done", incidents=told, rejected=out)
        except _Stopped:
            self._progress = replace(self._progress, state="stopped")
        except Exception:
            self._progress = replace(self._progress, state="failed")
            raise  # the thread's hook writes it to the log

    def _passed(self, number: int) -> None:
        """Called when some reports have been kept."""
        self._progress = replace(self._progress, done=self._progress.done + number)
        if self._stop.is_set():
            raise _Stopped


def _inputs(files: Iterable[Path]) -> Iterator[Input]:
    """The reports of the samples, each named after its file: not by where the package stands on this machine."""
    for path in files:
        where = f"samples/{path.name}"
        yield from named(read_path(path), where, Overrides())
