"""Taking in reports: once each, whatever breaks on the way; a run that was stopped goes on where it was."""

from __future__ import annotations

import dataclasses
import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence

import pytest

import invented
from plain_rules import PlainRules
from vigie.errors import StoreBusy
from vigie.model import CodedReport, Report, WireIdentity
from vigie.readers import Rejected
from vigie.runs.batch import Input
from vigie.runs.ingest import Summary, as_version, coded_anew, ingest
from vigie.store.keeping import Arrival, Taken
from vigie.store.store import Store

LANGUAGES = ("en", "fr")
CODED = {c.report.id: c for c in invented.reports(60)}


class Coder:
    """Gives the coding that was invented with the report; counts what it codes; breaks on a report that says so."""

    def __init__(self) -> None:
        self.coded: list[str] = []

    def __call__(self, reports: Iterable[Report]) -> Iterator[CodedReport]:
        for report in reports:
            if report.title == "BREAK":
                raise ZeroDivisionError("by a bad report")
            self.coded.append(report.id)
            known = CODED.get(report.id.split("@")[0])
            yield dataclasses.replace(known, report=report) if known is not None else CodedReport(report)


def inputs(reports: Iterable[Report]) -> list[Input]:
    return [Input(f"file:{n}", report) for n, report in enumerate(reports, 1)]


def some(count: int) -> list[Report]:
    return [c.report for c in CODED.values()][:count]


def take_in(store: Store, reports: Iterable[Report], coder: Coder | None = None, **options: int) -> Summary:
    return ingest(store, inputs(reports), coder or Coder(), LANGUAGES, "invented/1", **options)  # type: ignore[arg-type]


def ready(address: str) -> Store:
    return Store.create(address, rules=PlainRules())


@pytest.fixture
def plain(address: str) -> Iterator[Store]:
    with ready(address) as store:
        yield store


def test_a_second_run_neither_codes_nor_keeps_again(plain: Store) -> None:
    coder = Coder()
    first = take_in(plain, some(20), coder, batch=7)
    assert (first.read, first.new, first.known) == (20, 20, 0)
    assert first.incidents == 20
    before = plain.fingerprint()
    second = take_in(plain, some(25), coder, batch=7)
    assert (second.read, second.new, second.known) == (25, 5, 20)
    assert coder.coded == [r.id for r in some(25)]
    assert plain.fingerprint() != before
    assert plain.status().reports == 25


def test_the_same_report_twice_in_one_run_is_one_report(plain: Store) -> None:
    summary = take_in(plain, [*some(3), *some(3)])
    assert (summary.new, summary.known, summary.rejected) == (3, 3, [])
    assert plain.status().reports == 3


def test_one_bad_report_stops_nothing_and_is_listed(plain: Store) -> None:
    good, bad = some(6), dataclasses.replace(some(1)[0], id="bad", title="BREAK")
    unread = Input("noise.bin", Rejected("noise.bin", "binary", "save it as text"))
    summary = ingest(plain, [*inputs([*good[:3], bad, *good[3:]]), unread], Coder(), LANGUAGES, "invented/1")
    assert summary.new == 6
    assert [(r.where, r.reason) for r in summary.rejected] == [
        ("file:4", "the coder failed: ZeroDivisionError: by a bad report"),
        ("noise.bin", "binary"),
    ]
    assert sorted(r.where for r in plain.rejections()) == ["file:4", "noise.bin"]


def test_the_same_id_with_other_bytes_is_refused_in_a_later_run_too(plain: Store) -> None:
    (report,) = some(1)
    take_in(plain, [report])
    data = b"other words"
    other = dataclasses.replace(report, raw=data, sha256=hashlib.sha256(data).hexdigest(), text="other words")
    summary = take_in(plain, [other])
    assert summary.new == 0
    (refused,) = summary.rejected
    assert refused.where == "file:1"
    assert "another report has the id" in refused.reason
    assert plain.status().reports == 1


class Unsteady:
    """A store on which one report breaks, and which fails altogether at the n-th transaction."""

    def __init__(self, store: Store, breaks_on: str = "", fails_at: int = 0) -> None:
        self._store, self._breaks_on, self._fails_at = store, breaks_on, fails_at
        self.transactions: list[int] = []

    def add(self, arrivals: Sequence[Arrival], producer: str) -> list[Taken | Rejected]:
        self.transactions.append(len(arrivals))
        if len(self.transactions) == self._fails_at:
            raise StoreBusy("vigie.db", "another process is writing to it")
        if any(a.coded.report.id == self._breaks_on for a in arrivals):
            raise ValueError("a fault nobody thought of")
        return self._store.add(arrivals, producer)

    def known(self, reports: Sequence[Report], producer: str) -> set[tuple[str, str]]:
        return self._store.known(reports, producer)

    def reject(self, rejected: Iterable[Rejected]) -> None:
        self._store.reject(rejected)


def test_a_report_that_breaks_the_store_is_left_out_alone(plain: Store) -> None:
    unsteady = Unsteady(plain, breaks_on=some(5)[3].id)
    summary = ingest(unsteady, inputs(some(10)), Coder(), LANGUAGES, "invented/1")
    assert summary.new == 9
    (left_out,) = summary.rejected
    assert left_out.where == "file:4"
    assert "a fault nobody thought of" in left_out.reason
    assert [r.where for r in plain.rejections()] == ["file:4"]


@pytest.mark.postgres
def test_a_character_that_postgresql_does_not_keep(server: object) -> None:
    address = server.database()  # type: ignore[attr-defined]
    bad = dataclasses.replace(some(1)[0], id="nul", title="a\x00b")
    with ready(address) as store:
        summary = take_in(store, [*some(3), bad])
        assert summary.new == 3
        assert [r.where for r in summary.rejected] == ["file:4"]
    server.drop(address)  # type: ignore[attr-defined]


def test_a_run_that_broke_off_goes_on_where_it_was(new_address: Callable[[], str]) -> None:
    with ready(new_address()) as store, ready(new_address()) as whole:
        with pytest.raises(StoreBusy):
            ingest(Unsteady(store, fails_at=3), inputs(some(40)), Coder(), LANGUAGES, "invented/1", batch=8)
        assert store.status().reports == 16
        coder = Coder()
        summary = take_in(store, some(40), coder, batch=8)
        assert (summary.new, summary.known) == (24, 16)
        assert len(coder.coded) == 24
        take_in(whole, some(40))
        assert store.fingerprint() == whole.fingerprint()


def test_reports_go_into_few_transactions(plain: Store) -> None:
    unsteady = Unsteady(plain)
    ingest(unsteady, inputs(some(50)), Coder(), LANGUAGES, "invented/1", batch=16)
    assert unsteady.transactions == [16, 16, 16, 2]


def test_another_version_of_the_coder_codes_what_is_in_the_store_from_what_was_read(plain: Store) -> None:
    take_in(plain, some(9))
    reports = list(plain.uncoded("invented/2"))
    assert [(where, r.id) for where, r in reports] == sorted(
        ((f"file:{n}", r.id) for n, r in enumerate(some(9), 1)), key=lambda pair: pair[1]
    )
    assert all(r == CODED[r.id].report and r.raw == CODED[r.id].report.raw for _, r in reports)
    summary = ingest(plain, coded_anew(plain.uncoded("invented/2")), Coder(), LANGUAGES, "invented/2")
    assert (summary.recoded, summary.new, summary.known) == (9, 0, 0)
    assert list(plain.uncoded("invented/2")) == []
    assert plain.status().codings == 18


@pytest.mark.parametrize(
    ("report_id", "wire", "kept_as"),
    [
        ("tag:story", WireIdentity(key="tag:story", revision=2), "tag:story@2"),
        ("tag:story:2N", WireIdentity(key="tag:story", revision=2), "tag:story:2N"),
        ("tag:story:2:canceled", WireIdentity(key="tag:story", revision=2, status="canceled"), "tag:story:2:canceled"),
        ("tag:story:12", WireIdentity(key="tag:story", revision=2), "tag:story:12@2"),
        ("desk-7-v2", WireIdentity(key="tag:story", revision=2), "desk-7-v2"),
        ("desk-7", WireIdentity(key="tag:story", revision=2), "desk-7@2"),
        (some(1)[0].sha256[:16], WireIdentity(key="tag:story", revision=2), some(1)[0].sha256[:16]),
        ("guid", WireIdentity(key="guid", version_created="2024-07-25T10:00:00Z"), "guid@2024-07-25T10:00:00Z"),
        ("guid", WireIdentity(key="guid"), "guid"),
        ("2", WireIdentity(key="2", revision=2), "2@2"),
        ("plain", WireIdentity(mark="update"), "plain"),
        ("plain", None, "plain"),
    ],
)
def test_a_version_of_a_story_is_a_report_of_its_own(report_id: str, wire: WireIdentity | None, kept_as: str) -> None:
    report = dataclasses.replace(some(1)[0], id=report_id, wire=wire)
    read = as_version(Input("x", report)).read
    assert isinstance(read, Report)
    assert read.id == kept_as
    assert as_version(Input("x", read)).read == read


def test_versions_of_a_story_in_any_order(new_address: Callable[[], str]) -> None:
    (report,) = some(1)

    def version(revision: int) -> Report:
        data = f"version {revision}".encode()
        return dataclasses.replace(
            report,
            raw=data,
            sha256=hashlib.sha256(data).hexdigest(),
            wire=WireIdentity(key=report.id, revision=revision),
        )

    prints = []
    for order in ((1, 2, 3), (3, 1, 2), (2, 3, 1)):
        with ready(new_address()) as store:
            for revision in order:
                assert take_in(store, [version(revision)]).new == 1
            assert store.standings() == {
                f"{report.id}@1": "superseded",
                f"{report.id}@2": "superseded",
                f"{report.id}@3": "counts",
            }
            prints.append(store.fingerprint())
    assert prints[0] == prints[1] == prints[2]


def test_two_runs_at_once_on_the_same_reports(new_address: Callable[[], str]) -> None:
    address, alone = new_address(), new_address()
    ready(address).close()
    summaries: list[Summary] = []

    def run(reports: list[Report]) -> None:
        with Store.open(address, rules=PlainRules()) as store:
            summaries.append(take_in(store, reports, batch=4))

    runs = [threading.Thread(target=run, args=(some(40)[a:b],)) for a, b in ((0, 30), (10, 40), (5, 25))]
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    assert len(summaries) == 3
    assert sum(s.new for s in summaries) == 40  # each report was new once
    assert [s.rejected for s in summaries] == [[], [], []]
    with Store.open(address, rules=PlainRules()) as store, ready(alone) as whole:
        take_in(whole, some(40))
        assert store.fingerprint() == whole.fingerprint()
        assert store.check(full=True).faults == ()
