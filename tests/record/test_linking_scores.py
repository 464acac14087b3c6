"""Linking keeps its scores: where the coding is right, B³ F1 is at least 0.95."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import claims_table
import linked_corpora
import score_linking

SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOOR = 0.95


@pytest.mark.skipif(not (SHARED / claims_table.EVENTS).is_file(), reason="no ../shared here")
@pytest.mark.parametrize("by_claim", [False, True])
def test_the_table_of_claims(by_claim):
    told = claims_table.told(SHARED, by_claim=by_claim)
    truth = {t.member.key: t.truth for t in told}
    found, _ = score_linking.link([t.member for t in told])
    score = score_linking.b_cubed(found, truth)
    assert score.f1 >= FLOOR
    assert score.precision == 1.0


def test_the_stream_as_coded_by_hand():
    corpus = linked_corpora.stream_by_hand()
    assert len(corpus.members) >= 150
    found, _ = score_linking.link(corpus.members, corpus.families)
    score = score_linking.b_cubed(found, corpus.truth)
    assert score.f1 >= FLOOR
    assert score.precision >= 0.99
    languages = {m.key: m.language for m in corpus.members}
    pairs = list(itertools.combinations(sorted(corpus.truth), 2))
    across = [(a, b) for a, b in pairs if languages[a] != languages[b]]
    overall, french_english = (score_linking.pairwise(found, corpus.truth, some) for some in (pairs, across))
    assert french_english.pairs > 100
    assert french_english.f1 >= overall.f1 - 0.005, "French is linked with English less well than the rest"


def test_the_streams_copies_are_told_and_nothing_else_is():
    corpus = linked_corpora.stream_by_hand()
    reports = {c.id for c in corpus.cards}
    rows = linked_corpora.family_rows()
    expected = set()
    for row in rows:
        kept = {m["report"] for m in row["members"] if m["how"] != "translation"} & reports
        if len(kept) > 1:
            expected.add(frozenset(kept))
    assert {frozenset(f.members) for f in corpus.families if len(f.members) > 1} == expected


def test_measures_of_a_known_clustering():
    truth = {"a": "1", "b": "1", "c": "2", "d": "2"}
    found = {"a": "x", "b": "x", "c": "x", "d": "y"}
    score = score_linking.b_cubed(found, truth)
    assert (round(score.precision, 3), score.recall) == (0.667, 0.75)
    pairs = [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")]
    both = score_linking.pairwise(found, truth, pairs)
    assert (round(both.precision, 3), both.recall, both.pairs) == (0.333, 0.5, 2)
