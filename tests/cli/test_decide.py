"""Deciding from the command line: what each decision does to the record, that undoing gives it back exactly, and that
nobody overwrites what somebody else decided."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import Result

from told_reports import next_day
from vigie.cli import STORE_FAILED, USAGE
from vigie.cli.exits import ALL_CODED, CONFLICT, NOT_THERE
from vigie.cli.typed_values import HOW, value_of
from vigie.errors import DecisionError
from vigie.record.field_values import FIELDS
from vigie.store.keeping import Arrival
from vigie.store.store import Store

Vigie = Callable[..., Result]


def decide(vigie: Vigie, *arguments: object) -> dict[str, Any]:
    run = vigie("decide", *arguments, "--format", "json")
    assert run.exit_code == ALL_CODED, run.stderr
    made: dict[str, Any] = json.loads(run.stdout)
    return made


def shown(vigie: Vigie, id: str) -> dict[str, Any]:
    run = vigie("show", id, "--format", "json")
    assert run.exit_code == ALL_CODED, run.stderr
    incident: dict[str, Any] = json.loads(run.stdout)
    return incident


def found(vigie: Vigie, *options: object) -> list[str]:
    run = vigie("incidents", *options, "--format", "csv")
    return [row["id"] for row in csv.DictReader(io.StringIO(run.stdout))]


@pytest.fixture
def harir(vigie: Vigie) -> str:
    return found(vigie, "--place", "Harir")[0]


def test_a_value_is_edited_and_says_who_did_it_and_why(vigie: Vigie, harir: str) -> None:
    run = vigie("decide", "edit", harir, "injured", "4-6", "--why", "hospital list")
    assert run.exit_code == ALL_CODED, run.stderr
    assert run.stdout.startswith("decision 1 is in the log\n1. value edited · injured fr:harir#i1 → 4 to 6 · ana · ")
    assert " – hospital list\nnow: " in run.stdout
    value = shown(vigie, harir)["fields"]["injured"]
    assert (value["value"]["lower"], value["value"]["upper"], value["basis"], value["decision"]) == (4, 6, "decided", 1)
    assert "set by ana (decision 1): hospital list" in vigie("show", harir).stdout
    assert "1. valeur corrigée · blessés" in vigie("show", harir, "--labels", "fr").stdout
    assert found(vigie, "--unreviewed", "--place", "Harir") == []
    assert decide(vigie, "reject", harir, "killed")["incidents"][0]["id"] == harir
    assert "killed" not in shown(vigie, harir)["fields"]
    assert decide(vigie, "accept", harir, "type")["decision"]["kind"] == "accept"
    assert shown(vigie, harir)["fields"]["type"]["basis"] == "decided"


def test_a_claim_is_rejected(vigie: Vigie, harir: str) -> None:
    assert any(d["kind"] == "denial" for d in shown(vigie, harir)["differences"])
    decide(vigie, "reject", "fr:harir#c2", "--why", "misread")
    decide(vigie, "reject", "fr:harir-copie#c2", "--why", "misread")
    assert not any(d["kind"] == "denial" for d in shown(vigie, harir)["differences"])
    assert "rejected by a person: does not count" in vigie("show", harir).stdout


def test_incidents_are_split_and_merged_and_old_ids_live_on(vigie: Vigie, harir: str) -> None:
    tried = decide(vigie, "split", harir, "en:harir", "--try")
    assert (tried["kept"], len(tried["incidents"])) == (False, 2)
    assert len(shown(vigie, harir)["members"]) == 3  # nothing was kept
    assert "0" not in vigie("decisions").stdout
    apart = decide(vigie, "split", harir, "en:harir#i1")
    assert sorted(len(incident["members"]) for incident in apart["incidents"]) == [1, 2]
    other = next(incident["id"] for incident in apart["incidents"] if incident["members"] == ["en:harir#i1"])
    joined = decide(vigie, "merge", harir, other, "--why", "one night after all")
    assert [incident["members"] for incident in joined["incidents"]] == [
        ["en:harir#i1", "fr:harir#i1", "fr:harir-copie#i1"]
    ]
    assert shown(vigie, other)["id"] == joined["incidents"][0]["id"]


def test_pairs(vigie: Vigie, harir: str) -> None:
    gao = found(vigie, "--place", "Gao")
    made = decide(vigie, "same", gao[0], gao[1], "--why", "same day")
    assert len(made["incidents"]) == 1
    assert made["decision"]["members"] == ["fr:gao-1#i1", "fr:gao-3#i1"]
    decide(vigie, "different", "fr:gao-1#i1", "fr:gao-3#i1")
    assert len(found(vigie, "--place", "Gao")) == 2
    assert decide(vigie, "unsure", harir, gao[0])["decision"]["kind"] == "unsure"


def test_sources_are_joined_parted_and_described(vigie: Vigie, harir: str) -> None:
    decide(vigie, "alias", "U.S. official", "mairie", "--why", "for the test")
    decide(vigie, "unalias", "U.S. official", "mairie")
    decide(vigie, "profile", "Brigade of the Zab", "--reliability", "D", "--country", "IQ")
    assert "reliability D, not usually reliable" in vigie("show", harir).stdout
    assert vigie("decide", "profile", "Brigade of the Zab").exit_code == USAGE
    assert "is no reliability" in vigie("decide", "profile", "X", "--reliability", "G").stderr


def test_undoing_any_of_it_gives_back_the_earlier_record_exactly(vigie: Vigie, harir: str, own_told: str) -> None:
    def record() -> tuple[dict[str, str], str]:
        with Store.open(own_told) as store:
            prints = store.fingerprint()
        return prints, vigie("show", harir, "--format", "json").stdout

    decisions: tuple[tuple[object, ...], ...] = (
        ("edit", harir, "killed", "2"),
        ("split", harir, "en:harir"),
        ("merge", harir, found(vigie, "--place", "Gao")[0]),
        ("reject", "fr:harir#c1", "injured"),
        ("alias", "U.S. official", "source de sécurité"),
        ("different", "fr:harir#i1", "fr:harir-copie#i1"),
        ("profile", "mairie", "--reliability", "B"),
    )
    before = [record()]
    for decision in decisions:
        decide(vigie, *decision)
        before.append(record())
    assert len({json.dumps(each) for each in before}) > 5  # they do change the record
    for number in range(len(decisions), 0, -1):
        decide(vigie, "undo", number, "--why", "as it was")
        assert record() == before[number - 1], decisions[number - 1]
    decide(vigie, "undo", 2 * len(decisions))  # the undoing of the first decision
    assert record() == before[1]
    assert "is already undone, by 13" in vigie("decide", "undo", 2).stderr


def test_what_somebody_else_decided_meanwhile_is_told(vigie: Vigie, harir: str) -> None:
    gao = found(vigie, "--place", "Gao")[0]
    decide(vigie, "edit", harir, "injured", "4", "--who", "bea", "--why", "asked the base")
    clash = vigie("decide", "edit", harir, "injured", "7", "--seen", "0")
    assert (clash.exit_code, clash.stdout) == (CONFLICT, "")
    assert "somebody has decided on the same since decision 0" in clash.stderr
    assert "1. value edited · injured fr:harir#i1 → 4 · bea" in clash.stderr
    assert "asked the base" in clash.stderr
    assert "--seen 1" in clash.stderr
    assert shown(vigie, harir)["fields"]["injured"]["value"]["lower"] == 4
    assert decide(vigie, "edit", gao, "killed", "1", "--seen", "0")["decision"]["number"] == 2  # about something else
    assert decide(vigie, "edit", harir, "killed", "1", "--seen", "0")["decision"]["number"] == 3  # another field
    assert decide(vigie, "edit", harir, "injured", "7", "--seen", "1")["decision"]["number"] == 4
    assert "the log stands at 4" in vigie("decide", "undo", "1", "--seen", "9").stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("edit", "I0000000000", "killed", "1"), NOT_THERE, "no incident 'I0000000000'"),
        (("edit", "HARIR", "colour", "red"), USAGE, "no field is called 'colour'; there are: type, date"),
        (("edit", "HARIR", "killed", "many"), USAGE, "'many' is no value for 'killed': type 12, 3-5"),
        (("edit", "HARIR", "killed", "5-3"), USAGE, "the lower bound is above the upper"),
        (("edit", "HARIR", "date", "2024-02-30"), USAGE, "is no value for 'date'"),
        (("edit", "HARIR", "weapons", "2 stones"), USAGE, "is no value for 'weapons'"),
        (("reject", "HARIR"), USAGE, "only a claim (report#c1) can be rejected as a whole"),
        (("split", "HARIR", "fr:gao-1"), USAGE, "'fr:gao-1' is not among what"),
        (("split", "HARIR", "fr:harir", "fr:harir-copie", "en:harir"), USAGE, "some of `members`, not all"),
        (("merge", "HARIR", "en:harir#i1"), USAGE, "that is one incident already"),
        (("same", "HARIR", "HARIR"), USAGE, "are one incident: name what two reports tell"),
        (("alias", "mairie", "Mairie"), USAGE, "2 name(s) that are not the same"),
        (("undo", "7"), USAGE, "no decision 7 to undo"),
        (("edit", "HARIR", "killed", "1", "--who", " "), USAGE, "says who made it"),
    ],
)
def test_what_makes_no_sense_is_refused_and_not_kept(
    vigie: Vigie, harir: str, arguments: tuple[str, ...], code: int, said: str
) -> None:
    run = vigie("decide", *(harir if word == "HARIR" else word for word in arguments))
    assert run.exit_code == code
    assert said in run.stderr
    assert vigie("decisions").stdout == "No decision; the chain of their hashes holds\n"


def test_the_log_is_listed_once_its_chain_is_verified(vigie: Vigie, harir: str, own_told: str) -> None:
    decide(vigie, "edit", harir, "killed", "2", "--who", "bea")
    decide(vigie, "edit", found(vigie, "--place", "Gao")[0], "killed", "7")
    decide(vigie, "undo", 1)
    assert vigie("decisions").stdout.startswith("3 decisions; the chain of their hashes holds\n")
    assert "bea · " in vigie("decisions", "--by", "bea").stdout
    about = json.loads(vigie("decisions", "--incident", harir, "--format", "json").stdout)
    assert [(line["number"], line["stands"]) for line in about["decisions"]] == [(1, False), (3, False)]
    rows = list(csv.DictReader(io.StringIO(vigie("decisions", "--format", "csv").stdout)))
    assert [(row["number"], row["kind"], row["who"]) for row in rows] == [
        ("1", "edit", "bea"), ("2", "edit", "ana"), ("3", "undo", "ana")
    ]  # fmt: skip
    assert "annulée" in vigie("decisions", "--labels", "fr").stdout
    with sqlite3.connect(own_told.removeprefix("sqlite:///")) as database:
        database.execute("DROP TRIGGER decisions_no_update")
        database.execute("UPDATE decisions SET json = replace(json, 'bea', 'eve') WHERE number = 1")
    broken = vigie("decisions")
    assert (broken.exit_code, broken.stdout) == (STORE_FAILED, "")
    assert "the log of decisions is broken at 1" in broken.stderr


def test_pairs_that_may_be_one_come_with_their_reasons(vigie: Vigie, harir: str, own_told: str) -> None:
    assert vigie("review", "--only", "pairs").stdout == "Nothing to review; the log stands at decision 0\n"
    with Store.open(own_told) as store:
        store.add([Arrival(next_day(), "invented")], "invented/1")
    printed = vigie("review", "--only", "pairs").stdout
    assert printed.startswith("1 thing to review – the most useful first; the log stands at decision 0\n")
    for words in (
        "% alike", "Shelling, rockets or missiles, Gao, Mali, 7 Mar 2024  [en:gao#i1]", "“Shells killed six”",
        "the same town or village (Gao and Gao)", "days that follow one another", "→ vigie decide same I",
    ):  # fmt: skip
        assert words in printed, words
    (pair,) = json.loads(vigie("review", "--only", "pairs", "--format", "json").stdout)["items"]
    assert (pair["blocked"], pair["members"][0]) == (None, "en:gao#i1")
    assert {level["field"] for level in pair["levels"]} >= {"date", "place", "type"}
    french = vigie("review", "--labels", "fr", "--only", "pairs", "--incident", pair["incidents"][0]).stdout
    assert french.startswith("1 point à revoir – les plus utiles d'abord")
    assert "la même ville ou le même village" in french
    assert vigie("review", "--only", "pairs", "--incident", harir).stdout.startswith("Nothing to review")
    made = decide(vigie, "unsure", *pair["incidents"])  # named by their incidents: the pair that was suggested is meant
    assert made["decision"]["members"] == pair["members"]
    assert vigie("review", "--only", "pairs").stdout.startswith("Nothing to review; the log stands at decision 1")


def test_values_worth_a_look_come_with_what_speaks_against_them(vigie: Vigie, harir: str) -> None:
    printed = vigie("review", "--only", "values").stdout
    assert "injured: at least 3" in printed
    assert "? accounts contradict each other" in printed
    assert f"→ vigie decide accept {harir} injured" in printed
    whole = json.loads(vigie("review", "--format", "json").stdout)
    first = json.loads(vigie("review", "--limit", "1", "--format", "json").stdout)
    assert (first["found"], first["items"]) == (whole["found"], whole["items"][:1])
    rest = json.loads(vigie("review", "--after", first["next"], "--format", "json").stdout)
    assert rest["items"] == whole["items"][1:]
    about = json.loads(vigie("review", "--incident", harir, "--format", "json").stdout)
    assert about["found"] == len(about["items"]) == len([i for i in whole["items"] if i.get("incident") == harir])
    decide(vigie, "accept", harir, "injured")
    assert "injured" not in vigie("review").stdout
    assert vigie("review", "--after", "xyz").exit_code == USAGE


# --- values as they are typed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("killed", "12", 12),
        ("killed", "3-5", {"lower": 3, "upper": 5}),
        ("injured", "5+", {"lower": 5, "upper": None, "hedge": "at_least"}),
        ("injured", "<=4", {"lower": None, "upper": 4, "hedge": "at_most"}),
        ("date", "2024-03-14", {"start": "2024-03-14", "end": "2024-03-14", "grain": "day"}),
        ("date", "2024-03-14/2024-03-15", {"start": "2024-03-14", "end": "2024-03-15", "grain": "day"}),
        ("date", "2024-02", {"start": "2024-02-01", "end": "2024-02-29", "grain": "month"}),
        ("place", "Nulle Part, Irak, 36.5, 44.4", {"name": "Nulle Part", "country": "IQ", "lat": 36.5, "lon": 44.4}),
        ("type", "suicide bombing", "suicide_bomb"),
        ("responsibility", "revendiquée", "claimed"),
        ("damage", "reported", "reported"),
        ("actors", "JNIM (claimed); EIGS", [{"name": "JNIM", "basis": "claimed"}, {"name": "EIGS"}]),
        ("targets", "market (civilian)", [{"name": "market", "kind": "civilian"}]),
        ("weapons", "2-3 drones; mortar (failed)", [
            {"kind": "drone", "lower": 2, "upper": 3, "outcome": "unknown"},
            {"kind": "mortar", "lower": None, "upper": None, "outcome": "failed"},
        ]),
        ("killed", '{"lower": 1, "upper": 2, "hedge": "about"}', {"lower": 1, "upper": 2, "hedge": "about"}),
    ],
)  # fmt: skip
def test_values_as_they_are_typed(field: str, typed: str, value: object) -> None:
    assert value_of(field, typed) == value


def test_every_field_says_how_it_is_typed() -> None:
    assert set(HOW) == set(FIELDS)
    known = value_of("place", "Harir")
    assert (known["country"], known["precision"]) == ("IQ", "site")  # the gazetteer knows it
    for field in FIELDS:
        with pytest.raises(DecisionError):
            value_of(field, "(")
