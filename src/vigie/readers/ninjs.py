"""ninjs (IPTC news in JSON) 1.x, 2.x and 3.x: one object, an array of objects, or one object a line.

The versions differ in names, not in meaning: 1.x has `body_text`, `body_html`, `headline`; 2.x lists `bodies` and
`headlines`; 3.x writes `versionCreated` for `versioncreated`. Names are read without regard to capitals. The key is
the `uri`, the revision the `version`, the status `pubstatus`. A composite without a body stands for the stories in its
`associations`. Of several bodies the main one is taken, and of its
renderings the one with markup, which has the paragraphs. A report's `raw` is the file where it holds one object, else
that object in canonical JSON (sorted names, no spaces, UTF-8).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vigie.errors import EmptyReport, NotText, ReadError, UnknownFormat
from vigie.model import Report
from vigie.readers.encoding import find_encoding, too_big
from vigie.readers.markup import html_paragraphs, looks_like_markup, plain_paragraphs
from vigie.readers.rejected import Rejected, in_turn
from vigie.readers.reports import Note, silent
from vigie.readers.safe_xml import flat
from vigie.readers.wire import Version, revision_number, version_report, wire_status

MAX_BYTES = 32_000_000
MAX_ITEMS = 10_000
# Names that tell an object of ninjs from any other JSON, beside the uri that each has.
_TELLING = frozenset(
    "bodies headlines headline versioncreated firstcreated pubstatus slugline ednote byline type located".split()
)
_NOT_THE_STORY = ("caption", "summary", "abstract", "teaser", "description", "extended", "social", "push")
_SHAPE = "one ninjs object, an array of them, or one a line"


def read_ninjs(data: bytes, where: str, note: Note = silent) -> Iterator[Report | Rejected]:
    """A report, or the reason why there is none, for each object in the bytes of a ninjs file. Raises nothing."""
    try:
        found = _objects(data, where)
    except ReadError as error:
        yield Rejected.from_error(where, error)
        return
    alone = len(found) == 1

    def read(value: object, place: str) -> tuple[Report, ...]:
        return (read_object(value, data if alone else canonical_json(value), place, note),)

    yield from in_turn(found, read, where, MAX_ITEMS)


def looks_like_ninjs(value: object) -> bool:
    """Whether a JSON value is an object of ninjs: it has a uri, and a body or another field of the format."""
    if not isinstance(value, dict):
        return False
    names = {str(name).lower() for name in value}
    return "uri" in names and any(name in _TELLING or name.startswith(("body_", "headline_")) for name in names)


def read_object(value: object, data: bytes, where: str, note: Note = silent) -> Report:
    """The report of one ninjs object; `data` are its bytes.

    Raises ReadError: UnknownFormat for what is no text or no ninjs, EmptyReport where there is nothing to read.
    """
    if not looks_like_ninjs(value):
        raise UnknownFormat(
            where, 'JSON that is not one report a line ("text") and no ninjs ("uri" with a body or headline)', _SHAPE
        )
    assert isinstance(value, dict)
    fields = {str(name).lower(): given for name, given in value.items()}
    kind = _string(fields, "type")
    if kind and kind.lower() not in ("text", "composite", "article"):
        raise UnknownFormat(where, f"an item of type {kind!r}: only text is read")
    if kind and kind.lower() == "composite" and not _body(fields):
        raise EmptyReport(where, "a package without a story in it", "hand in its items")
    status = wire_status(_string(fields, "pubstatus"))
    if status is None:
        note(where, f"pubstatus {_string(fields, 'pubstatus')!r} is none of usable, withheld, canceled")
    source = _party(fields)
    holder = _string(fields, "copyrightholder")
    version = Version(
        data=data,
        key=_string(fields, "uri"),
        revision=revision_number(_string(fields, "version")),
        status=status or "usable",
        created=_string(fields, "versioncreated")
        or _string(fields, "contentcreated")
        or _string(fields, "firstcreated"),
        title=_headline(fields),
        slug=_string(fields, "slugline"),
        ed_note=_string(fields, "ednote"),
        paragraphs=_body(fields),
        language=_string(fields, "language"),
        outlet=holder or source,
        agency=source or holder,
        url=_page(fields),
    )
    for words in (version.key, version.title, version.slug, version.ed_note, *version.paragraphs):
        _check_characters(words or "", where)
    return version_report(version, where, note)


def canonical_json(value: object) -> bytes:
    """A JSON value in one form: names sorted, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _objects(data: bytes, where: str) -> list[Any]:
    if len(data) > MAX_BYTES:
        raise too_big(where, len(data), MAX_BYTES)
    if not data.strip():
        raise EmptyReport(where, "empty: there is no text in it")
    text = find_encoding(data, where).text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(where, f"not JSON: {error}", _SHAPE) from error
    found = [part for each in (value if isinstance(value, list) else [value]) for part in _stories(each)]
    if not found:
        raise EmptyReport(where, "empty: an array with nothing in it")
    return found


def _stories(value: object) -> list[object]:
    """An object itself; of a composite without a body, the stories it is made of, where it holds them whole."""
    fields = {str(name).lower(): given for name, given in value.items()} if isinstance(value, dict) else {}
    if (_string(fields, "type") or "").lower() != "composite" or _body(fields):
        return [value]
    held = fields.get("associations")
    parts = list(held.values()) if isinstance(held, dict) else held if isinstance(held, list) else []
    return [part for part in parts if looks_like_ninjs(part)] or [value]


def _body(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The paragraphs of the main body: 2.x and 3.x by role, 1.x by name."""
    told: list[tuple[str, str, str]] = [
        (_string(body, "role") or "", _string(body, "contenttype") or "", text)
        for body in _folded(fields.get("bodies"))
        if (text := _string(body, "value"))
    ]
    told += [
        (name.removeprefix("body_"), "", text)
        for name, text in fields.items()
        if name.startswith("body_") and isinstance(text, str) and text.strip()
    ]
    stories = [each for each in told if not any(word in each[0].lower() for word in _NOT_THE_STORY)]
    readings = [_paragraphs(kind, text) for _, kind, text in sorted(stories, key=_rank)]
    return next((reading for reading in readings if reading), ())


def _rank(body: tuple[str, str, str]) -> tuple[bool, bool]:
    """Markup first; of two of a kind, the one that is called main."""
    role, kind, text = body
    return not ("html" in kind or looks_like_markup(text)), "main" not in role.lower()


def _paragraphs(kind: str, text: str) -> tuple[str, ...]:
    if kind and not kind.startswith("text/") and "html" not in kind and "xml" not in kind:
        return ()
    return plain_paragraphs(text) if kind.startswith("text/plain") else html_paragraphs(text)


def _headline(fields: Mapping[str, Any]) -> str | None:
    listed = [(_string(each, "role") or "", _string(each, "value")) for each in _folded(fields.get("headlines"))]
    named = [words for _, words in sorted(listed, key=lambda pair: "main" not in pair[0].lower()) if words]
    told = (*named, _string(fields, "headline"), _string(fields, "headline_main"), _string(fields, "title"))
    found = next((words for words in told if words), None)
    return flat(" ".join(html_paragraphs(found))) if found else None


def _party(fields: Mapping[str, Any]) -> str | None:
    """The first info source by name."""
    sources = _folded(fields.get("infosources")) or _folded(fields.get("infosource"))
    return next((name for each in sources if (name := _string(each, "name"))), None)


def _page(fields: Mapping[str, Any]) -> str | None:
    """The address of the story as a web page: the href of a rendition of HTML."""
    renditions = fields.get("renditions")
    for each in _folded(list(renditions.values()) if isinstance(renditions, dict) else renditions):
        href = _string(each, "href") or ""
        kind = _string(each, "contenttype") or _string(each, "mimetype") or ""
        if "html" in kind and href.startswith(("http://", "https://")):
            return href
    return None


def _folded(value: object) -> list[dict[str, Any]]:
    """The objects in a list (or the one that stands without a list), their names in lower case."""
    listed: Sequence[object] = value if isinstance(value, list) else [value]
    return [{str(name).lower(): given for name, given in each.items()} for each in listed if isinstance(each, dict)]


def _string(fields: Mapping[str, Any], name: str) -> str | None:
    """A string field without white space at its ends; a whole number as its digits; None for anything else."""
    value = fields.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def _check_characters(words: str, where: str) -> None:
    try:
        words.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotText(where, "half a character (a lone surrogate) in it") from error
