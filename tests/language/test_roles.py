"""The pipelines of the package read the roles of marked sentences at least as well as when they were chosen."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from vigie.language.parse import load_parser

HERE = Path(__file__).parent
FLOORS: dict[str, dict[str, float]] = {
    "fr": {"subject": 96.5, "patient": 98, "object": 96, "agent": 96, "speaker": 98.5, "of": 95, "all": 97},
    "en": {"subject": 97.5, "patient": 95, "object": 95, "agent": 96, "speaker": 95.5, "of": 94, "all": 96.5},
}


@pytest.fixture(scope="module")
def roles() -> ModuleType:
    path = HERE.parents[1] / "tools" / "score_roles.py"
    spec = importlib.util.spec_from_file_location("score_roles", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", sorted(FLOORS))
def test_roles(roles: ModuleType, language: str) -> None:
    sentences = roles.read(HERE / "roles" / f"{language}.yaml")
    assert len(sentences) >= 150
    scores, errors = roles.score(load_parser(language), sentences)
    below = {role: (scores[role], floor) for role, floor in FLOORS[language].items() if scores[role] < floor}
    assert not below, "\n".join(errors)
    raw, _ = roles.score(load_parser(language), sentences, repair=False)
    assert raw["all"] < scores["all"]


def test_a_mark_that_fits_no_word_is_an_error(roles: ModuleType) -> None:
    with pytest.raises(ValueError, match="'bombe' is not in"):
        roles.mark("Un soldat a tiré. | tiré subject=soldat object=bombe")
    with pytest.raises(ValueError, match="no such role"):
        roles.mark("Un soldat a tiré. | tiré sujet=soldat")
