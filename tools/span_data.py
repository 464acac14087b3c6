"""Sentences of the hand-coded reports, word by word, with the spans that their coding names: what the neural spans and
the sentence class are trained on (tools/span_trial.py, docs/models.md).

Sentences and words are those that the parser is given, so that a network trained here can read what the coder parses,
with what it knows of each word. Four layers of spans may lie over each other: roles, facts, speech, trigger. A word of
which the coding does not say whether it belongs to a span (a name told again in a sentence that tells of something
else, a speaker of a report without an incident) is left open, and nothing is learned from it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from corpus import CORPUS, read_rows, report_of, standoff_rows
from train_coder import LANGUAGES, raw_texts, uncoded
from vigie.coding.annotate import find_mentions, glue
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.parsing import needs_parse
from vigie.language.folding import fold
from vigie.language.grammar import load_grammar
from vigie.language.parse import Parse, load_parser, model_form, split_words
from vigie.model import Report
from vigie.readers.reports import with_language
from vigie.text.normal import normalise
from vigie.text.segments import Sentence

LAYERS = {
    "roles": ("ACTOR", "TARGET"),
    "facts": ("WEAPON", "KILLED", "INJURED"),
    "speech": ("SPEAKER", "CUE"),
    "trigger": ("TRIGGER",),
}
CLASSES = ("none", "modality", "background", "told")
OUTSIDE, OPEN = "O", ""
FOLDS = 2
# Why words sound like violence and tell of none where that is a matter of modality; elsewhere they are "none".
_MODALITY = frozenset({"negated", "hypothetical", "threat", "plot", "planned", "exercise", "general"})

# The files of the language pack whose entries are shown, of those that meet the first.
_FILES = ("triggers", "harm", "weapons", "actors", "targets", "speakers", "cues", "modality")

Span = tuple[int, int, str]


class Word(NamedTuple):
    """A word as the parser is shown it, and what the coder knows of it: lemma, part of speech, relation, the place in
    the sentence of the word it hangs on, and what the language pack takes it for ("actors.military", "" for none)."""

    form: str
    lemma: str
    pos: str
    dep: str
    head: int
    entry: str


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """The words of a sentence, a tag a word for each layer, and the class of the sentence; OPEN where the coding does
    not say."""

    words: tuple[Word, ...]
    tags: Mapping[str, tuple[str, ...]]
    kind: str


@dataclass(frozen=True, slots=True)
class TaggedReport:
    """The sentences of a report. part: "train" or "test"; origin: "corpus", "standoff" or "raw"; fold: which of the
    networks trained by folds has not seen it."""

    id: str
    language: str
    part: str
    origin: str
    fold: int
    sentences: tuple[TaggedSentence, ...]


@dataclass
class _Marks:
    """What a coding says of a report: spans by layer, characters left open by layer, classes of sentences, and the
    sentences that tell of an incident."""

    spans: dict[str, list[Span]] = field(default_factory=lambda: {layer: [] for layer in LAYERS})
    open: dict[str, set[int]] = field(default_factory=lambda: {layer: set() for layer in LAYERS})
    kinds: dict[int, set[str]] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)


def tagged_reports(shared: Path) -> Iterator[TaggedReport]:
    """The corpus with both of its parts, the standoff codings, and of the raw texts that nobody coded the sentences
    that the coder would parse."""
    for row, part in read_rows():
        yield tag(report_of(row), row, part, "corpus")
    raw = raw_texts(shared)
    for path in sorted((CORPUS / "standoff").glob("*.jsonl")):
        for text, coding, part in standoff_rows(path, raw):
            yield tag(report_of(text), coding, part, "standoff")
    for coded in uncoded(shared):
        yield tag(coded.report, None, "train", "raw")


def fold_of(id: str) -> int:
    """The fold of a report, always the same."""
    return _number(id) % FOLDS


def is_dev(id: str) -> bool:
    """Whether a report of the training part is kept to know when to stop: one in ten."""
    return (_number(id) >> 8) % 10 == 0


def _number(id: str) -> int:
    return int(hashlib.sha256(id.encode()).hexdigest()[:8], 16)


def cut(report: AnnotatedReport, sentence: Sentence, glued: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words of a sentence that is not parsed, as the parser would be given them: glued spans are one word."""
    language, position = report.pack.language, sentence.start
    words: list[tuple[int, int]] = []
    for start, end in glued:
        if position <= start and end <= sentence.end:
            words += [*split_words(report.text, language, position, start), (start, end)]
            position = end
    return words + split_words(report.text, language, position, sentence.end)


def shown(text: str, language: str) -> str:
    """A word as the parser is shown it."""
    return model_form(text, language) if " " in text else text


def words_of(report: AnnotatedReport, parse: Parse) -> tuple[Word, ...]:
    """The words of a parsed sentence."""
    if not len(parse):
        return ()
    language, entries = report.pack.language, [""] * len(parse)
    found = report.matches_in(parse.tokens[0].start, parse.tokens[-1].end, *_FILES)
    for match in sorted(found, key=lambda m: -_FILES.index(m.file)):
        kind = next((k for name in ("kind", "type", "mark") if (k := getattr(match.entry, name, None))), "")
        for k in parse.covering(match.start, match.end):
            entries[k] = f"{match.file}.{kind}"
    return tuple(
        Word(shown(t.text, language), t.text if t.pos == "PROPN" else fold(t.lemma), t.pos, t.dep, t.head, entry)
        for t, entry in zip(parse.tokens, entries, strict=True)
    )


def tag(report: Report, coding: Mapping[str, Any] | None, part: str, origin: str) -> TaggedReport:
    """The sentences of a report with the spans and classes that its coding names; no coding: it tells of nothing, and
    only the sentences with a word of violence are given."""
    annotated = find_mentions(with_language(report, LANGUAGES), dismiss=False)
    language = annotated.pack.language
    marks = _marks(annotated, coding or {})
    tells = bool(coding and coding["incidents"])
    needed = {s.index for s in annotated.sentences if needs_parse(annotated, s, load_grammar(language))}
    read = [s for s in annotated.sentences if coding is not None or s.index in needed]
    parses = load_parser(language).parse(annotated.text, [(s.start, s.end) for s in read], glue(annotated))
    sentences = []
    for sentence, parse in zip(read, parses, strict=True):
        places = [(t.start, t.end) for t in parse.tokens]
        tags = {layer: _tags(places, marks.spans[layer], marks.open[layer]) for layer in LAYERS}
        if coding is not None and not tells:  # nobody coded its speakers
            tags["speech"] = (OPEN,) * len(places)
        kinds = marks.kinds.get(sentence.index, set())
        kind = next((k for k in reversed(CLASSES) if k in kinds), None)
        if kind is None:  # a sentence with a word of violence may tell the incident again
            kind = OPEN if tells and (sentence.index in needed | marks.told) else "none"
        if places:
            sentences.append(TaggedSentence(words_of(annotated, parse), tags, kind))
    return TaggedReport(report.id, language, part, origin, fold_of(report.id), tuple(sentences))


def _tags(words: Sequence[tuple[int, int]], spans: Iterable[Span], open: set[int]) -> tuple[str, ...]:
    """A tag a word: where a span begins and goes on; of spans that meet the longer one is kept."""
    tags = [OPEN if start in open else OUTSIDE for start, _ in words]
    for start, end, label in sorted(spans, key=lambda s: s[0] - s[1]):
        inside = [k for k, (a, b) in enumerate(words) if a < end and start < b]
        if all(tags[k] in {OPEN, OUTSIDE} for k in inside):
            for k in inside:
                tags[k] = f"{'B' if k == inside[0] else 'I'}-{label}"
    return tuple(tags)


def spans_of(tags: Sequence[str]) -> list[Span]:
    """The spans that tags make up: first word, word after the last, label. A span that goes on from nothing begins."""
    found: list[Span] = []
    start, label = 0, None
    for k, each in enumerate([*tags, OUTSIDE]):
        if label is not None and each != f"I-{label}":
            found.append((start, k, label))
            label = None
        if label is None and each not in {OUTSIDE, OPEN}:
            start, label = k, each[2:]
    return found


def _marks(report: AnnotatedReport, coding: Mapping[str, Any]) -> _Marks:
    marks = _Marks()
    for incident in coding.get("incidents", ()):
        _mark_incident(report, incident, marks)
    for source in coding.get("sources", ()):
        _mark_speaker(report, source, marks)
    for other in coding.get("not_incidents", ()):
        for start, _ in _found(report, other["text"])[:1]:
            kind = "modality" if other["why"] in _MODALITY else "none"
            marks.kinds.setdefault(_sentence(report, start), set()).add(kind)
    return marks


def _mark_incident(report: AnnotatedReport, incident: Mapping[str, Any], marks: _Marks) -> None:
    """Triggers, tolls and weapons where they stand first; actors and targets in the sentences of those, else in the
    sentences beside them, else where they stand first."""
    kind = "told" if incident["period"] == "current" else "background"
    telling: set[int] = set()
    triggers = incident.get("triggers") or [incident.get("trigger")]
    tolls = [(_words(incident, "killed"), "KILLED"), (_words(incident, "injured"), "INJURED")]
    weapons = [(weapon.get("text"), "WEAPON") for weapon in incident.get("weapons") or ()]
    for layer, named in (("trigger", [(t, "TRIGGER") for t in triggers]), ("facts", tolls), ("facts", weapons)):
        for words, label in named:
            for start, end in _found(report, words)[:1]:
                marks.spans[layer].append((start, end, label))
                telling.add(_sentence(report, start))
                if label != "WEAPON":
                    marks.kinds.setdefault(_sentence(report, start), set()).add(kind)
    marks.told |= telling
    for key, label in (("actors", "ACTOR"), ("targets", "TARGET")):
        for name in incident.get(key) or ():
            places = _found(report, name)
            here = [p for p in places if _sentence(report, p[0]) in telling]
            here = here or [p for p in places if any(abs(_sentence(report, p[0]) - k) <= 1 for k in telling)]
            here = here or places[:1]
            marks.spans["roles"] += [(start, end, label) for start, end in here]
            marks.open["roles"].update(k for p in places if p not in here for k in range(*p))


def _words(incident: Mapping[str, Any], key: str) -> str | None:
    """The words a toll stands on: beside its bounds in the corpus, apart from them in the standoff codings."""
    return (incident.get(key) or {}).get("text") or incident.get(f"{key}_text")


def _mark_speaker(report: AnnotatedReport, source: Mapping[str, Any], marks: _Marks) -> None:
    """A speaker and the cue beside it in the sentence that is quoted; open wherever else the name stands."""
    for start, end in _found(report, source["name"]):
        marks.open["speech"].update(range(start, end))
    for first, last in _found(report, source.get("quote"))[:1]:
        sentence = report.sentence_at(first)
        low, high = (min(sentence.start, first), max(sentence.end, last)) if sentence else (first, last)
        marks.spans["speech"] += [(*p, "SPEAKER") for p in _found(report, source["name"], low, high)[:1]]
        marks.spans["speech"] += [(*p, "CUE") for p in _found(report, source.get("cue"), low, high)[:1]]
        if "cue" not in source:
            marks.open["speech"].update(range(low, high))


def _found(report: AnnotatedReport, words: str | None, low: int = 0, high: int | None = None) -> list[tuple[int, int]]:
    """Where words stand in a stretch of the text, not within a longer word."""
    text, high = report.text, len(report.text) if high is None else high
    wanted = normalise(words).text if words else ""
    found: list[tuple[int, int]] = []
    start = text.find(wanted, low, high) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            found.append((start, end))
        start = text.find(wanted, start + 1, high)
    return found


def _sentence(report: AnnotatedReport, offset: int) -> int:
    sentence = report.sentence_at(offset)
    return sentence.index if sentence is not None else -9


def texts_to_pretrain(shared: Path, language: str) -> list[tuple[str, ...]]:
    """Sentences of at least four words of the raw texts and of the corpus, without those of any test part."""
    lines = [line for path in (CORPUS / "standoff").glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    coded = {row["id"] for row in map(json.loads, lines) if row["part"] == "train"}
    raw = raw_texts(shared)
    wanted = (coded & raw.keys()) | {c.report.id for c in uncoded(shared)}
    reports = [report_of(raw[id]) for id in sorted(wanted)]
    reports += [report_of(row) for row, part in read_rows() if part == "train"]
    found = []
    for report in reports:
        annotated = find_mentions(with_language(report, LANGUAGES), dismiss=False)
        if annotated.pack.language != language:
            continue
        glued = glue(annotated)
        for sentence in annotated.sentences:
            words = cut(annotated, sentence, glued)
            if len(words) > 3:
                found.append(tuple(shown(annotated.text[a:b], language) for a, b in words))
    return found
