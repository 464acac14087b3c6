"""Asking the record from the command line: what is found, what is said of it, in which form, and what wrong use does."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from typer.testing import Result

from told_reports import world
from vigie.cli import STORE_FAILED, USAGE
from vigie.cli.exits import ALL_CODED, NOT_THERE
from vigie.model.record import record_id

Vigie = Callable[..., Result]


def found(run: Result) -> int:
    assert run.exit_code == ALL_CODED, run.stderr
    return int(json.loads(run.stdout)["found"])


def rows(run: Result) -> list[dict[str, str]]:
    assert run.exit_code == ALL_CODED, run.stderr
    return list(csv.DictReader(io.StringIO(run.stdout)))


# --- incidents --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "number"),
    [
        ((), 3),
        (("--place", "Harir"), 1),
        (("--place", "Irak"), 1),
        (("--country", "Mali"), 2),
        (("--country", "ml", "--country", "iq"), 3),
        (("--from", "2024-03-10", "--to", "2024-03"), 2),
        (("--to", "2024-03-06"), 1),
        (("--actor", "JNIM"), 1),
        (("--target", "hangar"), 1),
        (("--weapon", "drone"), 1),
        (("--weapon", "drones", "--weapon", "obus de mortier"), 2),
        (("--type", "armed_clash"), 1),
        (("--type", "affrontement armé"), 1),
        (("--text", "hangar incendi*"), 0),
        (("--text", "hangar"), 1),
        (("--disputed",), 1),
        (("--single-source",), 2),
        (("--unreviewed",), 3),
        (("--bbox", "40,30,50,40"), 1),
        (("--period", "background"), 0),
        (("--place", "Gao", "--type", "armed_clash", "--from", "2024-04"), 0),
    ],
)
def test_filters(asked_of: Vigie, options: tuple[str, ...], number: int) -> None:
    assert found(asked_of("incidents", *options, "--format", "json")) == number


def test_the_number_found_and_what_was_asked_are_always_said(asked_of: Vigie) -> None:
    shown = asked_of("incidents", "--place", "Harir", "--disputed")
    assert shown.stdout.startswith("1 incident found – place “Harir”; disputed only\n")
    assert "3+" in shown.stdout  # at least three injured
    assert "≠ accounts differ" in shown.stdout
    nothing = asked_of("incidents", "--place", "Nulle Part", "--from", "2024-03-01", "--labels", "fr")
    assert nothing.stdout == "Aucun incident trouvé – lieu « Nulle Part »; depuis le 1er mars 2024\n"
    assert nothing.exit_code == ALL_CODED
    listed = asked_of("incidents", "--format", "csv")
    assert listed.stderr == "vigie: 3 incidents found\n"
    assert [row["id"] for row in rows(listed)] == [row["id"] for row in json_rows(asked_of)]


def json_rows(asked_of: Vigie) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = json.loads(asked_of("incidents", "--format", "json").stdout)["incidents"]
    return lines


def test_pages_follow_one_another(asked_of: Vigie) -> None:
    seen: list[str] = []
    after: list[str] = []
    for _ in range(5):
        page = json.loads(asked_of("incidents", "--limit", "1", "--format", "json", *after).stdout)
        assert page["found"] == 3
        seen += [incident["id"] for incident in page["incidents"]]
        if page["next"] is None:
            break
        after = ["--after", page["next"]]
    assert seen == [row["id"] for row in json_rows(asked_of)]
    first = asked_of("incidents", "--limit", "2")
    assert "2 shown; next page: --after " in first.stdout
    other = asked_of("incidents", "--order", "oldest", "--after", first.stdout.split("--after ")[1].strip())
    assert other.exit_code == USAGE
    assert "start again from the first page" in other.stderr


def test_a_table_fits_the_terminal(asked_of: Vigie) -> None:
    for labels in ("en", "fr"):
        printed = asked_of("incidents", "--labels", labels).stdout
        assert all(len(line) <= 100 for line in printed.splitlines()), printed
    french = asked_of("incidents", "--labels", "fr").stdout
    assert "14 mars 2024" in french
    assert "réc." in french


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--type", "nothing"), "no type is called 'nothing'; there are: armed_clash"),
        (("--weapon", "stone"), "no weapon is called 'stone'"),
        (("--country", "Atlantis"), "'Atlantis' is no country"),
        (("--bbox", "1,2,3"), "'1,2,3' is no box"),
        (("--bbox", "1,80,3,10"), "no part of the map"),
        (("--from", "2024-02-30"), "'2024-02-30' is no date"),
        (("--from", "2024-03-02", "--to", "2024-03-01"), "is after"),
        (("--text", "-"), "no word to look for"),
        (("--after", "xyz"), "start again from the first page"),
        (("--limit", "0"), "--limit"),
        (("--format", "xml"), "xml"),
    ],
)
def test_what_means_nothing_is_wrong_use(asked_of: Vigie, options: tuple[str, ...], said: str) -> None:
    run = asked_of("incidents", *options)
    assert run.exit_code == USAGE
    assert said in run.stderr
    assert run.stdout == ""


def test_without_a_store_the_way_out_is_named(tmp_path: object) -> None:
    from typer.testing import CliRunner

    from vigie.cli import app

    for command in (("incidents",), ("show", "I1"), ("tally",), ("tallies",), ("search", "x")):
        run = CliRunner().invoke(app, [*command, "--store", f"{tmp_path}/none.db"])
        assert run.exit_code == STORE_FAILED
        assert "make a store there with `vigie init`" in run.stderr


def test_into_a_file(asked_of: Vigie, tmp_path: object) -> None:
    run = asked_of("incidents", "--format", "json", "--output", f"{tmp_path}/list.json")
    assert (run.exit_code, run.stdout) == (ALL_CODED, "")
    with open(f"{tmp_path}/list.json", encoding="utf-8") as file:
        assert json.load(file)["found"] == 3
    refused = asked_of("incidents", "--output", f"{tmp_path}/no/such/folder/list.json")
    assert refused.exit_code == USAGE
    assert "cannot write" in refused.stderr


# --- show -------------------------------------------------------------------------------------------------------------


def harir(asked_of: Vigie) -> str:
    return rows(asked_of("incidents", "--place", "Harir", "--format", "csv"))[0]["id"]


def test_an_incident_with_everything_it_rests_on(asked_of: Vigie) -> None:
    run = asked_of("show", harir(asked_of))
    assert run.exit_code == ALL_CODED
    for words in (
        "Air or drone strike, base de Harir (Iraq), 14 March 2024",
        "3 reports, 3 independent accounts",
        "weapons: 2 to 3 drones",
        "accounts differ, 2 independent accounts",  # the basis, and how many stand behind it
        "“trois” [fr:harir-copie 79–84]",  # exact words, with report and offsets
        "≠ injured · number – they conflict",
        "U.S. official (as of 16 March 2024): at least 5",
        "▸ source de sécurité  (military, anonymous)",  # who says it, on what terms
        "denies, 15 March 2024",
        "claimed by nobody [Agence Ponant] (15 March 2024) → claimed [Brigade of the",
        "2 reports of one text: one witness: fr:harir, fr:harir-copie",
    ):
        assert words in " ".join(run.stdout.split()) or words in run.stdout, words
    assert all(len(line) <= 100 for line in run.stdout.splitlines())


def test_quotations_stand_where_the_json_says(asked_of: Vigie) -> None:
    incident = json.loads(asked_of("show", harir(asked_of), "--format", "json").stdout)
    texts = {coded.report.id: coded.report.text for coded in world()}
    quoted = [q for value in incident["fields"].values() for q in value["evidence"]]
    quoted += [q for account in incident["accounts"] for said in account["statements"] for q in said["evidence"]]
    assert len(quoted) > 10
    for each in quoted:
        span = each["span"]
        assert texts[each["report_id"]][span["start"] : span["end"]] == span["quote"]
    assert incident["schema"] == "vigie/incident/1"
    assert [report["id"] for report in incident["reports"]] == ["en:harir", "fr:harir", "fr:harir-copie"]
    assert incident["independent"] == 3


def test_ids_of_members_and_their_keys_find_the_incident(asked_of: Vigie) -> None:
    own = harir(asked_of)
    for id in (record_id("en:harir#i1"), "en:harir#i1", own):
        assert json.loads(asked_of("show", id, "--format", "json").stdout)["id"] == own
    missing = asked_of("show", own, "I0000000000")
    assert missing.exit_code == NOT_THERE
    assert "no incident 'I0000000000'" in missing.stderr


def test_labels_in_french_and_markdown(asked_of: Vigie) -> None:
    french = asked_of("show", harir(asked_of), "--labels", "fr").stdout
    assert "Frappe aérienne ou de drone, base de Harir (Irak), 14 mars 2024" in french
    assert "2 articles d'un même texte : un seul témoin" in french
    assert "« at least five »" in french  # words of a report stay in its language
    markdown = asked_of("show", harir(asked_of), "--format", "md").stdout
    assert markdown.startswith("## Air or drone strike")
    assert "- **injured**: at least 3" in markdown
    assert "### Copies" in markdown


def test_what_was_withdrawn_is_kept_and_says_so(asked_of: Vigie) -> None:
    run = asked_of("show", "fr:fao@1#i1")
    assert "Every report of it was withdrawn: it does not count." in run.stdout
    assert "withdrawn: does not count" in run.stdout
    assert found(asked_of("incidents", "--place", "Fao", "--format", "json")) == 0


# --- tally, tallies ---------------------------------------------------------------------------------------------------


def test_counts_with_both_bounds(asked_of: Vigie) -> None:
    printed = asked_of("tally", "--by", "place").stdout
    assert printed.startswith("3 incidents found – everything\n")
    assert "Gao (Mali)" in printed
    by_place = {row["label"]: row for row in rows(asked_of("tally", "--by", "place", "--format", "csv"))}
    gao = by_place["Gao (Mali)"]
    assert (gao["incidents"], gao["killed_lower"], gao["killed_upper"], gao["killed_told"]) == ("2", "6", "6", "1")
    base = by_place["base de Harir (Iraq)"]
    assert (base["disputed"], base["injured_lower"], base["injured_upper"]) == ("1", "3", "")
    month = json.loads(asked_of("tally", "--by", "month", "--labels", "fr", "--format", "json").stdout)
    assert [(row["value"], row["name"], row["incidents"]) for row in month["rows"]] == [("2024-03", "mars 2024", 3)]
    for by in ("actor", "type", "weapon", "country"):
        assert asked_of("tally", "--by", by, "--labels", "fr").exit_code == ALL_CODED
    assert "No incident found – place “Nowhere”" in asked_of("tally", "--place", "Nowhere").stdout
    assert asked_of("tally", "--by", "colour").exit_code == USAGE


def test_a_published_tally_beside_the_record(asked_of: Vigie) -> None:
    printed = asked_of("tallies").stdout
    for words in ("1 published tally – everything", "“cinq attaques”  Réseau du Nord", "the record: 2",
                  "≠ result: 3 not in the record", "told by others than the counter: 2 incidents"):  # fmt: skip
        assert words in printed
    (row,) = rows(asked_of("tallies", "--format", "csv"))
    assert (row["lower"], row["record_lower"], row["record_upper"], row["missing"]) == ("5", "2", "2", "3")
    assert len(row["elsewhere"].split()) == 2  # neither Gao incident is told by the counter
    assert json.loads(asked_of("tallies", "--format", "json").stdout)["tallies"][0]["missing"] == 3
    assert asked_of("tallies", "--place", "Mali", "--counter", "réseau du nord").stdout.startswith("1 published tally")
    nothing = asked_of("tallies", "--counter", "JNIM", "--labels", "fr")
    assert nothing.stdout == "Aucun décompte publié trouvé – compté par « JNIM »\n"


# --- search -----------------------------------------------------------------------------------------------------------


def test_search_marks_the_words(asked_of: Vigie) -> None:
    run = asked_of("search", "revendiquee", "--outlet", "echo")
    assert run.stdout.startswith("1 report found – text “revendiquee”; outlet echo\n")
    assert "⟦revendiquée⟧" in run.stdout
    assert "fr:harir-copie  L’Écho de Brévenne / Agence Ponant, 15 March 2024, French" in run.stdout
    assert harir(asked_of) in run.stdout
    assert "⟦Drones⟧ sur la base" in asked_of("search", "drones", "--language", "fr").stdout
    two = asked_of("search", "gao", "--limit", "1", "--format", "json")
    assert (found(two), len(json.loads(two.stdout)["reports"])) == (4 - 1, 1)
    assert [row["id"] for row in rows(asked_of("search", "--from", "2024-03-31", "--format", "csv"))] == ["fr:bulletin"]
    assert "⟦revendiquée⟧" in asked_of("search", "revendiqu*").stdout  # the whole word that begins so
    nothing = asked_of("search", "zeppelin")
    assert (nothing.stdout, nothing.exit_code) == ("No report found – text “zeppelin”\n", ALL_CODED)
    assert asked_of("search", "  ").exit_code == USAGE


# --- background -------------------------------------------------------------------------------------------------------


def test_the_context_paragraph(asked_of: Vigie) -> None:
    printed = asked_of("background", "Harir", "--labels", "fr").stdout
    assert printed.startswith(
        "Sur « Harir », le dossier compte 1 incident, le 14 mars 2024, d'après 3 articles de 3 médias [1–3]."
    )
    assert (
        "[3] L’Écho de Brévenne / Agence Ponant, 15 mars 2024, Drones sur la base de Harir, fr:harir-copie" in printed
    )
    assert all(len(line) <= 100 for line in printed.splitlines())
    markdown = asked_of("background", "Harir", "--format", "md").stdout
    assert "The Brigade of the Zab claimed the attack[^1]." in markdown
    rows = json.loads(asked_of("background", "JNIM", "--format", "json").stdout)
    assert (rows["schema"], rows["subject"], len(rows["reports"])) == ("vigie/background/1", "JNIM", 2)
    nothing = asked_of("background", "Harir", "--from", "2025")
    assert (nothing.stdout, nothing.exit_code) == ("The record has no incident on “Harir”.\n", ALL_CODED)
    assert asked_of("background", "Gao", "--as", "actor").stdout == "The record has no incident on “Gao”.\n"
    assert asked_of("background", "Gao", "--from", "2024-05", "--to", "2024-04").exit_code == USAGE


def test_every_answer_is_the_same_twice(asked_of: Vigie) -> None:
    for command in (
        ("incidents",),
        ("show", harir(asked_of)),
        ("tally",),
        ("tallies",),
        ("search", "gao"),
        ("background", "Mali"),
    ):
        assert asked_of(*command).stdout == asked_of(*command).stdout
