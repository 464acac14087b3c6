"""The dead or hurt told one by one in a row: "a dispatcher and a mechanic were killed", « tuant le maire, sa femme et
deux gardes ».

Trees often hang the members of such a row on one another and on the verb at random, so that the words are gone by: what
stands between the start of the clause and the verb, or behind the verb up to the next preposition, is cut at commas and
at "and", and each piece must be a person or a number of people.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigie.coding.phrases import FIGHTERS
from vigie.coding.toll_counts import BESIDE
from vigie.language.folding import fold
from vigie.language.schema import Harm, Trigger
from vigie.language.verb_groups import group_start
from vigie.model import Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigie.coding.annotated import AnnotatedReport
    from vigie.coding.phrases import Phrase
    from vigie.language.grammar import Grammar
    from vigie.language.pack import Match
    from vigie.language.parse import Parse, Token
    from vigie.mentions.values import QuantityMention

_ONE = Quantity(1, 1, "exact", "")
# So many tokens are looked at on either side of the verb.
_FAR = 32
# What may stand in the words for one member of a row before its last noun.
_INNER = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})
_PEOPLE = ("actors", "speakers")


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a row: its offsets, how many it is, and what it begins with. fighters: called by a word for those
    who fight against a state; attacker: by one for somebody who attacks people."""

    start: int
    end: int
    quantity: Quantity
    opens: str
    fighters: bool
    attacker: bool = False


def in_a_row(
    report: AnnotatedReport, parse: Parse, match: Match, counts: Sequence[QuantityMention], grammar: Grammar
) -> tuple[Member, ...]:
    """The victims of one verb that are told one by one; none where they are not all plain."""
    entry, verb = match.entry, parse.head_of(match.start, match.end)
    if not isinstance(entry, Harm | Trigger) or entry.pos != "verb" or verb is None:
        return ()
    first = group_start(parse, parse.at(match.start) or 0)
    group = parse.tokens[first : verb + 1]
    passive = any(t.dep == "aux:pass" for t in group)
    last = next((t.index + 1 for t in reversed(parse.tokens) if t.start < match.end), verb + 1)
    if passive or entry.subject == "victim":
        members = _before(report, parse, first, counts, grammar)
        if any(t.pos == "AUX" and t.has("Number=Sing") and t.has("VerbForm=Fin") for t in group):
            members = members[-1:]
        return _and_those_with(report, parse, members, last, counts, grammar) or members
    if entry.object != "victim":
        return ()
    members, end = _behind(report, parse, last, counts, grammar)
    return _and_those_with(report, parse, members, end, counts, grammar) or members


def side_by_side(
    report: AnnotatedReport,
    parse: Parse,
    victims: Phrase,
    match: Match,
    counts: Sequence[QuantityMention],
    grammar: Grammar,
) -> tuple[Quantity, int] | None:
    """How many stand beside the first victims behind an "and", and where their words end. Trees often hang them
    elsewhere, so that the words are gone by: nothing but nouns between "and" and the verb, or behind it up to the next
    preposition."""
    tokens = parse.tokens
    stop = match.start if victims.start < match.start else victims.end + BESIDE
    joint = next((t for t in tokens if victims.end <= t.start < stop and fold(t.text) in grammar.joint), None)
    between = tokens[parse.at(victims.head[0]) or 0 : joint.index if joint is not None else 0]
    if joint is None or joint.index + 2 >= len(tokens) or any(t.pos in {"VERB", "PUNCT", "SCONJ"} for t in between):
        return None
    first = joint.index + 1
    counted = next((q for q in counts if q.start <= tokens[first].start < q.end), None)
    follow = [t for t in tokens[first:] if t.start < stop or t.index <= first + 4]
    if victims.start < match.start:
        follow = [t for t in follow if t.end <= match.start]
        if any(t.pos == "VERB" or (t.pos == "PUNCT" and t.text != "-") for t in follow):
            return None
    noun = next((t for t in follow if t.pos in {"NOUN", "PROPN"} and t.start >= (counted.end if counted else 0)), None)
    while noun is not None and noun.index + 1 < len(tokens) and tokens[noun.index + 1].pos == "NOUN":
        noun = tokens[noun.index + 1]  # "a helicopter loader"
    if noun is None or report.matches_in(noun.start, noun.end, "weapons", "targets", "harm"):
        return None
    beside = report.matches_in(noun.start, noun.end, "actors")
    if beside and (getattr(beside[0].entry, "kind", None) in FIGHTERS) != (victims.kind in FIGHTERS):
        return None  # "two soldiers and three rebels": each side has its own dead
    if any(t.pos in {"VERB", "AUX"} or t.text in ",;:.(" for t in follow if first <= t.index < noun.index):
        return None
    behind = noun.index + 1
    if match.start < victims.start and behind < len(tokens) and tokens[behind].pos in {"VERB", "AUX"}:
        return None  # "killed two policemen and three were wounded"
    if counted is not None:
        return (
            (counted.quantity, noun.end)
            if counted.unit == "count" and counted.quantity.upper != 1
            else (_ONE, noun.end)
        )
    one = fold(tokens[first].text) in grammar.one and not noun.has("Number=Plur")
    return (_ONE, noun.end) if one else None


def _before(
    report: AnnotatedReport, parse: Parse, stop: int, counts: Sequence[QuantityMention], grammar: Grammar
) -> tuple[Member, ...]:
    """The members of a row that ends right before a verb."""
    low = stop
    while low > 0 and low > stop - _FAR and not _ends_clause(parse.tokens[low - 1], grammar):
        low -= 1
    pieces, marks = _cut(parse.tokens[low:stop], grammar)
    if not pieces or not pieces[-1]:
        return ()  # "five people, a guard among them, died"
    found: list[Member] = []
    for k in range(len(pieces) - 1, -1, -1):
        if not pieces[k]:
            continue
        member = _member(report, pieces[k], counts, grammar)
        if member is None:
            if pieces[k][0].pos not in {"ADP", "ADV"} and len(pieces[k]) > 1:
                return ()  # a member that is not plain, no "on Monday, a guard …"
            break
        found.insert(0, member)
        if k and marks[k - 1] == "," and len(found) == 1:
            break  # "the mayor, a former soldier was killed"
    return _plain(report, found, grammar)


def _behind(
    report: AnnotatedReport, parse: Parse, start: int, counts: Sequence[QuantityMention], grammar: Grammar
) -> tuple[tuple[Member, ...], int]:
    """The members of a row that begins right behind a verb, and where it ends."""
    tokens = parse.tokens
    found: list[Member] = []
    joined, at = True, start
    while at < len(tokens) and at < start + _FAR:
        stop = at
        while stop < len(tokens) and _inner(tokens[stop], grammar):
            stop += 1
        if stop > at and all(t.pos == "NUM" for t in tokens[at:stop]):
            stop = _past_complement(tokens, stop, grammar)  # "two of his guards"
        member = _member(report, tokens[at:stop], counts, grammar)
        if member is None or (stop < len(tokens) and tokens[stop].pos in {"VERB", "AUX"} and not _named(tokens, stop)):
            break  # "killed two policemen and three were wounded"
        found.append(member)
        end = stop = _past_complement(tokens, stop, grammar)
        if stop >= len(tokens) or not (mark := _mark(tokens[stop], grammar)):
            return (_plain(report, found, grammar) if joined else ()), end
        joined = mark == "and"
        at = stop + 1
        if mark == "," and at < len(tokens) and _mark(tokens[at], grammar) == "and":
            joined, at = True, at + 1
    row = found if joined or len(found) < 2 else []
    return (_plain(report, found, grammar) if row else ()), at - 1 if found else start


def _and_those_with(
    report: AnnotatedReport,
    parse: Parse,
    members: tuple[Member, ...],
    at: int,
    counts: Sequence[QuantityMention],
    grammar: Grammar,
) -> tuple[Member, ...]:
    """One and those told with him: "the mayor was killed along with three aides"."""
    if len(members) != 1 or at >= len(parse.tokens):
        return ()
    day = next((d for d in report.dates if d.start == parse.tokens[at].start), None)
    while day is not None and at + 1 < len(parse.tokens) and parse.tokens[at].start < day.end:
        at += 1  # « a été tué lundi avec deux gardes »
    folded = report.normal.folded[parse.tokens[at].start :][:_FAR]
    words = next((w for w in grammar.alongside if folded.startswith(f"{w} ")), None)
    if words is None:
        return ()
    begin = parse.at(parse.tokens[at].start + len(words) + 1)
    if begin is None:
        return ()
    more, _ = _behind(report, parse, begin, counts, grammar)
    return (*members, *more) if more else ()


def _plain(report: AnnotatedReport, members: Sequence[Member], grammar: Grammar) -> tuple[Member, ...]:
    """A row without what only says who the member before it is: "Jan Weld, the mayor, and his wife"."""
    kept: list[Member] = []
    for m in members:
        before = kept[-1] if kept else None
        comma = before is not None and "," in report.text[before.end : m.start]
        joint = before is not None and any(
            f" {w} " in report.normal.folded[before.end : m.start] for w in grammar.joint
        )
        if before is not None and comma and not joint and before.quantity.upper == 1 and before.opens != m.opens:
            known = before.opens in {"name", "definite"}
            if (known and m.opens in {"one", "definite"}) or m.opens == "name":
                continue
        # "A rebel commander and two of his guards": his people are of his side.
        kept.append(replace(m, fighters=before.fighters) if before is not None and m.opens == "own" else m)
    return tuple(kept)


def _member(
    report: AnnotatedReport, tokens: Sequence[Token], counts: Sequence[QuantityMention], grammar: Grammar
) -> Member | None:
    """One piece of a row, where it is a person or a number of people."""
    member = _plain_member(report, tokens, counts, grammar)
    if member is None:
        return None
    found = report.matches_in(member.start, member.end, *_PEOPLE)
    return replace(member, attacker=any(getattr(m.entry, "kind", None) == "attacker" for m in found))


def _plain_member(
    report: AnnotatedReport, tokens: Sequence[Token], counts: Sequence[QuantityMention], grammar: Grammar
) -> Member | None:
    """The same, whoever it is."""
    nouns = [t for t in tokens if t.pos in {"NOUN", "PROPN", "ADJ"}]
    if not tokens or not nouns:
        return None
    inner = [*_until_complement(tokens, grammar)]
    heads = [t for t in inner if t.pos in {"NOUN", "PROPN"}] or [t for t in inner if t.pos == "ADJ"]
    if not heads:
        return None
    first, head = tokens[0], heads[-1]
    word = fold(first.text)
    if fold(head.text) in grammar.uncounted:
        return None  # "an unknown number of people"
    people = [m for m in report.matches_in(first.start, head.end, *_PEOPLE) if m.end >= head.start]
    if report.matches_in(head.start, head.end, "weapons", "targets", "harm") and not people:
        return None
    count = next((q for q in counts if q.start <= first.start < q.end and q.unit == "count"), None)
    fighters = any(getattr(m.entry, "kind", None) in FIGHTERS for m in people)
    others = fold(head.text) in grammar.others
    person = bool(people) or others or fold(head.text) in grammar.people
    if count is not None and (count.quantity.upper != 1 or word not in grammar.one or count.partitive):
        counted = head.start >= count.end and person and count.quantity.lower
        opens = "own" if any(fold(t.text) in grammar.own for t in tokens) else "number"
        return Member(first.start, head.end, count.quantity, opens, fighters) if counted else None
    if head.has("Number=Plur"):
        return None
    ends = fold(head.text).endswith(grammar.person_endings)
    if word in grammar.one or count is not None:
        own = word in grammar.own
        return Member(first.start, head.end, _ONE, "own" if own else "one", fighters) if person or ends else None
    if word in grammar.own:
        return Member(first.start, head.end, _ONE, "own", fighters) if person else None
    if word in grammar.definite:
        return Member(first.start, head.end, _ONE, "definite", fighters) if person else None
    names = [t for t in inner if t.pos == "PROPN"]
    placed = any(p.start < head.end and head.start < p.end for p in report.places)
    if len(names) > 1 and all(t.text[:1].isupper() for t in inner) and not placed:
        return Member(first.start, head.end, _ONE, "name", fighters)
    return None


def _until_complement(tokens: Sequence[Token], grammar: Grammar) -> Sequence[Token]:
    """A piece without the prepositional phrase that belongs to its noun ("chauffeur du bus")."""
    for k, t in enumerate(tokens):
        if k and (t.pos in {"ADP", "VERB"}) and tokens[k - 1].pos in {"NOUN", "PROPN", "ADJ"}:
            return tokens[:k]
        if k and t.pos in {"ADP", "VERB", "AUX"} and fold(t.text) not in grammar.of:
            return ()
    return tokens


def _past_complement(tokens: Sequence[Token], at: int, grammar: Grammar) -> int:
    """Behind a genitive or a name that says of whom a noun is ("commander named Weld", "two of his guards")."""
    if at < len(tokens) and (fold(tokens[at].text) in grammar.of or _named(tokens, at)):
        stop = at + 1
        while stop < len(tokens) and _inner(tokens[stop], grammar):
            stop += 1
        return stop if stop > at + 1 else at
    return at


def _inner(token: Token, grammar: Grammar) -> bool:
    """What may stand in the words for one member of a row."""
    return (token.pos in _INNER or token.text == "-") and not _mark(token, grammar)


def _named(tokens: Sequence[Token], at: int) -> bool:
    """A participle that only brings a name."""
    return tokens[at].pos == "VERB" and at + 1 < len(tokens) and tokens[at + 1].pos == "PROPN"


def _cut(tokens: Sequence[Token], grammar: Grammar) -> tuple[list[list[Token]], list[str]]:
    """Tokens cut at commas and at "and", and the marks they are cut at."""
    pieces: list[list[Token]] = [[]]
    marks: list[str] = []
    for t in tokens:
        mark = _mark(t, grammar)
        if not mark:
            pieces[-1].append(t)
        elif mark == "and" and marks and not pieces[-1]:
            marks[-1] = "and"  # "a guard, and a driver"
        else:
            marks.append(mark)
            pieces.append([])
    return pieces, marks


def _mark(token: Token, grammar: Grammar) -> str:
    if token.text == ",":
        return ","
    return "and" if fold(token.text) in grammar.joint else ""


def _ends_clause(token: Token, grammar: Grammar) -> bool:
    """What no row goes beyond."""
    if token.pos in {"VERB", "AUX", "SCONJ"} or fold(token.text) in grammar.relative:
        return True
    return token.pos == "PUNCT" and token.text not in {",", "-"}
