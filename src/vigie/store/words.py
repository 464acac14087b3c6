"""What a person types to search texts, for the index of words of either database.

Words are all wanted; `"several words"` stand in a row, `begin*` begins a word, `-word` is not wanted, `one OR other`
(`OU`) wants either. Case and accents do not matter. An apostrophe or a hyphen parts words: `ez-Zor` is two in a row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vigie.errors import QueryError
from vigie.language.folding import fold

_TOKEN = re.compile(r'(?P<minus>-(?=[\w"]))?(?:"(?P<quoted>[^"]{0,400})"|(?P<bare>[^\s"]{1,200}))')
_EITHER = frozenset({"OR", "OU"})
_MOST = 40
_WAY_OUT = 'give words, "several words" in a row, begin*, -not, one OR other'


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row; with `begins`, the last is the beginning of a word."""

    words: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Each of `wanted` is a choice: one of its phrases must be there. None of `unwanted` may be."""

    wanted: tuple[tuple[Phrase, ...], ...]
    unwanted: tuple[Phrase, ...] = ()


def parsed(typed: str) -> Search:
    """What was typed, taken apart. Raises QueryError where nothing is wanted or there is too much."""
    wanted: list[tuple[Phrase, ...]] = []
    unwanted: list[Phrase] = []
    either = False
    for token in _TOKEN.finditer(typed):
        bare = token["bare"]
        if bare in _EITHER:
            either = bool(wanted)
            continue
        phrase = _phrase(token["quoted"] if bare is None else bare)
        if phrase is None:
            continue
        if token["minus"]:
            unwanted.append(phrase)
        elif either:
            wanted[-1] = (*wanted[-1], phrase)
        else:
            wanted.append((phrase,))
        either = False
    if not wanted:
        raise QueryError("search", f"no word to look for in {typed!r}", _WAY_OUT)
    if len(wanted) + len(unwanted) > _MOST:
        raise QueryError("search", f"more than {_MOST} words", "give fewer")
    return Search(tuple(wanted), tuple(unwanted))


def for_sqlite(search: Search) -> str:
    """The search as FTS5 is asked (https://sqlite.org/fts5.html, section 3)."""
    wanted = " AND ".join("(" + " OR ".join(_fts5(p) for p in choice) + ")" for choice in search.wanted)
    return f"({wanted})" + "".join(f" NOT {_fts5(p)}" for p in search.unwanted)


def for_postgres(search: Search) -> str:
    """The search as `to_tsquery` takes it."""
    wanted = [" | ".join(_tsquery(p) for p in choice) for choice in search.wanted]
    return " & ".join([*(f"({w})" for w in wanted), *(f"!({_tsquery(p)})" for p in search.unwanted)])


def _phrase(typed: str) -> Phrase | None:
    folded = fold(typed)
    words = tuple("".join(c if c.isalnum() else " " for c in folded).split())
    return Phrase(words, typed.endswith("*")) if words else None


def _fts5(phrase: Phrase) -> str:
    return '"' + " ".join(phrase.words) + '"' + ("*" if phrase.begins else "")


def _tsquery(phrase: Phrase) -> str:
    # Words hold letters and digits only, so that none can break out of its quotes.
    return " <-> ".join(f"'{w}'" for w in phrase.words) + (":*" if phrase.begins else "")
