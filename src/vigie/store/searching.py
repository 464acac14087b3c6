"""Searching the reports: by their words, outlet, language and day; each found one with the words where they stand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from vigie.errors import QueryError
from vigie.language.folding import fold
from vigie.store import schema as s
from vigie.store import words
from vigie.store.asking import MOST, ReportLine, cursor, homes_of, place_in_list, report_line
from vigie.store.filters import reports_with

_BEFORE, _AFTER = 60, 140  # characters shown on either side of the first words found


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Which reports are wanted; what is left out sets no limit, several values of one field mean any of them. `text` is
    as in `vigie.store.words`; `outlets` are found anywhere in the name of the outlet or agency, whatever their case and
    accents; days are those of publication; `telling` says whether incidents were found in it; `standing` is what became
    of it (`counts`, `superseded`, `withdrawn`)."""

    text: str | None = None
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    telling: bool | None = None
    standing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a report's text: it begins at character `start` of the text as received, and the words found stand
    at `marks`, as offsets in that text."""

    start: int
    words: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A report that was found, with the passage where the words stand together first; `in_title` are the words found
    in the title, as offsets in it. `opening` are its first words, which do for one without a title."""

    report: ReportLine
    opening: str
    agency: str | None = None
    passage: Passage | None = None
    in_title: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of reports: `next` fetches the one after it, None at the end; `total` counts all that were found."""

    lines: tuple[Found, ...]
    next: str | None
    total: int


def search(connection: Connection, wanted: ReportFilter, size: int, after: str | None) -> FoundPage:
    """A page of reports, the last published first. Raises QueryError where a part of the question means nothing."""
    if not 1 <= size <= MOST:
        raise QueryError("page", f"a page of {size} rows", f"ask for 1 to {MOST}")
    r, st = s.reports.c, s.standings.c
    day = func.coalesce(st.published, "")
    limits = list(_conditions(connection, wanted))
    # The order first, without the texts: what is sorted is then as small as it can be.
    order = select(r.seq).join(s.standings).where(*limits)
    if after is not None:
        at = place_in_list(after, "reports")
        order = order.where(or_(day < at[0], and_(day == at[0], r.id > at[1])))
    order = order.order_by(day.desc(), r.id).limit(size + 1)
    columns = (
        r.seq,
        r.id,
        r.title,
        r.outlet,
        r.agency,
        r.language,
        r.url,
        r.text,
        st.published,
        st.standing,
        st.family,
    )
    query = select(*columns, day.label("day")).join(s.standings).where(r.seq.in_(list(connection.scalars(order))))
    rows = connection.execute(query.order_by(day.desc(), r.id)).all()
    told = homes_of(connection, [row.seq for row in rows[:size]])
    pattern = _pattern(words.parsed(wanted.text)) if wanted.text is not None else None
    lines = tuple(
        Found(
            report_line(row, told.get(row.seq, ())),
            opening(row.text),
            row.agency,
            passage(row.text, pattern) if pattern is not None else None,
            marks(row.title or "", pattern) if pattern is not None else (),
        )
        for row in rows[:size]
    )
    more = cursor("reports", rows[size - 1].day, rows[size - 1].id) if len(rows) > size else None
    return FoundPage(lines, more, _number(connection, wanted, limits))


def _number(connection: Connection, wanted: ReportFilter, limits: list[ColumnElement[bool]]) -> int:
    """How many reports are wanted. Where only words are looked for, their index knows."""
    if wanted.text is not None and wanted == ReportFilter(text=wanted.text):
        found = reports_with(wanted.text, connection.dialect.name).subquery()
        return connection.scalar(select(func.count()).select_from(found)) or 0
    counted = select(func.count()).select_from(s.reports.join(s.standings)).where(*limits)
    return connection.scalar(counted) or 0


def _conditions(connection: Connection, wanted: ReportFilter) -> Iterator[ColumnElement[bool]]:
    r, st = s.reports.c, s.standings.c
    if wanted.first_day is not None and wanted.last_day is not None and wanted.first_day > wanted.last_day:
        raise QueryError("period", f"{wanted.first_day} is after {wanted.last_day}", "turn the two round")
    if wanted.text is not None:
        yield r.seq.in_(reports_with(wanted.text, connection.dialect.name))
    if wanted.outlets:
        names = _printers(connection, wanted.outlets)
        yield or_(r.outlet.in_(names), r.agency.in_(names))
    if wanted.languages:
        yield r.language.in_([language.lower() for language in wanted.languages])
    if wanted.first_day is not None:
        yield st.published >= wanted.first_day.isoformat()
    if wanted.last_day is not None:
        yield and_(st.published <= wanted.last_day.isoformat(), st.published != "")
    if wanted.telling is not None:
        tells = exists().where(s.members.c.report == r.seq)
        yield tells if wanted.telling else ~tells
    if wanted.standing:
        yield st.standing.in_(wanted.standing)


def _printers(connection: Connection, typed: tuple[str, ...]) -> list[str]:
    """The outlets and agencies that have some words in their names."""
    r = s.reports.c
    query = select(r.outlet).where(r.outlet.is_not(None)).union(select(r.agency).where(r.agency.is_not(None)))
    wanted = [fold(each).strip() for each in typed]
    return sorted(name for name in connection.scalars(query) if any(each in fold(name) for each in wanted))


def opening(text: str, most: int = 100) -> str:
    """The first line of a text that is not empty, cut at a word's end after so many characters."""
    line = " ".join(text.lstrip()[: most * 2].split("\n", 1)[0].split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


def _pattern(search: words.Search) -> re.Pattern[str]:
    """The wanted phrases, for folded text: words of a phrase with anything but letters and digits between them."""
    phrases = sorted((p for choice in search.wanted for p in choice), key=lambda p: -sum(map(len, p.words)))
    forms = [
        r"[\W_]{1,20}".join(map(re.escape, p.words)) + (r"[^\W_]*" if p.begins else r"(?![^\W_])") for p in phrases
    ]
    return re.compile(r"(?<![^\W_])(?:" + "|".join(forms) + ")")


def marks(text: str, pattern: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    """Where a text has words that are looked for."""
    return tuple(match.span() for match in pattern.finditer(fold(text)))


def passage(text: str, pattern: re.Pattern[str]) -> Passage | None:
    """The stretch of a text that has the most different words looked for, the first of several; None where it has
    none (they stand in the title)."""
    found = marks(text, pattern)
    if not found:
        return None
    folded = fold(text)

    def variety(first: int) -> int:
        inside = [span for span in found[first:] if span[1] <= found[first][0] + _AFTER]
        return len({folded[a:b] for a, b in inside})

    best = max(range(len(found)), key=lambda n: (variety(n), -n))
    start, end = _window(text, found[best][0], found[best][1])
    return Passage(start, text[start:end], tuple(span for span in found if start <= span[0] and span[1] <= end))


def _window(text: str, first: int, last: int) -> tuple[int, int]:
    """A stretch round some words, of whole words."""
    start, end = max(0, first - _BEFORE), min(len(text), max(last, first + _AFTER))
    if start:
        gap = re.search(r"\s+", text[start:first])
        start = start + gap.end() if gap else first
    if end < len(text):
        cut = text[:end].rfind(" ", last)
        end = cut if cut > last else end
    return start, end
