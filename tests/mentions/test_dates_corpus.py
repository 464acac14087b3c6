"""The date corpora: each phrase gives one mention, covering its words, with the value its group tells."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from vigie.mentions.dates import find_dates
from vigie.readers import read_published

HERE = Path(__file__).parent / "corpora"
LEAST = {"fr": 250, "en": 150}
_MARK = re.compile(r"\[\[(.*)\]\]")


def corpus(language: str) -> dict[str, Any]:
    return yaml.safe_load((HERE / f"dates_{language}.yaml").read_text("utf-8"))


def days(value: Any) -> tuple[dt.date, dt.date] | None:
    if value is None:
        return None
    start, _, end = str(value).partition("..")
    return dt.date.fromisoformat(start), dt.date.fromisoformat(end or start)


def cases(language: str) -> list[Any]:
    content = corpus(language)
    return [
        pytest.param(
            language, group, group.get("published", content["published"]), str(phrase), id=f"{language}-{phrase}"
        )
        for group in content["groups"]
        for phrase in group["phrases"]
    ]


@pytest.mark.parametrize(("language", "group", "published", "phrase"), cases("fr") + cases("en"))
def test_phrase_is_one_mention_with_its_value(
    language: str, group: dict[str, Any], published: str, phrase: str
) -> None:
    marked = _MARK.search(phrase)
    text = _MARK.sub(r"\1", phrase)
    wanted = marked.group(1) if marked else text
    found = find_dates(text, language, None if published is None else read_published(str(published)))
    assert [text[m.start : m.end] for m in found] == [wanted]
    told = found[0].date
    assert (None if told is None else (told.start, told.end)) == days(group["value"])
    if told is not None:
        assert told.text == wanted
        assert told.candidates == tuple(group.get("candidates", ()))
        if "vague" not in group:
            assert told.grain == group.get("grain", "day")
        assert found[0].vague is group.get("vague", False)
        if group.get("night"):
            assert found[0].night


@pytest.mark.parametrize(
    ("language", "text"),
    [pytest.param(lang, str(t), id=f"{lang}-{t}") for lang in LEAST for t in corpus(lang)["never"]],
)
def test_phrase_is_no_date(language: str, text: str) -> None:
    assert find_dates(text, language, read_published("2024-07-26")) == ()


@pytest.mark.parametrize("language", LEAST)
def test_corpus_is_large_enough(language: str) -> None:
    phrases = [str(p) for group in corpus(language)["groups"] for p in group["phrases"]]
    assert len(phrases) >= LEAST[language]
    assert len(corpus(language)["never"]) >= 20
