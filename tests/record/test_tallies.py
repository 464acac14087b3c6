"""Published tallies beside the record's own count. Everything told here is invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from vigie.model import Span, Tally
from vigie.model.record import Family, PublishedTally
from vigie.record import decisions, tallies
from vigie.record.reconcile import reconcile
from vigie.record.sources import seeded


@pytest.fixture
def incident(make):
    """A record incident that one report tells."""

    def build(report, **given):
        given.setdefault("targets", ["base"])
        member = make.member(report, **given)
        return reconcile([member], (), decisions.state([]), seeded())

    return build


def published(what, lower, since="2024-03-01", as_of="2024-03-31", **more):
    counter = more.pop("counter", "Pentagone")
    upper = more.pop("upper", lower)
    return PublishedTally(
        Tally(what, lower, upper, f"{lower} {what}", (), since=since, **more),
        "r",
        dt.date.fromisoformat(as_of),
        counter,
    )


def ids(*incidents):
    return tuple(sorted(i.id for i in incidents))


def test_the_records_own_count_keeps_to_the_days_and_the_country(incident):
    inside = incident("a", day="2024-03-14", place="harir_fr")
    before = incident("b", day="2024-02-27", place="harir_fr")
    elsewhere = incident("c", day="2024-03-14", place="omar")
    check = tallies.check(published("attaques", 4, place=("Irak",)), [inside, before, elsewhere])
    assert (check.sure, check.perhaps, check.lower, check.upper, check.missing) == (ids(inside), (), 1, 1, 3)
    assert (
        check.why_fr == "Pentagone : 4 attaques (1 mars 2024 – 31 mars 2024) ; le dossier en compte 1 : 3 n'y sont pas"
    )
    assert check.why_en.endswith("the record counts 1: 3 not in the record")


def test_what_is_told_too_coarsely_is_only_perhaps_counted(incident):
    month = incident("a", day="2024-02-20/2024-03-05", grain="month")
    placeless = incident("b", day="2024-03-10", place=None)
    check = tallies.check(published("attaques", 2, place=("Irak",)), [month, placeless])
    assert (check.sure, check.perhaps, check.missing) == ((), ids(month, placeless), 0)


def test_fewer_than_the_record_must_have_is_told(incident):
    found = [incident(str(n), day=f"2024-03-{10 + n}") for n in range(4)]
    check = tallies.check(published("attaques", 3), found)
    assert (check.lower, check.missing) == (4, -1)
    assert check.why_en.endswith("1 more than the tally")
    assert tallies.check(published("attaques", 3, upper=None), found).missing == 0  # "at least three"


def test_a_tally_of_one_weapon_counts_that_weapon(incident):
    drones = incident("a", weapons=["2 drone"])
    rockets = incident("b", weapons=["3 rocket"], type="shelling_missile")
    untold = incident("c", type="attack")
    check = tallies.check(published("frappes de drones", 9), [drones, rockets, untold])
    assert (check.sure, check.perhaps) == (ids(drones), ids(untold))


def test_a_tally_of_the_dead_adds_up_bounds(incident):
    found = [incident("a", killed=3), incident("b", killed="5+"), incident("c", killed="2-4")]
    check = tallies.check(published("morts", 65), found)
    assert (check.definition.counts, check.lower, check.upper) == ("killed", 10, None)
    closed = tallies.check(published("morts", 65), [found[0], found[2]])
    assert (closed.lower, closed.upper, closed.missing) == (5, 7, 58)


def test_attacks_on_ships_are_no_attacks_on_bases(incident):
    base = incident("a", targets=["base"])
    ship = incident("b", targets=["navire marchand"], target_kind="infrastructure", place=None)
    check = tallies.check(published("attaques contre des navires", 120), [base, ship])
    assert check.sure == ids(ship)
    assert check.perhaps == ()


def test_another_author_is_not_counted(incident):
    theirs = incident("a", actors=["État islamique"])
    others = incident("b", actors=["Boko Haram"])
    untold = incident("c")
    check = tallies.check(published("attaques", 9, actor="Islamic State"), [theirs, others, untold])
    assert (check.sure, check.perhaps) == (ids(theirs), ids(untold))


def test_what_was_withdrawn_is_not_counted(make):
    member = make.member("a")
    gone = reconcile([member], [Family("a", ("a",), withdrawn=("a",))], decisions.state([]), seeded())
    assert tallies.check(published("attaques", 1), [gone]).upper == 0


def test_a_tally_without_a_start_is_surely_of_nothing(incident):
    check = tallies.check(published("attaques", 5, since=None), [incident("a")])
    assert (check.sure, len(check.perhaps)) == ((), 1)


def test_steps_between_tallies_show_where_the_record_lacks(incident):
    found = [incident(str(n), day=f"2024-03-{day:02}") for n, day in enumerate((3, 4, 12, 20))]
    figures = [
        published("attaques", 7, as_of="2024-03-15", counter="Pentagon"),
        published("attaques", 2, as_of="2024-03-05"),
        published("attaques", 8, as_of="2024-03-25"),
        published("attaques", 99, as_of="2024-03-25", counter="OSDH"),  # another counter
        published("attaques", 50, as_of="2024-03-20", since="2023-10-17"),  # another start
    ]
    first, second = tallies.series(figures, found, seeded())
    assert (first.added, len(first.sure), first.missing) == (5, 1, 4)
    assert (second.added, len(second.sure), second.missing) == (1, 1, 0)


def test_a_lower_figure_after_a_higher_is_marked(incident):
    figures = [published("attaques", 45, as_of="2023-11-07"), published("attaques", 42, as_of="2023-11-10")]
    (step,) = tallies.series(figures, [], seeded())
    assert (step.falls, step.missing) == (True, 0)


def test_tallies_are_in_order_of_the_day_they_are_as_of(make):
    late = published("attaques", 42, as_of="2023-11-01")
    early = published("attaques", 45, as_of="2023-10-30")
    dateless = replace(late, as_of=None)
    assert tallies.in_order([dateless, late, early]) == (early, late, dateless)


def test_the_counter_is_the_source_of_the_paragraph(make):
    text = "Selon Ana Torrin, la route est coupée.\nLe centre de Valmarc a recensé neuf attaques depuis février."
    at = text.index("Le centre")
    near = Span(at, at + 32, text[at : at + 32])
    far = Span(0, 16, text[:16])
    words = Span(text.index("neuf"), text.index("neuf") + 13, "neuf attaques")
    coded = make.coded(
        "a",
        [],
        [make.source("Ana Torrin", 1, evidence=(far,)), make.source("centre de Valmarc", 2, evidence=(near,))],
        text=text,
    )
    tally = Tally("attaques", 9, 9, "neuf attaques", (words,), since="2024-02-25", until="2024-03-10")
    (found,) = tallies.published_tallies(replace(coded, tallies=(tally,)))
    assert (found.counter, found.as_of, found.report_id) == ("centre de Valmarc", dt.date(2024, 3, 10), "a")
    (undated,) = tallies.published_tallies(replace(coded, tallies=(replace(tally, until=None),)))
    assert undated.as_of == dt.date(2024, 3, 15)


def test_a_date_that_is_none_limits_nothing(incident):
    assert tallies.definition(published("attaques", 3, since="le printemps")).since is None
