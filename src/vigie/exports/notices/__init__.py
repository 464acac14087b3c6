"""Notices of a watcher in words: for a terminal, for mail as plain text and as HTML, and as lines of JSON.

What stands in a notice comes from reports that anybody may have written: in HTML everything is escaped and only web
addresses become links, and on a terminal nothing that is not printable is passed on.
"""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vigie.exports.labels import labels
from vigie.exports.notices.values import counted, day_of, one_line, title, value, word
from vigie.store.watch_notices import Notice

_KINDS = ("new", "changed", "withdrawn", "left")
_DETAILS = ("actors", "targets", "weapons", "killed", "injured", "attackers_killed", "damage")
_WEB = ("http://", "https://")
_STYLE = (
    "body{font:15px/1.45 sans-serif;color:#1a1a1a;max-width:44em}h2{font-size:1.05em;margin:1.4em 0 .2em}"
    "ul{margin:.2em 0 .4em;padding-left:1.2em}.kind{font-weight:bold}.quiet{color:#555}"
)


class Words:
    """See `vigie.runs.watching.channels.Wording`."""

    def subject(self, notices: Sequence[Notice], language: str) -> str:
        """One line for all of them: the incident where there is one, else how many of each kind."""
        if len(notices) == 1:
            (only,) = notices
            kind = word(f"kind_{only.kind}", language)
            line = word("subject_one", language, kind=kind.lower(), title=title(only.body["incident"], language))
        else:
            found: Counter[str] = Counter(notice.kind for notice in notices)
            counts = ", ".join(counted(f"count_{kind}", found[kind], language) for kind in _KINDS if found[kind])
            line = word("subject_many", language, counts=counts)
        return line if len(line) <= 180 else line[:179].rstrip() + "…"

    def text(self, notices: Sequence[Notice], language: str) -> str:
        """All that there is to say, a block a notice."""
        return "\n".join("\n".join(_block(notice, language)) + "\n" for notice in notices)

    def html(self, notices: Sequence[Notice], language: str) -> str:
        """The same as a page."""
        articles = "".join(_article(notice, language) for notice in notices)
        about = _e(counted("about", len({notice.filter for notice in notices}), language))
        return (
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Vigie</title>'
            f"<style>{_STYLE}</style></head><body>{articles}<hr><p class=quiet>{about}</p></body></html>\n"
        )


def json_line(notice: Notice) -> str:
    """A notice as one line of JSON, without the line end."""
    return json.dumps(notice.body, ensure_ascii=False, separators=(",", ":"))


def _block(notice: Notice, language: str) -> Iterator[str]:
    """A notice as lines of plain text."""
    told = notice.body
    yield f"{word(f'kind_{notice.kind}', language).upper()}  {title(told['incident'], language)}  {notice.incident}"
    yield from (f"  {line}" for line in _remarks(told, language))
    changes = list(_changes(told, language))
    if changes:
        yield f"  {word('changes', language)}{word('colon', language).rstrip()}"
        yield from (f"  - {line}" for line in changes)
    facts = _facts(told["incident"], language)
    if facts:
        yield f"  {word('semicolon', language).join(facts)}"
    yield f"  {_witnesses(told['incident'], language)}"
    yield from (f"  - {' – '.join(parts)}" for parts, _ in _reports(told, language))
    yield f"  {word('filter', language)}{word('colon', language)}{one_line(notice.filter)}"


def _article(notice: Notice, language: str) -> str:
    told = notice.body
    parts = [
        f"<h2><span class=kind>{_e(word(f'kind_{notice.kind}', language))}</span> – "
        f"{_e(title(told['incident'], language))}</h2>"
    ]
    parts += [f"<p>{_e(line)}</p>" for line in _remarks(told, language)]
    changes = list(_changes(told, language))
    if changes:
        rows = "".join(f"<li>{_e(line)}</li>" for line in changes)
        parts.append(f"<p class=kind>{_e(word('changes', language))}</p><ul>{rows}</ul>")
    facts = _facts(told["incident"], language)
    if facts:
        parts.append(f"<p>{_e(word('semicolon', language).join(facts))}</p>")
    parts.append(f"<p>{_e(_witnesses(told['incident'], language))}</p>")
    rows = "".join(f"<li>{_linked(words, url)}</li>" for words, url in _reports(told, language))
    if rows:
        parts.append(f"<p class=kind>{_e(word('reports', language))}</p><ul>{rows}</ul>")
    where = f"{notice.incident} · {word('filter', language)}{word('colon', language)}{one_line(notice.filter)}"
    parts.append(f"<p class=quiet>{_e(where)}</p>")
    return "<article>" + "".join(parts) + "</article>"


def _remarks(told: Mapping[str, Any], language: str) -> Iterator[str]:
    """What became of the incident itself: under another id, one with others, parted from another, gone."""
    if told.get("gone"):
        yield word("gone", language)
    elif told["incident"]["standing"] != "counts":
        yield word(f"standing_{told['incident']['standing']}", language)
    if told.get("formerly"):
        yield word("formerly", language, id=told["formerly"])
    if told.get("joined"):
        yield word("joined", language, ids=", ".join(told["joined"]))
    if told.get("parted_from"):
        yield word("parted_from", language, id=told["parted_from"])


def _changes(told: Mapping[str, Any], language: str) -> Iterator[str]:
    for change in told["changes"]:
        field = change["field"]
        before, after = (value(field, change[side], language) for side in ("before", "after"))
        why = change.get("why", {}).get(language)
        line = f"{word(f'field_{field}', language)}{word('colon', language)}{before} → {after}"
        yield one_line(f"{line} ({why})" if why else line)


def _facts(incident: Mapping[str, Any], language: str) -> list[str]:
    found = []
    for field in _DETAILS:
        told = incident.get(field)
        if told not in (None, [], "unknown"):
            found.append(f"{word(f'field_{field}', language)}{word('colon', language)}{value(field, told, language)}")
    return found


def _witnesses(incident: Mapping[str, Any], language: str) -> str:
    line = counted("accounts", incident["independent"], language)
    return f"{line}, {word('conflict', language)}" if incident["disputed"] else line


def _reports(told: Mapping[str, Any], language: str) -> Iterator[tuple[list[str], str | None]]:
    """Each report in words, and its address where it has one."""
    for report in told["reports"]:
        day = day_of(report["published"], labels(language)) if report["published"] else ""
        words = [one_line(w) for w in (report["title"], report["outlet"], day) if w] or [one_line(report["id"])]
        if report["new"] and told["changes"]:
            words.append(word("new_report", language))
        if report["standing"] != "counts":
            words.append(word(f"standing_{report['standing']}", language))
        url = report["url"] if (report["url"] or "").startswith(_WEB) else None
        yield ([*words, one_line(url)] if url else words), url
    left = len(told["incident"]["reports"]) - len(told["reports"])
    if told["reports"] and left > 0:
        yield [counted("more_reports", left, language)], None


def _linked(words: Sequence[str], url: str | None) -> str:
    if url is None:
        return _e(" – ".join(words))
    first, *rest = words[:-1]
    link = f'<a href="{html.escape(url)}" rel="noreferrer">{_e(first)}</a>'
    return " – ".join([link, *(_e(each) for each in rest)])


def _e(words: str) -> str:
    return html.escape(words)
