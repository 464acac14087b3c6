"""A text cut where marks begin and end, so that marks may overlap in any way and every character keeps its offset."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

_LAST = frozenset({"asked", "out"})  # kinds that come after those of values


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, and what marks it: `of` is an id in the page, `kind` how it is drawn. `wide` ones lie under
    the others: whole sentences."""

    start: int
    end: int
    of: str
    kind: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with all marks that cover it, the shortest first. `opens` are those that begin here."""

    start: int
    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()

    @property
    def html(self) -> Markup:
        """The text for a page, character for character: a carriage return would else be made a line end or dropped,
        and a NUL character refused."""
        return Markup(str(escape(self.text)).replace("\r", "&#13;").replace("\0", "\ufffd"))

    @property
    def anchors(self) -> tuple[str, ...]:
        """Names for the stretches that begin here ("12-30"), each once."""
        return tuple(dict.fromkeys(f"{m.start}-{m.end}" for m in self.opens))

    @property
    def narrow(self) -> tuple[Mark, ...]:
        """The marks that are drawn on the words themselves."""
        return tuple(m for m in self.marks if not m.wide)

    @property
    def kinds(self) -> tuple[str, ...]:
        """How the words are drawn, each kind once, the shortest mark's first."""
        return tuple(dict.fromkeys(m.kind for m in self.narrow))


def pieces(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """The text in pieces that end wherever a mark begins or ends; together they are the text. A mark that reaches
    beyond the text is cut, one that holds nothing is left out."""
    inside = sorted(
        {
            Mark(max(0, m.start), min(len(text), m.end), m.of, m.kind, m.wide)
            for m in marks
            if max(0, m.start) < min(len(text), m.end)
        },
        key=lambda m: (m.start, m.end, m.of),
    )
    cuts = sorted({0, len(text), *(m.start for m in inside), *(m.end for m in inside)})
    found = []
    open_now: list[Mark] = []
    upcoming = iter(inside)
    following = next(upcoming, None)
    for low, high in itertools.pairwise(cuts):
        open_now = [m for m in open_now if m.end > low]
        opens = []
        while following is not None and following.start == low:
            opens.append(following)
            following = next(upcoming, None)
        open_now += opens
        covering = sorted(open_now, key=lambda m: (m.wide, m.kind in _LAST, m.end - m.start, m.start, m.of))
        found.append(Piece(low, text[low:high], tuple(covering), tuple(opens)))
    return tuple(found)
