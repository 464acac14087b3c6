"""The corrected trees of sentences of the corpus: each is a tree over words of a report of the training part."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import CORPUS, read_corpus
from treebanks import Sentence, read_trees

FILES = sorted((CORPUS / "trees").glob("*.conllu"))
RELATIONS = frozenset(
    "root nsubj nsubj:pass obj iobj csubj ccomp xcomp obl obl:agent vocative expl dislocated advcl advmod discourse aux "
    "aux:pass cop mark nmod appos nummod acl amod det case fixed flat compound list parataxis orphan goeswith conj cc "
    "punct dep".split()
)


def faults(sentence: Sentence) -> list[str]:
    """What is wrong with a tree: no root or two, a circle, an unknown relation."""
    found = [f"unknown relation {w.dep}" for w in sentence if w.dep not in RELATIONS]
    roots = [k for k, w in enumerate(sentence) if w.head == k]
    if len(roots) != 1:
        found.append(f"{len(roots)} roots")
    for k in range(len(sentence)):
        seen = set()
        while sentence[k].head != k and k not in seen:
            seen.add(k)
            k = sentence[k].head
        if k in seen:
            found.append(f"a circle at {sentence[k].form}")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_sentence_is_one_tree(path: Path) -> None:
    trees = list(read_trees(path))
    assert len(trees) > 500
    assert {" ".join(w.form for w in t): f for t in trees if (f := faults(t))} == {}


def test_a_circle_and_a_second_root_are_faults() -> None:
    tree = next(read_trees(FILES[0]))
    root = next(k for k, w in enumerate(tree) if w.head == k)
    other = next(k for k, w in enumerate(tree) if w.head != k)
    turned = [*tree]
    turned[root] = replace(turned[root], head=other)
    assert faults(tuple(turned))
    twice = [*tree]
    twice[other] = replace(twice[other], head=other)
    assert "2 roots" in faults(tuple(twice))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_sentence_stands_in_a_report_of_the_training_part(path: Path) -> None:
    texts = {c.report.id: " ".join(c.report.text.split()) for c in read_corpus() if c.part == "train"}
    lines = path.read_text("utf-8").splitlines()
    reports = [line.removeprefix("# report = ") for line in lines if line.startswith("# report = ")]
    told = [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]
    strange = [(r, t) for r, t in zip(reports, told, strict=True) if _plain(t) not in _plain(texts.get(r, ""))]
    assert strange == []
    assert max(Counter(told).values()) == 1


def _plain(text: str) -> str:
    """Without what normalising changes: quotation marks, apostrophes, dashes, spaces."""
    return "".join(c for c in text if c.isalnum())
