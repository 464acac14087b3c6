"""Words and phrases of made-up English conflict-news sentences."""

from __future__ import annotations

from random import Random
from typing import Any

from news_sentences import Grammar, Node, Noun, Verb, load_words, nouns


class EnglishPhrases(Grammar):
    """Draws English phrases."""

    def __init__(self, random: Random) -> None:
        super().__init__(random, load_words("en"))

    def events(self) -> tuple[tuple[Any, ...], ...]:
        """Nouns of events with what they are followed by."""
        return (
            (Noun("attack", "attacks"), "on", self.w.targets),
            (Noun("strike", "strikes"), "on", self.w.targets),
            (Noun("raid", "raids"), "on", self.w.targets),
            (Noun("death", "deaths"), "of", self.w.victims),
            (Noun("killing", "killings"), "of", self.w.victims),
            (Noun("abduction", "abductions"), "of", self.w.victims),
            (Noun("assassination", "assassinations"), "of", self.w.victims),
            (Noun("shelling", "shellings"), "of", self.w.targets),
            (Noun("explosion", "explosions"), "of", self.w.weapons),
        )

    def np(
        self, noun: Noun, dep: str, prep: str = "", *, many: bool | None = None, det: str = "", adj: float = 0.35
    ) -> Node:
        pick = self.random.choice
        det = det or pick(("def", "def", "ind", "ind", "num"))
        many = (det == "num" or self.chance(0.4)) if many is None else many
        many = True if det == "num" else many
        head = Node(noun.many if many else noun.one, noun.one, "NOUN", dep, f"Number={'Plur' if many else 'Sing'}")
        if prep:
            head.left.append(Node(prep, prep, "ADP", "case"))
        if det == "def" and self.chance(0.08):
            owner = self.np(
                pick(self.w.bodies + self.w.people + self.w.targets), "nmod", many=False, det="def", adj=0.1
            )
            owner.order()[-1].tight = True
            owner.right.append(Node("'s", "'s", "PART", "case"))
            head.left.append(owner)
        elif det == "num":
            number = pick(self.w.numbers[:-1])
            head.left.append(Node(number, number, "NUM", "nummod", "NumType=Card"))
        elif det == "def":
            head.left.append(Node("the", "the", "DET", "det", "Definite=Def|PronType=Art"))
        elif det == "ind" and not many:
            head.left.append(Node("a", "a", "DET", "det", "Definite=Ind|PronType=Art"))
        if self.chance(adj):
            word = pick(self.w.adjectives)
            if word in self.w.compounds:
                head.left.append(Node(word, word, "NOUN", "compound", "Number=Sing"))
            else:
                head.left.append(Node(word, word, "ADJ", "amod", "Degree=Pos"))
        for i, node in enumerate(head.left):
            if node.form == "a":
                following = head.left[i + 1].form if i + 1 < len(head.left) else head.form
                node.form = "an" if following[0].lower() in "aeiou" else "a"
        return head

    def propn(self, dep: str, prep: str = "") -> Node:
        name = self.name()
        return Node(name, name, "PROPN", dep, "Number=Sing", [Node(prep, prep, "ADP", "case")] if prep else [])

    def actor(self, dep: str, prep: str = "") -> Node:
        draw = self.random.random()
        if draw < 0.15:
            return self.propn(dep, prep)
        if draw < 0.45:
            return self.np(
                self.random.choice(self.w.bodies), dep, prep, many=False, det=self.random.choice(("def", "def", "ind"))
            )
        if draw < 0.8:
            return self.np(self.random.choice(self.w.people), dep, prep, adj=0.4)
        return self.np(self.random.choice(self.w.weapons), dep, prep, adj=0.5)

    def target(self, dep: str, prep: str = "") -> Node:
        node = self.np(self.random.choice(self.w.targets), dep, prep)
        if self.chance(0.25):
            node.right.append(
                self.np(self.random.choice(self.w.people + self.w.bodies), "nmod", "of", det="def", adj=0.2)
            )
        return node

    def victim(self, dep: str, prep: str = "") -> Node:
        if self.chance(0.08):
            return self.propn(dep, prep)
        return self.np(
            self.random.choice(self.w.victims), dep, prep, det=self.random.choice(("num", "num", "ind", "def"))
        )

    def when_where(self) -> list[Node]:
        pick = self.random.choice
        found = []
        if self.chance(0.35):
            draw = self.random.random()
            if draw < 0.6:
                day = pick(self.w.times)
                found.append(
                    Node(
                        day,
                        day,
                        "PROPN",
                        "obl",
                        "Number=Sing",
                        [Node("on", "on", "ADP", "case")] if self.chance(0.7) else [],
                    )
                )
            elif draw < 0.9:
                found.append(Node("yesterday", "yesterday", "NOUN", "obl", "Number=Sing"))
            else:
                found.append(Node("overnight", "overnight", "ADV", "advmod"))
        if self.chance(0.35):
            if self.chance(0.4):
                found.append(self.propn("obl", pick(("in", "near", "near", "outside"))))
            else:
                found.append(
                    self.np(
                        pick(self.w.targets + nouns("north/north, south/south, city/cities, town/towns")),
                        "obl",
                        pick(("in", "near", "outside", "at", "on")),
                        many=False,
                        det="def",
                        adj=0.15,
                    )
                )
        self.random.shuffle(found)
        return found

    def word(self, verb: Verb, form: str, dep: str, many: bool = False) -> Node:
        number = "Plur" if many else "Sing"
        forms = {
            "past": (verb.past, f"Mood=Ind|Number={number}|Person=3|Tense=Past|VerbForm=Fin"),
            "pres": (verb.plur if many else verb.sing, f"Mood=Ind|Number={number}|Person=3|Tense=Pres|VerbForm=Fin"),
            "part": (verb.part, "Tense=Past|VerbForm=Part"),
            "pass": (verb.part, "Tense=Past|VerbForm=Part|Voice=Pass"),
            "ing": (verb.ing, "Tense=Pres|VerbForm=Part"),
            "ger": (verb.ing, "VerbForm=Ger"),
            "inf": (verb.lemma, "VerbForm=Inf"),
        }
        return Node(forms[form][0], verb.lemma, "VERB", dep, forms[form][1])

    def aux(self, lemma: str, form: str, many: bool, dep: str) -> Node:
        forms = {
            ("have", "pres"): ("has", "have"),
            ("have", "past"): ("had", "had"),
            ("be", "past"): ("was", "were"),
            ("be", "pres"): ("is", "are"),
        }
        tense = "Pres" if form == "pres" else "Past"
        return Node(
            forms[lemma, form][many],
            lemma,
            "AUX",
            dep,
            f"Mood=Ind|Number={'Plur' if many else 'Sing'}|Person=3|Tense={tense}|VerbForm=Fin",
        )
