"""Running totals: counts of acts, of dead and hurt or of things hit, over many incidents.

A count is one of many incidents where its words are tied to a stretch of time ("since January", "in ten days",
« depuis le début de l'année »), or where it is too great to be of one. Words decide, not the parse: what counts the
dead stands beside its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vigie.coding.annotated import AnnotatedReport, holds_any, mentions_any, within
from vigie.coding.attributions import Attributed
from vigie.coding.reference import definite, plural
from vigie.coding.spans_of_time import Stretch, act_nouns, is_apart, names_any, stretches_of
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.pack import Match
from vigie.language.schema import Body, Harm, Thing, Trigger, Weapon
from vigie.mentions.dates import is_since
from vigie.mentions.values import DAYS, QuantityMention
from vigie.model import Tally
from vigie.text.segments import Sentence

_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[.;:!?()]")
# So many acts are never one; so many killed in a stretch of time not counted from a day, or at all.
_MANY = 20
_MANY_IN_A_PERIOD = 50
_MANY_DEAD = 1000
# How many words may stand between a number and the word of harm or of an act behind it, and before it.
_MOST_BEHIND = 9
_MOST_BEFORE = 4
_MOST_TO_ORDINAL = 6
# So far before an act stands its number, or the place or year that names it (characters).
_COUNTED_REACH = 12
_LEAST_ORDINAL = 3
_COUNTED_FILES = ("triggers", "harm", "weapons", "targets", "actors")


@dataclass(frozen=True, slots=True)
class Tallied:
    """A tally and the words it takes. acts: what is told there is of many acts and so of no single one; False where
    one act is only said to be the third or the fourth, or things are counted that were hit, the last of them perhaps
    by the act that the report tells of."""

    start: int
    end: int
    tally: Tally
    acts: bool


def find_tallies(report: AnnotatedReport, attributed: Attributed, grammar: Grammar) -> list[Tallied]:
    """Counts over many incidents, in text order."""
    found: list[Tallied] = []
    several = [q for q in report.quantities if q.unit in {"count", "ordinal", "other"} and _several(q)]
    for sentence in report.sentences:
        counts = within(several, sentence.start, sentence.end)
        if not counts:
            continue
        stretches = [] if sentence.title else stretches_of(report, sentence, grammar)
        mine: list[tuple[QuantityMention, int, int]] = []
        for q in counts:
            span = _counted(report, sentence, q, stretches, grammar) or (
                _compared(report, sentence, q, grammar) if mine else None
            )
            if span is not None and not any(a < span[1] and span[0] < b and q.unit == "other" for _, a, b in mine):
                mine.append((q, *span))
        for q, start, end in mine:
            tally = Tally(
                what=report.text[q.end : end].strip(" ,;") or report.text[start : q.start].strip(" ,;"),
                lower=q.quantity.lower,
                upper=q.quantity.upper,
                text=report.text[start:end],
                evidence=(report.normal.span(start, end),),
                since=_since(report, sentence, grammar),
                place=tuple(dict.fromkeys(p.place.name for p in within(report.places, end, sentence.end))),
                actor=_claimant(report, sentence, attributed, grammar),
                target=_hit(report, sentence, end),
            )
            found.append(Tallied(start, end, tally, q.unit != "ordinal" and _acts_or_dead(report, start, end)))
    return _once(found)


def counted_words(tallies: Sequence[Tallied]) -> list[tuple[int, int]]:
    """The stretches of text that tell of many acts and of no single one."""
    return [(t.start, t.end) for t in tallies if t.acts]


def _acts_or_dead(report: AnnotatedReport, start: int, end: int) -> bool:
    """Whether words name acts, or tell of people killed or hurt."""
    found = [m.entry for m in report.matches_in(start, end, "triggers", "harm")]
    return any(isinstance(e, Harm) or (isinstance(e, Trigger) and e.pos == "noun") for e in found)


def _several(q: QuantityMention) -> bool:
    """More than one; of ordinals, more than the act told of and one before it ("the second attack this week"). No
    "several", which counts nothing."""
    if q.quantity.hedge == "order_of" and q.quantity.upper is None:
        return False
    return (q.quantity.lower or 0) >= (_LEAST_ORDINAL if q.unit == "ordinal" else 2)


def _once(tallies: Sequence[Tallied]) -> list[Tallied]:
    """Each count once: "the 195th shooting of the year … 195 shootings since January"."""
    kept: list[Tallied] = []
    for t in tallies:
        same = next((k for k in kept if (k.tally.lower, k.tally.upper) == (t.tally.lower, t.tally.upper)), None)
        if same is None:
            kept.append(t)
    return kept


def _counted(
    report: AnnotatedReport,
    sentence: Sentence,
    q: QuantityMention,
    stretches: Sequence[Stretch],
    grammar: Grammar,
) -> tuple[int, int] | None:
    """The words of a tally round a number, or None where it is none."""
    tied = [s for s in stretches if not is_apart(report, sentence, s, q.start, grammar)]
    running = [s for s in tied if s.kind != "period"]
    if q.unit == "ordinal":
        return _in_a_row(report, sentence, q, tied, grammar)
    if q.unit == "other":
        return _so_often(report, sentence, q, running, grammar)
    least = q.quantity.lower or 0
    acts = _acts_behind(report, sentence, q, bool(running), grammar)
    if acts is not None:
        named = q.start, acts
        triggers = report.matches_in(q.end, acts, "triggers")
        nouns = [m for m in triggers if isinstance(m.entry, Trigger) and m.entry.pos == "noun"]
        many_acts = any(m.text.endswith(("s", "x")) for m in nouns)  # not "11 civilians in an attack"
        if (nouns and least >= _MANY and not q.partitive) or any(
            _joined(report, named, s, grammar, comma=many_acts) for s in running
        ):
            return named
    if q.partitive or fold(report.text[q.start : q.end]) in grammar.both:
        return None
    one = _one_act(report, sentence) or any(_named_before(report, sentence, m) for m in act_nouns(report, sentence))
    many = least >= _MANY_IN_A_PERIOD and bool(tied) and not one and not _taken_at_once(report, sentence, q)
    if not many and not one and not _on_a_day(report, sentence):
        many = (any(_long(report, t) for t in tied) and _over_many_acts(report, sentence, grammar)) or (
            least >= _MANY and holds_any(_folded(report, sentence), grammar.tallied_by)
        )
    most = least >= _MANY_DEAD and not _on_a_day(report, sentence)
    if not (running or many or most):
        return None
    for span in (_harm_behind(report, sentence, q, grammar), _harm_before(report, sentence, q, grammar)):
        if span is None:
            continue
        if many or any(_joined(report, span, s, grammar) for s in running) or (most and _killed(report, span, grammar)):
            return span
    return None


def _acts_behind(
    report: AnnotatedReport, sentence: Sentence, q: QuantityMention, spread: bool, grammar: Grammar
) -> int | None:
    """Where the phrase counted by `q` ends, if it counts acts: "plus de 175 tirs de roquettes et frappes de drones",
    "30 rocket attacks"; over a stretch of time also people killed and things hit ("5 hôpitaux touchés")."""
    end: int | None = None
    last = q.end
    for m in report.matches_in(q.end, sentence.end, *_COUNTED_FILES):
        gap = report.text[last : m.start]
        if m.start < last:
            continue
        if len(_WORD.findall(gap)) > 3 or _STOP.search(gap) or "," in gap:
            break
        entry = m.entry
        if isinstance(entry, Trigger) and entry.pos == "noun":
            if last > q.end and end is None and not set(_WORD.findall(fold(gap))) <= grammar.of | grammar.joint:
                break  # "29 drones launched in attacks"
            end = last = m.end
        elif spread and isinstance(entry, Harm | Trigger):
            return m.end
        elif isinstance(entry, Weapon) or end is not None or (spread and isinstance(entry, Body | Thing)):
            last = m.end
            if end is not None and not isinstance(entry, Trigger):
                end = m.end
        else:
            break
    return end


def _harm_behind(
    report: AnnotatedReport, sentence: Sentence, q: QuantityMention, grammar: Grammar
) -> tuple[int, int] | None:
    """From a number to the word of harm that follows it: "39 health facilities in the region have been damaged"."""
    folded = report.normal.folded
    words = 0
    harms = {m.start: m for m in report.matches_in(q.end, sentence.end, "triggers", "harm") if _is_harm(m)}
    for w in _WORD.finditer(folded, q.end, sentence.end):
        gap = report.text[q.end : w.start()]
        if _STOP.search(gap) or words > _MOST_BEHIND:
            return None
        if gap.count(",") % 2:  # in an aside: "53 people, among them a constable blown up by a mine"
            words += 1
            continue
        if w[0] in grammar.relative | grammar.opens_clause:
            return None
        if w.start() in harms:
            part = any(word in grammar.relative for word in _WORD.findall(folded, q.end, w.start()))
            aside = part and gap.rstrip().endswith(",")  # "45, of whom one policeman, beaten to death"
            return None if aside else (q.start, harms[w.start()].end)
        if words and w[0].startswith(grammar.counted) and _thing_or_person(report, q.end, w.start()):
            return q.start, w.end()
        words += 1
    return None


def _harm_before(
    report: AnnotatedReport, sentence: Sentence, q: QuantityMention, grammar: Grammar
) -> tuple[int, int] | None:
    """From a verb of harm to the number right behind it and what that counts: "has killed more than 390 suspects",
    « ont coûté la vie à plus de 300 civils »."""
    for m in reversed(report.matches_in(sentence.start, q.start, "triggers", "harm")):
        gap = report.text[m.end : q.start]
        if len(_WORD.findall(gap)) > _MOST_BEFORE or _STOP.search(gap) or "," in gap:
            break
        if any(o.unit == "count" for o in within(report.quantities, m.end, q.start)):
            break  # "killed hundreds and displaced millions"
        if isinstance(m.entry, Trigger) and fold(m.text).startswith(grammar.rises):
            break  # "had reached 700,000 people", « atteindre 700 000 personnes »
        of = set(_WORD.findall(report.normal.folded[m.end : q.start])) <= grammar.of  # "the death of hundreds"
        if _is_harm(m) and isinstance(m.entry, Harm | Trigger) and (m.entry.pos == "verb" or (of and gap.strip())):
            return m.start, _noun_end(report, sentence, q, grammar)
    before = list(_WORD.finditer(report.normal.folded, sentence.start, q.start))[-2:]
    lives = _WORD.search(report.normal.folded, q.end, sentence.end)
    if before and lives and lives[0] in grammar.lives and before[-1][0].startswith(grammar.takes_lives):
        return before[-1].start(), lives.end()  # "has claimed more than 30,000 lives"
    if any(w[0].startswith(grammar.counted) for w in before) and _arms_behind(report, sentence, q):
        return q.start, _noun_end(report, sentence, q, grammar)
    return None


def _arms_behind(report: AnnotatedReport, sentence: Sentence, q: QuantityMention) -> bool:
    """Whether a number counts weapons or things that are hit ("632 véhicules piégés", "31 explosive devices")."""
    found = report.matches_in(q.end, sentence.end, "weapons", "targets")
    return bool(found) and len(_WORD.findall(report.text[q.end : found[0].start])) <= 1


def _killed(report: AnnotatedReport, span: tuple[int, int], grammar: Grammar) -> bool:
    """Whether words tell of people killed by violence, not of victims of a disease or a flood."""
    if _WORD.findall(report.normal.folded[span[0] : span[1]])[-1] in grammar.lives:
        return True
    found = report.matches_in(*span, "triggers", "harm")
    dead = [m for m in found if getattr(m.entry, "harm", None) == "killed" or getattr(m.entry, "killed", False)]
    return bool(dead) and not re.search(r",(?!\d)", report.text[span[0] : span[1]])


def _thing_or_person(report: AnnotatedReport, start: int, end: int) -> bool:
    """Whether things that can be hit, weapons or people are named between two offsets."""
    return bool(report.matches_in(start, end, "targets", "actors", "weapons"))


def _is_harm(m: Match) -> bool:
    entry = m.entry
    if isinstance(entry, Harm):
        return entry.harm not in {"missing", "unharmed"}
    return isinstance(entry, Trigger) and entry.strength != "definite"


def _noun_end(report: AnnotatedReport, sentence: Sentence, q: QuantityMention, grammar: Grammar) -> int:
    """Where the words counted by a number end: the next phrase known to the pack, else the next word."""
    known = report.matches_in(q.end, sentence.end, *_COUNTED_FILES)
    if known and len(_WORD.findall(report.text[q.end : known[0].start])) <= 3:
        return known[0].end
    word = _WORD.search(report.text, q.end, sentence.end)
    return word.end() if word and fold(word[0]) not in grammar.joint else q.end


def _joined(
    report: AnnotatedReport, span: tuple[int, int], stretch: Stretch, grammar: Grammar, comma: bool = False
) -> bool:
    """Whether the words for a stretch of time belong to a count: in its own words, behind it without a comma (unless
    one is allowed) or a relative clause, or at the head of its clause."""
    if stretch.start < span[1] and span[0] < stretch.end:
        return True
    if stretch.start >= span[1]:
        gap = report.text[span[1] : stretch.start]
        words = _WORD.findall(report.normal.folded[span[1] : stretch.start])
        return (
            not _STOP.search(gap)
            and (comma or "," not in gap)
            and not any(w in grammar.relative or w in grammar.opens_clause for w in words)
        )
    gap = report.normal.folded[stretch.end : span[0]]
    if _STOP.search(gap):
        return False
    clause = _WORD.findall(gap.rsplit(",", 1)[-1])
    if "," in gap and any(w in grammar.relative or w in grammar.part_words for w in clause):
        return False  # "targeted in the past, including an attack that left 20 dead"
    if report.normal.folded[stretch.start : stretch.end] in grammar.since_opens:
        first = _WORD.match(report.normal.folded, span[0])
        told = first is not None and first[0].endswith(grammar.participles)
        return "," in gap and not (told and gap.rstrip().endswith(","))  # "since a gunman killed 17"
    return True


def _in_a_row(
    report: AnnotatedReport,
    sentence: Sentence,
    q: QuantityMention,
    stretches: Sequence[Stretch],
    grammar: Grammar,
) -> tuple[int, int] | None:
    """An act that is the third or the fourth of a stretch of time: "the third killing in ten days", « C'est la
    quatrième depuis juillet »."""
    behind = [s for s in stretches if s.start >= q.end]
    if not behind:
        return None
    stretch = min(behind, key=lambda s: s.start)
    gap = report.text[q.end : stretch.start]
    if _STOP.search(gap) or names_any(report.normal.folded[q.end : stretch.start], grammar.compares):
        return None
    acts = [m for m in report.matches_in(q.end, stretch.start, "triggers", "harm") if _is_harm(m)]
    if acts and len(_WORD.findall(report.text[q.end : acts[0].start])) <= _MOST_TO_ORDINAL:
        return q.start, acts[0].end
    folded = report.normal.folded
    opening = [w[0] for w in _WORD.finditer(folded, sentence.start, q.start)]
    told = any(isinstance(m.entry, Trigger) for m in report.matches_in(sentence.start, q.start, "triggers"))
    points = any(w in grammar.pointing for w in opening[:2])
    if (points and len(opening) <= _MOST_BEFORE) or (told and len(opening) <= _MOST_BEHIND):
        return q.start, stretch.end
    return None


def _so_often(
    report: AnnotatedReport,
    sentence: Sentence,
    q: QuantityMention,
    stretches: Sequence[Stretch],
    grammar: Grammar,
) -> tuple[int, int] | None:
    """How often something was attacked: "three times in eighteen months", « saboté 29 fois depuis 2011 »."""
    word = _WORD.search(report.normal.folded, q.end, sentence.end)
    if word is None or word[0] not in grammar.how_often or not any(s.start >= q.end for s in stretches):
        return None
    acts = [m for m in report.matches_in(sentence.start, q.start, "triggers", "harm") if _is_harm(m)]
    near = [m for m in acts if len(_WORD.findall(report.text[m.end : q.start])) <= _MOST_BEHIND]
    return (near[-1].start, word.end()) if near else None


def _compared(
    report: AnnotatedReport, sentence: Sentence, q: QuantityMention, grammar: Grammar
) -> tuple[int, int] | None:
    """The count of another time that a tally is set against: ", up from 2,048 in the same months of last year"."""
    if q.unit != "count":
        return None
    before = report.normal.folded[max(sentence.start, q.start - 24) : q.start].rstrip()
    return (q.start, q.end) if any(re.search(rf"\b{re.escape(w)}$", before) for w in grammar.compared) else None


def _one_act(report: AnnotatedReport, sentence: Sentence) -> bool:
    """The sentence names one act by a noun in the singular."""
    return any(not plural(m) for m in act_nouns(report, sentence))


def _folded(report: AnnotatedReport, sentence: Sentence) -> str:
    return report.normal.folded[sentence.start : sentence.end]


def _named_before(report: AnnotatedReport, sentence: Sentence, act: Match) -> bool:
    """The place or the year of acts stands right before them ("the 2005 Dorvan bombings")."""
    ends = [p.end for p in within(report.places, sentence.start, act.start)]
    ends += [d.end for d in within(report.dates, sentence.start, act.start)]
    return any(0 <= act.start - end <= _COUNTED_REACH for end in ends)


def _over_many_acts(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> bool:
    """People who died in acts in the plural that nothing counts and that are not known: « 14 personnes ont été tuées
    dans des règlements de comptes », "died in shootings in Dorvan"; not in "the 2005 Dorvan bombings"."""
    acts = [m for m in act_nouns(report, sentence) if plural(m)]
    for m in acts:
        if report.number_before(m.start, _COUNTED_REACH) or definite(report, m.start, grammar):
            return False
        before = _WORD.findall(report.normal.folded[max(sentence.start, m.start - _COUNTED_REACH) : m.start])[-2:]
        if _named_before(report, sentence, m) or not any(w in grammar.at for w in before):
            return False
    return bool(acts)


def _long(report: AnnotatedReport, stretch: Stretch) -> bool:
    """As long as a month at least, by the date it names; words such as "last year" are."""
    dates = within(report.dates, stretch.start, stretch.end)
    return all(d.date is None or d.date.grain not in DAYS | {"week"} for d in dates)


def _taken_at_once(report: AnnotatedReport, sentence: Sentence, q: QuantityMention) -> bool:
    """How many were abducted, which is told of one act even where they are hundreds."""
    acts = report.matches_in(sentence.start, sentence.end, "triggers")
    return any(isinstance(m.entry, Trigger) and m.entry.type == "abduction" for m in acts)


def _on_a_day(report: AnnotatedReport, sentence: Sentence) -> bool:
    return any(d.date is not None and d.date.grain in DAYS for d in within(report.dates, sentence.start, sentence.end))


def _claimant(report: AnnotatedReport, sentence: Sentence, attributed: Attributed, grammar: Grammar) -> str | None:
    """Who claims most of what is counted, in the same sentence or the next."""
    names = {s.id: s.name for s in attributed.sources}
    for a in attributed.attributions:
        if a.stance == "claims_responsibility" and 0 <= a.sentence - sentence.index <= 1:
            told = report.sentences[a.sentence]
            if mentions_any(report.normal.folded, told, grammar.most):
                return names.get(a.source)
    return None


def _hit(report: AnnotatedReport, sentence: Sentence, offset: int) -> str | None:
    """The thing or body named after the count ("avaient visé les bases américaines")."""
    found = report.matches_in(offset, sentence.end, "targets")
    return found[0].text if found and found[0].start - offset < 60 else None


def _since(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> str | None:
    """First day of the stretch that a date opens ("depuis le 17 octobre", "since January")."""
    folded = report.normal.folded
    for d in within(report.dates, sentence.start, sentence.end):
        before = folded[max(sentence.start, d.start - 24) : d.end]
        opened = is_since(report.text, report.pack.language, d)
        opened = opened or any(re.search(rf"\b{re.escape(w)}\b", before) for w in grammar.since)
        if d.date is not None and opened:
            return d.date.start.isoformat()
    return None
