"""Questions to a store: what names mean, sums that keep their bounds, words found where they stand, one moment for all
answers. Every text and name is invented or public fact."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator

import pytest

from vigie.errors import QueryError
from vigie.model import Actor, CodedReport, Incident, Place, Quantity, Report, ReportedDate, Span, Tally, WeaponUse
from vigie.model.record import Decision
from vigie.store.filters import Filter
from vigie.store.keeping import Arrival
from vigie.store.naming import body_named, country_code, place_named
from vigie.store.searching import ReportFilter
from vigie.store.store import Store

TAL_AFAR = Place(
    "Tal Afar", "Tal Afar", "IQ", "settlement", "Nineveh", 36.4, 42.4, gazetteer="vigie:sites_middle_east:38"
)
SINJAR = Place("Sinjar", "Sinjar", "IQ", "settlement", "Nineveh", 36.3, 41.9, gazetteer="vigie:sites_middle_east:39")
GAO = Place("Gao", "Gao", "ML", "settlement", None, 16.27, -0.04, gazetteer="geonames:2457161")


def told(
    name: str,
    day: str | None,
    place: Place | None,
    *,
    text: str,
    killed: tuple[int | None, int | None] | None = None,
    actors: tuple[str, ...] = (),
    type: str = "attack",
    weapons: tuple[str, ...] = (),
    outlet: str = "Le Fanal",
    language: str = "fr",
    tallies: tuple[Tally, ...] = (),
) -> CodedReport:
    """A report that tells one incident; its first word is the evidence of everything."""
    words = text.split()[0]
    span = (Span(0, len(words), words),)
    date = dt.date.fromisoformat(day) if day is not None else None
    incident = Incident(
        "i1", type, "current",
        ReportedDate(date, date, "day", "stated", evidence=span) if date is not None else None,
        dataclasses.replace(place, evidence=span) if place is not None else None,
        span,
        actors=tuple(Actor(actor, "stated", span) for actor in actors),
        weapons=tuple(WeaponUse(kind, 1, 1, "unknown", span) for kind in weapons),
        killed=Quantity(*killed, "exact" if killed[0] == killed[1] else "at_least", "n", span) if killed else None,
    )  # fmt: skip
    report = Report(
        name, hashlib.sha256(text.encode()).hexdigest(), text, title=f"Titre {name}", language=language, outlet=outlet,
        published=ReportedDate(date, date, "day", "stated") if date is not None else None, raw=text.encode(),
    )  # fmt: skip
    return CodedReport(report, incidents=(incident,), tallies=tallies)


REPORTS = (
    told("a", "2024-02-26", dataclasses.replace(TAL_AFAR, name="Tall Afar"), text="Onze tués au marché de Tall Afar.",
         killed=(11, 11), actors=("groupe État islamique",), weapons=("car_bomb",), type="remote_explosive"),
    told("b", "2024-03-03", GAO, text="Des obus ont été tirés sur Gao, près de l’aéroport; l’aéroport est fermé.",
         killed=(4, None), actors=("GSIM", "inconnus"), weapons=("mortar", "rocket"), type="shelling_missile"),
    told("c", "2024-03-20", GAO, text="Gunmen killed three traders in Gao.", killed=(3, 3), actors=("gunmen",),
         outlet="The Harl Ledger", language="en",
         tallies=(Tally("attacks", 6, None, "six attacks", (Span(0, 6, "Gunmen"),), since="2024-01-01"),)),
    told("d", "2024-04-02", SINJAR, text="Une fusillade a eu lieu à Sinjar.", actors=("armée",)),
    told("e", None, None, text="Une attaque sans date ni lieu.", actors=("inconnus",)),
)  # fmt: skip


@pytest.fixture
def asked(address: str, clock: Callable[[], dt.datetime]) -> Iterator[Store]:
    with Store.create(address, clock=clock) as store:
        store.add([Arrival(coded, "invented") for coded in REPORTS], "invented/1")
        yield store


def places(store: Store, **wanted: object) -> list[str]:
    with store.inquiry() as inquiry:
        lines = inquiry.incidents(Filter(**wanted), "oldest").lines  # type: ignore[arg-type]
    return [line.place or "-" for line in lines]


def test_a_place_is_found_under_every_name_and_by_its_country(asked: Store) -> None:
    assert places(asked, place="Tal Afar") == []  # the report spells it otherwise
    assert places(asked, place=place_named("Tal Afar")) == ["Tall Afar"]
    assert places(asked, place=place_named("Tell Afar")) == ["Tall Afar"]
    assert places(asked, place=place_named("Irak")) == ["Tall Afar", "Sinjar"]
    assert places(asked, place=place_named("Mali")) == places(asked, countries=("ML",)) == ["Gao", "Gao"]
    assert places(asked, place=place_named("Nulle-Part-sur-Mer")) == []


def test_a_body_is_found_under_its_other_names_as_whole_words(asked: Store) -> None:
    with asked.inquiry() as inquiry:
        sources = inquiry.sources
    assert places(asked, actor=body_named("JNIM", sources)) == ["Gao"]
    assert places(asked, actor=body_named("Islamic State", sources)) == ["Tall Afar"]  # its "EI" is in no other name
    assert places(asked, actor=body_named("inconnu", sources)) == ["-", "Gao"]
    assert body_named("Nobody At All", sources).names == ()


@pytest.mark.parametrize(
    ("typed", "code"),
    [("ML", "ML"), ("ml", "ML"), ("Syrie", "SY"), ("syria", "SY"), ("États-Unis", "US"), ("Gao", None)],
)
def test_countries_by_code_or_name(typed: str, code: str | None) -> None:
    assert country_code(typed) == code


def test_totals_keep_both_bounds_and_what_is_not_told(asked: Store) -> None:
    with asked.inquiry() as inquiry:
        by_month = inquiry.totals(Filter(), "month")
        by_place = inquiry.totals(Filter(), "place")
        by_actor = inquiry.totals(Filter(), "actor")
        by_weapon = inquiry.totals(Filter(countries=("ML",)), "weapon")
    assert [(t.value, t.incidents) for t in by_month.rows] == [("2024-02", 1), ("2024-03", 2), ("2024-04", 1), ("", 1)]
    march = by_month.rows[1].killed
    assert (march.lower, march.upper, march.told) == (7, None, 2)  # at least four, and three
    april = by_month.rows[2].killed
    assert (april.lower, april.upper, april.told) == (0, 0, 0)  # nothing is told: not nobody
    assert (by_month.all.incidents, by_month.all.killed.lower, by_month.all.killed.told) == (5, 18, 3)
    assert [(t.label, t.country, t.incidents) for t in by_place.rows[:2]] == [("Gao", "ML", 2), ("Sinjar", "IQ", 1)]
    actors = {t.label: (t.incidents, t.country) for t in by_actor.rows}
    assert actors["gunmen"] == (2, None)  # "gunmen" and "inconnus" are the same people in two languages
    assert [t.country for t in by_actor.rows if t.label == "armée"] == ["IQ"]  # an army is that of where it was
    assert {t.value: t.incidents for t in by_weapon.rows} == {"mortar": 1, "rocket": 1, "": 1}
    assert by_weapon.all.incidents == 2  # one incident with two weapons stands in two rows and once in all
    with asked.inquiry() as inquiry, pytest.raises(QueryError, match="cannot be counted by 'colour'"):
        inquiry.totals(Filter(), "colour")  # type: ignore[arg-type]


def test_search_shows_the_words_where_they_stand(asked: Store) -> None:
    with asked.inquiry() as inquiry:
        found = inquiry.search(ReportFilter("aeroport"))
        assert (found.total, [line.report.id for line in found.lines]) == (1, ["b"])
        passage = found.lines[0].passage
        assert passage is not None
        text = REPORTS[1].report.text
        assert text[passage.start : passage.start + len(passage.words)] == passage.words
        assert [text[a:b] for a, b in passage.marks] == ["aéroport", "aéroport"]
        in_title = inquiry.search(ReportFilter("titre", languages=("fr",), first_day=dt.date(2024, 3, 1)))
        assert [line.report.id for line in in_title.lines] == ["d", "b"]  # the last published first
        assert in_title.lines[0].in_title == ((0, 5),)
        assert in_title.lines[0].passage is None
        assert [line.report.id for line in inquiry.search(ReportFilter(outlets=("harl",))).lines] == ["c"]
        assert inquiry.search(ReportFilter("marché -tués")).total == 0
        first = inquiry.search(ReportFilter("gao"), 1)
        second = inquiry.search(ReportFilter("gao"), 1, first.next)
        assert [page.lines[0].report.id for page in (first, second)] == ["c", "b"]
        assert (first.total, second.next) == (2, None)


def test_what_people_have_decided_on_is_reviewed(asked: Store) -> None:
    with asked.inquiry() as inquiry:
        assert inquiry.reviewed() == ()
        homes = inquiry.homes(["a#i1", "b#i1"])
    asked.decide(Decision(0, "edit", "Ana", "2024-08-01T10:00:00Z", "on the spot", ("a#i1",), field="killed", value=12))
    with asked.inquiry() as inquiry:
        assert inquiry.reviewed() == (homes["a#i1"],)
        assert places(asked, without=inquiry.reviewed()) == ["-", "Gao", "Gao", "Sinjar"]
        assert places(asked, within=inquiry.reviewed()) == ["Tall Afar"]
        assert places(asked, within=()) == []
    asked.decide(Decision(0, "undo", "Ana", "2024-08-01T10:01:00Z", undoes=1))
    with asked.inquiry() as inquiry:
        assert inquiry.reviewed() == ()


def test_a_dossier_has_everything_an_incident_rests_on(asked: Store) -> None:
    asked.decide(Decision(0, "accept", "Ana", "2024-08-01T10:00:00Z", "seen", ("a#i1",), field="type"))
    with asked.inquiry() as inquiry:
        entry = inquiry.entry(inquiry.homes(["a#i1"])["a#i1"])
        assert entry is not None
        dossier = inquiry.dossier(entry.incident)
    assert dossier.standing == "counts"
    assert dossier.reports["a"].text == REPORTS[0].report.text
    assert dossier.tellings["a#i1"].incident.killed == REPORTS[0].incidents[0].killed
    assert [decision.kind for decision in dossier.decisions] == ["accept"]


def test_tallies_come_with_their_report(asked: Store) -> None:
    with asked.inquiry() as inquiry:
        (only,) = inquiry.tallies()
    assert (only.published.tally.text, only.report.id, only.report.outlet) == ("six attacks", "c", "The Harl Ledger")


def test_all_answers_of_an_inquiry_are_of_one_moment(asked: Store) -> None:
    more = told("f", "2024-05-05", GAO, text="Encore une attaque à Gao.")
    with asked.inquiry() as inquiry:
        before = inquiry.incidents(Filter()).total
        asked.add([Arrival(more, "invented")], "invented/1")
        assert inquiry.incidents(Filter()).total == before
    with asked.inquiry() as inquiry:
        assert inquiry.incidents(Filter()).total == before + 1
