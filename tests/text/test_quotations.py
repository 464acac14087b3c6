from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.text.quotations import find_quotations


def quoted(text: str, language: str = "fr") -> list[tuple[str, bool]]:
    return [(text[q.start : q.end], q.closed) for q in find_quotations(text, language)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Il parle d'un « acte odieux ».", [("acte odieux", True)]),
        ("He spoke of a “cowardly act”.", [("cowardly act", True)]),
        ('The "attack", he said, was "a lie".', [("attack", True), ("a lie", True)]),
        ('Il a crié " feu " puis " stop ".', [("feu", True), ("stop", True)]),
        ('« On criait "fuyez, fuyez" partout »', [('On criait "fuyez, fuyez" partout', True), ("fuyez, fuyez", True)]),
        ("« Il a dit « non » deux fois » hier", [("Il a dit « non » deux fois", True), ("non", True)]),
        ("« Nous avons vu le feu.\nLa suite est autre.", [("Nous avons vu le feu.", False)]),
        ("“First part.\n\n“Second part.”", [("First part.", False), ("Second part.", True)]),
        ("« Un début.\n\nUne suite. »\n\nAutre chose.", [("Un début.", False), ("Une suite.", True)]),
        ('A 6" pipe was found.', []),
        ("Le mot «»", []),
    ],
)  # fmt: skip
def test_quotations_are_the_words_between_marks(text: str, wanted: list[tuple[str, bool]]) -> None:
    assert quoted(text) == wanted


def test_an_unclosed_quotation_ends_where_a_new_one_plainly_opens() -> None:
    assert quoted('"We saw him run, said Ray. "He fell."', "en") == [
        ("We saw him run, said Ray.", False),
        ("He fell.", True),
    ]


@given(st.text(alphabet='«»“”" \nab.,', max_size=80))
def test_quotations_never_hold_outer_space_and_come_in_order(text: str) -> None:
    found = find_quotations(text, "fr")
    assert [q.start for q in found] == sorted(q.start for q in found)
    for q in found:
        words = text[q.start : q.end]
        assert words
        assert words == words.strip()
