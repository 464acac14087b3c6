"""RSS and Atom: content before summary, keys, days, corrections, deletions, broken and hostile feeds."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from vigie.model import Report
from vigie.readers import Rejected

Read = Callable[..., list[Report | Rejected]]


def rss(items: str, doctype: str = "") -> bytes:
    return f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>Le Fanal</title>{items}</channel></rss>'.encode()


def test_the_full_content_is_read_without_scripts_captions_and_footer(read: Read) -> None:
    first = read("rss.xml")[0]
    assert isinstance(first, Report)
    assert first.text == (
        "Quatre gardes ont été tués mardi à la carrière d’Orvane, a annoncé la préfecture, qui n’a donné aucun autre bilan "
        "et dit attendre l’arrivée des enquêteurs de la capitale.\n\nL’attaque n’a pas été revendiquée et la route de Vaillon "
        "reste fermée à la circulation."
    )
    assert first.title == "Orvane & Vaillon : quatre gardes tués (Actualisé)"
    assert (first.outlet, first.agency, first.url) == ("Le Fanal", "AFP", "https://fanal.example/orvane")
    assert first.language is None  # the feed says en-US
    assert first.wire is not None
    assert (first.wire.key, first.wire.mark) == ("https://fanal.example/?p=77", "update")


def test_the_day_is_the_one_in_the_entry_not_the_one_in_utc(read: Read) -> None:
    first = read("rss.xml")[0]
    assert isinstance(first, Report)
    assert first.published is not None
    assert (str(first.published.start), first.published.grain) == ("2024-03-05", "hour")  # in UTC it is the 6th


def test_summary_headline_and_nothing(read: Read) -> None:
    _, summary, headline, empty = read("rss.xml")
    assert isinstance(summary, Report)
    assert summary.text == "Deux obus sont tombés lundi sur Tarn.\nAucun blessé."
    assert summary.wire is not None
    assert summary.wire.key == "https://fanal.example/#12345"  # a bare number is unique in its feed only
    assert isinstance(headline, Report)
    assert headline.text == "Une alerte sans texte"
    assert headline.wire is not None
    assert headline.wire.key == "https://fanal.example/alerte"
    assert isinstance(empty, Rejected)
    assert "entry 4" in empty.where


def test_an_entry_has_the_same_bytes_wherever_it_stands_in_the_feed(read: Read, fixtures: Path) -> None:
    text = (fixtures / "rss.xml").read_text("utf-8")
    items = text.split("<item>")
    turned = items[0] + "<item>" + items[2].rstrip() + "\n\n<item>" + items[1] + "</channel></rss>"
    before, after = read("rss.xml"), read("turned.xml", turned.encode())
    assert [before[0], before[1]] == [after[1], after[0]]


def test_atom_entries_and_their_deletion(read: Read) -> None:
    entry, deleted = read("atom.xml")
    assert isinstance(entry, Report)
    assert entry.text == "Two shells fell on Tarn Ford.\n\nNobody was hurt."
    assert entry.title == "CORRECTED-Shells fall on Tarn Ford"
    assert entry.published is not None
    assert str(entry.published.start) == "2024-03-05"
    assert entry.wire is not None
    assert (entry.wire.version_created, entry.wire.mark) == ("2024-03-06T06:30:00+00:00", "correction")
    assert isinstance(deleted, Report)
    assert deleted.wire is not None
    assert (deleted.wire.key, deleted.wire.status) == ("urn:harbour:41", "canceled")
    assert deleted.text == "Withdrawn: the report was wrong."


def test_an_empty_feed_and_what_is_no_feed(read: Read) -> None:
    (empty,) = read("a.xml", rss(""))
    assert isinstance(empty, Rejected)
    assert "no entry" in empty.reason
    (blank,) = read("a.rss", b"<rss")
    assert isinstance(blank, Rejected)
    assert blank.way_out


def test_a_feed_that_breaks_off_gives_the_entries_before(read: Read, fixtures: Path) -> None:
    data = (fixtures / "rss.xml").read_bytes()
    heard: list[str] = []
    first, broken = read("cut.xml", data[: data.index(b"Aucun bless")], heard=heard)
    assert isinstance(first, Report)
    assert isinstance(broken, Rejected)
    assert "entry 2" in broken.where
    assert "breaks off" in broken.reason
    assert any("as far as it goes" in remark for remark in heard)


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes(read: Read) -> None:
    heard: list[str] = []
    (report,) = read(
        "a.xml", rss("<item><title>Tarn & Orvane</title><description>Deux <b>obus.</description></item>"), heard=heard
    )
    assert isinstance(report, Report)
    assert report.text == "Deux obus."
    assert len(heard) == 1


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-16", "utf-8"])
def test_encodings(read: Read, encoding: str) -> None:
    text = rss("<item><title>Été</title><description>Blessés à l'aube près de Gao.</description></item>").decode()
    data = text.replace('"1.0"?', f'"1.0" encoding="{encoding}"?').encode(encoding)
    (report,) = read("a.xml", data)
    assert isinstance(report, Report)
    assert report.text == "Blessés à l'aube près de Gao."


def test_entities_are_not_expanded_and_no_file_is_read(read: Read, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("do not tell")
    rows = "".join(f'<!ENTITY x{k} "{f"&x{k - 1};" * 10}">' for k in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY x0 "boom">{rows}<!ENTITY f SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    started = time.monotonic()
    found = read("a.xml", rss("<item><title>t</title><description>&x11; &f;</description></item>", bomb))
    assert time.monotonic() - started < 5
    assert all("boom" not in each.text and "do not tell" not in each.text for each in found if isinstance(each, Report))


def test_bytes_that_look_like_an_address_are_not_opened(read: Read, fixtures: Path) -> None:
    from vigie.readers.feeds import read_feed

    for data in (str(fixtures / "rss.xml").encode(), b"http://127.0.0.1:9/feed"):
        (found,) = read_feed(data, "a")
        assert isinstance(found, Rejected)


@pytest.mark.parametrize(
    "data", [b"<rss>" + b"<a>" * 20_000, b"<rss>" + b"<![CDATA[" * 20_000, b"<rss>" + b"<a x=" * 20_000]
)
def test_broken_feeds_take_bounded_time(read: Read, data: bytes) -> None:
    started = time.monotonic()
    assert all(isinstance(each, Rejected) for each in read("a.rss", data))
    assert time.monotonic() - started < 5


def test_a_large_feed_is_mended_only_up_to_a_limit(read: Read) -> None:
    (found,) = read("a.rss", rss("<item><title>a<b></title></item>" * 80_000))
    assert isinstance(found, Rejected)
    assert "too big to be mended" in found.reason


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("Tue, 05 Mar 2024 23:30:00 EST", "2024-03-05"),
        ("2024-03-05T23:30:00-05:00", "2024-03-05"),
        ("2024-03-05", "2024-03-05"),
        ("Tue, 5 Mar 2024 23:30 CET", "2024-03-05"),
        ("soon", None),
    ],
)
def test_dates_of_entries(read: Read, given: str, day: str | None) -> None:
    (report,) = read(
        "a.xml", rss(f"<item><title>t</title><description>Deux obus.</description><pubDate>{given}</pubDate></item>")
    )
    assert isinstance(report, Report)
    assert (str(report.published.start) if report.published else None) == day
