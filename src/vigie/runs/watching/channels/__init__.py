"""Ways to tell people: each takes notices and says which it could hand over.

Every notice has a key that stays the same however often it is sent, so that whoever gets it twice can tell: a process
that is killed between handing over and noting it hands over again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from vigie.errors import DeliveryFailed
from vigie.runs.watching.plan import Language
from vigie.store.watch_notices import Notice, Waiting


class Wording(Protocol):
    """Notices in words for people (`vigie.exports.notices`)."""

    def subject(self, notices: Sequence[Notice], language: Language) -> str:
        """One line for all of them."""
        ...

    def text(self, notices: Sequence[Notice], language: Language) -> str:
        """All that there is to say, as plain text."""
        ...

    def html(self, notices: Sequence[Notice], language: Language) -> str:
        """The same as a page of HTML with nothing active in it."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of notices: taken, refused for good (each with the reason), and the failure that stopped the rest;
    `tried` are those that the failure was met with."""

    taken: tuple[Waiting, ...] = ()
    refused: tuple[tuple[Waiting, str], ...] = ()
    tried: tuple[Waiting, ...] = ()
    failure: DeliveryFailed | None = None
