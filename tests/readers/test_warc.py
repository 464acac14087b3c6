"""WARC: which records are pages, how they are unpacked, archives that break off or are damaged."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable

import pytest

from vigie.model import Report
from vigie.readers import Rejected, read_bytes

Read = Callable[..., list[Report | Rejected]]
Record = Callable[..., bytes]
Pack = Callable[[bytes], bytes]
URL = "https://fanal.example/orvane"
PAGE = """<!doctype html><html lang="fr"><head><title>Quatre gardes tués à Orvane (Actualisé)</title>
<meta property="og:site_name" content="Le Fanal"><meta property="article:published_time" content="2024-03-05T18:42:00+01:00">
</head><body><nav><a href="/">Accueil</a></nav><article>
<p>Quatre gardes ont été tués mardi dans une embuscade près de la carrière d’Orvane, a indiqué la préfecture.</p>
<p>Les assaillants ont pris la fuite à moto avant l’arrivée des renforts, selon cette source.</p></article></body></html>"""
TEXT = (
    "Quatre gardes ont été tués mardi dans une embuscade près de la carrière d’Orvane, a indiqué la préfecture.\n\n"
    "Les assaillants ont pris la fuite à moto avant l’arrivée des renforts, selon cette source."
)
PACKINGS: list[Pack] = [lambda record: record, gzip.compress]


def reports(found: list[Report | Rejected]) -> list[Report]:
    return [each for each in found if isinstance(each, Report)]


def rejected(found: list[Report | Rejected]) -> list[Rejected]:
    return [each for each in found if isinstance(each, Rejected)]


@pytest.mark.parametrize("pack", PACKINGS)
def test_pages_are_read_and_the_rest_is_counted(read: Read, warc_record: Record, pack: Pack) -> None:
    records = [
        warc_record("urn:info", b"software: x", kind="warcinfo", media="application/warc-fields"),
        warc_record(URL, PAGE.encode()),
        warc_record("https://fanal.example/a.png", b"\x89PNG", media="image/png"),
        warc_record("https://fanal.example/404", PAGE.encode(), status="404 Not Found"),
        warc_record(
            "https://fanal.example/a.txt", "Deux obus à Tarn.".encode("cp1252"), media="text/plain; charset=latin1"
        ),
        warc_record("https://fanal.example/saved", PAGE.encode(), kind="resource", media="text/html"),
    ]
    heard: list[str] = []
    page, text, saved = reports(read("a.warc", b"".join(map(pack, records)), heard=heard))
    assert page.text == saved.text == TEXT
    assert page.raw == PAGE.encode()
    assert (page.url, page.outlet, page.origin) == (URL, "Le Fanal", f"{URL}#2024-03-05")
    assert page.published is not None
    assert str(page.published.start) == "2024-03-05"  # the page's own day, not that of its capture
    assert page.wire is not None
    assert (page.wire.key, page.wire.version_created, page.wire.mark) == (
        f"{URL}#2024-03-05",
        "2024-03-09T10:00:00+00:00",
        "update",
    )
    assert text.text == "Deux obus à Tarn."
    assert text.published is None
    assert text.wire is not None
    assert text.wire.key is None  # what stands at an address without a day may be another story tomorrow
    assert "3 records that are no pages were passed over" in heard


def test_a_page_from_an_archive_is_the_page_saved_by_hand(read: Read, warc_record: Record) -> None:
    (captured,) = read("a.warc", warc_record(URL, PAGE.encode()))
    (by_hand,) = read_bytes(PAGE.encode(), "a.html")
    assert isinstance(captured, Report)
    assert isinstance(by_hand, Report)
    assert (captured.id, captured.sha256, captured.text) == (by_hand.id, by_hand.sha256, by_hand.text)


def chunked(data: bytes) -> bytes:
    half = len(data) // 2
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (data[:half], data[half:])) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("headers", "pack"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress),
        ("Content-Encoding: gzip\r\n", bytes),  # unpacked already, the header kept
        ("Content-Encoding: deflate\r\n", zlib.compress),
        ("Transfer-Encoding: chunked\r\n", chunked),
        ("Transfer-Encoding: chunked\r\n", bytes),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", lambda data: chunked(gzip.compress(data))),
    ],
)
def test_what_the_server_packed_is_unpacked(read: Read, warc_record: Record, headers: str, pack: Pack) -> None:
    (report,) = reports(read("a.warc", warc_record(URL, pack(PAGE.encode()), headers=headers)))
    assert report.text == TEXT
    assert report.raw == PAGE.encode()


def test_the_charset_of_the_server_counts_where_the_page_names_none(read: Read, warc_record: Record) -> None:
    record = warc_record(URL, PAGE.encode("cp1252"), media="text/html; charset=ISO-8859-1")
    (report,) = reports(read("a.warc", record))
    assert report.text == TEXT


def test_damaged_packing_of_one_page_stops_no_other(read: Read, warc_record: Record) -> None:
    broken = gzip.compress(PAGE.encode())
    records = [
        warc_record(
            "https://fanal.example/1", broken[:40] + b"????" + broken[44:], headers="Content-Encoding: gzip\r\n"
        ),
        warc_record("https://fanal.example/2", broken[:-20], headers="Content-Encoding: gzip\r\n"),
        warc_record("https://fanal.example/3", b"no brotli", headers="Content-Encoding: br\r\n"),
        warc_record("https://fanal.example/4", PAGE.encode(), fields="WARC-Truncated: length\r\n"),
        warc_record(URL, PAGE.encode()),
    ]
    found = read("a.warc", b"".join(records))
    assert [r.url for r in reports(found)] == [URL]
    assert [r.where.rpartition("record ")[2] for r in rejected(found)] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("pack", PACKINGS)
@pytest.mark.parametrize("cut", [10, 60, 200, 420, 700])
def test_an_archive_that_breaks_off_gives_what_came_before(
    read: Read, warc_record: Record, pack: Pack, cut: int
) -> None:
    first, last = pack(warc_record(URL, PAGE.encode())), pack(warc_record("https://fanal.example/2", PAGE.encode()))
    found = read("a.warc.gz", first + last[: len(last) - cut])
    assert found[0] == read("b.warc", first)[0]
    for each in found[1:]:  # either whole (only the end of the packing is missing) or refused
        assert isinstance(each, Rejected) or each.text == TEXT
    if cut > 30:
        assert len(found) == 2
        assert isinstance(found[1], Rejected)
        assert "record 2" in found[1].where


@pytest.mark.parametrize("pack", PACKINGS)
def test_after_damage_reading_goes_on_at_the_next_record(read: Read, warc_record: Record, pack: Pack) -> None:
    quoting = PAGE.replace(
        "</article>", "<p>Un lecteur cite la ligne suivante.</p><pre>\r\n\r\nWARC/1.1\r\n</pre></article>"
    )
    records = [pack(warc_record(f"https://fanal.example/{k}", quoting.encode())) for k in range(4)]
    found = read("a.warc", records[0] + b"\r\n\r\nrubbish\r\n\r\n" + records[1] + records[2][:-200] + records[3])
    urls = [r.url for r in reports(found)]
    assert urls[:2] == ["https://fanal.example/0", "https://fanal.example/1"]
    assert urls[-1] == "https://fanal.example/3" or pack is PACKINGS[0]
    assert any("damaged" in r.reason for r in rejected(found))
    assert all("WARC-" not in r.text for r in reports(found))


def test_lengths_are_only_claims(read: Read, warc_record: Record) -> None:
    record = warc_record(URL, PAGE.encode())
    length = record.partition(b"Content-Length: ")[2].partition(b"\r\n")[0]
    for claim in (b"999999999999999999", b"9999999999999", b"-5", b"x", b""):
        found = read("a.warc", record.replace(b"Content-Length: " + length, b"Content-Length: " + claim))
        assert rejected(found), claim
        assert not reports(found)


def test_a_page_that_unpacks_without_end_is_stopped(read: Read, warc_record: Record) -> None:
    started = time.monotonic()
    body = gzip.compress(b"<p>" + b"a" * 200_000_000, 1)
    found = read(
        "a.warc", warc_record(URL, body, headers="Content-Encoding: gzip\r\n") + warc_record(URL, PAGE.encode())
    )
    assert "too big" in rejected(found)[0].reason
    assert len(reports(found)) == 1
    assert time.monotonic() - started < 5


def test_a_page_without_an_article_and_an_archive_without_a_page(read: Read, warc_record: Record) -> None:
    (found,) = read("a.warc", warc_record(URL, b"<html><body></body></html>"))
    assert isinstance(found, Rejected)
    assert URL in found.where
    assert "no article" in found.reason
    assert read("b.warc", warc_record(URL, b"x", media="image/png")) == []
