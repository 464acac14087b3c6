"""Killed and injured as counted in a sentence: the number, the harm, whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vigie.coding.annotated import AnnotatedReport, holds_any, within
from vigie.coding.phrases import FIGHTERS, Phrase
from vigie.coding.roles import noun_roles, subject_of, verb_roles
from vigie.coding.spans_of_time import counts_over_time, told_apart
from vigie.coding.toll_counts import (
    BESIDE,
    BREAK,
    WORD,
    brought_to,
    count_of,
    counted_noun,
    counted_subject,
    counts_acts,
    counts_killings,
    counts_phrase,
    left_adjacent,
    number_of_acts,
    right_adjacent,
    risen_to,
    whole_of,
)
from vigie.coding.toll_denied import HarmKind, deadly, denial, harm_of, nobody_hurt, untrue_count
from vigie.coding.toll_rows import in_a_row, side_by_side
from vigie.coding.toll_words import (
    dead_beside_hurt,
    him_and,
    is_attacker,
    loses_men,
    one_more,
    one_of_them,
    own_losses,
    second_counts,
    then_died,
    without_parts,
)
from vigie.language.folding import fold
from vigie.language.grammar import Grammar
from vigie.language.pack import Match
from vigie.language.parse import Parse, Token
from vigie.language.schema import Body, Harm, Speaker, Term, Trigger, Weapon
from vigie.mentions.values import QuantityMention
from vigie.model import Quantity
from vigie.model.quantities import Hedge
from vigie.text.segments import Sentence

# Those who fight against a state or attack people: their dead are not counted with the others'.
_MOST_BEFORE_VERB = 7
# Within so many words of a count stands what makes it one of more ("eleven other").
_MORE_WITHIN = 3


@dataclass(frozen=True, slots=True)
class TollMention:
    """One count of killed or injured: offsets of number and harm word together, the harm, the number, and the
    victims' phrase where one is named. attackers: the victims are the perpetrators themselves. agents: who is
    said to have killed or injured them. together: the sum of several told side by side. others: counted only as more of
    those told of just before ("five others"). part: of those told of
    before ("eleven of the dead"). by_means: only said to be stabbed or shot, not what came of it. rival: a second
    count of the same, by somebody else ("nine dead according to police, seven said the hospital")."""

    start: int
    end: int
    sentence: int
    harm: HarmKind
    quantity: Quantity
    victims: Phrase | None = None
    attackers: bool = False
    total: bool = False
    violent: bool = False
    agents: tuple[Phrase, ...] = ()
    together: bool = False
    others: bool = False
    part: bool = False
    by_means: bool = False
    rival: bool = False


def find_tolls(report: AnnotatedReport, sentence: Sentence, grammar: Grammar) -> list[TollMention]:
    """All tolls of one sentence, in text order; a number is counted for one harm word only, the nearest."""
    harms = report.matches_in(sentence.start, sentence.end, "harm")
    verbs = [
        m
        for m in report.matches_in(sentence.start, sentence.end, "triggers")
        if isinstance(m.entry, Trigger) and (m.entry.killed or m.entry.injured)
    ]
    verbs = [deadly(report, sentence, m, grammar) for m in verbs]
    nobody = [
        TollMention(m.start, m.end, sentence.index, harm, Quantity(0, 0, "exact", m.text))
        for m, harm in nobody_hurt(report, sentence, grammar)
    ]
    if not harms and not verbs and not nobody and not loses_men(report, sentence, grammar):
        return []
    over_time = not sentence.title and counts_over_time(report, sentence, grammar)
    if over_time:  # "… ont été tués depuis 2015": a running total
        harms = [m for m in harms if told_apart(report, sentence, m.start, grammar)]
        verbs = [m for m in verbs if told_apart(report, sentence, m.start, grammar)]
        nobody = []
    parse = report.parses.get(sentence.index)
    told = within(report.quantities, sentence.start, sentence.end)
    counts = [
        q for q in told if q.unit == "count" and not untrue_count(report, q, grammar) and not number_of_acts(report, q)
    ]
    found: list[TollMention] = []
    taken: set[tuple[int, int]] = set()
    # Words that may mean dead and injured alike ("victimes", "bilan") take what the plain ones leave.
    words = without_parts([*harms, *verbs], grammar)
    for match in sorted(words, key=lambda m: (harm_of(m) == "casualties", m.start, -m.end)):
        if any(t.start <= match.start and match.end <= t.end for t in nobody):
            continue
        if any(t.start <= match.start < t.end and t.harm == harm_of(match) for t in found):
            continue
        toll = _toll(report, sentence, parse, match, counts, taken, harms, grammar)
        row = _in_a_row(report, sentence, toll, parse, match, counts, grammar)
        if toll is not None and (not row or row[0].together):
            if toll.harm == "injured" and isinstance(match.entry, Trigger):
                toll = replace(toll, by_means=True)
            found.append(toll)
            others = _joined(report, toll, parse, match, counts, taken, grammar)
            found.extend(others)
            together = _together(report, toll, others, parse, match, counts, grammar)
            if together is not None:
                found.append(together)
        found.extend(t for t in row if not any((t.harm, t.quantity.lower) == (f.harm, f.quantity.lower) for f in found))
    found.extend(nobody)
    found = [replace(t, harm="killed", part=True) if then_died(report, sentence, t, grammar) else t for t in found]
    found = [replace(t, harm="killed") if dead_beside_hurt(report, t, found, grammar) else t for t in found]
    found += [
        TollMention(a, b, sentence.index, "killed", q.quantity, attackers=fighters)
        for a, b, q, fighters in own_losses(report, sentence, counts, grammar)
        if (q.start, q.end) not in taken
    ]
    for t, q in second_counts(report, found, [q for q in counts if (q.start, q.end) not in taken], grammar):
        found.append(replace(t, start=q.start, end=q.end, quantity=q.quantity, rival=True))
    found = [replace(t, others=True) if _others(report, t, grammar) else t for t in found]
    found = [replace(t, part=True) if _more(report, t, grammar) else t for t in found]
    return sorted(found, key=lambda t: (t.start, t.end))


def _others(report: AnnotatedReport, toll: TollMention, grammar: Grammar) -> bool:
    """A count of "others" and no word for who they are."""
    if toll.victims is not None:
        return fold(toll.victims.name) in grammar.others
    return any(w in grammar.others for w in WORD.findall(report.normal.folded[toll.start : toll.end]))


def _more(report: AnnotatedReport, toll: TollMention, grammar: Grammar) -> bool:
    """A count of more than those told of before ("eleven other villagers"), of bodies found so far, or of those killed
    by one of several acts ("in one of the blasts"): no rival of the whole."""
    folded = report.normal.folded
    words = WORD.findall(folded[toll.start : toll.end])
    if any(w in grammar.others for w in words[:_MORE_WITHIN]) or not grammar.bodies.isdisjoint(words):
        return True
    return holds_any(folded[toll.end : toll.end + BESIDE], grammar.in_part)


def _toll(
    report: AnnotatedReport,
    sentence: Sentence,
    parse: Parse | None,
    match: Match,
    counts: Sequence[QuantityMention],
    taken: set[tuple[int, int]],
    harms: Sequence[Match],
    grammar: Grammar,
) -> TollMention | None:
    harm = harm_of(match)
    if harm is None:
        return None
    entry = match.entry
    assert isinstance(entry, Harm | Trigger)
    victims, count = None, None
    agents: tuple[Phrase, ...] = ()
    free = [q for q in counts if (q.start, q.end) not in taken]
    beside = [] if counts_acts(entry) else [q for q in free if not counts_killings(q, match)]
    others = [m for m in harms if m is not match]
    if entry.pos != "verb":
        count = left_adjacent(report, match, beside, others, grammar)
    him = him_and(report, match, free, grammar) if count is None else None
    count = count or him
    if parse is not None:
        hurt, agents = _victims(report, parse, match, entry, grammar)
        victims = hurt[0] if hurt else None
        if entry.pos == "noun" and any(p.file == "targets" or _town(report, p) for p in hurt):
            victims = None  # "the death toll from the attack on a market": what was hit, not who died
        if count is None and victims is not None:
            count = count_of(report, victims, free)
            if count is not None and victims.file in {"weapons", "targets"}:  # "two bombs killed five and hurt ten"
                behind = right_adjacent(report, match, [q for q in beside if q is not count], others, grammar)
                count, victims = (behind, None) if behind is not None else (count, victims)
    if count is None:
        count = left_adjacent(report, match, beside, others, grammar)
    if count is None and (entry.pos != "verb" or _in_number(report, match, grammar)):
        count = risen_to(report, sentence, match, free, grammar)
    if count is None:
        count = right_adjacent(report, match, beside, others, grammar)
    if count is None and parse is not None and entry.pos != "verb":
        count = brought_to(parse, match, free, grammar)
    if count is None and parse is not None and entry.pos == "verb":
        count = counted_subject(report, parse, match, free, grammar)
        victims = victims if count is None or victims is None or victims.end <= count.end else None
    whole = whole_of(report, match, count, free) if count is not None and count.partitive else None
    if whole is not None:
        count, victims = whole, None
    if victims is None and count is not None and parse is not None:
        victims = counted_noun(report, parse, count, grammar)
    if isinstance(entry, Trigger) and _bare_number(victims) and _munitions(report, sentence):
        return None  # "44 drones, dont 38 ont été abattus"
    things = victims is not None and victims.file in {"weapons", "targets"}
    uncounted = count is None or (things and victims is not None and counts_phrase(report, count, victims))
    more = one_more(report, sentence, match, counts, grammar) if uncounted else None
    third = (
        one_of_them(report, parse, match, grammar) if count is None and victims is None and parse is not None else None
    )
    if third is not None and not denial(report, sentence, match, grammar):
        quantity = Quantity(1, 1, "exact", report.text[third : match.end])
        return TollMention(third, match.end, sentence.index, harm, quantity, agents=agents, part=True)
    if more is not None:
        quantity = Quantity(1, 1, "exact", report.text[match.start : more])
        return TollMention(
            match.start,
            more,
            sentence.index,
            harm,
            quantity,
            violent=isinstance(entry, Trigger) or entry.violent,
            agents=agents,
        )
    if things:
        if uncounted:
            return None  # "three drones were shot down": things, not people
        victims = None  # "two bombs left five dead"
    violent = isinstance(entry, Trigger) or entry.violent
    denied = denial(report, sentence, match, grammar)
    if denied == "untold":
        return None
    if denied == "nobody":
        quantity = Quantity(0, 0, "exact", match.text)
        return TollMention(match.start, match.end, sentence.index, harm, quantity, victims, violent=False)
    if count is not None:
        taken.add((count.start, count.end))
        start, end = min(count.start, match.start), max(count.end, match.end)
        attackers = _is_attacker(victims) or _attacker_between(report, start, end)
        return TollMention(
            start,
            end,
            sentence.index,
            harm,
            count.quantity,
            victims,
            attackers,
            _total(report, sentence),
            violent,
            agents,
            together=him is not None,
            part=count.partitive or _of_those(report, count, match, grammar),
        )
    if victims is not None and _one_person(report, victims, grammar) and not _town(report, victims):
        start, end = min(victims.start, match.start), max(victims.end, match.end)
        quantity = Quantity(1, 1, "exact", victims.name)
        return TollMention(
            start, end, sentence.index, harm, quantity, victims, _is_attacker(victims), False, violent, agents
        )
    one = _single_subject(report, sentence, match, grammar) if parse is None and entry.subject == "victim" else None
    if one is not None:
        quantity = Quantity(1, 1, "exact", report.text[one : match.start].rstrip())
        return TollMention(one, match.end, sentence.index, harm, quantity, violent=violent)
    if victims is None and parse is not None:
        who = _pronoun(parse, match, entry, grammar)
        if who is not None:
            number = 2 if fold(who.text) in grammar.both else 1
            quantity = Quantity(number, number, "exact", report.text[who.start : who.end])
            start, end = min(who.start, match.start), max(who.end, match.end)
            shot = number == 1 and is_attacker(report, sentence, who.start, grammar)
            return TollMention(start, end, sentence.index, harm, quantity, None, shot, False, violent, agents)
    return None


def _in_number(report: AnnotatedReport, match: Match, grammar: Grammar) -> bool:
    """A participle told of by number ("the number of wounded", « le nombre de tués »)."""
    before = WORD.findall(report.normal.folded[max(0, match.start - BESIDE) : match.start])[-1:]
    return bool(before) and before[0] in grammar.of


def _of_those(report: AnnotatedReport, count: QuantityMention, match: Match, grammar: Grammar) -> bool:
    """ "Eleven of the dead", « trois des blessés »; not « une dizaine de blessés »."""
    if count.quantity.hedge == "order_of" or count.end >= match.start:
        return False
    first = WORD.search(report.normal.folded, count.end, match.start)
    return first is not None and first[0] in grammar.of


def _joined(
    report: AnnotatedReport,
    toll: TollMention,
    parse: Parse | None,
    match: Match,
    counts: Sequence[QuantityMention],
    taken: set[tuple[int, int]],
    grammar: Grammar,
) -> list[TollMention]:
    """The counts of the other victims of one verb ("trois policiers et six assaillants ont été tués")."""
    entry = match.entry
    if parse is None or toll.victims is None or not isinstance(entry, Harm | Trigger):
        return []
    out = []
    for victims in _victims(report, parse, match, entry, grammar)[0]:
        free = [q for q in counts if (q.start, q.end) not in taken]
        count = count_of(report, victims, free) if victims != toll.victims and victims.file == "actors" else None
        if count is not None:
            taken.add((count.start, count.end))
            start, end = min(count.start, match.start), max(count.end, match.end)
            out.append(
                replace(
                    toll,
                    start=start,
                    end=end,
                    quantity=count.quantity,
                    victims=victims,
                    attackers=victims.attacker or (victims.kind in FIGHTERS and toll.victims.kind not in FIGHTERS),
                )
            )
    return out


def _in_a_row(
    report: AnnotatedReport,
    sentence: Sentence,
    toll: TollMention | None,
    parse: Parse | None,
    match: Match,
    counts: Sequence[QuantityMention],
    grammar: Grammar,
) -> list[TollMention]:
    """The victims of one verb that are told one by one: their sum, where it is more than one count of the verb, or the
    only one, where the tree leads to none; where fighters are told beside others, the dead of either side for
    themselves."""
    if parse is None or (toll is not None and (not toll.quantity.lower or toll.together)):
        return []
    members = in_a_row(report, parse, match, counts, grammar)
    harm = harm_of(match)
    if harm is None or not members or denial(report, sentence, match, grammar):
        return []
    if len(members) == 1 and (toll is not None or members[0].opens == "definite"):
        return []  # "the driver" was told of before, and may be counted there
    first, *rest = (m.quantity.lower or 0 for m in members)
    if len(rest) > 1 and first == sum(rest):
        return []  # "five people, three civilians and two policemen": the first counts all
    sides = [[m for m in members if m.fighters], [m for m in members if not m.fighters]]
    out: list[TollMention] = []
    for side in [s for s in sides if s]:
        lower = sum(m.quantity.lower or 0 for m in side)
        upper = None if any(m.quantity.upper is None for m in side) else sum(m.quantity.upper or 0 for m in side)
        hedge: Hedge = next((m.quantity.hedge for m in side if m.quantity.hedge != "exact"), "exact")
        start, end = min(match.start, side[0].start), max(match.end, side[-1].end)
        count = Quantity(lower, upper, hedge, report.text[start:end])
        apart = all(sides)
        attackers = (
            side[0].fighters if apart else all(m.attacker for m in side) or (toll is not None and toll.attackers)
        )
        out.append(
            TollMention(
                start,
                end,
                sentence.index,
                harm,
                count,
                attackers=attackers,
                violent=isinstance(match.entry, Trigger) or getattr(match.entry, "violent", False),
                agents=toll.agents if toll is not None else (),
                together=not apart,
                by_means=harm == "injured" and isinstance(match.entry, Trigger),
            )
        )
    if len(out) == 1 and toll is not None and (toll.quantity.lower or 0) >= (out[0].quantity.lower or 0):
        return []  # told as one number before
    return out


def _together(
    report: AnnotatedReport,
    toll: TollMention,
    others: Sequence[TollMention],
    parse: Parse | None,
    match: Match,
    counts: Sequence[QuantityMention],
    grammar: Grammar,
) -> TollMention | None:
    """All the victims of one verb, where there are several told side by side: "two policemen and a girl were killed",
    « tué son fils et treize voisins »."""
    if toll.together:
        return None
    mine = [t for t in others if t.attackers == toll.attackers]
    quantities = [toll.quantity, *(t.quantity for t in mine)]
    end = max([toll.end, *(t.end for t in mine)])
    if not others and parse is not None and toll.victims is not None:
        more = side_by_side(report, parse, toll.victims, match, counts, grammar)
        if more is not None:
            quantities.append(more[0])
            end = max(end, more[1])
    if len(quantities) < 2 or any(q.lower is None for q in quantities):
        return None
    lower = sum(q.lower or 0 for q in quantities)
    if len(quantities) > 2 and lower == 2 * (toll.quantity.lower or 0):
        return None  # "five people, three civilians and two policemen": the first counts all
    upper = None if any(q.upper is None for q in quantities) else sum(q.upper or 0 for q in quantities)
    hedge: Hedge = next((q.hedge for q in quantities if q.hedge != "exact"), "exact")
    words = report.text[toll.start : end]
    return replace(toll, end=end, quantity=Quantity(lower, upper, hedge, words), victims=None, together=True)


def _bare_number(victims: Phrase | None) -> bool:
    return victims is None or not any(c.isalpha() for c in victims.name)


def _munitions(report: AnnotatedReport, sentence: Sentence) -> bool:
    found = report.matches_in(sentence.start, sentence.end, "weapons")
    return any(isinstance(m.entry, Weapon) and m.entry.kind in {"drone", "missile", "rocket"} for m in found)


def _single_subject(report: AnnotatedReport, sentence: Sentence, match: Match, grammar: Grammar) -> int | None:
    """Where one person stands right before a verb of dying or of being hurt, in a sentence without a tree: an article
    for one and a noun for a person ("A tourist from Gujarat lost an arm")."""
    folded = report.normal.folded
    low = sentence.start + max((m.end() for m in BREAK.finditer(folded[sentence.start : match.start])), default=0)
    words = list(WORD.finditer(folded, low, match.start))
    if not 2 <= len(words) <= _MOST_BEFORE_VERB or words[0][0] not in grammar.one:
        return None
    noun = next((w for w in words[1:3] if w[0].endswith(grammar.person_endings)), None)
    bodies = report.matches_in(words[0].start(), words[-1].end(), "actors", "speakers")
    known = any(isinstance(m.entry, Body | Speaker) and not getattr(m.entry, "named", False) for m in bodies)
    things = report.matches_in(words[0].start(), words[-1].end(), "weapons", "targets")
    return words[0].start() if (noun is not None or known) and not things else None


def _pronoun(parse: Parse, match: Match, entry: Harm | Trigger, grammar: Grammar) -> Token | None:
    """ "il a été abattu", "he died", "both were killed": one person or two, told of before."""
    head = parse.head_of(match.start, match.end)
    if head is None or parse.tokens[head].pos not in {"VERB", "AUX", "ADJ"}:
        return None
    subject, passive = subject_of(parse, head, grammar)
    if subject is None:
        return None
    token = parse.tokens[subject]
    one = token.pos == "PRON" and token.has("Number=Sing")
    hurt = entry.object if passive else entry.subject
    return token if hurt == "victim" and (one or fold(token.text) in grammar.both) else None


def _victims(
    report: AnnotatedReport, parse: Parse, match: Match, entry: Harm | Trigger, grammar: Grammar
) -> tuple[list[Phrase], tuple[Phrase, ...]]:
    """The victims' phrases and those who did the harm."""
    head = parse.head_of(match.start, match.end)
    if head is None:
        return [], ()
    if (
        entry.pos == "verb"
        or parse.tokens[head].pos in {"VERB", "AUX"}
        or (parse.tokens[head].pos == "ADJ" and parse.tokens[head].head != head)
    ):
        roles = verb_roles(report, parse, head, entry, grammar)
    else:
        roles = noun_roles(report, parse, head, entry, grammar)
    hurt = [*roles.victims, *roles.targets] or roles.weapons
    return hurt, tuple(roles.actors)


def _is_attacker(phrase: Phrase | None) -> bool:
    return phrase is not None and phrase.attacker


def _attacker_between(report: AnnotatedReport, start: int, end: int) -> bool:
    found = report.matches_in(start, end, "actors")
    return any(isinstance(m.entry, Body) and m.entry.kind == "attacker" for m in found) and not any(
        isinstance(m.entry, Body) and m.entry.kind != "attacker" for m in found
    )


def _one_person(report: AnnotatedReport, phrase: Phrase, grammar: Grammar) -> bool:
    """One named or plainly single person: also one whom only an article and the ending of the noun make a person ("a
    Pakistani mechanic", « un missionnaire italien »)."""
    if not phrase.singular:
        return False
    if phrase.proper and phrase.file is None:
        return True
    if phrase.file is None:
        head = report.normal.folded[phrase.head[0] : phrase.head[1]]
        before = WORD.findall(report.normal.folded[max(0, phrase.start - 12) : phrase.start])[-1:]
        return head.endswith(grammar.person_endings) and bool(before) and before[0] in grammar.one
    body = phrase.match.entry if phrase.match else None
    return (
        isinstance(body, Body) and not body.named and body.kind not in {"armed_group", "crowd", "international"}
    ) or (phrase.file == "speakers" and not phrase.proper)


def _town(report: AnnotatedReport, phrase: Phrase) -> bool:
    """The name of a place, which rockets come down on, not of a person."""
    return any(p.start <= phrase.head[0] and phrase.head[1] <= p.end for p in report.places)


def _total(report: AnnotatedReport, sentence: Sentence) -> bool:
    return any(
        isinstance(m.entry, Term) and m.entry.mark == "total"
        for m in report.matches_in(sentence.start, sentence.end, "modality")
    )
