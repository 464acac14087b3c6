"""Patterns over words: the small engine behind the number and date files of a language pack.

A text is cut into tokens once. Each token that some pattern of the language knows gets a one-character symbol,
every other token a blank; patterns become regular expressions over that short string, so that a report costs
one pass whatever the number of patterns.

A pattern is written in words::

    dans la nuit (de|du) {weekday} (a|au) {weekday:second}
    <en> {month} {year}?

`( | )` gives alternatives, `?` after a word, class or group makes it optional, `{class}` is a word (or words) of
that class, captured under its own name or the one after the colon, and `< >` must be there but is no part of
what is found. Case and accents do not matter, except for a class that asks for a capital or a small letter.
Digits come in the built-in classes `day` (1–31), `num` (up to three figures), `year` (1500–2200), `iso`
(2016-06-12), `iso_month` (2016-06), `numeric` (12/06/2016), `slash` (9/11) and `grouped` (2 500; 1,5).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from typing import Literal

from vigie.errors import PackError
from vigie.language.folding import fold

Case = Literal["any", "capital", "lower"]

NOTHING = " "
BREAK = "\n"
_Compiled = tuple[Callable[[], re.Pattern[str]], tuple[tuple[str, str], ...], int]
_DIGITS: Mapping[str, str] = {
    "day": "ab", "num": "abn", "year": "y", "iso": "i", "iso_month": "j", "numeric": "d", "slash": "k", "grouped": "g",
    "figure": "abnyg",
}  # fmt: skip
_TOKEN = re.compile(
    r"([^\W\d_]+"
    r"|[^\w\s]"
    r"|\n[ ]*\n\s*"
    r"|(?=\d)(?:"
    r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)"
    r"|(?<![\d-])(?:1[5-9]|2[01])\d\d-(?:0[1-9]|1[0-2])(?![\d-])"
    r"|(?<![\d/.])\d{1,2}([/.])\d{1,2}\2\d{4}(?!\d)"
    r"|(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])"
    # "18 107mm rockets" are eighteen: before a calibre a space parts two numbers.
    r"|(?<![\d.,])[1-9]\d{0,2}(?:[ .'’]\d{3}){1,4}(?:,\d\d?)?(?!\d|[.,]\d|[ -]?mm\b|[ -]millim)"
    r"|(?<![\d.,])[1-9]\d{0,2}(?:,\d{3}){1,4}(?:\.\d\d?)?(?!\d|[.,]\d)"
    r"|\d+(?:[.,]\d+)?))"
)
_SYNTAX = re.compile(r"\{[a-z_0-9]+(?::[a-z_0-9]+)?\}|[()<>|?]|[^\s(){}<>|?]+")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut up: token i is `text[starts[i]:ends[i]]`, `words[i]` the same folded (small letters, no accents)."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.words)

    def glued(self, i: int) -> bool:
        """True when token i follows the one before it without a space."""
        return i > 0 and self.starts[i] == self.ends[i - 1]

    def capital(self, i: int) -> bool:
        """True when token i begins with a capital letter."""
        return self.text[self.starts[i]].isupper()


@lru_cache(maxsize=2)  # numbers and dates of a report are read from the same tokens
def cut(text: str) -> Tokens:
    """The tokens of `text`: words, figures (2 500 and 12/06/2016 are one each), marks, and paragraph breaks."""
    # What stands between, a token, the mark within a date, and again; cut by one call, not by one a token.
    parts = _TOKEN.split(fold(text))
    del parts[2::3]
    stops = tuple(itertools.accumulate(map(len, parts)))
    return Tokens(text, stops[:-1:2], stops[1::2], tuple(parts[1::2]))


@dataclass(frozen=True, slots=True)
class WordClass:
    """Words that stand for values: `values` maps a value to its forms; `case` is the first letter wanted."""

    values: Mapping[str, tuple[str, ...]]
    case: Case = "any"


@dataclass(frozen=True, slots=True)
class Hit:
    """One pattern found: token range covered, the whole range with its context, which pattern, what was captured.

    `groups` maps a capture name to its class and its token range."""

    start: int
    end: int
    reach: int
    pattern: int
    groups: Mapping[str, tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class _Node:
    """Part of a pattern: `regex` over symbols, and how what it matches can begin: `one` holds the symbols that are
    a match by themselves, `two` the first two symbols of longer ones; `empty` if it may match nothing."""

    regex: str
    one: frozenset[str]
    two: frozenset[str]
    empty: bool = False

    @property
    def first(self) -> frozenset[str]:
        """The symbols a match can begin with."""
        return self.one | {pair[0] for pair in self.two}


def form_words(form: str) -> list[str]:
    """The tokens of a form as it is written in a pack file, folded."""
    return [m.group() for m in _TOKEN.finditer(fold(form))]


class TokenGrammar:
    """The patterns of one language, ready to run.

    classes: the word classes by name. patterns: each a sequence of alternative forms.
    Raises PackError for a pattern that is not well formed or names an unknown class.
    """

    def __init__(self, classes: Mapping[str, WordClass], patterns: Sequence[Sequence[str]], where: str) -> None:
        self._where = where
        self._symbols: dict[str, tuple[str, str]] = {}
        self._values = {
            name: {" ".join(form_words(form)): value for value, forms in cls.values.items() for form in forms}
            for name, cls in classes.items()
        }
        self._nodes: dict[str, _Node] = {name: self._class_node(cls) for name, cls in classes.items()}
        for name, letters in _DIGITS.items():
            self._nodes[name] = _Node(f"[{letters}]", frozenset(letters), frozenset())
        self._alone: dict[str, list[_Compiled]] = {}  # by their first symbol, those that it can satisfy alone
        self._by_two: dict[str, list[_Compiled]] = {}  # by their first two symbols
        for number, forms in enumerate(patterns):
            for form in forms:
                node, captures = self._compile(form)
                # Compiled when first needed: a report meets a few of the hundreds of patterns.
                compiled = (cache(partial(re.compile, node.regex)), captures, number)
                for symbol in node.one:
                    self._alone.setdefault(symbol, []).append(compiled)
                for pair in node.two:
                    if pair[0] not in node.one:
                        self._by_two.setdefault(pair, []).append(compiled)
        starters = "".join(sorted(set(self._alone) | {pair[0] for pair in self._by_two}))
        self._starter = re.compile(f"[{re.escape(starters)}]") if starters else re.compile(r"(?!)")

    # -- reading patterns ---------------------------------------------------------------------------------

    def _symbol(self, word: str) -> tuple[str, str]:
        """The symbols of a word with a small and with a capital first letter."""
        if word[0].isdigit():
            raise PackError(f"{self._where}: figures are matched by class, not as {word!r}")
        if word not in self._symbols:
            code = 0x4E00 + 2 * len(self._symbols)
            self._symbols[word] = (chr(code), chr(code + 1))
        return self._symbols[word]

    def _literal(self, form: str, case: Case = "any") -> _Node:
        sets: list[str] = []
        for i, word in enumerate(form_words(form)):
            low, high = self._symbol(word)
            sets.append(low + high if i or case == "any" else (high if case == "capital" else low))
        if not sets:
            raise PackError(f"{self._where}: empty form {form!r}")
        nodes = [_Node(f"[{s}]", frozenset(s), frozenset()) for s in sets]
        return nodes[0] if len(nodes) == 1 else _join(nodes)

    def _class_node(self, cls: WordClass) -> _Node:
        forms = [form for forms in cls.values.values() for form in forms]
        nodes = [self._literal(f, cls.case) for f in sorted(forms, key=lambda f: -len(form_words(f)))]
        return _either(nodes)

    def _compile(self, form: str) -> tuple[_Node, tuple[tuple[str, str], ...]]:
        pieces = _SYNTAX.findall(form)
        captures: list[tuple[str, str]] = []
        before, rest = self._context(pieces, captures, opening=True)
        core, i = self._sequence(rest, 0, captures)
        after, left = self._context(rest[i:], captures, opening=False)
        if left or core.empty:
            raise PackError(f"{self._where}: cannot read pattern {form!r}")
        whole = _join([n for n in (before, replace(core, regex=f"(?P<cover>{core.regex})"), after) if n])
        return whole, tuple(captures)

    def _context(
        self, pieces: list[str], captures: list[tuple[str, str]], opening: bool
    ) -> tuple[_Node | None, list[str]]:
        if not pieces or pieces[0] != "<":
            return None, pieces
        if ">" not in pieces:
            raise PackError(f"{self._where}: no '>' in {' '.join(pieces)!r}")
        stop = pieces.index(">")
        node, used = self._sequence(pieces[1:stop], 0, captures)
        if used != stop - 1:
            raise PackError(f"{self._where}: cannot read {' '.join(pieces)!r}")
        return node, pieces[stop + 1 :]

    def _sequence(self, pieces: list[str], i: int, captures: list[tuple[str, str]]) -> tuple[_Node, int]:
        """Alternatives of sequences, up to the closing bracket, the context mark or the end."""
        options: list[_Node] = []
        nodes: list[_Node] = []
        while i < len(pieces) and pieces[i] not in (")", "<"):
            piece = pieces[i]
            i += 1
            if piece == "|":
                options.append(_join(nodes))
                nodes = []
                continue
            if piece == "(":
                node, i = self._sequence(pieces, i, captures)
                if i >= len(pieces) or pieces[i] != ")":
                    raise PackError(f"{self._where}: bracket not closed in {' '.join(pieces)!r}")
                i += 1
            elif piece.startswith("{"):
                node = self._capture(piece[1:-1], captures)
            elif piece in ("?", ">"):
                raise PackError(f"{self._where}: misplaced {piece!r} in {' '.join(pieces)!r}")
            else:
                node = self._literal(piece)
            if i < len(pieces) and pieces[i] == "?":
                node = replace(node, regex=f"(?:{node.regex})?", empty=True)
                i += 1
            nodes.append(node)
        options.append(_join(nodes))
        return (_either(options) if len(options) > 1 else options[0]), i

    def _capture(self, inside: str, captures: list[tuple[str, str]]) -> _Node:
        name, _, alias = inside.partition(":")
        node = self._nodes.get(name)
        if node is None:
            raise PackError(f"{self._where}: no class {name!r}")
        group = f"g{len(captures)}"
        captures.append((alias or name, name))
        return replace(node, regex=f"(?P<{group}>{node.regex})")

    # -- running ------------------------------------------------------------------------------------------

    def symbols(self, tokens: Tokens) -> str:
        """One character a token: the word's symbol, a letter for a figure, a blank for what no pattern knows."""
        text, table = tokens.text, self._symbols
        out: list[str] = []
        append = out.append
        for i, word in enumerate(tokens.words):
            pair = table.get(word)
            if pair is not None:
                append(pair[1] if text[tokens.starts[i]].isupper() else pair[0])
            elif word[0].isdigit():
                append(_digit_symbol(tokens, i, out))
            else:
                append(BREAK if word[0] == "\n" else NOTHING)
        return "".join(out)

    def find(self, symbols: str, accept: Callable[[Hit], bool]) -> Iterator[Hit]:
        """All patterns found that `accept` lets pass, from left to right, the longest at each place (of equals
        the first in the file); what is found does not overlap."""
        position = 0
        search = self._starter.search
        while (m := search(symbols, position)) is not None:
            at = m.start()
            if symbols[at : at + 2] not in self._by_two and symbols[at] not in self._alone:
                position = at + 1
                continue
            best = self._longest(symbols, at, accept)
            if best is not None and best.start > at:  # its own context must not hide more words further on
                later = self._longest(symbols, best.start, accept)
                best = later if later is not None and later.reach > best.reach else best
            if best is not None:
                yield best
            position = at + 1 if best is None else max(best.end, at + 1)

    def _longest(self, symbols: str, at: int, accept: Callable[[Hit], bool]) -> Hit | None:
        """The longest accepted match that begins at a token."""
        alone = self._alone.get(symbols[at], ())
        longer = self._by_two.get(symbols[at : at + 2], ())
        best: Hit | None = None
        for regex, captures, number in (*longer, *alone):
            found = regex().match(symbols, at)
            if found is None or (best is not None and found.end() <= best.reach):
                continue
            start, end = found.span("cover")
            groups = {
                alias: (name, *found.span(f"g{k}"))
                for k, (alias, name) in enumerate(captures)
                if found.start(f"g{k}") >= 0
            }
            hit = Hit(start, end, found.end(), number, groups)
            if accept(hit):
                best = hit
        return best

    def value(self, tokens: Tokens, group: tuple[str, int, int]) -> str:
        """The value a captured group stands for: the class's own, or the figures themselves."""
        name, start, end = group
        words = tokens.words[start:end]
        if name in _DIGITS:
            return words[0]
        return self._values[name][" ".join(words)]


def _join(nodes: Sequence[_Node]) -> _Node:
    """One after the other."""
    whole = _Node("", frozenset(), frozenset(), True)
    for node in nodes:
        two = whole.two | {a + b for a in whole.one for b in node.first} | (node.two if whole.empty else frozenset())
        one = (whole.one if node.empty else frozenset()) | (node.one if whole.empty else frozenset())
        whole = _Node(whole.regex + node.regex, one, two, whole.empty and node.empty)
    return whole


def _either(nodes: Iterable[_Node]) -> _Node:
    """One of them."""
    options = list(nodes)
    if all(re.fullmatch(r"\[[^\[\]]+\]", n.regex) for n in options):
        regex = "[" + "".join(n.regex[1:-1] for n in options) + "]"
    else:
        regex = "(?:" + "|".join(n.regex for n in options) + ")"
    one: frozenset[str] = frozenset().union(*(n.one for n in options))
    two: frozenset[str] = frozenset().union(*(n.two for n in options))
    return _Node(regex, one, two, any(n.empty for n in options))


def _digit_symbol(tokens: Tokens, i: int, before: Sequence[str]) -> str:
    """The letter of a figure; a blank for one that is part of a name (G7, F-16)."""
    word = tokens.words[i]
    if tokens.glued(i):
        last = tokens.words[i - 1]
        if last[0].isalpha() and before[i - 1] == NOTHING:
            return NOTHING
        if last == "-" and i > 1 and tokens.glued(i - 1) and before[i - 2] == NOTHING:
            return NOTHING
    if word.isdigit():
        n = len(word)
        if n <= 2 and word not in ("0", "00"):
            value = int(word)
            return "a" if value <= 12 else "b" if value <= 31 else "n"
        if n == 4 and "1500" <= word <= "2200":
            return "y"
        return "n" if n <= 3 else "g"
    if "/" in word:
        return "d" if word.count("/") == 2 else "k"
    if "-" in word:
        return "i" if word.count("-") == 2 else "j"
    if word.count(".") == 2 and len(word.rsplit(".", 1)[1]) == 4:
        return "d"
    return "g"
