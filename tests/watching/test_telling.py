"""Telling: every change that a saved filter asks for is told once, with what changed; nothing else is."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from feed_server import Server, atom, atom_entry, entry, rss, tombstone
from invented_watch import Watched
from vigie.model.record import Decision
from vigie.runs.watching.plan import Plan
from vigie.runs.watching.telling import WATCHED, changed_fields

PlanOf = Callable[..., Plan]
RUTBA = "Rutba IQ 2024-07-28 attack: 3 killed, says army spokesman."
RUTBA_5 = "Rutba IQ 2024-07-28 attack: 5 killed, says army spokesman. The toll has risen."
QAIM = "Qaim IQ 2024-07-28 attack: 2 killed, says police officer."
RAQQA = "Raqqa SY 2024-07-28 attack: 4 killed, says police officer."
KILLED = [("killed", {"lower": 3, "upper": 3}, {"lower": 5, "upper": 5})]


def after(watched: Watched, server: Server, plan: Plan, *entries: str) -> list[tuple[str, str]]:
    """What is told when the feed holds some entries, ten minutes later."""
    watched.clock.forward(minutes=12)
    server.gives("/feed", rss(*entries))
    watched.once(plan)
    return watched.told()


def bodies(watched: Watched) -> list[dict[str, Any]]:
    """What was shown since the last time."""
    found = [dict(notice.body) for notice in watched.shown]
    watched.shown.clear()
    return found


def changes(body: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    return [(c["field"], c["before"], c["after"]) for c in body["changes"]]


def decide(watched: Watched, kind: str, **more: Any) -> None:
    watched.store.decide(Decision(0, kind, "an analyst", "2024-08-01T12:00:00Z", **more))  # type: ignore[arg-type]


def members(watched: Watched, *places: str) -> tuple[str, ...]:
    """The keys of what reports tell of places, in that order."""
    keys = {}
    for coded in watched.store.reports():
        for incident in coded.incidents:
            assert incident.place is not None
            keys[incident.place.name] = f"{coded.report.id}#{incident.id}"
    return tuple(keys[place] for place in places)


def test_a_toll_that_changes_is_told_with_what_changed_and_why(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    plan = plan_of()
    assert after(watched, server, plan, entry("1", RUTBA)) == [("new", "Rutba")]
    watched.clock.forward(minutes=12)
    server.gives("/feed", rss(entry("2", RUTBA_5, day="2024-07-30", title="Toll rises"), entry("1", RUTBA)))
    watched.once(plan)
    (told,) = bodies(watched)
    assert (told["kind"], told["revision"]) == ("changed", 2)
    assert changes(told) == KILLED
    assert told["changes"][0]["why"]["fr"]
    assert told["incident"]["killed"] == {"lower": 5, "upper": 5}
    assert [(r["title"], r["new"]) for r in told["reports"]] == [("Toll rises", True), ("Dispatch 1", False)]


def test_another_paper_with_the_same_values_is_told_as_another_witness_only_where_asked_for(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    second = "Rutba IQ 2024-07-28 attack: 3 killed, says hospital director. Something else stands here too."
    tolls = plan_of('[[filters]]\nname = "tolls"\nfields = ["killed", "injured"]\n[[filters]]\nname = "all"')
    after(watched, server, tolls, entry("1", RUTBA))
    watched.clock.forward(minutes=12)
    server.gives("/feed", rss(entry("2", second, day="2024-07-29"), entry("1", RUTBA)))
    watched.once(tolls)
    (told,) = bodies(watched)
    assert told["filter"] == "all"
    assert changes(told) == [("independent", 1, 2)]


def test_nothing_is_told_of_a_report_that_changes_nothing(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    plan = plan_of()
    after(watched, server, plan, entry("1", RUTBA))
    assert after(watched, server, plan, entry("1", RUTBA), entry("2", "Nothing happened today.")) == []
    assert after(watched, server, plan, entry("1", RUTBA), entry("3", f"{RUTBA} Nothing more is known.")) == []


def test_a_story_that_its_provider_takes_back_is_told_as_withdrawn(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    plan = plan_of()
    server.gives("/feed", atom(atom_entry("1", RUTBA), atom_entry("2", QAIM)))
    watched.once(plan)
    watched.told()
    watched.clock.forward(minutes=12)
    server.gives("/feed", atom(tombstone("1"), atom_entry("2", QAIM)))
    watched.once(plan)
    (told,) = bodies(watched)
    assert (told["kind"], told["incident"]["place"]["name"], told["incident"]["standing"]) == (
        "withdrawn",
        "Rutba",
        "withdrawn",
    )
    assert changes(told)[0] == ("standing", "counts", "withdrawn")
    watched.clock.forward(minutes=12)
    server.gives("/feed", atom(tombstone("1"), atom_entry("2", f"{QAIM} More.")))
    watched.once(plan)
    assert watched.told() == []  # once is enough


def test_a_later_version_of_a_story_is_told_as_a_change(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    plan = plan_of()
    server.gives("/feed", atom(atom_entry("1", RUTBA)))
    watched.once(plan)
    watched.told()
    watched.clock.forward(minutes=12)
    server.gives("/feed", atom(atom_entry("1", RUTBA_5, updated="2024-07-29T18:00:00Z")))
    watched.once(plan)
    (told,) = bodies(watched)
    assert (told["kind"], changes(told)) == ("changed", KILLED)


def test_only_what_a_filter_wants_is_told(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    plan = plan_of(
        '[[filters]]\nname = "Iraq"\n[filters.wanted]\ncountries = ["Irak"]\n'
        '[[filters]]\nname = "many dead"\ntell = ["changed"]\n[filters.wanted]\nkilled_at_least = 4'
    )
    assert after(watched, server, plan, entry("1", RUTBA), entry("2", RAQQA)) == [("new", "Rutba")]
    # "many dead" has not told of Raqqa, as it asks for changes only; it knows it all the same.
    more = entry(
        "3", "Raqqa SY 2024-07-28 attack: 9 killed, says police officer. The toll has risen.", day="2024-07-30"
    )
    watched.clock.forward(minutes=12)
    server.gives("/feed", rss(more))
    watched.once(plan)
    (told,) = bodies(watched)
    assert (told["filter"], told["kind"], told["incident"]["killed"]) == (
        "many dead",
        "changed",
        {"lower": 9, "upper": 9},
    )


def test_what_a_filter_does_not_want_any_more_is_told_once_as_left_and_comes_back_as_changed(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    plan = plan_of('[[filters]]\nname = "attacks"\n[filters.wanted]\ntypes = ["attack"]')
    after(watched, server, plan, entry("1", RUTBA))
    (key,) = members(watched, "Rutba")
    decide(watched, "edit", members=(key,), field="type", value="arson")
    watched.once(plan)
    (told,) = bodies(watched)
    assert (told["kind"], changes(told)) == ("left", [("type", "attack", "arson")])
    decide(watched, "edit", members=(key,), field="killed", value=7)
    watched.once(plan)
    assert watched.told() == []
    decide(watched, "edit", members=(key,), field="type", value="attack")
    watched.once(plan)
    (told,) = bodies(watched)
    assert told["kind"] == "changed"
    assert ("type", "arson", "attack") in changes(told)
    assert ("killed", {"lower": 3, "upper": 3}, {"lower": 7, "upper": 7}) in changes(told)


def test_what_is_in_the_record_when_a_filter_begins_is_known_but_its_changes_are_told(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    server.gives("/feed", rss(entry("1", RUTBA), entry("2", QAIM)))
    watched.once(plan_of("[polling]"))  # takes in, tells nobody
    plan = plan_of()
    assert after(watched, server, plan, entry("1", RUTBA), entry("2", QAIM)) == []
    watched.clock.forward(minutes=12)
    server.gives("/feed", rss(entry("3", RUTBA_5, day="2024-07-30")))
    watched.once(plan)
    (told,) = bodies(watched)
    assert (told["kind"], told["revision"], changes(told)) == ("changed", 1, KILLED)


def test_a_filter_can_tell_what_is_there_when_it_begins(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", rss(entry("1", RUTBA), entry("2", QAIM)))
    watched.once(plan_of("[polling]"))
    watched.once(plan_of('[[filters]]\nname = "all"\nexisting = "tell"'))
    assert sorted(watched.told()) == [("new", "Qaim"), ("new", "Rutba")]


def test_a_filter_that_wants_something_else_under_its_name_begins_anew(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    iraq = plan_of('[[filters]]\nname = "mine"\n[filters.wanted]\ncountries = ["IQ"]')
    syria = plan_of('[[filters]]\nname = "mine"\n[filters.wanted]\ncountries = ["SY"]')
    after(watched, server, iraq, entry("1", RUTBA), entry("2", RAQQA))
    assert after(watched, server, syria, entry("1", RUTBA), entry("2", RAQQA)) == []
    more = (
        entry("3", RUTBA_5, day="2024-07-30"),
        entry("4", "Homs SY 2024-07-29 attack: 1 killed, says police officer."),
    )
    assert after(watched, server, syria, *more) == [("new", "Homs")]


def test_what_happened_long_ago_is_not_told_as_new_where_a_filter_says_so(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    plan = plan_of('[[filters]]\nname = "lately"\nwithin = "30d"')
    old = "Tikrit IQ 2014-06-12 attack: 9 killed, says police officer."
    assert after(watched, server, plan, entry("1", RUTBA), entry("2", old)) == [("new", "Rutba")]
    # What was told stays followed however long ago it was.
    watched.clock.time += dt.timedelta(days=60)
    assert after(watched, server, plan, entry("3", RUTBA_5, day="2024-07-30")) == [("changed", "Rutba")]


def test_an_earlier_report_that_comes_in_later_does_not_make_an_incident_new(
    server: Server, watched: Watched, plan_of: PlanOf
) -> None:
    plan = plan_of()
    server.gives("/feed", rss(entry("2", RUTBA_5, day="2024-07-30")))
    watched.once(plan)
    (first,) = bodies(watched)
    watched.clock.forward(minutes=12)
    server.gives(
        "/feed", rss(entry("1", "Rutba IQ 2024-07-28 attack: 4 killed, says police officer.", day="2024-07-28"))
    )
    watched.once(plan)
    (second,) = bodies(watched)
    assert second["kind"] == "changed"
    assert second["incident"]["id"] != first["incident"]["id"]
    assert second["formerly"] == first["incident"]["id"]


def test_incidents_that_people_join_and_part(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    plan = plan_of()
    after(watched, server, plan, entry("1", RUTBA), entry("2", QAIM, day="2024-07-30"))
    keys = members(watched, "Rutba", "Qaim")
    rutba, qaim = (watched.store.homes()[key] for key in keys)
    decide(watched, "same", members=keys)
    watched.once(plan)
    (told,) = bodies(watched)
    assert (told["kind"], told["incident"]["id"], told["joined"]) == ("changed", rutba, [qaim])
    decide(watched, "different", members=keys)
    watched.once(plan)
    parted = {body["incident"]["id"]: body for body in bodies(watched)}
    assert parted[qaim]["kind"] == "new"
    assert parted[qaim]["parted_from"] == rutba
    assert rutba not in parted or parted[rutba]["kind"] == "changed"
    watched.once(plan)
    assert watched.told() == []


def test_deriving_the_record_anew_tells_nothing(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    plan = plan_of()
    after(watched, server, plan, entry("1", RUTBA), entry("2", QAIM))
    watched.store.rebuild()
    watched.once(plan)
    assert watched.told() == []


def test_keys_tell_every_notice_from_every_other(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    plan = plan_of('[[filters]]\nname = "one"\n[[filters]]\nname = "two"')
    server.gives("/feed", rss(entry("1", RUTBA), entry("2", QAIM)))
    watched.once(plan)
    (key,) = members(watched, "Rutba")
    for killed in (7, 3, 7, 3):
        decide(watched, "edit", members=(key,), field="killed", value=killed)
        watched.once(plan)
    keys = [body["key"] for body in bodies(watched)]
    assert len(keys) == len(set(keys)) == 2 * 2 + 4 * 2


def test_many_incidents_are_looked_at_a_part_at_a_time(
    server: Server, watched: Watched, plan_of: PlanOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vigie.store import watch_notices

    monkeypatch.setattr(watch_notices, "TOGETHER", 3)
    places = [f"Town{chr(97 + n)} IQ 2024-07-28 attack: {n} killed, says police officer." for n in range(11)]
    server.gives("/feed", rss(*(entry(str(n), text) for n, text in enumerate(places))))
    watched.once(plan_of("[polling]"))
    assert after(watched, server, plan_of(), entry("x", RUTBA)) == [("new", "Rutba")]
    watched.once(plan_of('[[filters]]\nname = "all"\nexisting = "tell"'))
    assert len(watched.told()) == 12


@pytest.mark.parametrize(
    ("field", "one", "other", "same"),
    [
        ("actors", [{"name": "Daech"}], [{"name": "DAECH"}], True),
        ("actors", [{"name": "A"}, {"name": "B"}], [{"name": "B"}, {"name": "A"}], True),
        ("actors", [{"name": "A"}], [{"name": "B"}], False),
        ("killed", {"lower": 3, "upper": 3}, {"lower": 3, "upper": None}, False),
        ("killed", None, {"lower": 0, "upper": 0}, False),
        ("disputed", False, True, False),
        ("type", "attack", "attack", True),
    ],
)
def test_what_counts_as_a_change(field: str, one: Any, other: Any, same: bool) -> None:
    found = changed_fields({field: one}, {field: other}, WATCHED)
    assert found == (() if same else (field,))


def test_a_place_is_the_same_whatever_it_is_called_where_its_point_is() -> None:
    one = {"name": "Aïn al-Assad", "country": "IQ", "lat": 33.8, "lon": 42.4, "gazetteer": None}
    assert changed_fields({"place": one}, {"place": {**one, "name": "Al Asad air base"}}, WATCHED) == ()
    assert changed_fields({"place": one}, {"place": {**one, "lat": 36.0}}, WATCHED) == ("place",)
    bare = {"name": "Rutba", "country": "IQ", "lat": None, "lon": None, "gazetteer": None}
    assert changed_fields({"place": bare}, {"place": {**bare, "name": "RUTBA"}}, WATCHED) == ()


def test_a_plan_without_filters_takes_in_and_tells_nobody(server: Server, watched: Watched, plan_of: PlanOf) -> None:
    server.gives("/feed", rss(entry("1", RUTBA)))
    plan = dataclasses.replace(plan_of(), filters=())
    assert watched.once(plan).taken == 1
    assert watched.told() == []
