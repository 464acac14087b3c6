"""The record from afar: what is drawn in time and on the map is what a list of the same incidents holds."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable

import pytest

import invented
from vigie.errors import QueryError
from vigie.model import CodedReport, Link
from vigie.model.record import Decision
from vigie.store.asking import IncidentLine
from vigie.store.charts import Spots, Step, Timeline
from vigie.store.filters import Box, Filter
from vigie.store.keeping import Arrival
from vigie.store.store import Store

ALL = Filter()
WORLD = Box(-180, -90, 180, 90)


def add(store: Store, *coded: CodedReport) -> None:
    store.add([Arrival(each, each.report.id, None) for each in coded], "invented/1")


def told(number: int, **changes: object) -> CodedReport:
    """A report of an invented event, its incident changed."""
    coded = invented.report(invented.event(number))
    return dataclasses.replace(coded, incidents=(dataclasses.replace(coded.incidents[0], **changes),))


def dated(number: int, first: str, last: str | None = None) -> CodedReport:
    date = invented.report(invented.event(number)).incidents[0].date
    assert date is not None
    start = dt.date.fromisoformat(first)
    return told(number, date=dataclasses.replace(date, start=start, end=dt.date.fromisoformat(last or first)))


def placed(number: int, lat: float | None, lon: float | None, precision: str = "settlement") -> CodedReport:
    place = invented.report(invented.event(number)).incidents[0].place
    assert place is not None
    return told(number, place=dataclasses.replace(place, lat=lat, lon=lon, precision=precision))  # type: ignore[arg-type]


def lines(store: Store, wanted: Filter = ALL) -> list[IncidentLine]:
    with store.inquiry() as inquiry:
        return list(inquiry.incidents(wanted, size=1000).lines)


def timeline(store: Store, wanted: Filter = ALL, step: Step | None = None) -> Timeline:
    with store.inquiry() as inquiry:
        return inquiry.overview(wanted, step).timeline


def spots(store: Store, view: Box, cell: float, wanted: Filter = ALL) -> Spots:
    with store.inquiry() as inquiry:
        return inquiry.spots(wanted, view, cell)


def extent(store: Store, wanted: Filter = ALL) -> Box | None:
    with store.inquiry() as inquiry:
        return inquiry.overview(wanted).extent


# --- time -------------------------------------------------------------------------------------------------------------


def test_every_incident_is_in_one_bar_or_said_to_be_in_none(store: Store) -> None:
    add(store, *invented.reports(60))
    line = timeline(store)
    assert line.step == "month"
    months = Counter(each.day[:7] for each in lines(store) if each.day)
    assert {f"{bar.first:%Y-%m}": bar.incidents for bar in line.bars if bar.incidents} == months
    assert sum(bar.incidents for bar in line.bars) + line.between + line.undated == len(lines(store))
    for before, after in zip(line.bars, line.bars[1:], strict=False):
        assert after.first == before.last + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "last", "step", "bars"),
    [
        ("2019-03-01", "2019-03-31", "day", 31),
        ("2019-01-01", "2019-12-31", "week", 53),
        ("2017-01-01", "2019-12-31", "month", 36),
    ],
)
def test_the_step_fits_the_period_that_is_looked_at(store: Store, first: str, last: str, step: str, bars: int) -> None:
    add(store, dated(1, "2019-03-05"), dated(2, "2018-05-05"), dated(3, "2017-02-02"))
    line = timeline(store, Filter(first_day=dt.date.fromisoformat(first), last_day=dt.date.fromisoformat(last)))
    assert (line.step, len(line.bars)) == (step, bars)
    assert (line.bars[0].first, line.bars[-1].last) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_what_is_told_by_the_month_stands_in_a_month_and_in_no_day(store: Store) -> None:
    add(store, dated(1, "2024-03-01", "2024-03-31"), dated(2, "2024-03-05"), told(3, date=None))
    march = Filter(first_day=dt.date(2024, 3, 1), last_day=dt.date(2024, 3, 31))
    by_day = timeline(store, march)
    assert [(bar.first.day, bar.incidents) for bar in by_day.bars if bar.incidents] == [(5, 1)]
    assert (by_day.between, by_day.undated) == (1, 0)
    by_month = timeline(store, step="month")
    assert [bar.incidents for bar in by_month.bars] == [2]
    assert (by_month.between, by_month.undated) == (0, 1)


def test_a_step_too_fine_to_be_drawn_becomes_a_coarser_one(store: Store) -> None:
    add(store, dated(1, "1990-03-05"), dated(2, "2024-03-05"))
    assert timeline(store, step="day").step == "year"
    assert timeline(store).step == "year"


def test_a_filter_without_end_shows_no_more_than_there_is(store: Store) -> None:
    add(store, dated(1, "2021-03-05"), dated(2, "2024-03-05"))
    line = timeline(store, Filter(first_day=dt.date(1, 1, 1), last_day=dt.date(9999, 12, 31)))
    assert (line.bars[0].first, line.bars[-1].last) == (dt.date(2021, 3, 1), dt.date(2024, 3, 31))


def test_the_last_year_of_the_calendar_ends_the_bars(store: Store) -> None:
    add(store, dated(1, "9999-12-30"), dated(2, "9998-12-30"))
    line = timeline(store)
    assert sum(bar.incidents for bar in line.bars) == 2
    assert line.bars[-1].last == dt.date.max


def test_no_incidents_no_bars(store: Store) -> None:
    assert timeline(store).bars == ()
    assert extent(store) is None
    assert spots(store, WORLD, 5).spots == ()


# --- the map ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", [45.0, 5.625, 0.7])
def test_every_incident_is_in_one_mark_or_said_to_be_in_none(store: Store, cell: float) -> None:
    add(store, *invented.reports(60), placed(70, None, None))
    found = spots(store, WORLD, max(cell, 2.0))
    assert sum(s.incidents for s in found.spots) + sum(n for _, n in found.elsewhere) == len(lines(store))
    for spot in found.spots:
        assert spot.box.south <= spot.lat <= spot.box.north
        assert spot.box.east - spot.box.west < 2 * max(cell, 2.0)
        assert (spot.id is not None) == (spot.incidents == 1)


def test_marks_do_not_lie_on_one_another_over_the_edge_of_a_cell(store: Store) -> None:
    add(store, placed(1, 9.9, 9.9), placed(2, 10.1, 10.1), placed(3, 30.0, 10.1))
    found = spots(store, WORLD, 5).spots
    assert sorted(spot.incidents for spot in found) == [1, 2]
    assert (round(found[0].lat, 3), round(found[0].lon, 3)) == (10.0, 10.0)


def test_a_region_is_never_mixed_with_towns(store: Store) -> None:
    add(store, placed(1, 10.0, 10.0), placed(2, 10.1, 10.1), placed(3, 10.0, 10.0, "region"))
    rough, exact = sorted(spots(store, WORLD, 10).spots, key=lambda s: s.incidents)
    assert (rough.incidents, rough.rough, rough.precision) == (1, True, "region")
    assert (exact.incidents, exact.rough, exact.precision, exact.place) == (2, False, None, None)


def test_a_mark_of_one_place_says_which_and_the_coarsest_precision(store: Store) -> None:
    add(store, placed(1, 10.0, 10.0, "site"), placed(2, 10.0, 10.0, "settlement"))
    (spot,) = spots(store, Box(9, 9, 11, 11), 1).spots
    assert spot.precision == "settlement"
    assert spot.place is not None


def test_the_map_shows_what_lies_in_view_and_is_wanted(store: Store) -> None:
    add(store, placed(1, 10.0, 10.0), placed(2, 50.0, 50.0), placed(3, -60.0, 179.5))
    view = Box(0, 0, 20, 20)
    assert [s.incidents for s in spots(store, view, 1).spots] == [1]
    assert spots(store, view, 1, Filter(box=Box(40, 40, 60, 60))).spots == ()
    across = spots(store, Box(170, -70, -170, 0), 1)  # across the 180th meridian
    assert [round(s.lon, 1) for s in across.spots] == [179.5]
    assert extent(store, Filter(box=view)) == Box(10.0, 10.0, 10.0, 10.0)


@pytest.mark.parametrize("cell", [0.0, -1.0, 0.001, 100.0])
def test_a_grid_that_means_nothing_is_refused(store: Store, cell: float) -> None:
    with pytest.raises(QueryError, match="larger cells"):
        spots(store, WORLD, cell)


# --- filters that the desk asks by ------------------------------------------------------------------------------------


def test_what_has_been_decided_on_is_reviewed_until_it_is_undone(store: Store) -> None:
    add(store, *invented.reports(3))
    key = next(iter(store.homes()))
    store.decide(Decision(0, "edit", "ana", "2024-08-01T12:00:00Z", members=(key,), field="killed", value=3))
    reviewed = lines(store, Filter(reviewed=True))
    assert [each.id for each in reviewed] == [store.homes()[key]]
    assert len(lines(store, Filter(reviewed=False))) == len(lines(store)) - 1
    store.decide(Decision(0, "undo", "ana", "2024-08-01T12:01:00Z", undoes=1))
    assert lines(store, Filter(reviewed=True)) == []


def test_what_can_be_drawn_is_told_from_what_cannot(store: Store) -> None:
    add(store, placed(1, 10.0, 10.0), placed(2, None, None))
    assert [each.lat for each in lines(store, Filter(on_map=True))] == [10.0]
    assert [each.lat for each in lines(store, Filter(on_map=False))] == [None]


# --- round about ------------------------------------------------------------------------------------------------------


def test_an_incident_knows_what_else_happened_there(store: Store) -> None:
    add(
        store,
        placed(1, 10.0, 10.0),
        placed(2, 10.001, 10.001),
        placed(3, 10.0, 10.0, "region"),
        placed(4, 12.0, 10.0),
    )
    (line,) = [each for each in lines(store) if each.lat == 10.0 and each.precision == "settlement"]
    with store.inquiry() as inquiry:
        assert [each.lat for each in inquiry.same_place(line)] == [10.001]
        assert inquiry.lines([line.id]) == {line.id: line}
        assert inquiry.values([line.id], ["place", "weapons"])[line.id]["place"].name == line.place


def test_links_that_a_report_draws_lead_to_the_incidents_of_the_record(store: Store) -> None:
    coded = told(1)
    first = coded.incidents[0]
    second = dataclasses.replace(told(2).incidents[0], id="i2", evidence=first.evidence, claims=(), sources=())
    link = Link("i1", "i2", "retaliation", first.evidence)
    add(store, dataclasses.replace(coded, incidents=(first, second), links=(link,)))
    homes = store.homes()
    here, there = homes["r000001.0#i1"], homes["r000001.0#i2"]
    with store.inquiry() as inquiry:
        for own, other, from_here in ((here, there, True), (there, here, False)):
            entry = inquiry.entry(own)
            assert entry is not None
            (related,) = inquiry.links(entry.incident)
            assert (related.incident, related.kind, related.from_here) == (other, "retaliation", from_here)


def test_a_decision_can_be_foreseen_and_nothing_is_kept_of_it(store: Store, clock: Callable[[], dt.datetime]) -> None:
    add(store, invented.report(invented.event(1)), invented.report(invented.event(1), 1))
    before = store.fingerprint()
    keys = tuple(sorted(store.homes()))
    assert len(set(store.homes().values())) == 1
    split = Decision(0, "split", "ana", "2024-08-01T12:00:00Z", members=keys, apart=keys[:1])
    foreseen = store.foreseen(split)
    assert [incident.members for incident in foreseen] == [keys[:1], keys[1:]] or [
        incident.members for incident in foreseen
    ] == [keys[1:], keys[:1]]
    assert store.fingerprint() == before
    assert store.decisions() == ()
    store.decide(split)
    assert {i.id for i in foreseen} == set(store.homes().values())
