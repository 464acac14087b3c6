"""PDF: lines to paragraphs, what is left out, and the reason where there is no text to read."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable

import pytest

from vigie.model import Report
from vigie.readers import Rejected
from vigie.readers.pdf import MAX_PAGES, reflowed

Read = Callable[..., list[Report | Rejected]]
MakePdf = Callable[..., bytes]
STORY = [
    "UPDATE 1-Quatre gardes tués à la carrière d’Orvane",
    "ORVANE, 5 mars 2024 (Lointaine) – Quatre gardes ont été tués mardi dans une em-",
    "buscade près de la carrière d’Orvane, a indiqué le sous-préfet, qui attend encore",
    "le rapport des enquêteurs.",
    "Les assaillants ont pris la fuite à moto avant l’arrivée des renforts, selon le sous-",
    "préfet (source officielle).",
]


def one(found: list[Report | Rejected]) -> Report:
    (report,) = found
    assert isinstance(report, Report), report
    return report


def reason(found: list[Report | Rejected]) -> str:
    (rejected,) = found
    assert isinstance(rejected, Rejected), rejected
    assert rejected.way_out
    return rejected.reason


def test_lines_become_paragraphs_and_divided_words_whole(read: Read, make_pdf: MakePdf) -> None:
    report = one(read("a.pdf", make_pdf(STORY, title="Quatre gardes tués à Orvane")))
    assert report.text.split("\n\n") == [
        "UPDATE 1-Quatre gardes tués à la carrière d’Orvane",
        "ORVANE, 5 mars 2024 (Lointaine) – Quatre gardes ont été tués mardi dans une embuscade près de la carrière d’Orvane, "
        "a indiqué le sous-préfet, qui attend encore le rapport des enquêteurs.",
        "Les assaillants ont pris la fuite à moto avant l’arrivée des renforts, selon le sous-préfet (source officielle).",
    ]
    assert report.title == "Quatre gardes tués à Orvane"
    assert report.published is None  # the date of the file is no date of publication


def test_a_mark_in_the_first_line_is_kept_and_a_file_name_is_no_title(read: Read, make_pdf: MakePdf) -> None:
    report = one(read("a.pdf", make_pdf(STORY, title="Microsoft Word - dépêche.docx")))
    assert report.title is None
    assert report.wire is not None
    assert report.wire.mark == "update"


def test_lines_at_the_edge_of_most_pages_are_left_out(read: Read, make_pdf: MakePdf) -> None:
    pages = [
        ["Bulletin de la vigie n° 4", f"Le {day} mars, deux obus sont tombés sur Tarn.", f"Page {day}"]
        for day in (1, 2, 3)
    ]
    text = one(read("a.pdf", make_pdf(*pages))).text
    assert text == " ".join(f"Le {day} mars, deux obus sont tombés sur Tarn." for day in (1, 2, 3))


def test_a_pdf_is_known_by_its_beginning(read: Read, make_pdf: MakePdf) -> None:
    assert one(read("scan.txt", make_pdf(STORY))).text.startswith("UPDATE 1")


def test_pages_of_pictures_have_no_text_and_that_is_said(read: Read, make_pdf: MakePdf) -> None:
    assert "no text on its 2 pages: it is made of pictures" in reason(read("a.pdf", make_pdf(None, None)))
    assert "there is nothing on it" in reason(read("b.pdf", make_pdf([])))
    heard: list[str] = []
    assert one(read("c.pdf", make_pdf(STORY, None), heard=heard)).text.startswith("UPDATE 1")
    assert heard == ["some of its pages are pictures: only the text of the others is read"]


def test_what_is_encrypted_is_read_only_where_it_opens_without_a_password(read: Read, make_pdf: MakePdf) -> None:
    assert "password" in reason(read("a.pdf", make_pdf(STORY, password=("secret",))))
    assert one(read("b.pdf", make_pdf(STORY, password=("", "owner")))).text.startswith("UPDATE 1")


@pytest.mark.parametrize("cut", [20, 200, -300, -20])
def test_a_broken_pdf_says_so_or_is_mended(read: Read, make_pdf: MakePdf, cut: int) -> None:
    (found,) = read("a.pdf", make_pdf(STORY)[:cut])
    if isinstance(found, Rejected):
        assert "cannot be read" in found.reason or "no text" in found.reason or "without a page" in found.reason
    else:
        assert "Quatre gardes" in found.text


def test_fonts_that_show_no_letters_are_refused(read: Read, make_pdf: MakePdf) -> None:
    assert "fonts" in reason(read("a.pdf", make_pdf(["(cid:12)(cid:13)(cid:14) (cid:15)"] * 5)))


def test_limits(read: Read, make_pdf: MakePdf) -> None:
    assert "too many" in reason(read("a.pdf", make_pdf(*[[] for _ in range(MAX_PAGES + 1)])))
    assert "too big" in reason(read("b.pdf", b"%PDF-1.4" + b" " * 50_000_001))


def test_a_stream_that_unpacks_without_end_is_stopped(read: Read, make_pdf: MakePdf) -> None:
    plain = make_pdf(["x"])
    packed = zlib.compress(b"BT " + b"(a) Tj " * 20_000_000, 1)
    start = plain.index(b"stream\n") + len(b"stream\n")
    head = plain[: plain.rindex(b"<<", 0, start)]
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed) + packed
    started = time.monotonic()
    (found,) = read("a.pdf", head + stream + plain[plain.index(b"\nendstream") :])
    assert isinstance(found, Rejected)
    assert time.monotonic() - started < 10


def test_joining_lines_by_their_shape() -> None:
    pages = [
        [
            "Un titre",
            "Une ligne assez longue pour donner la largeur du texte,",
            "et la suite de la phrase.",
            "• Un point",
            "• Un autre.",
        ]
    ]
    assert reflowed(pages) == (
        "Un titre",
        "Une ligne assez longue pour donner la largeur du texte, et la suite de la phrase.",
        "• Un point",
        "• Un autre.",
    )
    assert reflowed([]) == ()
    assert reflowed([[], [""]]) == ()
