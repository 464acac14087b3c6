"""Train the syntax pipeline of one language from Universal Dependencies treebanks.

Reads the `.conllu.xz` files of a folder, brings them to the words that `vigie.language.parse.split_words` cuts,
trains tok2vec + morphologizer + edit-tree lemmatizer + parser, and writes the pipeline with its model card.

    python tools/train_pipeline.py TREEBANKS --language fr --out src/vigie/language/models/fr
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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
from vigie.language.parse import split_words

KEPT_SUBTYPES = frozenset({"nsubj:pass", "aux:pass", "obl:agent"})


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


@dataclass(frozen=True, slots=True)
class Word:
    """One training word; `head` is an index in the sentence (own index for the root)."""

    form: str
    lemma: str
    pos: str
    morph: str
    head: int
    dep: str
    space: bool


Sentence = tuple[Word, ...]


def collapse(relation: str) -> str:
    """Drop the subtype of a relation unless it is one of those kept."""
    return relation if relation in KEPT_SUBTYPES else relation.split(":")[0]


def read_conllu(path: Path, language: str) -> Iterator[Sentence]:
    """Yield the sentences of an xz-compressed CoNLL-U file, cut into the words used at run time."""
    text, rows = "", []
    with lzma.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# text ="):
                text = line[len("# text =") :].strip()
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                sentence = align(text, rows, language)
                if sentence:
                    yield sentence
                text, rows = "", []


def align(text: str, rows: Sequence[Sequence[str]], language: str) -> Sentence:
    """Turn the rows of one tree into words: units of the tree that share characters with one word become one."""
    spans: dict[int, tuple[int, int]] = {}
    trees: dict[int, Sequence[str]] = {}
    position, fused_end, fused_span = 0, 0, (0, 0)
    for row in rows:
        if "." in row[0]:
            continue
        first = int(row[0].split("-")[0])
        if "-" not in row[0]:
            trees[first] = row
            if first <= fused_end:
                spans[first] = fused_span
                continue
        elif language == "en":
            continue
        start = text.find(row[1], position)
        if start < 0 or text[position:start].strip():
            return ()
        position = start + len(row[1])
        if "-" in row[0]:
            fused_end, fused_span = int(row[0].split("-")[1]), (start, position)
        else:
            spans[first] = (start, position)
    pieces = sorted(set(spans.values()) | set(split_words(text, language)))
    merged: list[tuple[int, int]] = []
    for start, end in pieces:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    unit_of = {}
    for number, (start, _) in spans.items():
        unit_of[number] = next((i for i, (a, b) in enumerate(merged) if a <= start < b), -1)
    if sorted(set(unit_of.values())) != list(range(len(merged))):
        return ()
    words = []
    for unit, (start, end) in enumerate(merged):
        numbers = [n for n, u in unit_of.items() if u == unit]
        outside = [n for n in numbers if unit_of.get(int(trees[n][6]), -1) != unit]
        row = trees[outside[0]]
        form = text[start:end]
        head = unit_of.get(int(row[6]), unit)
        words.append(
            Word(
                form="".join(form.split()),
                lemma=row[2] if len(numbers) == 1 or row[3] == "ADP" else form,
                pos=row[3],
                morph="" if row[5] == "_" else row[5],
                head=head,
                dep="ROOT" if head == unit else collapse(row[7]),
                space=text[end : end + 1].isspace(),
            )
        )
    return tuple(words)


MORE_SPEECH = {
    "fr": ("lancer", "poursuivre", "regretter", "juger"),
    "en": ("continue", "write", "think", "ask", "reply"),
}
GRAMMARS: dict[str, type[French] | type[English]] = {"fr": French, "en": English}


def speech_verbs(language: str) -> frozenset[str]:
    """Lemmas of verbs of speech."""
    return frozenset({verb.lemma for verb in GRAMMARS[language](random.Random(0)).w.say} | {*MORE_SPEECH[language]})


def front_speech(sentence: Sentence, speech: frozenset[str]) -> Sentence:
    """Give reported words that come first one analysis: the content is the ccomp of the verb of speech.

    The treebanks have it both ways ("X, a dit Y" with either verb as the root), which teaches a parser neither.
    """
    words = list(sentence)
    for i, verb in enumerate(sentence):
        if verb.pos != "VERB" or verb.lemma not in speech:
            continue
        for j in range(i):
            if words[j].head == i and words[j].dep == "parataxis":
                words[j] = replace(words[j], dep="ccomp")
        content = verb.head
        if verb.dep != "parataxis" or content > i or not any(w.head == i and w.dep == "nsubj" for w in words):
            continue
        inside = [k for k in range(len(words)) if i in ancestors(words, k)]
        after = range(max(inside) + 1, len(words))
        if min(inside) <= content or any(words[k].pos != "PUNCT" for k in after):
            continue
        if any(words[k].head > min(inside) and k not in inside for k in range(min(inside))):
            continue
        top = words[content]
        words[i] = replace(verb, head=i if top.head == content else top.head, dep=top.dep)
        words[content] = replace(top, head=i, dep="ccomp")
        for k in after:
            words[k] = replace(words[k], head=i)
    return tuple(words)


def ancestors(words: Sequence[Word], i: int) -> list[int]:
    """The word and all that it hangs on."""
    path = [i]
    while words[path[-1]].head != path[-1]:
        path.append(words[path[-1]].head)
    return path


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


NAME_LINKS = frozenset({"flat", "compound"})


def glue_names(sentence: Sentence, rng: random.Random, share: float) -> Sentence:
    """Join some proper names of several words with `_`, as the parser is shown them at run time."""
    children: dict[int, list[int]] = {}
    for i, word in enumerate(sentence):
        if word.head != i:
            children.setdefault(word.head, []).append(i)
    group = list(range(len(sentence)))
    changed = False
    for i, word in enumerate(sentence):
        if word.pos != "PROPN" or group[i] != i:
            continue
        members = {i}
        for child in children.get(i, ()):
            if sentence[child].dep in NAME_LINKS and sentence[child].pos == "PROPN":
                members.add(child)
                members.update(c for c in children.get(child, ()) if sentence[c].dep in ("punct", *NAME_LINKS))
        low, high = min(members), max(members)
        span = range(low, high + 1)
        if high - low == 0 or any(k not in members for k in span) or any(group[k] != k for k in span):
            continue
        outside = [k for k in span if sentence[k].head not in span or sentence[k].head == k]
        if len(outside) != 1 or rng.random() >= share:
            continue
        changed = True
        for k in span:
            group[k] = low
    if not changed:
        return sentence
    starts = sorted(set(group))
    index = {start: n for n, start in enumerate(starts)}
    words = []
    for start in starts:
        span = [k for k in range(len(sentence)) if group[k] == start]
        top = next(k for k in span if sentence[k].head not in span or sentence[k].head == k)
        word = sentence[top]
        form = "".join(sentence[k].form + ("_" if sentence[k].space and k != span[-1] else "") for k in span)
        words.append(
            replace(
                word,
                form=form,
                lemma=form if len(span) > 1 else word.lemma,
                head=index[group[word.head]],
                space=sentence[span[-1]].space,
            )
        )
    return tuple(words)


QUOTES = {"fr": (("«", "»"), ("“", "”"), ('"', '"')), "en": (("“", "”"), ('"', '"'))}
ANY_QUOTE = frozenset('«»“”"')


def vary_quotes(sentence: Sentence, language: str, rng: random.Random) -> Sentence:
    """Write the quotation marks of a sentence in one of the styles met in the press."""
    marks = [i for i, word in enumerate(sentence) if word.form in ANY_QUOTE]
    if len(marks) != 2:
        return sentence
    style = rng.choice(QUOTES[language])
    words = list(sentence)
    for i, mark in zip(marks, style, strict=True):
        words[i] = replace(words[i], form=mark, lemma=mark)
    return tuple(words)


def drop_stop(sentence: Sentence) -> Sentence:
    """Leave out the final full stop, as headlines and cut sentences do."""
    last = len(sentence) - 1
    if last > 1 and sentence[last].form == "." and all(w.head != last for w in sentence[:-1]):
        return sentence[:-1]
    return sentence


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
    """Score a pipeline on gold sentences: UAS, LAS (punctuation left out), POS and lemma accuracy, in per cent."""
    scores = nlp.evaluate([example(nlp, sentence) for sentence in sentences])
    names = {"uas": "dep_uas", "las": "dep_las", "pos": "pos_acc", "lemma": "lemma_acc"}
    return {short: round(100 * float(scores[name]), 2) for short, name in names.items()}


def train(
    nlp: Language,
    sentences: Sequence[Sentence],
    dev: Sequence[Sentence],
    language: str,
    epochs: int,
    dropout: float,
    invented: int,
    seed: int,
) -> None:
    """Train `nlp` in place for a set number of epochs, with averaged weights at the end.

    Each epoch sees every sentence of the treebanks, varied, and `invented` new ones of the news grammar.
    """
    rng = random.Random(seed)
    plain = [example(nlp, sentence) for sentence in (*sentences, *made_up(language, invented, rng))]
    nlp.initialize(lambda: plain)
    words = sum(map(len, sentences)) + 13 * invented
    sizes = [700 + 1300 * min(1.0, epoch / 4) for epoch in range(epochs)]
    steps = int(sum(words / size for size in sizes) * 1.05)
    optimizer = Adam(learn_rate=warmup_linear(0.0015, 200, steps), L2=0.01, grad_clip=1.0, use_averages=True)
    began = time.time()
    for epoch in range(epochs):
        varied = [vary_quotes(glue_names(s, rng, 0.5), language, rng) for s in sentences]
        varied = [drop_stop(s) if rng.random() < 0.1 else s for s in varied]
        varied += made_up(language, invented, rng)
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
            f"| {name} | {s['uas']:.1f} | {s['las']:.1f} | {s['pos']:.1f} | {s['lemma']:.1f} |"
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
    arguments.add_argument("--seed", type=int, default=20)
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
    train(nlp, sentences, dev, chosen.language, chosen.epochs, chosen.dropout, chosen.invented, chosen.seed)
    scores = {name: evaluate(nlp, load(name)) for name in (recipe.dev, *recipe.tests)}
    print(json.dumps(scores), flush=True)
    write(nlp, chosen.out, chosen.language, scores, recipe)


if __name__ == "__main__":
    main()
