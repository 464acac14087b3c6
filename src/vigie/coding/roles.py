"""Who does what to whom: the roles of one trigger word in its sentence.

The parse proposes; the class of a phrase (attacker, armed group, thing, weapon) decides where grammar
leaves two readings open ("attaque de Boko Haram", "attaque d'une boîte de nuit"), and the words nearest the
trigger stand in where there is no parse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from vigie.coding.annotated import AnnotatedReport
from vigie.coding.phrases import Phrase, coordinated, phrase_at
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.pack import Match
from vigie.language.parse import Parse
from vigie.language.schema import Harm, Slot, Trigger

_PERPETRATORS = frozenset({"attacker", "armed_group"})
_ACTING = frozenset({"attacker", "armed_group", "military", "police", "government", "crowd", "international"})


@dataclass
class Roles:
    """Phrases by role while they are collected. pronoun: the actor is a pronoun ("they had killed …")."""

    actors: list[Phrase] = field(default_factory=list)
    victims: list[Phrase] = field(default_factory=list)
    targets: list[Phrase] = field(default_factory=list)
    weapons: list[Phrase] = field(default_factory=list)
    venues: list[Phrase] = field(default_factory=list)
    pronoun: bool = False

    def outside(self, start: int, end: int) -> Roles:
        """The roles without phrases whose head is part of the trigger itself ("mis le feu", "coups de feu")."""

        def kept(phrases: list[Phrase]) -> list[Phrase]:
            return [p for p in phrases if not (start <= p.head[0] and p.head[1] <= end)]

        return Roles(
            kept(self.actors), kept(self.victims), kept(self.targets), self.weapons, kept(self.venues), self.pronoun
        )

    def put(self, slot: Slot, phrases: Iterable[Phrase]) -> None:
        """File phrases under a slot; a weapon phrase is a weapon whatever the slot says."""
        for p in phrases:
            if p.file == "weapons":
                self.weapons.append(p)
            elif slot == "actor":
                self.actors.append(p)
            elif slot == "victim":
                self.victims.append(p)
            elif slot == "target":
                (self.targets if p.file != "actors" or p.proper else self.victims).append(p)
            elif slot == "place" and p.file == "targets":
                self.venues.append(p)


def _phrases(report: AnnotatedReport, parse: Parse, head: int, grammar: Grammar) -> list[Phrase]:
    found = (phrase_at(report, parse, i, grammar) for i in coordinated(parse, head))
    return [p for p in found if p is not None]


def _case(parse: Parse, i: int) -> str:
    """The folded preposition of a word ("" where it has none)."""
    words = [parse.tokens[c] for c in parse.children(i) if parse.tokens[c].dep == "case"]
    return " ".join(fold(t.text) for t in words)


def _antecedent(parse: Parse, verb: int) -> int | None:
    """The noun a relative or participial clause hangs on."""
    token = parse.tokens[verb]
    if token.dep == "acl" and token.head != verb:
        return token.head
    return None


def _relative(parse: Parse, i: int, grammar: Grammar) -> bool:
    return fold(parse.tokens[i].text) in grammar.relative


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether the verb is in the passive: a passive subject or auxiliary, or a bare past participle on a noun."""
    token = parse.tokens[verb]
    below = [parse.tokens[c].dep for c in parse.children(verb)]
    if "nsubj:pass" in below or "aux:pass" in below:
        return True
    if token.has("VerbForm=Part") and token.has("Tense=Past") and "aux" not in below and "nsubj" not in below:
        return token.dep in {"acl", "amod", "root", "conj", "parataxis", "advcl", "xcomp", "appos"}
    return False


def subject_of(parse: Parse, verb: int, grammar: Grammar, depth: int = 0) -> tuple[int | None, bool]:
    """Index of the subject's head and whether it is a passive subject; looks up through coordination,
    relatives, participles and infinitives."""
    for child in parse.children(verb):
        dep = parse.tokens[child].dep
        if dep in {"nsubj", "nsubj:pass"}:
            if _relative(parse, child, grammar):
                return _antecedent(parse, verb), dep == "nsubj:pass"
            return child, dep == "nsubj:pass"
    token = parse.tokens[verb]
    if token.dep == "acl":
        return _antecedent(parse, verb), is_passive(parse, verb)
    clause = token.dep in {"conj", "xcomp", "advcl", "parataxis", "ccomp"} and token.head != verb
    if depth < 3 and clause and parse.tokens[token.head].pos in {"VERB", "AUX", "ADJ"}:
        subject, passive = subject_of(parse, token.head, grammar, depth + 1)
        # A coordinated participle shares the passive of the first; any other clause has its own voice.
        return subject, passive and token.dep == "conj" and not _active_marks(parse, verb)
    return None, is_passive(parse, verb)


def _active_marks(parse: Parse, verb: int) -> bool:
    return any(parse.tokens[c].dep in {"aux", "obj"} for c in parse.children(verb))


def verb_roles(report: AnnotatedReport, parse: Parse, verb: int, entry: Trigger | Harm, grammar: Grammar) -> Roles:
    """Roles of a verb trigger at word `verb`: its subject and object filed as the pack entry says."""
    roles = Roles()
    subject, passive = subject_of(parse, verb, grammar)
    passive = passive or is_passive(parse, verb)
    if subject is not None and not passive and entry.subject == "actor":
        roles.pronoun = fold(parse.tokens[subject].text) in grammar.self_pronouns
    if subject is not None and subject != verb:
        roles.put(entry.object if passive else entry.subject, _phrases(report, parse, subject, grammar))
    for child in parse.children(verb):
        token = parse.tokens[child]
        if token.dep in {"obj", "iobj"} and not _relative(parse, child, grammar):
            roles.put(entry.object if token.dep == "obj" else "target", _phrases(report, parse, child, grammar))
        elif token.dep == "obj":
            antecedent = _antecedent(parse, verb)
            if antecedent is not None:
                roles.put(entry.object, _phrases(report, parse, antecedent, grammar))
        elif token.dep == "obl:agent":
            roles.put("actor", _phrases(report, parse, child, grammar))
        elif token.dep in {"obl", "nmod", "advcl"}:
            _oblique(roles, report, parse, child, grammar, passive)
        elif token.dep == "xcomp" and token.pos in {"NOUN", "PROPN"}:
            roles.put(entry.object, _phrases(report, parse, child, grammar))
    return roles


def _oblique(roles: Roles, report: AnnotatedReport, parse: Parse, i: int, grammar: Grammar, passive: bool) -> None:
    """A complement with a preposition: aimed at, by whom, with what, where."""
    case = _case(parse, i)
    first = case.split(" ")[0] if case else ""
    phrases = _phrases(report, parse, i, grammar)
    if any(p.file == "weapons" for p in phrases):
        roles.weapons.extend(p for p in phrases if p.file == "weapons")
        return
    if (first in grammar.agent and passive) or case in grammar.agent:
        people = [p for p in phrases if p.file != "targets"]
        roles.put("actor", people)
    elif first in grammar.against or case in grammar.against:
        roles.put("target", [p for p in phrases if p.file in {"actors", "targets"} or p.proper])
    elif first in grammar.at:
        roles.put("place", phrases)


def noun_roles(report: AnnotatedReport, parse: Parse, noun: int, entry: Trigger | Harm, grammar: Grammar) -> Roles:
    """Roles of a noun trigger at word `noun`: its complements, and what a light verb round it adds
    ("ont mené une attaque contre", "carried out a raid on")."""
    roles = Roles()
    of_slot: Slot = entry.of if isinstance(entry, Trigger) else "victim"
    chain = _complements(parse, noun)
    owners: list[Phrase] = []
    for child in chain:
        token = parse.tokens[child]
        case = _case(parse, child)
        first = case.split(" ")[0] if case else ""
        phrases = _phrases(report, parse, child, grammar)
        if token.dep == "amod" or (not case and token.dep in {"compound", "nmod"}):
            nation = nationality(report, token.start, token.end)
            roles.put("actor", [nation] if nation is not None and of_slot != "victim" else [])
            if token.dep != "amod":
                roles.put(of_slot, [p for p in phrases if p.kind in _ACTING])
        elif first in grammar.of:
            owners.extend(phrases)
        elif first in grammar.agent:
            roles.put("actor", [p for p in phrases if p.file != "targets"])
        elif first in grammar.between and isinstance(entry, Trigger) and entry.type in {"armed_clash", "mob_violence"}:
            roles.put("actor", [p for p in phrases if p.file == "actors" or p.proper])
        elif first in grammar.against or case in grammar.against:
            roles.put("target", phrases)
        elif first in grammar.at:
            roles.put("place", phrases)
    for participle in (c for c in parse.children(noun) if parse.tokens[c].dep == "acl"):
        _participle(roles, report, parse, participle, grammar)
    _light_verb(roles, report, parse, noun, entry, grammar)
    aimed = bool(roles.targets or roles.victims)
    for p in owners:
        acting = p.kind in _PERPETRATORS or (p.kind in _ACTING and p.proper) or (aimed and p.file != "targets")
        roles.put("actor" if acting and of_slot != "victim" else of_slot, [p])
    return roles


def nationality(report: AnnotatedReport, start: int, end: int) -> Phrase | None:
    """The adjective of a country as the author of an act ("frappe américaine", "Russian shelling")."""
    if any(a <= start and end <= b for a, b, _ in report.demonyms):
        return Phrase(start, end, report.text[start:end], (start, end), None, True, False)
    return None


def _complements(parse: Parse, noun: int) -> Iterator[int]:
    """nmod-like dependents of a noun; a complement of a weapon complement counts too
    ("tirs de roquettes contre la base": "contre" may hang on "roquettes")."""
    for child in parse.children(noun):
        dep = parse.tokens[child].dep
        if dep in {"nmod", "obl", "obl:agent", "amod", "compound", "appos"}:
            yield child
            for grandchild in parse.children(child):
                if parse.tokens[grandchild].dep in {"nmod", "obl", "obl:agent"} and _case(parse, grandchild):
                    yield grandchild


def _participle(roles: Roles, report: AnnotatedReport, parse: Parse, verb: int, grammar: Grammar) -> None:
    """A participle on the noun: "visant X", "menée par Y", "targeting X", "carried out by Y"."""
    for child in parse.children(verb):
        token = parse.tokens[child]
        if token.dep == "obj":
            roles.put("target", [p for p in _phrases(report, parse, child, grammar) if p.file in {"actors", "targets"}])
        elif token.dep == "obl:agent" or (token.dep == "obl" and _case(parse, child) in grammar.agent):
            roles.put("actor", [p for p in _phrases(report, parse, child, grammar) if p.file != "targets"])
        elif token.dep == "obl":
            _oblique(roles, report, parse, child, grammar, False)


def _light_verb(
    roles: Roles, report: AnnotatedReport, parse: Parse, noun: int, entry: Trigger | Harm, grammar: Grammar
) -> None:
    """The verb that carries a noun trigger: its subject acts where the noun is the object of an active verb,
    its agent acts where the noun is a passive subject, its object is hit where the noun is an active subject."""
    token = parse.tokens[noun]
    verb = token.head
    if verb == noun or parse.tokens[verb].pos not in {"VERB", "AUX"}:
        return
    passive = is_passive(parse, verb)
    if token.dep == "obj" and not passive and not roles.actors:
        subject, subject_passive = subject_of(parse, verb, grammar)
        if subject is not None and fold(parse.tokens[verb].lemma) in grammar.undergo:
            roles.put("target", _phrases(report, parse, subject, grammar))
        elif subject is not None and not subject_passive:
            people = [p for p in _phrases(report, parse, subject, grammar) if p.kind in _ACTING or p.proper]
            roles.put("actor", people)
    if token.dep in {"nsubj:pass", "obj", "nsubj"}:
        for child in parse.children(verb):
            other = parse.tokens[child]
            if other.dep == "obl:agent" and passive:
                roles.put("actor", [p for p in _phrases(report, parse, child, grammar) if p.file != "targets"])
            elif other.dep == "obl" and child != noun:
                _oblique(roles, report, parse, child, grammar, passive)
            elif other.dep == "obj" and token.dep == "nsubj" and not passive:
                hit = [p for p in _phrases(report, parse, child, grammar) if p.file in {"actors", "targets"}]
                roles.put("target", hit)


def nearest_roles(report: AnnotatedReport, trigger: Match, start: int, end: int, grammar: Grammar) -> Roles:
    """Roles from the words alone, for a sentence without a parse: perpetrator words and things near the trigger."""
    from vigie.coding.phrases import phrase_of_match

    roles = Roles()
    for match in report.matches_in(start, end, "actors", "targets"):
        phrase = phrase_of_match(report, match)
        if phrase.kind in _PERPETRATORS:
            roles.actors.append(phrase)
        elif match.file == "targets" and match.start > trigger.end and match.start - trigger.end < 60:
            roles.targets.append(phrase)
    return roles
