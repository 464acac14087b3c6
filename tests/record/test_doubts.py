"""Which values a person had better look at. Everything told here is invented."""

from __future__ import annotations

from dataclasses import replace

from vigie.model.places import Place
from vigie.record import decisions
from vigie.record.doubts import LEAST, confidence_in, doubts
from vigie.record.reconcile import reconcile
from vigie.record.sources import seeded


def record(make, *tellers, log=(), confidence=None, confidences=()):
    """The doubts about the incident that these tell: each is (report, more of the incident, claims)."""
    members = []
    for number, (report, about, claims) in enumerate(tellers):
        sources = [make.source(("Observatoire de Valmarc", "Brigade of the Plain")[number], 1)]
        incident = replace(make.incident(1, **about), confidence=confidence, confidences=dict(confidences))
        told = [make.claim(1, "s1", **claims)]
        members += make.members(report, [incident], sources, told, outlet=f"Outlet {number}")
    lines = make.log(*log) if log else ()
    found = reconcile(members, (), decisions.state(lines), seeded().with_decisions(decisions.state(lines)))
    return {d.field: d for d in doubts(found, members)}


SURE = {"weapons": ["2 drone"], "type": "air_drone_strike"}


def test_a_plain_incident_of_one_account_raises_no_doubt(make):
    assert record(make, ("a", {**SURE, "killed": 3}, {"killed": 3})) == {}


def test_rival_tolls_are_worth_a_look_the_more_were_hurt(make):
    few = record(make, ("a", SURE, {"killed": 1}), ("b", SURE, {"killed": 3}))["killed"]
    many = record(make, ("a", SURE, {"killed": 40}), ("b", SURE, {"killed": 90}))["killed"]
    assert few.grounds[0] == many.grounds[0] == "contradicted"
    assert LEAST < few.usefulness < many.usefulness < 1
    assert few.why("fr").startswith("des récits se contredisent")


def test_a_day_that_is_assumed_or_left_open_is_worth_a_look(make):
    assumed = record(make, ("a", {**SURE, "basis": "assumed"}, {}))["date"]
    assert assumed.grounds == ("assumed_day", "one_account")
    month = record(make, ("a", {**SURE, "day": "2024-03"}, {}))["date"]
    assert month.grounds == ("coarse_day", "one_account")


def test_a_place_that_no_list_knows_is_worth_a_look(make):
    place = Place("Tarkhalout", "Tarkhalout", None, "settlement")
    assert record(make, ("a", {**SURE, "place": place}, {}))["place"].grounds == ("unknown_place", "one_account")


def test_what_the_coder_itself_doubts_is_worth_a_look(make):
    assert record(make, ("a", SURE, {}), confidence=0.95) == {}
    unlikely = record(make, ("a", SURE, {}), confidence=0.4)["type"]
    assert unlikely.grounds == ("unlikely", "one_account")
    assert unlikely.weight == round(1 - 0.4 * 0.8, 6)


def test_what_somebody_decided_on_is_left_alone(make):
    rivals = (("a", SURE, {"killed": 1}), ("b", SURE, {"killed": 3}))
    accept = {"kind": "accept", "members": ("a#i1",), "field": "killed", "value": {"lower": 1, "upper": 3}}
    assert "killed" not in record(make, *rivals, log=[accept])
    reject = {"kind": "reject", "members": ("a#i1",), "field": "killed", "value": 3}
    assert "killed" not in record(make, *rivals, log=[reject])
    edit = {"kind": "edit", "members": ("b#i1",), "field": "killed", "value": 2}
    assert "killed" not in record(make, *rivals, log=[edit])
    undo = {"kind": "undo", "undoes": 1}
    assert "killed" in record(make, *rivals, log=[edit, undo])


def test_doubts_come_in_the_order_of_their_use(make):
    found = record(
        make, ("a", {**SURE, "basis": "assumed"}, {"killed": 9}), ("b", {**SURE, "basis": "assumed"}, {"killed": 30})
    )
    uses = [d.usefulness for d in found.values()]
    assert uses == sorted(uses, reverse=True)
    assert next(iter(found)) == "killed"
    assert isinstance(found["killed"].weight, float)


def test_a_value_the_coder_is_not_sure_of_is_worth_a_look_and_says_why(make):
    told = ("a", {**SURE, "killed": 3}, {"killed": 3})
    assert record(make, told, confidences={"killed": 0.8, "type": 0.9}) == {}
    doubt = record(make, told, confidences={"killed": 0.2, "type": 0.9})["killed"]
    assert doubt.grounds == ("unsure", "one_account")
    assert doubt.weight == round(1 - 0.2 * 0.8, 6)
    assert "le codeur n'est pas sûr de cette valeur" in doubt.why("fr")


def test_of_two_values_with_the_same_ground_the_one_the_coder_is_less_sure_of_comes_first(make):
    told = ("a", {**SURE, "basis": "assumed"}, {})
    sure = record(make, told, confidences={"date": 0.9})["date"]
    unsure = record(make, told, confidences={"date": 0.5})["date"]
    assert sure.grounds == unsure.grounds == ("assumed_day", "one_account")
    assert sure.usefulness < unsure.usefulness


def test_two_reports_of_which_one_is_sure_leave_no_doubt(make):
    incident = replace(make.incident(1), confidences={"actors[0]": 0.9, "actors[1]": 0.3})
    assert confidence_in("actors", [incident]) == 0.3
    assert confidence_in("actors", [incident, replace(incident, confidences={"actors[0]": 0.8})]) == 0.8
    assert confidence_in("killed", [incident]) is None
