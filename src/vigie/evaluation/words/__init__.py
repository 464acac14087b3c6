"""The words an evaluation is printed with, one file a language with the same keys."""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping
from functools import cache
from typing import Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Words(BaseModel):
    """One language's words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    titles: Mapping[str, str]
    columns: Mapping[str, str]
    fields: Mapping[str, str]
    slots: Mapping[str, str]
    causes: Mapping[str, str]
    turns: Mapping[str, str]
    sentences: Mapping[str, str]
    levels: Mapping[str, str]
    none: str
    missed: str
    invented: str
    colon: str

    def said(self, key: str, **values: object) -> str:
        """A sentence with its braces filled."""
        return self.sentences[key].format(**values)


@cache
def words(language: Language) -> Words:
    """The words of a language. Raises KeyError for one that is not in LANGUAGES."""
    if language not in LANGUAGES:
        raise KeyError(language)
    text = (importlib.resources.files(__name__) / f"{language}.yaml").read_text("utf-8")
    return Words.model_validate(yaml.safe_load(text))
