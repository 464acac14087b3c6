"""The fourteen cases that no codebook rules on (reference/CODEBOOKS.md, section 6), from the facts of the claims table
that lies beside the project; skipped where it is not there. Their invented equivalents are in test_reconcile.py and
test_tallies.py."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

import claims_table
from vigie.model import Claim, ReportedDate, Tally
from vigie.model.record import PublishedTally
from vigie.record import decisions, tallies
from vigie.record.reconcile import reconcile
from vigie.record.sources import seeded

SHARED = Path(__file__).resolve().parents[3] / "shared"
TALLIES = SHARED / "reference/events/running_tallies.csv"

pytestmark = pytest.mark.skipif(
    not (SHARED / claims_table.EVENTS).is_file(), reason="the claims table lies beside the project: no ../shared here"
)


@pytest.fixture(scope="module")
def told():
    return claims_table.told(SHARED)


@pytest.fixture(scope="module")
def rows():
    return {r["claim_id"]: r for r in claims_table.rows(SHARED)}


@pytest.fixture
def record(told):
    def build(key, change=lambda member: member):
        members = [change(t.member) for t in told if t.truth == key]
        return reconcile(members, (), decisions.state([]), seeded())

    return build


def kinds(found, field=None):
    return {(d.field, d.verdict, d.kind) for d in found.differences if field in (None, d.field)}


def arms(found):
    return {w.kind: (w.lower, w.upper) for w in found.value("weapons")}


def dated(member, day):
    """The same report, published on another day: the table gives no day of publication."""
    return replace(member, published=ReportedDate(day, day, "day", "stated"))


def with_values(member, number, **values):
    """The member with other values in its claim of that number."""
    claims = tuple(replace(c, values={**c.values, **values}) if n == number else c for n, c in enumerate(member.claims))
    return replace(member, claims=claims)


def test_1_an_explosion_heard_is_no_munition(record, rows):
    assert rows["C008"]["weapon"] == "explosion"
    found = record("I-20231019-CONOCO")
    assert arms(found) == {"drone": (3, 3), "rocket": (None, None)}
    assert not [k for k in kinds(found, "weapons") if k[1] == "conflict"]


def test_2_at_least_five_and_more_than_five_agree_from_six(record):
    found = record("I-20240421-RUMALYN")
    assert arms(found)["rocket"] == (6, None)
    assert ("weapons", "compatible", "count") in kinds(found)


def test_3_same_total_different_make_up(record):
    found = record("I-20240725-ASAD")
    assert ("weapons", "conflict", "composition") in kinds(found)
    assert arms(found) == {"rocket": (3, 4), "drone": (0, 1)}


def test_4_shot_down_and_fallen_are_no_contradiction(record, rows, make):
    assert (rows["C070"]["outcome"], rows["C071"]["outcome"]) == (
        "one shot down outside, one exploded inside", "one fell outside, one fell inside",
    )  # fmt: skip
    one = tuple(make.weapon(w) for w in ("1 drone intercepted", "1 drone hit"))
    two = tuple(make.weapon(w) for w in ("1 drone fell_near", "1 drone hit"))
    found = record("I-20240716-ASAD", lambda m: with_values(with_values(m, 0, weapons=one), 1, weapons=two))
    assert kinds(found, "weapons") == {("weapons", "compatible", "cause")}
    assert sum(w.lower for w in found.value("weapons")) == 2


def test_5_successive_tolls_of_one_speaker_and_another_who_stays(record):
    days = {5: 5, 7: 6, 8: 7, 6: 6}

    def published(member):
        tolls = [c.values["killed"].lower for c in member.claims if "killed" in c.values]
        return dated(member, dt.date(2024, 2, days[tolls[0]] if tolls else 5))

    found = record("I-20240205-OMAR", published)
    assert {("killed", "conflict", "count"), ("killed", "update", "updated_toll")} <= kinds(found)
    assert (found.value("killed").lower, found.value("killed").upper) == (6, 8)
    steps = [u.value.lower for u in found.updates if u.field == "killed"]
    assert steps == [5, 7, 8]


def test_6_a_correction_within_the_story(record, make):
    def corrected(member):
        source = next((s.id for s in member.sources if "militaire américain" in s.name), None)
        if source is None:
            return member
        later = Claim(
            "c9", source, member.incident.id, "asserts", "stated", "indirect", {"weapons": (make.weapon("other"),)}, ()
        )
        return replace(member, claims=(*member.claims, later))

    found = record("I-20240120-ASAD", corrected)
    assert ("weapons", "update", "composition") in kinds(found)
    assert "missile" not in arms(found)


def test_7_not_claimed_so_far_ends_with_the_claim(record, rows):
    assert "unclaimed so far" in rows["C046"]["other_fact"]

    def unclaimed(member):
        if any(c.stance == "claims_responsibility" for c in member.claims):
            return member
        return replace(member, incident=replace(member.incident, responsibility="unclaimed"))

    found = record("I-20240120-ASAD", unclaimed)
    assert found.value("responsibility") == "claimed"
    assert ("responsibility", "update", "expired") in kinds(found)


def test_8_a_statement_denied_leaves_the_attack(record):
    found = record("I-20240421-RUMALYN")
    assert ("responsibility", "conflict", "statement_denied") in kinds(found)
    assert found.value("responsibility") != "claimed"
    assert found.independent >= 2
    assert ("incident", "conflict", "denial") not in kinds(found)


def test_9_fired_is_not_loaded_is_not_intercepted(record):
    found = record("I-20240805-ASAD")
    assert [k for k in kinds(found, "weapons") if k[1] == "conflict"]
    assert arms(found)["rocket"][0] == 2
    assert arms(found)["missile"][0] == 0  # ten missiles are one side's word, not the record's


def test_10_one_night_under_two_dates(record):
    found = record("I-20240205-OMAR")
    date = found.value("date")
    assert (date.start, date.end) <= (dt.date(2024, 2, 4), dt.date(2024, 2, 5))
    assert ("date", "conflict", "date") not in kinds(found)


def test_11_no_information_is_no_denial(record):
    found = record("I-20231021-ASAD")
    assert ("incident", "compatible", "no_information") in kinds(found)
    assert not [d for d in found.differences if d.kind == "denial"]


def test_12_a_tally_is_no_incident_and_print_order_is_not_as_of_order(record):
    with TALLIES.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    published = [
        PublishedTally(
            Tally("attacks on US forces", int(r["total"]), None, r["total"], (), since=r["period_start"], place=("Iraq", "Syria")),
            r["tally_id"], dt.date.fromisoformat(r["as_of"]), "US officials",
        )
        for r in table
        if r["total"] and r["period_start"] == "2023-10-17"
    ]  # fmt: skip
    found = [record(key) for key in ("I-20231018-ASAD", "I-20231027-ASAD", "I-20231101-TANF")]
    check = tallies.check(published[0], found)  # 13 by 24 October
    assert (check.lower, check.upper, check.missing) == (1, 1, 12)
    steps = tallies.series(reversed(published), found, seeded())
    assert [(s.before.tally.lower, s.after.tally.lower) for s in steps if s.falls] == [(45, 42)]


def test_13_an_indirect_death_is_not_among_the_killed(record, rows):
    assert "not a direct death" in rows["C005"]["casualty_group"] + rows["C005"]["other_fact"]
    found = record("I-20231018-ASAD")
    assert (found.value("killed").lower, found.value("killed").upper) == (0, 0)


def test_14_denied_involvement_is_no_denial_of_the_event(record):
    found = record("I-20240128-TOWER22")
    assert ("responsibility", "conflict", "denial") in kinds(found)
    assert ("incident", "conflict", "denial") not in kinds(found)
    assert (found.value("killed").lower, found.value("killed").upper) == (3, 3)
