"""Bytes to text: what is read, as what, and what is refused with which words."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.errors import EmptyReport, NotText, ReadError
from vigie.readers.encoding import MAX_CHARACTERS, decode

TEXT = "L’armée a tiré « deux obus » près de Gao — à l’aube.\r\nFin.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("cp1252"), "windows-1252"),
        ("Trois blessés.".encode("latin-1"), "windows-1252"),
    ],
)
def test_text_comes_out_as_it_was_written_line_ends_included(data: bytes, encoding: str) -> None:
    decoded = decode(data, "a.txt")
    assert decoded.encoding == encoding
    assert decoded.text in (TEXT, "Trois blessés.")


@pytest.mark.parametrize("data", [b"", b"  \r\n\t ", "\ufeff".encode(), "\u200b\u00a0\n".encode()])
def test_nothing_to_read_is_said_to_be_empty(data: bytes) -> None:
    with pytest.raises(EmptyReport, match=r"a\.txt: empty"):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "binary"),
        (bytes(range(1, 32)) * 9, "binary"),
        ("Взрыв прогремел в центре города.".encode("cp1251"), "no encoding"),
        ("Trois blessés à Gao, été".encode() + b"\xff\xe9 fin", "no encoding"),  # UTF-8 that breaks off
        (b"\xff\xfea", "breaks off"),
        (b"abc\x81\x8d", "no encoding"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_a_way_out(data: bytes, words: str) -> None:
    with pytest.raises(NotText, match=words) as caught:
        decode(data, "a.txt")
    assert "UTF-8" in caught.value.way_out


def test_a_text_beyond_the_limit_is_refused_by_its_size() -> None:
    assert len(decode(b"a" * MAX_CHARACTERS, "a.txt").text) == MAX_CHARACTERS
    with pytest.raises(ReadError, match="too long to be one report"):
        decode(b"a" * (MAX_CHARACTERS + 1), "a.txt")
    with pytest.raises(ReadError, match="10,000,000 bytes"):
        decode(b"a" * 10_000_000, "a.txt")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        assert decode(data, "x").text.strip()


@given(st.text(min_size=1, max_size=200))
def test_utf8_comes_back_unchanged(text: str) -> None:
    with contextlib.suppress(UnicodeEncodeError, ReadError):
        assert decode(text.encode("utf-8"), "x").text == (text[1:] if text.startswith("\ufeff") else text)
