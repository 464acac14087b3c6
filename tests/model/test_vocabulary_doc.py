"""docs/vocabulary.md lists exactly the values of the codebooks.

To write the lists anew after a change of a codebook: VIGIE_WRITE_DOCS=1 pytest tests/model/test_vocabulary_doc.py
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import get_args

import pytest

from vigie.model.codebooks import codebook, names, rules
from vigie.model.dates import DateBasis, Grain
from vigie.model.places import PlacePrecision, PlaceRelation
from vigie.model.quantities import Hedge, bounds

DOC = Path(__file__).resolve().parents[2] / "docs" / "vocabulary.md"


def listed(name: str) -> str:
    """One codebook as the table of the documentation."""
    rows = [f"| `{v.id}` | {v.label.en} | {v.label.fr} | {v.definition.en} |" for v in codebook(name).values]
    return "\n".join(["| value | English | French | meaning |", "|---|---|---|---|", *rows])


def rules_listed() -> str:
    rows = [f"| `{r.id}` | {r.rule} | {r.origin} |" for r in rules().values()]
    return "\n".join(["| rule | what it does | origin |", "|---|---|---|", *rows])


def block(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- list: {name} -->\n)(.*?)(\n<!-- end -->)", re.DOTALL)


@pytest.mark.parametrize("name", [*names(), "rules"])
def test_the_list_in_the_documentation_is_the_codebook(name: str) -> None:
    want = rules_listed() if name == "rules" else listed(name)
    text = DOC.read_text(encoding="utf-8")
    found = block(name).search(text)
    assert found is not None, f"docs/vocabulary.md has no list of {name}"
    if os.environ.get("VIGIE_WRITE_DOCS"):
        DOC.write_text(block(name).sub(lambda m: m[1] + want + m[3], text), encoding="utf-8")
        return
    assert found[2] == want


@pytest.mark.parametrize("type_", [Grain, DateBasis, Hedge, PlacePrecision, PlaceRelation])
def test_every_value_of_the_smaller_lists_is_told(type_: object) -> None:
    text = DOC.read_text(encoding="utf-8")
    assert [v for v in get_args(type_) if f"`{v}`" not in text] == []


@pytest.mark.parametrize("hedge", get_args(Hedge))
def test_the_bounds_told_are_the_bounds_of_the_code(hedge: Hedge) -> None:
    row = re.search(rf"^\| `{hedge}` \|[^|]*\| ([^|]+) \|", DOC.read_text(encoding="utf-8"), re.MULTILINE)
    assert row is not None
    lower, upper = bounds(20, hedge)
    assert row[1].strip() == f"{lower}, {'none' if upper is None else upper}"
