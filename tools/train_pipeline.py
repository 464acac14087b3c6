"""Train the syntax pipeline of one language from Universal Dependencies treebanks.

Reads the `.conllu.xz` files of a folder, brings them to the words that `vigie.language.parse.split_words` cuts,
trains tok2vec + morphologizer + edit-tree lemmatizer + parser, and writes the pipeline with its model card.

    python tools/train_pipeline.py TREEBANKS --language fr --out FIRST --epochs 30
    python tools/train_pipeline.py TREEBANKS --language fr --start FIRST --out src/vigie/language/models/fr \\
        --epochs 7 --invented 2500 --rate 0.0006 --seed 21

(for English 16 and 4 epochs). Set OMP_NUM_THREADS=1 for the same result again. To train further on the trees of
corpus/trees, as the shipped pipelines were not (docs/models.md says why):

    python tools/train_pipeline.py TREEBANKS --language fr --start src/vigie/language/models/fr --out THIRD \\
        --epochs 6 --invented 2500 --rate 0.0008 --seed 22 --trees corpus/trees
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
import srsly
from spacy.language import Language
from spacy.pipeline._parser_internals.nonproj import projectivize
from spacy.tokens import Doc
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from spacy.util import fix_random_seed
from thinc.api import Adam
from thinc.schedules import warmup_linear

from news_english import English
from news_french import French
from news_sentences import flatten
from treebanks import (
    Sentence,
    Word,
    drop_stop,
    front_speech,
    glue_names,
    inventory,
    read_conllu,
    read_trees,
    vary_quotes,
    vary_words,
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """The treebanks of a language; names are file names without `.conllu.xz`."""

    train: tuple[str, ...]
    dev: str
    tests: tuple[str, ...]


RECIPES = {
    "fr": Recipe(
        train=("fr_sequoia-train", "fr_pud-test", "fr_gsd-dev"),
        dev="fr_sequoia-dev",
        tests=("fr_sequoia-test", "fr_gsd-test"),
    ),
    "en": Recipe(train=("en_ewt-train",), dev="en_ewt-dev", tests=("en_ewt-test",)),
}


MORE_SPEECH = {
    "fr": ("lancer", "poursuivre", "regretter", "juger"),
    "en": ("continue", "write", "think", "ask", "reply"),
}
# How often an epoch sees the trees of our own reports, which are few and of the kind that is read.
OWN_TIMES = 4
# Every so many of them are for scoring.
OWN_HELD = 6
GRAMMARS: dict[str, type[French] | type[English]] = {"fr": French, "en": English}


def speech_verbs(language: str) -> frozenset[str]:
    """Lemmas of verbs of speech."""
    return frozenset({verb.lemma for verb in GRAMMARS[language](random.Random(0)).w.say} | {*MORE_SPEECH[language]})


def made_up(language: str, count: int, rng: random.Random) -> list[Sentence]:
    """Sentences of the news grammar as training sentences."""
    grammar = GRAMMARS[language](rng)
    sentences = []
    for _ in range(count):
        tree = flatten(grammar.sentence())
        last = len(tree) - 1
        words = []
        for i, (node, head) in enumerate(tree):
            following = tree[i + 1][0].form if i < last else "."
            space = (
                not node.tight and following not in (",", ".", "”") and not (following == '"' and node.pos == "PUNCT")
            )
            words.append(Word(node.form, node.lemma, node.pos, node.morph, head, node.dep, space))
        sentences.append(tuple(words))
    return sentences


def example(nlp: Language, sentence: Sentence) -> Example:
    """Make the training example of a sentence, made projective."""
    heads, labels = projectivize([word.head for word in sentence], [word.dep for word in sentence])
    words, spaces = [word.form for word in sentence], [word.space for word in sentence]
    gold = Doc(
        nlp.vocab,
        words=words,
        spaces=spaces,
        lemmas=[word.lemma for word in sentence],
        pos=[word.pos for word in sentence],
        morphs=[word.morph for word in sentence],
        heads=list(heads),
        deps=[label.split("||")[0] for label in labels],
    )
    blank = Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=[1] + [-1] * (len(words) - 1))
    return Example(blank, gold)


def build(width: int, depth: int, hidden: int) -> Language:
    """Make the empty pipeline; it is language-neutral, since words are given to it ready cut."""
    nlp = spacy.blank("xx")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "tok2vec"}
    nlp.add_pipe(
        "tok2vec",
        config={
            "model": {
                "@architectures": "spacy.Tok2Vec.v2",
                "embed": {
                    "@architectures": "spacy.MultiHashEmbed.v2",
                    "width": width,
                    "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
                    "rows": [5000, 1000, 2500, 2500],
                    "include_static_vectors": False,
                },
                "encode": {
                    "@architectures": "spacy.MaxoutWindowEncoder.v2",
                    "width": width,
                    "depth": depth,
                    "window_size": 1,
                    "maxout_pieces": 3,
                },
            }
        },
    )
    nlp.add_pipe("morphologizer", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    nlp.add_pipe(
        "trainable_lemmatizer",
        config={
            "model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener},
            "backoff": "orth",
            "min_tree_freq": 3,
            "top_k": 1,
        },
    )
    nlp.add_pipe(
        "parser",
        config={
            "learn_tokens": False,
            "min_action_freq": 10,
            "model": {
                "@architectures": "spacy.TransitionBasedParser.v2",
                "state_type": "parser",
                "extra_state_tokens": False,
                "hidden_width": hidden,
                "maxout_pieces": 2,
                "use_upper": True,
                "nO": None,
                "tok2vec": listener,
            },
        },
    )
    return nlp


def evaluate(nlp: Language, sentences: Iterable[Sentence]) -> dict[str, float]:
    """Score a pipeline on gold sentences: UAS, LAS (punctuation left out), POS and lemma accuracy, in per cent; no
    lemma accuracy where the sentences have no lemmas."""
    scores = nlp.evaluate([example(nlp, sentence) for sentence in sentences])
    names = {"uas": "dep_uas", "las": "dep_las", "pos": "pos_acc", "lemma": "lemma_acc"}
    return {short: round(100 * float(s), 2) for short, name in names.items() if (s := scores[name]) is not None}


def train(
    nlp: Language,
    sentences: Sequence[Sentence],
    dev: Sequence[Sentence],
    language: str,
    epochs: int,
    dropout: float,
    invented: int,
    rate: float,
    seed: int,
    own: Sequence[Sentence] = (),
) -> None:
    """Train `nlp` in place for a set number of epochs, with averaged weights at the end.

    Each epoch sees every sentence of the treebanks, varied, `invented` new ones of the news grammar, and the trees of
    our `own` reports `OWN_TIMES` over.
    """
    rng = random.Random(seed)
    if nlp.get_pipe("parser").labels:
        nlp.resume_training()
        lemmatizer = nlp.get_pipe("trainable_lemmatizer")  # spaCy does not restore this table from disk
        lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.cfg["labels"])}
    else:
        plain = [example(nlp, sentence) for sentence in (*sentences, *made_up(language, invented, rng))]
        nlp.initialize(lambda: plain)
    words = sum(map(len, sentences)) + 13 * invented + OWN_TIMES * sum(map(len, own))
    sizes = [700 + 1300 * min(1.0, epoch / 4) for epoch in range(epochs)] if epochs > 8 else [1500.0] * epochs
    steps = int(sum(words / size for size in sizes) * 1.05)
    optimizer = Adam(learn_rate=warmup_linear(rate, 200, steps), L2=0.01, grad_clip=1.0, use_averages=True)
    words_of_own = inventory(own)
    began = time.time()
    for epoch in range(epochs):
        varied = [vary_quotes(glue_names(s, rng, 0.5), language, rng) for s in sentences]
        varied = [drop_stop(s) if rng.random() < 0.1 else s for s in varied]
        varied += made_up(language, invented, rng)
        for _ in range(OWN_TIMES):
            varied += [vary_quotes(vary_words(s, words_of_own, rng, 0.25), language, rng) for s in own]
        rng.shuffle(varied)
        losses: dict[str, float] = {}
        for batch in minibatch_by_words(
            [example(nlp, s) for s in varied], size=iter_size(sizes[epoch]), discard_oversize=False
        ):
            nlp.update(batch, sgd=optimizer, drop=dropout, losses=losses)
            optimizer.step_schedules()
        scores = {}
        if epoch % 4 == 3:
            with nlp.use_params(optimizer.averages):
                scores = evaluate(nlp, dev)
        print(epoch + 1, f"{time.time() - began:.0f}s", scores, {k: round(v) for k, v in losses.items()}, flush=True)
    average(nlp, optimizer.averages)


def iter_size(size: float) -> Iterator[int]:
    """Yield one batch size for ever."""
    while True:
        yield int(size)


def average(nlp: Language, averages: dict[Any, Any]) -> None:
    """Put the averaged weights in place of the last ones."""
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if model is not None and not isinstance(model, bool):
            for node in model.walk():
                for name in node.param_names:
                    key = (node.id, name)
                    if node.has_param(name) and key in averages:
                        node.set_param(name, averages[key])


def needed_strings(nlp: Language) -> list[str]:
    """What the vocabulary must hold: labels and the pieces of the edit trees, not the words of the treebanks."""
    needed = {str(label) for _, pipe in nlp.pipeline for label in getattr(pipe, "labels", ())}
    needed.update(label.split("-", 1)[-1] for label in nlp.get_pipe("parser").labels)
    trees = srsly.msgpack_loads(nlp.get_pipe("trainable_lemmatizer").trees.to_bytes())["trees"]
    hashes = {tree[side] for tree in trees for side in ("orig", "subst") if tree.get(side)}
    needed.update(nlp.vocab.strings[number] for number in hashes)
    return sorted(needed)


def write(nlp: Language, out: Path, language: str, scores: dict[str, dict[str, float]], recipe: Recipe) -> None:
    """Write the pipeline, its meta and its model card; what only training needs is left out."""
    if out.exists():
        shutil.rmtree(out)
    nlp.meta.update({"name": f"vigie_{language}_syntax", "version": "1.0.0", "license": "CC BY-SA 4.0"})
    nlp.to_disk(out, exclude=["tokenizer"])
    srsly.write_json(out / "vocab" / "strings.json", needed_strings(nlp))
    for needless in (out / "vocab" / "vectors", out / "vocab" / "lookups.bin", out / "vocab" / "key2row"):
        needless.unlink(missing_ok=True)
    (out / "scores.json").write_text(json.dumps(scores, indent=1, sort_keys=True) + "\n", encoding="utf8")
    (out / "MODEL_CARD.md").write_text(model_card(language, scores, recipe.train), encoding="utf8")


CARD = """# Syntax pipeline of Vigie: {name}

Words in, one dependency tree a sentence out: parts of speech and morphology, lemmas, Universal Dependencies relations
(subtypes dropped but for nsubj:pass, aux:pass, obl:agent). Made with spaCy 3.8 by `tools/train_pipeline.py`:
tok2vec (width 96, depth 4, hashed embeddings, no vectors), morphologizer, edit-tree lemmatizer, transition parser.

**Meant for** reading who did what to whom, and who says so, in news about armed violence, with the repairs of
`vigie.language.repairs` applied. **Not meant for** other registers, or for being the only witness of a role: places,
dates and targets are often attached to the wrong word, and lemmas of rare words may be invented.

## Trained on
{treebanks}
- sentences made up by the grammar in `tools/news_*.py` (part of this project)

Words are cut by `vigie.language.parse.split_words`; du, au, des are one word; names of several words are one word in
half the cases; reported words that come first always depend on the verb of speech. The pipeline holds weights, labels
and the pieces of edit trees; it does not hold the sentences or the word lists of the treebanks.

## Scores
| test set | UAS | LAS | part of speech | lemma |
|---|---|---|---|---|
{rows}

In per cent, punctuation left out, gold sentences, words as cut at run time, trees of the treebank made projective.
Roles in conflict-news sentences: `tools/score_roles.py` on `tests/language/roles/{language}.yaml`.

## Licence
Creative Commons Attribution-ShareAlike 4.0 International (CC BY-SA 4.0), https://creativecommons.org/licenses/by-sa/4.0/,
whatever the licence of the code around it. {notice}
"""
TREEBANKS = {
    "fr_sequoia-train": "UD French-Sequoia, training part (Candito, Seddah and others; LGPL-LR)",
    "fr_pud-test": "UD French-PUD (Universal Dependencies contributors; CC BY-SA 3.0)",
    "fr_gsd-dev": "UD French-GSD, development part (Guillaume, de Marneffe and others; CC BY-SA 4.0)",
    "en_ewt-train": "UD English-EWT, training part (Silveira, Schuster, Zeldes and others; CC BY-SA 4.0)",
}
NOTICE = (
    "Part of the training data is French-Sequoia, a linguistic resource under the Lesser General Public License For "
    "Linguistic Resources (LGPL-LR): this pipeline is a work that uses that resource; the resource itself is not in it "
    "and is had, with its licence, from https://universaldependencies.org."
)


def model_card(language: str, scores: dict[str, dict[str, float]], treebanks: Sequence[str]) -> str:
    """The text of the model card."""
    return CARD.format(
        name={"fr": "French", "en": "English"}[language],
        language=language,
        treebanks="\n".join(f"- {TREEBANKS[name]}" for name in treebanks),
        rows="\n".join(
            f"| {name} | {s['uas']:.1f} | {s['las']:.1f} | {s['pos']:.1f} | {s.get('lemma', '')} |"
            for name, s in scores.items()
        ),
        notice=NOTICE if any("sequoia" in name for name in treebanks) else "",
    )


def main() -> None:
    """Command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("treebanks", type=Path)
    arguments.add_argument("--language", choices=sorted(RECIPES), required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--epochs", type=int, default=30)
    arguments.add_argument("--dropout", type=float, default=0.2)
    arguments.add_argument("--hidden", type=int, default=64)
    arguments.add_argument("--width", type=int, default=96)
    arguments.add_argument("--depth", type=int, default=4)
    arguments.add_argument("--invented", type=int, default=1500, help="sentences of the news grammar an epoch")
    arguments.add_argument("--rate", type=float, default=0.0015, help="learning rate")
    arguments.add_argument("--start", type=Path, help="a pipeline to train further, in place of a new one")
    arguments.add_argument("--seed", type=int, default=20)
    arguments.add_argument("--trees", type=Path, help="folder with the trees of our own reports, by language")
    chosen = arguments.parse_args()
    recipe = RECIPES[chosen.language]

    def load(name: str) -> list[Sentence]:
        return list(read_conllu(chosen.treebanks / f"{name}.conllu.xz", chosen.language))

    fix_random_seed(chosen.seed)
    speech = speech_verbs(chosen.language)
    sentences = [front_speech(s, speech) for name in recipe.train for s in load(name) if 2 < len(s) < 100]
    dev = load(recipe.dev)
    print(len(sentences), "sentences", sum(map(len, sentences)), "words", flush=True)
    nlp = build(chosen.width, chosen.depth, chosen.hidden)
    if chosen.start:
        nlp = spacy.load(chosen.start, exclude=["tokenizer"])
    own = list(read_trees(chosen.trees / f"{chosen.language}.conllu")) if chosen.trees else []
    held = [s for k, s in enumerate(own) if k % OWN_HELD == 0]
    learned = [s for k, s in enumerate(own) if k % OWN_HELD]
    if held:
        print("own trees before", evaluate(nlp, held), flush=True)
    train(
        nlp,
        sentences,
        dev,
        chosen.language,
        chosen.epochs,
        chosen.dropout,
        chosen.invented,
        chosen.rate,
        chosen.seed,
        learned,
    )
    scores = {name: evaluate(nlp, load(name)) for name in (recipe.dev, *recipe.tests)}
    if held:
        scores["own_trees-held"] = evaluate(nlp, held)
    print(json.dumps(scores), flush=True)
    write(nlp, chosen.out, chosen.language, scores, recipe)


if __name__ == "__main__":
    main()
