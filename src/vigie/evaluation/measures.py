"""The measures over a set of reports: the same figures as the scorer the project was given (bench/score.py).

detection          does the report tell of a current incident at all
incidents          incidents paired one to one; `incidents_current` those the reports are about, paired by themselves
each slot          every filled slot of every incident; an incident missed or invented counts with all its slots
coding             all slots taken together (micro average)
per_report         the mean of each report's own F1 over slots; a report rightly left empty counts 1
sources, tallies   the speakers; the running totals
source_terms       the share of speakers found whose terms of attribution are right
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from vigie.evaluation.matching import ReportMatch
from vigie.evaluation.scores import Score, total
from vigie.evaluation.slots import SLOTS

T = TypeVar("T")
CODING = "coding"
NAMES = (CODING, "detection", "incidents", "incidents_current", *SLOTS, "sources", "tallies")


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of some reports. `scores` has one for each of NAMES."""

    reports: int
    coded: int
    scores: Mapping[str, Score]
    per_report: float
    terms_right: int
    terms_compared: int

    @property
    def terms(self) -> float | None:
        """The share of right terms; None where no speaker was found."""
        return self.terms_right / self.terms_compared if self.terms_compared else None

    def as_json(self) -> dict[str, Any]:
        """The measures with the keys and the rounding of bench/score.py."""
        rows: dict[str, Any] = {"reports": self.reports, "coded": self.coded}
        rows[CODING] = as_row(self.scores[CODING])
        rows["per_report"] = {"f1": round(self.per_report, 4)}
        rows |= {name: as_row(self.scores[name]) for name in NAMES if name != CODING}
        rows["source_terms_accuracy"] = round(self.terms, 4) if self.terms is not None else None
        return rows


def as_row(score: Score) -> dict[str, Any]:
    """A score as JSON, rounded to four places."""
    return {
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
        "right": score.right,
        "coded": score.coded,
        "gold": score.gold,
    }


def measure(matches: Sequence[ReportMatch]) -> Measures:
    """The measures over some reports."""
    each = [report_scores(m) for m in matches]
    terms = [same for m in matches for same in terms_of(m)]
    own = [report_f1(scores[CODING]) for scores in each]
    return Measures(
        reports=len(matches),
        coded=sum(m.is_coded for m in matches),
        scores={name: total(scores[name] for scores in each) for name in NAMES},
        per_report=sum(own) / len(own) if own else 0.0,
        terms_right=sum(terms),
        terms_compared=len(terms),
    )


def report_scores(match: ReportMatch) -> dict[str, Score]:
    """The score of each of NAMES over one report."""
    slots: dict[str, Score] = {slot: total(m.score(slot) for m in match.incidents) for slot in SLOTS}
    ours, theirs = match.coded, match.gold
    told, tells = bool(ours.current), bool(theirs.current)
    return {
        CODING: total(slots.values()),
        "detection": Score(told and tells, told, tells),
        "incidents": Score(len(match.pairs), len(ours.incidents), len(theirs.incidents)),
        "incidents_current": Score(len(match.current_pairs), len(ours.current), len(theirs.current)),
        **slots,
        "sources": Score(len(match.speakers), len(ours.speakers), len(theirs.speakers)),
        "tallies": Score(len(match.totals), len(ours.totals), len(theirs.totals)),
    }


def report_f1(coding: Score) -> float:
    """One report's F1 over slots; 1 where it is rightly left empty."""
    filled = coding.coded + coding.gold
    return 2 * coding.right / filled if filled else 1.0


def terms_of(match: ReportMatch) -> list[bool]:
    """For each speaker found, whether the terms are right."""
    return [match.coded.speakers[i].terms == match.gold.speakers[j].terms for i, j in match.speakers]


def by_language(matches: Iterable[ReportMatch]) -> dict[str, Measures]:
    """The measures of the reports in each language; "?" where it is not known."""
    groups = _grouped(matches, lambda m: m.language or "?")
    return {language: measure(some) for language, some in groups.items()}


@dataclass(frozen=True, slots=True)
class TypeMeasures:
    """The incidents of one type and their slots. What was invented counts under the type it was given."""

    incidents: Score
    slots: Score


def by_type(matches: Iterable[ReportMatch]) -> dict[str, TypeMeasures]:
    """The measures of the incidents of each type, sorted by type. They add up to `incidents` and `coding`."""
    groups = _grouped((i for m in matches for i in m.incidents), lambda i: i.type)
    return {
        type: TypeMeasures(
            total(Score(bool(i.coded and i.gold), i.coded is not None, i.gold is not None) for i in some),
            total(i.score(slot) for i in some for slot in SLOTS),
        )
        for type, some in groups.items()
    }


def _grouped(values: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for value in values:
        groups.setdefault(key(value), []).append(value)
    return dict(sorted(groups.items()))
