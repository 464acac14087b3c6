"""One body under several names stays once: which of those chosen for a role says most. All texts are invented."""

from __future__ import annotations

import pytest

from vigie.coding.annotate import find_mentions
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.phrases import Phrase, phrase_of_match
from vigie.coding.roles import nationality
from vigie.coding.told_once import actors_once, targets_once
from vigie.language.grammar import load_grammar
from vigie.model import Report


def annotated(language: str, text: str) -> AnnotatedReport:
    return find_mentions(Report(id="r", sha256="0" * 64, text=text, language=language), dismiss=False)


def phrases(report: AnnotatedReport) -> list[Phrase]:
    """The words for bodies and the nationalities of a text, in order."""
    bodies = [phrase_of_match(report, m) for m in report.matches if m.file == "actors"]
    nations = [p for a, b, _ in report.demonyms if (p := nationality(report, a, b)) is not None]
    return sorted([*bodies, *nations], key=lambda p: p.start)


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("en", "The Taliban and the insurgents", ["Taliban"]),
        ("fr", "Le Hezbollah puis les rebelles", ["Hezbollah"]),
        # two unnamed bands may be two bands, and an army is none
        ("en", "The militiamen and the gunmen", ["militiamen", "gunmen"]),
        ("en", "The Taliban and the soldiers", ["Taliban", "soldiers"]),
        ("fr", "Des miliciens et des hommes armés", ["miliciens", "hommes armés"]),
    ],
)
def test_a_bare_word_for_fighters_yields_to_a_name(language: str, text: str, kept: list[str]) -> None:
    report = annotated(language, text)
    assert [p.name for p in actors_once(report, phrases(report))] == kept


def test_a_nationality_yields_to_a_body_of_that_nation() -> None:
    report = annotated("en", "An American strike, the United States Africa Command said, not a Russian one.")
    nations = [p for p in phrases(report) if p.name in {"American", "Russian"}]
    start = report.text.index("United")
    command = Phrase(start, start + 29, "United States Africa Command", (start, start + 29), None, True, True)
    assert [p.name for p in actors_once(report, [*nations, command])] == ["Russian", "United States Africa Command"]


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("en", "police officers, a police officer, nurses", ["police officers", "nurses"]),
        ("fr", "des soldats, un soldat et des civils", ["soldats", "civils"]),
    ],
)
def test_unnamed_people_are_told_of_once(language: str, text: str, kept: list[str]) -> None:
    report = annotated(language, text)
    assert [p.name for p in targets_once(report, phrases(report), load_grammar(language))] == kept
