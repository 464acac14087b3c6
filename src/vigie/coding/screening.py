"""Which groups of tellings are incidents, and which are left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from vigie.coding.about import (
    WORDS_ENOUGH,
    WORDS_TO_WEIGH,
    Features,
    frame_of,
    frames_near,
    is_exercise,
    is_no_attack,
    is_sting,
    is_trial,
    is_tribute,
    is_verdict,
    shared_features,
    shared_weight,
    unlikely,
)
from vigie.coding.acts import Act
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.apart import hurt_or_told_by_whom
from vigie.coding.context import rejection
from vigie.coding.joining import Group
from vigie.coding.linear import load_model
from vigie.coding.screen_features import group_features
from vigie.coding.tellings import Telling
from vigie.coding.weapon_mentions import MUNITIONS
from vigie.mentions.values import DAYS, FINE, LONG
from vigie.model import Rejection

# What the rules keep is an incident unless it is less likely than this; what they leave out, only from this on.
# Chosen by cross-validation on the training part (docs/models.md).
_DOUBT, _HOPE = 0.4, 0.6
_MAIN_FLOOR = 2.5
_OTHER_FLOOR = 2.0
_REASONS = {
    "sport": "sport, no violence",
    "film": "fiction or a show",
    "cyber": "an attack on computers",
    "accident": "an accident",
    "disaster": "a natural disaster",
    "verbal": "words, no act",
    "business": "business language",
    "medical": "illness",
    "animal": "animals",
    "trial": "a trial",
    "tribute": "a tribute",
    "history": "history",
    "exercise": "an exercise",
    "protest": "a protest",
    "metaphor": "a figure of speech",
}
# What no likelihood outweighs: plots in the hands of the police, and the plots of films and novels.
_STING = "a plot in the hands of the police"
_TOLD = "the plot of a film or a novel"
_NO_ATTACK = "said to be no attack"
_CROWD = "a crowd and the police, nobody killed"
_FINAL = frozenset({_STING, _TOLD, _NO_ATTACK, _CROWD})
# How often a demonstration must be marked for stones and tear gas to be what a report of one tells.
_DEMONSTRATION = 1
# How often a film, a novel or a show must be marked for what it tells, on no day and of nobody counted, to be its plot.
_FICTION_TIMES = 3
# Days after an act within which a report of a hearing still tells of it as news.
_FIRST_HEARING = 7
_BLASTS = frozenset({"suicide_bomb", "remote_explosive", "grenade"})
_BLADES = frozenset({"knife"})
# Kinds of act, and weapons of an attack, that are never told of accidents, crowds or sport in a strong word.
_WARLIKE = frozenset({"air_drone_strike", "shelling_missile", "armed_clash", "suicide_bomb", "grenade"})
_ARMS = frozenset({"firearm", "knife"})
# How often a frame must be marked before it outweighs the words of violence; 2 where not listed.
_FRAME_TIMES = {"protest": 8, "medical": 99}


def keep_groups(report: AnnotatedReport, groups: Sequence[Group]) -> tuple[list[Group], list[Rejection]]:
    """The groups that are incidents, and a rejection with its reason for each of the others.

    The rules propose and the screening model decides: their verdict is one of its features, beside the words of the
    report. What the rules left out is named by their reason, what only the model did by the words that weighed.
    """
    if not groups:
        return [], []
    set_back_by_trial(report, groups)
    reasons = rule_verdicts(report, groups)
    model = load_model(f"screen_{report.pack.language}")
    words = len(report.normal.text.split())
    short = words < WORDS_TO_WEIGH
    kept: list[Group] = []
    left: list[Rejection] = []
    shared: Features = {}
    told = shared_weight(report) if report.weight is None else report.weight
    looks_back = is_trial(report) or is_tribute(report)
    for k, (group, reason) in enumerate(zip(groups, reasons, strict=True)):
        features = own_features(report, groups, k, reason)
        group.likelihood = model.probability(features, told)
        floor = _floor(reason, words)
        sure = _answers(group) or _condemned(group) or (reason not in _FINAL and _recounted(group, looks_back))
        sure = sure or (reason is None and _unmistakable(group))
        if reason is None if short else group.likelihood >= floor or sure:
            kept.append(group)
        else:
            first = group.first
            if reason is None:
                shared = shared or shared_features(report)
                reason = unlikely(model, shared | features, group.likelihood)
            left.append(rejection(report, first.start, first.end, report.text[first.start : first.end][:80], reason))
    return kept, left


def set_back_by_trial(report: AnnotatedReport, groups: Sequence[Group]) -> None:
    """What a court judges happened before: makes it background, but for what happened days ago, of which the first
    hearing of a suspect is news ("appeared in court on Monday over Saturday's shooting")."""
    if not is_trial(report):
        return
    published = None if is_verdict(report) else report.report.published
    for group in groups:
        core = group.core_date()
        day = core.date if core is not None else None
        if day is None or published is None or (published.end - day.end).days > _FIRST_HEARING:
            group.period = "background"


def _floor(reason: str | None, words: int) -> float:
    """From which likelihood on a group of that verdict of the rules is an incident, in a report of so many words."""
    if reason in _FINAL:
        return float("inf")
    share = (words - WORDS_TO_WEIGH) / (WORDS_ENOUGH - WORDS_TO_WEIGH)
    return _DOUBT * min(1.0, max(0.0, share)) if reason is None else _HOPE


def rule_verdicts(report: AnnotatedReport, groups: Sequence[Group]) -> list[str | None]:
    """For each group the reason by which the rules leave it out, None where they keep it."""
    sting, no_attack = is_sting(report), is_no_attack(report)
    if is_exercise(report):
        frames = [Counter({"exercise": len(report.matches)})] * len(groups)
    else:
        frames = [frames_near(report, {t.paragraph for t in g.tellings}) for g in groups]
    report_of, times = frame_of(report)
    fiction = report_of == "film" and times >= _FICTION_TIMES
    return [
        (_STING if sting and not any(map(_counts, g.tellings)) else None)
        or (_NO_ATTACK if no_attack and (g.period == "current" or not _deliberate(g) or _made_safe(g)) else None)
        or _why_not(g, k == 0 or g.period == "current", near, report_of, fiction)
        for k, (g, near) in enumerate(zip(groups, frames, strict=True))
    ]


def own_features(report: AnnotatedReport, groups: Sequence[Group], number: int, verdict: str | None) -> Features:
    """What it weighs of group `number` (from 0) alone, the rules' verdict included."""
    return group_features(report, groups, number) | {f"rule={verdict}": 1.0}


def _why_not(group: Group, main: bool, near: Counter[str], report_of: str | None, fiction: bool) -> str | None:
    """The reason a group is no incident, None where it is one. near: how often each frame is marked round it;
    report_of: the frame most often marked in the report as a whole; fiction: it is about a film or a novel."""
    acts = [a for t in group.tellings for a in t.acts]
    strong = sum(a.strength == "strong" for a in acts)
    told = any(a.strength != "definite" and not a.harm for a in acts) or any(a.harm and a.actors for a in acts)
    if not told and not any(_armed(t) for t in group.tellings):
        return "deaths or injuries without a word of an attack"
    if _answers(group) or _condemned(group):
        return None
    if group.period == "background" and not (any(t.told_day for t in group.tellings) or group.places()):
        return "told as context, without a place or a day"
    beside = all(t.earlier for t in group.tellings)
    if (group.period == "current" or beside) and not _reported(group):
        return "mentioned in passing: no lead, day or toll of its own"
    if group.period == "current" and _of_a_year(group):
        return "told of a whole year, no single act"
    if near["protest"] >= _DEMONSTRATION and _of_a_crowd(group):
        return _CROWD
    score = group.evidence()
    if _recounted(group) or (
        group.period == "background" and any(_dated_and_placed(t, _is_known) for t in group.tellings)
    ):
        return None
    if fiction and near["film"] and not any(t.told_day or _hurts(t) for t in group.tellings):
        return _TOLD
    for frame, times in near.most_common(1):
        if times >= _FRAME_TIMES.get(frame, 2) and times >= strong and not _literal(group, frame):
            return f"the report is about {_REASONS[frame]}"
    if report_of in {"accident", "disaster"} and not _deliberate(group):
        return f"the report is about {_REASONS[report_of]}"
    if group.period == "background" and all(_no_single(a, group) for a in acts) and not _pinned(group):
        return "fighting in general, no single act"
    if group.period == "background" and not _typed(group) and _of_a_year(group):
        return "told of a whole year, no single act"
    if score >= (_MAIN_FLOOR if main else _OTHER_FLOOR):
        return None
    return "too little said to be an incident"


def _of_a_crowd(group: Group) -> bool:
    """Stones, tear gas and scuffles: no act of any other kind, no weapon that kills, and nobody killed."""
    acts = [a for t in group.tellings for a in t.acts]
    kinds = {a.type for a in acts if a.type and not a.general and a.strength != "definite"}
    armed = any(w.kind != "other" and not w.implied for t in group.tellings for w in t.weapons)
    dead = any(c.harm == "killed" and (c.quantity.lower or 0) > 0 for t in group.tellings for c in t.tolls)
    return kinds == {"mob_violence"} and not armed and not dead


def _of_a_year(group: Group) -> bool:
    """Dated by nothing shorter than a season or a year: figures over that time, where nothing but deaths is told and no
    town ("in 2015 the rebels killed 18 soldiers"), or nobody hurt who is counted and nobody who did it to anybody."""
    days = [d.date for d in group.dates() if d.date is not None]
    if not days or any(d.grain not in {"season", "year"} for d in days):
        return False
    acts = [a for t in group.tellings for a in t.acts]
    if all(a.type is None or a.general or a.strength == "definite" for a in acts):
        return not any(p.place.precision in FINE for p in group.places())
    if any(map(_counts, group.tellings)):
        return False
    return not any(a.actors and (a.targets or a.victims) for t in group.tellings for a in t.acts)


def _no_single(act: Act, group: Group) -> bool:
    """An act that tells of none by itself: fighting and attacks in general, what points back, somebody hurt. Where
    nobody is counted, a verb of aiming; where no day is told but a month or a year, a place taken or besieged."""
    if act.general or act.strength == "definite" or act.harm or _series(act):
        return True
    if act.type is None:
        return not any(map(_hurts, group.tellings))
    days = [d.date for d in group.dates() if d.date is not None]
    long = bool(days) and all(d.grain in LONG for d in days)
    return long and act.type == "armed_clash" and act.strength == "weak"


def _pinned(group: Group) -> bool:
    """Told with its dead or hurt, in a place finer than a country: by somebody in a month or on a day ("in May 2003 a
    man hurt nine people in Lor"), or in an attack of one day ("six men died on 2 May in the assault on a post in
    Ber")."""
    for t in group.tellings:
        if not _counts(t) or not t.dates or not any(p.place.precision != "country" for p in t.places):
            continue
        grain = t.dates[0].date.grain if t.dates[0].date is not None else "year"
        told = [a for a in t.acts if not a.plural and not _series(a)]
        if grain in DAYS and any(a.type is not None for a in told):
            return True
        fine = any(p.place.precision in FINE for p in t.places)
        if fine and grain not in {"season", "year"} and any(_by_somebody(a) for a in told):
            return True
    return False


def _by_somebody(act: Act) -> bool:
    """A verb with whom it killed or hurt, and a person, fighters or attackers who did it."""
    return act.verb and bool(act.victims) and any(p.attacker or p.proper or p.singular for p in act.actors)


def _series(act: Act) -> bool:
    """One of many ("a string of bombings began in August"): no single act where nothing else is told."""
    return act.plural and "series" in act.marks


def _typed(group: Group) -> bool:
    """Some single act in a word that tells its kind."""
    return any(a.type and not a.general and a.strength != "definite" for t in group.tellings for a in t.acts)


def _answers(group: Group) -> bool:
    """A reprisal told with its author and its target: an act of its own, however little is said of it."""
    return any(
        a.reprisal and hurt_or_told_by_whom(a, t) and (a.targets or a.victims) for t in group.tellings for a in t.acts
    )


def _condemned(group: Group) -> bool:
    """What a statement opens by condemning or mourning, with its place or its day: the statement is about it."""
    for telling in group.tellings:
        anchored = telling.told_day or any(p.place.precision != "country" for p in telling.places)
        if telling.lead and anchored and any(a.condemned and not a.general for a in telling.acts):
            return True
    return False


def _unmistakable(group: Group) -> bool:
    """What the lead tells in a plain word for war or for shooting and stabbing, with people counted as dead or hurt: no
    words of the report outweigh that."""
    if group.period != "current":
        return False
    lead = [t for t in group.tellings if t.lead]
    return any(map(_hurts, lead)) and any(_plain_violence(a) for t in lead for a in t.acts)


def _plain_violence(act: Act) -> bool:
    if act.strength != "strong" or (act.general and not act.plural):
        return False
    return act.type in _WARLIKE or (act.type == "attack" and any(w.kind in _ARMS for w in act.weapons))


def _recounted(group: Group, looks_back: bool = False) -> bool:
    """An earlier act told of with its own date and its dead or hurt, by a word for what people did: whatever the report
    is about, a film or a trial, that happened. In a trial or a ceremony, what the lead recalls by its place or its day
    is what they are about (`looks_back`)."""
    if group.period != "background":
        return False
    for t in group.tellings:
        dated = any(d.date is not None and d.date.grain in DAYS and d.date.basis == "stated" for d in t.dates)
        if dated and _hurts(t) and any(a.type is not None and a.strength != "weak" and not a.general for a in t.acts):
            return True
        if dated and _placed(t) and _hurts(t) and any(_by_named(a) for a in t.acts):
            return True
        if _dated_and_placed(t, _is_of_war):
            return True
        placed = any(p.place.precision in FINE for p in t.places)
        told = any(a.recalled or (a.verb and a.strength == "strong") for a in t.acts if not a.general)
        if looks_back and t.lead and (dated or placed) and told:
            return True
    return False


def _by_named(act: Act) -> bool:
    """A verb with whom it killed or hurt, by somebody named or an attacker."""
    return act.verb and bool(act.victims) and any(p.attacker or p.proper for p in act.actors)


def _dated_and_placed(telling: Telling, told: Callable[[Act], bool]) -> bool:
    """Tells of such a single act with its place and a day or a week ("killed last week by an air strike in Iraq")."""
    if not telling.places or not any(d.date is not None and d.date.grain in DAYS | {"week"} for d in telling.dates):
        return False
    return any(told(a) for a in telling.acts if a.type is not None and not a.general and not a.plural)


def _is_known(act: Act) -> bool:
    """Known by its place or its day ("l'attentat de Nantes du 14 juillet")."""
    return act.recalled


def _is_of_war(act: Act) -> bool:
    return act.strength == "strong" and act.type in _WARLIKE


def _placed(telling: Telling) -> bool:
    return any(p.place.precision in FINE for p in telling.places)


def _reported(group: Group) -> bool:
    """What a report is about stands in its headline or lead, or is told with a day or a toll, or more than once."""
    telling = [t for t in group.tellings if any(a.strength != "definite" and not a.general for a in t.acts)]
    if any(t.lead or t.told_day for t in telling):
        return True
    if any((c.quantity.lower or 0) > 0 and c.violent for t in group.tellings for c in t.tolls):
        return True
    if any(_hurts(t) and _typed(Group([t])) for t in group.tellings):
        return True  # "another attack that left 18 dead"
    # Fighting "that killed nine on Monday", a bomb that killed five: nothing general about those.
    if any((t.lead or t.told_day) and _armed_or_fought(t) for t in group.tellings):
        return True
    return sum(t.strong for t in telling) > 1 or any(t.weapons and t.places for t in telling)


def _deliberate(group: Group) -> bool:
    """A word of an attack, a weapon or a perpetrator: blasts, fires, deaths and burns may all be accidents."""
    acts = [a for t in group.tellings for a in t.acts]
    if any(a.strength == "strong" or (a.type is not None and a.type != "arson" and not a.general) for a in acts):
        return True
    return any(p.attacker for a in acts for p in a.actors) or any(
        w.kind in MUNITIONS and not w.implied for t in group.tellings for w in t.weapons
    )


def _made_safe(group: Group) -> bool:
    """Nothing but something found or made safe."""
    kinds = {a.type for t in group.tellings for a in t.acts}
    return kinds <= {"disrupted", None}


def _literal(group: Group, frame: str) -> bool:
    """A bomb, a grenade or a knife in somebody's body is no figure of speech, whatever the report is about; in a film
    or a novel it happens all the same, but on no day and to nobody that is counted."""
    acts = [a for t in group.tellings for a in t.acts if a.strength == "strong"]
    if not any(a.type in _BLASTS or any(w.kind in _BLADES for w in a.weapons) for a in acts):
        return False
    return frame != "film" or any(t.told_day or _hurts(t) for t in group.tellings)


def _armed_or_fought(telling: Telling) -> bool:
    """Somebody hurt by a munition, or in fighting the same sentence speaks of without pointing back at it."""
    return _armed(telling) or (_hurts(telling) and any(a.strength != "definite" and not a.harm for a in telling.acts))


def _armed(telling: Telling) -> bool:
    """Somebody hurt, and a munition named beside it."""
    return _hurts(telling) and any(w.kind in MUNITIONS and not w.implied for w in telling.weapons)


def _counts(telling: Telling) -> bool:
    """Whether it gives a number of people killed or injured; "to kill soldiers" names some and gives none."""
    told = [c for c in telling.tolls if (c.quantity.lower or 0) > 0]
    return any(c.victims is None or c.quantity.text not in c.victims.name for c in told)


def _hurts(telling: Telling) -> bool:
    """Whether it counts at least one person killed or injured."""
    return any((c.quantity.lower or 0) > 0 for c in telling.tolls)
