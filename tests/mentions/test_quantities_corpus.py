"""The number corpora: each phrase gives one mention, covering its words, with the bounds its group tells."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from vigie.mentions.quantities import find_quantities
from vigie.mentions.values import QuantityMention

HERE = Path(__file__).parent / "corpora"
LANGUAGES = ("fr", "en")
LEAST = 120
_MARK = re.compile(r"\[\[(.*)\]\]")


def corpus(language: str) -> dict[str, Any]:
    return yaml.safe_load((HERE / f"quantities_{language}.yaml").read_text("utf-8"))


def cases(language: str) -> list[Any]:
    return [
        pytest.param(language, group, str(phrase), id=f"{language}-{phrase}")
        for group in corpus(language)["groups"]
        for phrase in group["phrases"]
    ]


def counted(text: str, language: str, wanted: str) -> list[QuantityMention]:
    """All mentions, without the articles that a phrase holds besides the number it is about."""
    found = find_quantities(text, language)
    others = [m for m in found if text[m.start : m.end].lower() in ("un", "une", "a", "an") and len(found) > 1]
    return [m for m in found if m not in others or text[m.start : m.end] == wanted]


@pytest.mark.parametrize(("language", "group", "phrase"), cases("fr") + cases("en"))
def test_phrase_is_one_mention_with_its_bounds(language: str, group: dict[str, Any], phrase: str) -> None:
    marked = _MARK.search(phrase)
    text = _MARK.sub(r"\1", phrase)
    wanted = marked.group(1) if marked else None
    found = counted(text, language, wanted or "")
    assert len(found) == 1
    mention = found[0]
    if wanted is not None:
        assert text[mention.start : mention.end] == wanted
    assert [mention.quantity.lower, mention.quantity.upper] == group["bounds"]
    assert mention.quantity.hedge == group["hedge"]
    assert mention.unit == group.get("unit", "count")
    assert mention.partitive is group.get("partitive", False)


@pytest.mark.parametrize(
    ("language", "text"),
    [pytest.param(lang, str(t), id=f"{lang}-{t}") for lang in LANGUAGES for t in corpus(lang)["never"]],
)
def test_phrase_holds_no_quantity(language: str, text: str) -> None:
    assert find_quantities(text, language, include_articles=False) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_corpus_is_large_enough(language: str) -> None:
    assert sum(len(group["phrases"]) for group in corpus(language)["groups"]) >= LEAST
    assert len(corpus(language)["never"]) >= 20
