"""Joining tellings into the incidents of one report, and setting current ones apart from background.

Two tellings are of one incident unless the words say otherwise: another place, another day, "another attack".
What gives no place and no day goes with what is being told of at that point.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from vigie.coding.acts import FOLLOWED, Act
from vigie.coding.apart import (
    another_kind,
    answers,
    counts_others_throughout,
    happens_elsewhere,
    hurt,
    hurt_then,
    new_acts,
    of_its_own_kind,
    opens_another,
    own_day,
    own_toll,
    strikes_back,
    strikes_from_the_air,
    tells_more,
)
from vigie.coding.areas import Areas, compare_areas, situated
from vigie.coding.leads import give_day, parts_of, share, sums_up
from vigie.coding.phrases import FIGHTERS, GUARDS
from vigie.coding.tellings import Telling, in_each_place
from vigie.coding.types import family, vote
from vigie.coding.weapon_mentions import MUNITIONS
from vigie.mentions.values import DAYS, FINE, LONG, DateMention, PlaceMention
from vigie.model import ReportedDate
from vigie.model.coded import Period

_SAME_PLACE = 2.0
# Relations to a place that something only came from or went to.
_ON_THE_WAY = frozenset({"from", "towards"})
_RECENT_DAYS = 10
_JUST_BEFORE = 3
_LONG_AGO_DAYS = 30
_LOOSE_GRAINS = frozenset({"week", "month", "season", "year"})


@dataclass
class Group:
    """Tellings of one incident, in text order. `period` is set once all tellings are joined, `likelihood` (0 to 1,
    that it is an incident at all) by the screening."""

    tellings: list[Telling] = field(default_factory=list)
    period: Period = "current"
    likelihood: float = 1.0

    @property
    def first(self) -> Telling:
        return self.tellings[0]

    def dates(self) -> list[DateMention]:
        """Days told, in text order."""
        return [d for t in self.tellings for d in t.dates]

    def places(self) -> list[PlaceMention]:
        """Places told, in text order."""
        return [p for t in self.tellings for p in t.places]

    def core_date(self) -> DateMention | None:
        """The day the incident was first given, None while none has been."""
        return next((t.dates[0] for t in self.tellings if t.dates), None)

    def core_places(self) -> list[PlaceMention]:
        """The first fine place told and those told with it; else the first place of all."""
        for t in self.tellings:
            if any(p.place.precision in FINE for p in t.places):
                return list(t.places)
        return next((list(t.places) for t in self.tellings if t.places), [])

    def evidence(self) -> float:
        """How plainly the tellings speak of one act of violence: strong words, somebody hurt, weapons,
        perpetrators, a day, a place, the headline. Words for fighting in general count for little."""
        acts = [(a, t) for t in self.tellings for a in t.acts]
        score = sum(sorted((_weight(a, t) for a, t in acts), reverse=True)[:3])
        score += 1.0 * any(w for t in self.tellings for w in t.weapons if not w.implied)
        score += 1.0 * any(_uses_munition(t) for t in self.tellings)
        score += 1.0 * any((c.quantity.lower or 0) > 0 for t in self.tellings for c in t.tolls)
        score += 1.0 * any(p.attacker for a, _ in acts for p in (*a.actors, *a.victims))
        score += 0.5 * any(t.told_day for t in self.tellings)
        score += 0.5 * any(p.place.precision in FINE for p in self.places())
        score += 1.0 * any(t.title and any(not a.general for a in t.acts) for t in self.tellings)
        score += 0.5 * any(_done_there_and_then(t) for t in self.tellings)
        score += 1.0 * any(a.type == "abduction" and a.verb and a.victims for a, _ in acts)
        score += 1.0 * any("retaliation" in t.marks and _by_one_on_another(t) for t in self.tellings)
        return score


def _done_there_and_then(telling: Telling) -> bool:
    """A single act told by a verb of its own kind, with the fighters or forces who did it, the day and the town or
    site: "the army retook the village of Sarh on Tuesday" says as much of what happened as a stronger word would."""
    days = [d for d in telling.dates if d.date is not None and d.date.grain in DAYS]
    if not days or not any(p.place.precision in FINE for p in telling.places):
        return False
    told = [a for a in telling.acts if a.verb and a.type and not a.general and a.strength != "definite"]
    hit = [a for a in told if a.targets or a.victims or any(a.end <= p.start for p in telling.places)]
    return any(p.kind in FIGHTERS | GUARDS for a in hit for p in a.actors)


def _by_one_on_another(telling: Telling) -> bool:
    return any(a.actors and (a.targets or a.victims) for a in telling.acts)


def _uses_munition(telling: Telling) -> bool:
    """A munition beside an act or somebody hurt."""
    armed = any(w.kind in MUNITIONS and not w.implied for w in telling.weapons)
    return armed and bool(telling.tolls or any(not a.general for a in telling.acts))


def _weight(act: Act, telling: Telling) -> float:
    if act.strength == "definite":
        return 0.2
    if act.general:
        hurt = any((c.quantity.lower or 0) > 0 for c in telling.tolls)
        fine = any(p.place.precision in FINE for p in telling.places)
        if hurt and telling.told_day and fine:
            return 1.5  # "des combats ont fait dix morts mardi à Sarh" tells of one fight
        anchored = telling.told_day or hurt
        return 1.0 if act.strength == "strong" and anchored else 0.3
    if act.strength == "strong":
        return 2.0
    return 1.0 if act.type is not None else 0.5


def join(tellings: Sequence[Telling], published: dt.date | None) -> list[Group]:
    """Groups of tellings, one an incident, in order of first telling.

    What speaks of several incidents at once makes no group while others do: a lead that sums them up is set
    aside, and "the two attacks" goes to every current group, without place or day.
    """
    single = [t for t in tellings if not t.summary and not t.collective and not sums_up(t, tellings)]
    if not single:
        single = [t for t in tellings if not t.collective] or list(tellings)
    summed = [t for t in tellings if t not in single and not t.summary and not t.collective]
    window = _window(tellings, published)
    parts = {id(t): parts_of(t, tellings) for t in tellings if t.lead and t not in single}
    sums = [p for p in parts.values() if p]
    single = [piece for t in single for piece in in_each_place(t)]
    groups: list[Group] = []
    focus: Group | None = None
    before: Telling | None = None
    paragraph = -1
    for telling in single:
        if telling.paragraph != paragraph:
            paragraph = telling.paragraph
            if focus is not None and _is_background(focus, groups, published, window) and groups:
                focus = groups[0]
        home = _home(telling, groups, focus, window)
        if home is not None and any(_another_of(p, telling, home) for p in sums):
            home = None
        if home is None:
            home = Group()
            groups.append(home)
        home.tellings.append(telling)
        if focus is None or not (telling.earlier or _goes_back(telling, before) or (telling.lead and answers(telling))):
            focus = home  # what an act is only set beside, and how it was answered, is not gone on with
        before = telling
    groups = _fold_headline(groups, window)
    for t in summed:
        give_day(t, groups)
        share(t, parts.get(id(t), ()), groups)
    for g in groups:
        g.period = "background" if _is_background(g, groups, published, window) else "current"
    for t in tellings:
        if t.collective and t not in single:
            for g in groups:
                if g.period == "current":
                    g.tellings.append(replace(t, acts=(), places=(), dates=(), tolls=(), weapons=(), launch=None))
    return groups


def _another_of(parts: Sequence[Telling], telling: Telling, home: Group) -> bool:
    """Whether a telling is of one of several acts whose tolls a lead sums up, and a group of another of them."""
    mine = any(t is telling for t in parts)
    return mine and any(t is not telling and any(t is u for u in home.tellings) for t in parts)


def _goes_back(telling: Telling, before: Telling | None) -> bool:
    """The later part of one sentence, of an earlier day than its first ("killed seven on Sunday in the town where
    attackers had killed nine a day earlier")."""
    if before is None or telling.sentence != before.sentence or not telling.dates or not before.dates:
        return False
    mine, theirs = telling.dates[0].date, before.dates[0].date
    return mine is not None and theirs is not None and mine.end < theirs.start


Window = tuple[dt.date, dt.date] | None


def _window(tellings: Sequence[Telling], published: dt.date | None) -> Window:
    """The days that an undated incident may be taken to be of: those of the lead, else the last before publication."""
    lead = [d.date for t in tellings if t.lead for d in t.dates if d.date is not None and d.date.days <= 7]
    if lead and published is not None and max(d.end for d in lead) >= published - dt.timedelta(days=_RECENT_DAYS):
        return min(d.start for d in lead), max(max(d.end for d in lead), published)
    if published is not None:
        return published - dt.timedelta(days=3), published
    return None


def _home(telling: Telling, groups: Sequence[Group], focus: Group | None, window: Window) -> Group | None:
    """The group a telling belongs to, None for a new one."""
    if telling.earlier:  # told once more of what came before: the same day, or the same place
        old = [g for g in groups if all(t.earlier for t in g.tellings) and _fit(telling, g, False, window) is not None]
        same = (g for g in old if _fit_places(telling, g) == _SAME_PLACE or (_fit_dates(telling, g, window) or 0) > 1)
        return next(same, None)
    if not groups or answers(telling) or strikes_back(telling):
        return None
    if telling.head is not None:  # an item of a list goes with what is told of its place
        groups = [g for g in groups if any(_of_item(telling, t) for t in g.tellings)]
        focus = focus if focus in groups else None
        if not groups:
            return None
    if focus is not None and opens_another(telling, focus):
        there = [g for g in groups if g is not focus and _fit_places(telling, g) == _SAME_PLACE]
        groups = [g for g in there if not _counts_others(telling, g)]
        if not groups:
            return None
    scored = [(s, i, g) for i, g in enumerate(groups) if (s := _fit(telling, g, g is focus, window)) is not None]
    if scored:
        best = max(scored, key=lambda c: (c[0], -c[1]))
        return None if best[0] < 0 and best[2] is not focus and _in_a_place_of_its_own(telling) else best[2]
    if _can_stand_alone(telling) or _hurt_elsewhere(telling) or hurt_then(telling, groups):
        return None
    if all(counts_others_throughout(telling, g) for g in groups):
        return None
    return focus or groups[0]


def _can_stand_alone(telling: Telling) -> bool:
    """Enough said to be an incident of its own: a place or a day, and an act or a toll."""
    if not (telling.told_day or telling.places):
        return False
    return any(a.strength != "definite" and not a.harm for a in telling.acts) or any(a.harm for a in telling.acts)


def _of_item(telling: Telling, other: Telling) -> bool:
    """Of one item of a list, or of the place that heads it."""
    if telling.head == other.head:
        return True
    return any(compare_areas(p.place, q.place) == "same" for p in telling.places for q in other.places)


def _in_a_place_of_its_own(telling: Telling) -> bool:
    """An act in words of its own and the town or site where it happened."""
    return bool(new_acts(telling)) and any(p.place.precision in FINE for p in telling.places) and not telling.title


def _hurt_elsewhere(telling: Telling) -> bool:
    """People hurt on a day, or in a place, that no group has: another event, even without a word of an act ("In
    January nine people died at a wedding near Ber")."""
    return hurt([telling]) and telling.told_day and bool(telling.places) and not telling.definite


def _fit(telling: Telling, group: Group, focused: bool, window: Window) -> float | None:
    """How well a telling fits a group; None where place or day or words forbid it."""
    score = 1.0 if focused else 0.0
    if focused and telling.speakers & group.tellings[-1].speakers:
        score += 1.0  # one source goes on telling of one act
    place = _fit_places(telling, group)
    if place is None and focused and tells_more(telling):
        place = 0.0  # "the assault took place at Koubi, 40 km from the town"
    if place is None and focused and _on_no_map(telling, group):
        place = 0.0  # a market or a quarter of the town told of, as like as not
    date = _fit_dates(telling, group, window)
    if place is None or date is None or happens_elsewhere(telling, group):
        return None
    if counts_others_throughout(telling, group):
        return None
    score += place + date
    if any("another" in a.marks for a in telling.acts) and not telling.definite and date <= 0 and place <= 0:
        score -= 1.5
    kinds = {w.kind for w in telling.weapons}
    group_kinds = {w.kind for t in group.tellings for w in t.weapons}
    if kinds & group_kinds:
        score += 0.5
    elif place < _SAME_PLACE and kinds & MUNITIONS and group_kinds & MUNITIONS and own_day(telling, group):
        return None  # other munitions, another day or hour, no place in common
    mine, theirs = vote([telling])[0], vote(group.tellings)[0]
    if (
        mine
        and theirs
        and "disrupted" in (mine, theirs)
        and mine != theirs
        and (hurt([telling]) or hurt(group.tellings))
    ):
        return None  # what was made safe is not what went off
    if place < _SAME_PLACE and own_day(telling, group) and of_its_own_kind(telling, group, mine, theirs):
        return None
    if another_kind(telling, group, mine, theirs) or strikes_from_the_air(telling, group):
        return None
    if mine and theirs:
        score += 0.75 if family(mine) == family(theirs) else -0.75
    score += _fit_tolls(telling, group)
    if telling.definite:
        score += 0.5
    return score if score > -1.0 else None


def _fit_places(telling: Telling, group: Group) -> float | None:
    """2 for the group's own place, 1 for one inside or round it, 0 where one side names none, None for another."""
    mine = [p for p in situated(telling.places) if p.place.relation not in _ON_THE_WAY]
    theirs = group.core_places()  # a town near by may well stand for the village later on
    if not mine or not theirs:
        return 0.0
    verdicts = [_compare(mine[0], q) for q in theirs]
    named = {_compare(p, theirs[0]) for p in mine}
    if "same" in verdicts or "same" in named:
        return _SAME_PLACE
    if verdicts[0] == "within" and not _in_regions_apart(mine, theirs) and not _in_towns_apart(mine, theirs):
        return 1.0
    return None


def _in_regions_apart(mine: Sequence[PlaceMention], theirs: Sequence[PlaceMention]) -> bool:
    """Each told with its own province, and those are two ("Nirkh district, Wardak province", "Watapur, Kunar")."""
    one, other = ([p for p in places if p.place.precision == "region"] for places in (mine, theirs))
    fine = all(any(p.place.precision in FINE for p in places) for places in (mine, theirs))
    return fine and bool(one and other) and all(_compare(p, q) == "apart" for p in one for q in other)


def _in_towns_apart(mine: Sequence[PlaceMention], theirs: Sequence[PlaceMention]) -> bool:
    """Each told with a town, and those are two ("in Baghdad's Zafra district", "in Jarmala")."""
    one, other = ([p for p in places if p.place.precision == "settlement"] for places in (mine, theirs))
    return bool(one and other) and all(_compare(p, q) == "apart" for p in one for q in other)


def _on_no_map(telling: Telling, group: Group) -> bool:
    """The only fine place of a telling is a name that no list knows, in the country of the group, and the telling has
    no day, toll or word of its own that would make it another act."""
    fine = [p for p in telling.places if p.place.precision in FINE]
    if len(fine) != 1 or fine[0].known or fine[0].place.lat is not None or telling.dates:
        return False
    if any("another" in a.marks for a in telling.acts) or "elsewhere" in telling.marks or hurt([telling]):
        return False
    if telling.head is not None or telling.paragraph != group.tellings[-1].paragraph:
        return False
    return all(q.place.country == fine[0].place.country for q in group.core_places())


def _compare(p: PlaceMention, q: PlaceMention) -> Areas:
    """Whether two mentions can be one place. "North of Gao" may be any village no list knows."""
    verdict = compare_areas(p.place, q.place)
    near = (p.place.relation == "near", q.place.relation == "near")
    vague = (near == (True, False) and not q.known) or (near == (False, True) and not p.known)
    return "within" if verdict == "apart" and vague and p.place.country == q.place.country else verdict


def _fit_dates(telling: Telling, group: Group, window: Window) -> float | None:
    """1.5 for the group's own day, 0.5 for the next where a night is told, 0 where one side names none."""
    core = group.core_date()
    mine = [d.date for d in telling.dates if d.date is not None]
    if not mine:
        return _fit_unknown_days(telling, group)
    if core is None or core.date is None:
        if _looks_back(telling) and mine[0].grain in _LOOSE_GRAINS and own_toll(telling, group):
            return None  # "earlier this week a bomb killed eleven"
        if any(t.unknown_days for t in group.tellings) and _counts_others(telling, group):
            return None  # "on 22 November 2014 they killed 28" is of another day than "on Friday", with six dead
        if _recalled(group) and _fit_places(telling, group) == _SAME_PLACE:
            return 0.0  # "the trial over the Nice attack": of whatever day is told for it
        if telling.past_perfect and _told_as_done(group) and vote([telling])[0] == vote(group.tellings)[0]:
            return 0.0  # "freed the nine that gunmen had taken" … "they had been seized on 4 May"
        # An incident without a day of its own is of the days the report is about.
        return None if window is not None and _earlier(mine[0], window, telling) else 0.0
    if _looks_back(telling) and mine[0].grain in _LOOSE_GRAINS and mine[0].start < core.date.start:
        return None  # "neuf personnes avaient été tuées il y a une semaine"
    if mine[0].overlaps(core.date):
        return 1.5
    night = core.night or any(d.night for d in telling.dates)
    if night and mine[0].overlaps(core.date, slack=1):
        return 0.5
    if any(d.overlaps(core.date) for d in mine[1:]):
        return 0.25
    if telling.points_back and mine[0].overlaps(core.date, slack=2):
        return 0.25  # "the attack began on Friday", told after its end on Saturday
    return None


def _fit_unknown_days(telling: Telling, group: Group) -> float | None:
    """Days that cannot be known are compared as worded: "Dec. 6th" is not "Dec. 7th"."""
    theirs = next((t.unknown_days for t in group.tellings if t.unknown_days), ())
    if not telling.unknown_days or not theirs:
        return 0.0
    return 1.5 if telling.unknown_days[0] in theirs else None


def _counts_others(telling: Telling, group: Group) -> bool:
    """Both count people hurt, and not the same."""
    return hurt(group.tellings) and own_toll(telling, group)


def _told_as_done(group: Group) -> bool:
    """Told so far, but for the headline, in the pluperfect alone and without a day."""
    told = [t for t in group.tellings if not t.title]
    return bool(told) and all(t.past_perfect and not t.dates for t in told)


def _recalled(group: Group) -> bool:
    """Told so far only as known by its place."""
    acts = [a for t in group.tellings for a in t.acts]
    return bool(acts) and all(a.recalled for a in acts)


def _looks_back(telling: Telling) -> bool:
    """Told in the pluperfect, or with a word for an earlier time beside the act."""
    return telling.past_perfect or any("background" in a.marks for a in telling.acts)


def _earlier(date: ReportedDate, window: tuple[dt.date, dt.date], telling: Telling) -> bool:
    """Plainly before the days the report is about: told in the pluperfect or as background, or a week before."""
    gap = (window[0] - date.end).days
    return gap > 7 or (gap > 0 and _looks_back(telling))


def _fit_tolls(telling: Telling, group: Group) -> float:
    score = 0.0
    for harm in ("killed", "injured"):
        mine = [t.quantity for t in telling.tolls if t.harm == harm and (t.quantity.lower or 0) > 1]
        theirs = [t.quantity for u in group.tellings for t in u.tolls if t.harm == harm and (t.quantity.lower or 0) > 1]
        if mine and theirs:
            same = any((q.lower, q.upper) == (r.lower, r.upper) for q in mine for r in theirs)
            score += 1.0 if same else -0.25
    return score


def _only_aftermath(group: Group) -> bool:
    """Never told for itself: only as what something else came after, or is about."""
    told = [[a for a in t.acts if a.strength != "definite" and not a.general] for t in group.tellings]
    if any(t.title for t in group.tellings if any(not a.general for a in t.acts)):
        return False
    if any(t.lead and any(a.condemned for a in t.acts) for t in group.tellings):
        return False  # a statement is about what it condemns
    plain = [acts for acts in told if any(a.strength == "strong" for a in acts)] or [acts for acts in told if acts]
    # What stands first in a sentence sets the scene for the rest of it: "after the attack in which two men died".
    first = [next((a for a in acts if not a.harm), None) for acts in plain]
    return any(a is not None for a in first) and all(a is None or a.aftermath for a in first)


def _fold_headline(groups: list[Group], window: Window) -> list[Group]:
    """A headline names a country or a town in short; where the body's first incident is the only one that can be
    meant, they are one."""
    if len(groups) < 2:
        return groups
    head = groups[0]
    if not all(t.title for t in head.tellings):
        return groups
    if head.dates():
        return groups
    for other in groups[1:]:
        fit = _fit(head.first, other, False, window)
        if fit is not None:
            other.tellings.insert(0, head.first)
            other.tellings[1:1] = head.tellings[1:]
            return groups[1:]
    return groups


def _is_background(group: Group, groups: Sequence[Group], published: dt.date | None, window: Window) -> bool:
    """Earlier than what the report is about and told as context."""
    core = group.core_date()
    date = core.date if core is not None else None
    lead = any(t.lead for t in group.tellings)
    told_as_past = any(t.past_perfect or any("background" in a.marks for a in t.acts) for t in group.tellings)
    if _only_aftermath(group):
        if any(FOLLOWED in a.marks for t in group.tellings for a in t.acts):
            return True  # "the announcement comes two days after the raid"
        # "Two men were held on Wednesday over Monday's stabbing": the report is about it all the same.
        return date is None or published is None or len(groups) > 1 or (published - date.end).days > _JUST_BEFORE
    if all(t.earlier for t in group.tellings):
        return True
    main = groups[0] if groups else group
    if group is main or lead:
        if date is None or published is None:
            return False
        # What a report opens on is its subject; what it comes to later may be context though it is told first.
        gap = (published - date.end).days
        return gap > (_LONG_AGO_DAYS if lead else _RECENT_DAYS // 2) or (not lead and told_as_past and gap > 0)
    if date is None:
        strong = [a for t in group.tellings for a in t.acts if a.strength == "strong"]
        return told_as_past or (bool(strong) and all(a.recalled for a in strong))
    if date.grain in LONG and (published is None or date.end < published):
        return True
    first = main.core_date()
    reference = published or (first.date.end if first is not None and first.date is not None else None)
    if reference is None:
        return told_as_past
    if (reference - date.end).days > _RECENT_DAYS:
        return True
    if told_as_past and window is not None and date.end < window[0]:
        return True
    if first is not None and first.date is not None and date.end < first.date.start:
        return told_as_past or (first.date.start - date.end).days > 2
    return False
