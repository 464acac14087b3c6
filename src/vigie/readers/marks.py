"""Marks of update, correction and withdrawal in the slug, the headline or the editorial note of a wire story, and
the one name of an agency.

The words stand in wire.yaml of the language packs; all packs are tried, for agencies mark French copy in English and
English copy in French. A mark is a label, not a word of the headline: it stands first ("UPDATE 2-…", "CORRECTION : …"),
in brackets ("(Actualisé)", "[2nd LEAD]") or last behind a stop ("…/UPDATE"). An editorial note speaks of the copy by
nature: there a correction or a withdrawal counts wherever it stands, an update at the beginning of a clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Literal

from vigie.model.report import WireMark

if TYPE_CHECKING:  # loaded with the first headline: importing the readers stays quick
    from vigie.language.pack import Match, Pack

_OPENING = ' \u00a0([*-–—•/|"«“'
_FOLLOWED = re.compile(r"\s?(?:[:()\[\]\d/–—|]|-)")
_CLOSED = re.compile(r"[^()\[\]\n]{0,40}[)\]]")
_STOPS = ("-", "–", "—", "/", ",", ":", "|", ";")
_CLAUSE = re.compile(r"(?:^|[.:;!/(\[–—-])\s*$")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?(?P<name>[\w-]{2,40})(?:\.[\w-]{2,20}){1,2}/?")
# The stronger says more: a correction that is a second lead as well is a correction.
_ORDER: tuple[WireMark, ...] = ("kill", "correction", "lead", "update")
_LONGEST = 2_000


def find_mark(*, slug: str | None = None, headline: str | None = None, ed_note: str | None = None) -> WireMark | None:
    """What slug, headline and editorial note say of the relation to an earlier version; None where they say nothing."""
    found = {mark for words in (slug, headline) if words for mark in _labels(words[:_LONGEST])}
    found |= set(_notes(ed_note[:_LONGEST])) if ed_note else set()
    return next((mark for mark in _ORDER if mark in found), None)


def is_label(text: str, match: Match) -> bool:
    """Whether a mark found in a line stands there as a label and not as a word of it."""
    before, after = text[: match.start], text[match.end :]
    if before.rstrip().endswith(("(", "[")) and _CLOSED.match(after):
        return True
    if not before.strip(_OPENING):
        return (
            _shouted(match, text) or match.text[0].isdigit() or bool(_FOLLOWED.match(after)) or not after.strip(" .)]*")
        )
    return before.rstrip().endswith(_STOPS) and not after.strip(" .)]*")


def agency_name(words: str) -> str:
    """The canonical name of an agency where a pack knows it ("Agence France-Presse", "afp.com": AFP), else `words`."""
    name = " ".join(words.split())
    return known_agency(name) or name


def known_agency(name: str) -> str | None:
    """The canonical name of the agency that `name` is as a whole; None where no pack knows it."""
    host = _HOST.fullmatch(name)
    for spelling in (name, host["name"].upper(), host["name"].capitalize()) if host else (name,):
        for pack in _packs():
            for match in pack.find(spelling):
                if (match.start, match.end) == (0, len(spelling)) and _kind(match) == "agency":
                    return _name(match)
    return None


def _labels(words: str) -> Iterator[WireMark]:
    for match in _matches(words):
        if is_label(words, match) and not _is_topic(words, match):
            yield _mark(match)


def _is_topic(words: str, match: Match) -> bool:
    """Whether a word may be the story's subject ("Withdrawal: 5,000 troops leave"): no desk's own word, nor shouted."""
    alone = _name(match) != "kill" and not _shouted(match, words) and " " not in match.text
    return _mark(match) == "kill" and alone


def _shouted(match: Match, line: str) -> bool:
    """Whether a mark is in capitals in a line that is not ("2e LEAD Le bilan…")."""
    return not line.isupper() and any(len(word) > 1 and word.isupper() for word in match.text.split())


def _notes(words: str) -> Iterator[WireMark]:
    for match in _matches(words):
        mark = _mark(match)
        if mark in ("kill", "correction") or _CLAUSE.search(words[: match.start]):
            yield mark


def _matches(words: str) -> Iterator[Match]:
    for pack in _packs():
        yield from (m for m in pack.find(words) if _kind(m) in _MARKS)


_MARKS: dict[str, Literal["update", "correction", "kill"]] = {
    "update": "update",
    "correction": "correction",
    "withdrawal": "kill",
}


def _mark(match: Match) -> WireMark:
    return "lead" if _name(match) == "lead" else _MARKS[_kind(match)]


def _kind(match: Match) -> str:
    kind: str = getattr(match.entry, "mark", "")
    return kind


def _name(match: Match) -> str | None:
    name: str | None = getattr(match.entry, "name", None)
    return name


@cache
def _packs() -> tuple[Pack, ...]:
    """The wire words of every language, and nothing else of the packs: they are small and quick to load."""
    from vigie.language.pack import Pack, entries_of, languages

    return tuple(Pack(language, {"wire": entries_of(language, "wire")}) for language in languages())
