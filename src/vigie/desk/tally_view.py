"""Tallies page by page: what copies of one text give is one row; only the rows of the page are counted."""

from __future__ import annotations

from dataclasses import dataclass

from vigie.store.asking import cursor, place_in_list
from vigie.store.inquiry import Inquiry, ToldTally
from vigie.store.tally_checks import CheckedTally, TallyFilter, checked_tallies, grouped

_LIST = "tallies"


@dataclass(frozen=True, slots=True)
class TallyPage:
    """A page of tallies, the last published first: `next` fetches the one after it, None at the end; `total` counts
    all that was asked for; `counters` are those who counted them, as printed, by how often."""

    tallies: tuple[CheckedTally, ...]
    next: str | None
    total: int


def tally_page(inquiry: Inquiry, wanted: TallyFilter, size: int, after: str | None) -> TallyPage:
    """A page of the tallies wanted, each beside the record's own count. Raises QueryError for a place in another
    list."""
    told = wanted.among(inquiry.tallies(), inquiry.sources)
    groups = sorted(grouped(told), key=_place, reverse=True)
    if after is not None:
        limit = place_in_list(after, _LIST)
        rest = [group for group in groups if _place(group) < limit]
    else:
        rest = groups
    shown = rest[:size]
    return TallyPage(
        tallies=tuple(checked_tallies(inquiry, [each for group in shown for each in group], told)),
        next=cursor(_LIST, *_place(shown[-1])) if len(rest) > len(shown) else None,
        total=len(groups),
    )


def _place(group: tuple[ToldTally, ...]) -> tuple[str, str]:
    first = group[0]
    tally = first.published.tally
    start = tally.evidence[0].start if tally.evidence else 0
    return first.report.published or "", f"{first.report.id} {start:09d} {tally.text}"
