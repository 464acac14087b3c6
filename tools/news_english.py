"""The English grammar of made-up conflict-news sentences."""

from __future__ import annotations

from news_english_phrases import EnglishPhrases
from news_sentences import Node, Noun, Verb, nouns, punct


class English(EnglishPhrases):
    """Draws English sentences."""

    def predicate(self, subject: Node, dep: str) -> Node:
        draw, many = self.random.random(), self.plural(subject)
        pick = self.random.choice
        if draw < 0.48:
            verbs, thing = self.what()
            kind = self.random.choices(("past", "perfect", "pres"), (7, 2, 1))[0]
            if kind == "perfect":
                head = self.word(pick(verbs), "part", dep)
                head.left = [self.aux("have", pick(("pres", "past")), many, "aux")]
            else:
                head = self.word(pick(verbs), kind, dep, many)
            head.left.insert(0, subject.as_("nsubj"))
            if self.chance(0.1):
                head.left.insert(1 if not head.left[1:] else 2, Node("reportedly", "reportedly", "ADV", "advmod"))
            head.right = [thing, *self.when_where()]
            if self.chance(0.06):
                day = pick(self.w.times)
                when = Node(day, day, "PROPN", "obl", "Number=Sing", [Node("on", "on", "ADP", "case")])
                if self.chance(0.4):
                    when = Node("yesterday", "yesterday", "NOUN", "obl", "Number=Sing")
                head.left.insert(1, when)
            if verbs is self.w.do and self.chance(0.3):
                thing.form, thing.lemma, thing.morph, thing.left = "responsibility", "responsibility", "Number=Sing", []
                thing.right = [self.event("nmod", "def")]
                thing.right[0].left.insert(0, Node("for", "for", "ADP", "case"))
            if self.chance(0.12):
                other_verbs, other = self.what()
                second = self.word(pick(other_verbs), "past", "conj", many)
                second.left, second.right = [Node("and", "and", "CCONJ", "cc")], [other]
                head.right.append(second)
            return head
        if draw < 0.8:
            head = self.word(pick(self.w.strike + self.w.harm), "pass", dep)
            if self.chance(0.75):
                head.left = [self.aux("be", "past", many, "aux:pass")]
            else:
                head.left = [
                    self.aux("have", pick(("pres", "past")), many, "aux"),
                    Node("been", "be", "AUX", "aux:pass", "Tense=Past|VerbForm=Part"),
                ]
            head.left.insert(0, subject.as_("nsubj:pass"))
            agent, extra = self.actor("obl:agent", "by"), self.when_where()
            head.right = [agent, *extra] if self.chance(0.55) else extra
            if self.chance(0.12) and extra:
                head.right = [*extra, agent]
            return head
        head = self.word(pick(self.w.intransitive), "past", dep, many)
        if self.chance(0.25):
            head = self.word(pick(self.w.intransitive), "part", dep)
            head.left = [self.aux("have", pick(("pres", "past")), many, "aux")]
        head.left.insert(0, subject.as_("nsubj"))
        head.right = self.when_where()
        return head

    def subject(self) -> Node:
        node = self.random.choice((self.actor, self.actor, self.victim, self.target))("nsubj")
        if self.chance(0.1) and node.pos == "NOUN":
            which = Node(
                self.random.choice(("which", "who", "that")),
                "",
                "PRON",
                "nsubj",
                "PronType=Rel" + ("|Number=Plur" if self.plural(node) else ""),
            )
            which.lemma = which.form
            clause = self.predicate(which, "acl")
            if which.form != "that":
                clause.left.insert(0, punct(","))
                clause.right.append(punct(","))
            node.right.append(clause)
        elif self.chance(0.12) and node.pos == "NOUN":
            part = self.word(self.random.choice(self.w.harm + self.w.strike), "pass", "acl")
            part.right = [self.actor("obl:agent", "by")]
            if self.chance(0.3):
                part.right = self.when_where()
            if self.chance(0.35):
                part.left.insert(0, punct(","))
                part.right.append(punct(","))
            node.right.append(part)
        elif self.chance(0.08) and node.pos == "NOUN":
            node.right.append(self.object_relative())
        elif self.chance(0.05) and node.pos == "NOUN":
            part = self.np(self.random.choice(self.w.victims), "nmod", det="num", adj=0.1)
            part.left = [punct(","), Node("including", "include", "VERB", "case", "VerbForm=Ger"), *part.left]
            part.right.append(punct(","))
            node.right.append(part)
        elif self.chance(0.06):
            other = self.np(
                self.random.choice(self.w.people + self.w.bodies + self.w.speakers),
                "appos",
                many=self.plural(node),
                det="ind",
                adj=0.6,
            )
            other.left.insert(0, punct(","))
            other.right.append(punct(","))
            node.right.append(other)
        elif self.chance(0.06) and node.pos == "NOUN":
            word, prep = self.random.choice((("loyal", "to"), ("packed", "with"), ("close", "to"), ("hostile", "to")))
            adjective = Node(
                word,
                word,
                "ADJ",
                "amod",
                "Degree=Pos",
                [],
                [self.np(self.random.choice(self.w.bodies + self.w.weapons), "obl", prep, adj=0.1)],
            )
            node.right.append(adjective)
        return node

    def object_relative(self) -> Node:
        """A relative clause whose pronoun is the object, or is left out."""
        subject = self.actor("nsubj")
        head = self.word(self.random.choice(self.w.strike + self.w.harm), "past", "acl", self.plural(subject))
        head.left = [subject]
        if self.chance(0.6):
            head.left.insert(
                0, Node(*self.random.choice((("that", "that"), ("which", "which"))), "PRON", "obj", "PronType=Rel")
            )
        if self.chance(0.3):
            head.right = self.when_where()[:1]
        return head

    def follow_up(self) -> Node:
        """An adverbial clause without a subject: "killing …", "to destroy …", "after seizing …", "without …"."""
        pick = self.random.choice
        verbs, thing = self.what()
        draw = self.random.random()
        if draw < 0.35:
            clause = self.word(pick(verbs), "ing", "advcl")
            clause.left, clause.right = [punct(",")], [thing]
        elif draw < 0.55:
            clause = self.word(pick(verbs), "inf", "advcl")
            clause.left, clause.right = [Node("to", "to", "PART", "mark")], [thing]
        elif draw < 0.8:
            mark = pick(("after", "before", "while"))
            clause = self.word(pick(verbs), "ger", "advcl")
            clause.left, clause.right = [Node(mark, mark, "SCONJ", "mark")], [thing]
        elif draw < 0.9:
            mark = pick(("before", "after"))
            clause = self.word(pick(self.w.harm), "pass", "advcl")
            clause.left = [Node(mark, mark, "SCONJ", "mark"), Node("being", "be", "AUX", "aux:pass", "VerbForm=Ger")]
            clause.right = [self.actor("obl:agent", "by")]
        else:
            clause = self.word(Verb("cause", "caused", "causes", "cause", "causing", "caused"), "ger", "advcl")
            clause.left = [Node("without", "without", "SCONJ", "mark")]
            clause.right = [
                self.np(
                    pick(nouns("casualty/casualties, injury/injuries, damage/damages")),
                    "obj",
                    many=True,
                    det="none",
                    adj=0,
                )
            ]
        return clause

    def conditional(self) -> Node:
        """A clause with "if" in the present tense."""
        subject = self.actor("nsubj")
        verbs, thing = self.what()
        clause = self.word(self.random.choice(verbs), "pres", "advcl", self.plural(subject))
        clause.left, clause.right = [Node("if", "if", "SCONJ", "mark"), subject], [thing]
        return clause

    def clause(self, dep: str) -> Node:
        head = self.predicate(self.subject(), dep)
        if self.chance(0.2):
            head.right.append(self.follow_up())
        if self.chance(0.04):
            head.right.append(self.conditional())
        elif self.chance(0.04):
            other = self.conditional()
            other.right.append(punct(","))
            head.left.insert(0, other)
        if self.chance(0.1):
            other = self.predicate(self.subject(), "advcl")
            mark = self.random.choice(("when", "as", "after", "before", "if"))
            other.left.insert(
                0, Node(mark, mark, "ADV" if mark == "when" else "SCONJ", "advmod" if mark == "when" else "mark")
            )
            head.right.append(other)
        return head

    def speaker(self, dep: str = "nsubj", prep: str = "") -> Node:
        pick = self.random.choice
        if self.chance(0.12):
            return self.propn(dep, prep)
        node = self.np(pick(self.w.speakers), dep, prep, det=pick(("def", "def", "ind", "ind", "num")))
        if self.chance(0.2):
            node.right.append(
                self.np(
                    pick(self.w.bodies + self.w.targets),
                    "nmod",
                    pick(("of", "at", "from")),
                    many=False,
                    det="def",
                    adj=0.2,
                )
            )
        return node

    def speech_tail(self, verb: Verb) -> list[Node]:
        found = []
        if verb.lemma == "tell":
            found.append(
                self.np(
                    self.random.choice(
                        nouns("agency/agencies, reporter/reporters, newspaper/newspapers, television/televisions")
                    ),
                    "obj",
                    det="def" if self.chance(0.6) else "ind",
                    adj=0,
                )
            )
        if self.chance(0.25):
            day = self.random.choice(self.w.times)
            found.append(
                Node(
                    day,
                    day,
                    "PROPN",
                    "obl",
                    "Number=Sing",
                    [Node("on", "on", "ADP", "case")] if self.chance(0.6) else [],
                )
            )
        elif self.chance(0.2):
            found.append(self.np(Noun("statement", "statements"), "obl", "in", many=False, det="ind", adj=0))
        return found

    def said(self, content: Node, quoted: bool) -> Node:
        verb = self.random.choice(self.w.say)
        content.dep = "ccomp"
        content.right.append(punct(","))
        if quoted:
            marks = self.random.choice((("“", "”"), ('"', '"')))
            content.left.insert(0, punct(marks[0], tight=True))
            content.right[-1].tight = True
            content.right.append(punct(marks[1]))
        speaker = self.speaker()
        if self.chance(0.15):
            word = self.random.choice(("he", "she", "they"))
            speaker = Node(word, word, "PRON", "nsubj", "Case=Nom|Person=3|PronType=Prs")
        head = self.word(
            verb, "past" if self.chance(0.8) else "pres", "ROOT", self.plural(speaker) or speaker.form == "they"
        )
        if self.chance(0.35) and verb.lemma != "tell" and speaker.pos != "PRON":
            head.left, head.right = [content], [speaker, *self.speech_tail(verb)]
        else:
            head.left, head.right = [content, speaker], self.speech_tail(verb)
        return head

    def event(self, dep: str, det: str = "none") -> Node:
        noun, prep, things = self.random.choice(self.events())
        node = self.np(noun, dep, many=False, det=det, adj=0.3)
        node.right.append(self.np(self.random.choice(things), "nmod", prep))
        if self.chance(0.4):
            if things is self.w.victims:
                extra = (
                    self.actor("nmod", "by")
                    if self.chance(0.5)
                    else self.np(self.random.choice(self.w.weapons), "nmod", "in", many=False, det="ind")
                )
            else:
                extra = self.propn("nmod", self.random.choice(("in", "near")))
            node.right.append(extra)
        return node

    def sentence(self) -> Node:
        """Draw a sentence."""
        pick = self.random.choice
        draw = self.random.random()
        if draw < 0.3:
            root = self.said(self.clause("ccomp"), self.chance(0.4))
        elif draw < 0.44:
            speaker, verb = self.speaker(), pick(self.w.say)
            root = self.word(verb, "past", "ROOT", self.plural(speaker))
            content = self.clause("ccomp")
            if self.chance(0.5):
                content.left.insert(0, Node("that", "that", "SCONJ", "mark"))
            root.left, root.right = [speaker], [*self.speech_tail(verb), content]
        elif draw < 0.52:
            root = self.event("ROOT")
        elif draw < 0.6:
            root = self.predicate(self.event("nsubj", pick(("def", "ind"))), "ROOT")
        elif draw < 0.68:
            root = self.clause("ROOT")
            source = self.speaker("obl")
            source.left.insert(
                0,
                Node(
                    "according",
                    "accord",
                    "VERB",
                    "case",
                    "ExtPos=ADP|VerbForm=Ger",
                    [],
                    [Node("to", "to", "ADP", "fixed")],
                ),
            )
            if self.chance(0.4):
                source.right.append(punct(","))
                root.left.insert(0, source)
            else:
                source.left.insert(0, punct(","))
                root.right.append(source)
        elif draw < 0.74:
            subject = self.speaker()
            root = self.word(
                Verb("accuse", "accused", "accuses", "accuse", "accusing", "accused"),
                "past",
                "ROOT",
                self.plural(subject),
            )
            verbs, thing = self.what()
            doing = self.word(pick(verbs), "ger", "advcl")
            doing.left, doing.right = [Node("of", "of", "SCONJ", "mark")], [thing]
            root.left, root.right = [subject], [self.actor("obj"), doing]
        elif draw < 0.8:
            subject = self.actor("nsubj")
            root = self.word(
                pick(
                    (
                        Verb("threaten", "threatened", "threatens", "threaten", "threatening", "threatened"),
                        Verb("vow", "vowed", "vows", "vow", "vowing", "vowed"),
                        Verb("deny", "denied", "denies", "deny", "denying", "denied"),
                    )
                ),
                "past",
                "ROOT",
                self.plural(subject),
            )
            verbs, thing = self.what()
            if root.lemma == "deny":
                doing = self.word(pick(verbs), "ger", "xcomp")
            else:
                doing = self.word(pick(verbs), "inf", "xcomp")
                doing.left = [Node("to", "to", "PART", "mark")]
            doing.right = [thing]
            root.left, root.right = [subject], [doing]
        else:
            root = self.clause("ROOT")
        if self.chance(0.9):
            root.right.append(punct("."))
        return root
