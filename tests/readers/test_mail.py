"""Mailboxes and messages: which text is read, headers, attachments, broken messages."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from vigie.model import Report
from vigie.readers import Rejected, mail

Read = Callable[..., list[Report | Rejected]]


def test_plain_text_is_read_before_html_and_attachments_are_named(read: Read) -> None:
    heard: list[str] = []
    report = read("box.mbox", heard=heard)[0]
    assert isinstance(report, Report)
    assert report.text == (
        "Quatre gardes ont été tués mardi à la carrière d'Orvane, a annoncé la préfecture.\n\n"
        "From Vaillon, un élu a confirmé."
    )
    assert report.title == "(Actualisé) Quatre gardes tués à Orvane"
    assert report.outlet == "Agence Lointaine édition Orvane"
    assert report.published is not None
    assert (str(report.published.start), report.published.grain) == ("2024-03-05", "hour")  # the sender's day
    assert report.wire is not None
    assert (report.wire.key, report.wire.mark) == ("orvane-1@northreach.example", "update")
    assert "attachments are not read: note.pdf" in heard


def test_html_is_read_where_there_is_nothing_else(read: Read) -> None:
    report = read("box.mbox")[1]
    assert isinstance(report, Report)
    assert report.text == "Two shells fell on Tarn\u00a0Ford.\n\nNobody was hurt."
    assert report.outlet == "harbour.example"


def test_a_message_of_attachments_says_what_to_do(read: Read) -> None:
    rejected = read("box.mbox")[2]
    assert isinstance(rejected, Rejected)
    assert "message 3" in rejected.where
    assert "page1.png" in rejected.reason
    assert "save its attachments" in rejected.way_out


def test_flowing_lines_are_joined_and_prose_begins_no_message(read: Read) -> None:
    found = read("box.mbox")
    assert len(found) == 4
    assert isinstance(found[3], Report)
    assert found[3].text == (
        "From the hills two shells were fired at the bridge of Tarn Ford, police said.\n\nFrom our desk, no toll."
    )


def test_one_message_by_itself(read: Read, fixtures: Path) -> None:
    data = (fixtures / "box.mbox").read_bytes()
    message = data.partition(b"\n")[2].partition(b"\nFrom list@")[0]
    first = read("box.mbox")[0]
    for name in ("a.eml", "a", "a.txt"):
        (report,) = read(name, message)
        assert isinstance(report, Report)
        assert isinstance(first, Report)
        assert (report.title, report.sha256) == (first.title, first.sha256)
    assert first.raw == message


@pytest.mark.parametrize(
    ("said", "real"),
    [
        ("utf-8", "utf-8"),
        ("x-unknown", "utf-8"),
        ("utf-8", "cp1252"),
        ("us-ascii", "cp1252"),
    ],
)
def test_a_charset_that_does_not_fit_is_found_out(read: Read, said: str, real: str) -> None:
    text = "Deux blessés à l’aube près de Tarn."
    (report,) = read("a.eml", f"Subject: x\nContent-Type: text/plain; charset={said}\n\n{text}".encode(real))
    assert isinstance(report, Report)
    assert report.text == text


@pytest.mark.parametrize(
    "data",
    [
        b"Subject: x\n\n",
        b"Subject: x\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!",
        b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n",
        b"Subject: x\nContent-Type: text/plain; charset=utf-8\n\n\x00\x01\x02\x03" * 9,
        b"\n\n",
    ],
)
def test_a_message_without_text_is_rejected(read: Read, data: bytes) -> None:
    (rejected,) = read("a.eml", data)
    assert isinstance(rejected, Rejected)


@pytest.mark.parametrize(
    "headers",
    [
        b"Date: Tue, 99 Mar 2024 99:99:99 +9999\nFrom: \x00<<>>,,;\nSubject: =?utf-8?q?=FF?= =?x?b?!?=\n",
        b"Content-Type: text/plain; charset*=utf-8''%00; charset=\"\nFrom: =?\n",
        b"Message-ID: \n\t<a\n b>\nContent-Disposition: ;;;\n",
        b"Content-Type: multipart/mixed\n",
    ],
)
def test_broken_headers_stop_nothing(read: Read, headers: bytes) -> None:
    (found,) = read("a.eml", headers + b"\nTwo shells fell on Tarn Ford.")
    assert isinstance(found, Report)
    assert found.text == "Two shells fell on Tarn Ford."


def test_an_empty_mailbox_and_one_that_is_no_mailbox(read: Read) -> None:
    for data in (b"", b"\n\n"):
        (rejected,) = read("a.mbox", data)
        assert isinstance(rejected, Rejected)
        assert "no message" in rejected.reason


def test_limits(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MAX_MESSAGE", 1_000)
    long, short = read(
        "a.mbox",
        b"From a Tue Mar  5 10:00:00 2024\nSubject: a\n\n"
        + b"x" * 2_000
        + b"\n\nFrom b Tue Mar  5 10:00:00 2024\nSubject: b\n\nTwo shells.\n",
    )
    assert isinstance(long, Rejected)
    assert "too big" in long.reason
    assert isinstance(short, Report)
    assert short.text == "Two shells."


def test_parts_within_parts_take_bounded_time(read: Read) -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (k, k) for k in range(3_000))
    started = time.monotonic()
    (found,) = read("a.eml", b"Subject: x\n" + nested + b"\nTwo shells.")
    assert isinstance(found, Rejected)
    assert time.monotonic() - started < 5
