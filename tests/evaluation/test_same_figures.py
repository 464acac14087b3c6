"""The measures are those of the scorer the project was given, figure by figure, on codings with every kind of error."""

from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from vigie.evaluation.door import CodedLine, GoldLine
from vigie.evaluation.matching import match_all
from vigie.evaluation.measures import by_language, by_type, measure
from vigie.evaluation.names import name_words, same_name
from vigie.evaluation.scores import total
from vigie.evaluation.sheet_files import by_id
from vigie.evaluation.sheets import Sheet

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SETS = {
    "samples": ROOT / "src" / "vigie" / "samples" / "gold.jsonl",
    "corpus": ROOT / "tests" / "coding" / "corpus" / "gold.jsonl",
    "dev": SHARED / "gold" / "dev.gold.jsonl",
    "seed": SHARED / "gold" / "seed.gold.jsonl",
}
ROUNDS = 12

Line = dict[str, Any]


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    path = SHARED / "bench" / "score.py"
    if not path.exists():
        pytest.skip("the scorer is not beside this checkout")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(name: str) -> list[Line]:
    if not SETS[name].exists():
        pytest.skip(f"the {name} set is not beside this checkout")
    return [json.loads(line) for line in SETS[name].read_text("utf-8").splitlines() if line.strip()]


def ours(gold: list[Line], coded: list[Line]) -> dict[str, Any]:
    sheets = [GoldLine.model_validate(line).sheet() for line in gold]
    return measure(match_all(sheets, by_id(CodedLine.model_validate(line).sheet() for line in coded), {})).as_json()


class Spoiler:
    """Spoils a hand coding as a machine might: values dropped, moved, swapped, misread, incidents split and merged."""

    def __init__(self, gold: list[Line], seed: int) -> None:
        self.draw = random.Random(seed)
        self.gold = gold
        incidents = [i for line in gold for i in line["incidents"]]
        self.pool = {key: [i[key] for i in incidents] for key in incidents[0]}
        self.names = [s["name"] for line in gold for s in line["sources"]]

    def line(self, line: Line) -> Line:
        incidents = [self.incident(i) for i in line["incidents"] if self.draw.random() > 0.15]
        if self.draw.random() < 0.2:
            other = self.draw.choice(self.gold)["incidents"]
            incidents += [self.incident(i) for i in other]
        if incidents and self.draw.random() < 0.2:
            incidents.append(self.incident(incidents[0]))
        self.draw.shuffle(incidents)
        sources = [self.source(s) for s in line["sources"] if self.draw.random() > 0.2]
        tallies = [{**t, "lower": self.number(t["lower"])} for t in line["tallies"] if self.draw.random() > 0.2]
        tallies = [t for t in tallies if t["upper"] is None or (t["lower"] or 0) <= t["upper"]]
        return {"report": {"id": line["id"]}, "incidents": incidents, "sources": sources, "tallies": tallies}

    def incident(self, incident: Line) -> Line:
        spoiled = dict(incident)
        for key in ("type", "period", "date", "place", "weapons", "killed", "injured", "actors", "targets"):
            if self.draw.random() < 0.25:
                spoiled[key] = self.draw.choice(self.pool[key])
        if self.draw.random() < 0.2:
            spoiled["responsibility"] = self.draw.choice(self.pool["responsibility"])
        for key in ("killed", "injured"):
            if spoiled[key] and self.draw.random() < 0.3:
                low, high = self.number(spoiled[key]["lower"]), self.number(spoiled[key]["upper"])
                spoiled[key] = {"lower": low, "upper": None if high is None else max(high, low or 0)}
        spoiled["actors"] = [{"name": self.name(a)} for a in spoiled["actors"] if self.draw.random() > 0.2]
        spoiled["targets"] = [self.name(t) for t in spoiled["targets"] if self.draw.random() > 0.2]
        return spoiled

    def source(self, source: Line) -> Line:
        terms = self.draw.choice(["named", "role", "anonymous"]) if self.draw.random() < 0.2 else source["terms"]
        return {"name": self.name(source["name"]), "terms": terms}

    def number(self, number: int | None) -> int | None:
        if number is None or self.draw.random() < 0.2:
            return None
        return max(0, number + self.draw.randint(-2, 2))

    def name(self, name: str | Line) -> str:
        text: str = name["name"] if isinstance(name, dict) else name
        words = text.split()
        match self.draw.randrange(6):
            case 0:
                return " ".join(words[: max(1, len(words) - 1)])
            case 1:
                return "le " + text.upper()
            case 2:
                return text + " de " + self.draw.choice(self.names)
            case 3:
                return self.draw.choice(["Daech", "ISIS", "U.S.", "un", "UN", "Tsahal", "the group", "Houthistes"])
            case _:
                return text


@pytest.mark.parametrize("name", SETS)
def test_every_figure_is_that_of_the_scorer_on_spoiled_codings(scorer: ModuleType, name: str) -> None:
    gold = lines(name)
    for seed in range(ROUNDS):
        spoiler = Spoiler(gold, seed)
        coded = [spoiler.line(line) for line in gold if spoiler.draw.random() > 0.05]
        theirs, _ = scorer.score(gold, coded)
        assert ours(gold, coded) == theirs
        assert 0.2 < theirs["coding"]["f1"] < 0.95  # neither all right nor all wrong: the figures say something


def test_every_figure_is_that_of_the_scorer_on_what_the_coder_gives(scorer: ModuleType) -> None:
    gold = lines("samples")
    golden = (ROOT / "tests" / "coding" / "golden").glob("*.json")
    coded = [json.loads(path.read_text("utf-8")) for path in sorted(golden)]
    assert len(coded) > 4
    theirs, _ = scorer.score(gold, coded)
    assert ours(gold, coded) == theirs


def test_reports_with_more_incidents_than_are_searched_in_full_score_the_same(scorer: ModuleType) -> None:
    incidents = [{**i, "sources": []} for line in lines("samples") for i in line["incidents"]]
    gold = [{"id": "fr:many", "sources": [], "tallies": [], "incidents": incidents[:20]}]
    spoiler = Spoiler(lines("samples"), 1)
    for count in (10, 20, 45):
        coded = [{"id": "fr:many", "incidents": [spoiler.incident(i) for i in incidents[-count:]]}]
        theirs, _ = scorer.score(gold, coded)
        assert ours(gold, coded) == theirs


def test_names_are_the_same_to_both(scorer: ModuleType) -> None:
    names = sorted({s["name"] for line in lines("samples") + lines("corpus") for s in line["sources"]})
    path = SHARED / "bench" / "aliases.txt"
    families = [line.split("|") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    names += [name for family in families for name in family] + ["", "de la", "Groupe", "U.S.", "Daech (EI)"]
    for one in names:
        assert list(name_words(one)) == scorer.words(one)
    for one in names[::3]:
        for other in names:
            assert same_name(one, other) == scorer.same_name(one, other), (one, other)


def test_parts_add_up_to_the_whole() -> None:
    gold = lines("samples")
    spoiler = Spoiler(gold, 3)
    sheets = [GoldLine.model_validate(line).sheet() for line in gold]
    coded = by_id(CodedLine.model_validate(spoiler.line(line)).sheet() for line in gold)
    matches = match_all(sheets, coded, {})
    whole = measure(matches)
    types, languages = by_type(matches), by_language(matches)
    assert set(languages) == {"en", "fr"}
    assert total(t.slots for t in types.values()) == whole.scores["coding"]
    assert total(t.incidents for t in types.values()) == whole.scores["incidents"]
    for name, score in whole.scores.items():
        assert total(m.scores[name] for m in languages.values()) == score


def test_figures_that_can_be_told_by_hand(by_hand: Callable[..., Sheet]) -> None:
    """Two reports: in one the type is wrong, a toll is missed and an actor is invented; the other is rightly empty."""
    told = {
        "type": "attack",
        "date": {"start": "2024-05-02"},
        "place": {"name": "Valmarc", "country": "ML"},
        "killed": {"lower": 3, "upper": 3},
        "targets": ["marché"],
    }
    gold = [by_hand("fr:1", told, sources=[{"name": "maire", "terms": "role"}]), by_hand("fr:2")]
    coded = CodedLine.model_validate(
        {
            "id": "fr:1",
            "incidents": [
                {**told, "type": "armed_clash", "killed": None, "actors": ["police"], "targets": ["marchés"]}
            ],
            "sources": [{"name": "le maire", "terms": "named"}],
        }
    ).sheet()
    measures = measure(match_all(gold, {"fr:1": coded}, {})).as_json()
    # gold: type, date, country, place, killed, target; right: date, country, place, target; coded: those, type, actor
    assert measures["coding"] == {
        "precision": 0.6667, "recall": 0.6667, "f1": 0.6667, "right": 4, "coded": 6, "gold": 6,
    }  # fmt: skip
    assert measures["per_report"] == {"f1": 0.8333}
    assert (measures["reports"], measures["coded"]) == (2, 1)
    assert measures["detection"]["f1"] == 1.0
    assert measures["source_terms_accuracy"] == 0.0
    assert measures["killed"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "right": 0, "coded": 0, "gold": 1}
