"""What a person reads: terminal and Markdown, in both languages of the labels, and where values come from."""

from __future__ import annotations

import dataclasses
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from vigie.exports.explain import explain, explain_rejections, passage
from vigie.exports.jsonlines import json_array, json_line
from vigie.exports.labels import LANGUAGES, labels
from vigie.exports.markdown import markdown
from vigie.exports.phrasing import bounds, date, quoted, weapon
from vigie.exports.sinks import FORMATS, sink
from vigie.model import CodedReport, Report, ReportedDate, Span, WeaponUse


def printed(coded: CodedReport, format: str = "table", language: str = "en", *, explained: bool = False) -> str:
    stream = io.StringIO()
    sink(format, stream, language, explained=explained).write([coded])
    return stream.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    "words",
    [
        "Le Fanal · July 2024 · French",
        "1 Shelling, rockets or missiles",
        "near Kidal, Mali (town or village)",
        "18 or 25 July 2024 (day, worked out, “jeudi”)",
        "2 to 3 mortar rounds [fell near]",
        "killed none (“aucun”)",
        "at least 5 (“Au moins cinq”)",
        "Front (suspected)",
        "attributed to Front",
        "≠ differs · weapons they conflict – two shells against three",
        "source militaire malienne: 2 mortar rounds",
        "responsable local: 3 mortar rounds",
        "▸ source militaire malienne (military, anonymous: pas autorisée à parler)",
        "“Deux obus sont tombés près du camp”",
        "says (hedged) · injured: at least 5",
        "2 Attack [background]",
        "at least 41 attaques (“Plus de 40”), since 1 January 2024, in Kidal",
        "France: 450 to 550",
        "talks · Mali, Algérie",
        "[1] follows [2]",
    ],
)
def test_the_table_tells_everything(coded: CodedReport, words: str) -> None:
    text = flat(printed(coded))
    assert words in text or words.replace("France:", "France (France):") in text


def test_current_incidents_come_first(coded: CodedReport) -> None:
    text = printed(coded)
    assert text.index("Shelling") < text.index("[background]")


def test_a_pipe_gets_eighty_columns_without_colour_or_trailing_spaces(
    coded: CodedReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    text = printed(coded, explained=True)
    assert "\x1b" not in text
    for line in text.splitlines():
        assert cell_len(line) <= 80
        assert line == line.rstrip()


def test_a_terminal_gets_colour(coded: CodedReport) -> None:
    from vigie.exports.terminal import print_report

    console = Console(file=io.StringIO(), force_terminal=True, width=100, color_system="standard")
    print_report(coded, labels("en"), console)
    assert "\x1b[" in console.file.getvalue()  # type: ignore[attr-defined]


def test_french_labels(coded: CodedReport) -> None:
    text = flat(printed(coded, language="fr"))
    assert "Tirs d'obus, de roquettes ou de missiles" in text
    assert "18 ou 25 juillet 2024" in text
    assert "anonyme : pas autorisée à parler" in text


def test_a_report_without_incidents_says_so() -> None:
    empty = CodedReport(Report("x", "0", "The match was played on Sunday.", language="en"))
    assert "No incident of armed violence found." in printed(empty)
    assert "date unknown" in printed(empty)
    assert "*No incident of armed violence found.*" in printed(empty, "md")


def test_markdown_has_the_same_lines_with_its_marks_escaped(coded: CodedReport) -> None:
    text = markdown(coded, labels("en"))
    assert text.startswith("## Obus sur le camp de Kidal\n")
    assert "- **killed**: none" in text
    assert "### 1. Shelling, rockets or missiles" in text
    assert "### 2. Attack (background)" in text
    assert "\\[fell near\\]" in text
    assert "\\*selon lui\\*" in markdown(coded, labels("en"), explained=True)


def test_explain_shows_the_sentence_the_rule_and_what_was_left_out(coded: CodedReport) -> None:
    text = flat(printed(coded, explained=True))
    assert "a indiqué ⟦jeudi⟧ une source militaire malienne" in text
    assert "[rule: dates/weekday]" in text
    assert "[rule: actors/suspected]" in text
    assert "la région [reason: an area, not a place of an incident]" in text


def test_explain_covers_every_value_that_has_evidence(coded: CodedReport) -> None:
    """Every span anywhere in the coding is shown, but those inside the values of claims and differences, which
    repeat what the incident and the claim itself show."""
    shown = {(p.words, p.before[-20:].strip()) for e in (*explain(coded, labels("en")), *explain_rejections(coded, labels("en")))
             for p in e.passages}  # fmt: skip
    bare = dataclasses.replace(
        coded,
        claims=tuple(dataclasses.replace(c, values={}) for c in coded.claims),
        incidents=tuple(dataclasses.replace(i, differences=()) for i in coded.incidents),
    )
    for found in spans(bare):
        assert any(words == " ".join(found.quote.split()) for words, _ in shown), found


def test_evidence_is_the_text_at_its_offsets_in_what_is_printed(coded: CodedReport) -> None:
    row = json.loads(json_line(coded))
    found = list(json_spans(row))
    assert len(found) > 20
    for each in found:
        assert coded.report.text[each["start"] : each["end"]] == each["quote"]


@given(st.text(min_size=1, max_size=400), st.data())
def test_a_passage_holds_exactly_the_words_of_its_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = passage(text, Span(start, end, text[start:end]), reach=50)
    assert shown.words == " ".join(text[start:end].split())
    assert "\n" not in shown.before + shown.words + shown.after
    around = " ".join(text.split())
    assert shown.before.removeprefix("… ").strip() in around
    assert shown.after.removesuffix(" …").strip() in around


def test_a_passage_is_one_sentence() -> None:
    text = "Un obus est tombé. Deux soldats sont morts à Gao. Le calme est revenu."
    start = text.index("Deux")
    shown = passage(text, Span(start, start + 4, "Deux"))
    assert (shown.before, shown.words, shown.after) == ("", "Deux", " soldats sont morts à Gao.")


def test_json_is_one_array_or_one_line_each_and_the_same_every_time(coded: CodedReport) -> None:
    assert json_line(coded) == json_line(coded)
    assert "\n" not in json_line(coded)
    whole = json.loads("".join(json_array([coded, coded])))
    assert [row["schema"] for row in whole] == ["vigie/coded-report/1"] * 2
    assert "".join(json_array([])) == "[]\n"
    assert printed(coded, "jsonl") == json_line(coded) + "\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", FORMATS)
def test_every_format_prints_in_every_language(coded: CodedReport, format: str, language: str) -> None:
    assert printed(coded, format, language, explained=True).endswith("\n")


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [(3, 3, "3"), (0, 0, "none"), (3, None, "at least 3"), (0, 9, "at most 9"), (None, 9, "at most 9"), (8, 12, "8 to 12"), (None, None, "")],
)  # fmt: skip
def test_bounds_in_words(lower: int | None, upper: int | None, words: str) -> None:
    assert bounds(lower, upper, labels("en")) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2024-07-25", "2024-07-25", "25 July 2024"),
        ("2024-07-25", "2024-07-26", "25–26 July 2024"),
        ("2024-06-30", "2024-07-02", "30 June 2024 – 2 July 2024"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-01-01", "2024-12-31", "2024"),
    ],
)
def test_days_in_words(start: str, end: str, words: str) -> None:
    import datetime as dt

    told = ReportedDate(dt.date.fromisoformat(start), dt.date.fromisoformat(end), "day", "stated")
    assert date(told, labels("en")) == f"{words} (day)"


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [
        (1, None, "at least 1 rocket"),
        (1, 1, "1 rocket"),
        (1, 2, "1 to 2 rockets"),
        (None, None, "rockets"),
        (3, 3, "3 rockets"),
    ],
)
def test_weapons_are_counted_as_nouns_are(lower: int | None, upper: int | None, words: str) -> None:
    assert weapon(WeaponUse("rocket", lower, upper, "unknown", ()), labels("en")) == words


def test_a_statement_shows_three_quotations_and_how_many_more(coded: CodedReport) -> None:
    claim = dataclasses.replace(coded.claims[0], evidence=coded.claims[0].evidence * 5)
    text = flat(printed(dataclasses.replace(coded, claims=(claim,))))
    assert text.count("“Deux obus sont tombés près du camp”") == 3
    assert "(and 2 more)" in text


def test_long_quotes_are_cut_at_a_word() -> None:
    line = quoted("mot " * 100, labels("fr"), limit=21)
    assert line == "« mot mot mot mot mot … »"


def spans(value: Any) -> list[Span]:
    if isinstance(value, Span):
        return [value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [s for f in dataclasses.fields(value) for s in spans(getattr(value, f.name))]
    return [s for v in value for s in spans(v)] if isinstance(value, tuple | list) else []


def json_spans(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "quote"} <= set(value):
            return [value]
        return [s for v in value.values() for s in json_spans(v)]
    return [s for v in value for s in json_spans(v)] if isinstance(value, list) else []
