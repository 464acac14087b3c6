"""Words, trees and the parser."""

from __future__ import annotations

import itertools
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.errors import LanguageUnavailable
from vigie.language.parse import Parse, Token, languages, load_parser, model_form, split_words


def words(text: str, language: str) -> list[str]:
    return [text[a:b] for a, b in split_words(text, language)]


def tree(*rows: tuple[str, str, int]) -> Parse:
    """A parse from (text, relation, head) rows, words one space apart."""
    tokens, start = [], 0
    for i, (text, dep, head) in enumerate(rows):
        tokens.append(Token(i, start, start + len(text), text, text, "NOUN", dep, head, ""))
        start += len(text) + 1
    return Parse(tuple(tokens), 0, start - 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'armée n'a pas tiré.", ["L'", "armée", "n'", "a", "pas", "tiré", "."]),
        ("« Oui », a-t-il dit.", ["«", "Oui", "»", ",", "a", "-t-il", "dit", "."]),
        ("dit-on aujourd'hui", ["dit", "-on", "aujourd'hui"]),
        ("Al-Qaïda, c'est-à-dire", ["Al-Qaïda", ",", "c'est-à-dire"]),
        ("lorsqu'une quelqu'un", ["lorsqu'", "une", "quelqu'un"]),
        ("15 % de 2.500 à 6h30", ["15", "%", "de", "2.500", "à", "6", "h30"]),
        ("le 1er, la 20e", ["le", "1er", ",", "la", "20e"]),
        ("M. Sadek (RAS)", ["M.", "Sadek", "(", "RAS", ")"]),
    ],
)
def test_french_words(text: str, expected: list[str]) -> None:
    assert words(text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They don't, can't and cannot.", ["They", "do", "n't", ",", "ca", "n't", "and", "can", "not", "."]),
        ("the army's car-bomb", ["the", "army", "'s", "car", "-", "bomb"]),
        ("Lt. Gen. Cole of the U.S. Army", ["Lt.", "Gen.", "Cole", "of", "the", "U.S.", "Army"]),
        ("2,500 men at 6:30 p.m.", ["2,500", "men", "at", "6:30", "p.m."]),
        ("the 1st of 12 raids...", ["the", "1st", "of", "12", "raids", "..."]),
    ],
)
def test_english_words(text: str, expected: list[str]) -> None:
    assert words(text, "en") == expected


@given(st.text(max_size=80), st.sampled_from(["fr", "en"]))
def test_words_cover_all_but_white_space(text: str, language: str) -> None:
    spans = split_words(text, language)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(text[i].isspace() or not text[i].isprintable() for i in range(len(text)) if i not in covered)


def test_words_of_a_stretch_are_cut_at_its_end() -> None:
    text = "L'armée d'Al-Nour"
    assert [text[a:b] for a, b in split_words(text, "fr", 8, 10)] == ["d'"]


def test_tree_questions() -> None:
    parse = tree(("deux", "nummod", 1), ("soldats", "nsubj", 2), ("tués", "root", 2), ("hier", "advmod", 2))
    assert parse.root == 2
    assert parse.children(2) == (1, 3)
    assert parse.subtree(1) == (0, 1)
    assert parse.path_to_root(0) == (0, 1, 2)
    assert [parse.at(i) for i in (0, 3, 4, 5, 12, 13, 99)] == [0, 0, None, 1, None, 2, None]
    assert parse.covering(2, 6) == (0, 1)
    assert parse.head_of(0, 12) == 1
    assert parse.head_of(4, 5) is None
    assert Parse((), 0, 0).root == -1


def test_changed_leaves_the_original_alone() -> None:
    parse = tree(("tir", "root", 0), ("hier", "obj", 0))
    assert parse.children(0) == (1,)
    other = parse.changed({1: parse.tokens[1]._replace(dep="advmod")})
    assert (parse.tokens[1].dep, other.tokens[1].dep) == ("obj", "advmod")
    assert parse.changed({}) is parse


@pytest.mark.parametrize(
    ("span", "language", "form"),
    [
        ("plus de 175", "fr", "175"),
        ("2 500", "fr", "2500"),
        ("au moins cinq", "fr", "cinq"),
        ("plus d'une vingtaine", "fr", "vingtaine"),
        ("dans la nuit de mardi à mercredi", "fr", "hier"),
        ("jeudi 12 mars", "fr", "mardi"),
        ("mars 2024", "fr", "mars"),
        ("fin janvier", "fr", "hier"),
        ("la veille", "fr", "hier"),
        ("last week", "en", "yesterday"),
        ("March 12, 2024", "en", "Tuesday"),
        ("Brigade du Levant", "fr", "Brigade_du_Levant"),
        ("Paris", "fr", "Paris"),
        ("more than 1,200", "en", "1,200"),
        ("at least five", "en", "five"),
        ("on Tuesday evening", "en", "yesterday"),
        ("Tuesday evening", "en", "Tuesday"),
        ("Tell Mansour", "en", "Tell_Mansour"),
    ],
)
def test_form_shown_to_the_model(span: str, language: str, form: str) -> None:
    assert model_form(span, language) == form


def test_unknown_language() -> None:
    with pytest.raises(LanguageUnavailable):
        load_parser("xx")
    assert set(languages()) >= {"en", "fr"}


FRENCH = "Plus de 175 tirs ont visé Aïn al-Ghazal mardi. Deux soldats ont été tués, a indiqué une source."


def test_glued_spans_are_one_word_with_true_offsets() -> None:
    glued = [(0, 11), (26, 39), (40, 45)]
    first, second = load_parser("fr").parse(FRENCH, [(0, 46), (47, len(FRENCH))], glued)
    assert [t.text for t in first] == ["Plus de 175", "tirs", "ont", "visé", "Aïn al-Ghazal", "mardi", "."]
    assert all(t.text == FRENCH[t.start : t.end] for parse in (first, second) for t in parse)
    assert (first.start, first.end, second.start) == (0, 46, 47)
    assert first.tokens[0].head == 1
    assert first.tokens[1].dep == "nsubj"
    source = second.at(FRENCH.index("source"))
    assert source is not None
    assert second.tokens[source].dep == "nsubj"
    assert second.tokens[second.tokens[source].head].text == "indiqué"


def test_a_glued_span_over_a_sentence_end_counts_for_nothing() -> None:
    plain = load_parser("fr").parse(FRENCH, [(0, 46)])
    assert load_parser("fr").parse(FRENCH, [(0, 46)], [(40, 52)]) == plain


def test_empty_segments() -> None:
    first, second = load_parser("en").parse("  A raid.", [(0, 2), (2, 9)])
    assert first.tokens == ()
    assert len(second.tokens) == 3
    assert load_parser("en").parse("", []) == []


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="abé 'l’.-,«»\"A1234\n%", max_size=60), st.sampled_from(["fr", "en"]))
def test_one_tree_each_with_true_offsets(text: str, language: str) -> None:
    (parse,) = load_parser(language).parse(text, [(0, len(text))])
    assert all(t.text == text[t.start : t.end] for t in parse)
    assert sum(t.head == t.index for t in parse) == (1 if parse.tokens else 0)
    for token in parse:
        assert parse.path_to_root(token.index)[-1] == parse.root


def test_same_words_same_tree() -> None:
    parser = load_parser("fr")
    once = parser.parse(FRENCH, [(0, 46), (47, len(FRENCH))])
    assert parser.parse(FRENCH, [(0, 46), (47, len(FRENCH))]) == once
    assert [p for s in [(0, 46), (47, len(FRENCH))] for p in parser.parse(FRENCH, [s])] == once


def test_loading_needs_no_command_line_tools_and_no_torch() -> None:
    """The parser loads without spaCy's project and download tools, which cost over a second."""
    code = (
        "import sys; from vigie.language.parse import load_parser; load_parser('fr');"
        "print([m for m in ('torch', 'typer', 'httpx', 'weasel', 'spacy.cli') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_trees_are_the_same_once_the_vocabulary_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first words a process meets are kept, the words of later texts forgotten: the trees must not show it."""
    text = "Des zinguibéracées ont été tuées par trois xylophages kwabenois à Brzeszcze."
    monkeypatch.setattr("vigie.language.parse._KEPT_WORDS", 0)
    forgotten = load_parser("fr").parse(text, [(0, len(text))])
    monkeypatch.setattr("vigie.language.parse._KEPT_WORDS", 10**9)
    assert load_parser("fr").parse(text, [(0, len(text))]) == forgotten
    assert load_parser("fr").parse(text, [(0, len(text))]) == forgotten
