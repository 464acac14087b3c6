"""The trial of neural spans: what a coding marks in the words of a report, and a network that learns it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from span_data import OPEN, TaggedReport, TaggedSentence, Word, cut, fold_of, spans_of, tag
from span_features import Reader, with_spans
from span_net import SpanNet, mean_f1, pretrain, scores
from vigie.coding import candidates, screening
from vigie.coding.annotate import annotate, find_mentions, glue
from vigie.model import Report
from vigie.readers.reports import make_report

EN = (
    "Gunmen of the Red Heron Front shot dead three drovers in Gao on Monday, a clerk of the town hall said.\n\n"
    "The Red Heron Front has its camp in the hills. There was no attack on the mill. It rained."
)
FR = (
    "Des hommes du Front du Héron rouge ont tué trois bouviers lundi à Gao, a dit un greffier de la mairie.\n\n"
    "Le Front du Héron rouge a son camp dans les collines. Il n'y a pas eu d'attaque contre le moulin. Il pleuvait."
)
CODED: dict[str, dict[str, Any]] = {
    "en": {
        "sources": [{"name": "clerk of the town hall", "cue": "said", "quote": "a clerk of the town hall said"}],
        "incidents": [
            {
                "period": "current",
                "triggers": ["shot dead"],
                "killed": {"lower": 3, "upper": 3, "text": "three drovers"},
                "actors": ["Red Heron Front"],
                "targets": ["drovers"],
            }
        ],
        "not_incidents": [{"text": "no attack on the mill", "why": "negated"}],
    },
    "fr": {
        "sources": [{"name": "greffier de la mairie", "cue": "a dit", "quote": "a dit un greffier de la mairie"}],
        "incidents": [
            {
                "period": "current",
                "triggers": ["ont tué"],
                "killed": {"lower": 3, "upper": 3, "text": "trois bouviers"},
                "actors": ["Front du Héron rouge"],
                "targets": ["bouviers"],
            }
        ],
        "not_incidents": [{"text": "pas eu d'attaque contre le moulin", "why": "negated"}],
    },
}
TEXTS = {"en": EN, "fr": FR}
EXPECTED = {
    "en": [
        ("roles", "Red Heron Front", "ACTOR"),
        ("roles", "drovers", "TARGET"),
        ("facts", "three drovers", "KILLED"),
        ("speech", "clerk of the town hall", "SPEAKER"),
        ("speech", "said", "CUE"),
        ("trigger", "shot dead", "TRIGGER"),
    ],
    "fr": [
        ("roles", "Front du Héron rouge", "ACTOR"),
        ("roles", "bouviers", "TARGET"),
        ("facts", "trois bouviers", "KILLED"),
        ("speech", "greffier de la mairie", "SPEAKER"),
        ("speech", "a dit", "CUE"),
        ("trigger", "ont tué", "TRIGGER"),
    ],
}


def report(language: str) -> Report:
    text = TEXTS[language]
    return make_report(text.encode(), text, id=f"{language}:heron", language=language)


def tagged(language: str, coding: dict[str, Any] | None) -> TaggedReport:
    return tag(report(language), coding, "train", "corpus")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_coding_marks_its_words_where_the_incident_is_told(language: str) -> None:
    first = tagged(language, CODED[language]).sentences[0]
    found = [
        (layer, " ".join(w.form for w in first.words[start:end]).replace("_", " "), label)
        for layer, tags in first.tags.items()
        for start, end, label in spans_of(tags)
    ]
    assert sorted(found) == sorted(EXPECTED[language])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sentences_are_told_negated_or_nothing(language: str) -> None:
    kinds = [s.kind for s in tagged(language, CODED[language]).sentences]
    assert kinds == ["told", "none", "modality", "none"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_name_told_again_elsewhere_is_left_open(language: str) -> None:
    second = tagged(language, CODED[language]).sentences[1]
    assert OPEN in second.tags["roles"]
    assert not spans_of(second.tags["roles"])


def test_speakers_of_a_report_without_an_incident_are_left_open() -> None:
    nothing = tagged("en", {"sources": [], "incidents": [], "not_incidents": []})
    assert {tag for s in nothing.sentences for tag in s.tags["speech"]} == {OPEN}
    assert {tag for s in nothing.sentences for tag in s.tags["roles"]} == {"O"}


def test_of_a_report_that_nobody_coded_only_what_would_be_parsed_is_given() -> None:
    assert len(tagged("en", None).sentences) < len(tagged("en", CODED["en"]).sentences)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_words_are_cut_as_the_parser_cuts_them(language: str) -> None:
    annotated = annotate(report(language))
    glued = glue(annotated)
    for sentence in annotated.sentences:
        if (parse := annotated.parses.get(sentence.index)) is not None:
            assert cut(annotated, sentence, glued) == [(t.start, t.end) for t in parse.tokens]
    assert annotated.parses


def test_spans_begin_and_go_on() -> None:
    assert spans_of(["O", "B-A", "I-A", "B-A", "I-B", "", "I-A"]) == [
        (1, 3, "A"),
        (3, 4, "A"),
        (4, 5, "B"),
        (6, 7, "A"),
    ]


def test_the_fold_of_a_report_is_always_the_same() -> None:
    assert {fold_of(f"en:{k}") for k in range(20)} == {0, 1}
    assert fold_of("en:heron") == fold_of("en:heron")


def clause(who: str, did: str, whom: str) -> tuple[Word, ...]:
    return (
        Word(who, who, "NOUN", "nsubj", 1, ""),
        Word(did, did, "VERB", "root", 1, "triggers.attack" if did == "struck" else ""),
        Word(whom, whom, "NOUN", "obj", 1, ""),
    )


def lessons() -> list[TaggedSentence]:
    """Whoever stands before "struck" did it; what rain does is told of nobody."""
    found = []
    for who in ("raiders", "riders", "reivers", "rovers"):
        for whom in ("herders", "hauliers", "harvesters", "hunters"):
            words = clause(who, "struck", whom)
            tags = {"roles": ("B-ACTOR", "O", "B-TARGET"), "facts": ("O",) * 3, "speech": (OPEN,) * 3,
                    "trigger": ("O", "B-TRIGGER", "O")}  # fmt: skip
            found.append(TaggedSentence(words, tags, "told"))
            found.append(TaggedSentence(clause("rain", "soaked", whom), dict.fromkeys(tags, ("O",) * 3), "none"))
    return found


@pytest.mark.parametrize("syntax", [False, True])
def test_a_network_learns_spans_and_classes_of_a_toy_language(syntax: bool) -> None:
    net = SpanNet("en", syntax=syntax)
    before = mean_f1(scores(net, lessons()))
    net.train(lessons(), lessons(), epochs=12, rate=0.02, dropout=0.0, seed=1, patience=12)
    after = scores(net, lessons())
    assert mean_f1(after) > max(0.9, before)
    assert after["ACTOR"].f1 == 1.0
    again = SpanNet("en", syntax=syntax)
    again.from_bytes(net.to_bytes())
    words = [clause("rovers", "struck", "rain")]
    assert np.allclose(again.read(words)[0].kinds, net.read(words)[0].kinds)


def test_a_frozen_network_keeps_what_the_parser_reads() -> None:
    net = SpanNet("en", "parser", frozen=True)
    before = {
        (node.name, name): node.get_param(name).copy() for node in net.tok2vec.walk() for name in node.param_names
    }
    net.train(lessons(), lessons(), epochs=1, rate=0.01, dropout=0.1, seed=1)
    after = {(node.name, name): node.get_param(name) for node in net.tok2vec.walk() for name in node.param_names}
    assert all(np.array_equal(before[key], after[key]) for key in before)


def test_a_network_begins_from_what_was_pretrained(tmp_path: Path) -> None:
    pretrain([tuple(w.form for w in s.words) for s in lessons()], tmp_path / "tok2vec.bin", epochs=1, seed=1)
    words = [clause("rovers", "struck", "rain")]
    assert SpanNet("en", tmp_path / "tok2vec.bin").read(words)[0].layers["roles"].shape == (3, 5)
    assert (tmp_path / "tok2vec.bin").read_bytes() != SpanNet("en").tok2vec.to_bytes()


def test_what_the_networks_say_is_among_the_features_only_for_a_time() -> None:
    annotated = annotate(report("en"))
    said = Reader(lambda _: [SpanNet("en")]).said(annotated)
    assert set(said) == set(annotated.parses)
    kept = candidates._of_mention, screening.group_features
    with with_spans(Reader(lambda _: [SpanNet("en")])):
        assert candidates._of_mention is not kept[0]
    assert (candidates._of_mention, screening.group_features) == kept
    assert not find_mentions(report("en")).parses
