"""Two versions of a text, word by word: what stayed, what went, what is new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORD = re.compile(r"\S+\s*|\s+")
_SENTENCE = re.compile(r".+?(?:[.!?…]+[\"'”»)\]]*\s+|\n\s*|\Z)", re.DOTALL)
_MOST = 4_000_000  # pairs of words that are compared one with another: beyond that a passage is replaced as a whole

ChangeKind = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of words that stands in both texts, in the older alone or in the newer alone."""

    kind: ChangeKind
    text: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def differences(older: str, newer: str) -> tuple[Change, ...]:
    """The newer text and what of the older is not in it, in reading order. White space is no difference.

    Without what is `gone` they are the newer text. Sentences are laid side by side first, so that a long text with few
    changes is quick; within those that differ, words are.
    """
    a, b = _cut(_SENTENCE, older), _cut(_SENTENCE, newer)
    return tuple(_joined(_sentences(a, b)))


def _sentences(a: Sequence[str], b: Sequence[str]) -> Iterator[Change]:
    for same, old, new in _blocks(a, b):
        if same:
            yield Change("same", "".join(new))
        else:
            yield from _words(_cut(_WORD, "".join(old)), _cut(_WORD, "".join(new)))


def _words(a: Sequence[str], b: Sequence[str]) -> Iterator[Change]:
    blocks = _blocks(a, b) if len(a) * len(b) <= _MOST else [(False, a, b)]
    for same, old, new in blocks:
        if same:
            yield Change("same", "".join(new))
        else:
            if old:
                yield Change("gone", "".join(old))
            if new:
                yield Change("new", "".join(new))


def _blocks(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    matcher = SequenceMatcher(None, [_plain(w) for w in a], [_plain(w) for w in b], autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        yield tag == "equal", a[a0:a1], b[b0:b1]


def _plain(words: str) -> str:
    return " ".join(words.split())


def _cut(pattern: re.Pattern[str], text: str) -> list[str]:
    return [found for found in pattern.findall(text) if found]


def _joined(changes: Iterable[Change]) -> Iterator[Change]:
    """Neighbours of a kind as one."""
    waiting: list[Change] = []
    for change in changes:
        if waiting and waiting[-1].kind == change.kind:
            waiting[-1] = Change(change.kind, waiting[-1].text + change.text)
        else:
            waiting.append(change)
    yield from waiting
