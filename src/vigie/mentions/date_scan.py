"""Where in a text days are named: the patterns of the language run once, before anything is resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from vigie.language.folding import fold
from vigie.language.temporal import DatePattern, Temporal, load_temporal
from vigie.language.token_patterns import BREAK, Hit, Tokens, cut

_LONGEST_SENTENCE = 150  # tokens looked through on either side


@dataclass(frozen=True, slots=True)
class Named:
    """One pattern found: offsets in the text, token range, the pattern, its captures as values."""

    start: int
    end: int
    first: int
    last: int
    pattern: DatePattern
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scan:
    """A text's tokens and the days named in it, in text order."""

    tokens: Tokens
    symbols: str
    named: tuple[Named, ...]


@lru_cache(maxsize=4)
def scan_dates(text: str, language: str) -> Scan:
    """Cut `text` and find the date patterns of `language` in it (the last few texts are remembered, because the
    finders of numbers and of dates both need this)."""
    temporal = load_temporal(language)
    tokens = cut(text)
    symbols = temporal.grammar.symbols(tokens)
    patterns = temporal.file.patterns
    named: list[Named] = []
    for hit in temporal.grammar.find(symbols, lambda h: _acceptable(h, temporal, tokens)):
        pattern = patterns[hit.pattern]
        if pattern.rule == "none":
            continue
        values = _values(hit, temporal, tokens)
        named.append(Named(tokens.starts[hit.start], tokens.ends[hit.end - 1], hit.start, hit.end, pattern, values))
    return Scan(tokens, symbols, tuple(named))


def _acceptable(hit: Hit, temporal: Temporal, tokens: Tokens) -> bool:
    """False for a pattern whose guard says it is something else here."""
    pattern = temporal.file.patterns[hit.pattern]
    if pattern.guard == "uncounted" and counted_next(tokens, hit.end, temporal):
        return False
    if pattern.rule == "fixed" and pattern.date is not None:
        _, month, day = pattern.date.split("-")
        if "day" in hit.groups:
            return temporal.grammar.value(tokens, hit.groups["day"]).zfill(2) == day
        if "slash" in hit.groups:
            told = {part.zfill(2) for part in temporal.grammar.value(tokens, hit.groups["slash"]).split("/")}
            return told == {month, day}
    return True


def _values(hit: Hit, temporal: Temporal, tokens: Tokens) -> dict[str, str]:
    """What a pattern captured; two days as one figure ("27/28 May") as the first and the last."""
    values = {name: temporal.grammar.value(tokens, group) for name, group in hit.groups.items()}
    if "days" in values:
        values["day"], values["last"] = values.pop("days").split("/")
    return values


def counted_next(tokens: Tokens, i: int, temporal: Temporal) -> bool:
    """True when token i is a small-letter word that a figure before it would count ("soldats", "people")."""
    if i >= len(tokens) or not tokens.words[i][0].isalpha() or tokens.capital(i):
        return False
    return tokens.words[i] not in temporal.not_counted


def sentence_bounds(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Token range of the sentence round tokens first..last, roughly: full stops followed by a capital or a
    figure, and paragraph breaks, end it."""
    start = first
    floor = max(0, first - _LONGEST_SENTENCE)
    while start > floor and not _ends(tokens, start - 1):
        start -= 1
    end = last
    ceiling = min(len(tokens), last + _LONGEST_SENTENCE)
    while end < ceiling and not _ends(tokens, end):
        end += 1
    return start, end


def _ends(tokens: Tokens, i: int) -> bool:
    word = tokens.words[i]
    if word[0] == BREAK:
        return True
    if word in ("!", "?"):
        return True
    if word != ".":
        return False
    if i + 1 >= len(tokens):
        return True
    follows = tokens.words[i + 1][0]
    if tokens.glued(i + 1) and follows not in "\"»”)'":
        return False
    short = i > 0 and tokens.words[i - 1].isalpha() and len(tokens.words[i - 1]) <= 4 and follows.isdigit()
    return not short and (not follows.isalpha() or tokens.capital(i + 1))


def looks_ahead(scan: Scan, named: Named, temporal: Temporal) -> bool:
    """True when the sentence that names the day tells of what is to come."""
    start, end = sentence_bounds(scan.tokens, named.first, named.last)
    low, high = scan.tokens.starts[start], scan.tokens.ends[end - 1]
    return temporal.future.search(fold(scan.tokens.text[low:high])) is not None
