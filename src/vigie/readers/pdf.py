"""PDF: the text layer of a document, one report a file.

A PDF has lines, not paragraphs. Lines are joined to paragraphs again, words that were divided at the end of a line are
made whole, and page numbers and the lines that stand at the head or foot of most pages are left out. The title is the
document's own, where it has one that is no file name. The dates in a PDF are those of the file, not of the report, and
are not read. Pages that are pictures have no text; nothing is recognised in them.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from vigie.errors import EmptyReport, NotText, ReadError
from vigie.model import Report, WireIdentity
from vigie.readers.encoding import check_text, too_big
from vigie.readers.marks import find_mark
from vigie.readers.reports import Note, make_report, silent
from vigie.readers.safe_xml import flat

MAX_BYTES = 50_000_000
MAX_PAGES = 500
# What a stream may grow to when it is unpacked, and how much of it is worked through: a page of text has far less.
_MAX_STREAM = 20_000_000
_MAX_WORK = 500_000
_FILE_NAME = re.compile(
    r"^(?:microsoft word|untitled|sans titre|document\s?\d*$)|\.(?:docx?|odt|indd|pdf|rtf|tmp)$", re.I
)
_PAGE_NUMBER = re.compile(r"(?:page\s|p\.\s?)?[-–—]?\s?\d{1,4}\s?[-–—]?(?:\s?(?:/|of|sur)\s?\d{1,4})?", re.I)
_BULLET = re.compile(r"[•▪●◦■*–—-]\s|\d{1,2}[.)]\s|[a-z]\)\s")
_ENDS = re.compile(r"[.!?…:][»”\"')\]]{0,2}$")
_DIVIDED = re.compile(r"([^\W\d_]{2,})[-\u00ad]$")
_WORD = re.compile(r"[^\W\d_]{2,}")
# Characters that stand for no letter: replacement, private use, controls.
_NO_LETTER = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\(cid:\d{1,5}\)")
_SHORT = 0.75
_UNLOCK = "save it without its protection (print it to a new PDF)"
_RECOGNISE = "run it through text recognition (OCR) first"


def read_pdf(data: bytes, where: str, note: Note = silent) -> Report:
    """The report in the bytes of a PDF file.

    Raises EmptyReport where it has no text (with what it has instead), NotText where its fonts do not say which letters
    they show, ReadError where it is encrypted, broken, or beyond the limits.
    """
    if len(data) > MAX_BYTES:
        raise too_big(where, len(data), MAX_BYTES)
    import pypdf  # here: its import takes longer than reading a text file
    from pypdf.errors import LimitReachedError

    limits = pypdf.get_configuration().with_overwrites(
        zlib_maximum_output_length=_MAX_STREAM,
        lzw_maximum_output_length=_MAX_STREAM,
        run_length_maximum_output_length=_MAX_STREAM,
        array_based_stream_maximum_output_length=_MAX_STREAM,
        stream_decoding_work_maximum_length=2 * _MAX_STREAM,
        stream_parsing_work_maximum_count=_MAX_WORK,
    )
    try:
        with pypdf.apply_configuration(limits):
            title, pages, pictured = _contents(data, where)
    except ReadError:
        raise
    except LimitReachedError as error:
        raise ReadError(where, f"a PDF beyond the limits: {flat(str(error))[:200]}", "save its text") from error
    except Exception as error:  # what is broken in a PDF comes as errors of every kind
        reason = f"a PDF that cannot be read: {type(error).__name__}: {flat(str(error))[:200]}"
        raise ReadError(where, reason, "open it and save it anew, or save its text") from error
    text = "\n\n".join(reflowed(pages))
    if not text:
        raise EmptyReport(where, _without_text(len(pages), pictured), _RECOGNISE)
    if len(_NO_LETTER.findall(text)) > len(text) // 20:
        raise NotText(where, "its fonts do not say which letters they show", _RECOGNISE)
    check_text(text, where)
    if pictured and any(not page for page in pages):
        note(where, "some of its pages are pictures: only the text of the others is read")
    mark = find_mark(headline=title or text.split("\n", 1)[0])
    return make_report(data, text, title=title, wire=WireIdentity(mark=mark) if mark else None)


def reflowed(pages: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The paragraphs of a document from the lines of its pages."""
    lines = [line for page in _without_furniture(pages) for line in page]
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    known = Counter(word.lower() for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)+", line))
    found: list[list[str]] = []
    before = ""
    for line in lines:
        if line and before and not _begins(before, line, width):
            _add(found[-1], line, known)
        elif line:
            found.append([line])
        before = line
    return tuple("".join(pieces) for pieces in found)


def _contents(data: bytes, where: str) -> tuple[str | None, list[list[str]], bool]:
    """The document's title, the lines of each page, and whether there is a picture on any."""
    import pypdf
    from pypdf.errors import DependencyError

    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        try:
            opened = reader.decrypt("")
        except DependencyError as error:
            raise ReadError(where, "encrypted with AES", _UNLOCK) from error
        if not opened:
            raise ReadError(where, "encrypted: it opens with a password only", _UNLOCK)
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise ReadError(where, f"{count:,} pages are too many for one report", f"at most {MAX_PAGES}; split it")
    pages = [[flat(line) for line in page.extract_text().splitlines()] for page in reader.pages]
    given = flat(str(reader.metadata.title or "")) if reader.metadata else ""
    title = given if given and not _FILE_NAME.search(given) else None
    pictured = any(_has_picture(page) for page in reader.pages)
    return title, [page if any(page) else [] for page in pages], pictured


def _has_picture(page: Any) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    if objects is None:
        return False
    return any(each.get_object().get("/Subtype") == "/Image" for each in objects.get_object().values())


def _without_text(pages: int, pictured: bool) -> str:
    if not pages:
        return "a PDF without a page"
    held = "it is made of pictures" if pictured else "there is nothing on it" if pages == 1 else "they are blank"
    return f"no text on its {pages} page{'s' if pages > 1 else ''}: {held}"


def _without_furniture(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pages without page numbers, and without the lines at head or foot that most of three or more pages share."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_shape(page[k]) for k in _edge(page)})
    common = {shape for shape, n in edges.items() if len(pages) >= 3 and n > 0.6 * len(pages)}
    kept: list[list[str]] = []
    for page in pages:
        out = {k for k in _edge(page) if _PAGE_NUMBER.fullmatch(page[k]) or _shape(page[k]) in common}
        kept.append([line for k, line in enumerate(page) if k not in out])
    return kept


def _edge(page: Sequence[str]) -> set[int]:
    """The numbers of the first and last two lines of a page that have words on them."""
    written = [k for k, line in enumerate(page) if line]
    return {*written[:2], *written[-2:]}


def _shape(line: str) -> str:
    """What two running heads have in common: the words, and for a line that is no sentence not its numbers."""
    return line if len(line) > 80 or _ENDS.search(line) else re.sub(r"\d+", "0", line.lower())


def _begins(before: str, line: str, width: int) -> bool:
    """Whether a line begins a paragraph after `before`."""
    if _BULLET.match(line) and _ENDS.search(before):
        return True
    if len(before) >= _SHORT * width or line[0].islower():
        return False
    return bool(_ENDS.search(before)) or line[0].isupper() or len(before) < 0.5 * width


def _add(pieces: list[str], line: str, known: Counter[str]) -> None:
    """Put a line to the pieces of a paragraph; a word divided before it is made whole, its hyphen kept where the
    document writes it with one elsewhere."""
    divided, rest = _DIVIDED.search(pieces[-1][-60:]), _WORD.match(line)
    if divided is None or rest is None or not rest.group()[0].islower():
        pieces.append(" ")
    elif not known[f"{divided[1]}-{rest.group()}".lower()] or pieces[-1][-1] != "-":
        pieces[-1] = pieces[-1][:-1]
    pieces.append(line)
