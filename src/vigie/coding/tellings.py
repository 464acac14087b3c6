"""Tellings: what one sentence, or one part of it, tells of one incident.

A sentence is cut only where it names different places or days for different acts; otherwise all its acts,
weapons and tolls are one telling.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vigie.coding.acts import Act, WeaponMention, find_acts, find_weapons
from vigie.coding.annotated import AnnotatedReport, lead_sentences, within
from vigie.coding.areas import compare_areas
from vigie.coding.attributions import Attributed, Attribution
from vigie.coding.tolls import TollMention, find_tolls
from vigie.language.grammar import Grammar
from vigie.language.parse import Parse
from vigie.language.schema import Body, Term
from vigie.mentions.dates import is_since
from vigie.mentions.places import is_metonym
from vigie.mentions.values import DateMention, PlaceMention
from vigie.model import Place
from vigie.text.segments import Sentence

_WORDS = re.compile(r"\w+")
_LASTING_DAYS = 4
# How far before a place its preposition and "based" stand, and the one who is based there.
_SEAT_REACH, _SPEAKER_REACH = 32, 60
_CARRIED_REACH = 48
# So far behind a count stand the acts that it is of (characters).
_OF_COUNT_REACH = 30
_AIMED = frozenset({"air_drone_strike", "shelling_missile", "armed_clash"})
_FINE = frozenset({"site", "settlement", "district"})
# Relations in a sentence behind which something else is told.
_NEW_CLAUSE = frozenset({"conj", "parataxis", "advcl", "ccomp"})


@dataclass(frozen=True, slots=True)
class Telling:
    """What a stretch of one sentence tells of one incident. start/end: offsets of the stretch in the normalised
    text. places: most telling first; launch: "fired from". marks: of the modality pack. lead: headline or among
    the first sentences of the body. speakers: ids of the sources speaking in the sentence.
    unknown_days: words for days that cannot be known without a day of publication ("Dec. 6th").
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
        fine = any(p.place.precision in _FINE for p in self.places)
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
    for sentence in report.sentences:
        acts = find_acts(report, sentence, grammar)
        for act in acts:
            if act.undone is not None and act.strength == "strong":
                left_out.append((act, act.undone))
        counted = [a for a in acts if any((s <= a.start and a.end <= e) or _of_count(report, a, e) for s, e in tallied)]
        left_out.extend((a, "counted in a tally") for a in counted)
        done = [a for a in acts if a.undone is None and a not in counted]
        tolls = [
            t for t in find_tolls(report, sentence, grammar) if not any(s < t.end and t.start < e for s, e in tallied)
        ]
        if not done and not tolls:
            continue
        told = [d for d in within(report.dates, sentence.start, sentence.end) if (d.start, d.end) not in said]
        dates = [d for d in (_lasting(report, d) for d in told) if d is not None and not _to_come(report, d)]
        dates = [d for d in dates if not (_back_to_event(report, d) and any(a.end <= d.start for a in done))]
        dates = [d for d in dates if not _from_then(report, sentence, d, done, grammar)]
        places = _own_places(report, sentence, attributed, done, grammar)
        places += _hit_places(report, done, places)
        whole = Telling(
            sentence.index,
            sentence.paragraph,
            sentence.start,
            sentence.end,
            tuple(done),
            tuple(find_weapons(report, sentence)),
            tuple(tolls),
            title=sentence.title,
            lead=sentence.title or sentence.index in lead,
            speakers=frozenset(a.source for a in attributed.attributions if a.sentence == sentence.index),
        )
        tellings.extend(_cut(report, whole, places, dates, grammar))
    return tellings, left_out


def _of_count(report: AnnotatedReport, act: Act, end: int) -> bool:
    """Right behind what is counted over many acts, the acts in the plural in which it happened ("730 civilians were
    killed since April in air raids")."""
    if act.start < end or not (act.general and act.plural):
        return False
    gap = report.text[end : act.start]
    return len(gap) <= _OF_COUNT_REACH and not re.search(r"[,;:.()]", gap)


def _back_to_event(report: AnnotatedReport, mention: DateMention) -> bool:
    """Counted back to an earlier act ("deux jours après l'attentat"): the day of what follows, not of what is told
    before it."""
    return report.normal.folded[mention.start : mention.end].endswith(("apres", "after"))


def _from_then(
    report: AnnotatedReport, sentence: Sentence, mention: DateMention, acts: Sequence[Act], grammar: Grammar
) -> bool:
    """In the words for the time from which something has been so, behind the acts told: "the first attack since the
    town fell in May", « le premier attentat depuis que la ville est tombée en mai »."""
    folded = report.normal.folded
    opened = [m for m in _WORDS.finditer(folded, sentence.start, mention.start) if m[0] in grammar.lasts_from]
    if not opened or not acts or re.search(r"[,;:.()]", folded[opened[-1].end() : mention.start]):
        return False
    words = _WORDS.findall(folded[opened[-1].end() : mention.start])
    return len(words) > 1 and all(a.end <= opened[-1].start() for a in acts)


def _to_come(report: AnnotatedReport, mention: DateMention) -> bool:
    """After the day of publication (a day's grace for clocks): nothing told as done happened then."""
    published, date = report.report.published, mention.date
    return date is not None and published is not None and (date.start - published.end).days > 1


def _lasting(report: AnnotatedReport, mention: DateMention) -> DateMention | None:
    """A date as the day of an act. "since" a day of the last week lasts to publication; since longer ago it dates no
    single act."""
    if not is_since(report.text, report.pack.language, mention):
        return mention
    published, date = report.report.published, mention.date
    if date is None or published is None or date.grain in {"month", "season", "year"}:
        return None
    if not 0 <= (published.end - date.start).days <= _LASTING_DAYS:
        return None
    return replace(mention, date=replace(date, end=max(date.end, published.end)))


def _own_places(
    report: AnnotatedReport, sentence: Sentence, attributed: Attributed, acts: Sequence[Act], grammar: Grammar
) -> list[PlaceMention]:
    """Places of a sentence that say where something happened: not those in a speaker's or an organisation's
    name, not capitals and countries that stand for governments."""
    speakers = [a.source_span for a in attributed.attributions]
    names = [
        m
        for m in report.matches_in(sentence.start, sentence.end, "actors")
        if isinstance(m.entry, Body) and m.entry.named
    ]
    said_here = [a for a in attributed.attributions if a.sentence == sentence.index]
    found = []
    for p in within(report.places, sentence.start, sentence.end):
        if any(a <= p.start and p.end <= b for a, b in speakers):
            continue
        if any(_describes_speaker(p, a) for a in said_here):
            continue
        if any(m.start <= p.start and p.end <= m.end and (m.start, m.end) != (p.start, p.end) for m in names):
            continue
        if is_metonym(report.text, p, report.pack.language) or _agent(report, p, grammar):
            continue
        if _carried_to(report, sentence, p, grammar) or _seat(report, sentence, p, grammar):
            continue
        if p.place.precision == "country" and any(
            ph.start <= p.start and p.end <= ph.end for a in acts for ph in (*a.actors,)
        ):
            continue
        found.append(p)
    return found


def _agent(report: AnnotatedReport, p: PlaceMention, grammar: Grammar) -> bool:
    """Told as whoever did something: "launched by Russia", "menée par le Kenya"."""
    before = re.split(r"[\s']+", report.normal.folded[max(0, p.start - 16) : p.start].rstrip(" '"))
    words = [w for w in before if w not in grammar.articles]
    return p.place.precision in {"country", "settlement"} and words[-1:] in ([w] for w in grammar.agent)


def _carried_to(report: AnnotatedReport, sentence: Sentence, p: PlaceMention, grammar: Grammar) -> bool:
    """Where the wounded were brought, not where they were hit: "évacués vers l'hôpital de X", "flown to X"."""
    low = max(sentence.start, p.start - _CARRIED_REACH)
    words = re.split(r"\W+", report.normal.folded[low : p.start])
    carried = next((k for k in range(len(words) - 1, -1, -1) if words[k].startswith(grammar.carried)), None)
    if carried is None or report.matches_in(low, p.start, "triggers"):
        return False
    return p.place.relation == "towards" or any(w in grammar.carried_to for w in words[carried + 1 :])


def _seat(report: AnnotatedReport, sentence: Sentence, p: PlaceMention, grammar: Grammar) -> bool:
    """Where those who speak or count are at home, not where anything happened: "une ONG basée à X", "the X-based
    monitor". Troops based somewhere may well have been hit there."""
    folded = report.normal.folded
    if any(folded.startswith(f"-{w}", p.end) for w in grammar.based):
        return True
    before = re.split(r"\W+", folded[max(sentence.start, p.start - _SEAT_REACH) : p.start].rstrip())[-3:]
    if not any(w in grammar.based for w in before):
        return False
    near = report.matches_in(max(sentence.start, p.start - _SPEAKER_REACH), p.start, "speakers", "actors")
    return bool(near) and getattr(near[-1].entry, "kind", None) in {"monitor", "media", "international", "aid"}


def _hit_places(report: AnnotatedReport, acts: Sequence[Act], places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Proper names that strikes and shelling are aimed at and no list knows: villages ("une frappe sur Koutouma").
    Their country is that of the places beside them."""
    country = next((p.place.country for p in (*places, *report.places) if p.place.country), None)
    found: dict[int, PlaceMention] = {}
    for act in acts:
        if act.type not in _AIMED:
            continue
        for p in act.targets:
            words = p.name.split()
            known = any(q.start < p.end and p.start < q.end for q in report.places)
            nation = any(a <= p.start < b for a, b, _ in report.demonyms)
            name = p.file is None and p.proper and len(words) <= 2 and all(w[:1].isupper() for w in words)
            if name and not known and not nation:
                place = Place(p.name, p.name, country, "settlement")
                found[p.start] = PlaceMention(p.start, p.end, place, known=False)
    return [found[k] for k in sorted(found)]


def _describes_speaker(p: PlaceMention, a: Attribution) -> bool:
    """The place tells who or where the speaker is: between his name and the cue, or after his name at the end of
    the sentence, and outside what he says."""
    if any(start <= p.start and p.end <= end for start, end in a.content):
        return False
    name, cue = a.source_span, a.cue_span
    if name[0] < cue[0]:
        return name[0] <= p.start < cue[0]
    return bool(a.content) and p.start >= name[0] and all(p.start >= end for _, end in a.content)


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
    parts = _assign(parse, whole.acts, own, [d for d in dates if d.date is not None])
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
    edges = [min(a.start for a in acts) for acts, _, _ in parts]
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


Part = tuple[list[Act], list[PlaceMention], list[DateMention]]


def _assign(
    parse: Parse | None, acts: Sequence[Act], places: Sequence[PlaceMention], dates: Sequence[DateMention]
) -> list[Part]:
    """Give each place and day to the nearest act; acts in one place on one day stay together."""
    real = [a for a in acts if a.strength != "definite" and not a.harm]
    if parse is not None:
        real = [a for a in real if a.type is not None or not any(_one_event(parse, a, b) for b in real)]
    if len(real) < 2 or (len(places) < 2 and len(dates) < 2):
        return [(list(acts), list(places), list(dates))]
    mine: dict[int, Part] = {id(a): ([a], [], []) for a in real}
    for p in places:
        mine[id(_nearest(real, p.start, p.end))][1].append(p)
    for d in dates:
        mine[id(_nearest(real, d.start, d.end))][2].append(d)
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


def _nearest(acts: Sequence[Act], start: int, end: int) -> Act:
    """The act nearest to a stretch; what follows an act is nearer to it than what precedes it."""

    def gap(a: Act) -> float:
        return start - a.end if a.end <= start else 1.5 * (a.start - end)

    return min(acts, key=gap)


def _differs(part: Part, places: Sequence[PlaceMention], dates: Sequence[DateMention]) -> bool:
    """Whether places or days tell of another incident than the part's."""
    fine = [p for p in places if p.place.precision in _FINE]
    have = [p for p in part[1] if p.place.precision in _FINE]
    if fine and have and all(compare_areas(p.place, q.place) == "apart" for p in fine for q in have):
        return True
    days = [d.date for d in dates if d.date is not None]
    others = [d.date for d in part[2] if d.date is not None]
    return bool(days and others and not any(d.overlaps(o) for d in days for o in others))
