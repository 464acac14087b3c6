"""Trees of Universal Dependencies treebanks as the syntax pipelines learn them.

Words are cut as `vigie.language.parse.split_words` cuts them; names, quotation marks and ends are varied.
"""

from __future__ import annotations

import lzma
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vigie.language.parse import split_words

KEPT_SUBTYPES = frozenset({"nsubj:pass", "aux:pass", "obl:agent"})


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


def read_trees(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file of corpus/trees: its words are already those that the pipelines are shown,
    and it holds no lemmas ("" in the words)."""
    for block in path.read_text("utf-8").strip().split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        yield tuple(
            Word(
                form,
                "" if lemma == "_" else lemma,
                pos,
                "" if morph == "_" else morph,
                int(head) - 1 if head != "0" else int(number) - 1,
                dep,
                misc != "SpaceAfter=No",
            )
            for number, form, lemma, pos, _, morph, head, dep, _, misc in rows
        )


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


VARIED = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "NUM"})
# Dependents that say how a verb is built.
FRAME = frozenset({"obj", "iobj", "xcomp", "ccomp", "aux:pass", "nsubj:pass", "expl"})
VOWELS = tuple("aeiouyhéèêàâîôAEIOUYHÉÈÊÀÂÎÔ")

Like = tuple[str, str, bool, bool, frozenset[str]]


def likes(sentence: Sentence) -> list[Like | None]:
    """For each word what another must share to stand in its place: part of speech, morphology, a vowel and a capital
    in front, and, of a verb, how it is built. None where no other may."""
    frames: list[set[str]] = [set() for _ in sentence]
    for i, word in enumerate(sentence):
        if word.head != i and word.dep in FRAME:
            frames[word.head].add(word.dep)
    return [
        (w.pos, w.morph, w.form.startswith(VOWELS), w.form[:1].isupper(), frozenset(frames[i]))
        if w.pos in VARIED and w.dep not in {"fixed", "compound", "flat"}
        else None
        for i, w in enumerate(sentence)
    ]


def inventory(sentences: Sequence[Sentence]) -> dict[Like, list[Word]]:
    """The words of some sentences by what they have in common with others."""
    found: dict[Like, list[Word]] = {}
    for sentence in sentences:
        for word, like in zip(sentence, likes(sentence), strict=True):
            if like is not None:
                found.setdefault(like, []).append(word)
    return found


def vary_words(sentence: Sentence, words: dict[Like, list[Word]], rng: random.Random, share: float) -> Sentence:
    """Put other words of the same kind in the place of some: the tree stays, what fills it does not."""
    out = []
    for word, like in zip(sentence, likes(sentence), strict=True):
        if like is not None and rng.random() < share:
            other = rng.choice(words[like])
            word = replace(word, form=other.form, lemma=other.lemma)
        out.append(word)
    return tuple(out)


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
