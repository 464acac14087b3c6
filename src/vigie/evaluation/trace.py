"""The causes of errors, and what an error is looked into with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from vigie.evaluation.matching import ReportMatch
from vigie.evaluation.passages import Passages
from vigie.evaluation.sheets import SheetIncident, Spans

Cause = Literal[
    # an incident missed
    "unlocated", "no_violence_seen", "left_out", "merged", "unlike", "passed_over",
    # an incident invented
    "no_incident_told", "split", "context", "other_words",
    # a value missed
    "not_taken", "elsewhere", "unread", "unseen", "follows",
    # a value that is not the gold one
    "of_another", "other_slot", "partly", "bounds", "near_days", "assumed", "coarser", "finer", "family", "confused",
    "same_sentence", "other_sentence",
    # a value too many
    "more", "nothing_by_hand", "nothing_coded",
    # not to be told without the text
    "text_not_given",
]  # fmt: skip
CAUSES: tuple[Cause, ...] = get_args(Cause)
"""Every cause; the words for each are in words/*.yaml, what each means in docs/evaluation.md."""


class Trace(NamedTuple):
    """A cause, what more is to be said of it, and the sentence, where it can be shown."""

    cause: Cause
    detail: str = ""
    sentence: str | None = None


@dataclass(frozen=True)
class Scene:
    """One report's match with its sentences, None where the text is not at hand."""

    match: ReportMatch
    passages: Passages | None
    _homes: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)

    def home(self, gold: SheetIncident) -> tuple[int, ...]:
        """The sentences that tell of a gold incident, the most telling first."""
        if self.passages is None:
            return ()
        if gold.label not in self._homes:
            self._homes[gold.label] = self.passages.telling_of(gold, self.match.gold)
        return self._homes[gold.label]

    def made_from(self, incident: SheetIncident) -> frozenset[int]:
        """The sentences a coded incident was made from."""
        return self.passages.at(incident.words) if self.passages else frozenset()

    def at(self, spans: Spans) -> frozenset[int]:
        """The sentences some spans touch."""
        return self.passages.at(spans) if self.passages else frozenset()

    def first(self, spans: Spans) -> str | None:
        """The sentence of the first span; the words of the span itself where the text is not at hand."""
        if self.passages is not None:
            return self.passages.text(self.passages.at(spans[:1]))
        return spans[0].quote if spans else None
