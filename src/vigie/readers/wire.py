"""What all wire formats have in common: one version of a story, and the report it makes.

The text is what a reader of the wire sees: the dateline, run into the first paragraph where the format keeps it apart,
and the paragraphs, one blank line between them. The headline is the report's title and no part of the text.

A withdrawal is a report too, for it must reach the record: its `wire.status` is "canceled" or "withheld". Where it
comes without a body, as most do, its text is its headline and editorial note, so that there are words to show. Nothing
that a withdrawn version tells is coded (`runs.batch`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from vigie.errors import DateError, EmptyReport
from vigie.model import Report, ReportedDate, WireIdentity
from vigie.model.report import WireMark, WireStatus
from vigie.readers.datelines import head_grammar
from vigie.readers.encoding import check_text
from vigie.readers.marks import agency_name, find_mark
from vigie.readers.published import read_published
from vigie.readers.reports import Note, make_report

_COMPACT = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?"
)
_NUMBER = re.compile(r"\d{1,9}")
_TAG = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9-]{1,30})?")
_DASH = re.compile(r"(?:[-–—]|--)$")
_AFTER_PLACE = (",", "(", "/", "-", "–", "—")
# A day can be the one counted somewhere on earth at a moment of universal time: from UTC-12 to UTC+14.
_EARLIEST, _LATEST = dt.timedelta(hours=-12), dt.timedelta(hours=14)
_STATUSES: dict[str, WireStatus] = {
    "usable": "usable",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "embargoed": "usable",
}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a story as a wire format tells it.

    `data` are the bytes of this very version; `key`, `revision`, `status` and `mark` as in WireIdentity (`mark` only
    where the format has a field for it); `created` the version's date and time as given, `published` that of the story
    where the format gives it beside it (the day of publication is then that one's); `paragraphs` the body. `part`
    tells apart several stories of one key and of the same bytes.
    """

    data: bytes
    part: str = ""
    key: str | None = None
    revision: int | None = None
    status: WireStatus = "usable"
    mark: WireMark | None = None
    created: str | None = None
    published: str | None = None
    title: str | None = None
    slug: str | None = None
    ed_note: str | None = None
    dateline: str | None = None
    paragraphs: tuple[str, ...] = ()
    language: str | None = None
    outlet: str | None = None
    agency: str | None = None
    url: str | None = None


def version_report(version: Version, where: str, note: Note) -> Report:
    """The report that a version makes. Its id is from its bytes, not from its key and revision: agencies send a version
    again under the number it had, mended or in another envelope, and both must be kept.

    Raises EmptyReport where a usable version has neither body nor headline, ReadError for a text beyond the limit.
    """
    withdrawn = version.status != "usable"
    paragraphs = version.paragraphs or ((version.title,) if version.title and not withdrawn else ())
    if not paragraphs and not withdrawn:
        raise EmptyReport(where, "empty: neither a body nor a headline")
    if withdrawn:
        note(where, f"{version.status} by its provider: nothing in it is coded")
    elif not version.paragraphs:
        note(where, "no body: its headline is read")
    text = body_text(paragraphs, version.dateline if version.paragraphs else None) or notice(
        version.status, version.title, version.ed_note, version.slug
    )
    check_text(text, where)
    created = iso_time(version.created)
    if version.created and created is None:
        note(where, f"date of the version left out: {version.created[:60]!r} is none")
    language = language_code(version.language)
    mark = version.mark or find_mark(slug=version.slug, headline=version.title, ed_note=version.ed_note)
    return make_report(
        version.data,
        text,
        id=hashlib.sha256(version.data).hexdigest()[:16] + version.part if version.part else None,
        title=version.title,
        language=language,
        outlet=version.outlet,
        agency=agency_name(version.agency) if version.agency else None,
        url=version.url,
        published=published_on(iso_time(version.published) or created, version.dateline, language),
        wire=WireIdentity(
            key=version.key,
            revision=version.revision,
            version_created=in_utc(created),
            status=version.status,
            mark="kill" if version.status == "canceled" else mark,
            slug=version.slug,
            ed_note=version.ed_note,
        ),
    )


def body_text(paragraphs: Sequence[str], dateline: str | None = None) -> str:
    """The readable text: paragraphs with a blank line between them, the dateline run into the first one with a dash
    where it is not there already."""
    lines = list(paragraphs)
    if dateline and lines and not _begins_with(lines[0], dateline):
        lines[0] = f"{dateline} {lines[0]}" if _DASH.search(dateline) else f"{dateline} – {lines[0]}"
    return "\n\n".join(lines)


def notice(status: WireStatus, title: str | None, ed_note: str | None, slug: str | None) -> str:
    """The words of a withdrawal without a body: its headline and note, else its slug, else its status."""
    told = [words for words in (title, ed_note) if words]
    return "\n\n".join(dict.fromkeys(told)) or slug or status


def iso_time(text: str | None) -> str | None:
    """A date and time of a wire format (2018-11-21T16:25:32-05:00, 20140829T134951+0000, 2024-03-05) in the extended
    form of ISO 8601, its offset kept; None for anything else and for what no calendar or clock holds."""
    found = _COMPACT.fullmatch(text.strip()) if text else None
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    iso = f"{year}-{month}-{day}"
    if hour is not None:
        iso += f"T{hour}:{minute}:{second or '00'}" + _offset(zone)
    try:
        dt.datetime.fromisoformat(iso)
        read_published(iso)
    except (ValueError, DateError):
        return None
    return iso


def in_utc(iso: str | None) -> str | None:
    """A date and time (`iso_time`) in universal time, so that versions order by it as by its letters; a day alone and a
    time without an offset stay as they are."""
    if iso is None or "T" not in iso:
        return iso
    moment = dt.datetime.fromisoformat(iso)
    try:
        return (moment.astimezone(dt.UTC) if moment.tzinfo else moment).isoformat()
    except OverflowError:  # in the first or the last hours of the calendar
        return iso


def published_on(created: str | None, dateline: str | None = None, language: str | None = None) -> ReportedDate | None:
    """The day of publication as the place of publication counted it, from the version's time (`iso_time`).

    A time with an offset says its own day. A time in UTC does not: there the dateline's date is taken, where it is
    the day that some place on earth had at that moment.
    """
    if created is None:
        return None
    given = read_published(created)
    if not dateline or not created.endswith("+00:00"):
        return given
    from vigie.language.pack import languages  # here: importing the readers stays quick

    moment = dt.datetime.fromisoformat(created)
    for code in (language,) if language in languages() else languages():
        local = head_grammar(code or "").date_in(dateline)
        if local is None:
            continue
        same = local.start == given.start
        somewhere = (moment + _EARLIEST).date() <= local.start <= (moment + _LATEST).date()
        return local if somewhere and not same else given
    return given


def wire_status(words: str | None) -> WireStatus | None:
    """A publication status ("stat:canceled", "Usable", "http://cv.iptc.org/newscodes/pubstatusg2/withheld"); usable
    where nothing is said or an embargo, None for a word that is no status."""
    if not words:
        return "usable"
    return _STATUSES.get(re.split(r"[:/#]", words.strip())[-1].lower())


def revision_number(words: str | None) -> int | None:
    """A revision or version number; None where it is no whole number."""
    found = _NUMBER.fullmatch(words.strip()) if words else None
    return int(found.group()) if found else None


def language_code(tag: str | None) -> str | None:
    """The ISO 639-1 code of a language tag ("en-US": en); None for other tags, whose text tells its language."""
    found = _TAG.fullmatch(tag.strip()) if tag else None
    return found[1].lower() if found else None


def _offset(zone: str | None) -> str:
    if zone is None:
        return ""
    if zone in ("Z", "UTC", "GMT"):
        return "+00:00"
    return zone if ":" in zone else f"{zone[:3]}:{zone[3:] or '00'}"


def _begins_with(paragraph: str, dateline: str) -> bool:
    """Whether a paragraph begins with the place of the dateline and goes on as a dateline does: "GAO (AFP) - "."""
    place = re.split(r"[,(–—]| - ", dateline)[0].strip(" -–—.")
    rest = paragraph.lstrip()[len(place) :].lstrip()
    return bool(place) and paragraph.lstrip().lower().startswith(place.lower()) and rest.startswith(_AFTER_PLACE)
