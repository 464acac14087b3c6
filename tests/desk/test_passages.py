"""Texts cut by marks, and versions compared. The texts are invented."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vigie.desk.differences import differences
from vigie.desk.passages import Mark, pieces

TEXT = "Three rockets killed two people near Nikopol."


def test_marks_that_overlap_each_keep_their_words():
    found = pieces(TEXT, [Mark(0, 13, "v1", "weapon"), Mark(6, 31, "v2", "toll"), Mark(0, 45, "v3", "what", wide=True)])
    assert [(p.start, p.text, [m.of for m in p.marks]) for p in found] == [
        (0, "Three ", ["v1", "v3"]),
        (6, "rockets", ["v1", "v2", "v3"]),
        (13, " killed two people", ["v2", "v3"]),
        (31, " near Nikopol.", ["v3"]),
    ]
    assert [[m.of for m in p.opens] for p in found] == [["v1", "v3"], ["v2"], [], []]
    assert found[1].kinds == ("weapon", "toll")  # whole sentences are drawn under the words, not on them


def test_a_mark_beyond_the_text_is_cut_and_an_empty_one_left_out():
    assert [(p.text, len(p.marks)) for p in pieces("abc", [Mark(-4, 1, "v1", "who"), Mark(2, 2, "v2", "who")])] == [
        ("a", 1),
        ("bc", 0),
    ]
    assert pieces("", [Mark(0, 5, "v1", "who")]) == ()


def test_characters_that_a_page_would_change_stay_where_they_are():
    (piece,) = pieces("a\r\n<b>\0", [])
    assert piece.html == "a&#13;\n&lt;b&gt;\ufffd"


MARKS = st.lists(
    st.builds(
        Mark,
        st.integers(-5, 50),
        st.integers(-5, 60),
        st.sampled_from(["v1", "v2", "v3"]),
        st.just("who"),
        st.booleans(),
    )
)


@given(MARKS)
def test_the_pieces_are_the_text_and_every_mark_covers_its_own(marks):
    found = pieces(TEXT, marks)
    assert "".join(p.text for p in found) == TEXT
    for mark in marks:
        covered = "".join(p.text for p in found if any((m.of, m.wide) == (mark.of, mark.wide) for m in p.marks))
        inside = TEXT[max(0, mark.start) : max(0, mark.end)]
        assert inside in covered


def told(older: str, newer: str) -> list[tuple[str, str]]:
    return [(c.kind, c.text.strip()) for c in differences(older, newer)]


def test_changed_words_stand_where_they_changed():
    assert told(
        "A blast killed five people. Police agreed.", "A blast killed at least seven people. Police agreed."
    ) == [
        ("same", "A blast killed"),
        ("gone", "five"),
        ("new", "at least seven"),
        ("same", "people. Police agreed."),
    ]


def test_a_sentence_added_or_dropped_is_one_change():
    assert told("One. Three.", "One. Two was new. Three.") == [
        ("same", "One."),
        ("new", "Two was new."),
        ("same", "Three."),
    ]
    assert told("One.\nTwo went.\nThree.", "One.\nThree.") == [
        ("same", "One."),
        ("gone", "Two went."),
        ("same", "Three."),
    ]


def test_line_ends_and_spaces_are_no_difference():
    assert told("One two\nthree.", "One  two three.") == [("same", "One  two three.")]


@given(st.text(alphabet="ab .\n", max_size=60), st.text(alphabet="ab .\n", max_size=60))
def test_the_newer_text_is_what_stayed_and_what_is_new(older, newer):
    found = differences(older, newer)
    assert "".join(c.text for c in found if c.kind != "gone") == newer
    kept = "".join(c.text for c in found if c.kind != "new")
    assert kept.split() == older.split() or "".join(kept.split()) == "".join(older.split())
