"""The report that started it: everything a careful coder expects of it (../shared/gold/SEED.md), point by point."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from vigie.coding.coder import code_report
from vigie.model import CodedReport, Incident, Report
from vigie.readers import read_published

SEED = Path(__file__).parents[3] / "shared" / "gold" / "seed.reports.jsonl"
BARE = Path(__file__).parents[3] / "shared" / "reports" / "seed.txt"
pytestmark = pytest.mark.skipif(not SEED.is_file(), reason="the seed report is not beside the project")


def _seed(which: str) -> CodedReport:
    for line in SEED.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["id"] == which:
            return code_report(
                Report(row["id"], "", row["text"], language="fr", published=read_published(row["published"]))
            )
    raise AssertionError(f"no {which} in {SEED}")


@pytest.fixture(scope="module")
def day() -> CodedReport:
    return _seed("fr:seed-day")


@pytest.fixture(scope="module")
def month() -> CodedReport:
    return _seed("fr:seed-month")


def at(coded: CodedReport, word: str, period: str) -> list[Incident]:
    return [i for i in coded.incidents if i.period == period and i.place and word in i.place.name]


def named(coded: CodedReport, *ids: str) -> set[str]:
    return {s.name for s in coded.sources if s.id in ids}


def test_1_two_current_incidents_and_three_background_ones(day: CodedReport) -> None:
    current = [i for i in day.incidents if i.period == "current"]
    assert len(current) == 2
    assert len(at(day, "Assad", "current")) == 1
    assert len(at(day, "Conoco", "current")) == 1
    background = [i for i in day.incidents if i.period == "background"]
    assert len(background) == 3
    assert len(at(day, "Assad", "background")) == 1
    assert len(at(day, "désert jordanien", "background")) == 1
    jordan = at(day, "désert jordanien", "background")[0]
    assert jordan.killed is not None
    assert (jordan.killed.lower, jordan.killed.upper) == (3, 3)


def test_2_three_rival_accounts_side_by_side(day: CodedReport) -> None:
    incident = at(day, "Assad", "current")[0]
    mine = [c for c in day.claims if c.incident == incident.id and c.source is not None]
    assert len({c.source for c in mine}) == 3
    notes = {d.note for d in incident.differences}
    assert any("same total, different make-up" in n for n in notes)
    assert {d.verdict for d in incident.differences if d.field == "place"} == {"compatible"}
    official = [c for c in mine if c.source and named(day, c.source) == {"responsable américain"}]
    assert [c.modality for c in official] == ["hedged"]


def test_3_one_sentence_puts_three_speakers_on_terms(day: CodedReport) -> None:
    by_name = {s.name: s for s in day.sources}
    for name in ("source sécuritaire irakienne", "responsable sécuritaire irakien", "responsable américain"):
        assert by_name[name].terms == "anonymous"
        assert by_name[name].reason is not None
        assert "autorisées à parler aux médias" in by_name[name].reason
    osdh = by_name["Observatoire syrien des droits de la personne"]
    assert osdh.terms == "named"
    assert osdh.reason is None


def test_4_days_known_to_the_day_and_to_the_month(day: CodedReport, month: CodedReport) -> None:
    base = at(day, "Assad", "current")[0].date
    field = at(day, "Conoco", "current")[0].date
    assert base
    assert (base.start, base.end) == (dt.date(2024, 7, 25), dt.date(2024, 7, 25))
    assert field
    assert (field.start, field.end) == (dt.date(2024, 7, 25), dt.date(2024, 7, 26))
    base = at(month, "Assad", "current")[0].date
    field = at(month, "Conoco", "current")[0].date
    assert base
    assert (base.start, base.end) == (dt.date(2024, 7, 18), dt.date(2024, 7, 25))
    assert set(base.candidates) == {dt.date(2024, 7, 18), dt.date(2024, 7, 25)}
    assert field
    assert (field.start, field.end) == (dt.date(2024, 7, 18), dt.date(2024, 7, 26))


def test_5_bounds_and_strengths(day: CodedReport) -> None:
    field = at(day, "Conoco", "current")[0]
    assert [(w.kind, w.lower, w.upper) for w in field.weapons] == [("rocket", 1, None)]
    assert [(t.lower, t.upper) for t in day.tallies] == [(176, None)]
    strengths = {(s.country, s.lower, s.upper) for s in day.strengths}
    assert strengths == {("IQ", 2250, 2750), ("SY", 810, 900)}


def test_6_unclaimed_with_a_launch_place_and_a_suspect(day: CodedReport) -> None:
    base, field = at(day, "Assad", "current")[0], at(day, "Conoco", "current")[0]
    assert base.responsibility == field.responsibility == "unclaimed"
    assert field.launch_place is not None
    assert [a.name for a in field.actors] == ["milices pro-iraniennes"]
    assert field.actors[0].basis == "suspected"
    claim = [c for c in day.claims if c.incident == field.id and c.mode == "direct"]
    assert claim
    assert "Observatoire syrien des droits de la personne" in named(day, *(c.source for c in claim if c.source))


def test_7_the_claim_of_most_attacks_belongs_to_the_tally(day: CodedReport) -> None:
    for incident in day.incidents:
        if incident.period == "current":
            assert not any("Résistance" in a.name for a in incident.actors)
    assert day.tallies[0].actor == "Résistance islamique en Irak"


def test_8_reprisals_answer_the_january_strike(day: CodedReport) -> None:
    strike = at(day, "désert jordanien", "background")[0]
    links = [(x.from_, x.to, x.kind) for x in day.links]
    assert len(links) == 1
    assert links[0][1:] == (strike.id, "retaliation")
    reprisal = next(i for i in day.incidents if i.id == links[0][0])
    assert [a.name for a in reprisal.actors] == ["États-Unis"]
    assert [t.name for t in reprisal.targets] == ["forces pro-iraniennes"]


def test_9_developments(day: CodedReport) -> None:
    kinds = [d.type for d in day.developments]
    for kind in ("CONSULT", "AGREE", "REQUEST"):
        assert kind in kinds


def test_10_deployment_and_war_are_no_incidents(day: CodedReport) -> None:
    for incident in day.incidents:
        assert incident.place is None or "Gaza" not in incident.place.name
        assert not any("2014" in s.quote for s in incident.evidence)


def test_11_dateline_agency_and_words(day: CodedReport) -> None:
    assert day.report.dateline is not None
    assert day.report.dateline.name == "Bagdad"
    assert day.report.agency == "AFP"
    assert all(i.place is None or i.place.name != "Bagdad" for i in day.incidents)


def test_12_a_bare_file_gives_its_month(month: CodedReport) -> None:
    bare = code_report(Report("bare", "", BARE.read_text("utf-8"), language="fr"))
    assert bare.report.published is not None
    assert (bare.report.published.start, bare.report.published.end) == (dt.date(2024, 7, 1), dt.date(2024, 7, 31))
    assert [(i.type, i.date and i.date.start) for i in bare.incidents] == [
        (i.type, i.date and i.date.start) for i in month.incidents
    ]
