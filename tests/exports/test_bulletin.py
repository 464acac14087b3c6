"""The context paragraph: exact sentences on a small world, and on it and on invented ones nothing that is not in the
record."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import invented
from told_reports import GAO, HARIR, Words, coded, world
from vigie.exports.bulletin import Bulletin, bulletin_json, bulletin_markdown, bulletin_text, incident_paragraph
from vigie.exports.bulletin.asked import bulletin_on
from vigie.exports.bulletin.words import words
from vigie.exports.labels import LANGUAGES
from vigie.language.folding import fold
from vigie.mentions.gazetteer import country_names
from vigie.model import Actor, CodedReport, Incident, Place, ReportedDate
from vigie.model.contract import plain
from vigie.model.record import Decision
from vigie.store.filters import Filter
from vigie.store.inquiry import Dossier
from vigie.store.keeping import Arrival
from vigie.store.store import Store


def filled(path: Path, reports: list[CodedReport]) -> Store:
    store = Store.create(str(path), clock=lambda: dt.datetime(2024, 8, 1, 12, 0, tzinfo=dt.UTC))
    store.add([Arrival(each, "invented") for each in reports], "invented/1")
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with filled(tmp_path_factory.mktemp("told") / "vigie.db", world()) as store:
        yield store


def told(store: Store, place: str, language: str) -> list[str]:
    """The sentences on the first incident at a place."""
    with store.inquiry() as inquiry:
        found = next(iter(inquiry.records(Filter(place=place))))
        return [sentence.text for sentence in incident_paragraph(inquiry.dossier(found), language)]


def one(tmp_path: Path, incident: Incident, w: Words, spoken: str, **more: Any) -> list[str]:
    """The sentences on the one incident of one report."""
    reports = [coded("r", w, [incident], published="2024-03-20", **more)]
    with filled(tmp_path / "one.db", reports) as store, store.inquiry() as inquiry:
        (record,) = inquiry.records(Filter())
        return [sentence.text for sentence in incident_paragraph(inquiry.dossier(record), spoken)]


def test_rival_accounts_a_claim_and_a_denial_in_english(store: Store) -> None:
    assert told(store, "Harir", "en") == [
        "On 14 March 2024, 2 to 3 drones hit a contractor at Harir base (Iraq), according to a U.S. official, a military "
        "source (“source de sécurité”) and the Brigade of the Zab",
        "It left 1 dead, according to a U.S. official",
        "Accounts differ on the number of injured: 3 according to a military source (“source de sécurité”); at least 5 "
        "according to a U.S. official",
        "The Brigade of the Zab claimed the attack",
        "Faucons de la Plaine denies a part in it",
        "Accounts differ on the weapons: 2 drones according to a military source (“source de sécurité”); 3 drones "
        "according to a U.S. official",
    ]


def test_the_same_in_french(store: Store) -> None:
    spoken = [sentence.replace("\u00a0", " ") for sentence in told(store, "Harir", "fr")]
    assert spoken == [
        "Le 14 mars 2024, 2 à 3 drones ont visé un hangar de la base à la base de Harir (Irak), selon une source officielle "
        "(« U.S. official »), une source de sécurité et Brigade of the Zab",
        "L'incident a fait 1 mort, selon une source officielle (« U.S. official »)",
        "Le nombre de blessés diffère selon les récits : 3 selon une source de sécurité ; au moins 5 selon une source "
        "officielle (« U.S. official »)",
        "Brigade of the Zab a revendiqué l'attaque",
        "Les Faucons de la Plaine nient y avoir pris part",
        "Les récits diffèrent sur les armes : 2 drones selon une source de sécurité ; 3 drones selon une source officielle "
        "(« U.S. official »)",
    ]


def test_successive_tolls_an_accusation_and_a_single_account(store: Store) -> None:
    assert told(store, "Gao", "fr") == [
        "Le 6 mars 2024, un bombardement a eu lieu à Gao (Mali), selon la mairie",
        "L'incident a fait 6 morts",  # whose words these are need not be said again: there is one account
        "Le nombre de morts donné par la mairie est passé de 4 (6 mars 2024) à 6 (8 mars 2024)",
        "L'attaque est imputée à GSIM",
        "Un seul récit indépendant le rapporte",
    ]


@pytest.mark.parametrize(
    ("date", "english", "french"),
    [
        (None, "On a day that the reports do not tell, ", "À une date que les articles ne disent pas, "),
        (("2024-03-01", "2024-03-01", "day", "assumed"), "Around 1 March 2024, ", "Vers le 1er mars 2024, "),
        (("2024-03-14", "2024-03-15", "part_of_day", "stated"), "In the night of 14 to 15 March 2024, ",
         "Dans la nuit du 14 au 15 mars 2024, "),
        (("2024-02-26", "2024-03-03", "week", "relative"), "In the week of 26 February to 3 March 2024, ",
         "Dans la semaine du 26 février au 3 mars 2024, "),
        (("2024-02-01", "2024-02-29", "month", "stated"), "In February 2024, ", "En février 2024, "),
        (("2023-01-01", "2023-12-31", "year", "stated"), "In 2023, ", "En 2023, "),
        (("2023-12-31", "2024-01-02", "day", "stated"), "Between 31 December 2023 and 2 January 2024, ",
         "Entre le 31 décembre 2023 et le 2 janvier 2024, "),
    ],
)  # fmt: skip
def test_days_are_as_fine_as_they_are_told(date: Any, english: str, french: str) -> None:
    told = None
    if date is not None:
        first, last, grain, basis = date
        told = ReportedDate(dt.date.fromisoformat(first), dt.date.fromisoformat(last), grain, basis)
    assert words("en").when(told) + ", " == english
    assert words("fr").when(told) + ", " == french


def test_one_of_two_days() -> None:
    days = tuple(dt.date(2024, 7, day) for day in (18, 25))
    date = ReportedDate(days[0], days[1], "day", "relative", "jeudi", days)
    assert (words("en").when(date), words("fr").when(date)) == ("On 18 or 25 July 2024", "Le 18 ou 25 juillet 2024")


@pytest.mark.parametrize(
    ("lower", "upper", "english", "french"),
    [
        (0, 0, "nobody dead", "aucun mort"), (1, 1, "1 dead", "1 mort"), (3, 5, "3 to 5 dead", "3 à 5 morts"),
        (5, None, "at least 5 dead", "au moins 5 morts"), (None, 4, "at most 4 dead", "au plus 4 morts"),
        (0, 2, "at most 2 dead", "au plus 2 morts"), (1200, 1200, "1,200 dead", "1\u202f200 morts"),
    ],
)  # fmt: skip
def test_tolls_keep_their_bounds(lower: int | None, upper: int | None, english: str, french: str) -> None:
    assert words("en").counted("killed", lower, upper) == english
    assert words("fr").counted("killed", lower, upper) == french


def test_names_take_the_determiner_of_the_report_and_its_contractions(tmp_path: Path) -> None:
    w = Words(
        "Une attaque au couteau a visé un marché près d’Abu Kamal, selon des témoins. Le groupe du Nord est accusé."
    )
    place = dataclasses.replace(
        w.place("Abu Kamal", Place("Abu Kamal", "", "SY", "settlement", None, 34.45, 40.92)), relation="near"
    )
    from vigie.model import Target

    incident = Incident(
        "i1", "attack", "current", w.date("selon", "2024-03-19"), place, w.span("Une attaque"),
        actors=(Actor("groupe du Nord", "accused", w.span("groupe du Nord")),), responsibility="attributed",
        targets=(Target("marché", "civilian", w.span("marché")),),
    )  # fmt: skip
    source = w.source("s1", "témoins", kind="witness")
    claim = w.claim("c1", "s1", "Une attaque au couteau", values={"place": place})
    spoken = one(tmp_path, incident, w, "fr", sources=(source,), claims=(claim,))
    assert spoken[0] == "Le 19 mars 2024, une attaque a visé un marché près d'Abu Kamal (Syrie), selon des témoins"
    assert spoken[2].startswith("L'attaque est imputée au groupe du Nord")  # à + le


def test_nobody_killed_nobody_claimed_and_a_country_alone(tmp_path: Path) -> None:
    w = Words("An air strike hit Mali on Monday; nobody was killed or hurt. No one claimed it.")
    nobody = w.toll("nobody", 0, 0)
    mali = w.place("Mali", Place("Mali", "Mali", "ML", "country"))
    incident = Incident(
        "i1", "air_drone_strike", "current", w.date("Monday", "2024-03-18"), mali, w.span("An air strike"),
        responsibility="unclaimed", killed=nobody, injured=nobody,
    )  # fmt: skip
    english = one(tmp_path, incident, w, "en", language="en", outlet="The Harl Ledger")
    assert english[:3] == [
        "On 18 March 2024, an air strike took place in Mali, according to The Harl Ledger",
        "Nobody was killed or injured",
        "Nobody has claimed the attack",
    ]
    with Store.open(str(tmp_path / "one.db")) as store, store.inquiry() as inquiry:
        dossier = inquiry.dossier(next(iter(inquiry.records(Filter()))))
        french = [sentence.text for sentence in incident_paragraph(dossier, "fr")]
    assert french[0].startswith("Le 18 mars 2024, une frappe aérienne a eu lieu au Mali")
    assert french[1:3] == ["L'incident n'a fait ni mort ni blessé", "L'attaque n'a pas été revendiquée"]


def test_a_value_that_a_person_decided_says_so(tmp_path: Path) -> None:
    with filled(tmp_path / "vigie.db", world()) as store:
        store.decide(
            Decision(0, "edit", "Ana", "2024-08-01T10:00:00Z", "list", ("en:harir#i1",), field="injured", value=6)
        )
        sentences = told(store, "Harir", "en")
    assert "It left 6 injured (decided by Ana, decision 1)" in sentences
    assert not any("number of injured" in sentence for sentence in sentences)  # it is settled


# --- the whole --------------------------------------------------------------------------------------------------------


def on(store: Store, subject: str, language: str, **more: Any) -> Bulletin:
    with store.inquiry() as inquiry:
        return bulletin_on(inquiry, subject, language, **more)


def test_a_place_with_what_others_count(store: Store) -> None:
    bulletin = on(store, "Mali", "en")
    text = bulletin_text(bulletin)
    assert text.startswith(
        "On “Mali”, the record has 2 incidents, between 6 and 22 March 2024, from 3\nreports of 1 outlet [1–3]. Their tolls "
        "add up to 6 dead; 1 incident is without a\ntoll [1–3].\n\nOn 6 March 2024, "
    )
    assert (
        "Réseau du Nord counts “cinq attaques” since 1 March 2024 (Le Fanal, 31 March\n2024); the record counts 2 under the "
        "same definition [4]." in text
    )
    assert text.rstrip().endswith("[4] Le Fanal, 31 March 2024, fr:bulletin")
    assert all(len(line) <= 80 for line in text.splitlines())


def test_an_actor_a_period_and_how_many_are_told(store: Store) -> None:
    assert [len(p) for p in on(store, "JNIM", "fr").paragraphs] == [1, 5]  # the GSIM of the reports is the same body
    assert len(on(store, "Mali", "fr", days=(dt.date(2024, 3, 10), None)).paragraphs) == 2 + 1
    few = on(store, "Mali", "fr", most=1)
    assert few.sentences[2].text == "Celui dont le plus de récits parlent est raconté ici"
    assert len(few.paragraphs) == 2 + 1


def test_what_was_withdrawn_is_told_as_such(store: Store) -> None:
    bulletin = on(store, "Irak", "fr")
    last = bulletin.sentences[-1]
    assert last.text == (
        "Un incident annoncé le 4 mars 2024 (Fao, Irak) a été retiré par qui l'avait publié\u00a0: il ne compte pas"
    )
    assert last.reports == ("fr:fao@1",)
    assert "[remplacé" in bulletin_text(bulletin) or "[retiré]" in bulletin_text(bulletin)


def test_nothing_is_said_where_there_is_nothing(store: Store) -> None:
    bulletin = on(store, "Atlantis", "en")
    assert bulletin_text(bulletin) == "The record has no incident on “Atlantis”.\n"
    assert bulletin_json(bulletin)["reports"] == []


def test_markdown_and_json_have_the_same_sentences_and_notes(store: Store) -> None:
    bulletin = on(store, "Harir", "fr")
    markdown = bulletin_markdown(bulletin)
    rows = bulletin_json(bulletin)
    assert [s["text"] for p in rows["paragraphs"] for s in p] == [s.text for s in bulletin.sentences]
    for number, report in enumerate(rows["reports"], 1):
        assert report["note"] == number
        assert f"[^{number}]: " in markdown
    notes = {report["id"] for report in rows["reports"]}
    assert all(set(s["reports"]) <= notes for p in rows["paragraphs"] for s in p)


def test_every_sentence_rests_on_reports_that_count(store: Store) -> None:
    for subject in ("Harir", "Gao", "Mali"):
        for sentence in on(store, subject, "en").sentences:
            assert sentence.reports, sentence.text
            assert all(report.startswith(("fr:", "en:")) for report in sentence.reports)


# --- nothing that is not in the record --------------------------------------------------------------------------------


def test_every_number_and_name_is_in_the_record(tmp_path: Path, store: Store) -> None:
    """On the small world and on invented reports, in both languages."""
    with filled(tmp_path / "invented.db", list(invented.reports(60))) as more:
        checked = 0
        for each in (store, more):
            with each.inquiry() as inquiry:
                for dossier in inquiry.dossiers(list(inquiry.records(Filter(standing=())))):
                    for language in LANGUAGES:
                        for sentence in incident_paragraph(dossier, language):
                            holds(sentence.text, dossier, language)
                            checked += 1
    assert checked > 300


def test_the_check_itself_finds_what_is_invented(store: Store) -> None:
    with store.inquiry() as inquiry:
        dossier = inquiry.dossier(next(iter(inquiry.records(Filter(place="Gao")))))
    holds("On 6 March 2024, shelling took place in Gao (Mali)", dossier, "en")
    for invention in ("On 7 March 2024, shelling took place", "It left 7 dead", "The attack is blamed on Ansar Dine"):
        with pytest.raises(AssertionError):
            holds(invention, dossier, "en")


def holds(text: str, dossier: Dossier, language: str) -> None:
    """Every number and every name of a sentence stands in the record of its incident."""
    record = json.dumps(
        [plain(dossier.incident), *(plain(t) for t in dossier.tellings.values()), *map(plain, dossier.decisions)],
        ensure_ascii=False,
    )
    record += " ".join(f"{r.outlet} {r.agency}" for r in dossier.reports.values())
    numbers = {int(n) for n in re.findall(r"\d+", record)} | set(range(len(dossier.incident.accounts) + 1))
    for number in re.findall(r"\d[\d,\u202f]*", text):
        assert int(re.sub(r"\D", "", number)) in numbers, (number, text)
    known = fold(record.replace("’", "'"))
    own = fold(json.dumps(words(language).table, ensure_ascii=False))
    own += fold(json.dumps(words(language).labels.table, ensure_ascii=False))
    codes = {place.country for place in places(dossier)}
    own += fold(" ".join(name for code, name in country_names(language).items() if code in codes))
    for name in re.findall(r"\b[^\W\d_][\w.'-]*", text.replace("’", "'")):
        if name[0].isupper():
            bare = fold(name).rstrip(".")
            parts = [part for part in re.split(r"['-]", bare) if len(part) > 1]
            assert bare in known or bare in own or all(p in known or p in own for p in parts), (name, text)


def places(dossier: Dossier) -> list[Place]:
    found = [t.incident.place for t in dossier.tellings.values()] + [dossier.incident.value("place")]
    return [place for place in found if place is not None]


def test_all_languages_have_the_same_words() -> None:
    def keys(value: object) -> object:
        return {k: keys(v) for k, v in value.items()} if isinstance(value, dict) else None

    own = ("determiners", "contracted", "elided", "countries", "event")  # grammar of one language
    tables = [{k: v for k, v in words(language).table.items() if k not in own} for language in LANGUAGES]
    assert all(keys(table) == keys(tables[0]) for table in tables)
    kinds = [set(words(language).table["event"]) for language in LANGUAGES]
    assert all(each == kinds[0] == set(words("en").labels.table["values"]["type"]) for each in kinds)
    assert HARIR.country == "IQ"
    assert GAO.country == "ML"
