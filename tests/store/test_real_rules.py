"""The record's own rules in the store: the sample stream, coded for real, in several orders and batches."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from pathlib import Path

import pytest

import invented
import vigie
from vigie.cli.code import rules_coder
from vigie.model import CodedReport, Report
from vigie.model.record import Decision, member_key
from vigie.readers import Rejected, read_path
from vigie.readers.reports import with_language
from vigie.runs.batch import Input
from vigie.runs.ingest import as_version
from vigie.store.keeping import Arrival
from vigie.store.store import Store

STREAM = Path(vigie.__file__).parent / "samples" / "stream"
NOT_REPORTS = ("gold.jsonl", "links.jsonl", "families.jsonl", "incidents.jsonl")


@pytest.fixture(scope="module")
def stream() -> list[CodedReport]:
    files = [file for file in sorted(STREAM.iterdir()) if file.is_file() and file.name not in NOT_REPORTS]
    reports = []
    for file in files:
        for read in read_path(file):
            if not isinstance(read, Rejected):
                versioned = as_version(Input(str(file), read)).read
                assert isinstance(versioned, Report)
                reports.append(with_language(versioned, ("en", "fr")))
    return list(rules_coder(reports))


def fill(store: Store, coded: list[CodedReport], size: int) -> None:
    for start in range(0, len(coded), size):
        store.add([Arrival(c, "stream") for c in coded[start : start + size]], "rules/test")


@pytest.mark.slow
def test_the_stream_gives_one_record_in_any_order(stream: list[CodedReport], new_address: Callable[[], str]) -> None:
    assert len(stream) > 60
    draw = random.Random(7)
    prints, lines = [], []
    for turn, size in enumerate((len(stream), 1, 7, 20)):
        order = list(stream)
        if turn:
            draw.shuffle(order)
        with Store.create(new_address()) as store:
            fill(store, order, size)
            prints.append(store.fingerprint())
            lines.append(store.homes())
            assert store.check(full=True).faults == ()
    assert lines[0] == lines[1] == lines[2] == lines[3]
    assert all(each == prints[0] for each in prints)
    assert len(set(lines[0].values())) < len(lines[0])  # something was linked


@pytest.mark.slow
def test_decisions_on_the_stream_and_a_rebuild(stream: list[CodedReport], new_address: Callable[[], str]) -> None:
    draw = random.Random(11)
    keys = sorted(member_key(c.report.id, i.id) for c in stream for i in c.incidents)
    names = sorted({s.name for c in stream for s in c.sources if s.terms != "anonymous"})
    names += sorted({name for c in stream for name in (c.report.outlet, c.report.agency) if name})
    with Store.create(new_address()) as store, Store.create(new_address()) as other:
        fill(store, stream[: len(stream) // 2], 9)
        when = "2024-08-01T10:00:00Z"
        for turn in range(16):
            there = sorted(store.homes())
            a, b, c = draw.sample(there, 3)
            kind = ("same", "different", "alias", "edit", "profile", "alias", "unalias", "undo")[turn % 8]
            decision = Decision(0, kind, "Ada", when)  # type: ignore[arg-type]
            store.decide(
                {
                    "same": dataclasses.replace(decision, members=(a, b)),
                    "different": dataclasses.replace(decision, members=(b, c)),
                    "alias": dataclasses.replace(decision, names=(*draw.sample(names, 2), "Army of Iraq")),
                    "unalias": dataclasses.replace(decision, names=tuple(draw.sample(names, 2))),
                    "edit": dataclasses.replace(decision, members=(a,), field="killed", value=3),
                    "profile": dataclasses.replace(decision, names=(draw.choice(names),), value={"reliability": "B"}),
                    "undo": dataclasses.replace(decision, undoes=turn),
                }[kind]
            )
        fill(store, stream[len(stream) // 2 :], 4)
        assert set(store.homes()) == set(keys)
        step_by_step = store.fingerprint()
        store.rebuild()
        assert store.fingerprint() == step_by_step
        fill(other, stream[::-1], 100)
        for line in store.decisions():
            other.decide(dataclasses.replace(line, number=0, hash=""))
        assert other.fingerprint() == step_by_step


def test_invented_reports_give_one_record_in_any_order(new_address: Callable[[], str]) -> None:
    coded = list(invented.reports(12))
    prints = []
    for turn in range(2):
        with Store.create(new_address()) as store:
            fill(store, coded[:: -1 if turn else 1], 5 if turn else 100)
            prints.append(store.fingerprint())
    assert prints[0] == prints[1]
