"""A small network that reads a sentence and says of each word which spans it belongs to, and which class it is of:
spaCy's tok2vec with one softmax a layer of spans and one over the pooled sentence. For tools/span_trial.py.

Its tok2vec has the shape of the parser's: it can begin from that, from weights that `pretrain` wrote or from nothing,
and can be left as it is ("frozen") while only the layers above it learn.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import spacy
import srsly
from spacy.ml.models.multi_task import create_pretrain_characters
from spacy.ml.models.tok2vec import MaxoutWindowEncoder, MultiHashEmbed, build_Tok2Vec_model
from spacy.tokens import Doc
from spacy.training.pretrain import make_update
from spacy.util import fix_random_seed
from spacy.vocab import Vocab
from thinc.api import Adam, Linear, Maxout, Model, chain, set_dropout_rate
from thinc.schedules import warmup_linear

from span_data import CLASSES, LAYERS, OPEN, OUTSIDE, TaggedSentence, Word, spans_of
from train_pipeline import build
from vigie.language.parse import MODELS

WIDTH, DEPTH, HIDDEN = 96, 4, 64
TAGS = {layer: (OUTSIDE, *(f"{b}-{label}" for label in labels for b in "BI")) for layer, labels in LAYERS.items()}
# A sentence is one example of a class where its words are twenty of a layer.
_CLASS_WEIGHT = 2.0
_BATCH = 256  # sentences that are read together
_PRETRAIN_BATCH = 100
_WORDS = 1200  # words that are learned from together

# What a network with syntax reads of a word, with the rows of each.
_SYNTAX = {"LEMMA": 4000, "PREFIX": 500, "SUFFIX": 2000, "SHAPE": 1500, "POS": 50, "DEP": 100, "ENT_TYPE": 150}
_SOMETHING = (Word("a", "a", "X", "root", 0, ""),)

Array = Any


class Seen(NamedTuple):
    """What the network says of a sentence: by layer the probability of each tag for each word, and of each class."""

    layers: Mapping[str, Array]
    kinds: Array


class Score(NamedTuple):
    """Spans or sentences found rightly, wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what there is that was found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


class SpanNet:
    """The network. start: where its tok2vec begins: None (from nothing), "parser" or a file that `pretrain` wrote;
    frozen: it stays as it begins; syntax: it is also shown what the coder knows of each word, and the layers read the
    word it hangs on beside it (only from nothing)."""

    def __init__(
        self, language: str, start: str | Path | None = None, *, frozen: bool = False, syntax: bool = False
    ) -> None:
        self._vocab = spacy.blank("xx").vocab
        self._syntax = syntax
        self.tok2vec: Model = _tok2vec(self._docs([_SOMETHING]), _SYNTAX if syntax else None)
        if start == "parser":
            pipeline = spacy.load(MODELS / language, exclude=["tokenizer", "parser", "morphologizer",
                                                              "trainable_lemmatizer"])  # fmt: skip
            self.tok2vec.from_bytes(pipeline.get_pipe("tok2vec").model.to_bytes())
        elif start is not None:
            self.tok2vec.from_bytes(Path(start).read_bytes())
        self.layers = {layer: _head(WIDTH * (1 + syntax), len(tags)) for layer, tags in TAGS.items()}
        self.kinds = _head(2 * WIDTH, len(CLASSES))
        self.frozen = frozen

    def read(self, sentences: Sequence[Sequence[Word]]) -> list[Seen]:
        """What it says of sentences."""
        found: list[Seen] = []
        for k in range(0, len(sentences), _BATCH):
            some = sentences[k : k + _BATCH]
            vectors = self.tok2vec.predict(self._docs(some))
            together, _ = self._together(some, vectors)
            layers = {layer: softmax(head.predict(together)) for layer, head in self.layers.items()}
            kinds = softmax(self.kinds.predict(_pooled(vectors)[0]))
            position = 0
            for j, each in enumerate(vectors):
                end = position + len(each)
                found.append(Seen({layer: p[position:end] for layer, p in layers.items()}, kinds[j]))
                position = end
        return found

    def train(
        self,
        sentences: Iterable[TaggedSentence],
        dev: Sequence[TaggedSentence],
        *,
        epochs: int,
        rate: float,
        dropout: float,
        seed: int,
        patience: int = 3,
    ) -> None:
        """Learn in place; the averaged weights of the epoch that does best on `dev` are kept. Ends early where
        `patience` epochs bring nothing better."""
        learned = list(sentences)
        rng, batches = random.Random(seed), 1 + sum(len(s.words) for s in learned) // _WORDS
        steps = int(epochs * batches * 1.05)
        optimizer = Adam(warmup_linear(rate, min(100, steps // 4), steps), L2=0.01, grad_clip=1.0, use_averages=True)
        known = dict(zip(map(id, learned), self._docs([s.words for s in learned]), strict=True))
        if self.frozen:  # its vectors never change
            docs = list(known.values())
            parts = [docs[k : k + _BATCH] for k in range(0, len(docs), _BATCH)]
            known = dict(zip(known, [v for part in parts for v in self.tok2vec.predict(part)], strict=True))
        best, kept, since, began = -1.0, self.to_bytes(), 0, time.time()
        for epoch in range(epochs):
            self._drop(dropout)
            rng.shuffle(learned)
            for batch in _batches(learned):
                self._update([known[id(s)] for s in batch], batch, optimizer)
                optimizer.step_schedules()
            self._drop(0.0)
            last = self.to_bytes()
            average_of(self._models(), optimizer.averages)
            score = mean_f1(scores(self, dev))
            print(f"epoch {epoch + 1}: {score:.4f} on dev, {time.time() - began:.0f} s", flush=True)
            since += 1
            if score > best:
                best, kept, since = score, self.to_bytes(), 0
            self.from_bytes(last)
            if since >= patience:
                break
        self.from_bytes(kept)

    def to_bytes(self) -> bytes:
        """All weights."""
        return bytes(srsly.msgpack_dumps([model.to_bytes() for model in self._models()]))

    def from_bytes(self, data: bytes) -> None:
        """Take over weights that `to_bytes` gave."""
        for model, weights in zip(self._models(), srsly.msgpack_loads(data), strict=True):
            model.from_bytes(weights)

    def _models(self) -> list[Model]:
        return [*self.layers.values(), self.kinds, self.tok2vec]

    def _drop(self, share: float) -> None:
        for model in self._models():
            set_dropout_rate(model, share)

    def _docs(self, sentences: Iterable[Sequence[Word]]) -> list[Doc]:
        return [_doc(self._vocab, words, syntax=self._syntax) for words in sentences]

    def _together(self, sentences: Sequence[Sequence[Word]], vectors: Sequence[Array]) -> tuple[Array, Array]:
        """The vectors of all words, a row each, beside that of the word they hang on if that is shown; and its row."""
        together = np.concatenate(vectors)
        starts = np.cumsum([0, *map(len, sentences)])
        above = np.array([start + w.head for start, words in zip(starts, sentences, strict=False) for w in words])
        return (np.concatenate([together, together[above]], axis=1) if self._syntax else together), above

    def _update(self, given: Sequence[Any], batch: Sequence[TaggedSentence], optimizer: Adam) -> None:
        vectors, back = (list(given), None) if self.frozen else self.tok2vec.begin_update(list(given))
        together, above = self._together([s.words for s in batch], vectors)
        pull = np.zeros_like(together)
        for layer, head in self.layers.items():
            tags = [tag for s in batch for tag in s.tags[layer]]
            pull += _learn(head, together, tags, TAGS[layer])
        if self._syntax:
            np.add.at(pull[:, :WIDTH], above, pull[:, WIDTH:])
        pooled, tops = _pooled(vectors)
        whole = _learn(self.kinds, pooled, [s.kind for s in batch], CLASSES, _CLASS_WEIGHT)
        if back is not None:
            back(_pulled(vectors, pull[:, :WIDTH], whole, tops))
        for model in self._models()[: -1 if self.frozen else None]:
            model.finish_update(optimizer)


def _tok2vec(docs: Sequence[Doc], shown: Mapping[str, int] | None = None) -> Model:
    """The tok2vec of the parser's pipeline, without its weights; shown: what it reads of a word in place of what the
    parser reads, with how many rows there are for each."""
    pipe = build(WIDTH, DEPTH, HIDDEN).get_pipe("tok2vec")
    model: Model = pipe.model
    if shown is not None:
        embed = MultiHashEmbed(WIDTH, list(shown), list(shown.values()), include_static_vectors=False)
        model = build_Tok2Vec_model(embed, MaxoutWindowEncoder(WIDTH, window_size=1, maxout_pieces=3, depth=DEPTH))
    model.initialize(X=docs)
    return model


def _doc(vocab: Vocab, words: Sequence[Word], *, syntax: bool) -> Doc:
    forms = [w.form for w in words]
    if not syntax:
        return Doc(vocab, words=forms)
    doc = Doc(vocab, words=forms, lemmas=[w.lemma for w in words], pos=[w.pos for w in words],
              deps=[w.dep for w in words], heads=[w.head for w in words])  # fmt: skip
    for token, word in zip(doc, words, strict=True):
        token.ent_type_ = word.entry
    return doc


def _head(wide: int, labels: int) -> Model:
    inner: Model = Maxout(nO=HIDDEN, nI=wide, nP=2, normalize=True, dropout=0.0)
    head: Model = chain(inner, Linear(nO=labels, nI=HIDDEN))
    head.initialize()
    return head


def _learn(head: Model, given: Array, names: Sequence[str], labels: Sequence[str], weight: float = 1.0) -> Array:
    """One step of a head; gives the gradient of what it read. What is OPEN pulls nowhere."""
    place = {label: k for k, label in enumerate(labels)}
    gold = np.array([place.get(name, -1) for name in names])
    found, back = head.begin_update(given)
    gradient = softmax(found)
    sure = gold >= 0
    gradient[np.flatnonzero(sure), gold[sure]] -= 1.0
    gradient[~sure] = 0.0
    return back((weight * gradient).astype("f"))


def _pooled(vectors: Sequence[Array]) -> tuple[Array, list[Array]]:
    """A row a sentence, the mean and the greatest of its words' vectors; and which words are the greatest."""
    tops = [v.argmax(axis=0) for v in vectors]
    rows = [np.concatenate([v.mean(axis=0), v[top, np.arange(WIDTH)]]) for v, top in zip(vectors, tops, strict=True)]
    return np.asarray(rows, dtype="f"), tops


def _pulled(vectors: Sequence[Array], pull: Array, whole: Array, tops: Sequence[Array]) -> list[Array]:
    """The gradient of each sentence's words: of the layers, and of the sentence as a whole."""
    parts, position = [], 0
    for k, each in enumerate(vectors):
        part = pull[position : position + len(each)] + whole[k, :WIDTH] / len(each)
        part[tops[k], np.arange(WIDTH)] += whole[k, WIDTH:]
        parts.append(np.ascontiguousarray(part, dtype="f"))
        position += len(each)
    return parts


def _batches(sentences: Sequence[TaggedSentence]) -> Iterable[list[TaggedSentence]]:
    batch: list[TaggedSentence] = []
    words = 0
    for sentence in sentences:
        batch.append(sentence)
        words += len(sentence.words)
        if words >= _WORDS:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


def softmax(values: Array) -> Array:
    """Probabilities along the last axis."""
    raised = np.exp(values - values.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def average_of(models: Iterable[Model], averages: Mapping[Any, Any]) -> None:
    """Put averaged weights in place of the last ones."""
    for model in models:
        for node in model.walk():
            for name in node.param_names:
                if node.has_param(name) and (node.id, name) in averages:
                    node.set_param(name, averages[node.id, name].copy())


def scores(net: SpanNet, sentences: Sequence[TaggedSentence]) -> dict[str, Score]:
    """How the spans of each label and the sentences of each class are found; a span counts where its first and last
    word are right, one that holds an OPEN word not at all."""
    found: dict[str, Counter[str]] = {}
    for sentence, seen in zip(sentences, net.read([s.words for s in sentences]), strict=True):
        for layer, tags in sentence.tags.items():
            open = {k for k, each in enumerate(tags) if each == OPEN}
            gold = set(spans_of(tags))
            mine = spans_of([TAGS[layer][k] for k in seen.layers[layer].argmax(axis=1)])
            said = {span for span in mine if not open.intersection(range(span[0], span[1]))}
            for what, spans in (("right", said & gold), ("wrong", said - gold), ("missed", gold - said)):
                for *_, label in spans:
                    found.setdefault(label, Counter())[what] += 1
        if sentence.kind != OPEN:
            kind = CLASSES[int(seen.kinds.argmax())]
            found.setdefault(f"={kind}", Counter())["right" if kind == sentence.kind else "wrong"] += 1
            found.setdefault(f"={sentence.kind}", Counter())["missed"] += kind != sentence.kind
    names = [*(label for labels in LAYERS.values() for label in labels), *(f"={kind}" for kind in reversed(CLASSES))]
    return {n: Score(*(found.get(n, Counter())[what] for what in ("right", "wrong", "missed"))) for n in names}


def mean_f1(found: Mapping[str, Score]) -> float:
    """The mean F1 of the labels and classes that there are."""
    there = [score.f1 for score in found.values() if score.right + score.missed]
    return sum(there) / max(1, len(there))


def pretrain(sentences: Sequence[Sequence[str]], out: Path, *, epochs: int, seed: int) -> None:
    """`spacy pretrain` with its character objective over ready-cut sentences: learn to tell the first and last two
    characters of masked words from the words around them. Writes the averaged tok2vec to `out`."""
    fix_random_seed(seed)
    rng, vocab = random.Random(seed), spacy.blank("xx").vocab
    docs = [Doc(vocab, words=list(words[:120])) for words in sentences]
    tok2vec = _tok2vec(docs[:5])
    model = create_pretrain_characters(maxout_pieces=2, hidden_size=128, n_characters=4)(vocab, tok2vec)
    model.initialize(X=docs[:5])
    optimizer = Adam(0.001, L2=0.01, grad_clip=1.0, use_averages=True)
    began, words = time.time(), sum(map(len, docs))
    for epoch in range(epochs):
        rng.shuffle(docs)
        lost = sum(
            make_update(model, docs[k : k + _PRETRAIN_BATCH], optimizer, model.attrs["loss"])
            for k in range(0, len(docs), _PRETRAIN_BATCH)
        )
        print(f"pretraining, epoch {epoch + 1}: loss {lost / words:.4f}, {time.time() - began:.0f} s", flush=True)
    average_of([tok2vec], optimizer.averages)
    out.write_bytes(tok2vec.to_bytes())
