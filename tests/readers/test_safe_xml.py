"""XML that means harm: entities that multiply, files and addresses it asks for, depth without end."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vigie.model import Report
from vigie.readers import Rejected, read_bytes

TEXT = "Two shells fell on Tarn Ford."
ITEM = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g" version="1"{attribute}><contentMeta><headline>H'
    '</headline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml"><html><body><p>{text}</p></body>'
    "</html></inlineXML></contentSet></newsItem>"
)


class _Counting(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<!ENTITY fetched 'fetched'>")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and what was asked for there."""
    asked: list[str] = []
    handler = type("Handler", (_Counting,), {"asked": asked})
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as service:
        thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{service.server_port}", asked
        service.shutdown()
        thread.join()


def read(doctype: str, text: str = TEXT, attribute: str = "") -> Report | Rejected:
    document = f'<?xml version="1.0"?>{doctype}{ITEM.format(text=text, attribute=attribute)}'
    (found,) = read_bytes(document.encode(), "a.xml")
    return found


def bomb(levels: int) -> str:
    rows = "".join(f'<!ENTITY x{k} "{f"&x{k - 1};" * 10}">' for k in range(1, levels))
    return f'<!DOCTYPE newsItem [<!ENTITY x0 "boom">{rows}]>'


@pytest.mark.parametrize("levels", [2, 12])
@pytest.mark.parametrize("place", ["text", "attribute"])
def test_entities_that_multiply_are_not_expanded(levels: int, place: str) -> None:
    started = time.monotonic()
    name = f"&x{levels - 1};"
    found = read(bomb(levels), **{place: name if place == "text" else f' profile="{name}"'})
    assert time.monotonic() - started < 2
    if isinstance(found, Rejected):
        assert "entit" in found.reason
        assert "boom" not in found.reason
    else:
        assert (place, found.text) == ("attribute", TEXT)


def test_an_entity_of_the_document_is_refused_by_name() -> None:
    found = read('<!DOCTYPE newsItem [<!ENTITY firm "Northreach">]>', "&firm; said so.")
    assert isinstance(found, Rejected)
    assert "&firm;" in found.reason


def test_named_letters_of_html_are_put_in() -> None:
    found = read(
        '<!DOCTYPE newsItem SYSTEM "http://127.0.0.1:9/x.dtd">', "caf&eacute; &mdash; <b>d&rsquo;Orvane</b>&nbsp;!"
    )
    assert isinstance(found, Report)
    assert found.text == "café — d’Orvane\u00a0!"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE newsItem SYSTEM "{where}/outer.dtd">',
        '<!DOCTYPE newsItem [<!ENTITY e SYSTEM "{where}/entity">]>',
        '<!DOCTYPE newsItem [<!ENTITY % p SYSTEM "{where}/parameter"> %p;]>',
        '<!DOCTYPE newsItem PUBLIC "-//X//Y" "{where}/public.dtd">',
    ],
)
@pytest.mark.parametrize("text", [TEXT, f"&e; {TEXT}", f"&fetched; {TEXT}"])
def test_nothing_is_fetched(server: tuple[str, list[str]], doctype: str, text: str) -> None:
    where, asked = server
    found = read(doctype.format(where=where), text)
    assert asked == []
    assert isinstance(found, Rejected) or found.text == TEXT


def test_no_file_of_the_machine_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not tell")
    found = read(f'<!DOCTYPE newsItem [<!ENTITY e SYSTEM "{secret.as_uri()}">]>', "&e;")
    assert isinstance(found, Rejected)
    assert "do not tell" not in found.line()


def test_xinclude_is_no_more_than_markup(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not tell")
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>{TEXT}'
    found = read("", include)
    assert isinstance(found, Report)
    assert found.text == TEXT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>" * 5_000 + "x" + "</b>" * 5_000, "depth"),
        ("x" * 11_000_000, "limit"),
        ("<b>never closed", "line"),
        ("&undeclared;", "entit"),
        ("\x01", "line"),
    ],
)
def test_what_breaks_the_limits_or_the_grammar_is_rejected_with_the_reason(text: str, words: str) -> None:
    found = read("", text)
    assert isinstance(found, Rejected)
    assert words in found.reason.lower()
    assert found.way_out


def test_text_beyond_the_limit_of_a_report_is_rejected() -> None:
    found = read("", "word " * 250_000)
    assert isinstance(found, Rejected)
    assert "too long" in found.reason


def test_a_file_beyond_the_limit_is_rejected_before_it_is_parsed(read: Callable[..., list[Report | Rejected]]) -> None:
    (found,) = read("big.xml", b"<newsItem>" + b" " * 33_000_000)
    assert isinstance(found, Rejected)
    assert "too big" in found.reason
