"""Every reader on damaged files: the fixtures cut, spliced, with bytes changed and with tokens of the format put in.

What may come out is a whole Report, a Rejected with its reason, or a VigieError; and it must come soon. The mutations
are drawn by hypothesis, the same ones in every run.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vigie.errors import VigieError
from vigie.model import Report
from vigie.readers import Rejected, read_bytes
from vigie.readers.feeds import read_feed
from vigie.readers.html import read_html
from vigie.readers.jsonl import read_jsonl
from vigie.readers.mail import read_mbox, read_message
from vigie.readers.newsml_12 import read_newsml_12
from vigie.readers.newsml_g2 import read_newsml_g2
from vigie.readers.ninjs import read_ninjs
from vigie.readers.pdf import read_pdf
from vigie.readers.plain import read_plain
from vigie.readers.warc import read_warc

pytestmark = pytest.mark.fuzz

FIXTURES = Path(__file__).parent / "fixtures"
SECONDS = 5.0
PAGE = (
    b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Two shells fall</title></head><body><nav><a href="/">Home'
    b"</a></nav><article><h1>Two shells fall</h1><p>Two shells fell on Tarn Ford on Tuesday, police said in a statement.</p>"
    b"<p>Nobody was hurt, according to the mayor, who asked for calm.</p></article></body></html>"
)
LINES = (
    b'{"id": "a", "text": "Un mort.", "title": "T", "published": "2024-07", "lang": "fr", "key": "k", "revision": 2}\n'
    b'{"title": "KILL - T", "status": "canceled", "key": "k", "ed_note": "\\u00c0 annuler"}\n{"text": "Deux obus.", "mark": "lead"}\n'
)
TEXT = (
    "ORVANE, 5 mars 2024 (Lointaine) – Quatre gardes ont été tués.\r\n\r\nL’attaque n’a pas été revendiquée.\n".encode()
)

Reader = Callable[[bytes], Iterable[Report | Rejected]]
READERS: dict[str, Reader] = {
    "newsml_g2": lambda data: read_newsml_g2(data, "a"),
    "newsml_12": lambda data: read_newsml_12(data, "a"),
    "ninjs": lambda data: read_ninjs(data, "a"),
    "feed": lambda data: read_feed(data, "a"),
    "jsonl": lambda data: read_jsonl(io.BytesIO(data), "a"),
    "warc": lambda data: read_warc(io.BytesIO(data), "a"),
    "mbox": lambda data: read_mbox(io.BytesIO(data), "a"),
    "mail": lambda data: [read_message(data, "a")],
    "html": lambda data: [read_html(data, "a")],
    "pdf": lambda data: [read_pdf(data, "a")],
    "text": lambda data: [read_plain(data, "a")],
}
TOKENS: dict[str, tuple[bytes, ...]] = {
    "xml": (
        b"<", b">", b"&", b"&amp;", b"&#0;", b"&#x110000;", b"&x;", b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"]]>", b"<![CDATA[", b"<!--",
        b'<?xml version="1.0" encoding="utf-16"?>', b'encoding="x"', b"xmlns:a=''", b"<p>", b"</p>", b"<br/>", b"<newsItem>", b"</newsItem>",
        b"<NewsItem>", b"<NewsComponent>", b"<item>", b"</item>", b"<entry>", b"\x00", b"\xff", b"\xed\xa0\x80", b"<p " + b"a" * 300,
    ),
    "json": (b"{", b"}", b"[", b"]", b'"', b"null", b"1e999", b"-0", b"9" * 400, b'"\\ud800"', b"\\u0000", b'"bodies":', b"[" * 500, b"\xff", b","),
    "warc": (
        b"\r\n\r\n", b"WARC/1.0\r\n", b"Content-Length: 99999999999\r\n", b"Content-Length: -1\r\n", b"Content-Encoding: br\r\n",
        b"Content-Encoding: gzip\r\n", b"Transfer-Encoding: chunked\r\n", b"HTTP/1.1 200 OK\r\n", b"ffffffffffff\r\n", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd",
        b"WARC-Type: resource\r\n", b"\x00" * 64,
    ),
    "mail": (
        b"\n\n", b"From a Tue Mar  5 10:00:00 2024\n", b"Content-Type: multipart/mixed; boundary=\"\"\n", b"--outer\n", b"--\n", b"=?utf-8?b?",
        b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: x-uuencode\n", b"charset=utf-7", b"=\n", b"\x00", b"Content-Type: message/rfc822\n\n",
    ),
    "pdf": (
        b"obj", b"endobj", b"stream\n", b"endstream", b"<<", b">>", b"/Filter /FlateDecode", b"/Filter /LZWDecode", b"/Length 999999999", b"/Kids [1 0 R]",
        b"/Parent 1 0 R", b"/Contents 1 0 R", b"1 0 R", b"xref", b"trailer", b"%%EOF", b"startxref\n0", b"(" * 300, b"[" * 300, b"/Count 99999999", b"BT", b"Do",
    ),
}  # fmt: skip
KINDS = {
    "newsml_g2": "xml", "newsml_12": "xml", "feed": "xml", "html": "xml", "ninjs": "json", "jsonl": "json", "warc": "warc",
    "mbox": "mail", "mail": "mail", "pdf": "pdf", "text": "xml",
}  # fmt: skip


@pytest.fixture(scope="module")
def seeds() -> dict[str, list[bytes]]:
    """Whole files of each format to begin with."""
    files = {name: (FIXTURES / name).read_bytes() for name in (path.name for path in FIXTURES.iterdir())}
    box = files["box.mbox"]
    record = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nWARC-Date: 2024-03-09T10:00:00Z\r\nContent-Type: application/http\r\n"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    record += b"Content-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n"
    return {
        "newsml_g2": [files["g2-item.xml"], files["g2-message.xml"], files["g2-canceled.xml"]],
        "newsml_12": [files["newsml12.xml"], files["newsml12-package.xml"], files["newsml12-canceled.xml"]],
        "ninjs": [files["ninjs-1.json"], files["ninjs-2.json"], files["ninjs-3.json"]],
        "feed": [files["rss.xml"], files["atom.xml"]],
        "jsonl": [LINES],
        "warc": [record * 3, gzip.compress(record) * 3],
        "mbox": [box],
        "mail": [box.partition(b"\n")[2].partition(b"\nFrom list@")[0]],
        "html": [PAGE],
        "pdf": [_pdf()],
        "text": [TEXT],
    }


def _pdf() -> bytes:
    """A PDF of one page, written by hand so that its structure is plain to damage."""
    shown = b"BT /F1 11 Tf 72 770 Td 14 TL (Two shells fell on Tarn Ford.) Tj T* (Nobody was hurt.) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start
    )


Step = tuple[str, float, float, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["cut", "drop", "double", "flip", "token", "token", "splice", "zero"]),
        st.floats(0, 1),
        st.floats(0, 1),
        st.integers(0, 1 << 30),
    ),
    min_size=1,
    max_size=6,
)


def damaged(data: bytes, steps: list[Step], tokens: tuple[bytes, ...], other: bytes) -> bytes:
    """`data` with some steps of damage done to it, one after the other."""
    for kind, first, second, number in steps:
        a, b = sorted((int(first * len(data)), int(second * len(data))))
        b = min(b, a + 1 + number % 400)
        if kind == "cut":
            data = data[:a]
        elif kind == "drop":
            data = data[:a] + data[b:]
        elif kind == "double":
            data = data[:b] + data[a:b] * (1 + number % 20) + data[b:]
        elif kind == "flip" and data:
            data = data[:a] + bytes([data[a] ^ (1 << number % 8)]) + data[a + 1 :] if a < len(data) else data
        elif kind == "token":
            data = data[:a] + tokens[number % len(tokens)] + data[a:]
        elif kind == "splice":
            data = data[:a] + other[int(second * len(other)) :]
        elif kind == "zero":
            data = data[:a] + bytes(b - a) + data[b:]
    return data


def check(read: Callable[[], Iterable[Report | Rejected]]) -> None:
    """Reads; fails for any error that is not of Vigie, for a Report that is not whole, and for one that takes long."""
    started = time.monotonic()
    found: list[Report | Rejected] = []
    with contextlib.suppress(VigieError):
        found.extend(read())
    assert time.monotonic() - started < SECONDS
    for each in found:
        if isinstance(each, Rejected):
            assert each.where
            assert each.reason
            assert each.json_line()
            continue
        assert each.text.strip()
        assert "\x00" not in each.text
        for words in (each.id, each.text, each.title, each.outlet, each.url):
            (words or "").encode("utf-8")
        assert each.sha256 == hashlib.sha256(each.raw).hexdigest()
        assert each.published is None or each.published.start <= each.published.end


FUZZING = settings(
    max_examples=1_000,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("kind", sorted(READERS))
def test_a_damaged_file_gives_reports_or_reasons(kind: str, seeds: dict[str, list[bytes]]) -> None:
    tokens = TOKENS[KINDS[kind]]

    @FUZZING
    @given(st.sampled_from(seeds[kind]), STEPS, st.sampled_from(sorted(seeds)))
    def damage(seed: bytes, steps: list[Step], other: str) -> None:
        data = damaged(seed, steps, tokens, seeds[other][0])
        check(lambda: READERS[kind](data))
        check(lambda: read_bytes(data, "a"))
        check(lambda: read_bytes(gzip.compress(data)[: len(data) or 1], "a.gz"))

    damage()


@pytest.mark.parametrize("kind", sorted(READERS))
@FUZZING
@given(st.binary(max_size=400))
def test_any_bytes_give_reports_or_reasons(kind: str, data: bytes) -> None:
    check(lambda: READERS[kind](data))
    check(lambda: read_bytes(data, "a"))


@pytest.mark.parametrize("kind", sorted(READERS))
def test_a_file_cut_anywhere_gives_reports_or_reasons(kind: str, seeds: dict[str, list[bytes]]) -> None:
    for seed in seeds[kind]:
        for end in range(0, len(seed), max(1, len(seed) // 150)):
            data = seed[:end]
            check(lambda data=data: READERS[kind](data))  # type: ignore[misc]
