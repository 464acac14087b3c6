"""Codings written short. All texts here are invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vigie.evaluation.door import CodedLine, GoldLine
from vigie.evaluation.sheets import Sheet


@pytest.fixture
def by_hand() -> Callable[..., Sheet]:
    """A hand coding: by_hand("fr:1", incident, …, sources=[…], tallies=[…])."""

    def make(id: str, *incidents: dict[str, Any], **rest: Any) -> Sheet:
        return GoldLine.model_validate({"id": id, "incidents": list(incidents), **rest}).sheet()

    return make


@pytest.fixture
def by_machine() -> Callable[..., Sheet]:
    """A machine's coding of a text. A value may be given as (value, words): the words are its evidence, which have to be
    in the text; a name as (name, words)."""

    def make(id: str, text: str, *incidents: dict[str, Any], **rest: Any) -> Sheet:
        line = {"report": {"id": id}, "incidents": [evidenced(i, text) for i in incidents], **evidenced(rest, text)}
        return CodedLine.model_validate(line).sheet()

    def evidenced(value: Any, text: str) -> Any:
        if isinstance(value, tuple):
            told, words = value
            start = text.index(words)
            span = {"start": start, "end": start + len(words), "quote": words}
            named = {"name": told} if isinstance(told, str) else dict(told)
            return named | {"evidence": [span]}
        if isinstance(value, dict):
            found = {k: evidenced(v, text) for k, v in value.items() if k != "from"}
            if "from" in value:
                found["evidence"] = evidenced(({}, value["from"]), text)["evidence"]
            return found
        if isinstance(value, list):
            return [evidenced(v, text) for v in value]
        return value

    return make
