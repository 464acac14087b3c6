"""Coding a stream of inputs in order, in one process or several; one bad report never stops the rest."""

from __future__ import annotations

import collections
import concurrent.futures
import itertools
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from vigie.errors import VigieError
from vigie.model import CodedReport, Rejection, Report, Span
from vigie.readers import Rejected
from vigie.readers.reports import with_language

BatchCoder = Callable[[Iterable[Report]], Iterator[CodedReport]]
"""Codes reports whose language is known and has a pack, giving one coded report each in the same order."""


class Input(NamedTuple):
    """A report as read, or why it could not be, and where it came from, as a person would name it."""

    where: str
    read: Report | Rejected


Outcome = CodedReport | Rejected
_BATCH = 32


def code_all(
    inputs: Iterable[Input], coder: BatchCoder, allowed: tuple[str, ...], *, jobs: int = 1
) -> Iterator[Outcome]:
    """A coded report, or why there is none, for each input, in the order of the inputs.

    `coder` codes a batch (with `jobs` above 1 it is sent to other processes, so it must be a function of a
    module); `allowed` are the languages it can code. Nothing is raised for a single report: an error in coding one
    becomes its rejection. Inputs are drawn as they are needed.
    """
    if jobs == 1:
        for batch in _growing(inputs):
            yield from code_batch(batch, coder, allowed)
        return
    with concurrent.futures.ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        waiting: collections.deque[concurrent.futures.Future[list[Outcome]]] = collections.deque()
        for batch in _batched(inputs, _BATCH):
            waiting.append(pool.submit(_code_batch_list, batch, coder, allowed))
            if len(waiting) >= 2 * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def code_batch(batch: Sequence[Input], coder: BatchCoder, allowed: tuple[str, ...]) -> Iterator[Outcome]:
    """The outcomes of one batch. Where coding it together fails, each of its reports is coded by itself; one that its
    provider has withdrawn is not coded at all (`withdrawn`)."""
    ready = [_with_language(each, allowed) for each in batch]
    reports = [
        (each.where, each.read) for each in ready if isinstance(each.read, Report) and not _is_withdrawn(each.read)
    ]
    try:
        together = list(coder([report for _, report in reports])) if reports else []
        coded: Iterator[Outcome] = iter(together) if len(together) == len(reports) else _one_by_one(reports, coder)
    except Exception:  # one report that breaks the coder must not take the others with it
        coded = _one_by_one(reports, coder)
    for each in ready:
        if isinstance(each.read, Rejected):
            yield each.read
        else:
            yield withdrawn(each.read) if _is_withdrawn(each.read) else next(coded)


def withdrawn(report: Report) -> CodedReport:
    """What a report amounts to that its provider has withdrawn: no incident, and the reason with its first words."""
    line = next((words for words in report.text.splitlines() if words.strip()), report.text).strip()
    start = report.text.index(line)
    status = report.wire.status if report.wire else "canceled"
    evidence = (Span(start, start + len(line), line),)
    return CodedReport(report, rejections=(Rejection("report", f"{status} by its provider", evidence),))


def _is_withdrawn(report: Report) -> bool:
    return report.wire is not None and report.wire.withdrawn


def _code_batch_list(batch: Sequence[Input], coder: BatchCoder, allowed: tuple[str, ...]) -> list[Outcome]:
    return list(code_batch(batch, coder, allowed))


def _one_by_one(reports: Iterable[tuple[str, Report]], coder: BatchCoder) -> Iterator[Outcome]:
    for where, report in reports:
        try:
            yield next(iter(coder([report])))
        except VigieError as error:
            yield Rejected.from_error(where, error)
        except Exception as error:
            yield Rejected(where, f"the coder failed: {type(error).__name__}: {error}", "a fault in vigie: report it")


def _with_language(each: Input, allowed: tuple[str, ...]) -> Input:
    if isinstance(each.read, Rejected):
        return each
    try:
        return Input(each.where, with_language(each.read, allowed))
    except VigieError as error:
        if _is_withdrawn(each.read):  # a withdrawal reaches the record whatever its few words are in
            return each
        return Input(each.where, Rejected.from_error(each.where, error))


def _growing(inputs: Iterable[Input]) -> Iterator[list[Input]]:
    """Batches that start with one report, so that the first answer comes at once, and double up to _BATCH."""
    source = iter(inputs)
    size = 1
    while batch := list(itertools.islice(source, size)):
        yield batch
        size = min(2 * size, _BATCH)


def _batched(inputs: Iterable[Input], size: int) -> Iterator[list[Input]]:
    source = iter(inputs)
    while batch := list(itertools.islice(source, size)):
        yield batch
