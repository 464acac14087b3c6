"""Fetching over real connections of the loopback: what a hostile or broken server can do, and what comes of it."""

from __future__ import annotations

import datetime as dt
import gzip
import ssl
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import feed_server
from feed_server import Reply, Server
from vigie.errors import AddressRefused, FetchFailed
from vigie.runs.watching.addresses import Destination, Guard
from vigie.runs.watching.fetching import Fetcher, Wish, retry_after
from vigie.runs.watching.plan import Allowed, Limits

NOW = dt.datetime(2024, 8, 1, 12, 0, tzinfo=dt.UTC)


def fetcher(
    server: Server, limits: Limits | None = None, *, hosts: tuple[str, ...] = ("feeds.test",), **more: Any
) -> Fetcher:
    """A fetcher in whose world all names lead to the loopback, and some may be reached there."""
    allowed = [Allowed(host, private=True, ports=frozenset((server.port,))) for host in (*hosts, "127.0.0.1")]
    guard = Guard(allowed, lambda host, port: ["127.0.0.1"])
    return Fetcher(guard, limits or Limits(seconds=5, connect_seconds=2), "vigie/test", lambda: NOW, **more)


def fetched(server: Server, path: str = "/feed", limits: Limits | None = None, **more: Any) -> bytes:
    return fetcher(server, limits, **more).get(Wish(server.url(path, "feeds.test"))).body


def raw(*pieces: bytes, pause: float = 0.0) -> Reply:
    """An answer written to the connection as it is, a piece at a time."""

    def send(answering: Any) -> None:
        for piece in pieces:
            answering.wfile.write(piece)
            answering.wfile.flush()
            time.sleep(pause)

    return Reply(send=send)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"


def test_the_connection_goes_to_the_address_that_was_looked_at_and_the_server_hears_the_name(server: Server) -> None:
    server.gives("/feed", b"<rss/>")
    assert fetched(server) == b"<rss/>"
    assert server.asked[0].headers["host"] == f"feeds.test:{server.port}"


def test_a_name_is_looked_up_once_so_that_it_cannot_lead_elsewhere_the_second_time(server: Server) -> None:
    answers = iter((["93.184.216.34"], ["127.0.0.1"]))
    reached: list[Destination] = []

    def transport(destination: Destination, *_: object) -> httpx.BaseTransport:
        reached.append(destination)
        return httpx.MockTransport(lambda request: httpx.Response(200, stream=httpx.ByteStream(b"<rss/>")))

    guard = Guard((), lambda host, port: next(answers))
    found = Fetcher(guard, Limits(), "vigie/test", lambda: NOW, transport=transport).get(
        Wish("http://rebinding.test/feed")
    )
    assert found.body == b"<rss/>"
    assert [each.addresses for each in reached] == [("93.184.216.34",)]
    with pytest.raises(AddressRefused, match=r"127\.0\.0\.1, this machine"):  # the second request looks it up anew
        Fetcher(guard, Limits(), "vigie/test", lambda: NOW, transport=transport).get(Wish("http://rebinding.test/feed"))


def test_a_transport_serves_no_other_host_than_the_one_that_was_looked_at(server: Server) -> None:
    from vigie.runs.watching.pinned import Deadline, PinnedTransport

    there = Destination("feeds.test", server.port, ("127.0.0.1",))
    transport = PinnedTransport(there, Deadline(5), ssl.create_default_context(), 2)
    with pytest.raises(httpx.ConnectError, match=r"only feeds\.test"):
        transport.handle_request(httpx.Request("GET", server.url("/feed", "other.test")))
    assert not server.asked


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://inner.test/", r"inner\.test leads to 127\.0\.0\.1, this machine"),
        ("http://10.0.0.5/admin", r"10\.0\.0\.5 is a private network"),
        ("http://169.254.169.254/latest/meta-data/", "link-local"),
        ("http://[::ffff:127.0.0.1]/", "an IPv4 address in IPv6"),
        ("file:///etc/passwd", "file is not http"),
        ("ftp://inner.test/", "ftp is not http"),
        ("http://user:pw@feeds.test/", "a name or password"),
        ("http://feeds.test:22/", "port 22"),
        ("//inner.test/", r"inner\.test leads to"),
    ],
)
def test_a_redirection_to_where_nobody_should_go_is_refused(server: Server, location: str, reason: str) -> None:
    server.on["/feed"] = lambda asked: Reply(302, headers={"Location": location})
    with pytest.raises(AddressRefused, match=reason):
        fetched(server)
    assert server.paths() == ["/feed"]


def test_redirections_come_to_an_end(server: Server) -> None:
    server.on["/feed"] = lambda asked: Reply(302, headers={"Location": "/feed"})
    with pytest.raises(FetchFailed, match="more than 5 redirections"):
        fetched(server)
    assert len(server.asked) == 6


@pytest.mark.parametrize("location", ["http://[::1", "http://exa mple/", "https://" + "a" * 300 + ".test/"])
def test_a_redirection_to_nonsense(server: Server, location: str) -> None:
    server.on["/feed"] = lambda asked: Reply(302, headers={"Location": location})
    with pytest.raises((AddressRefused, FetchFailed)):
        fetched(server)


def test_an_answer_that_is_too_big_is_not_drawn_to_its_end(server: Server) -> None:
    server.gives("/feed", b"a" * 2_000)
    with pytest.raises(FetchFailed, match="more than 1,000 bytes"):
        fetched(server, limits=Limits(bytes=1_000))
    server.on["/feed"] = lambda asked: raw(HEAD, b"Connection: close\r\n\r\n", *[b"a" * 10_000] * 20_000)
    with pytest.raises(FetchFailed, match="more than 100,000 bytes"):
        fetched(server, limits=Limits(bytes=100_000))


def test_a_small_packet_that_unpacks_to_gigabytes_costs_no_more_than_the_limit(server: Server) -> None:
    bomb = gzip.compress(b"\0" * 200_000_000, 9)
    assert len(bomb) < 250_000
    server.gives("/feed", bomb, Content_Encoding="gzip")
    tracemalloc.start()
    try:
        with pytest.raises(FetchFailed, match="more than 1,000,000 bytes"):
            fetched(server, limits=Limits(bytes=1_000_000))
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("cut", [5, 20, -4])
def test_packing_that_breaks_off(server: Server, cut: int) -> None:
    server.gives("/feed", gzip.compress(b"<rss>" + bytes(range(200)))[:cut], Content_Encoding="gzip")
    with pytest.raises(FetchFailed, match="packed with gzip that breaks off"):
        fetched(server)


def test_packing_that_is_damaged_or_was_not_asked_for(server: Server) -> None:
    server.gives("/feed", b"no gzip at all", Content_Encoding="gzip")
    with pytest.raises(FetchFailed, match="gzip that is damaged"):
        fetched(server)
    server.gives("/feed", b"...", Content_Encoding="br")
    with pytest.raises(FetchFailed, match="packed as 'br', which was not asked for"):
        fetched(server)


def test_every_byte_of_a_packed_answer_comes_out(server: Server) -> None:
    data = b"".join(b"%d " % n for n in range(60_000)) + b"\0" * 300_000
    server.gives("/feed", gzip.compress(data) + b"\0\0\0", Content_Encoding="gzip")
    assert fetched(server, limits=Limits(bytes=2_000_000)) == data


def within(seconds: float, server: Server, limits: Limits) -> str:
    started = time.monotonic()
    with pytest.raises(FetchFailed) as failed:
        fetched(server, limits=limits)
    assert time.monotonic() - started < seconds
    return failed.value.reason


def test_a_server_that_drips_its_headers_or_its_body_is_given_up_in_time(server: Server) -> None:
    short = Limits(seconds=0.6, connect_seconds=0.5)
    server.on["/feed"] = lambda asked: raw(*(bytes([b]) for b in HEAD), pause=0.1)
    assert within(3, server, short) == "no whole answer in time"
    server.on["/feed"] = lambda asked: raw(HEAD + b"Content-Length: 100\r\n\r\n", *[b"a"] * 30, pause=0.1)
    assert within(3, server, short) == "no whole answer in time"
    server.on["/feed"] = lambda asked: raw(b"", pause=1.5)
    assert within(3, server, short) == "no whole answer in time"


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"Content-Length: 1000\r\n\r\n<rss>",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<rss>",
        b"not HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"",
    ],
)
def test_answers_that_break_off_or_are_no_http(server: Server, answer: bytes) -> None:
    server.on["/feed"] = lambda asked: raw(answer)
    with pytest.raises(FetchFailed, match=r"breaks off|no HTTP|broke off"):
        fetched(server)


def test_nobody_answers(server: Server) -> None:
    with feed_server.serving() as other:
        gone = other.port
    guard = Guard([Allowed("feeds.test", private=True, ports=frozenset((gone,)))], lambda host, port: ["127.0.0.1"])
    with pytest.raises(FetchFailed, match="no connection"):
        Fetcher(guard, Limits(seconds=2, connect_seconds=1), "vigie/test", lambda: NOW).get(
            Wish(f"http://feeds.test:{gone}/")
        )
    with pytest.raises(FetchFailed, match="HTTP 404 Not Found"):
        fetched(server)


def test_a_proxy_in_the_environment_is_not_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.gives("/feed", b"<rss/>")
    assert fetched(server) == b"<rss/>"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None), ("120", 120.0), (" 5 ", 5.0), ("0", 0.0), ("99999999999999", 30 * 86_400.0), ("-5", None),
        ("soon", None), ("", None), ("Thu, 01 Aug 2024 12:10:00 GMT", 600.0), ("Thu, 01 Aug 2024 11:00:00 GMT", 0.0),
        ("Thu, 99 Aug 2024 11:00:00 GMT", None), ("١٢", None),
    ],
)  # fmt: skip
def test_how_long_a_server_asks_to_be_left_alone(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


# --- TLS ---


@pytest.fixture
def secure(certificate: Path) -> Iterator[tuple[Server, list[str | None]]]:
    """A server over TLS, and the names it was asked for by (SNI)."""
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda connection, name, _: names.append(name)  # type: ignore[assignment]
    with feed_server.serving(context) as server:
        server.gives("/feed", b"<rss/>")
        yield server, names


def test_tls_asks_for_the_name_and_checks_the_certificate_against_it(
    secure: tuple[Server, list[str | None]], certificate: Path
) -> None:
    server, names = secure
    trusting = ssl.create_default_context(cafile=str(certificate))
    assert fetched(server, tls=trusting) == b"<rss/>"
    assert names == ["feeds.test"]
    # The right certificate authority, another name: as if a name had been led astray to this address.
    with pytest.raises(FetchFailed, match=r"(?i)certificate"):
        fetcher(server, hosts=("bank.test",), tls=trusting).get(Wish(server.url("/feed", "bank.test")))
    with pytest.raises(FetchFailed, match=r"(?i)certificate"):
        fetched(server)  # trusts what the system trusts
    assert len(server.asked) == 1


def test_a_redirection_may_not_leave_tls(secure: tuple[Server, list[str | None]], certificate: Path) -> None:
    server, _ = secure
    server.on["/feed"] = lambda asked: Reply(302, headers={"Location": f"http://feeds.test:{server.port}/other"})
    with pytest.raises(AddressRefused, match="redirects from https to http"):
        fetched(server, tls=ssl.create_default_context(cafile=str(certificate)))
