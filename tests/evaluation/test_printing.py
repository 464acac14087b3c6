"""What an analyst sees of an evaluation: in both languages, as tables, as Markdown, as JSON."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from vigie.evaluation.agreement import agreement
from vigie.evaluation.causes import INCIDENT, OUTSIDE
from vigie.evaluation.changes import Turn
from vigie.evaluation.confusion import FIELDS, confusion
from vigie.evaluation.evaluated import Evaluation, evaluate
from vigie.evaluation.matching import match
from vigie.evaluation.measures import NAMES
from vigie.evaluation.printing import print_agreement, print_evaluation
from vigie.evaluation.sheet_files import read_gold
from vigie.evaluation.sheets import Sheet
from vigie.evaluation.slots import SLOTS
from vigie.evaluation.trace import CAUSES
from vigie.evaluation.words import LANGUAGES, words
from vigie.readers.published import read_published
from vigie.readers.reports import make_report

TEXT = "Deux gardes ont été tués lundi à Gao par des hommes armés. *Trois* villageois ont été enlevés à Kidal."
RAID: dict[str, Any] = {
    "type": "attack",
    "date": {"start": "2024-04-29", "end": "2024-04-29"},
    "place": {"name": "Gao", "country": "ML"},
    "killed": {"lower": 2, "upper": 2},
    "actors": ["hommes armés"],
    "targets": ["gardes"],
    "responsibility": "attributed",
}
TAKEN: dict[str, Any] = {"type": "abduction", "place": {"name": "Kidal", "country": "ML"}, "targets": ["villageois"]}


@pytest.fixture
def evaluation(by_hand: Callable[..., Sheet], by_machine: Callable[..., Sheet]) -> Evaluation:
    report = make_report(b"", TEXT, id="fr:1", language="fr", published=read_published("2024-05-02"))
    gold = [by_hand("fr:1", RAID, {**TAKEN, "actors": ["bandits masqués"]}), by_hand("en:2", TAKEN)]
    coded = by_machine("fr:1", TEXT, {**RAID, "type": "armed_clash", "killed": ({"lower": 3, "upper": 3}, "*Trois*")})
    earlier = by_machine("fr:1", TEXT, {**RAID, "actors": []})
    return evaluate(gold, [coded, by_machine("fr:9", "")], {"fr:1": report}, [earlier])


def printed(evaluation: Evaluation, **options: Any) -> str:
    stream = io.StringIO()
    print_evaluation(evaluation, stream, **{"format": "table", "language": "en", "examples": 3, **options})
    return stream.getvalue()


def test_there_are_words_for_everything_in_every_language() -> None:
    english, french = (words(language).model_dump() for language in LANGUAGES)
    for part, table in english.items():
        if isinstance(table, dict):
            assert set(table) == set(french[part]), part
            assert all(v.strip() for v in (*table.values(), *french[part].values()))
            for key, sentence in table.items():
                assert sentence.count("{") == french[part][key].count("{"), key
    say = words("en")
    assert set(say.causes) == set(CAUSES)
    assert set(say.turns) == set(get_args(Turn))
    assert set(say.fields) == set(FIELDS)
    assert {*NAMES, *SLOTS, *OUTSIDE, INCIDENT, "per_report"} <= set(say.slots)
    with pytest.raises(KeyError):
        words("de")  # type: ignore[arg-type]


def test_every_cause_is_documented_and_no_other() -> None:
    page = (Path(__file__).parents[2] / "docs" / "evaluation.md").read_text("utf-8")
    page = page.split("## Causes of error")[1].split("## Two runs")[0]
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", page, re.MULTILINE)
    assert {cause for row in rows for cause in re.findall(r"\w+", row)} == set(CAUSES)


def test_the_example_of_a_hand_coding_is_one(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "evaluation.md").read_text("utf-8")
    (example,) = re.findall(r"^```json\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    path = tmp_path / "gold.jsonl"
    path.write_text(" ".join(example.split()), "utf-8")
    (sheet,) = read_gold(path)
    assert sheet.incidents[0].targets[0].text == "gendarmes"


def test_the_tables_tell_scores_confusions_causes_and_changes(evaluation: Evaluation) -> None:
    shown = printed(evaluation)
    assert "2 reports, 1 of them coded" in shown
    assert "armed clash 1" in shown
    assert "missed; nothing was made of its sentence" in shown
    assert "*Trois* villageois ont été enlevés à Kidal." in shown
    assert "Without a coding, counted as coded empty: en:2" in shown
    assert "Coded, but not by hand, and left out: fr:9" in shown
    assert "Without the text of the report, so without its causes: en:2" in shown
    assert "Not in the report: bandits masqués (fr:1, incidents[2].actors)" in shown
    assert "right now: hommes armés" in shown
    assert "no longer right: attack (instead of armed_clash)" in shown
    assert not any(line != line.rstrip() for line in shown.splitlines())


def test_french_labels_are_french(evaluation: Evaluation) -> None:
    shown = printed(evaluation, language="fr")
    assert "manqué ; rien n'a été tiré de sa phrase" in shown
    assert "Ce qui est moins bien" in shown
    assert "affrontement armé" in shown
    for english in ("missed", "by hand", "instead of", "share"):
        assert english not in shown


def test_markdown_has_tables_and_quotes_whose_marks_are_escaped(evaluation: Evaluation) -> None:
    shown = printed(evaluation, format="md")
    assert "## Measures" in shown
    assert "| coding (all slots) |" in shown
    assert "    > \\*Trois\\* villageois ont été enlevés à Kidal." in shown
    header = next(line for line in shown.splitlines() if line.startswith("| slot |"))
    assert header == "| slot | cause | cases | lost | share |"


def test_json_holds_every_error_whatever_is_shown(evaluation: Evaluation) -> None:
    told = json.loads(printed(evaluation, format="json", examples=0))
    assert told["schema"] == "vigie/evaluation/1"
    assert told["measures"]["reports"] == 2
    assert {"slot", "cause", "sentence", "gold", "coded", "lost"} <= set(told["errors"][0])
    inside = [e for e in told["errors"] if e["slot"] not in OUTSIDE]
    coding = told["measures"]["coding"]
    assert sum(e["lost"] for e in inside) == coding["coded"] + coding["gold"] - 2 * coding["right"]
    assert {"gold": "attack", "coded": "armed_clash", "times": 1} in told["confusions"]["type"]
    assert {c["better"] for r in told["comparison"]["reports"] for c in r["changes"]} == {True, False}
    assert told["not_coded"] == ["en:2"]


def test_no_errors_are_shown_where_none_are_asked_for(evaluation: Evaluation) -> None:
    assert "villageois ont été" not in printed(evaluation, examples=0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", ["table", "md", "json"])
def test_agreement_is_printed(by_hand: Callable[..., Sheet], language: Any, format: Any) -> None:
    first = [by_hand("fr:1", RAID), by_hand("fr:2", TAKEN), by_hand("fr:3")]
    second = [by_hand("fr:1", {**RAID, "killed": {"lower": 3, "upper": 3}}), by_hand("fr:2", TAKEN)]
    stream = io.StringIO()
    print_agreement(agreement(first, second), stream, format=format, language=language)
    shown = stream.getvalue()
    assert "fr:3" in shown
    if format == "json":
        killed = json.loads(shown)["slots"]["killed"]
        assert killed["f1"] == 0.0
        assert killed["measured"]["level"] == "ratio"
    else:
        assert words(language).slots["killed"] in shown


def test_confusions_of_weapons_speakers_and_whole_incidents(
    by_hand: Callable[..., Sheet], by_machine: Callable[..., Sheet]
) -> None:
    gold = by_hand(
        "fr:1",
        {**RAID, "weapons": [{"kind": "bomb"}, {"kind": "firearm"}]},
        {**TAKEN, "weapons": [{"kind": "knife"}]},
        sources=[{"name": "maire", "terms": "role"}, {"name": "ONU", "terms": "named"}],
    )
    coded = by_machine(
        "fr:1",
        "",
        {**RAID, "weapons": [{"kind": "bomb"}, {"kind": "rocket"}]},
        sources=[{"name": "maire", "terms": "anonymous"}, {"name": "police", "terms": "role"}],
    )
    result = [match(gold, coded)]
    assert confusion(result, "weapon").counts == {("bomb", "bomb"): 1, ("firearm", "rocket"): 1, ("knife", "–"): 1}
    assert confusion(result, "terms").counts == {("named", "–"): 1, ("role", "anonymous"): 1, ("–", "role"): 1}
    assert confusion(result, "type").mistaken == (("abduction", "–", 1),)
    assert confusion(result, "period").values == ("current", "–")
