"""Which number counts the dead or injured of a word of harm: beside it, before its victims, or where a verb brings it.

All of these look at one sentence; None where no number fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vigie.coding.annotated import AnnotatedReport, holds_any
from vigie.coding.attribution_words import load_speech_words
from vigie.coding.phrases import Phrase, phrase_at
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.pack import Match
from vigie.language.parse import Parse
from vigie.language.schema import Trigger
from vigie.language.verb_groups import group_start
from vigie.mentions.values import QuantityMention
from vigie.text.segments import Sentence

WORD = re.compile(r"\w+")
BREAK = re.compile(r"[.;:!?()«»“”\"]|,")
# Words that may stand between a number and the noun it counts ("32 autres civils morts", "some 40 people were").
_MOST_WORDS_BETWEEN = 4
# How far behind the first victims others may stand, and before a count the verb that brings it up (characters).
BESIDE = 48
# Within so many words behind an article the noun stands that it belongs to.
_NUMBER_WITHIN = 3
# How many words may stand between those counted and the verb that tells of their death.
_MOST_BEFORE_VERB = 14


def counted_noun(report: AnnotatedReport, parse: Parse, count: QuantityMention, grammar: Grammar) -> Phrase | None:
    """The noun right after a number, where the tree does not lead there."""
    after = count.end
    while after < len(report.text) and report.text[after] == " ":
        after += 1
    i = parse.at(after)
    if i is None:
        return None
    if parse.tokens[i].pos in {"ADJ", "DET", "ADP"} and i + 1 < len(parse) and parse.tokens[i].head == i + 1:
        i += 1
    if parse.tokens[i].pos not in {"NOUN", "PROPN"}:
        return None
    phrase = phrase_at(report, parse, i, grammar)
    return phrase if phrase is not None and phrase.file in {"actors", "speakers", "weapons", "targets"} else None


def count_of(report: AnnotatedReport, phrase: Phrase, counts: Sequence[QuantityMention]) -> QuantityMention | None:
    """The number that counts a phrase: right before it, or its first words."""
    for q in reversed(counts):
        inside = q.start >= phrase.start and q.end <= phrase.end and q.start <= phrase.head[0]
        if inside and q.start - phrase.start < 12:
            return q
        if (
            q.end <= phrase.start
            and len(WORD.findall(report.text[q.end : phrase.start])) <= 2
            and (not BREAK.search(report.text[q.end : phrase.start]))
        ):
            return q
    return None


def left_adjacent(
    report: AnnotatedReport,
    match: Match,
    counts: Sequence[QuantityMention],
    others: Sequence[Match],
    grammar: Grammar,
) -> QuantityMention | None:
    """The number at the left of a word of harm ("three dead"), with few words and no other word of harm between."""
    for q in reversed(counts):
        if q.end > match.start:
            continue
        gap = report.text[q.end : match.start]
        words = WORD.findall(report.normal.folded[q.end : match.start])
        if len(words) > _MOST_WORDS_BETWEEN or BREAK.search(gap):
            return None
        if any(q.end <= m.start and m.end <= match.start and not _of_victims(m, match) for m in others):
            return None
        if fold(match.text).endswith(grammar.of_wounds) and len(words) <= 1 and not _people(report, q.end, match.start):
            return None  # "multiple gunshot wounds"
        if words and words[0] in grammar.about_dead:
            return None  # "14 names of those dead"
        if q.quantity.upper == 0 and not grammar.unconfirmed.isdisjoint(words):
            return None  # "no word of casualties"
        if q.quantity.upper == 0 and not grammar.further.isdisjoint(words):
            return None  # "no other injuries"
        if not grammar.charge_counts.isdisjoint(words):
            return None  # "three counts of murder"
        if holds_any(report.normal.folded[q.end : match.start], grammar.charged_with):
            return None  # "four men are accused of murdering"
        return None if _of_no_victim(report, q, match, grammar) else q
    return None


def _of_victims(before: Match, match: Match) -> bool:
    """ "Victims" as those of whom a verb tells that they died or are hurt (« une victime est décédée »)."""
    return getattr(before.entry, "harm", None) == "casualties" and getattr(match.entry, "pos", None) != "noun"


def _people(report: AnnotatedReport, start: int, end: int) -> bool:
    return bool(report.matches_in(start, end, "actors", "speakers"))


def counts_acts(entry: object) -> bool:
    """Whether a number beside a word counts acts, not people: « deux agressions »."""
    return isinstance(entry, Trigger) and entry.pos == "noun" and entry.injured


def number_of_acts(report: AnnotatedReport, count: QuantityMention) -> bool:
    """A number of acts, none of the dead that they leave: « cinq attaques distinctes ont causé la mort de six
    personnes », "two separate blasts"; not of people whom a noun for an act only describes ("six bombing suspects")."""
    if (count.quantity.lower or 0) < 2:
        return False
    for m in report.matches_in(count.end, count.end + BESIDE, "triggers"):
        entry = m.entry
        if not isinstance(entry, Trigger) or entry.pos != "noun" or entry.type is None or not m.text.endswith("s"):
            continue
        if len(WORD.findall(report.text[count.end : m.start])) > 1 or BREAK.search(report.text[count.end : m.start]):
            return False
        return not report.matches_in(count.end, m.end + 1, "actors", "speakers")
    return False


def counts_killings(count: QuantityMention, match: Match) -> bool:
    """A number of killings, each an act of its own: « deux homicides », "three murders"."""
    noun = isinstance(match.entry, Trigger) and match.entry.pos == "noun" and match.entry.killed
    return noun and count.end <= match.start and (count.quantity.lower or 0) > 1


def _of_no_victim(report: AnnotatedReport, count: QuantityMention, match: Match, grammar: Grammar) -> bool:
    """An article that counts something else than the victims: the act itself (« une agression », "a beating"), a state
    ("a critical condition"), or a noun that is not right before the word of harm ("a statement condemning the
    dead")."""
    if count.partitive or fold(report.text[count.start : count.end]) not in grammar.one:
        return False
    between = len(WORD.findall(report.text[count.end : match.start]))
    entry = match.entry
    if counts_acts(entry):
        return True
    return between > 2 or (between == 0 and getattr(entry, "pos", "noun") != "noun")


def right_adjacent(
    report: AnnotatedReport,
    match: Match,
    counts: Sequence[QuantityMention],
    others: Sequence[Match],
    grammar: Grammar,
) -> QuantityMention | None:
    """The number at its right ("killed three"), unless that belongs to the next word of harm ("mort et 15 blessés")."""
    for q in counts:
        if q.start < match.end:
            continue
        gap = report.text[match.end : q.start]
        words = WORD.findall(gap)
        # "la mort fin janvier de trois soldats": a genitive may stand a little further off.
        if len(words) > (4 if words and fold(words[-1]) in grammar.of else 2) or BREAK.search(gap):
            return None
        if fold(report.text[q.start : q.end]) in grammar.one and _uncounted(report, q, grammar):
            return None  # "killing an unknown number of people"
        if not grammar.opens_clause.isdisjoint(map(fold, words)) or not grammar.whereas.isdisjoint(map(fold, words)):
            return None  # "one died while two others were taken to hospital"
        if words and fold(words[-1]) in grammar.joint:
            return None  # "one killed and 11 others wounded", "wounding him and seven others"
        if words and fold(report.text[q.start : q.end]) in grammar.one and fold(words[-1]) in _prepositions(report):
            return None  # "killed in a shoot-out"
        if any(match.end <= m.start and m.end <= q.start for m in others):
            return None
        # A number before the next harm noun belongs to that one ("mort et 15 blessés").
        after = report.text[q.end : q.end + 40]
        follow = [m for m in others if m.start >= q.end and len(WORD.findall(report.text[q.end : m.start])) <= 1]
        if follow and not after.lstrip().startswith(("(",)):
            return None
        return q
    return None


def _uncounted(report: AnnotatedReport, article: QuantityMention, grammar: Grammar) -> bool:
    """Whether an article belongs to a word for a number that is not told ("an unknown number")."""
    behind = WORD.findall(report.normal.folded[article.end : article.end + BESIDE])[:_NUMBER_WITHIN]
    return not grammar.uncounted.isdisjoint(behind)


def _prepositions(report: AnnotatedReport) -> frozenset[str]:
    """Small words before a noun that is no object ("in", « lors de »); folded."""
    return load_speech_words(report.pack.language).prepositions


def counted_subject(
    report: AnnotatedReport, parse: Parse, match: Match, counts: Sequence[QuantityMention], grammar: Grammar
) -> QuantityMention | None:
    """The number of those of whom a verb of dying, or one in the passive, tells, however far before it: "at least 21
    people, most of them civilians, were killed", « neuf élèves d'une école ont été tués ». For where the tree leads
    nowhere: people stand right behind the number, and no verb, relative clause or other harm before this verb."""
    verb = parse.head_of(match.start, match.end)
    if verb is None:
        return None
    begin = parse.at(match.start)
    first = group_start(parse, begin if begin is not None else verb)
    group = parse.tokens[first : verb + 1]
    passive = any(t.dep == "aux:pass" for t in group)
    if not passive and getattr(match.entry, "subject", None) != "victim":
        return None
    for q in reversed(counts):
        if q.partitive or q.end > parse.tokens[first].start:
            continue
        gap = report.text[q.end : parse.tokens[first].start]
        between = [t for t in parse.tokens[:first] if t.start >= q.end]
        if re.search(r"[.;:!?()«»“”\"]", gap) or len(WORD.findall(gap)) > _MOST_BEFORE_VERB:
            return None
        if any(t.pos == "AUX" or fold(t.text) in grammar.relative for t in between):
            return None
        if report.matches_in(q.end, match.start, "harm"):
            return None
        people = report.matches_in(q.end, parse.tokens[first].start, "actors", "speakers")
        close = people and len(WORD.findall(report.text[q.end : people[0].start])) <= 2
        more = WORD.findall(report.normal.folded[q.end : parse.tokens[first].start])[:1]
        if more and more[0] in grammar.others and "," in gap and gap.rstrip().endswith(","):
            return q  # "six others, four of them deputies, were wounded"
        things = report.matches_in(q.end, people[0].start, "weapons", "targets") if people else ()
        if close and not things and ("," not in gap or gap.rstrip().endswith(",")):
            return q
    return None


def brought_to(
    parse: Parse, match: Match, counts: Sequence[QuantityMention], grammar: Grammar
) -> QuantityMention | None:
    """The bare number a verb brings a count of the dead to, however far off: "the death toll from the attack on the
    market has risen to 12", « le nombre de morts est passé à 31 »."""
    head = parse.head_of(match.start, match.end)
    if head is None:
        return None
    if parse.tokens[head].dep == "nmod":  # "the number of dead"
        head = parse.tokens[head].head
    if not parse.tokens[head].dep.startswith("nsubj"):
        return None
    verb = parse.tokens[head].head
    brought: QuantityMention | None = None
    for q in counts:
        i = parse.at(q.start) if q.start >= match.end else None
        if i is None or parse.tokens[i].pos != "NUM" or parse.tokens[i].head != verb:
            continue
        left = any(
            parse.tokens[c].dep == "case" and fold(parse.tokens[c].text) in grammar.left for c in parse.children(i)
        )
        if parse.tokens[i].dep in {"obl", "obj", "xcomp"} and (brought is None or not left):
            brought = q  # "from 10 to 14": what it is now, not what it was
    return brought


def risen_to(
    report: AnnotatedReport, sentence: Sentence, match: Match, counts: Sequence[QuantityMention], grammar: Grammar
) -> QuantityMention | None:
    """The same where the tree does not lead there: a verb of rising, and the number behind its preposition ("taking
    the number of dead in the attack to five")."""
    folded = report.normal.folded
    for q in reversed(counts):
        if q.start < match.end:
            continue
        before = WORD.findall(folded[match.end : q.start])
        opening = WORD.findall(folded[max(sentence.start, match.start - BESIDE) : match.start])[-4:]
        if before and before[-1] in grammar.rises_to and any(w.startswith(grammar.rises) for w in (*opening, *before)):
            return q
    return None


def whole_of(
    report: AnnotatedReport, match: Match, part: QuantityMention, counts: Sequence[QuantityMention]
) -> QuantityMention | None:
    """The number that a part is taken from, where a comma closes the part before the harm is told: "ten people, five
    children among them, died", « dix civils, dont cinq enfants, ont péri »."""
    if part.end > match.start or "," not in report.text[part.end : match.start]:
        return None
    before = [q for q in counts if q.end <= part.start and not q.partitive]
    if not before or report.matches_in(before[-1].end, part.start, "harm", "weapons"):
        return None
    return before[-1]


def counts_phrase(report: AnnotatedReport, count: QuantityMention, phrase: Phrase) -> bool:
    """Whether a number counts a phrase: it stands in it or right before it."""
    return phrase.start <= count.start < phrase.end or (
        count.end <= phrase.start and not WORD.search(report.text[count.end : phrase.start])
    )
