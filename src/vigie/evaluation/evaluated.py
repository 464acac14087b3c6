"""A whole evaluation: measures, what is taken for what, every error with its cause, the change since another run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vigie.evaluation.causes import CauseGroup, CodingError, errors, grouped
from vigie.evaluation.changes import Comparison, compare_runs
from vigie.evaluation.confusion import FIELDS, Confusion, confusion
from vigie.evaluation.matching import match_all
from vigie.evaluation.measures import CODING, Measures, TypeMeasures, by_language, by_type, measure, report_scores
from vigie.evaluation.passages import Passages, languages_of, read_passages
from vigie.evaluation.resampling import f1_interval
from vigie.evaluation.sheet_files import by_id
from vigie.evaluation.sheets import Sheet
from vigie.model import Report


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name of the gold coding whose words are not in the report: most often a slip of the hand."""

    report: str
    field: str
    name: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What `evaluate` gives. `interval`: where the F1 over slots lies in 95 of 100 draws of reports. `not_coded`: ids
    of gold sheets without a coding (they count as coded empty); `not_gold`: of codings without a gold sheet (they are
    left out); `no_text`: of gold sheets whose report was not given; `doubts` are told where it was."""

    measures: Measures
    interval: tuple[float, float] | None
    by_language: Mapping[str, Measures]
    by_type: Mapping[str, TypeMeasures]
    confusions: tuple[Confusion, ...]
    errors: tuple[CodingError, ...]
    comparison: Comparison | None
    not_coded: tuple[str, ...]
    not_gold: tuple[str, ...]
    no_text: tuple[str, ...]
    doubts: tuple[Doubt, ...]

    @property
    def causes(self) -> tuple[CauseGroup, ...]:
        """The errors by slot and cause, the costliest first."""
        return grouped(self.errors)


def evaluate(
    gold: Sequence[Sheet],
    coded: Sequence[Sheet],
    reports: Mapping[str, Report],
    against: Sequence[Sheet] | None = None,
) -> Evaluation:
    """The evaluation of a coding by a gold one. `reports` holds the texts by id, as far as they are at hand; `against`
    is an earlier coding of the same reports."""
    ours, languages = by_id(coded), languages_of(reports)
    matches = match_all(gold, ours, languages)
    passages = {sheet.id: read_passages(reports[sheet.id]) for sheet in gold if sheet.id in reports}
    known = {sheet.id for sheet in gold}
    return Evaluation(
        measures=measure(matches),
        interval=f1_interval([report_scores(m)[CODING] for m in matches]),
        by_language=by_language(matches),
        by_type=by_type(matches),
        confusions=tuple(confusion(matches, field) for field in FIELDS),
        errors=errors(matches, passages),
        comparison=None if against is None else compare_runs(match_all(gold, by_id(against), languages), matches),
        not_coded=tuple(sheet.id for sheet in gold if sheet.id not in ours),
        not_gold=tuple(id for id in ours if id not in known),
        no_text=tuple(sheet.id for sheet in gold if sheet.id not in passages),
        doubts=tuple(d for sheet in gold if sheet.id in passages for d in doubts(sheet, passages[sheet.id])),
    )


def doubts(sheet: Sheet, passages: Passages) -> tuple[Doubt, ...]:
    """The names of a hand coding that stand in no sentence of the report."""
    named = [("sources", s.name) for s in sheet.speakers]
    for incident in sheet.incidents:
        if incident.place and incident.place.name:
            named.append((f"incidents[{incident.label}].place", incident.place.name))
        named += [(f"incidents[{incident.label}].actors", a.text) for a in incident.actors]
        named += [(f"incidents[{incident.label}].targets", t.text) for t in incident.targets]
    return tuple(Doubt(sheet.id, field, name) for field, name in named if not passages.holding(name))
