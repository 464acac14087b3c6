"""Marks of update, correction and withdrawal, and the names of agencies: what is a label and what is a word."""

from __future__ import annotations

import pytest

from vigie.language.pack import Pack, entries_of, languages
from vigie.language.schema import Entry
from vigie.readers.marks import agency_name, find_mark


@pytest.mark.parametrize(
    ("headline", "mark"),
    [
        ("UPDATE 2-Blast kills five", "update"),
        ("Irak : dix morts (Actualisé)", "update"),
        ("MISE À JOUR - Dix morts à Orvane", "update"),
        ("Blast at quarry/UPDATE", "update"),
        ("2ND LEAD Blast at quarry", "lead"),
        ("Blast kills five (2nd LEAD)", "lead"),
        ("2e LEAD Le bilan passe à neuf morts", "lead"),
        ("LEAD Blast in camp", "lead"),
        ("CORRECTED-UPDATE 1-Blast", "correction"),
        ("REFILE-Blast at quarry", "correction"),
        ("ANNULE ET REMPLACE - Attaque à Orvane", "correction"),
        ("Rectificatif : trois blessés et non treize", "correction"),
        ("KILL: Blast at quarry", "kill"),
        ("ANNULATION Attaque à Orvane", "kill"),
        ("WITHDRAWAL-Blast at quarry", "kill"),
    ],
)
def test_a_label_in_the_headline_is_a_mark(headline: str, mark: str) -> None:
    assert find_mark(headline=headline) == mark


@pytest.mark.parametrize(
    "headline",
    [
        "Gunmen kill five",
        "GUNMEN KILL 5",
        "Lead mine blast injures two",
        "Mise à jour du droit de la guerre",
        "La correction du budget",
        "Withdrawal: 5,000 troops leave",
        "Withdrawal from the valley begins",
        "Annulation du sommet après l'attaque",
        "",
    ],
)
def test_a_word_of_the_headline_is_none(headline: str) -> None:
    assert find_mark(headline=headline) is None


@pytest.mark.parametrize(
    ("note", "mark"),
    [
        ("Adds quotes, background", "update"),
        ("ATTENTION - ajoute bilan ///", "update"),
        ("This story corrects the spelling of Orvane", "correction"),
        ("Replaces earlier copy. PLEASE DISREGARD it", "kill"),
        ("Story will be updated", None),
    ],
)
def test_the_editorial_note_speaks_of_the_copy(note: str, mark: str | None) -> None:
    assert find_mark(ed_note=note) == mark


def test_the_stronger_of_two_marks_counts() -> None:
    assert find_mark(slug="ORVANE-BLAST/ (UPDATE 2)", headline="Blast", ed_note="Corrects toll") == "correction"
    assert find_mark(slug="ORVANE-BLAST, 2nd lead", headline="UPDATE: Blast") == "lead"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("afp.com", "AFP"),
        ("Agence France-Presse", "AFP"),
        ("www.reuters.com", "Reuters"),
        ("  dpa ", "DPA"),
        ("Agence Lointaine", "Agence Lointaine"),
        ("Association of AP friends", "Association of AP friends"),
    ],
)
def test_an_agency_has_one_name(words: str, name: str) -> None:
    assert agency_name(words) == name


@pytest.mark.parametrize("language", languages())
def test_the_marks_of_each_pack_match_their_examples_and_no_counter_example(language: str) -> None:
    entries = entries_of(language, "wire")
    pack = Pack(language, {"wire": entries})

    def found(entry: Entry, sentence: str) -> bool:
        return any(m.entry.id == entry.id for m in pack.find(sentence))

    assert [(e.id, s) for e in entries for s in e.examples if not found(e, s)] == []
    assert [(e.id, s) for e in entries for s in e.never if found(e, s)] == []


def test_every_language_knows_the_same_marks() -> None:
    marks = [{(e.id, e.mark, e.name) for e in entries_of(code, "wire") if e.mark != "agency"} for code in languages()]  # type: ignore[attr-defined]
    assert all(each == marks[0] for each in marks)
