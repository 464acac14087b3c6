"""Who owns up to an act in his own words, tells it as his own, or says that it was not his."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from vigie.coding.acts import Act
from vigie.coding.annotated import AnnotatedReport, mentions_any
from vigie.coding.attributions import Attributed, Attribution
from vigie.coding.authors import Author, sentences_of
from vigie.coding.deeds import CLAUSE_END, DEED, OPENING, TELLS, WORD, any_of, opens_with_deed, tells_own_deed
from vigie.coding.joining import Group
from vigie.coding.phrases import FIGHTERS, Phrase
from vigie.coding.selves import means_speaker
from vigie.coding.types import STOPPED
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.pack import Match
from vigie.language.schema import Body, Cue, Speaker, Term
from vigie.model import Source
from vigie.text.segments import Sentence

_SIDES = frozenset({"military", "armed_group", "police"})
_STATES = frozenset({"military", "police", "government"})
# Those who only see or count: they never own up to an act.
_ONLOOKERS = frozenset({"witness", "medical", "media", "monitor"})
# Stances in which nobody tells an act as his own.
_UNOWNED = frozenset({"denies", "doubts", "no_information"})
# Within how many words of what is said its author is named, and how many may stand between him and the verb.
_NAMED_WITHIN = 6
# How far back "the group" finds its name.
_FAR = 1200
# Words of an object before the noun of the act ("the latest suicide attack").
_OBJECT_WORDS = 5
# Within how many characters behind a word for an act a place or a day says where or when it was.
_BESIDE = 45
# How far before the words for what a speaker is his name may open, and what stands between.
_BEFORE = 120
_APPOSED = re.compile(r", (?:[Aa]n? |the |une? |la |le |l')?$")
# The name of a group, set behind words for what it is.
_NAME_AFTER = re.compile(
    r", (?:[Tt]he |les? |la |l['’])?(?:« ?|\"|“)?([A-ZÀ-Þ][\w'’-]*"
    r"(?: (?:[A-ZÀ-Þ0-9][\w'’-]*|al-\w+|of|the|for|de|du|des|d['’]\w+|et|and|rouges?|noirs?|islamiques?))*)"
    r"(?: ?»|\"|”)?(?: \([^)]{1,20}\))?,"
)
_ARTICLE = re.compile(r"(?:The|Les?|La) (?=[A-ZÀ-Þ])|L['’](?=[A-ZÀ-Þ])")
# What may stand between the name of a group and words for what it is.
_BRACKET = re.compile(r"(?: \([^)]{1,20}\))?")
# How far before a claim its author is named where no speaker was found.
_NEAR = 50
# Words set beside a name ("Adam Cole, a spokesman for the rebels,").
_TITLE_BEHIND = re.compile(r", [^,.;:«»\"“”]{4,70}(?=,)")
# Words set before it ("A rebel spokesman, Adam Cole,").
_TITLE_BEFORE = re.compile(r"[^,.;:«»\"“”\n]{4,70}, $")
# The name behind words for whom somebody speaks ("on behalf of the Sons of the Valley").
_NAME_BEHIND = re.compile(
    r"(?: ?(?:the|an?|les|la|le|du|des|de|d'un|d'une|un|une|l')(?: (?=\W*[A-ZÀ-Þ])|(?<=')))* ?[«\"“]? ?"
    r"([A-ZÀ-Þ][\w'’-]*(?: (?:[A-ZÀ-Þ0-9][\w'’-]*|al-\w+|of|the|for|de|du|des|d'\w+|l'[A-ZÀ-Þ]\w+))*)"
)
# The name that words for what it is are set beside ("Jaysh al-Nur, an armed group").
_NAME_BEFORE = re.compile(
    r"((?:[A-ZÀ-Þ][\w'’-]*|al-[A-ZÀ-Þ]\w+)"
    r"(?: (?:[A-ZÀ-Þ][\w'’-]*|al-\w+|of|the|for|de|du|des|d'\w+|et|and|l'[A-ZÀ-Þ]\w+))*)(?: \([^)]{1,40}\))?, $"
)


def claimants(
    report: AnnotatedReport, group: Group, groups: Sequence[Group], attributed: Attributed, grammar: Grammar
) -> list[Author]:
    """Speakers who claim the act, in the sentences that speak of it, or that speak of nothing else and stand behind it;
    not those who claim most of many acts."""
    told = sentences_of(group, groups, report)
    names = {s.id: s for s in attributed.sources}
    found: dict[str, Author] = {}
    for a in attributed.attributions:
        source = names.get(a.source)
        mine = a.sentence in told or _points_at(report, a, group, groups)
        if source is None or not (mine or (group.period == "current" and _claims_several(report, a, grammar))):
            continue
        if mentions_any(report.normal.folded, report.sentences[a.sentence], grammar.most):
            continue
        if a.stance == "claims_responsibility" or _owns_up(report, a, source, grammar) or _claims(report, a, grammar):
            found[a.source] = _claimant(report, a, source, grammar)
        elif (named := _named_by_caller(report, a, source, grammar)) is not None:
            found[a.source] = named
    for a in attributed.attributions:
        if a.source in found and _reports_claim(a, attributed, found):
            del found[a.source]
    if any(names[s].terms == "named" for s in found if s in names):
        found = {s: author for s, author in found.items() if s not in names or names[s].terms == "named"}
    # What a newspaper or a channel says that somebody claims, no other speaker is heard of.
    heard = {a.sentence for a in attributed.attributions if a.source not in names or names[a.source].kind != "media"}
    for sentence in report.sentences:
        if sentence.index in told and sentence.index not in heard and not sentence.title:
            spoken_for = _claims_unheard(report, sentence, grammar)
            if spoken_for is not None:
                found.setdefault(fold(spoken_for.name), spoken_for)
    return list(dict.fromkeys(found.values()))


def _reports_claim(a: Attribution, attributed: Attributed, found: Container[str]) -> bool:
    """Whether somebody only tells of another's claim: that one's words stand within his, or are his ("he had confessed
    to it, police said")."""
    return any(
        b.source != a.source
        and b.source in found
        and b.sentence == a.sentence
        and any(
            (start <= b.cue_span[0] and b.cue_span[1] <= end)
            or (0 <= start - b.cue_span[1] <= 1 and not 0 <= start - a.cue_span[1] <= 1)
            for start, end in a.content
        )
        for b in attributed.attributions
    )


def with_claims(report: AnnotatedReport, attributed: Attributed, grammar: Grammar) -> Attributed:
    """The attributions with the stance of a claim where the speaker owns up to an act in his own words ("said its men
    had carried out the bombing"): no cue tells it then."""
    names = {s.id: s for s in attributed.sources}

    def claimed(a: Attribution) -> bool:
        source = names.get(a.source)
        return source is not None and (
            _owns_up(report, a, source, grammar)
            or (source.kind in _STATES and tells_own_deed(report, a, grammar))
            or _claims(report, a, grammar)
        )

    return replace(
        attributed,
        attributions=tuple(
            replace(a, stance="claims_responsibility") if claimed(a) else a for a in attributed.attributions
        ),
    )


def _points_at(report: AnnotatedReport, a: Attribution, group: Group, groups: Sequence[Group]) -> bool:
    """Whether a sentence that was taken for an act of its own only points back at the act told right before: it
    tells nothing before its speaker, and neither place nor day next to its act."""
    owner = next((g for g in groups if any(t.sentence == a.sentence for t in g.tellings)), None)
    if owner is None or owner is group or min(t.sentence for t in owner.tellings) < a.sentence:
        return False
    acts = [act for t in owner.tellings if t.sentence == a.sentence for act in t.acts]
    before = [(t.sentence, g is group) for g in groups for t in g.tellings if t.sentence < a.sentence]
    if not acts or acts[0].start < a.cue_span[0] or not before or not max(before)[1]:
        return False
    low, high = acts[0].start, acts[0].end + _BESIDE
    return not any(low <= p.start < high for p in report.places) and not any(
        low <= d.start < high for d in report.dates
    )


def _claims(report: AnnotatedReport, a: Attribution, grammar: Grammar) -> bool:
    """A verb that claims what its object names, where that is an act: "claimed the raid", "claimed it"."""
    return a.stance in TELLS and _claims_act(report, a.cue_span, report.sentences[a.sentence].end, grammar)


def _claims_several(report: AnnotatedReport, a: Attribution, grammar: Grammar) -> bool:
    """A claim of more than one of the acts told of: "claimed both attacks", « a revendiqué les deux attentats »."""
    if a.stance != "claims_responsibility" and not _claims(report, a, grammar):
        return False
    start, end = a.cue_span[1], report.sentences[a.sentence].end
    stretch = CLAUSE_END.search(report.text, start, min(end, start + DEED))
    limit = stretch.start() if stretch else min(end, start + DEED)
    acts = report.matches_in(start, limit, "triggers")
    words = {w[0] for w in WORD.finditer(report.normal.folded, start, acts[0].end)} if acts else set()
    return bool(words & grammar.claimed_together) and acts[0].text.endswith("s")


def _claims_act(report: AnnotatedReport, cue: tuple[int, int], end: int, grammar: Grammar) -> bool:
    folded, start = report.normal.folded, cue[1]
    if not folded[slice(*cue)].split()[-1].startswith(grammar.claims):
        return False
    words = list(WORD.finditer(folded, start, min(end, start + DEED)))
    if not words or words[0].start() - start > 1:
        return False
    pronoun = any_of(grammar.claimed_pronouns).match(folded, words[0].start(), end)
    if pronoun is not None:
        length = len(pronoun[0].split())
        after = words[length][0] if len(words) > length else "."
        ends = after in ".;:" or after in grammar.at or folded[pronoun.end()] in ",;.)"
        if ends or words[0][0] not in grammar.definite:
            return ends
    if words[0][0] not in grammar.definite | grammar.articles:
        return False
    for m in words[:_OBJECT_WORDS]:
        if m[0] in grammar.self_pronouns or m[0] in ".;:":
            return False
        if any(t.start <= m.start() < t.end for t in report.matches_in(start, end, "triggers", "weapons")):
            return True
    return False


def _claimant(report: AnnotatedReport, a: Attribution, source: Source, grammar: Grammar) -> Author:
    """Who claims: the body a voice speaks for ("a man claiming to speak for X"), the one that "the group" stands for,
    or the side of the speaker."""
    sentence = report.sentences[a.sentence]
    return (
        _spoken_for(report, sentence.start, a.cue_span[1] + DEED, grammar)
        or _group_before(report, a, source, grammar)
        or _side(report, a, source, grammar)
    )


def _group_before(report: AnnotatedReport, a: Attribution, source: Source, grammar: Grammar) -> Author | None:
    """The armed group named last before "the group", « l'organisation », where another was taken for the speaker."""
    words = WORD.findall(report.normal.folded, *a.source_span)
    if source.kind in _SIDES or not words or words[-1] not in grammar.group_words or len(words) > 2:
        return None
    named = [
        m
        for m in report.matches_in(max(report.body, a.source_span[0] - _FAR), a.source_span[0], "actors")
        if isinstance(m.entry, Body) and m.entry.named and m.entry.kind in FIGHTERS
    ]
    return Author(named[-1].start, named[-1].end, named[-1].text) if named else None


def _spoken_for(report: AnnotatedReport, start: int, end: int, grammar: Grammar) -> Author | None:
    """The body named behind words by which somebody speaks in its name ("claiming to speak for", « se réclamant
    d'un »)."""
    folded = report.normal.folded[start:end]
    for words in grammar.speaks_for:
        at = folded.find(words)
        if at < 0:
            continue
        name = _NAME_BEHIND.match(report.text, start + at + len(words))
        if name is not None:
            return Author(name.start(1), name.end(1), name[1])
    return None


def _named_by_caller(report: AnnotatedReport, a: Attribution, source: Source, grammar: Grammar) -> Author | None:
    """The body that an unknown voice says it was ("A caller said the X Brigades carried it out")."""
    if a.stance not in TELLS or not set(fold(source.name).split()) & grammar.callers:
        return None
    for start, end in a.content:
        words = report.normal.folded[start : min(end, start + OPENING)]
        at = min((k for p in (*grammar.behind, *grammar.work_of) if (k := words.find(p)) >= 0), default=-1)
        bodies = [
            m
            for m in report.matches_in(start, start + len(words), "actors")
            if isinstance(m.entry, Body) and m.entry.kind in FIGHTERS and m.entry.named
        ]
        if at >= 0 and bodies:
            return Author(bodies[0].start, bodies[0].end, bodies[0].text)
    return None


def _claims_unheard(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> Author | None:
    """Who claims in a sentence in which no speaker was found: a body spoken for, or named beside the verb ("The X, who
    have claimed this attack", "was claimed by X")."""
    cues = [
        (m.start, m.end)
        for m in report.matches_in(sentence.start, sentence.end, "cues")
        if isinstance(m.entry, Cue)
        and (m.entry.stance == "claims_responsibility" or _claims_act(report, (m.start, m.end), sentence.end, grammar))
    ]
    if not cues:
        return None
    marks = {
        m.entry.mark for m in report.matches_in(sentence.start, sentence.end, "modality") if isinstance(m.entry, Term)
    }
    if marks & {"unclaimed", "deny"} or mentions_any(report.normal.folded, sentence, grammar.most):
        return None
    spoken_for = _spoken_for(report, sentence.start, sentence.end, grammar)
    if spoken_for is not None:
        return spoken_for
    for start, end in cues:
        by = _by_whom(report, end, sentence.end, grammar)
        if by is not None:
            return by
        named = [
            m
            for m in report.matches_in(max(sentence.start, start - _NEAR), start, "actors")
            if isinstance(m.entry, Body) and m.entry.named and m.entry.kind in _SIDES
        ]
        if not named:
            continue
        between = WORD.findall(report.normal.folded, named[-1].end, start)
        clause = CLAUSE_END.search(report.text, named[-1].end, start) if between else None
        if clause is None or (between and between[0] in grammar.relative):
            return Author(named[-1].start, named[-1].end, named[-1].text)
    return None


def _by_whom(report: AnnotatedReport, start: int, end: int, grammar: Grammar) -> Author | None:
    """The body named right behind "claimed by"."""
    words = list(WORD.finditer(report.normal.folded, start - 4, min(end, start + _NEAR)))
    agent = next((w for w in words[:3] if w[0] in grammar.agent), None)
    if agent is None:
        return None
    for m in report.matches_in(agent.end(), min(end, agent.end() + _NEAR), "actors"):
        if isinstance(m.entry, Body) and m.entry.named and m.entry.kind in _SIDES:
            return Author(m.start, m.end, m.text)
    return None


def _owns_up(
    report: AnnotatedReport, a: Attribution, source: Source, grammar: Grammar, *, serves: bool = False
) -> bool:
    """What is said opens with the speaker himself as the author: "that it was behind the blast", "its men carried out
    the shooting", « avoir tué six soldats ». Only of fighters does any act of violence count; of others, words that
    plainly own up; of soldiers and police (`serves`) an infinitive ("to have shelled", « avoir bombardé »): "its troops
    killed two attackers" answers another's act."""
    if a.stance not in TELLS or source.kind in _ONLOOKERS:
        return False
    sentence = report.sentences[a.sentence]
    body = spoken_for(report, a)
    fighting = _fights(report, a, source)
    for_fighters = body is not None and isinstance(body.entry, Body) and body.entry.kind in FIGHTERS
    name = body.text if body is not None and for_fighters else source.name if fighting else None
    if name is not None and any(_body_did_it(report, name, *c, grammar) for c in a.content):
        return True
    fights = fighting and not mentions_any(report.normal.folded, sentence, grammar.since)
    return any(
        opens_with_deed(report, start, min(end, start + OPENING), grammar, fights=fights, serves=serves)
        for start, end in a.content
    )


def _body_did_it(report: AnnotatedReport, name: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether what is said opens with the body that the speaker speaks for as the author: by its name, or as "the
    group", "the militants" ("said the group was behind it", « que le mouvement avait mené l'attaque »)."""
    folded, behind = report.normal.folded, any_of(grammar.behind)
    names = grammar.group_words | {fold(name).split()[-1]}
    words = list(WORD.finditer(folded, start, min(end, start + DEED)))
    for k, word in enumerate(words[:_NAMED_WITHIN]):
        if word[0] in ".;:" or word[0] in grammar.opens_clause:
            return False
        if word[0] in names:
            return any(behind.match(folded, w.start(), end) for w in words[k + 1 : k + 2 + _NAMED_WITHIN])
    return False


def _fights(report: AnnotatedReport, a: Attribution, source: Source) -> bool:
    """An armed group, whatever its name is made of ("the X Liberation Army", "the Y brigade"): its own act of violence
    is the act told of, where an army that "killed six of the attackers" answers another."""
    return source.kind in FIGHTERS or any(
        isinstance(m.entry, Body) and m.entry.named and m.entry.kind in FIGHTERS
        for m in report.matches_in(*a.source_span, "actors")
    )


def _side(report: AnnotatedReport, a: Attribution, source: Source, grammar: Grammar) -> Author:
    """The body a speaker speaks for: the one named in a spokesman's title, or the one a dangling participle
    ("affiliés à …") or words for what it is ("an armed group") stand behind; else the speaker."""
    start, end = a.source_span
    own = _described_as_group(report, start, end, source, grammar)
    if own is not None:
        return own
    body = spoken_for(report, a)
    if body is not None:
        return Author(body.start, body.end, body.text)
    beside = _set_beside(report, start, end, source, grammar)
    return beside or Author(start, end, source.name)


def _described_as_group(
    report: AnnotatedReport, start: int, end: int, source: Source, grammar: Grammar
) -> Author | None:
    """The own name of a group that is told beside whose it is: "Jaysh al-Nur, a splinter group of the Taliban",
    « La branche locale de l'EI, l'EI-Nord », « une organisation inconnue, "Octobre" »."""
    at = report.text.find(source.name, start, end)
    behind = at + len(source.name)
    if at >= 0 and source.kind in FIGHTERS and report.text.startswith(", ", behind) and behind + 2 < end:
        beside = set(WORD.findall(report.normal.folded, behind, end)[:6])
        if beside & grammar.kinds_of_group:
            return Author(at, behind, source.name)
    opening = WORD.findall(report.normal.folded, start, end)[:3]
    if not grammar.kinds_of_group.isdisjoint(opening):
        name = _NAME_AFTER.match(report.text, end)
        if name is not None:
            return Author(name.start(1), name.end(1), name[1])
    return None


def spoken_for(report: AnnotatedReport, a: Attribution) -> Match | None:
    """The named side that a person speaks for by his function, told in his title or set beside his name ("Taliban
    spokesman Adam Cole", « Adam Cole, porte-parole du M23, »)."""
    start, end = a.source_span
    beside = _TITLE_BEHIND.match(report.text, end)
    if beside is not None and any(_spokesman(m) for m in report.matches_in(end, beside.end(), "speakers")):
        end = beside.end()
    before = _TITLE_BEFORE.search(report.text, max(0, start - _BEFORE), start)
    if before is not None and any(_spokesman(m) for m in report.matches_in(before.start(), start, "speakers")):
        start = before.start()
    functions = [m.entry for m in report.matches_in(start, end, "speakers")]
    if not any(isinstance(e, Speaker) and not e.body for e in functions):
        return None
    for m in report.matches_in(start, end, "actors"):
        if isinstance(m.entry, Body) and m.entry.named and m.entry.kind in _SIDES:
            return m
    return None


def speaks_for_another(report: AnnotatedReport, a: Attribution, p: Phrase) -> bool:
    """A person who speaks by his function for a body named beside him ("rebel spokesman Adam Cole")."""
    body = spoken_for(report, a) if p.proper and p.file != "actors" else None
    return body is not None and (body.end <= p.start or p.end <= body.start)


def _spokesman(m: Match) -> bool:
    return m.entry.id in {"spokesman", "porte_parole"}


def _set_beside(report: AnnotatedReport, start: int, end: int, source: Source, grammar: Grammar) -> Author | None:
    """The name that a speaker's words for what it is stand behind ("Jaysh al-Nur, an armed group, said")."""
    name = source.name
    sentence = report.sentence_at(start)
    low = max(sentence.start, start - _BEFORE) if sentence is not None else start
    opening = _APPOSED.search(report.text, low, start)
    if opening is None or sentence is None:
        return None
    comma = opening.start()
    if name[:1].islower():
        known = [
            m
            for m in report.matches_in(low, comma, "actors")
            if isinstance(m.entry, Body) and m.entry.named and _BRACKET.fullmatch(report.text, m.end, comma)
        ]
        if known:
            return Author(known[-1].start, known[-1].end, known[-1].text)
    role = source.terms == "role" or bool(name[:1].islower() and fold(name).split()[0] in grammar.kinds_of_group)
    if source.kind not in FIGHTERS | {"military"} or not role or name not in report.text[start:end]:
        return None
    before = _NAME_BEFORE.search(report.text, low, comma + 2)
    if before is None or (before[1].istitle() and " " not in before[1] and before.start(1) == sentence.start):
        return None
    article = _ARTICLE.match(before[1])
    start = before.start(1) + (article.end() if article is not None else 0)
    return Author(start, before.end(1), report.text[start : before.end(1)])


def tellers(report: AnnotatedReport, group: Group, attributed: Attributed, grammar: Grammar) -> list[Author]:
    """Speakers who tell the act as their own: "the rebels said they had killed", "nos forces ont frappé"."""
    names = {s.id: s for s in attributed.sources}
    found: dict[str, Author] = {}
    for t in group.tellings:
        for act in t.acts:
            own = act.pronoun or any(_possessed(report, p, grammar) for p in act.actors)
            if not own or _only_answers(act, group):
                continue
            for a in attributed.attributions:
                source = names.get(a.source)
                if source is None or source.kind not in _SIDES or a.stance in _UNOWNED or not _covers(a, act.start):
                    continue
                if means_speaker(report, act.start, a, attributed, grammar):
                    found[a.source] = _side(report, a, source, grammar)
    return list(found.values())


def _only_answers(act: Act, group: Group) -> bool:
    """Whoever shot something down, or killed those who attacked ("said it had killed 22 of the attackers"), tells of
    no attack of his own where another's act is told beside it."""
    if act.type == "disrupted" or act.marks & STOPPED:
        return True
    hit = (*act.victims, *act.targets)
    if not hit or not all(p.kind == "attacker" for p in hit):
        return False
    others = (a for t in group.tellings for a in t.acts if a is not act and a.strength == "strong" and not a.general)
    return any(p.kind in FIGHTERS for a in others for p in a.actors)


def _covers(a: Attribution, offset: int) -> bool:
    return any(start <= offset < end for start, end in a.content)


def _possessed(report: AnnotatedReport, p: Phrase, grammar: Grammar) -> bool:
    """ "its men", "nos forces": the phrase stands behind a possessive."""
    before = report.normal.folded[max(0, p.start - 8) : p.start].split()
    return bool(before) and before[-1] in grammar.own


def deniers(
    report: AnnotatedReport, told: set[int], attributed: Attributed, grammar: Grammar, owning: Container[str] = ()
) -> list[Author]:
    """Speakers who deny that the act was theirs ("denied its forces had struck", "dément toute implication"): those
    somebody holds responsible. Not who tells of it as his own (`owning`: their ids) and denies something else."""
    names = {s.id: s for s in attributed.sources}
    found: dict[str, Author] = {}
    for a in attributed.attributions:
        if a.stance != "denies" or a.sentence not in told or a.source not in names or a.source in owning:
            continue
        sentence = report.sentences[a.sentence]
        words = " ".join(report.normal.folded[a.cue_span[0] : sentence.end].split())
        if any(phrase in words for phrase in grammar.disowns):
            found[a.source] = _side(report, a, names[a.source], grammar)
    return list(found.values())


def denies_deed(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> bool:
    """Whether a sentence that denies speaks of violence or of a hand in it, not of "a report on the harvest"."""
    told = report.matches_in(sentence.start, sentence.end, "triggers", "harm", "weapons")
    return bool(told) or mentions_any(report.normal.folded, sentence, grammar.disowns)
