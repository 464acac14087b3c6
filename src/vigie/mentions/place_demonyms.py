"""Words for the people and things of a country: "irakienne", "South Korean". They name a country, not a place."""

from __future__ import annotations

import importlib.resources
from functools import cache
from typing import Any

import yaml

from vigie.errors import LanguageUnavailable
from vigie.language.pack import expand, languages
from vigie.mentions.place_keys import name_key
from vigie.mentions.place_scan import Tokens, tokenise

_Loader: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@cache
def load_demonyms(language: str) -> dict[str, str]:
    """Key of each form → ISO 3166-1 alpha-2. Raises LanguageUnavailable."""
    path = importlib.resources.files("vigie.language") / "data" / language / "demonyms.yaml"
    if not path.is_file():
        raise LanguageUnavailable(language, languages())
    rows: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=_Loader)
    return {name_key(form): code for code, forms in rows.items() for f in forms for form in expand(f)}


def find_demonyms(text: str, language: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and country of each demonym in a normalised text, in text order. In English a capital is asked
    for ("Polish", not "polish"); in French adjectives have none."""
    return demonyms_of(tokenise(text), language)


def demonyms_of(tokens: Tokens, language: str) -> tuple[tuple[int, int, str], ...]:
    """`find_demonyms` on words already cut."""
    table = load_demonyms(language)
    found = []
    i = 0
    while i < len(tokens):
        step = 1
        if language != "en" or tokens.caps[i]:
            for n in (3, 2, 1):
                if i + n > len(tokens) or any(not tokens.near(j) for j in range(i + 1, i + n)):
                    continue
                country = table.get(" ".join(tokens.keys[i : i + n]) if n > 1 else tokens.keys[i])
                if country:
                    found.append((tokens.starts[i], tokens.ends[i + n - 1], country))
                    step = n
                    break
        i += step
    return tuple(found)
