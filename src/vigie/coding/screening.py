"""Which groups of tellings are incidents, and which are left out and why."""

from __future__ import annotations

from collections.abc import Sequence

from vigie.coding.about import (
    WORDS_TO_WEIGH,
    Features,
    frame_of,
    is_exercise,
    is_trial,
    shared_features,
    shared_weight,
    unlikely,
)
from vigie.coding.acts import MUNITIONS, Act
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.context import rejection
from vigie.coding.joining import Group
from vigie.coding.linear import load_model
from vigie.coding.screen_features import group_features
from vigie.coding.tellings import Telling
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
# How often a frame must be marked before it outweighs the words of violence; 2 where not listed.
_FRAME_TIMES = {"protest": 8, "medical": 99}


def keep_groups(report: AnnotatedReport, groups: Sequence[Group]) -> tuple[list[Group], list[Rejection]]:
    """The groups that are incidents, and a rejection with its reason for each of the others.

    The rules propose and the screening model decides: their verdict is one of its features, beside the words of the
    report. What the rules left out is named by their reason, what only the model did by the words that weighed.
    """
    if not groups:
        return [], []
    if is_trial(report):
        for group in groups:
            group.period = "background"
    reasons = rule_verdicts(report, groups)
    model = load_model(f"screen_{report.pack.language}")
    short = len(report.normal.text.split()) < WORDS_TO_WEIGH
    kept: list[Group] = []
    left: list[Rejection] = []
    shared: Features = {}
    told = shared_weight(report) if report.weight is None else report.weight
    for k, (group, reason) in enumerate(zip(groups, reasons, strict=True)):
        features = own_features(report, groups, k, reason)
        group.likelihood = model.probability(features, told)
        floor = _DOUBT if reason is None else _HOPE
        if reason is None if short else group.likelihood >= floor or _answers(group):
            kept.append(group)
        else:
            first = group.first
            if reason is None:
                shared = shared or shared_features(report)
                reason = unlikely(model, shared | features, group.likelihood)
            left.append(rejection(report, first.start, first.end, report.text[first.start : first.end][:80], reason))
    return kept, left


def rule_verdicts(report: AnnotatedReport, groups: Sequence[Group]) -> list[str | None]:
    """For each group the reason by which the rules leave it out, None where they keep it."""
    frame, times = ("exercise", len(report.matches)) if is_exercise(report) else frame_of(report)
    return [_why_not(g, k == 0 or g.period == "current", frame, times) for k, g in enumerate(groups)]


def own_features(report: AnnotatedReport, groups: Sequence[Group], number: int, verdict: str | None) -> Features:
    """What it weighs of group `number` (from 0) alone, the rules' verdict included."""
    return group_features(report, groups, number) | {f"rule={verdict}": 1.0}


def _why_not(group: Group, main: bool, frame: str | None, times: int) -> str | None:
    """The reason a group is no incident, None where it is one."""
    acts = [a for t in group.tellings for a in t.acts]
    strong = sum(a.strength == "strong" for a in acts)
    told = any(a.strength != "definite" and not a.harm for a in acts) or any(a.harm and a.actors for a in acts)
    if not told and not any(_armed(t) for t in group.tellings):
        return "deaths or injuries without a word of an attack"
    if _answers(group):
        return None
    if group.period == "background" and not (group.dates() or group.places()):
        return "told as context, without a place or a day"
    beside = all(t.earlier for t in group.tellings)
    if (group.period == "current" or beside) and not _reported(group):
        return "mentioned in passing: no lead, day or toll of its own"
    score = group.evidence()
    if frame is not None and times >= _FRAME_TIMES.get(frame, 2) and times >= strong and not _blasts(acts):
        return f"the report is about {_REASONS[frame]}"
    if frame in {"accident", "disaster"} and not _deliberate(group):
        return f"the report is about {_REASONS[frame]}"
    if group.period == "background" and all(a.general or a.strength == "definite" or a.harm for a in acts):
        return "fighting in general, no single act"
    if score >= (_MAIN_FLOOR if main else _OTHER_FLOOR):
        return None
    return "too little said to be an incident"


def _answers(group: Group) -> bool:
    """A reprisal told with its author and its target: an act of its own, however little is said of it."""
    acts = [a for t in group.tellings for a in t.acts]
    return any(a.reprisal and a.actors and (a.targets or a.victims) for a in acts)


def _reported(group: Group) -> bool:
    """What a report is about stands in its headline or lead, or is told with a day or a toll, or more than once."""
    telling = [t for t in group.tellings if any(a.strength != "definite" and not a.general for a in t.acts)]
    if any(t.lead or t.told_day for t in telling):
        return True
    if any((c.quantity.lower or 0) > 0 and c.violent for t in group.tellings for c in t.tolls):
        return True
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


def _blasts(acts: Sequence[Act]) -> bool:
    """A bomber, a bomb or a car bomb is no figure of speech."""
    return any(a.strength == "strong" and a.type in {"suicide_bomb", "remote_explosive"} for a in acts)


def _armed_or_fought(telling: Telling) -> bool:
    """Somebody hurt by a munition, or in fighting the same sentence speaks of without pointing back at it."""
    return _armed(telling) or (_hurts(telling) and any(a.strength != "definite" and not a.harm for a in telling.acts))


def _armed(telling: Telling) -> bool:
    """Somebody hurt, and a munition named beside it."""
    return _hurts(telling) and any(w.kind in MUNITIONS and not w.implied for w in telling.weapons)


def _hurts(telling: Telling) -> bool:
    """Whether it counts at least one person killed or injured."""
    return any((c.quantity.lower or 0) > 0 for c in telling.tolls)
