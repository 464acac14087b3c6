from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.text.sentences import split_sentences


def cut(text: str, language: str = "fr") -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "Une bombe a explosé. Trois passants sont morts.", ["Une bombe a explosé.", "Trois passants sont morts."]),
        ("fr", "M. Duval a parlé au Dr. Petit. Il est parti.", ["M. Duval a parlé au Dr. Petit.", "Il est parti."]),
        ("fr", "Le bilan est de 2.500 blessés et 3.2 % de morts.", ["Le bilan est de 2.500 blessés et 3.2 % de morts."]),
        ("fr", "« C'était la nuit. J'ai couru. » a raconté un témoin.", ["« C'était la nuit.", "J'ai couru. » a raconté un témoin."]),
        ("fr", "Ils ont fui (la police l'a dit. Le maire aussi) hier. Rien d'autre.", ["Ils ont fui (la police l'a dit. Le maire aussi) hier.", "Rien d'autre."]),
        ("fr", "J. Roussel et A. B. Kone sont morts. Le tireur a fui.", ["J. Roussel et A. B. Kone sont morts.", "Le tireur a fui."]),
        ("fr", "On ne sait rien... Les recherches durent.", ["On ne sait rien...", "Les recherches durent."]),
        ("fr", "Les tirs... ont cessé.", ["Les tirs... ont cessé."]),
        ("fr", "Le siècle Ier av. J.-C. Les faits sont anciens.", ["Le siècle Ier av. J.-C.", "Les faits sont anciens."]),
        ("fr", "Qui a tiré ? Nul ne le sait.", ["Qui a tiré ?", "Nul ne le sait."]),
        ("fr", "Mohamed R. a été arrêté. Il avait un couteau.", ["Mohamed R. a été arrêté.", "Il avait un couteau."]),
        ("en", "On Dec. 6 the U.S. Army fired. The base was hit.", ["On Dec. 6 the U.S. Army fired.", "The base was hit."]),
        ("en", "They left the U.S. The bombing went on.", ["They left the U.S.", "The bombing went on."]),
        ("en", '"We ran." He was shot at 9 p.m. near St. Mary\'s.', ['"We ran."', "He was shot at 9 p.m. near St. Mary's."]),
        ("en", "Lt. Col. Ray Moss spoke. No. 4 Squadron flew.", ["Lt. Col. Ray Moss spoke.", "No. 4 Squadron flew."]),
        ("en", "Was it a bomb? No. It was gas.", ["Was it a bomb?", "No.", "It was gas."]),
        ("en", '"Why us?" she asked. Nobody spoke.', ['"Why us?" she asked.', "Nobody spoke."]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_ends_them(language: str, text: str, wanted: list[str]) -> None:
    assert cut(text, language) == wanted


def test_headline_is_a_title_and_no_part_of_the_body() -> None:
    text = "Nord : une mine tue deux bergers\n\nDeux bergers sont morts lundi. La zone est minée."
    found = split_sentences(text, "fr")
    assert [(text[s.start : s.end], s.title, s.paragraph) for s in found] == [
        ("Nord : une mine tue deux bergers", True, 0),
        ("Deux bergers sont morts lundi.", False, 1),
        ("La zone est minée.", False, 1),
    ]


def test_date_line_and_plain_first_sentence_are_no_titles() -> None:
    assert not any(s.title for s in split_sentences("Monday, May 4, 2020\nA bomb went off.", "en"))
    assert not any(s.title for s in split_sentences("Une bombe a explosé.\n\nElle a fait deux morts.", "fr"))


def test_lines_broken_at_a_fixed_width_are_joined() -> None:
    text = (
        "Armed men opened fire on a bus carrying farm workers early on\n"
        "Tuesday near the northern town, killing four of them and then\n"
        "fled into the hills, a council member said in a brief call to\n"
        "reporters. Soldiers were searching."
    )
    assert [s.paragraph for s in split_sentences(text, "en")] == [0, 0]


def test_dash_of_a_date_line_stays_with_it() -> None:
    assert cut("4 mai 2020. – Une bombe a explosé.\n\n3 mai 2020. –\nDeux morts.") == [
        "4 mai 2020. –",
        "Une bombe a explosé.",
        "3 mai 2020. –",
        "Deux morts.",
    ]


@given(st.text(alphabet=" \n.!?…»«\"'()–AaéM1U,", max_size=120), st.sampled_from(["fr", "en"]))
def test_every_character_but_white_space_lies_in_exactly_one_sentence(text: str, language: str) -> None:
    found = split_sentences(text, language)
    assert [s.index for s in found] == list(range(len(found)))
    covered = [i for s in found for i in range(s.start, s.end)]
    assert len(covered) == len(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)
    assert covered == sorted(covered)


def test_a_long_text_is_cut_in_good_time() -> None:
    text = "Le col. Ba a dit (vers 3 h. du matin) que « rien. Rien » n'avait changé... Puis il est parti. " * 200
    begun = time.perf_counter()
    split_sentences(text, "fr")
    assert time.perf_counter() - begun < 0.5


def test_a_text_without_full_stops_is_cut_where_a_clause_ends() -> None:
    clause = "deux obus sont tombés près du camp de Ménaka dans la nuit ; "
    text = clause * 100
    found = split_sentences(text, "fr")
    assert len(found) > 3
    assert all(s.end - s.start <= 1200 for s in found)
    assert all(
        text[s.start : s.end].startswith("deux obus") and text[s.start : s.end].endswith(";") for s in found[:-1]
    )
    assert "".join(text[s.start : s.end] for s in found).replace(" ", "") == text.replace(" ", "")
    assert [s.end - s.start for s in split_sentences("a" * 3000, "fr")] == [1200, 1200, 600]
