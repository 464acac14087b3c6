"""Which format a file is: by its beginning first, by the ending of its name second; gzip around any of them."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from vigie.model import Report
from vigie.readers import Rejected, read_path
from vigie.readers.formats import HEAD, told_format, xml_root

Read = Callable[..., list[Report | Rejected]]


@pytest.mark.parametrize(
    ("head", "ending", "kind"),
    [
        (b'<?xml version="1.0"?>\n<!-- a note -->\n<newsItem xmlns="x">', "", "newsml_g2"),
        (b"<nar:newsMessage xmlns:nar='http://iptc.org/std/nar/2006-10-01/'>", ".txt", "newsml_g2"),
        (b'<!DOCTYPE NewsML SYSTEM "a.dtd" [<!ENTITY % b "c">]><NewsML>', ".xml", "newsml_12"),
        ('\ufeff<?xml version="1.0"?><NewsML>'.encode("utf-16"), ".xml", "newsml_12"),
        (b"\xef\xbb\xbf<rss version='2.0'>", ".html", "feed"),
        (b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>", ".txt", "feed"),
        (b"<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", ".xml", "feed"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", ".xml", "html"),
        (b"<!doctype html><title>404</title>", ".rss", "html"),
        (b"%PDF-1.7\n", ".txt", "pdf"),
        (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", "", "warc"),
        (b"\x1f\x8b\x08\x00", ".warc", "gzip"),
        (b"From a@b.example Tue Mar  5 10:00:00 2024\nFrom: a@b.example\n\nHi", "", "mbox"),
        (b"Return-Path: <a@b.example>\r\nDate: Tue, 5 Mar 2024 10:00:00 +0100\r\nSubject: x\r\n\r\nHi", "", "mail"),
        (b"Subject: x\n\nHi", ".eml", "mail"),
        (b'{"id": "a", "text": "Un mort."}\n', ".txt", "jsonl"),
        (b'{"text": "' + b"x" * HEAD, "", "jsonl"),
        (b'{\n  "uri": "u",\n  "headline": "h"\n}', "", "ninjs"),
        (b'[\n  {"uri": "u"', ".json", "ninjs"),
        (b"anything", ".jsonl", "jsonl"),
        (b"From our correspondent\n\nTwo shells fell.", ".txt", "text"),
        (b"Subject: the war\nDate: today\nPlace: here\n\nTwo shells fell.", ".txt", "text"),
        (b"[AFP] Deux obus.", "", "text"),
        (b"{braces} in a text", ".txt", "text"),
        (b"< 5 dead", ".txt", "text"),
        (b"<p>Deux obus.</p>", ".txt", "text"),
        (b"Deux obus.", ".html", "html"),
        (b"", ".xml", "text"),
    ],
)  # fmt: skip
def test_formats_are_told_by_their_beginning(head: bytes, ending: str, kind: str) -> None:
    assert told_format(head[:HEAD], ending, "a") == kind


@pytest.mark.parametrize(
    "text", ["<!--" * 15_000, "<?" * 30_000, "<!DOCTYPE [" * 5_000, "<" * 60_000, "<!DOCTYPE a" + " " * 60_000]
)
def test_a_beginning_that_never_ends_takes_no_time(text: str) -> None:
    started = time.monotonic()
    assert xml_root(text) is None
    told_format(text.encode()[:HEAD], ".txt", "a")
    assert time.monotonic() - started < 1


def test_gzip_is_read_as_what_is_in_it(read: Read, fixtures: Path) -> None:
    for name in ("g2-item.xml", "ninjs-1.json"):
        (plain,) = read(name)
        (packed,) = read(f"{name}.gz", gzip.compress((fixtures / name).read_bytes()))
        assert packed == plain
    (text,) = read("a.gz", gzip.compress(b"Deux obus."))
    assert isinstance(text, Report)
    assert text.text == "Deux obus."


def test_gzip_that_breaks_off_gives_what_came_before_and_the_reason(read: Read) -> None:
    rows = b"".join(b'{"text": "Obus %d: %s"}\n' % (k, b"%d" % (k * 2654435761 % 2**32)) for k in range(20_000))
    *before, broken = read("a.jsonl.gz", gzip.compress(rows)[:-5_000])
    assert len(before) > 1_000
    assert all(isinstance(each, Report) for each in before)
    assert isinstance(broken, Rejected)
    assert "gzip" in broken.reason
    (damaged,) = read("b.txt.gz", gzip.compress(b"Deux obus." * 50)[:-12])
    assert isinstance(damaged, Rejected)
    assert "gzip" in damaged.reason


def test_a_bomb_of_gzip_is_stopped_at_the_limit(read: Read) -> None:
    started = time.monotonic()
    (found,) = read("a.txt.gz", gzip.compress(b"a" * 300_000_000, compresslevel=1))
    assert isinstance(found, Rejected)
    assert "too long" in found.reason
    assert time.monotonic() - started < 5
    (nested,) = read("a.gz.gz", gzip.compress(gzip.compress(b"a")))
    assert isinstance(nested, Rejected)
    assert "gzip within gzip" in nested.reason


def test_a_folder_may_hold_all_formats_at_once(
    tmp_path: Path, fixtures: Path, make_pdf: Callable[..., bytes], warc_record: Callable[..., bytes]
) -> None:
    names = ("g2-item.xml", "newsml12.xml", "ninjs-2.json", "rss.xml", "atom.xml", "box.mbox")
    for name in names:
        (tmp_path / name).write_bytes((fixtures / name).read_bytes())
    page = (
        b"<!doctype html><html><body><article><p>"
        + b"Two shells fell on Tarn Ford, police said. " * 8
        + b"</p></article>"
    )
    files = {
        "a.txt": b"Deux obus.",
        "b.gz": gzip.compress(b'{"text": "Un mort."}'),
        "c.zip": b"PK\x03\x04",
        "d.xml": b"<newsItem><oops></newsItem>",
        "e/page.html": page,
        "e/crawl.warc.gz": gzip.compress(warc_record("https://harbour.example/1", page)),
        "e/note.pdf": make_pdf(["Deux obus sont tombés sur Tarn."]),
        "e/one.eml": b"Subject: x\nFrom: a@b.example\n\nTwo shells.",
        ".hidden": b"Deux obus.",
    }
    (tmp_path / "e").mkdir()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    found = list(read_path(tmp_path))
    rejected = [Path(r.where).name for r in found if isinstance(r, Rejected)]
    assert rejected == ["box.mbox: message 3", "c.zip", "d.xml", "rss.xml: entry 4"]
    read = [r for r in found if isinstance(r, Report)]
    assert len(read) == 17
    assert all(report.text.strip() and report.raw for report in read)
    assert [(r.id, r.text) for r in read] == [(r.id, r.text) for r in read_path(tmp_path) if isinstance(r, Report)]
