"""The verb and word lists that the repairs of the parse go by: `syntax.yaml` of each language pack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from vigie.errors import PackError

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Syntax:
    """The word lists of one language, in lower case (`syntax.yaml` says what each one is)."""

    speech: frozenset[str] = frozenset()
    etre: frozenset[str] = frozenset()
    de: frozenset[str] = frozenset()
    not_agents: frozenset[str] = frozenset()
    calendar: frozenset[str] = frozenset()
    passive: frozenset[str] = frozenset()
    perfect: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    reflexive: frozenset[str] = frozenset()
    relative_subject: frozenset[str] = frozenset()
    relative_object: frozenset[str] = frozenset()
    relative_place: frozenset[str] = frozenset()
    plural_article: frozenset[str] = frozenset()
    clitic: frozenset[str] = frozenset()
    cleft: frozenset[str] = frozenset()


def load_syntax(language: str) -> Syntax:
    """Read the word lists of a language. Raises PackError where the file is missing or holds something else."""
    path = DATA / language / "syntax.yaml"
    try:
        lists = yaml.load(path.read_text(encoding="utf8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return Syntax(**{name: frozenset(_forms(value)) for name, value in lists.items()})
    except (OSError, TypeError, AttributeError, yaml.YAMLError) as error:
        raise PackError(f"{path}: {error}") from error


def _forms(value: Any) -> Iterable[str]:
    """The forms of a list: words in one string, or a mapping of lemma to such a string."""
    texts = value.values() if isinstance(value, dict) else [value]
    return (form for text in texts for form in text.split())
