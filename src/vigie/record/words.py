"""What people are shown for the record's own closed lists, in English and French."""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import yaml

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """List → value → language → words. The lists are named after the types of `model.record`."""
    text = (importlib.resources.files("vigie.record") / "data" / "words.yaml").read_text("utf-8")
    rows: dict[str, dict[str, dict[str, str]]] = yaml.load(text, Loader=_Loader)
    return MappingProxyType(rows)


def word(kind: str, value: str, language: str) -> str:
    """`word("difference_kind", "count", "fr")` is "nombre". Raises KeyError for what is not there."""
    return words()[kind][value][language]
