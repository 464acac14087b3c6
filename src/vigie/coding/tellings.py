"""Tellings: what one sentence, or one part of it, tells of one incident.

A sentence is cut only where it names different places or days for different acts; otherwise all its acts,
weapons and tolls are one telling.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vigie.coding.acts import Act, find_acts
from vigie.coding.annotated import TELLING_FILES, AnnotatedReport, lead_sentences, within
from vigie.coding.areas import compare_areas
from vigie.coding.attributions import Attributed
from vigie.coding.capitals import capital_meant
from vigie.coding.lists import list_heads
from vigie.coding.proceedings import told_of_proceedings
from vigie.coding.reference import back_to_event
from vigie.coding.set_beside import comes_after, compared_with, counterpart, with_answer
from vigie.coding.telling_days import from_then, lasting, of_others, to_come
from vigie.coding.telling_places import hit_places, own_places
from vigie.coding.toll_words import loses_men
from vigie.coding.tolls import TollMention, find_tolls
from vigie.coding.undone import UNDONE
from vigie.coding.weapon_mentions import WeaponMention, find_weapons
from vigie.language.grammar import Grammar
from vigie.language.parse import Parse
from vigie.language.schema import Term
from vigie.mentions.values import FINE, DateMention, PlaceMention

# So far behind a count stand the acts that it is of (characters).
_OF_COUNT_REACH = 30
# Relations behind which a clause goes on from another, and those behind which something else is told.
_NEXT_CLAUSE = frozenset({"conj", "parataxis", "advcl"})
_NEW_CLAUSE = _NEXT_CLAUSE | {"ccomp"}
# What joins two clauses on, and how much farther (characters) it sets apart what stands on its two sides.
_NEXT_AND = re.compile(r"[;:]|, (?:and|while|but|et|tandis que|alors que|mais) ")
_CLAUSE_APART = 60

# Between two towns told side by side, and relations in which both may be where something happened.
_SIDE_BY_SIDE = re.compile(r",? (?:and|et|puis)(?: (?:a|de|d'|sur|contre|en|in|at|on|near|to))?(?: the)? ?")
_THERE = frozenset({"at", "inside"})
_BETWEEN = frozenset({"between", "entre"})

Part = tuple[list[Act], list[PlaceMention], list[DateMention]]


@dataclass(frozen=True, slots=True)
class Telling:
    """What a stretch of one sentence tells of one incident. start/end: offsets of the stretch in the normalised
    text. places: most telling first; launch: "fired from". marks: of the modality pack. lead: headline or among
    the first sentences of the body. speakers: ids of the sources speaking in the sentence.
    unknown_days: words for days that cannot be known without a day of publication ("Dec. 6th"). earlier: told only as
    what the act told of came some time after. head: the place that heads the paragraph in a report that is a list.
    beside: one act told of two towns side by side.
    """

    sentence: int
    paragraph: int
    start: int
    end: int
    acts: tuple[Act, ...]
    weapons: tuple[WeaponMention, ...] = ()
    tolls: tuple[TollMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    launch: PlaceMention | None = None
    dates: tuple[DateMention, ...] = ()
    marks: frozenset[str] = frozenset()
    title: bool = False
    lead: bool = False
    speakers: frozenset[str] = frozenset()
    unknown_days: tuple[str, ...] = ()
    earlier: bool = False
    head: str | None = None
    beside: bool = False

    @property
    def told_day(self) -> bool:
        """A day is told, whether it can be known or not."""
        return bool(self.dates or self.unknown_days)

    @property
    def date(self) -> DateMention | None:
        """The day told, None where the sentence gives none."""
        return self.dates[0] if self.dates else None

    @property
    def place(self) -> PlaceMention | None:
        """The place told, None where the sentence names none."""
        return self.places[0] if self.places else None

    @property
    def strong(self) -> bool:
        """Tells of violence by itself."""
        return any(a.strength == "strong" for a in self.acts)

    @property
    def definite(self) -> bool:
        """Only points back to an act told elsewhere."""
        return bool(self.acts) and all(a.strength == "definite" for a in self.acts)

    @property
    def summary(self) -> bool:
        """Sums several incidents up: several days, or several countries and no finer place."""
        days = [d.date for d in self.dates if d.date is not None]
        apart = any(not a.overlaps(b) for a in days for b in days)
        fine = any(p.place.precision in FINE for p in self.places)
        countries = {
            p.place.country for p in self.places if p.place.precision == "country" and p.place.relation == "at"
        }
        return self.lead and not fine and not self.tolls and (apart or len(countries) > 2)

    @property
    def collective(self) -> bool:
        """Only points to several acts told elsewhere ("the two attacks have not been claimed")."""
        if not self.acts or self.tolls or self.weapons or self.lead:
            return False
        return all(a.plural and (a.strength == "definite" or a.definite) for a in self.acts)

    @property
    def points_back(self) -> bool:
        """Opens with a word that points back to an act told before ("the attack began …")."""
        return bool(self.acts) and self.acts[0].strength == "definite"

    @property
    def past_perfect(self) -> bool:
        """Told in the pluperfect."""
        return any(a.past_perfect for a in self.acts)


def find_tellings(
    report: AnnotatedReport, attributed: Attributed, grammar: Grammar, tallied: Sequence[tuple[int, int]] = ()
) -> tuple[list[Telling], list[tuple[Act, str]]]:
    """All tellings of a report in text order, and the acts left out, each with the reason.

    tallied: stretches that count many acts and tell of no single one.
    """
    said = {a.said for a in attributed.attributions if a.said is not None}
    tellings: list[Telling] = []
    left_out: list[tuple[Act, str]] = []
    lead = lead_sentences(report)
    heads = list_heads(report)
    for sentence in report.sentences:
        if (
            sentence.index not in report.parses
            and not report.matches_in(sentence.start, sentence.end, *TELLING_FILES)
            and not loses_men(report, sentence, grammar)
        ):
            continue  # no word in it for an act or for harm
        acts = with_answer(report, sentence, find_acts(report, sentence, grammar), grammar)
        other = counterpart(report, sentence, acts, grammar)
        if other is not None:
            acts = sorted([*acts, other[0]], key=lambda a: (a.start, a.end))
        for act in acts:
            if act.undone is not None and act.strength == "strong":
                left_out.append((act, act.undone))
        counted = [a for a in acts if any((s <= a.start and a.end <= e) or _of_count(report, a, e) for s, e in tallied)]
        left_out.extend((a, "counted in a tally") for a in counted)
        done = [a for a in acts if a.undone is None and a not in counted]
        tolls = [
            t for t in find_tolls(report, sentence, grammar) if not any(s < t.end and t.start < e for s, e in tallied)
        ]
        if not tolls and (habit := _habit(acts)) is not None:
            left_out.extend((a, UNDONE["habitual"]) for a in done if a.start > habit.start and a.verb)
            done = [a for a in done if a.start < habit.start or not a.verb]
        if not done and not tolls:
            continue
        told = [d for d in within(report.dates, sentence.start, sentence.end) if (d.start, d.end) not in said]
        theirs = {d.start for d in told if other is not None and d.start > other[0].start}
        days = [d if d.start in theirs else lasting(report, d, done, grammar) for d in told]
        dates = [d for d in days if d is not None and not to_come(report, d)]
        back = [d for d in dates if back_to_event(report, d)]
        dates = [d for d in dates if not (back_to_event(report, d) and any(a.end <= d.start for a in done))]
        dates = [
            d
            for d in dates
            if d.start in theirs or not (from_then(report, sentence, d, done, grammar) or of_others(report, d, grammar))
        ]
        places = own_places(report, sentence, attributed, done, grammar)
        places += [*hit_places(report, done, places), *capital_meant(report, sentence, grammar)]
        apart = told_of_proceedings(report, sentence, done, grammar)
        dates = [d for d in dates if (d.start, d.end) not in apart]
        places = [p for p in places if (p.start, p.end) not in apart]
        head = heads.get(sentence.paragraph)
        whole = Telling(
            sentence.index,
            sentence.paragraph,
            sentence.start,
            sentence.end,
            tuple(done),
            tuple(find_weapons(report, sentence, grammar)),
            tuple(tolls),
            title=sentence.title,
            lead=sentence.title or sentence.index in lead,
            speakers=frozenset(a.source for a in attributed.attributions if a.sentence == sentence.index),
            head=head.place.name if head is not None else None,
        )
        compared = None if other is not None or sentence.title else compared_with(report, sentence, grammar)
        comes = compared or comes_after(report, sentence, done, grammar) or (other[1] if other is not None else None)
        for part in (whole,) if comes is None else _set_beside(whole, *comes):
            mine = [p for p in places if part.start <= p.start < part.end]
            if head is not None and not part.earlier and not any(p.place.precision in FINE for p in mine):
                mine.append(head)
            told = [d for d in dates if part.start <= d.start < part.end]
            if part.earlier and not told:
                these = within(report.dates, part.start, part.end) if compared else back
                told = [d for d in these if part.start <= d.start < part.end]
            for piece in _cut(report, part, mine, told, grammar):
                tellings.append(replace(piece, beside=True) if _side_by_side(report, piece) else piece)
    return tellings, left_out


def _side_by_side(report: AnnotatedReport, telling: Telling) -> bool:
    """Whether one act is told of two towns side by side ("the raids on X and Y"), not between them."""
    fine = sorted((p for p in telling.places if p.place.precision in FINE), key=lambda p: p.start)
    told = [a for a in telling.acts if a.type is not None and not a.harm and a.strength != "definite"]
    if len(fine) != 2 or not told or telling.title or compare_areas(fine[0].place, fine[1].place) != "apart":
        return False
    one, other = fine
    if one.place.relation not in _THERE or other.place.relation not in _THERE:
        return False
    if not _SIDE_BY_SIDE.fullmatch(report.normal.folded, one.end, other.start):
        return False
    before = re.findall(r"\w+", report.normal.folded[max(telling.start, one.start - 16) : one.start])
    return _BETWEEN.isdisjoint(before[-2:]) and any(a.plural or a.verb for a in told if a.end <= one.start)


def in_each_place(telling: Telling) -> list[Telling]:
    """One telling for each of two towns that it tells one act of side by side, the toll with the first; the telling
    itself where it does not."""
    if not telling.beside:
        return [telling]
    one, other = sorted((p for p in telling.places if p.place.precision in FINE), key=lambda p: p.start)
    rest = [p for p in telling.places if p is not one and p is not other]
    return [replace(telling, places=(one, *rest)), replace(telling, places=(other, *rest), tolls=())]


def _habit(acts: Sequence[Act]) -> Act | None:
    """The act told as a habit: what the same sentence goes on to tell by verbs is one too ("they regularly raid
    villages, killing and robbing people")."""
    return next((a for a in acts if a.verb and a.undone == UNDONE["habitual"]), None)


def _of_count(report: AnnotatedReport, act: Act, end: int) -> bool:
    """Right behind what is counted over many acts, the acts in the plural in which it happened ("730 civilians were
    killed since April in air raids")."""
    if act.start < end or not (act.general and act.plural):
        return False
    gap = report.text[end : act.start]
    return len(gap) <= _OF_COUNT_REACH and not re.search(r"[,;:.()]", gap)


def _set_beside(whole: Telling, verb: int, edge: int) -> list[Telling]:
    """What a sentence tells of its own act up to the verb, and of the earlier one: from offset `edge` on, and how long
    before it was."""
    acts = tuple(replace(a, marks=a.marks | {"background"}) for a in whole.acts if a.start >= edge)
    parts = (
        replace(whole, end=verb, acts=tuple(a for a in whole.acts if a.start < edge)),
        replace(whole, start=verb, acts=acts, lead=False, title=False, earlier=True),
    )
    counted = [tuple(t for t in whole.tolls if p.start <= (t.start + t.end) // 2 < p.end) for p in parts]
    return [
        replace(p, weapons=tuple(within(whole.weapons, p.start, p.end)), tolls=tolls)
        for p, tolls in zip(parts, counted, strict=True)
        if p.acts or tolls
    ]


def _cut(
    report: AnnotatedReport,
    whole: Telling,
    places: Sequence[PlaceMention],
    dates: Sequence[DateMention],
    grammar: Grammar,
) -> list[Telling]:
    """One telling, or several where different acts have different places or days."""
    origin = next((p for p in places if p.place.relation == "from"), None)
    launch = origin if origin is not None and _fires_from(report, origin) else None
    own = [p for p in places if p is not origin]
    parse = report.parses.get(whole.sentence)
    parts = _assign(report, parse, whole.acts, own, [d for d in dates if d.date is not None])
    parts = _predecessors_apart(report, whole, _reprisals_apart(parts), grammar)
    if len(parts) < 2:
        marks = _marks(report, whole.start, whole.end)
        days = _nearest_first(whole.acts, _usable(dates))
        return [
            replace(
                whole,
                places=tuple(_ranked(own)),
                dates=tuple(days),
                launch=launch,
                marks=marks,
                unknown_days=_unknown_days(report, dates),
            )
        ]
    out: list[Telling] = []
    edges = _edges(report, parts)
    for k, (acts, mine, days) in enumerate(parts):
        start = whole.start if k == 0 else edges[k]
        end = edges[k + 1] if k + 1 < len(parts) else whole.end
        out.append(
            replace(
                whole,
                start=start,
                end=end,
                acts=tuple(acts),
                weapons=tuple(within(whole.weapons, start, end)),
                tolls=tuple(t for t in whole.tolls if start <= (t.start + t.end) // 2 < end),
                places=tuple(_ranked(mine)),
                dates=tuple(_usable(days)),
                unknown_days=_unknown_days(report, [d for d in dates if d.date is None and start <= d.start < end]),
                launch=launch,
                marks=_marks(report, start, end),
            )
        )
    return out


def _edges(report: AnnotatedReport, parts: Sequence[Part]) -> list[int]:
    """Where each part begins: at the joint of the clauses before what it tells of, else at its first act."""
    edges: list[int] = []
    ended = 0
    for acts, places, dates in parts:
        edge = min(a.start for a in acts)
        named = [*(p.start for p in places), *(d.start for d in dates)]
        own = min([edge, *(start for start in named if start > ended)])
        joints = list(_NEXT_AND.finditer(report.normal.folded, ended, own)) if edges else []
        edges.append(joints[-1].end() if joints else edge)
        ended = max(a.end for a in acts)
    return edges


_REACH_OF_FIRING = 60  # characters between "fired" or "rockets" and "from"


def _fires_from(report: AnnotatedReport, origin: PlaceMention) -> bool:
    """Whether what comes from a place is fire: a word for an attack or a weapon stands shortly before ("rockets fired
    from X", not "evacuated from X")."""
    return bool(report.matches_in(max(0, origin.start - _REACH_OF_FIRING), origin.start, "triggers", "weapons"))


def _nearest_first(acts: Sequence[Act], dates: Sequence[DateMention]) -> list[DateMention]:
    """Dates with the one nearest to an act first; the others keep their order."""
    told = [a for a in acts if a.strength != "definite" and not a.general] or list(acts)
    if len(dates) < 2 or not told:
        return list(dates)
    if all(a.aftermath for a in told):  # "held on Wednesday over the stabbing of a man on Monday"
        dates = [d for d in dates if d.start >= told[0].end] or dates
    first = min(dates, key=lambda d: min(max(d.start - a.end, a.start - d.end) for a in told))
    return [first, *(d for d in dates if d is not first)]


def _unknown_days(report: AnnotatedReport, dates: Sequence[DateMention]) -> tuple[str, ...]:
    return tuple(report.normal.folded[d.start : d.end] for d in dates if d.date is None and not d.vague)


def _usable(dates: Sequence[DateMention]) -> list[DateMention]:
    return [d for d in dates if d.date is not None and not d.vague]


def _ranked(places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Finest first: a site or town before a region before a country; known names before guessed ones."""
    order = {"site": 0, "settlement": 1, "district": 0, "region": 2, "country": 3}
    return sorted(places, key=lambda p: (order[p.place.precision], p.start))


def _marks(report: AnnotatedReport, start: int, end: int) -> frozenset[str]:
    return frozenset(m.entry.mark for m in report.matches_in(start, end, "modality") if isinstance(m.entry, Term))


def _assign(
    report: AnnotatedReport,
    parse: Parse | None,
    acts: Sequence[Act],
    places: Sequence[PlaceMention],
    dates: Sequence[DateMention],
) -> list[Part]:
    """Give each place and day to the nearest act; acts in one place on one day stay together."""
    real = [a for a in acts if a.strength != "definite" and not a.harm]
    if parse is not None:
        real = [a for a in real if a.type is not None or not any(_one_event(parse, a, b) for b in real)]
        deaths = [a for a in acts if a.harm and (a.actors or a.victims)]
        real += [a for k, a in enumerate(deaths) if all(_in_clauses_apart(parse, a, b) for b in (*real, *deaths[:k]))]
        real.sort(key=lambda a: a.start)
    if len(real) < 2 or (len(places) < 2 and len(dates) < 2):
        return [(list(acts), list(places), list(dates))]
    mine: dict[int, Part] = {id(a): ([a], [], []) for a in real}
    for p in places:
        mine[id(_nearest(report, real, p.start, p.end))][1].append(p)
    for d in dates:
        mine[id(_nearest(report, real, d.start, d.end))][2].append(d)
    parts: list[Part] = []
    for a in real:
        _, ps, ds = mine[id(a)]
        if parts and not _differs(parts[-1], ps, ds):
            parts[-1][0].append(a)
            parts[-1][1].extend(ps)
            parts[-1][2].extend(ds)
        else:
            parts.append(([a], ps, ds))
    for a in acts:
        if a not in real:
            nearest = min(parts, key=lambda part: min(abs(a.start - b.start) for b in part[0]))
            nearest[0].append(a)
    return parts


def _one_event(parse: Parse, harm: Act, act: Act) -> bool:
    """A death or a blast told by the grammar of an act: "killed in a bombing", "a raid that killed four"."""
    if act.type is None or act.aftermath or act.recalled:
        return False  # "a day after the attack in X, Y was hit"
    one, other = parse.head_of(harm.start, harm.end), parse.head_of(act.start, act.end)
    if one is None or other is None:
        return False
    for low, high in ((one, other), (other, one)):
        path = parse.path_to_root(low)
        if high in path:
            return not any(parse.tokens[i].dep in _NEW_CLAUSE for i in path[: path.index(high)])
    return False


def _in_clauses_apart(parse: Parse, a: Act, b: Act) -> bool:
    """Told in two clauses of which one goes on from the other ("killed nine in X and shot a guard in Y")."""
    one, other = parse.head_of(a.start, a.end), parse.head_of(b.start, b.end)
    if one is None or other is None or one == other:
        return False
    up, down = parse.path_to_root(one), parse.path_to_root(other)
    shared = set(up) & set(down)
    return any(parse.tokens[i].dep in _NEXT_CLAUSE for i in (*up, *down) if i not in shared)


def _reprisals_apart(parts: list[Part]) -> list[Part]:
    """An answer to an act is another act, told in the same breath ("une frappe, qui avait entraîné une riposte")."""
    out: list[Part] = []
    for acts, places, dates in parts:
        answers = [a for a in acts if a.reprisal]
        others = [a for a in acts if not a.reprisal]
        first = answers[0].start if answers else 0
        if not answers or not any(a.start < first for a in others):
            out.append((acts, places, dates))
            continue
        before = [a for a in others if a.start < first]
        out.append((before, [p for p in places if p.start < first], [d for d in dates if d.start < first]))
        after = [a for a in acts if a.start >= first]
        out.append((after, [p for p in places if p.start >= first], [d for d in dates if d.start >= first]))
    return out


def _predecessors_apart(report: AnnotatedReport, whole: Telling, parts: list[Part], grammar: Grammar) -> list[Part]:
    """ "The attack comes eight months after gunmen killed …": what the sentence points back to, and the earlier act
    it is set beside, which takes the days, the places and the toll."""
    if len(parts) != 1 or not whole.acts or whole.lead:
        return parts
    acts, places, dates = parts[0]
    ordered = sorted(acts, key=lambda a: a.start)
    first = ordered[0]
    later = [a for a in ordered[1:] if a.strength != "definite" and not a.general]
    if first.strength != "definite" or not later:
        return parts
    between = report.normal.folded[first.end : later[0].start]
    if not re.search(rf"\b(?:{'|'.join(map(re.escape, sorted(grammar.succeeds)))})\b", between):
        return parts
    stated = [d for d in dates if d.date is not None and d.date.basis == "stated"] or dates
    return [([first], [], []), ([a for a in ordered if a is not first], places, stated)]


def _nearest(report: AnnotatedReport, acts: Sequence[Act], start: int, end: int) -> Act:
    """The act nearest to a stretch; what follows an act is nearer to it than what precedes it, and what stands in its
    clause nearer than what stands in the next ("killed nine on 21 May, and on 2 April a blast …")."""

    def gap(a: Act) -> float:
        low, high = (a.end, start) if a.end <= start else (end, a.start)
        apart = _CLAUSE_APART if _NEXT_AND.search(report.normal.folded, low, high) else 0
        return apart + (high - low if a.end <= start else 1.5 * (high - low))

    return min(acts, key=gap)


def _differs(part: Part, places: Sequence[PlaceMention], dates: Sequence[DateMention]) -> bool:
    """Whether places or days tell of another incident than the part's."""
    fine = [p for p in places if p.place.precision in FINE]
    have = [p for p in part[1] if p.place.precision in FINE]
    if fine and have and all(compare_areas(p.place, q.place) == "apart" for p in fine for q in have):
        return True
    days = [d.date for d in dates if d.date is not None]
    others = [d.date for d in part[2] if d.date is not None]
    return bool(days and others and not any(d.overlaps(o) for d in days for o in others))
