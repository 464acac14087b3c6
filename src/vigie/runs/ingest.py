"""Taking reports into a store: read, coded in one process or several, kept and linked, a batch a transaction.

Can be killed at any point and run again: a batch is kept wholly or not at all, what is kept is neither coded nor kept
again, and what is not is taken up as if it had never been begun.
"""

from __future__ import annotations

import collections
import dataclasses
import itertools
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from vigie.errors import StoreError
from vigie.model import Report
from vigie.readers import Rejected
from vigie.runs.batch import BatchCoder, Input, Outcome, code_all
from vigie.store.keeping import Arrival, Taken

BATCH = 64
"""Reports in one transaction at most."""
_SECONDS = 2.0  # a transaction is begun at the latest after so long: a slow coder must not hold back what is coded
_LOOK_UP = 64  # inputs that are looked up together


class Keeper(Protocol):
    """What a run needs of a store."""

    def add(self, arrivals: Sequence[Arrival], producer: str) -> list[Taken | Rejected]: ...

    def known(self, reports: Sequence[Report], producer: str) -> set[tuple[str, str]]: ...

    def reject(self, rejected: Iterable[Rejected]) -> None: ...


@dataclasses.dataclass(slots=True)
class Summary:
    """What a run did, in numbers of reports: taken in for the first time, coded anew by another producer, there
    already; the incidents told by the first two; and what was not taken in, with the reason."""

    new: int = 0
    recoded: int = 0
    known: int = 0
    incidents: int = 0
    rejected: list[Rejected] = dataclasses.field(default_factory=list)

    @property
    def read(self) -> int:
        """All that was read, taken in or not."""
        return self.new + self.recoded + self.known + len(self.rejected)


Watch = Callable[[int], None]
"""Called with the number of inputs that are done with, now and again."""


def ingest(
    store: Keeper,
    inputs: Iterable[Input],
    coder: BatchCoder,
    allowed: tuple[str, ...],
    producer: str,
    *,
    jobs: int = 1,
    batch: int = BATCH,
    watch: Watch = lambda done: None,
) -> Summary:
    """Take what `inputs` gives into the store; what came of it.

    `coder`, `allowed` and `jobs` are those of `runs.batch.code_all`; `producer` names the coder and its version: what
    it has coded before is not coded again. One bad report stops nothing. Raises StoreError where the store itself
    fails; what was taken in before that stays.
    """
    summary = Summary()
    begun: collections.deque[Input] = collections.deque()

    def fresh() -> Iterator[Input]:
        for chunk in _chunks(map(as_version, inputs), _LOOK_UP):
            reports = [each.read for each in chunk if isinstance(each.read, Report)]
            known = store.known(reports, producer)
            for each in chunk:
                if isinstance(each.read, Report) and (each.read.id, each.read.sha256) in known:
                    summary.known += 1
                    watch(1)
                else:
                    begun.append(each)
                    yield each

    waiting: list[Arrival | Rejected] = []
    last = time.monotonic()
    for outcome in code_all(fresh(), coder, allowed, jobs=jobs):
        waiting.append(_arrival(begun.popleft(), outcome))
        if len(waiting) >= batch or time.monotonic() - last > _SECONDS:
            _keep(store, waiting, producer, summary, watch)
            waiting, last = [], time.monotonic()
    _keep(store, waiting, producer, summary, watch)
    return summary


def coded_anew(kept: Iterable[tuple[str, Report]]) -> Iterator[Input]:
    """Reports that a store keeps, each with where it was found, as the inputs of a run that codes them again."""
    for where, report in kept:
        yield Input(where, report)


def as_version(each: Input) -> Input:
    """An input whose report has an id of its own version, where its wire format orders the versions of a story: each
    version is a report of its own, whichever comes first. An id made from the bytes, or that carries the version
    already, stays as it is."""
    report = each.read
    if isinstance(report, Rejected) or report.wire is None or report.wire.key is None:
        return each
    told = report.wire.revision if report.wire.revision is not None else report.wire.version_created
    if told is None or report.sha256.startswith(report.id):
        return each
    beyond_key = report.id.removeprefix(report.wire.key)
    if re.search(rf"(?<![0-9]){re.escape(str(told))}(?![0-9])", beyond_key):
        return each
    return Input(each.where, dataclasses.replace(report, id=f"{report.id}@{told}"))


def _arrival(read: Input, outcome: Outcome) -> Arrival | Rejected:
    if isinstance(outcome, Rejected):
        return outcome
    return Arrival(outcome, read.where, read.read if isinstance(read.read, Report) else None)


def _keep(store: Keeper, waiting: Sequence[Arrival | Rejected], producer: str, summary: Summary, watch: Watch) -> None:
    """One transaction; where something in it breaks, one for each of its reports, so that only that one is left out."""
    arrivals = [each for each in waiting if isinstance(each, Arrival)]
    rejected = [each for each in waiting if isinstance(each, Rejected)]
    try:
        outcomes = store.add(arrivals, producer) if arrivals else []
    except StoreError:
        raise
    except Exception:  # whatever it was, it must not take the others with it
        outcomes = [_add_alone(store, arrival, producer) for arrival in arrivals]
        rejected += [each for each in outcomes if isinstance(each, Rejected)]
    if rejected:
        store.reject(rejected)
    for outcome in outcomes:
        if isinstance(outcome, Taken):
            setattr(summary, outcome.how, getattr(summary, outcome.how) + 1)
            summary.incidents += len(outcome.coded.incidents) if outcome.how != "known" else 0
        elif outcome not in rejected:
            summary.rejected.append(outcome)
    summary.rejected += rejected
    watch(len(waiting))


def _add_alone(store: Keeper, arrival: Arrival, producer: str) -> Taken | Rejected:
    try:
        return store.add([arrival], producer)[0]
    except StoreError:
        raise
    except Exception as error:
        reason = f"the store failed: {type(error).__name__}: {error}"
        return Rejected(arrival.found_at, " ".join(reason.split())[:500], "a fault in vigie: report it")


def _chunks(inputs: Iterable[Input], size: int) -> Iterator[list[Input]]:
    source = iter(inputs)
    while chunk := list(itertools.islice(source, size)):
        yield chunk
