"""Words and phrases of made-up French conflict-news sentences."""

from __future__ import annotations

from random import Random
from typing import Any

from news_sentences import Grammar, Node, Noun, Verb, load_words, nouns

VOWELS = tuple("aeiouyéèêàâîôhAEIOUYÉÈÊH")


class FrenchPhrases(Grammar):
    """Draws French phrases."""

    def __init__(self, random: Random) -> None:
        super().__init__(random, load_words("fr"))

    def events(self) -> tuple[tuple[Any, ...], ...]:
        """Nouns of events with what they are followed by."""
        return (
            (Noun("tir", "tirs"), self.w.weapons, ("contre", "sur")),
            (Noun("attaque", "attaques", "F"), self.w.weapons, ("contre", "à")),
            (Noun("frappe", "frappes", "F"), self.w.weapons, ("contre", "sur")),
            (Noun("mort", "morts", "F"), self.w.victims, ("dans", "dans")),
            (Noun("enlèvement", "enlèvements"), self.w.victims, ("par", "dans")),
            (Noun("assassinat", "assassinats"), self.w.victims, ("par", "dans")),
            (Noun("bombardement", "bombardements"), self.w.targets, ("par", "par")),
            (Noun("explosion", "explosions", "F"), self.w.weapons, ("dans", "devant")),
            (Noun("raid", "raids"), self.w.targets, ("contre", "sur")),
            (Noun("attentat", "attentats"), self.w.targets, ("contre", "contre")),
        )

    def np(
        self, noun: Noun, dep: str, prep: str = "", *, many: bool | None = None, det: str = "", adj: float = 0.3
    ) -> Node:
        """A noun phrase; det is "def", "ind", "num", "none" or drawn."""
        pick = self.random.choice
        det = det or pick(("def", "def", "ind", "ind", "num"))
        many = (det == "num" or self.chance(0.4)) if many is None else many
        if det == "num":
            many = True
        gender = "Fem" if noun.gender == "F" else "Masc"
        number = "Plur" if many else "Sing"
        agree = f"Gender={gender}|Number={number}"
        head = Node(noun.many if many else noun.one, noun.one, "NOUN", dep, agree)
        if self.chance(adj):
            forms = pick(self.w.adjectives).split("/")
            head.right.append(Node(forms[(gender == "Fem") + 2 * many], forms[0], "ADJ", "amod", agree))
        vowel = head.form.startswith(VOWELS)
        case = [Node(prep, prep, "ADP", "case")] if prep else []
        article = f"Definite={'Def' if det == 'def' else 'Ind'}|{'' if many else f'Gender={gender}|'}Number={number}"
        article += "|PronType=Art"
        if det == "num":
            head.left = [*case, Node(pick(self.w.numbers), "", "NUM", "nummod", "NumType=Card|Number=Plur")]
            head.left[-1].lemma = head.left[-1].form
        elif det == "none":
            head.left = case
            if prep == "de" and vowel:
                case[0].form, case[0].tight = "d'", True
        elif det == "def":
            if prep in ("de", "à") and (many or (gender == "Masc" and not vowel)):
                case[0].form = {"de": ("du", "des"), "à": ("au", "aux")}[prep][many]
                head.left = case
            else:
                form = "les" if many else "l'" if vowel else "la" if gender == "Fem" else "le"
                head.left = [*case, Node(form, "le", "DET", "det", article, tight=form == "l'")]
        elif prep == "de":
            if many:
                head.left = case
                if vowel:
                    case[0].form, case[0].tight = "d'", True
            else:
                case[0].form, case[0].tight = "d'", True
                head.left = [*case, Node("une" if gender == "Fem" else "un", "un", "DET", "det", article)]
        else:
            form = "des" if many else "une" if gender == "Fem" else "un"
            head.left = [*case, Node(form, "un", "DET", "det", article)]
        return head

    def feminine(self, noun: Node) -> bool:
        return "Gender=Fem" in noun.morph

    def propn(self, dep: str, prep: str = "") -> Node:
        name = self.name()
        node = Node(name, name, "PROPN", dep)
        if prep:
            elided = prep == "de" and name.startswith(VOWELS)
            node.left = [Node("d'" if elided else prep, prep, "ADP", "case", tight=elided)]
        return node

    def actor(self, dep: str, prep: str = "") -> Node:
        draw = self.random.random()
        if draw < 0.15:
            return self.propn(dep, prep)
        if draw < 0.5:
            node = self.np(
                self.random.choice(self.w.bodies), dep, prep, many=False, det=self.random.choice(("def", "def", "ind"))
            )
        elif draw < 0.85:
            node = self.np(self.random.choice(self.w.people), dep, prep, adj=0.4)
        else:
            node = self.np(self.random.choice(self.w.weapons), dep, prep)
            if self.chance(0.3):
                node.right.append(self.np(self.random.choice(self.w.weapons), "nmod", "de", det="none"))
        return node

    def target(self, dep: str, prep: str = "") -> Node:
        node = self.np(self.random.choice(self.w.targets), dep, prep)
        if self.chance(0.4):
            other = self.np(self.random.choice(self.w.bodies + self.w.people), "nmod", "de", det="def", adj=0.2)
            node.right.append(other if self.chance(0.7) else self.propn("nmod", "de"))
        return node

    def victim(self, dep: str, prep: str = "") -> Node:
        node = self.np(
            self.random.choice(self.w.victims), dep, prep, det=self.random.choice(("num", "num", "ind", "def"))
        )
        if self.chance(0.08) and not prep:
            return self.propn(dep)
        return node

    def when_where(self) -> list[Node]:
        """Up to two adjuncts of time and place."""
        pick = self.random.choice
        found = []
        if self.chance(0.35):
            day = pick(self.w.times)
            pos = "ADV" if day == "hier" else "NOUN"
            found.append(
                Node(
                    day,
                    day,
                    pos,
                    "advmod" if pos == "ADV" else "obl",
                    "" if pos == "ADV" else "Gender=Masc|Number=Sing",
                )
            )
        if self.chance(0.35):
            draw = self.random.random()
            if draw < 0.3:
                found.append(self.propn("obl", pick(("à", "à", "vers"))))
            elif draw < 0.5:
                place = self.np(
                    pick(nouns("nord/nord/M, sud/sud/M, est/est/M, ouest/ouest/M, centre/centre/M")),
                    "obl",
                    "dans",
                    many=False,
                    det="def",
                    adj=0,
                )
                place.right.append(
                    self.np(
                        pick(nouns("pays/pays/M, capitale/capitales/F, province/provinces/F, ville/villes/F")),
                        "nmod",
                        "de",
                        many=False,
                        det="def",
                        adj=0,
                    )
                )
                found.append(place)
            elif draw < 0.7:
                near = Node("près", "près", "ADV", "advmod")
                near.right.append(self.propn("obl", "de"))
                found.append(near)
            else:
                found.append(
                    self.np(
                        pick(self.w.targets),
                        "obl",
                        pick(("dans", "devant", "sur", "contre", "près de")).replace("près de", "sous"),
                        adj=0.2,
                    )
                )
        self.random.shuffle(found)
        return found

    def aux(self, lemma: str, many: bool, dep: str) -> Node:
        forms = {
            "avoir": ("a", "ont", "aurait", "auraient", "avait", "avaient"),
            "être": ("est", "sont", "serait", "seraient", "était", "étaient"),
        }[lemma]
        kind = self.random.choices((0, 2, 4), (7, 2, 2))[0]
        mood = {
            0: "Mood=Ind|Number={}|Person=3|Tense=Pres|VerbForm=Fin",
            2: "Mood=Cnd|Number={}|Person=3|Tense=Pres|VerbForm=Fin",
            4: "Mood=Ind|Number={}|Person=3|Tense=Imp|VerbForm=Fin",
        }
        return Node(forms[kind + many], lemma, "AUX", dep, mood[kind].format("Plur" if many else "Sing"))

    def participle(self, verb: Verb, dep: str, subject: Node | None, passive: bool) -> Node:
        form, gender, number = verb.part, "Masc", "Sing"
        if subject is not None:
            if self.feminine(subject):
                form, gender = form + "e", "Fem"
            if self.plural(subject):
                form, number = form if form.endswith("s") else form + "s", "Plur"
        morph = f"Gender={gender}|Number={number}|Tense=Past|VerbForm=Part" + ("|Voice=Pass" if passive else "")
        return Node(form, verb.lemma, "VERB", dep, morph)

    def finite(self, verb: Verb, many: bool, dep: str, *, imperfect: bool = False) -> Node:
        """A verb in the present or the imperfect."""
        number = "Plur" if many else "Sing"
        if imperfect:
            ending = ("aient" if many else "ait") if verb.ing.endswith("ant") else ""
            form, tense = verb.ing[:-3] + ending, "Imp"
        else:
            form, tense = verb.plur if many else verb.sing, "Pres"
        return Node(form, verb.lemma, "VERB", dep, f"Mood=Ind|Number={number}|Person=3|Tense={tense}|VerbForm=Fin")
