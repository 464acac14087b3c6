"""Noun phrases that can fill a role: who, whom, what, with what.

A phrase is a contiguous run of words round a head. Its class comes from the language pack: the entry that
covers its head, or a name in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vigie.coding.annotated import AnnotatedReport
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.pack import Match
from vigie.language.parse import Parse, Token
from vigie.language.schema import Body, Speaker, Thing, Weapon

# Dependents that are no part of a name: clauses, appositions, coordinated phrases, punctuation.
_OUTSIDE = frozenset(
    [
        "acl",
        "appos",
        "conj",
        "cc",
        "parataxis",
        "advcl",
        "ccomp",
        "nsubj",
        "cop",
        "advmod",
        "orphan",
        "discourse",
        "dislocated",
        "obl",
        "obl:agent",
        "mark",
        "aux",
        "aux:pass",
        "expl",
        "nsubj:pass",
    ]
)
_OPENERS = frozenset({"case", "det", "punct", "cc", "advmod"})
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON", "ADJ", "X", "SYM"})
_MAX_WORDS = 9
# Kinds of bodies that attack, and of those who guard and answer attacks.
FIGHTERS = frozenset({"armed_group", "attacker"})
GUARDS = frozenset({"military", "police"})
# Of several entries round a head, that of the first file gives the class.
_ORDER = {"actors": 0, "targets": 1, "weapons": 2, "speakers": 3}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: offsets in the normalised text without article, its words, and what kind of thing it names.

    match: the pack entry its class comes from (actors, targets, weapons, speakers), None where none covers it.
    proper: a name of its own (person, body or place). singular: one person or thing, as far as grammar tells.
    """

    start: int
    end: int
    name: str
    head: tuple[int, int]
    match: Match | None = None
    proper: bool = False
    singular: bool = False

    @property
    def file(self) -> str | None:
        """Pack file of the entry that covers the phrase: "actors", "targets", "weapons", "speakers" or None."""
        return self.match.file if self.match else None

    @property
    def kind(self) -> str | None:
        """Kind of the covering entry (military, attacker, infrastructure, rocket…)."""
        entry = self.match.entry if self.match else None
        return entry.kind if isinstance(entry, Body | Thing | Weapon | Speaker) else None

    @property
    def attacker(self) -> bool:
        """A word that means a perpetrator by itself."""
        return self.kind == "attacker"


def _inside(parse: Parse, head: int, grammar: Grammar) -> Iterator[int]:
    """Words of the phrase of a head; clauses, coordination and complements of place, time or means left out."""
    stack = [head]
    while stack:
        i = stack.pop()
        yield i
        for child in parse.children(i):
            token = parse.tokens[child]
            if (token.dep in _OUTSIDE and not _close(parse, i, child)) or _loose(parse, child, grammar):
                continue
            if token.dep == "punct" and token.text not in {"«", "»", '"', "“", "”", "-"}:
                continue
            stack.append(child)


def _close(parse: Parse, noun: int, i: int) -> bool:
    """A name right behind its noun, with nothing but adjectives between ("les rebelles ADF"): no comma sets it off."""
    name = parse.tokens[i]
    if name.dep != "appos" or name.pos != "PROPN" or i < noun or not name.text.isupper():
        return False
    return all(parse.tokens[k].pos == "ADJ" for k in range(noun + 1, i))


def _loose(parse: Parse, i: int, grammar: Grammar) -> bool:
    """A complement whose preposition is not that of a genitive: it tells where or when, it does not name."""
    if parse.tokens[i].dep not in {"nmod", "compound"}:
        return False
    cases = [fold(parse.tokens[c].text) for c in parse.children(i) if parse.tokens[c].dep == "case"]
    return bool(cases) and cases[0] not in grammar.of


def _run(words: list[int], head: int) -> tuple[int, int]:
    """First and last of the contiguous run of indices that holds `head`."""
    have = set(words)
    low = high = head
    while low - 1 in have:
        low -= 1
    while high + 1 in have:
        high += 1
    return low, high


def phrase_at(report: AnnotatedReport, parse: Parse, head: int, grammar: Grammar) -> Phrase | None:
    """The noun phrase whose head is word `head` of a parse, or None where that word is no noun."""
    known, place = report.phrases, (parse.start, head)
    if place not in known:
        known[place] = _read_phrase(report, parse, head, grammar)
    return known[place]


def _read_phrase(report: AnnotatedReport, parse: Parse, head: int, grammar: Grammar) -> Phrase | None:
    tokens = parse.tokens
    word = fold(tokens[head].text)
    if tokens[head].pos not in _NOMINAL or word in grammar.relative | grammar.subject_pronouns | grammar.aged:
        return None
    head = _counted(report, parse, head, grammar)
    low, high = _run(list(_inside(parse, head, grammar)), head)
    low = _skip_left(parse, report, low, head, grammar)
    high = next((i - 1 for i in range(head + 1, high + 1) if _in_date(report, tokens[i])), high)
    high = _trim_right(parse, low, head, high, grammar)
    start, end = tokens[low].start, tokens[high].end
    if start >= end or start < report.body or _no_name(report, tokens[head].start, tokens[head].end):
        return None
    return _classed(report, start, end, tokens[head])


def _counted(report: AnnotatedReport, parse: Parse, head: int, grammar: Grammar) -> int:
    """What a number or a word for a number of people stands for: "six des militaires", "une quarantaine de
    maisons", "dozens of militiamen", "un groupe de piétons"."""
    token = parse.tokens[head]
    number = token.pos == "NUM" or report.counted.find(1, token.start, token.end) >= 0
    if not number and fold(token.text) not in grammar.collective:
        return head
    for child in parse.children(head):
        inner = parse.tokens[child]
        if inner.pos not in {"NOUN", "PROPN"} or inner.dep not in {"nmod", "obl"}:
            continue
        if number or any(fold(parse.tokens[c].text) in grammar.of for c in parse.children(child)):
            return child
    return head


def _skip_left(parse: Parse, report: AnnotatedReport, low: int, head: int, grammar: Grammar) -> int:
    """Leave out prepositions, articles, quotation marks, dates and the number that counts the head."""
    tokens = parse.tokens
    while low < head:
        token = tokens[low]
        folded = fold(token.text)
        if (
            token.dep in _OPENERS
            or token.pos in {"NUM", "ADP"}
            or token.dep == "nummod"
            or folded in grammar.articles
            or folded in grammar.relative
            or _in_date(report, token)
        ) or (token.pos == "ADJ" and tokens[low + 1].pos == "NUM"):
            low += 1
        else:
            break
    return _whole_compound(parse, report, low)


def _whole_compound(parse: Parse, report: AnnotatedReport, low: int) -> int:
    """Words joined by hyphens stay whole ("16-year-old boy", "Kenyan-led troops")."""
    tokens = parse.tokens
    while low > 0 and tokens[low - 1].end == tokens[low].start:
        joint = tokens[low].text == "-" or tokens[low - 1].text == "-"
        if not joint or _in_date(report, tokens[low - 1]):
            break
        low -= 1
    return low


def _in_date(report: AnnotatedReport, token: Token) -> bool:
    return report.dated.find(1, token.start, token.end) >= 0


def _trim_right(parse: Parse, low: int, head: int, high: int, grammar: Grammar) -> int:
    """Cut a long tail: beyond a few words, complements of complements go first."""
    tokens = parse.tokens
    while high > head and (tokens[high].dep in {"punct", "case", "det", "cc"} or _bare_participle(parse, high)):
        if tokens[high].text in {"»", "”", '"'} and any(tokens[i].text in {"«", "“", '"'} for i in range(low, high)):
            break
        high -= 1
    if high - low + 1 <= _MAX_WORDS:
        return high
    for i in range(min(high, low + _MAX_WORDS), head, -1):
        if tokens[i].dep == "case" or tokens[i].pos == "ADP":
            return _trim_right_end(parse, head, i - 1)
    return min(high, low + _MAX_WORDS - 1)


def _bare_participle(parse: Parse, i: int) -> bool:
    """A past participle whose complement was cut off ("attackers armed | with guns", "fighters suspected | of")."""
    token = parse.tokens[i]
    if token.pos != "VERB" or not token.has("Tense=Past") or i + 1 >= len(parse.tokens):
        return False
    return parse.tokens[i + 1].pos in {"ADP", "SCONJ"}


def _trim_right_end(parse: Parse, head: int, high: int) -> int:
    while high > head and parse.tokens[high].dep in {"punct", "case", "det", "cc"}:
        high -= 1
    return high


def _classed(report: AnnotatedReport, start: int, end: int, head: Token) -> Phrase:
    matches = report.matches_in(start, end, "actors", "targets", "weapons", "speakers")
    on_head = [m for m in matches if m.start <= head.start and head.end <= m.end]
    if not on_head:  # a glued name may be longer than the entry, and an entry longer than a glued name
        on_head = [m for m in matches if m.start < head.end and head.start < m.end]
    match = min(on_head, key=lambda m: (_ORDER[m.file], -(m.end - m.start))) if on_head else None
    words = report.text[start:end]
    proper = head.pos == "PROPN" or (match is not None and isinstance(match.entry, Body) and match.entry.named)
    singular = head.has("Number=Sing") or (head.pos == "PROPN" and not head.has("Number=Plur"))
    name = " ".join(words.split())
    return Phrase(start, end, name, (head.start, head.end), match, proper, singular)


def _no_name(report: AnnotatedReport, start: int, end: int) -> bool:
    """The head is part of a date, or itself a word of violence or of harm: it names nobody."""
    if report.dated[start] and any(d.start <= start and end <= d.end for d in report.dates):
        return True
    if report.measured[start] and any(
        q.start <= start and end <= q.end and (q.unit != "count" or q.quantity.upper == 0) for q in report.quantities
    ):
        return True  # an amount, or "no one"
    acts = report.matches_in(start, end, "triggers", "harm")
    return bool(acts) and not report.matches_in(start, end, "actors", "targets", "weapons")


def coordinated(parse: Parse, head: int) -> list[int]:
    """`head` and the words coordinated with it, in order."""
    found, stack = [], [head]
    while stack:
        i = stack.pop()
        found.append(i)
        stack.extend(c for c in parse.children(i) if parse.tokens[c].dep == "conj" and parse.tokens[c].pos in _NOMINAL)
    return sorted(found)


def phrase_of_match(report: AnnotatedReport, match: Match) -> Phrase:
    """A phrase that is just the words of a pack match, where there is no parse to go by."""
    words = report.text[match.start : match.end]
    entry = match.entry
    named = isinstance(entry, Body) and entry.named
    return Phrase(match.start, match.end, " ".join(words.split()), (match.start, match.end), match, named, False)
