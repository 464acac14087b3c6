"""How sure the coder says it is, held against codings by hand of reports that nothing was fitted on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus import read_corpus
from reliability import Judged, fitted, judge, table
from vigie.coding.coder import code_report
from vigie.coding.confidence import with_confidence
from vigie.coding.linear import load_model
from vigie.model import CodedReport, Report, ReportedDate

DAY = date(2024, 3, 15)
TEXT = (
    "VALMARC, March 14 - Five people were killed and nine wounded on Thursday when two rockets hit the market of "
    "Kandahar, police said.\n\nThe rockets were fired by Taliban fighters, police spokesman Omar Valdi told reporters. "
    "The Taliban denied it."
)


@pytest.fixture(scope="module")
def story() -> CodedReport:
    published = ReportedDate(DAY, DAY, "day", "stated", "")
    return code_report(Report(id="t", sha256="", text=TEXT, language="en", published=published))


@pytest.fixture(scope="module")
def values() -> list[Judged]:
    return list(judge([c for c in read_corpus() if c.part == "test"][::3]))


def test_every_value_of_an_incident_has_a_confidence(story: CodedReport) -> None:
    (incident,) = story.incidents
    named = {f"{field}[{n}]" for field in ("actors", "targets") for n in range(len(getattr(incident, field)))}
    assert incident.actors
    assert named | {"type", "date", "killed", "injured", "weapons[0]"} <= incident.confidences.keys()
    assert all(0 < c < 1 for c in (*incident.confidences.values(), incident.confidence or 0))


def test_what_the_coder_is_surer_of_is_right_more_often(values: list[Judged]) -> None:
    model = load_model("confidence")
    weighed = [(model.probability(v.value.features), v.right) for v in values]
    unsure = [right for c, right in weighed if c < 0.5]
    sure = [right for c, right in weighed if c >= 0.8]
    assert len(unsure) > 100
    assert len(sure) > 50
    assert sum(sure) / len(sure) >= 0.8
    assert sum(unsure) / len(unsure) <= 0.55


def test_confidence_on_the_whole_is_as_high_as_what_is_right(values: list[Judged]) -> None:
    model = load_model("confidence")
    mean = sum(model.probability(v.value.features) for v in values) / len(values)
    assert abs(mean - sum(v.right for v in values) / len(values)) < 0.1


def test_an_incident_the_screening_doubts_makes_every_value_of_it_less_sure(story: CodedReport) -> None:
    (incident,) = story.incidents
    sure, unsure = (
        with_confidence(replace(story, incidents=(replace(incident, confidence=likelihood),))).incidents[0]
        for likelihood in (0.97, 0.45)
    )
    assert (unsure.confidence or 0) < (sure.confidence or 0)
    assert all(unsure.confidences[key] < sure.confidences[key] for key in ("type", "date", "killed"))


def test_the_weights_can_be_fitted_anew_and_the_table_counts_every_value(values: list[Judged]) -> None:
    model = fitted(values)
    lines = table(values, model).splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if " to " in line]
    incidents = sum(v.value.slot == "incident" for v in values)
    assert sum(int(row[1]) for row in rows) == incidents
    assert sum(int(row[4]) for row in rows) == len(values) - incidents
