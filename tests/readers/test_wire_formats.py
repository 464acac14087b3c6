"""NewsML-G2, NewsML 1.2 and ninjs: what is read from where, versions, corrections, withdrawals, what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from vigie.model import Report, WireIdentity
from vigie.readers import Rejected, read_bytes
from vigie.readers.wire import in_utc, iso_time, language_code, published_on, revision_number, wire_status

Read = Callable[..., list[Report | Rejected]]
BLAST = "urn:newsml:northreach.example:20240305:QUARRY-BLAST"
ORVANE = "urn:newsml:lointaine.example:20240305:TX-ORV-77"


def one(found: list[Report | Rejected]) -> Report:
    (report,) = found
    assert isinstance(report, Report), report
    return report


def rejected(found: list[Report | Rejected]) -> list[str]:
    return [each.line() for each in found if isinstance(each, Rejected)]


def reports(found: list[Report | Rejected]) -> list[Report]:
    return [each for each in found if isinstance(each, Report)]


def day(report: Report) -> tuple[str, str]:
    assert report.published is not None
    return str(report.published.start), report.published.grain


def wire(report: Report) -> WireIdentity:
    assert report.wire is not None
    return report.wire


# --- NewsML-G2 --------------------------------------------------------------------------------------------------


def test_a_news_item_gives_its_body_with_the_dateline_and_nothing_of_the_furniture(read: Read, fixtures: Path) -> None:
    report = one(read("g2-item.xml"))
    assert report.text == (
        "ORVANE, March 5 (NRW) - Four guards were killed on Tuesday when a bomb went off at the Orvane quarry, police "
        "said.\n\nNo group claimed the attack."
    )
    assert report.title == "UPDATE 2-Blast at Orvane quarry kills four"
    assert (report.language, report.outlet, report.agency) == ("en", "Northreach Wire", "Agence Lointaine")
    assert report.url == "https://northreach.example/quarry-blast"
    assert report.raw == (fixtures / "g2-item.xml").read_bytes()
    assert report.origin == BLAST
    assert report.sha256.startswith(report.id)


def test_the_day_is_that_of_the_place_of_publication(read: Read) -> None:
    assert day(one(read("g2-item.xml"))) == ("2024-03-05", "hour")  # 20:40 of that day in UTC, 23:40 there


def test_a_version_says_which_it_is(read: Read) -> None:
    assert wire(one(read("g2-item.xml"))) == WireIdentity(
        key=BLAST,
        revision=3,
        version_created="2024-03-05T20:40:12+00:00",
        status="usable",
        mark="update",
        slug="ORVANE-BLAST/ (UPDATE 2)",
        ed_note="Updates with toll, adds police quote",
    )


def test_a_kill_without_a_body_is_a_report_of_its_headline_and_note(read: Read) -> None:
    heard: list[str] = []
    report = one(read("g2-canceled.xml", heard=heard))
    assert report.text == (
        "KILL: Blast at Orvane quarry kills four\n\nMANDATORY KILL: there was no blast at the quarry."
    )
    assert (wire(report).key, wire(report).revision) == (BLAST, 4)
    assert (wire(report).status, wire(report).mark, wire(report).withdrawn) == ("canceled", "kill", True)
    assert heard == ["canceled by its provider: nothing in it is coded"]


def test_a_message_gives_each_item_by_itself(read: Read) -> None:
    found = read("g2-message.xml")
    first, second, picture = found
    assert isinstance(first, Report)
    assert first.text == (
        "Trois gendarmes ont été tués mardi près de Vaillon,\na indiqué la préfecture.\n\nDeux assaillants ont été arrêtés."
    )
    assert wire(first).mark == "update"
    assert isinstance(second, Report)
    assert (wire(second).status, wire(second).mark) == ("withheld", "correction")
    assert second.text.startswith("VAILLON (Lointaine) - Le bilan")
    assert isinstance(picture, Rejected)
    assert "item 3" in picture.where
    assert "picture" in picture.reason


def test_the_bytes_of_an_item_read_again_give_the_same_report(read: Read) -> None:
    for name in ("g2-message.xml", "newsml12-package.xml", "ninjs-3.json"):
        for report in reports(read(name)):
            again = [each for each in read_bytes(report.raw, "again") if isinstance(each, Report)]
            assert report in again, name


def test_a_namespace_that_is_no_uri_stops_nothing(read: Read, fixtures: Path) -> None:
    text = (fixtures / "g2-message.xml").read_text("utf-8").replace("http://iptc.org/std/nar/2006-10-01/", "relative")
    found = reports(read("a.xml", text.encode()))
    assert [r.text for r in found] == [r.text for r in reports(read("g2-message.xml"))]
    assert list(read_bytes(found[0].raw, "again")) == [found[0]]


def test_items_before_the_place_where_a_message_breaks_off_are_read(read: Read, fixtures: Path) -> None:
    data = (fixtures / "g2-message.xml").read_bytes()
    cut = data[: data.index(b"Le bilan est")]
    first, broken = read("cut.xml", cut)
    assert isinstance(first, Report)
    assert first.raw != cut
    assert isinstance(broken, Rejected)
    assert "not well formed" in broken.reason
    assert "line" in broken.reason


def test_base64_and_plain_text_inline(read: Read, fixtures: Path) -> None:
    item = (fixtures / "g2-item.xml").read_text("utf-8")
    before, _, rest = item.partition("<inlineXML")
    after = rest.partition("</inlineXML>")[2]
    plain = before + '<inlineData contenttype="text/plain">Two shells fell.\n\n4 &lt; 5</inlineData>' + after
    assert one(read("a.xml", plain.encode())).text.endswith("- Two shells fell.\n\n4 < 5")
    coded = (
        before
        + '<inlineData contenttype="text/html" encoding="encd:base64">PHA+T25lPC9wPjxwPlR3bzwvcD4=</inlineData>'
        + after
    )
    assert one(read("a.xml", coded.encode())).text.endswith("- One\n\nTwo")
    broken = before + '<inlineData encoding="base64">=A=</inlineData>' + after
    assert "base64" in rejected(read("a.xml", broken.encode()))[0]
    remote = (
        before.replace("<headline>", "<by>").replace("</headline>", "</by>")
        + '<remoteContent href="http://x/"/>'
        + after
    )
    assert "remoteContent" in rejected(read("a.xml", remote.encode()))[0]


def test_an_alert_without_a_body_is_read_as_its_headline(read: Read, fixtures: Path) -> None:
    item = (fixtures / "g2-item.xml").read_text("utf-8")
    alert = item.partition("<contentSet>")[0] + "</newsItem>"
    heard: list[str] = []
    report = one(read("alert.xml", alert.encode(), heard=heard))
    assert report.text == report.title == "UPDATE 2-Blast at Orvane quarry kills four"
    assert heard == ["no body: its headline is read"]


def test_a_file_without_a_news_item_says_so(read: Read) -> None:
    (line,) = rejected(
        read("a.xml", b'<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta/></packageItem>')
    )
    assert "packageItem" in line
    assert "no text" in line


# --- NewsML 1.2 ---------------------------------------------------------------------------------------------------


def test_newsml_12_gives_the_main_text_without_captions(read: Read) -> None:
    report = one(read("newsml12.xml"))
    assert report.text == (
        "ORVANE, 6 mars 2024 (Lointaine) - Quatre gardes ont été tués mardi à la carrière d’Orvane, a annoncé la "
        "préfecture.\n\nL’attaque n’a pas été revendiquée.\n\nav/bh"
    )
    assert report.title == "2e LEAD Légère accalmie à Orvane après l’attentat"  # the DTD's named letters put in
    assert (report.language, report.agency) == ("fr", "Agence Lointaine")
    assert (wire(report).key, wire(report).revision, wire(report).mark) == (ORVANE, 2, "lead")
    assert wire(report).version_created == "2024-03-05T22:30:00+00:00"


def test_a_time_in_utc_gives_way_to_the_day_of_the_dateline(read: Read) -> None:
    assert day(one(read("newsml12.xml"))) == ("2024-03-06", "day")


def test_latin_1_is_read_with_the_marks_of_windows(read: Read, fixtures: Path) -> None:
    text = (fixtures / "newsml12.xml").read_text("utf-8").replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    report = one(read("latin.xml", text.encode("cp1252")))
    assert report.text == one(read("newsml12.xml")).text
    assert "d’Orvane" in report.text


def test_what_says_utf_8_and_is_windows_1252_is_read_and_told(read: Read, fixtures: Path) -> None:
    heard: list[str] = []
    data = (fixtures / "newsml12.xml").read_text("utf-8").encode("cp1252")
    assert one(read("wrong.xml", data, heard=heard)).text == one(read("newsml12.xml")).text
    assert heard == ["read as windows-1252"]


def test_utf_16_is_read(read: Read, fixtures: Path) -> None:
    text = (fixtures / "newsml12.xml").read_text("utf-8").replace('encoding="UTF-8"', 'encoding="UTF-16"')
    assert one(read("wide.xml", text.encode("utf-16"))).text == one(read("newsml12.xml")).text


def test_a_change_of_status_alone_withdraws(read: Read) -> None:
    report = one(read("newsml12-canceled.xml"))
    assert (wire(report).key, wire(report).revision, wire(report).status) == (ORVANE, 3, "canceled")
    assert report.text == "canceled"  # there is no other word in it
    assert report.language == "fr"


def test_several_stories_of_one_item_are_told_apart(read: Read) -> None:
    first, second, empty = read("newsml12-package.xml")
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert [wire(r).key for r in (first, second)] == [
        "urn:newsml:northreach.example:20240305:ROUNDUP#s1",
        "urn:newsml:northreach.example:20240305:ROUNDUP#s2",
    ]
    assert (first.title, first.agency) == ("Shelling hits Tarn Ford", "Northreach Wire")
    assert first.raw == second.raw
    assert [r.id.partition("#")[2] for r in (first, second)] == ["s1", "s2"]
    assert second.text == "Two men were held in Orvane.\n\nPolice gave no names."
    assert wire(second).mark == "correction"
    assert isinstance(empty, Rejected)
    assert "neither a body nor a headline" in empty.reason


def test_one_of_several_equivalents_is_read(read: Read, fixtures: Path) -> None:
    text = (fixtures / "newsml12-package.xml").read_text("utf-8")
    text = text.replace("<NewsComponent>", '<NewsComponent EquivalentsList="yes">', 1)
    assert [r.title for r in reports(read("a.xml", text.encode()))] == ["Shelling hits Tarn Ford"]


def test_items_nested_in_a_package_are_read_each_for_itself(read: Read, fixtures: Path) -> None:
    item = (
        (fixtures / "newsml12-canceled.xml")
        .read_text("utf-8")
        .partition("</NewsEnvelope>")[2]
        .partition("</NewsML>")[0]
    )
    text = f"<NewsML><NewsItem><NewsComponent>{item}<NewsComponent>{item.replace('ORV', 'VAI')}</NewsComponent></NewsComponent></NewsItem></NewsML>"
    assert [wire(r).key for r in reports(read("a.xml", text.encode()))] == [ORVANE, ORVANE.replace("ORV", "VAI")]


# --- ninjs ------------------------------------------------------------------------------------------------------


def test_ninjs_1_reads_the_body_with_paragraphs(read: Read) -> None:
    report = one(read("ninjs-1.json"))
    assert (
        report.text
        == "ORVANE (NRW) -- Four guards were killed on Tuesday, police\u00a0said.\n\nNo group claimed the attack."
    )
    assert (report.outlet, report.agency, report.language) == ("Northreach Wire", "Agence Lointaine", "en")
    assert day(report) == ("2024-03-05", "hour")
    assert (wire(report).key, wire(report).revision) == ("tag:northreach.example,2024:quarry-blast", 2)
    assert (wire(report).mark, wire(report).slug) == ("correction", "ORVANE-BLAST")


def test_ninjs_2_reads_the_main_body_and_headline(read: Read) -> None:
    report = one(read("ninjs-2.json"))
    assert report.text == "Trois gendarmes ont été tués mardi près de Vaillon.\n\nDeux assaillants ont été arrêtés."
    assert (report.title, report.language) == ("Trois gendarmes tués près de Vaillon", "fr")


def test_ninjs_3_withdraws_and_rejects_one_by_one(read: Read) -> None:
    found = read("ninjs-3.json")
    kill, story = reports(found)
    assert kill.text == "Trois gendarmes tués près de Vaillon\n\nANNULATION - Prière d'annuler cette dépêche."
    assert (wire(kill).status, wire(kill).mark) == ("canceled", "kill")
    assert wire(kill).key == wire(one(read("ninjs-2.json"))).key
    assert (story.agency, story.url) == ("Agence Lointaine", "https://lointaine.example/b1")
    picture, empty, number = rejected(found)
    assert "item 3" in picture
    assert "picture" in picture
    assert "neither a body nor a headline" in empty
    assert "no ninjs" in number


def test_one_object_a_line_is_read_too(read: Read, fixtures: Path) -> None:
    rows = [json.loads((fixtures / name).read_text("utf-8")) for name in ("ninjs-1.json", "ninjs-2.json")]
    data = "\n".join(json.dumps(row) for row in rows).encode()
    for name in ("rows.jsonl", "rows.json", "rows"):
        assert [r.title for r in reports(read(name, data))] == [
            "Blast at Orvane quarry kills four",
            "Trois gendarmes tués près de Vaillon",
        ]


def test_a_composite_is_read_as_the_stories_in_it(read: Read, fixtures: Path) -> None:
    story = json.loads((fixtures / "ninjs-1.json").read_text("utf-8"))
    for parts in ({"main": story, "photo": {"uri": "p", "type": "picture"}}, [story]):
        package = {"uri": "u", "type": "composite", "headline": "Our pages", "associations": parts}
        found = read("a.json", json.dumps(package).encode())
        assert [r.title for r in reports(found)] == ["Blast at Orvane quarry kills four"]
    bare = {"uri": "u", "type": "composite", "headline": "Our pages", "associations": [{"uri": "v"}]}
    assert "package" in rejected(read("b.json", json.dumps(bare).encode()))[0]


@pytest.mark.parametrize(
    "data", [b'{"uri": "a", "headline": "x", ', b"[]", b"[1", b'{"uri": "u", "headline": "\\ud800"}']
)
def test_broken_ninjs_is_rejected_with_a_reason(read: Read, data: bytes) -> None:
    (line,) = rejected(read("a.json", data))
    assert any(words in line for words in ("not JSON", "nothing in it", "surrogate"))


# --- JSON Lines as a wire ---------------------------------------------------------------------------------------


def test_a_line_may_say_which_version_it_is(read: Read) -> None:
    rows = [
        {"text": "Un mort.", "key": "k", "revision": 2, "status": "usable", "mark": "Correction", "agency": "afp.com"},
        {"title": "KILL - Un mort", "key": "k", "revision": "3", "status": "cancelled", "ed_note": "À annuler."},
        {"text": "Un mort.", "title": "(Actualisé) Un mort"},
        {"text": "Un mort.", "status": "published", "revision": "x", "mark": "y", "version_created": "z"},
    ]
    heard: list[str] = []
    first, kill, marked, odd = reports(read("a.jsonl", "\n".join(map(json.dumps, rows)).encode(), heard=heard))
    assert first.agency == "AFP"
    assert first.wire == WireIdentity(key="k", revision=2, mark="correction")
    assert kill.text == "KILL - Un mort\n\nÀ annuler."
    assert (wire(kill).status, wire(kill).mark) == ("canceled", "kill")
    assert wire(marked).mark == "update"
    assert odd.wire is None
    assert len([remark for remark in heard if "left out" in remark]) == 4


# --- the small grammars -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("2018-11-21T16:25:32-05:00", "2018-11-21T16:25:32-05:00"),
        ("20140829T134951+0000", "2014-08-29T13:49:51+00:00"),
        ("20140829T134951Z", "2014-08-29T13:49:51+00:00"),
        ("2016-02-09T09:17:00+03:00\n    ", "2016-02-09T09:17:00+03:00"),
        ("2018-10-19T11:17:00.150Z", "2018-10-19T11:17:00+00:00"),
        ("20240305", "2024-03-05"),
        ("2024-02-30", None),
        ("2024-03-05T25:00:00Z", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_times_of_wire_formats(given: str | None, iso: str | None) -> None:
    assert iso_time(given) == iso


def test_versions_order_by_the_letters_of_their_time() -> None:
    given = ("2024-03-05T23:40:00-05:00", "2024-03-06T05:00:00Z", "2024-03-06T09:00:00+02:00", "2024-03-06T08:00:00")
    assert [in_utc(iso_time(each)) for each in given] == [
        "2024-03-06T04:40:00+00:00",
        "2024-03-06T05:00:00+00:00",
        "2024-03-06T07:00:00+00:00",
        "2024-03-06T08:00:00",
    ]
    assert [in_utc(each) for each in ("2024-03-05", None, "1600-01-01T00:00:00+05:00")] == [
        "2024-03-05",
        None,
        "1599-12-31T19:00:00+00:00",
    ]


def test_a_version_sent_again_in_another_envelope_is_kept_beside_the_first(read: Read, fixtures: Path) -> None:
    text = (fixtures / "newsml12.xml").read_text("utf-8").replace("0042", "0043")
    first, again = one(read("newsml12.xml")), one(read("again.xml", text.encode()))
    assert first.id != again.id
    assert (first.wire, first.text) == (again.wire, again.text)


def test_a_dateline_of_another_day_than_any_place_had_is_not_believed() -> None:
    for dateline, start in {
        "SYDNEY, Mar 6, 2024 (X) -": "2024-03-06",
        "ORVANE, March 4, 2024 (X) -": "2024-03-05",
        "ORVANE, 1 mars 2024 (X) -": "2024-03-05",
        "ORVANE (X) -": "2024-03-05",
    }.items():
        published = published_on("2024-03-05T15:00:00+00:00", dateline)
        assert published is not None
        assert str(published.start) == start, dateline


def test_status_revision_and_language() -> None:
    assert [wire_status(s) for s in ("stat:canceled", "Withheld", None, "http://x/pubstatusg2/usable", "odd")] == [
        "canceled", "withheld", "usable", "usable", None,
    ]  # fmt: skip
    assert [revision_number(s) for s in ("11", " 2 ", "1.0", "-1", "9" * 30, None)] == [11, 2, None, None, None, None]
    assert [language_code(s) for s in ("fr", "en-US", "fr_CA", "eng", "x-klingon", None)] == [
        "fr",
        "en",
        "fr",
        None,
        None,
        None,
    ]
