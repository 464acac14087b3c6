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
from vigie.mentions.values import PlaceMention

_PERPETRATORS = frozenset({"attacker", "armed_group"})
_PEOPLE = frozenset({"attacker", "armed_group", "military", "police", "crowd", "civilian"})
_HARMLESS = frozenset({"civilian", "aid", "media", "medical", "religious", "other"})
_INITIALS = 4  # characters of "U.S.", "UAE"
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
            return [p for p in phrases if not (start <= p.head[0] and p.head[1] <= end) or is_nation(p)]

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
    auxiliaries = [parse.tokens[c] for c in parse.children(verb) if parse.tokens[c].dep == "aux"]
    if any(fold(t.text) in {"ete", "been"} for t in auxiliaries):
        return True
    if token.dep == "conj" and "obj" in below and "obl:agent" not in below and _has_perfect(parse, token.head):
        return False  # "ont abandonné leur voiture et poignardé des passants"
    if token.has("VerbForm=Part") and token.has("Tense=Past") and "aux" not in below and "nsubj" not in below:
        return token.dep in {"acl", "amod", "root", "conj", "parataxis", "advcl", "xcomp", "appos"}
    return False


def _has_perfect(parse: Parse, verb: int) -> bool:
    """Whether the verb stands in an active perfect, whose auxiliary a coordinated participle shares."""
    below = [parse.tokens[c].dep for c in parse.children(verb)]
    return "aux" in below and "aux:pass" not in below and "nsubj:pass" not in below


def subject_of(parse: Parse, verb: int, grammar: Grammar, depth: int = 0) -> tuple[int | None, bool]:
    """Index of the subject's head and whether it is a passive subject; looks up through coordination,
    relatives, participles and infinitives."""
    auxiliaries = [c for c in parse.children(verb) if parse.tokens[c].dep in {"aux", "aux:pass"}]
    for child in (*parse.children(verb), *(c for a in auxiliaries for c in parse.children(a))):
        dep = parse.tokens[child].dep
        if dep in {"nsubj", "nsubj:pass"}:
            if _relative(parse, child, grammar):
                return _antecedent(parse, verb), dep == "nsubj:pass"
            return child, dep == "nsubj:pass"
    token = parse.tokens[verb]
    if (swallowed := _swallowed_subject(parse, verb, grammar)) is not None:
        return swallowed, False
    if token.dep in {"xcomp", "advcl", "ccomp"} and fold(parse.tokens[token.head].lemma) in grammar.charges:
        accused = _charged(parse, token.head, grammar)
        if accused is not None:
            return accused, False
    if token.dep == "acl":
        return _antecedent(parse, verb), is_passive(parse, verb)
    clause = token.dep in {"conj", "xcomp", "advcl", "parataxis", "ccomp"} and token.head != verb
    if depth < 3 and clause and parse.tokens[token.head].pos in {"VERB", "AUX", "ADJ"}:
        subject, passive = subject_of(parse, token.head, grammar, depth + 1)
        # A coordinated participle shares the passive of the first; any other clause has its own voice.
        return subject, passive and token.dep == "conj" and not _active_marks(parse, verb)
    return None, is_passive(parse, verb)


def _swallowed_subject(parse: Parse, verb: int, grammar: Grammar) -> int | None:
    """The subject that the parse has hung on the conjunction before it ("is dead after a deputy shot him"): a noun
    behind a word that opens clauses, right before a past tense that has an object of its own."""
    if verb == 0 or parse.tokens[verb].dep not in {"advcl", "acl"} or parse.tokens[verb].has("VerbForm=Ger"):
        return None
    before = parse.tokens[verb - 1]
    if before.pos not in {"NOUN", "PROPN"} or before.dep not in {"obl", "nmod"} or before.head == verb:
        return None
    if not any(parse.tokens[c].dep == "obj" and c > verb for c in parse.children(verb)):
        return None
    return before.index if _case(parse, before.index) in grammar.opens_clause else None


def _charged(parse: Parse, verb: int, grammar: Grammar) -> int | None:
    """Whom a verb of accusation charges with what its infinitive tells: its object, or the subject of its passive."""
    for child in parse.children(verb):
        if parse.tokens[child].dep in {"obj", "nsubj:pass"} and not _relative(parse, child, grammar):
            return child
    return None


def _active_marks(parse: Parse, verb: int) -> bool:
    return any(parse.tokens[c].dep in {"aux", "obj"} for c in parse.children(verb))


def verb_roles(report: AnnotatedReport, parse: Parse, verb: int, entry: Trigger | Harm, grammar: Grammar) -> Roles:
    """Roles of a verb trigger at word `verb`: its subject and object filed as the pack entry says."""
    roles = Roles()
    subject, passive = subject_of(parse, verb, grammar)
    passive = passive or is_passive(parse, verb) or _reduced(report, parse, verb, subject, entry, grammar)
    if subject is not None and not passive:
        roles.pronoun = fold(parse.tokens[subject].text) in grammar.self_pronouns
    if isinstance(entry, Trigger) and entry.type in {"armed_clash", "mob_violence"} and subject is None:
        roles.put("actor", _sides(report, parse, verb, grammar))
    if subject is not None and subject != verb:
        roles.put("actor", _armed_by(report, parse, subject))
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
            _oblique(roles, report, parse, child, grammar, passive, aimed=not isinstance(entry, Harm))
        elif token.dep == "xcomp" and token.pos in {"NOUN", "PROPN"}:
            roles.put(entry.object, _phrases(report, parse, child, grammar))
    undergone = isinstance(entry, Trigger) and entry.subject == "target"  # "came under attack by rebels"
    if (passive or undergone) and not roles.actors:
        roles.put("actor", _far_agent(report, parse, verb, grammar))
    return roles


def _reduced(
    report: AnnotatedReport, parse: Parse, verb: int, subject: int | None, entry: Trigger | Harm, grammar: Grammar
) -> bool:
    """A participle read as a past tense ("Two engineers kidnapped in July have been freed"): people who do not
    fight, right before a verb that has no object and shares its ending with the participle."""
    token = parse.tokens[verb]
    if subject is None or subject != verb - 1 or entry.object not in {"victim", "target"} or token.has("VerbForm=Inf"):
        return False
    if any(parse.tokens[c].dep in {"obj", "ccomp", "xcomp", "aux"} for c in parse.children(verb)):
        return False
    return any(p.kind in _HARMLESS for p in _phrases(report, parse, subject, grammar))


def _far_agent(report: AnnotatedReport, parse: Parse, verb: int, grammar: Grammar) -> list[Phrase]:
    """The agent of a passive that the parse has hung on something nearer ("battu devant un magasin par deux
    hommes"): the first people after a preposition of the agent, in the same clause."""
    for token in parse.tokens[verb + 1 :]:
        if token.pos in {"VERB", "AUX"} and not token.has("VerbForm=Part"):
            return []
        if fold(token.text) in grammar.agent and token.dep == "case":
            head = token.head
            head = parse.tokens[head].head if parse.tokens[head].dep == "amod" else head
            if parse.tokens[parse.tokens[head].head].pos == "VERB":
                return []  # the agent of that verb
            return [p for p in _phrases(report, parse, head, grammar) if p.kind in _PEOPLE]
    return []


def _oblique(
    roles: Roles,
    report: AnnotatedReport,
    parse: Parse,
    i: int,
    grammar: Grammar,
    passive: bool,
    *,
    aimed: bool = True,
) -> None:
    """A complement with a preposition: aimed at, by whom, with what, where. aimed: whether the verb tells of an act
    that can be aimed at something ("the wounded were taken to a hospital" is none)."""
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
        roles.put("target", [p for p in phrases if aimed and (p.file in {"actors", "targets"} or p.proper)])
    elif first in grammar.at:
        roles.put("place", phrases)


def noun_roles(report: AnnotatedReport, parse: Parse, noun: int, entry: Trigger | Harm, grammar: Grammar) -> Roles:
    """Roles of a noun trigger at word `noun`: its complements, and what a light verb round it adds
    ("ont mené une attaque contre", "carried out a raid on")."""
    roles = Roles()
    of_slot: Slot = entry.of if isinstance(entry, Trigger) else "victim"
    chain = _complements(parse, noun)
    roles.put("actor", _nations(report, parse, noun) if of_slot not in {"victim", "none"} else [])
    owners: list[Phrase] = []
    before: list[Phrase] = []
    for child in chain:
        token = parse.tokens[child]
        case = _case(parse, child)
        first = case.split(" ")[0] if case else ""
        phrases = _phrases(report, parse, child, grammar)
        if token.dep == "amod" or (not case and token.dep in {"compound", "nmod"}):
            if token.dep != "amod":
                before.extend(p for p in phrases if p.kind in _ACTING)
        elif first in grammar.of:
            owners.extend(phrases)
        elif first in grammar.agent:
            roles.put("actor", [p for p in phrases if p.file != "targets"])
        elif first in grammar.between and isinstance(entry, Trigger) and entry.type in {"armed_clash", "mob_violence"}:
            sides = [p for p in phrases if p.file not in {"targets", "weapons"}]
            roles.put("actor", sides if any(p.file == "actors" or p.proper for p in sides) else [])
        elif first in grammar.against or case in grammar.against:
            roles.put("target", phrases)
        elif first in grammar.at:
            roles.put("place", phrases)
    if not roles.actors and isinstance(entry, Trigger) and entry.type in {"armed_clash", "mob_violence"}:
        roles.put("actor", _sides(report, parse, noun, grammar))
    for participle in (c for c in parse.children(noun) if parse.tokens[c].dep == "acl"):
        if participle == noun + 1:  # "the police shooting of a man": the second half of the noun itself
            of = [c for c in parse.children(participle) if _case(parse, c) in grammar.of]
            roles.put("victim", [p for c in of for p in _phrases(report, parse, c, grammar) if p.file != "targets"])
        _participle(roles, report, parse, participle, grammar)
    _light_verb(roles, report, parse, noun, entry, grammar)
    if of_slot == "victim" and not owners:
        owners.extend(_far_owners(report, parse, noun, grammar))
    # "a police killing" leaves it open who was killed, "the police killing of a man" does not.
    roles.put("actor" if of_slot == "victim" and owners else of_slot, before)
    _possessors(roles, report, parse, noun, of_slot, alone=not owners, grammar=grammar)
    aimed = bool(roles.targets or roles.victims)
    for p in owners:
        acting = p.kind in _PERPETRATORS or (p.kind in _ACTING and p.proper) or (aimed and p.file != "targets")
        roles.put("actor" if acting and of_slot != "victim" else of_slot, [p])
    return roles


def _far_owners(report: AnnotatedReport, parse: Parse, noun: int, grammar: Grammar) -> list[Phrase]:
    """Whose killing it is, where only a day and a place stand between ("l'assassinat lundi à Gao de X")."""
    for token in parse.tokens[noun + 1 : noun + 9]:
        if token.dep == "case" and fold(token.text) in grammar.of and not _of_day_or_place(report, parse, token.head):
            return _phrases(report, parse, token.head, grammar)
        if token.dep not in {"case", "det", "punct", "flat"} and not _of_day_or_place(report, parse, token.index):
            return []
    return []


def _of_day_or_place(report: AnnotatedReport, parse: Parse, i: int) -> bool:
    token = parse.tokens[i]
    dated = report.dated.find(1, token.start, token.end) >= 0
    return dated or any(q.start <= token.start and token.end <= q.end for q in report.places)


def _possessors(
    roles: Roles, report: AnnotatedReport, parse: Parse, noun: int, of_slot: Slot, *, alone: bool, grammar: Grammar
) -> None:
    """ "the mayor's murder": he was killed; "the army's killing of two men": it killed."""
    for child in parse.children(noun):
        if parse.tokens[child].dep == "nmod" and _case(parse, child) in grammar.possessive:
            people = [p for p in _phrases(report, parse, child, grammar) if p.file != "targets"]
            if of_slot == "victim" and alone:
                roles.put("victim", people)
            else:
                roles.put("actor", [p for p in people if p.kind in _ACTING])


def is_nation(p: Phrase) -> bool:
    """A phrase made by `nationality`: it names an author even inside a trigger ("frappe israélienne")."""
    return p.match is None and p.proper and not p.singular and p.head == (p.start, p.end)


def is_initials(report: AnnotatedReport, p: PlaceMention) -> bool:
    """Whether a country is named by its initials, which stand for its adjective too ("U.S.", "UK")."""
    return p.place.precision == "country" and p.end - p.start <= _INITIALS and report.text[p.start : p.end].isupper()


def nationality(report: AnnotatedReport, start: int, end: int) -> Phrase | None:
    """The adjective of a country as the author of an act ("frappe américaine", "Russian shelling")."""
    initials = any(p.start <= start and end <= p.end and is_initials(report, p) for p in report.places)
    if initials or any(a <= start and end <= b for a, b, _ in report.demonyms):
        return Phrase(start, end, report.text[start:end], (start, end), None, True, False)
    return None


def _nations(report: AnnotatedReport, parse: Parse, noun: int) -> list[Phrase]:
    """Adjectives of a country on a noun or on the words it is compounded with ("Israeli drone strike", "frappes
    aériennes russes")."""
    found = []
    for i in (noun, *(c for c in parse.children(noun) if parse.tokens[c].dep in {"compound", "amod"})):
        for child in parse.children(i):
            token = parse.tokens[child]
            if token.dep in {"amod", "compound", "nmod"} and not _case(parse, child):
                nation = nationality(report, token.start, token.end)
                found.extend([nation] if nation is not None else [])
    return found


def _sides(report: AnnotatedReport, parse: Parse, noun: int, grammar: Grammar) -> list[Phrase]:
    """The two sides of a fight in the words after it ("clashes between X and Y", "combats entre X et Y"), where the
    parse has not joined them."""
    rest = parse.tokens[noun + 1 : noun + 4]
    opening = next((t for t in rest if fold(t.text) in grammar.between and t.pos in {"ADP", "SCONJ"}), None)
    if opening is None:
        return []
    sides: list[Phrase] = []
    for token in parse.tokens[opening.index + 1 : opening.index + 16]:
        if token.pos in {"VERB", "AUX"} or token.text in {";", ":"}:
            break
        if token.pos not in {"NOUN", "PROPN"} or (sides and token.start < sides[-1].end):
            continue
        phrase = phrase_at(report, parse, token.index, grammar)
        if phrase is not None and phrase.head[0] == token.start and phrase.file not in {"targets", "weapons"}:
            if sides and not any(t.dep == "cc" for t in parse.tokens if sides[-1].end <= t.start < phrase.start):
                break
            sides.append(phrase)
    return sides[:2] if len(sides) > 1 and any(p.kind in _ACTING for p in sides) else []


def _armed_by(report: AnnotatedReport, parse: Parse, weapon: int) -> list[Phrase]:
    """Whose weapons do the harm: "Russian missiles", "des obus syriens"."""
    token = parse.tokens[weapon]
    if not report.matches_in(token.start, token.end, "weapons", "triggers"):
        return []
    return _nations(report, parse, weapon)


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
            if not _witnesses(parse, verb, grammar):
                roles.put("actor", [p for p in _phrases(report, parse, child, grammar) if p.file != "targets"])
        elif token.dep == "obl":
            _oblique(roles, report, parse, child, grammar, False)


def _witnesses(parse: Parse, verb: int, grammar: Grammar) -> bool:
    """A verb by which an act is only heard, seen or spoken of ("blasts heard by residents")."""
    return fold(parse.tokens[verb].text).startswith(grammar.witnessed)


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
        elif subject is not None and not subject_passive and _performs(parse, verb, grammar):
            roles.pronoun = fold(parse.tokens[subject].text) in grammar.self_pronouns
            people = [p for p in _phrases(report, parse, subject, grammar) if p.kind in _ACTING or p.proper]
            roles.put("actor", people)
    if token.dep in {"nsubj:pass", "obj", "nsubj"}:
        for child in parse.children(verb):
            other = parse.tokens[child]
            if other.dep == "obl:agent" and passive and _witnesses(parse, verb, grammar):
                continue
            if other.dep == "obl:agent" and passive:
                roles.put("actor", [p for p in _phrases(report, parse, child, grammar) if p.file != "targets"])
            elif other.dep == "obl" and child != noun:
                if fold(parse.tokens[verb].lemma) not in grammar.occurs:
                    _oblique(roles, report, parse, child, grammar, passive)
            elif other.dep == "obj" and token.dep == "nsubj" and not passive:
                hit = [p for p in _phrases(report, parse, child, grammar) if p.file in {"actors", "targets"}]
                roles.put("target", hit)


def _performs(parse: Parse, verb: int, grammar: Grammar) -> bool:
    """A verb by which its subject carries out what its object names ("mener", "carry out"), not one by which he
    only speaks of it."""
    return fold(parse.tokens[verb].lemma).startswith(grammar.performs)


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
