"""What is one incident: the rules an analyst would hold the record to, and that order never matters."""

from __future__ import annotations

import itertools
import random

import pytest

from score_linking import candidates, link
from vigie.model import Place
from vigie.model.record import Decision, Family, Thresholds
from vigie.record import compare, decisions, linking
from vigie.record.sources import seeded


def groups(members, families=(), decided=None, thresholds=None):
    """Sets of report ids (or keys where a report tells several) that are one incident."""
    by_key = {m.key: m for m in members}
    compared = [compare.compare(by_key[a], by_key[b], seeded()) for a, b in candidates(members, families)]
    clusters = linking.cluster(
        members, compared, decided or decisions.state([]), thresholds or Thresholds(), families
    )  # fmt: skip
    return {frozenset(c.members) for c in clusters}


def together(members, *keys, **more):
    return any(set(keys) <= g for g in groups(members, **more))


def test_a_french_and_an_english_report_of_one_strike_are_one_incident(make):
    fr = make.member("fr", weapons=["2 drone"], killed=0, actors=["Faucons de Ninive"])
    en = make.member(
        "en", place="harir_en", language="en", weapons=["2 drone"], killed=0, actors=["Falcons of Nineveh"]
    )
    assert together([fr, en], "fr#i1", "en#i1")


def test_two_attacks_on_one_base_a_week_apart_never_merge_even_through_a_vague_report(make):
    first = make.member("a", day="2024-03-07", weapons=["2 drone"])
    second = make.member("b", day="2024-03-14", weapons=["2 drone"])
    vague = make.member("c", day="2024-03", weapons=["2 drone"], published="2024-04-02")
    assert not together([first, second], "a#i1", "b#i1")
    assert not together([first, second, vague], "a#i1", "b#i1")


def test_a_telling_that_fits_two_incidents_as_well_is_left_to_a_person(make):
    first = make.member("a", day="2024-03-07", weapons=["2 drone"], killed=1)
    second = make.member("b", day="2024-03-14", weapons=["2 drone"], killed=1)
    vague = make.member("c", day="2024-03", weapons=["2 drone"], killed=1, published="2024-04-02")
    assert groups([first, second, vague]) == {frozenset({k}) for k in ("a#i1", "b#i1", "c#i1")}


def test_two_attacks_in_one_evening_told_as_two_stay_apart(make):
    two = make.members(
        "both",
        [
            make.incident(1, weapons=["2 drone"], killed=0),
            make.incident(2, weapons=["15 rocket"], type="shelling_missile", killed=0, injured=3),
        ],
    )
    drones = make.member("drones", weapons=["2 drone"], killed=0)
    rockets = make.member("rockets", weapons=["15 rocket"], type="shelling_missile", injured=3)
    assert groups([*two, drones, rockets]) == {
        frozenset({"both#i1", "drones#i1"}), frozenset({"both#i2", "rockets#i1"}),
    }  # fmt: skip


def test_background_links_to_the_record_of_the_earlier_attack(make):
    then = make.member("then", day="2024-03-02", weapons=["1 drone"], killed=1, targets=["sous-traitant irakien"])
    later = make.members(
        "later",
        [
            make.incident(1, day="2024-03-14", weapons=["2 drone"], killed=0),
            make.incident(2, day="2024-03-02", period="background", weapons=["1 drone"], killed=1),
        ],
    )
    assert groups([then, *later]) == {frozenset({"then#i1", "later#i2"}), frozenset({"later#i1"})}


def test_a_month_links_with_its_day_where_the_toll_says_which(make):
    day = make.member(
        "day", place="tower", day="2024-01-28", weapons=["1 drone"], killed=3, targets=["soldats américains"]
    )
    month = make.member(
        "month", place="tower", day="2024-01-21/2024-01-31", grain="month", period="background", weapons=["drone"], killed=3,
        targets=["US troops"], language="en", published="2024-02-20",
    )  # fmt: skip
    assert together([day, month], "day#i1", "month#i1")


def test_two_fields_a_few_kilometres_apart_are_two_incidents(make):
    omar = make.member("omar", place="omar", weapons=["1 drone"], killed=0)
    conoco = make.member("conoco", place="conoco", weapons=["1 drone"], killed=0)
    assert not together([omar, conoco], "omar#i1", "conoco#i1")


def test_a_telling_of_the_region_joins_the_field_where_the_dead_are_the_same(make):
    field = make.member("field", place="omar", weapons=["1 drone"], killed=7)
    region = make.member("region", place="deir", weapons=["drone"], killed=7)
    country = make.member("country", place="syria", weapons=["drone"], killed=7)
    assert together([field, region, country], "field#i1", "region#i1", "country#i1")


def test_a_night_told_by_its_first_or_its_second_day_is_one(make):
    claimant = make.member(
        "claimant", day="2024-02-04", place="omar", weapons=["drone"], actors=["Résistance islamique en Irak"]
    )
    others = make.member(
        "others", day="2024-02-04/2024-02-05", grain="part_of_day", place="omar", weapons=["1 drone"], killed=6
    )
    assert together([claimant, others], "claimant#i1", "others#i1")


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Anefif", "Anéfis", "spelt_nearly"),  # as English and French papers spell it
        ("Anefif", "Aguelhok", "other_name"),
        ("Tabo", "Tabi", "other_name"),  # a letter of few makes another name
    ],
)
def test_spellings_of_a_place_that_no_list_knows(one, other, level):
    a, b = (Place(name, name, "ML", "settlement") for name in (one, other))
    assert compare.compare_places(a, b).name == compare.compare_places(b, a).name == level
    abroad = Place(other, other, "NE", "settlement")
    assert compare.compare_places(a, abroad).name == "other_country"


def test_missing_values_are_no_disagreement(make):
    full = make.member("full", weapons=["2 drone"], killed=3, injured=5, actors=["Faucons de Ninive"], targets=["base"])
    bare = make.member("bare", weapons=[])
    comparison = compare.compare(full, bare, seeded())
    assert {x.name for x in comparison.levels if x.field in ("weapons", "killed", "injured", "actors", "targets")} == {
        "not_told"
    }
    assert sum(x.points for x in comparison.levels if x.name == "not_told") == 0


def test_one_report_never_joins_its_own_two_unless_decided(make):
    two = make.members("r", [make.incident(1), make.incident(2)])
    assert len(groups(two)) == 2
    log = make.log({"kind": "same", "members": ("r#i1", "r#i2")})
    assert groups(two, decided=decisions.state(log)) == {frozenset({"r#i1", "r#i2"})}


def test_copies_of_one_report_are_laid_side_by_side(make):
    family = [Family("a", ("a", "b"))]
    first = make.members(
        "a", [make.incident(1, weapons=["2 drone"], killed=0), make.incident(2, weapons=["3 drone"], killed=2)]
    )
    copy = make.members(
        "b", [make.incident(1, weapons=["3 drone"], killed=2), make.incident(2, weapons=["2 drone"], killed=0)]
    )
    assert groups([*first, *copy], families=family) == {frozenset({"a#i1", "b#i2"}), frozenset({"a#i2", "b#i1"})}


def test_a_story_without_day_or_place_still_meets_its_copy(make):
    family = [Family("a", ("a", "b"))]
    members = [
        make.member(r, day=None, place=None, period="background", weapons=["1 bomb"], type="remote_explosive", killed=4)
        for r in "ab"
    ]
    assert groups(members, families=family) == {frozenset({"a#i1", "b#i1"})}
    assert len(groups(members)) == 2


def test_a_decision_keeps_apart_and_everything_joined_to_them(make):
    members = [make.member(r, weapons=["2 drone"], killed=1) for r in "abc"]
    log = make.log({"kind": "different", "members": ("a#i1", "b#i1")})
    found = groups(members, decided=decisions.state(log))
    assert not any({"a#i1", "b#i1"} <= g for g in found)
    assert len(found) == 2  # c goes with one of them


def test_newer_decisions_hold_against_older_ones(make):
    members = [make.member(r, day=d) for r, d in zip("abc", ("2024-03-01", "2024-03-11", "2024-03-21"), strict=True)]
    log = make.log(
        {"kind": "same", "members": ("a#i1", "b#i1")},
        {"kind": "same", "members": ("b#i1", "c#i1")},
        {"kind": "different", "members": ("a#i1", "c#i1")},
    )
    assert groups(members, decided=decisions.state(log)) == {frozenset({"a#i1"}), frozenset({"b#i1", "c#i1"})}
    _, _, overruled = linking.settle(decisions.state(log), [m.key for m in members])
    assert [d.number for d in overruled] == [1]


def test_a_decision_holds_through_a_report_that_is_not_there(make):
    members = [make.member("a", day="2024-03-01"), make.member("c", day="2024-03-21")]
    log = make.log({"kind": "same", "members": ("a#i1", "b#i1")}, {"kind": "same", "members": ("b#i1", "c#i1")})
    assert groups(members, decided=decisions.state(log)) == {frozenset({"a#i1", "c#i1"})}


def test_unsure_joins_nothing_by_itself_and_is_not_asked_again(make):
    members = [make.member(r, weapons=["2 drone"]) for r in "ab"]
    decided = decisions.state(make.log({"kind": "unsure", "members": ("a#i1", "b#i1")}))
    assert len(groups(members, decided=decided)) == 2
    compared = [compare.compare(*members, seeded())]
    clusters = linking.cluster(members, compared, decided)
    assert linking.suggestions(members, compared, clusters, decided) == ()


def test_every_members_own_id_finds_the_incident_that_holds_it(make):
    early = make.member("z", published="2024-03-14", weapons=["2 drone"])
    late = make.member("a", published="2024-03-16", weapons=["2 drone"])
    (alone,) = linking.cluster([late], [])
    (both,) = linking.cluster([late, early], [compare.compare(late, early, seeded())])
    assert both.lead == "z#i1"
    assert alone.id in both.ids
    assert both.id != alone.id


def test_open_pairs_are_suggested_the_most_useful_first(make):
    members = [
        make.member("a", weapons=["2 drone"]),
        make.member("b", day="2024-03-15", weapons=["2 drone"]),  # the day after
        make.member("c", place="erbil", day="2024-03-20", killed=20, weapons=["drone"]),
        make.member("d", place="erbil", day="2024-03-21", killed="18-30", weapons=["drone"]),
    ]  # fmt: skip
    by_key = {m.key: m for m in members}
    compared = [compare.compare(by_key[a], by_key[b], seeded()) for a, b in candidates(members)]
    clusters = linking.cluster(members, compared)
    found = linking.suggestions(members, compared, clusters)
    assert [(s.comparison.a, s.comparison.b, s.blocked) for s in found] == [
        ("c#i1", "d#i1", None), ("a#i1", "b#i1", None),
    ]  # fmt: skip
    assert "%" in found[0].why_fr


def test_a_pair_kept_apart_by_one_report_is_suggested_with_the_reason(make):
    members = make.members("r", [make.incident(1, weapons=["2 drone"]), make.incident(2, weapons=["2 drone"])])
    compared = [compare.compare(*members, seeded())]
    (suggestion,) = linking.suggestions(members, compared, linking.cluster(members, compared))
    assert (suggestion.blocked, suggestion.why_fr.split("; ")[1]) == (
        "report", "un même article, ou ses copies, les donne pour deux",
    )  # fmt: skip


def jumble(make):
    """Thirty tellings of about ten incidents, some vague, some told as two by one report."""
    chance = random.Random(7)
    members = []
    for n in range(20):
        day = chance.choice(["2024-03-04", "2024-03-05", "2024-03-11", "2024-03", "2024-03-04/2024-03-05"])
        place = chance.choice(["harir_fr", "harir_en", "erbil", "omar", "conoco", "deir"])
        members.append(
            make.member(
                f"r{n:02}",
                day=day,
                place=place,
                weapons=chance.choice([[], ["2 drone"], ["3 rocket"], ["drone"]]),
                killed=chance.choice([None, 0, 1, 3, "2+"]),
                actors=chance.choice([(), ("Daech",), ("Islamic State",)]),
                published=chance.choice(["2024-03-12", "2024-04-01"]),
            )
        )
    members.extend(
        make.members("two", [make.incident(1, day="2024-03-04"), make.incident(2, day="2024-03-04", killed=3)])
    )
    return members


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_input_changes_nothing(make, seed):
    members = jumble(make)
    families = [Family("r00", ("r00", "r01")), Family("r05", ("r05", "r06", "r07"))]
    log = make.log(
        {"kind": "same", "members": ("r02#i1", "r03#i1")},
        {"kind": "different", "members": ("r08#i1", "r09#i1")},
        {"kind": "merge", "members": ("r10#i1", "r11#i1", "r12#i1")},
    )
    expected = groups(members, families, decisions.state(log))
    chance = random.Random(seed)
    chance.shuffle(members)
    chance.shuffle(families)
    by_key = {m.key: m for m in members}
    pairs = list(candidates(members, families))
    chance.shuffle(pairs)
    swapped = [(b, a) if chance.random() < 0.5 else (a, b) for a, b in pairs]
    compared = [compare.compare(by_key[a], by_key[b], seeded()) for a, b in swapped]
    lines = list(log)
    chance.shuffle(lines)
    clusters = linking.cluster(members, compared, decisions.state(lines), families=families)
    assert {frozenset(c.members) for c in clusters} == expected


def test_a_component_linked_alone_is_as_linked_with_the_rest(make):
    """The store links only what a new report touches, along pairs that can join: that must give the same."""
    members = jumble(make)
    whole, compared = link(members)
    by_key = {m.key: m for m in members}
    reach = {k: {k} for k in by_key}
    for a, b in ((c.a, c.b) for c in compared if c.score >= Thresholds().automatic):
        joined = reach[a] | reach[b]
        for k in joined:
            reach[k] = joined
    for component in {frozenset(r) for r in reach.values()}:
        alone, _ = link([by_key[k] for k in sorted(component)])
        for a, b in itertools.combinations(sorted(component), 2):
            assert (alone[a] == alone[b]) == (whole[a] == whole[b])


def test_comparing_is_symmetric(make):
    for a, b in itertools.combinations(jumble(make), 2):
        assert compare.compare(a, b, seeded()) == compare.compare(b, a, seeded())


def test_undo_gives_back_the_earlier_clusters_exactly(make):
    members = jumble(make)
    log = list(make.log({"kind": "same", "members": ("r02#i1", "r03#i1")}))
    before = groups(members, decided=decisions.state(log))
    for kind, keys, apart in (
        ("different", ("r02#i1", "r03#i1"), ()),
        ("merge", ("r04#i1", "r05#i1", "r06#i1"), ()),
        ("split", ("r02#i1", "r03#i1", "r07#i1"), ("r03#i1",)),
    ):
        line = Decision(0, kind, "Ana", "2024-03-20T10:00:00+00:00", members=keys, apart=apart)
        log.append(decisions.append(log, line))
    assert groups(members, decided=decisions.state(log)) != before
    for number in (3, 2, 4):
        log.append(decisions.append(log, Decision(0, "undo", "Ana", "2024-03-20T10:00:00+00:00", undoes=number)))
    assert groups(members, decided=decisions.state(log)) == before
