"""Why a whole incident was missed or invented."""

from __future__ import annotations

from vigie.evaluation.sheets import SheetIncident
from vigie.evaluation.trace import Cause, Scene, Trace

_SHOWN_WORDS = 4


def missed_cause(scene: Scene, gold: SheetIncident) -> Trace:
    """Why a gold incident has no coded one. Looked for in the sentences that tell of it, in this order: there is none;
    no word of violence is known in them; an incident was coded from them that is too unlike; something was seen there
    and left out, for a reason; they went into another incident; nothing was made of them."""
    passages = scene.passages
    if passages is None:
        return Trace("text_not_given")
    home = scene.home(gold)
    if not home:
        return Trace("unlocated")
    sentence = passages.all[home[0]].text
    best, anywhere = frozenset(home[:1]), frozenset(home)
    seen = tuple(word for i in home for word in passages.all[i].violence)
    if not seen:
        return Trace("no_violence_seen", "", sentence)
    unlike = [m.coded for m in scene.match.invented if m.coded and scene.made_from(m.coded) & anywhere]
    if unlike:
        return Trace("unlike", _shown(unlike[0]), sentence)
    reasons = [r.reason for r in scene.match.coded.left_out if passages.at(r.words) & best]
    if reasons:
        return Trace("left_out", "; ".join(dict.fromkeys(reasons)), sentence)
    merged = [m.coded for m in scene.match.pairs if m.coded and scene.made_from(m.coded) & anywhere]
    if merged:
        return Trace("merged", _shown(merged[0]), sentence)
    reasons = [r.reason for r in scene.match.coded.left_out if passages.at(r.words) & anywhere]
    if reasons:
        return Trace("left_out", "; ".join(dict.fromkeys(reasons)), sentence)
    return Trace("passed_over", _words(seen), sentence)


def invented_cause(scene: Scene, coded: SheetIncident) -> Trace:
    """What an incident was made from that the gold coding does not have: a report that tells of none; one that was
    missed but is too unlike; part of one that is coded already; context; other words."""
    match, passages = scene.match, scene.passages
    sentence = scene.first(coded.words)
    made_from = scene.made_from(coded)
    seen = tuple(w for i in sorted(made_from) for w in passages.all[i].violence) if passages else ()
    if not match.gold.incidents:
        return Trace("no_incident_told", _words(seen), sentence)
    if any(m.gold and made_from & frozenset(scene.home(m.gold)) for m in match.missed):
        return Trace("unlike", _shown(coded), sentence)
    if any(m.gold and made_from & _of_both(scene, m.gold, m.coded) for m in match.pairs):
        return Trace("split", _shown(coded), sentence)
    cause: Cause = "other_words" if coded.current else "context"
    return Trace(cause, _words(seen), sentence)


def _of_both(scene: Scene, gold: SheetIncident, coded: SheetIncident | None) -> frozenset[int]:
    """The sentences of a paired incident, by hand or as coded."""
    return frozenset(scene.home(gold)) | (scene.made_from(coded) if coded else frozenset())


def _shown(incident: SheetIncident) -> str:
    place = incident.place.name if incident.place else None
    return ", ".join(part for part in (incident.label, incident.type, place) if part)


def _words(seen: tuple[str, ...]) -> str:
    return ", ".join(list(dict.fromkeys(seen))[:_SHOWN_WORDS])
