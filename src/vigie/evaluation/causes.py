"""Why each answer was lost: every error of a coding with its cause and the sentence it comes from.

A cause is one of CAUSES. Those of whole incidents are found in incident_causes.py, those of single values in
value_causes.py; without the texts of the reports only the causes that the two codings themselves show are told.
The `lost` of all errors of slots and incidents add up to what keeps the score of `coding` below 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vigie.evaluation.incident_causes import invented_cause, missed_cause
from vigie.evaluation.matching import IncidentMatch, ReportMatch
from vigie.evaluation.names import partly_same
from vigie.evaluation.passages import Passages
from vigie.evaluation.sheets import Speaker
from vigie.evaluation.slots import SLOTS, Fill, shown_bounds
from vigie.evaluation.trace import Cause, Scene, Trace
from vigie.evaluation.value_causes import PairScene, faults

INCIDENT, SOURCE, TALLY, TERMS, PERIOD = "incident", "source", "tally", "terms", "period"
OUTSIDE = (PERIOD, SOURCE, TERMS, TALLY)
"""What is looked into beside the slots and does not count in `coding`."""


@dataclass(frozen=True, slots=True)
class CodingError:
    """One error. `incident`: the label of the gold incident, or the id of an invented one. `slot`: one of SLOTS,
    "incident" for a whole one, or one of OUTSIDE. `gold` and `coded`: the values in words, None where that side has
    none. `detail` says more about the cause (a reason, the words). `lost`: how many answers it costs."""

    report: str
    language: str | None
    incident: str
    slot: str
    gold: str | None
    coded: str | None
    cause: Cause
    detail: str
    sentence: str | None
    lost: int


@dataclass(frozen=True, slots=True)
class CauseGroup:
    """All errors of one slot with one cause, in the order of the reports."""

    slot: str
    cause: Cause
    errors: tuple[CodingError, ...]

    @property
    def lost(self) -> int:
        """How many answers they cost together."""
        return sum(e.lost for e in self.errors)


def errors(matches: Iterable[ReportMatch], passages: Mapping[str, Passages]) -> tuple[CodingError, ...]:
    """Every error, in the order of the reports. `passages`: the sentences of a report by its id, where they are at
    hand."""
    return tuple(error for match in matches for error in _errors(Scene(match, passages.get(match.id))))


def grouped(found: Iterable[CodingError]) -> tuple[CauseGroup, ...]:
    """Errors by slot and cause, the costliest first."""
    groups: dict[tuple[str, Cause], list[CodingError]] = {}
    for error in found:
        groups.setdefault((error.slot, error.cause), []).append(error)
    rows = [CauseGroup(slot, cause, tuple(some)) for (slot, cause), some in groups.items()]
    return tuple(sorted(rows, key=lambda g: (-g.lost, g.slot, g.cause)))


def _errors(scene: Scene) -> Iterator[CodingError]:
    match = scene.match
    for pair in match.pairs:
        yield from _of_pair(scene, pair)
    for lone in match.invented:
        if lone.coded is not None:
            yield _whole(scene, lone, lone.coded.label, lone.extra, invented_cause(scene, lone.coded), gold=False)
    for lone in match.missed:
        if lone.gold is not None:
            yield _whole(scene, lone, lone.gold.label, lone.missed, missed_cause(scene, lone.gold), gold=True)
    yield from _of_speakers(scene)
    yield from _of_totals(scene)


def _of_pair(scene: Scene, pair: IncidentMatch) -> Iterator[CodingError]:
    gold, coded = pair.gold, pair.coded
    if gold is None or coded is None:
        return
    place = PairScene(scene, pair.slots, gold, coded)
    for slot in SLOTS:
        for fault in faults(pair.slots[slot]):
            shown = [fill.shown if fill else None for fill in fault]
            lost = sum(fill is not None for fill in fault)
            yield _made(scene, gold.label, slot, shown[0], shown[1], place.cause(slot, fault), lost)
    if gold.period != coded.period:
        trace = Trace("confused", f"{gold.period} → {coded.period}", scene.first(coded.words))
        yield _made(scene, gold.label, PERIOD, gold.period, coded.period, trace, 1)


def _whole(
    scene: Scene, lone: IncidentMatch, label: str, slots: Sequence[Fill], trace: Trace, *, gold: bool
) -> CodingError:
    """The error of an incident missed or invented: all its slots."""
    shown = [lone.type, *(f.shown for f in slots if f.slot in ("place", "date"))]
    words = ", ".join(shown)
    return _made(scene, label, INCIDENT, words if gold else None, None if gold else words, trace, len(slots))


def _made(
    scene: Scene, label: str, slot: str, gold: str | None, coded: str | None, trace: Trace, lost: int
) -> CodingError:
    match = scene.match
    return CodingError(
        match.id, match.language, label, slot, gold, coded, trace.cause, trace.detail, trace.sentence, lost
    )


def _of_speakers(scene: Scene) -> Iterator[CodingError]:
    match = scene.match
    ours, theirs = match.coded.speakers, match.gold.speakers
    for i, j in match.speakers:
        if ours[i].terms != theirs[j].terms:
            said = f"{theirs[j].terms} → {ours[i].terms}"
            trace = Trace("confused", said, scene.first(ours[i].words))
            yield _made(scene, theirs[j].name, TERMS, theirs[j].terms, ours[i].terms, trace, 1)
    found, known = {i for i, _ in match.speakers}, {j for _, j in match.speakers}
    extra = [s for i, s in enumerate(ours) if i not in found]
    missed = [s for j, s in enumerate(theirs) if j not in known]
    for speaker in missed:
        near = next((s for s in extra if partly_same(s.name, speaker.name)), None)
        if near is not None:
            extra.remove(near)
        yield _made(
            scene, "", SOURCE, speaker.name, near.name if near else None, _speaker_trace(scene, speaker, near),
            1 + (near is not None),
        )  # fmt: skip
    for speaker in extra:
        cause: Cause = "more" if theirs else "nothing_by_hand"
        yield _made(scene, "", SOURCE, None, speaker.name, Trace(cause, "", scene.first(speaker.words)), 1)


def _speaker_trace(scene: Scene, speaker: Speaker, near: Speaker | None) -> Trace:
    """Why a speaker was missed."""
    passages = scene.passages
    sentence = scene.first(near.words) if near else None
    if sentence is None and passages is not None:
        held = passages.holding(speaker.quote or "") or passages.holding(speaker.name)
        sentence = passages.text(held)
    if near is not None:
        return Trace("partly", "", sentence)
    if not scene.match.coded.incidents:
        return Trace("nothing_coded", "", sentence)
    return Trace("not_taken", "", sentence)


def _of_totals(scene: Scene) -> Iterator[CodingError]:
    match = scene.match
    found, known = {i for i, _ in match.totals}, {j for _, j in match.totals}
    for j, total in enumerate(match.gold.totals):
        if j not in known:
            shown = shown_bounds(total.number.lower, total.number.upper)
            yield _made(scene, "", TALLY, f"{shown} {total.what}".strip(), None, _total_trace(scene, total.what), 1)
    for i, total in enumerate(match.coded.totals):
        if i not in found:
            shown = shown_bounds(total.number.lower, total.number.upper)
            cause: Cause = "more" if match.gold.totals else "nothing_by_hand"
            yield _made(scene, "", TALLY, None, f"{shown} {total.what}".strip(), Trace(cause, "", None), 1)


def _total_trace(scene: Scene, what: str) -> Trace:
    passages = scene.passages
    return Trace("not_taken", "", passages.text(passages.holding(what)) if passages else None)
