"""Tallies page by page: what copies of one text give is one row; only the rows of the page are counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vigie.record.tallies import definition
from vigie.store.asking import cursor, place_in_list
from vigie.store.inquiry import Inquiry, ToldTally
from vigie.store.tally_checks import CheckedTally, TallyFilter, checked_tallies, grouped

_LIST = "tallies"


Told = tuple[ToldTally, ...]
"""A tally as one or several copies of a text give it."""


@dataclass(frozen=True, slots=True)
class TallyPage:
    """A page of tallies, the last published first: `listed` are all of them, `tallies` those that were counted, in the
    same order. `next` fetches the page after it, None at the end; `total` counts all that was asked for."""

    listed: tuple[Told, ...]
    tallies: tuple[CheckedTally, ...]
    next: str | None
    total: int


def tally_page(
    inquiry: Inquiry, wanted: TallyFilter, size: int, after: str | None, most: int | None = None
) -> TallyPage:
    """A page of the tallies wanted, each beside the record's own count; with `most`, those alone for which together no
    more incidents have to be gone through. Raises QueryError for a place in another list."""
    told = wanted.among(inquiry.tallies(), inquiry.sources)
    groups = sorted(grouped(told), key=_place, reverse=True)
    if after is not None:
        limit = place_in_list(after, _LIST)
        rest = [group for group in groups if _place(group) < limit]
    else:
        rest = groups
    shown = rest[:size]
    counted = shown if most is None else _within(inquiry, shown, most)
    return TallyPage(
        listed=tuple(shown),
        tallies=tuple(checked_tallies(inquiry, [each for group in counted for each in group], told)),
        next=cursor(_LIST, *_place(shown[-1])) if len(rest) > len(shown) else None,
        total=len(groups),
    )


def tallies_of(inquiry: Inquiry, report_id: str) -> tuple[CheckedTally, ...]:
    """The tallies of one report, as it prints them, each beside the record's own count."""
    told = inquiry.tallies()
    own = [group for group in grouped(told) if any(each.report.id == report_id for each in group)]
    own.sort(key=lambda group: _start(next(each for each in group if each.report.id == report_id)))
    return tuple(checked_tallies(inquiry, [each for group in own for each in group], told))


def _within(inquiry: Inquiry, groups: Iterable[Told], most: int) -> list[Told]:
    """The tallies for which together no more than so many incidents have to be gone through."""
    found, read = [], frozenset[str]()
    for group in groups:
        wanted = read | inquiry.ids_under(definition(group[0].published), most + 1)
        if len(wanted) <= most:
            found.append(group)
            read = wanted
    return found


def _place(group: Told) -> tuple[str, str]:
    first = group[0]
    return first.report.published or "", f"{first.report.id} {_start(first):09d} {first.published.tally.text}"


def _start(told: ToldTally) -> int:
    evidence = told.published.tally.evidence
    return evidence[0].start if evidence else 0
