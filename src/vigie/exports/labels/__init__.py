"""The words of the printed record, one file a language with the same keys."""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from vigie.mentions.gazetteer import country_names

LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Labels:
    """One language's words for fields and values."""

    language: str
    table: Mapping[str, Any]

    def word(self, key: str, **values: object) -> str:
        """The word for a field or heading; `values` fill its braces."""
        word: str = self.table["words"][key]
        return word.format(**values) if values else word

    def record(self, key: str, **values: object) -> str:
        """The word for a heading or remark about the record; `values` fill its braces."""
        word: str = self.table["record"][key]
        return word.format(**values) if values else word

    def count(self, what: str, n: int) -> str:
        """So many of something ("1 report", "2 reports", "no report"), as the language counts."""
        forms: Mapping[str, str] = self.table["counted"][what]
        return forms["none" if n == 0 else "one" if n == 1 else "many"].format(n=self.number(n))

    def number(self, n: int) -> str:
        """A whole number with the language's separator of thousands."""
        return f"{n:,}".replace(",", "\u202f") if self.language == "fr" else f"{n:,}"

    def pair(self, label: str, text: str) -> str:
        """ "label: text", as the language puts its colon."""
        return f"{label}{self.word('colon')}{text}"

    def value(self, kind: str, key: str) -> str:
        """The word for one value of a closed list ("type", "arson"); the key itself where the list has no word."""
        word: str = self.table["values"][kind].get(key, key.replace("_", " "))
        return word

    def value_of(self, table: str, key: str) -> str:
        """The word for a key in one of the tables of short words ("short_types"); the key itself where it has none."""
        word: str = self.table[table].get(key, key.replace("_", " "))
        return word

    def weapon(self, kind: str, *, many: bool) -> str:
        """A weapon kind as a noun."""
        forms: Mapping[str, str] = self.table["values"]["weapon"].get(kind, {})
        return forms.get("many" if many else "one", kind)

    @property
    def months(self) -> list[str]:
        """The names of the months, January first."""
        names: list[str] = self.table["months"]
        return names

    def language_name(self, code: str) -> str:
        """The name of a language; its code where there is none."""
        name: str = self.table["languages"].get(code, code)
        return name

    def country(self, code: str) -> str:
        """The name of a country (ISO 3166-1 alpha-2); its code where there is none."""
        own: Mapping[str, str] = self.table["countries"]
        return own.get(code) or country_names(self.language).get(code, code)


@cache
def labels(language: str) -> Labels:
    """The labels of a language. Raises KeyError for one that is not in LANGUAGES."""
    if language not in LANGUAGES:
        raise KeyError(language)
    text = (importlib.resources.files(__name__) / f"{language}.yaml").read_text("utf-8")
    return Labels(language, yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
