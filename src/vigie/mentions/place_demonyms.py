"""Words for the people and things of a country: "irakienne", "South Korean". They name a country, not a place."""

from __future__ import annotations

import importlib.resources
from functools import cache, lru_cache
from typing import Any

import yaml

from vigie.errors import LanguageUnavailable
from vigie.language.pack import expand, languages
from vigie.mentions.place_keys import name_key
from vigie.mentions.place_scan import tokenise

_Loader: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# First words of demonyms of several words, in either language; a word more here only costs a look.
_STARTS = frozenset(
    ("nord", "sud", "est", "north", "south", "east", "northern", "saudi", "new", "sri", "costa", "puerto", "central",
     "cape", "equatorial", "equato", "bissau", "guinea", "papua", "sierra", "hong", "neo", "cap", "saint", "etats",
     "solomon", "ni", "sao")
)  # fmt: skip


@cache
def load_demonyms(language: str) -> dict[str, str]:
    """Key of each form → ISO 3166-1 alpha-2. Raises LanguageUnavailable."""
    path = importlib.resources.files("vigie.language") / "data" / language / "demonyms.yaml"
    if not path.is_file():
        raise LanguageUnavailable(language, languages())
    rows: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=_Loader)
    return {name_key(form): code for code, forms in rows.items() for f in forms for form in expand(f)}


@lru_cache(maxsize=2)  # asked for by the finder of places too
def find_demonyms(text: str, language: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and country of each demonym in a normalised text, in text order. In English a capital is asked
    for ("Polish", not "polish"); in French adjectives have none."""
    table, tokens = load_demonyms(language), tokenise(text)
    found = []
    keys, stop = tokens.keys, 0
    for i in [i for i, key in enumerate(keys) if key in table or key in _STARTS]:
        if i < stop or (language == "en" and not tokens.caps[i]):
            continue
        key = keys[i]
        n, country = 1, table.get(key)
        if key in _STARTS:
            for m in (3, 2):
                longer = table.get(" ".join(keys[i : i + m])) if tokens.run(i, i + m) else None
                if longer:
                    n, country = m, longer
                    break
        if country:
            found.append((tokens.starts[i], tokens.ends[i + n - 1], country))
        stop = i + n
    return tuple(found)
