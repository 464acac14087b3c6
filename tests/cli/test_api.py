"""`vigie.code` and `vigie.read`, and that evidence holds on mangled text from the reader to what is printed."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vigie
from vigie.errors import DateError, EmptyReport, LanguageUnavailable
from vigie.exports.jsonlines import json_line

STORY = (
    "L'attaque du camp de Ménaka\n\nMENAKA (Mali), 26 juillet 2024 (AFP) - « Deux obus sont tombés près du camp », a indiqué "
    "jeudi une source militaire sous couvert d'anonymat. Au moins cinq soldats ont été blessés, selon l'armée.\n\n"
    "L'attaque n'a pas été revendiquée dans l'immédiat.\n"
)


def evidence(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "quote"} <= set(value):
            return [value]
        return [s for v in value.values() for s in evidence(v)]
    return [s for v in value for s in evidence(v)] if isinstance(value, list) else []


def test_a_report_given_as_text() -> None:
    coded = vigie.code(STORY, published="2024-07-26", outlet="Le Fanal", title="Un titre", id="x1")
    report = coded.report
    assert (report.id, report.outlet, report.title, report.language) == ("x1", "Le Fanal", "Un titre", "fr")
    assert report.text == STORY
    assert coded.incidents


def test_the_day_may_be_a_date_or_stand_in_the_head() -> None:
    given_day = vigie.code(STORY, published=dt.date(2024, 7, 27)).report.published
    head_day = vigie.code(STORY).report.published
    assert given_day is not None
    assert head_day is not None
    assert (str(given_day.start), str(head_day.start)) == ("2024-07-27", "2024-07-26")


def test_what_cannot_be_coded_is_raised() -> None:
    with pytest.raises(EmptyReport):
        vigie.code(" \n")
    with pytest.raises(DateError):
        vigie.code(STORY, published="2024-02-31")
    with pytest.raises(LanguageUnavailable):
        vigie.code(STORY, language="de")


def test_read_gives_reports_and_rejections(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    first, second = vigie.read(tmp_path)
    assert isinstance(first, vigie.Report)
    assert isinstance(second, vigie.Rejected)


MANGLES = {
    "crlf": lambda s: s.replace("\n", "\r\n"),
    "typographic apostrophes": lambda s: s.replace("'", "’"),
    "non-breaking spaces": lambda s: s.replace("« ", "«\u00a0").replace(" »", "\u202f»"),
    "combining accents": lambda s: unicodedata.normalize("NFD", s),
    "soft hyphens": lambda s: s.replace("soldats", "sol\u00addats"),
    "zero width": lambda s: s.replace("camp", "ca\u200bmp"),
    "byte-order mark": lambda s: "\ufeff" + s,
    "tabs": lambda s: s.replace(" - ", "\t-\t"),
    "emoji": lambda s: s.replace(".", " 🚀."),
    "line separators": lambda s: s.replace("\n\n", "\u2029"),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.lists(st.sampled_from(sorted(MANGLES)), unique=True, max_size=6))
def test_evidence_is_the_text_at_its_offsets_however_the_text_is_mangled(names: list[str]) -> None:
    text = STORY
    for name in names:
        text = MANGLES[name](text)
    coded = vigie.code(text, language="fr", published="2024-07-26")
    spans = evidence(json.loads(json_line(coded)))
    assert spans
    for span in spans:
        assert text[span["start"] : span["end"]] == span["quote"]
    assert json_line(vigie.code(text, language="fr", published="2024-07-26")) == json_line(coded)
