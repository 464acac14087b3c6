"""The date and number files of all languages: the same scope, no broken entry, and quick enough for archives."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from vigie.errors import PackError
from vigie.language.numeric import load_numeric, read_quantities
from vigie.language.temporal import load_temporal, read_dates
from vigie.language.token_patterns import TokenGrammar, WordClass, cut
from vigie.mentions.dates import find_dates
from vigie.mentions.quantities import find_quantities
from vigie.readers import read_published
from vigie.text.normal import normalise

SHARED = Path(__file__).resolve().parents[3] / "shared" / "gold"
TEXTS = {
    "fr": "Au moins 12 soldats ont été tués jeudi soir près de la ville, a indiqué vendredi un responsable. Une vingtaine "
    "de personnes, dont 4 enfants, ont été blessées dans la nuit de mercredi à jeudi. Le 3 mars 2017, deux hommes avaient "
    "ouvert le feu sur un convoi à 15 km de là, sans faire de victimes. ",
    "en": "At least 12 soldiers were killed late on Thursday near the town, an official said on Friday. About twenty people, "
    "including 4 children, were wounded overnight. On March 3, 2017, two men had opened fire on a convoy 15 km away, "
    "without causing casualties, and hundreds of villagers had fled since January. ",
}


def test_languages_cover_the_same_rules() -> None:
    rules = {language: {p.rule for p in load_temporal(language).file.patterns} for language in TEXTS}
    assert rules["fr"] == rules["en"]
    units = {language: {p.unit for p in load_temporal(language).file.patterns} for language in TEXTS}
    assert units["fr"] == units["en"]


def test_languages_have_the_same_values() -> None:
    french, english = (load_temporal(language).file.classes for language in TEXTS)
    for name in ("weekday", "month", "season", "stretch", "unit", "part_this"):
        assert set(french[name].values) == set(english[name].values)
    assert {len(load_numeric(language).hedges_before.heads) > 10 for language in TEXTS} == {True}


@pytest.mark.parametrize("form", ["(a", "{nothing}", "? a", "a )", "<a b", "12 {day}", "a?"])
def test_a_broken_pattern_is_refused(form: str) -> None:
    with pytest.raises(PackError):
        TokenGrammar({"word": WordClass({"1": ("a",)})}, [[form]], "test")


def test_a_broken_file_is_refused() -> None:
    with pytest.raises(PackError, match="test"):
        read_dates("classes: 1", "test")
    with pytest.raises(PackError, match="test"):
        read_quantities("[", "test")


def test_tokens_give_back_the_text() -> None:
    text = "Le 1er mai, 2 500 m² à İzmir\n\nont brûlé (1,5 million d'euros)."
    tokens = cut(text)
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == [
        "Le", "1", "er", "mai", ",", "2 500", "m²", "à", "İzmir", "\n\n", "ont", "brûlé", "(", "1,5", "million", "d",
        "'", "euros", ")", ".",
    ]  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
def test_a_report_takes_little_time(language: str) -> None:
    published = read_published("2017-06-02")
    texts = [TEXTS[language] * 6 + str(n) for n in range(20)]
    find_dates(texts[0], language, published)
    find_quantities(texts[0], language)
    started = time.process_time()
    for text in texts:
        find_dates(text, language, published)
        find_quantities(text, language)
    each = (time.process_time() - started) / len(texts)
    assert each < 0.02  # dense in dates and numbers; news texts take about a tenth of this


@pytest.mark.skipif(not (SHARED / "seed.reports.jsonl").is_file(), reason="the seed report is not in this checkout")
@pytest.mark.parametrize(
    ("report", "night", "weekday"),
    [
        ("fr:seed-day", ("2024-07-25", "2024-07-26"), ("2024-07-25", "2024-07-25")),
        ("fr:seed-month", ("2024-07-18", "2024-07-26"), ("2024-07-18", "2024-07-25")),
    ],
)
def test_the_seed_report(report: str, night: tuple[str, str], weekday: tuple[str, str]) -> None:
    rows = (json.loads(line) for line in (SHARED / "seed.reports.jsonl").read_text("utf-8").splitlines())
    row = next(r for r in rows if r["id"] == report)
    text = normalise(row["text"]).text
    found = {
        m.date.text: (str(m.date.start), str(m.date.end))
        for m in find_dates(text, "fr", read_published(row["published"]))
        if m.date is not None
    }
    assert found["jeudi"] == weekday
    assert found["dans la nuit"] == night
    assert found["fin janvier"] == ("2024-01-21", "2024-01-31")
    assert found["Le 16 juillet"] == ("2024-07-16", "2024-07-16")
    numbers = {m.quantity.text: (m.quantity.lower, m.quantity.upper) for m in find_quantities(text, "fr")}
    assert numbers["plus de 175"] == (176, None)
    assert numbers["Au moins une"] == (1, None)
    assert numbers["environ 2500"] == (2250, 2750)
    assert numbers["près de 900"] == (810, 900)
