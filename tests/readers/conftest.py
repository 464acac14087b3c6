"""What the tests of the readers share: their fixtures, and reading a file of the test's own."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from vigie.model import Report
from vigie.readers import Rejected, read_path


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Fuzzing takes minutes: it runs only where the expression of -m names it."""
    if "fuzz" in (config.option.markexpr or ""):
        return
    left_out = [item for item in items if item.get_closest_marker("fuzz")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not item.get_closest_marker("fuzz")]


FIXTURES = Path(__file__).parent / "fixtures"

Read = Callable[..., list[Report | Rejected]]


@pytest.fixture
def fixtures() -> Path:
    return FIXTURES


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a fixture by its name, or bytes under a name of one's own; remarks are put into `heard`."""

    def reading(name: str, data: bytes | None = None, heard: list[str] | None = None) -> list[Report | Rejected]:
        path = FIXTURES / name
        if data is not None:
            path = tmp_path / name
            path.write_bytes(data)
        return list(read_path(path, lambda where, remark: heard.append(remark) if heard is not None else None))

    return reading


MakePdf = Callable[..., bytes]


@pytest.fixture
def make_pdf() -> MakePdf:
    """Makes a PDF from the lines of its pages; a page that is None holds a picture and no text."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

    def picture(writer: PdfWriter) -> DictionaryObject:
        image = DecodedStreamObject()
        image.set_data(b"\x00")
        for name, value in {"/Width": 1, "/Height": 1, "/BitsPerComponent": 8}.items():
            image[NameObject(name)] = NumberObject(value)
        for name, word in {"/Type": "/XObject", "/Subtype": "/Image", "/ColorSpace": "/DeviceGray"}.items():
            image[NameObject(name)] = NameObject(word)
        return DictionaryObject(
            {NameObject("/XObject"): DictionaryObject({NameObject("/Im0"): writer._add_object(image)})}
        )

    def making(
        *pages: list[str] | None, title: str | None = None, password: tuple[str, ...] = (), algorithm: str = "RC4-128"
    ) -> bytes:
        writer = PdfWriter()
        words = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
        font = DictionaryObject({NameObject(name): NameObject(word) for name, word in words.items()})
        for lines in pages:
            page = writer.add_blank_page(595, 842)
            shown = b""
            if lines is None:
                page[NameObject("/Resources")] = picture(writer)
                shown = b"q 500 0 0 700 40 40 cm /Im0 Do Q"
            elif lines:
                fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
                page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
                rows = [line.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)") for line in lines]
                shown = b"BT /F1 11 Tf 72 770 Td 14 TL\n" + b"".join(b"(" + row + b") Tj T*\n" for row in rows) + b"ET"
            stream = DecodedStreamObject()
            stream.set_data(shown)
            page[NameObject("/Contents")] = writer._add_object(stream)
        if title is not None:
            writer.add_metadata({"/Title": title, "/CreationDate": "D:20190101"})
        if password:
            writer.encrypt(*password, algorithm=algorithm)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    return making


@pytest.fixture
def warc_record() -> Callable[..., bytes]:
    """Makes one record of an archive: a response of HTTP, or with `kind` another."""

    def making(
        url: str,
        body: bytes,
        *,
        media: str = "text/html; charset=utf-8",
        status: str = "200 OK",
        kind: str = "response",
        headers: str = "",
        fields: str = "",
    ) -> bytes:
        block = (
            f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{headers}\r\n".encode() + body
            if kind == "response"
            else body
        )
        own = "application/http; msgtype=response" if kind == "response" else media
        head = (
            f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-09T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{url}>\r\nContent-Type: {own}\r\n{fields}Content-Length: {len(block)}\r\n\r\n"
        )
        return head.encode() + block + b"\r\n\r\n"

    return making
