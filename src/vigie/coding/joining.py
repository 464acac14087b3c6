"""Joining tellings into the incidents of one report, and setting current ones apart from background.

Two tellings are of one incident unless the words say otherwise: another place, another day, "another attack".
What gives no place and no day goes with what is being told of at that point.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from vigie.coding.areas import compare_areas
from vigie.coding.tellings import Telling
from vigie.coding.types import family, vote
from vigie.mentions.values import DateMention, PlaceMention
from vigie.model.coded import Period

_FINE = frozenset({"site", "settlement", "district"})
_RECENT_DAYS = 10
_LONG_GRAINS = frozenset({"month", "season", "year"})


@dataclass
class Group:
    """Tellings of one incident, in text order. `period` is set once all tellings are joined."""

    tellings: list[Telling] = field(default_factory=list)
    period: Period = "current"

    @property
    def first(self) -> Telling:
        return self.tellings[0]

    def dates(self) -> list[DateMention]:
        """Days told, in text order."""
        return [d for t in self.tellings for d in t.dates]

    def places(self) -> list[PlaceMention]:
        """Places told, in text order."""
        return [p for t in self.tellings for p in t.places]

    def evidence(self) -> float:
        """How plainly the tellings speak of violence: strong words, weapons, victims, attackers, the headline."""
        acts = [a for t in self.tellings for a in t.acts]
        score = 2.0 * min(3, sum(a.strength == "strong" for a in acts))
        score += 1.0 * min(2, sum(a.strength == "weak" and a.type is not None for a in acts))
        score += 0.5 * min(2, sum(a.harm for a in acts))
        score += 1.0 * any(w for t in self.tellings for w in t.weapons if not w.implied)
        score += 1.0 * any((c.quantity.lower or 0) > 0 for t in self.tellings for c in t.tolls)
        score += 1.0 * any(p.attacker for a in acts for p in (*a.actors, *a.victims))
        score += 1.0 * any(t.title and t.strong for t in self.tellings)
        return score


def join(tellings: Sequence[Telling], published: dt.date | None) -> list[Group]:
    """Groups of tellings, one an incident, in order of first telling."""
    groups: list[Group] = []
    focus: Group | None = None
    paragraph = -1
    for telling in tellings:
        if telling.paragraph != paragraph:
            paragraph = telling.paragraph
            if focus is not None and _is_background(focus, groups, published) and groups:
                focus = groups[0]
        home = _home(telling, groups, focus)
        if home is None:
            home = Group()
            groups.append(home)
        home.tellings.append(telling)
        focus = home
    groups = _fold_headline(groups)
    for g in groups:
        g.period = "background" if _is_background(g, groups, published) else "current"
    return groups


def _home(telling: Telling, groups: Sequence[Group], focus: Group | None) -> Group | None:
    """The group a telling belongs to, None for a new one."""
    if not groups:
        return None
    scored = [(s, i, g) for i, g in enumerate(groups) if (s := _fit(telling, g, g is focus)) is not None]
    if scored:
        return max(scored, key=lambda c: (c[0], -c[1]))[2]
    if _can_stand_alone(telling):
        return None
    return focus or groups[0]


def _can_stand_alone(telling: Telling) -> bool:
    """Enough said to be an incident of its own: a place or a day, and an act or a toll."""
    if not (telling.dates or telling.places):
        return False
    return any(a.strength != "definite" and not a.harm for a in telling.acts) or any(a.harm for a in telling.acts)


def _fit(telling: Telling, group: Group, focused: bool) -> float | None:
    """How well a telling fits a group; None where place or day or words forbid it."""
    score = 1.0 if focused else 0.0
    place = _fit_places(telling, group)
    date = _fit_dates(telling, group)
    if place is None or date is None:
        return None
    score += place + date
    if any("another" in a.marks for a in telling.acts) and not telling.definite and date <= 0 and place <= 0:
        score -= 1.5
    kinds = {w.kind for w in telling.weapons}
    group_kinds = {w.kind for t in group.tellings for w in t.weapons}
    if kinds & group_kinds:
        score += 0.5
    mine, theirs = vote([telling])[0], vote(group.tellings)[0]
    if mine and theirs:
        score += 0.75 if family(mine) == family(theirs) else -0.75
    score += _fit_tolls(telling, group)
    if telling.definite:
        score += 0.5
    return score if score > -1.0 else None


def _fit_places(telling: Telling, group: Group) -> float | None:
    mine, theirs = telling.places, group.places()
    if not mine or not theirs:
        return 0.0
    verdicts = {compare_areas(p.place, q.place) for p in mine for q in theirs}
    fine = [p for p in mine if p.place.precision in _FINE]
    group_fine = [q for q in theirs if q.place.precision in _FINE]
    if fine and group_fine:
        verdicts = {compare_areas(p.place, q.place) for p in fine for q in group_fine}
    if "same" in verdicts:
        return 2.0
    if "within" in verdicts:
        return 1.0
    return None


def _fit_dates(telling: Telling, group: Group) -> float | None:
    mine = [d.date for d in telling.dates if d.date is not None]
    theirs = [d.date for d in group.dates() if d.date is not None]
    if not mine or not theirs:
        return 0.0
    if any(d.overlaps(o) for d in mine for o in theirs):
        return 1.5
    night = any(d.night for d in (*telling.dates, *group.dates()))
    if night and any(d.overlaps(o, slack=1) for d in mine for o in theirs):
        return 0.5
    return None


def _fit_tolls(telling: Telling, group: Group) -> float:
    score = 0.0
    for harm in ("killed", "injured"):
        mine = [t.quantity for t in telling.tolls if t.harm == harm and (t.quantity.lower or 0) > 1]
        theirs = [t.quantity for u in group.tellings for t in u.tolls if t.harm == harm and (t.quantity.lower or 0) > 1]
        if mine and theirs:
            same = any((q.lower, q.upper) == (r.lower, r.upper) for q in mine for r in theirs)
            score += 1.0 if same else -0.25
    return score


def _fold_headline(groups: list[Group]) -> list[Group]:
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
        fit = _fit(head.first, other, False)
        if fit is not None:
            other.tellings.insert(0, head.first)
            other.tellings[1:1] = head.tellings[1:]
            return groups[1:]
    return groups


def _is_background(group: Group, groups: Sequence[Group], published: dt.date | None) -> bool:
    """Earlier than what the report is about and told as context."""
    if groups and group is groups[0]:
        dates = [d.date for d in group.dates() if d.date is not None]
        if published is None or not dates:
            return False
        newest = max(d.end for d in dates)
        return (published - newest).days > 45 and not any(t.lead for t in group.tellings)
    dates = [d.date for d in group.dates() if d.date is not None]
    cued = any("background" in t.marks or t.past_perfect for t in group.tellings)
    if any(t.title for t in group.tellings):
        cued = False
    if not dates:
        return cued
    newest = max(d.end for d in dates)
    if any(d.grain in _LONG_GRAINS for d in dates) and not any(t.lead for t in group.tellings):
        return True
    main = [d.date for d in groups[0].dates() if d.date is not None] if groups else []
    reference = published or (max(d.end for d in main) if main else None)
    if reference is None:
        return cued
    if (reference - newest).days > _RECENT_DAYS:
        return True
    if main and newest < min(d.start for d in main):
        return cued or (min(d.start for d in main) - newest).days > 2
    return False


def with_places(telling: Telling, places: Sequence[PlaceMention]) -> Telling:
    """The telling with other places."""
    return replace(telling, places=tuple(places))
