"""One report's coding held against its gold coding: everything that is counted or explained afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vigie.evaluation.names import same_name
from vigie.evaluation.pairing import Pair, best_pairs, pair_incidents
from vigie.evaluation.scores import Score
from vigie.evaluation.sheets import RunningTotal, Sheet, SheetIncident, Speaker
from vigie.evaluation.slots import SLOTS, Aligned, Fill, Slot, align, fills, of_slot, same_number

_CERTAIN = 1.0


@dataclass(frozen=True, slots=True)
class IncidentMatch:
    """An incident of one coding and the one of the other that it is taken for; one of both is None where it was missed
    (no `coded`) or invented (no `gold`). `slots` holds every slot's fills, aligned."""

    coded: SheetIncident | None
    gold: SheetIncident | None
    slots: Mapping[Slot, Aligned]

    @property
    def type(self) -> str:
        """The type it counts under: the gold one's, where there is one."""
        incident = self.gold or self.coded
        return (incident.type if incident else None) or "?"

    def score(self, slot: Slot) -> Score:
        """The score of one slot."""
        aligned = self.slots[slot]
        right = len(aligned.right)
        return Score(right, right + len(aligned.extra), right + len(aligned.missed))

    @property
    def extra(self) -> tuple[Fill, ...]:
        """What was coded and is wrong."""
        return tuple(f for slot in SLOTS for f in self.slots[slot].extra)

    @property
    def missed(self) -> tuple[Fill, ...]:
        """What the gold coding has and was not coded."""
        return tuple(f for slot in SLOTS for f in self.slots[slot].missed)

    @property
    def right(self) -> tuple[Fill, ...]:
        """The fills of the gold coding that were coded rightly."""
        return tuple(g for slot in SLOTS for _, g in self.slots[slot].right)


@dataclass(frozen=True, slots=True)
class ReportMatch:
    """A report's coding held against its gold coding. `is_coded`: whether there was a coding at all. `incidents`:
    first the pairs, then what was invented, then what was missed. `current_pairs`: pairs among the current incidents
    alone. `speakers` and `totals`: pairs of indices (coded, gold)."""

    gold: Sheet
    coded: Sheet
    is_coded: bool
    language: str | None
    incidents: tuple[IncidentMatch, ...]
    current_pairs: tuple[Pair, ...]
    speakers: tuple[Pair, ...]
    totals: tuple[Pair, ...]

    @property
    def id(self) -> str:
        """The report's id."""
        return self.gold.id

    @property
    def pairs(self) -> tuple[IncidentMatch, ...]:
        """The incidents that both codings have."""
        return tuple(m for m in self.incidents if m.coded and m.gold)

    @property
    def invented(self) -> tuple[IncidentMatch, ...]:
        """The incidents that only the coding has."""
        return tuple(m for m in self.incidents if m.gold is None)

    @property
    def missed(self) -> tuple[IncidentMatch, ...]:
        """The incidents that only the gold coding has."""
        return tuple(m for m in self.incidents if m.coded is None)


def match_all(gold: Iterable[Sheet], coded: Mapping[str, Sheet], languages: Mapping[str, str]) -> list[ReportMatch]:
    """Each gold sheet with the coded one of its report, in the order of the gold sheets. `languages`: the language of a
    report by its id, where it is known from elsewhere."""
    return [match(sheet, coded.get(sheet.id), languages.get(sheet.id)) for sheet in gold]


def match(gold: Sheet, coded: Sheet | None, language: str | None = None) -> ReportMatch:
    """One report. Without a coding it counts as coded empty."""
    sheet = coded or Sheet(gold.id)
    return ReportMatch(
        gold=gold,
        coded=sheet,
        is_coded=coded is not None,
        language=language or gold.language or sheet.language,
        incidents=_incidents(sheet.incidents, gold.incidents),
        current_pairs=tuple(pair_incidents(sheet.current, gold.current)),
        speakers=tuple(best_pairs(sheet.speakers, gold.speakers, _same_speaker, _CERTAIN)),
        totals=tuple(best_pairs(sheet.totals, gold.totals, _same_total, _CERTAIN)),
    )


def _incidents(coded: Sequence[SheetIncident], gold: Sequence[SheetIncident]) -> tuple[IncidentMatch, ...]:
    pairs = sorted(pair_incidents(coded, gold))
    ours, theirs = {i for i, _ in pairs}, {j for _, j in pairs}
    matched = [_incident(coded[i], gold[j]) for i, j in pairs]
    invented = [_incident(c, None) for i, c in enumerate(coded) if i not in ours]
    missed = [_incident(None, g) for j, g in enumerate(gold) if j not in theirs]
    return (*matched, *invented, *missed)


def _incident(coded: SheetIncident | None, gold: SheetIncident | None) -> IncidentMatch:
    ours = fills(coded) if coded else ()
    theirs = fills(gold) if gold else ()
    return IncidentMatch(coded, gold, {slot: align(of_slot(ours, slot), of_slot(theirs, slot)) for slot in SLOTS})


def _same_speaker(coded: Speaker, gold: Speaker) -> float:
    return float(same_name(coded.name, gold.name))


def _same_total(coded: RunningTotal, gold: RunningTotal) -> float:
    return float(same_number(coded.number, gold.number))
