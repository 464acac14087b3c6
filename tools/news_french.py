"""The French grammar of made-up conflict-news sentences."""

from __future__ import annotations

from news_french_phrases import VOWELS, FrenchPhrases
from news_sentences import Node, Noun, Verb, nouns, punct


class French(FrenchPhrases):
    """Draws French sentences."""

    def predicate(self, subject: Node, dep: str) -> Node:
        """A verb phrase that agrees with a subject, which is put on its left with its relation."""
        draw, many = self.random.random(), self.plural(subject)
        pick = self.random.choice
        if draw < 0.42:
            verbs, thing = self.what()
            verb = pick(verbs)
            kind = self.random.choices(("perfect", "present", "imperfect"), (7, 2, 2))[0]
            if kind == "perfect":
                head = self.participle(verb, dep, None, False)
                head.left = [self.aux("avoir", many, "aux")]
            else:
                head = self.finite(verb, many, dep, imperfect=kind == "imperfect")
            head.right = [thing, *self.when_where()]
            if self.chance(0.2):
                head.right = [*[n for n in head.right if n is not thing and n.pos != "PROPN"][:1], thing]
            elif self.chance(0.05):
                head.right = [
                    Node(
                        "coup",
                        "coup",
                        "NOUN",
                        "obl",
                        "Gender=Masc|Number=Sing",
                        [Node("sur", "sur", "ADP", "case"), Node("le", "le", "DET", "det")],
                    ),
                    thing,
                ]
            head.left.insert(0, subject.as_("nsubj"))
            if self.chance(0.12):
                other_verbs, other = self.what()
                second = self.participle(pick(other_verbs), "conj", None, False)
                if kind != "perfect":
                    second = self.finite(pick(other_verbs), many, "conj", imperfect=kind == "imperfect")
                second.left, second.right = [Node("et", "et", "CCONJ", "cc")], [other]
                head.right.append(second)
            return head
        if draw < 0.68:
            head = self.participle(pick(self.w.strike + self.w.harm), dep, subject, True)
            head.left = [
                subject.as_("nsubj:pass"),
                self.aux("avoir", many, "aux"),
                Node("été", "être", "AUX", "aux:pass", "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part"),
            ]
            if self.chance(0.15):
                head.left = [subject.as_("nsubj:pass"), self.aux("être", many, "aux:pass")]
            agent = self.actor("obl:agent", "par")
            extra = self.when_where()
            head.right = [agent, *extra] if self.chance(0.6) else extra
            if self.chance(0.15) and extra:
                head.right = [*extra, agent]
            if self.chance(0.05):
                head = self.participle(Verb("prendre", "pris", "", "", ""), dep, subject, True)
                head.left = [
                    subject.as_("nsubj:pass"),
                    self.aux("avoir", many, "aux"),
                    Node("été", "être", "AUX", "aux:pass", "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part"),
                ]
                goal = Node(
                    "cible", "cible", "NOUN", "obl", "Gender=Fem|Number=Sing", [Node("pour", "pour", "ADP", "case")]
                )
                head.right = [goal, agent]
            elif self.chance(0.05):
                harmed = self.np(pick(self.w.victims), "nsubj:pass", det="num", adj=0)
                other = self.participle(pick(self.w.harm), "conj", harmed, True)
                other.left = [Node("et", "et", "CCONJ", "cc"), harmed]
                head.right = [*extra, other]
            return head
        if draw < 0.82:
            head = self.participle(pick(self.w.be), dep, subject, False)
            head.left = [subject.as_("nsubj"), self.aux("être", many, "aux")]
            head.right = self.when_where()
            return head
        if draw < 0.91:
            verb = pick(self.w.self)
            head = self.participle(verb, dep, subject, False)
            aux = self.aux("être", many, "aux")
            elided = aux.form.startswith(VOWELS)
            head.left = [
                subject.as_("nsubj"),
                Node("s'" if elided else "se", "soi", "PRON", "expl", "Person=3|PronType=Prs|Reflex=Yes", tight=elided),
                aux,
            ]
            head.right = self.when_where()
            return head
        verb = pick(self.w.intransitive)
        head = self.participle(verb, dep, None, False)
        head.left = [subject.as_("nsubj"), self.aux("avoir", many, "aux")]
        head.right = self.when_where()
        return head

    def subject(self) -> Node:
        node = self.random.choice((self.actor, self.actor, self.victim, self.target))("nsubj")
        if self.chance(0.1) and node.pos == "NOUN":
            which = Node(
                "qui",
                "qui",
                "PRON",
                "nsubj",
                "PronType=Rel"
                + ("|Gender=Fem" if self.feminine(node) else "")
                + ("|Number=Plur" if self.plural(node) else ""),
            )
            clause = self.predicate(which, "acl")
            if self.chance(0.6):
                clause.left.insert(0, punct(","))
                clause.right.append(punct(","))
            node.right.append(clause)
        elif self.chance(0.1) and node.pos == "NOUN":
            part = self.participle(self.random.choice(self.w.harm + self.w.strike), "acl", node, True)
            part.right = [*self.when_where()[:1], self.actor("obl:agent", "par")]
            if self.chance(0.15):
                part.right = self.when_where()
            if self.chance(0.3):
                part.left.insert(0, punct(","))
                part.right.append(punct(","))
            node.right.append(part)
        elif self.chance(0.06) and node.pos == "NOUN":
            node.right.append(self.object_relative(node))
        elif self.chance(0.05) and node.pos == "NOUN":
            whose = Node("dont", "dont", "PRON", "nmod", "PronType=Rel")
            part = self.np(self.random.choice(self.w.victims), "nmod", det="num", adj=0.1)
            part.left = [punct(","), whose, *part.left]
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
        return node

    def object_relative(self, node: Node) -> Node:
        """A relative clause with "que", now and then with its subject behind the verb."""
        subject = self.actor("nsubj")
        many = self.plural(subject)
        verb = self.random.choice(self.w.strike + self.w.harm + self.w.do)
        head = self.participle(verb, "acl", node, False)
        aux = self.aux("avoir", many, "aux")
        inverted = self.chance(0.4)
        following = aux.form if inverted else subject.order()[0].form
        elided = following.startswith(VOWELS)
        which = Node("qu'" if elided else "que", "que", "PRON", "obj", "PronType=Rel", tight=elided)
        head.left = [which, aux] if inverted else [which, subject, aux]
        head.right = [subject] if inverted else self.when_where()[:1]
        if self.chance(0.2) and not inverted:
            head = self.finite(verb, many, "acl", imperfect=True)
            head.left = [which, subject]
        return head

    def infinitive(self, verb: Verb, dep: str, mark: str) -> Node:
        elided = mark == "de" and verb.lemma.startswith(VOWELS)
        return Node(
            verb.lemma, verb.lemma, "VERB", dep, "VerbForm=Inf",
            [Node("d'" if elided else mark, mark, "ADP", "mark", tight=elided)],
        )  # fmt: skip

    def follow_up(self) -> Node:
        """An adverbial clause without a subject: "tuant …", "pour détruire …", "après avoir …", "sans faire de …"."""
        pick = self.random.choice
        verbs, thing = self.what()
        draw = self.random.random()
        if draw < 0.35:
            verb = pick(verbs)
            clause = Node(verb.ing, verb.lemma, "VERB", "advcl", "Tense=Pres|VerbForm=Part", [punct(",")], [thing])
            if self.chance(0.25):
                adverb = pick(["grièvement", "notamment", "mortellement", "également", "aussitôt"])
                clause.right.insert(0, Node(adverb, adverb, "ADV", "advmod"))
        elif draw < 0.55:
            clause = self.infinitive(pick(verbs), "advcl", pick(("pour", "pour", "sans")))
            clause.right = [thing]
        elif draw < 0.8:
            clause = self.participle(pick(verbs), "advcl", None, False)
            clause.left = [Node("après", "après", "ADP", "mark"), Node("avoir", "avoir", "AUX", "aux", "VerbForm=Inf")]
            clause.right = [thing]
        elif draw < 0.9:
            clause = self.participle(pick(self.w.harm), "advcl", None, True)
            clause.left = [
                Node("avant", "avant", "ADP", "mark", right=[Node("d'", "de", "ADP", "fixed", tight=True)]),
                Node("être", "être", "AUX", "aux:pass", "VerbForm=Inf"),
            ]
            clause.right = [self.actor("obl:agent", "par")]
        else:
            clause = self.infinitive(Verb("faire", "", "", "", ""), "advcl", "sans")
            clause.right = [
                self.np(
                    pick(nouns("victime/victimes/F, blessé/blessés/M, dégât/dégâts/M")), "obj", "de", det="none", adj=0
                )
            ]
            if self.chance(0.6):
                clause.left.insert(0, punct(","))
        return clause

    def conditional(self) -> Node:
        """A clause with "si" in the present tense."""
        subject = self.actor("nsubj")
        verbs, thing = self.what()
        clause = self.finite(self.random.choice(verbs), self.plural(subject), "advcl")
        clause.left, clause.right = [Node("si", "si", "SCONJ", "mark"), subject], [thing]
        return clause

    def clause(self, dep: str) -> Node:
        head = self.predicate(self.subject(), dep)
        if self.chance(0.06):
            verbs = [i for i, n in enumerate(head.left) if n.dep == "aux"]
            if verbs and all(n.dep != "expl" for n in head.left):
                aux = head.left[verbs[0]]
                elided = aux.form.startswith(VOWELS)
                head.left.insert(
                    verbs[0], Node("n'" if elided else "ne", "ne", "ADV", "advmod", "Polarity=Neg", tight=elided)
                )
                head.left.insert(verbs[0] + 2, Node("pas", "pas", "ADV", "advmod", "Polarity=Neg"))
        if self.chance(0.18):
            head.right.append(self.follow_up())
        if self.chance(0.04):
            head.right.append(self.conditional())
        elif self.chance(0.04):
            other = self.conditional()
            other.right.append(punct(","))
            head.left.insert(0, other)
        if self.chance(0.08):
            other = self.predicate(self.subject(), "advcl")
            other.left.insert(
                0,
                Node(
                    *self.random.choice((("lorsque", "lorsque"), ("alors", "alors"), ("quand", "quand")))[:2],
                    "SCONJ",
                    "mark",
                ),
            )
            if other.left[0].form == "alors":
                other.left[0].form = "si"
                other.left[0].lemma = "si"
            head.right.append(other)
        return head

    def speaker(self, dep: str = "nsubj", prep: str = "") -> Node:
        pick = self.random.choice
        if self.chance(0.12):
            return self.propn(dep, prep)
        node = self.np(pick(self.w.speakers), dep, prep, det=pick(("def", "def", "ind", "ind", "num")), adj=0.35)
        if self.chance(0.35):
            node.right.append(
                self.np(pick(self.w.bodies + self.w.targets), "nmod", "de", many=False, det="def", adj=0.2)
            )
        elif self.chance(0.2):
            which = Node("qui", "qui", "PRON", "nsubj", "PronType=Rel")
            asked = Node(
                "requis",
                "requérir",
                "VERB",
                "acl",
                "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part",
                [which, self.aux("avoir", self.plural(node), "aux")],
            )
            asked.right = [self.np(Noun("anonymat", "anonymats"), "obj", many=False, det="def", adj=0)]
            node.right.append(asked)
        return node

    def speech_adjuncts(self) -> list[Node]:
        found = []
        if self.chance(0.2):
            found.append(
                self.np(
                    self.random.choice(
                        nouns("AFP/AFP/F, presse/presses/F, agence/agences/F, télévision/télévisions/F")
                    ),
                    "obl",
                    "à",
                    many=False,
                    det="def",
                    adj=0,
                )
            )
        if self.chance(0.15):
            day = self.random.choice(self.w.times[:-1])
            found.append(Node(day, day, "NOUN", "obl", "Gender=Masc|Number=Sing"))
        return found

    def said(self, content: Node, quoted: bool) -> Node:
        """Content first, then an inverted verb of speech with its speaker."""
        verb = self.random.choice(self.w.say)
        content.dep = "ccomp"
        if quoted:
            marks = self.random.choice((("«", "»"), ("«", "»"), ("“", "”"), ('"', '"')))
            content.left.insert(0, punct(marks[0], tight=marks[0] != "«"))
            content.right.append(punct(marks[1]))
        content.right.append(punct(","))
        if self.chance(0.15):
            form = self.random.choice(("-t-il", "-t-elle", "-t-on"))
            head = self.participle(verb, "ROOT", None, False)
            head.left = [
                content,
                self.aux("avoir", False, "aux"),
                Node(form, form[3:], "PRON", "nsubj", "Number=Sing|Person=3|PronType=Prs"),
            ]
            head.left[1].form, head.left[1].tight = "a", True
            head.right = self.speech_adjuncts()
            return head
        speaker = self.speaker()
        if self.chance(0.7):
            head = self.participle(verb, "ROOT", None, False)
            head.left = [content, self.aux("avoir", self.plural(speaker), "aux")]
            head.left[1].form = "ont" if self.plural(speaker) else "a"
        else:
            head = self.finite(verb, self.plural(speaker), "ROOT")
            head.left = [content]
        adjuncts = self.speech_adjuncts()
        head.right = [speaker, *adjuncts] if self.chance(0.6) else [*adjuncts, speaker]
        return head

    def event(self, dep: str, det: str = "none") -> Node:
        noun, things, preps = self.random.choice(self.events())
        many = noun.one in ("tir", "frappe", "raid") and self.chance(0.7)
        node = self.np(noun, dep, many=many, det=det, adj=0.15)
        first = self.np(
            self.random.choice(things),
            "nmod",
            "de",
            adj=0.15,
            **({"det": "none", "many": self.chance(0.6)} if things is self.w.weapons else {}),
        )
        if things is self.w.targets and preps[0] == "contre":
            first = self.target("nmod", self.random.choice(preps))
            node.right.append(first)
            return node
        node.right.append(first)
        if self.chance(0.6):
            prep = self.random.choice(preps)
            if prep == "par":
                node.right.append(self.actor("nmod", "par"))
            elif prep == "dans" and things is self.w.victims:
                node.right.append(self.np(self.random.choice(self.w.weapons), "nmod", "dans", adj=0.3))
            else:
                node.right.append(self.target("nmod", prep))
        return node

    def sentence(self) -> Node:
        """Draw a sentence."""
        pick = self.random.choice
        draw = self.random.random()
        if draw < 0.3:
            root = self.said(self.clause("ccomp"), self.chance(0.5))
        elif draw < 0.42:
            speaker = self.speaker()
            verb = pick(self.w.say)
            root = self.participle(verb, "ROOT", None, False)
            root.left = [speaker, self.aux("avoir", self.plural(speaker), "aux")]
            if self.chance(0.3):
                root = self.finite(verb, self.plural(speaker), "ROOT")
                root.left = [speaker]
            content = self.clause("ccomp")
            elided = content.order()[0].form.startswith(VOWELS)
            content.left.insert(0, Node("qu'" if elided else "que", "que", "SCONJ", "mark", tight=elided))
            root.right = [*self.speech_adjuncts(), content]
            if self.chance(0.2):
                verbs, thing = self.what()
                content = self.participle(pick(verbs), "xcomp", None, False)
                content.left, content.right = [Node("avoir", "avoir", "AUX", "aux", "VerbForm=Inf")], [thing]
                root.right = [content]
        elif draw < 0.52:
            root = self.event("ROOT")
            if self.chance(0.35):
                place = self.np(
                    pick(
                        nouns(
                            "capitale/capitales/F, province/provinces/F, nord/nord/M, sud/sud/M, banlieue/banlieues/F"
                        )
                    ),
                    "nmod",
                    "dans",
                    many=False,
                    det="def",
                    adj=0,
                )
                root.right.append(place if self.chance(0.6) else self.propn("nmod", "à"))
            if self.chance(0.4):
                root.right += [
                    punct(":"),
                    self.np(pick(nouns("mort/morts/M, blessé/blessés/M")), "parataxis", det="num", adj=0),
                ]
        elif draw < 0.6:
            subject = self.event("nsubj", "def" if self.chance(0.6) else "ind")
            root = self.predicate(subject, "ROOT")
        elif draw < 0.68:
            source = self.speaker("obl", pick(("selon", "selon")))
            root = self.clause("ROOT")
            if self.chance(0.5):
                source.right.append(punct(","))
                root.left.insert(0, source)
            else:
                source.left.insert(0, punct(","))
                root.right.append(source)
        elif draw < 0.74:
            subject = self.speaker()
            verbs, thing = self.what()
            root = self.participle(Verb("accuser", "accusé", "accuse", "accusent", "accusant"), "ROOT", None, False)
            root.left = [subject, self.aux("avoir", self.plural(subject), "aux")]
            doing = self.participle(pick(verbs), "xcomp", None, False)
            doing.left = [
                Node("d'", "de", "ADP", "mark", tight=True),
                Node("avoir", "avoir", "AUX", "aux", "VerbForm=Inf"),
            ]
            doing.right = [thing]
            root.right = [self.actor("obj"), doing]
        elif draw < 0.8:
            subject = self.actor("nsubj")
            root = self.participle(Verb("faire", "fait", "fait", "font", "faisant"), "ROOT", None, False)
            root.left = [subject, self.aux("avoir", self.plural(subject), "aux")]
            if self.chance(0.25):
                root = self.finite(Verb("faire", "fait", "fait", "font", "faisant"), self.plural(subject), "ROOT")
                root.left = [subject]
            dead = self.np(pick(nouns("mort/morts/M, blessé/blessés/M, victime/victimes/F")), "obj", det="num", adj=0)
            root.right = [dead, *self.when_where()]
            if self.chance(0.25):
                state = Node("état", "état", "NOUN", "obj", "Gender=Masc|Number=Sing", [], [dead])
                dead.dep = "nmod"
                dead.left.insert(0, Node("de", "de", "ADP", "case"))
                root.right[0] = state
            if self.chance(0.4):
                other = self.np(pick(nouns("blessé/blessés/M, disparu/disparus/M")), "conj", det="num", adj=0)
                other.left.insert(0, Node("et", "et", "CCONJ", "cc"))
                dead.right.append(other)
        else:
            root = self.clause("ROOT")
            if self.chance(0.15):
                time = self.np(Noun("nuit", "nuits", "F"), "obl", "dans", many=False, det="def", adj=0)
                time.right.append(punct(","))
                root.left.insert(0, time)
        if self.chance(0.9):
            root.right.append(punct("."))
        return root
