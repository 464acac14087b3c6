"""From files, folders and records to reports, and what is rejected in their place."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest

from vigie.model import Report
from vigie.readers import Rejected, read_bytes, read_path
from vigie.readers.jsonl import MAX_LINE, read_jsonl

PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8">
<title>Deux soldats tués près d’Ansongo – Le Fanal</title>
<meta property="og:site_name" content="Le Fanal"><meta property="og:title" content="Deux soldats tués près d’Ansongo">
<meta property="article:published_time" content="{published}">
<link rel="canonical" href="https://lefanal.example/a/1"></head><body><nav>Accueil Monde Sports Météo</nav><article>
<h1>Deux soldats tués près d’Ansongo</h1>
<p>Deux soldats ont été tués mardi dans une embuscade près d’Ansongo, a indiqué une source militaire à notre journal.</p>
<p>Les assaillants ont pris la fuite à moto avant l’arrivée des renforts, selon cette source qui a requis l’anonymat.</p>
</article><footer>Mentions légales</footer></body></html>"""


def only(path: Path) -> Report | Rejected:
    found = list(read_path(path))
    assert len(found) == 1
    return found[0]


def lines(*records: object) -> list[Report | Rejected]:
    rows = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in records]
    return list(read_jsonl(io.BytesIO(b"\n".join(rows)), "r.jsonl"))


def test_a_text_file_is_one_report_with_its_hash(tmp_path: Path) -> None:
    data = "Première ligne.\r\n\r\nDeux obus.\r\n".encode()
    (tmp_path / "a.txt").write_bytes(data)
    report = only(tmp_path / "a.txt")
    assert isinstance(report, Report)
    assert report.text == data.decode()
    assert report.sha256 == hashlib.sha256(data).hexdigest()
    assert report.id == report.sha256[:16]


def test_how_an_odd_encoding_was_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Trois blessés à Gao.".encode("cp1252"))
    heard: list[tuple[str, str]] = []
    list(read_path(tmp_path / "a.txt", lambda where, remark: heard.append((where, remark))))
    assert heard == [(str(tmp_path / "a.txt"), "read as windows-1252")]


@pytest.mark.parametrize(
    ("published", "start", "grain"),
    [("2024-03-05T18:42:00+01:00", "2024-03-05", "hour"), ("2024-03-05", "2024-03-05", "day")],
)
def test_a_web_page_gives_its_article_and_what_it_says_of_itself(
    tmp_path: Path, published: str, start: str, grain: str
) -> None:
    (tmp_path / "a.html").write_text(PAGE.format(published=published), "utf-8")
    report = only(tmp_path / "a.html")
    assert isinstance(report, Report)
    assert "Deux soldats ont été tués mardi" in report.text
    assert "Météo" not in report.text
    assert "Mentions légales" not in report.text
    assert "\n\nLes assaillants" in report.text
    assert (report.outlet, report.title) == ("Le Fanal", "Deux soldats tués près d’Ansongo")
    assert report.published is not None
    assert (str(report.published.start), report.published.grain) == (start, grain)


def test_a_page_without_an_article_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<!doctype html><html><head></head><body></body></html>")
    rejected = only(tmp_path / "a.html")
    assert isinstance(rejected, Rejected)
    assert "no article" in rejected.reason


def test_records_keep_their_order_and_a_bad_one_stops_nothing() -> None:
    found = lines(
        {"id": "a", "text": "Un mort.", "title": "T", "published": "2024-07", "lang": "fr", "outlet": "O", "url": None},
        b"{not json",
        b"[1]",
        {"title": "no text"},
        {"text": 3},
        {"text": "  "},
        {"text": "x", "published": "2024-02-30"},
        {"text": "x", "outlet": ["a"]},
        b'{"text": "half \\ud800 a character"}',
        b'{"text": "caf\xe9"}',
        b"",
        {"id": 7, "text": "Two dead."},
    )
    first, *rest, last = found
    assert isinstance(first, Report)
    assert (first.id, first.title, first.language, first.outlet, first.url) == ("a", "T", "fr", "O", None)
    assert isinstance(last, Report)
    assert last.id == "7"
    reasons = [r.line() for r in rest if isinstance(r, Rejected)]
    assert [r.split(":")[1] for r in reasons] == ["2", "3", "4", "5", "6", "7", "8", "9", "10"]
    wanted = ["not JSON", "list", 'no "text"', "number", "empty", "2024-02-30", "list", "surrogate", "not UTF-8"]
    assert all(words in reason for words, reason in zip(wanted, reasons, strict=True))


def test_an_id_comes_from_the_bytes_where_none_is_given() -> None:
    one, two, again = lines({"text": "Un mort."}, {"text": "Deux morts."}, {"text": "Un mort."})
    assert isinstance(one, Report)
    assert isinstance(two, Report)
    assert one == again
    assert one.id != two.id
    assert one.sha256.startswith(one.id)


def test_a_line_of_ten_megabytes_is_rejected_and_the_next_one_read() -> None:
    found = lines({"text": "a " * 5_000_000}, {"text": "Un mort."})
    assert isinstance(found[0], Rejected)
    assert "too long" in found[0].reason
    assert isinstance(found[1], Report)
    endless = list(read_jsonl(io.BytesIO(b"x" * (MAX_LINE + 10) + b'\n{"text": "Un mort."}'), "r.jsonl"))
    assert isinstance(endless[0], Rejected)
    assert endless[0].where == "r.jsonl:1"
    assert isinstance(endless[1], Report)


def test_a_folder_is_read_in_order_of_paths_and_hidden_files_left_out(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("hidden")
    (tmp_path / ".hidden.txt").write_text("hidden")
    (tmp_path / "b" / "2.txt").write_text("second")
    (tmp_path / "a.txt").write_text("first")
    (tmp_path / "c.jsonl").write_text('{"text": "third"}\n{"text": "fourth"}\n')
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3")
    found = list(read_path(tmp_path))
    assert [r.text for r in found if isinstance(r, Report)] == ["first", "third", "fourth", "second"]
    assert [r.reason for r in found if isinstance(r, Rejected)] == [
        "a PDF that cannot be read: PdfStreamError: Stream has ended unexpectedly"
    ]


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    rejected = only(tmp_path)
    assert isinstance(rejected, Rejected)
    assert "empty folder" in rejected.reason


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xml", b'<?xml version="1.0"?><invoice/>', "<invoice>"),
        ("a", b'<?xml version="1.0"?><svg/>', "XML"),
        ("a.xml", b"no markup at all", "its beginning is none"),
        ("a.docx", b"PK\x03\x04....", "ZIP"),
        ("a.txt", b"\x89PNG....", "PNG"),
        ("a.tar", b"\0" * 257 + b"ustar", "tar"),
        ("a.json", b'{"headline": "x"}', "not one report a line"),
        ("a.csv", b"a,b\n1,2\n", "table"),
    ],
)
def test_formats_without_a_reader_are_named(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    rejected = only(tmp_path / name)
    assert isinstance(rejected, Rejected)
    assert words in rejected.reason
    assert rejected.way_out


@pytest.mark.parametrize("name", ["dispatch", "dispatch.story", "dispatch.2024"])
def test_an_unknown_ending_with_text_in_it_is_read_as_text(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Deux obus.")
    report = only(tmp_path / name)
    assert isinstance(report, Report)
    assert report.text == "Deux obus."


def test_a_page_is_known_by_its_beginning_where_the_ending_does_not_tell(tmp_path: Path) -> None:
    (tmp_path / "page").write_text('<?xml version="1.0"?>' + PAGE.format(published="2024-03-05"), "utf-8")
    report = only(tmp_path / "page")
    assert isinstance(report, Report)
    assert report.text.startswith("Deux soldats")


def test_standard_input_is_known_by_its_beginning() -> None:
    kinds = {
        b"Deux obus.": "Deux obus.",
        b'{"text": "Un mort."}\n': "Un mort.",
        PAGE.format(published="2024").encode(): "Deux soldats",
    }
    for data, begin in kinds.items():
        (report,) = read_bytes(data, "standard input")
        assert isinstance(report, Report)
        assert report.text.startswith(begin)


def test_what_is_not_there_is_rejected_not_raised(tmp_path: Path) -> None:
    rejected = only(tmp_path / "nothing.txt")
    assert isinstance(rejected, Rejected)
    assert "cannot be opened" in rejected.reason
