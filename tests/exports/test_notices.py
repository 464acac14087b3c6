"""Notices in words: everything is said in both languages, and nothing that a report says can do harm."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from vigie.exports.labels import LANGUAGES
from vigie.exports.notices import Words, json_line
from vigie.exports.notices.values import counted, one_line, value, words
from vigie.runs.watching.telling import WATCHED
from vigie.store.watch_notices import Notice

INCIDENT: dict[str, Any] = {
    "id": "I14feac08f3", "type": "shelling_missile", "date": {"start": "2024-07-28", "end": "2024-07-28"},
    "place": {"name": "Rutba", "country": "IQ", "admin1": None, "lat": None, "lon": None, "precision": "settlement", "gazetteer": None},
    "launch_place": None, "killed": {"lower": 5, "upper": 5}, "injured": {"lower": 10, "upper": None}, "attackers_killed": None,
    "actors": [{"name": "Brigade of the Plain", "basis": "claimed"}], "responsibility": "claimed",
    "targets": [{"name": "army post", "kind": "military"}],
    "weapons": [{"kind": "rocket", "lower": 3, "upper": 4, "outcome": "hit"}], "damage": "reported",
    "standing": "counts", "disputed": True, "independent": 2, "reports": ["a", "b", "c"], "parts": ["I14feac08f3"],
}  # fmt: skip
EVIL = "Toll \x1b[31mrises\x07 <script>alert(1)</script> \u202e& more"


def notice(kind: str = "changed", **more: Any) -> Notice:
    body: dict[str, Any] = {
        "incident": {**INCIDENT, **more.pop("incident", {})},
        "changes": [
            {"field": "killed", "before": {"lower": 3, "upper": 3}, "after": {"lower": 5, "upper": 5}, "why": {"en": "a later toll", "fr": "un bilan plus tardif"}},
            {"field": "disputed", "before": False, "after": True},
        ],
        "reports": [
            {"id": "a", "title": EVIL, "outlet": "The Invented Courier", "language": "en", "url": 'https://courier.example/?a=1&b="', "published": "2024-07-30", "standing": "counts", "new": True},
            {"id": "b", "title": "Second", "outlet": None, "language": None, "url": "javascript:alert(1)", "published": None, "standing": "withdrawn", "new": False},
        ],
        **more,
    }  # fmt: skip
    return Notice("k1", "Iraq <b>", "I14feac08f3", kind, "2024-08-01T12:00:00.000Z", body)  # type: ignore[arg-type]


def test_all_that_changed_is_said_in_english() -> None:
    lines = Words().text([notice(formerly="I9", joined=["I8"])], "en").splitlines()
    assert lines[0] == "CHANGED  Shelling, rockets or missiles, Rutba, Iraq, 28 July 2024  I14feac08f3"
    assert "  - killed: 3 → 5 (a later toll)" in lines
    assert "  - accounts conflict: no → yes" in lines
    assert "  told of before as I9" in lines
    assert "  now one incident with I8" in lines
    assert any(
        "weapons: 3 to 4 rockets [hit]; killed: 5; injured: at least 10; damage: reported" in line for line in lines
    )
    assert "  2 independent accounts, accounts conflict" in lines
    assert "  - and 1 more" in lines


def test_all_that_changed_is_said_in_french() -> None:
    text = Words().text([notice()], "fr").replace("\u202f", " ")
    assert text.startswith("MODIFIÉ  Tirs d'obus, de roquettes ou de missiles, Rutba, Irak, 28 juillet 2024")
    assert "  - tués : 3 → 5 (un bilan plus tardif)" in text
    assert "blessés : au moins 10 ; dégâts : signalés" in text
    assert "2 récits indépendants" in text


@pytest.mark.parametrize(
    ("kinds", "english", "french"),
    [
        (
            ["new"],
            "Vigie: new: Shelling, rockets or missiles, Rutba, Iraq, 28 July 2024",
            "Vigie : nouveau : Tirs d'obus",
        ),
        (["new", "new", "changed"], "Vigie: 2 new, 1 changed", "Vigie : 2 nouveaux, 1 modifié"),
        (
            ["withdrawn", "left"],
            "Vigie: 1 withdrawn, 1 no longer matching",
            "Vigie : 1 retiré, 1 ne correspondant plus",
        ),
    ],
)
def test_the_subject_of_a_mail(kinds: list[str], english: str, french: str) -> None:
    notices = [notice(kind) for kind in kinds]
    assert Words().subject(notices, "en") == english
    assert Words().subject(notices, "fr").startswith(french)


def test_a_long_subject_is_cut_and_stays_on_its_line() -> None:
    place = {**INCIDENT["place"], "name": "A\r\nBcc: somebody@courier.example " * 20}
    subject = Words().subject([notice(incident={"place": place})], "en")
    assert len(subject) <= 180
    assert "\n" not in subject
    assert "\r" not in subject


def test_a_terminal_is_given_nothing_that_it_would_act_on() -> None:
    for language in LANGUAGES:
        text = Words().text([notice()], language)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e]", text)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str | None] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href"]
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag not in ("meta", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_mail_has_nothing_active_in_it_and_links_to_the_web_only(language: str) -> None:
    found = Tags()
    page = Words().html([notice(), notice("withdrawn", gone=True)], language)
    found.feed(page)
    assert not found.open
    assert found.tags <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "article",
        "h2",
        "span",
        "p",
        "ul",
        "li",
        "a",
        "hr",
    }
    assert found.links == ['https://courier.example/?a=1&b="'] * 2
    assert f'lang="{language}"' in page
    assert "Rutba" in page


def test_what_is_gone_or_does_not_count_any_more_says_so() -> None:
    assert "No report tells of it any more." in Words().text([notice("withdrawn", gone=True)], "en")
    withdrawn = notice("withdrawn", incident={"standing": "withdrawn"})
    assert "retiré par son fournisseur : ne compte plus" in Words().text([withdrawn], "fr")


def test_an_incident_of_which_little_is_known() -> None:
    bare = dict.fromkeys(INCIDENT) | {
        "id": "I1",
        "type": "attack",
        "standing": "counts",
        "disputed": False,
        "independent": 1,
        "reports": [],
    }
    one = Notice("k", "f", "I1", "new", "2024-08-01T12:00:00.000Z", {"incident": bare, "changes": [], "reports": []})
    assert Words().text([one], "en").splitlines() == [
        "NEW  Attack, place unknown, date unknown  I1", "  1 independent account", "  saved filter: f",
    ]  # fmt: skip


def test_a_line_of_json_is_one_line() -> None:
    assert "\n" not in json_line(notice())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_in_every_language(language: str) -> None:
    for key, forms in words().items():
        assert set(forms) == set(LANGUAGES), key
        assert type(forms["en"]) is type(forms["fr"]), key
    for field in (*WATCHED, "standing"):
        assert f"field_{field}" in words()
        assert value(field, None, language)


def test_numbers_have_their_form() -> None:
    assert [counted("count_new", n, "fr") for n in (0, 1, 2)] == ["0 nouveau", "1 nouveau", "2 nouveaux"]
    assert [counted("accounts", n, "en") for n in (0, 1, 2)] == [
        "0 independent accounts", "1 independent account", "2 independent accounts",
    ]  # fmt: skip


def test_a_line_keeps_accents_and_other_scripts() -> None:
    assert one_line("Aïn\u00ad al-Assad  «\u202fcible\u202f»\nعين الأسد") == "Aïn al-Assad « cible » عين الأسد"
