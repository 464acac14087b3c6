"""Repairs of what the trained parsers are known to get wrong."""

from __future__ import annotations

from collections.abc import Callable

from vigie.language.parse import Parse


def load_repairs(language: str) -> Callable[[Parse], Parse]:
    """All repairs of a language as one function."""

    def repair(parse: Parse) -> Parse:
        return parse

    return repair
