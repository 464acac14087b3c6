"""A context paragraph printed: with numbered notes for people, Markdown with footnotes, JSON for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from vigie.exports.bulletin.sentences import Sentence
from vigie.exports.bulletin.whole import Bulletin
from vigie.exports.labels import labels
from vigie.exports.markdown import escaped
from vigie.exports.phrasing import iso_day
from vigie.record.words import word
from vigie.store.inquiry import Kept

SCHEMA = "vigie/background/1"
_JOIN = ",\u00a0"  # notes are not parted at the end of a line


def bulletin_text(bulletin: Bulletin, width: int = 80) -> str:
    """The paragraphs, the notes of each sentence in brackets behind it, and under them what each note is."""
    numbers = {report: number for number, report in enumerate(bulletin.reports, 1)}
    lines: list[str] = []
    for paragraph in bulletin.paragraphs:
        words = " ".join(f"{s.text}{_notes(s, numbers)}." for s in paragraph)
        lines += [*textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False), ""]
    for number, report in enumerate(bulletin.kept, 1):
        mark = f"[{number}] "
        lines += textwrap.wrap(
            mark + _source(report, bulletin.language), width, subsequent_indent=" " * len(mark), break_on_hyphens=False
        )
    return "\n".join(lines).rstrip() + "\n"


def bulletin_markdown(bulletin: Bulletin) -> str:
    """The paragraphs with footnotes."""
    numbers = {report: number for number, report in enumerate(bulletin.reports, 1)}
    lines: list[str] = []
    for paragraph in bulletin.paragraphs:
        told = (escaped(s.text) + "".join(f"[^{numbers[r]}]" for r in s.reports) + "." for s in paragraph)
        lines += [" ".join(told), ""]
    for number, report in enumerate(bulletin.kept, 1):
        lines.append(f"[^{number}]: {escaped(_source(report, bulletin.language))}")
    return "\n".join(lines).rstrip() + "\n"


def bulletin_json(bulletin: Bulletin) -> dict[str, Any]:
    """The sentences with the ids of their reports and incidents, and the reports."""
    return {
        "schema": SCHEMA,
        "subject": bulletin.subject,
        "language": bulletin.language,
        "paragraphs": [
            [{"text": s.text, "reports": list(s.reports), "incidents": list(s.incidents)} for s in paragraph]
            for paragraph in bulletin.paragraphs
        ],
        "reports": [
            {
                "note": number,
                "id": report.id,
                "outlet": report.outlet,
                "agency": report.agency,
                "published": report.published,
                "title": report.title,
                "language": report.language,
                "url": report.url,
                "standing": report.standing,
            }
            for number, report in enumerate(bulletin.kept, 1)
        ],
    }


def _notes(sentence: Sentence, numbers: dict[str, int]) -> str:
    found = sorted(numbers[report] for report in sentence.reports)
    return f" [{_JOIN.join(_ranges(found))}]" if found else ""


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    """Numbers in rising order, three or more in a row as a range: "1–3", "5"."""
    start = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[place - 1] + 1:
            run = numbers[start:place]
            yield from (f"{run[0]}–{run[-1]}",) if len(run) > 2 else map(str, run)
            start = place


def _source(report: Kept, language: str) -> str:
    """What a note is: who printed it, when, under which title, and the id of the report."""
    spoken = labels(language)
    who = " / ".join(dict.fromkeys(name for name in (report.outlet, report.agency) if name))
    when = iso_day(report.published, spoken) if report.published else ""
    parts = [who, when, report.title or "", report.id]
    fate = f" [{word('standing', report.standing, language)}]" if report.standing != "counts" else ""
    return ", ".join(part for part in parts if part) + fate
