"""What the record makes of several accounts of one incident. Everything told here is invented."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest

from vigie.model import WireIdentity
from vigie.model.record import Family, Quoted
from vigie.model.spans import Span
from vigie.record import decisions
from vigie.record.members import reported_incidents
from vigie.record.reconcile import reconcile
from vigie.record.sources import seeded


@pytest.fixture
def record(make):
    """The record of one incident that these tell; each teller is (report, sources, claims, more of the incident and
    report)."""

    def build(*tellers, families=(), log=()):
        members = []
        for teller in tellers:
            report, speakers, claims, *more = teller
            given = dict(more[0]) if more else {}
            about = {k: given.pop(k) for k in ("published", "language", "outlet", "agency", "wire") if k in given}
            sources = [make.source(name, n, **kind) for n, (name, kind) in enumerate(speakers, 1)]
            told = [make.claim(n, source, **values) for n, (source, values) in enumerate(claims, 1)]
            (member, *_) = make.members(report, [make.incident(1, **given)], sources, told, **about)
            members.append(member)
        decided = decisions.state(make.log(*log))
        found = reconcile(members, families, decided, seeded().with_decisions(decided))
        for shuffled in itertools.islice(itertools.permutations(members), 6):
            again = reconcile(shuffled, tuple(reversed(families)), decided, seeded().with_decisions(decided))
            assert again == found
        return found

    return build


ARMY = ("état-major de Valmarc", {"kind": "military"})
CLINIC = ("clinique de Brévenne", {"kind": "medical", "terms": "role"})
MAYOR = ("maire d'Ormelle", {"kind": "government", "terms": "role"})
SOHR_FR = ("Observatoire syrien des droits de l'homme", {"kind": "monitor"})
SOHR_EN = ("SOHR", {"kind": "monitor"})
SDF = ("Forces démocratiques syriennes", {"kind": "military"})
ANONYMOUS = ("source sécuritaire", {"kind": "military", "terms": "anonymous"})


def kinds(found, field=None):
    return {(d.field, d.verdict, d.kind) for d in found.differences if field in (None, d.field)}


def bounds(quantity):
    return None if quantity is None else (quantity.lower, quantity.upper)


def test_two_independent_accounts_that_agree(record):
    found = record(
        ("a", [ARMY], [("s1", {"killed": 3})]), ("b", [MAYOR], [("s1", {"killed": 3})], {"outlet": "Radio Calder"})
    )  # fmt: skip
    value = found.fields["killed"]
    assert (bounds(value.value), value.basis, value.independent) == ((3, 3), "agreed", 2)
    assert value.why_en == "2 independent accounts agree on 3"
    assert value.why_fr == "2 récits indépendants s'accordent sur 3"
    assert found.independent == 2


def test_five_papers_with_one_agencys_copy_are_one_witness(record):
    tellers = [
        (f"r{n}", [ANONYMOUS], [("s1", {"killed": 3})], {"outlet": f"Paper {n}", "agency": "Agence Ponant"})
        for n in range(5)
    ]
    family = [Family("r0", tuple(f"r{n}" for n in range(5)))]
    assert record(*tellers, families=family).independent == 1
    assert record(*tellers, families=family).fields["killed"].independent == 1


def test_a_source_named_in_two_languages_is_one_account(record):
    found = record(
        ("a", [SOHR_FR], [("s1", {"killed": 7})]), ("b", [SOHR_EN], [("s1", {"killed": 7})], {"language": "en"})
    )  # fmt: skip
    (account,) = found.accounts
    assert account.names == ("Observatoire syrien des droits de l'homme", "SOHR")
    assert (found.independent, account.kind, account.reliability) == (1, "monitor", "F")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Faucons de Ninive", {"kind": "armed_group"}), ("Falcons of Nineveh", {"kind": "armed_group"})),
        (("Elaine Marsh", {"kind": "military"}), ("Marsh", {"kind": "other"})),
        (("préfet de Téra", {"kind": "government", "terms": "role"}), ("prefect of Tera", {"kind": "government"})),
        (("gouverneur de la province de Ninive", {"terms": "role"}), ("governor of Nineveh", {"terms": "role"})),
        (
            ("autorités", {"kind": "government", "terms": "role"}),
            ("authorities", {"kind": "government", "terms": "role"}),
        ),
    ],
)
def test_spellings_offices_and_institutions_of_two_outlets_are_one_account(record, one, other):
    found = record(
        ("a", [one], [("s1", {"killed": 7})]), ("b", [other], [("s1", {"killed": 9})], {"published": "2024-03-16"})
    )
    assert found.independent == 1
    assert kinds(found, "killed") == {("killed", "update", "updated_toll")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Elaine Marsh", {"kind": "military"}), ("Pat Marsh", {"kind": "military"})),
        (("Marsh", {"kind": "military"}), ("Marsh", {"kind": "witness"})),
        (("maire d'Ormelle", {"terms": "role"}), ("maire de Brévenne", {"terms": "role"})),
        (("habitants", {"terms": "role", "kind": "witness"}), ("habitants", {"terms": "role", "kind": "witness"})),
    ],
)
def test_sources_that_may_be_two_stay_two(record, one, other):
    found = record(("a", [one], [("s1", {"killed": 7})]), ("b", [other], [("s1", {"killed": 9})]))
    assert found.independent == (2 if one[0] != "Marsh" else 1)


def test_anonymous_sources_of_two_outlets_are_never_taken_for_one(record):
    found = record(
        ("a", [ANONYMOUS], [("s1", {"killed": 2})], {"outlet": "Le Fanal"}),
        ("b", [ANONYMOUS], [("s1", {"killed": 2})], {"outlet": "Radio Calder"}),
    )
    assert len(found.accounts) == 2


def test_a_medium_that_others_cite_rests_on_the_source_its_own_report_quotes(record):
    found = record(
        ("a", [SOHR_FR], [("s1", {"killed": 7})], {"outlet": "Agence Corvel", "published": "2024-03-15"}),
        (
            "b",
            [("Agence Corvel", {"terms": "media", "kind": "media"})],
            [("s1", {"killed": 7})],
            {"outlet": "Radio Calder"},
        ),
    )
    by_name = {a.names[0]: a for a in found.accounts}
    assert by_name["Agence Corvel"].rests_on == by_name[SOHR_FR[0]].id
    assert found.independent == 1
    assert found.fields["killed"].independent == 1


def test_an_outlets_own_voice_is_a_witness_only_where_it_quotes_nobody(record):
    quoting = record(("a", [ARMY], [("s1", {"killed": 3}), (None, {"killed": 3, "injured": 2})]))
    assert (quoting.independent, quoting.fields["killed"].independent) == (1, 1)
    assert bounds(quoting.value("injured")) == (2, 2)
    alone = record(("a", [], [(None, {"killed": 3})]))
    assert (alone.independent, alone.fields["killed"].why_fr) == (1, "un seul récit : 3 selon outlet of a")


def test_successive_figures_of_one_source_update_and_of_others_conflict(record):
    found = record(
        ("a", [SOHR_FR], [("s1", {"killed": 5})], {"published": "2024-02-05"}),
        ("b", [SOHR_EN], [("s1", {"killed": 7})], {"published": "2024-02-06"}),
        ("c", [SOHR_FR], [("s1", {"killed": 8})], {"published": "2024-02-07"}),
        ("d", [SDF], [("s1", {"killed": 6})], {"published": "2024-02-06"}),
    )
    assert kinds(found, "killed") == {("killed", "conflict", "count"), ("killed", "update", "updated_toll")}
    assert bounds(found.value("killed")) == (6, 8)
    conflict = next(d for d in found.differences if d.verdict == "conflict")
    assert sorted(bounds(s.value) for s in conflict.sides) == [(6, 6), (8, 8)]
    assert [(u.value.lower, u.as_of.isoformat()) for u in found.updates] == [
        (5, "2024-02-05"), (7, "2024-02-06"), (8, "2024-02-07"),
    ]  # fmt: skip
    assert "puis 7, puis 8" in next(d for d in found.differences if d.verdict == "update").why_fr
    assert found.fields["killed"].why_en == (
        "2 independent accounts differ: lowest 6 by Forces démocratiques syriennes, highest 8 by "
        "Observatoire syrien des droits de l'homme"
    )


def test_at_least_five_and_more_than_five_agree_from_six(record):
    found = record(
        ("a", [ARMY, MAYOR], [("s1", {"killed": "5+"}), ("s2", {"killed": "6+"})]),
    )
    assert bounds(found.value("killed")) == (6, None)
    assert kinds(found, "killed") == {("killed", "compatible", "count")}


def test_a_hospitals_count_is_no_rival_of_the_whole(record):
    found = record(
        ("a", [CLINIC, MAYOR], [("s1", {"killed": 12}), ("s2", {"killed": 31})]),
    )
    assert bounds(found.value("killed")) == (31, 31)
    assert kinds(found, "killed") == {("killed", "compatible", "nested_toll")}


def test_a_count_over_the_country_is_no_rival_of_the_place(record):
    found = record(
        ("a", [MAYOR], [("s1", {"killed": 4})], {"place": "omar"}),
        ("b", [ARMY], [("s1", {"killed": 40, "place": "syria"})], {"place": "omar"}),
    )
    assert bounds(found.value("killed")) == (4, 4)
    assert kinds(found, "killed") == {("killed", "compatible", "nested_toll")}


def test_a_coarse_place_alone_makes_no_wider_count(record):
    found = record(
        ("a", [MAYOR], [("s1", {"killed": 26})], {"place": "omar"}),
        ("b", [ARMY], [("s1", {"killed": 20, "place": "syria"})], {"place": "omar"}),
    )
    assert bounds(found.value("killed")) == (20, 26)
    assert kinds(found, "killed") == {("killed", "conflict", "count")}


def test_at_least_the_same_number_is_no_update(record):
    found = record(
        ("a", [ARMY], [("s1", {"killed": 22})]), ("b", [ARMY], [("s1", {"killed": "22+"})], {"published": "2024-03-17"})
    )
    assert (found.updates, kinds(found)) == ((), set())


def test_nobody_against_somebody_is_a_conflict(record):
    found = record(("a", [ARMY], [("s1", {"killed": 0})]), ("b", [MAYOR], [("s1", {"killed": 4})]))
    assert kinds(found, "killed") == {("killed", "conflict", "count")}
    assert bounds(found.value("killed")) == (0, 4)


def joint(make, killed="22"):
    incidents = [make.incident(n, killed=killed, killed_at=100) for n in (1, 2)]
    claims = [make.claim(n, "s1", f"i{n}", killed=killed) for n in (1, 2)]
    return make.members("a", incidents, [make.source(*[MAYOR[0]], **MAYOR[1])], claims)


def test_a_toll_over_two_incidents_bounds_each_and_rivals_neither(make):
    both = joint(make)
    alone = reconcile(both[:1], (), decisions.state([]), seeded())
    assert bounds(alone.value("killed")) == (0, 22)
    assert alone.fields["killed"].why_fr == "22 comptés sur 2 incidents ensemble"
    assert kinds(alone) == {("killed", "compatible", "joint_toll")}
    (apart,) = make.members(
        "b", [make.incident(1)], [make.source(ARMY[0])], [make.claim(1, "s1", killed=14)], outlet="X"
    )
    found = reconcile([both[0], apart], (), decisions.state([]), seeded())
    assert bounds(found.value("killed")) == (14, 14)
    assert kinds(found) == {("killed", "compatible", "joint_toll")}


def test_a_toll_over_two_that_a_person_took_for_one_is_its_own(make):
    found = reconcile(joint(make), (), decisions.state([]), seeded())
    assert bounds(found.value("killed")) == (22, 22)


def test_the_same_total_of_another_make_up(record):
    found = record(
        ("a", [ANONYMOUS, ("responsable de la sécurité", {"terms": "anonymous"})],
         [("s1", {"weapons": ["4 rocket fell_near"]}), ("s2", {"weapons": ["1 drone", "3 rocket"]})]),
    )  # fmt: skip
    assert kinds(found, "weapons") == {("weapons", "conflict", "composition")}
    assert {(w.kind, w.lower, w.upper) for w in found.value("weapons")} == {("drone", 0, 1), ("rocket", 3, 4)}


def test_one_that_tells_of_more_weapons_does_not_contradict(record):
    found = record(
        ("a", [ANONYMOUS, ARMY], [("s1", {"weapons": ["2 drone"]}), ("s2", {"weapons": ["2 drone", "4 rocket"]})])
    )
    assert kinds(found, "weapons") == {("weapons", "compatible", "composition")}
    assert {(w.kind, w.lower, w.upper) for w in found.value("weapons")} == {("drone", 2, 2), ("rocket", 4, 4)}


def test_shot_down_and_fallen_do_not_contradict(record):
    found = record(
        ("a", [ANONYMOUS, ARMY],
         [("s1", {"weapons": ["2 drone fell_near"]}), ("s2", {"weapons": ["2 drone intercepted"]})]),
    )  # fmt: skip
    assert kinds(found, "weapons") == {("weapons", "compatible", "cause")}


def test_shot_down_and_hit_contradict(record):
    found = record(
        ("a", [ANONYMOUS, ARMY], [("s1", {"weapons": ["1 drone hit"]}), ("s2", {"weapons": ["1 drone intercepted"]})]),
    )  # fmt: skip
    assert kinds(found, "weapons") == {("weapons", "conflict", "outcome")}
    assert found.value("weapons")[0].outcome == "unknown"


def test_two_numbers_of_one_weapon_are_a_conflict_of_count(record):
    found = record(("a", [ANONYMOUS, ARMY], [("s1", {"weapons": ["2 rocket"]}), ("s2", {"weapons": ["10 rocket"]})]))
    assert kinds(found, "weapons") == {("weapons", "conflict", "count")}
    assert [(w.lower, w.upper) for w in found.value("weapons")] == [(2, 10)]


def test_a_version_that_corrects_the_weapon_replaces_it(record):
    wire = {"outlet": "Agence Ponant"}
    found = record(
        ("v1", [ARMY], [("s1", {"weapons": ["2 missile"]})], wire),
        ("v2", [ARMY], [("s1", {"weapons": ["other"]})], wire),
        families=[Family("v1", ("v1", "v2"), "v1", superseded=("v1",))],
    )
    assert [w.kind for w in found.value("weapons")] == ["other"]
    assert kinds(found, "weapons") == {("weapons", "update", "composition")}
    assert [s.standing for s in found.accounts[0].statements] == ["superseded", "counts"]


def test_what_was_withdrawn_stays_listed_and_counts_for_nothing(record):
    found = record(
        ("a", [ARMY], [("s1", {"killed": 9})], {"targets": ["terminal"]}),
        families=[Family("a", ("a",), withdrawn=("a",))],
    )
    assert (found.independent, found.value("killed"), found.value("targets")) == (0, None, None)
    assert found.value("date") is not None
    assert [s.standing for a in found.accounts for s in a.statements] == ["withdrawn"]
    assert found.updates == ()


def test_one_night_under_two_dates_is_no_conflict(record):
    found = record(
        ("a", [ARMY], [("s1", {})], {"day": "2024-02-04"}), ("b", [SDF], [("s1", {})], {"day": "2024-02-05"})
    )
    date = found.value("date")
    assert (date.start.isoformat(), date.end.isoformat()) == ("2024-02-04", "2024-02-05")
    assert kinds(found, "date") == {("date", "compatible", "date_boundary")}


def test_days_apart_are_a_conflict_and_most_decide(record):
    found = record(
        ("a", [ARMY], [("s1", {})], {"day": "2024-02-04"}),
        ("b", [SDF], [("s1", {})], {"day": "2024-02-04"}),
        ("c", [MAYOR], [("s1", {})], {"day": "2024-02-08"}),
    )
    assert found.value("date").start.isoformat() == "2024-02-04"
    assert kinds(found, "date") == {("date", "conflict", "date")}


def test_a_day_within_a_month_is_the_day(record):
    found = record(("a", [ARMY], [("s1", {})], {"day": "2024-01"}), ("b", [SDF], [("s1", {})], {"day": "2024-01-28"}))
    assert (found.value("date").start.day, found.value("date").end.day) == (28, 28)
    assert kinds(found, "date") == set()


def test_the_finest_place_told_stands_and_another_place_is_a_conflict(record):
    fine = record(("a", [ARMY], [("s1", {})], {"place": "deir"}), ("b", [SDF], [("s1", {})], {"place": "omar"}))
    assert fine.value("place").name == "champ pétrolier d'Al-Omar"
    assert kinds(fine, "place") == set()
    apart = record(("a", [ARMY], [("s1", {})], {"place": "tower"}), ("b", [SDF], [("s1", {})], {"place": "omar"}))
    assert kinds(apart, "place") == {("place", "conflict", "place")}


@pytest.mark.parametrize(("other", "verdict"), [("outside", "compatible"), ("inside", "conflict")])
def test_near_and_outside_can_both_be_true(record, other, verdict):
    found = record(("a", [ARMY, ANONYMOUS], [("s1", {"where": "near"}), ("s2", {"where": other})]))
    assert kinds(found, "place") == {("place", verdict, "place")}


def test_not_claimed_so_far_ends_with_the_claim(record):
    found = record(
        ("a", [ARMY], [("s1", {})], {"responsibility": "unclaimed", "published": "2024-03-14"}),
        ("b", [("Faucons de Ninive", {"kind": "armed_group"})], [("s1", {"stance": "claims_responsibility"})],
         {"responsibility": "claimed", "actors": ["Faucons de Ninive"], "actor_basis": "claimed"}),
    )  # fmt: skip
    assert found.value("responsibility") == "claimed"
    assert found.fields["responsibility"].why_fr == "revendiqué par Faucons de Ninive"
    assert kinds(found, "responsibility") == {("responsibility", "update", "expired")}
    assert [(u.value, u.as_of.day) for u in found.updates] == [("unclaimed", 14), ("claimed", 15)]


def test_a_claim_disowned_by_its_alleged_author_is_no_claim_and_the_attack_stands(record):
    found = record(
        ("a", [("chaîne Telegram liée aux Brigades du Hezbollah", {"kind": "armed_group"}), ANONYMOUS],
         [("s1", {"stance": "claims_responsibility"}), ("s2", {"weapons": ["5+ rocket"]})]),
        ("b", [("Brigades du Hezbollah", {"kind": "armed_group"})], [("s1", {"stance": "denies"})]),
    )  # fmt: skip
    assert kinds(found, "responsibility") == {("responsibility", "conflict", "statement_denied")}
    assert found.value("responsibility") == "unclaimed"
    assert found.value("weapons")[0].kind == "rocket"
    assert not any(d.field == "incident" for d in found.differences)


def test_to_deny_a_part_in_it_is_not_to_deny_the_attack(record):
    found = record(
        ("a", [ARMY, ("mission iranienne auprès de l'ONU", {"kind": "government", "country": "IR"})],
         [("s1", {"killed": 3}), ("s2", {"stance": "denies"})]),
    )  # fmt: skip
    assert kinds(found) == {("responsibility", "conflict", "denial")}
    assert found.independent == 1


def test_a_witness_that_denies_the_facts_contradicts_them(record):
    found = record(
        ("a", [ARMY, ("habitants", {"kind": "witness", "terms": "role"})],
         [("s1", {"killed": 3}), ("s2", {"stance": "denies", "killed": 3})]),
    )  # fmt: skip
    assert kinds(found) == {("incident", "conflict", "denial")}
    assert bounds(found.value("killed")) == (3, 3)


def test_to_have_no_information_is_no_denial(record):
    found = record(
        ("a", [ANONYMOUS, ("Pentagone", {"kind": "government"})],
         [("s1", {"weapons": ["1 drone"]}), ("s2", {"stance": "no_information"})]),
    )  # fmt: skip
    assert kinds(found) == {("incident", "compatible", "no_information")}
    assert found.independent == 1


def test_rival_authors_are_a_conflict_and_a_word_for_anybody_gives_way(record):
    found = record(
        ("a", [ARMY], [("s1", {})], {"actors": ["hommes armés"], "type": "attack"}),
        ("b", [SDF], [("s1", {})], {"actors": ["État islamique"], "type": "attack"}),
        ("c", [MAYOR], [("s1", {})], {"actors": ["Boko Haram"], "type": "attack"}),
        (
            "d",
            [("PCN", {})],
            [("s1", {})],
            {"actors": ["Islamic State"], "type": "attack", "actor_basis": "claimed", "language": "en"},
        ),
    )
    assert kinds(found, "actors") == {("actors", "conflict", "actor")}
    assert [(a.name, a.basis) for a in found.value("actors")] == [
        ("Islamic State", "claimed"),
        ("Boko Haram", "stated"),
    ]


def test_fighters_by_one_and_civilians_by_another(record):
    found = record(
        ("a", [ARMY], [("s1", {})], {"targets": ["combattants"]}), ("b", [MAYOR], [("s1", {})], {"targets": ["civils"]})
    )
    assert kinds(found, "targets") == {("targets", "conflict", "target")}


def test_another_cause_is_a_conflict_of_type(record):
    found = record(
        ("a", [ARMY], [("s1", {})], {"type": "air_drone_strike"}),
        ("b", [SDF], [("s1", {})], {"type": "remote_explosive"}),
        ("c", [MAYOR], [("s1", {})], {"type": "other_violence"}),
        ("d", [ANONYMOUS], [("s1", {})], {"type": "air_drone_strike"}),
    )
    assert found.value("type") == "air_drone_strike"
    assert kinds(found, "type") == {("type", "conflict", "cause")}


def test_every_value_leads_back_to_words(make):
    claim = make.claim(1, "s1", killed=3)
    (member,) = make.members("a", [make.incident(1)], [make.source("ONU")], [claim])
    found = reconcile([member], (), decisions.state([]), seeded())
    assert [(q.report_id, q.span) for q in found.fields["killed"].evidence] == [("a", claim.evidence[0])]


# --- decisions --------------------------------------------------------------------------------------------------------


def two(record, log=()):
    return record(
        ("a", [SOHR_FR], [("s1", {"killed": 8})]), ("b", [SDF], [("s1", {"killed": 6})], {"outlet": "X"}), log=log
    )  # fmt: skip


def test_an_edit_stands_before_what_was_worked_out_and_is_named(record):
    edit = {"kind": "edit", "members": ("b#i1",), "field": "killed", "value": 7, "why": "liste nominative"}
    value = two(record, [edit]).fields["killed"]
    assert (bounds(value.value), value.basis, value.decision) == ((7, 7), "decided", 1)
    assert value.why_fr == "saisi par Ana (décision 1) : liste nominative"
    assert value.why_en == "set by Ana (decision 1): liste nominative"


def test_an_edit_rests_on_the_words_that_were_pointed_at(record):
    words = Quoted("b", Span(3, 14, "sept morts"))
    edit = {"kind": "edit", "members": ("b#i1",), "field": "killed", "value": 7, "evidence": (words,)}
    assert two(record, [edit]).fields["killed"].evidence == (words,)
    accept = {**edit, "kind": "accept", "value": {"lower": 6, "upper": 8}}
    evidence = two(record, [accept]).fields["killed"].evidence
    assert evidence[0] == words
    assert len(evidence) == 3  # beside those of the two accounts


def test_accepting_keeps_accounts_and_words(record):
    accept = {"kind": "accept", "members": ("a#i1",), "field": "killed", "value": {"lower": 6, "upper": 8}}
    value = two(record, [accept]).fields["killed"]
    assert (bounds(value.value), value.basis, value.independent) == ((6, 8), "decided", 2)
    assert value.evidence
    assert value.why_en == "accepted by Ana (decision 1)"


def test_rejecting_a_value_leaves_the_rest_to_speak(record):
    reject = {"kind": "reject", "members": ("a#i1",), "field": "killed", "value": 8}
    value = two(record, [reject]).fields["killed"]
    assert (bounds(value.value), value.decision) == ((6, 6), 1)
    assert "une autre valeur rejetée par Ana" in value.why_fr


def test_rejecting_a_field_leaves_nothing(record):
    assert two(record, [{"kind": "reject", "members": ("a#i1",), "field": "killed"}]).value("killed") is None


def test_rejecting_a_claim_takes_it_out_and_keeps_it_listed(record):
    found = two(record, [{"kind": "reject", "claim": "a#c1"}])
    assert bounds(found.value("killed")) == (6, 6)
    assert sorted(s.standing for a in found.accounts for s in a.statements) == ["counts", "rejected"]
    assert (found.independent, found.decisions) == (1, (1,))


def test_editing_a_claim_changes_what_it_says(record):
    found = two(record, [{"kind": "edit", "claim": "a#c1", "field": "killed", "value": 6}])
    assert (bounds(found.value("killed")), found.fields["killed"].basis) == ((6, 6), "agreed")


def test_an_alias_makes_two_accounts_one(record):
    tellers = [("a", [ARMY], [("s1", {"killed": 3})]), ("b", [("EMV", {"kind": "military"})], [("s1", {"killed": 3})])]
    assert record(*tellers).independent == 2
    assert record(*tellers, log=[{"kind": "alias", "names": (ARMY[0], "EMV")}]).independent == 1


def test_a_graded_source_shows_its_grade(record):
    found = two(record, [{"kind": "profile", "names": ("SOHR",), "value": {"reliability": "B"}}])
    assert {a.reliability for a in found.accounts if "Observatoire" in a.names[0]} == {"B"}


@pytest.mark.parametrize("seed", range(5))
def test_undoing_all_gives_back_the_earlier_record_exactly(record, seed):
    before = two(record)
    log = [
        {"kind": "edit", "members": ("a#i1",), "field": "killed", "value": 7},
        {"kind": "reject", "claim": "b#c1"},
        {"kind": "alias", "names": (SOHR_FR[0], SDF[0])},
        {"kind": "reject", "members": ("b#i1",), "field": "date"},
        {"kind": "accept", "members": ("b#i1",), "field": "place"},
    ]
    numbers = list(range(1, len(log) + 1))
    random.Random(seed).shuffle(numbers)
    assert two(record, [dict(line) for line in log]) != before
    assert two(record, [*(dict(line) for line in log), *({"kind": "undo", "undoes": n} for n in numbers)]) == before


def test_a_later_version_of_the_same_day_is_the_later_word(make):
    members = []
    for n, (killed, created) in enumerate(((11, "2024-03-15T18:00:00Z"), (7, "2024-03-15T12:00:00Z"))):
        coded = make.coded(f"r{n}", [make.incident(1)], [make.source("ONU")], [make.claim(1, "s1", killed=killed)])
        wired = WireIdentity(key=f"k{n}", version_created=created)
        members.extend(reported_incidents(replace(coded, report=replace(coded.report, wire=wired))))
    found = reconcile(members, (), decisions.state([]), seeded())
    assert bounds(found.value("killed")) == (11, 11)
    assert [u.value.lower for u in found.updates] == [7, 11]
