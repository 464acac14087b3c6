"""What the networks of span_net.py say of a report, as features of the coder's light models, for span_trial.py.

The coder is left as it is: for the length of a `with` its feature functions are wrapped.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import numpy as np

from span_data import CLASSES, LAYERS, words_of
from span_net import TAGS, Seen, SpanNet
from vigie.coding import candidates, screening
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.candidates import Candidate, Features
from vigie.coding.joining import Group
from vigie.coding.phrases import Phrase
from vigie.coding.scene import Scene

# Bounds of the bands in which a probability is told.
_BANDS = (0.02, 0.05, 0.12, 0.25, 0.45, 0.7)
# What is told of a mention; the first two are also told of the candidate as a whole.
_MENTIONS = ("ACTOR", "TARGET", "KILLED", "SPEAKER")
_ROLES = _MENTIONS[:2]
_SUREST = 4.0  # log odds

Said = Mapping[int, tuple[Mapping[str, Any], Any]]
Pick = Callable[[AnnotatedReport], Sequence[SpanNet]]


class Reader:
    """What the networks say of the parsed sentences of a report, by sentence: the probability of each label for each
    word, and of each class; the mean of those of `pick`, which names the networks that have not seen the report."""

    def __init__(self, pick: Pick) -> None:
        self._pick = pick
        self._last: tuple[AnnotatedReport, Said] | None = None

    def said(self, report: AnnotatedReport) -> Said:
        """Worked out once for reports that are asked about one after the other."""
        if self._last is None or self._last[0] is not report:
            self._last = report, self._read(report)
        return self._last[1]

    def _read(self, report: AnnotatedReport) -> Said:
        places = [k for k, parse in report.parses.items() if len(parse)]
        words = [words_of(report, report.parses[k]) for k in places]
        read = [net.read(words) for net in self._pick(report)] if words else []
        return {k: _mean([each[j] for each in read]) for j, k in enumerate(places)}


def _mean(seen: Sequence[Seen]) -> tuple[Mapping[str, Any], Any]:
    labels = {}
    for layer, names in LAYERS.items():
        tags = np.mean([each.layers[layer] for each in seen], axis=0)
        for name in names:
            labels[name] = tags[:, TAGS[layer].index(f"B-{name}")] + tags[:, TAGS[layer].index(f"I-{name}")]
    return labels, np.mean([each.kinds for each in seen], axis=0)


@contextmanager
def with_spans(reader: Reader) -> Iterator[None]:
    """The coder with what the networks say among the features of its candidates and groups."""
    of_mention, of_whole, kin = candidates._of_mention, candidates._of_whole, candidates._kin
    of_group = screening.group_features

    def mention(scene: Scene, phrase: Phrase) -> list[str]:
        return [*of_mention(scene, phrase), *_of_mention(reader, scene.report, phrase)]

    def whole(scene: Scene, candidate: Candidate) -> list[str]:
        candidates._add(candidate.features, _of_whole(candidate.features))
        return of_whole(scene, candidate)

    def beside(found: Sequence[Candidate]) -> None:
        kin(found)
        _rank(found)

    def group(report: AnnotatedReport, groups: Sequence[Group], number: int) -> Features:
        return of_group(report, groups, number) | _of_group(reader.said(report), report, groups[number])

    with ExitStack() as stack:
        for name, wrapped in (("_of_mention", mention), ("_of_whole", whole), ("_kin", beside),
                              ("_BY_CLASS", ("span.", *candidates._BY_CLASS))):  # fmt: skip
            stack.enter_context(patch.object(candidates, name, wrapped))
        stack.enter_context(patch.object(screening, "group_features", group))
        yield


def _band(probability: float) -> int:
    return sum(probability >= bound for bound in _BANDS)


def _of_mention(reader: Reader, report: AnnotatedReport, phrase: Phrase) -> list[str]:
    """How likely the head of a mention belongs to a span of each label."""
    sentence = report.sentence_at(phrase.start)
    said = reader.said(report).get(sentence.index) if sentence is not None else None
    if sentence is None or said is None:
        return []
    parse = report.parses[sentence.index]
    words = list(parse.covering(*phrase.head) or parse.covering(phrase.start, phrase.end))
    return [f"span.{label}={_band(said[0][label][words].max())}" for label in _MENTIONS if words]


def _top(features: Iterable[str], label: str) -> int:
    """The highest band of the mentions; -1 where none was read."""
    return max((int(name[-1]) for name in features if name.startswith(f"span.{label}=")), default=-1)


def _of_whole(features: Features) -> list[str]:
    tops = {label: _top(features, label) for label in _MENTIONS[:3]}
    found = [f"span.{label}.top={top}" for label, top in tops.items()]
    found += [f"span.{label}.from={band}" for label in _ROLES for band in range(1, tops[label] + 1)]
    return [*found, f"span.top={tops['ACTOR']}&{tops['TARGET']}"]


def _rank(found: Sequence[Candidate]) -> None:
    """Marks the candidates that no other one outdoes in a role, and whether they stand alone."""
    for label in _ROLES:
        tops = [_top(c.features, label) for c in found]
        best = max(tops, default=0)
        for candidate, top in zip(found, tops, strict=True):
            if top == best > 0:
                alone = tops.count(best) == 1
                candidates._add(candidate.features, [f"span.{label}.first", f"span.{label}.first&{alone}"])


def _of_group(said: Said, report: AnnotatedReport, group: Group) -> Features:
    """The surest sentence of each class, word of an act and word of a death among a group's tellings."""
    tellings = [t for t in group.tellings if t.sentence in said]
    if not tellings:
        return {"span.unread": 1.0}
    features: Features = {}
    for k, kind in enumerate(CLASSES):
        _tell(features, f"class.{kind}", max(float(said[t.sentence][1][k]) for t in tellings))
    acts = [(t.sentence, report.parses[t.sentence].covering(a.start, a.end)) for t in tellings for a in t.acts]
    triggers = [float(said[k][0]["TRIGGER"][list(words)].max()) for k, words in acts if words]
    if triggers:
        _tell(features, "span.TRIGGER", max(triggers))
    _tell(features, "span.KILLED", max(float(said[t.sentence][0]["KILLED"].max()) for t in tellings))
    return features


def _tell(features: Features, name: str, probability: float) -> None:
    odds = math.log((probability + 1e-6) / (1.0 - probability + 1e-6))
    features[f"{name}={_band(probability)}"] = 1.0
    features[name] = max(-_SUREST, min(_SUREST, odds)) / 2
