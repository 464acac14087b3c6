"""What speaks for and against a group of tellings being an incident: named features for the screening model.

Three kinds: what the rules saw (acts, roles, weapons, tolls, frames, the verdict of the rules themselves), how the
group stands in the report (headline, lead, days before publication), and the words of its sentences, of the headline
and of the whole report. Words tell what no list of triggers can: a fire, a virus, a ballot, a comet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from vigie.coding.about import WORD, Features
from vigie.coding.acts import Act
from vigie.coding.annotated import AnnotatedReport
from vigie.coding.joining import Group
from vigie.coding.types import family, vote
from vigie.mentions.values import FINE

_PERPETRATORS = frozenset({"attacker", "armed_group", "military", "police"})
# Counts of one kind of sign add up to this and no further.
_MOST = 3.0


def group_features(report: AnnotatedReport, groups: Sequence[Group], number: int) -> Features:
    """Features of group `number` (from 0) alone."""
    group = groups[number]
    counts: Counter[str] = Counter()
    for telling in group.tellings:
        for act in telling.acts:
            counts.update(_of_act(act))
        counts.update(f"w={w.kind}" for w in telling.weapons)
        for toll in telling.tolls:
            counts.update([f"toll={toll.harm}"] + ["toll_violent"] * toll.violent)
    features = {name: min(_MOST, float(times)) for name, times in counts.items()}
    language = report.pack.language
    for telling in group.tellings:
        for word in WORD.findall(report.normal.folded[telling.start : telling.end]):
            features[f"{language}:t:{word}"] = 1.0
        for m in report.matches_in(telling.start, telling.end, "triggers", "harm", "weapons", "frames"):
            features[f"{language}:id={m.entry.id}"] = 1.0
    acts = [act for telling in group.tellings for act in telling.acts]
    features["no_strong_word"] = float(not any(a.strength == "strong" for a in acts))
    features["perpetrator"] = float(any(p.kind in _PERPETRATORS for a in acts for p in a.actors))
    features["armed"] = float(any(not w.implied for t in group.tellings for w in t.weapons))
    features["only_harm"] = float(all(a.harm or a.type is None for a in acts))
    kind = vote(group.tellings)[0]
    features["evidence"] = min(12.0, group.evidence()) / 4
    features[f"family={family(kind) if kind else None}"] = 1.0
    features["title"] = float(any(t.title for t in group.tellings))
    features["lead"] = float(any(t.lead for t in group.tellings))
    features["tellings"] = float(min(5, len(group.tellings)))
    features["first"] = float(number == 0)
    features["groups"] = float(min(6, len(groups)))
    features["dated"] = float(bool(group.dates()))
    features["placed"] = float(bool(group.places()))
    features["placed_finely"] = float(any(p.place.precision in FINE for p in group.places()))
    features[f"period={group.period}"] = 1.0
    features[f"gap={_gap(report, group)}"] = 1.0
    return features


def _of_act(act: Act) -> Iterator[str]:
    yield "act"
    yield f"strength={act.strength}"
    yield f"type={act.type}"
    for name in ("general", "harm", "definite", "aftermath", "recalled", "past_perfect", "verb"):
        if getattr(act, name):
            yield name
    if act.actors:
        yield "has_actor"
    if act.victims or act.targets:
        yield "has_victim"
    yield from (f"mark={mark}" for mark in sorted(act.marks))
    yield from (f"actor_kind={p.file}.{p.kind}" for p in act.actors)
    yield from (f"victim_kind={p.file}.{p.kind}" for p in (*act.targets, *act.victims))


def _gap(report: AnnotatedReport, group: Group) -> str:
    """How long before publication the group's day is."""
    core, published = group.core_date(), report.report.published
    if core is None or core.date is None or published is None:
        return "unknown"
    days = (published.end - core.date.end).days
    return "0-2" if days <= 2 else "3-10" if days <= 10 else "11-40" if days <= 40 else "41+"
