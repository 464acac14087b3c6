"""Who is said to be behind an incident beyond the grammar of its acts: who is accused of it, who is named, described or
arrested as the suspect, who holds the place it came from. Who claims it is told in owning.py."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vigie.coding.annotated import AnnotatedReport, mentions_any
from vigie.coding.deeds import any_of
from vigie.coding.disowning import of_support, of_untruth
from vigie.coding.joining import Group
from vigie.coding.person_names import PERSON
from vigie.coding.phrases import Phrase, phrase_at, phrase_of_match
from vigie.coding.roles import subject_of
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.pack import Match
from vigie.language.parse import Token
from vigie.language.schema import Body, Term, Trigger
from vigie.text.segments import Sentence

_SIDES = frozenset({"military", "armed_group", "police"})
_ACCUSABLE = frozenset(
    {"armed_group", "military", "police", "government", "attacker", "political", "religious", "crowd"}
)
_REACH = 110
_CAUGHT_REACH = 3
# How many words before a name's introduction may say that it is of a victim.
_WORDS_BEFORE = 6
_WORD = re.compile(r"\w+")
_NAME = re.compile(rf"(?: étant| être)?(?: comme)?,?:? (?:« ?|\"|“)?({PERSON})")
# A second name after the first and an age ("…, 47, and Nora Vance, 50").
_AND_NAME = re.compile(rf"(?:,? \(?\d\d(?: ans)?\)?,?)?,? (?:and|et) ({PERSON})")
# What somebody is accused of, right behind him.
# How far before a verb of accusation somebody denies what he answers by it.
_ANSWER = 40
_CHARGE = re.compile(r" (?:of|for) [a-z]+ing\b| d[e'’] ?(?:avoir|être|s'être|[a-zéè]+(?:er|ir))\b")
# A person's name that opens a sentence, and an age beside it.
_OPENING_NAME = re.compile(rf"[^\w]*(?:(?:An?|Une?|The|Le|La) \w+, )?({PERSON})")
_AGE = re.compile(r",? (?:agee? de |aged )?\d\d(?: ans)?\b")
# A name right after a word of accusation ("blamed Fulani herders", "accuse Kiev").
_CAPITALISED = re.compile(r"\s+(?:[a-z]{2,3} |[lL]')?([A-ZÀ-Þ][\w-]+(?: [\w-]+){0,3})")


@dataclass(frozen=True, slots=True)
class Author:
    """A name for whoever is behind an incident: offsets in the normalised text, and the name."""

    start: int
    end: int
    name: str


def sentences_of(group: Group, groups: Sequence[Group], report: AnnotatedReport) -> set[int]:
    """Sentences that speak of a group: its tellings, and what follows each up to the next telling of another."""
    owner: dict[int, Group] = {}
    for g in groups:
        for t in g.tellings:
            owner[t.sentence] = g
    told: set[int] = set()
    last: Group | None = None
    for s in report.sentences:
        last = owner.get(s.index, last)
        if last is group:
            told.add(s.index)
    return told


def accused(report: AnnotatedReport, told: set[int], grammar: Grammar) -> list[Author]:
    """Bodies that somebody accuses: what follows "accuse", "imputé à", "blamed on", or the subject of "est accusé
    de", "is suspected of"."""
    found: list[Author] = []
    answered: list[Author] = []
    for s in report.sentences:
        if s.index not in told or s.title or _in_general(report, s):
            continue
        for m in report.matches_in(s.start, s.end, "modality"):
            if isinstance(m.entry, Term) and m.entry.mark == "accuse" and not _no_charge(report, m, grammar):
                phrase = _charged(report, s, m, grammar)
                if phrase is None and not _aims_at_act(report, s, m):
                    phrase = _accused_by(report, m.start, m.end, s.start, s.end, grammar)
                if phrase is not None and not _nobody(report, phrase, grammar):
                    answers = _answers_charge(report, s, m)
                    (answered if answers else found).append(Author(phrase.start, phrase.end, phrase.name))
    return list(dict.fromkeys(found or answered))


def _no_charge(report: AnnotatedReport, term: Match, grammar: Grammar) -> bool:
    """Whether what follows a verb of accusation is no charge of having done it."""
    return of_untruth(report, term.end, grammar) or of_support(report, term.end, grammar)


def _nobody(report: AnnotatedReport, phrase: Phrase, grammar: Grammar) -> bool:
    """Whom a negated accusation names: nobody ("accused no one", « n'accuse personne », « aucun suspect »)."""
    before = report.normal.folded[max(0, phrase.start - 10) : phrase.start].split()
    return fold(phrase.name) in grammar.accused_nobody or bool(before and before[-1] in grammar.none_of)


def _answers_charge(report: AnnotatedReport, sentence: Sentence, term: Match) -> bool:
    """Whether who accuses answers a charge in the same breath ("denied it and blamed the army", « nie et accuse des
    bandits »): whom somebody else accuses comes first."""
    low = max(sentence.start, term.start - _ANSWER)
    return any(m.end <= term.start for m in report.matches_in(low, term.start, "modality") if _denies(m))


def _denies(m: Match) -> bool:
    return isinstance(m.entry, Term) and m.entry.mark == "deny"


def _in_general(report: AnnotatedReport, sentence: Sentence) -> bool:
    """The sentence speaks of acts only in the plural and uncounted: a reputation, not an accusation."""
    acts = [m for m in report.matches_in(sentence.start, sentence.end, "triggers") if isinstance(m.entry, Trigger)]
    return bool(acts) and all(_loose_plural(m) for m in acts)


def _loose_plural(m: Match) -> bool:
    entry = m.entry
    plural = isinstance(entry, Trigger) and entry.pos == "noun" and entry.strength != "definite"
    return plural and m.text.endswith("s")


def _charged(report: AnnotatedReport, sentence: Sentence, term: Match, grammar: Grammar) -> Phrase | None:
    """Whom a verb of accusation names: its object ("blamed herders"), or what it lays the act on ("imputé à X",
    "attributed to X", "pinned on X"). None where it charges somebody with something else than violence."""
    parse = report.parses.get(sentence.index)
    verb = parse.head_of(term.start, term.end) if parse is not None else None
    if parse is None or verb is None or parse.tokens[verb].pos not in {"VERB", "AUX"}:
        return None
    below = parse.children(verb)
    clauses = [c for c in below if parse.tokens[c].dep in {"xcomp", "advcl", "ccomp"}]
    charge = [c for c in clauses if parse.tokens[c].start > term.start]
    if charge and not report.matches_in(parse.tokens[charge[0]].start, sentence.end, "triggers", "harm", "weapons"):
        return None
    objects = [c for c in below if parse.tokens[c].dep in {"obj", "iobj"}]
    lays = fold(parse.tokens[verb].text).startswith(grammar.lays)
    laid = [
        c
        for c in below
        if lays
        and parse.tokens[c].dep in {"obl", "nmod", "obl:agent"}
        and any(fold(parse.tokens[k].text) in grammar.laid_on for k in parse.children(c))
    ]
    charges = fold(parse.tokens[verb].lemma) in grammar.charges
    for i in (*laid, *objects):
        phrase = phrase_at(report, parse, i, grammar)
        if phrase is not None and i in objects and phrase.file != "actors" and not phrase.proper and not charges:
            continue
        if phrase is None or phrase.file in {"weapons", "targets"} or phrase.start < term.start:
            continue
        if i in laid and phrase.file is None and _town(report, phrase):
            continue  # "a dénoncé l'attaque de mardi à Djibo"
        if phrase.file == "actors" and (phrase.kind not in _ACCUSABLE | {"civilian"}):
            continue
        if phrase.file == "actors" or phrase.proper or fold(phrase.name) not in grammar.articles:
            if report.matches_in(phrase.start, phrase.end, "triggers") or _thing(report, phrase, grammar):
                continue
            return _without_charge(report, phrase)
    return None


def _thing(report: AnnotatedReport, phrase: Phrase, grammar: Grammar) -> bool:
    """A common noun that no pack knows and that names nobody ("blamed human error", « accuse la sécheresse »)."""
    if phrase.file is not None or phrase.proper:
        return False
    head = report.normal.folded[phrase.head[0] : phrase.head[1]]
    people = head in grammar.collective or head.removesuffix("s").removesuffix("x").endswith(grammar.person_endings)
    return not people and not any(a < phrase.end and phrase.start < b for a, b, _ in report.demonyms)


def _without_charge(report: AnnotatedReport, phrase: Phrase) -> Phrase:
    """The accused without what he is accused of ("the authorities of hiding bodies")."""
    charge = _CHARGE.search(report.text, phrase.head[1], phrase.end)
    if charge is None:
        return phrase
    end = charge.start()
    return replace(phrase, end=end, name=" ".join(report.text[phrase.start : end].split()))


def _aims_at_act(report: AnnotatedReport, sentence: Sentence, term: Match) -> bool:
    """The object of the verb is the act itself, laid on nobody: "denounced Tuesday's attack" accuses nobody."""
    parse = report.parses.get(sentence.index)
    verb = parse.head_of(term.start, term.end) if parse is not None else None
    if parse is None or verb is None or parse.tokens[verb].pos not in {"VERB", "AUX"}:
        return False
    objects = [parse.tokens[c] for c in parse.children(verb) if parse.tokens[c].dep == "obj"]
    return any(t.start > term.start and report.matches_in(t.start, t.end, "triggers") for t in objects)


def _town(report: AnnotatedReport, phrase: Phrase) -> bool:
    """The name of a town or a region; that of a country may stand for its government."""
    return any(p.start < phrase.end and phrase.start < p.end and p.place.precision != "country" for p in report.places)


def _accused_by(report: AnnotatedReport, start: int, end: int, low: int, high: int, grammar: Grammar) -> Phrase | None:
    words = report.normal.folded[start : min(high, end + 4)]
    if words.startswith(grammar.accused_of):
        bodies = list(_bodies(report, max(low, start - _REACH), start, grammar))
        return bodies[-1] if bodies else None
    name = _CAPITALISED.match(report.text, end, high)
    sentence = report.sentence_at(start)
    if name and sentence is not None and not report.matches_in(name.start(1), name.end(1), "actors"):
        kept = list(itertools.takewhile(lambda w: fold(w) not in grammar.function_words, name[1].split()))
        if kept:
            first, last = name.start(1), name.start(1) + len(" ".join(kept))
            return Phrase(first, last, " ".join(kept), (first, last), None, True, False)
    return next(_bodies(report, end, min(high, end + _REACH), grammar), None)


def _bodies(report: AnnotatedReport, start: int, end: int, grammar: Grammar) -> Iterator[Phrase]:
    """Bodies that can be accused, in a stretch, as full phrases where the sentence is parsed."""
    for m in report.matches_in(start, end, "actors"):
        if not isinstance(m.entry, Body) or m.entry.kind not in _ACCUSABLE or not m.entry.can_act:
            continue
        yield _phrase_round(report, m, grammar)


@dataclass(frozen=True, slots=True)
class HeldArea:
    """ "the areas controlled by X" that something was fired from: its offsets, and X."""

    start: int
    end: int
    holder: Author


def held_areas(report: AnnotatedReport, start: int, end: int, grammar: Grammar) -> list[HeldArea]:
    """Areas held by an armed body, after a word for "from", in a stretch of text: their holder is suspected."""
    out = []
    for m in report.matches_in(start, end, "modality"):
        if not isinstance(m.entry, Term) or m.entry.mark != "from":
            continue
        for body in _bodies(report, m.end, min(end, m.end + _REACH), grammar):
            between = report.normal.folded[m.end : body.start]
            if any(w in between for w in grammar.held):
                head = re.match(r"\s*(?:les |des |the |d'|de )?", report.normal.folded[m.end : body.start])
                first = m.end + (head.end() if head else 0)
                out.append(HeldArea(first, body.end, Author(body.start, body.end, body.name)))
            break
    return out


def named_suspects(report: AnnotatedReport, told: set[int], grammar: Grammar) -> list[Author]:
    """Names that words of identification introduce ("identifié comme X", "the gunman, X")."""
    found = []
    folded = report.normal.folded
    here = [phrase for phrase in grammar.identified | grammar.identified_if_caught if phrase in folded]
    for s in report.sentences:
        if s.index not in told or s.title:
            continue
        for phrase in here:
            at = folded.find(phrase, s.start, s.end)
            if at < 0 or (at and folded[at - 1].isalnum()):
                continue
            if phrase in grammar.identified_if_caught and not _caught_before(report, s, grammar):
                continue  # it may be the victim who is named
            if is_of_victim(report, at + len(phrase), s.start, grammar):
                continue
            name = _NAME.match(report.text, at + len(phrase), s.end)
            if name and not report.matches_in(name.start(1), name.end(1), "actors"):
                found.append(Author(name.start(1), name.end(1), name[1]))
                second = _AND_NAME.match(report.text, name.end(), s.end)
                if second is not None:
                    found.append(Author(second.start(1), second.end(1), second[1]))
    return sorted(set(found), key=lambda a: a.start)


def is_of_victim(report: AnnotatedReport, start: int, low: int, grammar: Grammar) -> bool:
    """Whether the words right before an offset, from `low` on, speak of somebody hurt or dead."""
    before = _WORD.findall(report.normal.folded, low, start)[-_WORDS_BEFORE:]
    return not grammar.victim_words.isdisjoint(before)


def _caught_before(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> bool:
    """Whether this sentence or one of the few before it tells of an arrest."""
    low = report.sentences[max(0, sentence.index - _CAUGHT_REACH)].start
    words = _WORD.findall(report.normal.folded, low, sentence.end)
    return any(w.startswith(grammar.arrest) for w in words)


def side_by_side(report: AnnotatedReport, first: Author, second: Author) -> bool:
    """Whether two names stand beside each other, with nothing but an age between ("Adam Cole, 40, and Nora Vance")."""
    beside = _AND_NAME.match(report.text, first.end)
    return beside is not None and beside.start(1) == second.start


def tried(report: AnnotatedReport, told: set[int], grammar: Grammar) -> list[Author]:
    """People named as charged, tried or caught ("Adam Cole, 34, was charged with murder", « Karim Adda, 28 ans, a été
    mis en examen »): whose name opens the sentence, alone or with an age beside it."""
    found = []
    for s in report.sentences:
        if s.index not in told or s.title:
            continue
        name = _OPENING_NAME.match(report.text, s.start, s.end)
        if name is None or report.matches_in(name.start(1), name.end(1), "actors", "speakers"):
            continue
        rest = report.normal.folded[name.end() : s.end]
        at = min((k for p in grammar.tried if 0 <= (k := rest.find(p)) < _REACH), default=-1)
        aside = _AGE.match(rest) is not None or at <= 1
        if at >= 0 and aside and not any(q.start < name.end(1) and name.start(1) < q.end for q in report.places):
            found.append(Author(name.start(1), name.end(1), name[1]))
    return found or [
        a for s in report.sentences if s.index in told and not s.title for a in _sentenced(report, s, grammar)
    ]


def _sentenced(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> list[Author]:
    """The one whom judges are told to have tried or sentenced: the object of the verb ("a court jailed Adam Cole for
    life", « a condamné lundi Karim Adda à trente ans »)."""
    for verb in any_of(grammar.sentences).finditer(report.normal.folded, sentence.start, sentence.end):
        if verb.start() and report.normal.folded[verb.start() - 1].isalnum():
            continue
        start = max((d.end for d in report.dates if verb.end() <= d.start <= verb.end() + 4), default=verb.end())
        name = _NAME.match(report.text, start, sentence.end)
        if name is None or report.matches_in(name.start(1), name.end(1), "actors", "speakers"):
            continue
        then = _WORD.search(report.normal.folded, name.end(1), sentence.end)
        of_deed = then is not None and (then[0] in grammar.sentenced_to or then[0].isdigit())
        if of_deed and not any(q.start < name.end(1) and name.start(1) < q.end for q in report.places):
            return [Author(name.start(1), name.end(1), name[1])]
    return []


def confesses(report: AnnotatedReport, author: Author, grammar: Grammar) -> bool:
    """Whether the sentence that names somebody says that he owns up to the deed ("pleaded guilty", « a avoué »)."""
    sentence = report.sentence_at(author.start)
    return sentence is not None and mentions_any(report.normal.folded, sentence, grammar.confesses)


def arrested(report: AnnotatedReport, told: set[int], grammar: Grammar) -> list[Author]:
    """The one person said to be arrested or held after the act."""
    found = []
    for s in report.sentences:
        parse = report.parses.get(s.index)
        if s.index not in told or parse is None or s.title:
            continue
        for token in parse.tokens:
            if token.pos not in {"VERB", "ADJ"} or not fold(token.text).startswith(grammar.arrest):
                continue
            subject, passive = subject_of(parse, token.index, grammar)
            if not passive:
                subject = next((c for c in parse.children(token.index) if parse.tokens[c].dep == "obj"), None)
            if subject is None:
                continue
            phrase = phrase_at(report, parse, subject, grammar)
            described = _apposed(report, phrase, grammar) if phrase is not None else None
            phrase = described or phrase
            if phrase is not None and any(q.start < phrase.end and phrase.start < q.end for q in report.places):
                continue  # where it was, not who
            if phrase is not None and phrase.singular and phrase.file != "targets":
                found.append(Author(phrase.start, phrase.end, phrase.name))
    return found


def described(report: AnnotatedReport, told: set[int], grammar: Grammar) -> Author | None:
    """What a word for the one perpetrator is explained by anywhere in the telling: "Le conducteur, un homme de 27
    ans", "The attacker, a 34-year-old"."""
    for m in report.matches_in(report.body, len(report.text), "actors"):
        if not isinstance(m.entry, Body) or m.entry.kind != "attacker":
            continue
        sentence = report.sentence_at(m.start)
        parse = report.parses.get(sentence.index) if sentence else None
        head = parse.head_of(m.start, m.end) if parse is not None else None
        if sentence is None or sentence.index not in told or parse is None or head is None:
            continue
        phrase = phrase_at(report, parse, head, grammar)
        apposed = _apposed(report, phrase, grammar) if phrase is not None and phrase.singular else None
        if apposed is not None and apposed.singular and apposed.file not in {"targets", "weapons"}:
            return Author(apposed.start, apposed.end, apposed.name)
    return None


def unnamed(report: AnnotatedReport, group: Group, grammar: Grammar) -> Author | None:
    """Words for unnamed perpetrators in the sentences that tell the act, where grammar gives no author: the first
    one that is not itself hurt or caught."""
    hurt = {c.victims.start for t in group.tellings for c in t.tolls if c.victims is not None}
    hurt |= {p.start for t in group.tellings for a in t.acts for p in (*a.victims, *a.targets)}
    for t in group.tellings:
        if not t.acts:
            continue
        for m in report.matches_in(t.start, t.end, "actors"):
            if not isinstance(m.entry, Body) or m.entry.kind != "attacker" or m.start in hurt:
                continue
            if not fold(m.text).startswith(grammar.labels):
                head = _phrase_round(report, m, grammar)
                return Author(head.start, head.end, head.name) if head.start not in hurt else None
    return None


def _phrase_round(report: AnnotatedReport, m: Match, grammar: Grammar) -> Phrase:
    """The phrase that a pack match heads, where the sentence is parsed; else the match's own words."""
    sentence = report.sentence_at(m.start)
    parse = report.parses.get(sentence.index) if sentence else None
    head = parse.head_of(m.start, m.end) if parse is not None else None
    phrase = phrase_at(report, parse, head, grammar) if parse is not None and head is not None else None
    if phrase is not None and phrase.start <= m.start and m.end <= phrase.end:
        return phrase
    return phrase_of_match(report, m)


def member_of(report: AnnotatedReport, p: Phrase | Author, grammar: Grammar) -> Author | None:
    """The named body that fighters are said to belong to right after they are told of: "fighters suspected of
    belonging to X", "une brigade affiliée à X"."""
    sentence = report.sentence_at(p.start)
    if sentence is None:
        return None
    stop = min(sentence.end, p.end + 60)
    for m in report.matches_in(p.end, stop, "actors"):
        between = report.normal.folded[p.end : m.start]
        if not isinstance(m.entry, Body) or not m.entry.named or m.entry.kind not in _SIDES:
            return None
        words = between.lstrip(" ,")
        return Author(m.start, m.end, m.text) if words.startswith(grammar.belongs) and len(words.split()) < 7 else None
    return None


def people_of(report: AnnotatedReport, p: Phrase, grammar: Grammar) -> Author | None:
    """The armed group whose people did it ("On Monday its men set fire to …"): the one named last before, in this
    sentence or the one before."""
    sentence = report.sentence_at(p.start)
    owner = report.normal.folded[max(0, p.start - 8) : p.start].split()
    if p.proper or sentence is None or not owner or owner[-1] not in grammar.own:
        return None
    low = report.sentences[max(0, sentence.index - 1)].start
    named = [
        m
        for m in report.matches_in(max(low, report.body), p.start, "actors")
        if isinstance(m.entry, Body) and m.entry.named and m.entry.kind == "armed_group"
    ]
    return Author(named[-1].start, named[-1].end, named[-1].text) if named else None


def _apposed(report: AnnotatedReport, phrase: Phrase, grammar: Grammar) -> Phrase | None:
    """What a word for the perpetrator is explained by: "Le conducteur, un homme de 27 ans, …"."""
    sentence = report.sentence_at(phrase.start)
    parse = report.parses.get(sentence.index) if sentence else None
    if parse is None or report.text[phrase.end : phrase.end + 2] != ", ":
        return None
    tokens = [t for t in parse.tokens if t.start >= phrase.end + 2]
    if not tokens or fold(tokens[0].text) not in grammar.singular_person or fold(tokens[0].text) in grammar.definite:
        return None
    kept: list[Token] = []
    for t in tokens[1:]:
        joined = bool(kept) and (kept[-1].end == t.start or t.text == "-")
        ends = t.pos in {"VERB", "AUX", "PRON", "SCONJ", "CCONJ"} or (t.pos == "PUNCT" and not joined) or t.text == ","
        if ends or (t.pos == "ADP" and fold(t.text) not in grammar.of):
            break
        kept.append(t)
    if not kept or len(kept) > 8:
        return None
    start, end = kept[0].start, kept[-1].end
    return Phrase(start, end, " ".join(report.text[start:end].split()), (start, end), None, False, True)
