"""Whoever might have done an act or been hit by it: every body, thing and name in the sentences that tell of an
incident, and those who fight elsewhere in the report, with what the words around it say of its part.

The rules of actors.py choose by grammar. A candidate keeps what they saw as features beside what stands around every
mention of it, so that the role model (role_model.py) can weigh them against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from vigie.coding.actors import ChosenActor, ChosenTarget, is_nowhere
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.attributions import Attribution
from vigie.coding.owning import denies_deed, speaks_for_another
from vigie.coding.phrases import Phrase, phrase_at, phrase_of_match
from vigie.coding.roles import nationality
from vigie.coding.scene import Scene
from vigie.coding.types import STOPPED, family
from vigie.language.folding import fold
from vigie.language.pack import Match
from vigie.language.parse import Parse, Token
from vigie.language.schema import Body, Harm, Thing, Trigger
from vigie.text.segments import Sentence

Features = dict[str, float]
# The mark of a candidate whose role is told in so many words.
SURE = "sure"
# How a common noun that no pack knows hangs on a word of violence to be looked at.
_ARGUMENTS = frozenset({"obj", "nsubj:pass", "obl", "nmod", "conj", "appos"})
_NEAR = (20, 60, 140)
# Sentences between a mention and the nearest that tells the act: its own, the next, the one after that or two on.
_GAPS = (0, 1, 3)
_FAR = 9
# Longer than any form of the packs that holds a verb or a noun of violence.
_LONGEST_FORM = 40
# A name of several words, as it stands in a sentence that was not parsed ("Omar Mateen", "Stephen Paddock").
_PERSON = re.compile(r"(?<![\w.])[A-ZÀ-Þ][\w'’-]+(?: (?:al-|ben |bin |de |van |el-)?[A-ZÀ-Þ][\w'’-]*\.?){1,3}")


@dataclass
class Candidate:
    """One body, thing or name: the phrase it is best called by, what speaks for and against its part, and the roles
    ("actor", "target") that the rules chose it for. beside: what the other candidates say of its being hit."""

    phrase: Phrase
    features: Features = field(default_factory=dict)
    beside: Features = field(default_factory=dict)
    mentions: int = 0
    ruled: set[str] = field(default_factory=set)


def find_candidates(
    scene: Scene, actors: Sequence[ChosenActor] = (), targets: Sequence[ChosenTarget] = ()
) -> list[Candidate]:
    """Every body, thing and proper name of the incident's sentences, and every fighter named elsewhere in the report,
    in text order, mentions of one name together; those the rules chose as `actors` and `targets` are marked as such."""
    found: dict[str, Candidate] = {}
    for phrase in _phrases(scene):
        if not phrase.name.strip(" .,;:"):
            continue
        key = _key(phrase)
        candidate = found.get(key)
        if candidate is None:
            candidate = found[key] = Candidate(phrase)
            _add(candidate.features, _of_phrase(scene, phrase))
        candidate.mentions += 1
        _add(candidate.features, _of_mention(scene, phrase))
    for phrase in _elsewhere(scene):
        key = _key(phrase)
        candidate = found.get(key)
        if candidate is None:
            candidate = found[key] = Candidate(phrase)
            _add(candidate.features, ["outside", *_of_phrase(scene, phrase)])
        _add(candidate.features, _of_mention_elsewhere(scene, phrase, "outside" in candidate.features))
    _roles_of_acts(scene, found)
    ruled: list[tuple[str, str, ChosenActor | ChosenTarget]] = [("actor", a.basis, a) for a in actors]
    ruled += [("target", str(rank), t) for rank, t in enumerate(targets)]
    for role, how, chosen in ruled:
        name = fold(chosen.name)
        candidate = next((c for c in found.values() if fold(c.phrase.name) == name), None)
        if candidate is None:
            phrase = _bare(scene.report, chosen.start, chosen.end, chosen.name)
            candidate = found[_key(phrase)] = Candidate(phrase)
            _add(candidate.features, [*_of_phrase(scene, phrase), *_of_mention(scene, phrase)])
        _add(candidate.features, [f"rule.{role}={how}"])
        candidate.ruled.update({role, SURE} if isinstance(chosen, ChosenTarget) and chosen.sure else {role})
    for candidate in found.values():
        _add(candidate.features, _of_whole(scene, candidate))
    _kin(list(found.values()))
    return sorted(found.values(), key=lambda c: (c.phrase.start, c.phrase.end))


# Kinds of bodies that fight, and the class in which they are weighed alike.
_FIGHTERS = {
    "armed_group": "armed",
    "attacker": "attacker",
    "military": "state",
    "police": "state",
    "government": "state",
}
# Features that say another thing of a fighter than of a bystander.
_BY_CLASS = ("act.actor", "act.victim", "act.target", "dep=", "speaks", "mark=", "rule.", "case=", "act=", "in=")
_OWNS_OR_DENIES = frozenset({"claims_responsibility", "denies"})
_WORD = re.compile(r"\w+|[,:;()«»\"“”]")
_ARTICLE = re.compile(r"(?:the |an? |les? |la |l'|des |une? )?(?:« ?|\"|“)?")


def _add(features: Features, more: Iterable[str]) -> None:
    """Counts add up to at most 2: a second mention says more, a tenth no more than that."""
    for name in more:
        features[name] = 2.0 if name in features else 1.0


def _key(phrase: Phrase) -> str:
    entry = phrase.match.entry if phrase.match else None
    if isinstance(entry, Body) and entry.named:
        return f"={entry.name or entry.id}"
    return fold(phrase.name)


def _phrases(scene: Scene) -> Iterator[Phrase]:
    """Phrases in text order: those the acts and tolls hold, those round words of the pack, and other proper names."""
    report = scene.report
    found: dict[tuple[int, int], Phrase] = {}

    def put(p: Phrase | None) -> None:
        if p is not None and p.file != "weapons" and p.start >= report.body:
            found.setdefault((p.start, p.end), p)

    for t in scene.group.tellings:
        for act in t.acts:
            for p in (*act.actors, *act.victims, *act.targets, *act.venues):
                put(p)
        for c in t.tolls:
            put(c.victims)
            for p in c.agents:
                put(p)
    told = [s for s in report.sentences if s.index in scene.told]
    for sentence in told:
        for phrase in _of_sentence(scene, sentence):
            put(phrase)
    for sentence in told:
        for name in _PERSON.finditer(report.text, sentence.start, sentence.end):
            if not any(p.start < name.end() and name.start() < p.end for p in found.values()):
                put(_bare(report, name.start(), name.end(), name[0]))
        for start, end, _ in report.demonyms:
            if sentence.start <= start < sentence.end:
                put(nationality(report, start, end))
    for attribution in scene.speaking:
        put(_speaker(report, attribution))
    yield from (found[k] for k in sorted(found))


def _elsewhere(scene: Scene) -> Iterator[Phrase]:
    """Bodies that fight, and speakers who claim or deny, in sentences that speak of other things: a claim may stand at
    the end of a report, behind what is told of another attack."""
    report = scene.report
    for sentence in report.sentences:
        if sentence.index in scene.told:
            continue
        for m in report.matches_in(max(report.body, sentence.start), sentence.end, "actors"):
            if isinstance(m.entry, Body) and m.entry.kind in _FIGHTERS and m.entry.can_act:
                yield _round(scene, sentence, m)
    for a in scene.attributed.attributions:
        if a.sentence not in scene.told and a.stance in _OWNS_OR_DENIES:
            yield _speaker(report, a)


def _speaker(report: AnnotatedReport, attribution: Attribution) -> Phrase:
    """The words for who speaks, without article."""
    start, end = attribution.source_span
    opening = _ARTICLE.match(report.normal.folded, start, end)
    start = opening.end() if opening else start
    return _bare(report, start, end, report.text[start:end])


def _of_mention_elsewhere(scene: Scene, p: Phrase, outside: bool) -> list[str]:
    """What stands around a mention in a sentence that speaks of other things, by whether the body is named only there
    (`outside`): what it says of its part, how far from the incident it stands, whether it tells of violence at all."""
    report = scene.report
    sentence = report.sentence_at(p.start)
    if sentence is None:
        return []
    found = [f"mark={mark}" for mark in _marks_beside(scene, sentence, p)]
    spoken = (a for a in scene.attributed.attributions if a.source_span[0] < p.end and p.start < a.source_span[1])
    found += [f"speaks={a.stance}" for a in spoken]
    gap = min((abs(sentence.index - n) for n in scene.telling), default=_FAR)
    found.append(f"far={next((n for n, limit in enumerate(_GAPS) if gap <= limit), len(_GAPS))}")
    found.append(f"lead={sentence.index in scene.lead or sentence.title}")
    found.append(f"after={sentence.index > max(scene.telling, default=0)}")
    found.append(f"acts={bool(report.matches_in(sentence.start, sentence.end, 'triggers'))}")
    found += [f"{name}&period={scene.group.period}" for name in found]
    return [f"elsewhere.{'only' if outside else 'also'}.{name}" for name in found]


def _marks_beside(scene: Scene, sentence: Sentence, p: Phrase) -> list[str]:
    low, high = max(sentence.start, p.start - 60), min(sentence.end, p.end + 60)
    return list(dict.fromkeys([mark for start, end, mark in scene.marks if low <= start and end <= high]))


def _bare(report: AnnotatedReport, start: int, end: int, name: str) -> Phrase:
    """A stretch as a phrase, of the class of the pack's word in it."""
    matches = report.matches_in(start, end, "actors", "targets", "speakers")
    match = max(matches, key=lambda m: m.end - m.start, default=None)
    capital = name[:1].isupper()
    return Phrase(start, end, " ".join(name.split()), (start, end), match, capital, True)


def _of_sentence(scene: Scene, sentence: Sentence) -> Iterator[Phrase | None]:
    """The phrases round the pack's words for people and things, and, where the sentence tells an act, round names."""
    report, parse = scene.report, scene.report.parses.get(sentence.index)
    for m in report.matches_in(sentence.start, sentence.end, "actors", "targets"):
        yield _round(scene, sentence, m)
    if parse is not None and sentence.index in scene.telling:
        for token in parse.tokens:
            named = token.pos == "PROPN" and token.dep not in {"flat", "flat:name", "compound"}
            if named or (token.pos == "NOUN" and token.dep in _ARGUMENTS and _suffers(scene, parse, token)):
                yield phrase_at(report, parse, token.index, scene.grammar)


def _suffers(scene: Scene, parse: Parse, token: Token) -> bool:
    """Whether a noun hangs on a word of violence or harm, itself or through those it is told side by side with."""
    above = parse.tokens[token.head]
    while above.dep in {"conj", "appos"} and above.index != above.head and token.dep in {"conj", "appos"}:
        token, above = above, parse.tokens[above.head]
    if any(a.start <= above.start < a.end for a in scene.acts):
        return True
    return bool(scene.report.matches_in(above.start, above.end, "triggers", "harm"))


def _round(scene: Scene, sentence: Sentence, m: Match) -> Phrase:
    """The phrase that a word of the pack heads; the word itself where the sentence was not parsed."""
    parse = scene.report.parses.get(sentence.index)
    head = parse.head_of(m.start, m.end) if parse is not None else None
    phrase = phrase_at(scene.report, parse, head, scene.grammar) if parse is not None and head is not None else None
    fits = phrase is not None and phrase.start <= m.start and m.end <= phrase.end
    return phrase if phrase is not None and fits else phrase_of_match(scene.report, m)


def _roles_of_acts(scene: Scene, found: dict[str, Candidate]) -> None:
    """What grammar makes of a phrase beside each act: the strength of the act's word says how far to trust it."""
    for t in scene.group.tellings:
        for a in t.acts:
            how = "stopped" if a.marks & STOPPED or a.type == "disrupted" else "general" if a.general else a.strength
            roles = {"actor": a.actors, "victim": a.victims, "target": a.targets, "venue": a.venues}
            for role, phrases in roles.items():
                for p in phrases:
                    if (candidate := found.get(_key(p))) is not None:
                        _add(candidate.features, [f"act.{role}", f"act.{role}.{how}"])
                        if t.lead:
                            _add(candidate.features, [f"act.{role}.lead"])
        for c in t.tolls:
            if c.victims is not None and (candidate := found.get(_key(c.victims))) is not None:
                _add(candidate.features, ["toll.attackers" if c.attackers else f"toll.{c.harm}"])
            for p in c.agents:
                if (candidate := found.get(_key(p))) is not None:
                    _add(candidate.features, ["toll.agent"])


def _of_phrase(scene: Scene, p: Phrase) -> list[str]:
    """What kind of thing it names."""
    report, name = scene.report, fold(p.name)
    entry = p.match.entry if p.match else None
    kind = f"{p.file or 'name'}.{p.kind or '-'}"
    found = [f"kind={kind}", f"family={family(scene.kind)}&kind={kind}"]
    if isinstance(entry, Body):
        found.append(f"named={entry.named}")
        if not entry.can_act:
            found.append("cannot_act")
        if not entry.can_be_hit:
            found.append("cannot_be_hit")
    if isinstance(entry, Thing) and entry.place:
        found.append("place_thing")
    found += (f"proper={p.proper}", f"singular={p.singular}")
    if not p.proper:
        found.append(f"{report.pack.language}:head={report.normal.folded[p.head[0] : p.head[1]]}")
    if entry is not None:
        found.append(f"entry={entry.id}")
    found.append(f"words={min(4, len(p.name.split()))}")
    if report.placed[p.head[0]] and any(q.start <= p.head[0] and p.head[1] <= q.end for q in report.places):
        found.append("is_place")
    if is_nowhere(report, p):
        found.append("nowhere")
    if any(a <= p.start and p.end <= b for a, b, _ in report.demonyms):
        found.append("is_demonym")
    told = min(6, report.normal.folded.count(name))
    found += (f"times={told}", f"proper={p.proper}&times={told}")
    if name in scene.title:
        found.append("in_title")
    if p.name[:1].isupper():
        found.append("capital")
    return found


def _of_mention(scene: Scene, p: Phrase) -> list[str]:
    """What stands around one mention: its place in the report, its grammar, the nearest act, the marks beside it."""
    report = scene.report
    sentence = report.sentence_at(p.start)
    if sentence is None:
        return []
    where = "title" if sentence.title else "lead" if sentence.index in scene.lead else "body"
    found = [f"in={where}", f"telling={sentence.index in scene.telling}"]
    found += _grammar_of(scene, sentence, p)
    found += _nearest_act(scene, sentence, p)
    found += [f"mark={mark}" for mark in _marks_beside(scene, sentence, p)]
    found += _words_beside(scene, sentence, p)
    for a in scene.speaking:
        if a.source_span[0] < p.end and p.start < a.source_span[1]:
            found += ["speaks", f"speaks={a.stance}"]
            found += ["spokesman"] if speaks_for_another(report, a, p) else []
            found += (
                ["denies_other"] if a.stance == "denies" and not denies_deed(report, sentence, scene.grammar) else []
            )
            source = next((s for s in scene.attributed.sources if s.id == a.source), None)
            if source is not None:
                found.append(f"speaks={source.kind}.{source.terms}")
    return found


def _words_beside(scene: Scene, sentence: Sentence, p: Phrase) -> list[str]:
    """The words right before and after a mention, of the language of the report."""
    folded, language = scene.report.normal.folded, scene.report.pack.language
    before = _WORD.findall(folded, max(sentence.start, p.start - 40), p.start)[-2:]
    after = _WORD.findall(folded, p.end, min(sentence.end, p.end + 40))[:2]
    found = [f"{language}:before={before[-1]}"] if before else ["opens_sentence"]
    found += [f"{language}:before={' '.join(before)}"] if len(before) > 1 else []
    found += [f"{language}:after={after[0]}"] if after else []
    found += [f"{language}:after={' '.join(after)}"] if len(after) > 1 else []
    return found


def _grammar_of(scene: Scene, sentence: Sentence, p: Phrase) -> list[str]:
    parse = scene.report.parses.get(sentence.index)
    head = parse.head_of(*p.head) if parse is not None else None
    if parse is None or head is None:
        return ["dep=none"]
    token = parse.tokens[head]
    governor = parse.tokens[token.head]
    above = _word_class(scene, parse, governor)
    found = [f"dep={token.dep}", f"dep={token.dep}&above={above}"]
    below = [parse.tokens[c] for c in parse.children(head)]
    case = next((fold(t.text) for t in below if t.dep == "case"), None)
    if case is not None:
        grammar = scene.grammar
        groups = {"agent": grammar.agent, "against": grammar.against, "of": grammar.of, "at": grammar.at}
        group = next((name for name, words in groups.items() if case in words), "other")
        found.append(f"case={group}&above={above}")
    article = next((fold(t.text) for t in below if t.dep == "det"), None)
    if article is not None:
        found.append(f"definite={article in scene.grammar.definite}")
    if any(t.dep == "nummod" for t in below):
        found.append("counted")
    return found


def _word_class(scene: Scene, parse: Parse, token: Token) -> str:
    """What the pack says of the word a phrase hangs on."""
    report = scene.report
    for m in report.matches_in(max(0, token.start - _LONGEST_FORM), token.end + _LONGEST_FORM):
        if m.start < token.end and token.start < m.end:
            if isinstance(m.entry, Trigger):
                mine = any(a.start < token.end and token.start < a.end for a in scene.acts)
                return f"{'act' if mine else 'trigger'}.{m.entry.pos}"
            if isinstance(m.entry, Harm):
                return "harm"
            if m.file in {"cues", "weapons", "actors", "targets", "speakers"}:
                return m.file
    return token.pos


def _nearest_act(scene: Scene, sentence: Sentence, p: Phrase) -> list[str]:
    here = [a for a in scene.acts if a.sentence == sentence.index] if sentence.index in scene.telling else []
    if not here:
        return ["act=none_here"]
    act = min(here, key=lambda a: max(p.start - a.end, a.start - p.end))
    gap = max(p.start - act.end, act.start - p.end, 0)
    near = next((n for n, limit in enumerate(_NEAR) if gap < limit), len(_NEAR))
    side = "before" if p.end <= act.start else "after" if p.start >= act.end else "inside"
    return [f"act={side}&near={near}", f"act={side}&pos={'verb' if act.verb else 'noun'}"]


# What a name has from being told in other words: "the mayor, Adam Cole", "Cole".
_SHARED = ("act.victim", "act.target", "act.venue", "act.actor", "toll.killed", "toll.injured", "rule.target=0")


def _kin(candidates: Sequence[Candidate]) -> None:
    """What candidates say of each other: one named within another, the parts of those that share a word of the name,
    and how many others are hit for certain."""
    words = [frozenset(fold(c.phrase.name).split()) for c in candidates]
    sharing: dict[str, list[int]] = {}
    for k, mine in enumerate(words):
        for word in mine:
            sharing.setdefault(word, []).append(k)
    hit = ["only_suffers" in c.features for c in candidates]
    ruled = ["target" in c.ruled for c in candidates]
    all_hit, all_ruled = sum(hit), sum(ruled)
    for k, c in enumerate(candidates):
        more = {
            f"others_hit={min(2, all_hit - hit[k])}&{'hit' if hit[k] else 'not'}",
            f"rivals={min(2, all_ruled - ruled[k])}&{'ruled' if ruled[k] else 'not'}",
        }
        for j in {j for word in words[k] for j in sharing[word]} - {k}:
            other = candidates[j]
            p, q = c.phrase, other.phrase
            if q.start <= p.start and p.end <= q.end and (p.start, p.end) != (q.start, q.end):
                more.add("within=head" if p.head == q.head else "within")
                more.add(f"within&{'hit' if hit[j] else 'not'}")
            elif words[k] < words[j]:
                more.add("shorter")
            if words[k] < words[j] or words[j] < words[k]:
                more.update(f"kin.{f}" for f in _SHARED if f in other.features and f not in c.features)
                if words[j] < words[k]:
                    more.add("longer")
        _add(c.beside, sorted(more))


def _class_of(candidate: Candidate) -> str:
    """Whether an armed group, an arm of the state, an attacker, or the pack's file it is of; "name" for a bare name."""
    p = candidate.phrase
    return _FIGHTERS.get(p.kind or "", "actors") if p.file == "actors" else p.file or "name"


def _by_class(candidate: Candidate) -> list[str]:
    """What is seen of a candidate once more, by the class it is of: a subject that is an army acts, one that is a
    hospital is spoken of."""
    kind = _class_of(candidate)
    return [f"{kind}&{name}" for name in candidate.features if name.startswith(_BY_CLASS)]


def _of_whole(scene: Scene, candidate: Candidate) -> list[str]:
    found = [*_by_class(candidate), f"mentions={min(4, candidate.mentions)}", f"period={scene.group.period}"]
    deeds = candidate.features.get("act.actor", 0.0) - candidate.features.get("act.actor.stopped", 0.0)
    suffered = sum(candidate.features.get(f, 0.0) for f in ("act.victim", "act.target", "toll.killed", "toll.injured"))
    if deeds and not suffered:
        found.append("only_acts")
    if suffered and not deeds:
        found.append("only_suffers")
    if not deeds and not suffered:
        found.append("neither")
    return found
