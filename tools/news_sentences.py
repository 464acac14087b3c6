"""Trees of made-up conflict-news sentences, to train the parsers on constructions the treebanks hold too few of.

A small grammar for each language draws sentences with their full annotation: inverted speakers, passives with an
agent, être-verbs, "des" objects, nominal events, relative and participial clauses. Here is what the languages share.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from random import Random
from typing import Any

import yaml

WORDS = Path(__file__).parent / "news_words.yaml"


@dataclass
class Node:
    """A word with its dependents before and after it; `tight` leaves no space after it."""

    form: str
    lemma: str
    pos: str
    dep: str
    morph: str = ""
    left: list[Node] = field(default_factory=list)
    right: list[Node] = field(default_factory=list)
    tight: bool = False

    def order(self) -> list[Node]:
        """The words of the phrase in the order of the text."""
        return [n for child in self.left for n in child.order()] + [self] + [n for c in self.right for n in c.order()]

    def as_(self, dep: str) -> Node:
        """The same phrase in another relation."""
        return replace(self, dep=dep)


@dataclass(frozen=True, slots=True)
class Noun:
    """Singular, plural, gender (M or F)."""

    one: str
    many: str
    gender: str = "M"


@dataclass(frozen=True, slots=True)
class Verb:
    """lemma, past participle, present 3rd singular and plural, present participle, preterite."""

    lemma: str
    part: str
    sing: str
    plur: str
    ing: str
    past: str = ""


def punct(form: str, tight: bool = False) -> Node:
    """A punctuation mark."""
    return Node(form, form, "PUNCT", "punct", tight=tight)


def flatten(root: Node) -> list[tuple[Node, int]]:
    """The words in order with the index of their head (own index for the root); first letter made a capital."""
    nodes = root.order()
    index = {id(node): i for i, node in enumerate(nodes)}
    heads = list(range(len(nodes)))
    for node in nodes:
        for child in (*node.left, *node.right):
            heads[index[id(child)]] = index[id(node)]
    for first in nodes:
        if first.pos != "PUNCT":
            first.form = first.form[:1].upper() + first.form[1:]
            break
    return list(zip(nodes, heads, strict=True))


def nouns(text: str) -> tuple[Noun, ...]:
    """Read "one/many/gender" items, separated by commas or spaces."""
    return tuple(Noun(*entry.split("/")) for entry in text.replace(",", " ").split())


@dataclass(frozen=True)
class Words:
    """The word lists of one language."""

    people: tuple[Noun, ...]
    bodies: tuple[Noun, ...]
    victims: tuple[Noun, ...]
    weapons: tuple[Noun, ...]
    targets: tuple[Noun, ...]
    speakers: tuple[Noun, ...]
    strike: tuple[Verb, ...]
    harm: tuple[Verb, ...]
    do: tuple[Verb, ...]
    intransitive: tuple[Verb, ...]
    say: tuple[Verb, ...]
    adjectives: tuple[str, ...]
    numbers: tuple[str, ...]
    times: tuple[str, ...]
    be: tuple[Verb, ...] = ()
    self: tuple[Verb, ...] = ()
    compounds: tuple[str, ...] = ()


def load_words(language: str) -> Words:
    """Read the word lists of a language. Raises KeyError where there are none."""
    lists = yaml.safe_load(WORDS.read_text(encoding="utf8"))[language]
    kinds = {f.name: str(f.type) for f in fields(Words)}
    made: dict[str, tuple[Any, ...]] = {}
    for name, text in lists.items():
        if "Noun" in kinds[name]:
            made[name] = nouns(text)
        elif "Verb" in kinds[name]:
            made[name] = tuple(Verb(*entry.split("/")) for entry in text.split())
        else:
            made[name] = tuple(text.split())
    return Words(**made)


SYLLABLES = [
    "ba",
    "bo",
    "da",
    "dou",
    "ga",
    "ha",
    "jal",
    "ka",
    "khal",
    "la",
    "ma",
    "man",
    "mou",
    "na",
    "nir",
    "ou",
    "ra",
    "rou",
    "sa",
    "sal",
    "ta",
    "tan",
    "wa",
    "ya",
    "zi",
    "gor",
    "ber",
    "ket",
    "lin",
]


class Grammar:
    """What both languages share: chance, names and numbers."""

    def __init__(self, random: Random, words: Words) -> None:
        self.random = random
        self.w = words

    def plural(self, noun: Node) -> bool:
        return "Number=Plur" in noun.morph

    def what(self) -> tuple[tuple[Verb, ...], Node]:
        draw = self.random.random()
        if draw < 0.45:
            return self.w.strike, self.target("obj")
        if draw < 0.8:
            return self.w.harm, self.victim("obj")
        return self.w.do, self.np(self.random.choice(self.w.weapons), "obj")

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def name(self) -> str:
        """A made-up name of one or two words, glued as at run time."""
        pick = self.random.choice
        words = ["".join(pick(SYLLABLES) for _ in range(self.random.randint(2, 3))).capitalize() for _ in range(2)]
        if self.chance(0.25):
            words[0] = pick(("Al-", "El-", "Abou-", "Ben-")) + words[0]
        return words[0] if self.chance(0.5) else "_".join(words)
